//! Disclosure: how much of a vulnerability one reader gets, computed and never stored.

use crate::coded;
use crate::deployment::Standing;
use crate::ids::OrganisationId;
use crate::sharing::{Embargo, Phase, Tlp};
use crate::time::Timestamp;
use crate::vulnerability::{Reach, Vulnerability};

coded! {
    /// How much of a vulnerability a reader gets; each level holds those before it.
    pub enum Disclosure {
        /// Nothing: it does not exist.
        None = "none",
        /// That it exists, in which product, how severe, its clocks; no text of it.
        Existence = "existence",
        /// The alert besides: whom to call and what to watch.
        Alert = "alert",
        /// Workarounds.
        Measures = "measures",
        /// Everything but the exploit.
        Details = "details",
        /// Everything.
        Exploit = "exploit",
    }
}

coded! {
    /// A reader's part in the handling of this vulnerability.
    pub enum CaseRole {
        /// Organiser of a programme that found it.
        Organiser = "organiser",
        /// Verifier of a campaign that found it.
        Verifier = "verifier",
        /// Contact of the product's vendor.
        Vendor = "vendor",
        /// Pilot of a campaign that found it.
        Pilot = "pilot",
        /// Observer of a campaign or programme that found it.
        Observer = "observer",
    }
}

/// One organisation that a reader belongs to or works for, and what its deployment is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunBy {
    /// The organisation that runs an affected product.
    pub organisation: OrganisationId,
    /// What its deployment is worth now.
    pub standing: Standing,
}

/// What is known about a reader at one instant; ended roles, deployments and memberships are not
/// in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReaderFacts {
    /// The reader's parts in the handling.
    pub case_roles: Vec<CaseRole>,
    /// The deployments of an affected product by the reader's own organisations.
    pub deployments: Vec<RunBy>,
    /// The deployments of an affected product that the reader's organisations operate for others.
    pub operates_for: Vec<RunBy>,
    /// Whether the reader belongs to the working group.
    pub is_member: bool,
    /// Whether the reader is named in person: let through the TLP, never past what their own
    /// deployments give in the phase.
    pub is_named: bool,
}

/// What is known about a vulnerability's sharing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharingFacts {
    /// How far it reaches.
    pub reach: Reach,
    /// Whether it stands by itself (see `domain::vulnerability::stands`).
    pub stands: bool,
    /// How far it is shared.
    pub phase: Phase,
    /// Who may read at most.
    pub tlp: Tlp,
    /// What holds it back.
    pub embargo: Embargo,
    /// Since when it is known to be exploited.
    pub exploited_at: Option<Timestamp>,
    /// Whether every campaign that found it has ended (true where none did).
    pub campaign_ended: bool,
    /// Whether the convention of each campaign that found it shares the restitution with the
    /// working group (false where none found it).
    pub restitution_shared: bool,
}

impl SharingFacts {
    /// Gives what is known of a vulnerability, with what its campaigns say.
    #[must_use]
    pub const fn of(vulnerability: &Vulnerability, campaign_ended: bool, restitution_shared: bool) -> Self {
        Self {
            reach: vulnerability.reach,
            stands: vulnerability.stands(),
            phase: vulnerability.phase,
            tlp: vulnerability.tlp,
            embargo: vulnerability.embargo,
            exploited_at: vulnerability.exploited_at,
            campaign_ended,
            restitution_shared,
        }
    }

    /// Gives the phase that counts at `now`: the stored one, held back by the embargo; what does
    /// not stand is told to nobody but those who handle it.
    #[must_use]
    pub fn phase_at(&self, now: Timestamp) -> Phase {
        if !self.stands {
            return Phase::Restricted;
        }
        self.phase.min(self.embargo.cap(self.exploited_at, now))
    }
}

/// Gives how much of a vulnerability the reader gets at `now`.
///
/// Those who handle it read it in every phase. Everyone else needs both the phase and the TLP.
#[must_use]
pub fn disclosure(reader: &ReaderFacts, facts: &SharingFacts, now: Timestamp) -> Disclosure {
    let phase = facts.phase_at(now);
    let handler = reader.case_roles.iter().map(|role| by_role(*role, phase)).max();
    let admits = |widest_needed: Tlp| facts.tlp >= widest_needed || reader.is_named;

    let own = standing(&reader.deployments, facts.reach);
    let deployer = if admits(Tlp::AmberStrict) {
        by_standing(own, phase)
    } else {
        Disclosure::None
    };

    let operated = standing(&reader.operates_for, facts.reach);
    let operator = if admits(Tlp::Amber) {
        by_standing(operated, phase)
    } else {
        Disclosure::None
    };

    let member = if may_read_summary(reader, facts, now)
        && (phase >= Phase::Public || (phase >= Phase::Details && facts.restitution_shared))
    {
        Disclosure::Details
    } else {
        Disclosure::None
    };
    [
        handler.unwrap_or(Disclosure::None),
        deployer,
        operator,
        member,
        public(facts, phase),
    ]
    .into_iter()
    .max()
    .unwrap_or(Disclosure::None)
}

/// Says whether a member who does not run the product may read the summary that counts this
/// vulnerability: product, versions, coverage, counts by severity, state of correction, fix.
///
/// Only once the campaign has ended, never before `measures`, and where the TLP reaches members.
#[must_use]
pub fn may_read_summary(reader: &ReaderFacts, facts: &SharingFacts, now: Timestamp) -> bool {
    reader.is_member
        && facts.reach == Reach::Product
        && facts.campaign_ended
        && facts.phase_at(now) >= Phase::Measures
        && facts.tlp >= Tlp::Green
}

/// Gives what the public gets.
fn public(facts: &SharingFacts, phase: Phase) -> Disclosure {
    if facts.reach == Reach::Product && phase == Phase::Public && facts.tlp == Tlp::Clear {
        Disclosure::Details
    } else {
        Disclosure::None
    }
}

/// Gives what a part in the handling gives: all in every phase, but to observers, who read no text
/// of what is told to nobody yet.
fn by_role(role: CaseRole, phase: Phase) -> Disclosure {
    match role {
        CaseRole::Organiser | CaseRole::Verifier | CaseRole::Vendor | CaseRole::Pilot => Disclosure::Exploit,
        CaseRole::Observer if phase == Phase::Restricted => Disclosure::Existence,
        CaseRole::Observer => Disclosure::Alert,
    }
}

/// Gives what a deployment of this worth gives in a phase.
fn by_standing(standing: Standing, phase: Phase) -> Disclosure {
    let shared = phase.tells();
    match standing {
        Standing::None => Disclosure::None,
        Standing::Declared => shared.min(Disclosure::Alert),
        Standing::Confirmed => shared,
    }
}

/// Gives the best standing among deployments that the vulnerability reaches.
fn standing(runs: &[RunBy], reach: Reach) -> Standing {
    let reached = |run: &&RunBy| match reach {
        Reach::Product => true,
        Reach::Deployment(only) => run.organisation == only,
    };
    runs.iter()
        .filter(reached)
        .map(|run| run.standing)
        .max()
        .unwrap_or(Standing::None)
}
