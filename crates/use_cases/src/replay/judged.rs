//! Who judges by a replay, and whether one may be made now.

use crate::error::{Error, Outcome};
use crate::files::FileLeave;
use crate::ports::{
    AttachmentRow, BUNDLE_TYPE, CampaignRecord, EvidenceRow, ReplayOf, RetestRecord, TargetRow, VulnerabilityRecord,
};
use crate::report::Change;
use crate::target::host_facts;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::{ConfirmRetest, DoRetest, VerifyReport};
use authorization::{Acting, Permitted};
use domain::corrected::may_host;
use domain::ids::{AttachmentId, CampaignId, ProductId, ReportId, RetestId};
use domain::replay::{ReplayFacts, ReplayRefusal, is_report_judged, is_retest_judged, may_replay};
use domain::target::{Target, TargetPurpose};
use serde_json::Value;

/// What a replay is of, taken for a change by somebody who judges by it.
pub(super) struct Judged {
    /// Under which grant.
    pub acting: Acting,
    /// Leave to open the bundle; reading it is journaled.
    pub file: FileLeave,
    /// The campaign whose targets may be asked.
    pub campaign: CampaignId,
    /// Whether somebody judges it now.
    due: bool,
    subject: Subject,
}

enum Subject {
    Report(Box<Change>),
    Retest(Box<RetestRecord>, Box<VulnerabilityRecord>),
}

/// What is journaled of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Begun,
    Made,
    Failed,
}

impl Told {
    /// Gives the kind of the entry.
    pub const fn kind(self, of: ReplayOf) -> &'static str {
        match (of, self) {
            (ReplayOf::Report(_), Self::Begun) => "report.replay_begun",
            (ReplayOf::Report(_), Self::Made) => "report.replayed",
            (ReplayOf::Report(_), Self::Failed) => "report.replay_failed",
            (ReplayOf::Retest(_), Self::Begun) => "vulnerability.retest_replay_begun",
            (ReplayOf::Retest(_), Self::Made) => "vulnerability.retest_replayed",
            (ReplayOf::Retest(_), Self::Failed) => "vulnerability.retest_replay_failed",
        }
    }
}

/// Takes what a replay is of, for whoever judges by it.
///
/// # Errors
/// [`Error::NotFound`] for everybody else; [`Error::Conflict`] where another verifier holds the report.
pub(super) async fn judged(unit: &mut Unit, of: ReplayOf, attachment: AttachmentId) -> Outcome<Judged> {
    taken(unit, of, attachment, Claim::Taken).await
}

/// Takes what a replay under way is of, for whoever still judges by it: who gave a report back does not get it again.
///
/// # Errors
/// As [`judged`].
pub(super) async fn still_judged(unit: &mut Unit, of: ReplayOf, attachment: AttachmentId) -> Outcome<Judged> {
    taken(unit, of, attachment, Claim::Renewed).await
}

/// What becomes of the claim of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    /// Whoever judges it takes it, where nobody holds it.
    Taken,
    /// It stays with whoever took it, and with nobody else.
    Renewed,
}

async fn taken(unit: &mut Unit, of: ReplayOf, attachment: AttachmentId, claim: Claim) -> Outcome<Judged> {
    let file = unit.store.attachment(attachment).await?.ok_or(Error::NotFound)?;
    if file.media_type != BUNDLE_TYPE {
        return Err(Error::NotFound);
    }
    match of {
        ReplayOf::Report(report) => of_report(unit, report, &file, claim).await,
        ReplayOf::Retest(retest) => of_retest(unit, retest, &file).await,
    }
}

async fn of_report(unit: &mut Unit, report: ReportId, file: &AttachmentRow, claim: Claim) -> Outcome<Judged> {
    let found = unit.store.take_report(report).await?;
    let proof = unit.permit_found::<VerifyReport, _>(found)?;
    if file.subject_kind != "report" || file.subject != report.0 {
        return Err(Error::NotFound);
    }
    let file = unit.file_leave(&proof, file.blob).await?;
    let mut change = Change::of(proof);
    let theirs = change.record.report.claim.map(|held| held.by) == unit.actor.person();
    let due = is_report_judged(change.record.report.state) && (claim == Claim::Taken || theirs);
    if due {
        change.hold(unit)?;
    }
    Ok(Judged {
        acting: change.acting.clone(),
        file,
        campaign: change.record.report.campaign,
        due,
        subject: Subject::Report(Box::new(change)),
    })
}

async fn of_retest(unit: &mut Unit, id: RetestId, file: &AttachmentRow) -> Outcome<Judged> {
    let found = unit.store.take_retest(id, unit.now).await?.ok_or(Error::NotFound)?;
    let retest = found.peek().clone();
    let brought = brought_by(unit, &retest, file).await?;
    let (acting, leave) = if is_own(unit, &retest) {
        let proof: Permitted<DoRetest, _> = unit.permit(found)?;
        (proof.acting().clone(), unit.file_leave(&proof, file.blob).await?)
    } else {
        let proof: Permitted<ConfirmRetest, _> = unit.permit(found)?;
        (proof.acting().clone(), unit.file_leave(&proof, file.blob).await?)
    };
    let flaw = flaw(unit, &retest).await?;
    Ok(Judged {
        acting,
        file: leave,
        campaign: brought.campaign,
        due: is_due(unit, &retest, &flaw),
        subject: Subject::Retest(Box::new(retest), Box::new(flaw)),
    })
}

/// Gives what brought a file of evidence to the vulnerability of a retest.
pub(super) async fn brought_by(unit: &mut Unit, retest: &RetestRecord, file: &AttachmentRow) -> Outcome<EvidenceRow> {
    let brought = unit.store.evidence(retest.retest.vulnerability).await?;
    let mut brought = brought.into_iter().filter(|_| file.subject_kind == "evidence");
    brought.find(|row| row.id == file.subject).ok_or(Error::NotFound)
}

/// Says whether the reader makes a retest themselves.
pub(super) fn is_own(unit: &Unit, retest: &RetestRecord) -> bool {
    unit.actor.person().is_some() && retest.retest.by == unit.actor.person()
}

/// Gives the vulnerability of a retest.
async fn flaw(unit: &mut Unit, retest: &RetestRecord) -> Outcome<VulnerabilityRecord> {
    let id = retest.retest.vulnerability;
    let found = unit.store.vulnerability(id, &unit.reader).await?;
    Ok(found.ok_or(Error::NotFound)?.peek().clone())
}

fn is_due(unit: &Unit, retest: &RetestRecord, flaw: &VulnerabilityRecord) -> bool {
    let state = retest.retest.state_at(unit.now);
    is_retest_judged(flaw.vulnerability.state, state, is_own(unit, retest))
}

/// Says whether the reader may now support a retest by a replay, as far as the retest tells.
pub(crate) fn may_support(unit: &Unit, retest: &RetestRecord, flaw: &VulnerabilityRecord) -> bool {
    let own = is_own(unit, retest);
    let may = match own {
        true => unit.may::<DoRetest, _>(retest),
        false => unit.may::<ConfirmRetest, _>(retest),
    };
    may && is_due(unit, retest, flaw)
}

/// Gives the vulnerability of a retest to whoever may support it by a replay now.
pub(super) async fn supported(unit: &mut Unit, retest: &RetestRecord) -> Outcome<VulnerabilityRecord> {
    let flaw = flaw(unit, retest).await?;
    match may_support(unit, retest, &flaw) {
        true => Ok(flaw),
        false => Err(Error::NotFound),
    }
}

/// Says whether a flaw is in a product: its own, or one that it was linked to.
pub(super) fn affects(flaw: &VulnerabilityRecord, product: ProductId) -> bool {
    flaw.vulnerability.product == product || flaw.linked.iter().any(|link| link.product == product)
}

/// Whether a target may be asked, whoever asks.
struct LeaveToAsk {
    /// Whether everyone agrees who signs for the campaign.
    given: bool,
    /// Whether the vendor agrees to what is hosted for retests.
    agreed: bool,
    /// Whether it may still be hosted, where that depends on the clock.
    hosted: bool,
}

async fn leave(unit: &mut Unit, campaign: &CampaignRecord, target: &Target) -> Outcome<LeaveToAsk> {
    if target.purpose == TargetPurpose::Hunt {
        let given = campaign.authorised_at(unit.now);
        return Ok(LeaveToAsk {
            given,
            agreed: true,
            hosted: true,
        });
    }
    let version = unit.store.corrected_version(target.id).await?;
    Ok(LeaveToAsk {
        // It touches nobody's system: what was signed for the hunt is not asked of it.
        given: true,
        agreed: version.ok_or(Error::NotFound)?.peek().acceptance.state.holds(),
        hosted: may_host(&host_facts(campaign, target.engine, unit.now)).is_ok(),
    })
}

/// What else is known of a replay that somebody wants.
pub(super) struct Wanted<'a> {
    /// The target to be asked.
    pub target: &'a TargetRow,
    /// Whether they have another one under way.
    pub under_way: bool,
    /// How often it was done already.
    pub before: usize,
}

impl Judged {
    /// Gives whose key seals what a replay shows.
    pub fn holder(&self) -> KeyHolder {
        match &self.subject {
            Subject::Report(change) => change.holder(),
            Subject::Retest(record, _) => KeyHolder::Vulnerability(record.retest.vulnerability),
        }
    }

    /// Says whether a target may answer: one of the campaign in which it was recorded; of a retest, one of a product that
    /// the flaw affects, or a corrected version that any campaign hosts that found it.
    fn concerns(&self, target: &Target) -> bool {
        let recorded = target.campaign == self.campaign;
        match (&self.subject, target.purpose) {
            (Subject::Report(_), TargetPurpose::Hunt) => recorded,
            (Subject::Report(_), TargetPurpose::Retest) => false,
            (Subject::Retest(_, flaw), TargetPurpose::Hunt) => recorded && affects(flaw, target.product),
            (Subject::Retest(_, flaw), TargetPurpose::Retest) => {
                affects(flaw, target.product) && flaw.campaigns.iter().any(|one| one.id == target.campaign)
            }
        }
    }

    /// Says why no requests may be sent, where they may not.
    pub async fn refusal(&self, unit: &mut Unit, wanted: Wanted<'_>) -> Outcome<Option<ReplayRefusal>> {
        let target = &wanted.target.target;
        let concerns = self.concerns(target);
        let of = if concerns { target.campaign } else { self.campaign };
        let campaign = unit.store.campaign(of, &unit.reader).await?;
        let campaign = campaign.ok_or(Error::NotFound)?;
        let leave = leave(unit, campaign.peek(), target).await?;
        let facts = ReplayFacts {
            due: self.due,
            under_way: wanted.under_way,
            campaign: campaign.peek().state_at(unit.now),
            authorised: leave.given,
            agreed: leave.agreed,
            stopped: !concerns || !leave.hosted || target.stopped_at.is_some() || target.ended_at.is_some(),
            before: wanted.before,
            most: unit.app.settings.limits.replays,
        };
        Ok(may_replay(&facts).err())
    }

    /// Journals what became of a replay, with whoever has it made; a report's claim is renewed with it.
    pub async fn keep(self, unit: &mut Unit, of: ReplayOf, told: Told, body: Value) -> Outcome<()> {
        match self.subject {
            Subject::Report(change) => {
                change.keep(unit, told.kind(of), body).await?;
                Ok(())
            }
            Subject::Retest(record, _) => {
                crate::vulnerability::note_retest(unit, &self.acting, &record, told.kind(of), body).await
            }
        }
    }
}
