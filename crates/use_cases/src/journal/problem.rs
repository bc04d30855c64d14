//! What a verification of the log can find wrong.

use domain::ids::{AttachmentId, CandidacyId, EntryId};
use uuid::Uuid;

/// One thing that is wrong with a log, or with what rests on it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogProblem {
    /// A stream lacks an entry, or has one more than were numbered.
    #[error("the stream of {kind} {id} numbered {numbered} entries and has {found}")]
    Stream {
        /// Of what.
        kind: String,
        /// Of which.
        id: Uuid,
        /// How many entries were numbered.
        numbered: i64,
        /// How many are there.
        found: i64,
    },
    /// A leaf is not there.
    #[error("leaf {0} is missing")]
    LeafMissing(i64),
    /// The log's size is not that of its leaves.
    #[error("the log says it has {said} leaves and has {found}")]
    Size {
        /// What the log says.
        said: i64,
        /// How many are there.
        found: i64,
    },
    /// A checkpoint names another log.
    #[error("the checkpoint of size {0} is of another log")]
    OtherLog(i64),
    /// The leaves do not give the root that was signed.
    #[error("the tree of size {0} is not the one that was signed")]
    Tree(i64),
    /// A checkpoint cannot be read, or its signature is not ours.
    #[error("the checkpoint of size {0} is not signed by this log's key")]
    Checkpoint(i64),
    /// An entry's content is not what its leaf commits to.
    #[error("entry {0} does not match its leaf")]
    Leaf(EntryId),
    /// An entry's plain columns are not what was journaled.
    #[error("entry {0} does not say what was journaled: {1}")]
    Columns(EntryId, String),
    /// An entry's content cannot be opened.
    #[error("entry {0} cannot be opened")]
    Unreadable(EntryId),
    /// What was received is not what its receipt promises.
    #[error("the reception of candidacy {0}: {1}")]
    Reception(CandidacyId, ReceptionProblem),
    /// A bundle of exchanges names another entry than the one that commits to it.
    #[error("the bundle {0}: its entry is not the one that commits to it")]
    Bundle(AttachmentId),
}

/// What is wrong with a reception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceptionProblem {
    /// The receipt does not read, or its signature is not ours.
    #[error("its receipt is not the one that was signed")]
    Receipt,
    /// The entry is of another candidacy.
    #[error("its entry is about another candidacy")]
    OtherCandidacy,
    /// The receipt's leaf is another entry's.
    #[error("its receipt promises another entry")]
    OtherEntry,
    /// The entry is gone.
    #[error("its entry is not in the log")]
    NoEntry,
    /// No event says why the number lives or is dead.
    #[error("its number lives or is dead without an event that says so")]
    Life,
    /// The order number differs.
    #[error("its number is not the receipt's")]
    Number,
    /// The instant differs.
    #[error("its instant is not the receipt's")]
    Instant,
    /// The version of the form differs.
    #[error("its form is not the receipt's")]
    Form,
    /// The call differs.
    #[error("its call is not the receipt's")]
    Call,
}
