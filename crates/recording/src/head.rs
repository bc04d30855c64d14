//! The head of a segment: what it is, whose key opens it, which segment came before.

use sealing::recording::{RecordingKey, RecordingSecret, SEALED_SEGMENT_KEY, SegmentKey};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::entry::Micros;
use crate::wire::Malformed;

const MAGIC: [u8; 8] = *b"BFREC\x01\r\n";
const PLAIN: usize = 8 + 16 + 8 + 8 + 8 + 32;

/// The bytes of the head of a segment.
pub(crate) const SEGMENT_HEAD: usize = PLAIN + SEALED_SEGMENT_KEY;

/// What the head of a segment says to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentHead {
    /// The data key whose holder can read it.
    pub data_key: Uuid,
    /// The number of the segment among those of its campaign.
    pub sequence: u64,
    /// Which run of a recorder wrote it: numbers of exchanges are unique within one.
    pub session: u64,
    /// When it was opened.
    pub opened: Micros,
    /// The digest of the segment before it; zeros for the first.
    pub previous: [u8; 32],
}

impl SegmentHead {
    /// Writes the head with the key of the segment sealed to the campaign.
    pub(crate) fn seal(
        &self,
        to: &RecordingKey,
        key: &SegmentKey,
        chance: Zeroizing<[u8; 32]>,
    ) -> Result<[u8; SEGMENT_HEAD], sealing::SealError> {
        let mut bytes = [0; SEGMENT_HEAD];
        let (plain, sealed) = bytes.split_at_mut(PLAIN);
        plain.copy_from_slice(&self.plain());
        sealed.copy_from_slice(&to.seal(key, plain, chance)?);
        Ok(bytes)
    }

    /// Reads what a head says, without any key.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let plain: &[u8; PLAIN] = bytes.first_chunk().ok_or(Malformed)?;
        let (magic, rest) = plain.split_first_chunk::<8>().ok_or(Malformed)?;
        let (data_key, rest) = rest.split_first_chunk::<16>().ok_or(Malformed)?;
        let (sequence, rest) = rest.split_first_chunk::<8>().ok_or(Malformed)?;
        let (session, rest) = rest.split_first_chunk::<8>().ok_or(Malformed)?;
        let (opened, rest) = rest.split_first_chunk::<8>().ok_or(Malformed)?;
        if *magic != MAGIC {
            return Err(Malformed);
        }
        Ok(Self {
            data_key: Uuid::from_bytes(*data_key),
            sequence: u64::from_be_bytes(*sequence),
            session: u64::from_be_bytes(*session),
            opened: Micros::from_be_bytes(*opened),
            previous: rest.try_into().map_err(|_| Malformed)?,
        })
    }

    fn plain(&self) -> [u8; PLAIN] {
        let parts: [&[u8]; 6] = [
            &MAGIC,
            self.data_key.as_bytes(),
            &self.sequence.to_be_bytes(),
            &self.session.to_be_bytes(),
            &self.opened.to_be_bytes(),
            &self.previous,
        ];
        let mut plain = [0; PLAIN];
        plain.copy_from_slice(&parts.concat());
        plain
    }
}

/// Opens the key of the segment that a head carries.
pub(crate) fn open_key(bytes: &[u8; SEGMENT_HEAD], secret: &RecordingSecret) -> Result<SegmentKey, Malformed> {
    let (plain, sealed) = bytes.split_at(PLAIN);
    let sealed = sealed.try_into().map_err(|_| Malformed)?;
    secret.open(sealed, plain).map_err(|_| Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_reads_back_and_only_the_campaign_opens_its_key() {
        let secret = |seed| sealing::DataKey::from_random(Uuid::from_u128(5), [seed; 32]).recording_secret();
        let head = SegmentHead {
            data_key: Uuid::from_u128(5),
            sequence: 3,
            session: 9,
            opened: -4,
            previous: [8; 32],
        };
        let key = SegmentKey::from_random(Zeroizing::new([1; 32]));
        let bytes = head.seal(&secret(1).public(), &key, Zeroizing::new([2; 32])).unwrap();
        assert_eq!(SegmentHead::parse(&bytes), Ok(head));
        assert!(open_key(&bytes, &secret(1)).is_ok());
        assert!(open_key(&bytes, &secret(2)).is_err());
        for at in 0..SEGMENT_HEAD {
            let mut flipped = bytes;
            flipped[at] ^= 1;
            assert!(open_key(&flipped, &secret(1)).is_err(), "byte {at}");
            assert!(SegmentHead::parse(&bytes[..at.min(PLAIN - 1)]).is_err());
        }
    }
}
