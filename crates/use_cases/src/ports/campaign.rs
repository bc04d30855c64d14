//! Ports of campaigns: parties, people, products, scope, rules, test accounts.

use super::{Reader, Stored};
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::authorisation::{Authorisation, SignerRole};
use domain::campaign::{Campaign, CampaignState};
use domain::ids::{
    AssetId, CallId, CampaignId, GrantId, OrganisationId, ParticipantId, PartyId, PersonId, ProductId, ProgrammeId,
    RulesId, TestAccountId, VersionId,
};
use domain::party::{Participant, Party, PartyKind, PersonPart};
use domain::programme::NoticeKind;
use domain::readiness::{TestedProduct, all_authorised};
use domain::retention::recordings_until;
use domain::scope::{AssetKind, RulesOfEngagement};
use domain::time::Within;
use domain::{AccessFacts, Timestamp};
use std::collections::HashSet;
use uuid::Uuid;

/// The programme in which a campaign is opened, as policies ask about it.
#[derive(Clone, Debug)]
pub struct CampaignFrame {
    /// The programme.
    pub programme: ProgrammeId,
    /// The organisation that answers for it.
    pub owner: OrganisationId,
    /// Its readable address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The act it rests on.
    pub legal_basis: String,
    /// The notice that follows it.
    pub notice: NoticeKind,
}

impl Resource for CampaignFrame {
    const TYPE: &'static str = "CampaignFrame";

    fn id(&self) -> Uuid {
        self.programme.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("programme", Attr::id(self.programme)),
            ("owner", Attr::organisation(self.owner)),
        ]
    }
}

/// A product that a campaign tests.
#[derive(Clone, Debug)]
pub struct CampaignProduct {
    /// The product.
    pub product: ProductId,
    /// Its name.
    pub name: String,
    /// Its readable address.
    pub slug: String,
    /// The version that is tested, where it is known.
    pub version: Option<VersionId>,
    /// What that version is called; empty where it is not known.
    pub version_name: String,
    /// Who makes it.
    pub vendor: OrganisationId,
    /// Who owns the tested systems.
    pub owners: Vec<OrganisationId>,
    /// Who hosts the tested systems.
    pub hosts: Vec<OrganisationId>,
    /// Whether it was being tested once more when the campaign was announced, or when it was added later.
    pub duplicate: bool,
    /// Why it is tested once more, sealed under the campaign.
    pub duplicate_reason: Option<Vec<u8>>,
}

/// A person of a campaign with the organisation they take part for.
#[derive(Clone, Debug)]
pub struct CampaignPerson {
    /// Their part.
    pub participant: Participant,
    /// The organisation they take part for.
    pub organisation: OrganisationId,
    /// The grant that lets them in.
    pub grant: GrantId,
    /// Why they are suspended, sealed under the campaign.
    pub suspension: Option<Vec<u8>>,
}

/// A campaign with everything that decides about it.
#[derive(Clone, Debug)]
pub struct CampaignRecord {
    /// The campaign.
    pub campaign: Campaign,
    /// The programme it belongs to.
    pub frame: CampaignFrame,
    /// The call whose confirmed candidates it serves.
    pub call: Option<CallId>,
    /// What it is about, in a few sentences.
    pub summary: String,
    /// Whether it was ever announced; a draft that is cancelled stays with those who wrote it.
    pub announced: bool,
    /// What is forbidden to whoever tests.
    pub prohibitions: String,
    /// Whom to call so that everything stops.
    pub stop_contact: String,
    /// Days after its end for which its recordings are kept.
    pub recording_days: i64,
    /// Where the target is, sealed under the campaign.
    pub target_url: Option<Vec<u8>>,
    /// Who stopped it and why, sealed under the campaign.
    pub suspension: Option<Vec<u8>>,
    /// Its open parties.
    pub parties: Vec<Party>,
    /// The reader's organisations that joined it and run, confirmed, what it tests.
    pub joined: Vec<OrganisationId>,
    /// The reader's organisations that run it so, and that the group that answers for them brought in, or asks.
    pub brought: Vec<OrganisationId>,
    /// Its people whose part is open; of a list's records, the reader alone ([`Campaigns::campaigns_of`]).
    pub people: Vec<CampaignPerson>,
    /// What it tests.
    pub products: Vec<CampaignProduct>,
    /// The authorisations that were asked for and not replaced.
    pub authorisations: Vec<Authorisation>,
    /// Who accepted its present rules; of a list's records, the reader alone.
    pub rules_accepted: Vec<PersonId>,
}

impl CampaignRecord {
    /// Gives the instant from which its recordings are kept no more.
    #[must_use]
    pub fn recordings_until(&self) -> Timestamp {
        recordings_until(self.campaign.window, self.recording_days)
    }

    /// Gives the name of a product that it tests; empty where it tests it no more.
    #[must_use]
    pub fn product_name(&self, id: &ProductId) -> &str {
        let found = self.products.iter().find(|one| one.product == *id);
        found.map(|one| one.name.as_str()).unwrap_or_default()
    }

    /// Gives the organisations that are parties of a kind.
    #[must_use]
    pub fn organisations(&self, kind: PartyKind) -> Vec<OrganisationId> {
        self.parties
            .iter()
            .filter(|p| p.kind == kind)
            .map(|p| p.organisation)
            .collect()
    }

    /// Gives the people who have a part, suspended ones included.
    #[must_use]
    pub fn people_with(&self, part: PersonPart) -> Vec<PersonId> {
        let of = |p: &&CampaignPerson| p.participant.part == part;
        self.people.iter().filter(of).map(|p| p.participant.person).collect()
    }

    /// Gives a person's part of a kind.
    #[must_use]
    pub fn person_with(&self, person: PersonId, part: PersonPart) -> Option<&CampaignPerson> {
        self.people
            .iter()
            .find(|p| p.participant.person == person && p.participant.part == part)
    }

    /// Gives the products with those whose leave they need.
    #[must_use]
    pub fn tested_products(&self) -> Vec<TestedProduct> {
        let tested = |p: &CampaignProduct| TestedProduct {
            product: p.product,
            vendor: p.vendor,
            owners: p.owners.clone(),
            hosts: p.hosts.clone(),
            unexplained: p.duplicate && p.duplicate_reason.is_none(),
        };
        self.products.iter().map(tested).collect()
    }

    /// Says whether everyone whose leave is needed gives it at `now`.
    #[must_use]
    pub fn authorised_at(&self, now: Timestamp) -> bool {
        all_authorised(&self.tested_products(), &self.authorisations, now)
    }

    /// Gives the state that the clock and the authorisations make of the stored one.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> CampaignState {
        self.campaign.state_at(self.authorised_at(now), now)
    }

    /// Says whether a person accepted the present rules.
    #[must_use]
    pub fn has_accepted_rules(&self, person: PersonId) -> bool {
        self.rules_accepted.contains(&person)
    }

    /// Gives what decides whether a person may reach the targets at `now`.
    #[must_use]
    pub fn access_facts(&self, person: PersonId, now: Timestamp) -> AccessFacts {
        let parts = [PersonPart::Hunter, PersonPart::Verifier];
        let part = parts.into_iter().find_map(|part| self.person_with(person, part));
        AccessFacts {
            campaign: self.state_at(now),
            authorised: self.authorised_at(now),
            inside_window: self.campaign.window.at(now) == Within::Inside,
            takes_part: part.is_some_and(|p| p.participant.takes_part(now)),
            person_suspended: part.is_some_and(|p| p.participant.is_suspended(now)),
            rules_accepted: self.has_accepted_rules(person),
            consent_missing: false,
        }
    }
}

impl Resource for CampaignRecord {
    const TYPE: &'static str = "Campaign";

    fn id(&self) -> Uuid {
        self.campaign.id.0
    }

    fn attributes(&self) -> Attributes {
        let of = |kind| Attr::ids(self.organisations(kind));
        let suspended = self.people.iter().filter(|p| p.participant.suspended_at.is_some());
        vec![
            ("id", Attr::id(self.campaign.id)),
            ("programme", Attr::id(self.frame.programme)),
            ("owner", Attr::organisation(self.frame.owner)),
            ("announced", Attr::Bool(self.announced)),
            ("parties", Attr::ids(self.parties.iter().map(|p| p.organisation))),
            ("joined", Attr::ids(self.joined.iter().copied())),
            ("brought", Attr::ids(self.brought.iter().copied())),
            ("asked", Attr::ids(self.authorisations.iter().map(|a| a.organisation))),
            ("operators", of(PartyKind::Operator)),
            ("vendors", of(PartyKind::Vendor)),
            ("schools", of(PartyKind::School)),
            ("beneficiaries", of(PartyKind::Beneficiary)),
            ("pilots", of(PartyKind::Pilot)),
            ("hunters", Attr::ids(self.people_with(PersonPart::Hunter))),
            ("people", Attr::ids(self.people.iter().map(|p| p.participant.person))),
            ("suspended", Attr::ids(suspended.map(|p| p.participant.person))),
            ("rules_accepted", Attr::ids(self.rules_accepted.iter().copied())),
        ]
    }
}

/// A party with what policies ask about it.
#[derive(Clone, Debug)]
pub struct PartyRecord {
    /// The party.
    pub party: Party,
    /// Whether its campaign was ever announced.
    pub announced: bool,
}

impl Resource for PartyRecord {
    const TYPE: &'static str = "CampaignParty";

    fn id(&self) -> Uuid {
        self.party.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("organisation", Attr::organisation(self.party.organisation)),
            ("part", Attr::code(self.party.kind.code())),
            ("announced", Attr::Bool(self.announced)),
        ]
    }
}

/// What an organiser writes of a campaign.
#[derive(Clone, Debug)]
pub struct CampaignDraftRow {
    /// The campaign, with its name, kind, window and rules.
    pub campaign: Campaign,
    /// The call whose confirmed candidates it serves.
    pub call: Option<CallId>,
    /// What it is about.
    pub summary: String,
    /// What is forbidden.
    pub prohibitions: String,
    /// Whom to call so that everything stops.
    pub stop_contact: String,
    /// Days after its end for which its recordings are kept.
    pub recording_days: i64,
}

/// A campaign in a list.
#[derive(Clone, Debug)]
pub struct CampaignLine {
    /// The campaign.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// The programme's name.
    pub programme: String,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// Its stored state.
    pub state: CampaignState,
    /// When it opens.
    pub opens_at: Timestamp,
    /// When it closes.
    pub closes_at: Timestamp,
}

/// Something that may or may not be tested, as stored.
#[derive(Clone, Debug)]
pub struct AssetRow {
    /// Its identifier.
    pub id: AssetId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The product it belongs to.
    pub product: ProductId,
    /// What it is.
    pub kind: AssetKind,
    /// Whether it may be tested.
    pub inside: bool,
    /// Its address, sealed under the campaign.
    pub value: Vec<u8>,
    /// A remark about it, sealed under the campaign.
    pub note: Option<Vec<u8>>,
}

/// Credentials for a tester, as stored.
#[derive(Clone, Debug)]
pub struct TestAccountRow {
    /// Its identifier.
    pub id: TestAccountId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The product it opens.
    pub product: ProductId,
    /// What tells it from others, sealed under the campaign.
    pub label: Vec<u8>,
    /// The credentials, sealed under the campaign.
    pub secret: Vec<u8>,
    /// Who has it.
    pub handed_to: Option<PersonId>,
    /// When it was handed out.
    pub handed_at: Option<Timestamp>,
}

/// Which of its own products a beneficiary sees tested.
#[derive(Clone, Debug)]
pub struct TestedDeployment {
    /// Who runs it.
    pub organisation: OrganisationId,
    /// The product.
    pub product: ProductId,
    /// The installed version; empty where it is not known.
    pub version: String,
    /// What tells the installation from others.
    pub label: String,
    /// Whether it is confirmed.
    pub confirmed: bool,
}

/// A call whose confirmed candidates may be chosen.
#[derive(Clone, Debug)]
pub struct CallChoice {
    /// The call.
    pub id: CallId,
    /// Its title.
    pub title: String,
}

/// Campaigns and what they are made of.
#[async_trait]
pub trait Campaigns {
    /// Gives the programme in which a campaign may be opened.
    async fn campaign_frame(&mut self, programme: ProgrammeId) -> Stored<Option<Loaded<CampaignFrame>>>;
    /// Gives the programme in which a campaign may be opened, by its readable address.
    async fn campaign_frame_by_slug(&mut self, slug: &str) -> Stored<Option<Loaded<CampaignFrame>>>;
    /// Gives a campaign, with the reader's organisations among those who joined it.
    async fn campaign(&mut self, id: CampaignId, reader: &Reader) -> Stored<Option<Loaded<CampaignRecord>>>;
    /// Gives some campaigns for a person's list, in no order: among their people and those who accepted their rules
    /// is that person only, of whom alone the policies ask. As many statements for one as for many.
    async fn campaigns_of(
        &mut self,
        ids: &[CampaignId],
        reader: &Reader,
        person: PersonId,
    ) -> Stored<Vec<Loaded<CampaignRecord>>>;
    /// Lists who has a part in a campaign and a role there that holds, by their parts.
    async fn campaign_people(&mut self, id: CampaignId, now: Timestamp) -> Stored<Vec<(PersonId, PersonPart)>>;
    /// Gives those of some campaigns in which somebody has a hunter's part and a role there that holds.
    async fn campaigns_hunted(&mut self, ids: &[CampaignId], now: Timestamp) -> Stored<HashSet<CampaignId>>;
    /// Gives a campaign for a change: its row is locked until the end.
    async fn take_campaign(&mut self, id: CampaignId, reader: &Reader) -> Stored<Option<Loaded<CampaignRecord>>>;
    /// Adds a campaign.
    async fn insert_campaign(&mut self, draft: &CampaignDraftRow, by: Option<PersonId>, at: Timestamp) -> Stored<()>;
    /// Rewrites what an organiser writes of a campaign.
    async fn update_campaign(&mut self, draft: &CampaignDraftRow) -> Stored<()>;
    /// Moves a campaign to a state.
    async fn set_campaign_state(
        &mut self,
        id: CampaignId,
        state: CampaignState,
        suspended_at: Option<Timestamp>,
        suspension: Option<Vec<u8>>,
    ) -> Stored<()>;
    /// Sets where the target is.
    async fn set_campaign_target(&mut self, id: CampaignId, url: Option<Vec<u8>>) -> Stored<()>;
    /// Chooses the rules of a campaign.
    async fn set_campaign_rules(&mut self, id: CampaignId, rules: RulesId) -> Stored<()>;
    /// Lists the campaigns that concern organisations, as owners or parties, those of programmes,
    /// and those in which a person has a part, newest first.
    async fn campaigns_about(
        &mut self,
        organisations: &[OrganisationId],
        programmes: &[ProgrammeId],
        person: PersonId,
    ) -> Stored<Vec<CampaignLine>>;
    /// Lists the campaigns of a programme, newest first.
    async fn campaigns_of_programme(&mut self, programme: ProgrammeId) -> Stored<Vec<CampaignLine>>;

    /// Adds a product to a campaign, or changes its version, owners and hosts.
    async fn set_campaign_product(
        &mut self,
        campaign: CampaignId,
        product: ProductId,
        version: Option<VersionId>,
        signers: &[(SignerRole, OrganisationId)],
    ) -> Stored<()>;
    /// Notes that a product of a campaign is tested once more.
    async fn note_duplicate(&mut self, campaign: CampaignId, product: ProductId) -> Stored<()>;
    /// Keeps the sealed reason for which a product is tested once more.
    async fn explain_duplicate(&mut self, campaign: CampaignId, product: ProductId, reason: &[u8]) -> Stored<()>;
    /// Takes a product out of a campaign.
    async fn remove_campaign_product(&mut self, campaign: CampaignId, product: ProductId) -> Stored<()>;
    /// Gives which of the campaign's products its beneficiaries run.
    async fn tested_deployments(&mut self, campaign: CampaignId) -> Stored<Vec<TestedDeployment>>;
    /// Lists the calls of a programme.
    async fn call_choices(&mut self, programme: ProgrammeId) -> Stored<Vec<CallChoice>>;
    /// Gives the confirmed candidates of a call.
    async fn confirmed_candidates(&mut self, call: CallId) -> Stored<Vec<OrganisationId>>;

    /// Gives a party.
    async fn party(&mut self, id: PartyId) -> Stored<Option<Loaded<PartyRecord>>>;
    /// Adds a party, unless the same one is open.
    async fn insert_party(&mut self, party: &Party) -> Stored<()>;
    /// Ends a party.
    async fn end_party(&mut self, id: PartyId, at: Timestamp) -> Stored<()>;
    /// Marks a party committed, once.
    async fn commit_party(&mut self, id: PartyId, by: PersonId, grant: Option<GrantId>, at: Timestamp) -> Stored<()>;
    /// Lists the open parties of organisations that have not committed to an announced campaign.
    async fn parties_to_commit(&mut self, organisations: &[OrganisationId]) -> Stored<Vec<(Party, CampaignLine)>>;

    /// Adds a person to a campaign, unless the same part is open.
    async fn insert_participant(&mut self, person: &CampaignPerson) -> Stored<()>;
    /// Ends a person's part.
    async fn end_participant(&mut self, id: ParticipantId, at: Timestamp) -> Stored<()>;
    /// Suspends a person, or lets them in again.
    async fn suspend_participant(
        &mut self,
        id: ParticipantId,
        at: Option<Timestamp>,
        reason: Option<Vec<u8>>,
    ) -> Stored<()>;

    /// Adds a version of a programme's rules and gives its number.
    async fn insert_rules(&mut self, rules: &RulesOfEngagement, by: Option<PersonId>, at: Timestamp) -> Stored<()>;
    /// Gives rules.
    async fn rules(&mut self, id: RulesId) -> Stored<Option<RulesOfEngagement>>;
    /// Lists a programme's rules, newest version first.
    async fn rules_of_programme(&mut self, programme: ProgrammeId) -> Stored<Vec<(RulesOfEngagement, Timestamp)>>;
    /// Notes that a person accepted rules for a campaign.
    async fn accept_rules(
        &mut self,
        rules: RulesId,
        campaign: CampaignId,
        person: PersonId,
        at: Timestamp,
    ) -> Stored<()>;

    /// Adds something to the scope.
    async fn insert_asset(&mut self, asset: &AssetRow, at: Timestamp) -> Stored<()>;
    /// Takes something out of the scope.
    async fn end_asset(&mut self, campaign: CampaignId, id: AssetId, at: Timestamp) -> Stored<()>;
    /// Gives a campaign's scope.
    async fn scope_assets(&mut self, campaign: CampaignId) -> Stored<Vec<AssetRow>>;

    /// Adds credentials for a tester.
    async fn insert_test_account(&mut self, account: &TestAccountRow, at: Timestamp) -> Stored<()>;
    /// Lists a campaign's test accounts.
    async fn test_accounts(&mut self, campaign: CampaignId) -> Stored<Vec<TestAccountRow>>;
    /// Hands an account out to a person, once.
    async fn hand_test_account(&mut self, id: TestAccountId, to: PersonId, at: Timestamp) -> Stored<()>;
    /// Ends a test account.
    async fn end_test_account(&mut self, campaign: CampaignId, id: TestAccountId, at: Timestamp) -> Stored<()>;
}
