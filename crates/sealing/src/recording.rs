//! The key pair of a campaign's recordings: whoever records holds the public half and cannot read
//! back what it wrote; the private half derives from the data key of its recordings and dies with it.
//!
//! A segment has a fresh symmetric key, sealed to the public half by HPKE (RFC 9180, base mode,
//! DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305) and forgotten at its end. Its
//! frames are sealed with AES-256-GCM, the nonce being the number of the frame: every byte that
//! passes the gateway is sealed once, and ring's is several times faster than the cipher of values.

use std::convert::Infallible;
use std::fmt;

use hpke::aead::ChaCha20Poly1305 as HpkeAead;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::data_key::DataKey;
use crate::primitives::{Secret, TAG_LENGTH};
use crate::sealed::SealError;

const PAIR_LABEL: &str = "beffroi/1/recording key pair";
const CONTENT_LABEL: &str = "beffroi/1/recorded contents";
const SEGMENT_LABEL: &[u8] = b"beffroi/1/segment key";
const ENCAPSULATED: usize = 32;

/// The bytes of a sealed segment key: the encapsulated key, the ciphertext, its tag.
pub const SEALED_SEGMENT_KEY: usize = ENCAPSULATED + 32 + TAG_LENGTH;

/// The bytes that sealing adds to a frame.
pub const FRAME_TAG: usize = TAG_LENGTH;

/// The public half: seals the keys of segments and opens none.
#[derive(Clone, PartialEq, Eq)]
pub struct RecordingKey {
    data_key: Uuid,
    point: [u8; 32],
}

impl RecordingKey {
    /// Takes the public half as a message brought it: the data key it derives from, and its bytes.
    pub fn new(data_key: Uuid, point: [u8; 32]) -> Result<Self, SealError> {
        let key = Self { data_key, point };
        key.kem().map(|_| key)
    }

    /// The data key whose holder can read.
    pub fn data_key(&self) -> Uuid {
        self.data_key
    }

    /// The public bytes (RFC 9180 §7.1.1).
    pub fn to_bytes(&self) -> [u8; 32] {
        self.point
    }

    /// Seals the key of a segment for the holder of the private half, bound to the head of the
    /// segment; `chance` are 32 random bytes that serve once.
    pub fn seal(
        &self,
        segment: &SegmentKey,
        head: &[u8],
        chance: Zeroizing<[u8; 32]>,
    ) -> Result<[u8; SEALED_SEGMENT_KEY], SealError> {
        let (encapsulated, ciphertext) = hpke::single_shot_seal_with_rng::<HpkeAead, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &self.kem()?,
            SEGMENT_LABEL,
            segment.secret.as_ref(),
            head,
            &mut Given(chance),
        )
        .map_err(|_| SealError::Refused)?;
        let mut sealed = [0; SEALED_SEGMENT_KEY];
        let (first, second) = sealed.split_at_mut(ENCAPSULATED);
        first.copy_from_slice(&encapsulated.to_bytes());
        second.copy_from_slice(&ciphertext);
        Ok(sealed)
    }

    fn kem(&self) -> Result<<X25519HkdfSha256 as Kem>::PublicKey, SealError> {
        Deserializable::from_bytes(&self.point).map_err(|_| SealError::Format)
    }
}

impl fmt::Debug for RecordingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordingKey {{ data_key: {} }}", self.data_key)
    }
}

/// The private half: opens the keys of segments.
pub struct RecordingSecret {
    data_key: Uuid,
    private: <X25519HkdfSha256 as Kem>::PrivateKey,
    public: [u8; 32],
}

impl RecordingSecret {
    /// The public half, to hand to whoever records.
    pub fn public(&self) -> RecordingKey {
        RecordingKey {
            data_key: self.data_key,
            point: self.public,
        }
    }

    /// Opens the key of a segment, refused unless the head is the one it was sealed with.
    pub fn open(&self, sealed: &[u8; SEALED_SEGMENT_KEY], head: &[u8]) -> Result<SegmentKey, SealError> {
        let (encapsulated, ciphertext) = sealed.split_at(ENCAPSULATED);
        let encapsulated = Deserializable::from_bytes(encapsulated).map_err(|_| SealError::Refused)?;
        let secret = hpke::single_shot_open::<HpkeAead, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.private,
            &encapsulated,
            SEGMENT_LABEL,
            ciphertext,
            head,
        );
        let secret = Zeroizing::new(secret.map_err(|_| SealError::Refused)?);
        let bytes = secret.as_slice().try_into().map_err(|_| SealError::Refused)?;
        Ok(SegmentKey::from_random(Zeroizing::new(bytes)))
    }
}

impl fmt::Debug for RecordingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordingSecret {{ data_key: {}, private: hidden }}", self.data_key)
    }
}

impl DataKey {
    /// The key pair of the recordings of this key's holder; destroying the key destroys it.
    pub fn recording_secret(&self) -> RecordingSecret {
        let seed = self.sub_key(b"", PAIR_LABEL);
        let (private, public) = X25519HkdfSha256::derive_keypair(seed.as_ref());
        RecordingSecret {
            data_key: self.id(),
            private,
            public: public.to_bytes().into(),
        }
    }

    /// The key under which recorded contents are hashed, so that equal ones are stored once and
    /// nobody without it can try guesses. The recorder holds it; it opens nothing.
    pub fn recorded_content_key(&self) -> Zeroizing<[u8; 32]> {
        self.sub_key(b"", CONTENT_LABEL)
    }
}

/// The symmetric key of one segment; wiped when dropped.
pub struct SegmentKey {
    secret: Secret,
    // Stands still in memory, so that overwriting it leaves no copy.
    cipher: Box<LessSafeKey>,
}

impl SegmentKey {
    /// Takes 32 random bytes as the key of one segment.
    pub fn from_random(bytes: Zeroizing<[u8; 32]>) -> Self {
        let cipher = Box::new(cipher(&bytes));
        Self { secret: bytes, cipher }
    }

    /// Seals a frame in place and gives its tag; `frame` is its number, never used twice.
    pub fn seal_frame(&self, frame: u64, context: &[u8], bytes: &mut [u8]) -> [u8; FRAME_TAG] {
        let tag = self
            .cipher
            .seal_in_place_separate_tag(nonce(frame), Aad::from(context), bytes)
            .expect("the cipher takes 64 GiB, more than a frame holds");
        tag.as_ref().try_into().expect("the tag of AES-GCM has 16 bytes")
    }

    /// Opens a frame that its tag follows, in place, or refuses it when anything differs.
    pub fn open_frame<'b>(&self, frame: u64, context: &[u8], sealed: &'b mut [u8]) -> Result<&'b [u8], SealError> {
        let opened = self.cipher.open_in_place(nonce(frame), Aad::from(context), sealed);
        opened.map(|bytes| &*bytes).map_err(|_| SealError::Refused)
    }
}

impl Drop for SegmentKey {
    fn drop(&mut self) {
        *self.cipher = cipher(&[0; 32]);
        // Without a reader, the compiler might leave the overwriting out.
        std::hint::black_box(&self.cipher);
    }
}

impl fmt::Debug for SegmentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SegmentKey {{ secret: hidden }}")
    }
}

fn cipher(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("AES-256 takes 32 bytes"))
}

fn nonce(frame: u64) -> Nonce {
    let mut nonce = [0; 12];
    nonce[4..].copy_from_slice(&frame.to_be_bytes());
    Nonce::assume_unique_for_key(nonce)
}

/// Hands out the bytes it was given, once: chance is an argument here.
struct Given(Zeroizing<[u8; 32]>);

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    /// Derives what is asked for and steps on, so that no two calls give the same bytes.
    fn try_fill_bytes(&mut self, asked: &mut [u8]) -> Result<(), Infallible> {
        for part in asked.chunks_mut(32) {
            let given = crate::primitives::sub_key(&self.0, b"", "beffroi/1/given chance");
            part.copy_from_slice(&given[..part.len()]);
            self.0 = crate::primitives::sub_key(&self.0, b"", "beffroi/1/next chance");
        }
        Ok(())
    }
}

impl TryCryptoRng for Given {}

#[cfg(test)]
mod tests {
    use super::*;

    fn data_key(seed: u8) -> DataKey {
        DataKey::from_random(Uuid::from_u128(u128::from(seed)), [seed; 32])
    }

    fn chance(seed: u8) -> Zeroizing<[u8; 32]> {
        Zeroizing::new([seed; 32])
    }

    #[test]
    fn only_the_private_half_opens_a_segment_key_and_only_with_its_head() {
        let secret = data_key(1).recording_secret();
        let segment = SegmentKey::from_random(chance(9));
        let sealed = secret.public().seal(&segment, b"head", chance(5)).unwrap();
        assert_eq!(*secret.open(&sealed, b"head").unwrap().secret, [9; 32]);
        assert_eq!(secret.open(&sealed, b"heap").unwrap_err(), SealError::Refused);
        let other = data_key(2).recording_secret();
        assert_eq!(other.open(&sealed, b"head").unwrap_err(), SealError::Refused);
        for at in 0..sealed.len() {
            let mut flipped = sealed;
            flipped[at] ^= 1;
            assert!(secret.open(&flipped, b"head").is_err(), "byte {at}");
        }
    }

    #[test]
    fn the_pair_is_the_same_each_time_and_travels_as_bytes() {
        let public = data_key(1).recording_secret().public();
        assert_eq!(public, data_key(1).recording_secret().public());
        assert_eq!(RecordingKey::new(public.data_key(), public.to_bytes()).unwrap(), public);
        assert_ne!(public.to_bytes(), data_key(2).recording_secret().public().to_bytes());
        assert_ne!(*data_key(1).recorded_content_key(), *data_key(2).recorded_content_key());
    }

    #[test]
    fn each_chance_gives_another_encapsulation() {
        let public = data_key(1).recording_secret().public();
        let segment = SegmentKey::from_random(chance(9));
        let one = public.seal(&segment, b"", chance(1)).unwrap();
        assert_eq!(one, public.seal(&segment, b"", chance(1)).unwrap());
        assert_ne!(one[..32], public.seal(&segment, b"", chance(2)).unwrap()[..32]);
    }

    #[test]
    fn a_frame_opens_at_its_number_and_in_its_context_only() {
        let key = SegmentKey::from_random(chance(3));
        let mut bytes = *b"some bytes";
        let tag = key.seal_frame(7, b"context", &mut bytes);
        let mut sealed = [bytes.as_slice(), &tag].concat();
        let open = |frame, context: &[u8], mut sealed: Vec<u8>| {
            key.open_frame(frame, context, &mut sealed).map(<[u8]>::to_vec)
        };
        assert_eq!(open(7, b"context", sealed.clone()).unwrap(), *b"some bytes");
        assert!(open(8, b"context", sealed.clone()).is_err());
        assert!(open(7, b"contexT", sealed.clone()).is_err());
        assert!(open(7, b"context", sealed[..FRAME_TAG - 1].to_vec()).is_err());
        sealed[3] ^= 1;
        assert!(open(7, b"context", sealed).is_err());
    }

    #[test]
    fn debug_hides_the_secrets() {
        let secret = data_key(0xAB).recording_secret();
        let shown = format!("{secret:?} {:?}", SegmentKey::from_random(chance(0xAB)));
        assert!(
            shown.matches("hidden").count() == 2 && !shown.contains("171"),
            "{shown}"
        );
    }
}
