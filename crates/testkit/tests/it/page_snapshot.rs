//! The reads of one request tell of one instant, see what their own request wrote, and never keep others from reading.

use crate::requests::ask;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::organisation::OrganisationKind;
use domain::role::Role;
use domain::time::SECOND;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::{Someone, TestApp, each_engine};
use use_cases::perform::UseCase;
use use_cases::ports::{Session, Store, Stored};
use use_cases::snapshot::{RequestSnapshot, SnapshotRoom};
use use_cases::{Context, Outcome, Unit, perform, read};

/// Counts the organisations.
struct Count;

impl UseCase for Count {
    type Output = i64;

    async fn run(&self, unit: &mut Unit) -> Outcome<i64> {
        Ok(unit.store.count_organisations().await?)
    }
}

/// Fails after it has read.
struct Refused;

impl UseCase for Refused {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        unit.store.count_organisations().await?;
        Err(use_cases::Error::NotFound)
    }
}

/// A store that counts the snapshots that were begun on it.
struct Counted {
    store: Arc<dyn Store>,
    begun: Arc<AtomicUsize>,
}

#[async_trait::async_trait]
impl Store for Counted {
    async fn begin(&self) -> Stored<Box<dyn Session>> {
        self.store.begin().await
    }

    async fn snapshot(&self) -> Stored<Box<dyn Session>> {
        self.begun.fetch_add(1, Ordering::Relaxed);
        self.store.snapshot().await
    }

    fn engine_name(&self) -> &'static str {
        self.store.engine_name()
    }
}

/// Asks for the desk of somebody, and says how many snapshots it took.
async fn snapshots_of_a_desk(app: &mut TestApp, who: Someone) -> usize {
    let cookie = app.cookie(who).await;
    let begun = Arc::new(AtomicUsize::new(0));
    app.app.store = Arc::new(Counted {
        store: app.app.store.clone(),
        begun: begun.clone(),
    });
    let request = Request::builder()
        .uri(addresses::people::DESK)
        .header(header::COOKIE, cookie);
    let (status, page) = ask(app, request, Body::empty()).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    begun.load(Ordering::Relaxed)
}

fn request(app: &TestApp) -> Context {
    Context {
        snapshot: RequestSnapshot::shared(),
        ..app.nobody()
    }
}

async fn count(context: &Context) -> i64 {
    read(context, Count).await.unwrap()
}

each_engine! {
    async fn the_reads_of_one_request_tell_of_one_instant(app: TestApp) {
        let (page, other) = (request(&app), request(&app));
        let before = count(&page).await;
        app.organisation(OrganisationKind::Commune, "Bourg").await;
        assert_eq!(count(&page).await, before, "what others write comes with the next request");
        assert_eq!(count(&other).await, before + 1);
        let acts = app.nobody();
        assert_eq!(count(&acts).await, before + 1);
        app.organisation(OrganisationKind::Commune, "Valmont").await;
        assert_eq!(count(&acts).await, before + 2, "a request that may write reads anew each time");
        app.clock.advance(SECOND);
        assert_eq!(count(&page).await, before + 2, "a snapshot of a second ago is read no more");
    }

    async fn a_page_takes_one_snapshot(app: TestApp) {
        let mut app = app;
        let town = app.organisation(OrganisationKind::Commune, "Bourg").await;
        let officer = app.person("Awa Diallo", Role::SecurityOfficer, town).await;
        assert_eq!(snapshots_of_a_desk(&mut app, officer).await, 1, "who visits, and what they see");
        app.app.snapshots = SnapshotRoom::of_connections(1);
        assert_eq!(snapshots_of_a_desk(&mut app, officer).await, 2, "one for each, without room");
    }

    async fn whatever_is_performed_lets_the_snapshot_go(app: TestApp) {
        let page = request(&app);
        let before = count(&page).await;
        app.organisation(OrganisationKind::Commune, "Bourg").await;
        assert_eq!(perform(&page, Count).await.unwrap(), before + 1);
        assert_eq!(count(&page).await, before + 1);
    }

    async fn a_read_that_was_refused_leaves_no_snapshot(app: TestApp) {
        let page = request(&app);
        let before = count(&page).await;
        assert!(read(&page, Refused).await.is_err());
        app.organisation(OrganisationKind::Commune, "Bourg").await;
        assert_eq!(count(&page).await, before + 1);
    }

    async fn requests_that_wait_leave_connections_to_others(app: TestApp) {
        let mut waiting = Vec::new();
        for _ in 0..20 {
            let page = request(&app);
            count(&page).await;
            waiting.push(page);
        }
        let before = count(&app.nobody()).await;
        app.organisation(OrganisationKind::Commune, "Bourg").await;
        let mut kept = 0;
        for page in &waiting {
            kept += usize::from(count(page).await == before);
        }
        assert!((1..=2).contains(&kept), "{kept} snapshots were kept, of four connections or eight");
    }

    async fn without_room_each_read_has_its_own_snapshot(app: TestApp) {
        let mut app = app;
        app.app.snapshots = SnapshotRoom::of_connections(1);
        let page = request(&app);
        let before = count(&page).await;
        app.organisation(OrganisationKind::Commune, "Bourg").await;
        assert_eq!(count(&page).await, before + 1);
    }
}
