//! Draws a small random world.

use super::dice::Dice;
use super::model::{CampaignOf, DeploymentOf, Flaw, ProgrammeOf, Reader, ReportOf, World};
use domain::campaign::CampaignState;
use domain::deployment::DeploymentState;
use domain::ids::{
    CampaignId, DeploymentId, GrantId, OrganisationId, ProductId, ProgrammeId, ReportId, VulnerabilityId,
};
use domain::report::ReportState;
use domain::role::{Grant, GrantScope, Role};
use domain::sharing::{Embargo, Phase, Tlp};
use domain::vulnerability::{Origin, Reach, VulnerabilityState};
use domain::{Machine as _, Timestamp};
use testkit::{START, Someone};
use uuid::Uuid;

pub(super) fn id(kind: u128, n: usize) -> Uuid {
    Uuid::from_u128((kind << 32) + n as u128 + 1)
}

/// Draws an end: none, to come, or past.
pub(super) fn end(dice: &mut Dice) -> Option<Timestamp> {
    match dice.below(4) {
        0 => Some(START.plus_days(-1)),
        1 => Some(START.plus_days(9)),
        _ => None,
    }
}

impl World {
    /// Draws a world of these organisations and people.
    pub fn draw(dice: &mut Dice, organisations: &[OrganisationId], people: &[Someone]) -> Self {
        let slugs = ["clair", "ouvert", "cache"];
        let programmes: Vec<ProgrammeOf> = (0..3).map(|n| programme(dice, organisations, n, slugs[n])).collect();
        let campaigns: Vec<CampaignOf> = (0..4).map(|n| campaign(dice, organisations, &programmes, n)).collect();
        let products: Vec<_> = (0..3)
            .map(|n| (ProductId(id(3, n)), dice.pick(organisations)))
            .collect();
        let mut world = Self {
            organisations: organisations.to_vec(),
            readers: people.iter().map(|who| reader(dice, organisations, *who)).collect(),
            deployments: deployments(dice, organisations, &products),
            flaws: (0..7)
                .map(|n| {
                    let mut flaw = flaw(dice, organisations, &campaigns, &programmes, &products, n);
                    let others: Vec<_> = products
                        .iter()
                        .map(|(id, _)| *id)
                        .filter(|id| *id != flaw.product)
                        .collect();
                    flaw.linked = dice.some(&others, 30);
                    flaw.named = dice.some(people, 25).iter().map(|who| who.id).collect();
                    flaw
                })
                .collect(),
            programmes,
            campaigns,
            products,
            reports: Vec::new(),
            affiliations: Vec::new(),
            authorisations: Vec::new(),
            retests: Vec::new(),
        };
        world.draw_reports(dice);
        world.draw_register(dice);
        world.draw_authorisations(dice);
        world.draw_retests(dice);
        world
    }

    fn draw_reports(&mut self, dice: &mut Dice) {
        let people: Vec<Someone> = self.readers.iter().map(|reader| reader.who).collect();
        let draw = |dice: &mut Dice, n, campaign, product, state, flaw| ReportOf {
            id: ReportId(id(6, n)),
            campaign,
            product,
            by: dice.pick(&people),
            organisation: dice.pick(&self.organisations),
            state,
            flaw,
        };
        let mut reports = Vec::new();
        for flaw in &self.flaws {
            for campaign in &flaw.supported {
                reports.push(draw(
                    dice,
                    reports.len(),
                    *campaign,
                    flaw.product,
                    ReportState::Verified,
                    Some(flaw.id),
                ));
            }
        }
        for _ in 0..5 {
            let state = dice.pick(&[
                ReportState::Draft,
                ReportState::Submitted,
                ReportState::InVerification,
                ReportState::Withdrawn,
            ]);
            let (campaign, product) = (self.campaigns[dice.below(4)].id, self.products[dice.below(3)].0);
            reports.push(draw(dice, reports.len(), campaign, product, state, None));
        }
        self.reports = reports;
    }
}

fn programme(dice: &mut Dice, organisations: &[OrganisationId], n: usize, slug: &'static str) -> ProgrammeOf {
    let members = dice.some(organisations, 50).into_iter().map(|organisation| {
        let from = START.plus_days(if dice.chance(15) { 2 } else { -20 });
        (organisation, from, end(dice).filter(|until| *until > from))
    });
    ProgrammeOf {
        id: ProgrammeId(id(1, n)),
        slug,
        members: members.collect(),
        owner: dice.pick(organisations),
        published: slug != "cache",
    }
}

fn campaign(dice: &mut Dice, organisations: &[OrganisationId], programmes: &[ProgrammeOf], n: usize) -> CampaignOf {
    let programme = &programmes[dice.below(programmes.len())];
    CampaignOf {
        id: CampaignId(id(2, n)),
        programme: programme.id,
        owner: programme.owner,
        state: if dice.chance(60) {
            CampaignState::Closed
        } else {
            dice.pick(CampaignState::STATES)
        },
        closes_at: START.plus_days(dice.pick(&[-5, 5])),
        shared: dice.chance(60),
        operators: dice
            .some(organisations, 30)
            .into_iter()
            .map(|one| (one, dice.chance(25)))
            .collect(),
    }
}

fn deployments(
    dice: &mut Dice,
    organisations: &[OrganisationId],
    products: &[(ProductId, OrganisationId)],
) -> Vec<DeploymentOf> {
    let mut all = Vec::new();
    for organisation in organisations {
        for (product, _) in products {
            for _ in 0..dice.below(3) {
                all.push(DeploymentOf {
                    id: DeploymentId(id(4, all.len())),
                    organisation: *organisation,
                    product: *product,
                    host: dice.chance(30).then(|| dice.pick(organisations)),
                    state: dice.pick(DeploymentState::STATES),
                    refused: false,
                });
            }
        }
    }
    all
}

fn flaw(
    dice: &mut Dice,
    organisations: &[OrganisationId],
    campaigns: &[CampaignOf],
    programmes: &[ProgrammeOf],
    products: &[(ProductId, OrganisationId)],
    n: usize,
) -> Flaw {
    let first = dice.chance(80).then(|| &campaigns[dice.below(campaigns.len())]);
    let mut found: Vec<CampaignId> = first.iter().map(|campaign| campaign.id).collect();
    if dice.chance(30) {
        found.push(campaigns[dice.below(campaigns.len())].id);
        found.sort_unstable();
        found.dedup();
    }
    // The report that opened it may have been taken back: its campaign still found it.
    let taken_back = dice.chance(15);
    let supported = found
        .iter()
        .copied()
        .filter(|id| !taken_back || first.is_none_or(|campaign| campaign.id != *id));
    let until = START.plus_days(dice.pick(&[-3, 3]));
    Flaw {
        id: VulnerabilityId(id(5, n)),
        product: products[dice.below(products.len())].0,
        programme: first.map_or_else(
            || programmes[dice.below(programmes.len())].id,
            |campaign| campaign.programme,
        ),
        first: first.map(|campaign| campaign.id),
        supported: supported.collect(),
        origin: if first.is_some() {
            Origin::Report
        } else {
            Origin::Vendor
        },
        found: found.clone(),
        reach: if dice.chance(70) {
            Reach::Product
        } else {
            Reach::Deployment(dice.pick(organisations))
        },
        state: if dice.chance(70) {
            VulnerabilityState::Acknowledged
        } else {
            dice.pick(VulnerabilityState::STATES)
        },
        phase: dice.pick(Phase::ALL),
        tlp: dice.pick(Tlp::ALL),
        embargo: match dice.below(5) {
            0 => Embargo::Until {
                until,
                details_consented: dice.chance(50),
            },
            1 => Embargo::Lifted {
                until,
                at: START.plus_days(-4),
            },
            _ => Embargo::None,
        },
        exploited_at: dice.chance(15).then(|| START.plus_days(-2)),
        notified: dice.chance(60),
        named: Vec::new(),
        linked: Vec::new(),
    }
}

/// Draws somebody with up to three roles; a scope may fit its role or not.
fn reader(dice: &mut Dice, organisations: &[OrganisationId], who: Someone) -> Reader {
    use Role as R;
    let mut grants: Vec<Grant> = Vec::new();
    for n in 0..=dice.below(3) {
        let role = dice.pick(&[
            R::Organiser,
            R::SecurityOfficer,
            R::SecurityOfficer,
            R::Signatory,
            R::Pilot,
            R::Hunter,
            R::Verifier,
            R::VendorContact,
            R::SchoolSupervisor,
            R::Member,
            R::Member,
            R::Observer,
        ]);
        let programme = GrantScope::Programme(ProgrammeId(id(1, dice.below(3))));
        let campaign = GrantScope::Campaign(CampaignId(id(2, dice.below(4))));
        let usual = match role {
            R::Organiser => dice.pick(&[GrantScope::Organisation, programme]),
            R::Verifier => dice.pick(&[GrantScope::Organisation, campaign]),
            R::Observer => dice.pick(&[programme, campaign]),
            R::Pilot | R::Hunter => campaign,
            _ => GrantScope::Organisation,
        };
        let from = START.plus_days(if dice.chance(10) { 1 } else { -20 });
        let grant = Grant {
            id: GrantId(Uuid::from_u128(who.id.0.as_u128().wrapping_add(n as u128 + 1))),
            person: who.id,
            organisation: dice.pick(organisations),
            role,
            scope: if dice.chance(10) {
                dice.pick(&[GrantScope::Organisation, programme, campaign])
            } else {
                usual
            },
            from,
            until: end(dice).filter(|until| *until > from),
        };
        // A person holds a role of an organisation once: the store keeps the first of two alike.
        let alike = |other: &Grant| {
            (other.organisation, other.role, other.scope) == (grant.organisation, grant.role, grant.scope)
        };
        if !grants.iter().any(alike) {
            grants.push(grant);
        }
    }
    Reader { who, grants }
}
