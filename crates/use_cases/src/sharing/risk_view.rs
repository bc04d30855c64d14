//! A risk that waits for a signature, or was signed, as its signatory sees it.

use super::risk::{proposed, signatories};
use super::situations::{self, Situation, words};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::PositionRow;
use crate::unit::Unit;
use crate::vulnerability::layers::{self, Layer};
use authorization::action::SignRisk;
use authorization::{Action, Permitted};
use domain::Timestamp;
use domain::ids::{OrganisationId, VulnerabilityId};
use domain::position::RiskAcceptance;

/// An acceptance of the risk that was proposed.
#[derive(Clone, Debug)]
pub struct ProposalView {
    /// Why.
    pub reason: String,
    /// Until when the risk would be accepted.
    pub until: Timestamp,
    /// Who proposes it.
    pub by: String,
    /// Since when.
    pub at: Timestamp,
    /// Whether it still waits for a signature.
    pub waits: bool,
    /// Whether nobody could sign it now.
    pub nobody: bool,
}

/// Gives the acceptance that was proposed for a position.
pub(super) async fn proposal<A: Action>(
    unit: &mut Unit,
    position: &Permitted<A, PositionRow>,
) -> Outcome<Option<ProposalView>> {
    let Some((row, proposal)) = proposed(unit, position).await? else {
        return Ok(None);
    };
    let case = unit.store.sharing_case(position.vulnerability).await?;
    let case = case.ok_or(Error::NotFound)?;
    Ok(Some(ProposalView {
        reason: proposal.reason,
        until: proposal.expires_at,
        by: unit.name_of(row.by).await?,
        at: row.at,
        waits: position.waits_for_signature(unit.now),
        nobody: signatories(unit, case.peek(), position.organisation).await?.is_empty(),
    }))
}

/// What a signatory reads before they sign, and after.
#[derive(Clone, Debug)]
pub struct RiskView {
    /// The organisation's name.
    pub organisation: String,
    /// Where the organisation stands.
    pub line: Situation,
    /// The texts that it gets, by layer.
    pub texts: Vec<(Layer, String)>,
    /// What waits for a signature.
    pub proposal: Option<ProposalView>,
    /// What was signed.
    pub acceptance: Option<RiskAcceptance>,
    /// The reader's own name, under which they sign.
    pub own_name: String,
}

/// Shows a signatory the acceptance of a risk that waits for them, or that was signed.
#[derive(Clone, Debug)]
pub struct ViewRisk {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
}

impl UseCase for ViewRisk {
    type Output = RiskView;

    async fn run(&self, unit: &mut Unit) -> Outcome<RiskView> {
        let found = unit.store.position(self.vulnerability, self.organisation).await?;
        let position = unit.permit_found::<SignRisk, _>(found)?;
        let line = situations::one(unit, self.organisation, self.vulnerability).await?;
        let proposal = proposal(unit, &position).await?;
        let (_, acceptance) = words(unit, &position).await?;
        if proposal.is_none() && acceptance.is_none() {
            return Err(Error::NotFound);
        }
        unit.note_reading(position.acting(), "SignRisk", "Vulnerability", self.vulnerability.0);
        let texts = layers::open(unit, self.vulnerability, line.level).await?;
        let organisation = unit.store.organisations(&[self.organisation]).await?;
        let person = unit.person()?;
        Ok(RiskView {
            organisation: organisation.into_iter().next().map(|o| o.name).unwrap_or_default(),
            texts: texts
                .into_iter()
                .filter(|((_, language), _)| language == "fr")
                .map(|((layer, _), text)| (layer, text))
                .collect(),
            line,
            proposal,
            acceptance,
            own_name: unit.name_of(person).await?,
        })
    }
}
