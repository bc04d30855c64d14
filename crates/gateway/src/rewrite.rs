//! Header fields as each side should see them: the target sees its one public host, the person the
//! host of the lease, and neither sees what belongs to the connection or to the gateway.

use http::header::{self, Entry};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};

use crate::cookies;
use crate::credential;
use crate::linked;
use crate::links::Links;

/// The names by which both sides know the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    /// The authority that the person's tool asked, with its port when it has one.
    pub(crate) asked: String,
    /// Whether it asked by `https`.
    pub(crate) https: bool,
    /// The host that the target believes to be.
    pub(crate) public: String,
    /// Whether the target believes to be asked by `https`.
    pub(crate) public_https: bool,
}

/// Fields that belong to one connection (RFC 9110 §7.6.1).
const HOP: [HeaderName; 7] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// Answer fields that would outlive the lease or open what the gateway closed.
const NEVER_BACK: [HeaderName; 5] = [
    header::STRICT_TRANSPORT_SECURITY,
    header::ALT_SVC,
    header::PUBLIC_KEY_PINS,
    header::PROXY_AUTHENTICATE,
    HeaderName::from_static("clear-site-data"),
];

/// Fields of a request that name the asked origin.
const TOWARDS: [HeaderName; 3] = [header::ORIGIN, header::REFERER, HeaderName::from_static("destination")];

/// Fields of an answer that name the public origin.
const BACK: [HeaderName; 8] = [
    header::LOCATION,
    header::CONTENT_LOCATION,
    header::REFRESH,
    header::LINK,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::CONTENT_SECURITY_POLICY,
    header::CONTENT_SECURITY_POLICY_REPORT_ONLY,
    HeaderName::from_static("sourcemap"),
];

impl Names {
    /// Makes the fields of a request those that the target sees.
    pub(crate) fn towards_target(&self, headers: &mut HeaderMap, upgrade: bool) {
        credential::strip(headers);
        if !self.https {
            cookies::towards(headers);
        }
        remove_hop(headers);
        headers.remove(header::EXPECT);
        // Links are found in what is not compressed; between a target and its gateway there is no need of it.
        if let Entry::Occupied(mut field) = headers.entry(header::ACCEPT_ENCODING) {
            field.insert(HeaderValue::from_static("identity"));
        }
        if upgrade {
            headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
            headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
            // Without extensions, messages are recorded as they are.
            headers.remove(header::SEC_WEBSOCKET_EXTENSIONS);
        }
        if let Ok(host) = HeaderValue::from_str(&self.public) {
            headers.insert(header::HOST, host);
        }
        for name in &TOWARDS {
            replace(headers, name, |text| {
                self.in_text(text, &self.asked, &self.public, self.public_https)
            });
        }
        let forwarded = HeaderName::from_static("x-forwarded-proto");
        if let Entry::Vacant(field) = headers.entry(forwarded) {
            field.insert(HeaderValue::from_static(if self.public_https {
                "https"
            } else {
                "http"
            }));
        }
    }

    /// Gives path and query as the target is asked for them: a link of its own that comes back in a query names its public host.
    pub(crate) fn asked_of_target(&self, uri: &Uri) -> Uri {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let named = Links::new(&self.asked, &self.public, self.public_https).whole(path);
        let path = named.as_deref().unwrap_or(path);
        path.parse().unwrap_or_else(|_| Uri::from_static("/"))
    }

    /// Gives what makes the links of an answer those of the lease; nothing where its body holds none.
    pub(crate) fn links(&self, method: &Method, status: StatusCode, headers: &mut HeaderMap) -> Option<Links> {
        let whole = *method != Method::HEAD && self.asked != self.public;
        (whole && linked::may_hold(status, headers)).then(|| Links::new(&self.public, &self.asked, self.https))
    }

    /// Makes the fields of an answer those that the person's tool sees.
    pub(crate) fn towards_client(&self, headers: &mut HeaderMap, upgrade: bool) {
        remove_hop(headers);
        if upgrade {
            headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
            headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
            headers.remove(header::SEC_WEBSOCKET_EXTENSIONS);
        }
        for name in &NEVER_BACK {
            headers.remove(name);
        }
        for name in &BACK {
            replace(headers, name, |text| {
                self.in_text(text, &self.public, &self.asked, self.https)
            });
        }
        if !self.https {
            plain_policies(headers);
        }
        cookies::back(headers, self.https);
    }

    /// Replaces `http(s)://from` by the other origin wherever it stands as a whole authority.
    fn in_text(&self, text: &str, from: &str, to: &str, https: bool) -> Option<String> {
        let (mut done, mut rest, mut changed) = (String::with_capacity(text.len()), text, false);
        while let Some(at) = rest.find("//") {
            let (before, after) = rest.split_at(at + 2);
            let end = after.find(|letter: char| !is_authority(letter)).unwrap_or(after.len());
            let (authority, behind) = after.split_at(end);
            if same_host(authority, from) {
                push_scheme(&mut done, before, https);
                done.push_str(to);
                changed = true;
            } else {
                done.push_str(before);
                done.push_str(authority);
            }
            rest = behind;
        }
        done.push_str(rest);
        changed.then_some(done)
    }
}

fn is_authority(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | ':' | '[' | ']' | '@' | '%' | '~')
}

/// Whether an authority names the host, whatever the case and a default port.
fn same_host(authority: &str, host: &str) -> bool {
    let plain = |text: &str| {
        let text = text.strip_suffix(":443").or(text.strip_suffix(":80")).unwrap_or(text);
        text.to_ascii_lowercase()
    };
    !host.is_empty() && plain(authority) == plain(host)
}

/// Pushes what stands before an authority, with the scheme that the other side uses.
fn push_scheme(done: &mut String, before: &str, https: bool) {
    let text = before.strip_suffix("//").unwrap_or(before);
    let folded = text.to_ascii_lowercase();
    let schemes = [
        ("https:", if https { "https:" } else { "http:" }),
        ("http:", if https { "https:" } else { "http:" }),
    ];
    let known = schemes.iter().find(|(scheme, _)| folded.ends_with(scheme));
    match known {
        Some((scheme, other)) => {
            done.push_str(&text[..text.len() - scheme.len()]);
            done.push_str(other);
        }
        None => done.push_str(text),
    }
    done.push_str("//");
}

fn replace(headers: &mut HeaderMap, name: &HeaderName, change: impl Fn(&str) -> Option<String>) {
    if let Entry::Occupied(mut lines) = headers.entry(name) {
        for line in lines.iter_mut() {
            let changed = line.to_str().ok().and_then(&change);
            if let Some(value) = changed.and_then(|text| HeaderValue::from_str(&text).ok()) {
                *line = value;
            }
        }
    }
}

/// Takes out of a policy what has every link of a page asked by `https`, where the gateway is asked without.
fn plain_policies(headers: &mut HeaderMap) {
    for name in [
        header::CONTENT_SECURITY_POLICY,
        header::CONTENT_SECURITY_POLICY_REPORT_ONLY,
    ] {
        replace(headers, &name, |text| {
            let demands = |part: &&str| {
                let name = part.trim().to_ascii_lowercase();
                !["upgrade-insecure-requests", "block-all-mixed-content"].contains(&name.as_str())
            };
            let kept: Vec<&str> = text.split(';').filter(demands).collect();
            Some(kept.join(";").trim().to_owned())
        });
    }
}

fn remove_hop(headers: &mut HeaderMap) {
    if headers.contains_key(header::CONNECTION) {
        let named: Vec<HeaderName> = headers
            .get_all(header::CONNECTION)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .filter_map(|name| name.trim().parse().ok())
            .collect();
        for name in named {
            // Whoever asks to take these away would change what is asked.
            if name != header::HOST && name != header::CONTENT_LENGTH && name != header::COOKIE {
                headers.remove(name);
            }
        }
    }
    for name in &HOP {
        headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names {
            asked: "abc.porte.localhost:8081".into(),
            https: false,
            public: "www.mairie.example".into(),
            public_https: true,
        }
    }

    fn headers(fields: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn the_target_sees_its_public_host_and_no_credential() {
        let mut fields = headers(&[
            ("host", "abc.porte.localhost:8081"),
            ("origin", "http://abc.porte.localhost:8081"),
            (
                "referer",
                "http://ABC.porte.localhost:8081/page?u=http://abc.porte.localhost:8081/x",
            ),
            ("cookie", "beffroi_lease=token; session=1"),
            ("connection", "keep-alive, x-secret, host"),
            ("x-secret", "1"),
            ("expect", "100-continue"),
            ("accept", "*/*"),
        ]);
        names().towards_target(&mut fields, false);
        let expected = headers(&[
            ("host", "www.mairie.example"),
            ("origin", "https://www.mairie.example"),
            (
                "referer",
                "https://www.mairie.example/page?u=https://www.mairie.example/x",
            ),
            ("cookie", "session=1"),
            ("accept", "*/*"),
            ("x-forwarded-proto", "https"),
        ]);
        assert_eq!(fields, expected);
    }

    #[test]
    fn answers_lead_back_to_the_lease_and_nowhere_else() {
        let table = [
            ("https://www.mairie.example/a", "http://abc.porte.localhost:8081/a"),
            ("https://www.mairie.example:443", "http://abc.porte.localhost:8081"),
            ("//www.mairie.example/a", "//abc.porte.localhost:8081/a"),
            ("/relative//path", "/relative//path"),
            (
                "https://other.example/?next=https://www.mairie.example/",
                "https://other.example/?next=http://abc.porte.localhost:8081/",
            ),
            (
                "https://www.mairie.example.evil.example/",
                "https://www.mairie.example.evil.example/",
            ),
            (
                "https://www.mairie.example@evil.example/",
                "https://www.mairie.example@evil.example/",
            ),
            ("http://169.254.169.254/latest", "http://169.254.169.254/latest"),
        ];
        for (location, expected) in table {
            let mut fields = headers(&[("location", location)]);
            names().towards_client(&mut fields, false);
            assert_eq!(fields["location"], expected, "{location}");
        }
    }

    #[test]
    fn a_path_is_asked_in_origin_form() {
        let asked = |uri| names().asked_of_target(&Uri::from_static(uri));
        assert_eq!(asked("http://a.example/x?y=1"), "/x?y=1");
        assert_eq!(asked("http://a.example"), "/");
        assert_eq!(
            asked("/in?to=http%3A%2F%2Fabc.porte.localhost%3A8081%2F&n=1"),
            "/in?to=https%3A%2F%2Fwww.mairie.example%2F&n=1"
        );
    }

    #[test]
    fn a_policy_demands_no_https_of_a_gateway_without_it() {
        let policy = "default-src 'self' https://www.mairie.example; Upgrade-Insecure-Requests; img-src *";
        let mut fields = headers(&[("content-security-policy", policy)]);
        names().towards_client(&mut fields, false);
        let expected = "default-src 'self' http://abc.porte.localhost:8081; img-src *";
        assert_eq!(fields["content-security-policy"], expected);
        let mut fields = headers(&[("content-security-policy", policy)]);
        let secure = Names { https: true, ..names() };
        secure.towards_client(&mut fields, false);
        assert!(fields["content-security-policy"].to_str().unwrap().contains("Upgrade"));
    }

    #[test]
    fn a_target_is_asked_for_what_is_not_compressed() {
        let mut fields = headers(&[("accept-encoding", "gzip, br")]);
        names().towards_target(&mut fields, false);
        assert_eq!(fields["accept-encoding"], "identity");
    }
}
