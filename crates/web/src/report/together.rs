//! One act on several reports of the queue: each is permitted, kept and journaled alone.

use super::queue::called;
use crate::shell::{Page, Problem, Submitted, Visitor};
use axum::http::StatusCode;
use domain::ids::ReportId;
use use_cases::report::{ClaimReport, Queue, ReleaseReport};
use use_cases::{Error, perform};

/// What became of it.
pub(super) struct Together {
    /// What was done; empty where nothing was.
    pub(super) done: String,
    /// What begins the list of those that failed.
    pub(super) failed: String,
    /// Each that failed: its address, what it is called, and why.
    pub(super) failures: Vec<(String, String, String)>,
    /// That nothing was chosen.
    pub(super) nothing: String,
}

impl Together {
    /// Gives the status of the answer: whether at least one was done.
    pub(super) fn status(&self) -> StatusCode {
        match (self.done.is_empty(), self.nothing.is_empty()) {
            (false, _) => StatusCode::OK,
            (true, true) => StatusCode::CONFLICT,
            (true, false) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

/// Takes or gives up the reports that were chosen, one transaction each.
pub(super) async fn do_together(visitor: &Visitor, form: &Submitted, queue: &Queue) -> Result<Together, Problem> {
    let page = visitor.page(String::new());
    let releases = form.text("act") == "release";
    let mut chosen: Vec<ReportId> = Vec::new();
    for id in form.all("report").iter().filter_map(|id| id.parse().ok()).map(ReportId) {
        if !chosen.contains(&id) && chosen.len() < visitor.web.app.settings.limits.page_lines {
            chosen.push(id);
        }
    }
    let (mut done, mut failures) = (0_usize, Vec::new());
    for report in &chosen {
        let outcome = if releases {
            perform(&visitor.context, ReleaseReport { report: *report }).await
        } else {
            perform(&visitor.context, ClaimReport { report: *report }).await
        };
        match outcome {
            Ok(()) => done += 1,
            Err(error) => failures.push(failure(visitor, &page, queue, *report, error)?),
        }
    }
    let said = if releases {
        "report-bulk-released"
    } else {
        "report-bulk-taken"
    };
    Ok(Together {
        done: if done > 0 { page.tn(said, done) } else { String::new() },
        failed: if failures.is_empty() {
            String::new()
        } else {
            page.tn("report-bulk-failed", failures.len())
        },
        nothing: if chosen.is_empty() {
            page.t("report-bulk-none")
        } else {
            String::new()
        },
        failures,
    })
}

/// Says why one could not be; a fault of ours is an error page as ever.
fn failure(
    visitor: &Visitor,
    page: &Page,
    queue: &Queue,
    report: ReportId,
    error: Error,
) -> Result<(String, String, String), Problem> {
    let why = match error {
        Error::Conflict(sentence) => page.t(sentence),
        Error::Stale | Error::Busy => page.t("error-stale"),
        Error::NotFound => page.t("report-bulk-gone"),
        other => return Err(visitor.problem(other)),
    };
    // Only what stands in the reader's own list has a name.
    let line = queue.lines.iter().find(|line| line.id == report);
    let (href, name) = match line {
        Some(line) => (addresses::report::show(report), called(page, line)),
        None => (String::new(), String::new()),
    };
    Ok((href, name, why))
}
