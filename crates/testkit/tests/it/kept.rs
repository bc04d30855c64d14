//! What forms keep: what a person saw stays valid when they save again, and what was chosen stays chosen.

use crate::requests::{FORM, ask, post};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::declared_test::DeclaredTestKind;
use domain::organisation::OrganisationKind;
use domain::role::Role;
use testkit::{Someone, TestApp, each_engine};
use use_cases::declared_test::{DeclareTestOf, TestDraft, ViewDeclaredTest};
use use_cases::register::{AddProduct, AddVersion, DeclareDeployment, ViewDeployment, ViewProduct};
use use_cases::{perform, read};

async fn send(app: &TestApp, who: Someone, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let body = urlencoded(fields);
    let request = post(path, FORM).header(header::COOKIE, app.cookie(who).await);
    ask(app, request, body).await
}

async fn page(app: &TestApp, who: Someone, path: &str) -> String {
    let request = Request::builder()
        .uri(path)
        .header(header::COOKIE, app.cookie(who).await);
    ask(app, request, Body::empty()).await.1
}

fn urlencoded(fields: &[(&str, &str)]) -> String {
    let mut text = url::form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(fields).finish()
}

/// Gives the value that a page holds in a field.
fn value<'a>(page: &'a str, field: &str) -> &'a str {
    let (_, after) = page.split_once(&format!("name=\"{field}\"")).unwrap();
    let (_, value) = after.split_once("value=\"").unwrap();
    value.split('"').next().unwrap()
}

fn product(vendor: domain::ids::OrganisationId) -> AddProduct {
    AddProduct {
        vendor,
        name: "Guichet".to_owned(),
        description: String::new(),
        purl: String::new(),
        cpe: String::new(),
    }
}

each_engine! {
    async fn a_correction_is_saved_after_somebody_else_saved_meanwhile(app: TestApp) {
        let town = app.organisation(OrganisationKind::Commune, "Bourg").await;
        let vendor = app.organisation(OrganisationKind::Vendor, "Éditeur").await;
        let officer = app.person("Awa Diallo", Role::SecurityOfficer, town).await;
        let contact = app.person("Jean Vidal", Role::VendorContact, vendor).await;
        let (product, _) = perform(&contact.context(&app), product(vendor)).await.unwrap();
        let draft = TestDraft {
            version: None,
            kind: Some(DeclaredTestKind::Pentest),
            from: "2026-06-01".to_owned(),
            until: "2026-06-05".to_owned(),
            cost: String::new(),
        };
        let declare = DeclareTestOf { organisation: town, product, draft, report: None, refused: Vec::new() };
        let test = perform(&officer.context(&app), declare).await.unwrap();
        let path = format!("/tests/{test}");
        let shown = value(&page(&app, officer, &path).await, "revision").to_owned();
        let fields = |revision, cost| {
            [("revision", revision), ("kind", "pentest"), ("from", "2026-06-01"), ("until", "2026-06-05"), ("cost", cost)]
        };
        let (status, _) = send(&app, officer, &path, &fields(&shown, "900")).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, refused) = send(&app, officer, &path, &fields(&shown, "1200")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
        assert_eq!(value(&refused, "cost"), "1200", "what was typed is kept");
        let now = value(&refused, "revision").to_owned();
        let (status, again) = send(&app, officer, &path, &fields(&now, "1200")).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{again}");
        let sheet = read(&officer.context(&app), ViewDeclaredTest(test)).await.unwrap();
        assert_eq!(sheet.record.test.cost_cents, Some(120_000));
    }

    async fn a_host_that_is_gone_holds_no_version_back(app: TestApp) {
        let town = app.organisation(OrganisationKind::Commune, "Bourg").await;
        let vendor = app.organisation(OrganisationKind::Vendor, "Éditeur").await;
        let host = app.organisation(OrganisationKind::Company, "Hébergeur").await;
        let officer = app.person("Awa Diallo", Role::SecurityOfficer, town).await;
        let contact = app.person("Jean Vidal", Role::VendorContact, vendor).await;
        let (product, slug) = perform(&contact.context(&app), product(vendor)).await.unwrap();
        let version = AddVersion {
            product,
            version: "4.2".to_owned(),
            released_on: String::new(),
            supported_until: String::new(),
        };
        perform(&contact.context(&app), version).await.unwrap();
        let declare = DeclareDeployment { organisation: town, product, version: None, label: String::new(), host: Some(host) };
        let deployment = perform(&officer.context(&app), declare).await.unwrap();
        app.tamper("UPDATE organisation SET ended_at = 1 WHERE name = 'Hébergeur'").await;
        let shown = page(&app, officer, &format!("/deploiements/{deployment}")).await;
        let named = value(&shown, "host").to_owned();
        assert!(named.contains("Hébergeur"), "{named}");
        let sheet = read(&officer.context(&app), ViewProduct(slug)).await.unwrap();
        let chosen = sheet.versions[0].id.0.to_string();
        let change = format!("/deploiements/{deployment}/version");
        let (status, answer) = send(&app, officer, &change, &[("version", &chosen), ("host", &named)]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{answer}");
        let now = read(&officer.context(&app), ViewDeployment(deployment)).await.unwrap().row.deployment;
        assert_eq!((now.version.is_some(), now.host), (true, Some(host)));
        let (status, _) = send(&app, officer, &change, &[("version", &chosen), ("host", "")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, answer) = send(&app, officer, &change, &[("version", &chosen), ("host", &named)]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "it is not chosen anew: {answer}");
    }
}
