//! Templates for answers: texts that those who judge reports write once and use often.

use crate::coded;

coded! {
    /// What a template is for.
    pub enum TemplatePurpose {
        /// A question to the authors of a report.
        Question = "question",
        /// Why a report is closed.
        Closing = "closing",
        /// Why a report is rated as it is.
        Rating = "rating",
        /// A comment on a report.
        Comment = "comment",
    }
}

/// The names that a template may quote between braces, each filled in with what the report says.
pub const PLACEHOLDERS: &[&str] = &["numero", "produit", "campagne", "jours"];

/// Gives the names between braces in a text, in their order: `{numero}` gives `numero`.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        let word = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        word.then_some(name)
    })
}

/// Gives the names that a text quotes and that nothing fills in, each once.
#[must_use]
pub fn unknown(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in named(text) {
        if !PLACEHOLDERS.contains(&name) && names.iter().all(|known| known != name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Fills a text in with what is known; what is not known stays as it was written.
#[must_use]
pub fn filled(text: &str, known: &[(&str, &str)]) -> String {
    known.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_are_quoted() {
        let table: [(&str, &[&str]); 6] = [
            ("Bonjour", &[]),
            ("Signalement {numero} sur {produit}", &[]),
            ("{nom}, {numero}, {nom}", &["nom"]),
            ("du code : { a } et {}", &[]),
            ("fn main() { body }", &[]),
            ("{jours} jours, {delai}", &["delai"]),
        ];
        for (text, wrong) in table {
            assert_eq!(unknown(text), wrong, "{text}");
        }
    }

    #[test]
    fn a_text_is_filled_in_with_what_is_known() {
        let known = [("numero", "12"), ("produit", "Guichet")];
        assert_eq!(
            filled("N° {numero}, {produit}, {jours}", &known),
            "N° 12, Guichet, {jours}"
        );
    }
}
