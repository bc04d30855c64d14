use std::collections::HashMap;

use super::*;

mod proofs;

const SIZES: u64 = 70;

/// The eight leaves and roots of the reference implementation of RFC 6962.
const VECTORS: [(&str, &str); 8] = [
    ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    (
        "2021",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (
        "3031",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    ),
    (
        "40414243",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    ),
    (
        "5051525354555657",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    ),
    (
        "606162636465666768696a6b6c6d6e6f",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ),
];

fn bytes(hex: &str) -> Vec<u8> {
    let pairs = (0..hex.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect()
}

fn hash(hex: &str) -> Hash {
    bytes(hex).try_into().unwrap()
}

/// A log with its stored nodes and the root at every size.
struct Log {
    nodes: HashMap<(u8, u64), Hash>,
    leaves: Vec<Hash>,
    roots: Vec<Hash>,
}

impl Log {
    fn of(leaves: impl Iterator<Item = Hash>) -> Self {
        let mut log = Self {
            nodes: HashMap::new(),
            leaves: Vec::new(),
            roots: vec![empty_root()],
        };
        let mut edge = Frontier::new();
        for leaf in leaves {
            let index = edge.size();
            let looked_up = nodes_completed_by(index, leaf, &|l, p| log.node(l, p)).unwrap();
            let pushed = edge.push(leaf);
            assert_eq!(pushed, looked_up);
            log.nodes
                .extend(pushed.into_iter().map(|(level, at, hash)| ((level, at), hash)));
            log.leaves.push(leaf);
            log.roots.push(edge.root());
        }
        log
    }

    fn numbered(size: u64) -> Self {
        Self::of((0..size).map(|index| leaf_hash(&index.to_be_bytes())))
    }

    fn node(&self, level: u8, position: u64) -> Option<Hash> {
        self.nodes.get(&(level, position)).copied()
    }
}

/// MTH of RFC 6962 §2.1, written as the specification says it.
fn specified_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at((leaves.len()).next_power_of_two() / 2);
            node_hash(&specified_root(left), &specified_root(right))
        }
    }
}

#[test]
fn the_known_vectors_of_rfc_6962_hold() {
    let nothing = hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(Frontier::new().root(), nothing);
    let log = Log::of(VECTORS.iter().map(|(data, _)| leaf_hash(&bytes(data))));
    for (at, (_, root)) in VECTORS.iter().enumerate() {
        assert_eq!(log.roots[at + 1], hash(root), "size {}", at + 1);
    }
}

#[test]
fn the_known_proofs_of_the_reference_implementation_hold() {
    let log = Log::of(VECTORS.iter().map(|(data, _)| leaf_hash(&bytes(data))));
    let lookup = |level, position| log.node(level, position);
    let path = |hashes: &[&str]| hashes.iter().map(|text| hash(text)).collect::<Vec<_>>();
    let first_of_eight = path(&[
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    assert_eq!(inclusion_proof(&lookup, 0, 8).unwrap(), first_of_eight);
    let sixth_of_eight = path(&[
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
    assert_eq!(inclusion_proof(&lookup, 5, 8).unwrap(), sixth_of_eight);
    let six_to_eight = path(&[
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
    assert_eq!(consistency_proof(&lookup, 6, 8).unwrap(), six_to_eight);
}

#[test]
fn frontier_stored_nodes_and_specification_agree_on_every_root() {
    let log = Log::numbered(SIZES);
    let lookup = |level, position| log.node(level, position);
    for size in 0..=SIZES {
        let root = log.roots[size as usize];
        assert_eq!(root, specified_root(&log.leaves[..size as usize]), "size {size}");
        assert_eq!(root_of(&lookup, size), Ok(root));
        let edge = Frontier::load(size, &lookup).unwrap();
        assert_eq!((edge.size(), edge.root()), (size, root));
        let (size, peaks) = edge.clone().into_parts();
        assert_eq!(Frontier::from_parts(size, peaks), Ok(edge));
    }
}

#[test]
fn a_salted_leaf_hides_its_content_behind_its_salt() {
    let leaf = salted_leaf(&[1; 32], b"rank 12");
    assert_eq!(leaf, leaf_hash(&commitment(&[1; 32], b"rank 12")));
    assert_ne!(leaf, salted_leaf(&[2; 32], b"rank 12"));
    assert_ne!(leaf, salted_leaf(&[1; 32], b"rank 13"));
    assert_ne!(leaf, leaf_hash(b"rank 12"));
}
