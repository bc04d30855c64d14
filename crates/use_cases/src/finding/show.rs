//! One finding, for those who imported it and those who decide it.

use super::{FindingText, open};
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::FindingRecord;
use crate::report::{Alike, JoinChoice, joinable, tested_by};
use crate::search::read_finding;
use crate::unit::{Unit, place};
use authorization::action::{CoordinateVulnerability, DecideFinding, ReadFinding, ReadVulnerability};
use authorization::{Action, Permitted};
use domain::Timestamp;
use domain::finding::{FindingState, takes_findings};
use domain::ids::{FindingId, OrganisationId, VulnerabilityId};
use domain::role::{GrantScope, Role};

/// What was decided about a finding.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A finding's page.
#[derive(Clone, Debug)]
pub struct FindingView {
    /// The finding.
    pub record: FindingRecord,
    /// What it says.
    pub text: FindingText,
    /// Who imported it.
    pub imported_by: String,
    /// What was decided.
    pub decided: Option<Decided>,
    /// The vulnerability it opened or joined, for those who may open its page.
    pub vulnerability: Option<(VulnerabilityId, String)>,
    /// Whether the reader is one of those who decide it.
    pub decides: bool,
    /// Whether the reader may decide it, now.
    pub may_decide: bool,
    /// Whether the reader verifies here, but not this one: a conflict of interest.
    pub conflict: bool,
    /// Vulnerabilities of the product that it may be told under.
    pub joinable: Vec<JoinChoice>,
    /// Organisations whose own installation may be the only one reached.
    pub deployers: Vec<(OrganisationId, String)>,
    /// What it may repeat, to whoever decides it.
    pub alike: Vec<Alike>,
}

/// Another finding, as a proposal names it.
#[derive(Clone, Debug)]
pub struct FindingChoice {
    /// The finding.
    pub id: FindingId,
    /// Its number within its campaign.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// Its campaign's name.
    pub campaign: String,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// Where it stands.
    pub state: FindingState,
}

/// Gives a finding as a proposal names it.
pub(crate) async fn finding_choice<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, FindingRecord>,
) -> Outcome<FindingChoice> {
    Ok(FindingChoice {
        id: proof.finding.id,
        number: proof.finding.number,
        title: open(unit, proof).await?.title,
        campaign: proof.campaign_name.clone(),
        imported_at: proof.finding.imported_at,
        state: proof.finding.state,
    })
}

/// Shows a finding.
pub struct ViewFinding(pub FindingId);

impl UseCase for ViewFinding {
    type Output = FindingView;

    async fn run(&self, unit: &mut Unit) -> Outcome<FindingView> {
        let found = unit.store.finding(self.0).await?;
        let proof = unit.permit_found::<ReadFinding, _>(found)?;
        let text = open(unit, &proof).await?;
        let mut decided = None;
        if let (Some((by, at)), Some(sealed)) = (proof.decided, proof.decision.clone()) {
            let reason = unit
                .open_text_unnoted(place("finding", "decision_sealed", self.0.0), &sealed)
                .await?;
            let by = unit.name_of(by).await?;
            decided = Some(Decided { by, at, reason });
        }
        let campaign = proof.finding.campaign;
        let tested = unit
            .store
            .campaign(campaign, &unit.reader)
            .await?
            .ok_or(crate::Error::NotFound)?;
        let open = takes_findings(tested.peek().state_at(unit.now));
        let waiting = proof.finding.state == FindingState::Waiting && open;
        let decides = unit.may::<DecideFinding, FindingRecord>(&proof);
        let operators = &proof.operators;
        let reaches = |scope| scope == GrantScope::Organisation || scope == GrantScope::Campaign(campaign);
        let verifies = |grant: &domain::Grant| {
            grant.role == Role::Verifier && operators.contains(&grant.organisation) && reaches(grant.scope)
        };
        let conflict = waiting && !decides && unit.actor.grants().iter().any(verifies);
        let mut view = FindingView {
            text,
            imported_by: unit.name_of(proof.finding.imported_by).await?,
            decided,
            vulnerability: None,
            decides,
            may_decide: waiting && decides,
            conflict,
            joinable: Vec::new(),
            deployers: Vec::new(),
            alike: Vec::new(),
            record: FindingRecord::clone(&proof),
        };
        if let Some(id) = proof.finding.vulnerability {
            let known = unit.store.vulnerability(id, &unit.reader).await?;
            if let Ok(known) = unit.permit_found::<ReadVulnerability, _>(known) {
                view.vulnerability = Some((id, known.label()));
            }
        }
        if view.may_decide {
            let product = view.record.finding.product;
            view.joinable = joinable::<CoordinateVulnerability>(unit, product).await?;
            view.joinable.retain(|one| one.stands);
            view.deployers = tested_by(unit, campaign, product).await?;
            let version = unit.store.tested_version(campaign, product).await?.unwrap_or_default();
            let query = read_finding(&view.text, &version).query();
            view.alike = Alike::to_finding(unit, &view.record, &query).await?;
            choosable(&mut view);
        }
        Ok(view)
    }
}

/// Adds what is proposed to what can be chosen, where it is not among it.
fn choosable(view: &mut FindingView) {
    for one in &view.alike {
        if let Some(known) = one.thing.vulnerability()
            && view.joinable.iter().all(|choice| choice.id != known.id)
        {
            view.joinable.push(known.clone());
        }
    }
}
