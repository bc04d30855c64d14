//! Doing the acts on a report that its pages offer.

use crate::shell::Submitted;
use domain::ids::{OrganisationId, ReportId, VulnerabilityId};
use domain::report::ReportState;
use domain::vulnerability::Reach;
use use_cases::files::StagedFile;
use use_cases::report as reports;
use use_cases::report::{AttachTo, Joining, stage_files};
use use_cases::{Context, Error, FieldError, Outcome, perform};

/// Does an act by its name, and gives what the next page says.
pub(super) async fn run(context: &Context, report: ReportId, act: &str, form: &Submitted) -> Outcome<&'static str> {
    match act {
        "soumettre" | "supprimer" | "retirer" | "repondre" | "rouvrir" | "contester" => {
            hunter(context, report, act, form).await
        }
        "prendre" | "liberer" | "demander" | "reproduire" | "verifier" | "clore" => {
            verifier(context, report, act, form).await
        }
        _ => together(context, report, act, form).await,
    }
}

async fn staged(context: &Context, report: ReportId, to: AttachTo, form: &Submitted) -> Outcome<Vec<StagedFile>> {
    let files = form
        .files("files")
        .into_iter()
        .map(|file| (file.name.clone(), file.bytes.clone()))
        .collect();
    stage_files(context, report, to, files).await
}

async fn hunter(context: &Context, report: ReportId, act: &str, form: &Submitted) -> Outcome<&'static str> {
    let text = form.text("text");
    let reason = form.text("reason");
    match act {
        "soumettre" => {
            perform(context, reports::SubmitReport { report }).await?;
            Ok("flash-report-submitted")
        }
        "supprimer" => {
            perform(context, reports::DiscardDraft { report }).await?;
            Ok("flash-report-discarded")
        }
        "retirer" => {
            perform(context, reports::WithdrawReport { report, reason }).await?;
            Ok("flash-report-withdrawn")
        }
        "repondre" => {
            let files = staged(context, report, AttachTo::Report, form).await?;
            perform(context, reports::AnswerInformation { report, text, files }).await?;
            Ok("flash-report-answered")
        }
        "rouvrir" => {
            perform(context, reports::ReopenReport { report, text }).await?;
            Ok("flash-report-answered")
        }
        _ => {
            let grounds = form.text("grounds");
            perform(context, reports::AppealClosing { report, grounds }).await?;
            Ok("flash-report-appealed")
        }
    }
}

async fn verifier(context: &Context, report: ReportId, act: &str, form: &Submitted) -> Outcome<&'static str> {
    match act {
        "prendre" => {
            perform(context, reports::ClaimReport { report }).await?;
            Ok("flash-report-claimed")
        }
        "liberer" => {
            perform(context, reports::ReleaseReport { report }).await?;
            Ok("flash-report-released")
        }
        "demander" => {
            let question = form.text("question");
            perform(context, reports::AskInformation { report, question }).await?;
            Ok("flash-report-asked")
        }
        "reproduire" => reproduce(context, report, form).await,
        "verifier" => verify(context, report, form).await,
        _ => {
            all_there(form, &["reason"], &["closing"])?;
            let closing =
                ReportState::from_code(&form.text("closing")).ok_or_else(|| Error::field("closing", "error-choose"))?;
            let original = form.id("original");
            let reason = form.text("reason");
            perform(
                context,
                reports::CloseReport {
                    report,
                    closing,
                    reason,
                    original,
                },
            )
            .await?;
            Ok("flash-report-closed")
        }
    }
}

/// Names every text that was left empty and every question without an answer, all at once.
fn all_there(form: &Submitted, texts: &[&str], choices: &[&str]) -> Outcome<()> {
    let empty = |field: &&&str| form.text(field).trim().is_empty();
    let problem = |field: &str, message| FieldError {
        field: field.to_owned(),
        message,
        detail: None,
    };
    let unanswered = choices.iter().filter(empty).map(|field| problem(field, "error-choose"));
    let missing = texts.iter().filter(empty).map(|field| problem(field, "error-required"));
    let problems: Vec<FieldError> = unanswered.chain(missing).collect();
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(problems)),
    }
}

async fn reproduce(context: &Context, report: ReportId, form: &Submitted) -> Outcome<&'static str> {
    all_there(form, &["text"], &["succeeded", "place"])?;
    let succeeded = match form.text("succeeded").as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::field("succeeded", "error-choose")),
    };
    let on_campaign_target = match form.text("place").as_str() {
        "target" => true,
        "elsewhere" => false,
        _ => return Err(Error::field("place", "error-choose")),
    };
    let recorded = reports::RecordReproduction {
        report,
        text: form.text("text"),
        made_at: form.instant("made_at"),
        on_campaign_target,
        succeeded,
        replay: form.id("replay"),
        unreplayed: form.text("unreplayed"),
        files: staged(context, report, AttachTo::Reproduction, form).await?,
    };
    perform(context, recorded).await?;
    Ok("flash-report-reproduced")
}

async fn verify(context: &Context, report: ReportId, form: &Submitted) -> Outcome<&'static str> {
    let chosen = match form.text("joining").as_str() {
        "deployment" => "organisation",
        "join" => "vulnerability",
        _ => "joining",
    };
    all_there(form, &["vector", "rating_reason"], &[chosen])?;
    let joining = match form.text("joining").as_str() {
        "product" => Joining::Open(Reach::Product),
        "deployment" => {
            let organisation = form.id::<OrganisationId>("organisation");
            Joining::Open(Reach::Deployment(
                organisation.ok_or_else(|| Error::field("organisation", "error-choose"))?,
            ))
        }
        "join" => {
            let known = form.id::<VulnerabilityId>("vulnerability");
            Joining::Join(known.ok_or_else(|| Error::field("vulnerability", "error-choose"))?)
        }
        _ => return Err(Error::field("joining", "error-choose")),
    };
    let verified = reports::VerifyReport {
        report,
        vector: form.text("vector"),
        reason: form.text("rating_reason"),
        joining,
        regression: form.ticked("regression"),
        no_bypass: form.ticked("no_bypass"),
    };
    perform(context, verified).await?;
    Ok("flash-report-verified")
}

async fn together(context: &Context, report: ReportId, act: &str, form: &Submitted) -> Outcome<&'static str> {
    let reason = form.text("reason");
    match act {
        "abusif" => {
            perform(context, reports::ProposeAbusive { report, reason }).await?;
            Ok("flash-report-proposed")
        }
        "fusionner" => {
            let original = form.id("original");
            perform(
                context,
                reports::ProposeLateMerge {
                    report,
                    original,
                    reason,
                },
            )
            .await?;
            Ok("flash-report-proposed")
        }
        "confirmer" => {
            perform(context, reports::ConfirmProposal { report }).await?;
            Ok("flash-report-closed")
        }
        "ecarter" => {
            let reason = form.text("drop_reason");
            perform(context, reports::DropProposal { report, reason }).await?;
            Ok("flash-report-proposal-dropped")
        }
        "reprendre" => {
            perform(context, reports::ResumeVerification { report, reason }).await?;
            Ok("flash-report-resumed")
        }
        "recours" => {
            all_there(form, &["reason"], &["decision"])?;
            let allowed = match form.text("decision").as_str() {
                "allowed" => true,
                "upheld" => false,
                _ => return Err(Error::field("decision", "error-choose")),
            };
            perform(
                context,
                reports::DecideReportAppeal {
                    report,
                    allowed,
                    reason,
                },
            )
            .await?;
            Ok("flash-report-decided")
        }
        "commenter" => {
            let internal = form.text("audience") == "internal";
            let text = form.text("text");
            perform(context, reports::AddComment { report, internal, text }).await?;
            Ok("flash-report-commented")
        }
        _ => Err(Error::NotFound),
    }
}
