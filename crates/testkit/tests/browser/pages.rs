//! Every role looks at its pages of the told story: pictures at two widths, nothing for axe-core.

use story::{Part, Told};
use testkit::TestApp;
use testkit::browser::Browser;

pub(super) async fn enter(browser: &Browser, site: &str, part: &Part) {
    browser.forget().await;
    browser.open(&format!("{site}/connexion")).await;
    browser.fill("email", &part.email).await;
    browser.fill("password", story::PASSWORD).await;
    browser.press("Se connecter").await;
    assert_eq!(browser.heading().await, "Mon bureau", "{} signs in", part.name);
}

async fn look(browser: &Browser, site: &str, pages: &[(&str, String)]) {
    for (name, path) in pages {
        browser.open(&format!("{site}{path}")).await;
        assert_ne!(browser.heading().await, "Page introuvable", "{name} at {path}");
        browser.look(name).await;
    }
}

fn page(name: &'static str, path: impl Into<String>) -> (&'static str, String) {
    (name, path.into())
}

async fn everybody(browser: &Browser, site: &str, told: &Told) {
    let (slug, call) = (told.slug, told.call);
    let pages = [
        page("public-home", "/"),
        page("public-programmes", "/programmes"),
        page("public-programme", format!("/programmes/{slug}")),
        page("public-results", format!("/programmes/{slug}/public")),
        page("public-results-frame", format!("/programmes/{slug}/public/integration")),
        page("public-call", format!("/appels/{call}")),
        page("public-receipts", format!("/appels/{call}/recepisses")),
        page("public-journal", "/journal"),
        page("public-receipt-check", "/recepisse"),
        page("public-catalogue", "/catalogue"),
        page("public-sign-in", "/connexion"),
    ];
    look(browser, site, &pages).await;
}

async fn organiser(browser: &Browser, site: &str, told: &Told) {
    enter(browser, site, &told.cast.organisers[0]).await;
    let pages = [
        page("organiser-desk", "/bureau"),
        page("organiser-programme", format!("/programmes/{}", told.slug)),
        page(
            "organiser-integration",
            format!("/programmes/{}/integration", told.slug),
        ),
        page("organiser-call", format!("/appels/{}/gestion", told.call)),
        page("organiser-candidacies", format!("/appels/{}/candidatures", told.call)),
        page("organiser-candidacy", format!("/candidatures/{}", told.candidacies[2])),
        page("organiser-campaign", format!("/campagnes/{}", told.campaign)),
        page("organiser-targets", format!("/campagnes/{}/cibles", told.campaign)),
        page(
            "organiser-no-targets",
            format!("/campagnes/{}/cibles", told.next_campaign),
        ),
        page("organiser-next-campaign", format!("/campagnes/{}", told.next_campaign)),
        page(
            "organiser-sharing",
            format!("/failles/{}/partage", told.vulnerabilities[2]),
        ),
        page(
            "organiser-positions",
            format!("/failles/{}/situations", told.vulnerabilities[3]),
        ),
    ];
    look(browser, site, &pages).await;
}

async fn commune(browser: &Browser, site: &str, told: &Told) {
    let town = &told.cast.towns[0];
    enter(browser, site, &town.officer).await;
    let pages = [
        page("commune-desk", "/bureau"),
        page("commune-candidacy", format!("/candidatures/{}", told.candidacies[0])),
        page(
            "commune-receipt",
            format!("/candidatures/{}/recepisse", told.candidacies[0]),
        ),
        page(
            "commune-deployments",
            format!("/organisations/{}/deploiements", town.id),
        ),
        page("commune-positions", format!("/organisations/{}/situations", town.id)),
        page("commune-mails", "/compte/messages"),
        page("commune-integration", format!("/programmes/{}/integration", told.slug)),
        page(
            "commune-position",
            format!("/organisations/{}/situations/{}", town.id, told.vulnerabilities[3]),
        ),
        page(
            "commune-risk-proposed",
            format!("/organisations/{}/situations/{}", town.id, told.vulnerabilities[2]),
        ),
        page("commune-members", format!("/programmes/{}/membres", told.slug)),
        page(
            "commune-letter",
            format!("/candidatures/{}/lettres/1", told.candidacies[0]),
        ),
    ];
    look(browser, site, &pages).await;
    assert!(browser.offers("Imprimer cette page").await);
    browser.scripts(false).await;
    browser.open(&format!("{site}{}", pages[pages.len() - 1].1)).await;
    assert!(
        !browser.offers("Imprimer cette page").await,
        "without a script it would do nothing"
    );
    browser.scripts(true).await;
    signatory(browser, site, told).await;
}

/// The mayor finds the risk that waits for her on her desk, and signs it with her password.
async fn signatory(browser: &Browser, site: &str, told: &Told) {
    enter(browser, site, &told.cast.mayor).await;
    browser.shows("un risque à accepter ou à refuser").await;
    let (town, waiting) = (told.cast.towns[0].id, told.vulnerabilities[2]);
    browser
        .open(&format!("{site}/organisations/{town}/situations/{waiting}/risque"))
        .await;
    browser.shows("Ce qui vous est proposé").await;
    browser.look("signatory-risk").await;
    browser.fill("function", "Maire").await;
    browser.press("Signer l’acceptation").await;
    browser.shows("mot de passe").await;
    assert_eq!(browser.held("function").await, "Maire");
    browser.look("signatory-risk-without-password").await;
    browser.fill("password", story::PASSWORD).await;
    browser.press("Signer l’acceptation").await;
    browser.shows("Le risque est accepté, sous votre signature.").await;
    browser.shows("Acceptation signée").await;
    browser.look("signatory-risk-signed").await;
}

async fn operator_and_vendor(browser: &Browser, site: &str, told: &Told) {
    let report = |state: &str| told.reports.iter().find(|(_, s)| *s == state).unwrap().0;
    enter(browser, site, &told.cast.verifiers[0]).await;
    let pages = [
        page("verifier-desk", "/bureau"),
        page("verifier-queue", "/verification"),
        page(
            "verifier-report",
            format!("/signalements/{}", report("in_verification")),
        ),
        page("verifier-templates", format!("/campagnes/{}/modeles", told.campaign)),
        page(
            "verifier-vulnerability",
            format!("/failles/{}", told.vulnerabilities[3]),
        ),
    ];
    look(browser, site, &pages).await;
    enter(browser, site, &told.cast.vendor_contact).await;
    let pages = [
        page("vendor-desk", "/editeur"),
        page("vendor-vulnerability", format!("/failles/{}", told.vulnerabilities[3])),
        page("vendor-words", format!("/failles/{}/editeur", told.vulnerabilities[3])),
    ];
    look(browser, site, &pages).await;
    enter(browser, site, &told.students[0]).await;
    let pages = [
        page("hunter-desk", "/bureau"),
        page("hunter-reports", "/signalements"),
        page("hunter-report", format!("/signalements/{}", report("verified"))),
        page("hunter-campaign", format!("/campagnes/{}", told.campaign)),
        page("hunter-exchanges", format!("/campagnes/{}/echanges", told.campaign)),
    ];
    look(browser, site, &pages).await;
}

#[test]
fn each_role_finds_its_pages_whole_at_two_widths() {
    testkit::run(async {
        let mut app = TestApp::sqlite().await;
        let told = app.told().await;
        let site = app.serve().await;
        let browser = Browser::start("pages").await;
        everybody(&browser, &site, &told).await;
        organiser(&browser, &site, &told).await;
        commune(&browser, &site, &told).await;
        operator_and_vendor(&browser, &site, &told).await;
        browser.end().await;
    });
}

/// Names somebody for TLP:RED, links a product, answers to being named in a draft: each page empty, typed wrongly, and whole.
#[test]
fn who_is_named_and_which_products_are_linked_is_typed() {
    testkit::run(async {
        let mut app = TestApp::sqlite().await;
        let told = app.told().await;
        let site = app.serve().await;
        let browser = Browser::start("handling").await;
        let flaw = told.vulnerabilities[3];
        enter(&browser, &site, &told.cast.organisers[0]).await;
        browser.open(&format!("{site}/failles/{flaw}/partage")).await;
        browser.shows("Personne n’est nommé").await;
        browser.look("named-empty").await;
        browser.press("Nommer une personne").await;
        browser.press("Nommer cette personne").await;
        browser.look("named-refused").await;
        browser.choose("person", told.cast.towns[0].officer.name).await;
        browser
            .fill("named_reason", "Elle corrige la première installation.")
            .await;
        browser.press("Nommer cette personne").await;
        browser.shows("Ne plus la nommer").await;
        browser.look("named").await;
        browser.press("Ne plus la nommer").await;
        browser.shows("Personne n’est nommé").await;

        browser.open(&format!("{site}/failles/{flaw}")).await;
        browser.press("Autres produits touchés").await;
        browser.shows("Aucun autre produit n’est lié").await;
        browser.press("Lier un produit").await;
        browser.look("links-refused").await;
        browser.fill("product", "Navette scolaire").await;
        browser.fill("ranges", "de 3.0 à 3.4 comprise").await;
        browser.fill("reason", "Le même composant y est embarqué.").await;
        browser.press("Lier un produit").await;
        browser.look("links").await;
        browser.press("Délier ce produit").await;
        browser.look("links-end").await;

        app.tamper("UPDATE report SET state = 'draft' WHERE number = 1").await;
        app.tamper(
            "INSERT INTO report_author (report_id, person_id, position)
             SELECT r.id, p.person_id, 1 FROM report r JOIN campaign_person p ON p.campaign_id = r.campaign_id
             WHERE r.number = 1 AND p.part = 'hunter' AND p.person_id <> r.reporter_id",
        )
        .await;
        for student in &told.students {
            enter(&browser, &site, student).await;
            if !browser.offers("Répondre").await {
                continue;
            }
            browser.look("naming-desk").await;
            browser.press("Répondre").await;
            browser.look("naming").await;
            browser.press("Oui, je l’ai trouvé aussi").await;
            browser.shows("Vous êtes nommé dans ce signalement").await;
            break;
        }
        browser.end().await;
    });
}

/// Where no engine of containers is, the page where a target would be declared says how a demonstration gets one.
#[test]
fn a_demonstration_without_an_engine_says_what_is_missing() {
    testkit::run(async {
        let mut app = TestApp::sqlite()
            .await
            .with_settings(|settings| settings.hosting = false);
        let told = app.told().await;
        let site = app.serve_invented().await;
        let browser = Browser::start("without-engine").await;
        enter(&browser, &site, &told.cast.organisers[0]).await;
        let page = format!("{site}/campagnes/{}/cibles", told.next_campaign);
        browser.open(&page).await;
        browser.shows("Cette démonstration n’héberge pas de cible").await;
        browser.shows("podman.socket").await;
        browser.look("targets").await;
        browser.end().await;
    });
}
