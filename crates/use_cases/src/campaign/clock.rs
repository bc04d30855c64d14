//! What the clock does to a campaign: the state follows it at every check; jobs announce it.

use super::{entry, moves};
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{CampaignRecord, JobRow};
use crate::unit::Unit;
use authorization::action::AnnounceCampaign;
use authorization::{Acting, SystemKind};
use domain::NoticeKind;
use domain::campaign::{CampaignEvent, CampaignState};
use domain::ids::{CampaignId, OrganisationId, PersonId};
use domain::machine::Machine;
use domain::party::PersonPart;
use domain::role::Role;
use domain::time::Within;
use i18n::Arg;
use serde_json::json;
use std::collections::BTreeSet;

/// Puts the jobs in the queue that look at a campaign when its state changes by itself.
pub(crate) async fn enqueue(unit: &mut Unit, record: &CampaignRecord) -> Outcome<()> {
    let id = record.campaign.id;
    let ends = record
        .authorisations
        .iter()
        .filter(|a| a.signed_at.is_some())
        .filter_map(|a| a.expires_at);
    let instants = [record.campaign.window.opens_at, record.campaign.window.closes_at];
    // What was made ready only after its window opened is open at once.
    let late = record.campaign.state == CampaignState::Ready && record.state_at(unit.now) == CampaignState::Open;
    for at in instants.into_iter().chain(ends).chain(late.then_some(unit.now)) {
        if at > unit.now || late && at == unit.now {
            unit.enqueue(
                "campaign.clock",
                format!("campaign.clock/{id}/{}", at.0),
                Some(id.0),
                None,
                at,
            )
            .await?;
        }
    }
    Ok(())
}

/// Stores and announces what the clock has done to a campaign.
pub(crate) async fn announce(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a clock without a campaign".to_owned()))?;
    perform(&Context::system(app, SystemKind::Clock), Announce(CampaignId(id))).await
}

struct Announce(CampaignId);

impl UseCase for Announce {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.take_campaign(self.0, &unit.reader).await?;
        let proof = unit.permit_found::<AnnounceCampaign, _>(found)?;
        let acting = proof.acting().clone();
        let (stored, now) = (proof.campaign.state, proof.state_at(unit.now));
        match (stored, now) {
            (CampaignState::Ready, CampaignState::Open) => {
                let state = stored.after(CampaignEvent::Open)?;
                unit.store.set_campaign_state(self.0, state, None, None).await?;
                unit.record(&acting, entry(self.0, "campaign.opened", json!({})))
                    .await?;
                mail_people(unit, &proof, "mail.campaign-opened").await
            }
            (CampaignState::Planned | CampaignState::Ready, CampaignState::Planned | CampaignState::Ready)
                if proof.campaign.window.at(unit.now) == Within::Inside =>
            {
                mail_organisers(unit, &proof, "mail.campaign-not-opened").await
            }
            (CampaignState::Open, CampaignState::Suspended) => {
                moves::suspend(unit, &proof, &acting, "", "campaign.suspended_unauthorised").await?;
                mail_organisers(unit, &proof, "mail.campaign-suspended").await
            }
            (CampaignState::Ready, CampaignState::Verifying) => {
                let opened = stored.after(CampaignEvent::Open)?;
                self.end_window(unit, &proof, &acting, opened).await
            }
            (CampaignState::Open | CampaignState::Suspended, CampaignState::Verifying) => {
                self.end_window(unit, &proof, &acting, stored).await
            }
            _ => Ok(()),
        }
    }
}

impl Announce {
    async fn end_window(
        &self,
        unit: &mut Unit,
        record: &CampaignRecord,
        acting: &Acting,
        from: CampaignState,
    ) -> Outcome<()> {
        let state = from.after(CampaignEvent::EndWindow)?;
        unit.store.set_campaign_state(self.0, state, None, None).await?;
        unit.record(acting, entry(self.0, "campaign.window_ended", json!({})))
            .await?;
        mail_people(unit, record, "mail.campaign-window-ended").await
    }
}

/// Writes to everybody who has a part and a role that holds, and to the organisers.
pub(crate) async fn mail_people(unit: &mut Unit, record: &CampaignRecord, kind: &str) -> Outcome<()> {
    mail_parts(unit, record, PersonPart::ALL, kind).await
}

/// Writes to those who have some parts and a role that holds, and to the organisers.
pub(crate) async fn mail_parts(
    unit: &mut Unit,
    record: &CampaignRecord,
    parts: &[PersonPart],
    kind: &str,
) -> Outcome<()> {
    let mut people = unit.store.campaign_people(record.campaign.id, unit.now).await?;
    people.retain(|(_, part)| parts.contains(part));
    let people: BTreeSet<PersonId> = people.into_iter().map(|(person, _)| person).collect();
    for person in people {
        mail_one(unit, record.campaign.id, person, kind).await?;
    }
    mail_organisers(unit, record, kind).await
}

/// Writes to those who run the programme.
pub(crate) async fn mail_organisers(unit: &mut Unit, record: &CampaignRecord, kind: &str) -> Outcome<()> {
    mail_roles(unit, record.campaign.id, record.frame.owner, &[Role::Organiser], kind).await
}

/// Writes to the officers of every party.
pub(crate) async fn mail_parties(unit: &mut Unit, record: &CampaignRecord, kind: &str) -> Outcome<()> {
    let mut organisations: Vec<OrganisationId> = record.parties.iter().map(|p| p.organisation).collect();
    organisations.sort_unstable();
    organisations.dedup();
    let roles = [
        Role::SecurityOfficer,
        Role::Signatory,
        Role::VendorContact,
        Role::SchoolSupervisor,
        Role::Verifier,
    ];
    for organisation in organisations {
        mail_roles(unit, record.campaign.id, organisation, &roles, kind).await?;
    }
    Ok(())
}

/// Writes to those who hold one of the roles for a whole organisation.
pub(crate) async fn mail_roles(
    unit: &mut Unit,
    campaign: CampaignId,
    organisation: OrganisationId,
    roles: &[Role],
    kind: &str,
) -> Outcome<()> {
    let grants = unit.store.grants_of_organisation(organisation, unit.now).await?;
    let mut people: Vec<PersonId> = grants
        .into_iter()
        .filter(|g| roles.contains(&g.role) && g.scope == domain::role::GrantScope::Organisation)
        .map(|g| g.person)
        .collect();
    people.sort_unstable();
    people.dedup();
    for person in people {
        mail_one(unit, campaign, person, kind).await?;
    }
    Ok(())
}

/// Writes to one person about a campaign, once for each instant.
pub(crate) async fn mail_one(unit: &mut Unit, campaign: CampaignId, person: PersonId, kind: &str) -> Outcome<()> {
    let key = format!("{kind}/{campaign}/{person}/{}", unit.now.0);
    unit.enqueue(kind, key, Some(campaign.0), Some(person), unit.now).await
}

struct NameOf(CampaignId);

impl UseCase for NameOf {
    type Output = Option<(String, String, NoticeKind)>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        Ok(found.map(|found| {
            let record = found.peek();
            (
                record.campaign.name.clone(),
                record.frame.slug.clone(),
                record.frame.notice,
            )
        }))
    }
}

/// Sends a mail about a campaign: its name and its address, nothing of what it tests.
pub(crate) async fn mail(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .map(CampaignId)
        .ok_or_else(|| Error::Internal("a mail without a campaign".to_owned()))?;
    let context = Context::system(app, SystemKind::Mailer);
    let Some((name, slug, notice)) = read(&context, NameOf(id)).await? else {
        return Ok(());
    };
    let path = match job.kind.as_str() {
        "mail.campaign-corrected-asked" => addresses::people::DESK.to_owned(),
        "mail.campaign-corrected-answered" => addresses::target::corrected(id.0),
        "mail.campaign-findings" => addresses::finding::list(id.0),
        // The campaign's own page does not open to them.
        "mail.campaign-join-declined" => addresses::programme::programme(&slug),
        _ => addresses::campaign::show(id.0),
    };
    let link = format!("{}{path}", app.settings.public_url);
    let args = [("campaign", Arg::Text(name)), ("link", Arg::Text(link))];
    crate::mail::to_person(app, job, &job.kind.replace('.', "-"), notice, &args).await
}
