//! Tests made outside Beffroi, past and intended, as organisations declare them.

use crate::already_tested::{TestPhase, phase_of_days};
use crate::date::Date;
use crate::figure::shown_in_public;
use crate::ids::{DeclaredTestId, OrganisationId, ProductId, VersionId};
use crate::{coded, refusals};

coded! {
    /// How a test was made elsewhere.
    pub enum DeclaredTestKind {
        /// Testers looked for ways in.
        Pentest = "pentest",
        /// Hunters looked for flaws and were rewarded.
        BugBounty = "bug_bounty",
        /// Somebody read the source.
        CodeReview = "code_review",
        /// Somebody went through the settings.
        ConfigurationReview = "configuration_review",
        /// Testers played attackers of the whole organisation.
        RedTeam = "red_team",
        /// Any other.
        Other = "other",
    }
}

/// A test that one organisation made, or means to make, of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredTest {
    /// Its identifier.
    pub id: DeclaredTestId,
    /// Who had it made.
    pub organisation: OrganisationId,
    /// What is tested.
    pub product: ProductId,
    /// The version, where it is known.
    pub version: Option<VersionId>,
    /// How.
    pub kind: DeclaredTestKind,
    /// Its first day, in Paris.
    pub from: Date,
    /// Its last day, in Paris.
    pub until: Date,
    /// What it cost, in cents, where its organisation says so.
    pub cost_cents: Option<i64>,
    /// The revision of its row.
    pub revision: i64,
}

refusals! {
    /// What is wrong with the days of a declared test.
    pub enum DeclaredTestProblem {
        /// It ends before it begins.
        Reversed = "reversed",
        /// It lasts more than a year: each test is declared by itself.
        TooLong = "too_long",
        /// It is too far from now to be meant so.
        TooFar = "too_far",
    }
}

/// Years before and after now within which a test can be declared.
const YEARS: i16 = 20;

impl DeclaredTest {
    /// Says what is wrong with its days.
    ///
    /// # Errors
    /// [`DeclaredTestProblem`] of the first rule that they break.
    pub fn check_days(&self, today: Date) -> Result<(), DeclaredTestProblem> {
        if self.until < self.from {
            Err(DeclaredTestProblem::Reversed)
        } else if self.until.year_before() > self.from {
            Err(DeclaredTestProblem::TooLong)
        } else if (self.from.year() - today.year()).abs() > YEARS {
            Err(DeclaredTestProblem::TooFar)
        } else {
            Ok(())
        }
    }

    /// Gives where it lies in time.
    #[must_use]
    pub fn phase(&self, today: Date) -> TestPhase {
        phase_of_days(self.from, self.until, today)
    }

    /// Says whether another declaration is about the same test: told twice, it counts once.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        (self.organisation, self.product, self.kind, self.from, self.until)
            == (other.organisation, other.product, other.kind, other.from, other.until)
    }
}

/// What a reader learns of a declared test; ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TestDisclosure {
    /// Nothing.
    None,
    /// That somebody declared it: product, kind, months.
    Months,
    /// Also who declared it, and its days.
    Named,
    /// Its page, with the cost.
    Own,
}

/// Says whether everybody may learn of the past tests that so many organisations declared: few would
/// point at somebody.
#[must_use]
pub const fn is_told_in_public(organisations: i64) -> bool {
    shown_in_public(organisations).is_some()
}

/// Reads an amount as people type it, « 10 000,50 € », as cents; none for anything else.
#[must_use]
pub fn cents_of(text: &str) -> Option<i64> {
    let kept: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let (whole, rest) = kept.split_once([',', '.']).unwrap_or((&kept, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || rest.len() > 2 || !digits(whole) || !digits(rest) {
        return None;
    }
    let cents: i64 = format!("{rest:0<2}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 100 + cents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn test(from: &str, until: &str) -> DeclaredTest {
        DeclaredTest {
            id: DeclaredTestId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            product: ProductId(Uuid::nil()),
            version: None,
            kind: DeclaredTestKind::Pentest,
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
            cost_cents: None,
            revision: 1,
        }
    }

    #[test]
    fn days_are_checked() {
        use DeclaredTestProblem::{Reversed, TooFar, TooLong};
        let today = "2026-11-22".parse().unwrap();
        for (from, until, expected) in [
            ("2026-03-01", "2026-03-01", Ok(())),
            ("2026-03-02", "2026-03-01", Err(Reversed)),
            ("2025-03-01", "2026-03-01", Ok(())),
            ("2025-03-01", "2026-03-02", Err(TooLong)),
            ("1999-03-01", "1999-03-02", Err(TooFar)),
            ("2062-03-01", "2062-03-02", Err(TooFar)),
            ("2006-03-01", "2006-03-02", Ok(())),
        ] {
            assert_eq!(test(from, until).check_days(today), expected, "{from} {until}");
        }
    }

    #[test]
    fn told_twice_it_is_the_same() {
        let one = test("2026-03-01", "2026-03-05");
        let costed = DeclaredTest {
            cost_cents: Some(1),
            id: DeclaredTestId(Uuid::from_u128(1)),
            ..one.clone()
        };
        assert!(one.is_same(&costed));
        assert!(!one.is_same(&test("2026-03-01", "2026-03-06")));
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, expected) in [
            ("10000", Some(1_000_000)),
            ("10\u{202f}000\u{a0}€", Some(1_000_000)),
            ("99,5", Some(9_950)),
            ("99.05 €", Some(9_905)),
            ("0", Some(0)),
            ("", None),
            ("-5", None),
            ("1,234", None),
            ("dix", None),
            ("1234567890", None),
        ] {
            assert_eq!(cents_of(text), expected, "{text}");
        }
    }

    #[test]
    fn few_are_not_told_in_public() {
        assert!(!is_told_in_public(4) && is_told_in_public(5));
    }
}
