//! What concerns one organisation, in one list and as a file.

use super::together::{self, Together, answer_together};
use super::words;
use crate::shell::{Answer, Choice, Page, Submitted, Visitor, html, send_file, with_query};
use addresses::sharing as at;
use askama::Template;
use axum::extract::{Path, Query};
use domain::concern::{ConcernOrder, ConcernPart};
use domain::ids::OrganisationId;
use domain::position::{PositionEvent, TOGETHER};
use domain::severity::Severity;
use i18n::Arg;
use std::collections::HashMap;
use use_cases::csv_file::write_sheet;
use use_cases::read;
use use_cases::sharing::{ConcernFilter, ConcernLine, Concerns, ListConcerns};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "sharing/concerns.html")]
struct ConcernsPage {
    page: Page,
    view: Concerns,
    parts: Vec<Choice>,
    bands: Vec<Choice>,
    products: Vec<Choice>,
    asked: Asked,
    skip: usize,
    together: Together,
}

/// The orders to choose from: how the address says each, and its words.
const ORDERS: &[(&str, &str)] = &[
    ("", "sharing-order-due"),
    ("-due", "sharing-order-due-last"),
    ("risk", "sharing-order-severest"),
    ("-risk", "sharing-order-mildest"),
    ("state", "sharing-order-state"),
    ("-state", "sharing-order-state-last"),
    ("product", "sharing-order-product"),
    ("-product", "sharing-order-product-last"),
    ("opened", "sharing-order-newest"),
    ("-opened", "sharing-order-oldest"),
];

/// What the address asks for.
struct Asked {
    path: String,
    organisation: Uuid,
    part: String,
    band: String,
    product: String,
    order: ConcernOrder,
    reversed: bool,
}

impl Asked {
    fn read(organisation: Uuid, query: &HashMap<String, String>) -> Self {
        let text = |name: &str| query.get(name).cloned().unwrap_or_default();
        let sorted = text("tri");
        let (code, reversed) = match sorted.strip_prefix('-') {
            Some(code) => (code.to_owned(), true),
            None => (sorted, false),
        };
        Self {
            path: at::situations(organisation),
            organisation,
            part: text("quoi"),
            band: text("gravite"),
            product: text("produit"),
            order: ConcernOrder::from_code(&code).unwrap_or(ConcernOrder::Due),
            reversed,
        }
    }

    fn filter(&self) -> ConcernFilter {
        ConcernFilter {
            part: ConcernPart::from_code(&self.part),
            at_least: Severity::from_code(&self.band),
            product: self.product.parse().ok(),
            order: self.order,
            reversed: self.reversed,
        }
    }

    fn sorting(&self, order: ConcernOrder, reversed: bool) -> String {
        match (order, reversed) {
            (ConcernOrder::Due, false) => String::new(),
            (order, false) => order.code().to_owned(),
            (order, true) => format!("-{}", order.code()),
        }
    }

    fn href(&self, path: &str, sorting: &str, skip: usize) -> String {
        let skip = if skip == 0 { String::new() } else { skip.to_string() };
        let pairs = [
            ("quoi", self.part.as_str()),
            ("gravite", self.band.as_str()),
            ("produit", self.product.as_str()),
            ("tri", sorting),
            ("apres", skip.as_str()),
        ];
        with_query(path, &pairs)
    }
}

impl ConcernsPage {
    fn href(&self, line: &ConcernLine) -> String {
        at::situation(self.asked.organisation, line.row.vulnerability.0)
    }

    /// Gives where a head leads: to its order, or the other way round where that is shown.
    fn sort(&self, code: &str) -> String {
        let order = ConcernOrder::from_code(code).unwrap_or(ConcernOrder::Due);
        let reversed = order == self.asked.order && !self.asked.reversed;
        self.asked
            .href(&self.asked.path, &self.asked.sorting(order, reversed), 0)
    }

    /// Says how a column is sorted: what comes first is the worst, the soonest or the first of the alphabet.
    fn sorted(&self, code: &str) -> &'static str {
        let order = ConcernOrder::from_code(code).unwrap_or(ConcernOrder::Due);
        let falls = matches!(order, ConcernOrder::Risk | ConcernOrder::Opened);
        match (order == self.asked.order, falls == self.asked.reversed) {
            (false, _) => "",
            (true, true) => "up",
            (true, false) => "down",
        }
    }

    /// Gives the orders to choose from where rows are cards and have no heads.
    fn orders(&self) -> Vec<Choice> {
        let said = self.sorting();
        ORDERS
            .iter()
            .map(|(code, key)| Choice::new(code, self.page.t(key), &said))
            .collect()
    }

    fn sorting(&self) -> String {
        self.asked.sorting(self.asked.order, self.asked.reversed)
    }

    fn label(&self, line: &ConcernLine) -> String {
        together::called(&self.page, line)
    }

    /// Says whether any line of the page can be chosen, so that one answer goes to several.
    fn choosable(&self) -> bool {
        self.view.lines.iter().any(ConcernLine::choosable)
    }

    fn boxed(&self, line: &ConcernLine) -> String {
        together::boxed(line)
    }

    fn answers(&self) -> [PositionEvent; 5] {
        TOGETHER
    }

    /// Gives where what is chosen is sent: the same list.
    fn here(&self) -> String {
        self.asked.href(&self.asked.path, &self.sorting(), self.skip)
    }

    fn score(&self, line: &ConcernLine) -> String {
        score(&self.page, line)
    }

    fn file(&self) -> String {
        let path = at::situations_file(self.asked.organisation);
        self.asked.href(&path, &self.sorting(), 0)
    }

    fn shown(&self) -> String {
        let args = [
            ("from", Arg::from(self.skip + 1)),
            ("to", Arg::from(self.skip + self.view.lines.len())),
            ("n", Arg::from(self.view.found)),
        ];
        i18n::ta(self.page.lang_is, "sharing-concerns-shown", &args)
    }

    fn paged(&self) -> bool {
        self.view.found > self.view.page
    }

    fn previous(&self) -> String {
        if self.skip == 0 {
            return String::new();
        }
        let skip = self.skip.saturating_sub(self.view.page);
        self.asked.href(&self.asked.path, &self.sorting(), skip)
    }

    fn next(&self) -> String {
        let skip = self.skip + self.view.page;
        if skip < self.view.found {
            self.asked.href(&self.asked.path, &self.sorting(), skip)
        } else {
            String::new()
        }
    }
}

fn score(page: &Page, line: &ConcernLine) -> String {
    line.risk
        .score_tenths
        .map(|tenths| i18n::decimal_tenths(page.lang_is, tenths))
        .unwrap_or_default()
}

/// Lists what concerns an organisation: `?quoi=unanswered&gravite=high&produit=…&tri=-risk&apres=50`.
pub async fn list(
    visitor: Visitor,
    Path(organisation): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    show(&visitor, organisation, &query, Together::default()).await
}

/// Gives one answer to several of them; says which it could not be given to, and why.
pub async fn answer(
    visitor: Visitor,
    Path(organisation): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
    form: Submitted,
) -> Answer {
    visitor.signed_in()?;
    let together = answer_together(&visitor, OrganisationId(organisation), form).await?;
    show(&visitor, organisation, &query, together).await
}

async fn show(visitor: &Visitor, organisation: Uuid, query: &HashMap<String, String>, together: Together) -> Answer {
    visitor.signed_in()?;
    let asked = Asked::read(organisation, query);
    let skip = query.get("apres").and_then(|text| text.parse().ok()).unwrap_or(0);
    let list = ListConcerns {
        organisation: OrganisationId(organisation),
        filter: asked.filter(),
        skip: Some(skip),
    };
    let view = read(&visitor.context, list).await.map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("sharing-situations-title"))
        .under(&view.organisation, addresses::organisation::organisation(organisation))
        .here()
        .with_notices(view.lines.iter().map(|line| line.row.notice));
    let any = |key: &str, chosen: &str| Choice::new("", page.t(key), chosen);
    let mut parts = vec![any("sharing-concerns-all", &asked.part)];
    for part in ConcernPart::ALL {
        let label = page.t(&format!("sharing-concerns-part-{}", part.code()));
        parts.push(Choice::new(part.code(), label, &asked.part));
    }
    let mut bands = vec![any("sharing-concerns-any-severity", &asked.band)];
    for band in Severity::ALL.iter().rev().filter(|band| **band != Severity::None) {
        let label = page.t1("sharing-concerns-at-least", "severity", words::severity(&page, band));
        bands.push(Choice::new(band.code(), label, &asked.band));
    }
    let mut products = vec![any("sharing-concerns-any-product", &asked.product)];
    for (id, name) in &view.products {
        products.push(Choice::new(id, name, &asked.product));
    }
    let template = ConcernsPage {
        page,
        view,
        parts,
        bands,
        products,
        asked,
        skip,
        together,
    };
    Ok(html(template.together.status(), &template))
}

/// Writes what the list shows, on all its pages, as CSV.
pub async fn file(
    visitor: Visitor,
    Path(organisation): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    visitor.signed_in()?;
    let asked = Asked::read(organisation, &query);
    let list = ListConcerns {
        organisation: OrganisationId(organisation),
        filter: asked.filter(),
        skip: None,
    };
    let view = read(&visitor.context, list).await.map_err(|e| visitor.problem(e))?;
    let page = visitor.page(String::new());
    let head = [
        "product",
        "opened",
        "severity",
        "score",
        "own",
        "told",
        "correction",
        "version",
        "yours",
        "due",
        "answered",
    ];
    let head: Vec<String> = head
        .iter()
        .map(|name| page.t(&format!("sharing-file-{name}")))
        .collect();
    let rows: Vec<Vec<String>> = view.lines.iter().map(|line| cells(&page, line)).collect();
    let bytes = write_sheet(&head, &rows).map_err(|e| visitor.problem(e))?;
    Ok(send_file("situations.csv", "text/csv; charset=utf-8", bytes))
}

fn cells(page: &Page, line: &ConcernLine) -> Vec<String> {
    let day = |at: Option<domain::Timestamp>| {
        at.map(|at| i18n::local_day(at.0))
            .map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
            .unwrap_or_default()
    };
    let (correction, version) = match &line.correction {
        Some((correction, version)) => (words::correction(page, correction), version.clone().unwrap_or_default()),
        None => (String::new(), String::new()),
    };
    vec![
        line.row.product_name.clone(),
        day(Some(line.row.opened_at)),
        words::severity(page, &line.risk.band),
        score(page, line),
        page.t(if line.own { "common-yes" } else { "common-no" }),
        words::phase(page, &line.phase),
        correction,
        version,
        words::position(page, &line.state),
        day(line.due),
        day(line.answered_at),
    ]
}
