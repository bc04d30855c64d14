//! A replay: asked for, under way, then both answers of each request side by side, and what a verifier says of it.

use super::Shows;
use crate::shell::{Answer, Page, Visitor, html, redirect};
use addresses::{exchange as at, report, vulnerability};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{AttachmentId, ReportId, RetestId};
use domain::replay::{ReplayResult, ReplayState};
use domain::target::fingerprint_short;
use use_cases::exchange::EvidenceOf;
use use_cases::ports::{ReplayedStep, StepDifference};
use use_cases::read;
use use_cases::replay::{ReplayLine, ReplayPage, ViewReplay, ViewRetestReplay, begin_replay};
use use_cases::report::ViewReport;
use uuid::Uuid;

/// What a replay is of, as its page leads there and back.
enum Of {
    Report(Uuid),
    Retest {
        retest: Uuid,
        /// Where it is judged, for those who handle the vulnerability.
        vulnerability: Option<Uuid>,
    },
}

#[derive(Template)]
#[template(path = "exchange/replay.html")]
struct ReplayTemplate {
    page: Page,
    of: Of,
    p: ReplayPage,
}

impl Shows for ReplayTemplate {
    fn page(&self) -> &Page {
        &self.page
    }
}

impl ReplayTemplate {
    fn back(&self) -> String {
        match &self.of {
            Of::Report(id) => report::show(*id),
            Of::Retest {
                vulnerability: Some(id),
                ..
            } => vulnerability::show(*id),
            Of::Retest { retest, .. } => vulnerability::retest(*retest),
        }
    }

    fn back_word(&self) -> String {
        match &self.of {
            Of::Report(_) => self.page.t("exchange-evidence-back"),
            Of::Retest {
                vulnerability: Some(_), ..
            } => self.page.t("replay-back-vulnerability"),
            Of::Retest { .. } => self.page.t("replay-back-retest"),
        }
    }

    /// Gives the page of the exchanges that came with a report.
    fn evidence(&self) -> Option<String> {
        match &self.of {
            Of::Report(id) => Some(at::evidence(*id, self.p.attachment.0)),
            Of::Retest { .. } => None,
        }
    }

    /// Gives where the same requests of a report are sent again.
    fn again(&self) -> Option<String> {
        match &self.of {
            Of::Report(id) => Some(at::replay(*id, self.p.attachment.0)),
            Of::Retest { .. } => None,
        }
    }

    /// Gives where it is chosen what is sent to which corrected version.
    fn choose(&self) -> Option<String> {
        match &self.of {
            Of::Report(_) => None,
            Of::Retest { retest, .. } => Some(vulnerability::retest_replays(*retest)),
        }
    }

    fn reproduce(&self) -> String {
        match &self.of {
            Of::Report(id) => report::act(*id, "reproduire"),
            Of::Retest { .. } => String::new(),
        }
    }

    fn readers(&self) -> String {
        match &self.of {
            Of::Report(_) => self.page.t("replay-readers"),
            Of::Retest { .. } => self.page.t("replay-retest-readers"),
        }
    }

    /// Says what both columns are.
    fn lead(&self) -> String {
        match &self.of {
            Of::Report(_) => self.page.t("replay-text"),
            Of::Retest { .. } if self.p.whole => self.page.t("replay-retest-text"),
            Of::Retest { .. } => self.page.t("replay-retest-results"),
        }
    }

    fn is_under_way(&self) -> bool {
        self.p.line.state.is_under_way()
    }

    /// Says what is waited for.
    fn awaited(&self) -> String {
        self.page.t(match self.p.line.state {
            ReplayState::Waiting if self.p.hosted => "replay-awaited-copy",
            ReplayState::Waiting => "replay-awaited-turn",
            _ => "replay-awaited-answers",
        })
    }

    fn failure(&self) -> Option<String> {
        let failure = self.p.line.failure?;
        Some(self.page.tc("replay-failure", failure.code()))
    }

    fn problem(&self) -> Option<String> {
        let problem = self.p.problem?;
        Some(self.page.tc("target-problem", problem.code()))
    }

    fn print(&self) -> &str {
        fingerprint_short(&self.p.line.target.fingerprint)
    }

    fn tone_of(&self, step: &ReplayedStep) -> &'static str {
        ReplayResult::from_code(&step.result).map_or("neutral", tone)
    }

    fn word(&self, code: &str) -> String {
        self.page.tc("replay-result", code)
    }

    fn trouble(&self, step: &ReplayedStep) -> String {
        self.page.tc("replay-trouble", &step.trouble)
    }

    /// Says where a difference stands.
    fn place(&self, one: &StepDifference) -> String {
        let (kind, name) = one.place.split_once(' ').unwrap_or((one.place.as_str(), ""));
        self.page.t1(&format!("replay-place-{kind}"), "name", name)
    }
}

const fn tone(result: ReplayResult) -> &'static str {
    match result {
        ReplayResult::Same | ReplayResult::SameButVolatile => "good",
        ReplayResult::Different => "warning",
        ReplayResult::NoAnswer => "bad",
    }
}

/// Gives the tone of where a replay stands, or of what it came to.
pub(crate) const fn tone_of_line(line: &ReplayLine) -> &'static str {
    match (line.state, line.result) {
        (ReplayState::Waiting | ReplayState::Sending, _) => "progress",
        (ReplayState::Done, Some(result)) => tone(result),
        (ReplayState::Done | ReplayState::Failed, _) => "bad",
    }
}

/// Says where a replay stands, or what it came to.
pub(crate) fn word_of_line(page: &Page, line: &ReplayLine) -> String {
    match (line.state, line.result) {
        (ReplayState::Done, Some(result)) => page.tc("replay-result", result.code()),
        (state, _) if state.is_under_way() => page.t("replay-under-way"),
        _ => page.t("replay-failed"),
    }
}

/// Says on which target a replay was made.
pub(crate) fn target_word(page: &Page, target: &use_cases::replay::Replayed) -> String {
    match (target.name.is_empty(), target.version.is_empty()) {
        (true, true) => page.t("replay-target-unnamed"),
        (true, false) => page.t1("replay-target-unnamed-version", "version", &target.version),
        (false, true) => target.name.clone(),
        (false, false) => page.t2(
            "replay-target-version",
            "name",
            &target.name,
            "version",
            &target.version,
        ),
    }
}

/// Has the requests of a report's exchanges sent again, and leads to where it is seen how far that is.
pub async fn make(visitor: Visitor, Path((id, attachment)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let asked = EvidenceOf {
        report: ReportId(id),
        attachment: AttachmentId(attachment),
    };
    let replay = begin_replay(&visitor.context, asked)
        .await
        .map_err(|error| visitor.problem(error))?;
    Ok(redirect(&at::replayed(id, replay)))
}

/// Shows a replay of a report.
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
        of: Of::Report(id),
        p,
    };
    Ok(html(StatusCode::OK, &template))
}

/// Shows a replay that supports a retest.
pub async fn of_retest(visitor: Visitor, Path((retest, replay)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let asked = ViewRetestReplay {
        retest: RetestId(retest),
        replay,
    };
    let (p, told) = read(&visitor.context, asked)
        .await
        .map_err(|error| visitor.problem(error))?;
    let words = visitor.page("");
    let under = words.t2(
        "vulnerability-retest-title",
        "product",
        &told.product,
        "version",
        &told.version,
    );
    let of = Of::Retest {
        retest,
        vulnerability: told.vulnerability.map(|id| id.0),
    };
    let mut template = ReplayTemplate {
        page: visitor.page(visitor.t("replay-retest-title")),
        of,
        p,
    };
    let back = template.back();
    template.page = template.page.under(under, back).here().with_notice(told.notice);
    Ok(html(StatusCode::OK, &template))
}
