//! Host names of the gateway: which lease a request is meant for.

use http::uri::Authority;
use http::{HeaderMap, Uri, header};

use crate::refusal::Refusal;

/// The host that a request names, with its port: from its target when that is absolute (proxy
/// requests and HTTP/2), else from its one `Host` field (RFC 9112 §3.2).
pub(crate) fn authority(uri: &Uri, headers: &HeaderMap) -> Result<Authority, Refusal> {
    let mut fields = headers.get_all(header::HOST).iter();
    let field = fields.next();
    if fields.next().is_some() {
        return Err(Refusal::Ambiguous);
    }
    if let Some(authority) = uri.authority() {
        // A proxy request goes where its target says, whatever its Host field (RFC 9112 §3.2.2).
        return Ok(authority.clone());
    }
    let field = field.ok_or(Refusal::Ambiguous)?;
    Authority::try_from(field.as_bytes()).map_err(|_| Refusal::Ambiguous)
}

/// The label before the gateway's domain, when it is one label.
pub(crate) fn label<'h>(host: &'h str, domain: &str) -> Option<&'h str> {
    let (label, rest) = host.trim_end_matches('.').split_once('.')?;
    let good = !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (good && rest.eq_ignore_ascii_case(domain)).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_label_before_the_domain_names_a_lease() {
        let table = [
            ("abc.porte.example", Some("abc")),
            ("abc.PORTE.example.", Some("abc")),
            ("porte.example", None),
            ("a.b.porte.example", None),
            (".porte.example", None),
            ("abc.porte.example.evil", None),
            ("a_c.porte.example", None),
            ("localhost", None),
        ];
        for (host, expected) in table {
            assert_eq!(label(host, "porte.example"), expected, "{host}");
        }
    }

    #[test]
    fn two_hosts_or_none_are_ambiguous() {
        let uri = Uri::from_static("/path");
        let mut headers = HeaderMap::new();
        assert_eq!(authority(&uri, &headers), Err(Refusal::Ambiguous));
        headers.append(header::HOST, "a.example:80".parse().unwrap());
        assert_eq!(authority(&uri, &headers).unwrap().host(), "a.example");
        let absolute = Uri::from_static("http://b.example/path");
        assert_eq!(authority(&absolute, &headers).unwrap().host(), "b.example");
        headers.append(header::HOST, "c.example".parse().unwrap());
        assert_eq!(authority(&uri, &headers), Err(Refusal::Ambiguous));
        assert_eq!(authority(&absolute, &headers), Err(Refusal::Ambiguous));
    }
}
