//! Every proof of every small tree, and every way to spoil one.

use super::*;

#[test]
fn every_inclusion_proof_holds_and_only_where_it_belongs() {
    let log = Log::numbered(SIZES);
    for size in 1..=SIZES {
        let root = &log.roots[size as usize];
        for index in 0..size {
            let proof = inclusion_proof(&|l, p| log.node(l, p), index, size).unwrap();
            let leaf = &log.leaves[index as usize];
            assert!(verify_inclusion(leaf, index, size, &proof, root), "{index} of {size}");
            assert_inclusion_is_tight(leaf, index, size, &proof, root);
        }
    }
}

fn assert_inclusion_is_tight(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) {
    assert!(!verify_inclusion(&[9; 32], index, size, proof, root));
    assert!(!verify_inclusion(leaf, index, size, proof, &[9; 32]));
    assert!(!verify_inclusion(leaf, size, size, proof, root));
    for other in (0..size).filter(|other| *other != index) {
        assert!(!verify_inclusion(leaf, other, size, proof, root), "{index} at {other}");
    }
    let longer = [proof, &[[9; 32]]].concat();
    assert!(!verify_inclusion(leaf, index, size, &longer, root));
    for at in 0..proof.len() {
        assert!(!verify_inclusion(leaf, index, size, &proof[..at], root));
        let mut altered = proof.to_vec();
        altered[at][31] ^= 1;
        assert!(!verify_inclusion(leaf, index, size, &altered, root));
    }
}

#[test]
fn every_consistency_proof_holds_and_no_other_history_passes() {
    let log = Log::numbered(SIZES);
    for new in 0..=SIZES {
        for old in 0..=new {
            let proof = consistency_proof(&|l, p| log.node(l, p), old, new).unwrap();
            let (old_root, new_root) = (log.roots[old as usize], log.roots[new as usize]);
            let check = |old_root: &Hash, new_root: &Hash, proof: &[Hash]| {
                verify_consistency(old, old_root, new, new_root, proof)
            };
            assert!(check(&old_root, &new_root, &proof), "{old} to {new}");
            assert!(!check(&[9; 32], &new_root, &proof));
            assert!(!check(&old_root, &new_root, &[proof.clone(), vec![[9; 32]]].concat()));
            assert_eq!(check(&old_root, &[9; 32], &proof), old == 0 && new > 0);
            for at in 0..proof.len() {
                assert!(!check(&old_root, &new_root, &proof[..at]));
                let mut altered = proof.clone();
                altered[at][0] ^= 1;
                assert!(!check(&old_root, &new_root, &altered), "{old} to {new} at {at}");
            }
        }
    }
}

#[test]
fn a_rewritten_leaf_breaks_consistency() {
    let honest = Log::numbered(20);
    let rewritten = Log::of((0..20u64).map(|index| {
        if index == 3 {
            leaf_hash(b"rewritten")
        } else {
            leaf_hash(&index.to_be_bytes())
        }
    }));
    for old in 4..20 {
        let proof = consistency_proof(&|l, p| rewritten.node(l, p), old, 20).unwrap();
        let (from, to) = (&honest.roots[old as usize], &rewritten.roots[20]);
        assert!(!verify_consistency(old, from, 20, to, &proof));
    }
}

#[test]
fn the_planned_nodes_are_exactly_those_looked_up() {
    let log = Log::numbered(SIZES);
    let asked = std::cell::RefCell::new(Vec::new());
    let lookup = |level, position| {
        asked.borrow_mut().push((level, position));
        log.node(level, position)
    };
    for size in 1..=SIZES {
        for index in 0..size {
            inclusion_proof(&lookup, index, size).unwrap();
            assert_eq!(asked.take(), nodes_for_inclusion(index, size).unwrap());
            consistency_proof(&lookup, index, size).unwrap();
            assert_eq!(asked.take(), nodes_for_consistency(index, size).unwrap());
        }
    }
}

#[test]
fn what_the_tree_cannot_answer_is_an_error_and_not_a_panic() {
    let nothing = |_, _| None;
    assert_eq!(inclusion_proof(&nothing, 3, 3), Err(TreeError::OutOfRange));
    assert_eq!(inclusion_proof(&nothing, 0, 0), Err(TreeError::OutOfRange));
    assert_eq!(consistency_proof(&nothing, 4, 3), Err(TreeError::OutOfRange));
    let missing = TreeError::MissingNode { level: 0, position: 1 };
    assert_eq!(inclusion_proof(&nothing, 0, 2), Err(missing));
    let missing = TreeError::MissingNode { level: 0, position: 6 };
    assert_eq!(nodes_completed_by(7, [0; 32], &nothing), Err(missing));
    assert_eq!(
        Frontier::from_parts(3, vec![]),
        Err(TreeError::Peaks { size: 3, peaks: 0 })
    );
    assert_eq!(nodes_for_root(u64::MAX).len(), 64);
    assert!(nodes_for_inclusion(u64::MAX - 1, u64::MAX).is_ok());
    assert!(nodes_for_consistency(u64::MAX - 1, u64::MAX).is_ok());
    assert!(!verify_inclusion(
        &[0; 32],
        u64::MAX - 1,
        u64::MAX,
        &[[0; 32]; 64],
        &[0; 32]
    ));
    assert!(!verify_consistency(
        1 << 63,
        &[0; 32],
        u64::MAX,
        &[0; 32],
        &[[0; 32]; 70]
    ));
}

#[test]
fn a_proof_with_a_step_too_many_or_too_few_is_refused_even_when_its_hashes_meet() {
    let log = Log::numbered(6);
    let (leaf, above) = (log.leaves[0], [9; 32]);
    let forged = node_hash(&above, &leaf);
    assert!(!verify_inclusion(&leaf, 0, 1, &[above], &forged));
    let of_two = inclusion_proof(&|l, p| log.node(l, p), 0, 2).unwrap();
    assert!(!verify_inclusion(&leaf, 0, 4, &of_two, &log.roots[2]));
    let to_two = consistency_proof(&|l, p| log.node(l, p), 1, 2).unwrap();
    assert!(!verify_consistency(1, &log.roots[1], 4, &log.roots[2], &to_two));
    let to_six = consistency_proof(&|l, p| log.node(l, p), 3, 6).unwrap();
    let longer = [to_six, vec![above]].concat();
    let (old, new) = (node_hash(&above, &log.roots[3]), node_hash(&above, &log.roots[6]));
    assert!(!verify_consistency(3, &old, 6, &new, &longer));
}

#[test]
fn a_log_does_not_shrink() {
    let log = Log::numbered(6);
    let halves = [log.node(1, 2).unwrap(), log.node(2, 0).unwrap()];
    let root = node_hash(&halves[1], &halves[0]);
    assert_eq!(root, log.roots[6]);
    assert!(!verify_consistency(6, &root, 5, &root, &halves));
}
