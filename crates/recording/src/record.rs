//! The record of a segment: what the database learns of it, and what the log can commit to.

use std::fmt::Write as _;

use crate::entry::Micros;

/// What became of a segment, as told to whoever keeps the list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentRecord {
    /// The number of the segment among those of its campaign.
    pub sequence: u64,
    /// Its bytes.
    pub size: u64,
    /// BLAKE3 of the whole file.
    pub digest: [u8; 32],
    /// The digest of the segment before it; zeros for the first.
    pub previous: [u8; 32],
    /// When it was opened.
    pub first: Micros,
    /// The last instant that it tells of.
    pub last: Micros,
    /// How many exchanges and messages began in it; unknown for one that was not closed.
    pub counts: Option<Counts>,
}

/// What a segment holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Exchanges that began in it.
    pub exchanges: u64,
    /// WebSocket messages that ended in it.
    pub messages: u64,
    /// Bytes that passed, as recorded before compression and storing once.
    pub bytes: u64,
}

impl SegmentRecord {
    /// The name of the file of the segment.
    pub fn name(&self) -> String {
        crate::disk::closed_name(self.sequence)
    }

    /// Whether the segment was left by a crash or a failure instead of being closed.
    pub fn is_torn(&self) -> bool {
        self.counts.is_none()
    }

    /// The record as lines of text.
    pub fn to_text(&self) -> String {
        let mut text = format!(
            "sequence {}\nsize {}\ndigest {}\nprevious {}\nfirst {}\nlast {}\n",
            self.sequence,
            self.size,
            hex(&self.digest),
            hex(&self.previous),
            self.first,
            self.last,
        );
        if let Some(Counts {
            exchanges,
            messages,
            bytes,
        }) = self.counts
        {
            // Writing to a text cannot fail.
            let _ = write!(text, "exchanges {exchanges}\nmessages {messages}\nbytes {bytes}\n");
        }
        text
    }

    /// Reads the lines that [`SegmentRecord::to_text`] writes, and no other.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let mut record = Self {
            sequence: field("sequence")?.parse().ok()?,
            size: field("size")?.parse().ok()?,
            digest: unhex(field("digest")?)?,
            previous: unhex(field("previous")?)?,
            first: field("first")?.parse().ok()?,
            last: field("last")?.parse().ok()?,
            counts: None,
        };
        if let Some(exchanges) = field("exchanges") {
            record.counts = Some(Counts {
                exchanges: exchanges.parse().ok()?,
                messages: field("messages")?.parse().ok()?,
                bytes: field("bytes")?.parse().ok()?,
            });
        }
        (record.to_text() == text).then_some(record)
    }
}

fn hex(bytes: &[u8; 32]) -> String {
    blake3::Hash::from_bytes(*bytes).to_hex().to_string()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    blake3::Hash::from_hex(text).ok().map(|hash| *hash.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_record_reads_back(sequence: u64, size: u64, digest: [u8; 32], first: i64, last: i64, torn: bool, exchanges: u64) {
            let counts = (!torn).then_some(Counts { exchanges, messages: 1, bytes: 2 });
            let record = SegmentRecord { sequence, size, digest, previous: [1; 32], first, last, counts };
            prop_assert_eq!(SegmentRecord::parse(&record.to_text()), Some(record));
        }

        #[test]
        fn any_other_text_is_refused(text: String) {
            prop_assert_eq!(SegmentRecord::parse(&text), None);
        }
    }
}
