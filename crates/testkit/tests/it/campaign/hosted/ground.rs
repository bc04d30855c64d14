//! What a hunt stands on: a campaign with a hosted target, the real driver, the real gateway, a browser.

use super::super::target::hunting;
use super::super::*;
use super::clock::Going;
use super::recipes::recipe;
use authorization::SystemKind;
use domain::corrected::Acceptance;
use domain::ids::InstanceId;
use domain::instance::InstanceState;
use domain::target::{Sharing, TargetEngine};
use instance::gateway::{prepare, start};
use instance::settings::{GatewaySettings, HostingSettings, Settings};
use instance::targets::{Pace, engine_settings, keep};
use serde_json::Value;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use testkit::browser::{Browser, free_port};
use tokio_util::sync::CancellationToken;
use use_cases::exchange::{Asked, list_exchanges};
use use_cases::ports::{Clock as _, ExchangeLine};
use use_cases::target::{
    AnswerCorrected, DeclareCorrected, DeclareTarget, GatewayWords, GivenLease, InstanceWish, InstancesToDrive,
    MoveInstance, TakeLease, ViewTargets, Where,
};

/// The longest that anything may take: images start cold on a busy machine.
const PATIENCE: Duration = Duration::from_secs(240);

/// A hunt under way.
pub struct Ground {
    pub app: TestApp,
    pub story: Story,
    pub hunter: Context,
    pub lease: GivenLease,
    clock: Arc<Going>,
    gateway: SocketAddr,
    proxy: SocketAddr,
    stop: CancellationToken,
    name: &'static str,
    begun: Instant,
}

/// The folder that `proofs/hosted-applications` made, with the engine's socket and the names of the images.
fn folder() -> PathBuf {
    let folder = std::env::var_os("BEFFROI_HOSTED");
    folder
        .expect("these proofs are run by proofs/hosted-applications")
        .into()
}

/// Gives the identifier of an image.
fn digest(name: &str) -> String {
    std::fs::read_to_string(folder().join(format!("{name}.id")))
        .unwrap()
        .trim()
        .to_owned()
}

fn settings(app: &TestApp) -> Settings {
    Settings {
        folder: app.folder().to_owned(),
        hosting: HostingSettings {
            socket: Some(folder().join("engine.sock")),
            ..HostingSettings::default()
        },
        gateway: GatewaySettings {
            domain: Some("cibles.localhost".to_owned()),
            listen: format!("127.0.0.1:{}", free_port()),
            proxy: Some(format!("127.0.0.1:{}", free_port())),
            segment_seconds: 1,
            ..GatewaySettings::default()
        },
        ..Settings::default()
    }
}

fn declared(story: &Story, name: &str, public_host: &str) -> DeclareTarget {
    DeclareTarget {
        campaign: story.campaign,
        product: Some(story.product),
        engine: TargetEngine::Container,
        sharing: Sharing::Own,
        recipe: recipe(name, digest),
        name: name.to_owned(),
        url: String::new(),
        public_host: public_host.to_owned(),
        methods: String::new(),
        paths: String::new(),
        excluded: String::new(),
        certified: true,
        warned: Vec::new(),
    }
}

impl Ground {
    /// Declares an application in a campaign that everybody agreed to, opens it, and gives a hunter an access.
    pub async fn new(name: &'static str, public_host: &str) -> Self {
        let begun = Instant::now();
        let mut app = TestApp::sqlite().await;
        let story = planned(&app).await;
        let declare = declared(&story, name, public_host);
        perform(&story.organiser.context(&app), declare).await.unwrap();
        let story = made_ready(&app, story).await;
        let page = read(&story.organiser.context(&app), ViewTargets(story.campaign))
            .await
            .unwrap();
        let target = page.targets.iter().find(|one| one.settings.name == name).unwrap().id;
        let mut hunter = hunting(&app, &story).await;
        let clock = Arc::new(Going::new(app.clock.now()));
        app.app.clock = clock.clone();
        hunter.app = app.app.clone();

        let (settings, stop) = (settings(&app), CancellationToken::new());
        let prepared = prepare(&settings.gateway)
            .await
            .unwrap_or_else(|trouble| panic!("{trouble}"));
        let gateway = prepared.address().unwrap();
        let proxy = settings.gateway.proxy.as_ref().unwrap().parse().unwrap();
        start(&settings, &app, Some(prepared), &stop).unwrap_or_else(|trouble| panic!("{trouble}"));
        let engine = engine_settings(&settings)
            .unwrap_or_else(|trouble| panic!("{trouble}"))
            .unwrap();
        app.tasks.spawn(keep(
            app.app.clone(),
            engine,
            Pace::from(&settings.hosting),
            stop.clone(),
        ));
        let lease = perform(
            &hunter,
            TakeLease {
                campaign: story.campaign,
                target,
            },
        )
        .await
        .unwrap();
        let ground = Self {
            app,
            story,
            hunter,
            lease,
            clock,
            gateway,
            proxy,
            stop,
            name,
            begun,
        };
        ground.step("declared, agreed to by its owners, and an access taken");
        ground.runs().await;
        ground.step("its services are healthy");
        ground
    }

    /// Says that something was shown, and when.
    pub fn step(&self, shown: &str) {
        println!("{:6.1} s  {}: {shown}", self.begun.elapsed().as_secs_f64(), self.name);
    }

    /// Waits until the hunter's instance runs, and gives its address.
    pub async fn runs(&self) -> SocketAddr {
        let system = Context::system(&self.app, SystemKind::Gateway);
        let waiting = Instant::now();
        loop {
            let words = read(&system, GatewayWords).await.unwrap();
            if let Some(Where::Hosted(address)) = words.targets.first().map(|one| one.at.clone()) {
                return address;
            }
            let all = read(&system, InstancesToDrive { all: true }).await.unwrap();
            let failed = all.iter().any(|one| one.row.state == InstanceState::Failed);
            assert!(
                !failed && waiting.elapsed() < PATIENCE,
                "{}: {}",
                self.name,
                self.problem().await
            );
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    async fn problem(&self) -> String {
        let page = read(&self.organiser(), ViewTargets(self.story.campaign)).await.unwrap();
        format!("{:?}", page.targets[0].instances)
    }

    pub fn organiser(&self) -> Context {
        self.story.organiser.context(&self.app)
    }

    /// Has the instance brought back to its first state, and waits until it answers again.
    pub async fn reset(&self) {
        let page = read(&self.organiser(), ViewTargets(self.story.campaign)).await.unwrap();
        let lines = &page.targets[0].instances;
        let running = lines.iter().find(|line| line.state == InstanceState::Running);
        let instance: InstanceId = running.unwrap_or_else(|| panic!("{lines:?}")).id;
        let reset = MoveInstance {
            campaign: self.story.campaign,
            instance,
            wish: InstanceWish::Reset,
        };
        perform(&self.organiser(), reset).await.unwrap();
        self.runs().await;
        // The gateway hears of it a moment later.
        tokio::time::sleep(Duration::from_millis(600)).await;
    }

    /// The host of the lease, with its port.
    pub fn host(&self) -> String {
        format!("{}.cibles.localhost:{}", self.lease.label, self.gateway.port())
    }

    /// An address of the target as the hunter's browser asks for it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host())
    }

    /// The gateway by its address, for tools that do not resolve names.
    pub fn door(&self) -> String {
        format!("http://{}", self.gateway)
    }

    pub fn proxy(&self) -> String {
        format!("http://{}", self.proxy)
    }

    /// An address as tools ask the gateway's proxy for it.
    pub fn proxied(&self, path: &str) -> String {
        format!("http://{}.cibles.localhost{path}", self.lease.label)
    }

    /// Comes in with a browser, as the page of an access has it: a form posts the credential.
    pub async fn browser(&self) -> Browser {
        let browser = Browser::start(self.name).await;
        let form = format!(
            "data:text/html,<form method=post action=\"{}\"><input name=credential value=\"{}\"></form>",
            self.url("/.beffroi/enter"),
            self.lease.credential
        );
        browser.open(&form).await;
        browser.run("document.forms[0].submit()", vec![]).await;
        self.until(
            &browser,
            "return location.pathname === '/' && document.readyState === 'complete'",
        )
        .await;
        browser
    }

    /// Waits until a script of the page gives true.
    pub async fn until(&self, browser: &Browser, script: &str) {
        let waiting = Instant::now();
        while browser.run(script, vec![]).await != Value::Bool(true) {
            if waiting.elapsed() > Duration::from_secs(45) {
                panic!("{script} at {}:\n{}", browser.url().await, browser.text().await);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Waits until an exchange is known that holds, among those whose path begins so.
    pub async fn recorded(&self, path: &str, holds: impl Fn(&ExchangeLine) -> bool) -> ExchangeLine {
        let waiting = Instant::now();
        let asked = Asked {
            path: path.to_owned(),
            ..Asked::default()
        };
        loop {
            let found = list_exchanges(&self.hunter, self.story.campaign, &asked).await.unwrap();
            if let Some(line) = found.page.lines.iter().find(|line| holds(line)) {
                return line.clone();
            }
            assert!(
                waiting.elapsed() < Duration::from_secs(20),
                "{path} was not recorded: {:?}",
                found.page.lines
            );
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Ends what was tested, and closes the campaign.
    pub async fn close(&self) {
        self.clock.advance(40 * DAY);
        self.app.settle().await;
        self.moves(MoveWanted::Close).await;
        self.step("the campaign is closed");
    }

    async fn moves(&self, wanted: MoveWanted) {
        let step = MoveCampaign {
            campaign: self.story.campaign,
            wanted,
            reason: String::new(),
        };
        perform(&self.organiser(), step).await.unwrap();
    }

    /// Hosts a corrected version for retests, with the agreement of its vendor.
    pub async fn correct(&self, name: &str, public_host: &str) {
        let declare = DeclareCorrected(declared(&self.story, name, public_host));
        let target = perform(&self.organiser(), declare).await.unwrap();
        let accept = AnswerCorrected {
            target,
            seen: Acceptance::Asked,
            accepted: true,
            reason: String::new(),
        };
        perform(&self.story.vendor.context(&self.app), accept).await.unwrap();
        self.step("the corrected version is declared on the closed campaign, and its vendor agrees");
    }

    /// Ends the campaign, and waits until nothing of it is hosted.
    pub async fn end(self) {
        if state(&self.organiser(), self.story.campaign).await != CampaignState::Closed {
            self.close().await;
        }
        self.moves(MoveWanted::Archive).await;
        let system = Context::system(&self.app, SystemKind::Gateway);
        let waiting = Instant::now();
        while !read(&system, InstancesToDrive { all: true }).await.unwrap().is_empty() {
            assert!(
                waiting.elapsed() < PATIENCE,
                "something stays: {}",
                self.problem().await
            );
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        self.step("the campaign ended, and its instances are gone");
        self.stop.cancel();
        self.app.tasks.close();
        let ended = tokio::time::timeout(Duration::from_secs(60), self.app.tasks.wait()).await;
        assert!(ended.is_ok(), "the gateway and the driver end");
    }
}
