//! Declaring the tests of a file: a look first, then all of them or none.

use super::entry;
use super::file::{Known, TestFile, TestsPreview};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::DeclareTest;
use domain::declared_test::DeclaredTest;
use domain::ids::{DeclaredTestId, OrganisationId, ProductId};
use domain::organisation::name_sort;
use serde_json::json;

/// The most tests of one organisation that a file is compared with.
const COMPARED: i64 = 20_000;

/// Reads a file: what is new, and what is declared already.
async fn resolve(unit: &mut Unit, organisation: OrganisationId, text: &str) -> Outcome<TestsPreview> {
    let file = match TestFile::read(text, unit.app.settings.limits.tests) {
        Ok(file) => file,
        Err(error) => {
            return Ok(TestsPreview {
                errors: vec![error],
                ..TestsPreview::default()
            });
        }
    };
    let known = known(unit, &file.names()).await?;
    let mut preview = file.tests(organisation, &known, unit.today());
    let mut declared: Vec<DeclaredTest> = unit
        .store
        .tests_declared_by(organisation, None, COMPARED)
        .await?
        .into_iter()
        .map(|record| record.test)
        .collect();
    for line in std::mem::take(&mut preview.lines) {
        if declared.iter().any(|one| one.is_same(&line.test)) {
            preview.known += 1;
        } else {
            declared.push(line.test.clone());
            preview.lines.push(line);
        }
    }
    Ok(preview)
}

/// Asks the catalogue about the names in a file, in a few statements whatever its length.
async fn known(unit: &mut Unit, names: &[String]) -> Outcome<Known> {
    let mut known = Known::default();
    let mut products: Vec<ProductId> = Vec::new();
    for (id, slug, name) in unit.store.products_called(names).await? {
        let same = known.by_name.entry(name_sort(&name)).or_default();
        if !same.iter().any(|(other, _)| *other == id) {
            same.push((id, name.clone()));
        }
        known.by_slug.insert(slug, (id, name));
        products.push(id);
    }
    products.sort_unstable();
    products.dedup();
    for (product, version, name) in unit.store.versions_called(&products).await? {
        known.versions.insert((product, name), version);
    }
    Ok(known)
}

/// Shows what an import would do; nothing is stored.
pub struct PreviewTests {
    /// Who had the tests made.
    pub organisation: OrganisationId,
    /// The file's text.
    pub text: String,
}

impl UseCase for PreviewTests {
    type Output = TestsPreview;

    async fn run(&self, unit: &mut Unit) -> Outcome<TestsPreview> {
        let found = unit.store.organisation(self.organisation).await?;
        unit.permit_found::<DeclareTest, _>(found)?;
        resolve(unit, self.organisation, &self.text).await
    }
}

/// Declares every test of a file, or none where a line is wrong; gives how many are new.
pub struct ImportTests {
    /// Who had the tests made.
    pub organisation: OrganisationId,
    /// The file's text.
    pub text: String,
}

impl UseCase for ImportTests {
    type Output = usize;

    async fn run(&self, unit: &mut Unit) -> Outcome<usize> {
        let found = unit.store.organisation(self.organisation).await?;
        let proof = unit.permit_found::<DeclareTest, _>(found)?;
        let preview = resolve(unit, self.organisation, &self.text).await?;
        if !preview.errors.is_empty() {
            return Err(Error::field("file", "declared-error-import"));
        }
        let acting = proof.acting().clone();
        let count = preview.lines.len();
        for line in preview.lines {
            let mut test = line.test;
            test.id = DeclaredTestId(unit.fresh_id());
            unit.store
                .insert_declared_test(&test, None, acting.person(), unit.now)
                .await?;
            let body = json!({"product": test.product, "version": test.version, "kind": test.kind, "from": test.from,
                "until": test.until, "cost_cents": test.cost_cents, "imported": true});
            unit.record(
                &acting,
                entry(test.id, self.organisation, "declared_test.imported", body),
            )
            .await?;
        }
        Ok(count)
    }
}
