//! The register at a country's size: files of what organisations run, products by their codes, organisations by their name.

use super::stage::Stage;
use serde_json::json;

/// Imports what a commune runs: nothing chosen, then wrong lines, then right ones, and the same again.
pub async fn a_file_declares_what_a_commune_runs(stage: &Stage) {
    let town = &stage.told.cast.towns[0];
    stage
        .at(&town.officer, &format!("/organisations/{}/deploiements", town.id))
        .await;
    let browser = &stage.browser;
    browser.look("deployments").await;
    browser.press("Importer un fichier").await;
    browser.press("Vérifier le fichier").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("deployments-nothing-chosen").await;
    let file = stage.paper("installations.csv");
    let head = "produit;version;installation;hebergeur\n";
    std::fs::write(
        &file,
        format!("{head}Guichet Clairval;9.9;Annexe;\nLogiciel inconnu;;;\nguichet-clairval;;Mairie;Personne\n"),
    )
    .unwrap();
    browser.attach("file", &file).await;
    browser.press("Vérifier le fichier").await;
    browser.shows("n’est pas une version connue de ce produit").await;
    browser.shows("« Logiciel inconnu » n’est pas au catalogue").await;
    browser.look("deployments-wrong-file").await;
    std::fs::write(
        &file,
        format!("{head}Guichet Clairval;4.2.0;Annexe;Galandrin Logiciels\n"),
    )
    .unwrap();
    browser.attach("file", &file).await;
    browser.press("Vérifier le fichier").await;
    browser.shows("Une installation sera déclarée.").await;
    browser.look("deployments-preview").await;
    browser.press("Enregistrer ces installations").await;
    browser.shows("Les installations du fichier sont enregistrées.").await;
    browser.shows("Guichet Clairval – Annexe").await;
    browser.look("deployments-imported").await;
    browser.press("Importer un fichier").await;
    browser.attach("file", &file).await;
    browser.press("Vérifier le fichier").await;
    browser
        .shows("Aucune installation nouvelle. Aucune ne changera. Une est déjà ainsi.")
        .await;
}

/// Gives a product its CPE name, wrongly with a version, and a version its dates; then finds it by its codes.
pub async fn a_product_bears_codes_and_its_versions_dates(stage: &Stage) {
    stage
        .at(&stage.told.cast.vendor_contact, "/catalogue/guichet-clairval")
        .await;
    let browser = &stage.browser;
    browser.look("product-of-a-vendor").await;
    browser.press("Modifier la fiche").await;
    browser.fill("cpe", "cpe:2.3:a:galandrin:guichet:4.2").await;
    browser.press("Enregistrer").await;
    browser.shows("Sans version").await;
    browser.look("product-cpe-of-a-version").await;
    browser.fill("cpe", "cpe:2.3:a:galandrin:guichet").await;
    browser.press("Enregistrer").await;
    browser.shows("cpe:2.3:a:galandrin:guichet:*").await;
    browser.press("Corriger les dates").await;
    browser.fill("released_on", "2024-01-15").await;
    browser.fill("supported_until", "2025-01-15").await;
    browser.look("version-dates").await;
    browser.press("Enregistrer").await;
    browser.shows("Plus maintenue").await;
    browser.look("product-with-codes").await;
    for search in ["clairval", "cpe:2.3:a:galandrin"] {
        stage.open("/catalogue").await;
        browser.fill("nom", search).await;
        browser.press("Filtrer").await;
        browser.shows("Guichet Clairval").await;
    }
    browser.look("catalogue-by-code").await;
}

/// Names what an organisation belongs to: nobody, several, then one, with suggestions as one types.
pub async fn an_organisation_is_named(stage: &Stage) {
    let town = &stage.told.cast.towns[1];
    stage
        .at(&stage.told.cast.administrator, &format!("/organisations/{}", town.id))
        .await;
    let browser = &stage.browser;
    browser.press("Ajouter une appartenance").await;
    browser.fill("within", "Personne au monde").await;
    browser.press("Ajouter l’appartenance").await;
    browser.shows("ne porte ce nom ou ce code").await;
    browser.look("organisation-named-wrongly").await;
    browser.fill("within", "orvanne").await;
    let found = "return new Promise((done) => setTimeout(() => done([...document.querySelectorAll('#within-found option')]\
        .map((one) => one.value)), 1500))";
    assert_eq!(
        browser.run(found, vec![]).await,
        json!([
            "Centre de réponse de l’Orvanne",
            "Métropole de l’Orvanne",
            "Val d’Orvanne mutualisé"
        ])
    );
    browser.look("organisation-named").await;
    stage.open("/organisations?territoire=Personne+au+monde").await;
    browser.shows("ne porte ce nom ou ce code").await;
    browser.look("directory-within-nobody").await;
}
