//! One's own reports.

use super::words::{self, SeverityTag};
use crate::shell::{Answer, Page, Visitor, html};
use addresses::people::DESK;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use domain::ids::ReportId;
use domain::report::ReportState;
use domain::vulnerability::VulnerabilityState;
use std::collections::HashMap;
use use_cases::read;
use use_cases::report::{MyReport, MyReports};

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
    next_page: String,
}

/// Lists one's own reports.
pub async fn show(visitor: Visitor, Query(asked): Query<HashMap<String, String>>) -> Answer {
    visitor.signed_in()?;
    let after = asked.get("apres").and_then(|id| id.parse().ok()).map(ReportId);
    let reports = read(&visitor.context, MyReports { after })
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("report-mine-title"))
        .under(visitor.t("desk-title"), DESK)
        .here()
        .with_notices(reports.lines.iter().map(|report| report.notice));
    let next_page = reports.next.map(|id| format!("?apres={id}")).unwrap_or_default();
    let lines = reports.lines.into_iter().map(|report| line(&page, report)).collect();
    let template = Mine { page, lines, next_page };
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
