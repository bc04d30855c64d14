//! The end of recordings: their key is destroyed when it was said, with an entry, and nothing is left of them but the
//! evidence that reports hold.

use super::gateway::{ask, gateway, list_until, until, upstream};
use super::target::{hunting, prepared};
use super::*;
use domain::Timestamp;
use domain::ids::{AttachmentId, ReportId};
use domain::time::MINUTE;
use std::path::{Path, PathBuf};
use use_cases::campaign::{EditCampaign, ViewCampaignForm};
use use_cases::exchange::{
    Asked, EvidenceOf, PickInto, list_exchanges, pick_exchanges, show_evidence, show_exchange, sweep,
};
use use_cases::files::outgoing;
use use_cases::ports::Clock as _;
use use_cases::report::{DownloadAttachment, ViewReport};
use use_cases::target::{GatewayWords, TakeLease};

/// A campaign of which something was recorded, and a report with a bundle of it.
struct Recorded {
    story: Story,
    pupil: Context,
    place: String,
    evidence: EvidenceOf,
    /// When recordings end.
    until: Timestamp,
}

async fn recorded(app: &TestApp) -> Recorded {
    let (story, target) = prepared(app, &format!("http://{}", upstream())).await;
    let pupil = hunting(app, &story).await;
    let gateway = gateway(app).await;
    let campaign = story.campaign;
    let lease = perform(&pupil, TakeLease { campaign, target }).await.unwrap();
    until(&gateway, &lease, "200 OK").await;
    ask(&gateway, &lease, "/portail/actes?n=1").await;
    gateway.stop.cancel();
    let found = list_until(&pupil, &story).await;
    let place = found.page.lines[0].place.clone();
    let into = Some(PickInto::New(story.product));
    let report = pick_exchanges(&pupil, campaign, into, vec![place.clone()])
        .await
        .unwrap();
    let evidence = EvidenceOf {
        report,
        attachment: attached(&pupil, report).await,
    };
    let closes = read(&pupil, ViewCampaign(campaign))
        .await
        .unwrap()
        .record
        .campaign
        .window
        .closes_at;
    assert_eq!(lease.recorded_until, closes.plus_days(180));
    Recorded {
        story,
        pupil,
        place,
        evidence,
        until: closes.plus_days(180),
    }
}

async fn attached(by: &Context, report: ReportId) -> AttachmentId {
    read(by, ViewReport(report)).await.unwrap().attachments[0].id
}

/// The folder of the campaign's recordings.
fn folder(app: &TestApp, story: &Story) -> PathBuf {
    app.folder()
        .join("recordings/campaigns")
        .join(story.campaign.to_string())
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

/// The wrapped key of the recordings, while it is there.
async fn wrapped(app: &TestApp, story: &Story) -> Option<Vec<u8>> {
    let mut session = app.store.snapshot().await.unwrap();
    let row = session.holder_key("recordings", story.campaign.0).await.unwrap();
    row.expect("a key was made with the first lease").wrapped
}

/// Says whether bytes stand in the database: in its files on SQLite, in a dump on PostgreSQL.
fn holds(app: &TestApp, bytes: &[u8]) -> bool {
    if let Some(dump) = app.dump() {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        return dump.contains(&hex);
    }
    let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
    app.sqlite_connection().query_row(checkpoint, [], |_| Ok(())).unwrap();
    let file = app.sqlite_file();
    let kept = [file.clone(), file.with_extension("sqlite-wal")];
    let read = kept.iter().filter_map(|file| std::fs::read(file).ok());
    read.into_iter()
        .any(|file| file.windows(bytes.len()).any(|window| window == bytes))
}

/// The entries that tell of the end.
async fn entries(app: &TestApp, story: &Story) -> usize {
    let mut session = app.store.snapshot().await.unwrap();
    let stream = session.stream("campaign", story.campaign.0).await.unwrap();
    let told = stream
        .iter()
        .filter(|entry| entry.kind == "campaign.recordings_destroyed");
    told.count()
}

/// Moves the clock to an instant and does what is due.
async fn at(app: &TestApp, instant: Timestamp) {
    app.clock.advance(instant.0 - app.clock.now().0);
    app.settle().await;
}

/// The bundle of the report is read and saved as before.
async fn evidence_stays(app: &TestApp, of: &Recorded) {
    let shown = show_evidence(&of.pupil, of.evidence).await.unwrap();
    assert!(shown.bundle.exchanges[0].response.contains("tres-secret"));
    let EvidenceOf { report, attachment } = of.evidence;
    let (leave, name) = read(&of.pupil, DownloadAttachment { report, attachment })
        .await
        .unwrap();
    let file = outgoing(app, &leave, name, String::new()).await.unwrap();
    let bundle = recording::bundle::read(file.bytes.as_slice(), recording::bundle::BundleLimits::default()).unwrap();
    assert!(bundle.proofs.iter().any(|proof| proof.name == "log.tlog-proof"));
}

/// Nothing of the recordings is to be had by any way that led to them.
async fn nothing_is_left(app: &TestApp, of: &Recorded) {
    let campaign = of.story.campaign;
    let destroyed = |error: Error| matches!(error, Error::Conflict("exchange-error-destroyed"));
    let page = list_exchanges(&of.pupil, campaign, &Asked::default()).await.unwrap();
    assert!(
        page.page.lines.is_empty() && page.kept.destroyed_at.is_some(),
        "{page:?}"
    );
    assert!(destroyed(
        show_exchange(&of.pupil, campaign, &of.place).await.unwrap_err()
    ));
    let into = Some(PickInto::Draft(of.evidence.report));
    let places = vec![of.place.clone()];
    assert!(destroyed(
        pick_exchanges(&of.pupil, campaign, into, places).await.unwrap_err()
    ));
    assert_eq!(wrapped(app, &of.story).await, None);
    let words = read(&Context::system(app, authorization::SystemKind::Gateway), GatewayWords)
        .await
        .unwrap();
    assert!(
        words.campaigns.is_empty() && words.leases.is_empty(),
        "nothing passes any more"
    );
}

each_engine! {
    async fn recordings_end_when_it_was_said_and_the_evidence_of_reports_stays(app: TestApp) {
        let of = recorded(&app).await;
        let folder = folder(&app, &of.story);
        let key = wrapped(&app, &of.story).await.unwrap();
        assert!(files(&folder) > 0 && holds(&app, &key));

        // The clock of tests goes on by itself with each look at it.
        at(&app, of.until.plus(-MINUTE)).await;
        let page = list_exchanges(&of.pupil, of.story.campaign, &Asked::default()).await.unwrap();
        assert_eq!((page.kept.until, page.kept.destroyed_at), (of.until, None));
        assert!(show_exchange(&of.pupil, of.story.campaign, &of.place).await.is_ok());
        assert_eq!((entries(&app, &of.story).await, sweep(&app).await.unwrap()), (0, 0));
        assert!(files(&folder) > 0);

        at(&app, of.until).await;
        nothing_is_left(&app, &of).await;
        assert_eq!(entries(&app, &of.story).await, 1);
        assert!(!folder.exists(), "the files are removed");
        assert!(!holds(&app, &key), "the key is gone from the database");
        evidence_stays(&app, &of).await;
        let page = read(&of.story.organiser.context(&app), ViewCampaign(of.story.campaign)).await.unwrap();
        let destroyed = page.recordings.unwrap().destroyed_at.unwrap();
        assert!((of.until..of.until.plus(MINUTE)).contains(&destroyed), "{destroyed:?}");
        assert!(page.history.iter().any(|line| line.kind == "campaign.recordings_destroyed" && line.who.is_empty()));
    }

    async fn a_crash_between_the_key_and_the_files_is_made_good(app: TestApp) {
        let of = recorded(&app).await;
        let (folder, beside) = (folder(&app, &of.story), app.folder().join("beside"));
        copy(&folder, &beside);
        at(&app, of.until.plus_days(3)).await;
        assert!(!folder.exists());
        // As if the process had died after the transaction: the files are there, the job is not done.
        copy(&beside, &folder);
        app.tamper("UPDATE job SET done_at = NULL, claimed_until = NULL WHERE kind = 'recordings.destroy'").await;
        app.settle().await;
        assert!(!folder.exists());
        assert_eq!(entries(&app, &of.story).await, 1, "it is told once");
        // As if a gateway that was cut off, or a backup, brought files back; those of another campaign stay.
        copy(&beside, &folder);
        let other = folder.with_file_name(uuid::Uuid::from_u128(77).to_string());
        copy(&beside, &other);
        assert_eq!(sweep(&app).await.unwrap(), files(&beside));
        assert!(!folder.exists() && files(&other) == files(&beside));
        assert_eq!(sweep(&app).await.unwrap(), 0);
        nothing_is_left(&app, &of).await;
    }

    async fn a_key_that_another_node_destroyed_opens_nothing_here(app: TestApp) {
        let of = recorded(&app).await;
        assert!(show_exchange(&of.pupil, of.story.campaign, &of.place).await.is_ok(), "this node holds the key open");
        app.tamper("UPDATE data_key SET wrapped_sealed = NULL, destroyed_at = 7 WHERE holder_kind = 'recordings'").await;
        nothing_is_left(&app, &of).await;
        evidence_of_reports_needs_no_recording(&of).await;
    }

    async fn an_organiser_says_for_how_long_within_what_the_instance_keeps(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let record = read(&organiser, ViewCampaignForm::Existing(story.campaign)).await.unwrap().record.unwrap();
        assert_eq!(record.recording_days, 180);
        let edit = |days: &str, revision| EditCampaign {
            campaign: story.campaign,
            revision,
            draft: CampaignDraft {
                name: record.campaign.name.clone(),
                kind: Some(record.campaign.kind),
                summary: record.summary.clone(),
                opens_at: Some(record.campaign.window.opens_at),
                closes_at: Some(record.campaign.window.closes_at),
                prohibitions: record.prohibitions.clone(),
                stop_contact: record.stop_contact.clone(),
                restitution_shared: record.campaign.restitution_shared,
                recording_days: days.to_owned(),
                call: record.call,
            },
        };
        for wrong in ["0", "181", "-3", "un mois", "1.5"] {
            let Err(Error::Invalid(errors)) = perform(&organiser, edit(wrong, record.campaign.revision)).await else {
                panic!("{wrong} was taken");
            };
            assert_eq!(errors[0].field, "recording_days");
        }
        perform(&organiser, edit(" 30 ", record.campaign.revision)).await.unwrap();
        let after = read(&organiser, ViewCampaignForm::Existing(story.campaign)).await.unwrap().record.unwrap();
        assert_eq!(after.recordings_until(), record.campaign.window.closes_at.plus_days(30));
    }
}

async fn evidence_of_reports_needs_no_recording(of: &Recorded) {
    let shown = show_evidence(&of.pupil, of.evidence).await.unwrap();
    assert!(shown.is_promised() && !shown.bundle.exchanges.is_empty());
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
