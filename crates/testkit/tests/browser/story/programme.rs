//! An organiser opens the programme, with its acts, its members and who completed the course.

use super::people as who;
use super::world::World;

pub async fn an_organiser_opens_the_programme(world: &mut World) {
    world.at(who::ORGANISER).await;
    let browser = &world.browser;
    browser.press("Programmes").await;
    browser.press("Ouvrir un programme").await;
    browser.fill("name", "Bug Bounty pédagogique de la métropole").await;
    let summary = "Des étudiants cherchent des failles dans les applications que les communes utilisent, sur une \
        plateforme de test ; l’exploitant vérifie, l’éditeur corrige, et chaque commune apprend ce qui la concerne.";
    browser.fill("summary", summary).await;
    browser.fill("slug", "Avec des espaces").await;
    browser
        .fill("legal_basis", "Délibération du bureau métropolitain de l’Orvanne")
        .await;
    let means = "Recours gracieux auprès de la présidence de la métropole, ou recours contentieux.";
    browser.fill("appeal_means", means).await;
    browser
        .fill("appeal_court", "tribunal administratif de l’Orvanne")
        .await;
    browser.press("Ouvrir un programme").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("10-programme-errors").await;
    browser.fill("slug", "bug-bounty-pedagogique").await;
    browser.press("Ouvrir un programme").await;
    browser
        .shows("Le programme est ouvert. Il reste à le compléter, puis à le publier.")
        .await;
    world.mark("programme").await;
    the_deliberation(world).await;
    let browser = &world.browser;
    browser.press("Publier le programme").await;
    browser.shows("Le programme est publié.").await;
    browser.look("12-programme").await;
    members(world).await;
}

async fn the_deliberation(world: &World) {
    let browser = &world.browser;
    browser.press("Ajouter le document").await;
    browser.choose("kind", "Délibération").await;
    browser.fill("title", "Délibération qui ouvre le programme").await;
    browser.fill("transmitted_on", "2026-07-08").await;
    browser.fill("signatory", "Mathilde Evrard").await;
    browser.fill("function", "Présidente de la métropole").await;
    browser.press("Ajouter le document").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("11-document-errors").await;
    assert_eq!(
        browser.held("signatory").await,
        "Mathilde Evrard",
        "what was typed is kept"
    );
    browser.fill("number", "BM2026/07/06/09").await;
    browser.fill("dated_on", "2026-07-06").await;
    browser.fill("published_on", "2026-07-09").await;
    browser.attach("file", &world.paper("deliberation.pdf")).await;
    browser.tick("public", "").await;
    browser.press("Ajouter le document").await;
    browser.shows("Le document est ajouté.").await;
    browser.shows("BM2026/07/06/09").await;
}

async fn members(world: &World) {
    let browser = &world.browser;
    browser.press("Tenir la liste des adhérents").await;
    for commune in [who::VALBRUNE, who::MONTFERLIN, who::TELIAN] {
        browser.fill("nom", commune).await;
        browser.press("Rechercher").await;
        browser.press("Inscrire l’adhérent").await;
        browser.shows("L’adhésion est proposée").await;
    }
    browser.look("13-members-list").await;
}

/// Records who completed the course from a file: first one that cannot be read, then the right one.
pub async fn completions(world: &World) {
    let browser = &world.browser;
    let wrong = "insee;parcours;date\n77991;P;hier\n00000;P;2026-05-12\n";
    let right = "insee;parcours;date\n77991;P;12/05/2026\n77992;P;2026-05-12\n77993;P;2026-06-02\n";
    browser.attach("file", &world.file("parcours-faux.csv", wrong)).await;
    browser.press("Vérifier le fichier").await;
    browser.shows("Lignes à corriger").await;
    browser.shows("Lu : hier").await;
    browser.look("20-completions-errors").await;
    browser.attach("file", &world.file("parcours.csv", right)).await;
    browser.press("Vérifier le fichier").await;
    browser.shows("Ce que fera l’import").await;
    browser.press("Voir les lignes").await;
    browser.shows(who::TELIAN).await;
    browser.look("21-completions-preview").await;
    browser.press("Enregistrer").await;
    browser.shows("Les parcours sont enregistrés.").await;
}

/// The communes say yes: before that, a membership gives no right to anybody.
pub async fn the_communes_become_members(world: &mut World) {
    for officer in [who::VALBRUNE_OFFICER, who::MONTFERLIN_OFFICER, who::TELIAN_OFFICER] {
        world.at(officer).await;
        let browser = &world.browser;
        browser.press("Répondre").await;
        browser.shows("Adhésion proposée à").await;
        if officer == who::VALBRUNE_OFFICER {
            browser.look("14-membership").await;
        }
        browser.press("Accepter l’adhésion").await;
        browser.shows("Votre organisation est adhérente du programme.").await;
    }
}
