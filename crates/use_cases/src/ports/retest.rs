//! Ports of retests: who is asked whether a fix holds, and what they found.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::ids::{CampaignId, OrganisationId, PersonId, RetestId, VulnerabilityId};
use domain::programme::ProgrammeSettings;
use domain::retest::{OfferedTo, Retest, RetestState};
use uuid::Uuid;

/// A retest as stored, with who may make and judge it at one instant.
#[derive(Clone, Debug)]
pub struct RetestRecord {
    /// The retest.
    pub retest: Retest,
    /// The hunter it is offered to, where it is one.
    pub offered_person: Option<PersonId>,
    /// When it was offered.
    pub offered_at: Timestamp,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// The organisation of the hunter who makes it; none for a verifier.
    pub tester_organisation: Option<OrganisationId>,
    /// What was found, in words, sealed.
    pub evidence_sealed: Option<Vec<u8>>,
    /// When it was reported.
    pub reported_at: Option<Timestamp>,
    /// Who judged it.
    pub confirmed_by: Option<PersonId>,
    /// When.
    pub confirmed_at: Option<Timestamp>,
    /// The instant at which the circle below was computed.
    pub at: Timestamp,
    /// The hunters of the campaigns that found it who are not suspended.
    pub hunters: Vec<PersonId>,
    /// The accredited testers of its programme; of one that waits on a person, or on nobody of them, at most that one.
    pub pool: Vec<PersonId>,
    /// The campaigns in which these hunt.
    pub grounds: Vec<CampaignId>,
    /// Who accepted it and let its term run out, the latest last, with when it did.
    pub lapsed: Vec<(PersonId, Timestamp)>,
    /// The campaigns that found the vulnerability.
    pub campaigns: Vec<CampaignId>,
    /// Each with the organisations that verify in it.
    pub posts: Vec<(CampaignId, OrganisationId)>,
    /// The product's vendor, who never judges its own fix.
    pub vendor: OrganisationId,
    /// The delays of the programme.
    pub settings: ProgrammeSettings,
}

impl RetestRecord {
    /// Gives those who accepted it and let its term run out, also before the clock has passed it on.
    fn lapsed_by(&self) -> Vec<PersonId> {
        let over = self.retest.state == RetestState::Accepted && self.retest.state_at(self.at) == RetestState::Expired;
        let now = self.retest.by.filter(|_| over);
        self.lapsed.iter().map(|(person, _)| *person).chain(now).collect()
    }

    /// Gives when a person let the term of their acceptance run out last.
    #[must_use]
    pub fn lapsed_at(&self, person: PersonId) -> Option<Timestamp> {
        let current = self.retest.report_ends_at.filter(|_| self.retest.by == Some(person));
        let kept = self.lapsed.iter().rev().find(|(who, _)| *who == person);
        current.filter(|end| *end <= self.at).or(kept.map(|(_, at)| *at))
    }

    /// Gives the accredited testers who may be asked: whoever let it run out is not asked again.
    pub fn others(&self) -> impl Iterator<Item = PersonId> {
        let lapsed = self.lapsed_by();
        self.pool.iter().copied().filter(move |tester| !lapsed.contains(tester))
    }

    /// Gives since when it waits: when it was accepted, or else offered.
    #[must_use]
    pub fn waits_since(&self) -> Timestamp {
        self.accepted_at.unwrap_or(self.offered_at)
    }
}

impl Resource for RetestRecord {
    const TYPE: &'static str = "Retest";

    fn id(&self) -> Uuid {
        self.retest.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("state", Attr::code(self.retest.state_at(self.at).code())),
            (
                "offered_to",
                Attr::code(self.retest.offered_to.map_or("", OfferedTo::code)),
            ),
            ("offered_person", Attr::maybe_person(self.offered_person)),
            ("accepted_by", Attr::maybe_person(self.retest.by)),
            (
                "tester_organisation",
                Attr::maybe_organisation(self.tester_organisation),
            ),
            ("hunters", Attr::ids(self.hunters.iter().copied())),
            ("pool", Attr::ids(self.pool.iter().copied())),
            ("grounds", Attr::ids(self.grounds.iter().copied())),
            ("lapsed", Attr::ids(self.lapsed_by())),
            ("campaigns", Attr::ids(self.campaigns.iter().copied())),
            ("operators", Attr::ids(self.posts.iter().map(|(_, operator)| *operator))),
            ("posts", Attr::posts(self.posts.iter().copied())),
            ("vendor", Attr::organisation(self.vendor)),
        ]
    }
}

/// Whom a list of waiting retests is for.
#[derive(Clone, Debug)]
pub struct RetestsWaiting {
    /// The person.
    pub person: PersonId,
    /// The campaigns in which they hunt.
    pub hunts: Vec<CampaignId>,
    /// The campaigns in which they verify.
    pub verifies: Vec<CampaignId>,
    /// The organisations for which they verify everything.
    pub operators: Vec<OrganisationId>,
}

/// The rows of retests.
#[async_trait]
pub trait Retests {
    /// Gives the retests of a vulnerability, oldest first.
    async fn retests(&mut self, id: VulnerabilityId, now: Timestamp) -> Stored<Vec<RetestRecord>>;
    /// Gives what verifiers confirmed of the retests of a vulnerability, oldest first.
    async fn verdicts(&mut self, id: VulnerabilityId) -> Stored<Vec<Retest>>;
    /// Gives a retest with who may make it at an instant.
    async fn retest(&mut self, id: RetestId, now: Timestamp) -> Stored<Option<Loaded<RetestRecord>>>;
    /// Takes a retest for a change.
    async fn take_retest(&mut self, id: RetestId, now: Timestamp) -> Stored<Option<Loaded<RetestRecord>>>;
    /// Adds a retest.
    async fn insert_retest(&mut self, record: &RetestRecord) -> Stored<()>;
    /// Saves a retest that was taken at this revision.
    async fn save_retest(&mut self, record: &RetestRecord, revision: i64) -> Stored<()>;
    /// Notes that a person let the term of their acceptance run out.
    async fn insert_lapse(&mut self, id: Uuid, record: &RetestRecord, person: PersonId, at: Timestamp) -> Stored<()>;
    /// Lists retests that wait for a person: offered to them or to the testers of their programmes,
    /// accepted by them, or to be made or judged by the verifiers they are.
    async fn retests_waiting(&mut self, waiting: &RetestsWaiting, now: Timestamp) -> Stored<Vec<RetestId>>;
    /// Lists the retests that wait on a person alone: accepted by them, or offered to them by name.
    async fn retests_in_hand(&mut self, person: PersonId) -> Stored<Vec<RetestId>>;
    /// Gives the retest of a vulnerability that is under way, where there is one.
    async fn living_retest(&mut self, id: VulnerabilityId) -> Stored<Option<RetestId>>;
}
