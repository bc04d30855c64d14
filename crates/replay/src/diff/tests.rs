use super::*;
use crate::message::Request;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn answer(kind: &str, fields: &[(&str, &str)], body: &str) -> Answer {
    let kind = [("content-type", kind)];
    let fields = fields.iter().chain(&kind);
    Answer {
        status: 200,
        fields: fields
            .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body: body.into(),
        cut: false,
    }
}

fn differences(before: &Answer, now: &Answer) -> Vec<Difference> {
    compare(Some(before), Some(now), &Carry::default())
}

fn told(place: Place, recorded: &str, replayed: &str, expected: Option<Expected>) -> Difference {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Difference {
        place,
        recorded: some(recorded),
        replayed: some(replayed),
        expected,
    }
}

const VOLATILE: Option<Expected> = Some(Expected::Volatile);
const CARRIED: Option<Expected> = Some(Expected::Carried);

#[test]
fn fields_that_matter_are_compared() {
    let field = |name: &str| Place::Field(name.to_owned());
    let before = [
        ("Date", "1"),
        ("connection", "close"),
        ("Content-Length", "1"),
        ("x", "a"),
        ("set-cookie", "sid=1; Path=/; Expires=a"),
        ("set-cookie", "b=1; HttpOnly"),
        ("gone", "1"),
        ("csp", "nonce 0123456789abcdef01"),
    ];
    let now = [
        ("date", "2"),
        ("content-length", "2"),
        ("X", "a"),
        ("set-cookie", "b=1"),
        ("set-cookie", "sid=2; path=/; Expires=b"),
        ("csp", "nonce 0123456789abcdef02"),
        ("content-type", "x"),
    ];
    let mut expected = vec![
        told(field("content-length"), "1", "2", Some(Expected::Framing)),
        told(field("content-type"), "text/plain", "x, text/plain", None),
        told(
            field("csp"),
            "nonce 0123456789abcdef01",
            "nonce 0123456789abcdef02",
            VOLATILE,
        ),
        told(field("date"), "1", "2", VOLATILE),
        told(field("gone"), "1", "", None),
        told(field("set-cookie b"), "b=1; HttpOnly", "b=1", None),
        told(
            field("set-cookie sid"),
            "sid=1; Path=/; Expires=a",
            "sid=2; path=/; Expires=b",
            CARRIED,
        ),
    ];
    assert_eq!(
        differences(&answer("text/plain", &before, ""), &answer("text/plain", &now, "")),
        expected
    );
    expected.retain(|one| one.expected.is_some());
    assert_eq!(summary(&expected, true), Summary::SameButVolatile);
}

#[test]
fn bodies_are_compared_as_what_they_are() {
    let json = |body: &str| answer("application/json", &[], body);
    let text = |body: &str| answer("text/html", &[], body);
    let path = |path: &str| Place::Json(path.into());
    let table = [
        (json(r#"{"a":1,"b":[1,2]}"#), json(r#"{ "b":[1,2], "a":1 }"#), vec![]),
        (
            json(r#"{"a":1,"b":[1,2],"time":1,"c/d":"x"}"#),
            json(r#"{"a":"1","b":[1],"time":2,"c/d":"y"}"#),
            vec![
                told(path("/a"), "1", "1", None),
                told(path("/b/1"), "2", "", None),
                told(path("/c~1d"), "x", "y", None),
                told(path("/time"), "1", "2", VOLATILE),
            ],
        ),
        (
            json("not json"),
            json("{}"),
            vec![told(Place::Line(1), "not json", "{}", None)],
        ),
        (
            text("a\nat 10:00\nb\nc\n"),
            text("a\nat 11:00\nc\nd\n"),
            vec![
                told(Place::Line(2), "at 10:00\n", "at 11:00\n", VOLATILE),
                told(Place::Line(3), "b\n", "", None),
                told(Place::Line(4), "", "d\n", None),
            ],
        ),
    ];
    for (before, now, expected) in table {
        let found = differences(&before, &now);
        assert_eq!(found, expected);
    }
}

#[test]
fn what_is_no_text_is_compared_by_its_digest() {
    let mut before = answer("image/png", &[], "");
    before.body = vec![0xFF; 10];
    let mut now = before.clone();
    assert_eq!(differences(&before, &now), []);
    now.body.push(1);
    let found = differences(&before, &now);
    assert_eq!(found.len(), 1);
    assert!(found[0].recorded.as_ref().unwrap().starts_with("10 bytes, SHA-256 "));
    // Of what was cut, only what both have is compared.
    before.cut = true;
    assert_eq!(differences(&before, &now), []);
}

#[test]
fn what_was_carried_on_is_expected() {
    let json = |token: &str, word: &str| {
        answer(
            "application/json",
            &[],
            &format!(r#"{{"token":"{token}","word":"{word}"}}"#),
        )
    };
    let later = Request {
        method: "GET".into(),
        target: "/?t=old-token-value".into(),
        fields: vec![],
        body: vec![],
    };
    let (before, now) = (
        json("old-token-value", "word-recorded"),
        json("new-token-value", "word-replayed"),
    );
    let mut carry = Carry::default();
    carry.learn(Some(&before), &now, [&later]);
    let found = compare(Some(&before), Some(&now), &carry);
    let path = |path: &str| Place::Json(path.into());
    // A value that nobody sends later is evidence, not a token.
    let expected = [
        told(path("/token"), "old-token-value", "new-token-value", CARRIED),
        told(path("/word"), "word-recorded", "word-replayed", None),
    ];
    assert_eq!(found, expected);
    let page = |token: &str| answer("text/html", &[], &format!("<p>{token}</p>\n"));
    let found = compare(Some(&page("old-token-value")), Some(&page("new-token-value")), &carry);
    assert_eq!(summary(&found, true), Summary::SameButVolatile);
}

/// The retest of a page that shows what it is given: the correction is the difference that counts.
#[test]
fn what_is_escaped_now_is_another_answer() {
    let page = |shown: &str| answer("text/html", &[], shown);
    let found = differences(
        &page("<script>alert(1)</script>"),
        &page("&lt;script&gt;alert(1)&lt;/script&gt;"),
    );
    assert_eq!(summary(&found, true), Summary::Different);
}

#[test]
fn no_answer_and_another_status_are_told() {
    let (mut other, one) = (answer("", &[], ""), answer("", &[], ""));
    other.status = 500;
    let carry = Carry::default();
    assert_eq!(
        compare(Some(&one), Some(&other), &carry),
        [told(Place::Status, "200", "500", None)]
    );
    assert_eq!(
        compare(Some(&one), None, &carry),
        [told(Place::Status, "200", "", None)]
    );
    assert_eq!(
        (summary(&[], false), summary(&[], true)),
        (Summary::NoAnswer, Summary::Same)
    );
    assert_eq!(summary(&[told(Place::Body, "", "", None)], true), Summary::Different);
}

#[test]
fn hostile_bodies_cost_little() {
    let begin = Instant::now();
    let json = |word: &str| {
        answer(
            "application/json",
            &[],
            &format!("[{}0]", format!("\"{word}\",").repeat(300_000)),
        )
    };
    let found = differences(&json("abcdef"), &json("ghijkl"));
    assert_eq!((found.len(), &found[MOST].place), (MOST + 1, &Place::More));
    let lines = |word: &str| {
        answer(
            "text/plain",
            &[],
            &(0..40_000).map(|n| format!("{word}{n}\n")).collect::<String>(),
        )
    };
    assert_eq!(differences(&lines("a"), &lines("b"))[0].place, Place::Body);
    let long = |word: &str| answer("text/plain", &[], &word.repeat(1 << 20));
    assert_eq!(differences(&long("ab"), &long("abc")).len(), 1);
    let deep = |end: &str| answer("application/json", &[], &("[".repeat(100_000) + end));
    assert_eq!(differences(&deep("1"), &deep("2")).len(), 1);
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

proptest! {
    #[test]
    fn an_answer_is_the_same_as_itself_and_nothing_panics(kind in prop::sample::select(vec!["text/html", "application/json", "image/png"]), one: Vec<u8>, two: Vec<u8>, text: String) {
        let fields = [("x", text.as_str()), ("set-cookie", &text)];
        let mut before = answer(kind, &fields, "");
        before.body = one;
        prop_assert_eq!(differences(&before, &before), []);
        let mut now = before.clone();
        now.body = two;
        let found = differences(&before, &now);
        prop_assert_eq!(found.is_empty(), before.body == now.body);
    }
}
