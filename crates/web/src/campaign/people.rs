//! The people of a campaign.

use super::{Words, label};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{CampaignId, OrganisationId, ParticipantId};
use domain::party::PersonPart;
use use_cases::campaign::{InviteToCampaign, PeoplePage, SetPersonSuspended, ViewCampaignPeople, WithdrawPerson};
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "campaign/people.html")]
struct PeopleTemplate {
    page: Page,
    p: PeoplePage,
    parts: &'static [PersonPart],
    form: Submitted,
    errors: Errors,
    link: String,
}

async fn page(visitor: &Visitor, id: Uuid, form: Submitted, errors: Errors, link: String) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewCampaignPeople(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = PeopleTemplate {
        page: visitor
            .page(visitor.t("campaign-people-title"))
            .under(visitor.t("campaign-list-title"), at::LIST)
            .under(p.record.campaign.name.clone(), at::show(id))
            .here()
            .showing_once(!link.is_empty())
            .with_notice(p.record.frame.notice),
        parts: PersonPart::ALL,
        p,
        form,
        errors,
        link,
    };
    Ok(html(status, &template))
}

/// Shows the people of a campaign.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, Submitted::default(), Errors::none(), String::new()).await
}

/// Invites somebody; without an address, the link is shown once.
pub async fn invite(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let part = PersonPart::from_code(&form.text("part"));
    let organisation = form.id::<OrganisationId>("organisation");
    let email = Some(form.text("email")).filter(|email| !email.trim().is_empty());
    let mailed = email.is_some();
    let command = InviteToCampaign {
        campaign: CampaignId(id),
        part,
        organisation,
        email,
        label: form.text("label"),
    };
    match perform(&visitor.context, command).await {
        Ok(_) if mailed => Ok(redirect_with(&visitor.web, &at::people(id), "flash-campaign-invited")),
        Ok(invited) => {
            let public = &visitor.web.app.settings.public_url;
            let link = format!("{public}{}", addresses::people::invitation(&invited.token));
            page(&visitor, id, Submitted::default(), Errors::none(), link).await
        }
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, id, form, errors, String::new()).await
        }
    }
}

/// Goes back to the list that was shown; or shows it again with what was typed and what is wrong.
async fn done(
    visitor: &Visitor,
    (id, participant): (Uuid, Uuid),
    form: Submitted,
    outcome: use_cases::Outcome<()>,
) -> Answer {
    let codes = form.text("back") == "codes";
    let Err(error) = outcome else {
        let to = if codes { at::codes(id) } else { at::people(id) };
        return Ok(redirect_with(&visitor.web, &to, "flash-saved"));
    };
    let errors = Errors::of(visitor, of_line(error, participant), person_label)?;
    if codes {
        super::codes::page(visitor, id, form, errors).await
    } else {
        page(visitor, id, form, errors, String::new()).await
    }
}

/// Says of which line a field is wrong: each line of the list has its own forms.
fn of_line(error: Error, participant: Uuid) -> Error {
    let Error::Invalid(mut fields) = error else {
        return error;
    };
    for field in &mut fields {
        if matches!(field.field.as_str(), "reason" | "sure") {
            field.field = format!("{}-{participant}", field.field);
        }
    }
    Error::Invalid(fields)
}

fn person_label(field: &str) -> String {
    let own = ["reason", "sure"]
        .into_iter()
        .find(|own| field.starts_with(&format!("{own}-")));
    label(own.unwrap_or(field))
}

/// Suspends a person, or lets them in again.
pub async fn suspend(visitor: Visitor, Path((id, participant)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = SetPersonSuspended {
        campaign: CampaignId(id),
        participant: ParticipantId(participant),
        suspended: form.text("suspended") == "yes",
        reason: form.text(&format!("reason-{participant}")),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, (id, participant), form, outcome).await
}

/// Withdraws a person.
pub async fn withdraw(visitor: Visitor, Path((id, participant)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = WithdrawPerson {
        campaign: CampaignId(id),
        participant: ParticipantId(participant),
        sure: form.ticked(&format!("sure-{participant}")),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, (id, participant), form, outcome).await
}
