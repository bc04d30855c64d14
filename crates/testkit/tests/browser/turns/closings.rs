//! Reports are closed, their authors contest, others decide.

use super::stage::Stage;

pub async fn a_duplicate_needs_its_original(stage: &Stage) {
    let verifier = &stage.told.cast.verifiers[0];
    stage.at(verifier, &stage.report("submitted")).await;
    let browser = &stage.browser;
    browser.press("Prendre le signalement").await;
    browser.press("Clore le signalement").await;
    browser.press("Clore le signalement").await;
    browser.shows("Il reste des points à compléter").await;
    browser.tick("closing", "duplicate").await;
    browser.fill("reason", "La même demande, le même numéro.").await;
    browser.press("Clore le signalement").await;
    browser.shows("Il reste des points à compléter").await;
    assert_eq!(browser.held("reason").await, "La même demande, le même numéro.");
    browser.look("closing-without-original").await;
    browser.choose("original", "n° 2").await;
    browser.press("Clore le signalement").await;
    browser.shows("Doublon").await;
    browser.look("closed-as-duplicate").await;
}

pub async fn its_author_contests_and_another_decides(stage: &Stage) {
    let report = stage.report("submitted");
    stage.at(&stage.told.students[0], &report).await;
    let browser = &stage.browser;
    browser.shows("Un signalement antérieur existe").await;
    let told = browser.text().await;
    assert!(
        !told.contains("La même demande, le même numéro."),
        "the author of a duplicate learns only that an earlier report exists"
    );
    browser.press("Contester la décision").await;
    browser.press("Contester la décision").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("appeal-errors").await;
    browser
        .fill(
            "grounds",
            "Le mien se produit sans être connecté : ce n’est pas la même faille.",
        )
        .await;
    browser.press("Contester la décision").await;
    browser.shows("La décision est contestée.").await;
    browser.look("appealed").await;
    // Who closed it does not decide on the appeal.
    stage.at(&stage.told.cast.verifiers[0], &report).await;
    assert!(!stage.browser.offers("Trancher la contestation").await);
    stage.enter(&stage.told.cast.verifiers[1]).await;
    stage.browser.look("verifier-desk-appeal").await;
    stage.open(&report).await;
    let browser = &stage.browser;
    browser.press("Trancher la contestation").await;
    browser.press("Trancher la contestation").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("appeal-decision-errors").await;
    browser.tick("decision", "allowed").await;
    browser.fill("reason", "Le chemin est bien différent.").await;
    browser.press("Trancher la contestation").await;
    browser.shows("En vérification").await;
    browser.look("appeal-allowed").await;
}

pub async fn two_verifiers_close_as_abusive(stage: &Stage) {
    let report = stage.report("in_verification");
    let verifiers = &stage.told.cast.verifiers;
    stage.at(&verifiers[0], &report).await;
    let browser = &stage.browser;
    browser.press("Prendre le signalement").await;
    browser.press("Proposer de clore comme abusif").await;
    browser.press("Proposer de clore comme abusif").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser
        .fill("reason", "Texte copié d’un autre programme, sans essai sur la cible.")
        .await;
    browser.press("Proposer de clore comme abusif").await;
    browser
        .shows("Vous l’avez proposé : quelqu’un d’autre doit décider.")
        .await;
    assert!(!browser.offers("Confirmer la proposition").await);
    browser.look("abusive-proposed").await;
    stage.enter(&verifiers[2]).await;
    stage.browser.look("verifier-desk-second").await;
    stage.open(&report).await;
    let browser = &stage.browser;
    browser.shows("Un autre vérificateur demande votre avis").await;
    assert!(browser.offers("Écarter la proposition").await);
    browser.press("Confirmer la proposition").await;
    browser.shows("Texte copié d’un autre programme").await;
    browser.look("abusive-to-confirm").await;
    browser.press("Confirmer la proposition").await;
    browser.shows("Décision prise par deux vérificateurs.").await;
    browser.look("abusive-closed").await;
}
