//! Corrected versions: declared for retests alone, so that nothing that was signed ends; taken away, gone with the recordings.

use super::acceptance::refuse_gone;
use super::declare::DeclareTarget;
use super::{let_go, open_fingerprint_unnoted};
use crate::campaign::{entry, mail_roles, taken};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{AcceptanceRow, CampaignRecord, CorrectedVersion, TargetRow};
use crate::unit::Unit;
use authorization::Acting;
use authorization::action::PrepareScope;
use domain::Timestamp;
use domain::corrected::{Acceptance, HostFacts, HostRefusal, may_host, may_start};
use domain::ids::{CampaignId, ProductId, TargetId};
use domain::retention::recordings_are_over;
use domain::role::Role;
use domain::target::{TargetEngine, TargetPurpose};
use serde_json::json;

/// Who may answer for a vendor, where they do so for the whole of it.
pub(super) const ANSWER: [Role; 2] = [Role::VendorContact, Role::Signatory];

/// Gives what decides whether a corrected version may be hosted for a campaign.
pub(crate) fn host_facts(record: &CampaignRecord, engine: TargetEngine, now: Timestamp) -> HostFacts {
    HostFacts {
        campaign: record.state_at(now),
        kept: !recordings_are_over(record.campaign.window, record.recording_days, now),
        engine,
    }
}

const fn message(refusal: HostRefusal) -> &'static str {
    match refusal {
        HostRefusal::Elsewhere => "corrected-error-elsewhere",
        HostRefusal::NotBegun => "corrected-error-not-begun",
        HostRefusal::Over => "corrected-error-over",
        HostRefusal::NotKept => "corrected-error-not-kept",
    }
}

/// Says why nothing is started for a campaign any more, by hunters or by retests, where nothing is.
pub(super) fn unstarted(record: &CampaignRecord, now: Timestamp) -> Option<HostRefusal> {
    may_start(&host_facts(record, TargetEngine::Container, now)).err()
}

/// Refuses what only serves starting targets once none is started any more.
pub(super) fn refuse_unstarted(record: &CampaignRecord, now: Timestamp) -> Outcome<()> {
    match unstarted(record, now) {
        None => Ok(()),
        // What is over is so for targets of every kind.
        Some(HostRefusal::Over) => Err(Error::Conflict("error-campaign-over")),
        Some(refusal) => Err(Error::Conflict(message(refusal))),
    }
}

/// Gives the corrected versions of a campaign that were not taken away.
pub(super) async fn living(unit: &mut Unit, campaign: CampaignId) -> Outcome<Vec<CorrectedVersion>> {
    let mut all = unit.store.corrected_versions(campaign).await?;
    all.retain(|one| one.target.target.ended_at.is_none());
    Ok(all)
}

/// Declares a corrected version, which replays of retests alone start.
///
/// It is hosted here and touches nobody's system: the texts that were signed stay, and so does the campaign. Whoever
/// declares it accepts it for who runs the campaign; its vendor is asked.
///
/// # Errors
/// [`Error::Conflict`] before the opening, once the recordings are gone, and where nothing is hosted here;
/// [`Error::Invalid`] for what was typed, as of any target, and for the very version that was tested.
#[derive(Clone, Debug)]
pub struct DeclareCorrected(pub DeclareTarget);

impl UseCase for DeclareCorrected {
    type Output = TargetId;

    async fn run(&self, unit: &mut Unit) -> Outcome<TargetId> {
        let typed = &self.0;
        let proof = taken::<PrepareScope>(unit, typed.campaign).await?;
        let facts = host_facts(&proof, typed.engine, unit.now);
        may_host(&facts).map_err(|refusal| Error::Conflict(message(refusal)))?;
        let (product, settings) = typed.checked(unit, &proof).await?;
        let print = typed.fingerprint(&proof, product, &settings)?;
        is_another(unit, typed.campaign, &print).await?;
        let row = typed
            .row(unit, (product, TargetPurpose::Retest), (&settings, &print))
            .await?;
        unit.store.insert_target(&row).await?;
        let asked = asked(unit, &proof, product, &row)?;
        unit.store.insert_acceptance(&asked).await?;
        // It goes with the recordings, also where nobody ever took an access.
        crate::exchange::arm(unit, &proof).await?;
        let warned: Vec<_> = settings.warned.iter().map(|warning| warning.seed).collect();
        let body = json!({"target": row.target.id, "product": product, "accepted_for": proof.frame.owner,
            "asked": asked.vendor, "certified": true, "warned": warned});
        unit.record(
            proof.acting(),
            entry(typed.campaign, "campaign.corrected_declared", body),
        )
        .await?;
        let kind = "mail.campaign-corrected-asked";
        mail_roles(unit, typed.campaign, asked.vendor, &ANSWER, kind).await?;
        Ok(row.target.id)
    }
}

/// Refuses one too many, and what is already hosted: a retest on the version that was tested shows nothing.
async fn is_another(unit: &mut Unit, campaign: CampaignId, print: &str) -> Outcome<()> {
    let corrected = living(unit, campaign).await?;
    if corrected.len() >= unit.app.settings.limits.targets {
        return Err(Error::Conflict("corrected-error-many"));
    }
    let hunted = unit.store.targets(campaign).await?;
    for other in hunted.iter().chain(corrected.iter().map(|one| &one.target)) {
        if open_fingerprint_unnoted(unit, other).await? == print {
            return Err(Error::field("recipe", "corrected-error-same"));
        }
    }
    Ok(())
}

fn asked(unit: &Unit, record: &CampaignRecord, product: ProductId, row: &TargetRow) -> Outcome<AcceptanceRow> {
    let tested = record.products.iter().find(|one| one.product == product);
    Ok(AcceptanceRow {
        target: row.target.id,
        campaign: row.target.campaign,
        vendor: tested.ok_or(Error::NotFound)?.vendor,
        state: Acceptance::Asked,
        asked_at: unit.now,
        answered_by: None,
        answered_at: None,
        words: None,
    })
}

/// Takes a corrected version away, with every copy of it.
#[derive(Clone, Copy, Debug)]
pub struct RemoveCorrected {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
}

impl UseCase for RemoveCorrected {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        let all = unit.store.corrected_versions(self.campaign).await?;
        let found = all.iter().find(|one| one.target.target.id == self.target);
        let found = found.ok_or(Error::NotFound)?;
        refuse_gone(found)?;
        let acting = proof.acting().clone();
        end(unit, &acting, found, "campaign.corrected_removed").await
    }
}

/// Takes the corrected versions of a campaign away that hosts none any more.
pub(crate) async fn end_corrected(unit: &mut Unit, acting: &Acting, campaign: CampaignId) -> Outcome<()> {
    for one in living(unit, campaign).await? {
        end(unit, acting, &one, "campaign.corrected_ended").await?;
    }
    Ok(())
}

/// Ends a corrected version; the entry of each copy that nothing of it is left is its certificate of destruction.
async fn end(unit: &mut Unit, acting: &Acting, version: &CorrectedVersion, kind: &'static str) -> Outcome<()> {
    let of = version.target.target;
    let copies = unit.store.instances_of(of.id).await?.len();
    unit.store.end_target(of.campaign, of.id, unit.now).await?;
    let body = json!({"target": of.id, "copies": copies});
    unit.record(acting, entry(of.campaign, kind, body)).await?;
    let_go(unit, acting, of.id).await
}
