//! Ports of the mails that people choose: how often, and what waits to be sent together.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::PersonId;
use domain::mail_choice::{MailKind, MailPace};
use domain::programme::NoticeKind;
use uuid::Uuid;

/// A mail that waits to be told of with others.
#[derive(Clone, Debug)]
pub struct DigestItem {
    /// The job of the mail.
    pub id: Uuid,
    /// To whom.
    pub person: PersonId,
    /// What it is about.
    pub kind: MailKind,
    /// The notice of its programme.
    pub notice: NoticeKind,
    /// When it is told of.
    pub digest_at: Timestamp,
}

/// The mails that people choose.
#[async_trait]
pub trait MailChoices {
    /// Gives how often a person chose to get mails, by kind; what they never chose is not there.
    async fn mail_paces(&mut self, person: PersonId) -> Stored<Vec<(MailKind, MailPace)>>;
    /// Keeps how often a person wants mails of a kind.
    async fn save_mail_pace(&mut self, person: PersonId, kind: MailKind, pace: MailPace, at: Timestamp) -> Stored<()>;
    /// Keeps a mail for a digest; the same one is kept once.
    async fn insert_digest_item(&mut self, item: &DigestItem, at: Timestamp) -> Stored<()>;
    /// Lists what a person's digest of an instant tells.
    async fn digest_items(&mut self, person: PersonId, digest_at: Timestamp) -> Stored<Vec<DigestItem>>;
    /// Forgets what a digest has told.
    async fn forget_digest(&mut self, person: PersonId, digest_at: Timestamp) -> Stored<()>;
}
