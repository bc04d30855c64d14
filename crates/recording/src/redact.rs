//! What others than the person may see of a head: secrets are left out, the original stays sealed.

use crate::entry::{Head, Start};

/// Fields whose values carry secrets.
const SECRET: [&str; 9] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "x-api-key",
    "x-auth-token",
    "x-csrf-token",
    "x-xsrf-token",
    "authentication-info",
];

/// Names of parameters of a path that carry secrets, wherever they stand in the name.
const PARAMETERS: [&str; 7] = ["token", "secret", "password", "passwd", "session", "api_key", "apikey"];

/// What stands in the place of a secret.
pub const REDACTED: &str = "[redacted]";

/// A head without the secrets it carries: credentials, cookies (their names stay), tokens in the query.
pub fn redacted(head: &Head) -> Head {
    let fields = head.fields.iter().map(|(name, value)| {
        let secret = SECRET.iter().any(|secret| name.eq_ignore_ascii_case(secret));
        let shown = if secret { shown(name, value) } else { value.clone() };
        (name.clone(), shown)
    });
    Head {
        start: match &head.start {
            Start::Request { method, target } => Start::Request {
                method: method.clone(),
                target: without_parameters(target),
            },
            Start::Status(status) => Start::Status(*status),
        },
        version: head.version.clone(),
        fields: fields.collect(),
    }
}

/// Of cookies the names remain, of credentials the scheme.
fn shown(name: &str, value: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(value);
    let shown = if name.eq_ignore_ascii_case("cookie") {
        let names = text
            .split(';')
            .map(|pair| pair.trim().split('=').next().unwrap_or_default());
        names
            .map(|name| format!("{name}={REDACTED}"))
            .collect::<Vec<_>>()
            .join("; ")
    } else if name.eq_ignore_ascii_case("set-cookie") {
        let (pair, attributes) = text
            .split_once(';')
            .map_or((text.as_ref(), ""), |(pair, rest)| (pair, rest));
        let name = pair.split('=').next().unwrap_or_default();
        let end = if attributes.is_empty() { "" } else { ";" };
        format!("{name}={REDACTED}{end}{attributes}")
    } else {
        match text.split_once(' ') {
            Some((scheme, _)) => format!("{scheme} {REDACTED}"),
            None => REDACTED.to_owned(),
        }
    };
    shown.into_bytes()
}

fn without_parameters(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let parts = query.split('&').map(|part| match part.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}={REDACTED}"),
        _ => part.to_owned(),
    });
    format!("{path}?{}", parts.collect::<Vec<_>>().join("&"))
}

fn is_secret(name: &str) -> bool {
    let folded = name.to_ascii_lowercase();
    PARAMETERS.iter().any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_and_the_rest_stays() {
        let table = [
            ("Cookie", "a=1; b=2", "a=[redacted]; b=[redacted]"),
            (
                "set-cookie",
                "sid=1; Path=/; HttpOnly",
                "sid=[redacted]; Path=/; HttpOnly",
            ),
            ("set-cookie", "sid=1", "sid=[redacted]"),
            ("authorization", "Bearer abc", "Bearer [redacted]"),
            ("x-api-key", "abc", "[redacted]"),
            ("accept", "text/html", "text/html"),
        ];
        let head = |column: fn(&(&str, &str, &str)) -> String, target: &str| Head {
            start: Start::Request {
                method: "GET".into(),
                target: target.into(),
            },
            version: "HTTP/1.1".into(),
            fields: table
                .iter()
                .map(|row| (row.0.into(), column(row).into_bytes()))
                .collect(),
        };
        let before = head(|row| row.1.into(), "/a?page=2&access_token=x&b");
        assert_eq!(
            redacted(&before),
            head(|row| row.2.into(), "/a?page=2&access_token=[redacted]&b")
        );
    }
}
