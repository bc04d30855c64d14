//! The people of a campaign: invited, suspended, withdrawn.

use super::{clock, entry, names, taken};
use crate::error::{Error, Fields, Outcome};
use crate::people::{Invite, Invited, create_invitation};
use crate::perform::UseCase;
use crate::ports::{CampaignPerson, CampaignRecord};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::Acting;
use authorization::action::{EnrolHunters, ManageCampaign, SuspendCampaign};
use domain::Timestamp;
use domain::contact::email_is_plausible;
use domain::ids::{CampaignId, OrganisationId, ParticipantId, PersonId};
use domain::party::PersonPart;
use domain::role::{GrantScope, Role};
use serde_json::json;

/// Invites somebody to a part of a campaign, by a link.
#[derive(Clone, Debug)]
pub struct InviteToCampaign {
    /// The campaign.
    pub campaign: CampaignId,
    /// The part; none where nothing was chosen.
    pub part: Option<PersonPart>,
    /// The organisation they take part for: one of the campaign's parties, or its owner; none where nothing was chosen.
    pub organisation: Option<OrganisationId>,
    /// Where to send the link; without an address it is handed over by hand.
    pub email: Option<String>,
    /// What tells it from others in a list, never a person's name.
    pub label: String,
}

const fn role_of(part: PersonPart) -> Role {
    match part {
        PersonPart::Pilot => Role::Pilot,
        PersonPart::Hunter => Role::Hunter,
        PersonPart::Verifier => Role::Verifier,
        PersonPart::Observer => Role::Observer,
    }
}

impl UseCase for InviteToCampaign {
    type Output = Invited;

    async fn run(&self, unit: &mut Unit) -> Outcome<Invited> {
        let proof = taken::<ManageCampaign>(unit, self.campaign).await?;
        let acting = proof.acting().clone();
        let mut fields = Fields::new();
        let label = fields.optional("label", &self.label, 200);
        let email = self.email.as_deref().map(str::trim).filter(|e| !e.is_empty());
        if email.is_some_and(|email| !email_is_plausible(email)) {
            fields.add("email", "error-not-an-email");
        }
        let takes_part = |id: &OrganisationId| {
            *id == proof.frame.owner || proof.parties.iter().any(|party| party.organisation == *id)
        };
        let organisation = self.organisation.filter(takes_part);
        if organisation.is_none() {
            fields.add("organisation", "error-choose");
        }
        if self.part.is_none() {
            fields.add("part", "error-choose");
        }
        fields.done_in(&["part", "organisation", "email", "label"])?;
        let (Some(part), Some(organisation)) = (self.part, organisation) else {
            return Err(Error::NotFound);
        };
        let invite = Invite {
            organisation,
            role: role_of(part),
            scope: GrantScope::Campaign(self.campaign),
            label: label.clone(),
            email: email.map(str::to_owned),
        };
        let invited = create_invitation(unit, &acting, &invite, label).await?;
        let body = json!({"invitation": invited.id, "part": part, "organisation": organisation});
        unit.record(&acting, entry(self.campaign, "campaign.invited", body))
            .await?;
        Ok(invited)
    }
}

/// Takes a campaign for a change of one person's part: as its organiser, as a pilot for its hunters, or as the
/// school of one of its hunters.
async fn taken_for(
    unit: &mut Unit,
    campaign: CampaignId,
    id: ParticipantId,
) -> Outcome<(CampaignRecord, Acting, CampaignPerson)> {
    let found = unit
        .store
        .take_campaign(campaign, &unit.reader)
        .await?
        .ok_or(Error::NotFound)?;
    let person = found
        .peek()
        .people
        .iter()
        .find(|p| p.participant.id == id)
        .cloned()
        .ok_or(Error::NotFound)?;
    match unit.permit::<SuspendCampaign, _>(found.clone()) {
        Ok(proof) => {
            let hunts = person.participant.part == PersonPart::Hunter;
            if !hunts && !unit.may::<ManageCampaign, _>(&*proof) {
                return Err(Error::NotFound);
            }
            let acting = proof.acting().clone();
            Ok((proof.into_value(), acting, person))
        }
        Err(_) => {
            let proof = unit.permit::<EnrolHunters, _>(found)?;
            let acting = proof.acting().clone();
            let own =
                person.participant.part == PersonPart::Hunter && acting.organisation() == Some(person.organisation);
            if !own {
                return Err(Error::NotFound);
            }
            Ok((proof.into_value(), acting, person))
        }
    }
}

/// Suspends one person of a campaign, or lets them in again; it acts at once.
#[derive(Clone, Debug)]
pub struct SetPersonSuspended {
    /// The campaign.
    pub campaign: CampaignId,
    /// Their part.
    pub participant: ParticipantId,
    /// Whether they are suspended from now on.
    pub suspended: bool,
    /// Why.
    pub reason: String,
}

impl UseCase for SetPersonSuspended {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let (_, acting, person) = taken_for(unit, self.campaign, self.participant).await?;
        let mut fields = Fields::new();
        let reason = fields.required("reason", &self.reason, 2_000);
        fields.done()?;
        if person.participant.suspended_at.is_some() == self.suspended {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let at = place("campaign_person", "suspension_sealed", self.participant.0);
        let sealed = match self.suspended {
            true => Some(
                unit.seal(KeyHolder::Campaign(self.campaign), at, reason.as_bytes())
                    .await?,
            ),
            false => None,
        };
        let since = self.suspended.then_some(unit.now);
        unit.store.suspend_participant(self.participant, since, sealed).await?;
        let kind = if self.suspended {
            "campaign.person_suspended"
        } else {
            "campaign.person_resumed"
        };
        let who = person.participant.person;
        unit.record(
            &acting,
            entry(self.campaign, kind, json!({"person": who, "reason": reason})),
        )
        .await?;
        let mail = if self.suspended {
            "mail.campaign-you-suspended"
        } else {
            "mail.campaign-you-resumed"
        };
        clock::mail_one(unit, self.campaign, who, mail).await
    }
}

/// Ends a person's part in a campaign, and the grant that let them in.
#[derive(Clone, Debug)]
pub struct WithdrawPerson {
    /// The campaign.
    pub campaign: CampaignId,
    /// Their part.
    pub participant: ParticipantId,
    /// Whether they said that they are sure: it cannot be undone.
    pub sure: bool,
}

impl UseCase for WithdrawPerson {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let (_, acting, person) = taken_for(unit, self.campaign, self.participant).await?;
        if !self.sure {
            return Err(Error::field("sure", "error-sure"));
        }
        unit.store.end_participant(self.participant, unit.now).await?;
        let grant = unit.store.grant(person.grant).await?.ok_or(Error::NotFound)?;
        unit.store.end_grant(&grant, unit.now).await?;
        let body = json!({"person": person.participant.person, "part": person.participant.part});
        unit.record(&acting, entry(self.campaign, "campaign.person_withdrawn", body))
            .await?;
        Ok(())
    }
}

/// A person in the list of a campaign, by pseudonym.
#[derive(Clone, Debug)]
pub struct PeopleLine {
    /// Their part's identifier.
    pub id: ParticipantId,
    /// Who.
    pub person: PersonId,
    /// Their pseudonym; the name of those who never hunted.
    pub pseudonym: String,
    /// The organisation they take part for.
    pub organisation: String,
    /// Their part.
    pub part: PersonPart,
    /// Since when.
    pub since: Timestamp,
    /// Since when they are suspended.
    pub suspended_at: Option<Timestamp>,
    /// Whether they accepted the present rules.
    pub rules_accepted: bool,
}

/// The people of a campaign, for its organiser.
#[derive(Clone, Debug)]
pub struct PeoplePage {
    /// The campaign.
    pub record: CampaignRecord,
    /// Its people.
    pub people: Vec<PeopleLine>,
    /// The organisations that one may take part for.
    pub organisations: Vec<(OrganisationId, String)>,
    /// Whether the reader may invite.
    pub may_invite: bool,
}

/// Gives the people of a campaign, of one organisation or of all.
pub(crate) async fn lines(
    unit: &mut Unit,
    record: &CampaignRecord,
    only: Option<OrganisationId>,
) -> Outcome<Vec<PeopleLine>> {
    let of = |p: &&CampaignPerson| only.is_none_or(|only| p.organisation == only);
    let chosen: Vec<&CampaignPerson> = record.people.iter().filter(of).collect();
    let organisations: Vec<OrganisationId> = chosen.iter().map(|p| p.organisation).collect();
    let names = names(unit, &organisations).await?;
    let ids: Vec<PersonId> = chosen.iter().map(|p| p.participant.person).collect();
    let mut pseudonyms = std::collections::HashMap::new();
    for some in ids.chunks(256) {
        for person in unit.store.people(some).await? {
            pseudonyms.insert(person.id, person.pseudonym);
        }
    }
    let mut lines = Vec::new();
    for p in chosen {
        let person = p.participant.person;
        // Who does not hunt has a name that those who work with them know.
        let pseudonym = match pseudonyms
            .get(&person)
            .cloned()
            .filter(|pseudonym| !pseudonym.is_empty())
        {
            Some(pseudonym) => pseudonym,
            None => unit.name_of(person).await?,
        };
        lines.push(PeopleLine {
            id: p.participant.id,
            person,
            pseudonym,
            organisation: names.get(&p.organisation).cloned().unwrap_or_default(),
            part: p.participant.part,
            since: p.participant.from,
            suspended_at: p.participant.suspended_at,
            rules_accepted: record.has_accepted_rules(person),
        });
    }
    Ok(lines)
}

/// Shows the people of a campaign to its organiser and pilots.
pub struct ViewCampaignPeople(pub CampaignId);

impl UseCase for ViewCampaignPeople {
    type Output = PeoplePage;

    async fn run(&self, unit: &mut Unit) -> Outcome<PeoplePage> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let record = unit.permit_found::<SuspendCampaign, _>(found)?.into_value();
        let people = lines(unit, &record, None).await?;
        let mut ids: Vec<OrganisationId> = record.parties.iter().map(|p| p.organisation).collect();
        ids.push(record.frame.owner);
        ids.sort_unstable();
        ids.dedup();
        let organisations = unit.store.organisations(&ids).await?;
        Ok(PeoplePage {
            may_invite: unit.may::<ManageCampaign, _>(&record),
            people,
            organisations: organisations.into_iter().map(|o| (o.id, o.name)).collect(),
            record,
        })
    }
}
