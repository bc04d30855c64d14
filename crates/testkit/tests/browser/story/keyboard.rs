//! A commune applies with the keyboard alone; the focus is seen at every step.

use super::candidacy::{ANSWERS, OFFER};
use super::people as who;
use super::world::World;
use testkit::browser::{Browser, Key};

pub async fn a_commune_applies_with_the_keyboard_alone(world: &mut World) {
    world.nobody().await;
    world.open("/connexion").await;
    let browser = &world.browser;
    browser.tab_to_field("email").await;
    browser.strike(who::MONTFERLIN_OFFICER.sign_in).await;
    browser.tab_to_field("password").await;
    browser.strike(who::PASSWORD).await;
    browser.key(Key::Enter).await;
    assert_eq!(browser.heading().await, "Mon bureau");
    world.is(who::MONTFERLIN_OFFICER);
    world.open("/").await;
    let browser = &world.browser;
    follow(browser, "Aller au contenu").await;
    follow(browser, "Voir l’appel").await;
    follow(browser, "Préparer une candidature").await;
    follow(browser, "Commencer la candidature").await;
    world.mark("montferlin").await;
    let browser = &world.browser;
    follow(browser, "Continuer la candidature").await;
    follow(browser, "Enregistrer et continuer").await;
    browser.shows("Ce champ est nécessaire.").await;
    follow(browser, "Adresse de la mairie").await;
    let focus = browser.focused().await;
    assert_eq!(
        focus, "answer.commune_adresse",
        "the summary of errors leads to the field"
    );
    browser.strike(ANSWERS[0][0].1).await;
    typed(browser, &ANSWERS[0][1..]).await;
    for step in ANSWERS[1..].iter().chain([&OFFER]) {
        typed(browser, step).await;
    }
    typed(
        browser,
        &[("signatory.name", "Paul Ferrier"), ("signatory.function", "Maire")],
    )
    .await;
    assert_eq!(browser.heading().await, "Vérifier, signer, déposer");
    browser.tab_to_field("scan").await;
    // The file chooser belongs to the desktop; the field takes the file's path where the focus is.
    browser.attach("scan", &world.paper("montferlin.pdf")).await;
    follow(browser, "Envoyer le formulaire signé").await;
    follow(browser, "Déposer la candidature").await;
    assert_eq!(browser.heading().await, "Récépissé n° 2");
}

async fn follow(browser: &Browser, label: &str) {
    browser.tab_to_label(label).await;
    browser.key(Key::Enter).await;
}

/// Types a step's answers and sends it with Enter on its button.
async fn typed(browser: &Browser, step: &[(&str, &str)]) {
    for (name, value) in step {
        let field = if name.contains('.') {
            (*name).to_owned()
        } else {
            format!("answer.{name}")
        };
        if *value == "yes" {
            browser.radio_by_keys(&field, value).await;
        } else {
            browser.tab_to_field(&field).await;
            browser.strike(value).await;
        }
    }
    follow(browser, "Enregistrer et continuer").await;
}
