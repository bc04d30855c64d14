//! The ports: what the use cases need from the floors above them.
//!
//! [`Session`] is one open transaction; its methods stand in one trait per aggregate, in the
//! file of the same name, and storage implements each in the file of the same name again.

pub mod advisory;
pub mod already_tested;
pub mod authorisation;
pub mod bypass;
pub mod call;
pub mod campaign;
pub mod candidacy;
pub mod circle;
pub mod concern;
pub mod corrected;
pub mod coverage;
pub mod declared_test;
pub mod directory;
pub mod embedding;
pub mod evidence;
pub mod finding;
pub mod foundation;
pub mod group;
pub mod instruction;
pub mod join;
pub mod linked;
pub mod mail_choice;
pub mod named;
pub mod organisation;
pub mod outcome;
pub mod person;
pub mod programme;
pub mod reception;
pub mod recordings;
pub mod register;
pub mod replay;
pub mod report;
pub mod retest;
pub mod search;
pub mod seed;
pub mod sharing;
pub mod snapshot;
pub mod target;
pub mod template;
pub mod visibility;
pub mod vulnerability;

use async_trait::async_trait;
use domain::Timestamp;

pub use advisory::*;
pub use already_tested::*;
pub use authorisation::*;
pub use bypass::*;
pub use call::*;
pub use campaign::*;
pub use candidacy::*;
pub use circle::*;
pub use concern::*;
pub use corrected::*;
pub use coverage::*;
pub use declared_test::*;
pub use directory::*;
pub use embedding::*;
pub use evidence::*;
pub use finding::*;
pub use foundation::*;
pub use group::*;
pub use instruction::*;
pub use join::*;
pub use linked::*;
pub use mail_choice::*;
pub use named::*;
pub use organisation::*;
pub use outcome::*;
pub use person::*;
pub use programme::*;
pub use reception::*;
pub use recordings::*;
pub use register::*;
pub use replay::*;
pub use report::*;
pub use retest::*;
pub use search::*;
pub use seed::*;
pub use sharing::*;
pub use snapshot::*;
pub use target::*;
pub use template::*;
pub use visibility::*;
pub use vulnerability::*;

/// How far the results of a list are counted: beyond a thousand, its page says "more than a
/// thousand", and nothing reads a table whole to know better. The texts have a case of their own for this number.
pub const COUNTED_TO: i64 = 1_001;

/// What can go wrong in a store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another transaction was in the way; the whole use case is tried again.
    #[error("busy")]
    Busy,
    /// The row is no longer at the revision that was loaded.
    #[error("stale")]
    Stale,
    /// The row that had to be there is not.
    #[error("missing")]
    Missing,
    /// A unique index refused a second one; the text names it, for the log.
    #[error("taken: {0}")]
    Taken(String),
    /// A row does not hold what it must.
    #[error("corrupt: {0}")]
    Corrupt(String),
    /// The engine failed.
    #[error("failed: {0}")]
    Failed(String),
}

/// What a port gives.
pub type Stored<T> = Result<T, StoreError>;

/// The store of rows.
#[async_trait]
pub trait Store: Send + Sync {
    /// Begins a write; nothing is kept unless it is committed.
    async fn begin(&self) -> Stored<Box<dyn Session>>;

    /// Begins a reading of one snapshot, which cannot write.
    async fn snapshot(&self) -> Stored<Box<dyn Session>>;

    /// Names the engine for people: `SQLite` or `PostgreSQL`.
    fn engine_name(&self) -> &'static str;
}

/// One open transaction, with everything that can be read and written in it.
#[async_trait]
pub trait Session:
    Keys
    + Journals
    + Jobs
    + Blobs
    + CorrectedVersions
    + SeedRows
    + Snapshots
    + Organisations
    + Directories
    + People
    + Programmes
    + Calls
    + Candidacies
    + Receptions
    + Instructions
    + Registers
    + Campaigns
    + Authorisations
    + Reports
    + Bypasses
    + Vulnerabilities
    + Evidence
    + Retests
    + Advisories
    + Findings
    + Positions
    + NamedPeople
    + LinkedProducts
    + Concerns
    + Outcomes
    + Embeddings
    + MailChoices
    + Tests
    + DeclaredTests
    + Joins
    + Groups
    + Searches
    + AnswerTemplates
    + Targets
    + Coverages
    + Replays
    + Send
{
    /// Keeps everything that was written.
    async fn commit(self: Box<Self>) -> Stored<()>;
}

/// The clock.
pub trait Clock: Send + Sync {
    /// Gives the instant.
    fn now(&self) -> Timestamp;
}

/// The source of random bytes.
pub trait Chance: Send + Sync {
    /// Fills the bytes.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Chance {
    /// Gives 32 random bytes.
    #[must_use]
    pub fn bytes32(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }

    /// Gives 24 random bytes, a nonce of XChaCha20.
    #[must_use]
    pub fn nonce(&self) -> [u8; 24] {
        let mut bytes = [0; 24];
        self.fill(&mut bytes);
        bytes
    }
}

/// The store of sealed files.
#[async_trait]
pub trait FileStore: Send + Sync {
    /// Keeps sealed bytes under a name, durably.
    async fn put(&self, name: &str, sealed: Vec<u8>) -> Stored<()>;
    /// Gives the sealed bytes of a name.
    async fn get(&self, name: &str) -> Stored<Vec<u8>>;
    /// Removes a name, and whatever a crash left of one that was being written; a missing one is no error.
    async fn remove(&self, name: &str) -> Stored<()>;
    /// Begins sealed bytes that come part by part.
    async fn begin(&self, name: &str) -> Stored<Box<dyn FileWriter>>;
    /// Begins to read the sealed bytes of a name part by part.
    async fn read(&self, name: &str) -> Stored<Box<dyn FileReader>>;
    /// Finds what a file really is from its first bytes; `None` where it is not an accepted type.
    fn sniff(&self, bytes: &[u8]) -> Option<&'static str>;
}

/// A sealed file that is being written; nothing is there under its name before its end, and nothing stays of it without one.
#[async_trait]
pub trait FileWriter: Send {
    /// Adds sealed bytes.
    async fn put(&mut self, sealed: Vec<u8>) -> Stored<()>;
    /// Ends it, durably.
    async fn end(self: Box<Self>) -> Stored<()>;
}

/// A sealed file that is being read.
#[async_trait]
pub trait FileReader: Send {
    /// Gives the next sealed bytes; none at the end.
    async fn next(&mut self) -> Stored<Option<Vec<u8>>>;
}

/// A mail that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The address it goes to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// A stable identifier, so that a mail sent twice is seen as one.
    pub message_id: String,
    /// The address of the link that ends mails like this one (RFC 8058), where they can be ended.
    pub unsubscribe: Option<String>,
}

/// Why a mail did not leave. What the relay answered is no part of it: relays repeat addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailTrouble {
    /// The relay refused it with this code (RFC 5321).
    #[error("relay_refused_{0}")]
    Refused(u16),
    /// The relay could not be reached, or stopped answering.
    #[error("relay_unreachable")]
    Unreachable,
    /// It could not be written as a mail: an address cannot be read.
    #[error("mail_unwritable")]
    Unwritable,
    /// The folder that takes mails could not be written to.
    #[error("mail_folder")]
    Folder,
}

/// Who sends mail.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail to the next relay.
    async fn send(&self, mail: Mail) -> Result<(), MailTrouble>;
}
