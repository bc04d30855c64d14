//! A group and its members: what they run and share.

use super::kind_key;
use crate::shell::{Answer, Page, Visitor, html};
use addresses::organisation as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::OrganisationId;
use use_cases::organisation::{GroupSheet, ViewGroup};
use use_cases::ports::GroupMember;
use use_cases::read;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "organisation/group.html")]
struct Show {
    page: Page,
    sheet: GroupSheet,
}

impl Show {
    fn kind(&self, member: &GroupMember) -> String {
        self.page.t(&kind_key(member.kind))
    }
}

/// Shows a group with its members.
pub(super) async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let sheet = read(&visitor.context, ViewGroup(OrganisationId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let template = Show {
        page: visitor
            .page(visitor.t("group-title"))
            .under(visitor.t("organisation-directory-title"), at::ORGANISATIONS)
            .under(sheet.organisation.name.clone(), at::organisation(id))
            .here(),
        sheet,
    };
    Ok(html(StatusCode::OK, &template))
}
