//! Ports of calls for candidacies.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::call::{Call, CallState};
use domain::form::Form;
use domain::ids::{CallId, OrganisationId, ProgrammeId};
use domain::programme::NoticeKind;
use uuid::Uuid;

/// A call with what policies and pages ask about it.
#[derive(Clone, Debug)]
pub struct CallRecord {
    /// The call.
    pub call: Call,
    /// Its form.
    pub form: Form,
    /// When the form was frozen, by the opening.
    pub form_frozen_at: Option<Timestamp>,
    /// The organisation that answers for its programme.
    pub owner: OrganisationId,
    /// The address of its programme.
    pub programme_slug: String,
    /// The name of its programme.
    pub programme_name: String,
    /// The notice of its programme, which follows it everywhere.
    pub notice: NoticeKind,
    /// Whether its programme is published.
    pub programme_published: bool,
    /// When it was prepared first.
    pub created_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// When its places were given.
    pub decided_at: Option<Timestamp>,
    /// When it was cancelled, or closed before its time.
    pub ended_at: Option<Timestamp>,
    /// Why it was cancelled, or closed before its time.
    pub end_reason: Option<String>,
}

impl CallRecord {
    /// Says whether everybody may read it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.programme_published && self.published_at.is_some()
    }
}

impl Resource for CallRecord {
    const TYPE: &'static str = "Call";

    fn id(&self) -> Uuid {
        self.call.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("id", Attr::id(self.call.id)),
            ("programme", Attr::id(self.call.programme)),
            ("owner", Attr::organisation(self.owner)),
            ("published", Attr::Bool(self.is_public())),
            ("draft", Attr::Bool(self.call.state == CallState::Draft)),
        ]
    }
}

/// Calls.
#[async_trait]
pub trait Calls {
    /// Gives a call.
    async fn call(&mut self, id: CallId) -> Stored<Option<Loaded<CallRecord>>>;
    /// Takes a call for a change: locks it and counts its revision up.
    async fn call_for_change(&mut self, id: CallId) -> Stored<Option<Loaded<CallRecord>>>;
    /// Adds a call.
    async fn insert_call(&mut self, record: &CallRecord) -> Stored<()>;
    /// Saves what was changed of a call that was taken for a change, its order numbers apart.
    async fn save_call(&mut self, record: &CallRecord) -> Stored<()>;
    /// Gives a programme's calls, newest window first.
    async fn calls_of_programme(&mut self, programme: ProgrammeId) -> Stored<Vec<CallRecord>>;
    /// Gives the calls of these owners that are not decided or cancelled, first to close first.
    async fn living_calls_of(&mut self, owners: &[OrganisationId]) -> Stored<Vec<CallRecord>>;
}
