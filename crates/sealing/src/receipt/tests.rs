use proptest::prelude::*;

use super::*;

pub(crate) fn signer() -> LogSigner {
    LogSigner::new("beffroi.example/public", [5; 32]).unwrap()
}

pub(crate) fn receipt() -> Receipt {
    Receipt {
        origin: "beffroi.example/public".into(),
        kind: "candidacy.received".into(),
        subject: "Ville de Saint-Étienne".into(),
        order_number: Some(12),
        received_at_micros: 1_790_000_000_000_000,
        form_version: Some("2026-09".into()),
        salt: [1; 32],
        content_digest: [2; 32],
    }
}

fn signed() -> String {
    sign_receipt(&signer(), &receipt()).unwrap()
}

fn read(text: &str) -> Result<Receipt, ReceiptError> {
    parse_and_verify_receipt(text, &signer().verifier())
}

#[test]
fn a_receipt_has_its_known_lines_and_reads_back() {
    let leaf = to_base64(&receipt().leaf().unwrap());
    let expected = format!(
        "beffroi-receipt/1\norigin: beffroi.example/public\nkind: candidacy.received\n\
         subject: Ville de Saint-Étienne\norder: 12\nreceived: 1790000000000000\nform: 2026-09\n\
         content: AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=\n\
         salt: AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\nleaf: {leaf}\n\n\
         \u{2014} beffroi.example/public "
    );
    assert!(signed().starts_with(&expected), "{}", signed());
    assert_eq!(read(&signed()), Ok(receipt()));
}

#[test]
fn the_leaf_follows_from_the_printed_lines_alone() {
    let text = signed();
    let from = text.find("kind: ").unwrap();
    let to = text.find("salt: ").unwrap();
    let entry = format!("beffroi-entry/1\n{}", &text[from..to]);
    assert_eq!(receipt().canonical_entry(), Ok(entry.clone()));
    assert_eq!(receipt().leaf(), Ok(entry_leaf(&[1; 32], entry.as_bytes())));
}

#[test]
fn a_log_begun_anew_takes_the_same_leaf_and_any_other_change_gives_another() {
    let leaf = receipt().leaf();
    assert_eq!(
        Receipt {
            origin: "beffroi.example/2".into(),
            ..receipt()
        }
        .leaf(),
        leaf
    );
    let others = [
        Receipt {
            kind: "candidacy.returned".into(),
            ..receipt()
        },
        Receipt {
            subject: "Ville de Roanne".into(),
            ..receipt()
        },
        Receipt {
            order_number: Some(11),
            ..receipt()
        },
        Receipt {
            order_number: None,
            ..receipt()
        },
        Receipt {
            received_at_micros: 1_790_000_000_000_001,
            ..receipt()
        },
        Receipt {
            form_version: None,
            ..receipt()
        },
        Receipt {
            salt: [3; 32],
            ..receipt()
        },
        Receipt {
            content_digest: [3; 32],
            ..receipt()
        },
    ];
    for other in others {
        assert_ne!(other.leaf(), leaf, "{other:?}");
    }
}

#[test]
fn every_altered_byte_is_refused() {
    let text = signed();
    for at in 0..text.len() {
        for mask in [0x01, 0x04, 0x20] {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= mask;
            if let Ok(altered) = String::from_utf8(bytes) {
                assert!(read(&altered).is_err(), "byte {at} with {mask:#x}");
            }
        }
    }
}

#[test]
fn a_signed_text_that_is_no_receipt_is_refused() {
    let body = receipt().body().unwrap();
    let sign = |body: &str| signer().sign_note(body).unwrap();
    let wrong = [
        body.replace("/1\n", "/2\n"),
        body.replace("order: 12", "order: +12"),
        body.replace("order: 12", "order: 012"),
        body.replace("order: 12\n", "order: 12\norder: 12\n"),
        body.replace("received: 1790000000000000\n", ""),
        body.replace("kind: ", "kind:  "),
        format!("{body}more: lines\n"),
        format!("{body}\nmore\n"),
        "beffroi.example/public\n20\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n".into(),
    ];
    for body in wrong {
        let refused = read(&sign(&body)).unwrap_err();
        assert!(matches!(refused, ReceiptError::Form | ReceiptError::Leaf), "{body}");
    }
    let other_leaf = body.replace(&to_base64(&receipt().leaf().unwrap()), &to_base64(&[7; 32]));
    assert_eq!(read(&sign(&other_leaf)), Err(ReceiptError::Leaf));
    let earlier = body.replace("order: 12", "order: 1");
    assert_eq!(read(&sign(&earlier)), Err(ReceiptError::Leaf));
}

#[test]
fn a_value_that_would_add_a_line_is_not_signed() {
    for wrong in ["", " a", "a ", "a\norder: 1", "a\r", "a\u{85}b"] {
        let kind = Receipt {
            kind: wrong.into(),
            ..receipt()
        };
        assert_eq!(sign_receipt(&signer(), &kind), Err(ReceiptError::Value("kind")));
        let subject = Receipt {
            subject: wrong.into(),
            ..receipt()
        };
        assert_eq!(subject.leaf(), Err(ReceiptError::Value("subject")));
        let form = Receipt {
            form_version: Some(wrong.into()),
            ..receipt()
        };
        assert_eq!(form.canonical_entry(), Err(ReceiptError::Value("form")));
        let origin = Receipt {
            origin: wrong.into(),
            ..receipt()
        };
        assert_eq!(sign_receipt(&signer(), &origin), Err(ReceiptError::Value("origin")));
    }
}

proptest! {
    #[test]
    fn every_receipt_of_plain_lines_reads_back(
        kind in "[a-z.]{1,20}", subject in "\\PC{1,40}", order: Option<i64>, received: i64,
        form in prop::option::of("[0-9a-z: -]{1,10}"), salt: [u8; 32], content: [u8; 32],
    ) {
        let receipt = Receipt {
            kind, subject, order_number: order, received_at_micros: received, form_version: form,
            salt, content_digest: content, ..receipt()
        };
        if let Ok(text) = sign_receipt(&signer(), &receipt) {
            prop_assert_eq!(read(&text), Ok(receipt));
        }
    }
}

#[test]
fn a_receipt_comes_back_from_its_entry() {
    let given = receipt();
    let entry = given.canonical_entry().unwrap();
    let back = Receipt::from_entry(&given.origin, given.salt, &entry).unwrap();
    assert_eq!(back, given);
    assert_eq!(sign_receipt(&signer(), &back), sign_receipt(&signer(), &given));
    let others = [
        entry.replace("beffroi-entry/1", "beffroi-entry/2"),
        entry.trim_end().to_owned(),
        format!("{entry}more: 1\n"),
        entry.replacen("kind: ", "kind:  ", 1),
        String::new(),
    ];
    for other in others {
        assert_eq!(Receipt::from_entry(&given.origin, given.salt, &other), None, "{other}");
    }
}
