//! Ports of the foundations: data keys, the journal, jobs, leases, blobs.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{AttachmentId, BlobId, CallId, CandidacyId, EntryId, GrantId, JobId, PersonId, ReceptionId};
use uuid::Uuid;

/// A wrapped data key as it is stored.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// The data key's identifier.
    pub id: Uuid,
    /// The kind of holder: `instance`, `person`, `programme`, `campaign`, `recordings`, `vulnerability`, `organisation`.
    pub holder_kind: String,
    /// The holder's identifier.
    pub holder_id: Uuid,
    /// The wrapped key; `None` once destroyed.
    pub wrapped: Option<Vec<u8>>,
    /// The instance key that wraps it.
    pub instance_key_id: i64,
    /// When it was destroyed, where it was.
    pub destroyed_at: Option<Timestamp>,
}

/// Data keys.
#[async_trait]
pub trait Keys {
    /// Gives the newest key of a holder, where it has one.
    async fn holder_key(&mut self, holder_kind: &str, holder_id: Uuid) -> Stored<Option<KeyRow>>;
    /// Gives a key by its identifier.
    async fn key(&mut self, id: Uuid) -> Stored<Option<KeyRow>>;
    /// Keeps a holder's first key; gives the one that is there, which may be another's.
    async fn insert_key(&mut self, key: &KeyRow, at: Timestamp) -> Stored<()>;
    /// Destroys a holder's keys; what they sealed can no longer be read.
    async fn destroy_keys(&mut self, holder_kind: &str, holder_id: Uuid, at: Timestamp) -> Stored<Vec<Uuid>>;
    /// Gives every key that is not destroyed, for rewrapping.
    async fn all_keys(&mut self) -> Stored<Vec<KeyRow>>;
    /// Replaces a key's wrapping.
    async fn rewrap_key(&mut self, id: Uuid, wrapped: &[u8], instance_key_id: i64) -> Stored<()>;
}

/// A journal entry as it is stored.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// Its identifier.
    pub id: EntryId,
    /// The kind of thing it is about, for example `candidacy`.
    pub stream_kind: String,
    /// The thing it is about.
    pub stream_id: Uuid,
    /// Its number within the stream, from 1.
    pub stream_seq: i64,
    /// What happened, for example `candidacy.received`.
    pub kind: String,
    /// Who acted, where it was a person.
    pub actor: Option<PersonId>,
    /// Which part of the system acted, where it was the system.
    pub system: Option<String>,
    /// The grant acted under.
    pub grant: Option<GrantId>,
    /// The role acted under.
    pub role: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The salt and canonical content, sealed.
    pub body: Vec<u8>,
    /// The commitment that enters the log.
    pub leaf: Vec<u8>,
    /// `public` or `sealed`.
    pub log: String,
    /// The origin and index it has in the log, once numbered.
    pub leaf_index: Option<i64>,
}

/// An origin of a log: a tree from its first leaf on.
#[derive(Clone, Debug)]
pub struct OriginRow {
    /// Its identifier.
    pub id: Uuid,
    /// `public` or `sealed`.
    pub log: String,
    /// Its name in checkpoints.
    pub name: String,
    /// Leaves numbered so far.
    pub size: i64,
}

/// A stream that does not have the entries it numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenStream {
    /// The kind of thing it is about.
    pub kind: String,
    /// The thing it is about.
    pub id: Uuid,
    /// How many entries were numbered.
    pub numbered: i64,
    /// How many are there.
    pub found: i64,
}

/// A receipt that was given, with the columns that repeat what it says.
#[derive(Clone, Debug)]
pub struct PromiseRow {
    /// The reception.
    pub id: ReceptionId,
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// The call.
    pub call: CallId,
    /// The order number.
    pub order_number: i64,
    /// When it was received.
    pub received_at: Timestamp,
    /// The version of the form.
    pub form_version: i64,
    /// The entry that the receipt promises.
    pub entry: EntryId,
    /// The signed receipt.
    pub receipt: String,
    /// When the number died.
    pub dead_at: Option<Timestamp>,
}

/// The journal and its logs.
#[async_trait]
pub trait Journals {
    /// Gives a stream's next number.
    async fn next_stream_seq(&mut self, kind: &str, id: Uuid) -> Stored<i64>;
    /// Holds a stream for this transaction, so that nobody else adds to it meanwhile.
    async fn lock_stream(&mut self, kind: &str, id: Uuid) -> Stored<()>;
    /// Keeps an entry.
    async fn insert_entry(&mut self, entry: &EntryRow) -> Stored<()>;
    /// Says whether an entry is there.
    async fn entry_exists(&mut self, id: EntryId) -> Stored<bool>;
    /// Gives an entry.
    async fn entry(&mut self, id: EntryId) -> Stored<Option<EntryRow>>;
    /// Gives a stream's entries in their order.
    async fn stream(&mut self, kind: &str, id: Uuid) -> Stored<Vec<EntryRow>>;
    /// Gives what the gateway of a campaign refused since an instant, newest first.
    async fn gateway_refusals(&mut self, campaign: Uuid, since: Timestamp, limit: i64) -> Stored<Vec<EntryRow>>;
    /// Gives entries that have no leaf index yet, oldest first.
    async fn waiting_entries(&mut self, log: &str, limit: i64) -> Stored<Vec<EntryRow>>;
    /// Gives entries of an origin by leaf index, from `from` on.
    async fn numbered_entries(&mut self, origin: Uuid, from: i64, limit: i64) -> Stored<Vec<EntryRow>>;
    /// Numbers an entry.
    async fn number_entry(&mut self, id: EntryId, origin: Uuid, index: i64) -> Stored<()>;
    /// Gives the open origin of a log, making it where it is missing.
    async fn open_origin(&mut self, log: &str, name: &str, id: Uuid, at: Timestamp) -> Stored<OriginRow>;
    /// Gives the open origin of a log, where there is one.
    async fn origin(&mut self, log: &str) -> Stored<Option<OriginRow>>;
    /// Sets how many leaves an origin has.
    async fn set_origin_size(&mut self, origin: Uuid, size: i64) -> Stored<()>;
    /// Keeps a complete node of the tree.
    async fn insert_node(&mut self, origin: Uuid, level: i64, position: i64, hash: &[u8]) -> Stored<()>;
    /// Gives nodes of the tree by level and position, where they are there.
    async fn nodes(&mut self, origin: Uuid, wanted: &[(i64, i64)]) -> Stored<Vec<(i64, i64, Vec<u8>)>>;
    /// Keeps a signed checkpoint.
    async fn insert_checkpoint(&mut self, origin: Uuid, size: i64, note: &str, at: Timestamp) -> Stored<()>;
    /// Gives the newest checkpoint of an origin: size, instant, note.
    async fn newest_checkpoint(&mut self, origin: Uuid) -> Stored<Option<(i64, Timestamp, String)>>;
    /// Gives every checkpoint of an origin from the oldest on: size, note.
    async fn checkpoints(&mut self, origin: Uuid) -> Stored<Vec<(i64, String)>>;
    /// Gives a number that grows with each commit that journals something: leaves that are numbered, and entries that wait.
    async fn journal_mark(&mut self) -> Stored<i64>;
    /// Gives streams that lack an entry, have one too many, or were not numbered at all.
    async fn broken_streams(&mut self, limit: i64) -> Stored<Vec<BrokenStream>>;
    /// Gives the receipts that were given, by the reception's identifier.
    async fn promises(&mut self, after: Option<ReceptionId>, limit: i64) -> Stored<Vec<PromiseRow>>;
    /// Gives the bundles of exchanges that the log commits to, as their reports hold them, each with its entry.
    async fn promised_bundles(
        &mut self,
        after: Option<AttachmentId>,
        limit: i64,
    ) -> Stored<Vec<(AttachmentId, EntryId)>>;
}

/// A job of the queue; payloads hold identifiers, never a text.
#[derive(Clone, Debug)]
pub struct JobRow {
    /// Its identifier.
    pub id: JobId,
    /// What is to be done, for example `mail.invitation`.
    pub kind: String,
    /// What makes it the same job as another.
    pub dedup_key: String,
    /// The thing it is about.
    pub subject: Option<Uuid>,
    /// The person it is for.
    pub person: Option<PersonId>,
    /// When it is due.
    pub run_at: Timestamp,
    /// How many times it was tried.
    pub attempt: i64,
    /// The fencing number of its present claim.
    pub fence: i64,
}

/// A job that failed at least once and is not done.
#[derive(Clone, Debug)]
pub struct FailingJob {
    /// Its identifier.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// The code of what failed last.
    pub trouble: String,
    /// How many times it was tried.
    pub attempts: i64,
    /// When it was put in the queue.
    pub since: Timestamp,
    /// When it is tried next; none where it was given up.
    pub next: Option<Timestamp>,
}

/// The job queue and leases.
#[async_trait]
pub trait Jobs {
    /// Puts a job in the queue, unless the same one is there.
    async fn enqueue(&mut self, job: &JobRow, at: Timestamp) -> Stored<()>;
    /// Claims the next due job until an instant.
    async fn claim_job(&mut self, now: Timestamp, until: Timestamp) -> Stored<Option<JobRow>>;
    /// Marks a claimed job done; a claim that was overtaken is [`super::StoreError::Stale`].
    async fn job_done(&mut self, id: JobId, fence: i64, at: Timestamp) -> Stored<()>;
    /// Puts a claimed job back, or gives it up where `again` is none.
    async fn job_failed(
        &mut self,
        id: JobId,
        fence: i64,
        error: &str,
        again: Option<Timestamp>,
        at: Timestamp,
    ) -> Stored<()>;
    /// Lists the jobs that failed and are not done, those given up first.
    async fn failing_jobs(&mut self, limit: i64) -> Stored<Vec<FailingJob>>;
    /// Makes a job that failed due at once, or each of them; gives how many.
    async fn try_jobs_again(&mut self, id: Option<JobId>, now: Timestamp) -> Stored<i64>;
    /// Counts the jobs that wait and those given up.
    async fn job_counts(&mut self) -> Stored<(i64, i64)>;
    /// Counts the jobs whose kind starts with a word and a dot: those that wait and those given up.
    async fn job_counts_of(&mut self, word: &str) -> Stored<(i64, i64)>;
    /// Takes or renews a lease; gives its fencing number, or none where another holds it.
    async fn take_lease(&mut self, name: &str, holder: Uuid, now: Timestamp, until: Timestamp) -> Stored<Option<i64>>;
}

/// A sealed file as it is recorded.
#[derive(Clone, Debug)]
pub struct BlobRow {
    /// Its identifier.
    pub id: BlobId,
    /// The kind of holder whose key seals it.
    pub holder_kind: String,
    /// The holder whose key seals it.
    pub holder_id: Uuid,
    /// The keyed hash that names it in the store of files.
    pub name_hmac: Vec<u8>,
    /// Its size in bytes before sealing.
    pub bytes: i64,
    /// What it really is.
    pub media_type: String,
}

/// Sealed files.
#[async_trait]
pub trait Blobs {
    /// Records a file that is durable but not yet named by anything.
    async fn stage_blob(&mut self, blob: &BlobRow, at: Timestamp) -> Stored<()>;
    /// Says whether a file is there that nothing names.
    async fn is_staged(&mut self, id: BlobId) -> Stored<bool>;
    /// Records that something names a file.
    async fn keep_blob(&mut self, id: BlobId) -> Stored<()>;
    /// Gives a file's record.
    async fn blob(&mut self, id: BlobId) -> Stored<Option<BlobRow>>;
    /// Gives files staged before an instant, for sweeping.
    async fn staged_blobs(&mut self, before: Timestamp) -> Stored<Vec<BlobRow>>;
    /// Forgets a staged file.
    async fn forget_blob(&mut self, id: BlobId) -> Stored<()>;
}
