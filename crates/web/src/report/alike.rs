//! What a report or a finding may repeat, in words: each with why, and what the verifier can do with it.

use super::words;
use crate::shell::{Page, with_query};
use addresses::{report as at, vulnerability};
use domain::search::Reason;
use i18n::Arg;
use use_cases::finding::FindingChoice;
use use_cases::report::{Alike, AlikeThing, JoinChoice, OriginalChoice, ReportView};

/// A proposal on the page.
pub struct Line {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// What it is: a report of a campaign, a vulnerability.
    pub what: String,
    /// Where it stands.
    pub state: String,
    /// Why it is proposed.
    pub reasons: Vec<String>,
    /// What can be done with it: label and address.
    pub offers: Vec<(String, String)>,
}

/// Gives the proposals of a report's page.
pub fn lines(page: &Page, view: &ReportView) -> Vec<Line> {
    let offers = |one: &Alike| {
        let mut offers = match &one.thing {
            AlikeThing::Report { report, .. } => of_earlier(page, view, report),
            AlikeThing::Vulnerability(_) | AlikeThing::Finding { .. } => Vec::new(),
        };
        let joined = one.thing.vulnerability().filter(|_| view.may.verify);
        offers.extend(joined.map(|flaw| joining(page, view, flaw)));
        offers
    };
    view.alike.iter().map(|one| line(page, one, offers(one))).collect()
}

/// Gives one proposal, with what can be done with it.
pub fn line(page: &Page, one: &Alike, offers: Vec<(String, String)>) -> Line {
    let (title, href, what, state) = match &one.thing {
        AlikeThing::Report { report, state, .. } => (
            report.title.clone(),
            at::show(report.id),
            of_report(page, report),
            words::state(page, *state),
        ),
        AlikeThing::Vulnerability(flaw) => {
            let date = page.day(&flaw.opened_at);
            (
                if flaw.title.is_empty() {
                    &flaw.label
                } else {
                    &flaw.title
                }
                .clone(),
                vulnerability::show(flaw.id),
                page.t2("report-alike-vulnerability", "label", &flaw.label, "date", date),
                page.tc("vulnerability-state", flaw.state.code()),
            )
        }
        AlikeThing::Finding { finding, .. } => (
            finding.title.clone(),
            addresses::finding::show(finding.id.0),
            of_finding(page, finding),
            page.tc("finding-state", finding.state.code()),
        ),
    };
    Line {
        title,
        href,
        what,
        state,
        reasons: one.reasons.iter().map(|reason| why(page, reason)).collect(),
        offers,
    }
}

fn of_finding(page: &Page, finding: &FindingChoice) -> String {
    let args = [
        ("number", Arg::Text(page.t1("finding-number", "number", finding.number))),
        ("campaign", Arg::Text(finding.campaign.clone())),
        ("date", Arg::Text(page.day(&finding.imported_at))),
    ];
    i18n::ta(page.lang_is, "finding-alike-finding", &args)
}

fn of_report(page: &Page, report: &OriginalChoice) -> String {
    let number = page.t1("report-number", "number", report.number);
    let date = report.submitted_at.map(|at| page.day(&at)).unwrap_or_default();
    let args = [
        ("number", Arg::Text(number)),
        ("campaign", Arg::Text(report.campaign.clone())),
        ("date", Arg::Text(date)),
    ];
    i18n::ta(page.lang_is, "report-alike-report", &args)
}

/// Gives the forms that an earlier report begins.
fn of_earlier(page: &Page, view: &ReportView, report: &OriginalChoice) -> Vec<(String, String)> {
    let original = report.id.to_string();
    let mut offers = Vec::new();
    if view.may.judge {
        let begun = [("closing", "duplicate"), ("original", original.as_str())];
        let href = with_query(&at::act(view.id, "clore"), &begun);
        offers.push((page.t("report-alike-close"), href));
    }
    if view.may.merge {
        let href = with_query(&at::act(view.id, "fusionner"), &[("original", &original)]);
        offers.push((page.t("report-act-fusionner"), href));
    }
    offers
}

/// Gives the form that verifies the report into a vulnerability.
fn joining(page: &Page, view: &ReportView, flaw: &JoinChoice) -> (String, String) {
    let begun = [("joining", "join"), ("vulnerability", &flaw.id.to_string())];
    let href = with_query(&at::act(view.id, "verifier"), &begun);
    (page.t1("report-alike-join", "label", &flaw.label), href)
}

/// Says a reason in words.
fn why(page: &Page, reason: &Reason) -> String {
    match reason {
        Reason::Names(names) => page.t1("report-alike-names", "names", names.join(", ")),
        Reason::Asset => page.t("report-alike-asset"),
        Reason::Weakness(number) => page.t1("report-alike-weakness", "number", number),
        Reason::Title => page.t("report-alike-title"),
        Reason::Words(n, words) => {
            let n = i64::try_from(*n).unwrap_or(i64::MAX);
            let named = words.join(", ");
            let more = usize::try_from(n).is_ok_and(|n| n > words.len());
            let named = if more { format!("{named}…") } else { named };
            let args = [("n", Arg::Number(n)), ("words", Arg::Text(named))];
            i18n::ta(page.lang_is, "report-alike-words", &args)
        }
        Reason::Version(version) => page.t1("report-alike-version", "version", version),
    }
}
