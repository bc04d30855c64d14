use super::har::HarWriter;
use super::warc::WarcWriter;
use super::*;
use crate::{Content, ExchangeId, Inline, Message, Outcome, Part, Recorded, Side};
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Read, Write};

mod validators;

fn provenance() -> Provenance {
    Provenance {
        program: "Beffroi".into(),
        version: "0.1.0".into(),
        notice: "À usage du programme ;\nà détruire le 1er mars.".into(),
        scheme: "http".into(),
    }
}

fn head(start: Start, fields: &[(&str, &[u8])]) -> Head {
    Head {
        start,
        version: "HTTP/1.1".into(),
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.to_vec()))
            .collect(),
    }
}

fn asked(method: &str, target: &str, fields: &[(&str, &[u8])]) -> Head {
    let start = Start::Request {
        method: method.into(),
        target: target.into(),
    };
    head(start, fields)
}

fn part(bytes: &[u8]) -> Part {
    Part {
        contents: bytes.chunks(7).map(|piece| Content::Inline(piece.to_vec())).collect(),
        length: Some(bytes.len() as u64),
        cut: false,
        complete: true,
    }
}

fn exchange(number: u64, request: Head, responses: Vec<Head>) -> Recorded {
    let at = 1_795_000_000_000_000 + number as Micros * 1_000_000;
    Recorded {
        id: ExchangeId { session: 7, number },
        at,
        lease: "lease".into(),
        target: "print".into(),
        request,
        request_body: Part::default(),
        responses: responses.into_iter().map(|head| (at + 1500, head)).collect(),
        response_body: Part::default(),
        messages: Vec::new(),
        more_messages: 0,
        end: Some((at + 2750, Outcome::Complete)),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A bit of everything that tools and targets do.
pub(super) fn sample() -> Vec<Recorded> {
    let host: (&str, &[u8]) = ("host", b"commune.example:8080");
    let answer = head(
        Start::Status(200),
        &[
            ("content-type", b"application/json"),
            ("content-encoding", b"gzip"),
            ("transfer-encoding", b"chunked"),
            ("set-cookie", b"sid=1; Path=/; HttpOnly; Secure"),
        ],
    );
    let mut plain = exchange(
        1,
        asked("GET", "/actes?page=2&q=%C3%A9", &[host, ("cookie", b"a=1; b=2")]),
        vec![answer],
    );
    plain.response_body = part(&gzip("{\"été\":\"\\u0001\"}".as_bytes()));
    let mut odd = exchange(
        2,
        asked(
            "PoST",
            "/a b/<script>[%zz]#\"é#?x",
            &[("Host", b"h\xC3\xA9te"), ("x", b"\xFF\x80")],
        ),
        vec![
            head(Start::Status(100), &[]),
            head(Start::Status(302), &[("location", b"/next"), ("x", b"a\xFF")]),
        ],
    );
    odd.request_body = part(b"\x00\xFF binary");
    odd.response_body = part(b"not\x80text");
    odd.response_body.cut = true;
    let mut socket = exchange(
        3,
        asked("GET", "/socket", &[host]),
        vec![head(Start::Status(101), &[("upgrade", b"websocket")])],
    );
    let said = [
        (Side::Client, 1u8, "bonjour \"toi\"\n".as_bytes()),
        (Side::Target, 2, b"\xFF\x00"),
    ];
    for (side, opcode, bytes) in said {
        let at = socket.at;
        socket.messages.push(Message {
            side,
            at,
            opcode,
            part: part(bytes),
        });
    }
    let mut unanswered = exchange(
        4,
        asked("POST", "/form", &[host, ("content-type", b"text/plain")]),
        vec![],
    );
    unanswered.request_body = part("a=é".as_bytes());
    unanswered.end = Some((unanswered.at - 5, Outcome::TargetGone));
    let mut page = exchange(
        5,
        asked("GET", "/", &[]),
        vec![head(Start::Status(200), &[("content-type", b"text/html")])],
    );
    page.response_body = part("<p>\u{7f}\t\\</p>".as_bytes());
    (page.end, page.response_body.length, page.response_body.complete) = (None, None, false);
    vec![plain, odd, socket, unanswered, page]
}

pub(super) fn har(exchanges: &[Recorded]) -> Vec<u8> {
    let mut writer = HarWriter::new(Vec::new(), &provenance()).unwrap();
    for exchange in exchanges {
        writer.exchange(exchange, &mut Inline).unwrap();
    }
    writer.finish().unwrap()
}

pub(super) fn warc(exchanges: &[Recorded]) -> Vec<u8> {
    let mut writer = WarcWriter::new(Vec::new(), &provenance(), "a.warc.gz", 5).unwrap();
    for exchange in exchanges {
        writer.exchange(exchange, &mut Inline).unwrap();
    }
    writer.finish().unwrap()
}

#[test]
fn a_har_file_tells_what_was_recorded() {
    let har: Value = serde_json::from_slice(&har(&sample())).unwrap();
    let log = &har["log"];
    assert_eq!(
        (&log["version"], &log["creator"]["name"]),
        (&"1.2".into(), &"Beffroi".into())
    );
    assert_eq!(log["comment"], provenance().notice);
    let entries = log["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 5);
    let [plain, odd, socket, unanswered, page] = entries.as_slice() else {
        panic!("five")
    };
    assert_eq!(plain["startedDateTime"], "2026-11-18T11:06:41.000000Z");
    assert_eq!(
        (plain["time"].as_f64(), plain["timings"]["wait"].as_f64()),
        (Some(2.75), Some(1.5))
    );
    assert_eq!(
        plain["request"]["url"],
        "http://commune.example:8080/actes?page=2&q=%C3%A9"
    );
    assert_eq!(plain["request"]["queryString"][0]["value"], "2");
    assert_eq!(plain["request"]["cookies"][1]["name"], "b");
    assert_eq!(plain["response"]["cookies"][0]["httpOnly"], true);
    assert_eq!(plain["response"]["content"]["text"], "{\"été\":\"\\u0001\"}");
    assert_eq!(plain["response"]["content"]["size"], 18);
    assert_eq!(
        odd["request"]["url"],
        "http://hte/a%20b/%3Cscript%3E%5B%25zz%5D#%22%C3%A9%23?x"
    );
    assert_eq!(
        (
            &odd["request"]["postData"]["text"],
            &odd["request"]["postData"]["_encoding"]
        ),
        (&"AP8gYmluYXJ5".into(), &"base64".into())
    );
    assert_eq!(
        (&odd["response"]["status"], &odd["response"]["redirectURL"]),
        (&302.into(), &"/next".into())
    );
    assert_eq!(odd["response"]["content"]["comment"], "cut");
    assert_eq!(odd["_beffroi"]["informational"][0], 100);
    assert_eq!(socket["_webSocketMessages"][0]["data"], "bonjour \"toi\"\n");
    assert_eq!(socket["_webSocketMessages"][1]["data"], "/wA=");
    assert_eq!(
        (&unanswered["response"]["status"], unanswered["time"].as_f64()),
        (&0.into(), Some(0.0))
    );
    assert_eq!(
        (
            &unanswered["request"]["postData"]["text"],
            &unanswered["_beffroi"]["outcome"]
        ),
        (&"a=é".into(), &"target-gone".into())
    );
    assert_eq!(
        (&page["response"]["bodySize"], &page["request"]["bodySize"]),
        (&(-1).into(), &0.into())
    );
    assert_eq!(page["response"]["content"]["text"], "<p>\u{7f}\t\\</p>");
}

/// One record of a WARC file.
struct Record {
    fields: BTreeMap<String, String>,
    block: Vec<u8>,
}

/// Reads records as ISO 28500 says, each a gzip member.
fn records(file: &[u8]) -> Vec<Record> {
    let mut rest = file;
    let mut records = Vec::new();
    while !rest.is_empty() {
        let mut member = flate2::bufread::GzDecoder::new(rest);
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        rest = member.into_inner();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        assert_eq!(lines.next(), Some("WARC/1.1"));
        let fields: BTreeMap<String, String> = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        let length: usize = fields["Content-Length"].parse().unwrap();
        let block = bytes[end + 4..end + 4 + length].to_vec();
        assert_eq!(bytes[end + 4 + length..], *b"\r\n\r\n");
        records.push(Record { fields, block });
    }
    records
}

#[test]
fn a_warc_file_tells_what_was_recorded() {
    let records = records(&warc(&sample()));
    let kinds: Vec<&str> = records
        .iter()
        .map(|record| record.fields["WARC-Type"].as_str())
        .collect();
    let expected = "warcinfo request response metadata request response response metadata request response metadata metadata request metadata request response metadata";
    assert_eq!(kinds, expected.split(' ').collect::<Vec<_>>());
    let text = |record: &Record| String::from_utf8_lossy(&record.block).into_owned();
    assert!(text(&records[0]).contains("description: À usage du programme ; à détruire le 1er mars.\r\n"));
    let request = &records[1];
    assert_eq!(request.fields["WARC-Date"], "2026-11-18T11:06:41.000000Z");
    assert_eq!(
        request.fields["WARC-Target-URI"],
        "http://commune.example:8080/actes?page=2&q=%C3%A9"
    );
    assert!(text(request).starts_with("GET /actes?page=2&q=%C3%A9 HTTP/1.1\r\nhost: commune.example:8080\r\n"));
    let response = &records[2];
    assert_eq!(response.fields["WARC-Concurrent-To"], request.fields["WARC-Record-ID"]);
    assert_eq!(response.fields["WARC-Warcinfo-ID"], records[0].fields["WARC-Record-ID"]);
    assert!(
        !text(response).contains("chunked")
            && text(&records[3]).contains("beffroi-response-transfer-encoding: chunked")
    );
    let body = response
        .block
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap()
        + 4;
    assert_eq!(response.block[body..], gzip("{\"été\":\"\\u0001\"}".as_bytes()));
    assert_eq!(records[6].fields["WARC-Truncated"], "length");
    let lines = text(&records[11]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        (&lines[0]["text"], &lines[1]["base64"]),
        (&"bonjour \"toi\"\n".into(), &"/wA=".into())
    );
    let mut ids: Vec<&String> = records.iter().map(|record| &record.fields["WARC-Record-ID"]).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), records.len());
}

#[test]
fn the_digests_of_records_are_those_of_their_blocks() {
    for record in records(&warc(&sample())) {
        let told = record.fields["WARC-Block-Digest"].strip_prefix("sha256:").unwrap();
        let hash = Sha256::digest(&record.block);
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let bits: String = hash.iter().map(|byte| format!("{byte:08b}")).collect();
        let bits = format!("{bits:0<260}");
        let expected: String = (0..52)
            .map(|at| usize::from_str_radix(&bits[at * 5..at * 5 + 5], 2).unwrap())
            .map(|number| letters.chars().nth(number).unwrap())
            .collect();
        assert_eq!(told.trim_end_matches('='), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_passes_can_be_exported(
        target: String, method: String, version: String, lease: String, at: i64, end: i64, status: u16,
        fields in prop::collection::vec((".{0,8}", prop::collection::vec(any::<u8>(), 0..12)), 0..5),
        body: Vec<u8>, opcode: u8,
    ) {
        let fields: Vec<(&str, &[u8])> = fields.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        let mut one = exchange(1, asked(&method, &target, &fields), vec![head(Start::Status(status), &fields)]);
        one.request.version = version;
        (one.at, one.lease, one.end) = (at, lease, Some((end, Outcome::Limited)));
        one.request_body = part(&body);
        one.response_body = part(&body);
        one.messages.push(Message { side: Side::Target, at, opcode, part: part(&body) });
        let read: Value = serde_json::from_slice(&har(std::slice::from_ref(&one))).unwrap();
        let url = read["log"]["entries"][0]["request"]["url"].as_str().unwrap();
        prop_assert!(url.is_ascii() && url.starts_with("http"));
        prop_assert_eq!(records(&warc(&[one])).len(), 5);
    }
}

/// A body that is made as it is copied.
struct Made;

impl crate::Bodies for Made {
    fn copy(&mut self, part: &Part, out: &mut dyn Write) -> Result<u64, crate::ReadError> {
        let length = part.kept();
        let piece = [b'a'; 65_536];
        for _ in 0..length / 65_536 {
            out.write_all(&piece)?;
        }
        Ok(length)
    }
}

#[test]
#[ignore = "a measurement: cargo test -p beffroi-recording little_memory -- --ignored --nocapture"]
fn a_large_body_is_exported_in_little_memory() {
    let mut one = exchange(1, asked("GET", "/", &[]), vec![head(Start::Status(200), &[])]);
    let stored = |_| {
        Content::Stored(crate::Location {
            segment: 0,
            block: 0,
            offset: 0,
            length: 1 << 20,
        })
    };
    one.response_body.contents = (0..512).map(stored).collect();
    let mut har = HarWriter::new(std::io::sink(), &provenance()).unwrap();
    har.exchange(&one, &mut Made).unwrap();
    har.finish().unwrap();
    let mut warc = WarcWriter::new(std::io::sink(), &provenance(), "a", 0).unwrap();
    warc.exchange(&one, &mut Made).unwrap();
    let peak = crate::fuzz::peak();
    println!("512 MiB as HAR and WARC: at most {} MiB of memory", peak / 1024);
    assert!(peak < 64 * 1024);
}
