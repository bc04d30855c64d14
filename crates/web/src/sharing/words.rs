//! The words and shapes of this part's states.

use crate::shell::Page;
use domain::Correction;
use domain::position::{PositionEvent, PositionState};
use domain::severity::Severity;
use domain::sharing::{Embargo, Phase, Tlp};
use domain::vulnerability::VulnerabilityState;
use i18n::Arg;
use use_cases::ports::{OutcomeCampaign, SharingCase};
use use_cases::sharing::{Figure, PublicPage, TestedProduct};
use use_cases::vulnerability::Layer;

/// Public vulnerabilities that a page names at most.
const NAMED: usize = 25;

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

/// Says whether somebody who has not answered has read, as the key of a text.
pub const fn reading(state: PositionState) -> &'static str {
    match state {
        PositionState::Read => "sharing-late-read",
        _ => "sharing-late-unread",
    }
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

/// Says where the correction stands, to those who do not handle the vulnerability.
pub fn correction(page: &Page, correction: &Correction) -> String {
    page.t(match *correction {
        Correction::Verified => "sharing-correction-fixed",
        Correction::Announced => "sharing-correction-available",
        Correction::Refused => "sharing-correction-refused",
        Correction::Awaited => "sharing-correction-awaited",
    })
}

/// Gives the shape of a correction.
pub fn correction_tone(correction: &Correction) -> &'static str {
    match *correction {
        Correction::Verified => "good",
        Correction::Announced => "progress",
        Correction::Refused => "bad",
        Correction::Awaited => "warning",
    }
}

/// Names the version that goes with a correction: one that is only announced is not said to correct.
pub fn version(page: &Page, correction: &Correction) -> String {
    page.t(match *correction {
        Correction::Verified => "sharing-fact-version",
        _ => "sharing-fact-announced",
    })
}

/// Says whom a text may be passed on to.
pub fn readers(page: &Page, tlp: &Tlp) -> String {
    match *tlp {
        Tlp::Clear => page.t("sharing-readers-clear"),
        _ => page.t1("sharing-readers", "tlp", tlp.code()),
    }
}

/// Says where a vulnerability stands, to those who handle it, as its own page says it.
pub fn state(page: &Page, state: &VulnerabilityState) -> String {
    page.t(&format!("vulnerability-state-{}", key(state.code())))
}

/// Says what holds a vulnerability back, in Paris time and in UTC.
pub fn embargo(page: &Page, case: &SharingCase) -> String {
    match case.embargo {
        Embargo::None => page.t("sharing-embargo-none"),
        Embargo::Until { until, .. } => page.t1("sharing-embargo-until", "when", i18n::with_utc(page.lang_is, until.0)),
        Embargo::Lifted { at, .. } => page.t1("sharing-embargo-lifted", "when", i18n::with_utc(page.lang_is, at.0)),
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

/// Names a layer of a vulnerability's texts, as a deployer reads it.
pub fn layer(page: &Page, layer: &Layer) -> String {
    page.t(match *layer {
        Layer::Alert => "sharing-layer-alert",
        Layer::Measures => "sharing-layer-measures",
        Layer::Title => "sharing-layer-title",
        Layer::Details | Layer::Exploit => "sharing-layer-details",
    })
}

/// Names a tested product with its version.
pub fn heading(page: &Page, product: &TestedProduct) -> String {
    if product.version.is_empty() {
        return product.name.clone();
    }
    let (name, version) = (&product.name, &product.version);
    page.t2("sharing-product-version", "product", name, "version", version)
}

/// Says how many vulnerabilities of a product are corrected.
pub fn summary(page: &Page, product: &TestedProduct) -> String {
    let args = [("fixed", Arg::from(product.fixed)), ("total", Arg::from(product.total))];
    i18n::ta(page.lang_is, "sharing-members-fixed", &args)
}

/// Says when a campaign ran, or runs.
pub fn window(page: &Page, campaign: &OutcomeCampaign) -> String {
    let key = if campaign.ended {
        "sharing-campaign-ended"
    } else {
        "sharing-campaign-runs"
    };
    let (from, to) = (page.day(&campaign.opens_at), page.day(&campaign.closes_at));
    page.t2(key, "from", from, "to", to)
}

/// Names a figure of a programme's results.
pub fn figure_label(page: &Page, figure: &Figure) -> String {
    page.t(&format!("sharing-figure-{}", figure.what))
}

/// Says whether a figure is counted, declared or estimated.
pub fn figure_nature(page: &Page, figure: &Figure) -> String {
    page.t(&format!("sharing-nature-{}", figure.nature.code()))
}

/// Writes a figure, or that it is too small to be told.
pub fn figure_value(page: &Page, figure: &Figure) -> String {
    match figure.value {
        Some(value) => i18n::integer(page.lang_is, value),
        None => page.t("sharing-figure-masked"),
    }
}

/// Gives the public vulnerabilities that a page names; its figures count them all.
pub fn newest(results: &PublicPage) -> &[SharingCase] {
    &results.advisories[..results.advisories.len().min(NAMED)]
}
