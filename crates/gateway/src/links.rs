//! Links in what a target answers: those that name its public host lead back to the lease, as the fields do.
//!
//! They are found as bytes pass, in the three ways in which pages, scripts and queries write an origin:
//! `https://host`, `https:\/\/host` (JSON in scripts) and `https%3A%2F%2Fhost` (in queries). What is recorded
//! was told before.

use bytes::Bytes;
use memchr::memmem::Finder;

/// The most that stands before a host: `https%3A%2F%2F`.
const BEFORE: usize = 14;
/// The most that stands behind a host and decides: `%3A65535` and one byte more.
const BEHIND: usize = 9;
/// How the two slashes before a host are written, and the colon and the schemes before them.
const FORMS: [(&str, &str); 3] = [("//", ":"), (r"\/\/", ":"), ("%2F%2F", "%3A")];
const SCHEMES: [&str; 4] = ["https", "http", "wss", "ws"];

/// Replaces one origin by another in bytes that come piece by piece.
#[derive(Debug)]
pub(crate) struct Links {
    host: Finder<'static>,
    port: Option<String>,
    to: String,
    https: bool,
    /// What came and is not settled yet.
    kept: Vec<u8>,
}

/// A link that was found: how many bytes it has before and behind its host, and what stands in its place.
struct Link {
    before: usize,
    behind: usize,
    text: String,
}

impl Links {
    /// Replaces the origin `from`, a host with its port where it is not the usual one, by `to`.
    pub(crate) fn new(from: &str, to: &str, https: bool) -> Self {
        let (host, port) = match from.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, Some(port)),
            _ => (from, None),
        };
        Self {
            host: Finder::new(host).into_owned(),
            port: port.map(str::to_owned),
            to: to.to_owned(),
            https,
            kept: Vec::new(),
        }
    }

    /// Gives a whole text with its links replaced; nothing where there is none.
    pub(crate) fn whole(mut self, text: &str) -> Option<String> {
        self.host.find(text.as_bytes())?;
        let done = self.take(Bytes::copy_from_slice(text.as_bytes()), true);
        String::from_utf8(done.into()).ok()
    }

    /// Takes the next bytes and gives those that no later byte can change.
    pub(crate) fn take(&mut self, bytes: Bytes, last: bool) -> Bytes {
        let room = self.host.needle().len();
        if self.kept.is_empty() && self.host.find(&bytes).is_none() && (last || !may_begin(&bytes, room)) {
            return bytes;
        }
        self.kept.extend_from_slice(&bytes);
        let text = std::mem::take(&mut self.kept);
        let (mut done, mut copied, mut from) = (Vec::with_capacity(text.len() + 64), 0, 0);
        while let Some(found) = self.host.find(&text[from..]).map(|found| from + found) {
            let end = found + room;
            if !last && text.len() < end + BEHIND {
                break;
            }
            from = end;
            if let Some(link) = self.link(&text[copied..found], &text[end..]) {
                done.extend_from_slice(&text[copied..found - link.before]);
                done.extend_from_slice(link.text.as_bytes());
                copied = end + link.behind;
                from = copied;
            }
        }
        let settled = if last || !may_begin(&text[copied..], room) {
            text.len()
        } else {
            text.len().saturating_sub(BEFORE + room + BEHIND).max(copied)
        };
        done.extend_from_slice(&text[copied..settled]);
        self.kept = text[settled..].to_vec();
        done.into()
    }

    /// Whether everything that came was given.
    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Reads the link whose host stands between two texts, where it is one.
    fn link(&self, before: &[u8], behind: &[u8]) -> Option<Link> {
        let (slashes, colon) = FORMS.iter().find(|(slashes, _)| ends_with(before, slashes))?;
        let encoded = colon.len() > 1;
        let port = self.port(behind, colon)?;
        let head = &before[..before.len() - slashes.len()];
        let scheme = SCHEMES.iter().find(|scheme| {
            let rest = ends_with(head, colon).then(|| &head[..head.len() - colon.len()]);
            rest.is_some_and(|rest| ends_with(rest, scheme))
        });
        let mut text = String::with_capacity(self.to.len() + BEFORE);
        if let Some(scheme) = scheme {
            text.push_str(match (scheme.starts_with('w'), self.https) {
                (true, true) => "wss",
                (true, false) => "ws",
                (false, true) => "https",
                (false, false) => "http",
            });
            text.push_str(colon);
        }
        text.push_str(slashes);
        if encoded {
            text.push_str(&self.to.replace(':', "%3A"));
        } else {
            text.push_str(&self.to);
        }
        let before = slashes.len() + scheme.map_or(0, |scheme| scheme.len() + colon.len());
        Some(Link {
            before,
            behind: port,
            text,
        })
    }

    /// Says how many bytes of what stands behind a host are its port; nothing where it is another host or port.
    fn port(&self, behind: &[u8], colon: &str) -> Option<usize> {
        let begins = |port: &str| {
            let text = behind.get(colon.len()..)?;
            let ends = !text.get(port.len()).is_some_and(u8::is_ascii_digit);
            (behind[..colon.len()].eq_ignore_ascii_case(colon.as_bytes()) && text.starts_with(port.as_bytes()) && ends)
                .then_some(colon.len() + port.len())
        };
        if let Some(port) = &self.port {
            return begins(port);
        }
        if let Some(length) = begins("443").or_else(|| begins("80")) {
            return Some(length);
        }
        let name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let goes_on = match behind {
            [b'.', next, ..] => name(next),
            [b':' | b'@', ..] => true,
            [b'%', ..] if colon.len() > 1 => behind.len() >= 3 && behind[..3].eq_ignore_ascii_case(colon.as_bytes()),
            [first, ..] => name(first),
            [] => false,
        };
        (!goes_on).then_some(0)
    }
}

fn ends_with(text: &[u8], end: &str) -> bool {
    let from = text.len().checked_sub(end.len());
    from.is_some_and(|from| text[from..].eq_ignore_ascii_case(end.as_bytes()))
}

/// Whether a link may begin at the end of a text, so that its end must wait for what follows.
fn may_begin(text: &[u8], room: usize) -> bool {
    let from = text.len().saturating_sub(BEFORE + room + BEHIND);
    let marked = text[from..]
        .iter()
        .any(|byte| matches!(byte, b':' | b'/' | b'\\' | b'%'));
    marked
        || text
            .last()
            .is_some_and(|byte| b"htpsw".contains(&byte.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TABLE: [(&str, &str); 16] = [
        (
            "<a href=\"https://www.mairie.example/a?b\">",
            "<a href=\"http://abc.porte:8081/a?b\">",
        ),
        ("http://www.mairie.example", "http://abc.porte:8081"),
        ("src=//www.mairie.example/x.js", "src=//abc.porte:8081/x.js"),
        ("HTTPS://www.mairie.example:443/", "http://abc.porte:8081/"),
        (
            r#"{"u":"https:\/\/www.mairie.example\/wp-json\/"}"#,
            r#"{"u":"http:\/\/abc.porte:8081\/wp-json\/"}"#,
        ),
        (
            "?to=https%3A%2F%2Fwww.mairie.example%2Fadmin%2F&a",
            "?to=http%3A%2F%2Fabc.porte%3A8081%2Fadmin%2F&a",
        ),
        (
            "?to=https%3a%2f%2fwww.mairie.example",
            "?to=http%3A%2F%2Fabc.porte%3A8081",
        ),
        (
            "new WebSocket('wss://www.mairie.example/s')",
            "new WebSocket('ws://abc.porte:8081/s')",
        ),
        ("See https://www.mairie.example.", "See http://abc.porte:8081."),
        (
            "https://www.mairie.example.evil.example/",
            "https://www.mairie.example.evil.example/",
        ),
        (
            "https://www.mairie.example@evil.example/",
            "https://www.mairie.example@evil.example/",
        ),
        ("https://www.mairie.example:8443/", "https://www.mairie.example:8443/"),
        ("https://not-www.mairie.example/", "https://not-www.mairie.example/"),
        ("agent@www.mairie.example", "agent@www.mairie.example"),
        (
            "https%3A%2F%2Fwww.mairie.example%3A8443",
            "https%3A%2F%2Fwww.mairie.example%3A8443",
        ),
        ("no link", "no link"),
    ];

    fn links() -> Links {
        Links::new("www.mairie.example", "abc.porte:8081", false)
    }

    fn piecewise(text: &[u8], length: usize) -> Vec<u8> {
        let mut links = links();
        let mut done = Vec::new();
        for piece in text.chunks(length) {
            done.extend_from_slice(&links.take(Bytes::copy_from_slice(piece), false));
        }
        done.extend_from_slice(&links.take(Bytes::new(), true));
        done
    }

    #[test]
    fn links_lead_to_the_lease_however_they_are_written_and_cut() {
        for (text, expected) in TABLE {
            for length in [1, 2, 3, 7, 1000] {
                let text = format!("{text} and {text}\n");
                let done = String::from_utf8(piecewise(text.as_bytes(), length)).unwrap();
                assert_eq!(done, format!("{expected} and {expected}\n"), "cut after {length}");
            }
        }
    }

    #[test]
    fn a_port_that_is_not_the_usual_one_must_be_there() {
        let table = [
            (
                "/a?to=http%3A%2F%2Fabc.porte%3A8081%2F",
                Some("/a?to=https%3A%2F%2Fwww.mairie.example%2F"),
            ),
            (
                "/a?to=http://abc.porte:8081/x",
                Some("/a?to=https://www.mairie.example/x"),
            ),
            ("/a?to=http://abc.porte:80810/x", Some("/a?to=http://abc.porte:80810/x")),
            ("/a?to=http://abc.porte/x", Some("/a?to=http://abc.porte/x")),
            ("/a?to=1", None),
        ];
        for (query, expected) in table {
            let links = Links::new("abc.porte:8081", "www.mairie.example", true);
            assert_eq!(links.whole(query).as_deref(), expected, "{query}");
        }
    }

    #[test]
    fn what_can_begin_no_link_does_not_wait() {
        let mut links = links();
        let piece = Bytes::from_static(b"{\"n\" 1}\n");
        assert_eq!(links.take(piece.clone(), false), piece);
    }

    proptest! {
        #[test]
        fn where_a_body_is_cut_changes_nothing(
            parts in prop::collection::vec(prop::sample::select(vec![
                "https:", "//", r"\/\/", "%3A", "%2F%2F", "www.mairie.example", "www.", ".evil", ":443", ":8", "/", "x", " ", "é",
            ]), 0..30),
            length in 1..40usize,
        ) {
            let text = parts.concat();
            prop_assert_eq!(piecewise(text.as_bytes(), length), piecewise(text.as_bytes(), 10_000));
        }
    }
}
