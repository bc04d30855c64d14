//! What concerns one organisation, and what it answers.

use super::{risk, words};
use crate::report::words::{MetricView, environment};
use crate::shell::{Answer, Choice, Errors, Page, Submitted, Visitor, html, redirect_with};
use crate::vulnerability::said::{Version, advisory, versions};
use addresses::sharing as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::Disclosure;
use domain::ids::{OrganisationId, VulnerabilityId};
use domain::position::{PositionEvent, PositionState};
use domain::severity::Severity;
use domain::sharing::Embargo;
use use_cases::report::cvss;
use use_cases::sharing::{
    AnswerPosition, MarkRead, PositionNote, RateOwn, SituationView, ViewSituation, accept_at_once,
};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "sharing/situation.html")]
struct SituationPage {
    page: Page,
    /// The vendor's own words: its advisory, rendered, and its answers of versions.
    said: Option<String>,
    versions: Vec<Version>,
    vendor: String,
    view: SituationView,
    href: String,
    organisation: Uuid,
    form: Submitted,
    errors: Errors,
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

    /// Gives the metrics of the environment, with what was chosen now or before.
    fn environment(&self) -> Vec<MetricView> {
        let typed = self.form.with_prefix("env-");
        let kept = || {
            let own = self.view.own.as_ref();
            own.map(|own| cvss::parts(&own.vector)).unwrap_or_default()
        };
        environment(&self.page, &if typed.is_empty() { kept() } else { typed })
    }

    /// Gives the severities to choose from, as the form or the last answer has them.
    fn bands(&self) -> Vec<Choice> {
        let own = self.view.own.as_ref().map(|own| own.rated.band.code());
        let typed = self.form.text("band");
        let chosen = if typed.is_empty() {
            own.unwrap_or_default()
        } else {
            typed.as_str()
        };
        let any = Choice::new("", self.page.t("sharing-choose"), chosen);
        let bands = Severity::ALL.iter().rev();
        std::iter::once(any)
            .chain(bands.map(|band| Choice::new(band.code(), words::severity(&self.page, band), chosen)))
            .collect()
    }

    fn rating(&self) -> bool {
        ["band", "vector", "environment", "own_reason"]
            .iter()
            .any(|field| !self.errors.at(field).is_empty())
    }

    fn own(&self) -> String {
        let Some(own) = &self.view.own else {
            return String::new();
        };
        let score = own.rated.score_tenths;
        score
            .map(|tenths| i18n::decimal_tenths(self.page.lang_is, tenths))
            .unwrap_or_default()
    }

    /// Says whether an embargo holds the details back from somebody who has the measures.
    fn embargoed(&self) -> bool {
        let line = &self.view.line;
        matches!(line.case.embargo, Embargo::Until { .. }) && line.level >= Disclosure::Measures
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
            ("position.rated", _) => match Severity::from_code(&note.to) {
                Some(band) => self
                    .page
                    .t1("sharing-note-rated", "to", words::severity(&self.page, &band)),
                None => self.page.t("sharing-note-rating-taken-back"),
            },
            ("position.informed", _) => self.page.t("sharing-note-informed"),
            ("position.left", _) => self.page.t("sharing-note-left"),
            ("position.reopened", _) => self.page.t("sharing-note-reopened"),
            _ => self.page.t("sharing-note-read"),
        }
    }
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
            said: advisory(&page, &view.vendor_words),
            versions: versions(&page, &view.vendor_words),
            vendor: view.line.case.vendor_name.clone(),
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

/// Takes how severe it is for an organisation.
pub async fn rate(visitor: Visitor, Path(ids): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = RateOwn {
        organisation: OrganisationId(ids.0),
        vulnerability: VulnerabilityId(ids.1),
        revision: form.number("revision"),
        vector: form.text("vector"),
        environment: cvss::compose_environment(&form.with_prefix("env-")),
        band: Severity::from_code(&form.text("band")),
        reason: form.text("own_reason"),
        take_back: form.ticked("take_back"),
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(
            &visitor.web,
            &at::situation(ids.0, ids.1),
            "flash-position-rated",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, risk::label)?;
            page(&visitor, ids, form, errors).await
        }
    }
}
