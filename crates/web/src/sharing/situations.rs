//! What concerns one organisation, and what it answers.

use super::{risk, words};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::sharing as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{OrganisationId, VulnerabilityId};
use domain::position::{PositionEvent, PositionState};
use use_cases::sharing::{
    AnswerPosition, MarkRead, PositionNote, Situation, SituationView, Situations, ViewSituation, ViewSituations,
    accept_at_once,
};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "sharing/situations.html")]
struct SituationsPage {
    page: Page,
    view: Situations,
    organisation: Uuid,
}

#[derive(Template)]
#[template(path = "sharing/situation.html")]
struct SituationPage {
    page: Page,
    view: SituationView,
    href: String,
    organisation: Uuid,
    form: Submitted,
    errors: Errors,
}

impl SituationsPage {
    fn href(&self, line: &Situation) -> String {
        at::situation(self.organisation, line.case.id.0)
    }
}

impl SituationPage {
    /// Gives where the organisation's installations stand, with what confirms them.
    fn deployments(&self) -> String {
        addresses::register::deployments(self.organisation)
    }

    fn risk_chosen(&self) -> bool {
        self.chosen(&PositionEvent::AcceptRisk)
    }

    fn markdown(&self, text: &str) -> String {
        crate::shell::markdown_to_html(text)
    }

    fn chosen(&self, event: &PositionEvent) -> bool {
        self.form.text("answer") == event.code()
    }

    fn accepts_risk(&self) -> bool {
        self.view.answers.contains(&PositionEvent::AcceptRisk)
    }

    fn who(&self, note: &PositionNote) -> String {
        if note.who.is_empty() {
            self.page.t("common-system")
        } else {
            note.who.clone()
        }
    }

    fn decides(&self, note: &PositionNote) -> bool {
        matches!(
            note.kind.as_str(),
            "position.answered" | "position.risk_signed" | "position.risk_refused"
        )
    }

    fn note(&self, note: &PositionNote) -> String {
        match (note.kind.as_str(), PositionState::from_code(&note.to)) {
            ("position.answered", Some(to)) => {
                self.page
                    .t1("sharing-note-answered", "to", words::position(&self.page, &to))
            }
            ("position.risk_proposed", _) => self.page.t("sharing-note-risk-proposed"),
            ("position.risk_signed", _) => self.page.t("sharing-note-risk-signed"),
            ("position.risk_refused", _) => self.page.t("sharing-note-risk-refused"),
            ("position.informed", _) => self.page.t("sharing-note-informed"),
            ("position.left", _) => self.page.t("sharing-note-left"),
            _ => self.page.t("sharing-note-read"),
        }
    }
}

/// Lists what concerns an organisation.
pub async fn list(visitor: Visitor, Path(organisation): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let query = ViewSituations {
        organisation: OrganisationId(organisation),
    };
    let view = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("sharing-situations-title"))
        .under(&view.organisation, format!("/organisations/{organisation}"))
        .here()
        .with_notices(view.lines.iter().map(|line| line.case.notice));
    Ok(html(
        StatusCode::OK,
        &SituationsPage {
            page,
            view,
            organisation,
        },
    ))
}

async fn page(
    visitor: &Visitor,
    (organisation, vulnerability): (Uuid, Uuid),
    form: Submitted,
    errors: Errors,
) -> Answer {
    let query = ViewSituation {
        organisation: OrganisationId(organisation),
        vulnerability: VulnerabilityId(vulnerability),
    };
    let view = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let label = words::dated(&visitor.page(String::new()), &view.line.case);
    let page = visitor
        .page(label)
        .under(&view.organisation, format!("/organisations/{organisation}"))
        .under(visitor.t("sharing-situations-title"), at::situations(organisation))
        .here()
        .with_notice(view.line.case.notice);
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let href = at::situation(organisation, vulnerability);
    Ok(html(
        status,
        &SituationPage {
            page,
            view,
            href,
            organisation,
            form,
            errors,
        },
    ))
}

/// Shows one vulnerability that concerns an organisation; opening it is journaled as read.
pub async fn show(visitor: Visitor, Path(ids): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = MarkRead {
        vulnerability: VulnerabilityId(ids.1),
        organisation: OrganisationId(ids.0),
    };
    perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    page(&visitor, ids, Submitted::default(), Errors::none()).await
}

/// Takes an organisation's answer.
pub async fn answer(visitor: Visitor, Path(ids): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = AnswerPosition {
        organisation: OrganisationId(ids.0),
        vulnerability: VulnerabilityId(ids.1),
        revision: form.number("revision"),
        answer: PositionEvent::from_code(&form.text("answer")),
        reason: form.text("reason"),
        until: form.instant("until"),
    };
    let proposes = command.answer == Some(PositionEvent::AcceptRisk);
    let password = form.text("password");
    let (done, flash) = if proposes && !password.is_empty() {
        let signature = risk::signature(&form);
        let done = accept_at_once(&visitor.context, command, signature, &password).await;
        (done, "flash-risk-signed")
    } else {
        let flash = if proposes {
            "flash-risk-proposed"
        } else {
            "flash-position-answered"
        };
        (perform(&visitor.context, command).await, flash)
    };
    match done {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::situation(ids.0, ids.1), flash)),
        Err(error) => {
            let errors = Errors::of(&visitor, error, risk::label)?;
            page(&visitor, ids, form, errors).await
        }
    }
}
