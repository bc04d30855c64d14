//! The scope of a campaign: what may and may not be tested, and under which rules.

use crate::coded;
use crate::ids::{AssetId, CampaignId, PersonId, ProductId, ProgrammeId, RulesId};
use crate::time::Timestamp;

coded! {
    /// What an asset of a scope is.
    pub enum AssetKind {
        /// An address of the web.
        Url = "url",
        /// A domain with what lies under it.
        Domain = "domain",
        /// A programming interface.
        Api = "api",
        /// An application for telephones.
        MobileApp = "mobile_app",
        /// A range of network addresses.
        IpRange = "ip_range",
        /// Anything else.
        Other = "other",
    }
}

/// Something that may, or may not, be tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeAsset {
    /// Its identifier.
    pub id: AssetId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The product it belongs to.
    pub product: ProductId,
    /// What it is.
    pub kind: AssetKind,
    /// Whether it may be tested.
    pub inside: bool,
    /// Its address or name.
    pub value: String,
}

/// A version of the text that each hunter accepts before the first access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesOfEngagement {
    /// Its identifier.
    pub id: RulesId,
    /// The programme.
    pub programme: ProgrammeId,
    /// Its number within the programme, from one.
    pub version: i64,
    /// The text.
    pub text: String,
}

/// A person's acceptance of one version of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RulesAcceptance {
    /// The version accepted.
    pub rules: RulesId,
    /// Who accepted it.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
}
