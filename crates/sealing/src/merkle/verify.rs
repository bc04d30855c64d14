//! Checking proofs (RFC 9162 §2.1.3.2 and §2.1.4.2), with nothing but the proof in hand.

use super::{Hash, empty_root, node_hash};

/// Whether a leaf hash stands at this index of the tree with this size and root.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(sibling, &hash);
            // On the right edge a level without a sibling is passed over.
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether the tree of the new size and root begins with the tree of the old size and root.
pub fn verify_consistency(old_size: u64, old_root: &Hash, new_size: u64, new_root: &Hash, proof: &[Hash]) -> bool {
    if old_size > new_size {
        return false;
    }
    if old_size == 0 {
        let both_empty = new_size > 0 || *new_root == empty_root();
        return proof.is_empty() && *old_root == empty_root() && both_empty;
    }
    if old_size == new_size {
        return proof.is_empty() && old_root == new_root;
    }
    // An old tree that is complete is its own first hash.
    let (seed, rest) = match proof.split_first() {
        _ if old_size.is_power_of_two() && !proof.is_empty() => (old_root, proof),
        Some((first, rest)) => (first, rest),
        None => return false,
    };
    let level = (old_size - 1).trailing_ones();
    let (mut at, mut last) = ((old_size - 1) >> level, (new_size - 1) >> level);
    let (mut old, mut new) = (*seed, *seed);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old = node_hash(sibling, &old);
            new = node_hash(sibling, &new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && old == *old_root && new == *new_root
}
