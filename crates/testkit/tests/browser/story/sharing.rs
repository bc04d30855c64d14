//! The vendor corrects, a retest confirms; the organiser shares; a commune says where it stands.

use super::people as who;
use super::world::World;

pub async fn the_vendor_corrects_and_a_retest_confirms(world: &mut World) {
    world.at(who::VERIFIER).await;
    world.back_to("report", "").await;
    world.browser.press("Faille").await;
    world.mark("vulnerability").await;
    let browser = &world.browser;
    browser.look("110-vulnerability").await;
    browser.press("Écrire les textes").await;
    browser
        .fill("title", "Des demandes lisibles par d’autres habitants")
        .await;
    browser
        .fill(
            "alert",
            "Une faille élevée touche le portail. Appelez l’éditeur avant toute mise à jour.",
        )
        .await;
    browser
        .fill(
            "measures",
            "Limitez l’accès au portail aux comptes vérifiés en attendant la version corrigée.",
        )
        .await;
    browser
        .fill("details", "Le portail ne vérifie pas à qui appartient une demande.")
        .await;
    browser.look("111-texts").await;
    browser.press("Enregistrer").await;
    browser.shows("C’est enregistré.").await;
    world.back_to("vulnerability", "").await;
    world.browser.press("Prévenir l’éditeur").await;
    world.browser.shows("L’éditeur est prévenu.").await;
    world.app.settle().await;
    world.day("2026-10-14T10:00").await;
    fix(world).await;
    retest(world).await;
}

async fn fix(world: &mut World) {
    world.at(who::VENDOR_CONTACT).await;
    let browser = &world.browser;
    browser.look("112-vendor-desk").await;
    browser.press("Répondre").await;
    browser.look("113-vendor-vulnerability").await;
    browser.press("Lecture des demandes").await;
    let evidence = "return fetch(document.querySelector('main a[href*=\"/pieces/\"]').href).then(r => r.text())";
    let evidence = browser.run(evidence, vec![]).await;
    assert!(
        evidence.as_str().unwrap().starts_with("GET /demandes/1042"),
        "the evidence sealed under the vulnerability opens for its vendor: {evidence}"
    );
    browser.press("Reconnaître la faille").await;
    browser.shows("La faille est reconnue.").await;
    browser.press("Annoncer la version corrigée").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("114-fix-errors").await;
    browser.fill("version", "4.2.1").await;
    browser
        .fill("note", "Contrôle d’accès ajouté sur chaque demande.")
        .await;
    browser.press("Annoncer la version corrigée").await;
    browser.shows("La version corrigée est annoncée.").await;
    browser.press("Demander le contre-test").await;
    browser.shows("Le contre-test est demandé.").await;
    world.app.settle().await;
}

async fn retest(world: &mut World) {
    world.at(who::STUDENT).await;
    let browser = &world.browser;
    browser.shows("Un contre-test vous est proposé").await;
    browser.press("Répondre").await;
    browser.look("115-retest-offered").await;
    browser.press("Accepter le contre-test").await;
    browser.shows("Le contre-test est à vous.").await;
    browser.press("Rendre le constat").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("116-retest-errors").await;
    browser.tick("outcome", "fixed").await;
    browser
        .fill("evidence", "Même requête, même compte : le serveur répond 404.")
        .await;
    browser.press("Rendre le constat").await;
    browser.shows("Votre constat est transmis à un vérificateur.").await;
    world.app.settle().await;
    world.at(who::SECOND_VERIFIER).await;
    world.back_to("vulnerability", "").await;
    let browser = &world.browser;
    browser.look("117-retest-to-judge").await;
    browser.press("Confirmer le constat").await;
    browser.shows("Le constat est confirmé.").await;
    browser.shows("Corrigée").await;
    browser.look("118-vulnerability-fixed").await;
}

pub async fn the_organiser_shares_step_by_step(world: &mut World) {
    for (index, phase) in ["Alerte", "Mesures", "Détails"].into_iter().enumerate() {
        world.at(who::ORGANISER).await;
        world.back_to("vulnerability", "").await;
        world.browser.press("Partage de cette faille").await;
        if index == 0 {
            world.browser.look("120-sharing").await;
        }
        world.browser.press("Demander l’avis de l’éditeur").await;
        opinion(world, index).await;
        world.at(who::ORGANISER).await;
        world.back_to("vulnerability", "/partage").await;
        world.browser.press(&format!("Passer à « {phase} »")).await;
        world.app.settle().await;
        world.back_to("vulnerability", "/partage").await;
        world.browser.shows(&format!("Partage porté à « {phase} »")).await;
    }
    world.browser.look("122-sharing-details").await;
    world.back_to("vulnerability", "/situations").await;
    world.browser.shows(who::TELIAN).await;
    world.browser.look("123-positions").await;
}

async fn opinion(world: &mut World, index: usize) {
    world.app.settle().await;
    world.at(who::VENDOR_CONTACT).await;
    world.back_to("vulnerability", "/partage").await;
    let browser = &world.browser;
    if index == 0 {
        browser.press("Donner cet avis").await;
        browser.shows("Il reste des points à compléter").await;
        browser.look("121-opinion-errors").await;
    }
    browser.tick("favourable", "yes").await;
    browser.fill("reason", "Nos clients sont prévenus en même temps.").await;
    browser.press("Donner cet avis").await;
}

pub async fn a_commune_says_where_it_stands(world: &mut World) {
    world.day("2026-10-16T09:00").await;
    world.at(who::TELIAN_OFFICER).await;
    let browser = &world.browser;
    browser.look("124-commune-desk").await;
    browser.press("Répondre").await;
    browser
        .shows("Le portail ne vérifie pas à qui appartient une demande.")
        .await;
    browser.look("125-situation").await;
    browser.press("Enregistrer notre réponse").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("126-situation-errors").await;
    for (answer, shown) in [
        ("declare_affected", "Touchée"),
        ("mitigate", "Protégée en attendant"),
        ("update", "À jour"),
    ] {
        world.browser.tick("answer", answer).await;
        world.browser.fill("reason", "Constaté par notre prestataire.").await;
        world.browser.press("Enregistrer notre réponse").await;
        world.browser.shows("Votre réponse est enregistrée.").await;
        world.browser.shows(shown).await;
    }
    world.browser.look("127-situation-up-to-date").await;
    let telian = world.organisations[who::TELIAN].clone();
    world.browser.open(&format!("{telian}/situations")).await;
    world.browser.shows("À jour").await;
    world.browser.look("128-situations").await;
}

pub async fn members_and_the_public_read(world: &mut World) {
    world.at(who::ORGANISER).await;
    world.back_to("vulnerability", "/situations").await;
    world.browser.shows("À jour").await;
    world.day("2026-11-16T09:00").await;
    world.at(who::ORGANISER).await;
    world.back_to("campaign", "").await;
    world.browser.look("129-campaign-verifying").await;
    world.browser.press("Clore la campagne").await;
    world.browser.shows("Terminée").await;
    world.at(who::MONTFERLIN_OFFICER).await;
    world.back_to("programme", "/membres").await;
    world.browser.shows(who::PRODUCT).await;
    world.browser.look("130-members").await;
    world.nobody().await;
    world.back_to("programme", "").await;
    world.browser.press("Ce que le programme a fait").await;
    world.browser.look("131-public").await;
    world.open("/journal").await;
    world.browser.look("132-journal").await;
}
