//! Envelope encryption, salted leaves, the Merkle log and its signatures, all pure.
//!
//! Nothing here reads a file, a clock or a source of chance: random bytes and instants are
//! arguments. The keys go down three steps, and each key serves one use:
//!
//! ```text
//! instance key (outside the database) ── wraps ──▶ data key of a holder ── seals ──▶ a value
//!        │                                               └ derives the key pair of recordings
//!        └ first of the file ── keyed hashes for lookups
//! ```
//!
//! The log goes the other way: an entry becomes a salted leaf, leaves become a root, and the
//! root is signed in a checkpoint; a receipt promises a leaf, a proof ties it to a checkpoint.

pub mod certificate;
pub mod checkpoint;
pub mod chunked;
pub mod data_key;
pub mod destruction;
#[cfg(test)]
mod formats;
pub mod keys;
pub mod lookup;
pub mod merkle;
pub mod note;
mod primitives;
pub mod receipt;
pub mod receipt_proof;
pub mod recording;
pub mod sealed;

pub use certificate::{Certificate, CertificateKey};
pub use checkpoint::{Checkpoint, sign_checkpoint, verify_checkpoint};
pub use data_key::{DataKey, Holder, instance_key_id_of};
pub use destruction::{Tombstone, TombstoneError, parse_tombstones};
pub use keys::{InstanceKey, InstanceKeyring, KeyFileError};
pub use lookup::{
    content_digest, keyed_hash, line_is_signed, same_hash, sign_line, token_from_text, token_hash, token_text,
};
pub use merkle::{Frontier, Hash, TreeError};
pub use note::{LogSigner, LogVerifier, NoteError};
pub use receipt::{Receipt, ReceiptError, entry_leaf, parse_and_verify_receipt, sign_receipt};
pub use receipt_proof::{ProvenReceipt, ReceiptProof, verify_receipt_with_proof};
pub use recording::{RecordingKey, RecordingSecret, SegmentKey};
pub use sealed::{Place, SealError, key_id_of};
