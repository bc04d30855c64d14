//! Web ARChive 1.1 (ISO 28500:2017), each record a gzip member of its own, in little memory.
//!
//! For each exchange: `request`, one `response` for each answer head (the body with the last), `metadata`
//! that tells lease, fingerprint and outcome, and for WebSocket messages another `metadata` of JSON lines.
//! Digests are SHA-256 in base32, over blocks and payloads. Recorded bodies are without the framing that they
//! passed in, so `Transfer-Encoding` stands in the metadata and not in the head.

mod text;

use std::io::{self, Write};

use base64::engine::general_purpose::STANDARD;
use base64::write::EncoderWriter;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::Digest as _;
use uuid::Uuid;

use text::{base32, http_head, metadata, put};

use super::sinks::{Hashed, JsonText, Utf8};
use super::{Provenance, address, instant};
use crate::bodies::Bodies;
use crate::collect::{Message, Part, Recorded};
use crate::entry::{Head, Micros, Side};
use crate::reader::ReadError;

/// The space of our record names: they derive from what they name (RFC 9562 §5.5).
const SPACE: Uuid = Uuid::from_u128(0x5f0c_6f5e_3d1b_5c1a_9d5e_0c29_b1e4_f001);

/// Writes a WARC file; each record is whole when the call that adds it returns.
pub struct WarcWriter<W> {
    out: W,
    scheme: String,
    information: String,
}

/// What stands at the head of a record.
struct RecordHead<'r> {
    kind: &'r str,
    id: String,
    at: Micros,
    content_type: &'r str,
    address: Option<&'r str>,
    concurrent: Option<&'r str>,
    information: Option<&'r str>,
}

/// What a record holds: some bytes, then perhaps those of a body.
struct Block<'r> {
    start: Vec<u8>,
    part: Option<&'r Part>,
    messages: &'r [Message],
}

impl<W: Write> WarcWriter<W> {
    /// Begins a file with its `warcinfo`; `file` names it, for what may be put together later.
    pub fn new(out: W, provenance: &Provenance, file: &str, made: Micros) -> Result<Self, ReadError> {
        let information = name(&format!("warcinfo {file} {made}"));
        let mut writer = Self {
            out,
            scheme: provenance.scheme.clone(),
            information: information.clone(),
        };
        let mut fields = String::new();
        for (name, value) in [
            ("software", format!("{} {}", provenance.program, provenance.version)),
            ("format", "WARC File Format 1.1".into()),
            (
                "conformsTo",
                "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/".into(),
            ),
            ("description", provenance.notice.clone()),
        ] {
            put(&mut fields, name, &value);
        }
        let head = RecordHead {
            kind: "warcinfo",
            id: information,
            at: made,
            content_type: "application/warc-fields",
            address: None,
            concurrent: None,
            information: None,
        };
        writer.record(&head, &Block::of(fields), &mut crate::bodies::Inline)?;
        Ok(writer)
    }

    /// Adds an exchange.
    pub fn exchange(&mut self, exchange: &Recorded, bodies: &mut dyn Bodies) -> Result<(), ReadError> {
        let (address, information) = (address(&exchange.request, &self.scheme), self.information.clone());
        let id = |what: &str| name(&format!("{} {what}", exchange.id));
        let request = id("request");
        let head = |kind, id, at, content_type| RecordHead {
            kind,
            id,
            at,
            content_type,
            address: Some(&address),
            concurrent: (kind != "request").then_some(request.as_str()),
            information: Some(&information),
        };
        let block = Block::http(&exchange.request, Some(&exchange.request_body));
        let asked = head(
            "request",
            request.clone(),
            exchange.at,
            "application/http;msgtype=request",
        );
        self.record(&asked, &block, bodies)?;
        for (number, (at, response)) in exchange.responses.iter().enumerate() {
            let last = number + 1 == exchange.responses.len();
            let block = Block::http(response, last.then_some(&exchange.response_body));
            let id = id(&format!("response {number}"));
            self.record(
                &head("response", id, *at, "application/http;msgtype=response"),
                &block,
                bodies,
            )?;
        }
        let fields = head("metadata", id("metadata"), exchange.at, "application/warc-fields");
        self.record(&fields, &Block::of(metadata(exchange)), bodies)?;
        if !exchange.messages.is_empty() {
            let block = Block {
                messages: &exchange.messages,
                ..Block::of(String::new())
            };
            let lines = head("metadata", id("messages"), exchange.at, "application/jsonl");
            self.record(&lines, &block, bodies)?;
        }
        Ok(())
    }

    /// Ends the file.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    /// Writes one record: its block is gone through twice, once for its length and digests.
    fn record(&mut self, head: &RecordHead<'_>, block: &Block<'_>, bodies: &mut dyn Bodies) -> Result<(), ReadError> {
        let (mut whole, mut payload) = (Hashed::default(), Hashed::default());
        block.copy(bodies, &mut whole)?;
        let mut text = head.text();
        put(&mut text, "Content-Length", &whole.length.to_string());
        put(&mut text, "WARC-Block-Digest", &digest(whole));
        if let Some(part) = block.part {
            bodies.copy(part, &mut payload)?;
            put(&mut text, "WARC-Payload-Digest", &digest(payload));
            if part.cut {
                put(&mut text, "WARC-Truncated", "length");
            } else if part.length.is_some() && !part.complete {
                put(&mut text, "WARC-Truncated", "disconnect");
            }
        }
        let mut member = GzEncoder::new(&mut self.out, Compression::default());
        write!(member, "{text}\r\n")?;
        block.copy(bodies, &mut member)?;
        member.write_all(b"\r\n\r\n")?;
        member.finish()?;
        Ok(())
    }
}

impl RecordHead<'_> {
    fn text(&self) -> String {
        let mut text = "WARC/1.1\r\n".to_owned();
        put(&mut text, "WARC-Type", self.kind);
        put(&mut text, "WARC-Record-ID", &self.id);
        put(&mut text, "WARC-Date", &instant(self.at));
        for (name, value) in [
            ("WARC-Target-URI", self.address),
            ("WARC-Concurrent-To", self.concurrent),
            ("WARC-Warcinfo-ID", self.information),
        ] {
            if let Some(value) = value {
                put(&mut text, name, value);
            }
        }
        put(&mut text, "Content-Type", self.content_type);
        text
    }
}

impl<'r> Block<'r> {
    fn of(text: String) -> Self {
        Self {
            start: text.into_bytes(),
            part: None,
            messages: &[],
        }
    }

    fn http(head: &Head, part: Option<&'r Part>) -> Self {
        Self {
            start: http_head(head),
            part,
            messages: &[],
        }
    }

    fn copy(&self, bodies: &mut dyn Bodies, out: &mut dyn Write) -> Result<(), ReadError> {
        out.write_all(&self.start)?;
        if let Some(part) = self.part {
            bodies.copy(part, out)?;
        }
        self.messages.iter().try_for_each(|message| line(message, bodies, out))
    }
}

/// One message as a line of JSON.
fn line(message: &Message, bodies: &mut dyn Bodies, out: &mut dyn Write) -> Result<(), ReadError> {
    let from = match message.side {
        Side::Client => "client",
        Side::Target => "target",
    };
    write!(
        out,
        "{{\"from\":\"{from}\",\"at\":\"{}\",\"opcode\":{},\"cut\":{},",
        instant(message.at),
        message.opcode,
        message.part.cut
    )?;
    let mut look = Utf8::default();
    bodies.copy(&message.part, &mut look)?;
    if look.is_text() {
        out.write_all(b"\"text\":\"")?;
        bodies.copy(&message.part, &mut JsonText(&mut *out))?;
    } else {
        out.write_all(b"\"base64\":\"")?;
        let mut sink = EncoderWriter::new(&mut *out, &STANDARD);
        bodies.copy(&message.part, &mut sink)?;
        sink.finish()?;
    }
    Ok(out.write_all(b"\"}\n")?)
}

fn name(what: &str) -> String {
    format!("<urn:uuid:{}>", Uuid::new_v5(&SPACE, what.as_bytes()))
}

fn digest(hashed: Hashed) -> String {
    format!("sha256:{}", base32(&hashed.hash.finalize()))
}
