//! A draft is handed in from one page while another still holds it.

use super::stage::Stage;
use domain::ids::ReportId;
use use_cases::perform;
use use_cases::report::SubmitReport;

const TYPED: &str = "Une précision écrite dans l’onglet resté ouvert, qui ne doit pas se perdre.";

/// Hands an incomplete draft in: all that is missing is named, and what is empty is refused aloud.
pub async fn what_is_missing_is_named_at_once(stage: &Stage) {
    let report = stage.report("draft");
    stage.at(&stage.told.students[0], &format!("{report}/modifier")).await;
    let browser = &stage.browser;
    browser.fill("title", "").await;
    browser.fill("steps", "").await;
    let empty = stage.paper("vide.txt");
    std::fs::write(&empty, "").unwrap();
    browser.attach("files", &empty).await;
    browser.press("Enregistrer le brouillon").await;
    browser.shows("Ce fichier est vide").await;
    browser.look("draft-empty-file").await;
    browser.press("Enregistrer et relire").await;
    browser.press("Remettre le signalement").await;
    browser.shows("Titre : Ce champ est nécessaire.").await;
    browser.shows("Étapes pour reproduire : Ce champ est nécessaire.").await;
    browser.look("draft-incomplete").await;
    browser.fill("title", "Lecture des demandes d’un autre usager").await;
    browser.fill("steps", "1. Se connecter. 2. Changer le numéro.").await;
    browser.fill("impact", "Les demandes de tous sont lisibles.").await;
    browser.fill("cwe", "CWE-639").await;
    let vector = "CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N";
    browser.fill("vector", vector).await;
    browser.press("Enregistrer le brouillon").await;
    browser.shows("Le brouillon est enregistré.").await;
}

/// Saves a draft over one that another page saved meanwhile: both texts are shown, and the hunter chooses.
pub async fn two_pages_that_save_one_draft_keep_both_texts(stage: &Stage) {
    let edit = format!("{}/modifier", stage.report("draft"));
    stage.at(&stage.told.students[0], &edit).await;
    let browser = &stage.browser;
    let shown = browser
        .run("return document.querySelector('[name=seen]').value", vec![])
        .await;
    browser.fill("impact", "Le texte de la première page.").await;
    browser.press("Enregistrer le brouillon").await;
    browser.shows("Le brouillon est enregistré.").await;
    // The other page was opened before that.
    let older = "document.querySelector('[name=seen]').value = arguments[0]";
    browser.run(older, vec![shown]).await;
    browser.fill("impact", "Le texte de la seconde page.").await;
    browser.press("Enregistrer le brouillon").await;
    browser
        .shows("Ce brouillon a été enregistré depuis une autre page")
        .await;
    assert_eq!(browser.held("impact").await, "Le texte de la seconde page.");
    let kept = "return [...document.querySelectorAll('#kept textarea')].map(t => t.value.trim()).join()";
    let kept = browser.run(kept, vec![]).await;
    assert_eq!(kept, "Le texte de la première page.");
    browser.look("draft-two-pages").await;
    browser.press("Enregistrer le brouillon").await;
    browser.shows("Le brouillon est enregistré.").await;
    assert_eq!(browser.held("impact").await, "Le texte de la seconde page.");
}

/// Saves a draft that was handed in meanwhile: nothing typed is lost, and the report is one press away.
pub async fn a_stale_draft_keeps_what_was_typed(stage: &Stage) {
    let report = stage.report("draft");
    let student = &stage.told.students[0];
    stage.at(student, &format!("{report}/modifier")).await;
    let browser = &stage.browser;
    browser.fill("impact", TYPED).await;
    let id: uuid::Uuid = report.rsplit('/').next().unwrap().parse().unwrap();
    let elsewhere = SubmitReport { report: ReportId(id) };
    perform(&student.context(&stage.app), elsewhere).await.unwrap();
    browser.press("Enregistrer le brouillon").await;
    browser.shows("Ce signalement n’est plus un brouillon").await;
    let kept = browser
        .run(
            "return [...document.querySelectorAll('textarea')].map(t => t.value).join()",
            vec![],
        )
        .await;
    assert!(kept.as_str().unwrap().contains(TYPED), "{kept}");
    browser.look("draft-stale").await;
    browser.press("Voir le signalement").await;
    browser.shows("Remis").await;
    stage.open(&format!("{report}/modifier")).await;
    stage.browser.shows("son texte ne change plus").await;
    stage.browser.look("draft-edit-too-late").await;
}
