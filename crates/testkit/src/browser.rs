//! A real browser: headless Chromium driven by ChromeDriver, at two widths, with axe-core.

mod hands;
mod keyboard;

pub use keyboard::Key;

use fantoccini::cookies::Cookie;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use tokio::process::{Child, Command};

/// The widths at which pages are looked at, in CSS pixels.
pub const WIDTHS: [u32; 2] = [1280, 390];

/// How somebody uses the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// With a pointer, and scripts on pages; pages are looked at.
    Pointer,
    /// With the keyboard alone: Tab, Enter, the space bar, arrows and letters.
    Keyboard,
    /// With a pointer, and no script on any page.
    NoScripts,
}

/// A browser of its own profile; it ends with the test.
pub struct Browser {
    manner: Manner,
    client: Client,
    driver: Child,
    profile: Profile,
    shots: PathBuf,
    axe: Option<String>,
    found: std::sync::Mutex<Vec<String>>,
}

/// A command of the DevTools protocol through ChromeDriver.
#[derive(Debug)]
struct DevTools(&'static str, Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        let body = json!({"cmd": self.0, "params": self.1});
        (Method::POST, Some(body.to_string()))
    }
}

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=fr-FR",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE *.localhost , EXCLUDE 127.0.0.1",
];

fn program(names: &[&str], package: &str) -> PathBuf {
    let found = std::env::var_os("PATH").and_then(|paths| {
        std::env::split_paths(&paths)
            .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
            .find(|path| path.is_file())
    });
    match found {
        Some(path) => path,
        None => panic!("the browser tests need {}: apt-get install {package}", names[0]),
    }
}

/// Finds axe-core, which the test command installs beside the build.
fn axe() -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(root).ok()
}

impl Browser {
    /// Starts a browser; screenshots go to `target/screenshots/<name>`.
    ///
    /// # Panics
    /// Where Chromium or ChromeDriver is missing: the message names the package to install.
    pub async fn start(name: &str) -> Self {
        Self::used(name, Manner::Pointer).await
    }

    /// Starts a browser that is used in some manner.
    ///
    /// # Panics
    /// As [`Browser::start`].
    pub async fn used(name: &str, manner: Manner) -> Self {
        let chromium = program(&["chromium", "google-chrome"], "chromium");
        let chromedriver = program(&["chromedriver"], "chromium-driver");
        let profile = Profile(tempfile::tempdir().expect("a folder for the profile"));
        let port = free_port();
        let driver = Command::new(chromedriver)
            .arg(format!("--port={port}"))
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("ChromeDriver starts");
        let client = connect(port, &chromium, profile.0.path()).await;
        let shots = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../target/screenshots")
            .join(name);
        std::fs::create_dir_all(&shots).expect("a folder for screenshots");
        let browser = Self {
            manner,
            client,
            driver,
            profile,
            shots,
            axe: axe(),
            found: std::sync::Mutex::default(),
        };
        if manner == Manner::NoScripts {
            browser.scripts(false).await;
        }
        browser
    }

    /// Says whether pages may run scripts.
    #[must_use]
    pub fn scripted(&self) -> bool {
        self.manner != Manner::NoScripts
    }

    /// Opens an address.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|e| panic!("{url}: {e}"));
    }

    /// Gives the page's source.
    pub async fn source(&self) -> String {
        self.client.source().await.expect("a page")
    }

    /// Gives the page's address.
    pub async fn url(&self) -> String {
        self.client.current_url().await.expect("an address").to_string()
    }

    /// Gives the text of the page's `h1`.
    pub async fn heading(&self) -> String {
        match self.client.find(Locator::Css("h1")).await {
            Ok(heading) => heading.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Fails unless the page shows a text.
    pub async fn shows(&self, text: &str) {
        let body = self.text().await;
        let flat = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
        if !flat(&body).contains(&flat(text)) {
            self.shot("failed").await;
            panic!("{} does not show « {text} »:\n{body}", self.url().await);
        }
    }

    /// Gives the page's visible text.
    pub async fn text(&self) -> String {
        let text = self.run("return document.body.innerText", vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str, args: Vec<Value>) -> Value {
        for _ in 0..20 {
            // A page that is being replaced answers with an error; it is asked again.
            if let Ok(value) = self.client.execute(script, args.clone()).await {
                return value;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Value::Null
    }

    /// Forgets the cookies, as another person on another machine.
    pub async fn forget(&self) {
        self.client.delete_all_cookies().await.expect("cookies");
    }

    /// Gives the cookies of the person at this machine, to come back to it with [`Browser::remember`].
    pub async fn cookies(&self) -> Vec<Cookie<'static>> {
        self.client.get_all_cookies().await.expect("cookies")
    }

    /// Goes to the machine whose cookies these are.
    pub async fn remember(&self, cookies: &[Cookie<'static>]) {
        self.forget().await;
        for cookie in cookies {
            self.client.add_cookie(cookie.clone()).await.expect("a cookie");
        }
    }

    /// Turns the scripts of pages off, or on again; the next page opened is without them.
    ///
    /// Whoever has none at all has none again afterwards.
    pub async fn scripts(&self, on: bool) {
        let params = json!({"value": !(on && self.scripted())});
        self.devtools("Emulation.setScriptExecutionDisabled", params).await;
    }

    /// Looks at the page at both widths: a screenshot of each, no sideways scrolling, no finding of axe-core.
    pub async fn look(&self, name: &str) {
        if self.manner != Manner::Pointer {
            return;
        }
        for width in WIDTHS {
            self.width(width).await;
            let wide = self.run("return document.documentElement.scrollWidth", vec![]).await;
            if wide.as_u64().unwrap_or(0) > u64::from(width) {
                self.note(format!("{name} scrolls sideways at {width}: {wide}"));
            }
            self.shot(&format!("{name}-{width}")).await;
            if width == WIDTHS[0] {
                self.accessible(name).await;
            }
        }
        self.width(WIDTHS[0]).await;
    }

    async fn width(&self, width: u32) {
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600});
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    async fn devtools(&self, command: &'static str, params: Value) -> Value {
        self.client
            .issue_cmd(DevTools(command, params))
            .await
            .unwrap_or_else(|e| panic!("{command}: {e}"))
    }

    async fn shot(&self, name: &str) {
        let params = json!({"format": "png", "captureBeyondViewport": true});
        let answer = self.devtools("Page.captureScreenshot", params).await;
        let data = answer.get("data").and_then(Value::as_str).unwrap_or_default();
        let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, data).expect("a picture");
        std::fs::write(self.shots.join(format!("{name}.png")), bytes).expect("a screenshot");
    }

    /// Fails on any finding of axe-core (WCAG 2.2 A and AA, best practices).
    pub async fn accessible(&self, name: &str) {
        let Some(axe) = &self.axe else {
            panic!("the browser tests need axe-core: run ./test, which installs it with npm (apt-get install npm)");
        };
        self.client.execute(axe, vec![]).await.expect("axe-core loads");
        let script = "const done = arguments[arguments.length - 1]; axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21aa',\
            'wcag22aa','best-practice']}).then(r => done(r.violations.map(v => v.id + ': ' + v.help + ' — ' + \
            v.nodes.map(n => n.html).slice(0, 3).join(' | '))))";
        let found = self.client.execute_async(script, vec![]).await.expect("axe-core runs");
        if found != json!([]) {
            self.note(format!("axe-core on {name} ({}): {found}", self.url().await));
        }
    }

    fn note(&self, finding: String) {
        let mut found = self.found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        found.push(finding);
    }

    /// Ends the browser.
    ///
    /// # Panics
    /// Where something was found on a page it looked at; all of it is told at once.
    pub async fn end(mut self) {
        let _ = self.client.close().await;
        let _ = self.driver.kill().await;
        drop(self.profile);
        let found = self.found.into_inner().unwrap_or_default();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

/// The folder of a browser; a browser whose test stopped before it ended it goes with the folder.
struct Profile(tempfile::TempDir);

impl Profile {
    /// Gives the process that uses the folder: Chromium marks it with a link to `host-process`.
    fn process(&self) -> Option<String> {
        let mark = std::fs::read_link(self.0.path().join("SingletonLock")).ok()?;
        let process = mark.to_str()?.rsplit_once('-')?.1.to_owned();
        let told = std::fs::read(format!("/proc/{process}/cmdline")).ok()?;
        let ours = self.0.path().to_str()?;
        String::from_utf8_lossy(&told).contains(ours).then_some(process)
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        if let Some(process) = self.process() {
            // What was closed may be ending by itself.
            let _ = std::process::Command::new("kill").arg(process).status();
        }
    }
}

async fn connect(port: u16, chromium: &Path, profile: &Path) -> Client {
    let mut args: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    args.push(format!("--user-data-dir={}", profile.display()));
    let mut capabilities = serde_json::Map::new();
    capabilities.insert(
        "goog:chromeOptions".to_owned(),
        json!({"args": args, "binary": chromium, "prefs": {"intl.accept_languages": "fr-FR,fr"}}),
    );
    let mut last = String::new();
    for _ in 0..40 {
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await;
        match client {
            Ok(client) => return client,
            Err(error) => last = error.to_string(),
        }
        // ChromeDriver needs a moment before it listens.
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("the browser does not start: {last}");
}

/// Finds a free port below 32768 on loopback; none is given twice within this process.
#[must_use]
pub fn free_port() -> u16 {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let start = 20_000 + u16::try_from(std::process::id() % 8_000).unwrap_or_default();
    let from = |given: u16| given.max(start)..32_000;
    let free = |port: &u16| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok();
    let mut found = start;
    let next = |given: u16| {
        found = from(given).find(free)?;
        Some(found + 1)
    };
    GIVEN
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, next)
        .expect("a free port");
    found
}
