//! The bytes of each format, computed apart from this crate by a program of plain Python
//! (`hashlib`, `hmac`, and XChaCha20-Poly1305 checked against the vector of
//! draft-irtf-cfrg-xchacha-03, A.3.1). What is stored must open for as long as it is kept, so a
//! change here is a new format byte or a new label, never a new expectation.

use uuid::Uuid;

use crate::data_key::{DataKey, Holder};
use crate::keys::{InstanceKey, InstanceKeyring};
use crate::lookup::{keyed_hash, token_hash};
use crate::primitives::sha256;
use crate::receipt::tests::receipt;
use crate::sealed::Place;

const NONCE: [u8; 24] = [9; 24];
const PLACE: Place<'_> = Place {
    table: "report",
    column: "title",
    row: Uuid::from_u128(11),
};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn data_key() -> DataKey {
    DataKey::from_random(Uuid::from_u128(1), [42; 32])
}

fn keyring() -> InstanceKeyring {
    InstanceKeyring::new(vec![InstanceKey::new(3, [7; 32])]).unwrap()
}

#[test]
fn a_wrapped_key_keeps_its_bytes() {
    let holder = Holder {
        kind: "campaign",
        id: Uuid::from_u128(2),
    };
    let wrapped = data_key().wrap(holder, keyring().current(), NONCE);
    let expected = "0100000003090909090909090909090909090909090909090909090909722d53265df2fc32\
                    05f250e261f04bb90754c9fb74b5d5b105fd0aed90405102dd2a348dff3a170dc86c96fcec\
                    ea3d8c";
    assert_eq!(hex(&wrapped), expected);
}

#[test]
fn a_sealed_value_keeps_its_bytes() {
    let sealed = data_key().seal(PLACE, "Accès sans mot de passe".as_bytes(), NONCE);
    let expected = "0100000000000000000000000000000001090909090909090909090909090909090909090909\
                    090909c0a11aecf0abf9f001a640c7fa149a41f63ea171dfbd26420c132682152de0b10312dd\
                    e9d45bc749";
    assert_eq!(hex(&sealed), expected);
}

#[test]
fn a_sealed_file_keeps_its_bytes() {
    let content: Vec<u8> = (0..65_536 + 5).map(|at| at as u8).collect();
    let sealed = data_key().seal_chunked(PLACE, &content, NONCE);
    let expected = "d4ba45069e8a1da04d6178a81797f42dcae28db179b151ad4c0b78411559171e";
    assert_eq!(hex(&sha256(&[&sealed])), expected);
}

#[test]
fn a_keyed_hash_and_the_hash_of_a_token_keep_their_bytes() {
    let email = keyed_hash(&keyring(), "person.email", b"maire@exemple.fr");
    let expected = "a550da1cf3030dad089a0b69d0c0e02cf51488c5c2c17f33425fe0bfd729cbb6";
    assert_eq!(hex(&email), expected);
    let token = token_hash(&[5; 32]);
    let expected = "f7a827d9b6f61fee16f1bfaa45c653ed9cfd9e89a8a3ec4a9aaf8287a7a27078";
    assert_eq!(hex(&token), expected);
}

#[test]
fn the_leaf_of_a_receipt_keeps_its_bytes() {
    let expected = "41fb9007385f0839a01a9f24f904f3f35c5b78b174f3cd80d1b299eb78f667b5";
    assert_eq!(hex(&receipt().leaf().unwrap()), expected);
}
