//! Where the vendor of a corrected version says whether it is hosted with its agreement.

use super::corrected::{state_tone, state_word};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::target as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::Machine as _;
use domain::corrected::{Acceptance, AcceptanceEvent};
use domain::ids::TargetId;
use use_cases::target::{AnswerCorrected, CorrectedToAnswer, ViewCorrectedToAnswer};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "target/acceptance.html")]
struct AcceptanceTemplate {
    page: Page,
    p: CorrectedToAnswer,
    form: Submitted,
    errors: Errors,
}

impl AcceptanceTemplate {
    fn here(&self) -> String {
        at::corrected_to_answer(self.p.id.0)
    }

    fn tone(&self) -> &'static str {
        state_tone(self.p.answer.state, self.p.ended_at.is_some())
    }

    fn word(&self) -> String {
        state_word(&self.page, self.p.answer.state, self.p.ended_at.is_some())
    }

    /// Says who said it, and when.
    fn said(&self) -> String {
        let Some(at) = self.p.answer.at else {
            return self
                .page
                .t1("corrected-asked-at", "date", self.page.at(&self.p.asked_at));
        };
        let (name, date) = (&self.p.answer.by, self.page.at(&at));
        self.page.t2("corrected-said-by", "name", name, "date", date)
    }

    /// Says whether this may be said now of what was not taken away.
    fn may(&self, event: AcceptanceEvent) -> bool {
        self.p.ended_at.is_none() && self.p.answer.state.after(event).is_ok()
    }

    fn may_accept(&self) -> bool {
        self.may(AcceptanceEvent::Accept)
    }

    /// Gives what was typed and was not kept, where the form that would hold it is not shown any more.
    fn unkept(&self) -> String {
        match self.may_refuse() {
            true => String::new(),
            false => self.form.text("reason"),
        }
    }

    /// Names the form that refuses.
    fn refuse_heading(&self) -> String {
        match self.p.answer.state.holds() {
            true => self.page.t("corrected-refuse-agreed"),
            false => self.page.t("corrected-refuse-heading"),
        }
    }

    fn may_refuse(&self) -> bool {
        self.may(AcceptanceEvent::Refuse)
    }
}

async fn page(visitor: &Visitor, id: Uuid, form: Submitted, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewCorrectedToAnswer(TargetId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = match errors.any() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let template = AcceptanceTemplate {
        page: visitor
            .page(visitor.t("corrected-answer-title"))
            .under(visitor.t("desk-title"), addresses::people::DESK)
            .here()
            .with_notice(p.notice),
        p,
        form,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows a corrected version to those who answer for its vendor.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, Submitted::default(), Errors::none()).await
}

/// Accepts or refuses it.
pub async fn answer(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = AnswerCorrected {
        target: TargetId(id),
        seen: Acceptance::from_code(&form.text("seen")).unwrap_or(Acceptance::Asked),
        accepted: form.text("answer") == "accept",
        reason: form.text("reason"),
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::corrected_to_answer(id), "flash-saved")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| format!("corrected-field-{field}"))?;
            page(&visitor, id, form, errors).await
        }
    }
}
