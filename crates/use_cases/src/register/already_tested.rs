//! "Already tested?": what the reader may know of the tests of a product, before it is tested once more.

use super::PAGE;
use crate::error::Outcome;
use crate::ports::{ProductRecord, TestReader, TestedCampaign, VulnerabilityFilter};
use crate::unit::{Unit, paris_day};
use crate::vulnerability::visibility;
use authorization::action::{CountTestedCampaign, OpenTestedCampaign, ReadTestedCampaign};
use domain::already_tested::{by_month, estimate, is_duplicate, phase_of_campaign, tally};
use domain::ids::{CampaignId, ProductId};
use domain::vulnerability::VulnerabilityState as State;
use domain::{Date, Estimate, FigureNature, MonthTally, NoticeKind, Tally, Tested};

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

/// A test of the product, as its reader may know it.
#[derive(Clone, Debug)]
pub struct TestLine {
    /// When it was, and what the figure is.
    pub tested: Tested,
    /// How it tests: a stable name of campaigns' kinds.
    pub kind: &'static str,
    /// What the version is called; empty where it is not known.
    pub version: String,
    /// Which campaign it is; without it, only months are told.
    pub campaign: Option<NamedCampaign>,
    /// The notice that follows it.
    pub notice: NoticeKind,
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

/// Gathers what the reader may know; `running` is how many organisations run it, as they may know it.
pub(crate) async fn already_tested(
    unit: &mut Unit,
    product: &ProductRecord,
    running: Option<i64>,
) -> Outcome<AlreadyTested> {
    let id = product.product.id;
    let mut lines = campaigns(unit, id).await?;
    lines.sort_by_key(|line| std::cmp::Reverse((line.tested.phase, line.tested.from, line.tested.until)));
    let tests: Vec<Tested> = lines.iter().map(|line| line.tested).collect();
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

/// Gives the campaigns that test a product, each as its reader may know it.
async fn campaigns(unit: &mut Unit, product: ProductId) -> Outcome<Vec<TestLine>> {
    let mut organisations: Vec<_> = unit.actor.grants().iter().map(|grant| grant.organisation).collect();
    organisations.sort_unstable();
    organisations.dedup();
    let reader = TestReader {
        person: unit.actor.person(),
        organisations,
    };
    let found = unit.store.tested_campaigns(product, &reader, unit.now).await?;
    Ok(found.iter().filter_map(|one| line(unit, one)).collect())
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
        campaign: named.then(|| NamedCampaign {
            name: one.name.clone(),
            programme: one.programme_name.clone(),
            slug: one.programme_slug.clone(),
            page: opens.then_some(one.id),
        }),
        notice: one.notice,
    })
}

/// Gives the last day on which a campaign's targets can be reached.
fn last_day(one: &TestedCampaign) -> Date {
    paris_day(one.window.closes_at.plus(-1))
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
