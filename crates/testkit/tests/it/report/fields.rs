//! The fields of severity and weakness, and the forms that an address begins, as pages answer without a script.

use super::world::{VECTOR, World};
use super::*;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use testkit::run;
use tower::ServiceExt as _;

pub async fn ask(app: &TestApp, who: Someone, path: &str, form: Option<&str>) -> (StatusCode, String) {
    let request = Request::builder()
        .method(if form.is_some() { "POST" } else { "GET" })
        .uri(path)
        .header(header::HOST, "beffroi.test")
        .header(header::ORIGIN, "https://beffroi.test")
        .header(header::ACCEPT_LANGUAGE, "fr")
        .header(header::COOKIE, app.cookie(who).await)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.unwrap_or_default().to_owned()))
        .unwrap();
    let answer = app.site().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 10_000_000).await.unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[test]
fn a_weakness_is_found_by_words_and_taken_by_a_press() {
    run(async {
        let app = TestApp::sqlite().await;
        let world = World::open(&app).await;
        let vendor = world.vendor;
        let path = "/editeur/failles/nouvelle";
        let typed = "title=Faille&cwe=base+de+donn%C3%A9es&act=cwe-find";
        let (status, page) = ask(&app, vendor, path, Some(typed)).await;
        assert_eq!(status, StatusCode::OK, "nothing is wrong yet: {page}");
        assert!(
            page.contains(">CWE-89 Injection SQL</button>") && page.contains("value=\"Faille\""),
            "{page}"
        );
        let (_, page) = ask(&app, vendor, path, Some("title=Faille&cwe=base&act=cwe-89")).await;
        assert!(page.contains("value=\"CWE-89 Injection SQL\"") && !page.contains("Vos mots ont trouvé"));
        let (_, page) = ask(&app, vendor, path, Some("cwe=zzzz&act=cwe-find")).await;
        assert!(page.contains("Ces mots n’ont rien trouvé"));
        let hunter = world.hunter;
        let draft = world.draft(&app, hunter, "Lecture").await;
        let path = format!("/signalements/{draft}/modifier");
        let (status, page) = ask(&app, hunter, &path, Some("title=Lecture&cwe=force+brute&act=cwe-find")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            page.contains("value=\"cwe-307\"") && page.contains("value=\"force brute\""),
            "{page}"
        );
        let (status, _) = ask(&app, hunter, &path, Some("title=Lecture&cwe=force+brute&act=cwe-307")).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (_, page) = ask(&app, hunter, &path, None).await;
        assert!(page.contains("value=\"CWE-307 Nombre d’essais"), "{page}");
    });
}

#[test]
fn a_severity_is_composed_wherever_it_is_given_and_spelled_out() {
    run(async {
        let app = TestApp::sqlite().await;
        let world = World::open(&app).await;
        let chosen = "act=compose-3.1&c31-AV=N&c31-AC=L&c31-PR=N&c31-UI=N&c31-S=U&c31-C=H&c31-I=N&c31-A=N";
        let composed = "value=\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N\"";
        let (status, page) = ask(&app, world.vendor, "/editeur/failles/nouvelle", Some(chosen)).await;
        assert!(status == StatusCode::OK && page.contains(composed), "{page}");
        assert!(page.contains("Confidentialité (C)\u{a0}: Élevée"), "{page}");
        let report = world.submit(&app, world.hunter, "Lecture des dossiers").await;
        let verifier = world.verifier.context(&app);
        perform(&verifier, ClaimReport { report }).await.unwrap();
        reproduce(&app, world.verifier, report).await;
        let path = format!("/signalements/{report}/verifier");
        let (_, page) = ask(&app, world.verifier, &path, Some(chosen)).await;
        assert!(page.contains(composed), "{page}");
        let flaw = perform(&verifier, verified(report)).await.unwrap();
        let path = format!("/failles/{flaw}/cotation");
        let (status, page) = ask(
            &app,
            world.verifier,
            &path,
            Some(&format!("{chosen}&rating_reason=Parce+que")),
        )
        .await;
        assert!(
            status == StatusCode::OK && page.contains(composed) && page.contains("Parce que"),
            "{page}"
        );
        assert!(page.contains("Vecteur d’attaque (AV)"), "{page}");
        let view = see(&app, world.verifier, report).await;
        assert_eq!(view.verified_vector, VECTOR, "composing has rated nothing");
    });
}

#[test]
fn an_address_begins_a_form_and_does_nothing() {
    run(async {
        let app = TestApp::sqlite().await;
        let world = World::open(&app).await;
        let first = world.submit(&app, world.hunter, "Lecture des dossiers d’autrui").await;
        app.clock.advance(MINUTE);
        let second = world.submit(&app, world.rival, "Dossiers d’autrui : lecture").await;
        let (_, page) = ask(&app, world.verifier, &format!("/signalements/{second}"), None).await;
        assert!(
            page.contains("Peut-être déjà connu") && page.contains("Même type de faiblesse\u{a0}: CWE-639"),
            "{page}"
        );
        let begun = format!("/signalements/{second}/clore?closing=duplicate&original={first}");
        assert!(
            page.contains(&begun.replace('&', "&#38;")) || page.contains(&begun.replace('&', "&amp;")),
            "{page}"
        );
        let (status, page) = ask(&app, world.verifier, &begun, None).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(&format!("<option value=\"{first}\" selected>")), "{page}");
        assert_eq!(see(&app, world.verifier, second).await.state, ReportState::Submitted);
        let (_, page) = ask(&app, world.hunter, &format!("/signalements/{first}"), None).await;
        assert!(
            !page.contains("Peut-être déjà connu"),
            "an author is told of no other report"
        );
    });
}
