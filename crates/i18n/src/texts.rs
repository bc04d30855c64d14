//! Texts by key, from the Fluent files.

use crate::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// The Fluent files: name, French text, English text.
        pub const FILES: &[(&str, &str, &str)] = &[
            $(($name, include_str!(concat!("../texts/fr/", $name, ".ftl")), include_str!(concat!("../texts/en/", $name, ".ftl")))),*
        ];
    };
}

files!(
    "layout",
    "common",
    "errors",
    "people",
    "organisation",
    "group",
    "programme",
    "call",
    "candidacy",
    "register",
    "already_tested",
    "declared_test",
    "campaign",
    "authorisation",
    "replay",
    "report",
    "search",
    "certificate",
    "recorder",
    "target",
    "corrected",
    "coverage",
    "exchange",
    "finding",
    "vulnerability",
    "sharing",
    "embedding",
    "public",
    "desk",
    "mail",
    "gateway",
);

/// A value that a text quotes.
#[derive(Clone, Debug)]
pub enum Arg {
    /// A text.
    Text(String),
    /// A whole number, which also chooses the plural.
    Number(i64),
    /// The day of an instant, in microseconds, written as in Paris.
    Day(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

type Bundle = FluentBundle<FluentResource>;

static FRENCH: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::Fr));
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::En));

fn bundle(lang: Lang) -> Bundle {
    let tag: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    // `{ DE($name) }` in the French texts. There is one function of each name, so that adding it cannot fail.
    let _ = bundle.add_function("DE", |values, _| match values.first() {
        Some(FluentValue::String(name)) => FluentValue::from(crate::elision::de(name)),
        other => other.cloned().unwrap_or(FluentValue::None),
    });
    for (_, french, english) in FILES {
        let text = if lang == Lang::Fr { french } else { english };
        // The tests refuse files that do not parse; what does parse is used.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(part, _)| part);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn of(lang: Lang) -> &'static Bundle {
    match lang {
        Lang::Fr => &FRENCH,
        Lang::En => &ENGLISH,
    }
}

/// Gives the text of a key; the key itself where there is none, which the tests exclude.
#[must_use]
pub fn t(lang: Lang, key: &str) -> String {
    ta(lang, key, &[])
}

/// Gives the text of a key with the values it quotes.
#[must_use]
pub fn ta(lang: Lang, key: &str, args: &[(&str, Arg)]) -> String {
    let bundle = of(lang);
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut values = FluentArgs::new();
    for (name, arg) in args {
        match arg {
            Arg::Text(text) => values.set(*name, FluentValue::from(text.as_str())),
            Arg::Number(number) => values.set(*name, FluentValue::from(*number)),
            Arg::Day(micros) => values.set(*name, FluentValue::from(crate::long_date(lang, *micros))),
        }
    }
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
}

/// Says whether a key has a text.
#[must_use]
pub fn exists(lang: Lang, key: &str) -> bool {
    of(lang).has_message(key)
}

/// Gives the keys of a Fluent text in their order.
#[must_use]
pub fn keys(text: &str) -> Vec<String> {
    let resource = match fluent_syntax::parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, _)) => resource,
    };
    resource
        .body
        .iter()
        .filter_map(|entry| match entry {
            fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_has_the_same_keys_in_both_languages() {
        for (name, french, english) in FILES {
            for text in [french, english] {
                if let Err((_, errors)) = fluent_syntax::parser::parse(*text) {
                    panic!("{name}.ftl: {errors:?}");
                }
            }
            let (mut fr, mut en) = (keys(french), keys(english));
            fr.sort();
            en.sort();
            assert_eq!(fr, en, "{name}.ftl has other keys in one language");
            let count = fr.len();
            fr.dedup();
            assert_eq!(fr.len(), count, "{name}.ftl has a key twice");
        }
    }

    #[test]
    fn french_punctuation_stays_with_its_word() {
        let apart = [" :", " ;", " ?", " !", " »", "« ", "n° "];
        for (name, french, _) in FILES {
            let texts = french.lines().filter(|line| !line.starts_with('#'));
            for line in texts {
                let broken = apart.iter().find(|mark| line.contains(**mark));
                assert!(
                    broken.is_none(),
                    "{name}.ftl, {broken:?} wants a no-break space: {line}"
                );
            }
        }
    }
}
