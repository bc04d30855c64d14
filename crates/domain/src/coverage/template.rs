//! Paths as an organiser may see them: what names one thing, or may be a secret or personal, is folded away.

/// The deepest path that is told apart.
const DEPTH: usize = 12;
/// The longest part of a path that stands for itself, in bytes.
const LONGEST: usize = 48;
/// The longest word that stands for itself, in letters.
const LONGEST_WORD: usize = 32;
/// The most words of a part that stands for itself: what has more is the title of something.
const MOST_WORDS: usize = 5;
/// From this length on hexadecimal digits are a hash, and letters with digits a token.
const HASH: usize = 16;
/// From this length on letters that no language puts so are a token.
const TOKEN: usize = 12;

const TEXT: &str = "{text}";
const NUMBER: &str = "{n}";
const LONG_HASH: &str = "{hash}";
const LONG_TOKEN: &str = "{token}";

/// The methods that are told apart (RFC 9110 §9.3, RFC 5789, RFC 4918); tools try any other.
const METHODS: [&str; 16] = [
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "CONNECT",
    "OPTIONS",
    "TRACE",
    "PATCH",
    "PROPFIND",
    "PROPPATCH",
    "MKCOL",
    "COPY",
    "MOVE",
    "LOCK",
    "UNLOCK",
];

/// The endings of files that stand for themselves; `jean.dupont` has none of them.
const ENDINGS: &str = "action asmx asp aspx avif bak bmp cfg cfm cgi conf css csv do doc docx env eot gif gz htm html \
    ico ini jpeg jpg js json jsp log map md mjs mp4 ods odt old pdf php png py rss sql svg tar tif ttf txt wasm \
    webmanifest webp woff woff2 xls xml zip";

/// Gives a method, or `*` for one that no specification names.
#[must_use]
pub fn folded_method(method: &str) -> &str {
    if METHODS.contains(&method) { method } else { "*" }
}

/// Gives the endpoint that a request asks: its method and its folded path, such as `GET /actes/{n}`.
#[must_use]
pub fn endpoint(method: &str, target: &str) -> String {
    format!("{} {}", folded_method(method), folded_path(target))
}

/// Folds the path of a request, whose query is left out.
///
/// Numbers become `{n}`, UUIDs (RFC 9562) `{uuid}`, days `{date}`, long hexadecimal digits `{hash}`, other mixtures of
/// letters and digits `{token}`, e-mail addresses `{email}`, and titles, escapes and whatever else is no plain word
/// `{text}`. What is deeper than twelve parts is cut. Dot segments are resolved (RFC 3986 §5.2.4).
#[must_use]
pub fn folded_path(target: &str) -> String {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    if path == "*" {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let mut folded = String::new();
    for (depth, part) in parts.iter().enumerate() {
        folded.push('/');
        if depth >= DEPTH {
            folded.push('…');
            break;
        }
        folded.push_str(&folded_part(part));
    }
    if folded.is_empty() { "/".to_owned() } else { folded }
}

fn folded_part(part: &str) -> String {
    // Parameters of a part, such as `;jsessionid=…`, name no endpoint (RFC 3986 §3.3).
    let part = part.split(';').next().unwrap_or_default();
    let Some(part) = decoded(part) else {
        return TEXT.to_owned();
    };
    if is_email(&part) {
        return "{email}".to_owned();
    }
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !part.chars().all(plain) {
        return TEXT.to_owned();
    }
    let (name, ending) = match part.rsplit_once('.') {
        Some((name, ending)) if !name.is_empty() => (name, ending),
        _ => (part.as_str(), ""),
    };
    let folded = match (ending, ending.bytes().all(|byte| byte.is_ascii_digit())) {
        ("", _) | (_, true) => folded_words(&part),
        _ if is_ending(ending) => folded_words(name).map(|name| format!("{name}.{ending}")),
        _ => None,
    };
    folded
        .filter(|text| text.len() <= LONGEST)
        .unwrap_or_else(|| TEXT.to_owned())
}

/// Says whether a text is the ending of a file.
fn is_ending(text: &str) -> bool {
    ENDINGS
        .split_ascii_whitespace()
        .any(|ending| text.eq_ignore_ascii_case(ending))
}

/// Resolves percent-encoding once (RFC 3986 §2.1); nothing where what it hides is no text.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.first_chunk::<2>().filter(|_| *first == b'%');
        let byte = digits.and_then(|digits| {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            Some(digit(digits[0])? * 16 + digit(digits[1])?)
        });
        match byte.and_then(|byte| u8::try_from(byte).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// Says whether a text looks like an e-mail address (RFC 5321 §4.1.2).
fn is_email(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(who, at)| !who.is_empty() && at.contains('.'))
}

/// Folds each word of a part; nothing where it is the title of something.
fn folded_words(part: &str) -> Option<String> {
    let mut words = 0;
    let groups = part.split('_').map(|group| folded_group(group, &mut words));
    let folded = groups.collect::<Option<Vec<_>>>()?.join("_");
    (words <= MOST_WORDS).then_some(folded)
}

/// Folds what stands between low lines: words, UUIDs and days with hyphens between them.
fn folded_group(group: &str, words: &mut usize) -> Option<String> {
    let pieces: Vec<&str> = group.split('-').collect();
    let mut folded: Vec<String> = Vec::new();
    let mut rest = pieces.as_slice();
    while let Some((first, after)) = rest.split_first() {
        if let Some((mark, taken)) = shape(rest) {
            folded.push(mark.to_owned());
            rest = rest.get(taken..).unwrap_or_default();
            continue;
        }
        *words += first.split('.').filter(|word| !word.is_empty()).count();
        let piece = first.split('.').map(folded_word).collect::<Option<Vec<_>>>()?;
        folded.push(piece.join("."));
        rest = after;
    }
    Some(folded.join("-"))
}

/// Finds a UUID or a day among pieces between hyphens, and how many they are.
fn shape(pieces: &[&str]) -> Option<(&'static str, usize)> {
    let has = |lengths: &[usize], test: fn(&u8) -> bool| {
        let these = pieces.get(..lengths.len());
        these.is_some_and(|these| {
            let mut all = these.iter().zip(lengths);
            all.all(|(piece, length)| piece.len() == *length && piece.bytes().all(|byte| test(&byte)))
        })
    };
    if has(&[8, 4, 4, 4, 12], u8::is_ascii_hexdigit) {
        return Some(("{uuid}", 5));
    }
    has(&[4, 2, 2], u8::is_ascii_digit).then_some(("{date}", 3))
}

/// Folds a word; nothing where it is too long to be one.
fn folded_word(word: &str) -> Option<String> {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let hexadecimal = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let long = word.chars().count();
    Some(match () {
        () if digits > 0 && digits == word.len() => NUMBER.to_owned(),
        () if long >= HASH && hexadecimal => LONG_HASH.to_owned(),
        () if digits == 0 && long >= TOKEN && is_unspeakable(word) => LONG_TOKEN.to_owned(),
        () if digits == 0 => (long <= LONGEST_WORD).then(|| word.to_owned())?,
        () if is_mixture(word, long, digits) => LONG_TOKEN.to_owned(),
        () => with_numbers_folded(word),
    })
}

/// Says whether letters and digits are mixed as no name mixes them.
fn is_mixture(word: &str, long: usize, digits: usize) -> bool {
    let kinds: Vec<bool> = word.chars().map(|c| c.is_ascii_digit()).collect();
    let changes = kinds.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let begins = kinds.first().copied().unwrap_or(false);
    long >= HASH || changes >= 3 || (begins && long >= 4 && digits >= 2)
}

/// Says whether no language puts letters so: five consonants on end, or capitals strewn over the word.
fn is_unspeakable(word: &str) -> bool {
    let (mut run, mut longest, mut capitals, mut before) = (0, 0, 0, ' ');
    for letter in word.chars() {
        let vowel = !letter.is_ascii_alphabetic() || "aeiouyAEIOUY".contains(letter);
        let hump = before.is_lowercase() && letter.is_uppercase();
        run = match (vowel, hump) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => run + 1,
        };
        longest = longest.max(run);
        capitals += usize::from(letter.is_uppercase());
        before = letter;
    }
    let letters = word.chars().count();
    let strewn = capitals < letters && capitals * 5 >= letters * 2;
    longest >= 5 || strewn
}

/// Folds the numbers within a word: three digits or more, and two after a longer word (`page12`, not `v2`).
fn with_numbers_folded(word: &str) -> String {
    let mut folded = String::new();
    let mut rest = word;
    let mut letters = 0;
    while let Some(first) = rest.chars().next() {
        let is_digit = first.is_ascii_digit();
        let end = rest
            .find(|c: char| c.is_ascii_digit() != is_digit)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let folds = is_digit && (run.len() >= 3 || (run.len() == 2 && letters >= 4));
        folded.push_str(if folds { NUMBER } else { run });
        letters = if is_digit { 0 } else { run.chars().count() };
        rest = after;
    }
    folded
}

#[cfg(test)]
mod tests;
