//! A bundle of exchanges, checked by the program alone.

use crate::{beffroi, said};
use recording::bundle::{About, BundleLimits, BundleWriter};
use recording::{Content, ExchangeId, Head, Inline, Outcome, Part, Place, Recorded, SegmentRecord, Start};
use sealing::merkle::{inclusion_proof, leaf_hash};
use sealing::{Checkpoint, Frontier, LogSigner, Receipt, ReceiptProof, sign_checkpoint, sign_receipt};
use std::collections::HashMap;
use std::path::Path;
use std::process::Output;

const ORIGIN: &str = "beffroi.example/public";
const MADE: i64 = 1_790_000_000_000_000;

fn signer() -> LogSigner {
    LogSigner::new(ORIGIN, [5; 32]).unwrap()
}

/// An exchange whose answer tells more than it should.
fn exchange(number: u64) -> Recorded {
    let part = |bytes: &[u8]| Part {
        contents: vec![Content::Inline(bytes.to_vec())],
        length: Some(bytes.len() as u64),
        cut: false,
        complete: true,
    };
    let head = |start| Head {
        start,
        version: "HTTP/1.1".into(),
        fields: vec![("host".into(), b"mairie.example".to_vec())],
    };
    Recorded {
        id: ExchangeId { session: 1, number },
        at: MADE - 60_000_000 * i64::try_from(number).unwrap(),
        lease: "lease".into(),
        target: "sha256:12".into(),
        request: head(Start::Request {
            method: "GET".into(),
            target: format!("/actes/{number}"),
        }),
        request_body: part(b"a"),
        responses: vec![(MADE, head(Start::Status(200)))],
        response_body: part(b"acte de naissance"),
        messages: Vec::new(),
        more_messages: 0,
        end: Some((MADE, Outcome::Complete)),
    }
}

/// Two segments, the second after the first.
fn records() -> Vec<SegmentRecord> {
    let record = |sequence, digest, previous| SegmentRecord {
        sequence,
        size: 1000,
        digest,
        previous,
        first: MADE,
        last: MADE,
        counts: None,
    };
    vec![record(3, [3; 32], [2; 32]), record(4, [4; 32], [3; 32])]
}

/// A bundle with the proofs that are made of its digest.
fn bundle(creator: &str, proofs: impl Fn([u8; 32]) -> Vec<(&'static str, String)>) -> Vec<u8> {
    let about = About {
        made: MADE,
        creator: creator.into(),
        campaign: "campagne-7".into(),
        subject: "signalement-9".into(),
        redacted: false,
    };
    let mut writer = BundleWriter::new(Vec::new(), about, BundleLimits::default());
    for segment in [3, 4] {
        let place = Place {
            segment,
            number: segment,
        };
        writer.exchange(place, &exchange(segment), &mut Inline).unwrap();
    }
    writer.target("sha256:12", "image essai 1.0").unwrap();
    let mut manifested = writer.manifest(&records()).unwrap();
    for (name, text) in proofs(manifested.digest()) {
        manifested.proof(name, text.as_bytes()).unwrap();
    }
    manifested.finish().unwrap()
}

fn receipt(content_digest: [u8; 32]) -> Receipt {
    Receipt {
        origin: ORIGIN.into(),
        kind: "exchanges.picked".into(),
        subject: "signalement-9".into(),
        order_number: None,
        received_at_micros: MADE,
        form_version: None,
        salt: [8; 32],
        content_digest,
    }
}

/// The proof that a receipt stands third among five.
fn included(receipt: &Receipt) -> String {
    let (mut edge, mut nodes) = (Frontier::new(), HashMap::new());
    for at in 0..5u8 {
        let leaf = if at == 2 {
            receipt.leaf().unwrap()
        } else {
            leaf_hash(&[at])
        };
        nodes.extend(edge.push(leaf).into_iter().map(|(level, at, hash)| ((level, at), hash)));
    }
    let lookup = |level, position| nodes.get(&(level, position)).copied();
    let checkpoint = Checkpoint {
        origin: ORIGIN.into(),
        size: 5,
        root: edge.root(),
    };
    let proof = ReceiptProof {
        leaf_index: 2,
        proof: inclusion_proof(&lookup, 2, 5).unwrap(),
        checkpoint_text: sign_checkpoint(&signer(), &checkpoint).unwrap(),
    };
    proof.to_text()
}

fn verify(folder: &Path, file: &[u8], more: &[&str]) -> Output {
    let path = folder.join("lot.beffroi");
    std::fs::write(&path, file).unwrap();
    let mut command = beffroi(folder);
    command.args(["evidence", "verify"]).arg(&path).args(more);
    command.output().unwrap()
}

/// What it says and how it ends.
#[track_caller]
fn says(output: &Output, code: i32, expected: &[&str]) {
    let said = said(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    for expected in expected {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

fn digest(output: &Output) -> String {
    let said = said(output);
    let line = said.lines().find(|line| line.contains("SHA-256")).unwrap();
    line.rsplit(' ').next().unwrap().to_owned()
}

#[test]
fn a_whole_bundle_tells_what_it_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let file = bundle("Beffroi 0.1", |_| Vec::new());
    let output = verify(folder.path(), &file, &[]);
    let expected = [
        "✔ Ce lot est intact",
        "Campagne : campagne-7",
        "Objet : signalement-9",
        "par Beffroi 0.1",
        "Échanges : 2, du ",
        "Cible testée : sha256:12 — image essai 1.0",
        "Segments d’enregistrement : 3 à 4, chaîne sans trou, dont 2 qu’une panne a interrompu",
        "BLAKE3) : 0404",
        "Aucune preuve du registre n’est jointe",
    ];
    says(&output, 0, &expected);
    // Nothing of an instance is needed, and nothing is left behind.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let digest = digest(&output);
    let same = verify(folder.path(), &file, &["--digest", &digest.to_uppercase()]);
    says(&same, 0, &["✔ C’est l’empreinte attendue"]);
    let other = verify(folder.path(), &file, &["--digest", &"0".repeat(64)]);
    says(&other, 1, &["✘ Ce n’est pas l’empreinte attendue"]);
}

#[test]
fn what_was_altered_or_is_no_bundle_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = bundle("Beffroi 0.1", |_| Vec::new());
    let at = file.windows(9).position(|window| window == b"naissance").unwrap();
    let mut altered = file.clone();
    altered[at] = b'N';
    let output = verify(folder.path(), &altered, &[]);
    let expected = "✘ Ce lot n’est pas valable : exchanges/0001/response.body n’est pas ce qu’annonce le manifeste";
    says(&output, 1, &[expected]);
    let cut = verify(folder.path(), &file[..file.len() / 2], &[]);
    says(&cut, 1, &["✘ Ce lot n’est pas valable"]);
    let other = verify(folder.path(), b"bonjour", &[]);
    says(&other, 1, &["✘ Ce lot n’est pas valable"]);
    let missing = beffroi(folder.path())
        .args(["evidence", "verify", "nulle-part"])
        .output();
    says(
        &missing.unwrap(),
        1,
        &["nulle-part ne se lit pas", "vérifiez le chemin"],
    );
    let key = verify(folder.path(), &file, &["--key", "rien"]);
    says(&key, 1, &["la clé publique du registre ne se lit pas"]);
}

#[test]
fn proofs_are_checked_with_the_key_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let key = signer().verifier().to_text();
    let good = bundle("Beffroi 0.1", |digest| {
        let whole = receipt(digest);
        let of_segment = receipt(sealing::content_digest(records()[1].to_text().as_bytes()));
        vec![
            ("lot.txt", sign_receipt(&signer(), &whole).unwrap()),
            ("lot.tlog-proof", included(&whole)),
            ("segment.txt", sign_receipt(&signer(), &of_segment).unwrap()),
            ("note.txt", "bonjour".into()),
        ]
    });
    says(
        &verify(folder.path(), &good, &[]),
        0,
        &["Preuves jointes : 4, qui n’ont pas été vérifiées"],
    );
    let expected = [
        "✔ lot.txt : le registre beffroi.example/public a promis d’inscrire ce lot le",
        "✔ lot.tlog-proof : la promesse est tenue, feuille 2 sur 5",
        "✔ segment.txt : le registre beffroi.example/public a promis d’inscrire le segment 4",
        "note.txt : pièce d’une nature inconnue",
    ];
    says(&verify(folder.path(), &good, &["--key", &key]), 0, &expected);
    let stranger = LogSigner::new(ORIGIN, [6; 32]).unwrap().verifier().to_text();
    let refused = verify(folder.path(), &good, &["--key", &stranger]);
    says(
        &refused,
        1,
        &["✘ lot.txt : la clé donnée ne l’a pas signé", "✘ lot.tlog-proof :"],
    );
    // Receipts and inclusions that are true, and of something else.
    let elsewhere = bundle("Beffroi 0.1", |_| {
        vec![
            ("lot.txt", sign_receipt(&signer(), &receipt([9; 32])).unwrap()),
            ("lot.tlog-proof", included(&receipt([10; 32]))),
        ]
    });
    let expected = [
        "✘ lot.txt : il est authentique, mais porte sur autre chose que ce lot",
        "✘ lot.tlog-proof : aucun récépissé joint n’est celui de cette inscription",
    ];
    says(&verify(folder.path(), &elsewhere, &["--key", &key]), 1, &expected);
}

#[test]
fn what_strangers_wrote_changes_nothing_of_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let creator = format!("a\u{1b}[2J\r✔ \u{202e}{}", "b".repeat(5000));
    let output = verify(folder.path(), &bundle(&creator, |_| Vec::new()), &[]);
    says(&output, 0, &["par a\u{fffd}[2J\u{fffd}✔ \u{fffd}bbb"]);
    let said = said(&output);
    assert!(
        !said.contains(['\u{1b}', '\r', '\u{202e}']) && said.len() < 2000,
        "{said}"
    );
}
