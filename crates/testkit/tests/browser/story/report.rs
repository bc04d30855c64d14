//! A student reports; a verifier asks, and verifies into a vulnerability.

use super::people as who;
use super::world::World;

const STEPS: &str = "1. Se connecter avec le compte de test.\n2. Ouvrir **une demande** et changer son numéro.\n\n\
    | Numéro | Réponse |\n|---|---|\n| 1041 | 200 |\n| 1042 | 200 |\n";

pub async fn a_student_reports(world: &mut World) {
    world.at(who::STUDENT).await;
    world.browser.press("Voir la cible").await;
    world.browser.press("Rédiger un signalement").await;
    let browser = &world.browser;
    browser
        .fill("title", "Lecture des demandes d’un autre habitant par leur numéro")
        .await;
    browser.fill("cwe", "n’importe quoi").await;
    browser.press("Enregistrer le brouillon").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("90-report-errors").await;
    browser.fill("cwe", "CWE-639").await;
    browser.choose("asset", "https://recette.clairval.example/").await;
    browser.fill("steps", STEPS).await;
    if browser.scripted() {
        browser.press("Aperçu").await;
        browser
            .run("return new Promise(done => setTimeout(done, 400))", vec![])
            .await;
        browser.shows("Ouvrir une demande et changer son numéro.").await;
        browser.look("91-report-preview").await;
    }
    browser
        .fill(
            "impact",
            "Toute personne connectée lit les demandes, pièces comprises, de tous les habitants.",
        )
        .await;
    browser.press("Composer un vecteur CVSS 4.0").await;
    browser.look("92-report-cvss").await;
    browser
        .fill("vector", "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N")
        .await;
    browser
        .attach(
            "files",
            &world.file(
                "requete.txt",
                "GET /demandes/1042 HTTP/1.1\nHost: recette.clairval.example\n",
            ),
        )
        .await;
    browser.press("Enregistrer et relire").await;
    browser.shows("requete.txt").await;
    browser.shows("Étapes pour reproduire").await;
    world.mark("report").await;
    without_scripts(world).await;
    let browser = &world.browser;
    browser.look("93-report-read-again").await;
    browser.press("Remettre le signalement").await;
    browser
        .shows("Le signalement est remis. Vous serez prévenu de la suite.")
        .await;
    browser.look("94-report-submitted").await;
}

/// Completes the draft with the scripts of pages turned off; reading it again is its preview.
async fn without_scripts(world: &World) {
    let browser = &world.browser;
    browser.scripts(false).await;
    world.back_to("report", "").await;
    browser.press("Compléter le brouillon").await;
    assert!(!browser.offers("Aperçu").await, "the preview in place needs a script");
    browser
        .fill(
            "proof",
            "Réponse à `GET /demandes/1042` : le nom d’**un autre** habitant de test.",
        )
        .await;
    browser.press("Enregistrer et relire").await;
    browser.shows("le nom d’un autre habitant de test").await;
    browser.scripts(true).await;
    world.back_to("report", "").await;
}

pub async fn a_verifier_asks_and_verifies(world: &mut World) {
    world.app.settle().await;
    world.at(who::VERIFIER).await;
    let browser = &world.browser;
    browser.look("95-verifier-desk").await;
    browser.press("Ouvrir la file").await;
    browser.look("96-queue").await;
    browser.press("Lecture des demandes").await;
    browser.press("Prendre le signalement").await;
    browser.shows("Vous avez pris ce signalement pour deux heures.").await;
    browser.press("Demander des précisions").await;
    browser.press("Demander des précisions").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("97-question-errors").await;
    browser
        .fill("question", "Avec quel compte, et depuis quelle page ?")
        .await;
    browser.press("Demander des précisions").await;
    browser.shows("La question est transmise au chasseur.").await;
    world.app.settle().await;
    world.at(who::STUDENT).await;
    let browser = &world.browser;
    browser.look("98-student-desk-question").await;
    browser.press("Répondre").await;
    if browser.heading().await != "Répondre" {
        browser.press("Répondre").await;
    }
    browser
        .fill("text", "Avec habitant-01, depuis la page « Mes demandes ».")
        .await;
    browser.press("Répondre").await;
    browser.shows("Votre réponse est transmise.").await;
    browser.look("99-report-answered").await;
    world.app.settle().await;
    verifies(world).await;
}

async fn verifies(world: &mut World) {
    world.at(who::VERIFIER).await;
    world.back_to("report", "").await;
    let browser = &world.browser;
    if browser.offers("Prendre le signalement").await {
        browser.press("Prendre le signalement").await;
    }
    browser.press("Consigner une reproduction").await;
    browser.press("Consigner une reproduction").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("100-reproduction-errors").await;
    browser.tick("succeeded", "yes").await;
    browser
        .fill(
            "text",
            "Rejoué sur l’environnement de test avec habitant-01 : même résultat.",
        )
        .await;
    browser.press("Consigner une reproduction").await;
    browser.shows("La reproduction est consignée.").await;
    browser.press("Vérifier le signalement").await;
    browser.look("101-verify").await;
    browser
        .fill("rating_reason", "Cotation du chasseur confirmée par la reproduction.")
        .await;
    browser.press("Vérifier le signalement").await;
    browser.shows("Le signalement est vérifié.").await;
    browser.look("102-report-verified").await;
}
