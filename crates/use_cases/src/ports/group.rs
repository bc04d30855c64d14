//! Ports of groups: what an organisation's members run, and what they share of its campaigns.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::group::MemberFacts;
use domain::ids::{CampaignId, OrganisationId, ProductId};
use domain::organisation::OrganisationKind;

/// A member of a group, with what the group may count of it.
#[derive(Clone, Debug)]
pub struct GroupMember {
    /// The member.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Whether it delegated its administration to the group.
    pub delegated: bool,
    /// How many installations it runs that were confirmed.
    pub confirmed: i64,
    /// How many it says to run, and nobody confirmed.
    pub declared: i64,
    /// In how many of the group's announced campaigns it takes part, as a party or by joining.
    pub campaigns: i64,
}

/// A product that members of a group run.
#[derive(Clone, Debug)]
pub struct GroupProduct {
    /// The product.
    pub product: ProductId,
    /// Its name.
    pub name: String,
    /// Its readable address.
    pub slug: String,
    /// Who makes it.
    pub vendor_name: String,
    /// How many members run it, confirmed or not.
    pub members: i64,
    /// How many members run it, confirmed.
    pub confirmed: i64,
    /// How many of the group's announced campaigns test it, or tested it.
    pub campaigns: i64,
}

/// What a group's members are asked about.
#[derive(Clone, Copy, Debug)]
pub enum TestedBy {
    /// A product that a campaign will test.
    Product(ProductId),
    /// A campaign that is there.
    Campaign(CampaignId),
}

/// A member of a group beside one campaign, or one product that a campaign will test.
#[derive(Clone, Debug)]
pub struct StandingRow {
    /// The member.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// What decides where it stands.
    pub facts: MemberFacts,
    /// Since when it stands so as one who joins; none where it never did.
    pub since: Option<Timestamp>,
    /// Whether somebody answers for its security here.
    pub answers: bool,
}

/// What a group and its members share.
#[async_trait]
pub trait Groups {
    /// Lists those for whom an organisation answers, by name: who delegated their administration to it, and the members
    /// of a group or grouping.
    async fn group_members(&mut self, group: OrganisationId, at: Timestamp, limit: i64) -> Stored<Vec<GroupMember>>;
    /// Lists them beside a product or a campaign, by name.
    async fn group_standings(
        &mut self,
        group: OrganisationId,
        tested: TestedBy,
        at: Timestamp,
        limit: i64,
    ) -> Stored<Vec<StandingRow>>;
    /// Lists what they run, what most of them run first.
    async fn group_products(&mut self, group: OrganisationId, at: Timestamp, limit: i64) -> Stored<Vec<GroupProduct>>;
}
