use super::*;
use proptest::prelude::*;

fn answer(kind: &str, body: &str) -> Answer {
    Answer {
        status: 200,
        fields: vec![("content-type".into(), kind.into())],
        body: body.into(),
        cut: false,
    }
}

fn at(kind: Kind, name: &str, nth: usize) -> Place {
    Place {
        kind,
        name: name.into(),
        nth,
    }
}

#[test]
fn values_are_found_where_they_stand() {
    let page = r#"<!doctype html><meta name="csrf-token" content="m&#x2F;1&amp;">
        <form action='/in?next=n1&s=2'><input type=hidden name=csrf value=c1><INPUT NAME="csrf" VALUE="c2 > c">
        <a href="/reset?token=t1#x">x</a><div data-key="d1"></div>
        <script>var nonce = "s1"; x({"state":"s2", 'a' : 's3'})</script>"#;
    let found = places(&answer("text/html; charset=utf-8", page));
    let table = [
        (Kind::Meta, "csrf-token", 0, "m/1&"),
        (Kind::Input, "csrf", 0, "c1"),
        (Kind::Input, "csrf", 1, "c2 > c"),
        (Kind::Parameter, "next", 0, "n1"),
        (Kind::Parameter, "token", 0, "t1"),
        (Kind::Assigned, "data-key", 0, "d1"),
        (Kind::Assigned, "nonce", 0, "s1"),
        (Kind::Assigned, "state", 0, "s2"),
        (Kind::Assigned, "a", 0, "s3"),
    ];
    for (kind, name, nth, value) in table {
        assert_eq!(
            found.get(&at(kind, name, nth)).map(String::as_str),
            Some(value),
            "{name}"
        );
    }
    let json = places(&answer("application/json", r#"{"a":[{"id":7},"x"],"b/c":"y"}"#));
    let table = [("/a/0/id", "7"), ("/a/1", "x"), ("/b~1c", "y")];
    for (name, value) in table {
        assert_eq!(
            json.get(&at(Kind::Json, name, 0)).map(String::as_str),
            Some(value),
            "{name}"
        );
    }
    let mut moved = answer("", "");
    moved.fields = vec![("Location".into(), b"http://a.example/items/17?k=v".to_vec())];
    let moved = places(&moved);
    assert_eq!(moved[&at(Kind::Parameter, "k", 0)], "v");
    assert_eq!(moved[&at(Kind::Field, "location segment 2", 0)], "17");
}

proptest! {
    #[test]
    fn no_body_makes_it_panic(kind in prop::sample::select(vec!["text/html", "application/json", ""]), text: String, marks in "[<>=\"'& a-z;#x:/?\n]{0,80}") {
        for body in [&text, &marks, &format!("<input {marks}"), &format!("<a href={marks}{text}>")] {
            prop_assert!(places(&answer(kind, body)).len() <= MOST);
        }
    }
}
