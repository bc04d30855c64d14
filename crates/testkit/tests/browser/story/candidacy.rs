//! Communes apply: one that gets every step wrong first, one without scripts.

use super::people as who;
use super::world::World;

/// The answers of a commune, by field.
pub const ANSWERS: &[&[(&str, &str)]] = &[
    &[
        ("commune_adresse", "1, place de la Mairie"),
        ("commune_service", "Direction des systèmes d’information"),
    ],
    &[
        ("elu_nom", "Sonia Maréchal"),
        ("elu_fonction", "Adjointe au numérique"),
        ("elu_courriel", "elue@commune.example"),
    ],
    &[
        ("technique_nom", "Yvan Corbel"),
        ("technique_fonction", "Responsable de la sécurité"),
        ("technique_courriel", "securite@commune.example"),
        ("technique_telephone", "01 23 45 67 89"),
    ],
    &[
        ("engagement_test", "yes"),
        ("engagement_referent", "yes"),
        ("engagement_editeur", "yes"),
        ("engagement_pedagogique", "yes"),
    ],
    &[("motivations", "Apprendre avant d’être attaqués, et former nos agents.")],
];

/// The product that a commune offers.
pub const OFFER: &[(&str, &str)] = &[
    ("offer.0.name", who::PRODUCT),
    ("offer.0.vendor", who::VENDOR),
    ("offer.0.version", "4.2.0"),
    ("offer.0.host", who::VENDOR),
];

/// Finds the call as anybody does, from the home page, and begins a candidacy.
pub async fn begins(world: &World) {
    world.open("/").await;
    world.browser.press("Voir l’appel").await;
    world.browser.press("Préparer une candidature").await;
    world.browser.press("Commencer la candidature").await;
}

pub async fn a_commune_applies(world: &mut World) {
    world.day("2026-09-07T09:05").await;
    world.at(who::VALBRUNE_OFFICER).await;
    world.open("/").await;
    world.browser.look("23-home-open-call").await;
    world.browser.press("Voir l’appel").await;
    world.browser.shows("peut candidater").await;
    world.browser.look("24-call-open").await;
    world.browser.press("Préparer une candidature").await;
    world.browser.look("25-candidacy-start").await;
    world.browser.press("Commencer la candidature").await;
    world.mark("valbrune").await;
    let browser = &world.browser;
    browser.look("26-candidacy-draft").await;
    browser.press("Continuer la candidature").await;
    for (number, step) in ANSWERS.iter().enumerate() {
        wrongly(world, number, step).await;
        rightly(world, step).await;
    }
    let browser = &world.browser;
    browser.press("Enregistrer et continuer").await;
    browser.shows("Nommez au moins un produit.").await;
    browser.fill("offer.0.name", who::PRODUCT).await;
    browser.press("Enregistrer et continuer").await;
    browser.shows("Ce champ est nécessaire.").await;
    assert_eq!(browser.held("offer.0.name").await, who::PRODUCT);
    browser.look("29-products-errors").await;
    rightly(world, OFFER).await;
    browser.press("Enregistrer et continuer").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("30-signatory-errors").await;
    rightly(
        world,
        &[("signatory.name", "Hélène Castaing"), ("signatory.function", "Maire")],
    )
    .await;
    signs_and_deposits(world, true).await;
    the_receipt_is_checked(world).await;
}

/// Leaves a step empty, then types an address that is none: both are said, and what was typed is kept.
async fn wrongly(world: &World, number: usize, step: &[(&str, &str)]) {
    let browser = &world.browser;
    browser.press("Enregistrer et continuer").await;
    browser.shows("Il reste des points à compléter").await;
    browser.shows("Ce champ est nécessaire.").await;
    if let Some((name, _)) = step.iter().find(|(name, _)| name.ends_with("courriel")) {
        let field = format!("answer.{name}");
        browser.fill(&field, "mairie@").await;
        browser.press("Enregistrer et continuer").await;
        browser.shows("Cette adresse n’est pas complète.").await;
        assert_eq!(browser.held(&field).await, "mairie@", "what was typed is kept");
    }
    if number == 2 {
        browser.fill("answer.technique_telephone", "standard").await;
        browser.press("Enregistrer et continuer").await;
        browser
            .shows("Ce numéro n’est pas lisible. Exemple : 01 23 45 67 89")
            .await;
        browser.look("27-step-errors").await;
    }
    if number == 3 {
        browser.look("28-commitments-errors").await;
    }
}

/// Fills a step in and goes on to the next.
pub async fn rightly(world: &World, step: &[(&str, &str)]) {
    for (name, value) in step {
        let field = if name.contains('.') {
            (*name).to_owned()
        } else {
            format!("answer.{name}")
        };
        if *value == "yes" {
            world.browser.tick(&field, value).await;
        } else {
            world.browser.fill(&field, value).await;
        }
    }
    world.browser.press("Enregistrer et continuer").await;
}

/// Prints the form, sends the scan and deposits; a wrong file is refused first.
pub async fn signs_and_deposits(world: &World, look: bool) {
    let browser = &world.browser;
    assert_eq!(browser.heading().await, "Vérifier, signer, déposer");
    if look {
        browser.look("31-check").await;
        browser.press("Imprimer le formulaire").await;
        browser.shows("Je certifie l’exactitude des réponses ci-dessus").await;
        browser.shows("1, place de la Mairie").await;
        browser.look("32-print").await;
        browser.press("Retour").await;
        browser.press("Envoyer le formulaire signé").await;
        browser.shows("Joignez un fichier.").await;
        browser
            .attach("scan", &world.file("scan.txt", "ceci n’est pas un scan"))
            .await;
        browser.press("Envoyer le formulaire signé").await;
        browser.shows("Ce type de fichier n’est pas accepté.").await;
        browser.look("33-scan-refused").await;
    }
    browser.attach("scan", &world.paper("candidature-signee.pdf")).await;
    browser.press("Envoyer le formulaire signé").await;
    browser
        .shows("Le formulaire signé est reçu. Il reste à déposer la candidature.")
        .await;
    browser.press("Déposer la candidature").await;
    browser.shows("La candidature est reçue. Voici son récépissé.").await;
}

async fn the_receipt_is_checked(world: &mut World) {
    world.app.settle().await;
    world.back_to("valbrune", "/recepisse").await;
    let browser = &world.browser;
    assert_eq!(browser.heading().await, "Récépissé n° 1");
    browser.look("34-receipt").await;
    let receipt = browser.part("#receipt").await;
    world.nobody().await;
    world.open("/recepisse").await;
    let browser = &world.browser;
    browser
        .fill("receipt", &receipt.replace("valbrune", "montferlin")[1..])
        .await;
    browser.press("Vérifier le récépissé").await;
    browser.look("35-receipt-wrong").await;
    browser.fill("receipt", &receipt).await;
    browser.press("Vérifier le récépissé").await;
    browser.shows("Valide et inscrit au journal").await;
    browser.look("36-receipt-right").await;
}

/// Signs in and applies with the scripts of pages turned off.
pub async fn a_commune_applies_without_scripts(world: &mut World) {
    world.nobody().await;
    world.browser.scripts(false).await;
    world.open("/connexion").await;
    world.signs_in(who::TELIAN_OFFICER).await;
    world.is(who::TELIAN_OFFICER);
    begins(world).await;
    world.mark("telian").await;
    world.browser.press("Continuer la candidature").await;
    world.browser.press("Enregistrer et continuer").await;
    world.browser.shows("Ce champ est nécessaire.").await;
    for step in ANSWERS {
        rightly(world, step).await;
    }
    rightly(world, OFFER).await;
    rightly(
        world,
        &[("signatory.name", "Basile Nguyen"), ("signatory.function", "Maire")],
    )
    .await;
    signs_and_deposits(world, false).await;
    assert_eq!(world.browser.heading().await, "Récépissé n° 3");
    world.browser.scripts(true).await;
}
