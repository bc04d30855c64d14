//! The port of recordings: what passed the gateway, read back with the key of the campaign's recordings.

use super::SegmentRow;
use async_trait::async_trait;
use domain::coverage::Coverage;
use domain::ids::{CampaignId, LeaseId, TargetId};
use domain::{Date, Timestamp};
use sealing::RecordingSecret;
use std::collections::BTreeMap;

/// The media type of a bundle of chosen exchanges, which only the platform makes.
pub const BUNDLE_TYPE: &str = "application/vnd.beffroi.bundle";

/// The recordings of one campaign, open to whoever holds their key.
pub struct RecordingOf {
    /// The campaign.
    pub campaign: CampaignId,
    /// The secret half of its key pair.
    pub secret: RecordingSecret,
    /// Its segments that are written no more, in their order.
    pub segments: Vec<SegmentRow>,
}

/// Which exchanges are asked for: those for which everything that is said holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExchangeFilter {
    /// By these leases and no others.
    pub leases: Vec<LeaseId>,
    /// Begun at this instant or later.
    pub since: Option<Timestamp>,
    /// Begun before this instant.
    pub until: Option<Timestamp>,
    /// With this method.
    pub method: Option<String>,
    /// With this in path and query.
    pub path: Option<String>,
    /// With a status between these, both included.
    pub status: Option<(u16, u16)>,
    /// With this text in a head or near the beginning of a body.
    pub text: Option<String>,
}

/// An exchange in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeLine {
    /// Where it stands among all of the campaign; it never changes.
    pub place: String,
    /// When it began.
    pub at: Timestamp,
    /// The method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The status of the answer, where one came.
    pub status: Option<u16>,
    /// The bytes of the answer's body, where its end is recorded.
    pub received: Option<u64>,
    /// How many WebSocket messages passed.
    pub messages: u64,
}

/// One page of a list of exchanges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExchangePage {
    /// The exchanges, those that began last first.
    pub lines: Vec<ExchangeLine>,
    /// Where to go on, where there is more.
    pub next: Option<String>,
}

/// A body or a message as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ShownBody {
    /// There is none.
    None,
    /// It is a text; `cut` where more of it passed.
    Text {
        /// The text, decompressed.
        text: String,
        /// Whether more passed than is shown.
        cut: bool,
    },
    /// It is no text.
    Bytes(u64),
}

/// A WebSocket message as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownMessage {
    /// Whether the hunter's tool sent it.
    pub sent: bool,
    /// When it ended.
    pub at: Timestamp,
    /// Its body.
    pub body: ShownBody,
}

/// An exchange as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownExchange {
    /// What a list says of it.
    pub line: ExchangeLine,
    /// The fingerprint of the target.
    pub fingerprint: String,
    /// The head of the request, as lines.
    pub request: String,
    /// The body of the request.
    pub request_body: ShownBody,
    /// The head of the final answer, as lines; empty where none came.
    pub response: String,
    /// The body of the answer.
    pub response_body: ShownBody,
    /// WebSocket messages, the first hundred.
    pub messages: Vec<ShownMessage>,
    /// How long it took, in milliseconds, where its end is recorded.
    pub took_ms: Option<i64>,
}

/// What a bundle says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleAbout {
    /// When it was made.
    pub made: Timestamp,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// For what: a report's identifier.
    pub subject: String,
    /// Fingerprints of its targets, each with what it stands for.
    pub targets: Vec<(String, String)>,
}

/// A bundle that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeBundle {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of its manifest: what the log commits to.
    pub digest: [u8; 32],
    /// The fingerprints of the instances to which its requests went, in their order.
    pub prints: Vec<String>,
}

/// A bundle that was read and whose files are those of its manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownBundle {
    /// SHA-256 of its manifest: what the log commits to.
    pub digest: [u8; 32],
    /// Its exchanges.
    pub exchanges: Vec<ShownExchange>,
}

/// In which format exchanges leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// HTTP Archive 1.2.
    Har,
    /// ISO 28500, WARC 1.1.
    Warc,
}

/// What was counted of a campaign's recordings, up to the end of a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageSoFar {
    /// What was under way at that end, as the recordings write it; empty before the first segment.
    pub under_way: Vec<u8>,
    /// What was counted, by target.
    pub targets: BTreeMap<TargetId, Coverage>,
}

/// How segments are counted.
#[derive(Clone, Debug)]
pub struct CoverageAsked {
    /// The target that each lease leads to, and what stands for who holds it; others are not counted.
    pub ways: BTreeMap<LeaseId, (TargetId, u64)>,
    /// The most endpoints of one target that are told apart.
    pub most: usize,
    /// The day of an instant.
    pub day: fn(Timestamp) -> Date,
}

/// Why recordings cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordingTrouble {
    /// What was asked for is not there.
    #[error("there is no such exchange")]
    Missing,
    /// It is larger than a bundle may be.
    #[error("larger than it may be")]
    TooLarge,
    /// It does not read.
    #[error("recordings do not read: {0}")]
    Failed(String),
}

/// Who reads what passed the gateway.
#[async_trait]
pub trait Recordings: Send + Sync {
    /// Finds exchanges, those that began last first, `limit` at most, after a place.
    async fn find(
        &self,
        of: RecordingOf,
        filter: ExchangeFilter,
        after: Option<String>,
        limit: usize,
    ) -> Result<ExchangePage, RecordingTrouble>;

    /// Shows one exchange by these leases.
    async fn show(
        &self,
        of: RecordingOf,
        leases: Vec<LeaseId>,
        place: String,
    ) -> Result<ShownExchange, RecordingTrouble>;

    /// Copies exchanges by these leases out as a bundle.
    async fn bundle(
        &self,
        of: RecordingOf,
        leases: Vec<LeaseId>,
        places: Vec<String>,
        about: BundleAbout,
    ) -> Result<MadeBundle, RecordingTrouble>;

    /// Puts files beside the manifest of a bundle, by their names; what it is about, and its digest, stay as they are.
    async fn with_proofs(
        &self,
        bytes: Vec<u8>,
        proofs: Vec<(&'static str, String)>,
    ) -> Result<Vec<u8>, RecordingTrouble>;

    /// Gives the campaigns of which something recorded stands on the disk.
    async fn campaigns(&self) -> Result<Vec<CampaignId>, RecordingTrouble>;

    /// Removes what stands on the disk of a campaign's recordings; says how many files that was.
    async fn remove(&self, campaign: CampaignId) -> Result<usize, RecordingTrouble>;

    /// Reads a bundle; secrets are left out unless whoever asks made the exchanges.
    async fn read_bundle(&self, bytes: Vec<u8>, redacted: bool) -> Result<ShownBundle, RecordingTrouble>;

    /// Writes a bundle's exchanges, without secrets, in a format that other tools read.
    async fn export(&self, bytes: Vec<u8>, format: ExportFormat, notice: String) -> Result<Vec<u8>, RecordingTrouble>;

    /// Counts what the given segments touched, going on from what was counted before them; bodies are not read.
    async fn cover(
        &self,
        of: RecordingOf,
        so_far: CoverageSoFar,
        asked: CoverageAsked,
    ) -> Result<CoverageSoFar, RecordingTrouble>;
}
