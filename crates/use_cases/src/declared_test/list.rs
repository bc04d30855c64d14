//! The tests that an organisation declared.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::DeclaredTestRecord;
use crate::unit::Unit;
use authorization::action::{DeclareTest, ListDeclaredTests, ReadDeclaredTest};
use domain::TestPhase;
use domain::ids::{DeclaredTestId, OrganisationId};
use domain::organisation::Organisation;

/// A page of the list.
#[derive(Clone, Debug)]
pub struct DeclaredTestsPage {
    /// Whose.
    pub organisation: Organisation,
    /// The tests with where each lies in time, the latest first.
    pub tests: Vec<(DeclaredTestRecord, TestPhase)>,
    /// The last one of the page, where others follow.
    pub next: Option<DeclaredTestId>,
    /// Whether the reader may declare more.
    pub may_declare: bool,
    /// Lines that one file may have.
    pub most: usize,
}

/// Lists the tests that an organisation declared, for its own people and those who administer it.
pub struct ListDeclaredTestsOf {
    /// The organisation.
    pub organisation: OrganisationId,
    /// After this one, for the next page.
    pub after: Option<DeclaredTestId>,
}

impl UseCase for ListDeclaredTestsOf {
    type Output = DeclaredTestsPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<DeclaredTestsPage> {
        let found = unit.store.organisation(self.organisation).await?;
        let proof = unit.permit_found::<ListDeclaredTests, _>(found)?;
        let after = match self.after {
            Some(id) => {
                let found = unit.store.declared_test(id, unit.now).await?;
                let last = unit.permit_found::<ReadDeclaredTest, _>(found)?;
                Some((last.test.from, id))
            }
            None => None,
        };
        let most = unit.app.settings.limits.page_lines;
        let limit = i64::try_from(most).unwrap_or(50) + 1;
        let mut records = unit.store.tests_declared_by(self.organisation, after, limit).await?;
        let more = records.len() > most;
        records.truncate(most);
        let today = unit.today();
        Ok(DeclaredTestsPage {
            next: records.last().filter(|_| more).map(|record| record.test.id),
            tests: records
                .into_iter()
                .map(|record| {
                    let phase = record.test.phase(today);
                    (record, phase)
                })
                .collect(),
            may_declare: unit.may::<DeclareTest, _>(&*proof),
            most: unit.app.settings.limits.tests,
            organisation: proof.into_value().organisation,
        })
    }
}
