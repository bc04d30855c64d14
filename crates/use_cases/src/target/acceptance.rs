//! What the vendor of a corrected version says of its being hosted, or on what its agreement rests.

use super::corrected::ANSWER;
use super::{TargetSettings, open_settings_unnoted};
use crate::campaign::{entry, mail_organisers, taken};
use crate::desk::{DeskItem, NAMED, is_more, more, one_more};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{AcceptanceRow, CorrectedListed, CorrectedVersion};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{AnswerForCorrected, ManageCampaign};
use authorization::{Action, Permitted, Resource};
use domain::Machine as _;
use domain::Timestamp;
use domain::corrected::{Acceptance, AcceptanceEvent, may_record};
use domain::ids::{CampaignId, OrganisationId, TargetId};
use domain::programme::NoticeKind;
use domain::role::{Grant, GrantScope};
use i18n::Arg;
use serde_json::json;

/// A corrected version as those who answer for its vendor see it.
#[derive(Clone, Debug)]
pub struct CorrectedToAnswer {
    /// The target.
    pub id: TargetId,
    /// The name of its campaign.
    pub campaign: String,
    /// The name of its product.
    pub product: String,
    /// Where it is and what may be asked of it.
    pub settings: TargetSettings,
    /// Its version, as its recipe says it.
    pub version: String,
    /// What tells it from any other.
    pub fingerprint: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// What was said.
    pub answer: CorrectedAnswer,
    /// When it was taken away, where it was.
    pub ended_at: Option<Timestamp>,
    /// The notice that follows its programme.
    pub notice: NoticeKind,
}

/// What was said of a corrected version.
#[derive(Clone, Debug)]
pub struct CorrectedAnswer {
    /// What.
    pub state: Acceptance,
    /// Who said it; empty where nobody did.
    pub by: String,
    /// When.
    pub at: Option<Timestamp>,
    /// Why it was refused, or on what the agreement rests; empty where nothing was written.
    pub words: String,
}

impl CorrectedAnswer {
    /// Opens what was said, for whoever holds a proof that lets them read it.
    pub(super) async fn opened<A: Action, T: Resource>(
        unit: &mut Unit,
        proof: &Permitted<A, T>,
        row: &AcceptanceRow,
    ) -> Outcome<Self> {
        Ok(Self {
            state: row.state,
            by: match row.answered_by {
                Some(person) => unit.name_of(person).await?,
                None => String::new(),
            },
            at: row.answered_at,
            words: match &row.words {
                Some(sealed) => unit.open_text(proof, words_place(row.target), sealed).await?,
                None => String::new(),
            },
        })
    }
}

fn words_place(id: TargetId) -> sealing::Place<'static> {
    place("target_acceptance", "words_sealed", id.0)
}

/// Shows a corrected version to those who answer for its vendor.
#[derive(Clone, Copy, Debug)]
pub struct ViewCorrectedToAnswer(pub TargetId);

impl UseCase for ViewCorrectedToAnswer {
    type Output = CorrectedToAnswer;

    async fn run(&self, unit: &mut Unit) -> Outcome<CorrectedToAnswer> {
        let found = unit.store.corrected_version(self.0).await?;
        let proof = unit.permit_found::<AnswerForCorrected, _>(found)?;
        let row = proof.target.clone();
        let at = |column| place("target", column, row.target.id.0);
        let plain = unit.open(&proof, at("settings_sealed"), &row.settings).await?;
        let wrong = |error| Error::Internal(format!("a target's settings: {error}"));
        let settings: TargetSettings = serde_json::from_slice(&plain).map_err(wrong)?;
        let fingerprint = unit
            .open_text(&proof, at("fingerprint_sealed"), &row.fingerprint)
            .await?;
        let campaign = unit.store.campaign(row.target.campaign, &unit.reader).await?;
        let campaign = campaign.ok_or(Error::NotFound)?;
        let campaign = campaign.peek();
        let product = campaign.products.iter().find(|one| one.product == row.target.product);
        Ok(CorrectedToAnswer {
            id: self.0,
            campaign: campaign.campaign.name.clone(),
            product: product.map(|one| one.name.clone()).unwrap_or_default(),
            version: settings.hosted()?.version,
            settings,
            fingerprint,
            asked_at: proof.acceptance.asked_at,
            answer: CorrectedAnswer::opened(unit, &proof, &proof.acceptance).await?,
            ended_at: row.target.ended_at,
            notice: campaign.frame.notice,
        })
    }
}

/// Says for the vendor whether a corrected version is hosted with its agreement; it may say otherwise later.
#[derive(Clone, Debug)]
pub struct AnswerCorrected {
    /// The target.
    pub target: TargetId,
    /// What had been said when they read it: what somebody else said since is not undone unread.
    pub seen: Acceptance,
    /// Whether it is accepted.
    pub accepted: bool,
    /// Why it is not.
    pub reason: String,
}

impl UseCase for AnswerCorrected {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.corrected_version(self.target).await?;
        let before = unit.permit_found::<AnswerForCorrected, _>(found)?;
        // Whoever takes it away takes the campaign first.
        unit.store
            .take_campaign(before.acceptance.campaign, &unit.reader)
            .await?;
        let found = unit.store.corrected_version(self.target).await?;
        let proof = unit.permit_found::<AnswerForCorrected, _>(found)?;
        refuse_gone(&proof)?;
        if proof.acceptance.state != self.seen {
            return Err(Error::Stale);
        }
        let (event, kind, words) = match self.accepted {
            true => (AcceptanceEvent::Accept, "campaign.corrected_accepted", String::new()),
            false => {
                let mut fields = Fields::new();
                let reason = fields.required("reason", &self.reason, unit.app.settings.limits.reason);
                fields.done()?;
                (AcceptanceEvent::Refuse, "campaign.corrected_refused", reason)
            }
        };
        said(unit, &proof.acceptance, event, &words).await?;
        let campaign = proof.acceptance.campaign;
        let body = json!({"target": self.target, "reason": words});
        unit.record(proof.acting(), entry(campaign, kind, body)).await?;
        let record = unit.store.campaign(campaign, &unit.reader).await?;
        let record = record.ok_or(Error::NotFound)?.peek().clone();
        mail_organisers(unit, &record, "mail.campaign-corrected-answered").await
    }
}

fn refuse_gone(version: &CorrectedVersion) -> Outcome<()> {
    match version.target.target.ended_at {
        Some(_) => Err(Error::Conflict("corrected-error-gone")),
        None => Ok(()),
    }
}

/// Keeps what was said, by whoever says it now.
async fn said(unit: &mut Unit, row: &AcceptanceRow, event: AcceptanceEvent, words: &str) -> Outcome<()> {
    let holder = KeyHolder::Campaign(row.campaign);
    let after = AcceptanceRow {
        state: row.state.after(event)?,
        answered_by: Some(unit.person()?),
        answered_at: Some(unit.now),
        words: match words.is_empty() {
            true => None,
            false => Some(unit.seal(holder, words_place(row.target), words.as_bytes()).await?),
        },
        ..row.clone()
    };
    Ok(unit.store.move_acceptance(&after, row.state).await?)
}

/// Writes down on what the agreement of a vendor rests that has nobody here who could be asked.
#[derive(Clone, Debug)]
pub struct RecordAgreement {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
    /// On what it rests: a letter, a message, with its date.
    pub basis: String,
}

impl UseCase for RecordAgreement {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ManageCampaign>(unit, self.campaign).await?;
        let all = unit.store.corrected_versions(self.campaign).await?;
        let found = all.iter().find(|one| one.target.target.id == self.target);
        let found = found.ok_or(Error::NotFound)?;
        refuse_gone(found)?;
        if !may_record(vendor_people(unit, found).await?) {
            return Err(Error::Conflict("corrected-error-vendor-answers"));
        }
        if was_refused(unit, found, &all).await? {
            return Err(Error::Conflict("corrected-error-refused"));
        }
        let mut fields = Fields::new();
        let basis = fields.required("basis", &self.basis, unit.app.settings.limits.reason);
        fields.done()?;
        said(unit, &found.acceptance, AcceptanceEvent::Record, &basis).await?;
        let body = json!({"target": self.target, "basis": basis});
        unit.record(
            proof.acting(),
            entry(self.campaign, "campaign.corrected_recorded", body),
        )
        .await?;
        Ok(())
    }
}

fn answers(grant: &Grant) -> bool {
    grant.scope == GrantScope::Organisation && ANSWER.contains(&grant.role)
}

/// Counts those who can answer for the vendor of a corrected version: whoever declared it cannot.
pub(super) async fn vendor_people(unit: &mut Unit, version: &CorrectedVersion) -> Outcome<usize> {
    let grants = unit
        .store
        .grants_of_organisation(version.acceptance.vendor, unit.now)
        .await?;
    let declared_by = version.target.certified_by;
    let can = |grant: &&Grant| answers(grant) && grant.person != declared_by;
    Ok(grants.iter().filter(can).count())
}

/// Says whether the vendor refused the very same before: to take it away and declare it again does not ask anew.
async fn was_refused(unit: &mut Unit, version: &CorrectedVersion, all: &[CorrectedVersion]) -> Outcome<bool> {
    let (_, print) = open_settings_unnoted(unit, &version.target).await?;
    let refused = |one: &&CorrectedVersion| {
        one.acceptance.state == Acceptance::Refused && one.acceptance.vendor == version.acceptance.vendor
    };
    for other in all.iter().filter(refused) {
        if open_settings_unnoted(unit, &other.target).await?.1 == print {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives the organisations for which the reader may answer.
pub(crate) fn answered_for(unit: &Unit) -> Vec<OrganisationId> {
    let grants = unit.actor.grants().iter().filter(|grant| answers(grant));
    let mut all: Vec<_> = grants.map(|grant| grant.organisation).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Gives the corrected versions about which the reader's vendors were asked, newest first.
pub(crate) async fn listed(unit: &mut Unit, limit: i64) -> Outcome<Vec<CorrectedListed>> {
    let vendors = answered_for(unit);
    let mut all = unit.store.corrected_of(&vendors, false, limit).await?;
    let mut readable = Vec::new();
    for one in all.drain(..) {
        let version = unit.store.corrected_version(one.target).await?;
        if version.is_some_and(|version| unit.may::<AnswerForCorrected, _>(version.peek())) {
            readable.push(one);
        }
    }
    Ok(readable)
}

/// Gives what waits for the person in this part.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let vendors = answered_for(unit);
    if vendors.is_empty() {
        return Ok(Vec::new());
    }
    let found = unit.store.corrected_of(&vendors, true, one_more()).await?;
    let beyond = is_more(found.len()).then(|| more(addresses::vulnerability::VENDOR.to_owned()));
    let mut items = Vec::new();
    for one in found.into_iter().take(NAMED) {
        let version = unit.store.corrected_version(one.target).await?;
        if version.is_some_and(|version| unit.may::<AnswerForCorrected, _>(version.peek())) {
            items.push(DeskItem {
                what: "corrected-desk-answer",
                args: vec![("product", Arg::Text(one.product_name))],
                place: one.campaign_name,
                href: addresses::target::corrected_to_answer(one.target.0),
                action: "corrected-desk-answer-action",
                due: None,
            });
        }
    }
    items.extend(beyond);
    Ok(items)
}
