//! Joining a campaign: one action of an organisation that runs what is tested.

use super::{clock, entry, members, taken};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, JoinFacts, JoinRow};
use crate::unit::Unit;
use authorization::action::{JoinCampaign, LeaveCampaign, ManageCampaign, ReadCampaign};
use domain::Machine as _;
use domain::ids::{CampaignId, OrganisationId};
use domain::join::{JoinEvent, JoinState, can_be_joined, members_may_be_brought};
use domain::role::{GrantScope, Role};
use serde_json::json;
use uuid::Uuid;

/// The most organisations of a kind that the page of a campaign names.
const NAMED: i64 = 200;

/// What the page of a campaign says of who joins it.
#[derive(Clone, Debug, Default)]
pub struct JoinsPart {
    /// Who joined and runs what is tested, the first of them.
    pub joined: Vec<JoinRow>,
    /// How many joined and run what is tested.
    pub count: i64,
    /// What the reader's own organisations asked, or joined.
    pub mine: Vec<JoinRow>,
    /// Who waits for the organiser's answer, for those who answer and those who asked.
    pub waiting: Vec<JoinRow>,
    /// The reader's organisations that may join now.
    pub may_join: Vec<(OrganisationId, String)>,
    /// Whether the reader answers those who wait.
    pub answers: bool,
    /// Whether the reader brings in the members of the group that runs it.
    pub brings: bool,
}

impl JoinsPart {
    /// Says whether there is anything to say of it.
    #[must_use]
    pub fn shown(&self) -> bool {
        let nobody = self.joined.is_empty() && self.waiting.is_empty();
        !(nobody && self.mine.is_empty() && self.may_join.is_empty() && !self.brings)
    }

    /// Gives what the groups of the reader's organisations propose to them.
    #[must_use]
    pub fn proposed(&self) -> Vec<&JoinRow> {
        let proposed = |row: &&JoinRow| row.state == JoinState::Proposed;
        self.mine.iter().filter(proposed).collect()
    }

    /// Gives what the reader may take back: what was joined, or asked.
    #[must_use]
    pub fn own(&self) -> Vec<&JoinRow> {
        let own = |row: &&JoinRow| row.state != JoinState::Proposed;
        self.mine.iter().filter(own).collect()
    }

    /// Gives how many joined beyond those that are named.
    #[must_use]
    pub fn unnamed(&self) -> i64 {
        self.count - i64::try_from(self.joined.len()).unwrap_or(self.count)
    }
}

/// Gives the organisations for whose security the reader answers.
pub(crate) fn officer_of(unit: &Unit) -> Vec<OrganisationId> {
    let held = unit.actor.grants().iter();
    let mut organisations: Vec<_> = held
        .filter(|grant| grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation)
        .map(|grant| grant.organisation)
        .collect();
    organisations.sort_unstable();
    organisations.dedup();
    organisations
}

fn may_join_now(unit: &Unit, facts: &JoinFacts) -> bool {
    facts.join.is_none() && !facts.party && unit.may::<JoinCampaign, _>(facts)
}

/// Gives which of the reader's organisations may join a campaign now.
pub(crate) async fn joinable_by(unit: &mut Unit, campaign: CampaignId) -> Outcome<Vec<(OrganisationId, String)>> {
    let mut found = Vec::new();
    for organisation in officer_of(unit) {
        let facts = unit.store.join_facts(campaign, organisation, unit.now).await?;
        if facts.is_some_and(|facts| may_join_now(unit, facts.peek())) {
            found.push(organisation);
        }
    }
    let names = unit.store.organisations(&found).await?;
    Ok(names.into_iter().map(|one| (one.id, one.name)).collect())
}

/// Gives what the page of a campaign says of who joins it.
pub(super) async fn part(unit: &mut Unit, record: &CampaignRecord) -> Outcome<JoinsPart> {
    let answers = unit.may::<ManageCampaign, _>(record);
    let campaign = record.campaign.id;
    let mut mine = unit.store.joins_by(campaign, &officer_of(unit)).await?;
    if !members_may_be_brought(record.state_at(unit.now)) {
        mine.retain(|row| row.state != JoinState::Proposed);
    }
    // Who was only asked learns who else takes part once it does.
    let mut settled = record.clone();
    settled.brought.retain(|one| record.joined.contains(one));
    let asked_only = !answers && !unit.may::<ReadCampaign, _>(&settled);
    let waiting = if answers {
        unit.store.joins(campaign, JoinState::Asked, NAMED).await?
    } else {
        let asked = |row: &&JoinRow| row.state == JoinState::Asked;
        mine.iter().filter(asked).cloned().collect()
    };
    Ok(JoinsPart {
        joined: if asked_only {
            Vec::new()
        } else {
            unit.store.joins(campaign, JoinState::Joined, NAMED).await?
        },
        count: if asked_only {
            0
        } else {
            unit.store.count_joined(campaign).await?
        },
        brings: answers && members::has_members(unit, record).await?,
        mine,
        waiting,
        may_join: if can_be_joined(record.state_at(unit.now)) {
            joinable_by(unit, campaign).await?
        } else {
            Vec::new()
        },
        answers,
    })
}

/// Joins a campaign: at once for a member of its programme, else by asking its organiser. Gives whether it joined.
#[derive(Clone, Copy, Debug)]
pub struct JoinCampaignOf {
    /// The campaign.
    pub campaign: CampaignId,
    /// Who joins.
    pub organisation: OrganisationId,
}

impl UseCase for JoinCampaignOf {
    type Output = bool;

    async fn run(&self, unit: &mut Unit) -> Outcome<bool> {
        let record = unit
            .store
            .take_campaign(self.campaign, &unit.reader)
            .await?
            .ok_or(Error::NotFound)?;
        let record = record.peek().clone();
        let found = unit
            .store
            .join_facts(self.campaign, self.organisation, unit.now)
            .await?;
        let proof = unit.permit_found::<JoinCampaign, _>(found)?;
        if !can_be_joined(record.state_at(unit.now)) {
            return Err(Error::Conflict("error-campaign-over"));
        }
        if proof.join.is_some() || proof.party {
            return Err(Error::Conflict("error-campaign-joined"));
        }
        let state = if proof.member {
            JoinState::Asked.after(JoinEvent::Accept)?
        } else {
            JoinState::Asked
        };
        let join = JoinRow {
            id: unit.fresh_id(),
            campaign: self.campaign,
            organisation: self.organisation,
            organisation_name: String::new(),
            state,
            asked_at: unit.now,
            group: None,
            group_name: String::new(),
        };
        let acting = proof.acting().clone();
        unit.store.insert_join(&join, acting.person()).await?;
        let kind = if state == JoinState::Joined {
            "campaign.organisation_joined"
        } else {
            "campaign.join_asked"
        };
        let body = json!({"organisation": self.organisation});
        unit.record(&acting, entry(self.campaign, kind, body)).await?;
        let mail = if state == JoinState::Joined {
            "mail.campaign-joined"
        } else {
            "mail.campaign-join-asked"
        };
        clock::mail_organisers(unit, &record, mail).await?;
        Ok(state == JoinState::Joined)
    }
}

/// Finds who asked to join a campaign, or joined it.
async fn one(unit: &mut Unit, campaign: CampaignId, join: Uuid) -> Outcome<JoinRow> {
    unit.store.join(campaign, join).await?.ok_or(Error::NotFound)
}

/// Refuses to let in who no longer runs what is tested, and anybody once nothing will be tested.
async fn refuse_late(unit: &mut Unit, record: &CampaignRecord, join: &JoinRow) -> Outcome<()> {
    if !can_be_joined(record.state_at(unit.now)) {
        return Err(Error::Conflict("error-campaign-over"));
    }
    let facts = unit
        .store
        .join_facts(record.campaign.id, join.organisation, unit.now)
        .await?;
    if facts.is_some_and(|facts| facts.peek().runs) {
        Ok(())
    } else {
        Err(Error::Conflict("error-campaign-join-left"))
    }
}

/// Answers an organisation that asked to join.
#[derive(Clone, Copy, Debug)]
pub struct AnswerJoin {
    /// The campaign.
    pub campaign: CampaignId,
    /// The one who asked.
    pub join: Uuid,
    /// Whether it joins.
    pub accept: bool,
}

impl UseCase for AnswerJoin {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ManageCampaign>(unit, self.campaign).await?;
        let join = one(unit, self.campaign, self.join).await?;
        if self.accept {
            refuse_late(unit, &proof, &join).await?;
        }
        let (event, kind) = if self.accept {
            (JoinEvent::Accept, "campaign.organisation_joined")
        } else {
            (JoinEvent::Decline, "campaign.join_declined")
        };
        let to = join.state.after(event)?;
        let acting = proof.acting().clone();
        unit.store.move_join(&join, to, acting.person(), unit.now).await?;
        let body = json!({"organisation": join.organisation});
        unit.record(&acting, entry(self.campaign, kind, body)).await?;
        let roles = [Role::SecurityOfficer];
        let mail = if self.accept {
            "mail.campaign-join-accepted"
        } else {
            "mail.campaign-join-declined"
        };
        clock::mail_roles(unit, self.campaign, join.organisation, &roles, mail).await
    }
}

/// Takes one's organisation back: it no longer asks, or leaves the campaign that it joined. Gives which of the two
/// it did before.
#[derive(Clone, Copy, Debug)]
pub struct LeaveCampaignOf {
    /// The campaign.
    pub campaign: CampaignId,
    /// What is taken back.
    pub join: Uuid,
}

impl UseCase for LeaveCampaignOf {
    type Output = JoinState;

    async fn run(&self, unit: &mut Unit) -> Outcome<JoinState> {
        let join = one(unit, self.campaign, self.join).await?;
        let found = unit
            .store
            .join_facts(self.campaign, join.organisation, unit.now)
            .await?;
        let proof = unit.permit_found::<LeaveCampaign, _>(found)?;
        let to = join.state.after(JoinEvent::Leave)?;
        let acting = proof.acting().clone();
        unit.store.move_join(&join, to, acting.person(), unit.now).await?;
        let body = json!({"organisation": join.organisation});
        unit.record(&acting, entry(self.campaign, "campaign.organisation_left", body))
            .await?;
        Ok(join.state)
    }
}
