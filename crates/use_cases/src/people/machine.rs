//! Machines from which somebody has signed in before: their attempts are counted apart, so that
//! nobody who shares their network can use up what is allowed to it.
//!
//! A machine keeps a mark: a random number and its keyed hash with the name that signed in. It
//! opens nothing by itself; with it a wrong password counts against this machine and name alone.

use sealing::InstanceKeyring;

/// What a machine keeps after somebody has signed in from it.
#[derive(Clone, Debug)]
pub struct Mark(pub String);

impl Mark {
    /// Makes the mark of a new machine.
    pub(super) fn new(keys: &InstanceKeyring, number: [u8; 32], name: &str) -> Self {
        let proof = sealing::token_text(proof(keys, &number, name));
        Self(format!("{}.{proof}", sealing::token_text(number)))
    }

    /// Gives the number of the machine, where the mark was made here for this name.
    pub(super) fn number(text: &str, keys: &InstanceKeyring, name: &str) -> Option<[u8; 32]> {
        let (number, found) = text.split_once('.')?;
        let number = sealing::token_from_text(number)?;
        let found = sealing::token_from_text(found)?;
        sealing::same_hash(&found, &proof(keys, &number, name)).then_some(number)
    }
}

fn proof(keys: &InstanceKeyring, number: &[u8; 32], name: &str) -> [u8; 32] {
    let mut value = number.to_vec();
    value.extend(name.trim().to_lowercase().as_bytes());
    sealing::keyed_hash(keys, "machine", &value)
}
