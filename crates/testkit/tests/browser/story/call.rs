//! The call: its window, its places, its questions, who may apply; then it is published.

use super::people as who;
use super::programme;
use super::world::World;

pub async fn an_organiser_publishes_the_call(world: &mut World) {
    world.at(who::ORGANISER).await;
    world.back_to("programme", "").await;
    let browser = &world.browser;
    browser.press("Préparer un appel").await;
    browser
        .fill("title", "Deux communes volontaires pour le Bug Bounty pédagogique")
        .await;
    let summary = "Les deux premières communes dont le dossier complet et signé nous parvient ouvrent une de leurs \
        applications aux étudiants, sur une plateforme de test.";
    browser.fill("summary", summary).await;
    browser.fill("places", "2").await;
    browser.fill("opens_at", "2026-09-21T18:00").await;
    browser.fill("closes_at", "2026-09-07T09:00").await;
    browser.fill("confirm_within_days", "10").await;
    browser.tick("kinds", "commune").await;
    browser.fill("territory", who::METROPOLE).await;
    browser.fill("track", "P").await;
    browser.press("Créer l’appel").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("14-call-errors").await;
    assert_eq!(browser.held("places").await, "2", "what was typed is kept");
    browser.fill("opens_at", "2026-09-07T09:00").await;
    browser.fill("closes_at", "2026-09-21T18:00").await;
    browser.press("Créer l’appel").await;
    browser.shows("L’appel est créé. Relisez-le, puis publiez-le.").await;
    browser.look("15-call-draft").await;
    world.mark("call").await;
    questions(world).await;
    let browser = &world.browser;
    browser.press("Publier l’appel").await;
    browser.shows("L’appel est publié.").await;
    browser.look("17-call-published").await;
    world.back_to("programme", "").await;
    world.browser.press("Enregistrer les parcours terminés").await;
    programme::completions(world).await;
    world.nobody().await;
    world.open("/").await;
    world.browser.shows("Bug Bounty pédagogique de la métropole").await;
    world.browser.look("22-home").await;
}

/// A question is added to the form that the call came with, and one is made optional.
async fn questions(world: &World) {
    let browser = &world.browser;
    browser.press("Modifier le formulaire").await;
    let index = browser.run(
        "return [...document.querySelectorAll('details[open] [name$=-question]')].map(f => f.name.split('-')[0])[0] ?? ''",
        vec![],
    );
    let line = index.await.as_str().unwrap().to_owned();
    browser.fill(&format!("{line}-question"), "Nombre d’habitants").await;
    browser.fill(&format!("{line}-section"), "La commune").await;
    browser.look("16-call-questions").await;
    browser.press("Enregistrer le formulaire").await;
    browser.shows("C’est enregistré.").await;
}
