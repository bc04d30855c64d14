//! Lists of reports: sorted by their heads, written as files, and several taken at once.

use super::world::World;
use super::*;
use crate::concern::enter;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;
use use_cases::ports::ReportOrder;
use use_cases::ports::{VulnerabilityFilter, VulnerabilityOrder};
use use_cases::report::{HappeningKind, QueueLine, ReleaseReport, SubmitReport};
use use_cases::vulnerability::ListVulnerabilities;

async fn by(app: &TestApp, who: Someone, order: ReportOrder, reversed: bool) -> Vec<ReportId> {
    let list = ListQueue {
        order,
        reversed,
        ..queue()
    };
    let lines = read(&who.context(app), list).await.unwrap().lines;
    lines.iter().map(|line| line.id).collect()
}

async fn line(app: &TestApp, who: Someone, report: ReportId) -> QueueLine {
    let lines = read(&who.context(app), queue()).await.unwrap().lines;
    lines.into_iter().find(|line| line.id == report).unwrap()
}

/// Sends the boxes of the queue as somebody, and gives the status and the page.
async fn choose(app: &TestApp, who: Someone, act: &str, reports: &[ReportId]) -> (StatusCode, String) {
    let token = enter(app, who.id).await;
    let boxes: String = reports.iter().map(|id| format!("&report={id}")).collect();
    let request = Request::builder()
        .method("POST")
        .uri("/verification?etat=all&tri=-gravite")
        .header(header::HOST, "beffroi.test")
        .header(header::ORIGIN, app.settings.public_url.as_str())
        .header(header::COOKIE, format!("beffroi_session={token}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("act={act}{boxes}")))
        .unwrap();
    answered(app, request).await
}

async fn answered(app: &TestApp, request: Request<Body>) -> (StatusCode, String) {
    let answer = app.site().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 10_000_000).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn get(app: &TestApp, who: Someone, path: &str) -> (StatusCode, String) {
    let token = enter(app, who.id).await;
    let request = Request::builder()
        .uri(path)
        .header(header::HOST, "beffroi.test")
        .header(header::COOKIE, format!("beffroi_session={token}"))
        .body(Body::empty())
        .unwrap();
    answered(app, request).await
}

each_engine! {
    async fn the_queue_is_sorted_by_age_waiting_and_severity(app: TestApp) {
        let world = World::open(&app).await;
        let mut reports = Vec::new();
        for title in ["Un", "Deux", "Trois"] {
            reports.push(world.submit(&app, world.hunter, title).await);
            app.clock.advance(MINUTE);
        }
        let [one, two, three] = reports[..] else { panic!("three reports") };
        let verifier = world.verifier;
        assert_eq!(by(&app, verifier, ReportOrder::Age, false).await, [one, two, three]);
        assert_eq!(by(&app, verifier, ReportOrder::Age, true).await, [three, two, one]);
        perform(&verifier.context(&app), ClaimReport { report: one }).await.unwrap();
        assert_eq!(by(&app, verifier, ReportOrder::Waiting, false).await, [two, three, one], "it entered verification last");
        assert_eq!(by(&app, verifier, ReportOrder::Waiting, true).await, [one, three, two]);
        reproduce(&app, verifier, one).await;
        let low = VerifyReport {
            vector: "CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N".to_owned(),
            ..verified(one)
        };
        perform(&verifier.context(&app), low).await.unwrap();
        assert_eq!(by(&app, verifier, ReportOrder::Severity, false).await, [two, three, one]);
        assert_eq!(by(&app, verifier, ReportOrder::Severity, true).await, [one, two, three]);
        let mine = |by_severity, reversed| MyReports { by_severity, reversed, ..MyReports::default() };
        let own = async |query: MyReports| {
            let lines = read(&world.hunter.context(&app), query).await.unwrap().lines;
            lines.iter().map(|line| line.id).collect::<Vec<_>>()
        };
        assert_eq!(own(mine(false, false)).await, [three, two, one]);
        assert_eq!(own(mine(true, true)).await.first(), Some(&one));
        assert_eq!(own(mine(true, false)).await.last(), Some(&one));
        let (status, page) = get(&app, verifier, "/verification?etat=all&tri=gravite").await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("aria-sort=\"descending\"") && page.contains("tri=-gravite"), "{page}");
        assert!(page.contains("etat=all") && page.contains("/verification.csv?"), "the filters go along");
    }

    async fn another_ones_report_is_no_place_in_a_list(app: TestApp) {
        let world = World::open(&app).await;
        let own = world.submit(&app, world.hunter, "Un").await;
        app.clock.advance(MINUTE);
        let foreign = world.submit(&app, world.rival, "Le sien").await;
        app.clock.advance(MINUTE);
        let later = world.submit(&app, world.hunter, "Deux").await;
        let own_lines = async |after: ReportId, by_severity: bool, reversed: bool| {
            let query = MyReports { after: Some(after), by_severity, reversed, whole: false };
            let lines = read(&world.hunter.context(&app), query).await.unwrap().lines;
            lines.iter().map(|line| line.id).collect::<Vec<_>>()
        };
        assert_eq!(own_lines(later, false, false).await, [own]);
        let unknown = ReportId(uuid::Uuid::from_u128(7));
        for (by_severity, reversed) in [(false, false), (false, true), (true, false), (true, true)] {
            assert_eq!(own_lines(foreign, by_severity, reversed).await, own_lines(unknown, by_severity, reversed).await);
        }
        // A draft that was begun early stands where it was handed in.
        let early = world.draft(&app, world.hunter, "Commencé tôt").await;
        app.clock.advance(MINUTE);
        let between = world.submit(&app, world.hunter, "Remis entre-temps").await;
        app.clock.advance(MINUTE);
        perform(&world.hunter.context(&app), SubmitReport { report: early }).await.unwrap();
        let lines = read(&world.hunter.context(&app), MyReports::default()).await.unwrap().lines;
        assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), [early, between, later, own]);
    }

    async fn steps_of_a_correction_narrow_only_what_one_handles(app: TestApp) {
        let world = World::open(&app).await;
        let report = world.submit(&app, world.hunter, "Lecture").await;
        perform(&world.verifier.context(&app), ClaimReport { report }).await.unwrap();
        reproduce(&app, world.verifier, report).await;
        perform(&world.verifier.context(&app), verified(report)).await.unwrap();
        let list = async |who: Someone, query: &str| get(&app, who, &format!("/failles.csv{query}")).await.1.lines().count() - 1;
        assert_eq!((list(world.verifier, "").await, list(world.observer, "").await), (1, 1));
        let states: Vec<&str> = domain::vulnerability::VulnerabilityState::ALL.iter().map(|state| state.code()).collect();
        let mut found = 0;
        for state in states {
            let query = format!("?etat={state}");
            found += list(world.verifier, &query).await;
            assert_eq!(list(world.observer, &query).await, 0, "{state}");
        }
        assert_eq!(found, 1);
        assert!(get(&app, world.verifier, "/failles").await.1.contains("name=\"etat\""));
        assert!(!get(&app, world.observer, "/failles").await.1.contains("name=\"etat\""));
    }

    async fn vulnerabilities_are_sorted_across_pages(app: TestApp) {
        let world = World::open(&app).await;
        let mut flaws = Vec::new();
        for metrics in [
            "AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H",
            "AV:N/AC:L/AT:N/PR:L/UI:N/VC:L/VI:L/VA:N",
            "AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N",
        ] {
            let report = world.submit(&app, world.hunter, "Lecture").await;
            perform(&world.verifier.context(&app), ClaimReport { report }).await.unwrap();
            reproduce(&app, world.verifier, report).await;
            let vector = format!("CVSS:4.0/{metrics}/SC:N/SI:N/SA:N");
            let done = VerifyReport { vector, ..verified(report) };
            flaws.push(perform(&world.verifier.context(&app), done).await.unwrap());
            app.clock.advance(MINUTE);
        }
        let listed = async |order: VulnerabilityOrder, reversed: bool, after: Option<domain::ids::VulnerabilityId>| {
            let filter = VulnerabilityFilter { order, reversed, ..VulnerabilityFilter::default() };
            let list = ListVulnerabilities { filter, after, whole: false };
            let lines = read(&world.verifier.context(&app), list).await.unwrap().lines;
            lines.iter().map(|line| line.record.vulnerability.id).collect::<Vec<_>>()
        };
        use VulnerabilityOrder::{Opened, Severity};
        let mut others = flaws.clone();
        others.reverse();
        assert_eq!(listed(Severity, false, None).await, flaws);
        assert_eq!(listed(Severity, true, None).await, others);
        assert_eq!(listed(Opened, false, None).await, others);
        assert_eq!(listed(Opened, true, None).await, flaws);
        for (order, all) in [(Severity, &flaws), (Opened, &others)] {
            assert_eq!(listed(order, false, Some(all[0])).await, all[1..], "{order:?}");
            assert_eq!(listed(order, true, Some(all[2])).await, [all[1], all[0]], "{order:?}");
        }
        let (status, file) = get(&app, world.verifier, "/failles.csv?tri=gravite").await;
        assert_eq!((status, file.lines().count()), (StatusCode::OK, 4), "{file}");
        let (status, file) = get(&app, world.rival, "/failles.csv").await;
        assert_eq!((status, file.lines().count()), (StatusCode::OK, 1), "{file}");
    }

    async fn several_reports_are_taken_at_once_each_by_its_own_right(app: TestApp) {
        let world = World::open(&app).await;
        let one = world.submit(&app, world.hunter, "Un").await;
        let two = world.submit(&app, world.hunter, "Deux").await;
        let held = world.submit(&app, world.hunter, "Trois").await;
        perform(&world.second.context(&app), ClaimReport { report: held }).await.unwrap();
        assert!(line(&app, world.verifier, one).await.choosable && !line(&app, world.verifier, held).await.choosable);
        assert!(!line(&app, world.torn, one).await.choosable && !line(&app, world.organiser, one).await.choosable);
        let (status, page) = choose(&app, world.verifier, "take", &[one, held, two]).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("2 signalements sont pris."), "{page}");
        assert!(page.contains("Un signalement n’a pas pu l’être") && page.contains("Trois"), "{page}");
        for (report, mine) in [(one, true), (two, true), (held, false)] {
            assert_eq!(line(&app, world.verifier, report).await.mine, mine);
        }
        let history = see(&app, world.verifier, one).await.history;
        let taken = history.iter().filter(|event| event.kind == HappeningKind::Started).count();
        assert_eq!(taken, 1, "each act is journaled");
        // Somebody who follows the campaign from outside is not told who works on what.
        let outside = line(&app, world.observer, one).await;
        assert_eq!((outside.claimed_by.as_str(), outside.claimed_until, outside.second_needed), ("", None, false));
        let (status, file) = get(&app, world.observer, "/verification.csv?etat=all").await;
        let name = line(&app, world.second, one).await.claimed_by;
        assert!(status == StatusCode::OK && file.lines().count() == 4 && !name.is_empty() && !file.contains(&name), "{file}");
        let free = ListQueue { claim: ClaimFilter::Free, ..queue() };
        assert!(read(&world.observer.context(&app), free).await.unwrap().lines.is_empty());
        assert!(read(&world.torn.context(&app), free).await.unwrap().lines.is_empty(), "all are taken");
        let beyond = ListQueue { page: Some(i64::MAX), ..queue() };
        assert_eq!(read(&world.verifier.context(&app), beyond).await.unwrap().lines.len(), 3, "the last page");
        let (status, page) = choose(&app, world.torn, "take", &[one]).await;
        assert_eq!(status, StatusCode::CONFLICT, "{page}");
        let (status, _) = choose(&app, world.rival, "take", &[one]).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let (status, page) = choose(&app, world.verifier, "take", &[]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Choisissez au moins un signalement"), "{page}");
        let (status, page) = choose(&app, world.verifier, "release", &[one, held]).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Un signalement est rendu."), "{page}");
        assert!(!line(&app, world.verifier, one).await.mine && line(&app, world.verifier, two).await.mine);
        assert!(matches!(
            perform(&world.verifier.context(&app), ReleaseReport { report: one }).await,
            Err(Error::Conflict(_))
        ));
        let (status, file) = get(&app, world.verifier, "/verification.csv?etat=all&prise=mine").await;
        assert_eq!(status, StatusCode::OK);
        assert!(file.starts_with("\u{feff}numero;signalement;") && file.lines().count() == 2, "{file}");
        assert_eq!(get(&app, world.rival, "/verification.csv").await.0, StatusCode::NOT_FOUND);
        let (status, file) = get(&app, world.hunter, "/signalements.csv").await;
        assert_eq!((status, file.lines().count()), (StatusCode::OK, 4), "{file}");
    }
}
