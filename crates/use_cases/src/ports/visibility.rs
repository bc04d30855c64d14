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
    /// Only those opened before this one, for the next page.
    pub before: Option<(Timestamp, VulnerabilityId)>,
    /// At most so many.
    pub limit: i64,
}
