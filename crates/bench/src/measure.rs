//! Asks for pages and says what each costs.

use crate::cpu::Meter;
use crate::fill::someone;
use crate::pages::Page;
use axum::body::Body;
use http::{Request, StatusCode};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use testkit::TestApp;
use tokio::task::JoinSet;
use tower::ServiceExt as _;
use uuid::Uuid;

/// Asked so often before: each of the connections has made its plans then.
const WARM: u32 = 24;
/// At least so often, unless that takes longer than [`AT_MOST`].
const AT_LEAST: usize = 20;
/// The time is cut into so many pieces, of which the one in the middle counts: others use the machine at times.
const BATCHES: u32 = 12;
/// A page that is this slow is measured by what it did until then.
const AT_MOST: Duration = Duration::from_secs(6);

/// What one page costs.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Processor time of one request.
    pub cpu: Duration,
    /// Half the requests took less.
    pub median: Duration,
    /// Bytes of the page.
    pub bytes: usize,
}

/// Somebody's browser for every person of the pages.
pub struct Browsers<'a> {
    app: &'a TestApp,
    site: axum::Router,
    cookies: BTreeMap<Uuid, String>,
    /// How long each page is asked for, beyond the times to warm up.
    period: Duration,
}

impl<'a> Browsers<'a> {
    /// Signs everybody in, to ask for each page for so long.
    pub async fn new(app: &'a TestApp, pages: &[Page], period: Duration) -> Self {
        let mut cookies = BTreeMap::new();
        let people: BTreeSet<Uuid> = pages.iter().filter_map(|page| page.who).collect();
        for who in people {
            cookies.insert(who, app.cookie(someone(who)).await);
        }
        Self {
            app,
            site: app.site(),
            cookies,
            period,
        }
    }

    /// Asks for a page once and gives its status and its bytes.
    pub async fn ask(&self, page: &Page) -> (StatusCode, usize) {
        if page.anew {
            self.app.figures.forget();
        }
        let mut request = Request::get(&page.path).header("accept-language", "fr");
        if let Some(cookie) = page.who.and_then(|who| self.cookies.get(&who)) {
            request = request.header("cookie", cookie);
        }
        let request = request.body(Body::empty()).expect("a request");
        let site = self.site.clone();
        // In a task, as the server answers: what waits outside of one is woken by another thread for each statement.
        let mut asking = JoinSet::new();
        asking.spawn(async move {
            let answer = site.oneshot(request).await.expect("an answer");
            let status = answer.status();
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX)
                .await
                .expect("a body");
            (status, body.len())
        });
        let answered = asking.join_next().await.expect("a task");
        answered.expect("a task that ends")
    }

    /// Asks for a page until each connection has its plans.
    async fn warm(&self, page: &Page) {
        let warm = Instant::now();
        for _ in 0..WARM {
            if warm.elapsed() < self.period {
                self.ask(page).await;
            }
        }
    }

    /// Asks for a page for one piece of the time.
    async fn piece(&self, page: &Page, meter: &Meter, measured: &mut Measured) {
        let (begun, used, before) = (Instant::now(), meter.used(), measured.times.len());
        while begun.elapsed() < self.period / BATCHES {
            let one = Instant::now();
            measured.bytes = self.ask(page).await.1;
            measured.times.push(one.elapsed());
        }
        let asked = u32::try_from(measured.times.len() - before).unwrap_or(u32::MAX);
        measured.costs.push(meter.used().saturating_sub(used) / asked.max(1));
    }
}

/// What was measured of a page in one instance.
#[derive(Default)]
struct Measured {
    times: Vec<Duration>,
    costs: Vec<Duration>,
    bytes: usize,
}

impl Measured {
    fn cost(mut self) -> Cost {
        self.times.sort();
        self.costs.sort();
        Cost {
            cpu: self.costs[self.costs.len() / 2],
            median: self.times[self.times.len() / 2],
            bytes: self.bytes,
        }
    }
}

/// Measures a page in both instances, a piece of the time in one and then in the other: what else the machine does, which
/// may double what a page costs from one minute to the next, then weighs on both alike.
pub async fn measure([small, large]: [&Browsers<'_>; 2], page: &Page) -> [Cost; 2] {
    let meter = Meter::new(small.app);
    small.warm(page).await;
    large.warm(page).await;
    let begun = Instant::now();
    let (mut before, mut after) = (Measured::default(), Measured::default());
    while begun.elapsed() < 2 * small.period || (after.times.len() < AT_LEAST && begun.elapsed() < AT_MOST) {
        small.piece(page, &meter, &mut before).await;
        large.piece(page, &meter, &mut after).await;
    }
    [before.cost(), after.cost()]
}
