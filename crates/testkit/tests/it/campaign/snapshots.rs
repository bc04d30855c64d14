//! Kept states: asked for of a shared instance that runs, begun from, removed, gone with their target.

use super::coverage::get;
use super::gateway::{ask, gateway, list_until, saved, until, upstream};
use super::target::{RECIPE, hosted, hunting};
use super::*;
use authorization::SystemKind;
use domain::ids::{InstanceId, SnapshotId};
use domain::instance::InstanceState;
use domain::snapshot::{SnapshotEvent, SnapshotProblem, SnapshotState, fingerprint_of_target};
use std::net::SocketAddr;
use use_cases::exchange::{EvidenceOf, PickInto, pick_exchanges};
use use_cases::report::ViewReport;
use use_cases::target::{
    DeclareTarget, Driven, GatewayWords, InstanceWish, InstancesToDrive, KeepState, MoveInstance, RemoveState,
    RemoveTarget, SnapshotsToDrive, StartTarget, TakeLease, TargetLine, TellInstance, TellSnapshot, ViewTargets,
};

async fn line(context: &Context, campaign: CampaignId) -> TargetLine {
    read(context, ViewTargets(campaign)).await.unwrap().targets.remove(0)
}

/// Says that the one instance runs.
async fn runs(app: &TestApp) -> InstanceId {
    runs_at(app, "10.213.0.2:8080".parse().unwrap()).await
}

async fn runs_at(app: &TestApp, at: SocketAddr) -> InstanceId {
    let system = Context::system(app, SystemKind::Gateway);
    let row = read(&system, InstancesToDrive { all: true })
        .await
        .unwrap()
        .remove(0)
        .row;
    let told = TellInstance {
        instance: row.id,
        state: row.state,
        since: row.since,
        driven: Driven::Runs(at),
    };
    perform(&system, told).await.unwrap();
    row.id
}

async fn tell(app: &TestApp, snapshot: SnapshotId, state: SnapshotState, event: SnapshotEvent) {
    let system = Context::system(app, SystemKind::Gateway);
    let problem = (event == SnapshotEvent::Fail).then_some(SnapshotProblem::EngineUnreachable);
    let told = TellSnapshot {
        snapshot,
        state,
        event,
        problem,
    };
    perform(&system, told).await.unwrap();
}

async fn fingerprint(app: &TestApp) -> String {
    let system = Context::system(app, SystemKind::Gateway);
    read(&system, GatewayWords).await.unwrap().targets.remove(0).fingerprint
}

each_engine! {
    async fn a_state_is_kept_begun_from_and_goes_with_its_target(app: TestApp) {
        let app = app.with_settings(|settings| settings.limits.target_snapshots = 1);
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let campaign = story.campaign;
        perform(&organiser, hosted(&story, RECIPE)).await.unwrap();
        let story = made_ready(&app, story).await;
        let id = line(&organiser, campaign).await.id;
        let pupil = hunting(&app, &story).await;
        perform(&pupil, TakeLease { campaign, target: id }).await.unwrap();
        let instance = read(&Context::system(&app, SystemKind::Gateway), InstancesToDrive { all: true }).await.unwrap()[0].row.id;
        let keep = |name: &str| KeepState { campaign, instance, name: name.to_owned() };
        let early = perform(&organiser, keep("Comptes créés")).await;
        assert!(matches!(early, Err(Error::Conflict("target-snapshot-error-running"))), "{early:?}");
        assert_eq!(runs(&app).await, instance);
        for who in [story.mayor, story.vendor, story.operator, story.teacher] {
            let tried = perform(&who.context(&app), keep("a")).await;
            assert!(matches!(tried, Err(Error::NotFound)), "{tried:?}");
        }
        assert!(matches!(perform(&organiser, keep(" ")).await, Err(Error::Invalid(_))));
        perform(&organiser, keep("Comptes créés")).await.unwrap();
        let most = perform(&organiser, keep("Encore un")).await;
        assert!(matches!(most, Err(Error::Conflict("target-snapshot-error-most"))), "{most:?}");
        let kept = line(&organiser, campaign).await.snapshots.remove(0);
        assert_eq!((kept.name.as_str(), kept.state, kept.used), ("Comptes créés", SnapshotState::Wanted, false));
        let to = |wish| MoveInstance { campaign, instance, wish };
        let early = perform(&organiser, to(InstanceWish::ResetTo(kept.id))).await;
        assert!(matches!(early, Err(Error::Conflict(_))), "it is not kept yet: {early:?}");
        tell(&app, kept.id, SnapshotState::Wanted, SnapshotEvent::Keep).await;
        let pristine = fingerprint(&app).await;
        perform(&organiser, to(InstanceWish::ResetTo(kept.id))).await.unwrap();
        runs(&app).await;
        let began = line(&organiser, campaign).await;
        assert_eq!((began.instances[0].from, began.snapshots[0].used), (Some(kept.id), true));
        let print = fingerprint(&app).await;
        assert_eq!(print, format!("{pristine} from {}", kept.id), "what is recorded says where it began");
        assert_eq!(fingerprint_of_target(&print), pristine);
        let remove = RemoveState { campaign, snapshot: kept.id };
        let used = perform(&organiser, remove).await;
        assert!(matches!(used, Err(Error::Conflict("target-snapshot-error-used"))), "{used:?}");
        perform(&organiser, to(InstanceWish::Reset)).await.unwrap();
        runs(&app).await;
        assert_eq!(fingerprint(&app).await, pristine);
        assert!(matches!(perform(&story.vendor.context(&app), remove).await, Err(Error::NotFound)));
        perform(&organiser, remove).await.unwrap();
        tell(&app, kept.id, SnapshotState::Leaving, SnapshotEvent::End).await;
        assert!(line(&organiser, campaign).await.snapshots.is_empty());
        perform(&organiser, keep("Second")).await.unwrap();
        let second = line(&organiser, campaign).await.snapshots.remove(0);
        tell(&app, second.id, SnapshotState::Wanted, SnapshotEvent::Fail).await;
        // What was said of another moment counts no more.
        tell(&app, second.id, SnapshotState::Wanted, SnapshotEvent::Keep).await;
        let failed = line(&organiser, campaign).await.snapshots.remove(0);
        assert_eq!((failed.state, failed.problem), (SnapshotState::Failed, Some(SnapshotProblem::EngineUnreachable)));
        let (_, page) = get(&app, story.organiser, &addresses::target::list(campaign.0)).await;
        assert!(page.contains("ne répondait pas. Retirez cet état"), "{page}");
        perform(&organiser, RemoveTarget { campaign, target: id }).await.unwrap();
        let system = Context::system(&app, SystemKind::Gateway);
        let left = read(&system, SnapshotsToDrive).await.unwrap();
        assert_eq!((left.len(), left[0].state), (1, SnapshotState::Leaving));
        tell(&app, second.id, SnapshotState::Leaving, SnapshotEvent::End).await;
        assert!(read(&system, SnapshotsToDrive).await.unwrap().is_empty());
        let page = read(&organiser, ViewCampaign(campaign)).await.unwrap();
        for kind in ["wanted", "kept", "failed", "leaves", "destroyed"] {
            let kind = format!("campaign.snapshot_{kind}");
            assert!(page.history.iter().any(|line| line.kind == kind), "{kind}");
        }
    }

    async fn what_began_from_a_state_that_is_gone_says_still_from_which(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let campaign = story.campaign;
        perform(&organiser, hosted(&story, RECIPE)).await.unwrap();
        let story = made_ready(&app, story).await;
        let target = line(&organiser, campaign).await.id;
        let pupil = hunting(&app, &story).await;
        let lease = perform(&pupil, TakeLease { campaign, target }).await.unwrap();
        let at = upstream();
        let instance = runs_at(&app, at).await;
        perform(&organiser, KeepState { campaign, instance, name: "État".to_owned() }).await.unwrap();
        let kept = line(&organiser, campaign).await.snapshots[0].id;
        tell(&app, kept, SnapshotState::Wanted, SnapshotEvent::Keep).await;
        perform(&organiser, MoveInstance { campaign, instance, wish: InstanceWish::ResetTo(kept) }).await.unwrap();
        runs_at(&app, at).await;
        let gateway = gateway(&app).await;
        until(&gateway, &lease, "200 OK").await;
        ask(&gateway, &lease, "/portail/actes").await;
        gateway.stop.cancel();
        let found = list_until(&pupil, &story).await;
        perform(&organiser, MoveInstance { campaign, instance, wish: InstanceWish::Reset }).await.unwrap();
        perform(&organiser, RemoveState { campaign, snapshot: kept }).await.unwrap();
        tell(&app, kept, SnapshotState::Leaving, SnapshotEvent::End).await;
        let line = found.page.lines.iter().find(|line| line.path == "/portail/actes").unwrap();
        let into = Some(PickInto::New(story.product));
        let report = pick_exchanges(&pupil, campaign, into, vec![line.place.clone()]).await.unwrap();
        let attachment = read(&pupil, ViewReport(report)).await.unwrap().attachments[0].id;
        let bundle = saved(&app, &pupil, EvidenceOf { report, attachment }).await;
        let print = &bundle.exchanges[0].1.target;
        let told = bundle.targets.iter().find(|told| told.fingerprint == *print);
        let told = &told.expect("what the fingerprint stands for").description;
        assert!(told.contains(&format!("depuis l’état gardé {kept}")), "{told}");
    }

    async fn a_target_starts_from_a_state_of_its_own_only(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let campaign = story.campaign;
        for name in ["Une", "Deux"] {
            let declare = DeclareTarget { name: name.to_owned(), ..hosted(&story, RECIPE) };
            perform(&organiser, declare).await.unwrap();
        }
        let both = read(&organiser, ViewTargets(campaign)).await.unwrap().targets;
        let start = |target, from| StartTarget { campaign, target, from };
        perform(&organiser, start(both[0].id, None)).await.unwrap();
        let instance = runs(&app).await;
        perform(&organiser, KeepState { campaign, instance, name: "État".to_owned() }).await.unwrap();
        let kept = line(&organiser, campaign).await.snapshots[0].id;
        tell(&app, kept, SnapshotState::Wanted, SnapshotEvent::Keep).await;
        let foreign = perform(&organiser, start(both[1].id, Some(kept))).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
        perform(&organiser, MoveInstance { campaign, instance, wish: InstanceWish::Leave }).await.unwrap();
        let system = Context::system(&app, SystemKind::Gateway);
        let row = read(&system, InstancesToDrive { all: true }).await.unwrap().remove(0).row;
        let gone = TellInstance { instance, state: row.state, since: row.since, driven: Driven::Gone };
        perform(&system, gone).await.unwrap();
        perform(&organiser, start(both[0].id, Some(kept))).await.unwrap();
        let row = read(&system, InstancesToDrive { all: true }).await.unwrap().remove(0).row;
        assert_eq!((row.from, row.state), (Some(kept), InstanceState::Wanted));
    }
}
