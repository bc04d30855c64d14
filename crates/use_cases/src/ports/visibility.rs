//! What a list of vulnerabilities asks for: whom it is for, and what narrows it.

use domain::Timestamp;
use domain::ids::{CampaignId, OrganisationId, PersonId, ProductId, ProgrammeId, VulnerabilityId};
use domain::severity::Severity;
use domain::vulnerability::VulnerabilityState;

/// Whom a list of vulnerabilities is for: what their grants say, and nothing about rights kept.
///
/// The same facts decide on single objects in the policies; a property test holds them together.
#[derive(Clone, Debug, Default)]
pub struct VulnerabilityVisibility {
    /// Who they are; none for nobody.
    pub person: Option<PersonId>,
    /// Organisations for which they are organiser of everything.
    pub owners: Vec<OrganisationId>,
    /// Programmes for which they are organiser or observer.
    pub programmes: Vec<ProgrammeId>,
    /// Organisations for which they verify everything.
    pub operators: Vec<OrganisationId>,
    /// Campaigns in which they lead or observe.
    pub campaigns: Vec<CampaignId>,
    /// Campaigns in which they verify, each for which operator: both must still hold.
    pub posts: Vec<(CampaignId, OrganisationId)>,
    /// Organisations for which they answer as a vendor.
    pub vendors: Vec<OrganisationId>,
    /// Organisations for whose security they answer or sign.
    pub deployers: Vec<OrganisationId>,
    /// Organisations for which they read what members read.
    pub members: Vec<OrganisationId>,
}

impl VulnerabilityVisibility {
    /// Says whether nothing that is not public can be seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let organisations = [
            &self.owners,
            &self.operators,
            &self.vendors,
            &self.deployers,
            &self.members,
        ];
        organisations.iter().all(|list| list.is_empty())
            && self.programmes.is_empty()
            && self.campaigns.is_empty()
            && self.posts.is_empty()
    }
}

/// By what vulnerabilities are listed, what is greatest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VulnerabilityOrder {
    /// When they were opened.
    #[default]
    Opened,
    /// How severe they are.
    Severity,
}

/// Where the next page of a list of vulnerabilities begins: behind this one.
#[derive(Clone, Copy, Debug)]
pub struct VulnerabilityPlace {
    /// Its score in tenths; minus one for none.
    pub score: i64,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Which.
    pub id: VulnerabilityId,
}

/// What narrows a list of vulnerabilities.
#[derive(Clone, Debug, Default)]
pub struct VulnerabilityFilter {
    /// Only these states; any where empty.
    pub states: Vec<VulnerabilityState>,
    /// Only this severity.
    pub band: Option<Severity>,
    /// Only this product.
    pub product: Option<ProductId>,
    /// Only those opened in, or found again by, this programme.
    pub programme: Option<ProgrammeId>,
    /// Only products of these vendors.
    pub vendors: Vec<OrganisationId>,
    /// Only what concerns the reader; what is public concerns everybody, and nobody's desk.
    pub concerning: bool,
    /// Only what waits for those who coordinate it at this instant: a vendor that is late, a dispute, no rating.
    pub to_coordinate: Option<Timestamp>,
    /// By what.
    pub order: VulnerabilityOrder,
    /// Whether what is least comes first.
    pub reversed: bool,
    /// Only those behind this one, for the next page.
    pub behind: Option<VulnerabilityPlace>,
    /// At most so many.
    pub limit: i64,
}
