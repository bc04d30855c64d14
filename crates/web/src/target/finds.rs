//! What looks like personal data in archives, as the forms that certify targets say it.

use crate::shell::Page;
use domain::seed::{PersonalCounts, PersonalFinds};
use use_cases::target::SeedLine;

/// Gives the seeds that look like personal data.
pub(super) fn warned(seeds: &[SeedLine]) -> Vec<&SeedLine> {
    seeds.iter().filter(|seed| seed.about.personal.warn()).collect()
}

/// Writes how many of each kind look like personal data.
pub(super) fn counts(page: &Page, counts: &PersonalCounts) -> String {
    let found = counts.found();
    let said = found.iter().map(|(kind, count)| {
        let key = format!("target-personal-{}", kind.code());
        page.tn(&key, long(*count))
    });
    said.collect::<Vec<_>>().join(", ")
}

/// Says in how many more files something looks like personal data.
pub(super) fn more(page: &Page, finds: &PersonalFinds) -> String {
    page.tn("target-seed-more", long(finds.more))
}

fn long(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
