//! Targets behind the gateway: declaring them, leading people to them, telling the gateway what may pass.

mod acceptance;
mod certificate;
mod corrected;
mod corrected_view;
mod declare;
mod drive;
mod duty;
mod instance;
mod lease;
mod reachable;
mod recorder;
mod refusal;
mod seed;
mod segment;
mod snapshot;
mod typed;
mod view;
mod words;

pub use acceptance::{AnswerCorrected, CorrectedAnswer, CorrectedToAnswer, RecordAgreement, ViewCorrectedToAnswer};
pub use certificate::{RegisterCertificate, RegisteredCertificate, TakeCertificateBack, ViewWay, WayPage};
pub use corrected::{DeclareCorrected, RemoveCorrected};
pub use corrected_view::{CorrectedLine, CorrectedPage, CorrectedSummary, ViewCorrected};
pub use declare::{DeclareTarget, RemoveTarget, StopTarget};
pub use drive::{Driven, InstanceToDrive, InstancesToDrive, LetInstanceGo, TellInstance};
pub use duty::{DUTY_SECONDS, Duty, DutyHolder, GiveDutyBack, TakeDuty};
pub use instance::{InstanceWish, MoveInstance, StartTarget};
pub use lease::{EndLease, GiveBackLease, GivenLease, TakeLease};
pub use reachable::ReachableTarget;
pub use recorder::{NoteRecorder, Recorder};
pub use refusal::{NoteRefusals, RefusedWay};
pub use seed::{
    MaySendSeed, RemoveSeed, SeedAbout, SeedLine, SeedUpload, SeedWarning, begin_seed, open_seed, remove_seed,
};
pub use segment::{KeepSegment, KeptSegment};
pub use snapshot::{KeepState, RemoveState, SnapshotLine, SnapshotsToDrive, TellSnapshot};
pub use view::{HeldLease, InstanceLine, TargetLine, TargetsPage, ViewTargets};
pub use words::{CampaignWord, GatewayMark, GatewayWords, LeaseWord, TargetWord, Where, Words};

pub(crate) use acceptance::{desk_items, listed};
pub(crate) use corrected::{end_corrected, host_facts};
pub(crate) use corrected_view::host_of;
pub(crate) use drive::{endpoint, release};
pub(crate) use instance::{let_go, want};
pub(crate) use reachable::reachable;
pub(crate) use recorder::recorder;
pub(crate) use seed::end_all as end_seeds;
pub(crate) use view::text_lines;

use crate::error::{Error, Outcome};
use crate::ports::{CampaignRecord, TargetRow};
use crate::unit::{Unit, place};
use authorization::{Action, Permitted};
use domain::recipe::{Recipe, RecipeLimits};
use domain::target::{TargetScope, Upstream};
use serde::{Deserialize, Serialize};

/// Where a target is and what may be asked of it, as it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetSettings {
    /// What it is called.
    pub name: String,
    /// The address of a test environment that somebody else keeps; empty for one that is hosted here.
    pub url: String,
    /// The recipe of a target that is hosted here, as typed; empty for one that is not.
    #[serde(default)]
    pub recipe: String,
    /// The host name under which the application knows itself.
    pub public_host: String,
    /// What may be asked.
    pub scope: TargetScope,
    /// The warnings of personal data that whoever certified that it holds none had been shown.
    #[serde(default)]
    pub warned: Vec<SeedWarning>,
}

impl TargetSettings {
    /// Gives where the gateway asks.
    ///
    /// # Errors
    /// [`Error::Internal`]: what is kept was read when it was declared.
    pub fn upstream(&self) -> Outcome<Upstream> {
        let wrong = |problem| Error::Internal(format!("a target's address does not read: {problem:?}"));
        Upstream::parse(&self.url).map_err(wrong)
    }

    /// Gives the recipe of a target that is hosted here.
    ///
    /// # Errors
    /// [`Error::Internal`]: what is kept was read when it was declared.
    pub fn hosted(&self) -> Outcome<Recipe> {
        let wrong = |problems: Vec<_>| Error::Internal(format!("a target's recipe does not read: {problems:?}"));
        Recipe::parse(&self.recipe, &RecipeLimits::none()).map_err(wrong)
    }

    /// Gives what tells a target that runs elsewhere from any other: what its fingerprint is of.
    #[must_use]
    pub fn fingerprinted(&self, product: &str) -> String {
        let scope = &self.scope;
        format!(
            "beffroi-target 1\nengine external\nproduct {product}\nurl {}\nhost {}\nmethods {}\npaths {}\nexcluded {}\n",
            self.url,
            self.public_host,
            scope.methods.join(" "),
            scope.paths.join(" "),
            scope.excluded.join(" "),
        )
    }
}

/// Opens where a target is for whoever holds a proof on its campaign; the reading is journaled.
pub(crate) async fn open_settings<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, CampaignRecord>,
    row: &TargetRow,
) -> Outcome<TargetSettings> {
    let at = place("target", "settings_sealed", row.target.id.0);
    let plain = unit.open(proof, at, &row.settings).await?;
    serde_json::from_slice(&plain).map_err(|error| Error::Internal(format!("a target's settings: {error}")))
}

/// Opens where a target is for what the platform does itself.
pub(crate) async fn open_settings_unnoted(unit: &mut Unit, row: &TargetRow) -> Outcome<TargetSettings> {
    let at = place("target", "settings_sealed", row.target.id.0);
    let plain = unit.open_unnoted(at, &row.settings).await?;
    serde_json::from_slice(&plain).map_err(|error| Error::Internal(format!("a target's settings: {error}")))
}

/// Opens a target's fingerprint for what the platform does itself.
pub(crate) async fn open_fingerprint_unnoted(unit: &mut Unit, row: &TargetRow) -> Outcome<String> {
    let at = place("target", "fingerprint_sealed", row.target.id.0);
    unit.open_text_unnoted(at, &row.fingerprint).await
}

/// Opens a target's fingerprint for whoever holds a proof on its campaign.
pub(crate) async fn open_fingerprint<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, CampaignRecord>,
    row: &TargetRow,
) -> Outcome<String> {
    let at = place("target", "fingerprint_sealed", row.target.id.0);
    unit.open_text(proof, at, &row.fingerprint).await
}
