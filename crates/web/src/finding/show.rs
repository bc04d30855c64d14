//! One finding, and what a verifier decides about it.

use super::{label, tone};
use crate::report::alike;
use crate::report::fields::{VectorField, prepares, vector, weakness_named};
use crate::report::words::{SeverityTag, severity};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, markdown_to_html, redirect_with, with_query};
use addresses::finding as at;
use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use domain::ids::{FindingId, OrganisationId, VulnerabilityId};
use domain::vulnerability::Reach;
use use_cases::finding::{DecideOnFinding, FindingDecision, FindingView, ViewFinding};
use use_cases::report::{Alike, JoinChoice};
use use_cases::{Error, FieldError, Outcome, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "finding/show.html")]
struct FindingPage {
    page: Page,
    view: FindingView,
    here: String,
    errors: Errors,
    form: Submitted,
    details: String,
    measures: String,
    exploit: String,
    severity: Option<SeverityTag>,
    weakness: String,
    /// The field for rating: what was typed, else what the file says.
    vector: VectorField,
    tone: &'static str,
    /// What it may repeat.
    alike: Vec<alike::Line>,
}

impl FindingPage {
    fn is(&self, field: &str, value: &str) -> bool {
        self.form.text(field) == value
    }

    fn is_id(&self, field: &str, id: &Uuid) -> bool {
        self.form.id::<Uuid>(field) == Some(*id)
    }
}

async fn page(visitor: &Visitor, finding: Uuid, form: Submitted, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let view = read(&visitor.context, ViewFinding(FindingId(finding)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let campaign = view.record.finding.campaign.0;
    let page = visitor
        .page(view.text.title.clone())
        .under(visitor.t("campaign-list-title"), addresses::campaign::LIST)
        .under(&view.record.campaign_name, addresses::campaign::show(campaign))
        .under(visitor.t("finding-list-title"), at::list(campaign))
        .here()
        .with_notice(view.record.notice);
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let typed = vector(&form);
    let rated = if typed.is_empty() && !errors.any() {
        view.text.vector.clone()
    } else {
        typed
    };
    let template = FindingPage {
        here: at::decide(finding),
        details: markdown_to_html(&view.text.details),
        measures: markdown_to_html(&view.text.measures),
        exploit: markdown_to_html(&view.text.exploit),
        severity: severity(&page, view.record.rating),
        weakness: view
            .text
            .cwe
            .map(|number| weakness_named(&page, number))
            .unwrap_or_default(),
        vector: VectorField::of(&page, &rated).called(page.t("finding-field-vector"), page.t("finding-vector-hint")),
        tone: tone(view.record.finding.state),
        alike: view.alike.iter().map(|one| proposal(&page, finding, one)).collect(),
        page,
        view,
        errors,
        form,
    };
    Ok(html(status, &template))
}

/// Gives a proposal, with the decision that tells the finding under its vulnerability.
fn proposal(page: &Page, finding: Uuid, one: &Alike) -> alike::Line {
    let join = |known: &JoinChoice| {
        let begun = [("decision", "join"), ("vulnerability", &known.id.to_string())];
        let href = format!("{}#decider", with_query(&at::show(finding), &begun));
        (page.t1("finding-alike-join", "label", &known.label), href)
    };
    alike::line(page, one, one.thing.vulnerability().map(join).into_iter().collect())
}

/// Shows a finding, with the decision that an address begins.
pub(super) async fn show(visitor: Visitor, Path(finding): Path<Uuid>, RawQuery(query): RawQuery) -> Answer {
    let begun = Submitted::begun(query.as_deref());
    page(&visitor, finding, begun, Errors::none()).await
}

/// Reads the decision that was chosen, with what it needs; every lack is named at once.
fn decision(form: &Submitted) -> Outcome<FindingDecision> {
    let mut problems = Vec::new();
    let mut lacks = |field: &str, message| {
        problems.push(FieldError {
            field: field.to_owned(),
            message,
            detail: None,
        });
    };
    let chosen = match form.text("decision").as_str() {
        "product" => Some(FindingDecision::Open(Reach::Product)),
        "deployment" => {
            let organisation = form.id::<OrganisationId>("organisation");
            if organisation.is_none() {
                lacks("organisation", "error-choose");
            }
            organisation.map(|one| FindingDecision::Open(Reach::Deployment(one)))
        }
        "join" => {
            let known = form.id::<VulnerabilityId>("vulnerability");
            if known.is_none() {
                lacks("vulnerability", "error-choose");
            }
            known.map(FindingDecision::Join)
        }
        "refuse" => Some(FindingDecision::Refuse),
        _ => {
            lacks("decision", "error-choose");
            None
        }
    };
    if chosen.is_none() && form.text("reason").trim().is_empty() {
        lacks("reason", "error-required");
    }
    chosen.ok_or(Error::Invalid(problems))
}

/// Decides a finding, and shows it again; or what is wrong.
pub(super) async fn decide(visitor: Visitor, Path(finding): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    if prepares(&form) {
        return page(&visitor, finding, form, Errors::none()).await;
    }
    let view = read(&visitor.context, ViewFinding(FindingId(finding)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let decided = match decision(&form) {
        // Who does not decide finds nothing to decide, whatever was typed.
        Err(_) if !view.decides => Err(Error::NotFound),
        // Another verifier was faster.
        Err(_) if !view.may_decide => Err(Error::Conflict("error-not-in-this-state")),
        Err(error) => Err(error),
        Ok(decision) => {
            let command = DecideOnFinding {
                finding: FindingId(finding),
                decision,
                vector: form.text("vector"),
                reason: form.text("reason"),
            };
            perform(&visitor.context, command).await
        }
    };
    match decided {
        Ok(Some(vulnerability)) => Ok(redirect_with(
            &visitor.web,
            &addresses::vulnerability::show(vulnerability.0),
            "flash-finding-taken",
        )),
        Ok(None) => Ok(redirect_with(&visitor.web, &at::show(finding), "flash-finding-refused")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, finding, form, errors).await
        }
    }
}
