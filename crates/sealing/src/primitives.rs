//! The few primitives the other files share: sub-keys, authenticated encryption, encodings.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::sealed::SealError;

/// The bytes of one symmetric key, wiped when dropped.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// The bytes that XChaCha20-Poly1305 adds to what it encrypts.
pub(crate) const TAG_LENGTH: usize = 16;

/// Derives the key for one use with HKDF-SHA256 (RFC 5869), the label being its `info`.
pub(crate) fn sub_key(secret: &[u8; 32], salt: &[u8], label: &str) -> Secret {
    let mut derived = Secret::default();
    Hkdf::<Sha256>::new(Some(salt), secret)
        .expand(label.as_bytes(), derived.as_mut())
        .expect("RFC 5869 gives up to 8160 bytes, and 32 are asked for");
    derived
}

/// Encrypts with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03).
pub(crate) fn encrypt(key: &Secret, nonce: &[u8; 24], aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
    XChaCha20Poly1305::new(&Key::from(**key))
        .encrypt(&XNonce::from(*nonce), Payload { msg: plaintext, aad })
        .expect("the cipher takes 256 GiB, more than a slice in memory holds")
}

/// Decrypts what [`encrypt`] made, or refuses it when anything differs.
pub(crate) fn decrypt(
    key: &Secret,
    nonce: &[u8; 24],
    aad: &[u8],
    ciphertext: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    XChaCha20Poly1305::new(&Key::from(**key))
        .decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad })
        .map(Zeroizing::new)
        .map_err(|_| SealError::Refused)
}

/// Joins parts so that no two different lists give the same bytes: each follows its length.
pub(crate) fn length_prefixed(parts: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        joined.extend_from_slice(&(part.len() as u64).to_be_bytes());
        joined.extend_from_slice(part);
    }
    joined
}

/// SHA-256 over parts taken one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Standard base64 (RFC 4648 §4, padded), the form that C2SP texts use.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Exactly 32 bytes from standard base64; only the canonical text is accepted.
pub(crate) fn hash_from_base64(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// A number written as decimal digits without sign or leading zero, as C2SP texts ask.
pub(crate) fn canonical_u64(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_lists_of_parts_look_alike() {
        assert_ne!(length_prefixed(&[b"ab", b"c"]), length_prefixed(&[b"a", b"bc"]));
        assert_ne!(length_prefixed(&[b"a", b""]), length_prefixed(&[b"a"]));
    }

    #[test]
    fn each_label_and_each_salt_gives_another_key() {
        let secret = [7; 32];
        assert_ne!(*sub_key(&secret, b"", "a"), *sub_key(&secret, b"", "b"));
        assert_ne!(*sub_key(&secret, b"x", "a"), *sub_key(&secret, b"y", "a"));
    }

    #[test]
    fn only_canonical_numbers_pass() {
        assert_eq!(canonical_u64("0"), Some(0));
        assert_eq!(canonical_u64("18446744073709551615"), Some(u64::MAX));
        for wrong in ["", "00", "01", "+1", "-1", " 1", "1 ", "18446744073709551616", "1e3"] {
            assert_eq!(canonical_u64(wrong), None, "{wrong:?}");
        }
    }
}
