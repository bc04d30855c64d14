//! The told story, a browser, and whoever sits at it.

use domain::Timestamp;
use std::path::PathBuf;
use story::{Part, Told};
use testkit::TestApp;
use testkit::browser::Browser;

/// The told story with a browser on it.
pub struct Stage {
    pub app: TestApp,
    pub told: Told,
    pub browser: Browser,
    site: String,
    papers: tempfile::TempDir,
}

impl Stage {
    pub async fn begin(name: &str) -> Self {
        let mut app = TestApp::sqlite().await;
        let told = app.told().await;
        let site = app.serve().await;
        Self {
            app,
            told,
            browser: Browser::start(name).await,
            site,
            papers: tempfile::tempdir().unwrap(),
        }
    }

    /// Lets somebody sign in on a fresh machine.
    pub async fn enter(&self, part: &Part) {
        self.app.settle().await;
        self.browser.forget().await;
        self.open("/connexion").await;
        self.browser.fill("email", &part.email).await;
        self.browser.fill("password", story::PASSWORD).await;
        self.browser.press("Se connecter").await;
        assert_eq!(self.browser.heading().await, "Mon bureau", "{} signs in", part.name);
    }

    /// Lets somebody sign in and open a page.
    pub async fn at(&self, part: &Part, path: &str) {
        self.enter(part).await;
        self.open(path).await;
    }

    pub async fn open(&self, path: &str) {
        self.browser.open(&format!("{}{path}", self.site)).await;
    }

    /// Gives the path of the page that is open.
    pub async fn path(&self) -> String {
        let url = self.browser.url().await;
        let path = url.split(['?', '#']).next().unwrap();
        path.strip_prefix(&self.site).unwrap().to_owned()
    }

    /// Moves the clock on by whole days, and lets the jobs run.
    pub async fn days(&self, days: i64) {
        use use_cases::ports::Clock;
        let then: Timestamp = self.app.clock.now().plus_days(days);
        self.app.clock.set(then);
        self.app.settle().await;
    }

    /// Writes a signed paper, as a scanner gives it.
    pub fn paper(&self, name: &str) -> PathBuf {
        let path = self.papers.path().join(name);
        let scan = "%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";
        std::fs::write(&path, scan).unwrap();
        path
    }

    /// Presses the button of the form that goes to an address ending so.
    pub async fn press_in(&self, end: &str) {
        let script = format!("window.left = true; document.querySelector('form[action$=\"{end}\"] button').click()");
        self.browser.run(&script, vec![]).await;
        self.browser.arrives().await;
    }

    /// Gives the address of the report that the story brought to a state.
    pub fn report(&self, state: &str) -> String {
        let (report, _) = self.told.reports.iter().find(|(_, s)| *s == state).unwrap();
        format!("/signalements/{report}")
    }
}
