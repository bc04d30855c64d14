//! How a replay of a report is made, and what ends it.

use super::*;
use domain::replay::{HELD, ReplayFailure, STARTING};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Semaphore;
use use_cases::ports::{RecordingTrouble, ReplayTarget, ReplayTurn, ReplayedStep, Replayer};
use use_cases::report::{RecordReproduction, ReleaseReport};
use use_cases::target::StopTarget;

/// A queue of those who send, which moves when the test lets it.
struct Queue {
    turns: Arc<Semaphore>,
    sent: Arc<AtomicBool>,
}

#[async_trait::async_trait]
impl Replayer for Queue {
    async fn turn(&self) -> Result<Box<dyn ReplayTurn>, RecordingTrouble> {
        self.turns.acquire().await.unwrap().forget();
        Ok(Box::new(Turn(self.sent.clone())))
    }
}

struct Turn(Arc<AtomicBool>);

#[async_trait::async_trait]
impl ReplayTurn for Turn {
    async fn replay(self: Box<Self>, _: Vec<u8>, _: ReplayTarget) -> Result<Vec<ReplayedStep>, RecordingTrouble> {
        self.0.store(true, Ordering::Relaxed);
        Ok(Vec::new())
    }
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

    async fn who_gave_a_report_back_does_not_get_it_again_by_their_replay(app: TestApp) {
        let hunted = Hunted::new(&app, |story| vec![external(story, "Recette", upstream())]).await;
        let report = hunted.asked.report;
        let claim = async || read(&hunted.verifier, ViewReport(report)).await.unwrap().claim.map(|_| ());
        let replay = begin_replay(&hunted.verifier, hunted.asked).await.unwrap();
        assert_eq!(claim().await, Some(()));
        perform(&hunted.verifier, ReleaseReport { report }).await.unwrap();
        ended(&app, async || hunted.page(replay).await.line.state).await;
        assert_eq!(hunted.page(replay).await.line.failure, Some(ReplayFailure::RightsEnded));
        assert_eq!(claim().await, None);
        app.settle().await;
    }

    async fn who_waits_for_their_turn_is_asked_for_their_rights_when_it_comes(app: TestApp) {
        let hunted = Hunted::new(&app, |story| vec![external(story, "Recette", upstream())]).await;
        let queue = Queue { turns: Arc::new(Semaphore::new(0)), sent: Arc::default() };
        let (turns, sent) = (queue.turns.clone(), queue.sent.clone());
        let mut app = app;
        app.app.replayer = Arc::new(queue);
        let replay = begin_replay(&hunted.verifier, hunted.asked).await.unwrap();
        app.run_jobs().await;
        assert_eq!(hunted.page(replay).await.line.state, ReplayState::Sending);
        perform(&hunted.verifier, ReleaseReport { report: hunted.asked.report }).await.unwrap();
        turns.add_permits(1);
        ended(&app, async || hunted.page(replay).await.line.state).await;
        assert_eq!(hunted.page(replay).await.line.failure, Some(ReplayFailure::RightsEnded));
        assert!(!sent.load(Ordering::Relaxed), "nothing left for the target");
        perform(&hunted.verifier, ClaimReport { report: hunted.asked.report }).await.unwrap();
        turns.add_permits(1);
        let replay = begin_replay(&hunted.verifier, hunted.asked).await.unwrap();
        ended(&app, async || hunted.page(replay).await.line.state).await;
        assert!(sent.load(Ordering::Relaxed), "whoever still judges is served");
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
        let copy = tell(&app, own, Driven::Fails(InstanceProblem::ImagesMissing)).await;
        app.run_jobs().await;
        let failed = hunted.page(replay).await;
        assert_eq!(failed.line.failure, Some(ReplayFailure::NotStarted));
        assert_eq!(failed.problem, Some(InstanceProblem::ImagesMissing));
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
}
