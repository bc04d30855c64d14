//! Pages of what passed the gateway: a hunter's own exchanges, and those of a report.

mod evidence;
mod list;
mod replay;

use crate::Routes;
use crate::shell::Page;
use addresses::exchange as at;
use use_cases::ports::{ExchangeLine, ShownBody};

pub(crate) use evidence::link_of;
pub(crate) use replay::tone as replay_tone;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::LIST, list::show)
        .post(at::LIST, list::pick)
        .get(at::SHOW, list::detail)
        .get(at::EVIDENCE, evidence::show)
        .get(at::EXPORT, evidence::export)
        .post(at::REPLAY, replay::make)
        .get(at::REPLAYED, replay::show)
}

/// Gives the label of a field.
fn label(field: &str) -> String {
    format!("exchange-field-{field}")
}

/// Gives the tone of an answer's status.
const fn tone(line: &ExchangeLine) -> &'static str {
    match line.status {
        Some(200..=399) => "good",
        Some(400..=499) => "warning",
        Some(500..=599) => "bad",
        _ => "neutral",
    }
}

/// Writes the status of an answer, or a dash where none came.
fn status(line: &ExchangeLine) -> String {
    line.status.map_or_else(|| "–".to_owned(), |status| status.to_string())
}

/// Gives a body's text, where it is one.
fn text(body: &ShownBody) -> Option<&str> {
    match body {
        ShownBody::Text { text, .. } => Some(text),
        ShownBody::None | ShownBody::Bytes(_) => None,
    }
}

/// Says whether more of a body passed than is shown.
const fn is_cut(body: &ShownBody) -> bool {
    matches!(body, ShownBody::Text { cut: true, .. })
}

/// Writes a size in bytes.
fn size(page: &Page, bytes: u64) -> String {
    i18n::bytes(page.lang_is, i64::try_from(bytes).unwrap_or(i64::MAX))
}

/// Gives the bytes of a body that is no text.
const fn bytes(body: &ShownBody) -> Option<u64> {
    match body {
        ShownBody::Bytes(bytes) => Some(*bytes),
        ShownBody::None | ShownBody::Text { .. } => None,
    }
}
