//! A file of findings: one line each, with what is wrong in any column.

use super::FindingText;
use crate::csv_file::{Line, LineError, Sheet};
use crate::report::{cvss, cwe};
use domain::ids::ProductId;
use domain::report::Rating;

/// A finding as its line gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingLine {
    /// Its number in the file.
    pub line: usize,
    /// The product it is about.
    pub product: ProductId,
    /// The product's name.
    pub product_name: String,
    /// What it says.
    pub text: FindingText,
    /// How severe it says to be.
    pub rating: Option<Rating>,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingsPreview {
    /// What would be imported.
    pub lines: Vec<FindingLine>,
    /// How many lines were imported already, and stay as they are.
    pub known: usize,
    /// What must be corrected first; nothing is imported before.
    pub errors: Vec<LineError>,
}

/// How long texts may be, in characters.
#[derive(Clone, Copy)]
pub(super) struct Most {
    pub(super) lines: usize,
    pub(super) title: usize,
    pub(super) text: usize,
}

/// A product that a line may name.
#[derive(Clone)]
pub(super) struct Tested {
    pub(super) id: ProductId,
    pub(super) name: String,
    /// Its readable address, which no other product has.
    pub(super) slug: String,
}

struct Columns {
    title: Option<usize>,
    details: Option<usize>,
    measures: Option<usize>,
    exploit: Option<usize>,
    vector: Option<usize>,
    cwe: Option<usize>,
    product: Option<usize>,
}

impl Columns {
    fn of(sheet: &Sheet) -> Self {
        Self {
            title: sheet.column(&["titre", "title"]),
            details: sheet.column(&["description", "détails", "details"]),
            measures: sheet.column(&["mesures", "measures"]),
            exploit: sheet.column(&["exploitation", "exploit"]),
            vector: sheet.column(&["vecteur", "cvss", "vector"]),
            cwe: sheet.column(&["cwe"]),
            product: sheet.column(&["produit", "product"]),
        }
    }
}

/// Reads the findings of a file about some products, all of them with one source.
pub(super) fn parse(text: &str, source: &str, products: &[Tested], most: Most) -> FindingsPreview {
    let sheet = Sheet::read(text, most.lines);
    let columns = Columns::of(&sheet);
    let mut preview = FindingsPreview::default();
    if columns.title.is_none() || columns.details.is_none() {
        preview
            .errors
            .push(LineError::new(1, "finding-import-head", sheet.first));
        return preview;
    }
    for line in &sheet.lines {
        let mut read = Reading {
            line,
            errors: Vec::new(),
        };
        let finding = read.finding(&columns, source, products, most);
        preview.errors.extend(read.errors);
        preview.lines.extend(finding);
    }
    preview.errors.extend(sheet.errors);
    preview
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

    fn text(&mut self, column: Option<usize>, most: usize, name: &'static str) -> String {
        let text = self.line.cell(column).to_owned();
        if text.chars().count() > most {
            self.wrong(name, most.to_string());
        }
        text
    }

    fn finding(&mut self, columns: &Columns, source: &str, products: &[Tested], most: Most) -> Option<FindingLine> {
        let mut text = FindingText {
            source: source.to_owned(),
            title: self.text(columns.title, most.title, "finding-import-long-title"),
            details: self.text(columns.details, most.text, "finding-import-long-details"),
            measures: self.text(columns.measures, most.text, "finding-import-long-measures"),
            exploit: self.text(columns.exploit, most.text, "finding-import-long-exploit"),
            vector: String::new(),
            cwe: None,
        };
        if text.title.is_empty() {
            self.wrong("finding-import-title-missing", "");
        }
        if text.details.is_empty() {
            self.wrong("finding-import-details-missing", "");
        }
        let vector = self.line.cell(columns.vector);
        let mut rating = None;
        match cvss::scored("vector", vector) {
            Ok(Some((vector, scored))) => {
                text.vector = vector;
                rating = Some(Rating {
                    score_tenths: scored.score_tenths,
                    band: scored.band,
                });
            }
            Ok(None) => {}
            Err(_) => self.wrong("finding-import-vector", vector),
        }
        let kind = self.line.cell(columns.cwe);
        text.cwe = cwe::parse(kind).map(|weakness| weakness.id);
        if text.cwe.is_none() && !kind.is_empty() {
            self.wrong("finding-import-cwe", kind);
        }
        let product = self.product(columns.product, products);
        let (product, product_name) = product.filter(|_| self.errors.is_empty())?;
        Some(FindingLine {
            line: self.line.number,
            product,
            product_name,
            text,
            rating,
        })
    }

    /// Finds the product that the line names, by its name or its readable address; the only one of a campaign need not be
    /// named.
    fn product(&mut self, column: Option<usize>, products: &[Tested]) -> Option<(ProductId, String)> {
        let name = self.line.cell(column);
        let chosen = |one: &Tested| Some((one.id, one.name.clone()));
        if let ([only], "") = (products, name) {
            return chosen(only);
        }
        if let Some(one) = products.iter().find(|one| one.slug == name) {
            return chosen(one);
        }
        let folded = domain::organisation::name_sort(name);
        let same = |one: &&Tested| domain::organisation::name_sort(&one.name) == folded;
        let found: Vec<&Tested> = products.iter().filter(same).collect();
        match found.as_slice() {
            [one] => return chosen(one),
            [] => self.wrong("finding-import-product", name),
            _ => self.wrong("finding-import-product-twice", name),
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const MOST: Most = Most {
        lines: 10,
        title: 20,
        text: 40,
    };

    fn products(n: u128) -> Vec<Tested> {
        let one = |n| Tested {
            id: ProductId(Uuid::from_u128(n)),
            name: format!("Produit {n}"),
            slug: format!("produit-{n}"),
        };
        (1..=n).map(one).collect()
    }

    #[test]
    fn a_name_that_two_products_bear_is_told_apart_by_their_addresses() {
        let mut same = products(2);
        same[1].name = same[0].name.clone();
        let text = |name| format!("title,details,product\nA,B,{name}\n");
        let named = parse(&text("Produit 1"), "", &same, MOST);
        assert_eq!(named.errors[0].message, "finding-import-product-twice");
        assert_eq!(parse(&text("produit-2"), "", &same, MOST).lines[0].product, same[1].id);
    }

    #[test]
    fn a_line_says_all_that_a_finding_can_say() {
        let text = "Titre;Description;Mesures;Exploitation;Vecteur;CWE;Produit\n\
             Contournement;Un lien suffit;Fermer;GET /x;cvss:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N;CWE-639;produit 2\n";
        let preview = parse(text, "Test 2025", &products(2), MOST);
        assert!(preview.errors.is_empty(), "{:?}", preview.errors);
        let line = &preview.lines[0];
        assert_eq!((line.line, line.product_name.as_str()), (2, "Produit 2"));
        assert_eq!(
            (line.text.cwe, line.rating.map(|r| r.score_tenths)),
            (Some(639), Some(65))
        );
        assert_eq!(line.text.source, "Test 2025");
        assert!(line.text.vector.starts_with("CVSS:3.1/"));
    }

    #[test]
    fn every_fault_of_every_line_is_said() {
        let long = "x".repeat(21);
        let text = format!("title,details,vector,cwe,product\n{long},,CVSS:9,999999,Autre\n,Texte,,,Produit 1\n");
        let preview = parse(&text, "", &products(2), MOST);
        assert!(preview.lines.is_empty());
        let errors: Vec<_> = preview.errors.iter().map(|e| (e.line, e.message)).collect();
        let expected = [
            (2, "finding-import-long-title"),
            (2, "finding-import-details-missing"),
            (2, "finding-import-vector"),
            (2, "finding-import-cwe"),
            (2, "finding-import-product"),
            (3, "finding-import-title-missing"),
        ];
        assert_eq!(errors, expected);
        let head = parse("nom;texte\na;b\n", "", &products(1), MOST);
        assert_eq!(head.errors[0].message, "finding-import-head");
    }

    #[test]
    fn the_only_product_need_not_be_named() {
        let text = "title,details\nA,B\n";
        assert_eq!(parse(text, "", &products(1), MOST).lines.len(), 1);
        assert_eq!(
            parse(text, "", &products(2), MOST).errors[0].message,
            "finding-import-product"
        );
    }
}
