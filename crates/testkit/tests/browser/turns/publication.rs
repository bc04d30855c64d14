//! A vulnerability without a fix is held back by an embargo, then published by two people.

use super::stage::Stage;

fn sharing(stage: &Stage) -> String {
    format!("/failles/{}/partage", stage.told.vulnerabilities[2])
}

/// Asks the vendor, who answers, and comes back to the organiser's page.
async fn asks(stage: &Stage, favourable: &str) {
    let at = sharing(stage);
    let organiser = &stage.told.cast.organisers[0];
    stage.at(organiser, &at).await;
    stage.browser.press("Demander l’avis de l’éditeur").await;
    stage.at(&stage.told.cast.vendor_contact, &at).await;
    stage.browser.tick("favourable", favourable).await;
    stage
        .browser
        .fill("reason", "Nous préférons que chacun puisse se protéger.")
        .await;
    stage.browser.press("Donner cet avis").await;
    stage.at(organiser, &at).await;
}

pub async fn an_embargo_holds_back(stage: &Stage) {
    let at = sharing(stage);
    let organiser = &stage.told.cast.organisers[0];
    stage.at(organiser, &at).await;
    let browser = &stage.browser;
    browser.press("Embargo").await;
    browser.press("Fixer l’embargo").await;
    browser.shows("Indiquez un jour et une heure.").await;
    browser.fill("until", "2026-08-01T09:00").await;
    browser.press("Fixer l’embargo").await;
    browser.shows("La fin de l’embargo doit être à venir.").await;
    browser.look("embargo-errors").await;
    browser.fill("until", "2026-12-01T09:00").await;
    browser.press("Fixer l’embargo").await;
    browser.shows("heure de Paris").await;
    browser.look("embargo-set").await;
    asks(stage, "yes").await;
    stage.browser.shows("L’embargo retient cette étape.").await;
    stage.browser.look("embargo-holds").await;
}

pub async fn the_vendor_consents_to_the_details(stage: &Stage) {
    let at = sharing(stage);
    stage.at(&stage.told.cast.vendor_contact, &at).await;
    let browser = &stage.browser;
    browser
        .shows("Vous pouvez accepter qu’ils soient partagés avant sa fin.")
        .await;
    browser.look("consent-asked").await;
    browser.press("Accepter que les détails soient partagés").await;
    browser
        .shows("les détails peuvent être partagés pendant l’embargo.")
        .await;
    browser.look("consent-given").await;
    stage.at(&stage.told.cast.organisers[0], &at).await;
    let browser = &stage.browser;
    browser.press("Passer à « Détails »").await;
    browser.shows("Partage porté à « Détails »").await;
    browser.press("Embargo").await;
    browser
        .fill("lift_reason", "Une exploitation est annoncée publiquement.")
        .await;
    browser.press("Lever l’embargo").await;
}

pub async fn a_version_is_only_announced(stage: &Stage) {
    let at = format!("/failles/{}", stage.told.vulnerabilities[2]);
    stage.at(&stage.told.cast.vendor_contact, &at).await;
    let browser = &stage.browser;
    browser.fill("version", "4.3.0").await;
    browser.press("Annoncer la version corrigée").await;
    browser.shows("Pas encore confirmée").await;
    browser.look("fix-announced").await;
}

pub async fn two_people_publish(stage: &Stage) {
    asks(stage, "no").await;
    let browser = &stage.browser;
    browser
        .shows("Seule une faille marquée TLP:CLEAR peut devenir publique.")
        .await;
    browser.look("publication-not-clear").await;
    browser.press("Changer l’étiquette TLP").await;
    browser.choose("tlp", "CLEAR").await;
    browser.press("Changer l’étiquette").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.choose("tlp", "CLEAR").await;
    browser.fill("tlp_reason", "Chacun doit pouvoir se protéger.").await;
    stage.press_in("/tlp").await;
    browser
        .shows("Aucun contre-test n’a confirmé de correctif : il faut l’accord de deux personnes.")
        .await;
    browser.look("publication-needs-two").await;
    browser
        .press("Donner un premier accord pour publier sans correctif vérifié")
        .await;
    browser.look("publication-first").await;
    assert!(
        !browser.offers("Passer à « Public »").await,
        "one person does not publish alone"
    );
    stage.at(&stage.told.cast.organisers[1], &sharing(stage)).await;
    let browser = &stage.browser;
    browser.look("publication-second").await;
    browser.press("Passer à « Public »").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("publication-reason").await;
    browser
        .fill("move_reason", "Une exploitation est annoncée, chacun doit se protéger.")
        .await;
    browser.press("Passer à « Public »").await;
    browser.shows("Partage porté à « Public »").await;
    browser.look("published").await;
    browser.forget().await;
    stage.open(&format!("/programmes/{}/public", stage.told.slug)).await;
    stage.browser.look("public-page-with-two-advisories").await;
    let at = format!("/failles/{}", stage.told.vulnerabilities[2]);
    stage.open(&at).await;
    stage.browser.look("public-advisory").await;
    let text = stage.browser.text().await;
    for kept in ["V-3", "Contre-tests", "Éditeur prévenu", "chasseurs"] {
        assert!(!text.contains(kept), "the public does not read of {kept}");
    }
    assert!(text.contains("Version annoncée, pas encore vérifiée"));
    assert!(
        !text.contains("Exploitation"),
        "the public does not read how it is exploited"
    );
}
