//! An empty instance is set up; organisations are added and people come in by invitation.

use super::people::{self as who, PASSWORD, Someone};
use super::world::World;

pub async fn the_administrator_sets_up(world: &mut World) {
    let token = sealing::token_text([9; 32]);
    world.open(&format!("/installation?jeton={token}")).await;
    let browser = &world.browser;
    browser.press("Créer la plateforme").await;
    browser.shows("Il reste des points à compléter").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("01-set-up-errors").await;
    browser.fill("instance", "Beffroi de l’Orvanne").await;
    browser.fill("organisation", "Service numérique mutualisé").await;
    browser.fill("name", who::ADMINISTRATOR.name).await;
    browser.fill("email", "rose.delattre").await;
    browser.fill("password", PASSWORD).await;
    browser.press("Créer la plateforme").await;
    browser.shows("Cette adresse n’est pas complète.").await;
    assert_eq!(
        browser.held("instance").await,
        "Beffroi de l’Orvanne",
        "what was typed is kept"
    );
    browser.fill("email", who::ADMINISTRATOR.sign_in).await;
    browser.fill("password", PASSWORD).await;
    browser.press("Créer la plateforme").await;
    assert_eq!(
        browser.heading().await,
        "Administration",
        "the set-up leads to what comes next"
    );
    world.is(who::ADMINISTRATOR);
    world.open("/bureau").await;
    world.browser.look("02-first-desk").await;
}

/// Adds an organisation and invites its people, each by a link.
async fn organisation(world: &mut World, kind: &str, name: &'static str, insee: &str, people: &[(&str, Someone)]) {
    world.open("/administration").await;
    let browser = &world.browser;
    browser.press("Ajouter une organisation").await;
    browser.choose("kind", kind).await;
    browser.fill("name", name).await;
    browser.fill("insee", insee).await;
    browser.press("Ajouter à l’annuaire").await;
    browser.shows("L’organisation est dans l’annuaire.").await;
    let here = browser.url().await;
    let page = here.split("/personnes").next().unwrap().to_owned();
    for (role, someone) in people {
        browser.choose("role", role).await;
        browser.press("Créer l’invitation").await;
        let link = browser.part("#invitation-link").await.trim().to_owned();
        world.invitations.push((*someone, link));
    }
    world.organisations.insert(name, page);
}

pub async fn organisations_and_people_come_in(world: &mut World) {
    world.at(who::ADMINISTRATOR).await;
    world.browser.press("Administration").await;
    world.browser.look("03-administration").await;
    world.browser.press("Ajouter une organisation").await;
    world.browser.press("Ajouter à l’annuaire").await;
    world.browser.shows("Ce champ est nécessaire.").await;
    world.browser.look("04-organisation-errors").await;
    let organisers = [
        ("Organisateur", who::ORGANISER),
        ("Organisateur", who::SECOND_ORGANISER),
    ];
    organisation(world, "Intercommunalité", who::METROPOLE, "", &organisers).await;
    world.browser.look("05-invitation-link").await;
    let officer = "Responsable de la sécurité";
    let valbrune = [(officer, who::VALBRUNE_OFFICER), ("Signataire", who::VALBRUNE_MAYOR)];
    organisation(world, "Commune", who::VALBRUNE, "77991", &valbrune).await;
    organisation(
        world,
        "Commune",
        who::MONTFERLIN,
        "77992",
        &[(officer, who::MONTFERLIN_OFFICER)],
    )
    .await;
    organisation(
        world,
        "Commune",
        who::TELIAN,
        "77993",
        &[(officer, who::TELIAN_OFFICER)],
    )
    .await;
    let vendor = [
        ("Contact éditeur", who::VENDOR_CONTACT),
        ("Signataire", who::VENDOR_SIGNATORY),
    ];
    organisation(world, "Éditeur", who::VENDOR, "", &vendor).await;
    organisation(
        world,
        "École",
        who::SCHOOL,
        "",
        &[("Responsable d’école", who::SUPERVISOR)],
    )
    .await;
    let verifiers = [("Vérificateur", who::VERIFIER), ("Vérificateur", who::SECOND_VERIFIER)];
    organisation(world, "Exploitant", who::OPERATOR, "", &verifiers).await;
    for commune in [who::VALBRUNE, who::MONTFERLIN, who::TELIAN] {
        belongs(world, commune).await;
    }
    world.browser.look("06-organisation").await;
    for (index, (someone, link)) in std::mem::take(&mut world.invitations).into_iter().enumerate() {
        comes_in(world, someone, &link, index == 0).await;
    }
    world.browser.look("08-officer-desk-empty").await;
}

async fn belongs(world: &World, commune: &str) {
    world.browser.open(&world.organisations[commune]).await;
    world.browser.press("Ajouter une appartenance").await;
    world.browser.fill("within", who::METROPOLE).await;
    world.browser.choose("affiliation_kind", "Territoire").await;
    world.browser.press("Ajouter l’appartenance").await;
    world.browser.shows(who::METROPOLE).await;
}

/// Opens an invitation's link on a fresh machine and makes an account.
pub async fn comes_in(world: &mut World, someone: Someone, link: &str, look: bool) {
    world.nobody().await;
    let browser = &world.browser;
    browser.open(link).await;
    assert_eq!(browser.heading().await, "Prendre un rôle");
    let named = someone.sign_in.contains('@');
    if named {
        browser.fill("name", someone.name).await;
    }
    if !named {
        browser.fill("pseudonym", someone.pseudonym).await;
    }
    if look {
        browser.fill("email", someone.sign_in).await;
        browser.fill("password", "court").await;
        browser.press("Créer mon compte").await;
        browser.shows("12 caractères au moins").await;
        assert_eq!(browser.held("name").await, someone.name, "what was typed is kept");
        browser.look("07-invitation-errors").await;
    }
    if named {
        browser.fill("email", someone.sign_in).await;
    }
    browser.fill("password", PASSWORD).await;
    browser.press("Créer mon compte").await;
    assert_eq!(browser.heading().await, "Mon bureau", "{} comes in", someone.name);
    world.is(someone);
}
