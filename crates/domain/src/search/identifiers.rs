//! Cutting a text into words and identifiers: paths, parameters, names of files and functions are kept whole.

use super::stems::folded;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A folded word, and as it is written.
    Word(String, String),
    /// A name kept whole, in small letters.
    Identifier(String),
    /// Nothing is said across it.
    Break,
}

/// What stands around words and belongs to no identifier.
const AROUND: &[char] = &[
    '"', '\'', '’', '‘', '«', '»', '“', '”', '(', ')', '[', ']', '{', '}', '<', '>', ',', ';', ':', '!', '?', '*', '_',
    '…', '`', '\u{a0}', '\u{202f}', '|', '\\', '–', '—', '&', '=', '+', '#',
];

/// Cuts a text into its pieces.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for chunk in text.split([' ', '\n', '\t', '\r', '\u{a0}', '\u{202f}']) {
        if chunk.is_empty() {
            continue;
        }
        let code = chunk.matches('`').count() >= 2;
        let core = chunk.trim_matches(AROUND).trim_end_matches(['.', '/']);
        let core = if core.starts_with('.') && !core.starts_with("..") && core.len() < 4 {
            core.trim_start_matches('.')
        } else {
            core
        };
        if !core.is_empty() {
            cut(core, code, &mut pieces);
        }
        if chunk.ends_with(['.', ',', ';', ':', '!', '?', ')']) {
            pieces.push(Piece::Break);
        }
    }
    pieces
}

fn cut(core: &str, code: bool, pieces: &mut Vec<Piece>) {
    if let Some((_, rest)) = core.split_once("://") {
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        identifier(host, pieces);
        if !path.is_empty() {
            located(&format!("/{path}"), pieces);
        }
    } else if is_path(core) {
        located(core, pieces);
    } else if core.contains('=') {
        parameters(core, pieces);
    } else if code || is_identifier(core) {
        identifier(core.trim_end_matches("()"), pieces);
    } else {
        words(core, pieces);
    }
}

fn is_path(core: &str) -> bool {
    let slashes = core.matches('/').count();
    let lettered = core.chars().any(char::is_alphabetic);
    lettered
        && (core.starts_with('/')
            || core.starts_with("../")
            || slashes >= 2
            || (slashes == 1 && core.contains(['?', '='])))
}

fn is_identifier(core: &str) -> bool {
    let inner = |mark: char| {
        let mut parts = core.split(mark);
        core.len() >= 4 && parts.clone().count() > 1 && parts.all(|part| part.starts_with(char::is_alphanumeric))
    };
    let lettered = core.chars().any(char::is_alphabetic);
    let camel = core
        .chars()
        .zip(core.chars().skip(1))
        .any(|(one, next)| one.is_ascii_lowercase() && next.is_ascii_uppercase());
    let mixed = core.chars().any(|c| c.is_ascii_digit()) && core.is_ascii();
    let header = core.len() > 3 && core.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("x-"));
    lettered
        && (core.contains('_') || inner('.') || camel || header || mixed || core.ends_with("()") || core.contains('$'))
}

/// Takes a path: whole, with what varies left out, then its words and its parameters.
fn located(text: &str, pieces: &mut Vec<Piece>) {
    let (path, query) = text.split_once(['?', '#']).unwrap_or((text, ""));
    let mut whole = String::new();
    pieces.push(Piece::Break);
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        if segment == ".." {
            pieces.push(Piece::Word("dotdot".to_owned(), "../".to_owned()));
            continue;
        }
        whole.push('/');
        if varies(segment) {
            whole.push('*');
        } else {
            whole.push_str(&folded(segment));
            words(segment, pieces);
        }
    }
    pieces.push(Piece::Break);
    if whole.chars().filter(|letter| letter.is_alphabetic()).count() >= 2 {
        pieces.push(Piece::Identifier(whole));
    }
    if !query.is_empty() {
        parameters(query, pieces);
    }
}

/// Says whether a segment of a path is a number, a key or a placeholder.
fn varies(segment: &str) -> bool {
    let placeholder = segment.starts_with([':', '{', '<', '[', '%', '$']) || segment.ends_with('}');
    let key = segment.len() >= 8
        && segment.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
        && segment.chars().any(|c| c.is_ascii_digit());
    placeholder || key || segment.chars().all(|c| c.is_ascii_digit() || c == '*')
}

fn parameters(text: &str, pieces: &mut Vec<Piece>) {
    for part in text.split(['&', ';']) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let name = name.trim_matches(AROUND);
        if name.chars().filter(|letter| letter.is_alphabetic()).count() >= 2 {
            identifier(name, pieces);
        }
        words(value, pieces);
    }
}

/// Takes a name whole, then its words.
fn identifier(name: &str, pieces: &mut Vec<Piece>) {
    let name = name.trim_matches(AROUND);
    let small = folded(name);
    if small.chars().any(char::is_alphabetic) && small.len() >= 2 {
        pieces.push(Piece::Identifier(small));
    }
    let mut spread = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        if before.is_ascii_lowercase() && letter.is_ascii_uppercase() {
            spread.push(' ');
        }
        spread.push(letter);
        before = letter;
    }
    words(&spread, pieces);
}

/// Takes the words of a text; numbers say nothing.
fn words(text: &str, pieces: &mut Vec<Piece>) {
    for word in text.split(|letter: char| !letter.is_alphanumeric()) {
        if !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit()) {
            pieces.push(Piece::Word(folded(word), word.to_lowercase()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Vec<String> {
        pieces(text)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Identifier(name) => Some(name),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn paths_parameters_and_names_are_kept_whole() {
        for (text, names) in [
            ("sur /api/dossiers/482/pieces, puis", vec!["/api/dossiers/*/pieces"]),
            (
                "GET https://Portail.example/Recherche?nom=durand&page=2",
                vec!["portail.example", "/recherche", "nom", "page"],
            ),
            ("le paramètre `ref` est repris", vec!["ref"]),
            ("le champ id_usager et `numDossier`", vec!["id_usager", "numdossier"]),
            ("l’en-tête X-Forwarded-For.", vec!["x-forwarded-for"]),
            ("/fichiers/3f2a9c1e-77aa/voir.php", vec!["/fichiers/*/voir.php"]),
            ("un client/serveur et/ou un autre.", vec![]),
            ("CVE-2021-44228", vec!["cve-2021-44228"]),
        ] {
            assert_eq!(kept(text), names, "{text}");
        }
    }

    #[test]
    fn words_lose_elisions_accents_and_numbers() {
        let said = pieces("L’identifiant n° 42 d'un usager");
        let words: Vec<&str> = said
            .iter()
            .filter_map(|piece| match piece {
                Piece::Word(word, _) => Some(word.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(words, ["l", "identifiant", "n", "d", "un", "usager"]);
    }
}
