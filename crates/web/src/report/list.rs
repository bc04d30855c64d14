//! One's own reports.

use super::words::{self, SeverityTag};
use crate::shell::{Answer, Page, Visitor, html};
use addresses::people::DESK;
use askama::Template;
use axum::http::StatusCode;
use use_cases::read;
use use_cases::report::{MyReport, MyReports};

struct Line {
    report: MyReport,
    href: String,
    number: String,
    tone: &'static str,
    state: String,
    severity: Option<SeverityTag>,
}

#[derive(Template)]
#[template(path = "report/mine.html")]
struct Mine {
    page: Page,
    lines: Vec<Line>,
}

/// Lists one's own reports.
pub async fn show(visitor: Visitor) -> Answer {
    visitor.signed_in()?;
    let reports = read(&visitor.context, MyReports)
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("report-mine-title"))
        .under(visitor.t("desk-title"), DESK)
        .here()
        .with_notices(reports.iter().map(|report| report.notice));
    let lines = reports.into_iter().map(|report| line(&page, report)).collect();
    Ok(html(StatusCode::OK, &Mine { lines, page }))
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
        tone: words::tone(report.state),
        severity: words::severity(page, report.rating),
        state,
        report,
    }
}
