//! Certificates of X.509 as far as the gateway reads them: their fingerprint, and the kind of their key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::{CertificateDer, alg_id};
use webpki::EndEntityCert;

use crate::lookup::content_digest;

/// What a certificate says of itself that counts here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certificate {
    /// SHA-256 of the whole certificate (DER), as tools print it.
    pub fingerprint: [u8; 32],
    /// The key that it names.
    pub key: CertificateKey,
}

/// The public key of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateKey {
    /// RSA, of so many bits.
    Rsa(usize),
    /// On P-256 or P-384.
    Ecdsa,
    /// Ed25519.
    Ed25519,
    /// Another.
    Other,
}

impl Certificate {
    /// Reads a certificate of version 3 (RFC 5280 §4.1) from its base64 without blanks, by the reader that the gateway
    /// reads with too; nothing where it is none.
    pub fn from_base64(body: &str) -> Option<Self> {
        let der = CertificateDer::from(STANDARD.decode(body).ok()?);
        let read = EndEntityCert::try_from(&der).ok()?;
        let key = read.subject_public_key_info();
        Some(Self {
            fingerprint: content_digest(&der),
            key: key_of(&key).unwrap_or(CertificateKey::Other),
        })
    }
}

/// Reads a `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7).
fn key_of(info: &[u8]) -> Option<CertificateKey> {
    let (_, info, _) = element(info)?;
    let (_, algorithm, rest) = element(info)?;
    let known = [
        (alg_id::ECDSA_P256.as_ref(), CertificateKey::Ecdsa),
        (alg_id::ECDSA_P384.as_ref(), CertificateKey::Ecdsa),
        (alg_id::ED25519.as_ref(), CertificateKey::Ed25519),
    ];
    if let Some((_, key)) = known.iter().find(|(id, _)| *id == algorithm) {
        return Some(*key);
    }
    if algorithm != alg_id::RSA_ENCRYPTION.as_ref() {
        return None;
    }
    // A bit string whose first byte says how many bits are unused; in it the modulus, before the exponent (RFC 8017 §A.1.1).
    let (_, bits, _) = element(rest)?;
    let (_, key, _) = element(bits.get(1..)?)?;
    let (_, modulus, _) = element(key)?;
    let modulus = modulus
        .iter()
        .position(|byte| *byte != 0)
        .map(|first| &modulus[first..])?;
    let unused = modulus.first()?.leading_zeros() as usize;
    Some(CertificateKey::Rsa(modulus.len() * 8 - unused))
}

/// Cuts the first element of DER (X.690 §8.1) off: its tag, its content, what follows.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first()?;
    let (length, rest) = match length {
        0..=0x7F => (usize::from(*length), rest),
        0x81..=0x83 => {
            let (length, rest) = rest.split_at_checked(usize::from(length - 0x80))?;
            (length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Certificates that OpenSSL made for these tests, signed by themselves, and what `openssl x509 -fingerprint
    /// -sha256` prints of each.
    const TABLE: &[(&str, &str, CertificateKey)] = &[
        (
            include_str!("certificate/p256.pem"),
            "A2:DB:8E:30:6A:16:A8:1C:E5:61:30:48:37:D3:1A:89:30:00:3D:D2:CB:23:88:85:D8:DF:DC:19:19:4B:4C:07",
            CertificateKey::Ecdsa,
        ),
        (
            include_str!("certificate/p384.pem"),
            "99:7B:7B:9B:82:4E:AA:E4:DA:6F:17:95:ED:74:D7:BF:6F:EC:A7:15:58:83:15:94:4C:31:57:78:47:CD:3C:D8",
            CertificateKey::Ecdsa,
        ),
        (
            include_str!("certificate/p521.pem"),
            "22:68:38:C1:A7:50:81:16:E0:21:B5:5D:1F:DE:81:3E:D6:15:EE:A2:4B:57:D6:58:28:6D:8F:C5:6C:A1:3B:6C",
            CertificateKey::Other,
        ),
        (
            include_str!("certificate/rsa2048.pem"),
            "7F:61:D0:8F:D1:93:A7:14:44:7A:D8:C8:40:23:BF:95:0D:88:B5:BB:A2:E8:56:C5:EF:98:4C:EF:38:F7:17:83",
            CertificateKey::Rsa(2048),
        ),
        (
            include_str!("certificate/rsa1024.pem"),
            "F7:51:8C:0C:0C:28:25:05:09:7D:AB:A2:33:67:66:50:16:D0:3B:3C:AD:A0:94:F5:1E:D4:33:7E:99:75:13:F7",
            CertificateKey::Rsa(1024),
        ),
        (
            include_str!("certificate/ed.pem"),
            "8E:67:DB:8D:06:1D:95:13:88:ED:38:AB:52:A6:68:61:1E:92:DE:28:39:AF:C4:F0:8A:18:5F:F1:C7:73:25:BD",
            CertificateKey::Ed25519,
        ),
    ];

    fn body(pem: &str) -> String {
        pem.lines().filter(|line| !line.starts_with("-----")).collect()
    }

    #[test]
    fn certificates_of_each_kind_of_key_are_read_as_openssl_does() {
        for (pem, fingerprint, key) in TABLE {
            let read = Certificate::from_base64(&body(pem)).unwrap();
            let printed: Vec<String> = read.fingerprint.iter().map(|byte| format!("{byte:02X}")).collect();
            assert_eq!((printed.join(":").as_str(), read.key), (*fingerprint, *key));
        }
    }

    #[test]
    fn what_is_no_certificate_is_not_read() {
        let (pem, _, _) = TABLE[0];
        let whole = body(pem);
        let longer = STANDARD.encode([STANDARD.decode(&whole).unwrap(), vec![0]].concat());
        for text in ["", "AAAA", "é", &whole[..40], &whole[1..], longer.as_str()] {
            assert_eq!(Certificate::from_base64(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, at: prop::sample::Index, by: u8) {
            let _ = key_of(&bytes);
            let _ = Certificate::from_base64(&STANDARD.encode(&bytes));
            let mut changed = STANDARD.decode(body(TABLE[0].0)).unwrap();
            let place = at.index(changed.len());
            changed[place] = by;
            let _ = Certificate::from_base64(&STANDARD.encode(&changed));
            let _ = key_of(&changed);
        }
    }
}
