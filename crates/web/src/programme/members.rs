//! A programme's members.

use crate::shell::{Answer, Page, Submitted, Visitor, html, redirect_with};
use addresses::programme as at;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::Timestamp;
use domain::ids::OrganisationId;
use serde::Deserialize;
use use_cases::programme::{AddMember, AnswerMembership, EndMember, MembersView, ViewMembers};
use use_cases::{Error, perform, read};
use uuid::Uuid;

/// What the address of the page asks for.
#[derive(Deserialize)]
pub struct Search {
    /// What names start with.
    #[serde(default)]
    nom: String,
}

#[derive(Template)]
#[template(path = "programme/members.html")]
struct MembersPage {
    page: Page,
    view: MembersView,
    search: String,
    now: Timestamp,
}

impl MembersPage {
    fn holds(&self, until: &Option<Timestamp>) -> bool {
        until.is_none_or(|until| self.now < until)
    }

    fn end(&self, member: &Uuid) -> String {
        at::end_member(&self.view.record.programme.slug, *member)
    }
}

/// Shows a programme's members, and what a search in the directory finds.
pub async fn show(visitor: Visitor, Path(slug): Path<String>, Query(search): Query<Search>) -> Answer {
    visitor.signed_in()?;
    let query = ViewMembers {
        slug: slug.clone(),
        search: search.nom.clone(),
    };
    let view = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("programme-members-title"))
        .under(visitor.t("programme-list-title"), at::PROGRAMMES)
        .under(&view.record.programme.name, at::programme(&slug))
        .here()
        .with_notice(view.record.programme.notice);
    let template = MembersPage {
        page,
        view,
        search: search.nom,
        now: visitor.context.app.clock.now(),
    };
    Ok(html(StatusCode::OK, &template))
}

/// Adds a member.
pub async fn add(visitor: Visitor, Path(slug): Path<String>, form: Submitted) -> Answer {
    let organisation: Option<OrganisationId> = form.id("organisation");
    let command = AddMember {
        slug: slug.clone(),
        organisation: organisation.ok_or_else(|| visitor.problem(Error::NotFound))?,
        until: form.instant("until"),
    };
    perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &at::members(&slug),
        "flash-programme-member-added",
    ))
}

/// Ends a membership.
pub async fn end(visitor: Visitor, Path((slug, member)): Path<(String, Uuid)>) -> Answer {
    let command = EndMember {
        slug: slug.clone(),
        member,
    };
    perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &at::members(&slug),
        "flash-programme-member-ended",
    ))
}

/// Says yes or no to a membership.
pub async fn answer(visitor: Visitor, Path((slug, member)): Path<(String, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let accept = form.text("answer") == "yes";
    let command = AnswerMembership {
        slug: slug.clone(),
        member,
        accept,
    };
    perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    let flash = if accept {
        "flash-programme-member-accepted"
    } else {
        "flash-programme-member-declined"
    };
    Ok(redirect_with(&visitor.web, &at::programme(&slug), flash))
}
