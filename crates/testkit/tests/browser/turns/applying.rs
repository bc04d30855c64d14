//! A candidacy whose products come from the catalogue.

use super::stage::Stage;
use domain::ids::{CallId, CandidacyId};
use use_cases::candidacy::StartCandidacy;
use use_cases::perform;

pub async fn products_come_from_the_catalogue(stage: &Stage, call: CallId) -> CandidacyId {
    let town = &stage.told.cast.towns[0];
    let start = StartCandidacy {
        call,
        organisation: town.id,
    };
    let candidacy = perform(&town.officer.context(&stage.app), start).await.unwrap();
    stage
        .at(&town.officer, &format!("/candidatures/{candidacy}/remplir/produits"))
        .await;
    let browser = &stage.browser;
    browser.fill("search", "rien de tel").await;
    browser.press("Rechercher").await;
    browser
        .shows("Aucun produit du catalogue ne commence ainsi : nommez-le ci-dessus.")
        .await;
    browser.look("catalogue-nothing").await;
    for (name, place) in [("Guichet", 0), ("Navette", 1)] {
        browser.fill("search", name).await;
        browser.press("Rechercher").await;
        if place == 0 {
            browser.look("catalogue-found").await;
        }
        browser.press("Ajouter").await;
        browser.fill(&format!("offer.{place}.version"), "4.2.1").await;
    }
    browser.look("catalogue-two-products").await;
    browser.press("Retirer le produit 2").await;
    assert_eq!(browser.held("offer.0.version").await, "4.2.1");
    browser.press("Enregistrer et continuer").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.fill("offer.0.host", "Galandrin Logiciels").await;
    browser.press("Enregistrer et continuer").await;
    assert_eq!(browser.heading().await, "Signataire");
    browser.fill("signatory.name", "Hélène Castaing").await;
    browser.fill("signatory.function", "Maire").await;
    browser.press("Enregistrer et continuer").await;
    super::instructing::answers(stage, &format!("/candidatures/{candidacy}")).await;
    browser.attach("scan", &stage.paper("signe.pdf")).await;
    browser.press("Envoyer le formulaire signé").await;
    browser.press("Déposer la candidature").await;
    browser.shows("La candidature est reçue. Voici son récépissé.").await;
    candidacy
}
