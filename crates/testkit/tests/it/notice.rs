//! The notice of a pedagogical programme follows it on every mail and on every page.

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use story::{Part, Told};
use testkit::{TestApp, each_engine, run};
use tower::ServiceExt;
use use_cases::people::EnterAs;
use use_cases::perform;
use use_cases::perform::UseCase;
use use_cases::{Outcome, Unit};
use uuid::Uuid;

const NOTICE: &str = "Opération pédagogique et de sensibilisation, ne constitue pas un audit.";

/// Addresses under which a page is of no programme.
const ELSEWHERE: &[&str] = &[
    "/administration",
    "/accessibilite",
    "/aide",
    "/bureau",
    "/catalogue",
    "/compte",
    "/connexion",
    "/desabonnement",
    "/deploiements",
    "/journal",
    "/licence",
    "/mentions-legales",
    "/mes-organisations",
    "/tests/",
    "/organisations",
    "/preuves",
    "/programmes",
    "/recepisse",
    "/rejoindre",
];

/// Puts a mail in the queue, as the use case that sends it does.
struct Post {
    kind: String,
    subject: Uuid,
    part: domain::ids::PersonId,
}

impl UseCase for Post {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let key = format!("test/{}", self.kind);
        unit.enqueue(&self.kind, key, Some(self.subject), Some(self.part), unit.now)
            .await
    }
}

/// Gives the job of a mail's text and what it is about; none for a mail that is of no programme.
fn job(text: &str, told: &Told) -> Option<(String, Uuid)> {
    let (part, rest) = text.split_once('-').unwrap_or((text, ""));
    let underlined = format!("mail.{part}_{}", rest.replace('-', "_"));
    Some(match part {
        "candidacy" => (underlined, told.candidacies[3].0),
        "campaign" | "authorisation" => (format!("mail.{text}"), told.campaign.0),
        "report" => (underlined, told.reports[0].0.0),
        "vulnerability" | "retest" | "risk" => (underlined, told.vulnerabilities[0].0),
        "position" | "opinion" => (format!("mail.{part}"), told.vulnerabilities[0].0),
        "programme" => (underlined, told.programme.0),
        "call" => (underlined, told.call.0),
        "invitation" | "deployment" | "digest" => return None,
        _ => panic!("say here what the mail {text} is about"),
    })
}

each_engine! {
    async fn the_notice_follows_every_mail(app: TestApp) {
        let mut app = app;
        let told = app.told().await;
        app.settle().await;
        for mail in app.mails.take() {
            let of_an_organisation =
                mail.subject.starts_with("Invitation à rejoindre") || mail.subject.contains("une installation de");
            // The group's own programme bears no notice.
            let of_an_organisation = of_an_organisation || mail.subject.starts_with("Registre Sérénis, une fois pour tous");
            assert!(of_an_organisation || mail.text.contains(NOTICE), "{}\n{}", mail.subject, mail.text);
        }
        let part = told.cast.towns[0].officer.person;
        let mut asked = BTreeSet::new();
        for (_, french, _) in i18n::FILES {
            for key in i18n::keys(french) {
                let text = key.strip_prefix("mail-").and_then(|key| key.strip_suffix("-subject"));
                if let Some((kind, subject)) = text.and_then(|text| job(text, &told)) {
                    asked.insert(kind.clone());
                    perform(&app.nobody(), Post { kind, subject, part }).await.unwrap();
                }
            }
        }
        // A reminder is only sent to those who have not confirmed; none is left in the story.
        asked.remove("mail.candidacy_reminder");
        // Nor does any report of it wait for its author's answer.
        asked.remove("mail.report_reminder");
        // Memberships of the story are answered, and its call is closed: their mails would come too late.
        asked.remove("mail.programme_membership");
        asked.remove("mail.call_opened");
        app.run_jobs().await;
        let mails = app.mails.take();
        assert!(mails.len() >= asked.len(), "{} mails of {asked:?}", mails.len());
        for mail in mails {
            assert_eq!(mail.text.matches(NOTICE).count(), 1, "{}\n{}", mail.subject, mail.text);
        }
    }
}

async fn page(app: &TestApp, path: &str, cookie: &str) -> Option<String> {
    let request = Request::builder()
        .uri(path)
        .header(header::HOST, "beffroi.test")
        .header(header::COOKIE, cookie)
        .body(Body::empty())
        .unwrap();
    let answer = app.site().oneshot(request).await.unwrap();
    let kind = answer.headers().get(header::CONTENT_TYPE).cloned();
    let is_page = kind.is_some_and(|kind| kind.to_str().unwrap().starts_with("text/html"));
    if !answer.status().is_success() || !is_page {
        return None;
    }
    let body = to_bytes(answer.into_body(), 10_000_000).await.unwrap();
    Some(String::from_utf8(body.to_vec()).unwrap())
}

/// Gives the addresses of this site that a page leads to.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split("href=\"/")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '#']).next())
        .filter(|path| !path.starts_with('/'))
}

/// Says whether a page must carry the notice: those of the programme and of what is in it.
fn of_the_programme(path: &str) -> bool {
    let own = ["/programmes/", "/situations"].iter().any(|part| path.contains(part));
    let new = path == "/programmes/nouveau";
    path != "/" && !new && (own || !ELSEWHERE.iter().any(|start| path.starts_with(start)))
}

/// Says whether a page lists things of several programmes; an empty one is of none.
fn is_list(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let own = [
        "/campagnes",
        "/candidatures",
        "/editeur",
        "/failles",
        "/signalements",
        "/verification",
    ];
    own.contains(&path) || (path.starts_with("/organisations/") && path.ends_with("/situations"))
}

/// Walks over every page that leads from the desk of one person, and gives those that they saw.
async fn walk(app: &TestApp, told: &Told, part: &Part, seen: &mut BTreeMap<String, usize>) {
    let token = perform(&app.nobody(), EnterAs::new(part.person, "test")).await.unwrap();
    let cookie = format!("beffroi_session={}", token.0);
    let mut next: VecDeque<String> = [
        "/bureau",
        "/campagnes",
        "/candidatures",
        "/editeur",
        "/failles",
        "/signalements",
        "/verification",
    ]
    .map(str::to_owned)
    .into();
    next.push_back(format!("/organisations/{}/situations", told.cast.towns[0].id));
    next.push_back(format!("/programmes/{}/campagnes", told.slug));
    next.extend(told.vulnerabilities.iter().map(|id| format!("/failles/{id}/textes")));
    let mut known: BTreeSet<String> = next.iter().cloned().collect();
    while let Some(path) = next.pop_front() {
        let Some(text) = page(app, &path, &cookie).await else {
            continue;
        };
        *seen.entry(path.clone()).or_default() += 1;
        if of_the_programme(&path) && (!is_list(&path) || text.contains("<tbody")) {
            assert!(text.contains(NOTICE), "{path} as {} lacks the notice", part.name);
        }
        for link in links(&text) {
            let link = format!("/{}", link.replace("&amp;", "&"));
            if known.len() < 150 && known.insert(link.clone()) {
                next.push_back(link);
            }
        }
    }
}

#[test]
fn the_notice_follows_every_page() {
    run(async {
        let mut app = TestApp::sqlite().await;
        let told = app.told().await;
        let cast = &told.cast;
        let parts = [
            &cast.organisers[0],
            &cast.towns[0].officer,
            &cast.mayor,
            &cast.vendor_contact,
            &cast.supervisor,
            &cast.verifiers[0],
            &cast.observer,
            &told.students[0],
        ];
        let mut seen = BTreeMap::new();
        for part in parts {
            walk(&app, &told, part, &mut seen).await;
        }
        for path in [
            "/campagnes",
            "/candidatures",
            "/signalements",
            "/verification",
            "/editeur",
            "/failles",
        ] {
            assert!(seen.contains_key(path), "nobody came to {path}");
        }
        assert!(
            seen.keys().any(|path| path.ends_with("/textes")),
            "nobody wrote the texts of a vulnerability"
        );
        assert!(
            seen.keys().any(|path| path.ends_with("/situations")),
            "nobody looked at their situations"
        );
    });
}
