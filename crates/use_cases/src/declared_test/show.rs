//! A declared test as its own organisation reads it, and its report.

use super::correct::may_replace_report;
use super::name_of;
use crate::error::{Error, Outcome};
use crate::files::FileLeave;
use crate::history::{HistoryLine, lines};
use crate::perform::UseCase;
use crate::ports::DeclaredTestRecord;
use crate::unit::Unit;
use authorization::action::{ChangeDeclaredTest, ReadDeclaredTest, ReadTestReport};
use domain::TestPhase;
use domain::ids::DeclaredTestId;
use domain::product::ProductVersion;

/// A declared test with what its page shows.
#[derive(Clone, Debug)]
pub struct DeclaredTestSheet {
    /// The test.
    pub record: DeclaredTestRecord,
    /// Where it lies in time.
    pub phase: TestPhase,
    /// The name of its report, for those who may open it; empty else.
    pub report: String,
    /// The versions to choose from, for those who may correct it.
    pub versions: Vec<ProductVersion>,
    /// Whether the reader may correct and withdraw it.
    pub may_change: bool,
    /// Whether they may put another report in the place of its report.
    pub may_replace_report: bool,
    /// What happened to it, newest first.
    pub history: Vec<HistoryLine>,
}

/// Shows a declared test.
pub struct ViewDeclaredTest(pub DeclaredTestId);

impl UseCase for ViewDeclaredTest {
    type Output = DeclaredTestSheet;

    async fn run(&self, unit: &mut Unit) -> Outcome<DeclaredTestSheet> {
        let found = unit.store.declared_test(self.0, unit.now).await?;
        let proof = unit.permit_found::<ReadDeclaredTest, _>(found)?;
        let may_change = unit.may::<ChangeDeclaredTest, _>(&*proof);
        let report = match &proof.report {
            Some((_, name)) if unit.may::<ReadTestReport, _>(&*proof) => {
                unit.open_text(&proof, name_of(self.0), name).await?
            }
            _ => String::new(),
        };
        Ok(DeclaredTestSheet {
            phase: proof.test.phase(unit.today()),
            report,
            versions: if may_change {
                unit.store.versions(proof.test.product).await?
            } else {
                Vec::new()
            },
            may_change,
            may_replace_report: may_change && may_replace_report(unit, &proof),
            history: lines(unit, "declared_test", self.0.0).await?,
            record: proof.into_value(),
        })
    }
}

/// Gives leave to open the report of a declared test, and its name: its organisation's alone.
pub struct ReadReportOf(pub DeclaredTestId);

impl UseCase for ReadReportOf {
    type Output = (FileLeave, String);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.declared_test(self.0, unit.now).await?;
        let proof = unit.permit_found::<ReadTestReport, _>(found)?;
        let (blob, name) = proof.report.clone().ok_or(Error::NotFound)?;
        let name = unit.open_text(&proof, name_of(self.0), &name).await?;
        Ok((unit.file_leave(&proof, blob).await?, name))
    }
}
