//! Contents that are known already, so that each is stored once: a bounded memory of keyed hashes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use zeroize::Zeroizing;

use crate::entry::Location;

/// How many contents one generation remembers; two are kept, about 6 MiB together.
const GENERATION: usize = 57_000;

/// The keyed hash of a content (BLAKE3 under a key of the campaign), shortened to 128 bits.
type Name = [u8; 16];

/// Where contents were first stored. What has not been met again for long is forgotten, and then
/// stored anew: that costs room, never truth.
pub(crate) struct Contents {
    key: Zeroizing<[u8; 32]>,
    recent: Names,
    older: Names,
    generation: usize,
}

type Names = HashMap<Name, Location, BuildHasherDefault<FirstBytes>>;

impl Contents {
    pub(crate) fn new(key: Zeroizing<[u8; 32]>) -> Self {
        Self {
            key,
            recent: Names::default(),
            older: Names::default(),
            generation: GENERATION,
        }
    }

    /// Where this content stands; `store` says where, when it stands nowhere yet.
    pub(crate) fn locate(&mut self, content: &[u8], store: impl FnOnce() -> Location) -> Location {
        let name = self.name(content);
        if let Some(location) = self.recent.get(&name) {
            return *location;
        }
        let location = self.older.get(&name).copied().unwrap_or_else(store);
        if self.recent.len() >= self.generation {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(name, location);
        location
    }

    /// Forgets what stands in a segment that may not be whole.
    pub(crate) fn forget(&mut self, segment: u64) {
        self.recent.retain(|_, location| location.segment != segment);
        self.older.retain(|_, location| location.segment != segment);
    }

    fn name(&self, content: &[u8]) -> Name {
        let hash = blake3::keyed_hash(&self.key, content);
        let mut name = Name::default();
        name.copy_from_slice(&hash.as_bytes()[..16]);
        name
    }
}

/// Names are hashes already: their first bytes serve as they are.
#[derive(Default)]
struct FirstBytes(u64);

impl Hasher for FirstBytes {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 = u64::from_le_bytes(*first);
        }
    }

    fn write_usize(&mut self, _length: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(segment: u64) -> Location {
        Location {
            segment,
            block: 0,
            offset: 0,
            length: 1,
        }
    }

    fn contents(generation: usize) -> Contents {
        Contents {
            generation,
            ..Contents::new(Zeroizing::new([1; 32]))
        }
    }

    #[test]
    fn a_content_is_stored_once() {
        let mut contents = contents(10);
        assert_eq!(contents.locate(b"a", || at(1)), at(1));
        assert_eq!(contents.locate(b"a", || unreachable!()), at(1));
        assert_eq!(contents.locate(b"b", || at(2)), at(2));
    }

    #[test]
    fn the_memory_is_bounded_and_keeps_what_is_met_again() {
        let mut contents = contents(10);
        for round in 0u32..100 {
            contents.locate(&round.to_be_bytes(), || at(u64::from(round)));
            contents.locate(b"often", || at(0));
            assert!(contents.recent.len() + contents.older.len() <= 20);
        }
        assert_eq!(contents.locate(b"often", || unreachable!()), at(0));
        assert_eq!(contents.locate(&0u32.to_be_bytes(), || at(999)), at(999));
    }

    #[test]
    fn a_segment_that_failed_is_forgotten() {
        let mut contents = contents(10);
        contents.locate(b"a", || at(1));
        contents.forget(1);
        assert_eq!(contents.locate(b"a", || at(2)), at(2));
    }
}
