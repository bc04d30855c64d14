//! The page of a campaign's targets, for those who prepare them, and what the texts that are signed say of them.

use super::corrected::unstarted;
use super::corrected_view::{self, CorrectedSummary};
use super::duty::{self, Duty};
use super::recorder::{Recorder, recorder, refused};
use super::seed::{self, SeedLine};
use super::snapshot::{self, SnapshotLine};
use super::{TargetSettings, open_fingerprint, open_settings};
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, InstanceRow, TargetRow};
use crate::unit::Unit;
use authorization::action::{ManageCampaign, PrepareScope, SuspendCampaign};
use authorization::{Action, Permitted};
use domain::Timestamp;
use domain::campaign::CampaignState;
use domain::corrected::HostRefusal;
use domain::ids::{CampaignId, InstanceId, LeaseId, ProductId, SnapshotId, TargetId};
use domain::instance::{InstanceProblem, InstancePurpose, InstanceState};
use domain::refusal::Refused;
use domain::target::{Sharing, TargetEngine};
use uuid::Uuid;

/// A target as those who prepare it see it.
#[derive(Clone, Debug)]
pub struct TargetLine {
    /// The target.
    pub id: TargetId,
    /// The product that runs on it.
    pub product: ProductId,
    /// What it runs on.
    pub engine: TargetEngine,
    /// Who works on one instance.
    pub sharing: Sharing,
    /// Its instances, where it is hosted here.
    pub instances: Vec<InstanceLine>,
    /// The states that were kept of its shared instance.
    pub snapshots: Vec<SnapshotLine>,
    /// Where it is and what may be asked of it.
    pub settings: TargetSettings,
    /// What tells it from any other.
    pub fingerprint: String,
    /// Who certified that it holds no personal data.
    pub certified_by: String,
    /// When it was declared.
    pub created_at: Timestamp,
    /// Since when it is stopped.
    pub stopped_at: Option<Timestamp>,
}

/// An instance as those who prepare its target see it.
#[derive(Clone, Debug)]
pub struct InstanceLine {
    /// The instance.
    pub id: InstanceId,
    /// What it is for.
    pub purpose: InstancePurpose,
    /// Whose it is; empty where it is nobody's alone.
    pub who: String,
    /// Where it stands.
    pub state: InstanceState,
    /// Why it does not run; nothing where it does.
    pub problem: Option<InstanceProblem>,
    /// The kept state from which it began; none for the pristine one.
    pub from: Option<SnapshotId>,
    /// Since when it stands so.
    pub since: Timestamp,
}

/// A way that somebody holds.
#[derive(Clone, Debug)]
pub struct HeldLease {
    /// The lease.
    pub id: LeaseId,
    /// The target it leads to.
    pub target: TargetId,
    /// Who holds it.
    pub who: String,
    /// The first label of its host name.
    pub label: String,
    /// Since when.
    pub from: Timestamp,
    /// When its credential was made last.
    pub renewed_at: Option<Timestamp>,
}

/// What the page of a campaign's targets shows.
#[derive(Clone, Debug)]
pub struct TargetsPage {
    /// The campaign.
    pub record: CampaignRecord,
    /// The targets.
    pub targets: Vec<TargetLine>,
    /// What is hosted for retests, or was.
    pub corrected: Vec<CorrectedSummary>,
    /// Why no corrected version can be declared now, where none can.
    pub uncorrected: Option<HostRefusal>,
    /// The archives that their volumes may begin with.
    pub seeds: Vec<SeedLine>,
    /// Whether archives are still taken: something can be started from them.
    pub may_fill: bool,
    /// The ways that lead to them.
    pub leases: Vec<HeldLease>,
    /// How recordings stand.
    pub recorder: Recorder,
    /// The server whose gateway leads to the targets; none where no server does.
    pub gateway: Option<Uuid>,
    /// What the gateway refused lately, by reason.
    pub refused: Vec<Refused>,
    /// Whether it refused more than is read, so that the oldest are not counted.
    pub refused_more: bool,
    /// Whether the reader may stop them.
    pub may_stop: bool,
    /// Whether the reader may let a stopped one be reached again.
    pub may_resume: bool,
    /// Whether nothing will be tested any more, so that nothing is declared.
    pub over: bool,
    /// Whether the campaign is open, so that a change suspends it.
    pub open: bool,
}

/// Shows a campaign's targets to those who prepare them.
pub struct ViewTargets(pub CampaignId);

impl UseCase for ViewTargets {
    type Output = TargetsPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<TargetsPage> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let proof = unit.permit_found::<PrepareScope, _>(found)?;
        let mut targets = Vec::new();
        for row in unit.store.targets(self.0).await? {
            targets.push(line(unit, &proof, row).await?);
        }
        let mut leases = Vec::new();
        for row in unit.store.leases_held(self.0).await? {
            leases.push(HeldLease {
                id: row.lease.id,
                target: row.lease.target,
                who: unit.pseudonym_of(row.lease.person).await?,
                label: row.lease.label,
                from: row.lease.from,
                renewed_at: row.renewed_at,
            });
        }
        let (refused, refused_more) = refused(unit, self.0).await?;
        Ok(TargetsPage {
            recorder: recorder(unit, self.0).await?,
            gateway: duty::holder(unit, Duty::Gateway).await?,
            refused,
            refused_more,
            open: proof.state_at(unit.now) == CampaignState::Open,
            over: crate::campaign::refuse_over(&proof, unit.now).is_err(),
            may_stop: unit.may::<SuspendCampaign, _>(&*proof),
            may_resume: unit.may::<ManageCampaign, _>(&*proof),
            corrected: corrected_view::summaries(unit, &proof).await?,
            uncorrected: corrected_view::refusal(unit, &proof),
            seeds: seed::lines(unit, &proof).await?,
            may_fill: unstarted(&proof, unit.now).is_none(),
            record: proof.into_value(),
            targets,
            leases,
        })
    }
}

async fn line(unit: &mut Unit, proof: &Permitted<PrepareScope, CampaignRecord>, row: TargetRow) -> Outcome<TargetLine> {
    let there = unit.store.instances_of(row.target.id).await?;
    Ok(TargetLine {
        engine: row.target.engine,
        sharing: row.target.sharing,
        snapshots: snapshot::lines(unit, proof, row.target.id, &there).await?,
        instances: instances(unit, there).await?,
        id: row.target.id,
        product: row.target.product,
        settings: open_settings(unit, proof, &row).await?,
        fingerprint: open_fingerprint(unit, proof, &row).await?,
        certified_by: unit.name_of(row.certified_by).await?,
        created_at: row.created_at,
        stopped_at: row.target.stopped_at,
    })
}

async fn instances(unit: &mut Unit, there: Vec<InstanceRow>) -> Outcome<Vec<InstanceLine>> {
    let mut lines = Vec::new();
    // Who replays what, and when, is the verifiers' own: a copy for it is nobody's to see or to reset.
    for row in there.into_iter().filter(|row| row.purpose != InstancePurpose::Replay) {
        lines.push(InstanceLine {
            id: row.id,
            purpose: row.purpose,
            who: match row.person {
                Some(person) => unit.pseudonym_of(person).await?,
                None => String::new(),
            },
            state: row.state,
            problem: row.problem,
            from: row.from,
            since: row.since,
        });
    }
    Ok(lines)
}

/// Writes a campaign's targets for the texts that are signed, each with its product.
pub(crate) async fn text_lines<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, CampaignRecord>,
) -> Outcome<Vec<(ProductId, String)>> {
    let mut lines = Vec::new();
    for row in unit.store.targets(proof.campaign.id).await? {
        let settings = open_settings(unit, proof, &row).await?;
        let fingerprint = open_fingerprint(unit, proof, &row).await?;
        let scope = &settings.scope;
        let mut text = match settings.url.is_empty() {
            true => format!(
                "{} : hébergée par la plateforme, à part de toute production",
                settings.name
            ),
            false => format!("{} : {}", settings.name, settings.url),
        };
        let parts = [
            (", méthodes ", &scope.methods),
            (", chemins ", &scope.paths),
            (", sauf ", &scope.excluded),
        ];
        for (before, list) in parts.into_iter().filter(|(_, list)| !list.is_empty()) {
            text.push_str(before);
            text.push_str(&list.join(" "));
        }
        text.push_str(&format!(", empreinte {fingerprint}"));
        lines.push((row.target.product, text));
    }
    Ok(lines)
}
