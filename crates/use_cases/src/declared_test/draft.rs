//! What is typed of a declared test, and how it is checked.

use crate::error::{Fields, Outcome};
use crate::unit::Unit;
use domain::Date;
use domain::declared_test::{DeclaredTest, DeclaredTestKind, DeclaredTestProblem, cents_of};
use domain::ids::{DeclaredTestId, OrganisationId, ProductId, VersionId};

/// What is typed of a declared test.
#[derive(Clone, Debug, Default)]
pub struct TestDraft {
    /// The version, where it is known.
    pub version: Option<VersionId>,
    /// How it was made.
    pub kind: Option<DeclaredTestKind>,
    /// Its first day, as `2026-03-15`.
    pub from: String,
    /// Its last day, as `2026-03-20`.
    pub until: String,
    /// What it cost, in euros; may be empty.
    pub cost: String,
}

/// The fields of the form, in their order.
const ORDER: &[&str] = &["product", "version", "kind", "from", "until", "cost", "report"];

/// What a draft is about, beside what was typed.
pub(super) struct About {
    pub(super) id: DeclaredTestId,
    pub(super) organisation: OrganisationId,
    /// None where the product that was sent is not there.
    pub(super) product: Option<ProductId>,
    pub(super) revision: i64,
}

impl TestDraft {
    /// Checks what was typed, together with problems that were found before; none of them is left unsaid.
    pub(super) async fn checked(&self, unit: &mut Unit, about: About, mut fields: Fields) -> Outcome<DeclaredTest> {
        let version = self.version_of(unit, &mut fields, about.product).await?;
        if self.kind.is_none() {
            fields.add("kind", "error-choose");
        }
        let (from, until) = (
            day(&mut fields, "from", &self.from),
            day(&mut fields, "until", &self.until),
        );
        let cost_cents = cents_of(&self.cost);
        if cost_cents.is_none() && !self.cost.trim().is_empty() {
            fields.add("cost", "declared-error-cost");
        }
        if about.product.is_none() {
            fields.add("product", "error-choose");
        }
        let whole = (about.product, self.kind, from, until);
        let (Some(product), Some(kind), Some(from), Some(until)) = whole else {
            fields.done_in(ORDER)?;
            return Err(crate::Error::field("product", "error-choose"));
        };
        let test = DeclaredTest {
            id: about.id,
            organisation: about.organisation,
            product,
            version,
            kind,
            from,
            until,
            cost_cents,
            revision: about.revision,
        };
        match test.check_days(unit.today()) {
            Err(problem) => fields.add(problem_field(problem), problem_key(problem)),
            Ok(()) if unit.store.test_is_declared(&test).await? => fields.add("from", "declared-error-known"),
            Ok(()) => {}
        }
        fields.done_in(ORDER)?;
        Ok(test)
    }

    async fn version_of(
        &self,
        unit: &mut Unit,
        fields: &mut Fields,
        product: Option<ProductId>,
    ) -> Outcome<Option<VersionId>> {
        if let Some(id) = self.version {
            let found = unit.store.version(id).await?;
            if found.is_none_or(|version| Some(version.product) != product) {
                fields.add("version", "error-choose");
            }
        }
        Ok(self.version)
    }
}

fn day(fields: &mut Fields, field: &str, text: &str) -> Option<Date> {
    let day = text.trim().parse().ok();
    if day.is_none() {
        fields.add(field, "error-not-a-date");
    }
    day
}

const fn problem_field(problem: DeclaredTestProblem) -> &'static str {
    match problem {
        DeclaredTestProblem::Reversed | DeclaredTestProblem::TooLong => "until",
        DeclaredTestProblem::TooFar => "from",
    }
}

/// Gives the sentence of what is wrong with a test's days.
pub(super) const fn problem_key(problem: DeclaredTestProblem) -> &'static str {
    match problem {
        DeclaredTestProblem::Reversed => "error-window",
        DeclaredTestProblem::TooLong => "declared-error-long",
        DeclaredTestProblem::TooFar => "declared-error-far",
    }
}
