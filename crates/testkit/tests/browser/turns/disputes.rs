//! A vendor disputes, refuses, thinks again, and tells of a vulnerability of its own.

use super::stage::Stage;

fn vulnerability(stage: &Stage, index: usize) -> String {
    format!("/failles/{}", stage.told.vulnerabilities[index])
}

async fn disputes(stage: &Stage, at: &str, look: Option<&str>) {
    stage.at(&stage.told.cast.vendor_contact, at).await;
    let browser = &stage.browser;
    browser.press("Contester la faille").await;
    if let Some(name) = look {
        stage.press_in("/contester").await;
        browser.shows("Ce champ est nécessaire.").await;
        browser.look(name).await;
    }
    browser
        .fill(
            "dispute_reason",
            "Ce comportement demande un droit que l’on ne donne qu’aux agents.",
        )
        .await;
    stage.press_in("/contester").await;
    browser.shows("Contestée").await;
}

pub async fn a_dispute_is_not_upheld(stage: &Stage) {
    let at = vulnerability(stage, 0);
    disputes(stage, &at, Some("dispute-errors")).await;
    stage.browser.look("disputed").await;
    stage.at(&stage.told.cast.verifiers[0], &at).await;
    let browser = &stage.browser;
    browser.shows("Vous avez vérifié un signalement de cette faille").await;
    assert!(
        !browser.offers("Maintenir la faille").await,
        "who verified it does not uphold it"
    );
    browser.look("dispute-own-verdict").await;
    stage.at(&stage.told.cast.verifiers[1], &at).await;
    let browser = &stage.browser;
    browser
        .shows("Ce comportement demande un droit que l’on ne donne qu’aux agents.")
        .await;
    browser.press("Maintenir la faille").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("dispute-decision-errors").await;
    browser
        .fill("reason", "Un compte d’habitant suffit : voir la reproduction.")
        .await;
    browser.press("Maintenir la faille").await;
    browser.shows("Reconnue").await;
    browser.look("dispute-not-upheld").await;
}

pub async fn a_dispute_is_right_for_two_people(stage: &Stage) {
    let at = vulnerability(stage, 1);
    disputes(stage, &at, None).await;
    let verifiers = &stage.told.cast.verifiers;
    stage.at(&verifiers[0], &at).await;
    let browser = &stage.browser;
    browser
        .fill("reason", "L’éditeur montre que le droit est bien vérifié.")
        .await;
    browser.press("Proposer d’écarter").await;
    browser.look("dismissal-proposed").await;
    assert!(
        !browser.offers("Écarter la faille").await,
        "who proposed does not confirm"
    );
    browser.shows("Une deuxième personne doit la confirmer.").await;
    stage.at(&verifiers[1], &at).await;
    let browser = &stage.browser;
    browser.look("dismissal-to-confirm").await;
    browser
        .fill("reason", "D’accord : la reproduction tenait à un compte d’agent.")
        .await;
    browser.press("Écarter la faille").await;
    browser.shows("La faille est écartée.").await;
    browser.shows("Écartée").await;
    browser.look("dismissed").await;
}

pub async fn a_vendor_refuses_to_correct_and_thinks_again(stage: &Stage) {
    let at = vulnerability(stage, 2);
    stage.at(&stage.told.cast.vendor_contact, &at).await;
    let browser = &stage.browser;
    browser.press("Ne pas corriger").await;
    browser
        .fill("refusal_reason", "Cette version n’est plus maintenue depuis l’été.")
        .await;
    stage.press_in("/refuser").await;
    browser.shows("Ne sera pas corrigée").await;
    browser.look("refused").await;
    browser.press("Revenir sur le refus").await;
    browser.shows("Reconnue").await;
}

pub async fn a_vendor_opens_a_vulnerability_of_its_product(stage: &Stage) {
    stage.at(&stage.told.cast.vendor_contact, "/editeur").await;
    let browser = &stage.browser;
    browser.press("Déclarer une faille").await;
    browser.press("Déclarer la faille").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("declare-errors").await;
    browser.choose("product", "Guichet Clairval").await;
    browser.choose("programme", "Bug Bounty pédagogique").await;
    browser.fill("title", "Export lisible sans droit").await;
    browser
        .fill(
            "details",
            "L’export **comptable** ne vérifie pas le rôle de qui le demande.",
        )
        .await;
    browser.fill("vector", "CVSS:3.1/AV:N/AC:L").await;
    browser.press("Déclarer la faille").await;
    browser.shows("Il reste des points à compléter").await;
    assert_eq!(browser.held("title").await, "Export lisible sans droit");
    browser.look("declare-wrong-vector").await;
    browser
        .fill("vector", "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N")
        .await;
    browser.fill("cwe", "CWE-862").await;
    browser.press("Déclarer la faille").await;
    browser
        .shows("La faille est déclarée et les organisateurs sont prévenus.")
        .await;
    browser.look("declared").await;
    let at = stage.path().await;
    stage.at(&stage.told.cast.organisers[0], &at).await;
    stage.browser.shows("Export lisible sans droit").await;
    stage.at(&stage.told.cast.towns[0].officer, &at).await;
    assert_eq!(stage.browser.heading().await, "Page introuvable");
}

pub async fn what_a_vendor_declared_without_a_vector_is_rated(stage: &Stage) {
    stage
        .at(&stage.told.cast.vendor_contact, "/editeur/failles/nouvelle")
        .await;
    let browser = &stage.browser;
    browser.choose("product", "Guichet Clairval").await;
    browser.choose("programme", "Bug Bounty pédagogique").await;
    browser.fill("title", "Journal lisible sans droit").await;
    browser.fill("details", "Le journal se lit sans compte.").await;
    browser.press("Déclarer la faille").await;
    browser.shows("La faille est déclarée").await;
    assert!(
        !browser.offers("Contester la faille").await,
        "a vendor does not contest its own word"
    );
    stage.enter(&stage.told.cast.organisers[0]).await;
    let browser = &stage.browser;
    browser.shows("Coter la faille").await;
    browser.look("desk-to-rate").await;
    browser.press("Coter").await;
    browser.shows("Cette faille n’est pas cotée").await;
    stage.press_in("/cotation").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("rating-errors").await;
    browser
        .fill("vector", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N")
        .await;
    browser
        .fill("rating_reason", "Lecture à distance et sans compte.")
        .await;
    stage.press_in("/cotation").await;
    browser.shows("La gravité est cotée.").await;
    browser.shows("Lecture à distance et sans compte.").await;
    browser.look("rated").await;
}
