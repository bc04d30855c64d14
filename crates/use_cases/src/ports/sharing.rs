//! Ports of the sharing part: what is known of a vulnerability's sharing, and its positions.

use super::{CaseCampaign, Stored, what_conventions_say};
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::concern::Rated;
use domain::disclosure::SharingFacts;
use domain::ids::{CampaignId, DeploymentId, OrganisationId, PersonId, ProductId, ProgrammeId, VulnerabilityId};
use domain::position::{PositionState, waits_for_signature};
use domain::programme::NoticeKind;
use domain::severity::Severity;
use domain::sharing::{Embargo, Phase, Tlp};
use domain::vulnerability::{Origin, Reach, VulnerabilityState, stands};
use domain::{Correction, DeploymentState, Standing};
use uuid::Uuid;

/// A vulnerability as its sharing sees it: no text, only what decides who learns what.
#[derive(Clone, Debug)]
pub struct SharingCase {
    /// The vulnerability.
    pub id: VulnerabilityId,
    /// Its number within the product.
    pub number: i64,
    /// The product.
    pub product: ProductId,
    /// The product's name.
    pub product_name: String,
    /// The product's readable address.
    pub product_slug: String,
    /// Who makes the product.
    pub vendor: OrganisationId,
    /// The vendor's name.
    pub vendor_name: String,
    /// The programme.
    pub programme: ProgrammeId,
    /// The programme's name.
    pub programme_name: String,
    /// The programme's readable address.
    pub programme_slug: String,
    /// Who owns the programme.
    pub owner: OrganisationId,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// Days that the programme gives a vendor for its opinion.
    pub opinion_days: i64,
    /// Days that the programme gives a deployer to say where it stands.
    pub position_days: i64,
    /// The campaigns that found it.
    pub campaigns: Vec<CaseCampaign>,
    /// Whether its vendor was told.
    pub notified: bool,
    /// How far it reaches.
    pub reach: Reach,
    /// Where it stands.
    pub state: VulnerabilityState,
    /// By what it was opened.
    pub origin: Origin,
    /// How many verified reports support it.
    pub reports: i64,
    /// How severe it is.
    pub band: Severity,
    /// Its score in tenths, once rated.
    pub score: Option<i64>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The version announced last as corrected; ask [`SharingCase::fixed_in`] whether it is.
    pub announced_version: Option<String>,
    /// Whether a retest of this round confirmed that version.
    pub retest_confirmed: bool,
    /// When a retest of this round confirmed it.
    pub retest_confirmed_at: Option<Timestamp>,
    /// How far it is shared.
    pub phase: Phase,
    /// Since when.
    pub phase_at: Timestamp,
    /// Who may read it at most.
    pub tlp: Tlp,
    /// What holds it back.
    pub embargo: Embargo,
    /// Since when it is known to be exploited.
    pub exploited_at: Option<Timestamp>,
    /// Who agreed to publish it without a fix.
    pub approved_by: Option<PersonId>,
    /// The vendor's opinion on the next step.
    pub opinion: VendorOpinion,
    /// When those whose answer is late were reminded last.
    pub reminded_at: Option<Timestamp>,
    /// The people who are named for it in person.
    pub named: Vec<PersonId>,
    /// The other products that it affects, with who makes each.
    pub linked: Vec<(ProductId, OrganisationId)>,
    /// The revision of its row.
    pub revision: i64,
}

/// The vendor's opinion on the next step, as far as it goes.
#[derive(Clone, Debug, Default)]
pub struct VendorOpinion {
    /// By when it is asked for; none where nobody asked.
    pub due: Option<Timestamp>,
    /// When it was given.
    pub given_at: Option<Timestamp>,
    /// `favourable` or `unfavourable`, once given.
    pub says: Option<String>,
    /// The vendor's reason, sealed under the vulnerability.
    pub reason: Option<Vec<u8>>,
}

impl SharingCase {
    /// Gives what decides the disclosure at `now`.
    #[must_use]
    pub fn facts(&self, now: Timestamp) -> SharingFacts {
        let (campaign_ended, restitution_shared) = what_conventions_say(&self.campaigns, now);
        SharingFacts {
            reach: self.reach,
            stands: self.lives(),
            phase: self.phase,
            tlp: self.tlp,
            embargo: self.embargo,
            exploited_at: self.exploited_at,
            campaign_ended,
            restitution_shared,
        }
    }

    /// Says whether a fix holds (see `domain::fix::holds`).
    #[must_use]
    pub const fn fix_holds(&self) -> bool {
        domain::fix::holds(self.state, self.retest_confirmed)
    }

    /// Gives where the correction stands for those who do not handle it.
    #[must_use]
    pub const fn correction(&self) -> Correction {
        Correction::of(self.state, self.retest_confirmed)
    }

    /// Gives the version that a retest confirmed as corrected.
    #[must_use]
    pub fn fixed_in(&self) -> Option<&str> {
        self.announced_version.as_deref().filter(|_| self.fix_holds())
    }

    /// Gives when what those who do not handle it read of it changed last: its phase, or its correction.
    #[must_use]
    pub fn changed_at(&self) -> Timestamp {
        let fixed = self.retest_confirmed_at.filter(|_| self.fix_holds());
        fixed.map_or(self.phase_at, |at| at.max(self.phase_at))
    }

    /// Says whether it stands by itself (see `domain::vulnerability::stands`).
    #[must_use]
    pub fn lives(&self) -> bool {
        stands(self.state, self.origin, self.reports)
    }

    /// Gives every product that it affects.
    #[must_use]
    pub fn products(&self) -> Vec<ProductId> {
        let linked = self.linked.iter().map(|(product, _)| *product);
        [self.product].into_iter().chain(linked).collect()
    }

    /// Says whether a campaign found it.
    #[must_use]
    pub fn found_in(&self, campaign: CampaignId) -> bool {
        self.campaigns.iter().any(|found| found.id == campaign)
    }
}

impl Resource for SharingCase {
    const TYPE: &'static str = "SharingCase";

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("owner", Attr::organisation(self.owner)),
            ("vendor", Attr::organisation(self.vendor)),
            (
                "vendors",
                Attr::ids(self.linked.iter().map(|(_, vendor)| *vendor).chain([self.vendor])),
            ),
            ("programme", Attr::id(self.programme)),
            ("campaigns", Attr::ids(self.campaigns.iter().map(|c| c.id))),
            (
                "operators",
                Attr::ids(self.campaigns.iter().flat_map(|c| c.operators.iter().copied())),
            ),
            ("posts", Attr::posts(super::posts_in(&self.campaigns))),
            ("notified", Attr::Bool(self.notified)),
        ]
    }
}

/// Which vulnerabilities a list of sharing looks at.
#[derive(Clone, Debug)]
pub enum CaseFilter {
    /// Of those of a programme, or that one of its campaigns found, the newest that its members may be told something
    /// of: the caller still asks the rule of each.
    ToldMembers(ProgrammeId),
    /// As [`CaseFilter::ToldMembers`], for everybody.
    ToldEverybody(ProgrammeId),
    /// Those that wait for an organiser at an instant, as many as a desk asks for: whose vendor gave its opinion or let its time pass,
    /// and of which deployers let theirs pass.
    Organised {
        /// The organisations whose programmes they organise.
        owners: Vec<OrganisationId>,
        /// The programmes that they organise beside those.
        programmes: Vec<ProgrammeId>,
        /// The instant.
        now: Timestamp,
    },
    /// Those of the products that these vendors make, on which their opinion is asked and not given.
    AskedOf(Vec<OrganisationId>),
    /// Those that affect a product.
    Product(ProductId),
    /// Of the products that an organisation runs, or ran and answered for, the shared ones that wait for it at an
    /// instant, as many as a desk asks for: an answer, a signature, the end of an accepted risk.
    AwaitedOf(OrganisationId, Timestamp),
    /// As [`CaseFilter::AwaitedOf`], only those of which the acceptance of a risk waits for a signature.
    ToSign(OrganisationId, Timestamp),
}

/// A deployment of a product, as a circle counts it.
#[derive(Clone, Debug)]
pub struct CircleRow {
    /// The deployment.
    pub id: DeploymentId,
    /// Who runs it.
    pub organisation: OrganisationId,
    /// What it runs.
    pub product: ProductId,
    /// Where it stands.
    pub state: DeploymentState,
    /// Since when.
    pub from: Timestamp,
}

impl CircleRow {
    /// Gives what the deployment is worth to its reader.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match self.state {
            DeploymentState::Declared => Standing::Declared,
            DeploymentState::Confirmed => Standing::Confirmed,
            DeploymentState::Ended => Standing::None,
        }
    }
}

/// An acceptance of the risk that a security officer proposes to their signatory.
#[derive(Clone, Debug)]
pub struct RiskRow {
    /// Why and until when, sealed under the vulnerability.
    pub sealed: Vec<u8>,
    /// Until when the risk would be accepted.
    pub until: Timestamp,
    /// Who proposes it.
    pub by: PersonId,
    /// Since when.
    pub at: Timestamp,
}

/// How severe a vulnerability is for a deployer, as it says itself.
#[derive(Clone, Debug)]
pub struct OwnRow {
    /// How severe.
    pub rated: Rated,
    /// The vector and the reason, sealed under the vulnerability.
    pub sealed: Vec<u8>,
    /// Who said so.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// A position as stored.
#[derive(Clone, Debug)]
pub struct PositionRow {
    /// Its identifier.
    pub id: Uuid,
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The deployer.
    pub organisation: OrganisationId,
    /// Its stored state; ask [`PositionRow::state_at`] what the clock makes of it.
    pub state: PositionState,
    /// When the deployer was informed.
    pub informed_at: Option<Timestamp>,
    /// When somebody of it first read it.
    pub read_at: Option<Timestamp>,
    /// When it last said where it stands.
    pub answered_at: Option<Timestamp>,
    /// Who said so.
    pub answered_by: Option<PersonId>,
    /// Why, sealed under the vulnerability.
    pub reason: Option<Vec<u8>>,
    /// Who accepts the risk and why, sealed under the vulnerability.
    pub acceptance: Option<Vec<u8>>,
    /// Until when the risk is accepted.
    pub acceptance_until: Option<Timestamp>,
    /// The acceptance that waits for a signature, where one was proposed.
    pub proposal: Option<RiskRow>,
    /// How severe it is for the deployer, where it said so.
    pub own: Option<OwnRow>,
    /// Whether the deployment was declared after the vulnerability was opened.
    pub declared_late: bool,
    /// When the deployment ended.
    pub left_at: Option<Timestamp>,
    /// The revision of its row.
    pub revision: i64,
}

impl PositionRow {
    /// Gives the state at `now`: an acceptance that expired is affected again.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> PositionState {
        match (self.state, self.acceptance_until) {
            (PositionState::RiskAccepted, Some(until)) if now < until => PositionState::RiskAccepted,
            (PositionState::RiskAccepted, _) => PositionState::Affected,
            (state, _) => state,
        }
    }

    /// Gives since when an answer is awaited, where one is.
    #[must_use]
    pub fn unanswered_since(&self) -> Option<Timestamp> {
        match self.state {
            PositionState::Informed | PositionState::Read => self.informed_at,
            _ => None,
        }
    }

    /// Says whether an acceptance of the risk waits for a signature at `now`.
    #[must_use]
    pub fn waits_for_signature(&self, now: Timestamp) -> bool {
        let until = self.proposal.as_ref().map(|proposal| proposal.until);
        waits_for_signature(self.state_at(now), until, now)
    }
}

impl Resource for PositionRow {
    const TYPE: &'static str = "Position";

    fn id(&self) -> Uuid {
        self.id
    }

    fn attributes(&self) -> Attributes {
        vec![("organisation", Attr::organisation(self.organisation))]
    }
}

/// One move of a phase.
#[derive(Clone, Debug)]
pub struct PhaseMoveRow {
    /// Its identifier.
    pub id: Uuid,
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// From where.
    pub from: Phase,
    /// To where.
    pub to: Phase,
    /// Why, sealed under the vulnerability.
    pub reason: Option<Vec<u8>>,
    /// Who moved it.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// What is known of the sharing of vulnerabilities, and positions.
#[async_trait]
pub trait Positions {
    /// Gives a vulnerability as its sharing sees it.
    async fn sharing_case(&mut self, id: VulnerabilityId) -> Stored<Option<Loaded<SharingCase>>>;
    /// Takes a vulnerability for changing its sharing; nobody else changes it meanwhile.
    async fn take_sharing_case(&mut self, id: VulnerabilityId) -> Stored<Option<Loaded<SharingCase>>>;
    /// Saves phase, TLP, embargo, approval and the vendor's opinion of a taken vulnerability.
    async fn save_sharing(&mut self, case: &SharingCase) -> Stored<()>;
    /// Lists the vulnerabilities of a filter, newest first.
    async fn sharing_cases(&mut self, filter: &CaseFilter) -> Stored<Vec<SharingCase>>;
    /// Counts who was informed of each vulnerability before an instant and has not answered, and since when the first
    /// was; none where nobody.
    async fn count_late(
        &mut self,
        cases: &[(VulnerabilityId, Timestamp)],
    ) -> Stored<Vec<(VulnerabilityId, i64, Timestamp)>>;
    /// Keeps a move.
    async fn insert_phase_move(&mut self, row: &PhaseMoveRow) -> Stored<()>;

    /// Gives the open deployments of some products, by organisation.
    async fn circle(&mut self, products: &[ProductId]) -> Stored<Vec<CircleRow>>;
    /// Counts the organisations of those deployments, each once; only one of them where a vulnerability concerns it alone.
    async fn count_circle(&mut self, products: &[ProductId], only: Option<OrganisationId>) -> Stored<i64>;
    /// Gives the open deployments of an organisation.
    async fn run_by(&mut self, organisation: OrganisationId) -> Stored<Vec<CircleRow>>;
    /// Gives the living position of a deployer on a vulnerability.
    async fn position(
        &mut self,
        vulnerability: VulnerabilityId,
        organisation: OrganisationId,
    ) -> Stored<Option<Loaded<PositionRow>>>;
    /// Gives a position by its identifier.
    async fn position_by_id(&mut self, id: Uuid) -> Stored<Option<Loaded<PositionRow>>>;
    /// Counts who has answered of a vulnerability, and has not left.
    async fn count_answered(&mut self, vulnerability: VulnerabilityId) -> Stored<i64>;
    /// Lists all positions on a vulnerability.
    async fn positions(&mut self, vulnerability: VulnerabilityId) -> Stored<Vec<PositionRow>>;
    /// Lists an organisation's positions.
    async fn positions_of(&mut self, organisation: OrganisationId) -> Stored<Vec<PositionRow>>;
    /// Adds a position, unless a living one is there.
    async fn insert_position(&mut self, row: &PositionRow) -> Stored<()>;
    /// Saves a position at the revision that was loaded.
    async fn save_position(&mut self, row: &PositionRow) -> Stored<()>;
}
