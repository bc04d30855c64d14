//! A bundle of exchanges, checked by the program alone.

use crate::{beffroi, said};
use proptest::prelude::*;
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
    let key = verify(folder.path(), &file, &["--log-key", "rien"]);
    says(&key, 1, &["la clé publique du registre ne se lit pas"]);
}

/// A bundle as it leaves the platform, with these proofs beside it.
fn left(proofs: impl Fn([u8; 32]) -> Vec<(&'static str, String)>) -> Vec<u8> {
    bundle("Beffroi 0.1", proofs)
}

/// The proofs of a digest, as the platform puts them beside its bundle.
fn proven(digest: [u8; 32]) -> Vec<(&'static str, String)> {
    let whole = receipt(digest);
    vec![
        ("log.vkey", format!("{}\n", signer().verifier().to_text())),
        ("receipt.txt", sign_receipt(&signer(), &whole).unwrap()),
        ("log.tlog-proof", included(&whole)),
    ]
}

#[test]
fn a_bundle_that_a_checkpoint_covers_is_proven_with_the_key_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let key = signer().verifier().to_text();
    let unchecked = [
        "Preuves jointes : 3, qui n’ont pas été vérifiées",
        "Le lot annonce cette clé",
        &key,
    ];
    says(&verify(folder.path(), &left(proven), &[]), 0, &unchecked);
    let expected = [
        "Campagne : campagne-7",
        "Cible testée : sha256:12 — image essai 1.0",
        "✔ log.vkey : c’est la clé donnée",
        "✔ receipt.txt : le registre beffroi.example/public a promis d’inscrire ce lot le",
        "pour signalement-9",
        "✔ log.tlog-proof : la promesse est tenue, feuille 2 sur 5 du registre beffroi.example/public",
    ];
    says(
        &verify(folder.path(), &left(proven), &["--log-key", &key]),
        0,
        &expected,
    );
    // The option's former name goes on.
    says(&verify(folder.path(), &left(proven), &["--key", &key]), 0, &expected);
    let more = left(|digest| {
        let of_segment = receipt(sealing::content_digest(records()[1].to_text().as_bytes()));
        let others = [
            ("segment.txt", sign_receipt(&signer(), &of_segment).unwrap()),
            ("note.txt", "bonjour".into()),
        ];
        proven(digest).into_iter().chain(others).collect()
    });
    let expected = [
        "✔ segment.txt : le registre beffroi.example/public a promis d’inscrire le segment 4",
        "note.txt : pièce d’une nature inconnue",
    ];
    says(&verify(folder.path(), &more, &["--log-key", &key]), 0, &expected);
}

#[test]
fn what_no_checkpoint_covers_yet_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let key = signer().verifier().to_text();
    let yet = "Aucun point de contrôle ne couvrait encore ce lot quand il a été téléchargé";
    let promised = left(|digest| proven(digest).into_iter().take(2).collect());
    let expected = ["✔ receipt.txt : le registre beffroi.example/public a promis", yet];
    says(&verify(folder.path(), &promised, &["--log-key", &key]), 3, &expected);
    let none = left(|_| Vec::new());
    let expected = ["✔ Ce lot est intact", "Aucune preuve du registre n’est jointe"];
    says(&verify(folder.path(), &none, &["--log-key", &key]), 3, &expected);
    // That a segment is in the log shows nothing of this bundle.
    let of_segment = left(|_| proven(sealing::content_digest(records()[1].to_text().as_bytes())));
    says(
        &verify(folder.path(), &of_segment, &["--log-key", &key]),
        3,
        &["✔ log.tlog-proof", yet],
    );
}

/// A kind of tampering: what becomes of the proofs of a true bundle, and what is said then.
type Tampering = (&'static str, fn([u8; 32]) -> Vec<(&'static str, String)>, &'static str);

fn stranger() -> LogSigner {
    LogSigner::new(ORIGIN, [6; 32]).unwrap()
}

/// The proofs with one of them made anew.
fn with(digest: [u8; 32], name: &str, change: impl Fn(&str) -> String) -> Vec<(&'static str, String)> {
    let changed = |(known, text): (&'static str, String)| match known == name {
        true => (known, change(&text)),
        false => (known, text),
    };
    proven(digest).into_iter().map(changed).collect()
}

/// A proof whose checkpoint is another one than that of its log.
fn with_checkpoint(digest: [u8; 32], by: &LogSigner, origin: &str) -> Vec<(&'static str, String)> {
    with(digest, "log.tlog-proof", |text| {
        let (proof, _) = text.split_once("\n\n").unwrap();
        let checkpoint = Checkpoint {
            origin: origin.into(),
            size: 5,
            root: [1; 32],
        };
        format!("{proof}\n\n{}", sign_checkpoint(by, &checkpoint).unwrap())
    })
}

const TAMPERINGS: &[Tampering] = &[
    (
        "the receipt of another bundle",
        |digest| {
            with(digest, "receipt.txt", |_| {
                sign_receipt(&signer(), &receipt([9; 32])).unwrap()
            })
        },
        "✘ receipt.txt : il est authentique, mais porte sur autre chose que ce lot (signalement-9)",
    ),
    (
        "the receipt and the proof of another bundle",
        |_| proven([9; 32]),
        "✘ receipt.txt : il est authentique, mais porte sur autre chose que ce lot",
    ),
    (
        "the proof of another bundle",
        |digest| with(digest, "log.tlog-proof", |_| included(&receipt([9; 32]))),
        "✘ log.tlog-proof : aucun récépissé joint n’est celui de cette inscription",
    ),
    (
        "a receipt signed by another key",
        |digest| {
            with(digest, "receipt.txt", |_| {
                sign_receipt(&stranger(), &receipt(digest)).unwrap()
            })
        },
        "✘ receipt.txt : ce récépissé est signé par une autre clé que celle qui a été donnée",
    ),
    (
        "a receipt whose instant was changed",
        |digest| {
            with(digest, "receipt.txt", |text| {
                text.replace("received: 179", "received: 178")
            })
        },
        "✘ receipt.txt : ce récépissé a été modifié : la clé donnée a signé un autre texte",
    ),
    (
        "a checkpoint signed by another key",
        |digest| with_checkpoint(digest, &stranger(), ORIGIN),
        "✘ log.tlog-proof : le point de contrôle est signé par une autre clé que celle qui a été donnée",
    ),
    (
        "a checkpoint whose size was changed",
        |digest| with(digest, "log.tlog-proof", |text| text.replace("\n5\n", "\n6\n")),
        "✘ log.tlog-proof : le point de contrôle a été modifié : la clé donnée a signé un autre texte",
    ),
    (
        "another checkpoint of the same log",
        |digest| with_checkpoint(digest, &signer(), ORIGIN),
        "✘ log.tlog-proof : aucun récépissé joint n’est celui de cette inscription",
    ),
    (
        "a checkpoint of another log",
        |digest| with_checkpoint(digest, &signer(), "beffroi.example/sealed"),
        "✘ log.tlog-proof : le point de contrôle est d’un autre registre que le récépissé",
    ),
    (
        "a proof without its receipt",
        |digest| {
            proven(digest)
                .into_iter()
                .filter(|(name, _)| *name != "receipt.txt")
                .collect()
        },
        "✘ log.tlog-proof : aucun récépissé joint n’est celui de cette inscription",
    ),
    (
        "another key beside it",
        |digest| with(digest, "log.vkey", |_| format!("{}\n", stranger().verifier().to_text())),
        "✘ log.vkey : le lot annonce une autre clé que celle qui a été donnée",
    ),
];

#[test]
fn each_tampering_is_said_for_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let key = signer().verifier().to_text();
    for (what, proofs, expected) in TAMPERINGS {
        let output = verify(folder.path(), &left(proofs), &["--log-key", &key]);
        assert!(said(&output).contains("✔ Ce lot est intact"), "{what}");
        says(&output, 1, &[expected]);
    }
    let others = stranger().verifier().to_text();
    let refused = verify(folder.path(), &left(proven), &["--log-key", &others]);
    let expected = [
        "✘ receipt.txt : ce récépissé est signé par une autre clé que celle qui a été donnée",
        "✘ log.tlog-proof :",
    ];
    says(&refused, 1, &expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_changed_byte_goes_unnoticed(at in any::<prop::sample::Index>(), mask in 1u8..) {
        let folder = tempfile::tempdir().unwrap();
        let key = signer().verifier().to_text();
        let mut file = left(proven);
        let at = at.index(file.len());
        file[at] ^= mask;
        let output = verify(folder.path(), &file, &["--log-key", &key]);
        prop_assert_eq!(output.status.code(), Some(1), "byte {}: {}", at, said(&output));
    }
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
