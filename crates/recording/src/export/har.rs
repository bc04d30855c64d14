//! HTTP Archive 1.2, written entry by entry.
//!
//! Source: the HAR 1.2 specification (Jan Odvarko, 2012). Names of our own begin with `_`, as it asks; WebSocket
//! messages stand in `_webSocketMessages`, where browsers put them. Bodies are decompressed; text stands as
//! text, anything else as base64.

pub(super) mod form;

use std::io::{self, Write};

use base64::engine::general_purpose::STANDARD;
use base64::write::EncoderWriter;

use super::sinks::{Body, JsonText, Utf8};
use super::{Provenance, address, field, instant};
use crate::bodies::Bodies;
use crate::collect::{Part, Recorded};
use crate::decode::Encoding;
use crate::entry::{Head, Side, Start};
use crate::reader::ReadError;

/// Writes a HAR file; it is whole after [`HarWriter::finish`].
pub struct HarWriter<W> {
    out: W,
    scheme: String,
    entries: u64,
}

impl<W: Write> HarWriter<W> {
    /// Begins a file.
    pub fn new(mut out: W, provenance: &Provenance) -> io::Result<Self> {
        let creator = form::Creator {
            name: &provenance.program,
            version: &provenance.version,
        };
        write!(out, "{{\"log\":{{\"version\":\"1.2\",\"creator\":")?;
        serde_json::to_writer(&mut out, &creator)?;
        if !provenance.notice.is_empty() {
            out.write_all(b",\"comment\":")?;
            serde_json::to_writer(&mut out, &provenance.notice)?;
        }
        out.write_all(b",\"entries\":[")?;
        Ok(Self {
            out,
            scheme: provenance.scheme.clone(),
            entries: 0,
        })
    }

    /// Adds an exchange. Add them in the order in which they began.
    pub fn exchange(&mut self, exchange: &Recorded, bodies: &mut dyn Bodies) -> Result<(), ReadError> {
        let comma: &[u8] = if self.entries == 0 { b"\n" } else { b",\n" };
        self.entries += 1;
        self.out.write_all(comma)?;
        let timings = form::Timings::of(exchange);
        write!(
            self.out,
            "{{\"startedDateTime\":\"{}\",\"time\":{},\"cache\":{{}},\"timings\":",
            instant(exchange.at),
            timings.total()
        )?;
        self.json(&timings)?;
        self.out.write_all(b",\"request\":")?;
        self.request(exchange, bodies)?;
        self.out.write_all(b",\"response\":")?;
        self.response(exchange, bodies)?;
        self.messages(exchange, bodies)?;
        self.out.write_all(b",\"_beffroi\":")?;
        self.json(&form::Ours::of(exchange))?;
        Ok(self.out.write_all(b"}")?)
    }

    /// Ends the file.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.write_all(b"\n]}}\n")?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn json(&mut self, form: &impl serde::Serialize) -> io::Result<()> {
        Ok(serde_json::to_writer(&mut self.out, form)?)
    }

    fn request(&mut self, exchange: &Recorded, bodies: &mut dyn Bodies) -> Result<(), ReadError> {
        let address = address(&exchange.request, &self.scheme);
        let request = form::Request::of(exchange, &address);
        self.open(&request)?;
        if exchange.request_body.kept() > 0 {
            self.out.write_all(b",\"postData\":{\"mimeType\":")?;
            self.json(&field(&exchange.request, "content-type").unwrap_or_default())?;
            self.body(&exchange.request, &exchange.request_body, "_encoding", bodies)?;
            self.out.write_all(b"}")?;
        }
        Ok(self.out.write_all(b"}")?)
    }

    fn response(&mut self, exchange: &Recorded, bodies: &mut dyn Bodies) -> Result<(), ReadError> {
        let none = Head {
            start: Start::Status(0),
            version: exchange.request.version.clone(),
            fields: Vec::new(),
        };
        let head = exchange.responses.last().map_or(&none, |(_, head)| head);
        self.open(&form::Response::of(exchange, head))?;
        self.out.write_all(b",\"content\":{\"mimeType\":")?;
        self.json(&field(head, "content-type").unwrap_or_else(|| "x-unknown".into()))?;
        let size = self.body(head, &exchange.response_body, "encoding", bodies)?;
        let kept = exchange.response_body.kept();
        write!(self.out, ",\"size\":{size}")?;
        if size != kept {
            write!(self.out, ",\"compression\":{}", i128::from(size) - i128::from(kept))?;
        }
        if exchange.response_body.cut {
            self.out.write_all(b",\"comment\":\"cut\"")?;
        }
        Ok(self.out.write_all(b"}}")?)
    }

    /// Writes an object without its closing brace.
    fn open(&mut self, form: &impl serde::Serialize) -> io::Result<()> {
        let json = serde_json::to_vec(form)?;
        self.out.write_all(json.strip_suffix(b"}").unwrap_or(&json))
    }

    /// Writes `,"text":…` and how it is encoded, and says how many bytes it stands for.
    fn body(&mut self, head: &Head, part: &Part, encoding: &str, bodies: &mut dyn Bodies) -> Result<u64, ReadError> {
        let body = Body::plain(part, Encoding::of(head), bodies)?;
        let mut look = Utf8::default();
        body.copy(bodies, &mut look)?;
        self.out.write_all(b",\"text\":\"")?;
        if look.is_text() {
            body.copy(bodies, &mut JsonText(&mut self.out))?;
            self.out.write_all(b"\"")?;
        } else {
            let mut sink = EncoderWriter::new(&mut self.out, &STANDARD);
            body.copy(bodies, &mut sink)?;
            sink.finish()?;
            drop(sink);
            write!(self.out, "\",\"{encoding}\":\"base64\"")?;
        }
        Ok(look.length)
    }

    fn messages(&mut self, exchange: &Recorded, bodies: &mut dyn Bodies) -> Result<(), ReadError> {
        if exchange.messages.is_empty() {
            return Ok(());
        }
        self.out
            .write_all(b",\"_resourceType\":\"websocket\",\"_webSocketMessages\":[")?;
        for (number, message) in exchange.messages.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            let kind = match message.side {
                Side::Client => "send",
                Side::Target => "receive",
            };
            let (seconds, micros) = (message.at.div_euclid(1_000_000), message.at.rem_euclid(1_000_000));
            let opcode = message.opcode;
            write!(
                self.out,
                "{comma}{{\"type\":\"{kind}\",\"time\":{seconds}.{micros:06},\"opcode\":{opcode},\"data\":\""
            )?;
            // Browsers give texts as they are, and anything else as base64 without saying so.
            let mut look = Utf8::default();
            bodies.copy(&message.part, &mut look)?;
            if opcode == 1 && look.is_text() {
                bodies.copy(&message.part, &mut JsonText(&mut self.out))?;
            } else {
                let mut sink = EncoderWriter::new(&mut self.out, &STANDARD);
                bodies.copy(&message.part, &mut sink)?;
                sink.finish()?;
            }
            self.out.write_all(b"\"}")?;
        }
        Ok(self.out.write_all(b"]")?)
    }
}
