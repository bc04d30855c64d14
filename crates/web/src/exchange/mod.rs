//! Pages of what passed the gateway: a hunter's own exchanges, and those of a report.

mod evidence;
mod list;
mod replay;
mod retest;

use crate::Routes;
use crate::shell::Page;
use addresses::{exchange as at, vulnerability};
use use_cases::ports::{ExchangeLine, ShownBody};

pub(crate) use evidence::link_of;
pub(crate) use replay::{target_word as replay_target, tone_of_line as replay_tone, word_of_line as replay_word};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::LIST, list::show)
        .post(at::LIST, list::pick)
        .get(at::SHOW, list::detail)
        .get(at::EVIDENCE, evidence::show)
        .get(at::EXPORT, evidence::export)
        .post(at::REPLAY, replay::make)
        .get(at::REPLAYED, replay::show)
        .get(vulnerability::RETEST_REPLAYS, retest::show)
        .post(vulnerability::RETEST_REPLAYS, retest::make)
        .get(vulnerability::RETEST_REPLAY, replay::of_retest)
}

/// Gives the label of a field.
fn label(field: &str) -> String {
    format!("exchange-field-{field}")
}

/// What templates ask of exchanges and bodies, on every page that shows some.
trait Shows {
    /// Gives the page, whose language sizes are written in.
    fn page(&self) -> &Page;

    /// Gives the tone of an answer's status.
    fn tone(&self, line: &ExchangeLine) -> &'static str {
        match line.status {
            Some(200..=399) => "good",
            Some(400..=499) => "warning",
            Some(500..=599) => "bad",
            _ => "neutral",
        }
    }

    /// Writes the status of an answer, or a dash where none came.
    fn status(&self, line: &ExchangeLine) -> String {
        line.status.map_or_else(|| "–".to_owned(), |status| status.to_string())
    }

    /// Gives a body's text, where it is one.
    fn text<'a>(&self, body: &'a ShownBody) -> Option<&'a str> {
        match body {
            ShownBody::Text { text, .. } => Some(text),
            ShownBody::None | ShownBody::Bytes(_) => None,
        }
    }

    /// Says whether more of a body passed than is shown.
    fn is_cut(&self, body: &ShownBody) -> bool {
        matches!(body, ShownBody::Text { cut: true, .. })
    }

    /// Gives the bytes of a body that is no text.
    fn bytes(&self, body: &ShownBody) -> Option<u64> {
        match body {
            ShownBody::Bytes(bytes) => Some(*bytes),
            ShownBody::None | ShownBody::Text { .. } => None,
        }
    }

    /// Writes a size in bytes.
    fn size(&self, bytes: &u64) -> String {
        i18n::bytes(self.page().lang_is, i64::try_from(*bytes).unwrap_or(i64::MAX))
    }
}
