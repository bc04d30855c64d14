//! What narrows a sharing: its TLP and its embargo.

use super::case::{changing, record};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::MovePhase;
use domain::Timestamp;
use domain::ids::VulnerabilityId;
use domain::sharing::{Embargo, Phase, Tlp};
use serde_json::json;

/// Changes who may read a vulnerability at most.
#[derive(Clone, Debug)]
pub struct ChangeTlp {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The new label; none where nothing was chosen.
    pub tlp: Option<Tlp>,
    /// Why.
    pub reason: String,
}

impl UseCase for ChangeTlp {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let taken = changing::<MovePhase>(unit, self.vulnerability).await?;
        let mut case = (*taken).clone();
        let mut fields = Fields::new();
        let reason = fields.required("tlp_reason", &self.reason, unit.app.settings.limits.text);
        if self.tlp.is_none() {
            fields.add("tlp", "error-choose");
        }
        if case.phase == Phase::Public && self.tlp.is_some_and(|tlp| tlp != Tlp::Clear) {
            fields.add("tlp", "sharing-error-public-is-clear");
        }
        fields.done()?;
        let Some(tlp) = self.tlp.filter(|tlp| *tlp != case.tlp) else {
            return Ok(());
        };
        let from = case.tlp;
        case.tlp = tlp;
        unit.store.save_sharing(&case).await?;
        let body = json!({"from": from, "to": tlp, "reason": reason});
        record(unit, taken.acting(), &case, "sharing.tlp_changed", body).await?;
        super::circle::enqueue(unit, &case).await
    }
}

/// Holds a vulnerability back until an instant.
#[derive(Clone, Debug)]
pub struct SetEmbargo {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// When the embargo ends; none where nothing readable was typed.
    pub until: Option<Timestamp>,
}

impl UseCase for SetEmbargo {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let taken = changing::<MovePhase>(unit, self.vulnerability).await?;
        let mut case = (*taken).clone();
        let until = self
            .until
            .ok_or_else(|| Error::field("until", "error-not-an-instant"))?;
        if until <= unit.now {
            return Err(Error::field("until", "sharing-error-embargo-past"));
        }
        if case.phase == Phase::Public || case.exploited_at.is_some_and(|at| at <= unit.now) {
            return Err(Error::Conflict("sharing-error-embargo-in-vain"));
        }
        let (_, _, details_consented) = case.embargo.parts();
        case.embargo = Embargo::Until {
            until,
            details_consented,
        };
        unit.store.save_sharing(&case).await?;
        record(
            unit,
            taken.acting(),
            &case,
            "sharing.embargo_set",
            json!({"until": until}),
        )
        .await
    }
}

/// Lifts an embargo before its end.
#[derive(Clone, Debug)]
pub struct LiftEmbargo {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// Why.
    pub reason: String,
}

impl UseCase for LiftEmbargo {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let taken = changing::<MovePhase>(unit, self.vulnerability).await?;
        let mut case = (*taken).clone();
        let Embargo::Until { until, .. } = case.embargo else {
            return Err(Error::Conflict("error-not-in-this-state"));
        };
        let mut fields = Fields::new();
        let reason = fields.required("lift_reason", &self.reason, unit.app.settings.limits.text);
        fields.done()?;
        case.embargo = Embargo::Lifted { until, at: unit.now };
        unit.store.save_sharing(&case).await?;
        let body = json!({"until": until, "reason": reason});
        record(unit, taken.acting(), &case, "sharing.embargo_lifted", body).await?;
        super::circle::enqueue_urgent(unit, case.id, "embargo_lifted").await
    }
}
