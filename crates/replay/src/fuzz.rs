//! What instances say, and what was recorded of them, made of the marks that readers stumble over: nothing panics, and
//! what it costs stays bounded. The tests hold a short form; the long one:
//!
//! ```sh
//! BEFFROI_FUZZ_SECONDS=600 cargo test -p beffroi-replay fuzz -- --ignored --nocapture
//! ```

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::{Answer, Carry, Request, compare};

/// Pieces of pages, JSON, forms, cookies and addresses; values are drawn from few, so that they meet again.
const PIECES: [&str; 44] = [
    "<input name=\"csrf\" value=\"",
    "<INPUT value='",
    "<meta name=token content=",
    "<a href=\"/a?token=",
    "<script>var nonce = '",
    "data-key=\"",
    "</script>",
    ">",
    "\"",
    "'",
    "&#43;",
    "&amp;",
    "&#x110000;",
    "&",
    "{\"id\":",
    "{\"token\":\"",
    "[",
    "]",
    "}",
    ",",
    ":",
    "\\u0000",
    "\\",
    "/items/",
    "?",
    "#",
    "=",
    "%2B",
    "+",
    ";",
    " ",
    "\n",
    "sid=",
    "; Max-Age=0",
    "; Expires=Thu, 01 Jan 1970",
    "http://a//",
    "tokenvalue0001",
    "tokenvalue0002",
    "17",
    "18",
    "é",
    "\u{0}",
    "2026-11-23T04:19:17Z",
    "AbCdEf0123456789xyZ",
];

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat())
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        6 => any_text().prop_map(String::into_bytes),
        1 => any::<Vec<u8>>(),
        1 => any_text().prop_map(|text| {
            let mut encoder = flate2::read::GzEncoder::new(text.as_bytes(), flate2::Compression::fast());
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut encoder, &mut bytes).unwrap();
            bytes
        }),
        1 => any_text().prop_map(|text| zstd::bulk::compress(text.as_bytes(), 1).unwrap()),
    ]
}

fn any_fields() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let names = prop::sample::select(vec![
        "location",
        "set-cookie",
        "cookie",
        "x-csrf-token",
        "date",
        "authorization",
        "content-encoding",
    ]);
    let kinds = prop::sample::select(vec![
        "text/html",
        "application/json",
        "application/x-www-form-urlencoded",
        "image/png",
        "",
    ]);
    let fields = prop::collection::vec((names.prop_map(str::to_owned), any_bytes()), 0..4);
    let encodings = prop::sample::select(vec!["gzip", "deflate", "zstd", "identity"]);
    (fields, kinds, encodings).prop_map(|(mut fields, kind, encoding)| {
        fields.push(("content-type".into(), kind.into()));
        fields.push(("content-encoding".into(), encoding.into()));
        fields
    })
}

fn any_answer() -> impl Strategy<Value = Answer> {
    (any::<u16>(), any_fields(), any_bytes(), any::<bool>()).prop_map(|(status, fields, body, cut)| Answer {
        status,
        fields,
        body,
        cut,
    })
}

fn any_request() -> impl Strategy<Value = Request> {
    (any_text(), any_fields(), any_bytes()).prop_map(|(target, fields, body)| Request {
        method: "POST".into(),
        target,
        fields,
        body,
    })
}

type Round = (Answer, Answer, Request);

fn any_rounds() -> impl Strategy<Value = Vec<Round>> {
    prop::collection::vec((any_answer(), any_answer(), any_request()), 1..4)
}

/// Goes through a replay without asking anybody; says how many values were carried on.
fn replayed(rounds: &[Round]) -> usize {
    let (mut carry, mut changed) = (Carry::default(), 0);
    for (recorded, now, _) in rounds {
        carry.learn(Some(recorded), now, rounds.iter().map(|round| &round.2));
        let differences = compare(Some(recorded), Some(now), &carry);
        assert!(differences.len() <= crate::diff::MOST + 1);
        assert!(compare(Some(now), Some(now), &Carry::default()).is_empty());
        for (_, _, request) in rounds {
            let (sent, changes) = carry.apply(request);
            changed += changes.len();
            assert!(!changes.is_empty() || sent.body == request.body);
        }
    }
    changed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn whatever_is_said_can_be_replayed(rounds in any_rounds()) {
        replayed(&rounds);
    }
}

/// The most memory this process took so far, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

#[test]
#[ignore = "the long form: BEFFROI_FUZZ_SECONDS=600 cargo test -p beffroi-replay fuzz -- --ignored --nocapture"]
fn for_a_long_time() {
    let seconds = option_env!("BEFFROI_FUZZ_SECONDS")
        .and_then(|text| text.parse().ok())
        .unwrap_or(60);
    let (begin, mut turns, carried) = (Instant::now(), 0u64, std::cell::Cell::new(0));
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(200)
    };
    while begin.elapsed() < Duration::from_secs(seconds) {
        // A runner that is done runs nothing more.
        let ran = TestRunner::new(config.clone()).run(&any_rounds(), |rounds| {
            carried.set(carried.get() + replayed(&rounds));
            Ok(())
        });
        ran.unwrap();
        turns += 200;
    }
    let (took, carried) = (begin.elapsed(), carried.get());
    println!(
        "{turns} inputs, {carried} values carried on, {took:?}, at most {} MiB",
        peak() / 1024
    );
    assert!(carried > 0 && peak() < 512 * 1024);
}
