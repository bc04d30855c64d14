//! Replays are made by a job: what their page says meanwhile, what ends them, and how they support a retest.

mod agreement;
mod corrected;
mod made;
mod retested;
mod seen;

use super::coverage::get;
use super::gateway::{ask, gateway, list_until, until, upstream};
use super::target::{self, RECIPE, hunting, target};
use super::*;
use authorization::SystemKind;
use domain::ids::{InstanceId, ReportId, RetestId, VulnerabilityId};
use domain::instance::{InstanceProblem, InstancePurpose, InstanceState};
use domain::replay::ReplayState;
use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use testkit::browser::free_port;
use use_cases::exchange::{EvidenceOf, PickInto, pick_exchanges};
use use_cases::replay::{
    ReplayPage, RetestReplays, ViewReplay, ViewRetestReplay, begin_replay, begin_retest_replay, retest_replays,
};
use use_cases::report::{
    ClaimReport, Joining, RecordReproduction, ReportText, SaveDraft, SubmitReport, VerifyReport, ViewReport,
};
use use_cases::target::{DeclareTarget, Driven, InstancesToDrive, TakeLease, TellInstance, ViewTargets};
use use_cases::vulnerability::{Acknowledge, AnnounceFix, AnswerRetest, NotifyVendor, RequestRetest};
use uuid::Uuid;

const VECTOR: &str = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N";

/// Has a report's exchanges replayed, and waits for what comes of it.
pub(super) async fn replayed(app: &TestApp, by: &Context, asked: EvidenceOf) -> Uuid {
    let replay = begin_replay(by, asked).await.unwrap();
    ended(app, async || shown(by, asked.report, replay).await.line.state).await;
    replay
}

async fn shown(by: &Context, report: ReportId, replay: Uuid) -> ReplayPage {
    read(by, ViewReplay { report, replay }).await.unwrap()
}

/// Lets the workers go on until a replay is no longer under way.
async fn ended(app: &TestApp, state: impl AsyncFn() -> ReplayState) {
    let begun = Instant::now();
    while state().await.is_under_way() {
        app.run_jobs().await;
        assert!(begun.elapsed() < Duration::from_secs(60), "it stays under way");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// An application that takes every request, and answers only what it is told to, one text for each.
fn silent() -> (SocketAddr, std::sync::mpsc::Sender<&'static str>) {
    let listener = std::net::TcpListener::bind(("127.0.0.1", free_port())).unwrap();
    let address = listener.local_addr().unwrap();
    let (say, told): (_, Receiver<&'static str>) = channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut asked = [0; 8192];
            let read = stream.read(&mut asked);
            let (Ok(1..), Ok(text)) = (read, told.recv()) else {
                continue;
            };
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                text.len()
            );
            let written = stream.write_all(format!("{head}{text}").as_bytes());
            drop(written);
        }
    });
    (address, say)
}

/// A campaign that is hunted in, with a report whose exchanges were recorded on its first target.
struct Hunted {
    story: Story,
    pupil: Context,
    verifier: Context,
    asked: EvidenceOf,
}

fn external(story: &Story, name: &str, at: SocketAddr) -> DeclareTarget {
    DeclareTarget {
        name: name.to_owned(),
        url: format!("http://{at}"),
        ..target(story)
    }
}

fn hosted(story: &Story, name: &str, version: &str) -> DeclareTarget {
    let recipe = RECIPE.replace("version = \"1\"", &format!("version = \"{version}\""));
    DeclareTarget {
        name: name.to_owned(),
        ..target::hosted(story, &recipe)
    }
}

/// Tells what became of an instance, as whoever drives the engine does.
async fn tell(app: &TestApp, of: impl Fn(InstancePurpose) -> bool, driven: Driven) -> InstanceId {
    let system = app.system(SystemKind::Gateway);
    let all = read(&system, InstancesToDrive { all: true }).await.unwrap();
    let found = all.into_iter().map(|one| one.row);
    let row = found
        .filter(|row| row.state == InstanceState::Wanted)
        .find(|row| of(row.purpose))
        .unwrap();
    let (instance, state, since) = (row.id, row.state, row.since);
    let told = TellInstance {
        instance,
        state,
        since,
        driven,
    };
    perform(&system, told).await.unwrap();
    instance
}

async fn state_of(app: &TestApp, id: InstanceId) -> InstanceState {
    let mut store = app.store.snapshot().await.unwrap();
    store.target_instance(id).await.unwrap().unwrap().state
}

impl Hunted {
    /// Declares the targets, records on the first, and hands a report in with what was recorded.
    async fn new(app: &TestApp, declared: impl Fn(&Story) -> Vec<DeclareTarget>) -> Self {
        let story = planned(app).await;
        for declare in declared(&story) {
            perform(&story.organiser.context(app), declare).await.unwrap();
        }
        let story = made_ready(app, story).await;
        let pupil = hunting(app, &story).await;
        let gateway = gateway(app).await;
        let page = read(&story.organiser.context(app), ViewTargets(story.campaign))
            .await
            .unwrap();
        let first = page.targets.iter().find(|one| one.settings.name == "Recette").unwrap();
        let take = TakeLease {
            campaign: story.campaign,
            target: first.id,
        };
        let lease = perform(&pupil, take).await.unwrap();
        if !first.settings.recipe.is_empty() {
            tell(
                app,
                |purpose| purpose == InstancePurpose::Shared,
                Driven::Runs(upstream()),
            )
            .await;
        }
        until(&gateway, &lease, "200 OK").await;
        ask(&gateway, &lease, "/portail/actes?n=1").await;
        gateway.stop.cancel();
        let found = list_until(&pupil, &story).await;
        let line = found
            .page
            .lines
            .iter()
            .find(|line| line.path == "/portail/actes?n=1")
            .unwrap();
        let places = vec![line.place.clone()];
        let into = Some(PickInto::New(story.product));
        let report = pick_exchanges(&pupil, story.campaign, into, places).await.unwrap();
        let attachment = read(&pupil, ViewReport(report)).await.unwrap().attachments[0].id;
        handed_in(&pupil, &story, report).await;
        let verifier = story.operator.context(app);
        perform(&verifier, ClaimReport { report }).await.unwrap();
        let asked = EvidenceOf { report, attachment };
        Self {
            story,
            pupil,
            verifier,
            asked,
        }
    }

    async fn page(&self, replay: Uuid) -> ReplayPage {
        shown(&self.verifier, self.asked.report, replay).await
    }

    /// Asks for a replay, and has its page over HTTP while it is under way.
    async fn begun(&self, app: &TestApp) -> (Uuid, String) {
        let replay = begin_replay(&self.verifier, self.asked).await.unwrap();
        let path = addresses::exchange::replayed(self.asked.report.0, replay);
        let (status, page) = get(app, self.story.operator, &path).await;
        assert_eq!(status, 200);
        (replay, page)
    }

    /// Gives the kinds of what was journaled of the report.
    async fn told(&self, app: &TestApp) -> Vec<String> {
        let mut store = app.store.snapshot().await.unwrap();
        let stream = store.stream("report", self.asked.report.0).await.unwrap();
        stream.into_iter().map(|entry| entry.kind).collect()
    }
}

/// Gives somebody else a role where another person has theirs.
async fn beside(app: &TestApp, whose: Someone, name: &str, role: Role) -> Someone {
    let mut store = app.store.snapshot().await.unwrap();
    let grants = store.grants(whose.id, app.app.clock.now()).await.unwrap();
    drop(store);
    app.person(name, role, grants[0].organisation).await
}

async fn handed_in(pupil: &Context, story: &Story, report: ReportId) {
    let filled = SaveDraft {
        report: Some(report),
        campaign: story.campaign,
        title: "Les actes se lisent sans compte".to_owned(),
        product: Some(story.product),
        asset: None,
        text: ReportText {
            steps: "Ouvrir la page".to_owned(),
            impact: "Tout se lit".to_owned(),
            proof: "Voir les échanges".to_owned(),
        },
        cwe: "CWE-862".to_owned(),
        vector: VECTOR.to_owned(),
        collaborators: Vec::new(),
        bypass_of: None,
        seen: None,
    };
    perform(pupil, filled).await.unwrap();
    perform(pupil, SubmitReport { report }).await.unwrap();
}

/// Has the only choice replayed, and waits for what comes of it.
pub(super) async fn supported(app: &TestApp, by: &Context, retest: RetestId, offered: &RetestReplays) -> Uuid {
    let choice = &offered.choices[0];
    let replay = begin_retest_replay(by, retest, choice.attachment, choice.target)
        .await
        .unwrap();
    let asked = ViewRetestReplay { retest, replay };
    ended(app, async || read(by, asked).await.unwrap().0.line.state).await;
    replay
}

/// The report is verified, its fix announced, and the reporter accepts to retest it.
async fn retesting(app: &TestApp, hunted: &Hunted) -> (VulnerabilityId, RetestId) {
    let flaw = verified(app, hunted).await;
    let retest = fixed(app, &hunted.story, &hunted.pupil, flaw).await;
    (flaw, retest)
}

/// The report is verified, by hand.
async fn verified(app: &TestApp, hunted: &Hunted) -> VulnerabilityId {
    let report = hunted.asked.report;
    let tried = RecordReproduction {
        report,
        text: "Vu".to_owned(),
        made_at: None,
        on_campaign_target: true,
        succeeded: true,
        replay: None,
        unreplayed: "Vu à la main".to_owned(),
        files: Vec::new(),
    };
    perform(&hunted.verifier, tried).await.unwrap();
    let verify = VerifyReport {
        report,
        vector: VECTOR.to_owned(),
        reason: "Lecture sans droit".to_owned(),
        joining: Joining::Open(domain::vulnerability::Reach::Product),
        regression: false,
        no_bypass: false,
    };
    let flaw = perform(&hunted.verifier, verify).await.unwrap();
    app.settle().await;
    flaw
}

/// The fix of a flaw is announced, and its reporter accepts to retest it.
pub(super) async fn fixed(app: &TestApp, story: &Story, reporter: &Context, flaw: VulnerabilityId) -> RetestId {
    let contact = beside(app, story.vendor, "Edith Édite", Role::VendorContact).await;
    let contact = contact.context(app);
    perform(&story.operator.context(app), NotifyVendor(flaw)).await.unwrap();
    perform(&contact, Acknowledge(flaw)).await.unwrap();
    let fix = AnnounceFix {
        vulnerability: flaw,
        version: "6.0".to_owned(),
        note: String::new(),
    };
    perform(&contact, fix).await.unwrap();
    let retest = perform(&contact, RequestRetest(flaw)).await.unwrap();
    perform(reporter, AnswerRetest { retest, accept: true }).await.unwrap();
    retest
}
