//! What an earlier test found is imported by the organiser and decided by the operator.

use super::stage::Stage;

/// Imports a file: what is missing, then a wrong file, then one of which a line is known.
pub async fn a_file_is_corrected_and_imported(stage: &Stage) -> String {
    let list = format!("/campagnes/{}/constats", stage.told.next_campaign);
    stage
        .at(
            &stage.told.cast.organisers[0],
            &format!("/campagnes/{}", stage.told.next_campaign),
        )
        .await;
    let browser = &stage.browser;
    browser.press("Constats d’un test antérieur").await;
    browser.press("Vérifier le fichier").await;
    browser.shows("Test qui l’a trouvé : Ce champ est nécessaire.").await;
    browser.look("findings-nothing-chosen").await;
    let file = stage.paper("constats.csv");
    std::fs::write(&file, "titre;description;vecteur\n;Sans titre;CVSS:9\n").unwrap();
    browser.fill("source", "Audit 2024, société Sablier").await;
    browser.attach("file", &file).await;
    browser.press("Vérifier le fichier").await;
    browser.shows("La colonne titre est vide").await;
    browser.shows("Lu : CVSS:9").await;
    browser.look("findings-wrong-file").await;
    let vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N";
    let good =
        format!("titre;description;vecteur\nTrajets lisibles par tous;Le numéro du trajet se devine.;{vector}\n");
    std::fs::write(&file, good).unwrap();
    browser.attach("file", &file).await;
    browser.press("Vérifier le fichier").await;
    browser.shows("Un constat sera importé.").await;
    browser.look("findings-preview").await;
    browser.press("Importer ce constat").await;
    browser.shows("Trajets lisibles par tous").await;
    browser.look("findings-imported").await;
    list
}

/// Decides a finding: wrongly, then by opening a vulnerability; the next one is told under it.
pub async fn a_verifier_decides_each(stage: &Stage, list: &str) {
    stage.enter(&stage.told.cast.verifiers[1]).await;
    let browser = &stage.browser;
    browser.shows("3 constats importés attendent votre décision").await;
    stage.open(list).await;
    browser.press("Trajets lisibles par tous").await;
    browser.press("Enregistrer la décision").await;
    browser.shows("Que devient ce constat ? : Choisissez").await;
    browser.shows("Pourquoi : Ce champ est nécessaire.").await;
    browser.look("finding-not-decided").await;
    browser.tick("decision", "product").await;
    browser
        .fill("reason", "Rejoué sur la cible : le trajet d’un autre s’affiche.")
        .await;
    browser.press("Enregistrer la décision").await;
    browser.shows("le constat est devenu cette faille").await;
    browser.shows("Constat d’un test antérieur").await;
    browser.look("finding-opened").await;
    stage.open(list).await;
    browser.press("Liste des arrêts lisible sans connexion").await;
    browser.tick("decision", "join").await;
    browser.choose("vulnerability", "Trajets lisibles par tous").await;
    browser.fill("reason", "Même défaut, par une autre adresse.").await;
    browser.look("finding-joining").await;
    browser.press("Enregistrer la décision").await;
    browser.shows("Un constat importé la rejoint").await;
    stage.open(list).await;
    browser.shows("Faille déjà connue").await;
    browser.look("findings-decided").await;
}
