//! The vendor's product is entered; communes declare it and the vendor confirms.

use super::people as who;
use super::world::World;

pub async fn products_are_entered_and_declared(world: &mut World) {
    world.day("2026-09-28T09:00").await;
    world.at(who::VENDOR_CONTACT).await;
    let browser = &world.browser;
    browser.press("Catalogue").await;
    browser.press("Ajouter une application").await;
    browser.press("Ajouter au catalogue").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("60-product-errors").await;
    browser.fill("name", who::PRODUCT).await;
    browser
        .fill(
            "description",
            "Relation entre les habitants et leur mairie : démarches, rendez-vous, dossiers.",
        )
        .await;
    browser.press("Ajouter au catalogue").await;
    browser.shows("L’application est au catalogue.").await;
    browser.press("Ajouter une version").await;
    browser.fill("version", "4.2.0").await;
    browser.fill("released_on", "2026-01-15").await;
    browser.press("Ajouter la version").await;
    browser.shows("La version est ajoutée.").await;
    browser.look("61-product").await;
    for officer in [who::VALBRUNE_OFFICER, who::TELIAN_OFFICER] {
        declares(world, officer).await;
    }
    confirms(world).await;
}

async fn declares(world: &mut World, officer: who::Someone) {
    world.at(officer).await;
    let browser = &world.browser;
    browser.press("Catalogue").await;
    browser.press(who::PRODUCT).await;
    browser.press("Déclarer pour").await;
    browser.choose("version", "4.2.0").await;
    browser.fill("host", who::VENDOR).await;
    if officer == who::VALBRUNE_OFFICER {
        browser.look("62-declare").await;
    }
    browser.press("Déclarer cette installation").await;
    browser.shows("L’installation est déclarée.").await;
}

async fn confirms(world: &mut World) {
    for commune in [who::VALBRUNE, who::TELIAN] {
        world.at(who::VENDOR_CONTACT).await;
        world.browser.press("Voir les déclarations").await;
        if commune == who::VALBRUNE {
            world.browser.look("63-declarations").await;
        }
        if commune == who::VALBRUNE {
            // The first is confirmed in the list, the second on its own page.
            world.browser.press(&format!("Confirmer – {commune}")).await;
            world.browser.shows("L’installation est confirmée.").await;
            assert_eq!(world.browser.heading().await, "Qui utilise l’application");
            world.browser.look("64-declarations-confirmed").await;
            continue;
        }
        world.browser.press(commune).await;
        world.browser.look("64-deployment").await;
        world.browser.press("Confirmer cette installation").await;
        world.browser.shows("L’installation est confirmée.").await;
    }
}
