//! Identifiers and texts that are drawn.

use super::*;
use proptest::prelude::*;

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

/// The check digits of a French account: 98 less the rest by 97 with noughts in their place (ISO 13616).
fn check_digits(account: &str) -> u32 {
    let digits = format!("{account}FR00");
    let digits = digits.chars().filter_map(|digit| digit.to_digit(36));
    let add = |rest: u32, digit: u32| (rest * if digit < 10 { 10 } else { 100 } + digit) % 97;
    98 - digits.fold(0, add)
}

proptest! {
    #[test]
    fn any_right_nir_is_found_and_no_other_key_is(
        (number, between) in any_nir(),
        other in 1u64..97,
        before in "[ <\":=(]{0,3}",
    ) {
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
    fn any_right_iban_is_found_and_no_other_check_digits_are(
        account in "[0-9]{10}[0-9A-Z]{11}[0-9]{2}",
        between in any_separator(),
        other in 1u32..97,
    ) {
        let right = check_digits(&account);
        let written = |check: u32| {
            let whole = format!("FR{check:02}{account}");
            let groups = whole.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned());
            groups.collect::<Vec<_>>().join(between)
        };
        let whole = format!("a {} b", written(right));
        prop_assert_eq!(without_personal(&whole), "a [redacted-iban] b");
        let wrong = (right - 2 + other) % 97 + 2;
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
