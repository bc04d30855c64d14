//! The instance that the story is typed on, the browser, and whose machine it stands for.

use super::people::{PASSWORD, Someone};
use domain::Timestamp;
use fantoccini::cookies::Cookie;
use std::collections::HashMap;
use std::path::PathBuf;
use testkit::TestApp;
use testkit::browser::{Browser, Manner};
use use_cases::ports::Clock;

/// What is needed to go on with the story.
pub struct World {
    pub app: TestApp,
    pub browser: Browser,
    pub site: String,
    /// The address of each organisation's page.
    pub organisations: HashMap<&'static str, String>,
    /// Invitations that were made and not taken up yet, in order.
    pub invitations: Vec<(Someone, String)>,
    /// The addresses of pages that the story comes back to.
    pub places: HashMap<&'static str, String>,
    machines: HashMap<&'static str, Vec<Cookie<'static>>>,
    here: Option<Someone>,
    papers: tempfile::TempDir,
}

impl World {
    /// Begins on an empty instance; whoever plays uses the browser in one manner.
    pub async fn begin(name: &str, manner: Manner) -> Self {
        let mut app = TestApp::sqlite().await;
        let site = app.serve_invented().await;
        let browser = Browser::used(name, manner).await;
        browser.open(&site).await;
        Self {
            app,
            browser,
            site,
            organisations: HashMap::new(),
            invitations: Vec::new(),
            places: HashMap::new(),
            machines: HashMap::new(),
            here: None,
            papers: tempfile::tempdir().unwrap(),
        }
    }

    pub async fn open(&self, path: &str) {
        self.browser.open(&format!("{}{path}", self.site)).await;
    }

    /// Remembers the address of the page that is open.
    pub async fn mark(&mut self, place: &'static str) {
        let url = self.browser.url().await;
        self.places
            .insert(place, url.split(['?', '#']).next().unwrap().to_owned());
    }

    /// Opens a page that was marked, with something after its address.
    pub async fn back_to(&self, place: &str, end: &str) {
        self.browser.open(&format!("{}{end}", self.places[place])).await;
    }

    /// Leaves the machine as it is and goes to a fresh one, where nobody has signed in.
    pub async fn nobody(&mut self) {
        if let Some(here) = self.here.take() {
            self.machines.insert(here.name, self.browser.cookies().await);
        }
        self.browser.forget().await;
    }

    /// Says who has just signed in on this machine.
    pub fn is(&mut self, someone: Someone) {
        self.here = Some(someone);
    }

    /// Goes to somebody's machine, to their desk; they sign in again where their session is over.
    pub async fn at(&mut self, someone: Someone) {
        if self.here != Some(someone) {
            self.nobody().await;
            if let Some(cookies) = self.machines.get(someone.name) {
                self.browser.remember(cookies).await;
            }
        }
        self.open("/bureau").await;
        if self.browser.heading().await != "Mon bureau" {
            self.open("/connexion").await;
            self.signs_in(someone).await;
        }
        self.here = Some(someone);
    }

    pub async fn signs_in(&self, someone: Someone) {
        self.browser.fill("email", someone.sign_in).await;
        self.browser.fill("password", PASSWORD).await;
        self.browser.press("Se connecter").await;
        assert_eq!(self.browser.heading().await, "Mon bureau", "{} signs in", someone.name);
    }

    /// Moves the clock to an instant in Paris time, and lets the jobs run.
    pub async fn day(&self, local: &str) {
        let instant = Timestamp(i18n::parse_local(local).unwrap());
        assert!(instant > self.app.clock.now(), "the story goes back to {local}");
        self.app.clock.set(instant);
        self.app.settle().await;
    }

    /// Writes a signed paper, as a scanner gives it.
    pub fn paper(&self, name: &str) -> PathBuf {
        self.file(
            name,
            "%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n",
        )
    }

    /// Writes a file that somebody will upload.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.papers.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}
