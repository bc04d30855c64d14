//! Texts with what every run has of its own folded away: instants, identifiers, hashes, tokens.

/// From this length on a mixture of letters and digits is a token, or hexadecimal digits a hash.
const HASH: usize = 16;

/// A text in which such words are replaced by their kinds.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|character: char| !is_word(character)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        // A full stop or colon after a word is none of it.
        let bare = word.trim_end_matches(['.', ':', '-', '+']);
        out.push_str(kind(bare).unwrap_or(bare));
        out.push_str(&word[bare.len()..]);
        let next = after.chars().next();
        out.extend(next);
        rest = &after[next.map_or(0, char::len_utf8)..];
    }
    out
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.' | ':' | '+')
}

fn kind(word: &str) -> Option<&'static str> {
    let bytes = word.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return None;
    }
    let all = |test: fn(&u8) -> bool| bytes.iter().all(test);
    if all(u8::is_ascii_digit) {
        // Seconds, milliseconds and microseconds since 1970, of this century.
        return matches!(bytes.len(), 10 | 13 | 16).then_some("{instant}");
    }
    if is_instant(word) {
        return Some("{instant}");
    }
    let compact: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'-').collect();
    if compact.len() >= HASH && compact.iter().all(u8::is_ascii_hexdigit) {
        return Some("{hash}");
    }
    let mixed = bytes.iter().any(u8::is_ascii_uppercase) && bytes.iter().any(u8::is_ascii_lowercase);
    let token = all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    (bytes.len() >= HASH && mixed && digits >= 2 && token).then_some("{token}")
}

/// `2026-11-23`, `04:19`, `2026-11-23T04:19:17.5+01:00` (RFC 3339).
fn is_instant(word: &str) -> bool {
    let shape = |text: &str, groups: &[usize], mark: char| {
        let parts: Vec<&str> = text.split(mark).collect();
        let digits =
            |part: &&str, length: &usize| part.len() == *length && part.bytes().all(|byte| byte.is_ascii_digit());
        parts.len() == groups.len() && parts.iter().zip(groups).all(|(part, length)| digits(part, length))
    };
    let is_date = |text: &str| shape(text, &[4, 2, 2], '-');
    let is_time = |text: &str| {
        let text = text.trim_end_matches('Z');
        let text = text.split(['+', '-']).next().unwrap_or_default();
        let text = text.split('.').next().unwrap_or_default();
        shape(text, &[2, 2, 2], ':') || shape(text, &[2, 2], ':')
    };
    match word.split_once('T') {
        Some((date, time)) => is_date(date) && is_time(time),
        None => is_date(word) || is_time(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_every_run_has_of_its_own_is_folded() {
        let table = [
            ("at 2026-11-23T04:19:17.5Z.", "at {instant}."),
            ("04:19, 2026-11-23", "{instant}, {instant}"),
            ("t=1795000001000&n=12", "t={instant}&n=12"),
            ("id 01234567-89ab-cdef-0123-456789abcdef!", "id {hash}!"),
            ("nonce-d41d8cd98f00b204e98", "nonce-d41d8cd98f00b204e98"),
            ("'d41d8cd98f00b204e98'", "'{hash}'"),
            ("x AbCdEf0123456789xyZ y", "x {token} y"),
            ("version 1.2.3 at 127.0.0.1:8080", "version 1.2.3 at 127.0.0.1:8080"),
            ("Roissy-en-France été", "Roissy-en-France été"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn words_without_digits_stay(text in "[a-zA-Zé ,.:;<>-]{0,60}") {
            prop_assert_eq!(folded(&text), text);
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            folded(&text);
        }
    }
}
