use super::*;

const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n";
/// The example of golang.org/x/mod/sumdb/note, the first implementation of the format.
const GO_VERIFIER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const GO_SEED: &str = "YEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const GO_SIGNATURE: &str = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuG\
                            UgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn signer() -> LogSigner {
    LogSigner::new("beffroi.example/public", [5; 32]).unwrap()
}

#[test]
fn the_example_of_the_go_implementation_verifies() {
    let verifier = LogVerifier::from_text(GO_VERIFIER).unwrap();
    assert_eq!(verifier.to_text(), GO_VERIFIER);
    let note = format!("{TEXT}\n{GO_SIGNATURE}");
    assert_eq!(verifier.open_note(&note), Ok(TEXT));
}

#[test]
fn the_example_of_the_go_implementation_is_signed_alike() {
    // The text of the Go key is the type byte and the seed; the type byte leads its base64.
    let typed = STANDARD.decode(format!("A{GO_SEED}")).unwrap();
    let seed: [u8; 32] = typed[1..].try_into().unwrap();
    let signer = LogSigner::new("PeterNeumann", seed).unwrap();
    assert_eq!(signer.verifier().to_text(), GO_VERIFIER);
    assert_eq!(signer.sign_note(TEXT), Ok(format!("{TEXT}\n{GO_SIGNATURE}")));
}

#[test]
fn signatures_of_others_are_passed_over_and_ours_must_be_there() {
    let note = signer().sign_note(TEXT).unwrap();
    let witness = LogSigner::new("witness.example", [6; 32]).unwrap();
    let cosigned = witness.sign_note(TEXT).unwrap();
    let their_line = cosigned.lines().last().unwrap();
    let both = format!("{note}{their_line}\n");
    assert_eq!(signer().verifier().open_note(&both), Ok(TEXT));
    assert_eq!(witness.verifier().open_note(&both), Ok(TEXT));
    assert_eq!(signer().verifier().open_note(&cosigned), Err(NoteError::NotSigned));
    let namesake = LogSigner::new("beffroi.example/public", [7; 32]).unwrap();
    assert_eq!(namesake.verifier().open_note(&note), Err(NoteError::NotSigned));
    let crowded = format!("{note}{}", format!("{their_line}\n").repeat(MAX_SIGNATURES));
    assert_eq!(signer().verifier().open_note(&crowded), Err(NoteError::Form));
}

#[test]
fn a_bad_signature_of_ours_is_not_saved_by_a_good_one() {
    let good = signer().sign_note(TEXT).unwrap();
    let other = signer().sign_note("another text\n").unwrap();
    let both = format!("{good}{}\n", other.lines().last().unwrap());
    assert_eq!(signer().verifier().open_note(&both), Err(NoteError::BadSignature));
}

#[test]
fn every_altered_byte_of_a_note_is_refused() {
    let note = signer().sign_note(TEXT).unwrap();
    for at in 0..note.len() {
        for mask in [0x01, 0x02, 0x10, 0x20] {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= mask;
            if let Ok(altered) = String::from_utf8(bytes) {
                assert!(signer().verifier().open_note(&altered).is_err(), "byte {at}");
            }
        }
        if note.is_char_boundary(at) {
            assert!(signer().verifier().open_note(&note[..at]).is_err(), "cut at {at}");
        }
    }
}

#[test]
fn a_text_that_is_no_note_is_refused() {
    let verifier = signer().verifier();
    for wrong in [
        "",
        "\n",
        "\n\n",
        "a\n\n",
        "a\n\nb\n",
        "a\n\n\u{2014} x\n",
        "a\n\n\u{2014} x y\n",
        "a\n\n\u{2014} x AAAAAA==\n",
    ] {
        assert_eq!(verifier.open_note(wrong), Err(NoteError::Form), "{wrong:?}");
    }
    for wrong in ["", "no last newline", "a\tb\n", "a\r\n", "a\0\n"] {
        assert_eq!(signer().sign_note(wrong), Err(NoteError::Form), "{wrong:?}");
    }
}

#[test]
fn a_wrong_verifier_key_is_refused() {
    let text = signer().verifier().to_text();
    assert_eq!(LogVerifier::from_text(&text), Ok(signer().verifier()));
    let renamed = text.replace("public", "sealed");
    let cut = &text[..text.len() - 4];
    let weak = LogVerifier {
        name: "a".into(),
        key: VerifyingKey::from_bytes(&std::array::from_fn(|at| u8::from(at == 0))).unwrap(),
    };
    assert_eq!(LogVerifier::from_text(&weak.to_text()), Err(NoteError::VerifierKey));
    for wrong in ["", "a", "a+b", "a+b+c", &renamed, cut, &text.replace('+', " ")] {
        assert!(LogVerifier::from_text(wrong).is_err(), "{wrong:?}");
    }
    for name in ["", "a b", "a+b", "a\nb", "a\u{a0}b"] {
        assert_eq!(LogSigner::new(name, [1; 32]).unwrap_err(), NoteError::Name);
    }
}

#[test]
fn debug_hides_the_seed() {
    let shown = format!("{:?}", LogSigner::new("log", [0xAB; 32]).unwrap());
    assert_eq!(shown, "LogSigner { name: \"log\", key: hidden }");
}
