//! A small random world, as plain facts: what is stored of it, and what the oracle reads.

use domain::Timestamp;
use domain::authorisation::{AuthorisationState, SignerRole};
use domain::campaign::CampaignState;
use domain::deployment::DeploymentState;
use domain::ids::{
    AuthorisationId, CampaignId, DeploymentId, OrganisationId, PersonId, ProductId, ProgrammeId, ReportId, RetestId,
    VulnerabilityId,
};
use domain::organisation::{AffiliationKind, OrganisationKind};
use domain::report::ReportState;
use domain::retest::{OfferedTo, RetestState};
use domain::role::Grant;
use domain::sharing::{Embargo, Phase, Tlp};
use domain::vulnerability::{Origin, Reach, VulnerabilityState};
use testkit::Someone;

pub struct ProgrammeOf {
    pub id: ProgrammeId,
    pub slug: &'static str,
    pub owner: OrganisationId,
    pub members: Vec<(OrganisationId, Timestamp, Option<Timestamp>)>,
    pub published: bool,
}

pub struct CampaignOf {
    pub id: CampaignId,
    pub programme: ProgrammeId,
    pub owner: OrganisationId,
    pub state: CampaignState,
    pub closes_at: Timestamp,
    pub shared: bool,
    /// The operators, and whether each has left.
    pub operators: Vec<(OrganisationId, bool)>,
}

pub struct DeploymentOf {
    pub id: DeploymentId,
    pub organisation: OrganisationId,
    pub product: ProductId,
    pub host: Option<OrganisationId>,
    pub state: DeploymentState,
    /// Whether its vendor said that it does not know it.
    pub refused: bool,
}

pub struct AffiliationOf {
    pub organisation: OrganisationId,
    pub within: OrganisationId,
    pub kind: AffiliationKind,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

pub struct AuthorisationOf {
    pub id: AuthorisationId,
    pub campaign: CampaignId,
    pub role: SignerRole,
    pub organisation: OrganisationId,
    pub state: AuthorisationState,
    /// Whether a newer text was asked for since.
    pub replaced: bool,
}

pub struct RetestOf {
    pub id: RetestId,
    pub flaw: VulnerabilityId,
    pub n: i64,
    pub state: RetestState,
    pub offered_to: OfferedTo,
    /// The hunter who is asked alone.
    pub asked: Option<PersonId>,
    /// When an offer, or the time to report, ends.
    pub ends_at: Option<Timestamp>,
    pub by: Option<PersonId>,
    /// The organisation of the hunter who makes it.
    pub tester: Option<OrganisationId>,
}

pub struct Flaw {
    pub id: VulnerabilityId,
    pub product: ProductId,
    pub programme: ProgrammeId,
    /// The campaign that opened it, and those whose reports joined it.
    pub first: Option<CampaignId>,
    pub found: Vec<CampaignId>,
    /// The campaigns of the reports that support it now.
    pub supported: Vec<CampaignId>,
    pub origin: Origin,
    pub reach: Reach,
    pub state: VulnerabilityState,
    pub phase: Phase,
    pub tlp: Tlp,
    pub embargo: Embargo,
    pub exploited_at: Option<Timestamp>,
    pub notified: bool,
    pub named: Vec<PersonId>,
    /// The other products that it affects.
    pub linked: Vec<ProductId>,
}

pub struct ReportOf {
    pub id: ReportId,
    pub campaign: CampaignId,
    pub product: ProductId,
    pub by: Someone,
    pub organisation: OrganisationId,
    pub state: ReportState,
    pub flaw: Option<VulnerabilityId>,
}

#[derive(Clone)]
pub struct Reader {
    pub who: Someone,
    pub grants: Vec<Grant>,
}

/// The kinds of the organisations, in their order.
pub const KINDS: [OrganisationKind; 6] = [
    OrganisationKind::Commune,
    OrganisationKind::Commune,
    OrganisationKind::Commune,
    OrganisationKind::Association,
    OrganisationKind::Group,
    OrganisationKind::Departement,
];

pub struct World {
    pub organisations: Vec<OrganisationId>,
    pub readers: Vec<Reader>,
    pub programmes: Vec<ProgrammeOf>,
    pub campaigns: Vec<CampaignOf>,
    /// The products with their vendors; every campaign tests every product.
    pub products: Vec<(ProductId, OrganisationId)>,
    pub deployments: Vec<DeploymentOf>,
    pub affiliations: Vec<AffiliationOf>,
    pub authorisations: Vec<AuthorisationOf>,
    pub retests: Vec<RetestOf>,
    pub flaws: Vec<Flaw>,
    pub reports: Vec<ReportOf>,
}
