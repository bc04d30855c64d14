//! A candidacy is returned by two people and deposited again; the call is decided, a place confirmed.

use super::people as who;
use super::world::World;

pub async fn one_is_returned_and_deposits_again(world: &mut World) {
    world.day("2026-09-09T10:00").await;
    world.at(who::ORGANISER).await;
    world.back_to("call", "").await;
    let browser = &world.browser;
    browser.press("Voir les candidatures").await;
    browser.shows("Reçue").await;
    browser.look("40-candidacies").await;
    browser.press(who::MONTFERLIN).await;
    browser.look("41-candidacy-to-instruct").await;
    browser.press("Proposer un renvoi ou une non-éligibilité").await;
    browser.press("Proposer le renvoi").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("42-proposal-errors").await;
    browser
        .fill("reason", "La page des engagements manque au document scanné.")
        .await;
    browser.press("Proposer le renvoi").await;
    browser
        .shows("La proposition est enregistrée. Une seconde personne doit confirmer.")
        .await;
    world.at(who::SECOND_ORGANISER).await;
    let browser = &world.browser;
    browser.look("43-second-person-desk").await;
    browser.press("Examiner").await;
    browser
        .shows("La page des engagements manque au document scanné.")
        .await;
    browser.look("44-proposal-to-confirm").await;
    browser.press("Confirmer").await;
    browser.shows("Renvoyée au candidat").await;
    world.app.settle().await;
    world.at(who::MONTFERLIN_OFFICER).await;
    let browser = &world.browser;
    browser.look("45-returned-desk").await;
    world.back_to("montferlin", "").await;
    let browser = &world.browser;
    browser
        .shows("La page des engagements manque au document scanné.")
        .await;
    browser.look("46-returned").await;
    browser.press("Vérifier et déposer").await;
    browser.attach("scan", &world.paper("montferlin-complet.pdf")).await;
    browser.press("Envoyer le formulaire signé").await;
    browser.press("Déposer la candidature").await;
    assert_eq!(browser.heading().await, "Récépissé n° 4");
    world.app.settle().await;
    world.nobody().await;
    world.open("/").await;
    world.browser.press("Voir l’appel").await;
    world.browser.press("Récépissés déjà délivrés").await;
    world.browser.shows("Éteint").await;
    world.browser.look("47-receipts-public").await;
}

pub async fn the_call_is_decided_and_places_confirmed(world: &mut World) {
    world.day("2026-09-21T18:30").await;
    world.at(who::ORGANISER).await;
    let browser = &world.browser;
    browser.look("48-organiser-desk-to-decide").await;
    browser.press("Décider").await;
    assert_eq!(browser.heading().await, "Décider l’appel");
    browser.look("49-decision").await;
    browser.press("Attribuer les places").await;
    browser
        .shows("Les places sont attribuées. Chaque candidat a sa lettre.")
        .await;
    browser.look("50-decided").await;
    world.app.settle().await;
    world.at(who::MONTFERLIN_OFFICER).await;
    world.back_to("montferlin", "").await;
    world.browser.shows("Sur liste d’attente").await;
    for (officer, place) in [(who::VALBRUNE_OFFICER, "valbrune"), (who::TELIAN_OFFICER, "telian")] {
        world.at(officer).await;
        if place == "valbrune" {
            world.browser.look("51-selected-desk").await;
        }
        world.browser.press("Confirmer").await;
        if world.browser.offers("Confirmer la place").await {
            world.browser.press("Confirmer la place").await;
        }
        world.browser.shows("La place est confirmée.").await;
    }
    world.back_to("valbrune", "").await;
    a_letter_is_read(world).await;
}

async fn a_letter_is_read(world: &mut World) {
    world.at(who::VALBRUNE_OFFICER).await;
    world.back_to("valbrune", "").await;
    let browser = &world.browser;
    browser.look("52-candidacy-confirmed").await;
    browser.press("Votre candidature est retenue").await;
    browser.shows("Voies et délais de recours").await;
    browser.shows("tribunal administratif de l’Orvanne").await;
    browser.look("53-letter").await;
}
