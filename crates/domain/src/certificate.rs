//! Certificates that a person's tools show to the gateway: what can be registered for a lease.

use crate::coded;
use crate::refusals;

/// Certificates that one lease may know at once.
pub const MOST: usize = 5;

/// Characters of a text that is read as a certificate; those in use take one to four thousand.
pub const LONGEST: usize = 16 * 1024;

coded! {
    /// What kind of key a certificate names (RFC 5280 §4.1.2.7).
    pub enum KeyKind {
        /// RSA (RFC 8017).
        Rsa = "rsa",
        /// An elliptic curve, P-256 or P-384 (FIPS 186-5).
        Ecdsa = "ecdsa",
        /// Ed25519 (RFC 8032).
        Ed25519 = "ed25519",
        /// Another, which the gateway cannot check a signature of.
        Other = "other",
    }
}

refusals! {
    /// Why a text cannot be registered as a certificate.
    pub enum CertificateProblem {
        /// It holds a private key, which is nobody's but its owner's.
        PrivateKey = "private_key",
        /// It is too long for a certificate.
        TooLong = "too_long",
        /// It holds no certificate between its two lines (RFC 7468 §5).
        NoCertificate = "no_certificate",
        /// It holds several certificates.
        Several = "several",
        /// What stands between the lines is no certificate of X.509, version 3 (RFC 5280).
        Unreadable = "unreadable",
        /// The gateway cannot check signatures by this kind of key.
        Key = "key",
        /// The key is too short, or too long to be checked quickly.
        KeyLength = "key_length",
        /// It is registered for this lease already.
        Known = "known",
        /// The lease knows as many as it may.
        TooMany = "too_many",
    }
}

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// Gives what stands between the lines of the one certificate of a text, without blanks: its base64.
///
/// # Errors
/// [`CertificateProblem`]; a private key anywhere comes before everything else, so that it is never taken for a slip of
/// another kind.
pub fn one_certificate(text: &str) -> Result<String, CertificateProblem> {
    if holds_private_key(text) {
        return Err(CertificateProblem::PrivateKey);
    }
    if text.len() > LONGEST {
        return Err(CertificateProblem::TooLong);
    }
    let (_, after) = text.split_once(BEGIN).ok_or(CertificateProblem::NoCertificate)?;
    let (body, rest) = after.split_once(END).ok_or(CertificateProblem::NoCertificate)?;
    if rest.contains(BEGIN) {
        return Err(CertificateProblem::Several);
    }
    Ok(body.split_whitespace().collect())
}

/// Says whether a text holds a private key, of whatever kind and however it was cut: `PRIVATE KEY` stands in the lines
/// around every one in PEM (RFC 7468 §10 and §11, RFC 5208, OpenSSL's and OpenSSH's own).
#[must_use]
pub fn holds_private_key(text: &str) -> bool {
    text.to_ascii_uppercase().contains("PRIVATE KEY")
}

/// Says whether a certificate with this key may be registered.
///
/// # Errors
/// [`CertificateProblem::Key`] and [`CertificateProblem::KeyLength`]; RSA keys are 2048 bits long (NIST SP 800-57 part 1,
/// table 2, until 2030) to 8192.
pub const fn may_open(kind: KeyKind, bits: usize) -> Result<(), CertificateProblem> {
    match kind {
        KeyKind::Ecdsa | KeyKind::Ed25519 => Ok(()),
        KeyKind::Rsa if bits >= 2048 && bits <= 8192 => Ok(()),
        KeyKind::Rsa => Err(CertificateProblem::KeyLength),
        KeyKind::Other => Err(CertificateProblem::Key),
    }
}

/// Says whether a lease takes one more certificate, of this fingerprint, beside those that it knows.
///
/// # Errors
/// [`CertificateProblem::Known`] and [`CertificateProblem::TooMany`].
pub fn may_add(known: &[[u8; 32]], one: &[u8; 32]) -> Result<(), CertificateProblem> {
    if known.contains(one) {
        Err(CertificateProblem::Known)
    } else if known.len() >= MOST {
        Err(CertificateProblem::TooMany)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ONE: &str = "-----BEGIN CERTIFICATE-----\nMIIB\r\n tjCC \n-----END CERTIFICATE-----\n";

    #[test]
    fn one_certificate_is_found_and_everything_else_is_named() {
        use CertificateProblem::{NoCertificate, PrivateKey, Several, TooLong};
        let key = |kind: &str| format!("{ONE}-----BEGIN {kind}PRIVATE KEY-----\nMC4C\n");
        let long = format!("{ONE}{}", "x".repeat(LONGEST));
        let table = [
            (ONE.to_owned(), Ok("MIIBtjCC".to_owned())),
            (format!("subject=CN = moi\n{ONE}"), Ok("MIIBtjCC".to_owned())),
            (String::new(), Err(NoCertificate)),
            ("MIIBtjCC".to_owned(), Err(NoCertificate)),
            ("-----BEGIN CERTIFICATE-----\nMIIB".to_owned(), Err(NoCertificate)),
            (ONE.replace("CERTIFICATE", "CERTIFICATE REQUEST"), Err(NoCertificate)),
            (ONE.replace("CERTIFICATE", "PUBLIC KEY"), Err(NoCertificate)),
            (format!("{ONE}{ONE}"), Err(Several)),
            (long.clone(), Err(TooLong)),
            (key(""), Err(PrivateKey)),
            (key("RSA "), Err(PrivateKey)),
            (key("OPENSSH "), Err(PrivateKey)),
            (key("ENCRYPTED ").to_lowercase(), Err(PrivateKey)),
            (format!("{long}{}", key("EC ")), Err(PrivateKey)),
        ];
        for (text, expected) in table {
            assert_eq!(one_certificate(&text), expected, "{text:.200}");
        }
    }

    #[test]
    fn keys_are_long_enough_and_of_a_kind_that_is_checked() {
        for (kind, bits, expected) in [
            (KeyKind::Ecdsa, 256, Ok(())),
            (KeyKind::Ed25519, 256, Ok(())),
            (KeyKind::Rsa, 2047, Err(CertificateProblem::KeyLength)),
            (KeyKind::Rsa, 2048, Ok(())),
            (KeyKind::Rsa, 8192, Ok(())),
            (KeyKind::Rsa, 8193, Err(CertificateProblem::KeyLength)),
            (KeyKind::Other, 4096, Err(CertificateProblem::Key)),
        ] {
            assert_eq!(may_open(kind, bits), expected, "{kind:?} {bits}");
        }
    }

    #[test]
    fn a_lease_knows_few_and_each_once() {
        let known: Vec<[u8; 32]> = (0..5).map(|n| [n; 32]).collect();
        assert_eq!(may_add(&known[..4], &[9; 32]), Ok(()));
        assert_eq!(may_add(&known, &[9; 32]), Err(CertificateProblem::TooMany));
        assert_eq!(may_add(&known, &[2; 32]), Err(CertificateProblem::Known));
    }

    proptest! {
        #[test]
        fn what_holds_a_private_key_is_never_taken(before in ".{0,80}", after in ".{0,80}") {
            let text = format!("{before}-----BEGIN PRIVATE KEY-----{after}{ONE}");
            prop_assert_eq!(one_certificate(&text), Err(CertificateProblem::PrivateKey));
        }

        #[test]
        fn what_is_taken_has_no_blank_and_no_line(text in "(?s).{0,300}") {
            if let Ok(body) = one_certificate(&format!("{text}{ONE}")) {
                prop_assert!(!body.contains(char::is_whitespace));
            }
        }
    }
}
