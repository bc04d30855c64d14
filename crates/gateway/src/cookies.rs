//! Cookies of a target, as a browser takes them from the host of a lease.

use http::header::{self, Entry};
use http::{HeaderMap, HeaderValue};

use crate::credential;

/// Beginnings of names that a browser takes by `https` only (RFC 6265bis §4.1.3), and what stands for them where the gateway
/// is asked without.
const PREFIXES: [(&[u8], &[u8]); 2] = [(b"__Host-", b"_.Host-"), (b"__Secure-", b"_.Secure-")];

/// Makes the cookies of an answer those of the host of the lease, none named as the gateway's own.
pub(crate) fn back(headers: &mut HeaderMap, https: bool) {
    let Entry::Occupied(lines) = headers.entry(header::SET_COOKIE) else {
        return;
    };
    let kept: Vec<HeaderValue> = lines.iter().filter_map(|line| cookie(line, https)).collect();
    lines.remove_entry_mult();
    for line in kept {
        headers.append(header::SET_COOKIE, line);
    }
}

fn cookie(line: &HeaderValue, https: bool) -> Option<HeaderValue> {
    let bytes = line.as_bytes();
    let name = bytes
        .split(|byte| matches!(byte, b'=' | b';'))
        .next()
        .unwrap_or_default()
        .trim_ascii();
    if name == credential::COOKIE_NAME.as_bytes() {
        return None;
    }
    let mut kept = Vec::with_capacity(bytes.len() + 2);
    for (number, part) in bytes.split(|byte| *byte == b';').enumerate() {
        if number == 0 {
            kept.extend_from_slice(&renamed(part, https, |(from, to)| (from, to)));
        } else if !is_dropped(part, https) {
            kept.push(b';');
            kept.extend_from_slice(part);
        }
    }
    HeaderValue::from_bytes(&kept).ok()
}

/// Whether an attribute would keep a cookie from coming back: its domain is the public host's, and what asks for `https`
/// is not believed of a gateway without it.
fn is_dropped(attribute: &[u8], https: bool) -> bool {
    let mut parts = attribute.splitn(2, |byte| *byte == b'=').map(<[u8]>::trim_ascii);
    let name = parts.next().unwrap_or_default().to_ascii_lowercase();
    let value = parts.next().unwrap_or_default();
    match name.as_slice() {
        b"domain" => true,
        b"secure" | b"partitioned" => !https,
        b"samesite" => !https && value.eq_ignore_ascii_case(b"none"),
        _ => false,
    }
}

/// Gives a cookie with the beginning of its name replaced, where the gateway is asked without `https`.
fn renamed(
    pair: &[u8],
    https: bool,
    way: impl Fn((&'static [u8], &'static [u8])) -> (&'static [u8], &'static [u8]),
) -> Vec<u8> {
    let trimmed = pair.trim_ascii_start();
    for (from, to) in PREFIXES.map(way) {
        let begin = trimmed.get(..from.len());
        if !https && begin.is_some_and(|begin| begin.eq_ignore_ascii_case(from)) {
            return [to, &trimmed[from.len()..]].concat();
        }
    }
    pair.to_vec()
}

/// Gives the target its cookies under the names by which it knows them, where [`back`] gave them others.
pub(crate) fn towards(headers: &mut HeaderMap) {
    let Entry::Occupied(mut lines) = headers.entry(header::COOKIE) else {
        return;
    };
    for line in lines.iter_mut() {
        let pairs = line.as_bytes().split(|byte| *byte == b';');
        let pairs: Vec<Vec<u8>> = pairs
            .enumerate()
            .map(|(number, pair)| {
                let named = renamed(pair, false, |(from, to)| (to, from));
                if number > 0 && !named.starts_with(b" ") {
                    [b" ", named.as_slice()].concat()
                } else {
                    named
                }
            })
            .collect();
        let joined = pairs.join(&b';');
        if joined != line.as_bytes()
            && let Ok(value) = HeaderValue::from_bytes(&joined)
        {
            *line = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(line: &'static str, https: bool) -> Vec<String> {
        let mut headers = HeaderMap::new();
        headers.append(header::SET_COOKIE, HeaderValue::from_static(line));
        back(&mut headers, https);
        let lines = headers.get_all(header::SET_COOKIE).iter();
        lines.map(|line| line.to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn cookies_come_back_for_the_host_of_the_lease() {
        let table = [
            (
                "session=1; Domain=.mairie.example; Path=/; Secure; HttpOnly",
                "session=1; Path=/; HttpOnly",
                "session=1; Path=/; Secure; HttpOnly",
            ),
            ("plain=2", "plain=2", "plain=2"),
            (
                "a=1; SameSite=None; Secure; Partitioned",
                "a=1",
                "a=1; SameSite=None; Secure; Partitioned",
            ),
            ("a=1; SameSite=Lax", "a=1; SameSite=Lax", "a=1; SameSite=Lax"),
            (
                "__Host-csrf=1; Path=/; Secure",
                "_.Host-csrf=1; Path=/",
                "__Host-csrf=1; Path=/; Secure",
            ),
            ("__Secure-b=2; Secure", "_.Secure-b=2", "__Secure-b=2; Secure"),
        ];
        for (line, plain, secure) in table {
            assert_eq!(set(line, false), [plain]);
            assert_eq!(set(line, true), [secure]);
        }
        assert!(set("beffroi_lease=stolen; Path=/", false).is_empty());
    }

    #[test]
    fn the_target_gets_them_under_its_own_names() {
        let mut headers = HeaderMap::new();
        let line = "a=1; _.Host-csrf=1; b=_.Host-; _.Secure-c=3";
        headers.append(header::COOKIE, HeaderValue::from_static(line));
        towards(&mut headers);
        assert_eq!(headers["cookie"], "a=1; __Host-csrf=1; b=_.Host-; __Secure-c=3");
    }
}
