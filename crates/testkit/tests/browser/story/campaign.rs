//! The campaign: drafted, its parties and products, scope, target, rules, commitments, leaves; students by code.

use super::people as who;
use super::setting::comes_in;
use super::world::World;

pub async fn the_campaign_is_prepared(world: &mut World) {
    world.at(who::ORGANISER).await;
    world.back_to("programme", "").await;
    let browser = &world.browser;
    browser.press("Campagnes de ce programme").await;
    browser.look("70-campaigns-empty").await;
    browser.press("Règles d’engagement").await;
    browser.press("Publier cette version").await;
    browser.shows("La nouvelle version est publiée.").await;
    browser.look("71-rules").await;
    world.back_to("programme", "/campagnes").await;
    let browser = &world.browser;
    browser.press("Ouvrir une campagne").await;
    browser.fill("name", "Guichet Clairval, automne").await;
    browser.tick("kind", "pedagogical_bug_bounty").await;
    browser.fill("opens_at", "2026-11-13T18:00").await;
    browser.fill("closes_at", "2026-10-12T09:00").await;
    browser.press("Enregistrer la campagne").await;
    browser.shows("Il reste des points à compléter").await;
    assert_eq!(
        browser.held("name").await,
        "Guichet Clairval, automne",
        "what was typed is kept"
    );
    browser.look("72-campaign-errors").await;
    let summary = "Un mois de recherche par les étudiants, sur l’environnement de test de l’éditeur.";
    browser.fill("summary", summary).await;
    browser.fill("opens_at", "2026-10-12T09:00").await;
    browser.fill("closes_at", "2026-11-13T18:00").await;
    browser.choose("call", "Deux communes volontaires").await;
    browser
        .fill("stop_contact", "Vigie Opérations, astreinte : 01 00 00 00 00")
        .await;
    browser.press("Enregistrer la campagne").await;
    browser
        .shows("La campagne est créée. Choisissez maintenant ses parties et ses produits.")
        .await;
    world.mark("campaign").await;
    world.browser.look("73-campaign-draft").await;
    parties(world).await;
    scope(world).await;
    world.back_to("campaign", "").await;
    let browser = &world.browser;
    browser.press("Annoncer aux parties").await;
    browser.shows("Annoncée").await;
    browser.look("76-campaign-announced").await;
    pilot(world).await;
}

async fn parties(world: &World) {
    world.back_to("campaign", "").await;
    let browser = &world.browser;
    browser.press("Parties et produits").await;
    browser.press("Ajouter cette partie").await;
    browser.shows("Ce champ est nécessaire.").await;
    browser.look("74-parties-errors").await;
    let proposed = browser.part("form:has([type=checkbox][name=organisations])").await;
    assert!(
        proposed.contains(who::VALBRUNE),
        "those who confirmed are named: {proposed}"
    );
    browser.press("Ajouter ces bénéficiaires").await;
    for (kind, organisation) in [
        ("École", who::SCHOOL),
        ("Exploitant", who::OPERATOR),
        ("Collectivité pilote", who::VALBRUNE),
    ] {
        browser.choose("kind", kind).await;
        browser.fill("organisation", organisation).await;
        browser.press("Ajouter cette partie").await;
    }
    browser.fill("product", who::PRODUCT).await;
    browser.fill("version", "4.2.0").await;
    let valbrune = world.organisations[who::VALBRUNE].rsplit('/').next().unwrap();
    let owners = browser.part("fieldset:has([name=owners])").await;
    assert!(owners.contains(who::VALBRUNE), "owners are named: {owners}");
    browser.untick("owners", "vendor").await;
    browser.tick("owners", valbrune).await;
    browser.tick("hosts", "vendor").await;
    browser.press("Enregistrer ce produit").await;
    browser.look("74-parties").await;
}

async fn scope(world: &World) {
    world.back_to("campaign", "").await;
    let browser = &world.browser;
    browser.press("Périmètre, cible et comptes").await;
    browser.shows("Aucune adresse n’est enregistrée").await;
    browser.fill("url", "recette").await;
    browser.press("Enregistrer l’adresse").await;
    assert_eq!(browser.held("url").await, "recette", "what was typed is kept");
    browser.look("75-scope-errors").await;
    browser.fill("url", "https://recette.clairval.example/").await;
    browser.press("Enregistrer l’adresse").await;
    browser.shows("Adresse enregistrée").await;
    for (inside, value) in [
        ("yes", "https://recette.clairval.example/"),
        ("no", "https://recette.clairval.example/paiement/"),
    ] {
        browser.tick("inside", inside).await;
        browser.choose("kind", "Adresse web").await;
        browser.fill("value", value).await;
        browser.press("Ajouter au périmètre").await;
        browser.shows(value).await;
    }
    browser.fill("label", "habitant-01").await;
    browser.fill("secret", "habitant-01 / Recette-01-Orvanne").await;
    browser.press("Sceller ce compte").await;
    browser.shows("Libre").await;
    browser.look("75-scope").await;
}

/// Invites the first commune's officer as the pilot; they take the role up beside their own.
async fn pilot(world: &mut World) {
    world.back_to("campaign", "/participants").await;
    let browser = &world.browser;
    browser.choose("part", "Pilote").await;
    browser.press("Envoyer l’invitation").await;
    browser.shows("Choisissez une des réponses proposées.").await;
    browser.choose("organisation", who::VALBRUNE).await;
    browser.press("Envoyer l’invitation").await;
    browser.shows("Invitation prête.").await;
    browser.look("77-people").await;
    let link = browser.part("#lien").await.trim().to_owned();
    world.at(who::VALBRUNE_OFFICER).await;
    world.browser.open(&link).await;
    world.browser.press("Prendre ce rôle").await;
    world.browser.shows("Le rôle s’ajoute à votre compte.").await;
}

pub async fn parties_commit_and_give_leave(world: &mut World) {
    let committing = [
        who::VALBRUNE_OFFICER,
        who::TELIAN_OFFICER,
        who::SUPERVISOR,
        who::VERIFIER,
        who::VENDOR_CONTACT,
    ];
    for someone in committing {
        world.at(someone).await;
        if someone == who::VALBRUNE_OFFICER {
            world.browser.look("78-desk-to-commit").await;
        }
        world.back_to("campaign", "").await;
        while world.browser.offers("S’engager comme").await {
            if someone == who::VALBRUNE_OFFICER {
                world.browser.look("78-commitment").await;
            }
            world.browser.press("S’engager comme").await;
            world.browser.shows("Votre organisation est engagée.").await;
        }
    }
    world.at(who::ORGANISER).await;
    world.back_to("campaign", "").await;
    world.browser.press("Demander les autorisations").await;
    world
        .browser
        .shows("Les autorisations sont demandées. Chaque signataire est prévenu.")
        .await;
    assert!(!world.browser.offers("Demander les autorisations").await);
    world.browser.shows("Toutes les autorisations sont demandées.").await;
    world.browser.look("78-authorisations-asked").await;
    world.app.settle().await;
    by_password(world).await;
    by_scan(world).await;
    world.at(who::VENDOR_SIGNATORY).await;
    signs(world, who::VENDOR_SIGNATORY, "Directrice générale").await;
    world.at(who::ORGANISER).await;
    world.back_to("campaign", "").await;
    world.browser.shows("Tout est prêt").await;
    world.browser.look("83-campaign-ready").await;
}

async fn by_password(world: &mut World) {
    world.at(who::VALBRUNE_MAYOR).await;
    let browser = &world.browser;
    browser.look("79-signatory-desk").await;
    browser.press("Lire et signer").await;
    browser.look("80-authorisation").await;
    browser.press("Signer l’autorisation").await;
    browser
        .shows("Donnez votre mot de passe, ou joignez le texte signé.")
        .await;
    browser.fill("name", "Quelqu’un d’autre").await;
    browser.fill("function", "Maire").await;
    browser.fill("password", who::PASSWORD).await;
    browser.press("Signer l’autorisation").await;
    browser.shows("Un mot de passe ne signe qu’au nom de son compte.").await;
    browser.look("80-authorisation-other-person").await;
    browser.fill("name", who::VALBRUNE_MAYOR.name).await;
    browser.fill("password", "ce n’est pas le bon").await;
    browser.press("Signer l’autorisation").await;
    browser.shows("Il reste des points à compléter").await;
    assert_eq!(
        browser.held("name").await,
        who::VALBRUNE_MAYOR.name,
        "what was typed is kept"
    );
    browser.look("81-authorisation-errors").await;
    signs_here(world, who::VALBRUNE_MAYOR, "Maire").await;
}

async fn signs(world: &World, someone: who::Someone, function: &str) {
    world.browser.press("Lire et signer").await;
    signs_here(world, someone, function).await;
}

async fn signs_here(world: &World, someone: who::Someone, function: &str) {
    world.browser.fill("name", someone.name).await;
    world.browser.fill("function", function).await;
    world.browser.fill("password", who::PASSWORD).await;
    world.browser.press("Signer l’autorisation").await;
    world.browser.shows("L’autorisation est signée.").await;
}

async fn by_scan(world: &mut World) {
    world.at(who::VENDOR_SIGNATORY).await;
    let browser = &world.browser;
    browser.press("Lire et signer").await;
    browser.fill("name", who::VENDOR_SIGNATORY.name).await;
    browser.fill("function", "Directrice générale").await;
    browser.attach("scan", &world.paper("autorisation-signee.pdf")).await;
    browser.press("Signer l’autorisation").await;
    browser.shows("L’autorisation est signée.").await;
    browser.shows("Texte signé et numérisé").await;
    browser.look("82-authorisation-signed").await;
}

/// The school prints codes; a student comes in with one, under a pseudonym.
pub async fn a_student_comes_in_by_code(world: &mut World) {
    world.at(who::SUPERVISOR).await;
    world.back_to("campaign", "").await;
    let browser = &world.browser;
    browser.press("Gérer les codes d’enrôlement").await;
    browser.fill("count", "0").await;
    browser.press("Préparer les codes").await;
    browser.shows("Il reste des points à compléter").await;
    browser.look("84-codes-errors").await;
    browser.fill("count", "3").await;
    browser.press("Préparer les codes").await;
    browser.look("85-code-sheet").await;
    let code = browser.part("td code").await;
    world.day("2026-10-12T09:30").await;
    world.nobody().await;
    world.open("/rejoindre").await;
    let browser = &world.browser;
    browser.fill("code", "AAAAA-BBBBB").await;
    browser.press("Continuer").await;
    browser.look("86-join-errors").await;
    browser.fill("code", &code).await;
    browser.press("Continuer").await;
    let link = browser.url().await;
    comes_in(world, who::STUDENT, &link, false).await;
    world.browser.look("87-student-desk").await;
    world.back_to("campaign", "").await;
    let browser = &world.browser;
    browser.look("88-rules-to-accept").await;
    browser.press("Accepter les règles").await;
    browser.shows("Il reste des points à compléter").await;
    assert!(
        !browser.text().await.contains("Suspendue"),
        "an open campaign stays open"
    );
    browser.tick("accepted", "").await;
    browser.press("Accepter les règles").await;
    browser.shows("Vous avez accepté les règles d’engagement.").await;
    browser.press("Prendre un compte de test").await;
    browser.shows("Recette-01-Orvanne").await;
    browser.shows("https://recette.clairval.example/").await;
    browser.look("89-hunter-campaign").await;
}
