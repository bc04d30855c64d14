//! What a recorder wrote is found, shown, bundled and exported, and nobody's but the asker's.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use bytes::Bytes;
use domain::ids::{CampaignId, LeaseId, TargetId};
use domain::{Date, Timestamp};
use recording::{Folder, Limits, Opening, Outcome, Recorder, Settings, Side};
use tempfile::TempDir;
use use_cases::ports::{
    BundleAbout, CoverageAsked, CoverageSoFar, ExchangeFilter, ExportFormat, MadeBundle, RecordingOf, RecordingTrouble,
    Recordings, SegmentRow, ShownBody,
};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{FolderRecordings, row_of};

const CAMPAIGN: CampaignId = CampaignId(Uuid::from_u128(5));
const MINE: LeaseId = LeaseId(Uuid::from_u128(6));
const OTHERS: LeaseId = LeaseId(Uuid::from_u128(7));

struct Ground {
    folder: TempDir,
    segments: Vec<SegmentRow>,
}

fn key() -> sealing::DataKey {
    sealing::DataKey::from_random(Uuid::from_u128(7), [7; 32])
}

fn tell(recorder: &Recorder, lease: LeaseId, path: &str, answer: &[u8]) {
    let lease = lease.to_string();
    let exchange = recorder
        .begin(Opening {
            lease: &lease,
            target: "print",
            method: "POST",
            path,
            version: "HTTP/1.1",
            fields: [("cookie", b"session=tres-secret".as_slice())],
        })
        .unwrap();
    exchange.bytes(Side::Client, &Bytes::from_static(b"nom=Hibou")).unwrap();
    exchange.body_end(Side::Client, true).unwrap();
    exchange
        .response(200, "HTTP/1.1", [("content-type", b"text/html".as_slice())])
        .unwrap();
    exchange.bytes(Side::Target, &Bytes::copy_from_slice(answer)).unwrap();
    exchange.body_end(Side::Target, true).unwrap();
    exchange.outcome(Outcome::Complete);
}

fn ground() -> Ground {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(Folder::new(folder.path().join(CAMPAIGN.to_string())).unwrap());
    let (clock, chance) = (AtomicI64::new(1_000_000), AtomicU64::new(1));
    let settings = Settings {
        key: key().recording_secret().public(),
        content_key: Zeroizing::new([3; 32]),
        clock: Arc::new(move || clock.fetch_add(1000, Ordering::Relaxed)),
        chance: Arc::new(move |out| {
            let drawn = chance.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            out.iter_mut()
                .zip(drawn.iter().cycle())
                .for_each(|(to, from)| *to = *from);
        }),
        limits: Limits::default(),
        known: None,
        on_closed: Box::new(|_| {}),
    };
    let (recorder, running) = Recorder::start(disk.clone(), settings).unwrap();
    tell(&recorder, MINE, "/actes/1?token=abc", b"<h1>Acte</h1>");
    tell(&recorder, OTHERS, "/actes/2", b"a secret of theirs");
    tell(&recorder, MINE, "/image", &[0x89, 0, 1, 2, 255]);
    running.stop();
    let segments = recording::records(&*disk)
        .unwrap()
        .iter()
        .map(|record| row_of(CAMPAIGN, record))
        .collect();
    Ground { folder, segments }
}

impl Ground {
    fn recordings(&self) -> FolderRecordings {
        FolderRecordings::new(self.folder.path(), "1", 1 << 20)
    }

    fn of(&self) -> RecordingOf {
        RecordingOf {
            campaign: CAMPAIGN,
            secret: key().recording_secret(),
            segments: self.segments.clone(),
        }
    }
}

fn mine() -> ExchangeFilter {
    ExchangeFilter {
        leases: vec![MINE],
        ..ExchangeFilter::default()
    }
}

fn about() -> BundleAbout {
    BundleAbout {
        made: Timestamp(9),
        campaign: CAMPAIGN,
        subject: "report".to_owned(),
        targets: vec![("print".to_owned(), "what the fingerprint stands for".to_owned())],
    }
}

#[tokio::test]
async fn one_s_own_are_found_newest_first_and_page_by_page() {
    let ground = ground();
    let recordings = ground.recordings();
    let all = recordings.find(ground.of(), mine(), None, 10).await.unwrap();
    let paths: Vec<&str> = all.lines.iter().map(|line| line.path.as_str()).collect();
    assert_eq!(paths, ["/image", "/actes/1?token=abc"]);
    let first = recordings.find(ground.of(), mine(), None, 1).await.unwrap();
    let next = recordings
        .find(ground.of(), mine(), first.next.clone(), 1)
        .await
        .unwrap();
    assert_eq!((first.lines.len(), next.lines.len()), (1, 1));
    assert_eq!(next.lines[0].path, "/actes/1?token=abc");
    let text = ExchangeFilter {
        text: Some("acte</H1>".to_owned()),
        ..mine()
    };
    assert_eq!(
        recordings.find(ground.of(), text, None, 10).await.unwrap().lines.len(),
        1
    );
    let none = ExchangeFilter {
        leases: Vec::new(),
        ..mine()
    };
    assert!(
        recordings
            .find(ground.of(), none, None, 10)
            .await
            .unwrap()
            .lines
            .is_empty()
    );
    let bad = recordings.find(ground.of(), mine(), Some("..".to_owned()), 10).await;
    assert_eq!(bad, Err(RecordingTrouble::Missing));
}

#[tokio::test]
async fn another_s_exchange_is_not_there_even_by_its_place() {
    let ground = ground();
    let recordings = ground.recordings();
    let theirs = ExchangeFilter {
        leases: vec![OTHERS],
        ..ExchangeFilter::default()
    };
    let place = recordings.find(ground.of(), theirs, None, 10).await.unwrap().lines[0]
        .place
        .clone();
    let shown = recordings.show(ground.of(), vec![MINE], place.clone()).await;
    assert_eq!(shown, Err(RecordingTrouble::Missing));
    let bundle = recordings
        .bundle(ground.of(), vec![MINE], vec![place.clone()], about())
        .await;
    assert_eq!(bundle, Err(RecordingTrouble::Missing));
    assert!(recordings.show(ground.of(), vec![OTHERS], place).await.is_ok());
}

#[tokio::test]
async fn what_was_touched_is_counted_by_target_and_only_of_known_leases() {
    let ground = ground();
    let recordings = ground.recordings();
    let target = TargetId(Uuid::from_u128(9));
    let asked = CoverageAsked {
        ways: [(MINE, (target, 77))].into(),
        most: 10,
        day: |_| Date::new(2026, 11, 23).unwrap(),
    };
    let counted = recordings.cover(ground.of(), CoverageSoFar::default(), asked.clone());
    let counted = counted.await.unwrap();
    let coverage = &counted.targets[&target];
    let names: Vec<&str> = coverage.endpoints.keys().map(String::as_str).collect();
    assert_eq!(names, ["POST /actes/{n}", "POST /image"]);
    assert_eq!((coverage.total.requests, coverage.total.hunters.count()), (2, 1));
    let again = recordings.cover(ground.of(), counted, asked.clone()).await.unwrap();
    assert_eq!(
        again.targets[&target].total.requests, 4,
        "it goes on from what was counted"
    );
    let wrong = CoverageSoFar {
        under_way: b"{".to_vec(),
        ..CoverageSoFar::default()
    };
    let refused = recordings.cover(ground.of(), wrong, asked).await;
    assert!(matches!(refused, Err(RecordingTrouble::Failed(_))), "{refused:?}");
}

#[tokio::test]
async fn a_bundle_shows_everything_to_its_author_and_no_secret_to_others() {
    let ground = ground();
    let recordings = ground.recordings();
    let found = recordings.find(ground.of(), mine(), None, 10).await.unwrap();
    let places = found.lines.into_iter().map(|line| line.place).collect();
    let MadeBundle { bytes, digest, prints } = recordings
        .bundle(ground.of(), vec![MINE], places, about())
        .await
        .unwrap();
    assert!(
        !prints.is_empty() && prints.iter().all(|print| print == "print"),
        "{prints:?}"
    );
    let own = recordings.read_bundle(bytes.clone(), false).await.unwrap();
    assert_eq!(own.digest, digest);
    assert_eq!(own.exchanges[0].response_body, ShownBody::Bytes(5));
    let first = &own.exchanges[1];
    assert!(
        first.request.contains("cookie: session=tres-secret"),
        "{}",
        first.request
    );
    let text = "<h1>Acte</h1>".to_owned();
    assert_eq!(first.response_body, ShownBody::Text { text, cut: false });
    let others = recordings.read_bundle(bytes.clone(), true).await.unwrap();
    assert!(!format!("{others:?}").contains("tres-secret"), "{others:?}");
    assert!(!format!("{others:?}").contains("abc"), "{others:?}");
    for format in [ExportFormat::Har, ExportFormat::Warc] {
        let written = recordings
            .export(bytes.clone(), format, "notice".to_owned())
            .await
            .unwrap();
        assert!(!written.windows(11).any(|some| some == b"tres-secret"));
    }
    let proven = recordings
        .with_proofs(bytes.clone(), vec![("receipt.txt", "a receipt".to_owned())])
        .await
        .unwrap();
    assert_eq!(recordings.read_bundle(proven.clone(), false).await.unwrap(), own);
    assert!(proven.windows(9).any(|some| some == b"a receipt"));
    assert!(recordings.with_proofs(proven[1..].to_vec(), Vec::new()).await.is_err());
    let mut altered = bytes;
    let at = altered.windows(4).position(|some| some == b"Acte").unwrap();
    altered[at] = b'B';
    assert!(recordings.read_bundle(altered, false).await.is_err());
}

#[tokio::test]
async fn what_was_destroyed_is_removed_and_nothing_else() {
    let ground = ground();
    let recordings = ground.recordings();
    std::fs::create_dir(ground.folder.path().join("not-a-campaign")).unwrap();
    let other = CampaignId(Uuid::from_u128(9));
    std::fs::create_dir(ground.folder.path().join(other.to_string())).unwrap();
    assert_eq!(recordings.campaigns().await.unwrap(), [CAMPAIGN, other]);
    let removed = recordings.remove(CAMPAIGN).await.unwrap();
    assert!(removed > 0, "{removed}");
    assert_eq!(recordings.remove(CAMPAIGN).await.unwrap(), 0, "again, it is nothing");
    assert_eq!(recordings.campaigns().await.unwrap(), [other]);
    assert!(ground.folder.path().join("not-a-campaign").exists());
    let nowhere = FolderRecordings::new(ground.folder.path().join("none"), "1", 1);
    assert_eq!(nowhere.campaigns().await.unwrap(), []);
    assert_eq!(nowhere.remove(CAMPAIGN).await.unwrap(), 0);
}
