//! Readiness: who and what is missing before a campaign can open.

use crate::authorisation::{Authorisation, AuthorisationState, SignerRole};
use crate::campaign::CampaignKind;
use crate::ids::{OrganisationId, ProductId};
use crate::party::{Party, PartyKind};
use crate::scope::ScopeAsset;
use crate::time::{Timestamp, Window};

/// A product that the campaign tests, with those whose leave it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestedProduct {
    /// The product.
    pub product: ProductId,
    /// Who makes it.
    pub vendor: OrganisationId,
    /// Who owns the systems that are tested.
    pub owners: Vec<OrganisationId>,
    /// Who hosts the systems that are tested.
    pub hosts: Vec<OrganisationId>,
    /// Whether it is tested once more, and nobody has written why.
    pub unexplained: bool,
}

/// What is known about a campaign that prepares.
#[derive(Clone, Copy, Debug)]
pub struct ReadinessFacts<'a> {
    /// How it tests.
    pub kind: CampaignKind,
    /// Its window.
    pub window: Window,
    /// What it tests.
    pub products: &'a [TestedProduct],
    /// Its parties, with their commitments.
    pub parties: &'a [Party],
    /// Its authorisations.
    pub authorisations: &'a [Authorisation],
    /// Its scope.
    pub scope: &'a [ScopeAsset],
    /// Whether its rules of engagement are chosen.
    pub has_rules: bool,
}

/// One thing that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// There is no product to test.
    Products,
    /// The window is empty, or over.
    Window,
    /// No rules of engagement are chosen.
    Rules,
    /// A product is tested once more, and nobody has written why.
    Reason(ProductId),
    /// Nothing of a product may be tested.
    Scope(ProductId),
    /// Nobody owns, or nobody hosts, the system of a product.
    Signer(ProductId, SignerRole),
    /// No party is of this kind.
    Party(PartyKind),
    /// A party has not committed itself.
    Commitment(PartyKind, OrganisationId),
    /// An organisation has not given leave, or has taken it back.
    Authorisation(SignerRole, OrganisationId),
    /// An organisation's leave ends before the window closes.
    AuthorisationTooShort(SignerRole, OrganisationId),
}

impl Missing {
    /// Gives the stable name of what is missing.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::Window => "window",
            Self::Rules => "rules",
            Self::Reason(_) => "reason",
            Self::Scope(_) => "scope",
            Self::Signer(..) => "signer",
            Self::Party(_) => "party",
            Self::Commitment(..) => "commitment",
            Self::Authorisation(..) => "authorisation",
            Self::AuthorisationTooShort(..) => "authorisation_too_short",
        }
    }
}

/// Gives the kinds of party that a campaign of a kind cannot go without.
#[must_use]
pub const fn needed_parties(kind: CampaignKind) -> &'static [PartyKind] {
    match kind {
        CampaignKind::PedagogicalBugBounty => &[
            PartyKind::School,
            PartyKind::Beneficiary,
            PartyKind::Operator,
            PartyKind::Vendor,
        ],
        CampaignKind::BugBounty | CampaignKind::Pentest => {
            &[PartyKind::Beneficiary, PartyKind::Operator, PartyKind::Vendor]
        }
    }
}

/// Gives everyone whose leave the products need, each once.
#[must_use]
pub fn needed_authorisations(products: &[TestedProduct]) -> Vec<(SignerRole, OrganisationId)> {
    let mut needed: Vec<_> = products
        .iter()
        .flat_map(|one| {
            let owners = one.owners.iter().map(|o| (SignerRole::Owner, *o));
            let hosts = one.hosts.iter().map(|h| (SignerRole::Host, *h));
            owners.chain(hosts).chain([(SignerRole::Vendor, one.vendor)])
        })
        .collect();
    needed.sort_unstable();
    needed.dedup();
    needed
}

/// Gives everyone whose leave is to be asked for: it is needed, no text waits for their signature, and
/// none that is live lasts until the window has closed.
#[must_use]
pub fn leave_to_ask(
    products: &[TestedProduct],
    authorisations: &[Authorisation],
    window: Window,
    now: Timestamp,
) -> Vec<(SignerRole, OrganisationId)> {
    let waits_or_holds = |a: &Authorisation| a.state_at(now) == AuthorisationState::Requested || a.covers(window, now);
    let mut needed = needed_authorisations(products);
    needed.retain(|(role, who)| {
        let by = |a: &&Authorisation| a.signer_role == *role && a.organisation == *who;
        !authorisations.iter().filter(by).any(waits_or_holds)
    });
    needed
}

/// Says whether everyone whose leave is needed gives it at `now`.
#[must_use]
pub fn all_authorised(products: &[TestedProduct], authorisations: &[Authorisation], now: Timestamp) -> bool {
    let has = |role, who| {
        let by = |a: &&Authorisation| a.signer_role == role && a.organisation == who;
        authorisations.iter().filter(by).any(|a| a.is_live(now))
    };
    let complete = |one: &TestedProduct| !one.owners.is_empty() && !one.hosts.is_empty();
    !products.is_empty()
        && products.iter().all(complete)
        && needed_authorisations(products)
            .into_iter()
            .all(|(role, who)| has(role, who))
}

/// Gives everything that is missing before the campaign is ready, in a fixed order.
#[must_use]
pub fn readiness(facts: &ReadinessFacts<'_>, now: Timestamp) -> Vec<Missing> {
    let mut missing = Vec::new();
    if facts.products.is_empty() {
        missing.push(Missing::Products);
    }
    if facts.window.closes_at <= facts.window.opens_at || facts.window.closes_at <= now {
        missing.push(Missing::Window);
    }
    if !facts.has_rules {
        missing.push(Missing::Rules);
    }
    for one in facts.products {
        if one.unexplained {
            missing.push(Missing::Reason(one.product));
        }
        if !facts.scope.iter().any(|a| a.product == one.product && a.inside) {
            missing.push(Missing::Scope(one.product));
        }
        if one.owners.is_empty() {
            missing.push(Missing::Signer(one.product, SignerRole::Owner));
        }
        if one.hosts.is_empty() {
            missing.push(Missing::Signer(one.product, SignerRole::Host));
        }
    }
    let present: Vec<_> = facts.parties.iter().filter(|p| p.takes_part(now)).collect();
    for kind in needed_parties(facts.kind) {
        if !present.iter().any(|p| p.kind == *kind) {
            missing.push(Missing::Party(*kind));
        }
    }
    for party in present
        .iter()
        .filter(|p| p.kind != PartyKind::Observer && !p.is_committed(now))
    {
        missing.push(Missing::Commitment(party.kind, party.organisation));
    }
    for (role, who) in needed_authorisations(facts.products) {
        let by = |a: &&Authorisation| a.signer_role == role && a.organisation == who;
        let live = || facts.authorisations.iter().filter(by).filter(|a| a.is_live(now));
        if live().next().is_none() {
            missing.push(Missing::Authorisation(role, who));
        } else if !live().any(|a| a.covers(facts.window, now)) {
            missing.push(Missing::AuthorisationTooShort(role, who));
        }
    }
    missing
}
