//! What an organisation belongs to, and who administers it by delegation.

use super::entry;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::ManageOrganisation;
use domain::ids::{AffiliationId, OrganisationId};
use domain::organisation::{Affiliation, AffiliationKind};
use serde_json::json;

/// Notes that an organisation belongs to another, or is administered by it.
#[derive(Clone, Debug)]
pub struct Affiliate {
    /// The organisation that belongs.
    pub organisation: OrganisationId,
    /// The organisation it belongs to; none where nothing was chosen.
    pub within: Option<OrganisationId>,
    /// How it belongs; none where nothing was chosen.
    pub kind: Option<AffiliationKind>,
}

impl UseCase for Affiliate {
    type Output = AffiliationId;

    async fn run(&self, unit: &mut Unit) -> Outcome<AffiliationId> {
        let found = unit.store.organisation(self.organisation).await?;
        let proof = unit.permit_found::<ManageOrganisation, _>(found)?;
        let mut fields = Fields::new();
        let within = self.within.filter(|within| *within != self.organisation);
        let known = match within {
            Some(within) => !unit.store.organisations(&[within]).await?.is_empty(),
            None => false,
        };
        if !known {
            fields.add("within", "error-choose");
        }
        if self.kind.is_none() {
            fields.add("affiliation_kind", "error-choose");
        }
        let open = unit.store.open_affiliations(self.organisation, unit.now).await?;
        if open
            .iter()
            .any(|a| Some(a.within) == within && Some(a.kind) == self.kind)
        {
            fields.add("within", "error-already-there");
        }
        fields.done()?;
        let (Some(within), Some(kind)) = (within, self.kind) else {
            return Err(Error::NotFound);
        };
        let affiliation = Affiliation {
            id: AffiliationId(unit.fresh_id()),
            organisation: self.organisation,
            within,
            kind,
            from: unit.now,
            until: None,
        };
        unit.store.insert_affiliation(&affiliation).await?;
        let acting = proof.acting().clone();
        let body = json!({"affiliation": affiliation.id, "within": within, "as": kind});
        unit.record(&acting, entry(self.organisation, "organisation.affiliated", body))
            .await?;
        Ok(affiliation.id)
    }
}

/// Ends an affiliation; what it gave the right to do ends at once.
pub struct EndAffiliation(pub AffiliationId);

impl UseCase for EndAffiliation {
    type Output = OrganisationId;

    async fn run(&self, unit: &mut Unit) -> Outcome<OrganisationId> {
        let affiliation = unit.store.affiliation(self.0).await?.ok_or(Error::NotFound)?;
        let found = unit.store.organisation(affiliation.organisation).await?;
        let proof = unit.permit_found::<ManageOrganisation, _>(found)?;
        unit.store
            .end_affiliation(affiliation.id, unit.now)
            .await
            .map_err(|_| Error::Conflict("error-not-in-this-state"))?;
        let acting = proof.acting().clone();
        let body = json!({"affiliation": affiliation.id, "within": affiliation.within, "as": affiliation.kind});
        unit.record(
            &acting,
            entry(affiliation.organisation, "organisation.affiliation_ended", body),
        )
        .await?;
        let lapsed = unit
            .store
            .lapse_proposals(affiliation.organisation, affiliation.within, unit.now)
            .await?;
        for campaign in lapsed {
            let body = json!({"organisation": affiliation.organisation, "group": affiliation.within});
            unit.record(
                &acting,
                crate::campaign::entry(campaign, "campaign.proposal_lapsed", body),
            )
            .await?;
        }
        Ok(affiliation.organisation)
    }
}
