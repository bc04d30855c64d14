//! The proof that a receipt's promise was kept (C2SP tlog-proof): index, hashes, checkpoint.
//!
//! The size of the tree is the checkpoint's own, so that a proof cannot contradict it.

use crate::checkpoint::{Checkpoint, verify_checkpoint};
use crate::merkle::{Hash, verify_inclusion};
use crate::note::LogVerifier;
use crate::primitives::{canonical_u64, hash_from_base64, to_base64};
use crate::receipt::{Receipt, ReceiptError, parse_and_verify_receipt};

const FORMAT: &str = "c2sp.org/tlog-proof@v1";
const MAX_HASHES: usize = 63;

/// Where a leaf stands in the log, and the hashes that lead from it to a signed checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptProof {
    /// The index of the leaf.
    pub leaf_index: u64,
    /// The inclusion proof, from the leaf up.
    pub proof: Vec<Hash>,
    /// The signed checkpoint, as it was published.
    pub checkpoint_text: String,
}

/// A receipt whose leaf was found in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenReceipt {
    /// The receipt.
    pub receipt: Receipt,
    /// Where its leaf stands.
    pub leaf_index: u64,
    /// The checkpoint that covers it.
    pub checkpoint: Checkpoint,
}

impl ReceiptProof {
    /// The proof as text (C2SP tlog-proof, media files ending in `.tlog-proof`).
    pub fn to_text(&self) -> String {
        let mut text = format!("{FORMAT}\nindex {}\n", self.leaf_index);
        for hash in &self.proof {
            text += &to_base64(hash);
            text.push('\n');
        }
        text.push('\n');
        text + &self.checkpoint_text
    }

    /// Reads a proof; a line of extra data, which nothing authenticates, is passed over.
    pub fn from_text(text: &str) -> Option<Self> {
        let (head, checkpoint_text) = text.split_once("\n\n")?;
        let mut lines = head.split('\n');
        lines.next().filter(|line| *line == FORMAT)?;
        let mut line = lines.next()?;
        if line.starts_with("extra ") {
            line = lines.next()?;
        }
        let leaf_index = canonical_u64(line.strip_prefix("index ")?)?;
        let proof = lines.map(hash_from_base64).collect::<Option<Vec<_>>>()?;
        if proof.len() > MAX_HASHES {
            return None;
        }
        Some(Self {
            leaf_index,
            proof,
            checkpoint_text: checkpoint_text.to_owned(),
        })
    }
}

/// Checks a receipt, its checkpoint and the way from one to the other, all offline.
pub fn verify_receipt_with_proof(
    receipt_text: &str,
    proof_text: &str,
    verifier: &LogVerifier,
) -> Result<ProvenReceipt, ReceiptError> {
    let receipt = parse_and_verify_receipt(receipt_text, verifier)?;
    let proof = ReceiptProof::from_text(proof_text).ok_or(ReceiptError::Form)?;
    let checkpoint = verify_checkpoint(&proof.checkpoint_text, verifier)?;
    if checkpoint.origin != receipt.origin {
        return Err(ReceiptError::Origin);
    }
    let (leaf, index) = (receipt.leaf()?, proof.leaf_index);
    if !verify_inclusion(&leaf, index, checkpoint.size, &proof.proof, &checkpoint.root) {
        return Err(ReceiptError::Proof);
    }
    Ok(ProvenReceipt {
        receipt,
        leaf_index: index,
        checkpoint,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::checkpoint::sign_checkpoint;
    use crate::merkle::{Frontier, inclusion_proof, leaf_hash};
    use crate::note::{LogSigner, NoteError};
    use crate::receipt::sign_receipt;
    use crate::receipt::tests::{receipt, signer};

    /// A receipt and its proof at an index of a log of 20 leaves.
    fn proven_at(index: u64, origin: &str) -> (String, ReceiptProof) {
        let mut edge = Frontier::new();
        let mut nodes = HashMap::new();
        for at in 0..20u64 {
            let other = leaf_hash(&at.to_be_bytes());
            let leaf = if at == index { receipt().leaf().unwrap() } else { other };
            nodes.extend(edge.push(leaf).into_iter().map(|(l, p, hash)| ((l, p), hash)));
        }
        let lookup = |level, position| nodes.get(&(level, position)).copied();
        let checkpoint = Checkpoint {
            origin: origin.into(),
            size: 20,
            root: edge.root(),
        };
        let proof = ReceiptProof {
            leaf_index: index,
            proof: inclusion_proof(&lookup, index, 20).unwrap(),
            checkpoint_text: sign_checkpoint(&signer(), &checkpoint).unwrap(),
        };
        (sign_receipt(&signer(), &receipt()).unwrap(), proof)
    }

    fn check(receipt: &str, proof: &str) -> Result<ProvenReceipt, ReceiptError> {
        verify_receipt_with_proof(receipt, proof, &signer().verifier())
    }

    #[test]
    fn a_receipt_is_proven_at_every_index() {
        for index in 0..20 {
            let (text, proof) = proven_at(index, "beffroi.example/public");
            assert_eq!(ReceiptProof::from_text(&proof.to_text()).as_ref(), Some(&proof));
            let proven = check(&text, &proof.to_text()).unwrap();
            assert_eq!(proven.receipt, receipt());
            assert_eq!((proven.leaf_index, proven.checkpoint.size), (index, 20));
        }
    }

    #[test]
    fn the_text_has_the_form_of_c2sp_and_extra_data_is_passed_over() {
        let (text, proof) = proven_at(5, "beffroi.example/public");
        let written = proof.to_text();
        assert!(written.starts_with("c2sp.org/tlog-proof@v1\nindex 5\n"));
        assert!(written.contains("\n\nbeffroi.example/public\n20\n"));
        let with_extra = written.replace("\nindex", "\nextra aGVsbG8=\nindex");
        assert!(check(&text, &with_extra).is_ok());
    }

    #[test]
    fn every_altered_byte_of_a_proof_is_refused() {
        let (text, proof) = proven_at(5, "beffroi.example/public");
        let written = proof.to_text();
        for at in 0..written.len() {
            for mask in [0x01, 0x04, 0x20] {
                let mut bytes = written.clone().into_bytes();
                bytes[at] ^= mask;
                if let Ok(altered) = String::from_utf8(bytes) {
                    assert!(check(&text, &altered).is_err(), "byte {at} with {mask:#x}");
                }
            }
        }
    }

    #[test]
    fn a_proof_of_another_leaf_log_or_key_is_refused() {
        let (text, proof) = proven_at(5, "beffroi.example/public");
        let moved = ReceiptProof {
            leaf_index: 4,
            ..proof.clone()
        };
        assert_eq!(check(&text, &moved.to_text()).unwrap_err(), ReceiptError::Proof);
        let (_, elsewhere) = proven_at(5, "beffroi.example/other");
        assert_eq!(check(&text, &elsewhere.to_text()).unwrap_err(), ReceiptError::Origin);
        let stranger = LogSigner::new("beffroi.example/public", [99; 32]).unwrap().verifier();
        let refused = verify_receipt_with_proof(&text, &proof.to_text(), &stranger);
        assert_eq!(refused.unwrap_err(), ReceiptError::Note(NoteError::NotSigned));
        let endless = ReceiptProof {
            proof: vec![[0; 32]; 64],
            ..proof
        };
        assert_eq!(check(&text, &endless.to_text()).unwrap_err(), ReceiptError::Form);
    }
}
