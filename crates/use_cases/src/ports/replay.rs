//! Ports of replays: the rows, and who sends recorded requests again.

use super::{RecordingTrouble, ShownBody, Stored};
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{AttachmentId, CampaignId, InstanceId, PersonId, ReportId, RetestId, TargetId};
use domain::instance::InstanceProblem;
use domain::replay::{ReplayFailure, ReplayResult, ReplayState};
use domain::target::Upstream;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use uuid::Uuid;

/// What a replay is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayOf {
    /// A report that is verified: its target is asked again.
    Report(ReportId),
    /// A retest: the corrected version is asked.
    Retest(RetestId),
}

/// A replay as stored.
#[derive(Clone, Debug)]
pub struct ReplayRow {
    /// Its identifier.
    pub id: Uuid,
    /// What it is of.
    pub of: ReplayOf,
    /// The bundle whose requests are sent.
    pub attachment: AttachmentId,
    /// The campaign whose target is asked.
    pub campaign: CampaignId,
    /// The target that is asked.
    pub target: TargetId,
    /// The clean copy on which it is made, for a target that is hosted here.
    pub instance: Option<InstanceId>,
    /// Who has it made.
    pub by: PersonId,
    /// When they asked for it.
    pub at: Timestamp,
    /// Where it was said to stand; see [`ReplayState::at`].
    pub state: ReplayState,
    /// Until when somebody answers for it while it is under way.
    pub until: Timestamp,
    /// Why it came to nothing.
    pub failure: Option<ReplayFailure>,
    /// Why the clean copy does not run: a code of the engine's.
    pub problem: Option<InstanceProblem>,
    /// What its answers come to, once it is done.
    pub result: Option<ReplayResult>,
    /// Which target that is: its name, version and fingerprint, sealed with the steps' key.
    pub about: Vec<u8>,
    /// Each step with both answers, once it is done; sealed under the campaign, or under the vulnerability of a retest.
    pub steps: Option<Vec<u8>>,
}

/// The rows of replays.
#[async_trait]
pub trait Replays {
    /// Adds a replay that waits.
    async fn insert_replay(&mut self, replay: &ReplayRow) -> Stored<()>;
    /// Keeps where a replay stands now that stood elsewhere before.
    async fn move_replay(&mut self, replay: &ReplayRow, before: ReplayState) -> Stored<()>;
    /// Answers for a replay that is being sent until an instant; says whether somebody still did.
    async fn hold_replay(&mut self, id: Uuid, now: Timestamp, until: Timestamp) -> Stored<bool>;
    /// Gives one replay.
    async fn replay(&mut self, id: Uuid) -> Stored<Option<ReplayRow>>;
    /// Gives the replay that waits for a clean copy.
    async fn replay_waiting_on(&mut self, instance: InstanceId) -> Stored<Option<Uuid>>;
    /// Gives the replays of a report or a retest, newest first, five hundred at most.
    async fn replays(&mut self, of: ReplayOf) -> Stored<Vec<ReplayRow>>;
    /// Says whether somebody has a replay under way at an instant.
    async fn has_replay_under_way(&mut self, person: PersonId, now: Timestamp) -> Stored<bool>;
}

/// Where requests are sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplayAt {
    /// To a host that somebody else keeps.
    Elsewhere(Upstream),
    /// To an instance of the platform.
    Hosted(SocketAddr),
}

/// The target to which requests are sent again: the one that was recorded, or its corrected version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayTarget {
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
    /// Waits for its turn among those who send.
    async fn turn(&self) -> Result<Box<dyn ReplayTurn>, RecordingTrouble>;
}

/// The turn of somebody who sends; dropped, it is the next one's.
#[async_trait]
pub trait ReplayTurn: Send {
    /// Sends the requests of a bundle in their order to a target.
    ///
    /// A bundle whose requests went to several targets, or a target that is not found, ends with
    /// [`RecordingTrouble::Missing`].
    async fn replay(
        self: Box<Self>,
        bundle: Vec<u8>,
        target: ReplayTarget,
    ) -> Result<Vec<ReplayedStep>, RecordingTrouble>;
}
