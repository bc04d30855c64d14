//! A second call: a paper, a return that is undone, an ineligibility that stands, and its end.

use super::stage::Stage;
use crate::story::candidacy::ANSWERS;
use domain::ids::{CallId, CandidacyId};
use domain::organisation::OrganisationKind;
use use_cases::call::{CallDraft, PrepareCall, PublishCall};
use use_cases::perform;
use use_cases::ports::Clock;

pub async fn a_second_call_opens(stage: &mut Stage) -> CallId {
    let now = stage.app.clock.now();
    let organiser = stage.told.cast.organisers[0].context(&stage.app);
    let draft = CallDraft {
        title: "Deux communes de plus".to_owned(),
        summary: "Une seconde campagne est possible au printemps.".to_owned(),
        places: Some(2),
        waiting: None,
        opens_at: Some(now.plus_days(1)),
        closes_at: Some(now.plus_days(30)),
        confirm_within_days: Some(10),
        track: String::new(),
        kinds: vec![OrganisationKind::Commune],
        territory: None,
    };
    let prepare = PrepareCall {
        slug: stage.told.slug.to_owned(),
        draft,
    };
    let call = perform(&organiser, prepare).await.unwrap();
    perform(&organiser, PublishCall { call, at_once: false }).await.unwrap();
    stage.days(2).await;
    call
}

/// Answers what the steps of a candidacy still ask, and comes to its last page.
pub async fn answers(stage: &Stage, candidacy: &str) {
    let browser = &stage.browser;
    for _ in 0..12 {
        stage.open(candidacy).await;
        if browser.offers("Vérifier et déposer").await {
            browser.press("Vérifier et déposer").await;
            return;
        }
        browser.press("Continuer la candidature").await;
        for (name, value) in ANSWERS.concat() {
            if shows_field(stage, &format!("answer.{name}")).await {
                answer(stage, name, value).await;
            }
        }
        browser.press("Enregistrer et continuer").await;
    }
    panic!("the candidacy never comes to its end: {}", browser.text().await);
}

/// Answers one question: a commitment by its `yes`, any other by typing.
async fn answer(stage: &Stage, name: &str, value: &str) {
    let field = format!("answer.{name}");
    if value == "yes" {
        stage.browser.tick(&field, value).await;
    } else {
        stage.browser.fill(&field, value).await;
    }
}

async fn shows_field(stage: &Stage, name: &str) -> bool {
    let script = format!("return document.querySelector('[name=\"{name}\"]') !== null");
    stage.browser.run(&script, vec![]).await == true
}

pub async fn a_paper_is_entered_by_two(stage: &Stage, call: CallId) {
    let organisers = &stage.told.cast.organisers;
    let list = format!("/appels/{call}/candidatures");
    stage.at(&organisers[0], &list).await;
    let browser = &stage.browser;
    browser.press("Saisir un dépôt sur papier").await;
    browser.press("Enregistrer le dépôt").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("paper-errors").await;
    browser.fill("organisation", "Montferlin").await;
    browser.fill("arrival", "2026-08-02T10:30").await;
    for (name, value) in ANSWERS.concat() {
        answer(stage, name, value).await;
    }
    for (name, value) in [
        ("offer.0.name", "Guichet Clairval"),
        ("offer.0.vendor", "Galandrin Logiciels"),
        ("offer.0.version", "4.2.0"),
        ("offer.0.host", "Galandrin Logiciels"),
        ("signatory.name", "Thibault Garance"),
        ("signatory.function", "Maire"),
    ] {
        browser.fill(name, value).await;
    }
    browser.attach("scan", &stage.paper("papier.pdf")).await;
    browser.press("Enregistrer le dépôt").await;
    browser.shows("L’arrivée est hors de la fenêtre de l’appel.").await;
    assert_eq!(browser.held("signatory.name").await, "Thibault Garance");
    browser.look("paper-arrival-outside").await;
    browser.fill("arrival", "2026-09-03T08:45").await;
    browser.attach("scan", &stage.paper("papier.pdf")).await;
    browser.press("Enregistrer le dépôt").await;
    browser
        .shows("Le dépôt sur papier est saisi. Une seconde personne doit le confirmer.")
        .await;
    assert!(
        !browser.offers("Confirmer le dépôt").await,
        "who entered it does not confirm"
    );
    browser.look("paper-entered").await;
    stage.enter(&organisers[1]).await;
    stage.browser.look("paper-second-desk").await;
    stage.open(&list).await;
    let browser = &stage.browser;
    browser.press("Confirmer le dépôt").await;
    browser.shows("arrivée sur papier le 3 septembre 2026 à 8 h 45").await;
    browser.look("paper-confirmed").await;
    browser.forget().await;
    stage.open(&format!("/appels/{call}/recepisses")).await;
    stage.browser.shows("3 septembre 2026 à 8 h 45").await;
    stage.browser.look("paper-receipt-public").await;
}

/// Proposes a return or an ineligibility, and lets a second person confirm it.
async fn by_two(stage: &Stage, at: &str, button: &str, reason: &str) {
    let organisers = &stage.told.cast.organisers;
    stage.at(&organisers[0], at).await;
    let browser = &stage.browser;
    browser.press("Proposer un renvoi ou une non-éligibilité").await;
    browser.fill("reason", reason).await;
    browser.press(button).await;
    browser.shows("Une seconde personne doit confirmer").await;
    stage.at(&organisers[1], at).await;
    stage.browser.press("Confirmer").await;
}

/// Lets the commune contest, wrongly first, and says what the second person may not decide.
async fn contests(stage: &Stage, at: &str, grounds: &str, name: &str) {
    stage.at(&stage.told.cast.towns[0].officer, at).await;
    let browser = &stage.browser;
    browser.press("Contester cette décision").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look(&format!("{name}-errors")).await;
    browser.fill("grounds", grounds).await;
    browser.press("Contester cette décision").await;
    browser
        .shows("La contestation est enregistrée. Une troisième personne décidera.")
        .await;
    stage.at(&stage.told.cast.organisers[1], at).await;
    let browser = &stage.browser;
    browser.shows("Il faut une troisième personne").await;
    assert!(!browser.offers("Donner raison au candidat").await);
    stage.enter(&stage.told.cast.organisers[2]).await;
    stage.browser.shows("Contestation de").await;
    stage.browser.look(&format!("{name}-third-desk")).await;
    stage.open(at).await;
    stage.browser.look(&format!("{name}-to-decide")).await;
}

pub async fn a_return_is_contested_and_undone(stage: &Stage, candidacy: CandidacyId) {
    let at = format!("/candidatures/{candidacy}");
    by_two(stage, &at, "Proposer le renvoi", "La signature semble absente.").await;
    contests(stage, &at, "La signature est en page 2 du document.", "contest-return").await;
    let browser = &stage.browser;
    browser.press("Donner raison au candidat").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser
        .fill("decision_reason", "La page 2 porte bien la signature.")
        .await;
    browser.press("Donner raison au candidat").await;
    browser.shows("Reçue").await;
    browser.press("Décision antérieure").await;
    browser.shows("Décision annulée").await;
    browser.look("return-undone").await;
}

pub async fn an_ineligibility_is_contested_and_stands(stage: &Stage, candidacy: CandidacyId) {
    let at = format!("/candidatures/{candidacy}");
    by_two(
        stage,
        &at,
        "Proposer la non-éligibilité",
        "La commune participe déjà à la campagne en cours.",
    )
    .await;
    contests(
        stage,
        &at,
        "Cette campagne porte sur un autre produit.",
        "contest-ineligible",
    )
    .await;
    let browser = &stage.browser;
    browser
        .fill("decision_reason", "Le règlement n’admet qu’une participation par an.")
        .await;
    browser.press("Maintenir la décision").await;
    browser.shows("Décision maintenue").await;
    browser.look("ineligible-stands").await;
    browser.press("Enregistrer un recours").await;
    stage.press_in("/recours").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("appeal-record-errors").await;
    browser.tick("appeal_kind", "court").await;
    browser.fill("lodged_on", "2026-09-03").await;
    browser.fill("reference", "TA 2609114").await;
    browser
        .fill("appeal_text", "Annulation de la décision d’inéligibilité.")
        .await;
    stage.press_in("/recours").await;
    browser.shows("Recours contentieux").await;
    browser.shows("Non éligible").await;
    browser.look("appeal-recorded").await;
}

pub async fn the_call_is_cancelled_and_all_are_told(stage: &Stage, call: CallId, candidacy: CandidacyId) {
    stage
        .at(&stage.told.cast.organisers[0], &format!("/appels/{call}/gestion"))
        .await;
    let browser = &stage.browser;
    browser.press("Annuler l’appel").await;
    browser.shows("Cochez cette case : ce geste ne se défait pas.").await;
    browser.tick("sure", "").await;
    browser.press("Annuler l’appel").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("cancel-errors").await;
    browser.tick("sure", "").await;
    browser
        .fill("reason", "Le marché d’exploitation n’est pas reconduit.")
        .await;
    browser.press("Annuler l’appel").await;
    browser.shows("Appel annulé").await;
    browser.look("call-cancelled").await;
    stage.app.settle().await;
    let town = &stage.told.cast.towns[0];
    stage.at(&town.officer, &format!("/candidatures/{candidacy}")).await;
    stage
        .browser
        .shows("L’appel a été annulé : cette candidature n’ira pas plus loin.")
        .await;
    stage.browser.look("candidacy-of-a-cancelled-call").await;
    let town = &stage.told.cast.towns[1];
    stage.at(&town.officer, "/candidatures").await;
    stage.browser.look("own-candidacies-with-a-cancelled-call").await;
    stage.browser.press("Deux communes de plus").await;
    stage.browser.press("Appel annulé").await;
    stage
        .browser
        .shows("L’appel à candidatures a été annulé avant toute décision.")
        .await;
    stage
        .browser
        .shows("Le marché d’exploitation n’est pas reconduit.")
        .await;
    stage.browser.look("letter-of-a-cancelled-call").await;
}
