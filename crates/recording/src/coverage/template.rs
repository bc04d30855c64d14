//! Paths with what only names one thing folded away.

/// The deepest path that is told apart.
const DEPTH: usize = 12;
/// The longest part of a path that stands for itself, in bytes.
const LONGEST: usize = 64;
/// From this length on a part of hexadecimal digits is a hash, or of letters and digits a token.
const HASH: usize = 16;

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

/// A method, or `*` for one that no specification names.
pub fn folded_method(method: &str) -> &str {
    if METHODS.contains(&method) { method } else { "*" }
}

/// The path of a request without its query, numbers as `{n}`, UUIDs as `{uuid}`, dates as `{date}`, long
/// hexadecimal digits as `{hash}` and other long mixtures as `{token}`; what is longer or deeper is cut.
pub fn template(target: &str) -> String {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix('/').unwrap_or(path);
    let mut folded = String::new();
    for (depth, part) in path.split('/').enumerate() {
        folded.push('/');
        if depth >= DEPTH {
            folded.push('…');
            break;
        }
        folded.push_str(&part_of(part));
    }
    folded
}

fn part_of(part: &str) -> String {
    // Parameters of a part, such as `;jsessionid=…`, name no endpoint.
    let part = part.split(';').next().unwrap_or_default();
    if let Some(word) = word_for(part) {
        return word.to_owned();
    }
    // `12.html`, `acte-12`, `v2`: only what stands after a mark, or before the ending, is folded.
    if let Some((name, ending)) = part.rsplit_once('.')
        && ending.len() <= 5
        && let Some(word) = word_for(name)
    {
        return format!("{word}.{ending}");
    }
    let mut marks = part
        .char_indices()
        .filter(|(_, character)| matches!(character, '-' | '_'));
    let after_mark = marks.find_map(|(at, mark)| Some((at, mark, word_for(&part[at + 1..])?)));
    if let Some((at, mark, word)) = after_mark {
        return format!("{}{mark}{word}", cut(&part[..at]));
    }
    cut(part)
}

/// What stands for a part that only names one thing.
fn word_for(part: &str) -> Option<&'static str> {
    let bytes = part.as_bytes();
    let all = |test: fn(&u8) -> bool| !bytes.is_empty() && bytes.iter().all(test);
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    if all(u8::is_ascii_digit) {
        return Some("{n}");
    }
    if has_shape(bytes, &[8, 4, 4, 4, 12], |byte| byte.is_ascii_hexdigit()) {
        return Some("{uuid}");
    }
    if has_shape(bytes, &[4, 2, 2], |byte| byte.is_ascii_digit()) {
        return Some("{date}");
    }
    if bytes.len() >= HASH && digits > 0 && all(u8::is_ascii_hexdigit) {
        return Some("{hash}");
    }
    let token = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=' | b'.' | b'~');
    let mixed = digits >= 2 && bytes.iter().any(u8::is_ascii_uppercase) && bytes.iter().any(u8::is_ascii_lowercase);
    (bytes.len() >= HASH && mixed && all(token)).then_some("{token}")
}

/// Whether bytes are groups of these lengths between hyphens.
fn has_shape(bytes: &[u8], groups: &[usize], test: fn(&u8) -> bool) -> bool {
    let parts: Vec<&[u8]> = bytes.split(|byte| *byte == b'-').collect();
    parts.len() == groups.len()
        && parts
            .iter()
            .zip(groups)
            .all(|(part, length)| part.len() == *length && part.iter().all(test))
}

fn cut(part: &str) -> String {
    if part.len() <= LONGEST {
        return part.to_owned();
    }
    let end = (0..=LONGEST).rev().find(|end| part.is_char_boundary(*end)).unwrap_or(0);
    format!("{}…", &part[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_names_one_thing_is_folded() {
        let table = [
            ("/", "/"),
            ("", "/"),
            ("/actes/12?page=3", "/actes/{n}"),
            ("/actes/12/", "/actes/{n}/"),
            ("/actes/12.html", "/actes/{n}.html"),
            ("/actes/acte-12", "/actes/acte-{n}"),
            ("/a/2026-11-23", "/a/{date}"),
            ("/a/01234567-89ab-CDEF-0123-456789abcdef", "/a/{uuid}"),
            ("/a/report-01234567-89ab-cdef-0123-456789abcdef", "/a/report-{uuid}"),
            ("/a/d41d8cd98f00b204e9800998ecf8427e.png", "/a/{hash}.png"),
            ("/reset/eyJhbGciOiJIUzI1NiJ9", "/reset/{token}"),
            ("/api/v2/users", "/api/v2/users"),
            ("/wp-content/themes/a.css?ver=1", "/wp-content/themes/a.css"),
            ("/a;jsessionid=1/b", "/a/b"),
            ("/deliberations", "/deliberations"),
            (
                "/1/2/3/4/5/6/7/8/9/10/11/12/13/14",
                "/{n}/{n}/{n}/{n}/{n}/{n}/{n}/{n}/{n}/{n}/{n}/{n}/…",
            ),
        ];
        for (target, expected) in table {
            assert_eq!(template(target), expected, "{target}");
        }
        assert_eq!((folded_method("GET"), folded_method("ABC")), ("GET", "*"));
    }

    proptest! {
        #[test]
        fn any_path_folds_into_little(target: String, part in "[a-z]{1,300}", number: u64) {
            prop_assert!(template(&target).len() <= 12 * (LONGEST + 20));
            let long = template(&format!("/{part}/x/y/{part}"));
            prop_assert!(long.len() <= 12 * (LONGEST + 20));
            let numbered = template(&format!("/a/{number}/b"));
            prop_assert_eq!(numbered, "/a/{n}/b");
        }
    }
}
