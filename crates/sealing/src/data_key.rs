//! Data keys: one a holder, wrapped by the instance key, so that destroying one erases its texts.

use std::fmt;

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::keys::{InstanceKey, InstanceKeyring};
use crate::primitives::{Secret, TAG_LENGTH, decrypt, encrypt, length_prefixed, sub_key};
use crate::sealed::SealError;

const FORMAT: u8 = 1;
const NONCE_AT: usize = 1 + 4;
const CIPHERTEXT_AT: usize = NONCE_AT + 24;
const WRAPPED_LENGTH: usize = CIPHERTEXT_AT + 32 + TAG_LENGTH;

/// Whose key it is: a campaign, its recordings, a vulnerability, a programme, a person, the instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder<'a> {
    /// What kind of thing holds the key, as the table of data keys writes it.
    pub kind: &'a str,
    /// Which one of them.
    pub id: Uuid,
}

/// An opened data key; its secret is wiped when it is dropped and never shown.
pub struct DataKey {
    id: Uuid,
    secret: Secret,
}

impl DataKey {
    /// Takes 32 random bytes as the data key that carries this id.
    pub fn from_random(id: Uuid, bytes: [u8; 32]) -> Self {
        Self {
            id,
            secret: Zeroizing::new(bytes),
        }
    }

    /// The id that sealed values name.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Wraps the key for its holder: format 1, instance key id, nonce, XChaCha20-Poly1305.
    pub fn wrap(&self, holder: Holder<'_>, key: &InstanceKey, nonce: [u8; 24]) -> Vec<u8> {
        let aad = wrap_context(holder, self.id, key.id());
        let mut wrapped = Vec::with_capacity(WRAPPED_LENGTH);
        wrapped.push(FORMAT);
        wrapped.extend_from_slice(&key.id().to_be_bytes());
        wrapped.extend_from_slice(&nonce);
        wrapped.extend(encrypt(&key.wrap_key(), &nonce, &aad, self.secret.as_ref()));
        wrapped
    }

    /// Opens a wrapped key, refused unless the id and the holder are those it was wrapped for.
    pub fn unwrap(wrapped: &[u8], id: Uuid, holder: Holder<'_>, keyring: &InstanceKeyring) -> Result<Self, SealError> {
        let key_id = instance_key_id_of(wrapped)?;
        let key = keyring.get(key_id).ok_or(SealError::UnknownInstanceKey(key_id))?;
        let nonce = wrapped[NONCE_AT..CIPHERTEXT_AT].try_into();
        let nonce = nonce.map_err(|_| SealError::Format)?;
        let aad = wrap_context(holder, id, key_id);
        let secret = decrypt(&key.wrap_key(), nonce, &aad, &wrapped[CIPHERTEXT_AT..])?;
        let bytes = secret.as_slice().try_into().map_err(|_| SealError::Format)?;
        Ok(Self::from_random(id, bytes))
    }

    /// Wraps an already wrapped key again under the current instance key, contents untouched.
    pub fn rewrap(
        wrapped: &[u8],
        id: Uuid,
        holder: Holder<'_>,
        keyring: &InstanceKeyring,
        nonce: [u8; 24],
    ) -> Result<Vec<u8>, SealError> {
        let key = Self::unwrap(wrapped, id, holder, keyring)?;
        Ok(key.wrap(holder, keyring.current(), nonce))
    }

    /// Derives the sub-key of this data key for one use.
    pub(crate) fn sub_key(&self, salt: &[u8], label: &str) -> Secret {
        sub_key(&self.secret, salt, label)
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataKey {{ id: {}, secret: hidden }}", self.id)
    }
}

/// The number of the instance key that wrapped a data key, to find what a rotation has left.
pub fn instance_key_id_of(wrapped: &[u8]) -> Result<u32, SealError> {
    if wrapped.len() != WRAPPED_LENGTH || wrapped[0] != FORMAT {
        return Err(SealError::Format);
    }
    let id = wrapped[1..NONCE_AT].try_into().map_err(|_| SealError::Format)?;
    Ok(u32::from_be_bytes(id))
}

fn wrap_context(holder: Holder<'_>, data_key: Uuid, instance_key: u32) -> Vec<u8> {
    length_prefixed(&[
        &[FORMAT],
        holder.kind.as_bytes(),
        holder.id.as_bytes(),
        data_key.as_bytes(),
        &instance_key.to_be_bytes(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: Uuid = Uuid::from_u128(1);
    const CAMPAIGN: Holder<'_> = Holder {
        kind: "campaign",
        id: Uuid::from_u128(2),
    };

    fn ring(ids: &[u32]) -> InstanceKeyring {
        let keys = ids.iter().map(|id| InstanceKey::new(*id, [*id as u8; 32]));
        InstanceKeyring::new(keys.collect()).unwrap()
    }

    fn wrapped(ring: &InstanceKeyring) -> Vec<u8> {
        DataKey::from_random(ID, [42; 32]).wrap(CAMPAIGN, ring.current(), [9; 24])
    }

    #[test]
    fn a_key_opens_for_its_holder_and_for_nobody_else() {
        let ring = ring(&[1]);
        let bytes = wrapped(&ring);
        let key = DataKey::unwrap(&bytes, ID, CAMPAIGN, &ring).unwrap();
        assert_eq!((*key.secret, key.id()), ([42; 32], ID));
        let other_kind = Holder {
            kind: "vulnerability",
            ..CAMPAIGN
        };
        let other_one = Holder {
            id: Uuid::from_u128(3),
            ..CAMPAIGN
        };
        for (id, holder) in [(ID, other_kind), (ID, other_one), (Uuid::from_u128(4), CAMPAIGN)] {
            let refused = DataKey::unwrap(&bytes, id, holder, &ring).unwrap_err();
            assert_eq!(refused, SealError::Refused);
        }
    }

    #[test]
    fn every_flipped_byte_and_every_other_length_is_refused() {
        let ring = ring(&[1, 2]);
        let bytes = wrapped(&ring);
        for at in 0..bytes.len() {
            for mask in [0x01, 0x80, 0xFF] {
                let mut flipped = bytes.clone();
                flipped[at] ^= mask;
                assert!(DataKey::unwrap(&flipped, ID, CAMPAIGN, &ring).is_err(), "byte {at}");
            }
            assert!(DataKey::unwrap(&bytes[..at], ID, CAMPAIGN, &ring).is_err());
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert_eq!(instance_key_id_of(&longer), Err(SealError::Format));
    }

    #[test]
    fn rotation_rewraps_the_key_and_leaves_the_secret() {
        let old = ring(&[1]);
        let bytes = wrapped(&old);
        assert_eq!(instance_key_id_of(&bytes), Ok(1));
        let rotated = ring(&[1, 2]);
        let rewrapped = DataKey::rewrap(&bytes, ID, CAMPAIGN, &rotated, [8; 24]).unwrap();
        assert_eq!(instance_key_id_of(&rewrapped), Ok(2));
        let only_new = ring(&[2]);
        let key = DataKey::unwrap(&rewrapped, ID, CAMPAIGN, &only_new).unwrap();
        assert_eq!(*key.secret, [42; 32]);
        let gone = DataKey::unwrap(&bytes, ID, CAMPAIGN, &only_new).unwrap_err();
        assert_eq!(gone, SealError::UnknownInstanceKey(1));
    }

    #[test]
    fn the_same_number_on_another_secret_does_not_open() {
        let bytes = wrapped(&ring(&[1]));
        let other = InstanceKeyring::new(vec![InstanceKey::new(1, [77; 32])]).unwrap();
        assert_eq!(
            DataKey::unwrap(&bytes, ID, CAMPAIGN, &other).unwrap_err(),
            SealError::Refused
        );
    }

    #[test]
    fn debug_hides_the_secret() {
        let shown = format!("{:?}", DataKey::from_random(ID, [0xAB; 32]));
        assert!(shown.contains("hidden") && !shown.contains("171"), "{shown}");
    }
}
