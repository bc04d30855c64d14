//! The recorder and the reader together.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use proptest::prelude::*;
use sealing::recording::RecordingSecret;
use tempfile::TempDir;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::*;

mod crash;
mod failure;

pub(crate) fn secret() -> RecordingSecret {
    sealing::DataKey::from_random(Uuid::from_u128(7), [7; 32]).recording_secret()
}

/// No two recorders draw the same.
static STORIES: AtomicU64 = AtomicU64::new(1);

type Closings = Arc<Mutex<Vec<SegmentRecord>>>;

pub(crate) struct Story {
    disk: Arc<dyn Disk>,
    recorder: Recorder,
    running: Option<Running>,
    closed: Closings,
}

impl Story {
    pub(crate) fn begin(disk: Arc<dyn Disk>, limits: Limits) -> Self {
        let closed = Closings::default();
        let theirs = Arc::clone(&closed);
        let (clock, chance) = (
            AtomicI64::new(1_000_000),
            AtomicU64::new(STORIES.fetch_add(1 << 32, Ordering::Relaxed)),
        );
        let settings = Settings {
            key: secret().public(),
            content_key: Zeroizing::new([3; 32]),
            clock: Arc::new(move || clock.fetch_add(1000, Ordering::Relaxed)),
            chance: Arc::new(move |out| {
                let drawn = chance.fetch_add(1, Ordering::Relaxed);
                let bytes = blake3::hash(&drawn.to_be_bytes());
                out.copy_from_slice(&bytes.as_bytes()[..out.len()]);
            }),
            limits,
            known: None,
            on_closed: Box::new(move |record| theirs.lock().unwrap().push(record)),
        };
        let (recorder, running) = Recorder::start(Arc::clone(&disk), settings).unwrap();
        Self {
            disk,
            recorder,
            running: Some(running),
            closed,
        }
    }

    pub(crate) fn exchange(&self, path: &str, body: &[u8], answer: &[u8]) -> Result<ExchangeId, Closed> {
        let exchange = self.recorder.begin(Opening {
            lease: "lease",
            target: "print",
            method: "POST",
            path,
            version: "HTTP/1.1",
            fields: [("host", b"commune.example".as_slice())],
        })?;
        exchange.bytes(Side::Client, &Bytes::copy_from_slice(body))?;
        exchange.body_end(Side::Client, true)?;
        exchange.response(200, "HTTP/1.1", [("server", b"mairie".as_slice())])?;
        for piece in answer.chunks(10_000) {
            exchange.bytes(Side::Target, &Bytes::copy_from_slice(piece))?;
        }
        exchange.body_end(Side::Target, true)?;
        exchange.outcome(Outcome::Complete);
        Ok(exchange.id())
    }

    /// An exchange of which only the beginning is told yet.
    pub(crate) fn opened(&self, path: &str) -> Exchange {
        let opening = Opening {
            lease: "lease",
            target: "t",
            method: "GET",
            path,
            version: "HTTP/1.1",
            fields: [],
        };
        self.recorder.begin(opening).unwrap()
    }

    pub(crate) fn end(mut self) -> (Arc<dyn Disk>, Vec<SegmentRecord>) {
        self.running.take().unwrap().stop();
        let records = records(&*self.disk).unwrap();
        for told in self.closed.lock().unwrap().iter() {
            assert!(records.contains(told));
        }
        (Arc::clone(&self.disk), records)
    }
}

pub(crate) fn read(disk: &Arc<dyn Disk>) -> (Vec<Recorded>, Vec<Gap>) {
    let mut archive = Archive::new(Arc::clone(disk), secret());
    let mut collector = Collector::new(1000);
    let mut exchanges = Vec::new();
    for record in records(&**disk).unwrap() {
        archive
            .entries(record.sequence, |session, entry| {
                exchanges.extend(collector.take(session, entry))
            })
            .unwrap();
    }
    let gaps = collector.gaps.clone();
    exchanges.extend(collector.rest());
    (exchanges, gaps)
}

pub(crate) fn body(disk: &Arc<dyn Disk>, part: &Part) -> Vec<u8> {
    let mut bytes = Vec::new();
    Archive::new(Arc::clone(disk), secret()).copy(part, &mut bytes).unwrap();
    bytes
}

pub(crate) fn chance(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    blake3::Hasher::new().finalize_xof().fill(&mut bytes);
    bytes
}

pub(crate) fn folder() -> (TempDir, Arc<dyn Disk>) {
    let place = tempfile::tempdir().unwrap();
    let disk = Arc::new(Folder::new(place.path()).unwrap());
    (place, disk)
}

pub(crate) fn size(disk: &Arc<dyn Disk>) -> u64 {
    disk.list().unwrap().iter().map(|(_, size)| size).sum()
}

#[test]
fn whole_exchanges_come_back_and_the_file_shows_nothing() {
    let (place, disk) = folder();
    let story = Story::begin(disk, Limits::default());
    let answer = chance(100_000);
    let id = story.exchange("/etat-civil?acte=1", b"a secret word", &answer).unwrap();
    let (disk, records) = story.end();
    assert_eq!(records.len(), 1);
    let counts = records[0].counts.unwrap();
    assert_eq!((counts.exchanges, counts.bytes), (1, 100_013));
    let file = std::fs::read(place.path().join(records[0].name())).unwrap();
    assert_eq!(file.len() as u64, records[0].size);
    assert_eq!(blake3::hash(&file).as_bytes(), &records[0].digest);
    for word in ["etat-civil", "secret", "lease", "mairie"] {
        assert!(!file.windows(word.len()).any(|window| window == word.as_bytes()));
    }
    let (exchanges, gaps) = read(&disk);
    let [exchange] = exchanges.as_slice() else {
        panic!("one exchange: {exchanges:?}")
    };
    assert!(gaps.is_empty());
    assert_eq!(
        (exchange.id, exchange.lease.as_str(), exchange.target.as_str()),
        (id, "lease", "print")
    );
    assert_eq!(
        exchange.request.fields,
        [("host".to_owned(), b"commune.example".to_vec())]
    );
    assert_eq!(body(&disk, &exchange.request_body), b"a secret word");
    assert_eq!(body(&disk, &exchange.response_body), answer);
    assert_eq!(exchange.responses[0].1.start, Start::Status(200));
    assert_eq!(exchange.end.unwrap().1, Outcome::Complete);
    assert_eq!(verify(&*disk, &records).unwrap(), []);
}

#[test]
fn equal_bodies_are_stored_once_across_segments() {
    let (_place, disk) = folder();
    let limits = Limits {
        segment_bytes: 150_000,
        ..Limits::default()
    };
    let story = Story::begin(disk, limits);
    let answer = chance(200_000);
    for number in 0..50 {
        story.exchange(&format!("/{number}"), b"", &answer).unwrap();
        std::thread::sleep(Duration::from_millis(5));
    }
    let (disk, records) = story.end();
    assert!(size(&disk) < 230_000, "{}", size(&disk));
    assert!(records.len() > 1);
    assert_eq!(verify(&*disk, &records).unwrap(), []);
    let (exchanges, _) = read(&disk);
    assert_eq!(exchanges.len(), 50);
    assert!(
        exchanges
            .iter()
            .all(|exchange| body(&disk, &exchange.response_body) == answer)
    );
}

#[test]
fn a_body_beyond_the_limit_is_cut_and_the_cut_is_marked() {
    let (_place, disk) = folder();
    let limits = Limits {
        body: 25_000,
        ..Limits::default()
    };
    let story = Story::begin(disk, limits);
    let answer = chance(60_000);
    story.exchange("/", b"whole", &answer).unwrap();
    let (disk, _) = story.end();
    let (exchanges, _) = read(&disk);
    assert!(!exchanges[0].request_body.cut && exchanges[0].response_body.cut);
    assert_eq!(exchanges[0].response_body.length, Some(60_000));
    assert_eq!(body(&disk, &exchanges[0].response_body), answer[..25_000]);
}

#[test]
fn messages_come_back_in_their_order() {
    let (_place, disk) = folder();
    let story = Story::begin(disk, Limits::default());
    let exchange = story
        .recorder
        .begin(Opening {
            lease: "l",
            target: "t",
            method: "GET",
            path: "/socket",
            version: "HTTP/1.1",
            fields: [],
        })
        .unwrap();
    exchange.response(101, "HTTP/1.1", []).unwrap();
    for (side, text) in [(Side::Client, "bonjour"), (Side::Target, "au revoir")] {
        exchange.bytes(side, &Bytes::from(text)).unwrap();
        exchange.message_end(side, 1).unwrap();
    }
    drop(exchange);
    let (disk, records) = story.end();
    assert_eq!(records[0].counts.unwrap().messages, 2);
    let (exchanges, _) = read(&disk);
    let messages: Vec<_> = exchanges[0]
        .messages
        .iter()
        .map(|message| (message.side, body(&disk, &message.part)))
        .collect();
    assert_eq!(
        messages,
        [
            (Side::Client, b"bonjour".to_vec()),
            (Side::Target, b"au revoir".to_vec())
        ]
    );
    assert_eq!(exchanges[0].end.unwrap().1, Outcome::ClientGone);
}

#[test]
fn another_campaign_cannot_read_and_another_file_is_found() {
    let (place, disk) = folder();
    let limits = Limits {
        segment_bytes: 30_000,
        ..Limits::default()
    };
    let story = Story::begin(disk, limits);
    for seed in 0..6u8 {
        let answer: Vec<u8> = chance(40_000).iter().map(|byte| byte ^ seed).collect();
        story.exchange("/", b"", &answer).unwrap();
        std::thread::sleep(Duration::from_millis(150));
    }
    let (disk, records) = story.end();
    assert!(records.len() >= 3, "{}", records.len());
    let other = sealing::DataKey::from_random(Uuid::from_u128(7), [8; 32]).recording_secret();
    let refused = SegmentReader::open(disk.open(&records[0].name()).unwrap(), &other);
    assert!(matches!(refused, Err(ReadError::Refused)));
    let path = place.path().join(records[1].name());
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(verify(&*disk, &records).unwrap(), [Finding::Altered(1)]);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(verify(&*disk, &records).unwrap(), [Finding::Missing(1)]);
    let without = [&records[..1], &records[2..]].concat();
    assert_eq!(verify(&*disk, &without).unwrap(), [Finding::Broken(2)]);
}

/// One segment with a bit of everything.
fn sample() -> (Vec<u8>, Vec<Recorded>) {
    let (place, disk) = folder();
    let story = Story::begin(disk, Limits::default());
    for number in 0..5 {
        story
            .exchange(&format!("/{number}"), b"question", &chance(3000 * number))
            .unwrap();
        std::thread::sleep(Duration::from_millis(130));
    }
    let (disk, records) = story.end();
    (
        std::fs::read(place.path().join(records[0].name())).unwrap(),
        read(&disk).0,
    )
}

/// Reads everything of a file that is not trusted; gives what came back whole.
fn read_hostile(file: Vec<u8>) -> Vec<Recorded> {
    let Ok(mut reader) = SegmentReader::open(Box::new(io::Cursor::new(file)), &secret()) else {
        return Vec::new();
    };
    let mut collector = Collector::new(100);
    let mut exchanges = Vec::new();
    for block in 0..reader.blocks() {
        for entry in reader.entries(block).unwrap_or_default() {
            exchanges.extend(collector.take(1, entry));
        }
    }
    for block in 0..40 {
        let _ = reader.contents(block);
    }
    exchanges
}

#[test]
fn a_segment_cut_anywhere_gives_what_came_before() {
    let (file, whole) = sample();
    assert_eq!(whole.len(), 5);
    let mut most = 0;
    for length in (0..file.len()).step_by(7) {
        let read = read_hostile(file[..length].to_vec());
        assert!(read.len() >= most, "longer files tell no less");
        most = read.len();
        let begun = read.iter().map(|exchange| &exchange.request).collect::<Vec<_>>();
        assert_eq!(
            begun,
            whole
                .iter()
                .take(read.len())
                .map(|exchange| &exchange.request)
                .collect::<Vec<_>>()
        );
    }
    assert_eq!(most, 5);
}

#[test]
fn a_mutated_segment_never_panics_and_tells_nothing_else() {
    let (file, whole) = sample();
    let known: Vec<_> = whole.iter().map(|exchange| &exchange.request).collect();
    let file = &file;
    proptest!(ProptestConfig::with_cases(400), |(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(), twice: bool, shorten: bool,
    )| {
        let mut mutated = file.clone();
        for (at, byte) in changes {
            let at = at.index(mutated.len());
            mutated[at] = byte;
        }
        if twice {
            let part = mutated[cut.index(file.len())..].to_vec();
            mutated.extend(part);
        }
        if shorten {
            mutated.truncate(cut.index(file.len()));
        }
        for exchange in read_hostile(mutated) {
            prop_assert!(known.contains(&&exchange.request));
        }
    });
}

#[test]
fn what_is_told_is_durable_within_a_second() {
    let (_place, disk) = folder();
    let faulty = failure::Faulty::around(disk);
    let story = Story::begin(Arc::clone(&faulty) as Arc<dyn Disk>, Limits::default());
    let before = faulty.synced.load(Ordering::SeqCst);
    story.exchange("/", b"word", &chance(50_000)).unwrap();
    let start = Instant::now();
    while faulty.synced.load(Ordering::SeqCst) < before + 50_000 {
        assert!(start.elapsed() < Duration::from_secs(1), "not durable in time");
        std::thread::sleep(Duration::from_millis(5));
    }
    story.end();
}
