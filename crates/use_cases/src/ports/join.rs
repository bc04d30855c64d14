//! Ports of joining: organisations that run a product and join the campaign that tests it.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::ids::{CampaignId, OrganisationId, PersonId};
use domain::join::JoinState;
use domain::time::Window;
use std::collections::HashMap;
use uuid::Uuid;

/// An organisation that asked to join a campaign, or joined it.
#[derive(Clone, Debug)]
pub struct JoinRow {
    /// Its identifier.
    pub id: Uuid,
    /// The campaign.
    pub campaign: CampaignId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Where it stands.
    pub state: JoinState,
    /// When it asked, or was asked.
    pub asked_at: Timestamp,
    /// The group that brought it in, or asks it; none where it asked by itself.
    pub group: Option<OrganisationId>,
    /// That group's name; empty where there is none.
    pub group_name: String,
}

/// What a group proposed to one of its members, or brought it into, with the campaign.
#[derive(Clone, Debug)]
pub struct GroupJoin {
    /// What stands between the two.
    pub join: JoinRow,
    /// The campaign's name.
    pub campaign_name: String,
    /// When it opens and closes.
    pub window: Window,
}

/// What an organisation is to a campaign that it might join.
#[derive(Clone, Debug)]
pub struct JoinFacts {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Whether it runs, confirmed, a product that the campaign tests.
    pub runs: bool,
    /// Whether the campaign's programme is published, and the campaign announced.
    pub published: bool,
    /// Whether it is a member of the programme.
    pub member: bool,
    /// Whether it is a party of the campaign.
    pub party: bool,
    /// Where it stands, where it asked already.
    pub join: Option<JoinRow>,
}

impl JoinFacts {
    /// Says whether its group proposed it the campaign, and waits for its answer.
    #[must_use]
    pub fn proposed(&self) -> bool {
        self.join.as_ref().is_some_and(|join| join.state == JoinState::Proposed)
    }
}

impl Resource for JoinFacts {
    const TYPE: &'static str = "CampaignJoin";

    fn id(&self) -> Uuid {
        self.organisation.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("organisation", Attr::organisation(self.organisation)),
            ("runs", Attr::Bool(self.runs)),
            ("published", Attr::Bool(self.published)),
            ("proposed", Attr::Bool(self.proposed())),
        ]
    }
}

/// Organisations that join campaigns.
#[async_trait]
pub trait Joins {
    /// Gives what an organisation is to a campaign.
    async fn join_facts(
        &mut self,
        campaign: CampaignId,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> Stored<Option<Loaded<JoinFacts>>>;
    /// Lists who asked to join a campaign, or who joined it and still runs what is tested: the oldest first.
    async fn joins(&mut self, campaign: CampaignId, state: JoinState, limit: i64) -> Stored<Vec<JoinRow>>;
    /// Counts who asked to join each of some campaigns and waits for an answer; none where nobody does.
    async fn count_asked(&mut self, campaigns: &[CampaignId]) -> Stored<HashMap<CampaignId, i64>>;
    /// Counts who joined a campaign and still runs what is tested.
    async fn count_joined(&mut self, campaign: CampaignId) -> Stored<i64>;
    /// Gives what an organisation asked of a campaign, as long as it has not ended.
    async fn join(&mut self, campaign: CampaignId, id: Uuid) -> Stored<Option<JoinRow>>;
    /// Gives what some organisations asked of a campaign, whether they still run what is tested or not.
    async fn joins_by(&mut self, campaign: CampaignId, organisations: &[OrganisationId]) -> Stored<Vec<JoinRow>>;
    /// Keeps that an organisation asks to join, or joins; one that is open is [`super::StoreError::Taken`].
    async fn insert_join(&mut self, join: &JoinRow, by: Option<PersonId>) -> Stored<()>;
    /// Moves one from a state to the next; what has ended makes room for asking anew.
    async fn move_join(&mut self, join: &JoinRow, to: JoinState, by: Option<PersonId>, at: Timestamp) -> Stored<()>;
    /// Lists what the groups of some organisations propose to them at an instant, and what they were brought into that is
    /// still to open: the first to open first.
    async fn joins_by_group(
        &mut self,
        organisations: &[OrganisationId],
        now: Timestamp,
        limit: i64,
    ) -> Stored<Vec<GroupJoin>>;
    /// Ends what a group proposed to an organisation for which it answers no more, or brought it into that is still a
    /// draft; gives the campaigns.
    async fn lapse_proposals(
        &mut self,
        organisation: OrganisationId,
        group: OrganisationId,
        at: Timestamp,
    ) -> Stored<Vec<CampaignId>>;
}
