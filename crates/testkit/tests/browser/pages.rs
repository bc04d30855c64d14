//! Every role looks at its pages of the told story: pictures at two widths, nothing for axe-core.

use story::{Part, Told};
use testkit::TestApp;
use testkit::browser::Browser;

async fn enter(browser: &Browser, site: &str, part: &Part) {
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
        page("organiser-call", format!("/appels/{}/gestion", told.call)),
        page("organiser-candidacies", format!("/appels/{}/candidatures", told.call)),
        page("organiser-candidacy", format!("/candidatures/{}", told.candidacies[2])),
        page("organiser-campaign", format!("/campagnes/{}", told.campaign)),
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
        page(
            "commune-position",
            format!("/organisations/{}/situations/{}", town.id, told.vulnerabilities[3]),
        ),
        page("commune-members", format!("/programmes/{}/membres", told.slug)),
    ];
    look(browser, site, &pages).await;
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
        page(
            "verifier-vulnerability",
            format!("/failles/{}", told.vulnerabilities[0]),
        ),
    ];
    look(browser, site, &pages).await;
    enter(browser, site, &told.cast.vendor_contact).await;
    let pages = [
        page("vendor-desk", "/editeur"),
        page("vendor-vulnerability", format!("/failles/{}", told.vulnerabilities[3])),
    ];
    look(browser, site, &pages).await;
    enter(browser, site, &told.students[0]).await;
    let pages = [
        page("hunter-desk", "/bureau"),
        page("hunter-reports", "/signalements"),
        page("hunter-report", format!("/signalements/{}", report("verified"))),
        page("hunter-campaign", format!("/campagnes/{}", told.campaign)),
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
