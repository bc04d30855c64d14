//! The words and shapes of reports that several pages share.

use crate::shell::Page;
use domain::report::{Rating, ReportState};
use domain::vulnerability::VulnerabilityState;
use std::collections::HashMap;
use use_cases::report::cvss;

/// Gives the tone of a state.
pub fn tone(state: ReportState) -> &'static str {
    match state {
        ReportState::Draft | ReportState::Discarded | ReportState::Withdrawn | ReportState::Duplicate => "neutral",
        ReportState::Submitted | ReportState::InVerification => "progress",
        ReportState::NeedsInformation | ReportState::Appealed => "warning",
        ReportState::Verified => "good",
        ReportState::NotReproduced
        | ReportState::OutOfScope
        | ReportState::Informative
        | ReportState::Abusive
        | ReportState::ClosedUnanswered => "bad",
    }
}

/// Gives the tone of the vulnerability that a verified report mirrors: only what is corrected is a tick.
pub fn mirror_tone(state: VulnerabilityState) -> &'static str {
    use VulnerabilityState as S;
    match state {
        S::Fixed | S::Closed => "good",
        S::Dismissed | S::Merged => "neutral",
        S::Disputed | S::WontFix | S::Reopened => "warning",
        S::Open | S::VendorNotified | S::Acknowledged | S::FixAvailable | S::Retesting => "progress",
    }
}

/// Gives a state in words.
pub fn state(page: &Page, state: ReportState) -> String {
    page.t(&format!("report-state-{}", state.code().replace('_', "-")))
}

/// A severity, ready to be shown.
pub struct SeverityTag {
    /// Its stable name.
    pub level: &'static str,
    /// Its name.
    pub word: String,
    /// Its score.
    pub score: String,
}

/// Gives a rating in words and figures.
pub fn severity(page: &Page, rating: Option<Rating>) -> Option<SeverityTag> {
    rating.map(|rating| SeverityTag {
        level: rating.band.code(),
        word: page.t(&format!("severity-{}", rating.band.code())),
        score: i18n::decimal_tenths(page.lang_is, rating.score_tenths),
    })
}

/// Writes a day of Paris as files have it; empty for none.
pub fn file_day(at: Option<domain::Timestamp>) -> String {
    at.map(|at| i18n::local_day(at.0))
        .map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
        .unwrap_or_default()
}

/// Gives a role in words; empty for none.
pub fn role(page: &Page, code: &str) -> String {
    if code.is_empty() {
        String::new()
    } else {
        page.t(&format!("role-{}", code.replace('_', "-")))
    }
}

/// One answer that may be chosen.
pub struct Pick {
    /// Its stable name.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// One metric of CVSS with what was chosen.
pub struct MetricView {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub label: String,
    /// The values it may take.
    pub values: Vec<Pick>,
}

/// Gives the metrics of an environment, with what was chosen of it.
pub fn environment(page: &Page, chosen: &HashMap<String, String>) -> Vec<MetricView> {
    let view = |(code, values): &cvss::Metric| MetricView {
        code,
        label: page.t(&format!("cvss-{code}")),
        values: values
            .iter()
            .map(|value| Pick {
                code: (*value).to_owned(),
                label: page.t(&match *code {
                    "MAV" => format!("cvss-AV-{value}"),
                    "MPR" => format!("cvss-PR-{value}"),
                    _ => format!("cvss-requirement-{value}"),
                }),
                chosen: chosen.get(*code).is_some_and(|one| one == value),
            })
            .collect(),
    };
    cvss::ENVIRONMENT.iter().map(view).collect()
}

/// Gives the base metrics of a version, with what a vector of that version chose.
pub fn metrics(page: &Page, version: &str, vector: &str) -> Vec<MetricView> {
    let (metrics, prefix) = if version == "3.1" {
        (cvss::BASE_31, "CVSS:3.1")
    } else {
        (cvss::BASE_40, "CVSS:4.0")
    };
    let chosen = if vector.starts_with(prefix) {
        cvss::parts(vector)
    } else {
        Default::default()
    };
    let view = |(code, values): &cvss::Metric| MetricView {
        code,
        label: page.t(&format!("cvss-{code}")),
        values: values
            .iter()
            .map(|value| {
                let key = value_key(code, value);
                Pick {
                    code: (*value).to_owned(),
                    label: page.t(&key),
                    chosen: chosen.get(*code).is_some_and(|one| one == value),
                }
            })
            .collect(),
    };
    metrics.iter().map(view).collect()
}

fn value_key(metric: &str, value: &str) -> String {
    match metric {
        "AV" | "AC" | "AT" | "PR" | "UI" | "S" => format!("cvss-{metric}-{value}"),
        _ => format!("cvss-impact-{value}"),
    }
}

/// Says a vector in words: each metric and what was chosen for it; empty for one that does not score.
pub fn spelled(page: &Page, vector: &str) -> String {
    if domain::score(vector).is_err() {
        return String::new();
    }
    let version = if vector.starts_with("CVSS:3.1") { "3.1" } else { "4.0" };
    let said = metrics(page, version, vector).into_iter().filter_map(|metric| {
        let chosen = metric.values.into_iter().find(|value| value.chosen)?;
        Some(page.t2("report-vector-says", "metric", metric.label, "value", chosen.label))
    });
    said.collect::<Vec<_>>().join(&page.t("report-vector-and"))
}
