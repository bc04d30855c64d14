//! Lists of campaigns.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::CampaignLine;
use crate::unit::Unit;
use authorization::Actor;
use authorization::action::{OpenCampaign, ReadCampaign};
use domain::Timestamp;
use domain::campaign::CampaignState;
use domain::ids::{CampaignId, OrganisationId, ProgrammeId};
use domain::organisation::name_sort;
use domain::programme::NoticeKind;
use domain::role::{GrantScope, Role};
use domain::search::Typed;

/// A campaign in a list.
#[derive(Clone, Debug)]
pub struct CampaignSummary {
    /// The campaign.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// Its programme.
    pub programme: String,
    /// The notice that follows it.
    pub notice: NoticeKind,
    /// Its state, by the clock.
    pub state: CampaignState,
    /// When it opens.
    pub opens_at: Timestamp,
    /// When it closes.
    pub closes_at: Timestamp,
}

domain::coded! {
    /// By what campaigns are listed.
    pub enum CampaignOrder {
        /// When they open, the latest first.
        Opens = "ouverture",
        /// When they close, the latest first.
        Closes = "fermeture",
        /// By name.
        Name = "nom",
        /// By their programme's name.
        Programme = "programme",
    }
}

/// Lists the campaigns that concern the person who has signed in: the 200 that open last.
#[derive(Clone, Copy, Debug)]
pub struct ListCampaigns {
    /// By what.
    pub order: CampaignOrder,
    /// Whether they are listed the other way round.
    pub reversed: bool,
}

impl ListCampaigns {
    fn sort(self, lines: &mut [CampaignSummary]) {
        match self.order {
            CampaignOrder::Opens => lines.sort_by_key(|line| std::cmp::Reverse(line.opens_at)),
            CampaignOrder::Closes => lines.sort_by_key(|line| std::cmp::Reverse(line.closes_at)),
            CampaignOrder::Name => lines.sort_by_cached_key(|line| name_sort(&line.name)),
            CampaignOrder::Programme => {
                lines.sort_by_cached_key(|line| (name_sort(&line.programme), name_sort(&line.name)));
            }
        }
        if self.reversed {
            lines.reverse();
        }
    }
}

impl UseCase for ListCampaigns {
    type Output = Vec<CampaignSummary>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<CampaignSummary>> {
        let lines = about(unit).await?;
        let mut lines = readable(unit, lines).await?;
        self.sort(&mut lines);
        Ok(lines)
    }
}

/// Gives the campaigns that have to do with the person, before the policies are asked.
async fn about(unit: &mut Unit) -> Outcome<Vec<CampaignLine>> {
    let person = unit.person()?;
    let organisations = own_organisations(unit);
    let observes = unit.actor.grants().iter().filter_map(|grant| match grant.scope {
        GrantScope::Programme(id) if grant.role == Role::Observer => Some(id),
        _ => None,
    });
    let programmes: Vec<ProgrammeId> = observes.collect();
    Ok(unit.store.campaigns_about(&organisations, &programmes, person).await?)
}

/// Gives those of the person's campaigns that a search means, by their name and their programme's, at most so many.
pub(crate) async fn found(unit: &mut Unit, typed: &Typed, most: usize) -> Outcome<Vec<CampaignSummary>> {
    let mut lines = about(unit).await?;
    lines.retain(|line| typed.means(&format!("{} {}", line.name, line.programme)));
    // What may not be read takes nobody's place.
    let mut found = readable(unit, lines).await?;
    found.truncate(most);
    Ok(found)
}

/// Gives the organisations for which the person holds a role.
pub(crate) fn own_organisations(unit: &Unit) -> Vec<OrganisationId> {
    let Actor::Person(person) = &unit.actor else {
        return Vec::new();
    };
    let mut organisations: Vec<_> = person.memberships().collect();
    organisations.sort_unstable();
    organisations.dedup();
    organisations
}

async fn readable(unit: &mut Unit, lines: Vec<CampaignLine>) -> Outcome<Vec<CampaignSummary>> {
    let ids: Vec<_> = lines.iter().map(|line| line.id).collect();
    let person = unit.person()?;
    let records = unit.store.campaigns_of(&ids, &unit.reader, person).await?;
    let mut summaries = Vec::new();
    for line in lines {
        let Some(found) = records.iter().find(|found| found.peek().campaign.id == line.id) else {
            continue;
        };
        if unit.may::<ReadCampaign, _>(found.peek()) {
            summaries.push(CampaignSummary {
                id: line.id,
                name: line.name,
                programme: line.programme,
                notice: line.notice,
                state: found.peek().state_at(unit.now),
                opens_at: line.opens_at,
                closes_at: line.closes_at,
            });
        }
    }
    Ok(summaries)
}

/// Lists the campaigns of a programme, by its readable address, for its organisers; with the
/// notice that follows it.
pub struct ListCampaignsOfProgramme(pub String);

impl UseCase for ListCampaignsOfProgramme {
    type Output = (NoticeKind, Vec<CampaignSummary>);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.campaign_frame_by_slug(&self.0).await?;
        let proof = unit.permit_found::<OpenCampaign, _>(found)?;
        let lines = unit.store.campaigns_of_programme(proof.programme).await?;
        Ok((proof.notice, readable(unit, lines).await?))
    }
}
