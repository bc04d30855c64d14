//! The instance keys, which live in a file outside the database, and what derives from them.

use std::fmt::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::primitives::{Secret, sub_key};

const WRAP_LABEL: &str = "beffroi/1/wrap data keys";
const LOOKUP_LABEL: &str = "beffroi/1/keyed hashes";

/// One line of the key file: the secret that wraps the data keys of an instance.
pub struct InstanceKey {
    id: u32,
    bytes: Secret,
}

impl InstanceKey {
    /// Takes 32 random bytes as the key that carries this number.
    pub fn new(id: u32, bytes: [u8; 32]) -> Self {
        Self {
            id,
            bytes: Zeroizing::new(bytes),
        }
    }

    /// The number that wrapped data keys name.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The line of the key file that holds this key: `id base64`, with its newline.
    pub fn to_text(&self) -> Zeroizing<String> {
        // Room for the whole line at once: a text that grows leaves copies of itself behind.
        let mut line = Zeroizing::new(String::with_capacity(64));
        write!(line, "{} ", self.id).expect("writing to a text cannot fail");
        STANDARD.encode_string(self.bytes.as_ref(), &mut line);
        line.push('\n');
        line
    }

    /// The sub-key that only wraps data keys.
    pub(crate) fn wrap_key(&self) -> Secret {
        sub_key(&self.bytes, b"", WRAP_LABEL)
    }
}

impl fmt::Debug for InstanceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InstanceKey {{ id: {}, bytes: hidden }}", self.id)
    }
}

/// The keys of an instance: one wraps from now on, the previous ones still unwrap.
#[derive(Debug)]
pub struct InstanceKeyring {
    current: InstanceKey,
    previous: Vec<InstanceKey>,
}

/// Why a key file cannot be used; it names lines and numbers, never a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// No line holds a key.
    #[error("the key file holds no key")]
    Empty,
    /// A line is not a number, one space and a base64 text.
    #[error("line {0} of the key file should read: a number, one space, 44 characters of base64")]
    Shape(usize),
    /// The base64 of a line does not give 32 bytes.
    #[error("line {0} of the key file does not hold 32 bytes in base64")]
    Bytes(usize),
    /// Two lines carry the same number.
    #[error("the key file holds two keys numbered {0}")]
    Twice(u32),
    /// A key is all zeros: a file that was prepared and never filled.
    #[error("key {0} of the key file is all zeros")]
    Zeros(u32),
}

impl InstanceKeyring {
    /// Takes the keys in the order of the file: the last is current, the first never leaves,
    /// since the keyed hashes of the whole database derive from it.
    pub fn new(mut keys: Vec<InstanceKey>) -> Result<Self, KeyFileError> {
        for (position, key) in keys.iter().enumerate() {
            if keys[..position].iter().any(|earlier| earlier.id == key.id) {
                return Err(KeyFileError::Twice(key.id));
            }
            if *key.bytes == [0; 32] {
                return Err(KeyFileError::Zeros(key.id));
            }
        }
        let current = keys.pop().ok_or(KeyFileError::Empty)?;
        Ok(Self {
            current,
            previous: keys,
        })
    }

    /// The key that wraps from now on.
    pub fn current(&self) -> &InstanceKey {
        &self.current
    }

    /// The keys that only unwrap, oldest first.
    pub fn previous(&self) -> &[InstanceKey] {
        &self.previous
    }

    /// The key that carries this number.
    pub fn get(&self, id: u32) -> Option<&InstanceKey> {
        self.in_order().find(|key| key.id == id)
    }

    /// Reads a key file: one `id base64` a line, oldest first; empty lines and `#` are skipped.
    pub fn parse(text: &str) -> Result<Self, KeyFileError> {
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
        lines
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .map(|(number, line)| parse_line(number, line))
            .collect::<Result<Vec<_>, _>>()
            .and_then(Self::new)
    }

    /// Writes the key file that [`InstanceKeyring::parse`] reads.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(64 * (self.previous.len() + 1)));
        for key in self.in_order() {
            text.push_str(&key.to_text());
        }
        text
    }

    /// The sub-key for keyed hashes, the same before and after every rotation.
    pub(crate) fn lookup_key(&self) -> Secret {
        let first = self.previous.first().unwrap_or(&self.current);
        sub_key(&first.bytes, b"", LOOKUP_LABEL)
    }

    fn in_order(&self) -> impl Iterator<Item = &InstanceKey> {
        self.previous.iter().chain([&self.current])
    }
}

fn parse_line(number: usize, line: &str) -> Result<InstanceKey, KeyFileError> {
    let (id, encoded) = line.split_once(' ').ok_or(KeyFileError::Shape(number))?;
    let id = id.parse().map_err(|_| KeyFileError::Shape(number))?;
    let decoded = STANDARD.decode(encoded).map(Zeroizing::new);
    let decoded = decoded.map_err(|_| KeyFileError::Bytes(number))?;
    let bytes = decoded.as_slice().try_into().map_err(|_| KeyFileError::Bytes(number))?;
    Ok(InstanceKey::new(id, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(seeds: &[u8]) -> InstanceKeyring {
        let keys = seeds.iter().map(|seed| InstanceKey::new(u32::from(*seed), [*seed; 32]));
        InstanceKeyring::new(keys.collect()).unwrap()
    }

    #[test]
    fn the_last_key_is_current_and_each_is_found_by_its_number() {
        let ring = ring(&[1, 2, 3]);
        assert_eq!(ring.current().id(), 3);
        assert_eq!(ring.previous().len(), 2);
        assert_eq!(ring.get(2).unwrap().id(), 2);
        assert!(ring.get(4).is_none());
    }

    #[test]
    fn a_key_file_reads_back_with_comments_and_windows_newlines() {
        let text = ring(&[1, 9]).to_text();
        assert_eq!(InstanceKeyring::parse(&text).unwrap().to_text(), text);
        let edited = format!("# keys of the instance\r\n\r\n{}", text.replace('\n', "\r\n"));
        assert_eq!(InstanceKeyring::parse(&edited).unwrap().to_text(), text);
    }

    #[test]
    fn a_wrong_key_file_says_which_line_and_shows_no_key() {
        let line = ring(&[1]).to_text();
        let parse = |text: &str| InstanceKeyring::parse(text).unwrap_err();
        assert_eq!(parse("# nothing\n"), KeyFileError::Empty);
        assert_eq!(parse(&format!("{}x\n", *line)), KeyFileError::Shape(2));
        assert_eq!(parse("-1 AAAA"), KeyFileError::Shape(1));
        assert_eq!(parse("7 c2hvcnQ="), KeyFileError::Bytes(1));
        assert_eq!(parse("7 not base64"), KeyFileError::Bytes(1));
        assert_eq!(parse(&line.repeat(2)), KeyFileError::Twice(1));
        let zeros = InstanceKey::new(5, [0; 32]).to_text();
        assert_eq!(parse(&zeros), KeyFileError::Zeros(5));
    }

    #[test]
    fn debug_hides_the_key() {
        let shown = format!("{:?}", ring(&[0xAB]));
        assert!(shown.contains("hidden") && !shown.contains("171, 171"), "{shown}");
    }

    #[test]
    fn the_lookup_key_outlives_rotation_and_differs_from_the_wrap_key() {
        let before = ring(&[1]);
        let after = ring(&[1, 2]);
        assert_eq!(*before.lookup_key(), *after.lookup_key());
        assert_ne!(*before.lookup_key(), *ring(&[2]).lookup_key());
        assert_ne!(*before.lookup_key(), *before.current().wrap_key());
        assert_ne!(*before.lookup_key(), [1; 32]);
    }
}
