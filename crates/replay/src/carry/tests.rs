use super::*;
use proptest::prelude::*;

fn answer(fields: &[(&str, &str)], body: &str) -> Answer {
    Answer {
        status: 200,
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body: body.into(),
        cut: false,
    }
}

fn request(target: &str, fields: &[(&str, &str)], body: &str) -> Request {
    Request {
        method: "POST".into(),
        target: target.into(),
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body: body.into(),
    }
}

const HTML: (&str, &str) = ("content-type", "text/html");
const JSON: (&str, &str) = ("content-type", "application/json");

/// What was recorded, what came now, what was recorded next, what is sent instead.
type Case = ([(Answer, Answer); 1], Request, Request);

fn cases() -> Vec<Case> {
    let page = |token: &str| answer(&[HTML], &format!("<input type=hidden name=csrf value=\"{token}\"><p>1"));
    let json = |token: &str, id: u32| {
        answer(
            &[JSON],
            &format!(r#"{{"access_token":"{token}","id":{id},"count":{id}}}"#),
        )
    };
    let set = |value: &str| answer(&[("set-cookie", &format!("sid={value}; Path=/; HttpOnly"))], "");
    let double = |value: &str| answer(&[("set-cookie", &format!("XSRF-TOKEN={value}; Path=/"))], "");
    let moved = |to: &str| answer(&[("location", to)], "");
    vec![
        (
            [(page("old+token/1"), page("new&token/2"))],
            request(
                "/post?csrf=old%2Btoken%2F1",
                &[("x-csrf", "old+token/1")],
                "a=1&csrf=old%2Btoken%2F1&b=2",
            ),
            request(
                "/post?csrf=new%26token%2F2",
                &[("x-csrf", "new&token/2")],
                "a=1&csrf=new%26token%2F2&b=2",
            ),
        ),
        (
            [(json("aaaaaaaaaaaa", 17), json("bbbbbbbbbbbb", 18))],
            request(
                "/items/17/x?id=17&n=170",
                &[("authorization", "Bearer aaaaaaaaaaaa")],
                r#"{"id":17,"t":"aaaaaaaaaaaa"}"#,
            ),
            request(
                "/items/18/x?id=18&n=170",
                &[("authorization", "Bearer bbbbbbbbbbbb")],
                r#"{"id":18,"t":"bbbbbbbbbbbb"}"#,
            ),
        ),
        (
            [(set("1"), set("2"))],
            request("/", &[("cookie", "a=1; sid=1;b=1")], "sid=1"),
            request("/", &[("cookie", "a=1; sid=2; b=1")], "sid=1"),
        ),
        (
            [(moved("http://a.example/in/17?x=1#top"), moved("/in/18?x=1"))],
            request("/in/17?x=1", &[], ""),
            request("/in/18?x=1", &[], ""),
        ),
        (
            [(moved("/in/17/done"), moved("/in/18/done"))],
            request("/in/17/undo", &[], ""),
            request("/in/18/undo", &[], ""),
        ),
        (
            // A script sends a cookie back in a field, unescaped.
            [(double("old%3Dtoken%2B1"), double("new%3Dtoken%2B2"))],
            request(
                "/",
                &[
                    ("cookie", "XSRF-TOKEN=old%3Dtoken%2B1"),
                    ("x-xsrf-token", "old=token+1"),
                ],
                "",
            ),
            request(
                "/",
                &[
                    ("cookie", "XSRF-TOKEN=new%3Dtoken%2B2"),
                    ("x-xsrf-token", "new=token+2"),
                ],
                "",
            ),
        ),
        (
            // Short values that are no identifiers, and what is the same, stay.
            [(
                answer(&[JSON], r#"{"count":3,"name":"Roissy-en-France"}"#),
                answer(&[JSON], r#"{"count":4,"name":"Roissy-en-France"}"#),
            )],
            request("/?page=3", &[], "name=Roissy-en-France"),
            request("/?page=3", &[], "name=Roissy-en-France"),
        ),
        (
            // Within a longer word it is another value.
            [(json("abcdefgh", 1), json("ijklmnop", 1))],
            request("/abcdefghi/abcdefgh-1/xabcdefgh", &[], ""),
            request("/abcdefghi/ijklmnop-1/xabcdefgh", &[], ""),
        ),
    ]
}

#[test]
fn what_is_issued_is_carried_on() {
    for ([(recorded, replayed)], next, expected) in cases() {
        let mut carry = Carry::default();
        carry.learn(Some(&recorded), &replayed, [&next]);
        let (sent, changes) = carry.apply(&next);
        assert_eq!(sent, expected);
        assert_eq!(changes.is_empty(), next == expected);
    }
}

#[test]
fn what_no_later_request_sends_is_not_carried_on() {
    let json = |token: &str| answer(&[JSON], &format!(r#"{{"token":"{token}"}}"#));
    let mut carry = Carry::default();
    carry.learn(
        Some(&json("recorded-1")),
        &json("now-1"),
        [&request("/", &[], "recorded-11")],
    );
    assert_eq!(carry, Carry::default());
}

#[test]
fn the_last_word_counts_and_what_is_taken_back_is_forgotten() {
    let mut carry = Carry::default();
    let page = |token: &str| answer(&[HTML], &format!("<input name=csrf value={token}>"));
    let later = [request("/", &[], "recorded-1 recorded-2 first-value second-value")];
    carry.learn(Some(&page("recorded-1")), &page("now-12345-1"), &later);
    carry.learn(Some(&page("recorded-2")), &page("now-12345-2"), &later);
    carry.learn(Some(&page("recorded-1")), &page("now-12345-3"), &later);
    let sent =
        |carry: &Carry| String::from_utf8(carry.apply(&request("/", &[], "recorded-1 recorded-2")).0.body).unwrap();
    assert_eq!(sent(&carry), "now-12345-3 now-12345-2");
    carry.learn(Some(&page("recorded-1")), &page("recorded-1"), &later);
    assert_eq!(sent(&carry), "recorded-1 now-12345-2");
    let cookie = |carry: &Carry| {
        String::from_utf8(
            carry.apply(&request("/", &[("cookie", "a=1")], "")).0.fields[0]
                .1
                .clone(),
        )
        .unwrap()
    };
    carry.learn(None, &answer(&[("set-cookie", "a=2")], ""), &later);
    assert_eq!(cookie(&carry), "a=2");
    carry.learn(None, &answer(&[("set-cookie", "a=; Max-Age=0")], ""), &later);
    assert_eq!(cookie(&carry), "a=1");
}

#[test]
fn what_was_replaced_is_not_replaced_again() {
    let mut carry = Carry::default();
    let next = request("/", &[], "first-value,second-value");
    let json = |one: &str, two: &str| answer(&[JSON], &format!(r#"{{"a_token":"{one}","b_token":"{two}"}}"#));
    carry.learn(
        Some(&json("first-value", "second-value")),
        &json("second-value", "first-value"),
        [&next],
    );
    let (sent, changes) = carry.apply(&next);
    assert_eq!(sent.body, b"second-value,first-value");
    assert_eq!(changes.len(), 2);
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(one: String, two: String, bytes: Vec<u8>, target: String) {
        let fields = [HTML, ("set-cookie", one.as_str()), ("location", two.as_str())];
        let mut carry = Carry::default();
        let mut next = request(&target, &[("cookie", &one), ("x", &two)], "");
        next.body = bytes;
        carry.learn(Some(&answer(&fields, &one)), &answer(&fields, &two), [&next]);
        carry.learn(Some(&answer(&[JSON], &one)), &answer(&[JSON], &two), [&next]);
        carry.apply(&next);
    }

    #[test]
    fn a_token_in_any_writing_is_carried_on(before in "[a-zA-Z0-9+/=]{16,40}", now in "[a-zA-Z0-9+/=]{16,40}") {
        prop_assume!(before != now);
        let json = |token: &str| answer(&[JSON], &format!(r#"{{"token":"{token}"}}"#));
        let mut carry = Carry::default();
        let escape = |text: &str| text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        let form = |token: &str| request(
            &format!("/a?t={}", escape(token)),
            &[("authorization", &format!("Bearer {token}")), ("content-type", "application/x-www-form-urlencoded")],
            &format!("a=1&t={}", escape(token)),
        );
        carry.learn(Some(&json(&before)), &json(&now), [&form(&before)]);
        prop_assert_eq!(carry.apply(&form(&before)).0, form(&now));
        let json = |token: &str| request("/", &[JSON], &format!(r#"{{"t":"{token}"}}"#));
        prop_assert_eq!(carry.apply(&json(&before)).0, json(&now));
    }

    #[test]
    fn what_nothing_is_known_of_stays(target: String, body: Vec<u8>) {
        let next = Request { body, ..request(&target, &[], "") };
        prop_assert_eq!(Carry::default().apply(&next), (next, vec![]));
    }
}
