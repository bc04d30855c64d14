//! What concerns an organisation: one list, by its own risk, and as a file.

use crate::sharing::concerns;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use domain::Disclosure;
use domain::concern::{ConcernOrder, ConcernPart};
use domain::ids::{OrganisationId, PersonId, VulnerabilityId};
use domain::position::{PositionEvent, PositionState};
use domain::severity::Severity;
use story::{Part, Told};
use testkit::{TestApp, each_engine};
use tower::ServiceExt;
use use_cases::people::EnterAs;
use use_cases::sharing::{
    AnswerPosition, ConcernFilter, ConcernLine, ListConcerns, RateOwn, ViewPositions, ViewSituation,
};
use use_cases::{Context, Error, perform, read};

const LOCAL: &str = "CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N/MAV:P/MVC:L";

async fn get(app: &TestApp, path: &str, token: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::builder()
        .uri(path)
        .header(header::HOST, "beffroi.test")
        .header(header::COOKIE, format!("beffroi_session={token}"))
        .body(Body::empty())
        .unwrap();
    let answer = app.site().oneshot(request).await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = to_bytes(answer.into_body(), 10_000_000).await.unwrap();
    (status, headers, String::from_utf8(body.to_vec()).unwrap())
}

async fn list(officer: &Context, organisation: OrganisationId, filter: ConcernFilter) -> Vec<ConcernLine> {
    let list = ListConcerns {
        filter,
        ..concerns(organisation)
    };
    read(officer, list).await.unwrap().lines
}

fn rate(organisation: OrganisationId, vulnerability: VulnerabilityId) -> RateOwn {
    RateOwn {
        vulnerability,
        organisation,
        revision: None,
        environment: String::new(),
        vector: String::new(),
        band: None,
        reason: "Application joignable du seul réseau interne".to_owned(),
        take_back: false,
    }
}

fn by(order: ConcernOrder, reversed: bool) -> ConcernFilter {
    ConcernFilter {
        order,
        reversed,
        ..ConcernFilter::default()
    }
}

fn ids(lines: &[ConcernLine]) -> Vec<VulnerabilityId> {
    lines.iter().map(|line| line.row.vulnerability).collect()
}

/// Signs somebody in anew: the sessions of the story have ended.
pub async fn enter(app: &TestApp, person: PersonId) -> String {
    perform(&app.nobody(), EnterAs::new(person, "essai")).await.unwrap().0
}

async fn pages(app: &TestApp, told: &Told, found: usize, best: VulnerabilityId) {
    let town = &told.cast.towns[0];
    let base = format!("/organisations/{}/situations", town.id);
    let entered = |part: &Part| enter(app, part.person);
    let token = &entered(&town.officer).await;
    let (status, _, page) = get(app, &format!("{base}?tri=risk"), token).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("aria-sort=\"descending\"") && page.contains("?tri=-risk"),
        "{page}"
    );
    let first = page.find(&format!("{base}/")).unwrap();
    assert!(
        page[first..].starts_with(&format!("{base}/{best}")),
        "the worst comes first"
    );
    let (_, _, none) = get(app, &format!("{base}?quoi=settled&gravite=critical"), token).await;
    assert!(none.contains("Aucune faille ne répond à ces critères"), "{none}");
    let (status, headers, file) = get(app, &format!("{base}.csv?tri=risk"), token).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["cache-control"], "no-store");
    assert!(
        headers["content-disposition"]
            .to_str()
            .unwrap()
            .contains("situations.csv")
    );
    assert_eq!(file.lines().count(), found + 1, "{file}");
    assert!(file.starts_with("\u{feff}produit;ouverte_le;gravite;score;"), "{file}");
    for other in [
        &told.cast.towns[1].officer,
        &told.cast.organisers[0],
        &told.cast.vendor_contact,
    ] {
        for path in [base.clone(), format!("{base}.csv")] {
            let token = entered(other).await;
            assert_eq!(
                get(app, &path, &token).await.0,
                StatusCode::NOT_FOUND,
                "{path} as {}",
                other.name
            );
        }
    }
}

/// Writes what the box of a line sends.
fn boxed(line: &ConcernLine) -> String {
    let answered = line.answered_at.map(|at| at.0.to_string()).unwrap_or_default();
    format!("{}:{answered}", line.row.vulnerability)
}

fn place(lines: &[ConcernLine], one: &ConcernLine) -> usize {
    let same = |line: &ConcernLine| line.row.vulnerability == one.row.vulnerability;
    lines.iter().position(same).unwrap()
}

/// Sends one answer for the lines that are chosen.
async fn send(app: &TestApp, path: &str, token: &str, typed: &str, chosen: &[&ConcernLine]) -> (StatusCode, String) {
    let boxes: String = chosen.iter().map(|line| format!("&faille={}", boxed(line))).collect();
    let request = Request::builder()
        .method("POST")
        .uri(path)
        .header(header::HOST, "beffroi.test")
        .header(header::ORIGIN, app.settings.public_url.as_str())
        .header(header::COOKIE, format!("beffroi_session={token}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("{typed}{boxes}")))
        .unwrap();
    let answer = app.site().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 10_000_000).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

each_engine! {
    async fn an_organisation_sees_what_concerns_it_by_its_own_risk(app: TestApp) {
        let mut app = app;
        let told = app.told().await;
        let town = &told.cast.towns[0];
        let officer = town.officer.context(&app);
        let all = list(&officer, town.id, ConcernFilter::default()).await;
        assert!(all.len() >= 3, "{}", all.len());
        assert!(!ids(&all).contains(&told.vulnerabilities[0]), "what is restricted is not told");
        for line in &all {
            assert!(line.level >= Disclosure::Alert);
            assert_eq!(line.correction.is_some(), line.level >= Disclosure::Measures);
        }
        let worst = list(&officer, town.id, by(ConcernOrder::Risk, false)).await;
        assert!(worst.windows(2).all(|two| two[0].risk >= two[1].risk));
        let mut mildest = ids(&list(&officer, town.id, by(ConcernOrder::Risk, true)).await);
        mildest.reverse();
        assert_eq!(mildest, ids(&worst));

        // Its own environment makes the worst the mildest, for this organisation alone.
        let (first, band) = (worst[0].row.vulnerability, worst[0].risk.band);
        let other = told.cast.towns[1].officer.context(&app);
        let refused = perform(&other, RateOwn { band: Some(Severity::Low), ..rate(town.id, first) }).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        for wrong in [
            rate(town.id, first),
            RateOwn { band: Some(Severity::Low), reason: " ".to_owned(), ..rate(town.id, first) },
            RateOwn { vector: "CVSS:4.0/AV:N".to_owned(), ..rate(town.id, first) },
        ] {
            let refused = perform(&officer, wrong).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        let stale = RateOwn { band: Some(Severity::Low), revision: Some(999), ..rate(town.id, first) };
        assert!(matches!(perform(&officer, stale).await, Err(Error::Stale)));
        perform(&officer, RateOwn { vector: LOCAL.to_lowercase(), ..rate(town.id, first) }).await.unwrap();
        let now = list(&officer, town.id, by(ConcernOrder::Risk, false)).await;
        assert_ne!(now[0].row.vulnerability, first);
        let line = now.iter().find(|line| line.row.vulnerability == first).unwrap();
        assert!(line.own && line.risk.band < band && line.row.base.band == band, "{:?}", line.risk);
        let severe = ConcernFilter { at_least: Some(band), ..ConcernFilter::default() };
        assert!(!ids(&list(&officer, town.id, severe).await).contains(&first));
        let view = read(&officer, ViewSituation { organisation: town.id, vulnerability: first }).await.unwrap();
        let own = view.own.unwrap();
        assert!(own.vector == LOCAL && own.reason.starts_with("Application"), "{own:?}");
        let positions = read(&told.cast.organisers[0].context(&app), ViewPositions { vulnerability: first, from: 0 }).await.unwrap();
        let lines = positions.lines.unwrap();
        assert_eq!(lines.iter().filter(|line| line.own.is_some()).map(|line| line.organisation).collect::<Vec<_>>(), [town.id]);
        pages(&app, &told, now.len(), now[0].row.vulnerability).await;
        perform(&officer, RateOwn { take_back: true, ..rate(town.id, first) }).await.unwrap();
        assert_eq!(list(&officer, town.id, by(ConcernOrder::Risk, false)).await[0].row.vulnerability, first);

        // Each part and each product holds its own, and nothing is in no part.
        let of = |part| ConcernFilter { part: Some(part), ..ConcernFilter::default() };
        let (exposed, settled) = (of(ConcernPart::Exposed), of(ConcernPart::Settled));
        let parts = list(&officer, town.id, exposed).await.len() + list(&officer, town.id, settled).await.len();
        assert_eq!(parts, all.len());
        let product = ConcernFilter { product: Some(all[0].row.product), ..ConcernFilter::default() };
        assert!(list(&officer, town.id, product).await.iter().all(|line| line.row.product == all[0].row.product));
        app.settle().await;
    }

    async fn several_are_answered_at_once_each_by_its_own_right(app: TestApp) {
        let mut app = app;
        let told = app.told().await;
        let town = &told.cast.towns[0];
        let officer = town.officer.context(&app);
        let unknown = PositionEvent::DeclareUnknown;
        let lines = list(&officer, town.id, ConcernFilter::default()).await;
        let chosen: Vec<&ConcernLine> = lines.iter().filter(|line| line.state.answered_together(unknown).is_some()).collect();
        let [one, two, ..] = chosen[..] else { panic!("{} can be answered", chosen.len()) };
        let token = enter(&app, town.officer.person).await;
        let base = format!("/organisations/{}/situations", town.id);
        let (_, _, page) = get(&app, &base, &token).await;
        assert!(page.contains(&format!("value=\"{}\"", boxed(one))), "{page}");

        // What the form lacks is said once, and what was chosen stays so.
        let (status, page) = send(&app, &base, &token, "answer=declare_unknown", &[one, two]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((page.matches("href=\"#reason\"").count(), page.matches(" checked>").count()), (1, 2), "{page}");
        assert!(page.contains("value=\"declare_unknown\" checked"), "{page}");
        let (status, page) = send(&app, &base, &token, "reason=Nous+cherchons", &[]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Choisissez au moins une faille") && page.contains("Nous cherchons</textarea>"), "{page}");

        // One was answered meanwhile: it is named, keeps its answer and stays chosen; the others are done.
        let meanwhile = AnswerPosition {
            organisation: town.id,
            vulnerability: two.row.vulnerability,
            revision: None,
            answer: Some(PositionEvent::DeclareNotAffected),
            reason: "Module absent".to_owned(),
            until: None,
        };
        app.clock.advance(domain::time::MINUTE);
        perform(&officer, meanwhile).await.unwrap();
        let token = enter(&app, town.officer.person).await;
        let typed = "answer=declare_unknown&reason=Nous+cherchons";
        let (status, page) = send(&app, &base, &token, typed, &[one, two]).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Une réponse est enregistrée.") && page.contains("Non touchée\u{a0}»). Relisez"), "{page}");
        assert!(page.contains("Nous cherchons</textarea>"), "what was typed is kept: {page}");
        let now = list(&officer, town.id, ConcernFilter::default()).await;
        let state = |line: &ConcernLine| now.iter().find(|now| now.row.vulnerability == line.row.vulnerability).unwrap().state;
        assert_eq!((state(one), state(two)), (PositionState::Unknown, PositionState::NotAffected));
        let seen = read(&officer, ViewSituation { organisation: town.id, vulnerability: one.row.vulnerability }).await.unwrap();
        assert!(seen.history.iter().any(|note| note.kind == "position.answered" && note.why == "Nous cherchons"));

        // What does not follow is refused alone; a risk is never accepted so; others find nothing.
        let (status, page) = send(&app, &base, &token, "answer=mitigate&reason=Filtre", &[&now[place(&now, two)]]).await;
        assert_eq!(status, StatusCode::CONFLICT, "{page}");
        assert!(page.contains("cette réponse ne suit pas «\u{a0}Non touchée"), "{page}");
        let (status, _) = send(&app, &base, &token, "answer=accept_risk&reason=Oui", &[&now[place(&now, one)]]).await;
        assert_eq!(status, StatusCode::CONFLICT);
        for other in [&told.cast.towns[1].officer, &told.cast.organisers[0], &told.cast.vendor_contact] {
            let token = enter(&app, other.person).await;
            let (status, _) = send(&app, &base, &token, typed, &[one]).await;
            assert_eq!(status, StatusCode::NOT_FOUND);
        }
        app.settle().await;
    }
}
