//! Supporting a retest by a replay: the recorded requests of the vulnerability go to its corrected version.

use super::Replayed;
use super::begin::{Askable, BeginReplay, askable, recorded};
use super::corrected::corrected;
use super::judged::{affects, brought_by, is_own, supported};
use super::view::{ReplayLine, knows_targets, lines, lines_of_tester, reported};
use crate::error::{Error, Outcome};
use crate::files::{FileLeave, recorded_on};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{AttachmentRow, BUNDLE_TYPE, EvidenceRow, ReplayOf, RetestRecord, VulnerabilityRecord};
use crate::unit::Unit;
use authorization::Permitted;
use authorization::action::{ConfirmRetest, DoRetest};
use domain::Timestamp;
use domain::ids::{AttachmentId, CampaignId, RetestId, TargetId, VulnerabilityId};
use domain::programme::NoticeKind;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many bundles of a vulnerability are offered.
const BUNDLES: usize = 10;

/// Recorded requests that may be sent to a target.
#[derive(Clone, Debug)]
pub struct RetestChoice {
    /// The bundle among the evidence of the vulnerability.
    pub attachment: AttachmentId,
    /// Which bundle of the vulnerability that is, the newest first, from 1 on.
    pub bundle: usize,
    /// When its report brought it; nothing for who did not report and only makes the retest.
    pub at: Option<Timestamp>,
    /// The target.
    pub target: TargetId,
    /// Which of those that may be asked that is, from 1 on.
    pub number: usize,
    /// Whether it is a corrected version, hosted for retests.
    pub corrected: bool,
    /// Which target that is, as far as the reader knows it.
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
    /// Whether any bundle came with its reports.
    pub recorded: bool,
    /// What may be sent where, corrected versions first: to targets that are not the one that was recorded.
    pub choices: Vec<RetestChoice>,
    /// How many corrected versions are declared on which their vendor has not agreed.
    pub awaited: usize,
    /// The replays made so far: for whoever makes the retest, their own.
    pub replays: Vec<ReplayLine>,
}

/// A bundle, and where it came from.
struct Bundle {
    brought: EvidenceRow,
    file: AttachmentRow,
    /// The one target to which its requests went; nothing where that were several.
    print: Option<String>,
    /// Whether the reader brought it themselves, or judges the retest.
    known: bool,
}

/// A target that may be asked.
struct Asked {
    target: Askable,
    /// Whether the reader knows it anyway.
    known: bool,
}

/// Shows what recorded requests may be sent to which corrected version, to whoever makes or judges a retest.
///
/// Who makes it without having reported is given what they need to choose: versions, and numbers of targets and bundles.
/// Of a target of a campaign that they were admitted to they know the rest.
///
/// # Errors
/// [`Error::NotFound`] for everybody else, and once the retest waits on nobody.
pub async fn retest_replays(context: &Context, retest: RetestId) -> Outcome<RetestReplays> {
    read(context, ViewChoices(retest)).await
}

struct ViewChoices(RetestId);

impl UseCase for ViewChoices {
    type Output = RetestReplays;

    async fn run(&self, unit: &mut Unit) -> Outcome<RetestReplays> {
        let found = unit.store.retest(self.0, unit.now).await?.ok_or(Error::NotFound)?;
        let retest = found.peek().clone();
        let flaw = supported(unit, &retest).await?;
        let own = is_own(unit, &retest);
        let replays = match own {
            true => lines_of_tester(unit, &unit.permit::<DoRetest, _>(found)?).await?,
            false => lines(unit, &unit.permit::<ConfirmRetest, _>(found)?, ReplayOf::Retest(self.0)).await?,
        };
        let bundles = bundles(unit, &retest, own).await?;
        let (targets, awaited) = asked(unit, &flaw, &bundles, own).await?;
        Ok(RetestReplays {
            product: flaw.product_name.clone(),
            version: flaw.fixed_version_name.clone().unwrap_or_default(),
            vulnerability: (!own).then_some(flaw.vulnerability.id),
            notice: flaw.notice,
            recorded: !bundles.is_empty(),
            choices: choices(&bundles, &targets),
            awaited,
            replays,
        })
    }
}

/// Gives the bundles that came with the reports of a vulnerability, the newest first.
async fn bundles(unit: &mut Unit, retest: &RetestRecord, own: bool) -> Outcome<Vec<Bundle>> {
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
    let mut bundles = Vec::new();
    for (brought, file) in files {
        let mut prints = match recorded_on(unit, &file).await {
            // Its key is gone, and it with it: there is nothing left to send.
            Err(Error::NotFound) => Vec::new(),
            prints => prints?,
        };
        bundles.push(Bundle {
            known: !own || reported(unit, &brought).await?,
            print: prints.pop().filter(|_| prints.is_empty()),
            brought,
            file,
        });
    }
    Ok(bundles)
}

/// Gives the corrected versions that are hosted, then the targets of the campaigns of these bundles that run what the flaw
/// is in; and on how many corrected versions their vendor has not agreed.
async fn asked(
    unit: &mut Unit,
    flaw: &VulnerabilityRecord,
    bundles: &[Bundle],
    own: bool,
) -> Outcome<(Vec<Asked>, usize)> {
    let campaigns: BTreeSet<CampaignId> = bundles.iter().map(|one| one.brought.campaign).collect();
    let mut targets = Vec::new();
    let (hosted, awaited) = corrected(unit, flaw).await?;
    for target in hosted {
        let known = !own || knows_targets(unit, target.campaign).await?;
        targets.push(Asked { target, known });
    }
    for campaign in campaigns {
        let known = !own || knows_targets(unit, campaign).await?;
        let affected = askable(unit, campaign, |product| affects(flaw, product)).await?;
        targets.extend(affected.into_iter().map(|target| Asked { target, known }));
    }
    Ok((targets, awaited))
}

/// Gives what may be sent where: to a corrected version, or to another target of the campaign in which it was recorded.
fn choices(bundles: &[Bundle], targets: &[Asked]) -> Vec<RetestChoice> {
    let mut choices = Vec::new();
    let mut offered: Vec<TargetId> = Vec::new();
    for (bundle, one) in (1..).zip(bundles) {
        let Some(print) = &one.print else { continue };
        for Asked { target, known } in targets {
            let near = target.corrected || target.campaign == one.brought.campaign;
            if near && target.told.fingerprint != *print {
                let there = offered.iter().position(|id| *id == target.id);
                let number = 1 + there.unwrap_or_else(|| {
                    offered.push(target.id);
                    offered.len() - 1
                });
                choices.push(RetestChoice {
                    attachment: one.file.id,
                    bundle,
                    at: one.known.then_some(one.brought.at),
                    target: target.id,
                    number,
                    corrected: target.corrected,
                    told: target.told.clone().known(*known || one.known),
                });
            }
        }
    }
    choices.sort_by_key(|one| !one.corrected);
    choices
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
