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
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use use_cases::perform::UseCase;
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

/// Counts how often somebody's roles are asked for, as the seam logs its statements: once in each transaction.
#[derive(Clone, Default)]
struct Roles(Arc<AtomicUsize>);

impl<S: tracing::Subscriber> Layer<S> for Roles {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        event.record(&mut self.clone());
    }
}

impl Visit for Roles {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" && value.starts_with("SELECT * FROM role_grant WHERE person_id") {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// Asks for the desk of somebody, and says how often their roles were asked for.
async fn roles_asked(app: &TestApp, who: Someone) -> usize {
    let request = Request::builder()
        .uri(addresses::people::DESK)
        .header(header::COOKIE, app.cookie(who).await);
    let roles = Roles::default();
    let told = tracing_subscriber::registry().with(roles.clone());
    let (status, page) = ask(app, request, Body::empty()).with_subscriber(told).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    roles.0.load(Ordering::Relaxed)
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

    async fn a_page_asks_once_who_visits(app: TestApp) {
        let mut app = app;
        let town = app.organisation(OrganisationKind::Commune, "Bourg").await;
        let officer = app.person("Awa Diallo", Role::SecurityOfficer, town).await;
        assert_eq!(roles_asked(&app, officer).await, 1, "on one snapshot");
        app.app.snapshots = SnapshotRoom::of_connections(1);
        assert_eq!(roles_asked(&app, officer).await, 2, "who visits, and what they see");
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
