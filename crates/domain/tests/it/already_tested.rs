//! "Already tested?": twelve months of Paris days, what counts, and the estimates.

use domain::already_tested::{by_month, estimate, is_duplicate, phase_of_campaign, phase_of_days, tally, year_begins};
use domain::time::Window;
use domain::{CampaignState, Date, Estimate, FigureNature, Tally, TestPhase, Tested, Timestamp};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn test(nature: FigureNature, from: &str, until: &str, today: &str) -> Tested {
    Tested {
        nature,
        phase: phase_of_days(day(from), day(until), day(today)),
        from: day(from),
        until: day(until),
        version: None,
    }
}

const TODAY: &str = "2026-11-22";

#[test]
fn twelve_months_end_today() {
    for (today, first) in [
        ("2026-11-22", "2025-11-23"),
        ("2026-11-30", "2025-12-01"),
        ("2024-02-29", "2023-03-01"),
        ("2025-02-28", "2024-02-29"),
        ("2026-01-01", "2025-01-02"),
    ] {
        assert_eq!(year_begins(day(today)), day(first), "{today}");
    }
}

#[test]
fn a_test_lies_in_time_by_its_days() {
    use TestPhase::{Past, Planned, Running};
    for (from, until, expected) in [
        ("2026-11-01", "2026-11-21", Past),
        ("2026-11-01", "2026-11-22", Running),
        ("2026-11-22", "2026-11-22", Running),
        ("2026-11-23", "2026-12-01", Planned),
    ] {
        assert_eq!(phase_of_days(day(from), day(until), day(TODAY)), expected, "{from}");
    }
}

#[test]
fn a_campaign_that_never_ran_is_no_test() {
    use CampaignState as S;
    let window = Window {
        opens_at: Timestamp(10),
        closes_at: Timestamp(20),
    };
    let (past, running, planned) = (
        Some(TestPhase::Past),
        Some(TestPhase::Running),
        Some(TestPhase::Planned),
    );
    for (stored, now, expected) in [
        (S::Draft, 5, None),
        (S::Cancelled, 25, None),
        (S::Planned, 5, planned),
        (S::Planned, 15, planned),
        (S::Planned, 20, None),
        (S::Ready, 5, planned),
        (S::Ready, 15, running),
        (S::Ready, 20, past),
        (S::Open, 15, running),
        (S::Suspended, 15, running),
        (S::Suspended, 20, past),
        (S::Verifying, 25, past),
        (S::Closed, 25, past),
        (S::Archived, 25, past),
    ] {
        assert_eq!(
            phase_of_campaign(stored, window, Timestamp(now)),
            expected,
            "{stored:?} {now}"
        );
    }
}

#[test]
fn what_was_under_way_in_the_twelve_months_counts() {
    for (from, until, counts, one_more) in [
        ("2025-10-01", "2025-11-22", false, false),
        ("2025-10-01", "2025-11-23", true, true),
        ("2026-06-01", "2026-06-30", true, true),
        ("2026-11-20", "2026-12-20", true, true),
        ("2026-11-23", "2026-12-20", false, true),
    ] {
        let one = test(FigureNature::Declared, from, until, TODAY);
        assert_eq!(one.is_of_last_year(day(TODAY)), counts, "{from} {until}");
        assert_eq!(is_duplicate(&[one], day(TODAY)), one_more, "{from} {until}");
    }
    assert!(!is_duplicate(&[], day(TODAY)));
}

#[test]
fn the_months_together_are_the_tally() {
    use FigureNature::{Counted, Declared};
    let tests = [
        test(Counted, "2025-09-01", "2025-12-01", TODAY),
        test(Declared, "2026-03-31", "2026-04-02", TODAY),
        test(Declared, "2026-03-01", "2026-03-02", TODAY),
        test(Declared, "2026-11-22", "2026-11-25", TODAY),
        test(Declared, "2026-12-01", "2026-12-02", TODAY),
        test(Declared, "2025-01-01", "2025-01-02", TODAY),
    ];
    let months = by_month(&tests, day(TODAY));
    let named: Vec<_> = months.iter().map(|one| (one.year, one.month)).collect();
    assert_eq!((named.len(), named[0], named[12]), (13, (2025, 11), (2026, 11)));
    let at = |year, month| {
        months
            .iter()
            .find(|one| (one.year, one.month) == (year, month))
            .unwrap()
            .tally
    };
    let of = |counted, declared| Tally { counted, declared };
    assert_eq!(at(2025, 11), of(1, 0), "begun before the first month");
    assert_eq!((at(2026, 3), at(2026, 4)), (of(0, 2), of(0, 0)), "by the first day");
    assert_eq!(at(2026, 11), of(0, 1));
    let total = months.iter().map(|one| one.tally.made()).sum::<i64>();
    assert_eq!((tally(&tests, day(TODAY)), total), (of(1, 3), 4));
    assert_eq!(by_month(&[], day("2026-11-30")).len(), 12, "whole months");
}

#[test]
fn an_estimate_says_what_it_is_computed_from() {
    let of = |counted, declared| Tally { counted, declared };
    let avoided = |running, made, cents| {
        Some(Estimate::Avoided {
            running,
            made,
            cost_cents: 100,
            cents,
        })
    };
    let repeated = |made, cents| {
        Some(Estimate::Repeated {
            made,
            cost_cents: 100,
            cents,
        })
    };
    for (tally, running, expected) in [
        (of(0, 0), Some(9), None),
        (of(0, 1), Some(9), None),
        (of(0, 18), None, repeated(18, 1_700)),
        (of(0, 2), Some(9), repeated(2, 100)),
        (of(1, 0), None, None),
        (of(1, 0), Some(6), avoided(6, 1, 500)),
        (of(1, 2), Some(6), avoided(6, 3, 300)),
        (of(1, 8), Some(6), avoided(6, 9, 0)),
    ] {
        assert_eq!(estimate(tally, running, 100), expected, "{tally:?} {running:?}");
    }
}
