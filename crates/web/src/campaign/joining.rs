//! Joining a campaign for an organisation that runs what it tests.

use crate::shell::{Answer, Submitted, Visitor, redirect_with};
use addresses::{campaign as at, register};
use axum::extract::Path;
use domain::ids::{CampaignId, OrganisationId};
use domain::join::JoinState;
use domain::slug::slug_is_valid;
use use_cases::campaign::{AnswerJoin, JoinCampaignOf, LeaveCampaignOf};
use use_cases::{Error, perform};
use uuid::Uuid;

/// Joins, or asks to; the answer comes back to the page where the button stood.
pub async fn join(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let organisation = form
        .id::<OrganisationId>("organisation")
        .ok_or_else(|| visitor.problem(Error::NotFound))?;
    let command = JoinCampaignOf {
        campaign: CampaignId(id),
        organisation,
    };
    let joined = perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    let slug = form.text("slug");
    let back = if joined {
        at::show(id)
    } else if slug_is_valid(&slug) {
        register::product(&slug)
    } else {
        at::LIST.to_owned()
    };
    let flash = if joined {
        "flash-campaign-joined"
    } else {
        "flash-campaign-join-asked"
    };
    Ok(redirect_with(&visitor.web, &back, flash))
}

/// Answers an organisation that asked to join.
pub async fn answer(visitor: Visitor, Path((id, join)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = AnswerJoin {
        campaign: CampaignId(id),
        join,
        accept: form.text("answer") == "accept",
    };
    perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(&visitor.web, &at::show(id), "flash-saved"))
}

/// Takes one's organisation back.
pub async fn leave(visitor: Visitor, Path((id, join)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = LeaveCampaignOf {
        campaign: CampaignId(id),
        join,
    };
    let before = perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    let flash = if before == JoinState::Asked {
        "flash-campaign-join-withdrawn"
    } else {
        "flash-campaign-left"
    };
    Ok(redirect_with(&visitor.web, at::LIST, flash))
}
