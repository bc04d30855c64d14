//! Supporting a retest by a replay: the recorded requests of the vulnerability go to its corrected version.

use super::Replayed;
use super::begin::{Askable, BeginReplay, askable, recorded};
use super::corrected::corrected;
use super::judged::{affects, brought_by, is_own, supported};
use super::view::{ReplayLine, lines};
use crate::error::{Error, Outcome};
use crate::files::FileLeave;
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{AttachmentRow, BUNDLE_TYPE, EvidenceRow, ReplayOf, RetestRecord};
use crate::unit::Unit;
use authorization::Permitted;
use authorization::action::{ConfirmRetest, DoRetest};
use domain::Timestamp;
use domain::ids::{AttachmentId, CampaignId, RetestId, TargetId, VulnerabilityId};
use domain::programme::NoticeKind;
use uuid::Uuid;

/// How many bundles of a vulnerability are offered: each is read to find which target was recorded.
const BUNDLES: usize = 10;

/// Recorded requests that may be sent to a target.
#[derive(Clone, Debug)]
pub struct RetestChoice {
    /// The bundle among the evidence of the vulnerability.
    pub attachment: AttachmentId,
    /// When its report brought it.
    pub at: Timestamp,
    /// The target.
    pub target: TargetId,
    /// Whether it is a corrected version, hosted for retests.
    pub corrected: bool,
    /// Which target that is.
    pub told: Replayed,
}

/// What the page shows on which a retest is supported by a replay.
#[derive(Clone, Debug)]
pub struct RetestReplays {
    /// The product.
    pub product: String,
    /// The version that is said to be fixed.
    pub version: String,
    /// The vulnerability, for whoever judges the retest; whoever makes it does not learn which one it is.
    pub vulnerability: Option<VulnerabilityId>,
    /// The notice of its programme.
    pub notice: NoticeKind,
    /// How many bundles came with its reports.
    pub bundles: usize,
    /// What may be sent where, corrected versions first: to targets that are not the one that was recorded.
    pub choices: Vec<RetestChoice>,
    /// How many corrected versions are declared on which their vendor has not agreed.
    pub awaited: usize,
    /// The replays made so far: for whoever makes the retest, their own.
    pub replays: Vec<ReplayLine>,
}

/// A bundle with leave to read it.
struct Bundle {
    attachment: AttachmentId,
    at: Timestamp,
    campaign: CampaignId,
    leave: FileLeave,
}

/// What somebody who may support a retest reads first.
struct Supported {
    page: RetestReplays,
    bundles: Vec<Bundle>,
    targets: Vec<Askable>,
}

/// Gives leave to read which targets were recorded, to whoever may support a retest by a replay now.
struct MaySupport(RetestId);

impl UseCase for MaySupport {
    type Output = Supported;

    async fn run(&self, unit: &mut Unit) -> Outcome<Supported> {
        let found = unit.store.retest(self.0, unit.now).await?.ok_or(Error::NotFound)?;
        let retest = found.peek().clone();
        let flaw = supported(unit, &retest).await?;
        let own = is_own(unit, &retest);
        let files = files(unit, &retest).await?;
        let leave = match own {
            true => Leave::Makes(unit.permit(found)?),
            false => Leave::Judges(unit.permit(found)?),
        };
        let count = files.len();
        let (bundles, replays) = leave.opened(unit, files).await?;
        let mut campaigns: Vec<CampaignId> = bundles.iter().map(|one| one.campaign).collect();
        campaigns.sort_unstable();
        campaigns.dedup();
        let mut targets = Vec::new();
        for campaign in campaigns {
            let of_campaign = askable(unit, campaign).await?;
            targets.extend(of_campaign.into_iter().filter(|one| affects(&flaw, one.product)));
        }
        let (corrected, awaited) = corrected(unit, &flaw).await?;
        targets.splice(0..0, corrected);
        let page = RetestReplays {
            product: flaw.product_name.clone(),
            version: flaw.fixed_version_name.clone().unwrap_or_default(),
            vulnerability: (!own).then_some(flaw.vulnerability.id),
            notice: flaw.notice,
            bundles: count,
            choices: Vec::new(),
            awaited,
            replays,
        };
        Ok(Supported { page, bundles, targets })
    }
}

/// Gives the bundles that came with the reports of a vulnerability, the newest first.
async fn files(unit: &mut Unit, retest: &RetestRecord) -> Outcome<Vec<(EvidenceRow, AttachmentRow)>> {
    let mut files = Vec::new();
    for brought in unit.store.evidence(retest.retest.vulnerability).await? {
        for file in unit.store.attachments("evidence", brought.id).await? {
            if file.media_type == BUNDLE_TYPE {
                files.push((brought.clone(), file));
            }
        }
    }
    files.sort_by_key(|(brought, file)| std::cmp::Reverse((brought.at, file.id)));
    files.truncate(BUNDLES);
    Ok(files)
}

/// Under which leave somebody supports a retest.
enum Leave {
    Makes(Permitted<DoRetest, RetestRecord>),
    Judges(Permitted<ConfirmRetest, RetestRecord>),
}

impl Leave {
    async fn file(&self, unit: &mut Unit, file: &AttachmentRow) -> Outcome<FileLeave> {
        match self {
            Self::Makes(proof) => unit.file_leave(proof, file.blob).await,
            Self::Judges(proof) => unit.file_leave(proof, file.blob).await,
        }
    }

    /// Gives leave to read each bundle, and the replays made so far: to whoever makes the retest their own.
    async fn opened(
        &self,
        unit: &mut Unit,
        files: Vec<(EvidenceRow, AttachmentRow)>,
    ) -> Outcome<(Vec<Bundle>, Vec<ReplayLine>)> {
        let mut bundles = Vec::new();
        for (brought, file) in files {
            bundles.push(Bundle {
                attachment: file.id,
                at: brought.at,
                campaign: brought.campaign,
                leave: self.file(unit, &file).await?,
            });
        }
        let replays = match self {
            Self::Makes(proof) => lines(unit, proof, of(proof), unit.actor.person()).await?,
            Self::Judges(proof) => lines(unit, proof, of(proof), None).await?,
        };
        Ok((bundles, replays))
    }
}

fn of(retest: &RetestRecord) -> ReplayOf {
    ReplayOf::Retest(retest.retest.id)
}

/// Shows what recorded requests may be sent to which corrected version, to whoever makes or judges a retest.
///
/// # Errors
/// [`Error::NotFound`] for everybody else, and once the retest waits on nobody.
pub async fn retest_replays(context: &Context, retest: RetestId) -> Outcome<RetestReplays> {
    let Supported {
        mut page,
        bundles,
        targets,
    } = read(context, MaySupport(retest)).await?;
    for bundle in bundles {
        let print = match recorded(context, &bundle.leave).await {
            Err(Error::Conflict(_)) => continue,
            found => found?.fingerprint,
        };
        let others = targets.iter().filter(|one| one.told.fingerprint != print);
        for target in others.filter(|one| one.corrected || one.campaign == bundle.campaign) {
            page.choices.push(RetestChoice {
                attachment: bundle.attachment,
                at: bundle.at,
                target: target.id,
                corrected: target.corrected,
                told: target.told.clone(),
            });
        }
    }
    page.choices.sort_by_key(|one| !one.corrected);
    Ok(page)
}

/// Gives leave to read one bundle of the vulnerability of a retest.
struct MaySend {
    retest: RetestId,
    attachment: AttachmentId,
}

impl UseCase for MaySend {
    type Output = FileLeave;

    async fn run(&self, unit: &mut Unit) -> Outcome<FileLeave> {
        let found = unit.store.retest(self.retest, unit.now).await?.ok_or(Error::NotFound)?;
        let retest = found.peek().clone();
        supported(unit, &retest).await?;
        let row = unit.store.attachment(self.attachment).await?.ok_or(Error::NotFound)?;
        brought_by(unit, &retest, &row).await?;
        let leave = match is_own(unit, &retest) {
            true => Leave::Makes(unit.permit(found)?),
            false => Leave::Judges(unit.permit(found)?),
        };
        match row.media_type.as_str() {
            BUNDLE_TYPE => leave.file(unit, &row).await,
            _ => Err(Error::NotFound),
        }
    }
}

/// Has recorded requests sent to a target that runs another version than the one that was recorded; gives the replay.
///
/// It supports whoever makes the retest, and whoever judges it, and decides nothing.
///
/// # Errors
/// [`Error::NotFound`] for everybody else; [`Error::Conflict`] where the target is the one that was recorded, may not be
/// asked now, or another replay of theirs is under way.
pub async fn begin_retest_replay(
    context: &Context,
    retest: RetestId,
    attachment: AttachmentId,
    target: TargetId,
) -> Outcome<Uuid> {
    let leave = read(context, MaySend { retest, attachment }).await?;
    let begin = BeginReplay {
        of: ReplayOf::Retest(retest),
        attachment,
        target: Some(target),
        recorded: recorded(context, &leave).await?,
    };
    perform(context, begin).await
}
