//! The secret of the link and what derives from it.

use std::fmt;

use zeroize::Zeroizing;

/// The secret that both sides of a link hold: 32 random bytes, wiped when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 32]>);

/// Which side says something; a proof of one serves none of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Gateway,
    Platform,
}

/// What is derived for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Proof,
    Frames,
}

/// Both fresh nonces of a stream.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nonces {
    pub(crate) gateway: [u8; 32],
    pub(crate) platform: [u8; 32],
}

impl Secret {
    /// Takes 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// What a side shows to prove that it holds the secret.
    pub(crate) fn proof(&self, role: Role, nonces: &Nonces) -> blake3::Hash {
        self.derived(role, Use::Proof, nonces)
    }

    /// The key of the frames that a side sends on this stream.
    pub(crate) fn frame_key(&self, role: Role, nonces: &Nonces) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(*self.derived(role, Use::Frames, nonces).as_bytes())
    }

    /// BLAKE3 in its keyed mode over a label of fixed length and both nonces.
    fn derived(&self, role: Role, r#use: Use, nonces: &Nonces) -> blake3::Hash {
        let label: &[u8; 24] = match (role, r#use) {
            (Role::Gateway, Use::Proof) => b"beffroi/1 gateway proof ",
            (Role::Platform, Use::Proof) => b"beffroi/1 platform proof",
            (Role::Gateway, Use::Frames) => b"beffroi/1 gateway frames",
            (Role::Platform, Use::Frames) => b"beffroi/1 platfrm frames",
        };
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(label).update(&nonces.gateway).update(&nonces.platform);
        hasher.finalize()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}
