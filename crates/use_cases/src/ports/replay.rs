//! Ports of replays: the rows, and who sends recorded requests again.

use super::{RecordingTrouble, ShownBody, Stored};
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{AttachmentId, PersonId, ReportId};
use domain::replay::ReplayResult;
use domain::target::Upstream;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use uuid::Uuid;

/// A replay as stored.
#[derive(Clone, Debug)]
pub struct ReplayRow {
    /// Its identifier.
    pub id: Uuid,
    /// The report.
    pub report: ReportId,
    /// The bundle whose requests were sent.
    pub attachment: AttachmentId,
    /// Who had it made.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What its answers come to.
    pub result: ReplayResult,
    /// Each step with both answers, sealed under the campaign.
    pub steps: Vec<u8>,
}

/// The rows of replays.
#[async_trait]
pub trait Replays {
    /// Adds a replay.
    async fn insert_replay(&mut self, replay: &ReplayRow) -> Stored<()>;
    /// Gives one replay.
    async fn replay(&mut self, id: Uuid) -> Stored<Option<ReplayRow>>;
    /// Gives the replays of a report, newest first, five hundred at most.
    async fn replays(&mut self, report: ReportId) -> Stored<Vec<ReplayRow>>;
}

/// Where requests are sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplayAt {
    /// To a host that somebody else keeps.
    Elsewhere(Upstream),
    /// To an instance of the platform.
    Hosted(SocketAddr),
}

/// Where requests to a target are sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayTarget {
    /// The fingerprint that was recorded with the requests.
    pub fingerprint: String,
    /// Where it answers: a host that somebody else keeps, or a clean instance that was started for it.
    pub at: ReplayAt,
    /// The host name under which the application knows itself.
    pub public_host: String,
}

/// One difference between two answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDifference {
    /// Where: `status`, `field NAME`, `json POINTER`, `line N`, `body` or `more`.
    pub place: String,
    /// What was recorded there; empty where nothing was.
    pub recorded: String,
    /// What stands there now.
    pub replayed: String,
    /// Whether every run has it of its own, or it was carried on.
    pub expected: bool,
}

/// One request that was sent again, with both answers, without their secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayedStep {
    /// The method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The head of the recorded answer, as lines.
    pub recorded: String,
    /// Its body.
    pub recorded_body: ShownBody,
    /// The head of the answer that came now, as lines; empty where none came.
    pub replayed: String,
    /// Its body.
    pub replayed_body: ShownBody,
    /// Why no answer came: a code; empty where one did.
    pub trouble: String,
    /// How many values that the target issued were carried on in the request.
    pub carried: usize,
    /// How they differ.
    pub differences: Vec<StepDifference>,
    /// What that comes to: a code of [`ReplayResult`].
    pub result: String,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// Who sends recorded requests again.
#[async_trait]
pub trait Replayer: Send + Sync {
    /// Sends the requests of a bundle in their order to the targets they went to.
    ///
    /// A request whose target is none of those given ends with [`RecordingTrouble::Missing`].
    async fn replay(&self, bundle: Vec<u8>, targets: Vec<ReplayTarget>) -> Result<Vec<ReplayedStep>, RecordingTrouble>;
}
