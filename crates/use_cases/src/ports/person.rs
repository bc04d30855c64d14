//! Ports of people, grants, credentials, sessions, invitations and attempts.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::ids::{GrantId, InvitationId, OrganisationId, PersonId, SessionId};
use domain::role::{Grant, GrantScope, Role};
use uuid::Uuid;

/// A person as stored; names and addresses are sealed.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Their identifier.
    pub id: PersonId,
    /// The name that others see where names are not shown; empty for those who never hunted.
    pub pseudonym: String,
    /// Their name, sealed under the person.
    pub name: Vec<u8>,
    /// Their address, sealed under the person; a pupil may have none.
    pub email: Option<Vec<u8>>,
    /// The keyed hash of their address.
    pub email_hmac: Option<[u8; 32]>,
    /// `fr` or `en`.
    pub language: String,
    /// Whether they are under age.
    pub minor: bool,
    /// Whether they were invented for a demonstration.
    pub fictional: bool,
}

impl Resource for PersonRow {
    const TYPE: &'static str = "Person";

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![("person", Attr::id(self.id))]
    }
}

/// An invitation as stored.
#[derive(Clone, Debug)]
pub struct InvitationRow {
    /// Its identifier.
    pub id: InvitationId,
    /// The hash of the token in its link.
    pub token_hmac: [u8; 32],
    /// The organisation the role is for.
    pub organisation: OrganisationId,
    /// The role.
    pub role: Role,
    /// How far the role reaches.
    pub scope: GrantScope,
    /// What tells it from others in a list, never a person's name.
    pub label: String,
    /// The address it was sent to, sealed under the instance.
    pub email: Option<Vec<u8>>,
    /// `link` or `code`.
    pub kind: String,
    /// Who made it.
    pub created_by: Option<PersonId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// When it was withdrawn.
    pub ended_at: Option<Timestamp>,
}

/// A session as stored.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Its identifier.
    pub id: SessionId,
    /// The hash of the token in its cookie.
    pub token_hmac: [u8; 32],
    /// Whose it is.
    pub person: PersonId,
    /// What the browser says it is, sealed under the person.
    pub device: Option<Vec<u8>>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// When it was ended.
    pub ended_at: Option<Timestamp>,
}

/// People, and how they come in.
#[async_trait]
pub trait People {
    /// Gives the instance's name, whether it is a demonstration, and when it was set up.
    async fn instance(&mut self) -> Stored<Option<(String, bool, Option<Timestamp>)>>;
    /// Names the instance, the first time.
    async fn insert_instance(&mut self, name: &str, demo: bool, at: Timestamp) -> Stored<()>;
    /// Marks the instance set up under a name.
    async fn instance_set_up(&mut self, name: &str, at: Timestamp) -> Stored<()>;

    /// Gives a person.
    async fn person(&mut self, id: PersonId) -> Stored<Option<Loaded<PersonRow>>>;
    /// Gives several people; missing ones are left out.
    async fn people(&mut self, ids: &[PersonId]) -> Stored<Vec<PersonRow>>;
    /// Finds a person by the keyed hash of their address.
    async fn person_by_email(&mut self, email_hmac: &[u8; 32]) -> Stored<Option<PersonRow>>;
    /// Adds a person.
    async fn insert_person(&mut self, person: &PersonRow, at: Timestamp) -> Stored<()>;
    /// Gives a person who has none a pseudonym.
    async fn set_pseudonym(&mut self, id: PersonId, pseudonym: &str) -> Stored<()>;
    /// Sets a person's language.
    async fn set_language(&mut self, id: PersonId, language: &str) -> Stored<()>;

    /// Gives a person's grants that hold at an instant.
    async fn grants(&mut self, person: PersonId, at: Timestamp) -> Stored<Vec<Grant>>;
    /// Gives an organisation's grants that hold at an instant.
    async fn grants_of_organisation(&mut self, organisation: OrganisationId, at: Timestamp) -> Stored<Vec<Grant>>;
    /// Gives the grants of a scope that hold at an instant.
    async fn grants_of_scope(&mut self, scope: GrantScope, at: Timestamp) -> Stored<Vec<Grant>>;
    /// Gives a grant.
    async fn grant(&mut self, id: GrantId) -> Stored<Option<Grant>>;
    /// Counts the people who hold a role at an instant.
    async fn count_holders(&mut self, role: Role, at: Timestamp) -> Stored<i64>;
    /// Adds a grant, unless the same one is open; gives the open one's identifier.
    async fn insert_grant(&mut self, grant: &Grant, by: Option<PersonId>) -> Stored<GrantId>;
    /// Ends a grant as it was read.
    ///
    /// # Errors
    /// [`super::StoreError::Stale`] where it ends otherwise by now.
    async fn end_grant(&mut self, grant: &Grant, at: Timestamp) -> Stored<()>;

    /// Gives a person's sealed credential of a kind.
    async fn credential(&mut self, person: PersonId, kind: &str) -> Stored<Option<(Uuid, Vec<u8>)>>;
    /// Replaces a person's credential of a kind.
    async fn set_credential(
        &mut self,
        id: Uuid,
        person: PersonId,
        kind: &str,
        secret: &[u8],
        at: Timestamp,
    ) -> Stored<()>;

    /// Adds a session.
    async fn insert_session(&mut self, session: &SessionRow) -> Stored<()>;
    /// Finds a session by the hash of its token.
    async fn session_by_token(&mut self, token_hmac: &[u8; 32]) -> Stored<Option<SessionRow>>;
    /// Lists a person's sessions, newest first.
    async fn sessions(&mut self, person: PersonId) -> Stored<Vec<SessionRow>>;
    /// Notes that a session was used and until when it now holds.
    async fn touch_session(&mut self, id: SessionId, seen_at: Timestamp, expires_at: Timestamp) -> Stored<()>;
    /// Ends a session of a person.
    async fn end_session(&mut self, id: SessionId, person: PersonId, at: Timestamp) -> Stored<()>;

    /// Adds an invitation.
    async fn insert_invitation(&mut self, invitation: &InvitationRow) -> Stored<()>;
    /// Gives an invitation.
    async fn invitation(&mut self, id: InvitationId) -> Stored<Option<InvitationRow>>;
    /// Finds an invitation by the hash of its token.
    async fn invitation_by_token(&mut self, token_hmac: &[u8; 32]) -> Stored<Option<InvitationRow>>;
    /// Lists an organisation's invitations, newest first.
    async fn invitations(&mut self, organisation: OrganisationId) -> Stored<Vec<InvitationRow>>;
    /// Marks an invitation used, once; to whom and by which link it was sent is forgotten.
    async fn use_invitation(&mut self, id: InvitationId, by: PersonId, at: Timestamp) -> Stored<()>;
    /// Withdraws an invitation that was not used; to whom and by which link it was sent is forgotten.
    async fn end_invitation(&mut self, id: InvitationId, at: Timestamp) -> Stored<()>;
    /// Forgets to whom and by which link an invitation was sent that has expired at an instant.
    async fn forget_invited(&mut self, id: InvitationId, at: Timestamp) -> Stored<()>;

    /// Gives the failures counted for a key since an instant.
    async fn failures(&mut self, kind: &str, key: &[u8; 32], since: Timestamp) -> Stored<i64>;
    /// Counts a failure in a window.
    async fn count_failure(&mut self, kind: &str, key: &[u8; 32], window_start: Timestamp) -> Stored<()>;
    /// Takes back one failure that was counted for a key in a window.
    async fn forgive_failure(&mut self, kind: &str, key: &[u8; 32], window_start: Timestamp) -> Stored<()>;
    /// Forgets the failures of a key.
    async fn forget_failures(&mut self, kind: &str, key: &[u8; 32]) -> Stored<()>;
}
