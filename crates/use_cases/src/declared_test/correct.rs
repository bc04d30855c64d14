//! Correcting and withdrawing what one's organisation declared of its tests.

use super::declare::keep_report;
use super::draft::{About, TestDraft};
use super::entry;
use crate::error::{Error, FieldError, Fields, Outcome};
use crate::files::StagedFile;
use crate::perform::UseCase;
use crate::ports::DeclaredTestRecord;
use crate::unit::Unit;
use authorization::action::{ChangeDeclaredTest, ReadTestReport};
use domain::ids::{DeclaredTestId, OrganisationId};
use serde_json::json;

/// Corrects a declared test, but for its product.
#[derive(Clone, Debug)]
pub struct CorrectDeclaredTest {
    /// The test.
    pub test: DeclaredTestId,
    /// The revision that the form showed.
    pub revision: i64,
    /// What was typed.
    pub draft: TestDraft,
    /// Its new report, where one was chosen.
    pub report: Option<StagedFile>,
    /// Why a report was not taken.
    pub refused: Vec<FieldError>,
}

impl UseCase for CorrectDeclaredTest {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.take_declared_test(self.test, unit.now).await?;
        let proof = unit.permit_found::<ChangeDeclaredTest, _>(found)?;
        if proof.revision() != self.revision + 1 {
            return Err(Error::Stale);
        }
        let mut fields = Fields::new();
        fields.extend(self.refused.clone());
        if self.report.is_some() && !may_replace_report(unit, &proof) {
            fields.add("report", "declared-error-report-theirs");
        }
        let organisation = proof.test.organisation;
        let about = About {
            id: self.test,
            organisation,
            product: Some(proof.test.product),
            revision: proof.revision(),
        };
        let test = self.draft.checked(unit, about, fields).await?;
        let report = keep_report(unit, self.test, organisation, self.report.as_ref()).await?;
        let body = json!({"version": test.version, "kind": test.kind, "from": test.from, "until": test.until,
            "cost_cents": test.cost_cents, "report": report.is_some()});
        unit.store.update_declared_test(&test, report).await?;
        let acting = proof.acting().clone();
        unit.record(&acting, entry(self.test, organisation, "declared_test.corrected", body))
            .await?;
        Ok(())
    }
}

/// Says whether the reader may put another report in the place of a test's: only over one that they may read.
pub(super) fn may_replace_report(unit: &Unit, record: &DeclaredTestRecord) -> bool {
    record.report.is_none() || unit.may::<ReadTestReport, _>(record)
}

/// Withdraws a declared test: it counts no more, and nobody reads it.
pub struct WithdrawDeclaredTest(pub DeclaredTestId);

impl UseCase for WithdrawDeclaredTest {
    type Output = OrganisationId;

    async fn run(&self, unit: &mut Unit) -> Outcome<OrganisationId> {
        let found = unit.store.take_declared_test(self.0, unit.now).await?;
        let proof = unit.permit_found::<ChangeDeclaredTest, _>(found)?;
        unit.store
            .withdraw_declared_test(self.0, proof.revision(), unit.now)
            .await?;
        let organisation = proof.test.organisation;
        let acting = proof.acting().clone();
        let body = json!({"product": proof.test.product});
        unit.record(&acting, entry(self.0, organisation, "declared_test.withdrawn", body))
            .await?;
        Ok(organisation)
    }
}
