//! Somebody who reads: a page, a while to think, the next page.

use super::dice::Dice;
use super::pages::Page;
use super::tally::Tally;
use axum::body::{Body, to_bytes};
use http::{Request, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// After so many pages a reader goes on at the next server, as a balancer may send them.
const PAGES: usize = 5;

/// A reader with a connection that is kept, as browsers do.
pub struct Reader {
    /// The cookies of their session.
    pub cookies: String,
    /// What they read, again and again.
    pub pages: Vec<Page>,
    /// The servers.
    pub servers: Vec<SocketAddr>,
    /// How long they think, in milliseconds.
    pub think: (u64, u64),
    /// Their chance.
    pub dice: Dice,
}

type Browser = Client<HttpConnector, Body>;

impl Reader {
    /// Reads until it is time to stop, one page at least.
    pub async fn read(mut self, number: usize, until: Instant, tally: &Tally) {
        // Nobody comes in the same second as everybody.
        let mut wait = self.dice.pause((0, self.think.1));
        let mut browser = browser();
        let mut asked = 0;
        while asked == 0 || Instant::now() + wait < until {
            tokio::time::sleep(wait).await;
            if asked % PAGES == 0 {
                browser = self::browser();
            }
            // The first server is not the one at which they signed in.
            let server = self.servers[(number + 1 + asked / PAGES) % self.servers.len()];
            let page = &self.pages[asked % self.pages.len()];
            self.ask(&browser, server, page, tally).await;
            asked += 1;
            wait = self.dice.pause(self.think);
        }
    }

    async fn ask(&self, browser: &Browser, server: SocketAddr, page: &Page, tally: &Tally) {
        let begun = Instant::now();
        let answer = tokio::time::timeout(PATIENCE, self.exchange(browser, server, &page.path)).await;
        match answer {
            Ok(Ok((StatusCode::OK, bytes))) => {
                tally.answered(page.kind, begun.elapsed());
                tally.counts().bytes += bytes;
            }
            Ok(Ok((status, _))) => tally.wrong(page.kind, status.as_u16(), &page.path),
            Ok(Err(error)) => tally.wrong(page.kind, error, &page.path),
            Err(_) => tally.wrong(page.kind, "no answer in time", &page.path),
        }
    }

    async fn exchange(&self, browser: &Browser, server: SocketAddr, path: &str) -> Result<(StatusCode, usize), String> {
        let request = Request::get(format!("http://{server}{path}"))
            .header("accept-language", "fr")
            .header("accept-encoding", "gzip")
            .header("cookie", &self.cookies)
            .body(Body::empty())
            .map_err(|error| error.to_string())?;
        let answer = browser.request(request).await.map_err(|error| error.to_string())?;
        let status = answer.status();
        let body = to_bytes(Body::new(answer.into_body()), usize::MAX).await;
        Ok((status, body.map_err(|error| error.to_string())?.len()))
    }
}

fn browser() -> Browser {
    Client::builder(TokioExecutor::new()).build_http()
}
