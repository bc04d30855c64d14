//! Campaigns: opening, preparing, running and ending a test of products.

mod accounts;
mod choices;
mod clock;
mod codes;
mod desk;
mod duplicate;
mod for_members;
mod joining;
mod list;
mod manage;
mod members;
mod moves;
mod parties;
mod people;
mod products;
mod rules;
mod scope;
mod target;
mod view;

pub use accounts::{AccountLine, AddTestAccount, RemoveTestAccount, TakeTestAccountOf};
pub use choices::{PartiesPage, ViewParties};
pub use codes::{Code, CodeSheet, CodesPage, EndCodes, MakeCodes, ViewCodes, code_text};
pub use duplicate::{DuplicatePage, ExplainDuplicate, ViewDuplicate};
pub use for_members::{ForMembersForm, OpenForMembers, ViewForMembers};
pub use joining::{AnswerJoin, JoinCampaignOf, JoinsPart, LeaveCampaignOf};
pub use list::{CampaignOrder, CampaignSummary, ListCampaigns, ListCampaignsOfProgramme};
pub use manage::{CampaignDraft, CampaignForm, EditCampaign, OpenNewCampaign, ViewCampaignForm};
pub use members::{AnswerProposal, BringMembers, MemberLine, MembersPage, ViewCampaignMembers};
pub use moves::{MoveCampaign, MoveWanted};
pub use parties::{AddParties, CommitParty, RemoveParty};
pub use people::{InviteToCampaign, PeopleLine, PeoplePage, SetPersonSuspended, ViewCampaignPeople, WithdrawPerson};
pub use products::{RemoveProduct, SetProduct};
pub use rules::{AcceptRulesOf, ChooseLatestRules, RulesPage, ViewProgrammeRules, WriteRules};
pub use scope::{AddAsset, AssetLine, RemoveAsset, ScopePage, SetTarget, ViewScope};
pub use target::{OwnAccount, TargetPage, ViewTarget};
pub use view::{CampaignPage, HistoryLine, MissingLine, PartyGroup, PartyLine, ViewCampaign};

pub(crate) use clock::{announce, mail, mail_one, mail_organisers, mail_roles};
pub(crate) use desk::desk_items;
pub(crate) use joining::{joinable_by, officer_of};
pub(crate) use list::{found, own_organisations};
pub(crate) use moves::suspend;
pub(crate) use scope::{change_scope, open_assets, open_target};

use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::ports::{CampaignPerson, CampaignRecord};
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::{Acting, Action, Permitted, SystemKind};
use domain::Timestamp;
use domain::campaign::{CampaignEvent, CampaignState};
use domain::ids::{CampaignId, OrganisationId, ParticipantId};
use domain::machine::Machine;
use domain::party::{Participant, PersonPart};
use domain::readiness::{Missing, ReadinessFacts, TestedProduct, readiness};
use domain::role::{Grant, GrantScope, Role};
use domain::scope::ScopeAsset;
use serde_json::{Value, json};

/// Makes a journal entry of a campaign.
pub(crate) fn entry(campaign: CampaignId, kind: &'static str, body: Value) -> NewEntry {
    NewEntry {
        stream_kind: "campaign",
        stream_id: campaign.0,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Campaign(campaign),
        body,
    }
}

/// Takes a campaign for a change that policies permit.
pub(crate) async fn taken<A: Action>(unit: &mut Unit, id: CampaignId) -> Outcome<Permitted<A, CampaignRecord>> {
    let found = unit.store.take_campaign(id, &unit.reader).await?;
    unit.permit_found::<A, _>(found)
}

/// Refuses changes of what was agreed once the campaign has begun, whether the clock's job has run or not.
pub(crate) fn refuse_begun(record: &CampaignRecord, now: Timestamp) -> Outcome<()> {
    use CampaignState::{Draft, Planned, Ready};
    match record.state_at(now) {
        Draft | Planned | Ready => Ok(()),
        _ => Err(Error::Conflict("error-campaign-begun")),
    }
}

/// Refuses what only serves testing once nothing will be tested any more.
pub(crate) fn refuse_over(record: &CampaignRecord, now: Timestamp) -> Outcome<()> {
    use CampaignState::{Draft, Open, Planned, Ready, Suspended};
    match record.state_at(now) {
        Draft | Planned | Ready | Open | Suspended => Ok(()),
        _ => Err(Error::Conflict("error-campaign-over")),
    }
}

/// Gives everything that is missing before a campaign can open.
pub(crate) async fn missing(unit: &mut Unit, record: &CampaignRecord) -> Outcome<Vec<Missing>> {
    let mut products = record.tested_products();
    if record.campaign.state == CampaignState::Draft {
        // What is noted when it is announced is looked at anew until then.
        for (one, kept) in products.iter_mut().zip(&record.products) {
            one.unexplained = kept.duplicate_reason.is_none()
                && duplicate::tests_once_more(unit, record.campaign.id, one.product).await?;
        }
    }
    missing_with(unit, record, &products).await
}

/// Counts the products whose scope is missing, which those who prepare it complete.
pub(super) async fn missing_of_scope(unit: &mut Unit, record: &CampaignRecord) -> Outcome<usize> {
    let all = missing_with(unit, record, &record.tested_products()).await?;
    Ok(all.iter().filter(|one| matches!(one, Missing::Scope(_))).count())
}

async fn missing_with(unit: &mut Unit, record: &CampaignRecord, products: &[TestedProduct]) -> Outcome<Vec<Missing>> {
    let rows = unit.store.scope_assets(record.campaign.id).await?;
    let scope: Vec<ScopeAsset> = rows
        .into_iter()
        .map(|row| ScopeAsset {
            id: row.id,
            campaign: row.campaign,
            product: row.product,
            kind: row.kind,
            inside: row.inside,
            value: String::new(),
        })
        .collect();
    let facts = ReadinessFacts {
        kind: record.campaign.kind,
        window: record.campaign.window,
        products,
        parties: &record.parties,
        authorisations: &record.authorisations,
        scope: &scope,
        has_rules: record.campaign.rules.is_some(),
    };
    Ok(readiness(&facts, unit.now))
}

/// Makes a planned campaign ready once nothing is missing, and planned again once something is.
pub(crate) async fn settle(unit: &mut Unit, id: CampaignId) -> Outcome<()> {
    let Some(found) = unit.store.campaign(id, &unit.reader).await? else {
        return Ok(());
    };
    let mut record = found.peek().clone();
    if record.campaign.state == CampaignState::Draft {
        return clock::enqueue(unit, &record).await;
    }
    let whole = missing(unit, &record).await?.is_empty();
    let moved = match record.state_at(unit.now) {
        CampaignState::Planned if whole => Some((CampaignEvent::MakeReady, "campaign.ready")),
        CampaignState::Ready if !whole => Some((CampaignEvent::FallBack, "campaign.fell_back")),
        _ => None,
    };
    if let Some((event, kind)) = moved {
        record.campaign.state = record.campaign.state.after(event)?;
        unit.store
            .set_campaign_state(id, record.campaign.state, None, None)
            .await?;
        let acting = Acting::System(SystemKind::Clock);
        unit.record(&acting, entry(id, kind, json!({}))).await?;
    }
    clock::enqueue(unit, &record).await
}

/// Ends every authorisation whose text no longer says what is planned; they are asked for anew.
pub(crate) async fn end_texts(unit: &mut Unit, acting: &Acting, record: &CampaignRecord) -> Outcome<()> {
    if record.authorisations.is_empty() {
        return Ok(());
    }
    for one in &record.authorisations {
        unit.store.end_authorisation(one.id, unit.now).await?;
    }
    let body = json!({"authorisations": record.authorisations.len()});
    unit.record(acting, entry(record.campaign.id, "campaign.texts_ended", body))
        .await?;
    Ok(())
}

/// Gives the names of organisations.
pub(crate) async fn names(
    unit: &mut Unit,
    ids: &[OrganisationId],
) -> Outcome<std::collections::HashMap<OrganisationId, String>> {
    let found = unit.store.organisations(ids).await?;
    Ok(found.into_iter().map(|o| (o.id, o.name)).collect())
}

/// Lets a person into the campaign that a taken-up grant reaches, where it reaches one.
pub(crate) async fn grant_taken_up(unit: &mut Unit, grant: &Grant) -> Outcome<()> {
    let GrantScope::Campaign(campaign) = grant.scope else {
        return Ok(());
    };
    let part = match grant.role {
        Role::Hunter => PersonPart::Hunter,
        Role::Verifier => PersonPart::Verifier,
        Role::Pilot => PersonPart::Pilot,
        Role::Observer => PersonPart::Observer,
        _ => return Ok(()),
    };
    let participant = Participant {
        id: ParticipantId(unit.fresh_id()),
        campaign,
        person: grant.person,
        part,
        from: unit.now,
        until: None,
        suspended_at: None,
    };
    let person = CampaignPerson {
        participant,
        organisation: grant.organisation,
        grant: grant.id,
        suspension: None,
    };
    unit.store.insert_participant(&person).await?;
    let body = json!({"person": grant.person, "part": part, "organisation": grant.organisation});
    unit.record(&Acting::Person(grant.person), entry(campaign, "campaign.joined", body))
        .await?;
    Ok(())
}
