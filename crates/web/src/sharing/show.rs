//! The sharing of one vulnerability.

use super::words;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::sharing as at;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::ids::{PersonId, VulnerabilityId};
use domain::sharing::{Embargo, MoveRefusal, Opinion, Phase, Tlp};
use std::collections::HashMap;
use use_cases::sharing::{
    AllowDetails, ApprovePublication, AskOpinion, CandidateLine, ChangeTlp, EndNaming, GiveOpinion, LiftEmbargo,
    MovePhase, NamePerson, NamedLine, SetEmbargo, SharingEvent, SharingView, ViewSharing,
};
use use_cases::{Error, Outcome, perform, read};
use uuid::Uuid;

/// What is typed of the name of the organisation where somebody is to be named.
const NAMING: &str = "parmi";

#[derive(Template)]
#[template(path = "sharing/show.html")]
struct SharingPage {
    page: Page,
    view: SharingView,
    form: Submitted,
    errors: Errors,
    href: String,
    until: String,
}

impl SharingPage {
    fn event(&self, event: &SharingEvent) -> String {
        let key = format!(
            "sharing-event-{}",
            event.kind.trim_start_matches("sharing.").replace('_', "-")
        );
        let to = match (event.kind.as_str(), event.until) {
            ("sharing.moved", _) => Phase::from_code(&event.to).map(|to| words::phase(&self.page, &to)),
            ("sharing.opinion_given", _) => Some(self.page.t(&format!("sharing-opinion-{}", event.to))),
            (_, Some(until)) => Some(self.page.at(&until)),
            _ => Some(event.to.clone()),
        };
        self.page.t1(&key, "to", to.unwrap_or_default())
    }

    fn who(&self, event: &SharingEvent) -> String {
        if event.who.is_empty() {
            self.page.t("common-system")
        } else {
            event.who.clone()
        }
    }

    fn role(&self, event: &SharingEvent) -> String {
        if event.role.is_empty() {
            String::new()
        } else {
            self.page.t(&format!("role-{}", event.role.replace('_', "-")))
        }
    }

    fn reads(&self, one: &NamedLine) -> String {
        self.page.t(&format!("sharing-reads-{}", one.level.code()))
    }

    fn candidate(&self, one: &CandidateLine) -> String {
        let role = self.page.t(&format!("role-{}", one.role.code().replace('_', "-")));
        format!("{} – {}, {role}", one.organisation, one.name)
    }

    /// Says whether the form that names somebody is open: something was typed there.
    fn naming(&self) -> bool {
        let wrong = ["person", "named_reason"]
            .iter()
            .any(|field| !self.errors.at(field).is_empty());
        wrong || !self.form.text(NAMING).is_empty()
    }

    fn blocked(&self, why: &MoveRefusal) -> String {
        match *why {
            MoveRefusal::OpinionAwaited if self.view.opinion.is_none() => self.page.t("sharing-blocked-ask"),
            MoveRefusal::OpinionAwaited => self.page.t("sharing-error-opinion-awaited"),
            MoveRefusal::NothingToTell => self.page.t("sharing-error-nothing-to-tell"),
            MoveRefusal::Embargo => self.page.t("sharing-error-embargo"),
            MoveRefusal::NotClear => self.page.t("sharing-error-not-clear"),
            MoveRefusal::SecondPersonMissing => self.page.t("sharing-error-second-person"),
            MoveRefusal::NoSuchStep | MoveRefusal::ReasonMissing => self.page.t("error-not-in-this-state"),
        }
    }

    fn opinion(&self) -> String {
        match (self.view.opinion, self.view.case.opinion.due) {
            (Some(Opinion::Given), _) => self.page.t(&format!(
                "sharing-opinion-{}",
                self.view.case.opinion.says.as_deref().unwrap_or("favourable")
            )),
            (Some(Opinion::Silent), Some(due)) => self.page.t1("sharing-opinion-silent", "date", self.page.at(&due)),
            (Some(Opinion::Awaited), Some(due)) => self.page.t1("sharing-opinion-awaited", "date", self.page.at(&due)),
            _ => self.page.t("sharing-opinion-not-asked"),
        }
    }

    fn embargoed(&self) -> bool {
        matches!(self.view.case.embargo, Embargo::Until { .. })
    }

    /// Says whether the vendor's consent decides something: an embargo holds the details back, or would.
    fn consents(&self) -> Option<bool> {
        match self.view.case.embargo {
            Embargo::Until { details_consented, .. } => Some(details_consented),
            _ => None,
        }
    }

    fn consent(&self, given: &bool) -> String {
        self.page.t(if *given {
            "sharing-consent-given"
        } else {
            "sharing-consent-missing"
        })
    }

    fn nothing_written(&self) -> bool {
        let blocked = self.view.next.as_ref().and_then(|next| next.blocked);
        blocked == Some(MoveRefusal::NothingToTell) && self.view.may_write
    }

    fn needs_second(&self) -> bool {
        let blocked = self.view.next.as_ref().and_then(|next| next.blocked);
        blocked == Some(MoveRefusal::SecondPersonMissing) && self.view.approved_by.is_empty()
    }

    fn may_ask(&self) -> bool {
        self.view.may_move && self.view.opinion.is_none() && self.view.next.is_some()
    }
}

async fn page(visitor: &Visitor, id: Uuid, form: Submitted, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let query = ViewSharing {
        vulnerability: VulnerabilityId(id),
        naming: form.text(NAMING),
    };
    let view = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let start = visitor.page(String::new());
    let label = words::label(&start, &view.case);
    let page = visitor
        .page(visitor.t("sharing-title"))
        .under(
            &view.case.programme_name,
            format!("/programmes/{}", view.case.programme_slug),
        )
        .under(label, format!("/failles/{id}"))
        .here()
        .with_notice(view.case.notice);
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = SharingPage {
        page,
        href: at::sharing(id),
        until: form.text("until"),
        view,
        form,
        errors,
    };
    Ok(html(status, &template))
}

async fn done(visitor: Visitor, id: Uuid, form: Submitted, outcome: Outcome<()>) -> Answer {
    match outcome {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::sharing(id), "flash-saved")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| {
                format!("sharing-field-{}", field.replace('_', "-"))
            })?;
            page(&visitor, id, form, errors).await
        }
    }
}

/// Shows how far a vulnerability is shared.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>, Query(asked): Query<HashMap<String, String>>) -> Answer {
    let naming = asked.get(NAMING).cloned().unwrap_or_default();
    let form = Submitted::beginning([(NAMING, naming)]);
    page(&visitor, id, form, Errors::none()).await
}

/// Asks the vendor's opinion.
pub async fn ask_opinion(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    let vulnerability = VulnerabilityId(id);
    let outcome = perform(&visitor.context, AskOpinion { vulnerability }).await;
    done(visitor, id, form, outcome).await
}

/// Gives the vendor's opinion.
pub async fn give_opinion(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    let command = GiveOpinion {
        vulnerability: VulnerabilityId(id),
        favourable: match form.text("favourable").as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        reason: form.text("reason"),
        allows_details: form.ticked("allows_details"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(visitor, id, form, outcome).await
}

/// Moves the phase.
pub async fn move_phase(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    let outcome = match Phase::from_code(&form.text("to")) {
        Some(to) => {
            let command = MovePhase {
                vulnerability: VulnerabilityId(id),
                to,
                reason: form.text(if form.ticked("move_reason") {
                    "move_reason"
                } else {
                    "reason"
                }),
            };
            perform(&visitor.context, command)
                .await
                .map_err(|error| at_its_form(error, &form))
        }
        None => Err(use_cases::Error::field("to", "error-choose")),
    };
    done(visitor, id, form, outcome).await
}

/// Says of a missing reason in which of the page's two forms it is missing.
fn at_its_form(error: Error, form: &Submitted) -> Error {
    match error {
        Error::Invalid(mut fields) if form.ticked("move_reason") => {
            for field in fields.iter_mut().filter(|field| field.field == "reason") {
                "move_reason".clone_into(&mut field.field);
            }
            Error::Invalid(fields)
        }
        error => error,
    }
}

/// Lets the vendor consent to the details during the embargo.
pub async fn allow_details(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    let vulnerability = VulnerabilityId(id);
    let outcome = perform(&visitor.context, AllowDetails { vulnerability }).await;
    done(visitor, id, form, outcome).await
}

/// Agrees to publish without a fix.
pub async fn approve(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    let vulnerability = VulnerabilityId(id);
    let outcome = perform(&visitor.context, ApprovePublication { vulnerability }).await;
    done(visitor, id, form, outcome).await
}

/// Changes the TLP.
pub async fn change_tlp(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    let command = ChangeTlp {
        vulnerability: VulnerabilityId(id),
        tlp: Tlp::from_code(&form.text("tlp")),
        reason: form.text("tlp_reason"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(visitor, id, form, outcome).await
}

/// Sets an embargo.
pub async fn set_embargo(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    let command = SetEmbargo {
        vulnerability: VulnerabilityId(id),
        until: form.instant("until"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(visitor, id, form, outcome).await
}

/// Lifts an embargo.
pub async fn lift_embargo(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    let command = LiftEmbargo {
        vulnerability: VulnerabilityId(id),
        reason: form.text("lift_reason"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(visitor, id, form, outcome).await
}

/// Names a person for what is TLP:RED.
pub async fn name_person(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    let command = NamePerson {
        vulnerability: VulnerabilityId(id),
        person: Uuid::parse_str(&form.text("person")).ok().map(PersonId),
        reason: form.text("named_reason"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(visitor, id, form, outcome).await
}

/// Ends a naming.
pub async fn end_naming(visitor: Visitor, Path((id, named)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    let vulnerability = VulnerabilityId(id);
    let outcome = perform(&visitor.context, EndNaming { vulnerability, named }).await;
    done(visitor, id, form, outcome).await
}
