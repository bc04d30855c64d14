//! The sheet of an organisation.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{OrganisationFilter, ProductFilter, ProductRecord};
use crate::unit::Unit;
use authorization::action::{
    ListDeclaredTests, ManageOrganisation, ReadGroup, ReadMemberDeployments, ReadOrganisation,
    ReadOrganisationDeployments, ReadOrganisationPeople,
};
use domain::Timestamp;
use domain::ids::{AffiliationId, OrganisationId};
use domain::organisation::{AffiliationKind, Organisation};

/// The most members and products that a sheet shows.
const SHOWN: i64 = 12;

/// Shows an organisation to anybody.
pub struct ViewOrganisation(pub OrganisationId);

/// One thing an organisation belongs to.
#[derive(Clone, Debug)]
pub struct AffiliationLine {
    /// Its identifier.
    pub id: AffiliationId,
    /// What it belongs to.
    pub within: Organisation,
    /// How.
    pub kind: AffiliationKind,
    /// Since when.
    pub from: Timestamp,
}

/// What the sheet of an organisation shows.
#[derive(Clone, Debug)]
pub struct OrganisationSheet {
    /// The organisation.
    pub organisation: Organisation,
    /// Who took its place, where it was merged.
    pub successor: Option<Organisation>,
    /// What it belongs to.
    pub affiliations: Vec<AffiliationLine>,
    /// The first of those that belong to it.
    pub members: Vec<Organisation>,
    /// How many belong to it.
    pub member_count: i64,
    /// The first of the products it makes.
    pub products: Vec<ProductRecord>,
    /// Whether the reader keeps the directory.
    pub may_manage: bool,
    /// Whether the reader may see who holds which role.
    pub may_read_people: bool,
    /// Whether the reader may see what it runs.
    pub may_read_deployments: bool,
    /// Whether the reader may see the tests that it declared.
    pub may_list_tests: bool,
    /// Whether the reader may see the declarations of its members.
    pub may_read_declarations: bool,
    /// Whether the reader may see what its members run and share.
    pub may_read_group: bool,
}

impl UseCase for ViewOrganisation {
    type Output = OrganisationSheet;

    async fn run(&self, unit: &mut Unit) -> Outcome<OrganisationSheet> {
        let found = unit.store.organisation(self.0).await?;
        let proof = unit.permit_found::<ReadOrganisation, _>(found)?;
        let organisation = proof.organisation.clone();
        let members = OrganisationFilter {
            within: Some(self.0),
            limit: SHOWN,
            ..OrganisationFilter::default()
        };
        let products = ProductFilter {
            vendor: Some(self.0),
            limit: SHOWN,
            ..ProductFilter::default()
        };
        let successor = organisation.successor.as_slice().to_vec();
        Ok(OrganisationSheet {
            successor: unit.store.organisations(&successor).await?.pop(),
            affiliations: affiliations(unit, self.0).await?,
            members: unit.store.list_organisations(&members).await?,
            member_count: unit.store.count_listed(&members).await?,
            products: unit.store.list_products(&products).await?,
            may_manage: unit.may::<ManageOrganisation, _>(&*proof),
            may_read_people: unit.may::<ReadOrganisationPeople, _>(&*proof),
            may_read_deployments: unit.may::<ReadOrganisationDeployments, _>(&*proof),
            may_list_tests: unit.may::<ListDeclaredTests, _>(&*proof),
            may_read_declarations: unit.may::<ReadMemberDeployments, _>(&*proof),
            may_read_group: unit.may::<ReadGroup, _>(&*proof),
            organisation,
        })
    }
}

async fn affiliations(unit: &mut Unit, id: OrganisationId) -> Outcome<Vec<AffiliationLine>> {
    let open = unit.store.open_affiliations(id, unit.now).await?;
    let ids: Vec<_> = open.iter().map(|affiliation| affiliation.within).collect();
    let within = unit.store.organisations(&ids).await?;
    Ok(open
        .into_iter()
        .filter_map(|affiliation| {
            Some(AffiliationLine {
                id: affiliation.id,
                within: within.iter().find(|o| o.id == affiliation.within)?.clone(),
                kind: affiliation.kind,
                from: affiliation.from,
            })
        })
        .collect())
}
