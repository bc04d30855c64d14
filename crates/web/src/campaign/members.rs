//! The members of the group that runs a campaign: who takes part, who was asked, who may be brought in.

use super::{Words, label};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::group::MemberStanding;
use domain::ids::{CampaignId, OrganisationId};
use use_cases::campaign::{AnswerProposal, BringMembers, MemberLine, MembersPage, ViewCampaignMembers};
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "campaign/members.html")]
struct MembersTemplate {
    page: Page,
    p: MembersPage,
    /// The members that are ticked: all who may be brought in, until some are chosen.
    ticked: Option<Vec<OrganisationId>>,
    errors: Errors,
}

impl MembersTemplate {
    fn is_ticked(&self, one: &MemberLine) -> bool {
        self.ticked
            .as_ref()
            .is_none_or(|ticked| ticked.contains(&one.organisation))
    }

    fn count(&self, code: &str) -> usize {
        MemberStanding::from_code(code).map_or(0, |standing| self.p.count(standing))
    }
}

/// Reads which organisations are ticked.
pub(super) fn ticked(form: &Submitted) -> Vec<OrganisationId> {
    let ids = form.all("members");
    ids.iter()
        .filter_map(|id| id.parse::<Uuid>().ok())
        .map(OrganisationId)
        .collect()
}

async fn page(visitor: &Visitor, id: Uuid, ticked: Option<Vec<OrganisationId>>, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewCampaignMembers(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = MembersTemplate {
        page: visitor
            .page(visitor.t("group-members-title"))
            .under(visitor.t("campaign-list-title"), at::LIST)
            .under(p.record.campaign.name.clone(), at::show(id))
            .here()
            .with_notice(p.record.frame.notice),
        p,
        ticked,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows where each member stands.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, None, Errors::none()).await
}

/// Brings in the members that are ticked, or asks them.
pub async fn bring(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = BringMembers {
        campaign: CampaignId(id),
        members: ticked(&form),
    };
    match perform(&visitor.context, command.clone()).await {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::members(id), "flash-group-brought")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, id, Some(command.members), errors).await
        }
    }
}

/// Answers for one's organisation what its group proposes.
pub async fn answer(visitor: Visitor, Path((id, join)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    // A refusal is final: only one that was pressed counts.
    let accept = match form.text("answer").as_str() {
        "accept" => true,
        "refuse" => false,
        _ => return Err(visitor.problem(Error::NotFound)),
    };
    let command = AnswerProposal {
        campaign: CampaignId(id),
        join,
        accept,
    };
    perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    if accept {
        Ok(redirect_with(&visitor.web, &at::show(id), "flash-campaign-joined"))
    } else {
        Ok(redirect_with(&visitor.web, at::LIST, "flash-group-refused"))
    }
}
