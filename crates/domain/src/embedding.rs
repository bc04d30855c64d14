//! Results shown in other sites: which sites may frame them, and what a key to them is worth.

use crate::coded;
use crate::time::Timestamp;

coded! {
    /// To whom a key to a programme's results was given.
    pub enum KeyKind {
        /// To a member, for its own tools: the key is the token.
        Member = "member",
        /// To a site, which writes a token for each member that reads.
        Site = "site",
    }
}

/// The most characters of an origin: a name of the DNS (RFC 1035), its scheme and port.
const ORIGIN_MAX: usize = 253 + 14;

/// Reads the origin of a site (RFC 6454): `https://` and a name, with a port where it is not the
/// usual one; nothing for any other text. A site on this very machine, for trying, may do without TLS.
#[must_use]
pub fn site_origin(typed: &str) -> Option<String> {
    let text = typed.trim().to_ascii_lowercase();
    let text = text.strip_suffix('/').unwrap_or(&text);
    let (scheme, rest) = text.split_once("://")?;
    let (host, port) = match rest.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (rest, None),
    };
    let local = matches!(host, "localhost" | "127.0.0.1");
    let scheme_holds = scheme == "https" || (scheme == "http" && local);
    let port_holds = port.is_none_or(|port| !port.starts_with('0') && port.parse::<u16>().is_ok());
    let holds = scheme_holds && host_is_valid(host) && port_holds && text.len() <= ORIGIN_MAX;
    holds.then(|| match port {
        Some("443") if scheme == "https" => format!("{scheme}://{host}"),
        _ => text.to_owned(),
    })
}

fn host_is_valid(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    host == "localhost" || (host.contains('.') && host.split('.').all(label))
}

/// What decides whether a token opens a members' page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenFacts {
    /// To whom its key was given.
    pub kind: KeyKind,
    /// Until when the key holds.
    pub key_until: Timestamp,
    /// Whether somebody ended the key.
    pub key_ended: bool,
    /// Until when the token says that it holds.
    pub token_until: Timestamp,
    /// Minutes that a site's token may last at most, seen from now.
    pub site_minutes: i64,
    /// Whether the token reads for the organisation that the key was given to.
    pub for_key_holder: bool,
    /// Whether the organisation that it reads for is a member now.
    pub is_member: bool,
}

/// Says whether a token with a good signature opens the members' page at `now`.
///
/// A member's token reads for that member alone. A site's token reads for the member that it
/// names, and only if it ends soon: a site that wrote one for next year gave nobody anything.
#[must_use]
pub fn opens(facts: &TokenFacts, now: Timestamp) -> bool {
    let soon = Timestamp(now.0 + facts.site_minutes * crate::time::MINUTE);
    let token_holds = now < facts.token_until && now < facts.key_until && !facts.key_ended;
    let kind_holds = match facts.kind {
        KeyKind::Member => facts.for_key_holder,
        KeyKind::Site => facts.token_until <= soon,
    };
    token_holds && kind_holds && facts.is_member
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::MINUTE;

    #[test]
    fn an_origin_is_a_scheme_a_name_and_a_port() {
        for (typed, origin) in [
            ("https://communaute.example", Some("https://communaute.example")),
            (" HTTPS://Communaute.Example/ ", Some("https://communaute.example")),
            ("https://communaute.example:443", Some("https://communaute.example")),
            (
                "https://communaute.example:8443",
                Some("https://communaute.example:8443"),
            ),
            ("http://localhost:8080", Some("http://localhost:8080")),
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("http://communaute.example", None),
            ("https://communaute.example/page", None),
            ("https://*.example", None),
            ("https://*", None),
            ("*", None),
            ("", None),
            ("https://", None),
            ("https://exemple", None),
            ("https://a.example https://b.example", None),
            ("https://a.example;script-src", None),
            ("https://user@a.example", None),
            ("https://-a.example", None),
            ("https://a..example", None),
            ("https://a.example:0", None),
            ("https://a.example:99999", None),
            ("https://é.example", None),
            ("data:text/html", None),
            ("'self'", None),
        ] {
            assert_eq!(site_origin(typed).as_deref(), origin, "{typed:?}");
        }
    }

    #[test]
    fn a_token_opens_while_everything_behind_it_holds() {
        let now = Timestamp(1_000 * MINUTE);
        let at = |minutes: i64| Timestamp(now.0 + minutes * MINUTE);
        let good = TokenFacts {
            kind: KeyKind::Member,
            key_until: at(600),
            key_ended: false,
            token_until: at(600),
            site_minutes: 60,
            for_key_holder: true,
            is_member: true,
        };
        let site = TokenFacts {
            kind: KeyKind::Site,
            token_until: at(60),
            for_key_holder: false,
            ..good
        };
        for (facts, open) in [
            (good, true),
            (
                TokenFacts {
                    key_ended: true,
                    ..good
                },
                false,
            ),
            (TokenFacts { key_until: now, ..good }, false),
            (
                TokenFacts {
                    token_until: now,
                    ..good
                },
                false,
            ),
            (
                TokenFacts {
                    is_member: false,
                    ..good
                },
                false,
            ),
            (
                TokenFacts {
                    for_key_holder: false,
                    ..good
                },
                false,
            ),
            (site, true),
            (
                TokenFacts {
                    token_until: at(61),
                    ..site
                },
                false,
            ),
            (
                TokenFacts {
                    token_until: now,
                    ..site
                },
                false,
            ),
            (
                TokenFacts {
                    key_ended: true,
                    ..site
                },
                false,
            ),
            (
                TokenFacts {
                    is_member: false,
                    ..site
                },
                false,
            ),
        ] {
            assert_eq!(opens(&facts, now), open, "{facts:?}");
        }
    }
}
