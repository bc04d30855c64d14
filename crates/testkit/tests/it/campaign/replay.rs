//! Replays are made by a job: what their page says meanwhile, what ends them, and how they support a retest.

use super::coverage::get;
use super::gateway::{ask, gateway, list_until, until, upstream};
use super::target::{RECIPE, hunting, target};
use super::*;
use authorization::SystemKind;
use domain::ids::{InstanceId, ReportId, RetestId, TargetId, VulnerabilityId};
use domain::instance::{InstancePurpose, InstanceState};
use domain::replay::{HELD, ReplayFailure, ReplayResult, ReplayState, STARTING};
use domain::target::TargetEngine;
use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use testkit::browser::free_port;
use use_cases::exchange::{EvidenceOf, PickInto, pick_exchanges};
use use_cases::perform::Who;
use use_cases::replay::{
    ReplayPage, RetestReplays, ViewReplay, ViewRetestReplay, begin_replay, begin_retest_replay, retest_replays,
};
use use_cases::report::{
    ClaimReport, Joining, RecordReproduction, ReleaseReport, ReportText, SaveDraft, SubmitReport, VerifyReport,
    ViewReport,
};
use use_cases::target::{DeclareTarget, Driven, InstancesToDrive, StopTarget, TakeLease, TellInstance, ViewTargets};
use use_cases::vulnerability::{
    Acknowledge, AnnounceFix, AnswerRetest, NotifyVendor, ReportRetest, RequestRetest, ViewRetest, ViewVulnerability,
};
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
    DeclareTarget {
        name: name.to_owned(),
        engine: TargetEngine::Container,
        url: String::new(),
        recipe: RECIPE.replace("version = \"1\"", &format!("version = \"{version}\"")),
        ..target(story)
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

each_engine! {
    async fn a_replay_is_asked_for_at_once_and_made_by_a_job(app: TestApp) {
        let hunted = Hunted::new(&app, |story| vec![external(story, "Recette", upstream())]).await;
        let (replay, page) = hunted.begun(&app).await;
        assert!(page.contains("role=\"status\"") && page.contains("En cours"), "{page}");
        assert!(page.contains("data-awaited") && page.contains("Actualiser"), "{page}");
        let under_way = hunted.page(replay).await;
        assert_eq!((under_way.line.state, under_way.may_judge), (ReplayState::Waiting, false));
        let second = begin_replay(&hunted.verifier, hunted.asked).await;
        assert!(matches!(second, Err(Error::Conflict("replay-error-under-way"))), "{second:?}");
        let early = RecordReproduction {
            report: hunted.asked.report,
            text: "Vu".to_owned(),
            made_at: None,
            on_campaign_target: true,
            succeeded: true,
            replay: Some(replay),
            unreplayed: String::new(),
            files: Vec::new(),
        };
        let judged = perform(&hunted.verifier, early.clone()).await;
        assert!(matches!(judged, Err(Error::NotFound)), "nothing was shown yet: {judged:?}");
        ended(&app, async || hunted.page(replay).await.line.state).await;
        let done = hunted.page(replay).await;
        assert_eq!((done.line.state, done.steps.len(), done.may_judge), (ReplayState::Done, 1, true));
        assert_eq!((done.line.target.name.as_str(), done.line.target.version.as_str()), ("Recette", ""));
        let path = addresses::exchange::replayed(hunted.asked.report.0, replay);
        let (_, page) = get(&app, hunted.story.operator, &path).await;
        assert!(page.contains("GET /portail/actes?n=1") && !page.contains("data-awaited"), "{page}");
        perform(&hunted.verifier, early).await.unwrap();
        assert_eq!(hunted.told(&app).await.iter().filter(|kind| kind.contains("replay")).count(), 2);
        let (others, _) = get(&app, hunted.story.teacher, &path).await;
        assert_eq!(others, 404);
        app.settle().await;
    }

    async fn whoever_may_judge_no_more_when_it_leaves_ends_it(app: TestApp) {
        let hunted = Hunted::new(&app, |story| vec![external(story, "Recette", upstream())]).await;
        let report = hunted.asked.report;
        let organiser = hunted.story.organiser.context(&app);
        let moved = |wanted| MoveCampaign { campaign: hunted.story.campaign, wanted, reason: "incident".to_owned() };
        let replay = begin_replay(&hunted.verifier, hunted.asked).await.unwrap();
        perform(&organiser, moved(MoveWanted::Suspend)).await.unwrap();
        ended(&app, async || hunted.page(replay).await.line.state).await;
        assert_eq!(hunted.page(replay).await.line.failure, Some(ReplayFailure::CampaignStopped));
        perform(&organiser, moved(MoveWanted::Resume)).await.unwrap();

        let replay = begin_replay(&hunted.verifier, hunted.asked).await.unwrap();
        let page = read(&organiser, ViewTargets(hunted.story.campaign)).await.unwrap();
        let stop = |stopped| StopTarget {
            campaign: hunted.story.campaign,
            target: page.targets[0].id,
            stopped,
            reason: "incident".to_owned(),
        };
        perform(&organiser, stop(true)).await.unwrap();
        ended(&app, async || hunted.page(replay).await.line.state).await;
        assert_eq!(hunted.page(replay).await.line.failure, Some(ReplayFailure::TargetGone));
        perform(&organiser, stop(false)).await.unwrap();

        let replay = begin_replay(&hunted.verifier, hunted.asked).await.unwrap();
        let other = beside(&app, hunted.story.operator, "Vera Second", Role::Verifier).await;
        perform(&hunted.verifier, ReleaseReport { report }).await.unwrap();
        perform(&other.context(&app), ClaimReport { report }).await.unwrap();
        ended(&app, async || hunted.page(replay).await.line.state).await;
        let over = hunted.page(replay).await;
        assert_eq!((over.line.failure, over.steps.len()), (Some(ReplayFailure::RightsEnded), 0));
        let path = addresses::exchange::replayed(report.0, replay);
        let (_, page) = get(&app, hunted.story.operator, &path).await;
        assert!(page.contains("Sans résultat") && page.contains("Rien n’en est gardé"), "{page}");
        assert_eq!(hunted.told(&app).await.iter().filter(|kind| *kind == "report.replay_failed").count(), 3);
        app.settle().await;
    }

    async fn rights_that_end_while_requests_are_sent_leave_no_result(app: TestApp) {
        let (at, say) = silent();
        say.send("d’abord").unwrap();
        say.send("puis").unwrap();
        let hunted = Hunted::new(&app, |story| vec![external(story, "Recette", at)]).await;
        let replay = begin_replay(&hunted.verifier, hunted.asked).await.unwrap();
        app.run_jobs().await;
        assert_eq!(hunted.page(replay).await.line.state, ReplayState::Sending);
        let mut store = app.store.snapshot().await.unwrap();
        let grants = store.grants(hunted.story.operator.id, app.app.clock.now()).await.unwrap();
        drop(store);
        let administrator = app.person("Zoé Roux", Role::Administrator, grants[0].organisation).await;
        for grant in grants {
            perform(&administrator.context(&app), use_cases::organisation::EndGrant(grant.id)).await.unwrap();
        }
        say.send("trop tard").unwrap();
        let row = async || app.store.snapshot().await.unwrap().replay(replay).await.unwrap().unwrap();
        ended(&app, async || row().await.state).await;
        let row = row().await;
        assert_eq!((row.failure, row.steps), (Some(ReplayFailure::RightsEnded), None));
        app.settle().await;
    }

    async fn a_server_that_was_killed_leaves_nothing_under_way(app: TestApp) {
        let (at, say) = silent();
        say.send("d’abord").unwrap();
        say.send("puis").unwrap();
        let hunted = Hunted::new(&app, |story| vec![external(story, "Recette", at)]).await;
        let replay = begin_replay(&hunted.verifier, hunted.asked).await.unwrap();
        app.run_jobs().await;
        assert_eq!(hunted.page(replay).await.line.state, ReplayState::Sending);
        // Whoever sends is silent from here on, as if their server were gone: another one goes on.
        app.clock.advance(HELD);
        let page = hunted.page(replay).await;
        assert_eq!((page.line.state, page.line.failure), (ReplayState::Failed, Some(ReplayFailure::Interrupted)));
        assert!(page.may_repeat);
        app.run_jobs().await;
        let row = async |id| app.store.snapshot().await.unwrap().replay(id).await.unwrap().unwrap();
        assert_eq!(row(replay).await.failure, Some(ReplayFailure::Interrupted));
        let next = begin_replay(&hunted.verifier, hunted.asked).await.unwrap();
        say.send("celui d’avant").unwrap();
        say.send("celui-ci").unwrap();
        ended(&app, async || hunted.page(next).await.line.state).await;
        assert_eq!(hunted.page(next).await.line.state, ReplayState::Done);
        let late = row(replay).await;
        assert_eq!((late.state, late.steps), (ReplayState::Failed, None), "what comes late changes nothing");
        app.settle().await;
    }

    async fn a_hosted_target_is_replayed_on_a_clean_copy_that_goes(app: TestApp) {
        let hunted = Hunted::new(&app, |story| vec![hosted(story, "Recette", "4.2")]).await;
        let own = |purpose| purpose == InstancePurpose::Replay;
        let (replay, page) = hunted.begun(&app).await;
        assert!(page.contains("Une copie propre de la cible démarre"), "{page}");
        app.run_jobs().await;
        assert_eq!(hunted.page(replay).await.line.state, ReplayState::Waiting);
        let copy = tell(&app, own, Driven::Runs(upstream())).await;
        ended(&app, async || hunted.page(replay).await.line.state).await;
        let done = hunted.page(replay).await;
        assert_eq!((done.line.state, done.line.target.version.as_str()), (ReplayState::Done, "4.2"));
        assert_eq!(state_of(&app, copy).await, InstanceState::Leaving);

        let replay = begin_replay(&hunted.verifier, hunted.asked).await.unwrap();
        let copy = tell(&app, own, Driven::Fails("images_missing".to_owned())).await;
        app.run_jobs().await;
        let failed = hunted.page(replay).await;
        assert_eq!(failed.line.failure, Some(ReplayFailure::NotStarted));
        assert_eq!(failed.problem, Some("target-problem-images-missing"));
        assert_eq!(state_of(&app, copy).await, InstanceState::Leaving);

        // No engine says anything, or its server was killed: the clock ends it.
        let replay = begin_replay(&hunted.verifier, hunted.asked).await.unwrap();
        app.clock.advance(STARTING);
        assert_eq!(hunted.page(replay).await.line.failure, Some(ReplayFailure::NotStarted));
        app.run_jobs().await;
        let row = app.store.snapshot().await.unwrap().replay(replay).await.unwrap().unwrap();
        assert_eq!(row.state, ReplayState::Failed);
        assert_eq!(state_of(&app, row.instance.unwrap()).await, InstanceState::Leaving);
        app.settle().await;
    }

    async fn a_retest_is_supported_by_a_replay_on_the_corrected_version(app: TestApp) {
        let (at, say) = silent();
        let hunted = Hunted::new(&app, |story| {
            vec![external(story, "Recette", upstream()), external(story, "Recette corrigée", at)]
        })
        .await;
        let (flaw, retest) = retesting(&app, &hunted).await;
        let verifier = &hunted.verifier;
        for who in [hunted.story.mayor, hunted.story.vendor, hunted.story.teacher, hunted.story.organiser] {
            let seen = retest_replays(&who.context(&app), retest).await;
            assert!(matches!(seen, Err(Error::NotFound)), "{seen:?}");
        }
        let early = retest_replays(verifier, retest).await;
        assert!(matches!(early, Err(Error::NotFound)), "nothing is to be judged yet: {early:?}");
        let offered = retest_replays(&hunted.pupil, retest).await.unwrap();
        assert_eq!((offered.bundles, offered.choices.len(), offered.vulnerability), (1, 1, None));
        let choice = &offered.choices[0];
        assert_eq!(choice.told.name, "Recette corrigée");
        let recorded = first_target(&app, &hunted.story).await;
        let same = begin_retest_replay(&hunted.pupil, retest, choice.attachment, recorded).await;
        assert!(matches!(same, Err(Error::Conflict("replay-error-same-version"))), "{same:?}");
        let foreign = begin_retest_replay(&hunted.pupil, retest, hunted.asked.attachment, choice.target).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "a file of the report is none of the flaw's: {foreign:?}");

        say.send("Les actes demandent un compte").unwrap();
        let replay = supported(&app, &hunted.pupil, retest, &offered).await;
        let (page, _) = read(&hunted.pupil, ViewRetestReplay { retest, replay }).await.unwrap();
        assert_eq!(page.line.result, Some(ReplayResult::Different));
        assert!(page.whole && format!("{page:?}").contains("demandent un compte"), "the exchanges are theirs: {page:?}");
        let view = read(&hunted.pupil, ViewRetest(retest)).await.unwrap();
        assert_eq!((view.replays.len(), view.outcome), (1, None), "the tester says what it shows");

        let report = ReportRetest { retest, outcome: "fixed".to_owned(), evidence: "Plus rien.".to_owned() };
        perform(&hunted.pupil, report).await.unwrap();
        let over = retest_replays(&hunted.pupil, retest).await;
        assert!(matches!(over, Err(Error::NotFound)), "{over:?}");
        let view = read(verifier, ViewVulnerability(flaw)).await.unwrap();
        let line = view.retests.iter().find(|line| line.id == retest).unwrap();
        assert_eq!((line.replays.len(), line.may_replay), (1, true));
        assert_eq!(line.replays[0].target.name, "Recette corrigée");
        let told = |kind: &str| view.history.iter().any(|line| line.kind == kind && line.retest == Some(retest));
        assert!(told("vulnerability.retest_replay_begun") && told("vulnerability.retest_replayed"));
        say.send("Les actes demandent un compte").unwrap();
        let judging = retest_replays(verifier, retest).await.unwrap();
        assert_eq!((judging.vulnerability, judging.replays.len()), (Some(flaw), 1));
        let second = supported(&app, verifier, retest, &judging).await;
        let (page, of) = read(verifier, ViewRetestReplay { retest, replay: second }).await.unwrap();
        assert!(page.whole && of.vulnerability == Some(flaw), "{page:?}");
        let of_another = read(&hunted.pupil, ViewRetestReplay { retest, replay: second }).await;
        assert!(matches!(of_another, Err(Error::NotFound)), "a verifier's replay is no tester's: {of_another:?}");
        app.settle().await;
    }

    async fn a_tester_who_did_not_report_reads_what_answers_come_to(app: TestApp) {
        let hunted = Hunted::new(&app, |story| vec![hosted(story, "Recette", "4.2"), hosted(story, "Corrigée", "4.3")]).await;
        let (_, retest) = retesting(&app, &hunted).await;
        let Who::Person(pupil, _) = hunted.pupil.who else { panic!("a person") };
        let offered = retest_replays(&hunted.pupil, retest).await.unwrap();
        assert_eq!((offered.choices[0].told.name.as_str(), offered.choices[0].told.version.as_str()), ("Corrigée", "4.3"));
        let choice = &offered.choices[0];
        let begin = async || begin_retest_replay(&hunted.pupil, retest, choice.attachment, choice.target).await;
        let replay = begin().await.unwrap();
        let copy = tell(&app, |purpose| purpose == InstancePurpose::Replay, Driven::Runs(upstream())).await;
        let page = async || read(&hunted.pupil, ViewRetestReplay { retest, replay }).await.unwrap().0;
        ended(&app, async || page().await.line.state).await;
        assert_eq!(state_of(&app, copy).await, InstanceState::Leaving);
        let path = addresses::vulnerability::retest_replay(retest, replay);
        assert!(get(&app, Someone { id: pupil }, &path).await.1.contains("/portail/actes"));

        // The same person, had somebody else reported it.
        app.tamper("UPDATE report SET reporter_id = (SELECT id FROM person WHERE pseudonym <> 'hibou' LIMIT 1)").await;
        let page = page().await;
        assert_eq!((page.whole, page.steps.len(), page.line.state), (false, 1, ReplayState::Done));
        assert!(!format!("{:?}", page.steps).contains("actes"), "{page:?}");
        let (status, text) = get(&app, Someone { id: pupil }, &path).await;
        assert!(status == 200 && text.contains("Requête 1") && !text.contains("/portail/actes"), "{text}");
        let organiser = hunted.story.organiser.context(&app);
        let close = MoveCampaign { campaign: hunted.story.campaign, wanted: MoveWanted::Suspend, reason: "incident".to_owned() };
        perform(&organiser, close).await.unwrap();
        let refused = begin().await;
        assert!(matches!(refused, Err(Error::Conflict("replay-error-campaign"))), "{refused:?}");
    }
}

/// Gives the target on which it was recorded.
async fn first_target(app: &TestApp, story: &Story) -> TargetId {
    let page = read(&story.organiser.context(app), ViewTargets(story.campaign))
        .await
        .unwrap();
    page.targets
        .iter()
        .find(|one| one.settings.name == "Recette")
        .unwrap()
        .id
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
    let retest = fixed(app, &hunted.story, &hunted.pupil, flaw).await;
    (flaw, retest)
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
