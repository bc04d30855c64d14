//! What was found, as rows that read alike whatever they are.

use crate::campaign::tone as campaign_tone;
use crate::report::words as report;
use crate::shell::{Page, with_query};
use crate::vulnerability::Head;
use addresses::search::SEARCH;
use domain::Timestamp;
use domain::search::Part;
use use_cases::campaign::CampaignSummary;
use use_cases::ports::ProductRecord;
use use_cases::programme::ProgrammeLine;
use use_cases::report::ReportFound;
use use_cases::search::{Group, Results};
use use_cases::vulnerability::VulnerabilityLine;

/// One answer.
pub(super) struct Row {
    pub(super) title: String,
    pub(super) href: String,
    /// Its tone and state; empty where it has none.
    pub(super) tone: &'static str,
    pub(super) state: String,
    /// Its severity and score; empty where it has none.
    pub(super) band: &'static str,
    pub(super) band_word: String,
    pub(super) score: String,
    /// What it belongs to, and when.
    pub(super) place: Vec<String>,
    pub(super) day: String,
    pub(super) iso: String,
    /// Where its texts alone are searched.
    pub(super) within: String,
}

/// The answers of one kind.
pub(super) struct Section {
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) rows: Vec<Row>,
    /// Where the others are; empty where there are none.
    pub(super) more: String,
    /// Says that those shown are the closest of more.
    pub(super) bounded: bool,
}

fn row(title: String, href: String) -> Row {
    Row {
        title,
        href,
        tone: "",
        state: String::new(),
        band: "",
        band_word: String::new(),
        score: String::new(),
        place: Vec::new(),
        day: String::new(),
        iso: String::new(),
        within: String::new(),
    }
}

impl Row {
    fn since(mut self, page: &Page, key: &str, at: Option<Timestamp>) -> Self {
        if let Some(at) = at {
            self.day = page.t1(key, "date", page.day(&at));
            self.iso = page.iso(&at);
        }
        self
    }

    fn within(mut self, place: impl IntoIterator<Item = String>) -> Self {
        self.place = place.into_iter().filter(|one| !one.is_empty()).collect();
        self
    }
}

/// Gives the answers by kind; kinds without any are left out.
pub(super) fn sections(page: &Page, results: &Results, typed: &str, part: Option<Part>) -> Vec<Section> {
    let product = results.product.as_ref().map(|record| record.product.id.to_string());
    let product = product.unwrap_or_default();
    let own = |part: Part| with_query(SEARCH, &[("q", typed), ("quoi", part.code()), ("produit", &product)]);
    let directory = with_query(addresses::organisation::ORGANISATIONS, &[("nom", typed)]);
    let catalogue = with_query(addresses::register::CATALOGUE, &[("nom", typed)]);
    let all = [
        section(page, Part::Reports, &results.reports, own(Part::Reports), |one| {
            of_report(page, one)
        }),
        section(
            page,
            Part::Vulnerabilities,
            &results.vulnerabilities,
            own(Part::Vulnerabilities),
            |one| of_vulnerability(page, one),
        ),
        section(page, Part::Campaigns, &results.campaigns, own(Part::Campaigns), |one| {
            of_campaign(page, one)
        }),
        section(
            page,
            Part::Programmes,
            &results.programmes,
            own(Part::Programmes),
            |one| of_programme(page, one),
        ),
        section(page, Part::Products, &results.products, catalogue, |one| {
            of_product(one, typed)
        }),
        section(page, Part::Organisations, &results.organisations, directory, |one| {
            let kind = page.t(&crate::organisation::kind_key(one.kind));
            row(one.name.clone(), addresses::organisation::organisation(one.id.0)).within([kind])
        }),
    ];
    let narrowed = |section: &Section| part.is_some_and(|part| part.code() == section.id);
    all.into_iter()
        .filter(|section| !section.rows.is_empty())
        .map(|section| Section {
            bounded: !section.more.is_empty() && narrowed(&section),
            more: if section.more.starts_with(SEARCH) && narrowed(&section) {
                String::new()
            } else {
                section.more
            },
            ..section
        })
        .collect()
}

fn section<T>(page: &Page, part: Part, group: &Group<T>, more: String, row: impl Fn(&T) -> Row) -> Section {
    Section {
        id: part.code(),
        title: page.tc("search-part", part.code()),
        rows: group.lines.iter().map(row).collect(),
        more: if group.more { more } else { String::new() },
        bounded: false,
    }
}

fn of_report(page: &Page, one: &ReportFound) -> Row {
    let mut row = row(one.title.clone(), addresses::report::show(one.id));
    row.tone = report::tone(one.state);
    row.state = report::state(page, one.state);
    if let Some(severity) = report::severity(page, one.rating) {
        row.band = severity.level;
        row.band_word = severity.word;
        row.score = severity.score;
    }
    let number = page.t1("report-number", "number", one.number);
    row.within([number, one.product.clone(), one.campaign.clone()])
        .since(page, "search-handed-in", one.submitted_at)
}

fn of_vulnerability(page: &Page, one: &VulnerabilityLine) -> Row {
    let head = Head::of(page, &one.record, one.level);
    let mut row = row(one.title.clone(), head.href);
    row.tone = head.tone;
    row.state = head.state;
    row.band = head.band;
    row.band_word = head.band_word;
    row.score = head.score;
    row.within([head.label, head.product])
        .since(page, "search-opened", Some(one.record.vulnerability.opened_at))
}

fn of_campaign(page: &Page, one: &CampaignSummary) -> Row {
    let mut row = row(one.name.clone(), addresses::campaign::show(one.id.0));
    row.tone = campaign_tone(one.state);
    row.state = page.tc("campaign-state", one.state.code());
    row.within([one.programme.clone()])
        .since(page, "search-opens", Some(one.opens_at))
}

fn of_programme(page: &Page, one: &ProgrammeLine) -> Row {
    let programme = &one.record.programme;
    let row = row(programme.name.clone(), addresses::programme::programme(&programme.slug));
    row.within([one.owner.clone()])
        .since(page, "search-published", one.record.published_at)
}

fn of_product(one: &ProductRecord, typed: &str) -> Row {
    let product = &one.product;
    let mut row = row(product.name.clone(), addresses::register::product(&product.slug));
    row.within = with_query(SEARCH, &[("q", typed), ("produit", &product.id.to_string())]);
    row.within([one.vendor_name.clone()])
}
