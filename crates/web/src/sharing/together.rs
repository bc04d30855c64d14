//! One answer to several vulnerabilities of the list: what was sent, and what became of it.

use super::{risk, words};
use crate::shell::{Errors, Page, Problem, Submitted, Visitor};
use addresses::sharing as at;
use axum::http::StatusCode;
use domain::Timestamp;
use domain::ids::{OrganisationId, VulnerabilityId};
use domain::position::PositionEvent;
use use_cases::sharing::{AnswerTogether, ConcernFilter, ConcernLine, Concerns, ListConcerns};
use use_cases::{Error, FieldError, perform, read};
use uuid::Uuid;

/// What was sent, and what became of it; empty where the list is only read.
#[derive(Default)]
pub(super) struct Together {
    /// What was typed.
    pub(super) form: Submitted,
    /// What is wrong with it.
    pub(super) errors: Errors,
    /// What was done; empty where nothing was.
    pub(super) done: String,
    /// What begins the list of those that were not answered.
    pub(super) failed: String,
    /// Each of them: its address, what it is called, and why.
    pub(super) failures: Vec<(String, String, String)>,
    /// Those that were chosen and are not answered: they stay chosen.
    kept: Vec<VulnerabilityId>,
}

impl Together {
    /// Gives the status of the answer: what is wrong with the form, that nothing was done, or that something was.
    pub(super) fn status(&self) -> StatusCode {
        match (self.errors.any(), self.done.is_empty() && !self.failures.is_empty()) {
            (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
            (false, true) => StatusCode::CONFLICT,
            (false, false) => StatusCode::OK,
        }
    }

    /// Says whether a line stays chosen.
    pub(super) fn keeps(&self, line: &ConcernLine) -> bool {
        self.kept.contains(&line.row.vulnerability)
    }

    /// Says whether an answer is the one that was chosen, and is still to be given.
    pub(super) fn chosen(&self, event: PositionEvent) -> bool {
        self.still() && self.form.text("answer") == event.code()
    }

    /// Gives the reason that was typed, until it was kept with all that was chosen.
    pub(super) fn reason(&self) -> String {
        if self.still() {
            self.form.text("reason")
        } else {
            String::new()
        }
    }

    fn still(&self) -> bool {
        self.errors.any() || !self.kept.is_empty()
    }
}

/// Writes what the box of a line sends: which vulnerability, and when it was last answered as the list shows it.
pub(super) fn boxed(line: &ConcernLine) -> String {
    let answered = line.answered_at.map(|at| at.0.to_string()).unwrap_or_default();
    format!("{}:{answered}", line.row.vulnerability)
}

fn unboxed(text: &str) -> Option<(VulnerabilityId, Option<Timestamp>)> {
    let (id, answered) = text.split_once(':')?;
    let shown = match answered {
        "" => None,
        millis => Some(Timestamp(millis.parse().ok()?)),
    };
    Some((VulnerabilityId(id.parse().ok()?), shown))
}

/// Gives what was chosen the answer that was typed, one transaction each.
pub(super) async fn answer_together(
    visitor: &Visitor,
    organisation: OrganisationId,
    form: Submitted,
) -> Result<Together, Problem> {
    // Only what stands in the reader's own list has a name.
    let list = ListConcerns {
        organisation,
        filter: ConcernFilter::default(),
        skip: None,
    };
    let list = read(&visitor.context, list).await.map_err(|e| visitor.problem(e))?;
    let page = visitor.page(String::new());
    let most = visitor.web.app.settings.limits.page_lines;
    let chosen = form.all("faille");
    let chosen = chosen.iter().filter_map(|text| unboxed(text)).take(most);
    let answer = PositionEvent::from_code(&form.text("answer"));
    let (mut done, mut wrong, mut failures, mut kept) = (0_usize, Vec::new(), Vec::new(), Vec::new());
    let mut any = false;
    for (vulnerability, shown) in chosen {
        any = true;
        let command = AnswerTogether {
            organisation,
            vulnerability,
            shown,
            answer,
            reason: form.text("reason"),
        };
        match perform(&visitor.context, command).await {
            Ok(()) => done += 1,
            Err(error) => {
                kept.push(vulnerability);
                match error {
                    Error::Invalid(fields) => wrong.extend(fields),
                    other => failures.push(failure(visitor, (&page, &list), (organisation, vulnerability), other)?),
                }
            }
        }
    }
    if !any {
        wrong.push(lacks("failles", "sharing-together-none"));
        if answer.is_none() {
            wrong.push(lacks("answer", "error-choose"));
        }
    }
    // What the form lacks is said once, for however many.
    wrong.dedup();
    Ok(Together {
        errors: match wrong.is_empty() {
            true => Errors::none(),
            false => Errors::of(visitor, Error::Invalid(wrong), label)?,
        },
        done: match done {
            0 => String::new(),
            done => page.tn("sharing-together-done", done),
        },
        failed: match failures.len() {
            0 => String::new(),
            failed => page.tn("sharing-together-failed", failed),
        },
        form,
        failures,
        kept,
    })
}

fn lacks(field: &str, message: &'static str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message,
        detail: None,
    }
}

fn label(field: &str) -> String {
    match field {
        "failles" => "sharing-together-choose".to_owned(),
        "reason" => "sharing-together-reason".to_owned(),
        other => risk::label(other),
    }
}

/// Says why one was not answered; a fault of ours is an error page as ever.
fn failure(
    visitor: &Visitor,
    (page, list): (&Page, &Concerns),
    (organisation, vulnerability): (OrganisationId, VulnerabilityId),
    error: Error,
) -> Result<(String, String, String), Problem> {
    let line = list.lines.iter().find(|line| line.row.vulnerability == vulnerability);
    let state = line.map(|line| words::position(page, &line.state)).unwrap_or_default();
    let why = match error {
        Error::Conflict("error-not-in-this-state") => page.t1("sharing-together-not-from", "state", state),
        Error::Conflict(sentence) => page.t(sentence),
        Error::Stale => page.t1("sharing-together-changed", "state", state),
        Error::Busy => page.t("error-page-busy"),
        Error::NotFound => page.t("sharing-together-gone"),
        other => return Err(visitor.problem(other)),
    };
    Ok(match line {
        Some(line) => (href(organisation, vulnerability), called(page, line), why),
        None => (String::new(), String::new(), why),
    })
}

fn href(organisation: OrganisationId, vulnerability: VulnerabilityId) -> String {
    let organisation: Uuid = organisation.0;
    at::situation(organisation, vulnerability.0)
}

/// Gives what a line is called in sentences.
pub(super) fn called(page: &Page, line: &ConcernLine) -> String {
    let day = page.day(&line.row.opened_at);
    page.t2("sharing-label-dated", "product", &line.row.product_name, "date", day)
}
