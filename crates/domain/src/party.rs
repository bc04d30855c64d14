//! Who takes part in a campaign: organisations that commit themselves, people with a part.

use crate::coded;
use crate::ids::{CampaignId, OrganisationId, ParticipantId, PartyId, PersonId};
use crate::time::Timestamp;

coded! {
    /// As what an organisation takes part in a campaign.
    pub enum PartyKind {
        /// Its students test.
        School = "school",
        /// Its applications are tested (a commune of the programme).
        Beneficiary = "beneficiary",
        /// It hosts targets and verifies reports.
        Operator = "operator",
        /// It makes a product that is tested.
        Vendor = "vendor",
        /// It leads the campaign for the others.
        Pilot = "pilot",
        /// It hosts a system that is tested.
        Host = "host",
        /// It supervises.
        Observer = "observer",
        /// It runs the programme.
        Organiser = "organiser",
    }
}

coded! {
    /// What a person does in a campaign.
    pub enum PersonPart {
        /// Leads it.
        Pilot = "pilot",
        /// Looks for flaws.
        Hunter = "hunter",
        /// Reproduces and rates reports.
        Verifier = "verifier",
        /// Supervises.
        Observer = "observer",
    }
}

/// An organisation of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its identifier.
    pub id: PartyId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// As what it takes part.
    pub kind: PartyKind,
    /// When it committed itself, once it has.
    pub committed_at: Option<Timestamp>,
    /// From when it takes part.
    pub from: Timestamp,
    /// Until when, where it has left.
    pub until: Option<Timestamp>,
}

impl Party {
    /// Says whether the organisation takes part at `now`.
    #[must_use]
    pub fn takes_part(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }

    /// Says whether the organisation has committed itself by `now`.
    #[must_use]
    pub fn is_committed(&self, now: Timestamp) -> bool {
        self.committed_at.is_some_and(|at| at <= now)
    }
}

/// A person of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Its identifier.
    pub id: ParticipantId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The person.
    pub person: PersonId,
    /// What they do.
    pub part: PersonPart,
    /// From when.
    pub from: Timestamp,
    /// Until when, where it has ended.
    pub until: Option<Timestamp>,
    /// Since when they are suspended, where they are.
    pub suspended_at: Option<Timestamp>,
}

impl Participant {
    /// Says whether the person takes part at `now`, suspended or not.
    #[must_use]
    pub fn takes_part(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }

    /// Says whether the person is suspended at `now`.
    #[must_use]
    pub fn is_suspended(&self, now: Timestamp) -> bool {
        self.suspended_at.is_some_and(|at| at <= now)
    }
}
