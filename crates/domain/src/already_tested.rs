//! "Already tested?": what is known of the tests of a product, over twelve months of Paris days.
//!
//! A figure here obeys its reader's rights because only the tests that they may know come in.

use crate::campaign::{CampaignState, effective_state};
use crate::coded;
use crate::date::Date;
use crate::figure::FigureNature;
use crate::ids::VersionId;
use crate::time::{Timestamp, Window};

coded! {
    /// Where a test lies in time.
    pub enum TestPhase {
        /// It is over.
        Past = "past",
        /// It is under way.
        Running = "running",
        /// It is to come.
        Planned = "planned",
    }
}

/// A test of a product, by its days: those of Paris.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tested {
    /// Counted for a campaign, declared for a test made elsewhere.
    pub nature: FigureNature,
    /// Where it lies in time.
    pub phase: TestPhase,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
    /// The version that is tested, where it is known.
    pub version: Option<VersionId>,
}

/// Gives where a campaign lies in time; none for one that never ran and no longer will.
///
/// A campaign whose window passed before everything was there has tested nothing.
#[must_use]
pub fn phase_of_campaign(stored: CampaignState, window: Window, now: Timestamp) -> Option<TestPhase> {
    use CampaignState::{Archived, Cancelled, Closed, Draft, Open, Planned, Ready, Suspended, Verifying};
    match effective_state(stored, window, false, true, now) {
        Draft | Cancelled => None,
        Planned | Ready => (now < window.closes_at).then_some(TestPhase::Planned),
        Open | Suspended => Some(TestPhase::Running),
        Verifying | Closed | Archived => Some(TestPhase::Past),
    }
}

/// Gives where a test lies in time by its first and last days.
#[must_use]
pub fn phase_of_days(from: Date, until: Date, today: Date) -> TestPhase {
    if today < from {
        TestPhase::Planned
    } else if until < today {
        TestPhase::Past
    } else {
        TestPhase::Running
    }
}

/// Gives the first of the twelve months of days that end today.
#[must_use]
pub fn year_begins(today: Date) -> Date {
    today.year_before().next()
}

impl Tested {
    /// Says whether it has begun, and was still under way on one of the last twelve months' days.
    #[must_use]
    pub fn is_of_last_year(&self, today: Date) -> bool {
        self.phase != TestPhase::Planned && self.until >= year_begins(today)
    }

    /// Says whether the public may count it among others: it is over, and was under way in the last twelve months.
    #[must_use]
    pub fn is_told_among_others(&self, today: Date) -> bool {
        self.phase == TestPhase::Past && self.is_of_last_year(today)
    }

    /// Gives what those learn of it who may not know whose it is: its months, and no version.
    #[must_use]
    pub fn by_months(self) -> Self {
        Self {
            from: self.from.month_begins(),
            until: self.until.month_begins(),
            version: None,
            ..self
        }
    }
}

/// How many tests were made, by what each number is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Campaigns, counted in the records.
    pub counted: i64,
    /// Tests made elsewhere, as declared.
    pub declared: i64,
}

impl Tally {
    /// Gives how many that is together.
    #[must_use]
    pub const fn made(self) -> i64 {
        self.counted + self.declared
    }

    fn add(&mut self, nature: FigureNature) {
        match nature {
            FigureNature::Counted => self.counted += 1,
            FigureNature::Declared => self.declared += 1,
            FigureNature::Estimated => {}
        }
    }
}

/// Counts the tests of the last twelve months.
#[must_use]
pub fn tally(tests: &[Tested], today: Date) -> Tally {
    let mut tally = Tally::default();
    for test in tests.iter().filter(|test| test.is_of_last_year(today)) {
        tally.add(test.nature);
    }
    tally
}

/// The tests that began in a month; the first month also has those that had begun before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthTally {
    /// The year.
    pub year: i16,
    /// The month, from one.
    pub month: u8,
    /// How many.
    pub tally: Tally,
}

/// Spreads the tests of the last twelve months over the months that those days touch: together
/// they are what [`tally`] counts.
#[must_use]
pub fn by_month(tests: &[Tested], today: Date) -> Vec<MonthTally> {
    let first = year_begins(today);
    let mut months = Vec::new();
    let (mut year, mut month) = (first.year(), first.month());
    while (year, month) <= (today.year(), today.month()) {
        let tally = Tally::default();
        months.push(MonthTally { year, month, tally });
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    for test in tests.iter().filter(|test| test.is_of_last_year(today)) {
        let day = test.from.max(first).min(today);
        let of = |one: &&mut MonthTally| (one.year, one.month) == (day.year(), day.month());
        if let Some(one) = months.iter_mut().find(of) {
            one.tally.add(test.nature);
        }
    }
    months
}

/// Says whether another test of the product would be one more of the same: one was made in the last
/// twelve months, is under way, or is to come. It then needs a reason in writing.
#[must_use]
pub fn is_duplicate(tests: &[Tested], today: Date) -> bool {
    tests
        .iter()
        .any(|test| test.phase != TestPhase::Past || test.is_of_last_year(today))
}

/// What sharing tests saves, or would have saved: an estimate with what it is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimate {
    /// Organisations that run it and did not have to test it: `(running − made) × cost`.
    Avoided {
        /// Organisations that run the product.
        running: i64,
        /// Tests made in twelve months.
        made: i64,
        /// What one test costs, in cents.
        cost_cents: i64,
        /// The estimate, in cents.
        cents: i64,
    },
    /// Tests that one shared test would have spared: `(made − 1) × cost`.
    Repeated {
        /// Tests made in twelve months, each for itself.
        made: i64,
        /// What one test costs, in cents.
        cost_cents: i64,
        /// The estimate, in cents.
        cents: i64,
    },
}

/// Estimates what sharing saves, where a campaign was shared and the number of organisations that
/// run the product may be told; what it would have saved, where each tested for itself.
#[must_use]
pub fn estimate(tally: Tally, running: Option<i64>, cost_cents: i64) -> Option<Estimate> {
    let made = tally.made();
    match (tally.counted, running) {
        (1.., Some(running)) => Some(Estimate::Avoided {
            running,
            made,
            cost_cents,
            cents: (running - made).max(0).saturating_mul(cost_cents),
        }),
        (0, _) if made > 1 => Some(Estimate::Repeated {
            made,
            cost_cents,
            cents: (made - 1).saturating_mul(cost_cents),
        }),
        _ => None,
    }
}
