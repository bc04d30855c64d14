//! What a request may hold, and what one that cannot be read is answered.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::organisation::OrganisationKind;
use domain::role::Role;
use testkit::{TestApp, run};
use tower::ServiceExt;

/// Sends a request from the site's own pages and gives the answer's status and text.
pub async fn ask(app: &TestApp, request: axum::http::request::Builder, body: impl Into<Body>) -> (StatusCode, String) {
    let request = request
        .header(header::HOST, "beffroi.test")
        .header(header::ORIGIN, "https://beffroi.test")
        .body(body.into())
        .unwrap();
    let answer = app.site().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 10_000_000).await.unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}

/// Begins a request that sends a form.
pub fn post(path: &str, kind: &str) -> axum::http::request::Builder {
    Request::builder()
        .method("POST")
        .uri(path)
        .header(header::CONTENT_TYPE, kind)
}

/// What browsers call the fields of a form.
pub const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn an_identifier_that_is_none_is_a_page_that_is_not_there() {
    run(async {
        let app = TestApp::sqlite().await;
        let operator = app.organisation(OrganisationKind::Operator, "Exploitant").await;
        let ada = app.person("Ada Noël", Role::Administrator, operator).await;
        let cookie = app.cookie(ada).await;
        for path in [
            "/signalements/pas-un-numero",
            "/appels/42",
            "/candidatures/%FF",
            "/failles/x/partage",
        ] {
            let asked = Request::builder().uri(path).header(header::COOKIE, &cookie);
            let (status, page) = ask(&app, asked, Body::empty()).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}: {page}");
            assert!(page.contains("<h1>Page introuvable</h1>"), "{path}: {page}");
        }
        let english = Request::builder()
            .uri("/appels/42")
            .header(header::ACCEPT_LANGUAGE, "en");
        let (_, page) = ask(&app, english, Body::empty()).await;
        assert!(
            page.contains("lang=\"en\"") && page.contains("<h1>Page not found</h1>"),
            "{page}"
        );
        let (status, page) = ask(&app, post("/journal", FORM), "").await;
        assert!(
            status == StatusCode::NOT_FOUND && page.contains("Page introuvable"),
            "{status} {page}"
        );
    });
}

#[test]
fn somebody_unknown_sends_little() {
    run(async {
        let app = TestApp::sqlite().await;
        let most = app.settings.limits.anonymous_bytes;
        for path in ["/connexion", "/recepisse", "/invitation/abc"] {
            let (status, page) = ask(&app, post(path, FORM), format!("email={}", "x".repeat(most))).await;
            assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            assert!(
                page.contains("<h1>Cet envoi est trop volumineux</h1>"),
                "{path}: {page}"
            );
        }
        // Nothing is read to its end that nobody asked for: a body without end is answered.
        let endless = || Body::from_stream(tokio_util::io::ReaderStream::new(tokio::io::repeat(b'x')));
        let (status, _) = ask(&app, post("/connexion", FORM), endless()).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
        // Nor is it held, where it is to have parts and has none.
        let (status, _) = ask(
            &app,
            post("/connexion", "multipart/form-data; boundary=grenze"),
            endless(),
        )
        .await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let (status, _) = ask(&app, post("/connexion", FORM), "email=a&password=").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "a short form is read");
    });
}

fn multipart(fields: &[(&str, Option<&str>, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, file, bytes) in fields {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        body.extend(format!("--grenze\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--grenze--\r\n");
    ("multipart/form-data; boundary=grenze".to_owned(), body)
}

#[test]
fn a_form_with_files_that_are_too_large_gives_back_what_was_typed() {
    run(async {
        let app = TestApp::sqlite().await.with_settings(|settings| {
            settings.limits.file_bytes = 1000;
            settings.limits.form_bytes = 10_000;
        });
        let operator = app.organisation(OrganisationKind::Operator, "Exploitant").await;
        let ada = app.person("Ada Noël", Role::Administrator, operator).await;
        let cookie = app.cookie(ada).await;
        let before = "Ce texte a demandé une heure de travail, au moins.";
        let after = "Celui-ci vient après le fichier & n’est pas perdu.";
        let large = vec![b'x'; 20_000];
        let fields: [(&str, Option<&str>, &[u8]); 4] = [
            ("title", None, before.as_bytes()),
            ("password", None, b"un secret bien assez long pour ne pas revenir"),
            ("file", Some("gros.pdf"), &large),
            ("text", None, after.as_bytes()),
        ];
        let (kind, body) = multipart(&fields);
        let path = "/programmes/bug-bounty/documents/nouveau";
        let (status, page) = ask(&app, post(path, &kind).header(header::COOKIE, &cookie), body).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(
            page.contains(before) && page.contains("vient après le fichier"),
            "{page}"
        );
        assert!(!page.contains("un secret"), "a password is never shown again");

        // An action that takes no file reads no more than a form.
        let fields: [(&str, Option<&str>, &[u8]); 1] = [("file", Some("gros.pdf"), &large[..12_000])];
        let (kind, body) = multipart(&fields);
        let (status, _) = ask(
            &app,
            post("/organisations/ajouter", &kind).header(header::COOKIE, &cookie),
            body,
        )
        .await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);

        let (_, mut body) = multipart(&[("title", None, b"coupe")]);
        body.truncate(60);
        let broken = "multipart/form-data; boundary=grenze";
        let (status, page) = ask(&app, post(path, broken).header(header::COOKIE, &cookie), body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("n’a pas pu être lu"), "{page}");
    });
}
