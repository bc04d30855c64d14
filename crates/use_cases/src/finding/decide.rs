//! A verifier decides what becomes of a finding: a new vulnerability, a known one, or none.

use super::{FindingText, open};
use crate::campaign::entry as campaign_entry;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{FindingRecord, VulnerabilityRecord};
use crate::report::cvss;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use crate::vulnerability::{Imported, entry, open_imported, tell_observers};
use authorization::action::{CoordinateVulnerability, DecideFinding};
use authorization::{Acting, Permitted};
use domain::Machine as _;
use domain::finding::{FindingEvent, takes_findings};
use domain::ids::{FindingId, VulnerabilityId};
use domain::report::Rating;
use domain::severity::Severity;
use domain::vulnerability::Reach;
use serde_json::json;

/// What a verifier decides about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingDecision {
    /// It opens a vulnerability with this reach.
    Open(Reach),
    /// A vulnerability of the product that is known already tells it.
    Join(VulnerabilityId),
    /// It is not taken.
    Refuse,
}

impl FindingDecision {
    const fn event(self) -> FindingEvent {
        match self {
            Self::Open(_) => FindingEvent::Open,
            Self::Join(_) => FindingEvent::Join,
            Self::Refuse => FindingEvent::Refuse,
        }
    }
}

/// Decides what becomes of a finding.
#[derive(Clone, Debug)]
pub struct DecideOnFinding {
    /// The finding.
    pub finding: FindingId,
    /// The decision.
    pub decision: FindingDecision,
    /// The verifier's CVSS vector, for a vulnerability that is opened.
    pub vector: String,
    /// Why.
    pub reason: String,
}

impl UseCase for DecideOnFinding {
    type Output = Option<VulnerabilityId>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<VulnerabilityId>> {
        let found = unit.store.take_finding(self.finding).await?;
        let proof = unit.permit_found::<DecideFinding, _>(found)?;
        let tested = unit.store.campaign(proof.finding.campaign, &unit.reader).await?;
        if !tested.is_some_and(|found| takes_findings(found.peek().state_at(unit.now))) {
            return Err(Error::Conflict("error-campaign-over"));
        }
        let (reason, rating) = self.checked(unit)?;
        let mut record = FindingRecord::clone(&proof);
        record.finding.state = record.finding.state.after(self.decision.event())?;
        record.finding.vulnerability = match self.decision {
            FindingDecision::Open(reach) => Some(self.opened(unit, &proof, reach, rating).await?),
            FindingDecision::Join(id) => Some(joined(unit, &proof, id).await?),
            FindingDecision::Refuse => None,
        };
        let campaign = record.finding.campaign;
        let at = place("finding", "decision_sealed", self.finding.0);
        let sealed = unit.seal(KeyHolder::Campaign(campaign), at, reason.as_bytes()).await?;
        record.decision = Some(sealed);
        record.decided = Some((unit.person()?, unit.now));
        unit.store.save_finding(&record, proof.revision()).await?;
        let body = json!({"finding": self.finding, "number": record.finding.number, "reason": reason,
            "state": record.finding.state, "vulnerability": record.finding.vulnerability});
        unit.record(
            proof.acting(),
            campaign_entry(campaign, "campaign.finding_decided", body),
        )
        .await?;
        Ok(record.finding.vulnerability)
    }
}

impl DecideOnFinding {
    /// Checks what was typed: the reason, and the rating of what is opened.
    fn checked(&self, unit: &Unit) -> Outcome<(String, Option<(String, Rating)>)> {
        let mut fields = Fields::new();
        let mut rating = None;
        if matches!(self.decision, FindingDecision::Open(_)) {
            match cvss::scored("vector", &self.vector) {
                Ok(Some((vector, scored))) => {
                    let scored = Rating {
                        score_tenths: scored.score_tenths,
                        band: scored.band,
                    };
                    rating = Some((vector, scored));
                }
                Ok(None) => fields.add("vector", "report-error-vector-needed"),
                Err(error) => fields.add_detail("vector", error.message, error.detail),
            }
        }
        let reason = fields.required("reason", &self.reason, unit.app.settings.limits.text);
        fields.done()?;
        Ok((reason, rating))
    }

    async fn opened(
        &self,
        unit: &mut Unit,
        proof: &Permitted<DecideFinding, FindingRecord>,
        reach: Reach,
        rating: Option<(String, Rating)>,
    ) -> Outcome<VulnerabilityId> {
        if let Reach::Deployment(organisation) = reach {
            let tested = unit.store.tested_deployments(proof.finding.campaign).await?;
            let product = proof.finding.product;
            if !tested
                .iter()
                .any(|one| one.product == product && one.organisation == organisation)
            {
                return Err(Error::field("organisation", "error-choose"));
            }
        }
        let text: FindingText = open(unit, proof).await?;
        let (vector, rating) = rating.unzip();
        let imported = Imported {
            product: proof.finding.product,
            programme: proof.programme,
            campaign: proof.finding.campaign,
            finding: self.finding,
            reach,
            title: text.title,
            details: text.details,
            measures: text.measures,
            exploit: text.exploit,
            vector,
            rating,
            cwe: text.cwe,
        };
        let critical = imported.rating.is_some_and(|rating| rating.band == Severity::Critical);
        let id = open_imported(unit, proof.acting(), imported).await?;
        if critical {
            tell_observers(unit, id, self.finding.0, proof.finding.campaign).await?;
        }
        Ok(id)
    }
}

/// Tells a finding under a vulnerability of its product that the verifier coordinates.
async fn joined(
    unit: &mut Unit,
    proof: &Permitted<DecideFinding, FindingRecord>,
    id: VulnerabilityId,
) -> Outcome<VulnerabilityId> {
    let unknown = || Error::field("vulnerability", "error-choose");
    let found = unit.store.take_vulnerability(id, &unit.reader).await?;
    let known = unit
        .permit_found::<CoordinateVulnerability, VulnerabilityRecord>(found)
        .map_err(|_| unknown())?;
    if known.vulnerability.product != proof.finding.product || !known.vulnerability.stands() {
        return Err(unknown());
    }
    let body = json!({"finding": proof.finding.id, "campaign": proof.finding.campaign});
    unit.record(known.acting(), entry(id, "vulnerability.finding_joined", body))
        .await?;
    Ok(id)
}

/// Puts the findings that a vulnerability tells back to be decided: nothing supports it any more.
pub(crate) async fn reconsider(unit: &mut Unit, acting: &Acting, vulnerability: VulnerabilityId) -> Outcome<()> {
    for behind in unit.store.findings_behind(vulnerability).await? {
        let id = behind.peek().finding.id;
        let Some(found) = unit.store.take_finding(id).await? else {
            continue;
        };
        let mut record = found.peek().clone();
        record.finding.state = record.finding.state.after(FindingEvent::Reconsider)?;
        record.finding.vulnerability = None;
        (record.decided, record.decision) = (None, None);
        unit.store.save_finding(&record, record.finding.revision).await?;
        let body = json!({"finding": id, "number": record.finding.number, "vulnerability": vulnerability});
        let entry = campaign_entry(record.finding.campaign, "campaign.finding_reconsidered", body);
        unit.record(acting, entry).await?;
    }
    Ok(())
}
