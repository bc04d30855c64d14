//! The Merkle tree of RFC 6962 and RFC 9162 over SHA-256: leaves, nodes and the growing edge.
//!
//! A node is named by its level (0 for leaves) and its position on that level; it covers the
//! leaves from `position << level`. Only nodes of complete subtrees are stored, and never change.

mod proof;
mod verify;

pub use proof::{
    consistency_proof, inclusion_proof, nodes_for_consistency, nodes_for_inclusion, nodes_for_root, root_of,
};
pub use verify::{verify_consistency, verify_inclusion};

use crate::primitives::sha256;

/// A SHA-256 hash of the tree.
pub type Hash = [u8; 32];

/// A node of a complete subtree as `log_node` stores it: level, position on it, hash.
pub type Node = (u8, u64, Hash);

const COMMITMENT_LABEL: &[u8] = b"beffroi/1/salted leaf\0";

/// Why a tree cannot answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// The index or the size asked for lies outside the tree.
    #[error("this index or size lies outside the tree")]
    OutOfRange,
    /// A node that the store should hold is not there.
    #[error("node {position} of level {level} is missing from the log")]
    MissingNode {
        /// Its level, 0 for leaves.
        level: u8,
        /// Its position on the level.
        position: u64,
    },
    /// The number of peaks does not fit the size.
    #[error("{peaks} peaks cannot make a tree of {size} leaves")]
    Peaks {
        /// The size that was given.
        size: u64,
        /// How many peaks were given.
        peaks: usize,
    },
}

/// The root of a tree without leaves (RFC 9162 §2.1.1): SHA-256 of nothing.
pub fn empty_root() -> Hash {
    sha256(&[])
}

/// The hash of a leaf (RFC 9162 §2.1.1): SHA-256 of a zero byte and its data.
pub fn leaf_hash(data: &[u8]) -> Hash {
    sha256(&[&[0], data])
}

/// The hash of a node (RFC 9162 §2.1.1): SHA-256 of a one byte and its two children.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], left, right])
}

/// The data of a salted leaf: SHA-256 of `beffroi/1/salted leaf`, a zero byte, the salt and the
/// content, so that a log of commitments says nothing once salt and content are erased.
pub fn commitment(salt: &[u8; 32], content: &[u8]) -> Hash {
    sha256(&[COMMITMENT_LABEL, salt, content])
}

/// The leaf hash of a salted content: [`leaf_hash`] over its [`commitment`].
pub fn salted_leaf(salt: &[u8; 32], content: &[u8]) -> Hash {
    leaf_hash(&commitment(salt, content))
}

/// The nodes to store when a leaf is appended: itself, then each subtree that it completes.
pub fn nodes_completed_by(
    index: u64,
    leaf: Hash,
    lookup: &dyn Fn(u8, u64) -> Option<Hash>,
) -> Result<Vec<Node>, TreeError> {
    let mut completed = vec![(0, index, leaf)];
    let (mut level, mut position, mut hash) = (0u8, index, leaf);
    while position & 1 == 1 {
        let sibling = position - 1;
        let left = lookup(level, sibling);
        let left = left.ok_or(TreeError::MissingNode {
            level,
            position: sibling,
        })?;
        hash = node_hash(&left, &hash);
        level += 1;
        position >>= 1;
        completed.push((level, position, hash));
    }
    Ok(completed)
}

/// The growing edge of a tree: the roots of its complete subtrees, largest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// A tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes up a stored frontier: one peak for each bit set in the size, largest first.
    pub fn from_parts(size: u64, peaks: Vec<Hash>) -> Result<Self, TreeError> {
        if peaks.len() != size.count_ones() as usize {
            return Err(TreeError::Peaks {
                size,
                peaks: peaks.len(),
            });
        }
        Ok(Self { size, peaks })
    }

    /// Takes up the frontier of a tree whose complete nodes are stored.
    pub fn load(size: u64, lookup: &dyn Fn(u8, u64) -> Option<Hash>) -> Result<Self, TreeError> {
        let nodes = nodes_for_root(size).into_iter();
        let peaks =
            nodes.map(|(level, position)| lookup(level, position).ok_or(TreeError::MissingNode { level, position }));
        Self::from_parts(size, peaks.collect::<Result<_, _>>()?)
    }

    /// The size and the peaks, to store them.
    pub fn into_parts(self) -> (u64, Vec<Hash>) {
        (self.size, self.peaks)
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the complete subtrees, largest first.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Appends a leaf hash and gives the nodes to store, as [`nodes_completed_by`] would.
    pub fn push(&mut self, leaf: Hash) -> Vec<Node> {
        let mut completed = vec![(0, self.size, leaf)];
        let (mut level, mut position, mut hash) = (0u8, self.size, leaf);
        while position & 1 == 1
            && let Some(left) = self.peaks.pop()
        {
            hash = node_hash(&left, &hash);
            level += 1;
            position >>= 1;
            completed.push((level, position, hash));
        }
        self.peaks.push(hash);
        self.size += 1;
        completed
    }

    /// The root of the tree (RFC 9162 §2.1.1).
    pub fn root(&self) -> Hash {
        fold_peaks(&self.peaks).unwrap_or_else(empty_root)
    }
}

/// The root over neighbouring complete subtrees, largest first; nothing for none.
fn fold_peaks(peaks: &[Hash]) -> Option<Hash> {
    let mut from_right = peaks.iter().rev().copied();
    let last = from_right.next()?;
    Some(from_right.fold(last, |right, left| node_hash(&left, &right)))
}

#[cfg(test)]
mod tests;
