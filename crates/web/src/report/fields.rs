//! The fields in which a severity and a kind of weakness are given, wherever they are given.

use super::words::{self, MetricView, SeverityTag};
use crate::shell::{Page, Submitted};
use domain::report::Rating;
use use_cases::report::{cvss, cwe};

/// Kinds of weakness that a search shows.
const FOUND: usize = 8;

/// The field of a CVSS vector, with what composes it by choosing.
pub(crate) struct VectorField {
    /// What it is called.
    pub(crate) label: String,
    /// What helps to fill it in.
    pub(crate) hint: String,
    /// The vector.
    pub(crate) text: String,
    /// What it scores, where it is whole.
    pub(crate) severity: Option<SeverityTag>,
    /// What it says, in words.
    pub(crate) spelled: String,
    /// The versions by which it can be composed.
    pub(crate) composers: Vec<Composer>,
    /// Whether it may be left out.
    pub(crate) optional: bool,
}

/// The choices of one version of CVSS.
pub(crate) struct Composer {
    /// What presses it: `compose-4.0`.
    pub(crate) act: &'static str,
    /// How the names of its choices begin.
    pub(crate) prefix: &'static str,
    /// What it is called.
    pub(crate) title: String,
    /// Its choices.
    pub(crate) metrics: Vec<MetricView>,
    /// Whether choosing has begun and is not done.
    pub(crate) open: bool,
}

impl VectorField {
    /// Makes the field with a vector.
    pub(crate) fn of(page: &Page, text: &str) -> Self {
        let scored = domain::score(text).ok();
        let severity = scored.map(|scored| Rating {
            score_tenths: scored.score_tenths,
            band: scored.band,
        });
        let severity = words::severity(page, severity);
        let composer = |act, prefix, title: &str, version| Composer {
            act,
            prefix,
            title: page.t(title),
            metrics: words::metrics(page, version, text),
            open: severity.is_none() && text.starts_with(&format!("CVSS:{version}")),
        };
        Self {
            composers: vec![
                composer("compose-4.0", "c40-", "report-compose-40", "4.0"),
                composer("compose-3.1", "c31-", "report-compose-31", "3.1"),
            ],
            label: page.t("report-field-vector"),
            hint: page.t("report-vector-hint"),
            spelled: words::spelled(page, text),
            text: text.to_owned(),
            severity,
            optional: false,
        }
    }

    /// Lets it be left out.
    pub(crate) fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// Gives it another name and hint.
    pub(crate) fn called(self, label: String, hint: String) -> Self {
        Self { label, hint, ..self }
    }
}

/// Says whether a form was sent to compose a vector or to look for a weakness, and not yet to do its act.
pub(crate) fn prepares(form: &Submitted) -> bool {
    let act = form.text("act");
    act.starts_with("compose-") || act.starts_with("cwe-")
}

/// Gives the vector that was typed, or composed of what was chosen.
pub(crate) fn vector(form: &Submitted) -> String {
    match form.text("act").as_str() {
        "compose-4.0" => cvss::compose("4.0", &form.with_prefix("c40-")),
        "compose-3.1" => cvss::compose("3.1", &form.with_prefix("c31-")),
        _ => form.text("vector"),
    }
}

/// The field of a kind of weakness, with what a search by words found.
pub(crate) struct WeaknessField {
    /// What is typed in it.
    pub(crate) text: String,
    /// What the browser suggests.
    pub(crate) labels: Vec<String>,
    /// What was found: what presses it, and its label.
    pub(crate) found: Vec<(String, String)>,
    /// Whether it was looked for.
    pub(crate) looked: bool,
    /// Whether it may be left out.
    pub(crate) optional: bool,
}

impl WeaknessField {
    /// Makes the field with what was typed; words that name no kind are looked for.
    pub(crate) fn of(page: &Page, text: &str) -> Self {
        let lang = page.lang_is;
        let looked = !text.trim().is_empty() && cwe::parse(text).is_none();
        let found = if looked { cwe::search(text, FOUND) } else { Vec::new() };
        Self {
            text: text.to_owned(),
            labels: cwe::all().iter().map(|one| one.label(lang)).collect(),
            found: found
                .into_iter()
                .map(|one| (format!("cwe-{}", one.id), one.label(lang)))
                .collect(),
            looked,
            optional: false,
        }
    }

    /// Lets it be left out.
    pub(crate) fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// Gives the kind of weakness that was typed, or taken of what was found, as it is written.
pub(crate) fn weakness(page: &Page, form: &Submitted) -> String {
    let act = form.text("act");
    let taken = act.strip_prefix("cwe-").and_then(|number| number.parse().ok());
    match taken.and_then(cwe::find) {
        Some(taken) => taken.label(page.lang_is),
        None => form.text("cwe"),
    }
}

/// Names a kind of weakness by its number, in the page's language.
pub(crate) fn weakness_named(page: &Page, number: i64) -> String {
    cwe::find(number).map_or_else(|| format!("CWE-{number}"), |one| one.label(page.lang_is))
}
