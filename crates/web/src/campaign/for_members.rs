//! The form of a campaign that a group opens for its members.

use super::form::{KINDS, draft};
use super::members::ticked;
use super::{Words, label};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::campaign as at;
use addresses::organisation;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::campaign::CampaignKind;
use domain::ids::OrganisationId;
use std::collections::HashMap;
use use_cases::campaign::{CampaignDraft, ForMembersForm, MemberLine, OpenForMembers, ViewForMembers};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "campaign/for_members.html")]
struct ForMembersTemplate {
    page: Page,
    form: ForMembersForm,
    draft: CampaignDraft,
    programme: String,
    ticked: Option<Vec<OrganisationId>>,
    kinds: [CampaignKind; 2],
    opens_at: String,
    closes_at: String,
    errors: Errors,
}

impl ForMembersTemplate {
    fn is_ticked(&self, one: &MemberLine) -> bool {
        self.ticked
            .as_ref()
            .is_none_or(|ticked| ticked.contains(&one.organisation))
    }

    fn chosen(&self, slug: &str) -> bool {
        self.programme == slug
    }
}

/// What was typed: the campaign, its programme and the members that are ticked.
type Typed = (CampaignDraft, String, Vec<OrganisationId>);

async fn page(visitor: &Visitor, form: ForMembersForm, typed: Option<Typed>, errors: Errors) -> Answer {
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let (draft, programme, ticked) = match typed {
        Some((draft, programme, ticked)) => (draft, programme, Some(ticked)),
        None => (begun(visitor, &form), String::new(), None),
    };
    let local = |at: Option<domain::Timestamp>| at.map(|at| i18n::local_value(at.0)).unwrap_or_default();
    let group = form.group.id.0;
    let template = ForMembersTemplate {
        page: visitor
            .page(visitor.t("group-campaign-title"))
            .under(form.group.name.clone(), organisation::organisation(group))
            .under(visitor.t("group-title"), organisation::group(group))
            .here(),
        opens_at: local(draft.opens_at),
        closes_at: local(draft.closes_at),
        kinds: KINDS,
        form,
        draft,
        programme,
        ticked,
        errors,
    };
    Ok(html(status, &template))
}

/// Gives what the form starts with.
fn begun(visitor: &Visitor, form: &ForMembersForm) -> CampaignDraft {
    CampaignDraft {
        name: form
            .product
            .as_ref()
            .map(|one| one.product.name.clone())
            .unwrap_or_default(),
        kind: Some(CampaignKind::BugBounty),
        prohibitions: visitor.t("campaign-default-prohibitions"),
        recording_days: visitor.web.app.settings.limits.recording_days.to_string(),
        restitution_shared: true,
        ..CampaignDraft::default()
    }
}

async fn wanted(
    visitor: &Visitor,
    id: Uuid,
    query: &HashMap<String, String>,
) -> Result<ForMembersForm, crate::shell::Problem> {
    visitor.signed_in()?;
    let question = ViewForMembers {
        group: OrganisationId(id),
        product: query.get("produit").cloned().unwrap_or_default(),
    };
    read(&visitor.context, question).await.map_err(|e| visitor.problem(e))
}

/// Shows the form, once it is known what will be tested.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>, Query(query): Query<HashMap<String, String>>) -> Answer {
    let form = wanted(&visitor, id, &query).await?;
    page(&visitor, form, None, Errors::none()).await
}

/// Opens the campaign and brings the members in.
pub async fn open(
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
    sent: Submitted,
) -> Answer {
    let form = wanted(&visitor, id, &query).await?;
    let typed = (draft(&sent), sent.text("programme"), ticked(&sent));
    let command = OpenForMembers {
        group: OrganisationId(id),
        programme: typed.1.clone(),
        product: form.product.as_ref().map(|one| one.product.id),
        members: typed.2.clone(),
        draft: typed.0.clone(),
    };
    match perform(&visitor.context, command).await {
        Ok(campaign) => Ok(redirect_with(
            &visitor.web,
            &at::members(campaign.0),
            "flash-group-campaign-opened",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, form, Some(typed), errors).await
        }
    }
}
