//! A copy of the database and of the files says nothing: words of the story are not in it.
//!
//! On SQLite the copy is the instance's folder, with what SQLite keeps beside its file; on
//! PostgreSQL it is that folder and a dump, in which bytes stand in hexadecimal: they are searched
//! as they stand and decoded.

use std::path::Path;
use testkit::each_engine;

/// Words that the story typed into titles, texts, names, addresses, file names and credentials, and
/// what says of which kind a flaw is.
const PLANTED: &[&str] = &[
    "Injection SQL dans la recherche",
    "Le nombre de résultats passe",
    "Je rejoue ce soir",
    "Module restreint aux agents",
    "La page des engagements manque",
    "utilise ce portail pour",
    "candidature-signee.pdf",
    "Fait pour valoir ce que de droit",
    "Formulaire de candidature, Bug",
    "recette.clairval.example",
    "habitant-01",
    "lisible sans connexion",
    "Surveiller les demandes répétées",
    "Essayer les dix mille codes",
    "ville d’Orvanne",
    "ce message",
    "Recette-01-Orvanne",
    "Awa Diallo",
    "awa.diallo@demo.example",
    "Directeur général des services",
    "CVSS:4.0",
    "CVSS:3.1",
    "AV:N/AC:L",
    "CWE-",
    "VC:H/VI:",
];

fn bytes(folder: &Path, found: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes(&path, found);
        } else {
            found.extend(std::fs::read(&path).unwrap());
        }
    }
}

/// Decodes every run of hexadecimal that a dump marks as bytes.
fn decoded(dump: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for run in dump.split("\\x").skip(1) {
        let digits: Vec<u32> = run.chars().map_while(|digit| digit.to_digit(16)).collect();
        bytes.extend(
            digits
                .chunks_exact(2)
                .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()),
        );
        bytes.push(0);
    }
    bytes
}

/// Says whether a word is in a copy, as it is typed or in hexadecimal.
fn betrays(copy: &str, word: &str) -> bool {
    let hex: String = word.bytes().map(|byte| format!("{byte:02x}")).collect();
    copy.contains(word) || copy.contains(&hex)
}

each_engine! {
    async fn a_stolen_copy_says_nothing(app: TestApp) {
        let mut app = app;
        app.told().await;
        app.settle().await;
        let mut copy = Vec::new();
        bytes(app.folder(), &mut copy);
        if let Some(dump) = app.dump() {
            let bytes = decoded(&dump);
            assert!(bytes.len() > 100_000, "the dump holds sealed bytes: {}", bytes.len());
            copy.extend(bytes);
            copy.extend(dump.bytes());
        }
        // Bytes that are no text keep the text beside them as it is.
        let copy = String::from_utf8_lossy(&copy);
        assert!(betrays(&copy, "Guichet Clairval"), "the search finds what is public");
        let leaked: Vec<_> = PLANTED.iter().filter(|word| betrays(&copy, word)).collect();
        assert!(leaked.is_empty(), "in the copy: {leaked:?}");
    }
}

#[test]
fn words_are_found_however_a_dump_writes_them() {
    let dump = "7\t\\\\x4177612044696171\tplain";
    let decoded = String::from_utf8(decoded(dump)).unwrap();
    assert!(betrays(&decoded, "Awa Diaq") && betrays(dump, "Awa Diaq"));
    assert!(!betrays(&decoded, "plain"));
}
