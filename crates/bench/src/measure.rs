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

    /// Measures a page.
    pub async fn measure(&self, page: &Page) -> Cost {
        let meter = Meter::new(self.app);
        let warm = Instant::now();
        for _ in 0..WARM {
            if warm.elapsed() < self.period {
                self.ask(page).await;
            }
        }
        let begun = Instant::now();
        let (mut times, mut costs) = (Vec::new(), Vec::new());
        let mut bytes = 0;
        while begun.elapsed() < self.period || (times.len() < AT_LEAST && begun.elapsed() < AT_MOST) {
            let (batch, used, before) = (Instant::now(), meter.used(), times.len());
            while batch.elapsed() < self.period / BATCHES {
                let one = Instant::now();
                bytes = self.ask(page).await.1;
                times.push(one.elapsed());
            }
            let asked = u32::try_from(times.len() - before).unwrap_or(u32::MAX);
            costs.push(meter.used().saturating_sub(used) / asked.max(1));
        }
        times.sort();
        costs.sort();
        Cost {
            cpu: costs[costs.len() / 2],
            median: times[times.len() / 2],
            bytes,
        }
    }
}
