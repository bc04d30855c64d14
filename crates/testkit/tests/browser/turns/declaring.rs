//! A test made elsewhere is declared, a file of them imported; one more test is explained, and joined by who runs it.

use super::stage::Stage;

/// Declares a test of the portal: with nothing typed, then rightly with its report, then withdraws it.
pub async fn a_test_is_declared_and_withdrawn(stage: &Stage) {
    let officer = &stage.told.cast.towns[0].officer;
    stage.at(officer, "/catalogue/guichet-clairval").await;
    let browser = &stage.browser;
    browser.shows("Déjà testée").await;
    browser.look("tested-portal").await;
    let town = stage.told.cast.towns[0].name;
    browser.press(&format!("Déclarer un test de {town}")).await;
    browser.press("Déclarer ce test").await;
    browser.shows("Méthode : Choisissez").await;
    browser.look("declared-nothing-typed").await;
    browser.choose("kind", "Audit de code").await;
    browser.fill("from", "2026-02-02").await;
    browser.fill("until", "2026-02-06").await;
    browser.fill("cost", "9 900,50").await;
    browser.attach("report", &stage.paper("audit.pdf")).await;
    browser.press("Déclarer ce test").await;
    browser.shows("Le test est déclaré.").await;
    browser.shows("audit.pdf").await;
    browser.look("declared-test").await;
    browser.press("Retirer ce test").await;
    browser.look("declared-withdraw").await;
    browser.press("Retirer le test").await;
    browser.shows("Le test est retiré.").await;
    browser.look("declared-list").await;
}

/// Imports a file: a wrong one, then a right one.
pub async fn a_file_is_corrected_and_imported(stage: &Stage) {
    let browser = &stage.browser;
    let file = stage.paper("tests.csv");
    std::fs::write(&file, "application;methode;debut\nInconnue;pentest;hier\n").unwrap();
    browser.attach("file", &file).await;
    browser.press("Vérifier le fichier").await;
    browser.shows("Le nom d’une application du catalogue").await;
    browser.look("declared-wrong-file").await;
    std::fs::write(
        &file,
        "application;methode;debut\nGuichet Clairval;Exercice d’attaque;02/03/2026\n",
    )
    .unwrap();
    browser.attach("file", &file).await;
    browser.press("Vérifier le fichier").await;
    browser.shows("Un test sera déclaré.").await;
    browser.look("declared-preview").await;
    browser.press("Déclarer ce test").await;
    browser.shows("Les tests du fichier sont déclarés.").await;
}

/// The organiser reads why one more is planned and what is known; who runs the product joins, and leaves.
pub async fn one_more_is_explained_and_joined(stage: &Stage) {
    let campaign = format!("/campagnes/{}", stage.told.next_campaign);
    stage.at(&stage.told.cast.organisers[0], &campaign).await;
    let browser = &stage.browser;
    browser.shows("est testée une fois de plus").await;
    browser.shows("Organisations qui rejoignent la campagne").await;
    browser.shows(stage.told.cast.towns[5].name).await;
    browser.look("campaign-one-more").await;
    stage
        .open(&format!("{campaign}/produits/{}/motif", stage.told.products[1]))
        .await;
    browser.shows("Testée 18 fois").await;
    browser.fill("duplicate_reason", "").await;
    browser.press("Enregistrer le motif").await;
    browser.shows("Motif : Ce champ est nécessaire.").await;
    browser.look("campaign-reason-missing").await;
    stage
        .at(&stage.told.cast.towns[5].officer, "/catalogue/navette-scolaire")
        .await;
    browser.shows("Rejointe").await;
    browser.look("tested-eighteen-times").await;
    stage
        .at(&stage.told.cast.towns[6].officer, "/catalogue/navette-scolaire")
        .await;
    let town = stage.told.cast.towns[6].name;
    browser.press(&format!("Rejoindre pour {town}")).await;
    browser.shows("Votre organisation a rejoint la campagne.").await;
    browser.look("campaign-joined").await;
    browser.press(&format!("{town} ne participe plus à la campagne")).await;
    browser
        .shows("Votre organisation ne participe plus à la campagne.")
        .await;
}
