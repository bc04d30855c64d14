//! Proofs of inclusion and consistency (RFC 9162 §2.1.3.1 and §2.1.4.1) from stored nodes.
//!
//! Each proof is planned as ranges of leaves, and each range as complete subtrees, so that a
//! store can first ask which nodes are needed and fetch them in one statement.

use std::ops::Range;

use super::{Hash, TreeError, empty_root, fold_peaks};

/// The hashes that lead from the leaf at this index to the root of a tree of this size.
pub fn inclusion_proof(
    lookup: &dyn Fn(u8, u64) -> Option<Hash>,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, TreeError> {
    inclusion_ranges(index, size)?
        .into_iter()
        .map(|range| range_hash(lookup, range))
        .collect()
}

/// The hashes that show the tree of the new size to begin with the tree of the old size.
pub fn consistency_proof(
    lookup: &dyn Fn(u8, u64) -> Option<Hash>,
    old_size: u64,
    new_size: u64,
) -> Result<Vec<Hash>, TreeError> {
    let ranges = consistency_ranges(old_size, new_size)?;
    ranges.into_iter().map(|range| range_hash(lookup, range)).collect()
}

/// The root of a tree of this size, from stored nodes.
pub fn root_of(lookup: &dyn Fn(u8, u64) -> Option<Hash>, size: u64) -> Result<Hash, TreeError> {
    if size == 0 {
        Ok(empty_root())
    } else {
        range_hash(lookup, 0..size)
    }
}

/// The stored nodes, as level and position, that [`inclusion_proof`] will look up.
pub fn nodes_for_inclusion(index: u64, size: u64) -> Result<Vec<(u8, u64)>, TreeError> {
    Ok(inclusion_ranges(index, size)?
        .into_iter()
        .flat_map(complete_subtrees)
        .collect())
}

/// The stored nodes, as level and position, that [`consistency_proof`] will look up.
pub fn nodes_for_consistency(old_size: u64, new_size: u64) -> Result<Vec<(u8, u64)>, TreeError> {
    let ranges = consistency_ranges(old_size, new_size)?;
    Ok(ranges.into_iter().flat_map(complete_subtrees).collect())
}

/// The stored nodes, as level and position, that [`root_of`] and a frontier are made of.
pub fn nodes_for_root(size: u64) -> Vec<(u8, u64)> {
    complete_subtrees(0..size)
}

/// PATH of RFC 9162 §2.1.3.1 as ranges of leaves, from the leaf up.
fn inclusion_ranges(index: u64, size: u64) -> Result<Vec<Range<u64>>, TreeError> {
    if index >= size {
        return Err(TreeError::OutOfRange);
    }
    let mut ranges = Vec::new();
    let mut tree = 0..size;
    while tree.end - tree.start > 1 {
        let middle = tree.start + left_size(tree.end - tree.start);
        if index < middle {
            ranges.push(middle..tree.end);
            tree.end = middle;
        } else {
            ranges.push(tree.start..middle);
            tree.start = middle;
        }
    }
    ranges.reverse();
    Ok(ranges)
}

/// SUBPROOF of RFC 9162 §2.1.4.1 as ranges of leaves, from the old edge up.
fn consistency_ranges(old_size: u64, new_size: u64) -> Result<Vec<Range<u64>>, TreeError> {
    if old_size > new_size {
        return Err(TreeError::OutOfRange);
    }
    if old_size == 0 || old_size == new_size {
        return Ok(Vec::new());
    }
    let mut ranges = Vec::new();
    let mut tree = 0..new_size;
    while tree.end != old_size {
        let middle = tree.start + left_size(tree.end - tree.start);
        if old_size <= middle {
            ranges.push(middle..tree.end);
            tree.end = middle;
        } else {
            ranges.push(tree.start..middle);
            tree.start = middle;
        }
    }
    // The old tree itself is known to who checks; a part of it is not.
    if tree.start > 0 {
        ranges.push(tree);
    }
    ranges.reverse();
    Ok(ranges)
}

/// The largest power of two that is smaller than a size of at least 2.
fn left_size(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

/// The complete subtrees that make a range whose start its first subtree divides.
fn complete_subtrees(range: Range<u64>) -> Vec<(u8, u64)> {
    let mut start = range.start;
    let mut nodes = Vec::new();
    while start < range.end {
        let level = (range.end - start).ilog2();
        nodes.push((level as u8, start >> level));
        start += 1 << level;
    }
    nodes
}

fn range_hash(lookup: &dyn Fn(u8, u64) -> Option<Hash>, range: Range<u64>) -> Result<Hash, TreeError> {
    let nodes = complete_subtrees(range).into_iter();
    let peaks =
        nodes.map(|(level, position)| lookup(level, position).ok_or(TreeError::MissingNode { level, position }));
    fold_peaks(&peaks.collect::<Result<Vec<_>, _>>()?).ok_or(TreeError::OutOfRange)
}
