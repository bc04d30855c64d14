//! A file of declared tests: one line each, with what is wrong in any column.

use super::draft::problem_key;
use crate::csv_file::{Line, LineError, Sheet};
use domain::Date;
use domain::declared_test::{DeclaredTest, DeclaredTestKind, cents_of};
use domain::ids::{DeclaredTestId, OrganisationId, ProductId, VersionId};
use domain::organisation::name_sort;
use std::collections::HashMap;
use uuid::Uuid;

/// The columns of the file, as its template names them.
pub const COLUMNS: &[&str] = &["application", "version", "methode", "debut", "fin", "cout"];

/// A test as its line gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestLine {
    /// Its number in the file.
    pub line: usize,
    /// The test; its identifier is given when it is kept.
    pub test: DeclaredTest,
    /// The product's name.
    pub product_name: String,
    /// What its version is called; empty where the line names none.
    pub version_name: String,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestsPreview {
    /// What would be declared.
    pub lines: Vec<TestLine>,
    /// How many lines are declared already, and stay as they are.
    pub known: usize,
    /// What must be corrected first; nothing is declared before.
    pub errors: Vec<LineError>,
}

/// What the catalogue knows of the names in a file.
#[derive(Default)]
pub(super) struct Known {
    /// Identifier and name by readable address.
    pub(super) by_slug: HashMap<String, (ProductId, String)>,
    /// The same by folded name; several may share one.
    pub(super) by_name: HashMap<String, Vec<(ProductId, String)>>,
    /// Versions by product and name.
    pub(super) versions: HashMap<(ProductId, String), VersionId>,
}

struct Columns {
    product: Option<usize>,
    version: Option<usize>,
    kind: Option<usize>,
    from: Option<usize>,
    until: Option<usize>,
    cost: Option<usize>,
}

/// A file that is read, before the catalogue is asked about its names.
pub(super) struct TestFile {
    sheet: Sheet,
    columns: Columns,
}

impl TestFile {
    /// Reads a file of at most `most` lines.
    pub(super) fn read(text: &str, most: usize) -> Result<Self, LineError> {
        let sheet = Sheet::read(text, most);
        let columns = Columns {
            product: sheet.column(&["application", "produit", "product"]),
            version: sheet.column(&["version"]),
            kind: sheet.column(&["methode", "méthode", "method", "kind"]),
            from: sheet.column(&["debut", "début", "from"]),
            until: sheet.column(&["fin", "until"]),
            cost: sheet.column(&["cout", "coût", "cost"]),
        };
        let needed = [columns.product, columns.kind, columns.from];
        if needed.iter().any(Option::is_none) {
            return Err(LineError::new(1, "declared-import-head", sheet.first));
        }
        Ok(Self { sheet, columns })
    }

    /// Gives what the file calls products, as written and folded, each once.
    pub(super) fn names(&self) -> Vec<String> {
        let cells = self.sheet.lines.iter().map(|line| line.cell(self.columns.product));
        let mut names: Vec<String> = cells
            .filter(|name| !name.is_empty())
            .flat_map(|name| [name.to_owned(), name_sort(name)])
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Reads the tests of an organisation.
    pub(super) fn tests(self, organisation: OrganisationId, known: &Known, today: Date) -> TestsPreview {
        let mut preview = TestsPreview::default();
        for line in &self.sheet.lines {
            let mut reading = Reading {
                line,
                errors: Vec::new(),
            };
            let test = reading.test(&self.columns, organisation, known, today);
            preview.errors.extend(reading.errors);
            preview.lines.extend(test);
        }
        preview.errors.extend(self.sheet.errors);
        preview
    }
}

/// One line on its way, with everything that is wrong with it.
struct Reading<'a> {
    line: &'a Line,
    errors: Vec<LineError>,
}

impl Reading<'_> {
    fn wrong(&mut self, message: &'static str, found: impl Into<String>) {
        self.errors.push(LineError::new(self.line.number, message, found));
    }

    fn test(
        &mut self,
        columns: &Columns,
        organisation: OrganisationId,
        known: &Known,
        today: Date,
    ) -> Option<TestLine> {
        let product = self.product(columns.product, known);
        let version = self.version(columns.version, product.as_ref(), known);
        let kind = self.kind(columns.kind);
        let from = self.day(columns.from);
        // A test of one day need not say when it ends.
        let until = match self.line.cell(columns.until) {
            "" => from,
            _ => self.day(columns.until),
        };
        let cost = self.line.cell(columns.cost);
        let cost_cents = cents_of(cost);
        if cost_cents.is_none() && !cost.is_empty() {
            self.wrong("declared-import-cost", cost);
        }
        let (product, product_name) = product?;
        let test = DeclaredTest {
            id: DeclaredTestId(Uuid::nil()),
            organisation,
            product,
            version,
            kind: kind?,
            from: from?,
            until: until?,
            cost_cents,
            revision: 1,
        };
        if let Err(problem) = test.check_days(today) {
            self.wrong(problem_key(problem), "");
        }
        self.errors.is_empty().then_some(TestLine {
            line: self.line.number,
            test,
            product_name,
            version_name: self.line.cell(columns.version).to_owned(),
        })
    }

    fn product(&mut self, column: Option<usize>, known: &Known) -> Option<(ProductId, String)> {
        let name = self.line.cell(column);
        if let Some(found) = known.by_slug.get(name) {
            return Some(found.clone());
        }
        match known.by_name.get(&name_sort(name)).map(Vec::as_slice) {
            Some([one]) => return Some(one.clone()),
            Some([_, ..]) => self.wrong("declared-import-product-twice", name),
            Some([]) | None => self.wrong("declared-import-product", name),
        }
        None
    }

    fn version(
        &mut self,
        column: Option<usize>,
        product: Option<&(ProductId, String)>,
        known: &Known,
    ) -> Option<VersionId> {
        let name = self.line.cell(column).to_owned();
        let (product, _) = product?;
        if name.is_empty() {
            return None;
        }
        let found = known.versions.get(&(*product, name.clone())).copied();
        if found.is_none() {
            self.wrong("declared-import-version", name);
        }
        found
    }

    fn kind(&mut self, column: Option<usize>) -> Option<DeclaredTestKind> {
        let name = self.line.cell(column);
        let found = kind_called(name);
        if found.is_none() {
            self.wrong("declared-import-kind", name);
        }
        found
    }

    fn day(&mut self, column: Option<usize>) -> Option<Date> {
        let text = self.line.cell(column);
        let found = crate::csv_file::day(text);
        if found.is_none() {
            self.wrong("declared-import-date", text);
        }
        found
    }
}

/// Finds the kind of test that a word of either language names, or its stable name.
fn kind_called(name: &str) -> Option<DeclaredTestKind> {
    let folded = name_sort(name);
    DeclaredTestKind::ALL.iter().copied().find(|kind| {
        let key = format!("declared-kind-{}", kind.code().replace('_', "-"));
        kind.code() == name
            || [i18n::Lang::Fr, i18n::Lang::En]
                .iter()
                .any(|lang| name_sort(&i18n::t(*lang, &key)) == folded)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let product = |n| ProductId(Uuid::from_u128(n));
        let mut known = Known::default();
        known
            .by_slug
            .insert("guichet".to_owned(), (product(1), "Guichet".to_owned()));
        known
            .by_slug
            .insert("navette-2".to_owned(), (product(3), "Navette".to_owned()));
        let names = [("Guichet", vec![1]), ("Navette", vec![2, 3])];
        for (name, ids) in names {
            let same = ids.into_iter().map(|n| (product(n), name.to_owned())).collect();
            known.by_name.insert(name_sort(name), same);
        }
        known
            .versions
            .insert((product(1), "4.2".to_owned()), VersionId(Uuid::from_u128(9)));
        known
    }

    fn read(text: &str) -> TestsPreview {
        let today = "2026-11-22".parse().unwrap();
        match TestFile::read(text, 10) {
            Ok(file) => file.tests(OrganisationId(Uuid::nil()), &known(), today),
            Err(error) => TestsPreview {
                errors: vec![error],
                ..TestsPreview::default()
            },
        }
    }

    #[test]
    fn a_line_says_all_that_a_test_is() {
        let preview = read(
            "Application;Version;Méthode;Début;Fin;Coût\nguichet;4.2;Test d’intrusion;03/02/2026;2026-02-05;10 000,50 €\nnavette-2;;pentest;2027-01-04;;\n",
        );
        assert!(preview.errors.is_empty(), "{:?}", preview.errors);
        let one = &preview.lines[0].test;
        assert_eq!(
            (one.from.to_string().as_str(), one.until.to_string().as_str()),
            ("2026-02-03", "2026-02-05")
        );
        assert_eq!((one.cost_cents, one.version.is_some()), (Some(1_000_050), true));
        let other = &preview.lines[1].test;
        assert_eq!((other.from, other.cost_cents), (other.until, None), "one day");
    }

    #[test]
    fn every_fault_of_every_line_is_said() {
        let preview = read(
            "product,version,kind,from,until,cost\nInconnu,,pentest,2026-01-01,,\nNavette,,hypnosis,hier,,cher\nGuichet,9,pentest,2026-02-05,2026-02-01,\n",
        );
        assert!(preview.lines.is_empty());
        let errors: Vec<_> = preview.errors.iter().map(|e| (e.line, e.message)).collect();
        let expected = [
            (2, "declared-import-product"),
            (3, "declared-import-product-twice"),
            (3, "declared-import-kind"),
            (3, "declared-import-date"),
            (3, "declared-import-cost"),
            (4, "declared-import-version"),
            (4, "error-window"),
        ];
        assert_eq!(errors, expected);
        assert_eq!(read("nom;texte\na;b\n").errors[0].message, "declared-import-head");
    }
}
