//! Where deployers stand with one vulnerability.

use super::words;
use crate::shell::{Answer, Page, Visitor, html, redirect_with};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::ids::VulnerabilityId;
use domain::position::PositionState;
use domain::progress::Progress;
use i18n::Arg;
use std::collections::HashMap;
use std::fmt::Write;
use use_cases::sharing::{POSITIONS_PAGE, PositionLine, PositionsView, RemindLate, ViewPositions};
use use_cases::{perform, read};
use uuid::Uuid;

/// The edges of the picture over time, within 600 by 220.
const LEFT: usize = 40;
const RIGHT: usize = 590;
const TOP: usize = 16;
const BOTTOM: usize = 180;

/// Late deployers that are named above the list at most; it begins with them.
const LATE: usize = 20;

#[derive(Template)]
#[template(path = "sharing/positions.html")]
struct PositionsPage {
    page: Page,
    view: PositionsView,
    href: String,
}

impl PositionsPage {
    /// Gives the deployers of this page.
    fn shown(&self) -> &[PositionLine] {
        self.view.lines.as_deref().unwrap_or_default()
    }

    /// Gives the address of the page that begins so far on; empty where there is none.
    fn at(&self, from: Option<usize>) -> String {
        let all = self.view.listed;
        let path = addresses::sharing::positions(self.view.case.id.0);
        from.filter(|from| *from < all)
            .map(|from| format!("{path}?apres={from}#liste"))
            .unwrap_or_default()
    }

    fn previous(&self) -> String {
        self.at((self.view.from > 0).then(|| self.view.from.saturating_sub(POSITIONS_PAGE)))
    }

    fn next(&self) -> String {
        self.at(Some(self.view.from + POSITIONS_PAGE))
    }

    fn percent(&self, count: &usize) -> usize {
        (count * 100).checked_div(self.view.total).unwrap_or_default()
    }

    fn bar_tone(&self, state: &PositionState) -> &'static str {
        match words::position_tone(state) {
            "good" => "good",
            "bad" => "bad",
            "warning" => "warning",
            _ => "",
        }
    }

    fn score(&self, tenths: &Option<i64>) -> String {
        tenths
            .map(|tenths| i18n::decimal_tenths(self.page.lang_is, tenths))
            .unwrap_or_default()
    }

    /// Writes a line of the picture: each instant keeps the height of the one before it until it comes.
    fn curve(&self, what: &str) -> String {
        let points = &self.view.progress;
        let most = points
            .iter()
            .map(|point| point.informed)
            .max()
            .unwrap_or_default()
            .max(1);
        let last = points.len().saturating_sub(1).max(1);
        let mut text = String::new();
        let mut before = BOTTOM;
        for (index, point) in points.iter().enumerate() {
            let x = LEFT + (RIGHT - LEFT) * index / last;
            let y = BOTTOM - (BOTTOM - TOP) * count(point, what) / most;
            if index > 0 {
                // Writing to a text cannot fail.
                let _ = write!(text, "{x},{before} ");
            }
            let _ = write!(text, "{x},{y} ");
            before = y;
        }
        text.trim_end().to_owned()
    }

    fn most(&self) -> usize {
        self.view
            .progress
            .iter()
            .map(|point| point.informed)
            .max()
            .unwrap_or_default()
    }

    fn edge(&self, last: bool) -> String {
        let point = if last {
            self.view.progress.last()
        } else {
            self.view.progress.first()
        };
        point
            .map(|point| i18n::short_date(self.page.lang_is, point.at.0))
            .unwrap_or_default()
    }

    fn progress_finding(&self) -> String {
        let settled = self.view.progress.last().map(|point| point.settled).unwrap_or_default();
        let args = [
            ("settled", Arg::from(settled)),
            ("total", Arg::from(self.most())),
            ("late", Arg::from(self.view.late)),
        ];
        i18n::ta(self.page.lang_is, "sharing-progress-finding", &args)
    }

    /// Names those who are late, and says whether they have read, to whom may know who they are.
    fn late_names(&self) -> String {
        let named = self
            .view
            .first_late
            .iter()
            .map(|line| format!("{} ({})", line.name, self.page.t(words::reading(line.state))));
        let named: Vec<String> = named.take(LATE + 1).collect();
        let more = if named.len() > LATE { "…" } else { "" };
        named[..named.len().min(LATE)].join(", ") + more
    }

    fn reminded(&self) -> String {
        let at = self.view.case.reminded_at.as_ref();
        at.map(|at| self.page.t1("sharing-reminded", "date", self.page.at(at)))
            .unwrap_or_default()
    }

    fn finding(&self) -> String {
        let args = [
            ("answered", Arg::from(self.view.answered)),
            ("total", Arg::from(self.view.total)),
        ];
        i18n::ta(self.page.lang_is, "sharing-positions-finding", &args)
    }
}

fn count(point: &Progress, what: &str) -> usize {
    match what {
        "read" => point.read,
        "answered" => point.answered,
        "settled" => point.settled,
        _ => point.informed,
    }
}

/// Reminds those whose answer is late.
pub async fn remind(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let command = RemindLate {
        vulnerability: VulnerabilityId(id),
    };
    perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &addresses::sharing::positions(id),
        "flash-late-reminded",
    ))
}

/// Shows where every deployer stands.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>, Query(asked): Query<HashMap<String, String>>) -> Answer {
    visitor.signed_in()?;
    let from: usize = asked
        .get("apres")
        .and_then(|text| text.parse().ok())
        .unwrap_or_default();
    let query = ViewPositions {
        vulnerability: VulnerabilityId(id),
        from,
    };
    let view = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let label = words::label(&visitor.page(String::new()), &view.case);
    let page = visitor
        .page(visitor.t("sharing-positions-title"))
        .under(
            &view.case.programme_name,
            format!("/programmes/{}", view.case.programme_slug),
        )
        .under(label, format!("/failles/{id}"))
        .here()
        .with_notice(view.case.notice);
    let href = addresses::sharing::sharing(id);
    Ok(html(StatusCode::OK, &PositionsPage { page, view, href }))
}
