//! One act on a report: its page, and doing it.

use super::draft::vector;
use super::show::{frame, heading};
use super::words::{self, MetricView, SeverityTag};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::report as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::{OrganisationId, ReportId, VulnerabilityId};
use domain::report::{Rating, ReportState};
use domain::vulnerability::Reach;
use use_cases::files::StagedFile;
use use_cases::report as reports;
use use_cases::report::{AttachTo, Joining, ReportActions, ReportView, ViewReport, stage_files};
use use_cases::{Context, Error, Outcome, perform, read};
use uuid::Uuid;

/// Says whether the reader may do an act.
type Offered = fn(&ReportActions) -> bool;

/// The acts that have a page of their own, with whether the reader may do them.
const PAGES: &[(&str, Offered)] = &[
    ("repondre", |may| may.answer),
    ("rouvrir", |may| may.reopen),
    ("contester", |may| may.appeal),
    ("retirer", |may| may.withdraw),
    ("demander", |may| may.judge),
    ("reproduire", |may| may.judge),
    ("verifier", |may| may.verify),
    ("clore", |may| may.judge),
    ("abusif", |may| may.judge),
    ("fusionner", |may| may.merge),
    ("confirmer", |may| may.confirm),
    ("ecarter", |may| may.drop),
    ("reprendre", |may| may.resume),
    ("recours", |may| may.decide),
    ("commenter", |may| may.comment || may.comment_internally),
];

#[derive(Template)]
#[template(path = "report/act.html")]
struct ActPage {
    page: Page,
    view: ReportView,
    act: String,
    heading: String,
    action: String,
    back: String,
    typed: Submitted,
    vector: String,
    now: String,
    metrics_40: Vec<MetricView>,
    metrics_31: Vec<MetricView>,
    severity: Option<SeverityTag>,
    errors: Errors,
}

impl ActPage {
    fn text(&self, field: &str) -> String {
        self.typed.text(field)
    }

    fn made_at(&self) -> &str {
        &self.now
    }

    fn back_href(&self) -> &str {
        &self.back
    }

    fn is(&self, field: &str, value: &str) -> bool {
        self.typed.text(field) == value
    }

    fn is_id(&self, field: &str, id: &Uuid) -> bool {
        self.typed.id::<Uuid>(field) == Some(*id)
    }
}

/// Shows the page of an act.
pub async fn page(visitor: Visitor, Path((report, act)): Path<(Uuid, String)>) -> Answer {
    visitor.signed_in()?;
    show(&visitor, ReportId(report), act, Submitted::default(), Errors::none()).await
}

async fn show(visitor: &Visitor, report: ReportId, act: String, typed: Submitted, errors: Errors) -> Answer {
    let view = read(&visitor.context, ViewReport(report))
        .await
        .map_err(|e| visitor.problem(e))?;
    let known = PAGES.iter().find(|(name, _)| *name == act);
    if !known.is_some_and(|(_, allowed)| allowed(&view.may)) {
        return Err(visitor.problem(Error::NotFound));
    }
    let title = visitor.t(&format!("report-act-{act}"));
    let blank = visitor.page("");
    let heading = heading(&blank, &view);
    let page = frame(visitor, &view, title)
        .under(heading.clone(), at::show(report))
        .here();
    let kept = vector(&typed);
    let vector = if kept.is_empty() { view.vector.clone() } else { kept };
    let template = ActPage {
        action: at::act(report, &act),
        back: at::show(report),
        now: Some(typed.text("made_at"))
            .filter(|made| !made.is_empty())
            .unwrap_or_else(|| i18n::local_value(visitor.web.app.clock.now().0)),
        metrics_40: words::metrics(&page, "4.0", &vector),
        metrics_31: words::metrics(&page, "3.1", &vector),
        severity: words::severity(&page, rating(&vector)),
        heading,
        vector,
        act,
        typed,
        view,
        errors,
        page,
    };
    let status = if template.errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(html(status, &template))
}

/// Gives what a vector scores, where it is whole.
fn rating(vector: &str) -> Option<Rating> {
    domain::score(vector).ok().map(|scored| Rating {
        score_tenths: scored.score_tenths,
        band: scored.band,
    })
}

/// Does an act, and shows the report again; or the act's page with what is wrong.
pub async fn perform_act(visitor: Visitor, Path((report, act)): Path<(Uuid, String)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let report = ReportId(report);
    if form.text("act").starts_with("compose-") {
        return show(&visitor, report, act, form, Errors::none()).await;
    }
    match run(&visitor.context, report, &act, &form).await {
        Ok(flash) => Ok(done(&visitor, report, &act, flash)),
        Err(error) if act == "soumettre" && matches!(error, Error::Invalid(_)) => Ok(redirect_with(
            &visitor.web,
            &at::edit(report),
            "flash-report-incomplete",
        )),
        Err(error) => {
            if PAGES.iter().all(|(name, _)| *name != act) {
                return Err(visitor.problem(error));
            }
            let errors = Errors::of(&visitor, error, |field| {
                format!("report-field-{}", field.replace('_', "-"))
            })?;
            show(&visitor, report, act, form, errors).await
        }
    }
}

fn done(visitor: &Visitor, report: ReportId, act: &str, flash: &'static str) -> Response {
    let to = if act == "supprimer" {
        at::MINE.to_owned()
    } else {
        at::show(report)
    };
    redirect_with(&visitor.web, &to, flash)
}

async fn run(context: &Context, report: ReportId, act: &str, form: &Submitted) -> Outcome<&'static str> {
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

async fn reproduce(context: &Context, report: ReportId, form: &Submitted) -> Outcome<&'static str> {
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
        files: staged(context, report, AttachTo::Reproduction, form).await?,
    };
    perform(context, recorded).await?;
    Ok("flash-report-reproduced")
}

async fn verify(context: &Context, report: ReportId, form: &Submitted) -> Outcome<&'static str> {
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
