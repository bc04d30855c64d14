//! The members of a group in a campaign that it runs: who is brought in at once, who is asked, and what they answer.

use super::{clock, entry, taken};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, JoinRow, StandingRow, TestedBy};
use crate::unit::Unit;
use authorization::Acting;
use authorization::action::{AnswerProposal as MayAnswer, BringMembers as MayBring, DeclareDeployment, ManageCampaign};
use domain::Machine as _;
use domain::Timestamp;
use domain::group::MemberStanding;
use domain::ids::{CampaignId, OrganisationId};
use domain::join::{JoinEvent, JoinState, members_may_be_brought};
use domain::organisation::Organisation;
use domain::role::Role;
use serde_json::json;
use uuid::Uuid;

/// The most members of a group that a page names.
pub(super) const MEMBERS: i64 = 500;

/// The most organisations that are written to at once about a campaign that they joined.
const TOLD: i64 = 5_000;

/// A member of a group, beside a campaign.
#[derive(Clone, Debug)]
pub struct MemberLine {
    /// The member.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub standing: MemberStanding,
    /// Since when, where it was asked or brought in.
    pub since: Option<Timestamp>,
    /// Whether it delegated its administration to the group.
    pub delegated: bool,
    /// Whether somebody answers for its security here.
    pub answers: bool,
}

/// Says where each member stands.
pub(super) fn lines(rows: Vec<StandingRow>) -> Vec<MemberLine> {
    let line = |row: StandingRow| MemberLine {
        standing: row.facts.standing(),
        since: row.since.filter(|_| row.facts.confirmed),
        delegated: row.facts.delegated,
        answers: row.answers,
        organisation: row.organisation,
        name: row.name,
    };
    rows.into_iter().map(line).collect()
}

/// Says whether the reader declares what members run that delegated their administration to the group.
pub(super) async fn declares(unit: &mut Unit, rows: &[StandingRow]) -> Outcome<bool> {
    let Some(row) = rows.iter().find(|row| row.facts.delegated) else {
        return Ok(false);
    };
    let found = unit.store.organisation(row.organisation).await?;
    Ok(found.is_some_and(|found| unit.may::<DeclareDeployment, _>(found.peek())))
}

/// Gives the members that were chosen, each with whether it is brought in at once.
pub(super) fn chosen(rows: &[StandingRow], members: &[OrganisationId]) -> Outcome<Vec<(OrganisationId, bool)>> {
    if members.is_empty() {
        return Err(Error::field("members", "error-members-none"));
    }
    let mut chosen = Vec::new();
    for row in rows.iter().filter(|row| members.contains(&row.organisation)) {
        let standing = row.facts.standing();
        if !standing.may_be_brought() {
            return Err(Error::field("members", "error-members-not-free"));
        }
        chosen.push((row.organisation, standing == MemberStanding::AtOnce));
    }
    if members.iter().all(|one| chosen.iter().any(|(known, _)| known == one)) {
        Ok(chosen)
    } else {
        Err(Error::field("members", "error-choose"))
    }
}

/// Brings members in, or asks them: each is told, and the campaign's history says who.
pub(super) async fn bring(
    unit: &mut Unit,
    acting: &Acting,
    campaign: CampaignId,
    group: OrganisationId,
    chosen: &[(OrganisationId, bool)],
) -> Outcome<()> {
    let proposed = JoinState::Asked.after(JoinEvent::Propose)?;
    let (mut joined, mut asked) = (Vec::new(), Vec::new());
    for (organisation, at_once) in chosen {
        let (state, mail) = if *at_once {
            joined.push(*organisation);
            (proposed.after(JoinEvent::Agree)?, "mail.campaign-group-brought")
        } else {
            asked.push(*organisation);
            (proposed, "mail.campaign-group-proposed")
        };
        let join = JoinRow {
            id: unit.fresh_id(),
            campaign,
            organisation: *organisation,
            organisation_name: String::new(),
            state,
            asked_at: unit.now,
            group: Some(group),
            group_name: String::new(),
        };
        unit.store.insert_join(&join, acting.person()).await?;
        clock::mail_roles(unit, campaign, *organisation, &[Role::SecurityOfficer], mail).await?;
    }
    let body = json!({"group": group, "joined": joined, "asked": asked});
    unit.record(acting, entry(campaign, "campaign.members_brought", body))
        .await?;
    Ok(())
}

/// Says whether the reader brings the members of a campaign's group in, and the group has any.
pub(super) async fn has_members(unit: &mut Unit, record: &CampaignRecord) -> Outcome<bool> {
    let group = record.frame.owner;
    let found = unit.store.organisation(group).await?;
    if !found.is_some_and(|found| unit.may::<MayBring, _>(found.peek())) {
        return Ok(false);
    }
    Ok(!unit.store.group_members(group, unit.now, 1).await?.is_empty())
}

/// Writes to the officers of those who joined a campaign, or whom their group asked to.
pub(super) async fn tell(unit: &mut Unit, campaign: CampaignId, kind: &str) -> Outcome<()> {
    for state in [JoinState::Joined, JoinState::Proposed] {
        for join in unit.store.joins(campaign, state, TOLD).await? {
            let roles = [Role::SecurityOfficer];
            clock::mail_roles(unit, campaign, join.organisation, &roles, kind).await?;
        }
    }
    Ok(())
}

/// The members of a group beside one of its campaigns.
#[derive(Clone, Debug)]
pub struct MembersPage {
    /// The campaign.
    pub record: CampaignRecord,
    /// The group.
    pub group: Organisation,
    /// Its members, by name.
    pub members: Vec<MemberLine>,
    /// Whether members may still be brought in.
    pub open: bool,
    /// Whether the reader declares what those run that delegated their administration.
    pub declares: bool,
}

impl MembersPage {
    /// Counts the members that stand somewhere.
    #[must_use]
    pub fn count(&self, standing: MemberStanding) -> usize {
        self.members.iter().filter(|one| one.standing == standing).count()
    }

    /// Gives the members that may be brought in now.
    #[must_use]
    pub fn free(&self) -> Vec<&MemberLine> {
        let free = |one: &&MemberLine| self.open && one.standing.may_be_brought();
        self.members.iter().filter(free).collect()
    }
}

/// Shows where the members of a campaign's group stand, to those who bring them in.
#[derive(Clone, Copy, Debug)]
pub struct ViewCampaignMembers(pub CampaignId);

impl UseCase for ViewCampaignMembers {
    type Output = MembersPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<MembersPage> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let record = unit.permit_found::<ManageCampaign, _>(found)?.into_value();
        let found = unit.store.organisation(record.frame.owner).await?;
        let group = unit.permit_found::<MayBring, _>(found)?.into_value().organisation;
        let tested = TestedBy::Campaign(self.0);
        let rows = unit.store.group_standings(group.id, tested, unit.now, MEMBERS).await?;
        Ok(MembersPage {
            open: members_may_be_brought(record.state_at(unit.now)),
            declares: declares(unit, &rows).await?,
            members: lines(rows),
            record,
            group,
        })
    }
}

/// Brings members of a group into a campaign that it runs: at once who delegated its administration, by asking the others.
#[derive(Clone, Debug)]
pub struct BringMembers {
    /// The campaign.
    pub campaign: CampaignId,
    /// The members.
    pub members: Vec<OrganisationId>,
}

impl UseCase for BringMembers {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let record = taken::<ManageCampaign>(unit, self.campaign).await?;
        let group = record.frame.owner;
        let found = unit.store.organisation(group).await?;
        let proof = unit.permit_found::<MayBring, _>(found)?;
        if !members_may_be_brought(record.state_at(unit.now)) {
            return Err(Error::Conflict("error-campaign-over"));
        }
        let tested = TestedBy::Campaign(self.campaign);
        let rows = unit.store.group_standings(group, tested, unit.now, MEMBERS).await?;
        let chosen = chosen(&rows, &self.members)?;
        bring(unit, &proof.acting().clone(), self.campaign, group, &chosen).await
    }
}

/// Answers for an organisation what its group proposes.
#[derive(Clone, Copy, Debug)]
pub struct AnswerProposal {
    /// The campaign.
    pub campaign: CampaignId,
    /// What was proposed.
    pub join: Uuid,
    /// Whether the organisation takes part.
    pub accept: bool,
}

impl UseCase for AnswerProposal {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.take_campaign(self.campaign, &unit.reader).await?;
        let record = found.ok_or(Error::NotFound)?.peek().clone();
        let join = unit
            .store
            .join(self.campaign, self.join)
            .await?
            .ok_or(Error::NotFound)?;
        let found = unit
            .store
            .join_facts(self.campaign, join.organisation, unit.now)
            .await?;
        let proof = unit.permit_found::<MayAnswer, _>(found)?;
        if self.accept && !members_may_be_brought(record.state_at(unit.now)) {
            return Err(Error::Conflict("error-campaign-over"));
        }
        let (event, kind, mail) = if self.accept {
            (JoinEvent::Agree, "campaign.proposal_accepted", "mail.campaign-joined")
        } else {
            (
                JoinEvent::Refuse,
                "campaign.proposal_refused",
                "mail.campaign-group-refused",
            )
        };
        let to = join.state.after(event)?;
        let acting = proof.acting().clone();
        unit.store.move_join(&join, to, acting.person(), unit.now).await?;
        let body = json!({"organisation": join.organisation, "group": join.group});
        unit.record(&acting, entry(self.campaign, kind, body)).await?;
        clock::mail_organisers(unit, &record, mail).await
    }
}
