//! The vendor's opinion on the next step: asked with a due date, given or silent.

use super::case::{changing, record};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{SharingCase, VendorOpinion};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{GiveOpinion as Give, MovePhase};
use domain::Timestamp;
use domain::ids::VulnerabilityId;
use domain::sharing::{Embargo, Phase};
use serde_json::json;

/// Asks the vendor for its opinion on the next step.
#[derive(Clone, Debug)]
pub struct AskOpinion {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
}

impl UseCase for AskOpinion {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let taken = changing::<MovePhase>(unit, self.vulnerability).await?;
        let mut case = (*taken).clone();
        if case.phase == Phase::Public || !case.lives() {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        if !case.notified {
            return Err(Error::Conflict("sharing-error-vendor-not-told"));
        }
        if case.opinion.due.is_some() {
            return Err(Error::Conflict("sharing-error-already-asked"));
        }
        let due = unit.now.plus_days(case.opinion_days);
        case.opinion = VendorOpinion {
            due: Some(due),
            ..VendorOpinion::default()
        };
        unit.store.save_sharing(&case).await?;
        record(
            unit,
            taken.acting(),
            &case,
            "sharing.opinion_asked",
            json!({"due": due}),
        )
        .await?;
        for grant in unit.store.grants_of_organisation(case.vendor, unit.now).await? {
            if grant.role == domain::Role::VendorContact {
                let key = format!("opinion/{}/{}/{}", case.id, case.revision, grant.person);
                unit.enqueue("mail.opinion", key, Some(case.id.0), Some(grant.person), unit.now)
                    .await?;
            }
        }
        Ok(())
    }
}

/// Gives the vendor's opinion on the next step.
#[derive(Clone, Debug)]
pub struct GiveOpinion {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// Whether the vendor agrees with the next step; none where nothing was chosen.
    pub favourable: Option<bool>,
    /// Why; needed where it does not.
    pub reason: String,
    /// Whether the details may be told even while an embargo runs.
    pub allows_details: bool,
}

impl UseCase for GiveOpinion {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let taken = changing::<Give>(unit, self.vulnerability).await?;
        let mut case = (*taken).clone();
        if case.opinion.due.is_none() || case.opinion.given_at.is_some() {
            return Err(Error::Conflict("sharing-error-not-asked"));
        }
        let mut fields = Fields::new();
        let max = unit.app.settings.limits.text;
        let reason = match self.favourable {
            Some(true) => fields.optional("reason", &self.reason, max),
            Some(false) => fields.required("reason", &self.reason, max),
            None => {
                fields.add("favourable", "error-choose");
                String::new()
            }
        };
        fields.done()?;
        let says = if self.favourable == Some(true) {
            "favourable"
        } else {
            "unfavourable"
        };
        let holder = KeyHolder::Vulnerability(case.id);
        let at = place("vulnerability", "vendor_opinion_sealed", case.id.0);
        case.opinion.reason = Some(unit.seal(holder, at, reason.as_bytes()).await?);
        case.opinion.says = Some(says.to_owned());
        case.opinion.given_at = Some(unit.now);
        if let Embargo::Until {
            until,
            details_consented,
        } = case.embargo
        {
            // What the vendor consented to before stands, whatever it thinks of the next step.
            case.embargo = Embargo::Until {
                until,
                details_consented: details_consented || self.allows_details,
            };
        }
        unit.store.save_sharing(&case).await?;
        let body = json!({"says": says, "reason": reason, "allows_details": self.allows_details});
        record(unit, taken.acting(), &case, "sharing.opinion_given", body).await
    }
}

/// Lets the vendor consent to the details while an embargo runs, whatever it was asked.
#[derive(Clone, Debug)]
pub struct AllowDetails {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
}

impl UseCase for AllowDetails {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let taken = changing::<Give>(unit, self.vulnerability).await?;
        let mut case = (*taken).clone();
        let Some(until) = may_consent(&case, unit.now) else {
            return Err(Error::Conflict("sharing-error-no-consent-needed"));
        };
        case.embargo = Embargo::Until {
            until,
            details_consented: true,
        };
        unit.store.save_sharing(&case).await?;
        let body = json!({"until": until});
        record(unit, taken.acting(), &case, "sharing.details_allowed", body).await
    }
}

/// Gives the end of the embargo under which the vendor may still consent to the details.
pub(super) fn may_consent(case: &SharingCase, now: Timestamp) -> Option<Timestamp> {
    let cap = case.embargo.cap(case.exploited_at, now);
    match case.embargo {
        Embargo::Until { until, .. } if cap < Phase::Details && case.lives() => Some(until),
        _ => None,
    }
}
