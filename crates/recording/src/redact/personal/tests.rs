use super::*;
use crate::entry::{Head, Start};
use crate::redact::{Redaction, Shown, redacted_as, redacted_body_as};

mod any;
mod measured;

fn kinds(text: &str) -> Vec<Personal> {
    spot_personal(text).map(|spotted| spotted.kind).collect()
}

/// Numbers of nobody: those of specimens, or made here; accounts of published examples; telephone numbers that the
/// Arcep keeps for films (06 39 98).
const FOUND: [(Personal, &[&str]); 4] = [
    (
        Personal::Nir,
        &[
            "185057800608491",
            "1 85 05 78 006 084 91",
            "1.85.05.78.006.084.91",
            "1850578006084 91",
            "1+85+05+78+006+084+91",
            "1%2085%2005%2078%20006%20084%2091",
            "1&nbsp;85&#160;05\u{a0}78\u{202f}006 084 91",
            "1\\u00a085 05 78 006 084 91",
            "2 94 03 75 120 005 91",
            "255081416802538",
            "269054958815780",
        ],
    ),
    (
        Personal::Iban,
        &[
            "FR7630006000011234567890189",
            "FR76 3000 6000 0112 3456 7890 189",
            "fr76+3000+6000+0112+3456+7890+189",
            "FR1420041010050500013M02606",
            "DE89370400440532013000",
            "BE68 5390 0754 7034",
            "MC5811222000010123456789030",
        ],
    ),
    (
        Personal::Phone,
        &[
            "0639981234",
            "06 39 98 12 34",
            "06.39.98.12.34",
            "06-39-98-12-34",
            "06+39+98+12+34",
            "06%C2%A039%C2%A098%C2%A012%C2%A034",
            "+33639981234",
            "%2B33639981234",
            "&#43;33 6 39 98 12 34",
            "+33 (0)6 39 98 12 34",
            "+33 639 981 234",
            "0033639981234",
            "+262 639 98 12 34",
        ],
    ),
    (
        Personal::Email,
        &[
            "jeanne.dupont@mairie.example",
            "jeanne+essai@mairie.example",
            "jeanne%40mairie.example",
            "jeanne&#64;mairie.example",
            "jeanne&#x40;mairie.example",
            "jeanne\\u0040mairie.example",
            "élodie@mairie-é.example",
            "o'brien@a.b.example",
            "j@xn--mairie.xn--p1ai",
        ],
    ),
];

#[test]
fn identifiers_are_found_as_they_stand_in_pages_forms_and_json() {
    for (kind, texts) in FOUND {
        for text in texts {
            for (before, after) in [
                ("", ""),
                ("numéro=", "&b=1"),
                ("{\"a\":\"", "\"}"),
                ("<td>", "</td>"),
                ("(", ")"),
                ("à ", ". Merci"),
                ("ligne\\n", "\\n"),
                ("a,", ","),
                ("/", "?"),
            ] {
                let whole = format!("{before}{text}{after}");
                let shown = without_personal(&whole);
                assert_eq!(shown, format!("{before}{}{after}", kind.mark()), "{whole}");
            }
        }
    }
}

#[test]
fn two_beside_each_other_are_both_found() {
    use Personal::{Email, Phone};
    assert_eq!(kinds("0639981234,0639981235;06 39 98 12 36"), [Phone; 3]);
    assert_eq!(kinds("06 39 98 12 34 06 39 98 12 35 0639981236"), [Phone; 3]);
    assert_eq!(kinds("06 39 98 12 34 1 85 05 78 006 084 91"), [Phone, Personal::Nir]);
    assert_eq!(kinds("06 39 98 12 34 56.a@b.example"), [Phone, Email]);
    assert_eq!(kinds("a@b.example,c@d.example a@b.example"), [Email; 3]);
}

#[test]
fn what_is_none_stays() {
    for text in [
        // A key that is wrong, a month, an order and a commune that are none, a digit too many.
        "185057800608490",
        "185137800608425",
        "FR7630006000011234567890188",
        "FR763000600001123456789018",
        "ZZ7630006000011234567890189",
        "1850578006084910",
        "x185057800608491",
        // Fractions, exponents, versions, parts of identifiers.
        "0.185057800608491",
        "1.0639981234",
        "0639981234.5",
        "0639981234e5",
        "2026-0639981234",
        "0x0639981234",
        "0639981234ab",
        "1.06.39.98.12.34",
        // An address of hardware, a list of pairs, a date, a SIRET, a SIREN.
        "06-39-98-12-34-56",
        "06-39-98-12-34-ab",
        "ab-06-39-98-12-34-56",
        "06 39 98 12 34 56 78",
        "01.02.2026",
        "01234567800012",
        "012 345 678 00012",
        "0012345678",
        // Names of files and packages, decorators.
        "logo@2x.png",
        "vue@3.4.21",
        "/npm/react@18.2.0/index.js",
        "module@lib.min.js",
        "@media print",
        "a@b",
        "jean@10.0.0.1",
        "@click=\"x\"",
    ] {
        assert_eq!(kinds(text), [], "{text}");
        assert!(matches!(without_personal(text), Cow::Borrowed(_)));
    }
}

#[test]
fn the_corsican_departments_count_as_they_are_told() {
    for (letter, instead, text) in [('A', 19u64, "2A"), ('B', 18, "2B")] {
        let number = 1_850_500_000_000 + instead * 1_000_000 + 6_084;
        let key = 97 - number % 97;
        let told = format!("1 85 05 {text} 006 084 {key:02}");
        assert_eq!(kinds(&told), [Personal::Nir], "{letter}: {told}");
        let wrong = format!("1 85 05 {text} 006 084 {:02}", key % 97 + 1);
        assert_eq!(kinds(&wrong), []);
    }
}

fn head(kind: &str, value: &[u8]) -> Head {
    Head {
        start: Start::Request {
            method: "GET".into(),
            target: "/agents?courriel=jeanne%40mairie.example&mdp=x".into(),
        },
        version: "HTTP/1.1".into(),
        fields: vec![
            ("from".into(), value.to_vec()),
            ("content-type".into(), kind.into()),
            ("content-length".into(), b"12".to_vec()),
        ],
    }
}

#[test]
fn heads_and_bodies_go_without_them_only_where_that_is_asked_for() {
    let asked = head("text/html; charset=latin1", b"\xC9lodie <e@mairie.example>");
    let shown = redacted_as(&asked, Redaction::Personal);
    let target = |head: &Head| match &head.start {
        Start::Request { target, .. } => target.clone(),
        Start::Status(_) => String::new(),
    };
    assert_eq!(target(&shown), "/agents?courriel=[redacted-email]&mdp=[redacted]");
    assert_eq!(shown.fields[0].1, b"\xC9lodie <[redacted-email]>");
    assert_eq!(shown.fields[1..], asked.fields[1..]);
    let secrets = redacted_as(&asked, Redaction::Secrets);
    assert!(target(&secrets).contains("jeanne%40"));

    let body = b"<p>n\xE9 le 1er, 1 85 05 78 006 084 91</p>";
    let shown = redacted_body_as(&asked, body, Redaction::Personal);
    assert_eq!(shown, Shown::Bytes(b"<p>n\xE9 le 1er, [redacted-nir]</p>".to_vec()));
    let secrets = redacted_body_as(&asked, body, Redaction::Secrets);
    assert_eq!(secrets, Shown::Bytes(body.to_vec()));
    let picture = b"\xFF\xD8 jeanne@mairie.example";
    let shown = redacted_body_as(&head("image/jpeg", b""), picture, Redaction::Personal);
    assert_eq!(shown, Shown::Bytes(picture.to_vec()));
    let long = vec![0xE9; 9 << 20];
    assert_eq!(redacted_body_as(&asked, &long, Redaction::Personal), Shown::Withheld);
}
