//! Who learns how much of a vulnerability: `product.md` §5.1 once more, written plainly.

use super::model::{CampaignOf, Flaw, ProgrammeOf, Reader, World};
use domain::campaign::CampaignState;
use domain::deployment::DeploymentState;
use domain::disclosure::Disclosure;
use domain::ids::OrganisationId;
use domain::role::{Grant, GrantScope, Role};
use domain::sharing::{Embargo, Phase, Tlp};
use domain::vulnerability::{Origin, Reach, VulnerabilityState};
use testkit::START;

impl ProgrammeOf {
    /// Says whether an organisation is a member now.
    pub fn has_member(&self, organisation: OrganisationId) -> bool {
        self.members.iter().any(|(member, from, until)| {
            *member == organisation && *from <= START && until.is_none_or(|until| START < until)
        })
    }
}

impl Reader {
    /// Gives the roles that hold now.
    pub fn held(&self) -> impl Iterator<Item = &Grant> {
        self.grants
            .iter()
            .filter(|grant| grant.from <= START && grant.until.is_none_or(|end| START < end))
    }

    /// Says whether the reader belongs to an organisation now, in whatever role.
    pub fn belongs_to(&self, organisation: OrganisationId) -> bool {
        self.held().any(|grant| grant.organisation == organisation)
    }
}

impl World {
    fn found(&self, flaw: &Flaw) -> Vec<&CampaignOf> {
        self.campaigns
            .iter()
            .filter(|campaign| flaw.found.contains(&campaign.id))
            .collect()
    }

    /// Gives how much of a flaw a reader gets; nobody is a reader without roles.
    pub fn level(&self, reader: Option<&Reader>, flaw: &Flaw) -> Disclosure {
        let held = reader.into_iter().flat_map(Reader::held);
        let named = reader.is_some_and(|reader| flaw.named.contains(&reader.who.id));
        held.map(|grant| self.by_grant(grant.role, grant.organisation, grant.scope, flaw, named))
            .chain([Self::by_everybody(flaw)])
            .max()
            .unwrap()
    }

    fn by_grant(
        &self,
        role: Role,
        organisation: OrganisationId,
        scope: GrantScope,
        flaw: &Flaw,
        named: bool,
    ) -> Disclosure {
        let found = self.found(flaw);
        let first = self
            .programmes
            .iter()
            .find(|programme| programme.id == flaw.programme)
            .unwrap();
        let in_scope = match scope {
            GrantScope::Organisation => false,
            GrantScope::Programme(id) => first.id == id || found.iter().any(|campaign| campaign.programme == id),
            GrantScope::Campaign(id) => flaw.found.contains(&id),
        };
        let whole = scope == GrantScope::Organisation;
        let campaign = matches!(scope, GrantScope::Campaign(_));
        let owns = first.owner == organisation || found.iter().any(|campaign| campaign.owner == organisation);
        let makes = self.products.contains(&(flaw.product, organisation));
        match role {
            Role::Organiser if (whole && owns) || (in_scope && !campaign) => Disclosure::Exploit,
            Role::Verifier if self.verifies(organisation, scope, flaw) => Disclosure::Exploit,
            Role::Pilot if in_scope && campaign => Disclosure::Exploit,
            Role::VendorContact if whole && makes && flaw.notified => Disclosure::Exploit,
            Role::Observer if in_scope && told(flaw) == Phase::Restricted => Disclosure::Existence,
            Role::Observer if in_scope => Disclosure::Alert,
            Role::SecurityOfficer | Role::Signatory if whole => self
                .by_deployment(organisation, flaw, named)
                .max(self.by_hosting(organisation, flaw, named))
                .max(self.by_membership(organisation, flaw)),
            Role::Member if whole => self.by_membership(organisation, flaw),
            _ => Disclosure::None,
        }
    }

    /// Says whether a verifier's role reaches a flaw; one of a single campaign has rights there as long as
    /// their organisation operates it.
    pub fn verifies(&self, organisation: OrganisationId, scope: GrantScope, flaw: &Flaw) -> bool {
        self.found(flaw).iter().any(|one| {
            one.operators.contains(&(organisation, false))
                && (scope == GrantScope::Organisation || scope == GrantScope::Campaign(one.id))
        })
    }

    /// Gives what an organisation learns of its own deployments, through a reader who is named or not.
    pub fn by_deployment(&self, organisation: OrganisationId, flaw: &Flaw, named: bool) -> Disclosure {
        let own = |runs: OrganisationId, _: Option<OrganisationId>| runs == organisation;
        if flaw.tlp == Tlp::Red && !named {
            Disclosure::None
        } else {
            self.by_runs(flaw, own)
        }
    }

    fn by_hosting(&self, organisation: OrganisationId, flaw: &Flaw, named: bool) -> Disclosure {
        let hosted = |_: OrganisationId, host: Option<OrganisationId>| host == Some(organisation);
        if matches!(flaw.tlp, Tlp::Red | Tlp::AmberStrict) && !named {
            Disclosure::None
        } else {
            self.by_runs(flaw, hosted)
        }
    }

    /// A declared deployment gives the alert at most, a confirmed one what the phase tells.
    fn by_runs(&self, flaw: &Flaw, counts: impl Fn(OrganisationId, Option<OrganisationId>) -> bool) -> Disclosure {
        let told = match told(flaw) {
            Phase::Restricted => Disclosure::None,
            Phase::Alert => Disclosure::Alert,
            Phase::Measures => Disclosure::Measures,
            Phase::Details | Phase::Public => Disclosure::Details,
        };
        let runs = self.deployments.iter().filter(|run| {
            (run.product == flaw.product || flaw.linked.contains(&run.product)) && counts(run.organisation, run.host)
        });
        let reached =
            runs.filter(|run| flaw.reach == Reach::Product || flaw.reach == Reach::Deployment(run.organisation));
        reached
            .map(|run| match run.state {
                DeploymentState::Confirmed => told,
                DeploymentState::Declared => told.min(Disclosure::Alert),
                DeploymentState::Ended => Disclosure::None,
            })
            .max()
            .unwrap_or(Disclosure::None)
    }

    /// Says whether members read of a flaw at all: once every campaign that found it has ended,
    /// never before `measures`, where the TLP reaches them.
    pub fn in_summary(&self, flaw: &Flaw) -> bool {
        let over = |campaign: &&CampaignOf| match campaign.state {
            CampaignState::Verifying | CampaignState::Closed | CampaignState::Archived => true,
            CampaignState::Ready | CampaignState::Open | CampaignState::Suspended => campaign.closes_at <= START,
            CampaignState::Draft | CampaignState::Planned | CampaignState::Cancelled => false,
        };
        flaw.reach == Reach::Product
            && self.found(flaw).iter().all(over)
            && told(flaw) >= Phase::Measures
            && matches!(flaw.tlp, Tlp::Green | Tlp::Clear)
    }

    /// Gives what members of a programme get of a flaw that it found.
    pub fn for_members(&self, flaw: &Flaw) -> Disclosure {
        let found = self.found(flaw);
        let agreed = !found.is_empty() && found.iter().all(|campaign| campaign.shared);
        let told = told(flaw);
        if self.in_summary(flaw) && (told == Phase::Public || (told == Phase::Details && agreed)) {
            Disclosure::Details
        } else {
            Disclosure::None
        }
    }

    fn by_membership(&self, organisation: OrganisationId, flaw: &Flaw) -> Disclosure {
        let found = self.found(flaw);
        let its = self.programmes.iter().filter(|programme| {
            programme.id == flaw.programme || found.iter().any(|campaign| campaign.programme == programme.id)
        });
        let mut its = its.filter(|programme| programme.has_member(organisation));
        if its.next().is_some() {
            self.for_members(flaw)
        } else {
            Disclosure::None
        }
    }

    /// Gives what everybody gets.
    pub fn by_everybody(flaw: &Flaw) -> Disclosure {
        if flaw.reach == Reach::Product && told(flaw) == Phase::Public && flaw.tlp == Tlp::Clear {
            Disclosure::Details
        } else {
            Disclosure::None
        }
    }
}

/// Gives the phase that counts: none of what was dismissed or merged, or of what no report
/// supports any more, and held back by an embargo
/// that runs, unless an exploitation is known.
fn told(flaw: &Flaw) -> Phase {
    let supported = flaw.origin != Origin::Report || !flaw.supported.is_empty();
    if !supported || matches!(flaw.state, VulnerabilityState::Dismissed | VulnerabilityState::Merged) {
        return Phase::Restricted;
    }
    match flaw.embargo {
        Embargo::Until {
            until,
            details_consented,
        } if until > START && flaw.exploited_at.is_none() => flaw.phase.min(if details_consented {
            Phase::Details
        } else {
            Phase::Measures
        }),
        _ => flaw.phase,
    }
}
