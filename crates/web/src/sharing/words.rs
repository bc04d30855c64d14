//! The words and shapes of this part's states.

use crate::shell::Page;
use domain::position::{PositionEvent, PositionState};
use domain::severity::Severity;
use domain::sharing::{Embargo, Phase};
use domain::vulnerability::VulnerabilityState;
use use_cases::ports::SharingCase;

fn key(code: &str) -> String {
    code.replace('_', "-")
}

/// Names a phase.
pub fn phase(page: &Page, phase: &Phase) -> String {
    page.t(&format!("sharing-phase-{}", key(phase.code())))
}

/// Says what a phase tells to whom.
pub fn phase_tells(page: &Page, phase: &Phase) -> String {
    page.t(&format!("sharing-tells-{}", key(phase.code())))
}

/// Gives the shape of a phase.
pub fn phase_tone(phase: &Phase) -> &'static str {
    match *phase {
        Phase::Restricted => "neutral",
        Phase::Alert | Phase::Measures | Phase::Details => "progress",
        Phase::Public => "good",
    }
}

/// Names a severity.
pub fn severity(page: &Page, band: &Severity) -> String {
    page.t(&format!("sharing-severity-{}", key(band.code())))
}

/// Names the state of a position.
pub fn position(page: &Page, state: &PositionState) -> String {
    page.t(&format!("sharing-position-{}", key(state.code())))
}

/// Gives the shape of a position.
pub fn position_tone(state: &PositionState) -> &'static str {
    use PositionState as S;
    match *state {
        S::ToInform | S::Left => "neutral",
        S::Informed | S::Read | S::Unknown | S::RiskAccepted => "warning",
        S::Affected => "bad",
        S::Mitigated => "progress",
        S::NotAffected | S::UpToDate => "good",
    }
}

/// Names an answer.
pub fn answer(page: &Page, event: &PositionEvent) -> String {
    page.t(&format!("sharing-answer-{}", key(event.code())))
}

/// Says what an answer means.
pub fn answer_hint(page: &Page, event: &PositionEvent) -> String {
    page.t(&format!("sharing-answer-hint-{}", key(event.code())))
}

/// Says where the correction stands.
pub fn correction(page: &Page, state: &VulnerabilityState) -> String {
    page.t(correction_of(state).0)
}

/// Gives the shape of a correction.
pub fn correction_tone(state: &VulnerabilityState) -> &'static str {
    correction_of(state).1
}

fn correction_of(state: &VulnerabilityState) -> (&'static str, &'static str) {
    use VulnerabilityState as S;
    match *state {
        S::Fixed | S::Closed => ("sharing-correction-fixed", "good"),
        S::FixAvailable | S::Retesting => ("sharing-correction-available", "progress"),
        S::WontFix => ("sharing-correction-refused", "bad"),
        _ => ("sharing-correction-awaited", "warning"),
    }
}

/// Says what holds a vulnerability back, in Paris time and in UTC.
pub fn embargo(page: &Page, case: &SharingCase) -> String {
    match case.embargo {
        Embargo::None => page.t("sharing-embargo-none"),
        Embargo::Until { until, .. } => page.t2(
            "sharing-embargo-until",
            "paris",
            page.at(&until),
            "utc",
            page.iso(&until),
        ),
        Embargo::Lifted { at, .. } => page.t2("sharing-embargo-lifted", "paris", page.at(&at), "utc", page.iso(&at)),
    }
}

/// Names a vulnerability to those who do not handle it: a number would tell how many others there are.
pub fn dated(page: &Page, case: &SharingCase) -> String {
    page.t2(
        "sharing-label-dated",
        "product",
        &case.product_name,
        "date",
        page.day(&case.opened_at),
    )
}

/// Names a vulnerability to those who handle it, without a text of it.
pub fn label(page: &Page, case: &SharingCase) -> String {
    page.t2("sharing-label", "product", &case.product_name, "number", case.number)
}
