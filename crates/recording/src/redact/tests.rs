use super::*;
use proptest::prelude::*;

fn request(target: &str, fields: &[(&str, &str)]) -> Head {
    Head {
        start: Start::Request {
            method: "GET".into(),
            target: target.into(),
        },
        version: "HTTP/1.1".into(),
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
            .collect(),
    }
}

const JWT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjb21tdW5lIn0.c2lnbmF0dXJl";

#[test]
fn secrets_of_heads_go_and_the_rest_stays() {
    let cookie = format!("a={JWT}");
    let bare = format!("a note with {JWT} in it");
    let table = [
        ("Cookie", "a=1; b=2", "a=[redacted]; b=[redacted]"),
        ("cookie", "bare", "[redacted]"),
        (
            "set-cookie",
            "sid=1; Path=/; HttpOnly",
            "sid=[redacted]; Path=/; HttpOnly",
        ),
        ("set-cookie", "sid=1", "sid=[redacted]"),
        ("set-cookie", "sid", "[redacted]"),
        ("set-cookie", "x=a=b;Secure", "x=[redacted];Secure"),
        ("set-cookie", cookie.as_str(), "a=[redacted]"),
        ("authorization", "Bearer abc", "Bearer [redacted]"),
        ("authorization", "abc", "[redacted]"),
        ("authorization", "a:b c", "[redacted]"),
        ("x-api-key", "abc", "[redacted]"),
        ("x-xsrf-token", "abc", "[redacted]"),
        ("accept", "text/html", "text/html"),
        ("x-note", bare.as_str(), "a note with [redacted] in it"),
        ("location", "/a?token=1&page=2#x", "/a?token=[redacted]&page=2#x"),
        (
            "location",
            "https://a.example/cb#access_token=1&b=2",
            "https://a.example/cb#access_token=[redacted]&b=2",
        ),
        (
            "referer",
            "http://me:word@a.example/p?a=1",
            "http://me:[redacted]@a.example/p?a=1",
        ),
        ("refresh", "0; url=/in?ticket=ST-1", "0; url=/in?ticket=[redacted]"),
        (
            "link",
            "</a?apikey=1>; rel=\"next\"",
            "</a?apikey=[redacted]>; rel=\"next\"",
        ),
    ];
    for (name, value, expected) in table {
        let shown = redacted(&request("/", &[(name, value)]));
        assert_eq!(shown, request("/", &[(name, expected)]), "{name}: {value}");
    }
    let targets = [
        ("/a?page=2&access_token=x&b", "/a?page=2&access_token=[redacted]&b"),
        ("/a?access%5Ftoken=x", "/a?access%5Ftoken=[redacted]"),
        ("/a;jsessionid=12?b=1", "/a;jsessionid=[redacted]?b=1"),
        ("/a?code=7", "/a?code=7"),
        ("/token=1", "/token=1"),
    ];
    for (target, expected) in targets {
        assert_eq!(redacted(&request(target, &[])), request(expected, &[]), "{target}");
    }
}

#[test]
fn secrets_of_bodies_go_and_the_rest_stays() {
    let form = "application/x-www-form-urlencoded";
    let json = "application/json; charset=utf-8";
    let parts = "multipart/form-data; boundary=x";
    let table = [
        (
            form,
            "nom=a&mot_de_passe=b%20c&csrf%5Ftoken=1",
            "nom=a&mot_de_passe=[redacted]&csrf%5Ftoken=[redacted]",
        ),
        (form, "plain", "plain"),
        ("", "a=1&pwd=b", "a=1&pwd=[redacted]"),
        (
            json,
            r#"{ "token" : "a\"b", "n": 1}"#,
            r#"{ "token" : "[redacted]", "n": 1}"#,
        ),
        (
            json,
            r#"{"a":{"password":12.5 },"b":["token"]}"#,
            r#"{"a":{"password":"[redacted]" },"b":["token"]}"#,
        ),
        (
            json,
            r#"{"tokens":[{"a":"}"},"x"],"c":"d"}"#,
            r#"{"tokens":"[redacted]","c":"d"}"#,
        ),
        (json, r#"{"pass\u0077ord":"x"}"#, r#"{"pass\u0077ord":"[redacted]"}"#),
        (
            json,
            r#"{"token":null,"session":true}"#,
            r#"{"token":null,"session":true}"#,
        ),
        (json, r#"{"token":"cut of"#, r#"{"token":"[redacted]""#),
        (json, r#"{"token":"#, r#"{"token":"#),
        (
            "application/problem+json",
            r#"{"apiKey":"1"}"#,
            r#"{"apiKey":"[redacted]"}"#,
        ),
        ("text/plain", r#"{"apiKey":"1"}"#, r#"{"apiKey":"[redacted]"}"#),
        (
            parts,
            "--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\na\r\nb\r\n--x\r\nContent-Disposition: form-data; name=\"nom\"\r\n\r\nc\r\n--x--\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n[redacted]\r\n--x\r\nContent-Disposition: form-data; name=\"nom\"\r\n\r\nc\r\n--x--\r\n",
        ),
        (
            "text/html",
            "<p>é</p><input type=\"hidden\" name=\"csrf\" value=\"abc\"><input name='nom' value='b'><meta name=csrf-token content=abc>",
            "<p>é</p><input type=\"hidden\" name=\"csrf\" value=\"[redacted]\"><input name='nom' value='b'><meta name=csrf-token content=[redacted]>",
        ),
        ("text/plain", "word", "word"),
    ];
    for (kind, body, expected) in table {
        let shown = redacted_body(&request("/", &[("content-type", kind)]), body.as_bytes());
        assert_eq!(shown, Shown::Bytes(expected.into()), "{kind}: {body}");
    }
    let told = format!("var t = '{JWT}';");
    let shown = redacted_body(&request("/", &[]), told.as_bytes());
    assert_eq!(shown, Shown::Bytes(b"var t = '[redacted]';".to_vec()));
}

#[test]
fn what_cannot_be_read_for_secrets_is_withheld() {
    let json = request("/", &[("content-type", "application/json")]);
    assert_eq!(redacted_body(&json, b"\xFF\xFE"), Shown::Withheld);
    assert_eq!(redacted_body(&json, &vec![b' '; 9 << 20]), Shown::Withheld);
    let image = request("/", &[("content-type", "image/png")]);
    assert_eq!(redacted_body(&image, b"\xFF\xFE"), Shown::Bytes(b"\xFF\xFE".to_vec()));
}

fn any_type() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/html",
        "",
    ])
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(kind in any_type(), text: String, bytes: Vec<u8>) {
        let head = request(&text, &[("location", &text), ("cookie", &text), ("content-type", kind)]);
        redacted(&head);
        redacted_body(&head, text.as_bytes());
        redacted_body(&head, &bytes);
    }

    #[test]
    fn marks_in_any_order_make_it_panic_as_little(kind in any_type(), text in "[\"\\\\{}:, \\[\\]<>='&%?#;@/eyJ.a-]{0,60}") {
        let text = format!("{text}\"token\":{text}<input name=token value={text}");
        let head = request(&text, &[("location", &text), ("content-type", kind)]);
        redacted(&head);
        redacted_body(&head, text.as_bytes());
    }

    #[test]
    fn a_secret_value_never_shows(secret in "[a-z]{12}", other in "[a-z ]{0,10}") {
        for (kind, body) in [
            ("application/json", format!(r#"{{"a":"{other}","password":"{secret}","b":1}}"#)),
            ("application/x-www-form-urlencoded", format!("a={other}&password={secret}&b=1")),
            ("text/html", format!("<p>{other}</p><input name=\"token\" value=\"{secret}\">")),
        ] {
            let Shown::Bytes(shown) = redacted_body(&request("/", &[("content-type", kind)]), body.as_bytes()) else {
                return Err(TestCaseError::fail("withheld"));
            };
            let shown = String::from_utf8(shown).unwrap();
            prop_assert!(!shown.contains(&secret) && shown.contains(&other));
        }
    }
}
