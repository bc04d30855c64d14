//! One's own reports.

use super::words::{self, SeverityTag};
use crate::shell::{Answer, Choice, Page, Visitor, html, orders, send_sheet, with_query};
use addresses::Sorting;
use addresses::people::DESK;
use addresses::report as at;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use domain::ids::ReportId;
use domain::report::ReportState;
use domain::vulnerability::VulnerabilityState;
use std::collections::HashMap;
use use_cases::read;
use use_cases::report::{FILE_LINES, MyReport, MyReports};

struct Line {
    report: MyReport,
    href: String,
    number: String,
    tone: &'static str,
    state: String,
    severity: Option<SeverityTag>,
    /// Why it ended so, or what is to be done; empty where the state says it all.
    why: String,
}

#[derive(Template)]
#[template(path = "report/mine.html")]
struct Mine {
    page: Page,
    lines: Vec<Line>,
    sorting: Sorting,
    next_page: String,
}

/// The columns by which one's own reports are sorted, and whether what is greatest comes first.
const COLUMNS: &[(&str, bool)] = &[("date", true), ("gravite", true)];

/// The orders to choose from where rows are cards and have no heads.
const ORDERS: &[(&str, &str)] = &[
    ("", "report-order-newest"),
    ("-date", "report-order-oldest"),
    ("gravite", "report-order-severest"),
    ("-gravite", "report-order-mildest"),
];

impl Mine {
    fn sort(&self, column: &str) -> String {
        with_query(at::MINE, &[("tri", &self.sorting.toward(column))])
    }

    fn sorted(&self, column: &str) -> &'static str {
        self.sorting.shown(column)
    }

    fn orders(&self) -> Vec<Choice> {
        orders(&self.page, self.sorting, ORDERS)
    }

    /// Says, where there is more than a page, how many lines the file has at most.
    fn cut(&self) -> String {
        match self.next_page.is_empty() {
            true => String::new(),
            false => self.page.tn("layout-file-most", FILE_LINES),
        }
    }

    fn file(&self) -> String {
        with_query(at::MINE_FILE, &[("tri", &self.sorting.said())])
    }
}

fn query(asked: &HashMap<String, String>) -> (Sorting, MyReports) {
    let sorting = Sorting::read(COLUMNS, asked.get("tri").map(String::as_str).unwrap_or_default());
    let mine = MyReports {
        after: asked.get("apres").and_then(|id| id.parse().ok()).map(ReportId),
        by_severity: sorting.code() == "gravite",
        reversed: sorting.reversed,
        whole: false,
    };
    (sorting, mine)
}

/// Writes one's own reports as CSV, in the order of the list.
pub async fn file(visitor: Visitor, Query(asked): Query<HashMap<String, String>>) -> Answer {
    visitor.signed_in()?;
    let mine = MyReports {
        after: None,
        whole: true,
        ..query(&asked).1
    };
    let reports = read(&visitor.context, mine).await.map_err(|e| visitor.problem(e))?;
    let page = visitor.page(String::new());
    let head = [
        "number",
        "report",
        "campaign",
        "product",
        "state",
        "severity",
        "score",
        "submitted",
    ];
    let head: Vec<String> = head.iter().map(|name| page.t(&format!("report-file-{name}"))).collect();
    let cut_at = reports.next.map(|_| FILE_LINES);
    let rows: Vec<Vec<String>> = reports.lines.into_iter().map(|report| cells(&page, report)).collect();
    send_sheet(&visitor, "signalements.csv", &head, rows, cut_at)
}

fn cells(page: &Page, report: MyReport) -> Vec<String> {
    let line = line(page, report);
    let (word, score) = line.severity.map(|s| (s.word, s.score)).unwrap_or_default();
    let number = if line.report.number > 0 {
        line.report.number.to_string()
    } else {
        String::new()
    };
    vec![
        number,
        line.report.title,
        line.report.campaign_name,
        line.report.product,
        line.state,
        word,
        score,
        words::file_day(line.report.submitted_at),
    ]
}

/// Lists one's own reports.
pub async fn show(visitor: Visitor, Query(asked): Query<HashMap<String, String>>) -> Answer {
    visitor.signed_in()?;
    let (sorting, mine) = query(&asked);
    let reports = read(&visitor.context, mine).await.map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("report-mine-title"))
        .under(visitor.t("desk-title"), DESK)
        .here()
        .with_notices(reports.lines.iter().map(|report| report.notice));
    let next_page = reports
        .next
        .map(|id| with_query(at::MINE, &[("tri", &sorting.said()), ("apres", &id.to_string())]))
        .unwrap_or_default();
    let lines = reports.lines.into_iter().map(|report| line(&page, report)).collect();
    let template = Mine {
        page,
        lines,
        sorting,
        next_page,
    };
    Ok(html(StatusCode::OK, &template))
}

/// Says why a report ended as it did, or what its hunter is to do.
fn why(page: &Page, report: &MyReport) -> String {
    let key = match (report.state, report.mirrors) {
        (ReportState::Draft, _) if report.blocked.is_none() => "report-mine-complete",
        (ReportState::NeedsInformation, _) => "report-mine-answer",
        (ReportState::Duplicate, _) => "report-mine-duplicate",
        (ReportState::NotReproduced, _) => "report-mine-not-reproduced",
        (ReportState::OutOfScope, _) => "report-mine-out-of-scope",
        (ReportState::Informative, _) => "report-mine-informative",
        (ReportState::ClosedUnanswered, _) => "report-mine-unanswered",
        (_, Some(VulnerabilityState::Dismissed)) => "report-mine-dismissed",
        (_, Some(VulnerabilityState::Merged)) => "report-mine-merged",
        _ => return String::new(),
    };
    page.t(key)
}

fn line(page: &Page, report: MyReport) -> Line {
    let state = match report.mirrors {
        Some(state) => page.t(&format!("report-mirror-{}", state.code().replace('_', "-"))),
        None => words::state(page, report.state),
    };
    Line {
        href: addresses::report::show(report.id),
        number: if report.number > 0 {
            page.t1("report-number", "number", report.number)
        } else {
            page.t("report-state-draft")
        },
        tone: report
            .mirrors
            .map_or_else(|| words::tone(report.state), words::mirror_tone),
        why: why(page, &report),
        severity: words::severity(page, report.rating),
        state,
        report,
    }
}
