//! What hunters touched is counted once, told by how many and never by whom, and goes with the campaign's key.

use super::recorded::Recording;
use super::target::{URL, prepared};
use super::*;
use authorization::SystemKind;
use axum::body::Body;
use axum::http::{Request, header};
use domain::coverage::{Coverage, Told, Touch, endpoint};
use domain::ids::TargetId;
use domain::time::HOUR;
use std::path::Path;
use tower::ServiceExt;
use use_cases::coverage::{CoveragePage, ViewCoverage};
use use_cases::people::EnterAs;
use use_cases::ports::{Clock as _, JobRow, SegmentRow};
use use_cases::target::{GivenLease, KeepSegment, KeptSegment, RemoveTarget, TakeLease, ViewTargets};
use uuid::Uuid;

/// Lets three pupils in, each with a way to the target.
async fn hunters(app: &TestApp, story: &Story, target: TargetId) -> Vec<(Context, LeaseId)> {
    let mut pupils = Vec::new();
    for pseudonym in ["hibou", "chouette", "effraie"] {
        pupils.push(pupil_named(app, story, pseudonym).await);
    }
    app.clock.advance(3 * DAY);
    app.settle().await;
    let mut all = Vec::new();
    for pupil in pupils {
        accept(&pupil, story.campaign).await;
        let take = TakeLease {
            campaign: story.campaign,
            target,
        };
        let GivenLease { label, .. } = perform(&pupil, take).await.unwrap();
        let page = read(&story.organiser.context(app), ViewTargets(story.campaign))
            .await
            .unwrap();
        let lease = page.leases.iter().find(|lease| lease.label == label).unwrap().id;
        all.push((pupil, lease));
    }
    all
}

async fn keep(app: &TestApp, row: &SegmentRow) -> KeptSegment {
    let kept = perform(&app.system(SystemKind::Gateway), KeepSegment(row.clone())).await;
    app.settle().await;
    kept.unwrap()
}

async fn seen(app: &TestApp, by: Someone, story: &Story) -> Outcome<CoveragePage> {
    read(&by.context(app), ViewCoverage(story.campaign)).await
}

/// Gives each endpoint with its requests and how many touched it.
fn lines(page: &CoveragePage) -> Vec<(String, u64, Told)> {
    let line =
        |one: &domain::coverage::ShownEndpoint| (format!("{} {}", one.method, one.path), one.requests, one.hunters);
    page.targets[0].shown.endpoints.iter().map(line).collect()
}

/// Has everything counted again, as a queue that hands a job out twice does.
struct Again(CampaignId);

impl UseCase for Again {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let job = JobRow {
            id: domain::ids::JobId(unit.fresh_id()),
            kind: "coverage.count".to_owned(),
            dedup_key: "again".to_owned(),
            subject: Some(self.0.0),
            person: None,
            run_at: unit.now,
            attempt: 0,
            fence: 0,
        };
        Ok(unit.store.enqueue(&job, unit.now).await?)
    }
}

struct DestroyCampaignKey(CampaignId);

impl UseCase for DestroyCampaignKey {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        unit.store.destroy_keys("campaign", self.0.0, unit.now).await?;
        Ok(())
    }
}

/// Gives a page, or a file, as somebody gets it.
pub(super) async fn get(app: &TestApp, by: Someone, path: &str) -> (u16, String) {
    let token = perform(&app.nobody(), EnterAs::new(by.id, "essai")).await.unwrap().0;
    let request = Request::builder()
        .uri(path)
        .header(header::HOST, "beffroi.test")
        .header(header::ACCEPT_LANGUAGE, "fr")
        .header(header::COOKIE, format!("beffroi_session={token}"));
    let answer = app.site().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = answer.status().as_u16();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap().replace('\u{a0}', " "))
}

fn holds(folder: &Path, text: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => holds(&path, text),
            false => std::fs::read(&path)
                .unwrap()
                .windows(text.len())
                .any(|some| some == text),
        }
    })
}

each_engine! {
    async fn what_hunters_touched_is_counted_once_and_never_says_who(app: TestApp) {
        let (story, target) = prepared(&app, URL).await;
        let hunters = hunters(&app, &story, target).await;
        let (first, second, third) = (hunters[0].1, hunters[1].1, hunters[2].1);
        let empty = seen(&app, story.organiser, &story).await.unwrap();
        assert_eq!((empty.targets[0].shown.requests, empty.counted_at, empty.waiting), (0, None, 0));
        assert_eq!(empty.targets[0].shown.untouched, ["/portail"]);

        let recording = Recording::begin(&app, &story, app.clock.now()).await;
        recording.tell(first, "GET", "/portail/actes/12?nom=Dupont", 200);
        recording.tell(first, "GET", "/portail/actes/13", 500);
        recording.tell(second, "GET", "/portail/actes/14#x", 200);
        recording.tell(second, "GET", "/portail/usagers/jean.dupont%40mairie.example", 403);
        recording.tell(second, "GET", "/portail/nulle-part", 404);
        let segment = recording.end(&story);
        assert_eq!(keep(&app, &segment).await, KeptSegment::New);
        let page = seen(&app, story.organiser, &story).await.unwrap();
        let actes = || "GET /portail/actes/{n}".to_owned();
        let users = || "GET /portail/usagers/{email}".to_owned();
        assert_eq!(lines(&page), [(actes(), 3, Told::Few), (users(), 1, Told::Few)], "{page:?}");
        let shown = &page.targets[0].shown;
        assert_eq!((shown.requests, shown.nowhere, shown.hunters), (5, 1, Told::Few));
        assert!(shown.periods.is_empty() && shown.untouched.is_empty(), "{shown:?}");

        assert_eq!(keep(&app, &segment).await, KeptSegment::Known);
        perform(&app.system(SystemKind::Gateway), Again(story.campaign)).await.unwrap();
        app.settle().await;
        assert_eq!(lines(&seen(&app, story.organiser, &story).await.unwrap()), lines(&page), "counted once");

        app.clock.advance(DAY);
        let recording = Recording::begin(&app, &story, app.clock.now()).await;
        recording.tell(third, "GET", "/portail/actes/15", 200);
        recording.tell(third, "POST", "/portail/actes", 302);
        keep(&app, &recording.end(&story)).await;
        let page = seen(&app, story.organiser, &story).await.unwrap();
        assert_eq!(lines(&page), [(("POST /portail/actes").to_owned(), 1, Told::Few), (actes(), 4, Told::Exactly(3)), (users(), 1, Told::Few)]);
        let periods = &page.targets[0].shown.periods;
        assert_eq!((periods.len(), periods[0].known, periods[0].hunters), (1, 3, Told::Exactly(3)));
        assert_eq!((page.waiting, page.unread), (0, 0));

        assert_eq!(lines(&seen(&app, story.operator, &story).await.unwrap()), lines(&page), "the operator's verifiers read it");
        let pupil = read(&hunters[0].0, ViewCoverage(story.campaign)).await;
        assert!(matches!(pupil, Err(Error::NotFound)), "{pupil:?}");
        for who in [story.mayor, story.vendor, story.teacher] {
            let tried = seen(&app, who, &story).await;
            assert!(matches!(tried, Err(Error::NotFound)), "{tried:?}");
        }
        for text in ["portail/actes", "jean.dupont", "tres-secret"] {
            let dumped = app.dump().is_some_and(|dump| dump.contains(text));
            assert!(!dumped && !holds(app.folder(), text.as_bytes()), "the database tells of {text}");
        }
        on_the_page(&app, &story).await;

        let out = RemoveTarget { campaign: story.campaign, target };
        let tried = perform(&story.organiser.context(&app), out).await;
        tried.unwrap();
        let page = seen(&app, story.organiser, &story).await.unwrap();
        assert!(page.targets[0].ended_at.is_some(), "what was touched of it stays");
        perform(&app.nobody(), DestroyCampaignKey(story.campaign)).await.unwrap();
        app.vault.forget_all();
        let page = seen(&app, story.organiser, &story).await.unwrap();
        assert!(page.destroyed && page.targets.is_empty());
        let (status, text) = get(&app, story.organiser, &addresses::coverage::show(story.campaign.0)).await;
        assert_eq!(status, 200);
        assert!(text.contains("La couverture ne se lit plus") && !text.contains("/portail"), "{text}");
    }

    async fn a_segment_that_is_not_there_is_tried_again_and_then_said_to_be_missing(app: TestApp) {
        let (story, target) = prepared(&app, URL).await;
        let hunters = hunters(&app, &story, target).await;
        let recording = Recording::begin(&app, &story, app.clock.now()).await;
        recording.tell(hunters[0].1, "GET", "/portail/perdu", 200);
        let lost = recording.end(&story);
        let path = app.folder().join("recordings/campaigns").join(story.campaign.to_string());
        let recording = Recording::begin(&app, &story, app.clock.now().plus(HOUR)).await;
        recording.tell(hunters[0].1, "GET", "/portail/actes", 200);
        let kept = recording.end(&story);
        let file = std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path());
        let file = file.filter(|path| path.extension().is_some_and(|ending| ending == "seg")).min();
        std::fs::remove_file(file.unwrap()).unwrap();
        keep(&app, &lost).await;
        keep(&app, &kept).await;
        let page = seen(&app, story.organiser, &story).await.unwrap();
        assert_eq!((page.waiting, page.unread, page.targets[0].shown.requests), (2, 0, 0));
        for _ in 0..8 {
            app.clock.advance(HOUR);
            app.settle().await;
        }
        let page = seen(&app, story.organiser, &story).await.unwrap();
        assert_eq!((page.waiting, page.unread), (0, 1));
        assert_eq!(lines(&page), [("GET /portail/actes".to_owned(), 1, Told::Few)]);
        let (_, text) = get(&app, story.organiser, &addresses::coverage::show(story.campaign.0)).await;
        assert!(text.contains("1 enregistrement n’a pas pu être lu"), "{text}");
    }
}

/// The page and its file show what was counted, filtered and sorted as the address says.
async fn on_the_page(app: &TestApp, story: &Story) {
    let address = addresses::coverage::show(story.campaign.0);
    let (status, text) = get(app, story.organiser, &address).await;
    assert_eq!(status, 200);
    for part in [
        "/portail/actes/{n}",
        "moins de 3",
        "role=\"img\"",
        "3 points d’entrée touchés en tout",
        "1 requête n’a touché aucun point d’entrée",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    for part in [
        "hibou",
        "chouette",
        "effraie",
        "Dupont",
        "dupont",
        "tres-secret",
        "{email}?",
    ] {
        assert!(!text.contains(part), "{part} in {text}");
    }
    let (_, narrowed) = get(app, story.organiser, &format!("{address}?chemin=ACTES&methode=POST")).await;
    assert!(
        narrowed.contains("1 point d’entrée") && !narrowed.contains("/portail/usagers"),
        "{narrowed}"
    );
    let (_, none) = get(app, story.organiser, &format!("{address}?chemin=rien")).await;
    assert!(none.contains("Aucun point d’entrée ne correspond"), "{none}");
    let file = addresses::coverage::file(story.campaign.0);
    let (status, csv) = get(app, story.organiser, &format!("{file}?tri=requetes")).await;
    assert_eq!(status, 200);
    let rows: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert!(rows[0].starts_with("Cible;Méthode;Chemin;Requêtes;Chasseurs;"), "{csv}");
    assert!(
        rows[1].starts_with("Recette;GET;/portail/actes/{n};4;3;2026-09-"),
        "{csv}"
    );
    assert_eq!(
        (rows.len(), rows[1].contains("Opération pédagogique")),
        (4, true),
        "{csv}"
    );
    for path in [&address, &file] {
        for who in [story.mayor, story.teacher] {
            assert_eq!(get(app, who, path).await.0, 404, "{path}");
        }
    }
}

/// A count of a whole campaign stays small enough to be written every half minute.
#[test]
fn what_is_kept_of_a_target_is_bounded() {
    let mut coverage = Coverage::default();
    let day = domain::Date::new(2026, 11, 23).unwrap();
    for number in 0..200_000u64 {
        let touch = Touch {
            endpoint: endpoint("GET", &format!("/a{}b/c{}d", number % 5_000, number % 7)),
            hunter: Uuid::from_u128(u128::from(number % 30) * 0x9e37_79b9_7f4a_7c15)
                .as_u64_pair()
                .1,
            day,
            status: Some(200),
        };
        coverage.count(&touch, 1_000);
    }
    let kept = serde_json::to_vec(&coverage).unwrap();
    assert!(
        coverage.endpoints.len() <= 1_000 && kept.len() < 1 << 20,
        "{}",
        kept.len()
    );
}
