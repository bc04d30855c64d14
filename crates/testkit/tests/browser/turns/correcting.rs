//! A corrected version is declared for retests; its vendor refuses it, a colleague did meanwhile, then it accepts.

use super::stage::Stage;
use domain::corrected::Acceptance;
use domain::ids::TargetId;
use use_cases::target::{AnswerCorrected, ViewCorrected};
use use_cases::{perform, read};

const RECIPE: &str = "version = \"4.3\"\nentry = { service = \"web\", port = 8080 }\n[services.web]\n\
    image = \"sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"\n\
    health = { http = \"/sante\" }\n";

pub async fn an_organiser_declares_a_corrected_version(stage: &Stage) -> TargetId {
    let organiser = &stage.told.cast.organisers[0];
    stage
        .at(organiser, &addresses::target::list(stage.told.campaign.0))
        .await;
    let browser = &stage.browser;
    browser.press("Déclarer une version corrigée").await;
    assert_eq!(browser.heading().await, "Versions corrigées");
    browser.look("corrected-empty").await;
    browser.press("Déclarer cette version").await;
    browser.shows("Il reste des points à compléter").await;
    let text = browser.text().await;
    assert!(
        text.contains("Nom de la version corrigée") && !text.contains("Nom de la cible"),
        "{text}"
    );
    browser
        .shows("Sans cette certification, la cible n’est pas déclarée.")
        .await;
    browser.look("corrected-errors").await;
    browser.fill("name", "Guichet corrigé").await;
    browser.fill("recipe", RECIPE).await;
    browser.fill("public_host", "guichet.example").await;
    browser.tick("certified", "").await;
    browser.press("Déclarer cette version").await;
    browser.shows("Attend l’accord de l’éditeur").await;
    assert!(!browser.offers("Noter l’accord pour « Guichet corrigé »").await);
    browser.look("corrected-asked").await;
    let page = ViewCorrected(stage.told.campaign);
    let page = read(&organiser.context(&stage.app), page).await.unwrap();
    page.lines[0].id
}

pub async fn its_vendor_refuses_it_and_so_does_a_colleague_meanwhile(stage: &Stage, target: TargetId) {
    let cast = &stage.told.cast;
    let here = addresses::target::corrected_to_answer(target.0);
    stage.enter(&cast.vendor_contact).await;
    stage
        .browser
        .shows("Dire si vous acceptez que la version corrigée de")
        .await;
    stage.open(&here).await;
    let browser = &stage.browser;
    browser.look("corrected-answer").await;
    browser.press("Refuser, avec un motif").await;
    browser.press("Refuser").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("corrected-answer-errors").await;
    browser.fill("reason", "Cette image n’est pas la nôtre.").await;
    let meanwhile = AnswerCorrected {
        target,
        seen: Acceptance::Asked,
        accepted: false,
        reason: "La signature manque.".to_owned(),
    };
    perform(&cast.vendor_signatory.context(&stage.app), meanwhile)
        .await
        .unwrap();
    browser.press("Refuser").await;
    browser.shows("Votre demande n’a pas abouti").await;
    browser.shows("Quelqu’un de chez vous a répondu entre-temps").await;
    browser.shows("La signature manque.").await;
    let typed = browser
        .run("return document.querySelector('#typed').value", vec![])
        .await;
    assert_eq!(typed.as_str(), Some("Cette image n’est pas la nôtre."));
    let text = browser.text().await;
    assert!(!text.contains("Vos saisies sont conservées"), "{text}");
    browser.look("corrected-answered-meanwhile").await;
}

pub async fn the_organiser_reads_why_and_the_vendor_accepts(stage: &Stage, target: TargetId) {
    let cast = &stage.told.cast;
    let of_campaign = addresses::target::corrected(stage.told.campaign.0);
    stage.at(&cast.organisers[0], &of_campaign).await;
    stage.browser.shows("Refusée par l’éditeur").await;
    stage.browser.shows("La signature manque.").await;
    stage.browser.look("corrected-refused").await;
    // Who only signs for the vendor finds what they were asked about, and nothing of vulnerabilities.
    stage.at(&cast.vendor_signatory, addresses::vulnerability::VENDOR).await;
    assert!(!stage.browser.offers("Déclarer une faille").await);
    stage.browser.look("corrected-vendor-signatory").await;
    stage.open(&addresses::target::corrected_to_answer(target.0)).await;
    stage.browser.press("Accepter qu’elle soit hébergée").await;
    stage.browser.shows("Acceptée par l’éditeur").await;
    stage.browser.look("corrected-accepted").await;
    stage.at(&cast.organisers[0], &of_campaign).await;
    stage.browser.shows("Acceptée par l’éditeur").await;
}
