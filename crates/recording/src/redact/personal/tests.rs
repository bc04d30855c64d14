use super::*;
use crate::entry::{Head, Start};
use crate::redact::{Redaction, Shown, redacted_as, redacted_body_as};
use proptest::prelude::*;

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

/// How many in a thousand of such numbers are taken for a personal identifier.
fn taken(numbers: impl Iterator<Item = String>) -> f64 {
    let (mut all, mut wrong) = (0u32, 0u32);
    for number in numbers {
        all += 1;
        wrong += u32::from(spot_personal(&number).next().is_some());
    }
    f64::from(wrong) * 1000.0 / f64::from(all)
}

/// Numbers that are drawn, always the same.
fn drawn(count: usize) -> impl Iterator<Item = u64> {
    let bytes = crate::tests::chance(8 * count);
    let numbers: Vec<u64> = bytes
        .chunks_exact(8)
        .map(|eight| eight.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
        .collect();
    numbers.into_iter()
}

/// A sort of numbers, and how one is made of what was drawn.
type Sort = (&'static str, fn(u64) -> String);

/// An instant of these years in microseconds.
fn microseconds(drawn: u64) -> u64 {
    1_790_000_000_000_000 + drawn % 100_000_000_000_000
}

/// 100,000 of each sort: plain numbers are left alone.
#[test]
fn plain_numbers_are_left_alone() {
    let sorts: [Sort; 8] = [
        ("of 64 bits", |drawn| drawn.to_string()),
        ("of 32 bits", |drawn| (drawn >> 32).to_string()),
        ("microseconds", |drawn| microseconds(drawn).to_string()),
        ("milliseconds", |drawn| (microseconds(drawn) / 1000).to_string()),
        ("seconds", |drawn| (microseconds(drawn) / 1_000_000).to_string()),
        ("fractions", |drawn| (drawn as f64 / 1e20).to_string()),
        ("with ten decimals", |drawn| format!("{:.10}", drawn as f64 / 1e17)),
        ("hexadecimal", |drawn| format!("{drawn:016x}")),
        ("hexadecimal of a Belgian length", |drawn| {
            format!("be{:014x}", drawn >> 8)
        }),
    ];
    for (name, sort) in sorts {
        assert_eq!(taken(drawn(100_000).map(sort)), 0.0, "{name}");
    }
}

/// What cannot be told apart: some numbers of 15 digits have a last two that is a right key, and one that is written
/// with ten digits and a nought before may be a telephone number as well as anything.
#[test]
fn few_numbers_look_like_identifiers() {
    let sorts: [(Sort, std::ops::Range<f64>); 3] = [
        (
            ("of 15 digits", |drawn| {
                (100_000_000_000_000 + drawn % 900_000_000_000_000).to_string()
            }),
            3.0..7.0,
        ),
        (
            ("filled up to 10 digits", |drawn| {
                format!("{:010}", drawn % 10_000_000_000)
            }),
            80.0..100.0,
        ),
        (
            ("filled up to 14 digits", |drawn| {
                format!("{:014}", drawn % 100_000_000_000_000)
            }),
            0.0..0.2,
        ),
    ];
    for ((name, sort), expected) in sorts {
        let taken = taken(drawn(100_000).map(sort));
        println!("of numbers {name}, {taken} in a thousand are taken for an identifier");
        assert!(expected.contains(&taken), "{name}: {taken}");
    }
}

/// What reading a long text costs does not grow faster than the text.
#[test]
fn hostile_texts_cost_no_more_than_others() {
    for piece in [
        "a-", "a@", "a.", "a@a.", "+", "0", "06 ", "FR76 ", "1 85 ", "%C3", "&#", "\\u", "a'", "+33 ",
    ] {
        let text = piece.repeat((2 << 20) / piece.len());
        let begin = std::time::Instant::now();
        assert!(spot_personal(&text).count() < text.len());
        assert!(
            begin.elapsed() < std::time::Duration::from_secs(10),
            "{piece}: {:?}",
            begin.elapsed()
        );
    }
}

/// A separator as one writes it, of those that go with each other.
fn any_separator() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "", " ", "\u{a0}", "%20", "+", "&nbsp;", "&#xA0;", "\\u00a0", ".", "%C2%A0",
    ])
}

/// A number with a right key, and how its groups are set apart.
fn any_nir() -> impl Strategy<Value = (u64, &'static str)> {
    let parts = (
        prop::sample::select(vec![1u64, 2, 3, 4, 7, 8]),
        0u64..100,
        1u64..13,
        1u64..100,
        1u64..991,
        1u64..1000,
    );
    let number = parts.prop_map(|(sex, year, month, department, commune, order)| {
        let number = ((((sex * 100 + year) * 100 + month) * 100 + department) * 1000 + commune) * 1000 + order;
        number * 100 + (97 - number % 97)
    });
    (number, any_separator())
}

proptest! {
    #[test]
    fn any_right_nir_is_found_and_no_other_key_is((number, between) in any_nir(), other in 1u64..97, before in "[ <\":=(]{0,3}") {
        let text = number.to_string();
        let written = |text: &str| {
            [0..1, 1..3, 3..5, 5..7, 7..10, 10..13, 13..15].map(|group| text[group].to_owned()).join(between)
        };
        let whole = format!("{before}{}\"é", written(&text));
        prop_assert_eq!(without_personal(&whole), format!("{before}[redacted-nir]\"é"));
        let (start, key) = (number / 100, number % 100);
        let wrong = start * 100 + (key - 1 + other) % 97 + 1;
        prop_assert_eq!(kinds(&written(&wrong.to_string())), []);
    }

    #[test]
    fn any_right_iban_is_found_and_no_other_check_digits_are(account in "[0-9]{10}[0-9A-Z]{11}[0-9]{2}", between in any_separator(), other in 1u32..97) {
        // FR is 15 27; the check digits are 98 less the rest with noughts in their place (ISO 13616).
        let rest = format!("{account}FR00").bytes().fold(0u32, |rest, byte| {
            char::from(byte).to_digit(36).map_or(rest, |digit| if digit < 10 { (rest * 10 + digit) % 97 } else { (rest * 100 + digit) % 97 })
        });
        let check = 98 - rest;
        let written = |check: u32| {
            let whole = format!("FR{check:02}{account}");
            whole.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect::<Vec<_>>().join(between)
        };
        let whole = format!("a {} b", written(check));
        prop_assert_eq!(without_personal(&whole), "a [redacted-iban] b");
        let wrong = (check - 2 + other) % 97 + 2;
        prop_assert!(!kinds(&written(wrong)).contains(&Personal::Iban));
    }

    #[test]
    fn no_text_makes_it_panic_and_twice_is_once(text in any_text()) {
        let once = without_personal(&text).into_owned();
        prop_assert_eq!(without_personal(&once), once.as_str());
        let mut end = 0;
        for spotted in spot_personal(&text) {
            prop_assert!(spotted.place.start >= end && spotted.place.end > spotted.place.start);
            end = spotted.place.end;
        }
        let bytes: Vec<u8> = text.bytes().map(|byte| byte.wrapping_add(97)).collect();
        bytes_without_personal(&bytes);
    }

    #[test]
    fn texts_without_digits_and_at_signs_stay(text in "[^0-9@%&\\\\]{0,60}") {
        prop_assert!(matches!(without_personal(&text), Cow::Borrowed(_)), "{}", text);
    }
}

/// Texts of pieces that readers stumble over.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "%",
        "%4",
        "%40",
        "%C3",
        "%C3%A9",
        "%E2%80%AF",
        "%F0%9F",
        "&",
        "&#",
        "&#64;",
        "&#x110000;",
        "&nbsp;",
        "\\",
        "\\u",
        "\\u0040",
        "\\ud800",
        "\\n",
        "a",
        "é",
        "@",
        ".",
        "-",
        "+",
        "'",
        " ",
        "06 39 98 12 34",
        "0639981234",
        "+33",
        "(0)",
        "185057800608491",
        "1 85 05 78",
        "FR76",
        "FR7630006000011234567890189",
        "a@b.example",
        "fr",
        "png",
        "0",
        "7",
        "\u{a0}",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(pieces, 0..30).prop_map(|pieces| pieces.concat())
    ]
}
