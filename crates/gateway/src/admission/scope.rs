//! Third phase: the path and the method are in scope, however the path is written.

use super::{Asked, Phase};
use crate::grants::{Held, Scope};
use crate::refusal::Refusal;

/// How often a path may be encoded before it is refused.
const LAYERS: usize = 4;

/// What is asked is in the scope of the target.
pub struct InScope;

impl Phase for InScope {
    fn admit(&self, asked: &Asked<'_>, held: &Held) -> Result<(), Refusal> {
        is_in_scope(&held.lease.target.scope, asked.method.as_str(), asked.path)
    }
}

/// Says whether a method and a path may be asked.
///
/// A target may decode a path once more than its neighbour: every layer of percent-encoding must be
/// in scope, with dot segments resolved, `\` read as `/`, and excluded paths compared without case.
pub fn is_in_scope(scope: &Scope, method: &str, path: &str) -> Result<(), Refusal> {
    if !scope.methods.is_empty() && !scope.methods.iter().any(|allowed| allowed == method) {
        return Err(Refusal::MethodNotAllowed);
    }
    if scope.paths.is_empty() && scope.excluded.is_empty() {
        return Ok(());
    }
    let mut layer = path.as_bytes().to_vec();
    for _ in 0..LAYERS {
        let resolved = resolve(&layer);
        let begins = |prefixes: &[String], fold: bool| prefixes.iter().any(|prefix| is_below(&resolved, prefix, fold));
        if begins(&scope.excluded, true) || !scope.paths.is_empty() && !begins(&scope.paths, false) {
            return Err(Refusal::PathOutOfScope);
        }
        let decoded = decode(&layer);
        if decoded == layer {
            return Ok(());
        }
        layer = decoded;
    }
    Err(Refusal::PathOutOfScope)
}

/// Whether a path is a prefix or stands below it: `/a` holds `/a`, `/a/b` and `/a;x`, not `/ab`.
fn is_below(path: &[u8], prefix: &str, fold: bool) -> bool {
    let prefix = prefix.trim_end_matches('/').as_bytes();
    let Some((begin, rest)) = path.split_at_checked(prefix.len()) else {
        return false;
    };
    let same = if fold {
        begin.eq_ignore_ascii_case(prefix)
    } else {
        begin == prefix
    };
    same && matches!(rest.first(), None | Some(b'/' | b';' | b'?' | b'#' | 0))
}

fn decode(path: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((first, after)) = rest.split_first() {
        let digits = after.first_chunk::<2>().filter(|_| *first == b'%');
        let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        // `from_str_radix` takes a sign, which no encoding has.
        match byte.filter(|_| after.first() != Some(&b'+')) {
            Some(byte) => {
                decoded.push(byte);
                rest = &after[2..];
            }
            None => {
                decoded.push(*first);
                rest = after;
            }
        }
    }
    decoded
}

/// Resolves `.`, `..`, empty segments, and what follows `;` in a segment that climbs (RFC 3986 §5.2.4).
fn resolve(path: &[u8]) -> Vec<u8> {
    let mut segments: Vec<&[u8]> = Vec::new();
    for segment in path.split(|byte| matches!(byte, b'/' | b'\\')) {
        let name = segment.split(|byte| *byte == b';').next().unwrap_or_default();
        match name {
            b"" if segment.is_empty() => {}
            b"." => {}
            b".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    let mut resolved = Vec::with_capacity(path.len() + 1);
    for segment in segments {
        resolved.push(b'/');
        resolved.extend_from_slice(segment);
    }
    resolved
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scope(paths: &[&str], excluded: &[&str]) -> Scope {
        Scope {
            methods: vec!["GET".into(), "POST".into()],
            paths: paths.iter().map(|&path| path.into()).collect(),
            excluded: excluded.iter().map(|&path| path.into()).collect(),
        }
    }

    #[test]
    fn a_path_is_in_scope_however_it_is_written() {
        let scope = scope(&["/app", "/api/"], &["/app/admin"]);
        for good in [
            "/app",
            "/app/",
            "/app/x",
            "//app/x",
            "/api",
            "/api/v1?x",
            "/x/../app/y",
            "/app;v=1",
            "/%61pp",
        ] {
            let path = good.split('?').next().unwrap();
            let expected = if good == "/%61pp" {
                Err(Refusal::PathOutOfScope)
            } else {
                Ok(())
            };
            assert_eq!(is_in_scope(&scope, "GET", path), expected, "{good}");
        }
        for bad in [
            "/",
            "/application",
            "/other",
            "/app/../other",
            "/app/%2e%2e/other",
            "/app/%252e%252e/other",
            "/app/..;/other",
            "/app\\..\\other",
            "/app/admin",
            "/app/ADMIN/x",
            "/app/%61dmin",
            "/app/%2561dmin",
            "/app//admin",
            "/app/./admin",
            "/app/admin;x",
            "/app/%25252525252541",
        ] {
            assert_eq!(is_in_scope(&scope, "GET", bad), Err(Refusal::PathOutOfScope), "{bad}");
        }
        assert_eq!(is_in_scope(&scope, "PUT", "/app"), Err(Refusal::MethodNotAllowed));
    }

    #[test]
    fn without_a_list_everything_is_in_scope() {
        assert_eq!(is_in_scope(&Scope::default(), "TRACE", "/%%%/..//"), Ok(()));
        assert_eq!(is_in_scope(&scope(&[], &["/admin"]), "GET", "/"), Ok(()));
        assert_eq!(is_in_scope(&scope(&["/"], &[]), "GET", "/any/thing"), Ok(()));
    }

    proptest! {
        #[test]
        fn encoding_an_excluded_path_never_lets_it_pass(encoded in prop::collection::vec(0..3u8, 6)) {
            let path: String = "/admin".chars().zip(encoded).map(|(letter, layers)| match layers {
                0 => letter.to_string(),
                1 => format!("%{:02x}", letter as u8),
                _ => format!("%25{:02X}", letter as u8),
            }).collect();
            prop_assert_eq!(is_in_scope(&scope(&[], &["/admin"]), "GET", &path), Err(Refusal::PathOutOfScope));
        }

        #[test]
        fn no_path_makes_it_panic(path: String) {
            let _ = is_in_scope(&scope(&["/a"], &["/b"]), "GET", &path);
        }
    }
}
