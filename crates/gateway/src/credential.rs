//! The credential of a lease: found in a request, compared, and taken out before the target sees it.

use addresses::gateway::USER;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE, Entry, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::grants::Held;

/// The cookie that carries the credential.
pub const COOKIE_NAME: &str = "beffroi_lease";
/// The field that carries the credential.
pub const FIELD: HeaderName = HeaderName::from_static(addresses::gateway::FIELD);

/// The credential that a request carries, as text: of the field, of Basic authentication with the
/// user `beffroi`, or of the cookie.
pub(crate) fn find(headers: &HeaderMap) -> Option<String> {
    if let Some(field) = headers.get(FIELD) {
        return field.to_str().ok().map(str::to_owned);
    }
    let basic = [PROXY_AUTHORIZATION, AUTHORIZATION]
        .iter()
        .find_map(|name| headers.get(name).and_then(password));
    basic.or_else(|| {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split(';'));
        pairs.find_map(|pair| Some(pair.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('=')?.to_owned()))
    })
}

/// Says whether a credential is the one that was granted.
pub(crate) fn matches(credential: &str, granted: &[u8; 32]) -> bool {
    let token = sealing::token_from_text(credential);
    token.is_some_and(|token| sealing::same_hash(&sealing::token_hash(&token), granted))
}

/// Says whether a certificate of this fingerprint was registered for a lease.
pub(crate) fn is_known(fingerprint: &[u8; 32], held: &Held) -> bool {
    let mut known = held.lease.certificates.iter();
    known.any(|known| sealing::same_hash(known, fingerprint))
}

/// Takes everything that carries a credential of the gateway out of a request, and joins cookies
/// into the one line that HTTP/1.1 asks for (RFC 9113 §8.2.3).
pub(crate) fn strip(headers: &mut HeaderMap) {
    headers.remove(FIELD);
    headers.remove(PROXY_AUTHORIZATION);
    if headers.get(AUTHORIZATION).and_then(password).is_some() {
        headers.remove(AUTHORIZATION);
    }
    strip_cookie(headers);
}

fn strip_cookie(headers: &mut HeaderMap) {
    let Entry::Occupied(lines) = headers.entry(COOKIE) else {
        return;
    };
    let name = COOKIE_NAME.as_bytes();
    let ours = |pair: &[u8]| pair.strip_prefix(name).is_some_and(|rest| rest.first() == Some(&b'='));
    let single = lines.iter().count() == 1;
    if single
        && !lines
            .get()
            .as_bytes()
            .split(|byte| *byte == b';')
            .any(|pair| ours(pair.trim_ascii()))
    {
        return;
    }
    let mut joined = Vec::new();
    for pair in lines
        .iter()
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b';'))
    {
        let pair = pair.trim_ascii();
        if pair.is_empty() || ours(pair) {
            continue;
        }
        if !joined.is_empty() {
            joined.extend_from_slice(b"; ");
        }
        joined.extend_from_slice(pair);
    }
    lines.remove();
    if let (false, Ok(line)) = (joined.is_empty(), HeaderValue::from_bytes(&joined)) {
        headers.insert(COOKIE, line);
    }
}

/// The password of Basic authentication (RFC 7617), when the user is ours.
fn password(value: &HeaderValue) -> Option<String> {
    let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    (user == USER).then(|| password.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(fields: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    fn basic(pair: &str) -> String {
        format!("Basic {}", STANDARD.encode(pair))
    }

    #[test]
    fn each_way_to_carry_a_credential_is_found_and_taken_out() {
        let ours = basic("beffroi:token");
        let table = [
            ("beffroi-lease", "token"),
            ("authorization", ours.as_str()),
            ("proxy-authorization", ours.as_str()),
            ("cookie", "beffroi_lease=token"),
            ("cookie", "a=1; beffroi_lease=token;b=2"),
        ];
        for (name, value) in table {
            let mut headers = headers(&[(name, value)]);
            assert_eq!(find(&headers).as_deref(), Some("token"), "{name}: {value}");
            strip(&mut headers);
            assert_eq!(find(&headers), None);
            assert!(
                headers
                    .iter()
                    .all(|(_, value)| !value.to_str().unwrap().contains("token"))
            );
        }
    }

    #[test]
    fn what_belongs_to_the_target_stays() {
        let theirs = basic("admin:secret");
        let mut headers = headers(&[
            ("authorization", &theirs),
            ("cookie", "a=1; xbeffroi_lease=2"),
            ("cookie", "beffroi_lease=token"),
            ("cookie", "c=3; beffroi_leases=4"),
        ]);
        strip(&mut headers);
        assert_eq!(headers["authorization"], theirs.as_str());
        assert_eq!(headers["cookie"], "a=1; xbeffroi_lease=2; c=3; beffroi_leases=4");
    }

    #[test]
    fn only_the_granted_token_matches() {
        let text = sealing::token_text([7; 32]);
        let granted = sealing::token_hash(&[7; 32]);
        assert!(matches(&text, &granted));
        assert!(!matches(&sealing::token_text([8; 32]), &granted));
        assert!(!matches("", &granted));
    }
}
