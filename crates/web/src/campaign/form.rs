//! The form of a campaign.

use super::{Words, label};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::campaign::CampaignKind;
use domain::ids::CampaignId;
use use_cases::campaign::{CampaignDraft, CampaignForm, EditCampaign, OpenNewCampaign, ViewCampaignForm};
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "campaign/form.html")]
struct FormPage {
    page: Page,
    form: CampaignForm,
    revision: i64,
    draft: CampaignDraft,
    kinds: [CampaignKind; 2],
    opens_at: String,
    closes_at: String,
    errors: Errors,
}

pub(super) const KINDS: [CampaignKind; 2] = [CampaignKind::PedagogicalBugBounty, CampaignKind::BugBounty];

/// Reads what was typed of a campaign.
pub(super) fn draft(form: &Submitted) -> CampaignDraft {
    CampaignDraft {
        name: form.text("name"),
        kind: CampaignKind::from_code(&form.text("kind")),
        summary: form.text("summary"),
        opens_at: form.instant("opens_at"),
        closes_at: form.instant("closes_at"),
        prohibitions: form.text("prohibitions"),
        stop_contact: form.text("stop_contact"),
        restitution_shared: form.ticked("restitution_shared"),
        recording_days: form.text("recording_days"),
        call: form.id("call"),
    }
}

/// Gives what the form starts with.
fn present(visitor: &Visitor, form: &CampaignForm) -> CampaignDraft {
    match &form.record {
        Some(record) => CampaignDraft {
            name: record.campaign.name.clone(),
            kind: Some(record.campaign.kind),
            summary: record.summary.clone(),
            opens_at: Some(record.campaign.window.opens_at),
            closes_at: Some(record.campaign.window.closes_at),
            prohibitions: record.prohibitions.clone(),
            stop_contact: record.stop_contact.clone(),
            restitution_shared: record.campaign.restitution_shared,
            recording_days: record.recording_days.to_string(),
            call: record.call,
        },
        None => CampaignDraft {
            kind: Some(if form.frame.notice.is_shown() {
                KINDS[0]
            } else {
                KINDS[1]
            }),
            prohibitions: visitor.t("campaign-default-prohibitions"),
            recording_days: visitor.web.app.settings.limits.recording_days.to_string(),
            ..CampaignDraft::default()
        },
    }
}

/// What was typed, with the revision of the campaign it was typed over; none once the reader has been told
/// that somebody else changed it, so that saving again is saving over what is there now.
type Typed = (CampaignDraft, Option<i64>);

async fn page(visitor: &Visitor, wanted: ViewCampaignForm, typed: Option<Typed>, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let form = read(&visitor.context, wanted).await.map_err(|e| visitor.problem(e))?;
    let present_revision = form.record.as_ref().map_or(0, |record| record.campaign.revision);
    let (draft, revision) = typed.unwrap_or_else(|| (present(visitor, &form), None));
    let revision = revision.unwrap_or(present_revision);
    let title = visitor.t(if form.record.is_some() {
        "campaign-edit-title"
    } else {
        "campaign-new-title"
    });
    let mut page = visitor
        .page(title)
        .under(visitor.t("campaign-list-title"), at::LIST)
        .with_notice(form.frame.notice);
    if let Some(record) = &form.record {
        page = page.under(record.campaign.name.clone(), at::show(record.campaign.id.0));
    }
    let local = |at: Option<domain::Timestamp>| at.map(|at| i18n::local_value(at.0)).unwrap_or_default();
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = FormPage {
        page: page.here(),
        opens_at: local(draft.opens_at),
        closes_at: local(draft.closes_at),
        form,
        revision,
        draft,
        kinds: KINDS,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows the form of a new campaign.
pub async fn new(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    page(&visitor, ViewCampaignForm::New(slug), None, Errors::none()).await
}

/// Opens a campaign as a draft.
pub async fn open(visitor: Visitor, Path(slug): Path<String>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let typed = draft(&form);
    let command = OpenNewCampaign {
        programme: slug.clone(),
        draft: typed.clone(),
    };
    match perform(&visitor.context, command).await {
        Ok(id) => Ok(redirect_with(&visitor.web, &at::show(id.0), "flash-campaign-opened")),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, ViewCampaignForm::New(slug), Some((typed, None)), errors).await
        }
    }
}

/// Shows the form of an existing campaign.
pub async fn edit(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(
        &visitor,
        ViewCampaignForm::Existing(CampaignId(id)),
        None,
        Errors::none(),
    )
    .await
}

/// Saves a campaign.
pub async fn save(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let typed = draft(&form);
    let revision = form.number("revision").unwrap_or_default();
    let command = EditCampaign {
        campaign: CampaignId(id),
        revision,
        draft: typed.clone(),
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::show(id), "flash-saved")),
        Err(error) => {
            let over = Some(revision).filter(|_| !matches!(error, Error::Stale));
            let errors = Errors::of(&visitor, error, label)?;
            page(
                &visitor,
                ViewCampaignForm::Existing(CampaignId(id)),
                Some((typed, over)),
                errors,
            )
            .await
        }
    }
}
