//! The people of an organisation: roles, invitations.

use crate::shell::Choice;
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::organisation as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{GrantId, InvitationId, OrganisationId};
use domain::role::{GrantScope, Role};
use use_cases::history::HistoryLine;
use use_cases::organisation::{EndGrant, OrganisationPeople, ViewOrganisationPeople};
use use_cases::people::{InvitationLine, Invite, WithdrawInvitation};
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "organisation/people.html")]
struct PeoplePage {
    page: Page,
    people: OrganisationPeople,
    roles: Vec<Choice>,
    label: String,
    email: String,
    /// The link that was just made; it is shown this once.
    link: String,
    errors: Errors,
}

impl PeoplePage {
    fn role(&self, role: &Role) -> String {
        self.page.t(&role_key(*role))
    }

    fn tone(&self, line: &InvitationLine) -> &'static str {
        match line.state {
            "used" => "good",
            "waiting" => "progress",
            _ => "neutral",
        }
    }

    fn event(&self, line: &HistoryLine) -> String {
        let key = format!(
            "organisation-event-{}",
            line.kind.replace("organisation.", "").replace('_', "-")
        );
        let text = self.page.t(&key);
        match Role::from_code(line.text("role")) {
            Some(role) => format!("{text}, {}", self.role(&role)),
            None => text,
        }
    }

    fn who(&self, line: &HistoryLine) -> String {
        if line.who.is_empty() {
            self.page.t("common-system")
        } else {
            line.who.clone()
        }
    }

    fn as_role(&self, line: &HistoryLine) -> String {
        line.role.map(|role| self.role(&role)).unwrap_or_default()
    }
}

fn role_key(role: Role) -> String {
    format!("role-{}", role.code().replace('_', "-"))
}

async fn page(visitor: &Visitor, id: Uuid, form: &Submitted, link: String, errors: Errors) -> Answer {
    let people = read(&visitor.context, ViewOrganisationPeople(OrganisationId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let chosen = form.text("role");
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = visitor
        .page(visitor.t("organisation-people-title"))
        .under(visitor.t("organisation-directory-title"), at::ORGANISATIONS)
        .under(people.organisation.name.clone(), at::organisation(id))
        .here()
        .showing_once(!link.is_empty());
    let template = PeoplePage {
        roles: people
            .roles
            .iter()
            .map(|r| Choice::new(r.code(), page.t(&role_key(*r)), &chosen))
            .collect(),
        page,
        people,
        label: if link.is_empty() {
            form.text("label")
        } else {
            String::new()
        },
        email: if link.is_empty() {
            form.text("email")
        } else {
            String::new()
        },
        link,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows who holds which role.
pub(super) async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    page(&visitor, id, &Submitted::default(), String::new(), Errors::none()).await
}

/// Invites somebody; the link is shown once, on the answer's page.
pub(super) async fn invite(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let email = form.text("email");
    let outcome = match Role::from_code(&form.text("role")) {
        None => Err(Error::field("role", "error-choose")),
        Some(role) => {
            let command = Invite {
                organisation: OrganisationId(id),
                role,
                scope: GrantScope::Organisation,
                label: form.text("label"),
                email: (!email.trim().is_empty()).then_some(email),
            };
            perform(&visitor.context, command).await
        }
    };
    match outcome {
        Ok(invited) => {
            let base = &visitor.context.app.settings.public_url;
            let link = format!("{base}{}", addresses::people::invitation(&invited.token));
            page(&visitor, id, &form, link, Errors::none()).await
        }
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| format!("organisation-field-{field}"))?;
            page(&visitor, id, &form, String::new(), errors).await
        }
    }
}

/// Withdraws an invitation.
pub(super) async fn withdraw(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let organisation = perform(&visitor.context, WithdrawInvitation(InvitationId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &at::people(organisation.0),
        "flash-invitation-withdrawn",
    ))
}

/// Ends a role.
pub(super) async fn end_grant(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let organisation = perform(&visitor.context, EndGrant(GrantId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &at::people(organisation.0),
        "flash-role-ended",
    ))
}
