//! A bundle: chosen exchanges as one file that anybody can check offline, and any archiver opens.
//!
//! It is a tar file (POSIX.1-2017, ustar) with, in this order:
//!
//! ```text
//! exchanges/0001/exchange.json   heads, instants, lease, fingerprint, what became of the bodies
//! exchanges/0001/request.body    as it passed; likewise response.body and messages.bin
//! targets/0001.json              what a fingerprint stands for, as it was handed in
//! chain/0000000000000007.record  the records of the segments it came from, without a hole
//! manifest.json                  name, size and SHA-256 of every file before it
//! proofs/…                       of the log, about the manifest or the records; opaque here
//! ```
//!
//! The digest of a bundle is the SHA-256 of its manifest: that is what the log commits to.

mod compare;
mod form;
mod read;
mod tar;
#[cfg(test)]
mod tests;
mod write;

use std::io;

use crate::collect::Recorded;
use crate::entry::Micros;
use crate::find::Place;
use crate::reader::ReadError;
use crate::record::SegmentRecord;

pub use compare::unlike;
pub use read::read;
pub use write::{BundleWriter, Manifested};

/// The name of the format and its version.
pub const FORMAT: &str = "beffroi-bundle 1";

/// What a bundle is about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// When it was made.
    pub made: Micros,
    /// By which program and version.
    pub creator: String,
    /// Of which campaign.
    pub campaign: String,
    /// For which report, or another occasion.
    pub subject: String,
    /// Whether secrets were left out.
    pub redacted: bool,
}

/// How large a bundle may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BundleLimits {
    /// The most exchanges.
    pub exchanges: usize,
    /// The most bytes of all files together; a reader holds them in memory.
    pub bytes: u64,
}

impl Default for BundleLimits {
    fn default() -> Self {
        Self {
            exchanges: 1000,
            bytes: 256 << 20,
        }
    }
}

/// A file of a bundle that is opaque here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a fingerprint stands for: digests, version, configuration, as the platform describes them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Described {
    /// The fingerprint that exchanges name.
    pub fingerprint: String,
    /// What it stands for.
    pub description: String,
}

/// A bundle that was read, and whose files are those of its manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// What it is about.
    pub about: About,
    /// The exchanges with the places where they began; their bytes are within (see [`crate::Inline`]).
    pub exchanges: Vec<(Place, Recorded)>,
    /// What the fingerprints stand for.
    pub targets: Vec<Described>,
    /// The records of the segments they came from, a chain without a hole.
    pub records: Vec<SegmentRecord>,
    /// The proofs of the log.
    pub proofs: Vec<Attached>,
    /// SHA-256 of the manifest: what the log commits to.
    pub digest: [u8; 32],
}

/// Why a bundle is not made, or not believed.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// It cannot be read or written.
    #[error("the bundle cannot be read or written: {0}")]
    Io(#[from] io::Error),
    /// What was recorded does not read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is no bundle, or one of a version that is not known.
    #[error("this is no bundle of a known version")]
    NotABundle,
    /// It is larger than the limits, or an exchange of it is.
    #[error("the bundle is larger than it may be")]
    TooLarge,
    /// A file does not have the name, size or digest that the manifest tells.
    #[error("{0} is not what the manifest tells of")]
    Altered(String),
    /// A file of the manifest is not there.
    #[error("{0} is missing")]
    Missing(String),
    /// A file does not read as what it should be.
    #[error("{0} does not read")]
    Malformed(String),
    /// A segment's record does not follow the one before it, or is not told of.
    #[error("the record of segment {0} is missing, or does not follow the one before")]
    Broken(u64),
}
