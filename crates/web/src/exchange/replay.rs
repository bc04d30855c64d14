//! A replay: both answers of each request side by side, and what a verifier says of it.

use super::Shows;
use crate::shell::{Answer, Page, Visitor, html, redirect_with};
use addresses::{exchange as at, report};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{AttachmentId, ReportId};
use domain::replay::ReplayResult;
use use_cases::exchange::EvidenceOf;
use use_cases::ports::{ReplayedStep, StepDifference};
use use_cases::read;
use use_cases::replay::{ReplayPage, ViewReplay, replay_evidence};
use use_cases::report::ViewReport;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "exchange/replay.html")]
struct ReplayTemplate {
    page: Page,
    report: Uuid,
    p: ReplayPage,
}

impl Shows for ReplayTemplate {
    fn page(&self) -> &Page {
        &self.page
    }
}

impl ReplayTemplate {
    fn back(&self) -> String {
        report::show(self.report)
    }

    fn evidence(&self) -> String {
        at::evidence(self.report, self.p.attachment.0)
    }

    fn reproduce(&self) -> String {
        report::act(self.report, "reproduire")
    }

    fn tone_of(&self, step: &ReplayedStep) -> &'static str {
        ReplayResult::from_code(&step.result).map_or("neutral", |result| tone(&result))
    }

    fn word(&self, code: &str) -> String {
        self.page.t(&format!("replay-result-{}", code.replace('_', "-")))
    }

    fn trouble(&self, step: &ReplayedStep) -> String {
        self.page.t(&format!("replay-trouble-{}", step.trouble))
    }

    /// Says where a difference stands.
    fn place(&self, one: &StepDifference) -> String {
        let (kind, name) = one.place.split_once(' ').unwrap_or((one.place.as_str(), ""));
        self.page.t1(&format!("replay-place-{kind}"), "name", name)
    }
}

/// Gives the tone of what a replay comes to.
pub(crate) const fn tone(result: &ReplayResult) -> &'static str {
    match result {
        ReplayResult::Same | ReplayResult::SameButVolatile => "good",
        ReplayResult::Different => "warning",
        ReplayResult::NoAnswer => "bad",
    }
}

/// Sends the requests of a report's exchanges again, and shows what came of it.
pub async fn make(visitor: Visitor, Path((id, attachment)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let asked = EvidenceOf {
        report: ReportId(id),
        attachment: AttachmentId(attachment),
    };
    let replay = replay_evidence(&visitor.context, asked)
        .await
        .map_err(|error| visitor.problem(error))?;
    Ok(redirect_with(&visitor.web, &at::replayed(id, replay), "flash-replayed"))
}

/// Shows a replay.
pub async fn show(visitor: Visitor, Path((id, replay)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let problem = |error| visitor.problem(error);
    let asked = ViewReplay {
        report: ReportId(id),
        replay,
    };
    let p = read(&visitor.context, asked).await.map_err(problem)?;
    let view = read(&visitor.context, ViewReport(ReportId(id)))
        .await
        .map_err(problem)?;
    let template = ReplayTemplate {
        page: visitor
            .page(visitor.t("replay-title"))
            .under(view.title.clone(), report::show(id))
            .here()
            .with_notice(view.notice),
        report: id,
        p,
    };
    Ok(html(StatusCode::OK, &template))
}
