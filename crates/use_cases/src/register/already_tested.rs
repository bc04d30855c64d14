//! "Already tested?": what the reader may know of the tests of a product, before it is tested once more.

use super::PAGE;
use crate::campaign::{joinable_by, officer_of};
use crate::error::Outcome;
use crate::ports::{DeclaredTestRecord, OwnJoin, ProductRecord, TestReader, TestedCampaign, VulnerabilityFilter};
use crate::unit::{Unit, paris_day};
use crate::vulnerability::visibility;
use authorization::action::{
    CountTestedCampaign, NameDeclaredTest, OpenTestedCampaign, ReadDeclaredTest, ReadProductDeployments,
    ReadTestHistory, ReadTestedCampaign,
};
use domain::already_tested::{by_month, estimate, is_duplicate, phase_of_campaign, tally};
use domain::declared_test::is_told_in_public;
use domain::deployment::public_count;
use domain::ids::{CampaignId, DeclaredTestId, OrganisationId, ProductId};
use domain::join::{JoinState, can_be_joined};
use domain::role::{GrantScope, Role};
use domain::vulnerability::VulnerabilityState as State;
use domain::{Date, Estimate, FigureNature, MonthTally, NoticeKind, Tally, TestDisclosure, TestPhase, Tested};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The states in which a vulnerability is still open.
const OPEN: &[State] = &[
    State::Open,
    State::VendorNotified,
    State::Acknowledged,
    State::Disputed,
    State::FixAvailable,
    State::Retesting,
    State::WontFix,
    State::Reopened,
];
/// Years back of which declared tests are told.
const YEARS_TOLD: usize = 3;
/// The most open vulnerabilities that are counted.
const COUNTED: usize = 100;

/// Which campaign a test is, for those who may know.
#[derive(Clone, Debug)]
pub struct NamedCampaign {
    /// The campaign's name.
    pub name: String,
    /// Its programme's name.
    pub programme: String,
    /// The programme's readable address.
    pub slug: String,
    /// The campaign, where the reader may open its page.
    pub page: Option<CampaignId>,
}

/// Whose a test is, as its reader may know it.
#[derive(Clone, Debug)]
pub enum TestOf {
    /// A campaign's.
    Campaign(NamedCampaign),
    /// An organisation's, that declared it.
    Organisation {
        /// Its name.
        name: String,
        /// The test, where the reader may open its page.
        page: Option<DeclaredTestId>,
    },
    /// The reader may not know whose: only months are told.
    Unnamed,
}

/// A test of the product, as its reader may know it.
#[derive(Clone, Debug)]
pub struct TestLine {
    /// When it was, and what the figure is: by months and without a version where the reader may not know whose it is.
    pub tested: Tested,
    /// How it tests: a stable name of the kinds of campaigns, or of declared tests.
    pub kind: &'static str,
    /// What the version is called; empty where it is not known.
    pub version: String,
    /// Whose it is.
    pub of: TestOf,
    /// The notice that follows it.
    pub notice: NoticeKind,
    /// The reader's organisations that may join the campaign, and those that asked.
    pub joining: Joining,
}

/// What the reader may do to share a campaign that is planned or under way.
#[derive(Clone, Debug, Default)]
pub struct Joining {
    /// The campaign.
    pub campaign: Option<CampaignId>,
    /// Whether one of the reader's organisations runs the product, and the campaign can still be joined.
    may_be_asked: bool,
    /// The reader's organisations that may join it, in one action.
    pub may_join: Vec<(OrganisationId, String)>,
    /// What one of them asked, while it waits for the organiser.
    pub asked: Option<Uuid>,
    /// Whether one of them joined.
    pub joined: bool,
}

/// What the reader may know of the tests of a product.
#[derive(Clone, Debug)]
pub struct AlreadyTested {
    /// The tests: to come, under way, then past, the newest first.
    pub lines: Vec<TestLine>,
    /// How many older ones are left out.
    pub older: usize,
    /// How many were made in the last twelve months.
    pub tally: Tally,
    /// The same by month.
    pub months: Vec<MonthTally>,
    /// Whether one more would be one more of the same.
    pub duplicate: bool,
    /// How many organisations run it, confirmed, and could share a test; none where they are too few to say.
    pub running: Option<i64>,
    /// How many of its vulnerabilities that the reader may see are still open; none for nobody.
    pub open: Option<usize>,
    /// What sharing saves.
    pub estimate: Option<Estimate>,
}

impl AlreadyTested {
    /// Says whether more vulnerabilities may be open than were counted.
    #[must_use]
    pub fn open_is_capped(&self) -> bool {
        self.open == Some(COUNTED)
    }
}

/// Gathers what the reader may know, but for one campaign; `running` is how many organisations run it, as they may
/// know it.
pub(crate) async fn already_tested(
    unit: &mut Unit,
    product: &ProductRecord,
    running: Option<i64>,
    but: Option<CampaignId>,
) -> Outcome<AlreadyTested> {
    let id = product.product.id;
    let (tests, mut lines) = known(unit, product, but).await?;
    for line in &mut lines {
        if line.tested.phase != TestPhase::Past
            && let (Some(campaign), TestOf::Campaign(_)) = (line.joining.campaign, &line.of)
            && line.joining.may_be_asked
        {
            line.joining.may_join = joinable_by(unit, campaign).await?;
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse((line.tested.phase, line.tested.from, line.tested.until)));
    let today = unit.today();
    let tally = tally(&tests, today);
    let most = usize::try_from(PAGE).unwrap_or(50);
    let older = lines.len().saturating_sub(most);
    lines.truncate(most);
    Ok(AlreadyTested {
        lines,
        older,
        tally,
        months: by_month(&tests, today),
        duplicate: is_duplicate(&tests, today),
        running,
        open: open_ones(unit, id).await?,
        estimate: estimate(tally, running, unit.app.settings.test_cost_cents),
    })
}

/// Says whether another campaign than this one would test a product once more, as the reader may know.
pub(crate) async fn is_one_more(unit: &mut Unit, product: &ProductRecord, but: Option<CampaignId>) -> Outcome<bool> {
    let (tests, _) = known(unit, product, but).await?;
    Ok(is_duplicate(&tests, unit.today()))
}

/// Gives every test of a product that the reader may know of, but one campaign's: as figures count them, and as the
/// reader may read them.
async fn known(
    unit: &mut Unit,
    product: &ProductRecord,
    but: Option<CampaignId>,
) -> Outcome<(Vec<Tested>, Vec<TestLine>)> {
    let reader = reader(unit);
    let mut lines = campaigns(unit, product.product.id, &reader, but).await?;
    lines.extend(declared(unit, product, &reader).await?);
    let tests = lines.iter().map(|line| line.tested).collect();
    for line in &mut lines {
        if matches!(line.of, TestOf::Unnamed) {
            line.tested = line.tested.by_months();
            line.version.clear();
        }
    }
    Ok((tests, lines))
}

/// Says who asks.
fn reader(unit: &Unit) -> TestReader {
    let grants = unit.actor.grants();
    let mut organisations: Vec<_> = grants.iter().map(|grant| grant.organisation).collect();
    organisations.sort_unstable();
    organisations.dedup();
    let programmes = grants.iter().filter_map(|grant| match grant.scope {
        GrantScope::Programme(id) if grant.role == Role::Organiser => Some(id),
        _ => None,
    });
    TestReader {
        person: unit.actor.person(),
        organisations,
        programmes: programmes.collect(),
    }
}

/// Gives the campaigns that test a product, each as its reader may know it.
async fn campaigns(
    unit: &mut Unit,
    product: ProductId,
    reader: &TestReader,
    but: Option<CampaignId>,
) -> Outcome<Vec<TestLine>> {
    let mut found = unit.store.tested_campaigns(product, reader, unit.now).await?;
    found.retain(|one| Some(one.id) != but);
    Ok(found.iter().filter_map(|one| line(unit, one)).collect())
}

/// Says what the reader may do to share a campaign, before it is looked at further for who runs the product.
fn joining(unit: &Unit, one: &TestedCampaign) -> Joining {
    let officer = officer_of(unit);
    let asked = |join: &&OwnJoin| join.state == JoinState::Asked && officer.contains(&join.organisation);
    Joining {
        campaign: Some(one.id),
        may_be_asked: !one.runners.is_empty() && can_be_joined(one.state),
        may_join: Vec::new(),
        asked: one.joins.iter().find(asked).map(|join| join.id),
        joined: one.joins.iter().any(|join| join.state == JoinState::Joined),
    }
}

fn line(unit: &Unit, one: &TestedCampaign) -> Option<TestLine> {
    let phase = phase_of_campaign(one.state, one.window, unit.now)?;
    let named = unit.may::<ReadTestedCampaign, _>(one);
    if !named && !unit.may::<CountTestedCampaign, _>(one) {
        return None;
    }
    let opens = named && unit.may::<OpenTestedCampaign, _>(one);
    Some(TestLine {
        tested: Tested {
            nature: FigureNature::Counted,
            phase,
            from: paris_day(one.window.opens_at),
            until: last_day(one),
            version: one.version,
        },
        kind: one.kind.code(),
        version: one.version_name.clone(),
        of: if named {
            TestOf::Campaign(NamedCampaign {
                name: one.name.clone(),
                programme: one.programme_name.clone(),
                slug: one.programme_slug.clone(),
                page: opens.then_some(one.id),
            })
        } else {
            TestOf::Unnamed
        },
        notice: one.notice,
        joining: if named && phase != TestPhase::Past {
            joining(unit, one)
        } else {
            Joining::default()
        },
    })
}

/// Gives the last day on which a campaign's targets can be reached.
fn last_day(one: &TestedCampaign) -> Date {
    paris_day(one.window.closes_at.plus(-1))
}

/// Gives the declared tests of a product, each as its reader may know it.
async fn declared(unit: &mut Unit, product: &ProductRecord, reader: &TestReader) -> Outcome<Vec<TestLine>> {
    let today = unit.today();
    let since = (0..YEARS_TOLD).fold(today, |day, _| day.year_before());
    let id = product.product.id;
    let records = unit.store.tests_declared_of(id, since, reader, unit.now).await?;
    let history = unit.may::<ReadTestHistory, _>(product);
    let tested = |one: &DeclaredTestRecord| Tested {
        nature: FigureNature::Declared,
        phase: one.test.phase(today),
        from: one.test.from,
        until: one.test.until,
        version: one.test.version,
    };
    let told = records.iter().filter(|one| tested(one).is_told_among_others(today));
    let declarers: BTreeSet<_> = told.map(|one| one.test.organisation).collect();
    let public = is_told_in_public(i64::try_from(declarers.len()).unwrap_or(i64::MAX));
    let mut lines = Vec::new();
    for one in records {
        let tested = tested(&one);
        let anonymous = history || (public && tested.is_told_among_others(today));
        let name = one.organisation_name.clone();
        let of = match disclosure(unit, &one, reader, anonymous) {
            TestDisclosure::None => continue,
            TestDisclosure::Months => TestOf::Unnamed,
            TestDisclosure::Named => TestOf::Organisation { name, page: None },
            TestDisclosure::Own => TestOf::Organisation {
                name,
                page: Some(one.test.id),
            },
        };
        lines.push(TestLine {
            tested,
            kind: one.test.kind.code(),
            version: one.version_name,
            of,
            notice: NoticeKind::None,
            joining: Joining::default(),
        });
    }
    Ok(lines)
}

/// Gives what the reader learns of a declared test, who may know at least its months where `anonymous`.
fn disclosure(unit: &Unit, one: &DeclaredTestRecord, reader: &TestReader, anonymous: bool) -> TestDisclosure {
    let least = if anonymous {
        TestDisclosure::Months
    } else {
        TestDisclosure::None
    };
    // Without a tie to it no policy gives more: a long list is not asked about one by one.
    let theirs = |organisation| reader.organisations.contains(&organisation);
    let tied =
        theirs(one.test.organisation) || theirs(one.vendor) || !one.groups.is_empty() || !one.programmes.is_empty();
    if !tied {
        least
    } else if unit.may::<ReadDeclaredTest, _>(one) {
        TestDisclosure::Own
    } else if unit.may::<NameDeclaredTest, _>(one) {
        TestDisclosure::Named
    } else {
        least
    }
}

/// Gives how many organisations run a product, confirmed, as the reader may know it.
pub(crate) async fn seen_deployers(unit: &mut Unit, product: &ProductRecord) -> Outcome<Option<i64>> {
    let counted = unit.store.count_deployers(product.product.id, unit.now).await?;
    Ok(if unit.may::<ReadProductDeployments, _>(product) {
        Some(counted)
    } else {
        public_count(counted)
    })
}

/// Counts what is still open of a product among what the reader may see.
async fn open_ones(unit: &mut Unit, product: ProductId) -> Outcome<Option<usize>> {
    if unit.actor.person().is_none() {
        return Ok(None);
    }
    let filter = VulnerabilityFilter {
        states: OPEN.to_vec(),
        product: Some(product),
        limit: i64::try_from(COUNTED).unwrap_or(100),
        ..VulnerabilityFilter::default()
    };
    let sees = visibility(unit);
    let seen = unit.store.visible_vulnerabilities(&sees, &filter, unit.now).await?;
    Ok(Some(seen.len()))
}
