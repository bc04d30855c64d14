//! A group and its members: what they run and share, rolled up, without reading what is not the group's.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{GroupMember, GroupProduct};
use crate::unit::Unit;
use authorization::action::ReadGroup;
use domain::ids::OrganisationId;
use domain::organisation::Organisation;

/// The most members that a roll-up names.
const MEMBERS: i64 = 500;
/// The most products that a roll-up names.
const PRODUCTS: i64 = 100;

/// What a group knows of its members together.
#[derive(Clone, Debug)]
pub struct GroupSheet {
    /// The group.
    pub organisation: Organisation,
    /// Its members, by name.
    pub members: Vec<GroupMember>,
    /// What they run, what most of them run first.
    pub products: Vec<GroupProduct>,
}

impl GroupSheet {
    /// Counts the members that delegated their administration to it.
    #[must_use]
    pub fn delegated(&self) -> usize {
        self.members.iter().filter(|member| member.delegated).count()
    }

    /// Counts the confirmed installations of its members.
    #[must_use]
    pub fn confirmed(&self) -> i64 {
        self.members.iter().map(|member| member.confirmed).sum()
    }

    /// Counts the installations of its members that nobody confirmed yet.
    #[must_use]
    pub fn declared(&self) -> i64 {
        self.members.iter().map(|member| member.declared).sum()
    }

    /// Counts the products that several members run: one test serves them all.
    #[must_use]
    pub fn shared(&self) -> usize {
        self.products.iter().filter(|product| product.members > 1).count()
    }

    /// Says whether more members or products may be there than are named.
    #[must_use]
    pub fn is_capped(&self) -> bool {
        let reached = |len: usize, most: i64| i64::try_from(len).is_ok_and(|len| len >= most);
        reached(self.members.len(), MEMBERS) || reached(self.products.len(), PRODUCTS)
    }
}

/// Shows what a group's members run and share, to those who organise for the group.
pub struct ViewGroup(pub OrganisationId);

impl UseCase for ViewGroup {
    type Output = GroupSheet;

    async fn run(&self, unit: &mut Unit) -> Outcome<GroupSheet> {
        let found = unit.store.organisation(self.0).await?;
        let proof = unit.permit_found::<ReadGroup, _>(found)?;
        Ok(GroupSheet {
            members: unit.store.group_members(self.0, unit.now, MEMBERS).await?,
            products: unit.store.group_products(self.0, unit.now, PRODUCTS).await?,
            organisation: proof.into_value().organisation,
        })
    }
}
