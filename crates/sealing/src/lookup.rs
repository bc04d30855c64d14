//! Keyed hashes, by which a sealed value can be found again, and the tokens people carry.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::keys::InstanceKeyring;
use crate::primitives::{length_prefixed, sha256};

const TOKEN_LABEL: &[u8] = b"beffroi/1/token\0";

/// HMAC-SHA256 (RFC 2104) of a value under the lookup key: equal values of one purpose meet, and
/// without the key file nobody can try guesses; the purpose precedes it with its length.
pub fn keyed_hash(keyring: &InstanceKeyring, purpose: &str, value: &[u8]) -> [u8; 32] {
    let key = keyring.lookup_key();
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_ref()).expect("RFC 2104 takes keys of every length");
    mac.update(&length_prefixed(&[purpose.as_bytes()]));
    mac.update(value);
    mac.finalize().into_bytes().into()
}

/// What is stored of a session's or an invitation's token: SHA-256 of a label and the token.
///
/// No key is needed, since a token is 32 random bytes that nobody can guess.
pub fn token_hash(token: &[u8]) -> [u8; 32] {
    sha256(&[TOKEN_LABEL, token])
}

/// SHA-256 of a content, as receipts name what was deposited.
pub fn content_digest(content: &[u8]) -> [u8; 32] {
    sha256(&[content])
}

/// A token as it stands in a link or a cookie: base64url without padding (RFC 4648 §5).
pub fn token_text(token: [u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(token)
}

/// The token in a text that [`token_text`] wrote; nothing for any other text.
pub fn token_from_text(text: &str) -> Option<[u8; 32]> {
    let decoded = URL_SAFE_NO_PAD.decode(text).ok()?;
    decoded.try_into().ok()
}

/// Signs a line of text with a secret that both sides know: HMAC-SHA256 (RFC 2104) over its bytes,
/// keyed with the secret's own characters, in hexadecimal.
pub fn sign_line(secret: &str, line: &str) -> String {
    use std::fmt::Write as _;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("RFC 2104 takes keys of every length");
    mac.update(line.as_bytes());
    mac.finalize()
        .into_bytes()
        .iter()
        .fold(String::new(), |mut text, byte| {
            // Writing to a text cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Says whether a line bears the signature that [`sign_line`] makes, in a time that says nothing
/// about where they differ.
pub fn line_is_signed(secret: &str, line: &str, signature: &str) -> bool {
    sign_line(secret, line).as_bytes().ct_eq(signature.as_bytes()).into()
}

/// Compares two hashes in a time that says nothing about where they differ.
pub fn same_hash(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.ct_eq(other).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::InstanceKey;

    fn ring(seeds: &[u8]) -> InstanceKeyring {
        let keys = seeds.iter().map(|seed| InstanceKey::new(u32::from(*seed), [*seed; 32]));
        InstanceKeyring::new(keys.collect()).unwrap()
    }

    #[test]
    fn a_value_is_found_again_after_a_rotation() {
        let mail = b"maire@exemple.fr";
        let before = keyed_hash(&ring(&[1]), "person.email", mail);
        assert_eq!(before, keyed_hash(&ring(&[1, 2, 3]), "person.email", mail));
        assert_ne!(before, keyed_hash(&ring(&[2]), "person.email", mail));
    }

    #[test]
    fn a_purpose_keeps_its_hashes_apart() {
        let ring = ring(&[1]);
        assert_ne!(keyed_hash(&ring, "a", b"x"), keyed_hash(&ring, "b", b"x"));
        assert_ne!(keyed_hash(&ring, "a", b"bx"), keyed_hash(&ring, "ab", b"x"));
        assert_ne!(keyed_hash(&ring, "a", b"x"), keyed_hash(&ring, "a", b"y"));
    }

    #[test]
    fn a_token_reads_back_and_its_hash_is_not_plain_sha256() {
        let token = [0xFB; 32];
        let text = token_text(token);
        assert_eq!(text.len(), 43);
        assert!(!text.contains(['+', '/', '=']));
        assert_eq!(token_from_text(&text), Some(token));
        assert_ne!(token_hash(&token), sha256(&[&token]));
    }

    #[test]
    fn only_the_canonical_text_of_a_token_is_read() {
        let text = token_text([0; 32]);
        let with_trailing_bit = format!("{}B", &text[..42]);
        let wrong = [
            format!("{text}="),
            format!(" {text}"),
            text[..42].into(),
            with_trailing_bit,
        ];
        for text in wrong.iter().map(String::as_str).chain(["", "é"]) {
            assert_eq!(token_from_text(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_line_is_signed_as_any_site_can_do_it() {
        // RFC 4231, test case 2.
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(sign_line("Jefe", "what do ya want for nothing?"), expected);
        assert!(line_is_signed("Jefe", "what do ya want for nothing?", expected));
        for (secret, line, signature) in [
            ("jefe", "what do ya want for nothing?", expected),
            ("Jefe", "what do ya want for nothing!", expected),
            ("Jefe", "what do ya want for nothing?", &expected[..62]),
            ("Jefe", "what do ya want for nothing?", ""),
        ] {
            assert!(!line_is_signed(secret, line, signature), "{secret} {line} {signature}");
        }
    }

    #[test]
    fn hashes_compare_by_value() {
        assert!(same_hash(&[1; 32], &[1; 32]));
        assert!(!same_hash(&[1; 32], &[2; 32]));
    }
}
