//! Just enough of HTTP/1.1 (RFC 9112) to be a target: requests with bodies, answers, kept connections.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The most connections at once; more are closed.
const CONNECTIONS: usize = 200;
/// The most bytes of a line of the head, and of a body.
const LINE: u64 = 16 << 10;
/// The most fields of a head.
const FIELDS: usize = 100;
/// The most bytes of a body.
pub(crate) const BODY: u64 = 8 << 20;
/// How long a client may say nothing.
const SILENCE: Duration = Duration::from_secs(30);

/// A request as it came.
#[derive(Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: BTreeMap<String, String>,
    pub(crate) fields: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) fields: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn query(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// Reads the body as a form (`application/x-www-form-urlencoded`).
    pub(crate) fn form(&self) -> BTreeMap<String, String> {
        pairs(&String::from_utf8_lossy(&self.body))
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let cookies = self.fields.get("cookie")?.split(';');
        cookies
            .filter_map(|one| one.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }
}

impl Response {
    pub(crate) fn page(status: u16, body: String) -> Self {
        Self {
            status,
            fields: vec![("Content-Type", "text/html; charset=utf-8".to_owned())],
            body: body.into_bytes(),
        }
    }

    pub(crate) fn text(status: u16, body: String) -> Self {
        Self {
            status,
            fields: vec![("Content-Type", "text/plain; charset=utf-8".to_owned())],
            body: body.into_bytes(),
        }
    }

    pub(crate) fn redirect(to: String) -> Self {
        Self {
            status: 303,
            fields: vec![("Location", to)],
            body: Vec::new(),
        }
    }
}

/// Answers requests until the process ends.
pub(crate) fn serve(
    address: &str,
    answer: impl Fn(&Request) -> Response + Send + Sync + 'static,
) -> std::io::Result<()> {
    let listener = TcpListener::bind(address)?;
    println!("listening on {}", listener.local_addr()?);
    let answer = Arc::new(answer);
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        let Ok(stream) = stream else { continue };
        if open.load(Ordering::Relaxed) >= CONNECTIONS {
            continue;
        }
        let (answer, open) = (Arc::clone(&answer), Arc::clone(&open));
        open.fetch_add(1, Ordering::Relaxed);
        let within = Arc::clone(&open);
        let started = std::thread::Builder::new().stack_size(256 << 10).spawn(move || {
            // What a client breaks is its own connection.
            let _ = converse(stream, &*answer);
            within.fetch_sub(1, Ordering::Relaxed);
        });
        if started.is_err() {
            open.fetch_sub(1, Ordering::Relaxed);
        }
    }
    Ok(())
}

fn converse(stream: TcpStream, answer: &dyn Fn(&Request) -> Response) -> std::io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader, &mut writer)? {
        let last = request.fields.get("connection").is_some_and(|value| value == "close");
        write(&mut writer, &answer(&request), request.method == "HEAD", last)?;
        if last {
            break;
        }
    }
    Ok(())
}

fn wrong(what: &str) -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::InvalidData, what)
}

fn line(reader: &mut impl BufRead) -> std::io::Result<String> {
    let mut text = String::new();
    reader.by_ref().take(LINE).read_line(&mut text)?;
    if !text.is_empty() && !text.ends_with('\n') {
        return Err(wrong("line too long"));
    }
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// Reads the next request; nothing where the client has no more.
fn read(reader: &mut impl BufRead, writer: &mut impl Write) -> std::io::Result<Option<Request>> {
    let first = line(reader)?;
    let mut words = first.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request {
        method: method.to_owned(),
        path: decode(path),
        query: pairs(query),
        ..Request::default()
    };
    loop {
        let field = line(reader)?;
        if field.is_empty() {
            break;
        }
        let (name, value) = field.split_once(':').ok_or_else(|| wrong("field"))?;
        request
            .fields
            .insert(name.to_ascii_lowercase(), value.trim().to_owned());
        if request.fields.len() > FIELDS {
            return Err(wrong("too many fields"));
        }
    }
    if request.fields.contains_key("expect") {
        writer.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    request.body = body(reader, &request.fields)?;
    Ok(Some(request))
}

fn body(reader: &mut impl BufRead, fields: &BTreeMap<String, String>) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    if fields.get("transfer-encoding").is_some_and(|value| value == "chunked") {
        loop {
            let size = line(reader)?;
            let size = u64::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16);
            let size = size.map_err(|_| wrong("chunk"))?;
            if size > BODY || body.len() as u64 + size > BODY {
                return Err(wrong("body too large"));
            }
            reader.by_ref().take(size).read_to_end(&mut body)?;
            line(reader)?;
            if size == 0 {
                return Ok(body);
            }
        }
    }
    let length = fields.get("content-length").map_or(Ok(0), |value| value.parse());
    let length: u64 = length.map_err(|_| wrong("length"))?;
    if length > BODY {
        return Err(wrong("body too large"));
    }
    reader.take(length).read_to_end(&mut body)?;
    Ok(body)
}

fn write(writer: &mut impl Write, response: &Response, head: bool, last: bool) -> std::io::Result<()> {
    let mut text = format!("HTTP/1.1 {} -\r\n", response.status);
    for (name, value) in &response.fields {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if last {
        text.push_str("Connection: close\r\n");
    }
    text.push_str(&format!("Content-Length: {}\r\n\r\n", response.body.len()));
    let mut bytes = text.into_bytes();
    if !head {
        bytes.extend_from_slice(&response.body);
    }
    writer.write_all(&bytes)?;
    writer.flush()
}

/// Reads `a=b&c=d` with its percent signs.
fn pairs(text: &str) -> BTreeMap<String, String> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (decode(&name.replace('+', " ")), decode(&value.replace('+', " "))))
        .collect()
}

/// Reads percent signs (RFC 3986, section 2.1); what is none stays.
pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes
            .get(at + 1..at + 3)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = digits.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (bytes[at], byte) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (other, _) => {
                out.push(other);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(text: &str) -> Request {
        read(&mut text.as_bytes(), &mut Vec::new()).unwrap().unwrap()
    }

    #[test]
    fn requests_are_read_with_both_kinds_of_bodies() {
        let plain = request("POST /a%20b?c=d+e HTTP/1.1\r\nCookie: x=1; y=2\r\nContent-Length: 5\r\n\r\nn=%41");
        assert_eq!((plain.path.as_str(), plain.query("c")), ("/a b", "d e"));
        assert_eq!(plain.cookie("y"), Some("2"));
        assert_eq!(plain.form()["n"], "A");
        let chunked = request("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
        assert_eq!(chunked.body, b"abc");
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let bad = [
            format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(20_000)),
            "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n".to_owned(),
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n".to_owned(),
        ];
        for text in bad {
            assert!(read(&mut text.as_bytes(), &mut Vec::new()).is_err());
        }
    }
}
