//! One act on a report: its page, and doing it.

use super::draft::incomplete;
use super::fields::{VectorField, prepares, vector};
use super::run::run;
use super::show::{frame, heading};
use super::template::{INSERT, OfferedTemplates, offered};
use crate::shell::{Answer, Errors, Page, Problem, Submitted, Visitor, html, redirect_with};
use addresses::report as at;
use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::ReportId;
use use_cases::report::{JoinChoice, ReportActions, ReportView, ViewReport};
use use_cases::{Error, read};
use uuid::Uuid;

/// Says whether the reader may do an act.
type Offered = fn(&ReportActions) -> bool;

/// The acts that have a page of their own, with whether the reader may do them.
const PAGES: &[(&str, Offered)] = &[
    ("repondre", |may| may.answer),
    ("rouvrir", |may| may.reopen),
    ("contester", |may| may.appeal),
    ("retirer", |may| may.withdraw),
    ("demander", |may| may.judge),
    ("reproduire", |may| may.judge),
    ("verifier", |may| may.verify),
    ("clore", |may| may.judge),
    ("abusif", |may| may.judge),
    ("fusionner", |may| may.merge),
    ("confirmer", |may| may.confirm),
    ("ecarter", |may| may.drop),
    ("reprendre", |may| may.resume),
    ("recours", |may| may.decide),
    ("commenter", |may| may.comment || may.comment_internally),
];

#[derive(Template)]
#[template(path = "report/act.html")]
struct ActPage {
    page: Page,
    view: ReportView,
    act: String,
    heading: String,
    action: String,
    back: String,
    typed: Submitted,
    /// The templates that it offers.
    offered: OfferedTemplates,
    vector: VectorField,
    now: String,
    errors: Errors,
}

impl ActPage {
    /// Says whether what passed the gateway comes with the report.
    fn recorded(&self) -> bool {
        let mut files = self.view.attachments.iter();
        files.any(|file| crate::exchange::link_of(self.view.id.0, file).is_some())
    }

    /// Says whether a reason is asked why no replay can show it: none was made, or it came to nothing.
    fn asks_unreplayed(&self) -> bool {
        self.recorded() && (self.text("replay").is_empty() || !self.errors.at("unreplayed").is_empty())
    }

    fn text(&self, field: &str) -> String {
        match &self.offered.inserted {
            Some((filled, text)) if *filled == field => text.clone(),
            _ => self.typed.text(field),
        }
    }

    /// Gives where templates are kept.
    fn templates(&self) -> String {
        at::templates(self.view.campaign)
    }

    fn made_at(&self) -> &str {
        &self.now
    }

    fn back_href(&self) -> &str {
        &self.back
    }

    fn ticked(&self, field: &str) -> bool {
        self.typed.ticked(field)
    }

    /// Says whether the report may show that one of those it may join came back.
    fn may_regress(&self) -> bool {
        self.view.joinable.iter().any(|known| known.state.is_fixed())
    }

    /// Says where a vulnerability stands that the report may join.
    fn stands(&self, known: &JoinChoice) -> String {
        self.page.tc("report-mirror", known.state.code())
    }

    fn is(&self, field: &str, value: &str) -> bool {
        self.typed.text(field) == value
    }

    fn is_id(&self, field: &str, id: &Uuid) -> bool {
        self.typed.id::<Uuid>(field) == Some(*id)
    }
}

/// Shows the page of an act; the address may say what its form begins with.
pub async fn page(visitor: Visitor, Path((report, act)): Path<(Uuid, String)>, RawQuery(query): RawQuery) -> Answer {
    visitor.signed_in()?;
    let begun = Submitted::begun(query.as_deref());
    show(&visitor, ReportId(report), act, begun, Errors::none()).await
}

async fn show(visitor: &Visitor, report: ReportId, act: String, typed: Submitted, errors: Errors) -> Answer {
    let view = read(&visitor.context, ViewReport(report))
        .await
        .map_err(|e| visitor.problem(e))?;
    let known = PAGES.iter().find(|(name, _)| *name == act);
    if !known.is_some_and(|(_, allowed)| allowed(&view.may)) {
        return Err(visitor.problem(Error::NotFound));
    }
    let title = visitor.t(&format!("report-act-{act}"));
    let blank = visitor.page("");
    let heading = heading(&blank, &view);
    let page = frame(visitor, &view, title)
        .under(heading.clone(), at::show(report))
        .here();
    let kept = vector(&typed);
    let vector = if kept.is_empty() { view.vector.clone() } else { kept };
    let offered = offered(visitor, &view, &act, &typed).await;
    let template = ActPage {
        offered,
        action: at::act(report, &act),
        back: at::show(report),
        now: Some(typed.text("made_at"))
            .filter(|made| !made.is_empty())
            .unwrap_or_else(|| i18n::local_value(visitor.web.app.clock.now().0)),
        vector: VectorField::of(&page, &vector),
        heading,
        act,
        typed,
        view,
        errors,
        page,
    };
    let status = if template.errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(html(status, &template))
}

/// Does an act, and shows the report again; or the act's page with what is wrong.
pub async fn perform_act(visitor: Visitor, Path((report, act)): Path<(Uuid, String)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let report = ReportId(report);
    if prepares(&form) || form.text("act") == INSERT {
        return show(&visitor, report, act, form, Errors::none()).await;
    }
    match run(&visitor.context, report, &act, &form).await {
        Ok(flash) => Ok(done(&visitor, report, &act, flash)),
        Err(error) if act == "soumettre" && matches!(error, Error::Invalid(_)) => {
            incomplete(&visitor, report, error).await
        }
        Err(error) => {
            if PAGES.iter().all(|(name, _)| *name != act) {
                return pressed(&visitor, report, error, &form);
            }
            // Only whoever may do the act elsewhere learns that it came too late; others find nothing.
            let late = matches!(error, Error::Conflict(_));
            let errors = Errors::of(&visitor, error, |field| {
                format!("report-field-{}", field.replace('_', "-"))
            })?;
            match show(&visitor, report, act, form.clone(), errors).await {
                Err(_) if late => {
                    let now = Error::Conflict("error-not-in-this-state");
                    Err(Problem::kept(&visitor, now, &form, back(report)))
                }
                answer => answer,
            }
        }
    }
}

/// Answers a press that came to nothing: where the state has changed, the report shows what is.
fn pressed(visitor: &Visitor, report: ReportId, error: Error, form: &Submitted) -> Answer {
    match error {
        Error::Conflict("error-not-in-this-state") => Ok(redirect_with(
            &visitor.web,
            &at::show(report),
            "flash-warning-report-changed",
        )),
        Error::Conflict(_) => Err(Problem::kept(visitor, error, form, back(report))),
        other => Err(visitor.problem(other)),
    }
}

fn back(report: ReportId) -> (&'static str, String) {
    ("report-back-report", at::show(report))
}

fn done(visitor: &Visitor, report: ReportId, act: &str, flash: &'static str) -> Response {
    let to = if act == "supprimer" {
        at::MINE.to_owned()
    } else {
        at::show(report)
    };
    redirect_with(&visitor.web, &to, flash)
}
