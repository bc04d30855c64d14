//! What the vendor of a corrected version says of its being hosted, or on what its agreement rests.

mod list;
mod record;

pub use record::RecordAgreement;

pub(crate) use list::{desk_items, listed};
pub(super) use record::{RefusedVersions, recordable};

use super::TargetSettings;
use crate::campaign::{entry, mail_organisers};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{AcceptanceRow, CorrectedVersion};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::AnswerForCorrected;
use authorization::{Action, Permitted, Resource};
use domain::Machine as _;
use domain::Timestamp;
use domain::corrected::{Acceptance, AcceptanceEvent};
use domain::ids::TargetId;
use domain::programme::NoticeKind;
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
        Ok(CorrectedToAnswer {
            id: self.0,
            campaign: campaign.campaign.name.clone(),
            product: campaign.product_name(&row.target.product).to_owned(),
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
            return Err(Error::Conflict("corrected-error-answered"));
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

/// Refuses what was taken away already.
pub(super) fn refuse_gone(version: &CorrectedVersion) -> Outcome<()> {
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
