//! Digests as engines and registries write them.

use super::canonical::hex;

/// A SHA-256 digest as engines write it: `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(String);

impl Digest {
    /// Reads `sha256:` and 64 lowercase hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("sha256:")?;
        let good = digits.len() == 64 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        good.then(|| Self(text.to_owned()))
    }

    /// Writes the digest of 32 bytes.
    #[must_use]
    pub fn of_hash(hash: [u8; 32]) -> Self {
        Self(format!("sha256:{}", hex(&hash)))
    }

    /// Gives the 32 bytes.
    #[must_use]
    pub fn hash(&self) -> Option<[u8; 32]> {
        let mut hash = [0; 32];
        let digits = self.0.strip_prefix("sha256:")?;
        for (at, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(hash)
    }

    /// Gives the text, `sha256:` included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
