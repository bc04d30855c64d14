//! A copy of the database and of the files says nothing: words of the story are not in it.

use std::path::Path;
use testkit::{TestApp, run};

/// Words that the story typed into titles, texts, names, addresses, file names and credentials.
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
    "Recette-01-Orvanne",
    "Awa Diallo",
    "awa.diallo@demo.example",
    "Directeur général des services",
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

fn holds(copy: &[u8], word: &str) -> bool {
    copy.windows(word.len()).any(|window| window == word.as_bytes())
}

#[test]
fn a_stolen_copy_says_nothing() {
    run(async {
        let mut app = TestApp::sqlite().await;
        app.told().await;
        app.settle().await;
        let mut copy = Vec::new();
        bytes(app.folder(), &mut copy);
        assert!(holds(&copy, "Guichet Clairval"), "the search finds what is public");
        let leaked: Vec<_> = PLANTED.iter().filter(|word| holds(&copy, word)).collect();
        assert!(leaked.is_empty(), "in the copy: {leaked:?}");
    });
}
