//! Everything that reads recorded data, fed with what no honest recorder writes: nothing panics, and what it
//! costs stays bounded.
//!
//! The blocks are sealed by the real keys, so that readers get beyond the seals: this is a gateway
//! that was taken over. The tests hold a short form; the long one goes on for a while and looks at memory:
//!
//! ```sh
//! BEFFROI_FUZZ_SECONDS=600 cargo test -p beffroi-recording fuzz -- --ignored --nocapture
//! ```

use std::collections::HashMap;
use std::io::{self, Cursor};
use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use sealing::recording::SegmentKey;
use zeroize::Zeroizing;

use crate::block::{FRAME_HEAD, FrameHead, Kind, Packer};
use crate::disk::{SegmentFile, Source};
use crate::entry::Entries;
use crate::entry::tests::{any_entry, write};
use crate::tests::secret;
use crate::*;

/// Segments in memory, which are only read.
struct Memory(HashMap<String, Vec<u8>>);

impl Disk for Memory {
    fn create(&self, _name: &str) -> io::Result<Arc<dyn SegmentFile>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Source>> {
        let file = self.0.get(name).cloned().ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Cursor::new(file)))
    }

    fn keep(&self, _name: &str, _bytes: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn rename(&self, _from: &str, _to: &str) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn remove(&self, _name: &str) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn list(&self) -> io::Result<Vec<(String, u64)>> {
        Ok(self
            .0
            .iter()
            .map(|(name, file)| (name.clone(), file.len() as u64))
            .collect())
    }

    fn free(&self) -> io::Result<u64> {
        Ok(0)
    }
}

/// What one frame holds, before it is sealed.
#[derive(Debug, Clone)]
enum Frame {
    Entries(Vec<Entry>),
    Bytes(Kind, Vec<u8>),
}

/// Entries of few exchanges, whose bytes stand in few places, so that they have to do with each other.
fn near(mut entry: Entry) -> Entry {
    match &mut entry {
        Entry::Begin { exchange, .. }
        | Entry::Response { exchange, .. }
        | Entry::BodyEnd { exchange, .. }
        | Entry::Message { exchange, .. }
        | Entry::End { exchange, .. } => *exchange %= 4,
        Entry::Part { exchange, contents, .. } => {
            *exchange %= 4;
            for content in contents {
                if let Content::Stored(location) = content {
                    location.segment %= 4;
                    location.block %= 3;
                    location.offset %= 300;
                    location.length %= 300;
                }
            }
        }
        Entry::Gap { .. } => {}
    }
    entry
}

fn any_frame() -> impl Strategy<Value = Frame> {
    // Contents that are there to be named, as often as not.
    let contents = prop::collection::vec(any::<u8>(), 250..500).prop_map(|bytes| Frame::Bytes(Kind::Contents, bytes));
    let kind = prop::sample::select(vec![Kind::Contents, Kind::Entries, Kind::Closing]);
    prop_oneof![
        4 => prop::collection::vec(any_entry().prop_map(near), 0..12).prop_map(Frame::Entries),
        3 => contents,
        1 => (kind, prop::collection::vec(any::<u8>(), 0..200)).prop_map(|(kind, bytes)| Frame::Bytes(kind, bytes)),
    ]
}

/// A segment of such frames, sealed as a recorder would.
fn sealed(sequence: u64, frames: &[Frame]) -> Vec<u8> {
    let key = SegmentKey::from_random(Zeroizing::new([5; 32]));
    let head = SegmentHead {
        data_key: secret().public().data_key(),
        sequence,
        session: 1,
        opened: 0,
        previous: [0; 32],
    };
    let mut file = head
        .seal(&secret().public(), &key, Zeroizing::new([6; 32]))
        .unwrap()
        .to_vec();
    let mut packer = Packer::new().unwrap();
    for (number, frame) in (0..).zip(frames) {
        let (kind, block) = match frame {
            Frame::Bytes(kind, bytes) => (*kind, bytes.clone()),
            Frame::Entries(entries) => {
                let mut block = Vec::new();
                for entry in entries {
                    write(
                        entry,
                        &mut entry::Writer {
                            out: &mut block,
                            opened: 0,
                        },
                    );
                }
                (Kind::Entries, block)
            }
        };
        file.extend_from_slice(packer.pack(&key, number, kind, 0, &block));
    }
    file
}

/// Lets everything that reads segments read these; says how many exchanges were found in them.
fn read_everything(segments: &[Vec<Frame>]) -> usize {
    let files: HashMap<String, Vec<u8>> = (0..)
        .zip(segments)
        .map(|(sequence, frames)| (disk::closed_name(sequence), sealed(sequence, frames)))
        .collect();
    let disk: Arc<dyn Disk> = Arc::new(Memory(files));
    let records = records(&*disk).unwrap();
    assert_eq!(records.len(), segments.len());
    let mut archive = Archive::new(Arc::clone(&disk), secret());
    let mut covering = Covering::default();
    for record in &records {
        // What does not read is an error, and no more.
        let name = |method: &str, path: &str| format!("{method} {path}");
        let _ = archive.cover(record.sequence, &mut covering, name, &mut |_| {});
    }
    assert!(Covering::resume(&covering.carried()).is_some());
    let mut exchanges = 0;
    for text in [None, Some("a".to_owned())] {
        let filter = Filter {
            text,
            ..Filter::of(Leases::All)
        };
        for order in [Order::Newest, Order::Oldest] {
            if let Ok(page) = find(&mut archive, &records, &filter, order, None, Effort::page(5)) {
                assert!(page.found.len() <= 5);
                exchanges += page.found.len();
                page.found
                    .iter()
                    .for_each(|found| carry_out(&mut archive, &records, found));
            }
        }
    }
    exchanges
}

/// Takes an exchange out in every way.
fn carry_out(archive: &mut Archive, records: &[SegmentRecord], found: &Found) {
    let _ = exchange(archive, records, found.id);
    let Ok(Some(whole)) = exchange_at(archive, records, found.place) else {
        return;
    };
    let _ = redacted_exchange(&whole, archive);
    let provenance = export::Provenance {
        program: "a".into(),
        version: "b".into(),
        notice: "c".into(),
        scheme: "http".into(),
    };
    let mut har = export::har::HarWriter::new(Vec::new(), &provenance).unwrap();
    if har.exchange(&whole, archive).is_ok() {
        let file = har.finish().unwrap();
        assert!(serde_json::from_slice::<serde_json::Value>(&file).is_ok());
    }
    let mut warc = export::warc::WarcWriter::new(io::sink(), &provenance, "a", 0).unwrap();
    let _ = warc.exchange(&whole, archive);
    let about = bundle::About {
        made: 0,
        creator: String::new(),
        campaign: String::new(),
        subject: String::new(),
        redacted: false,
    };
    let limits = bundle::BundleLimits {
        exchanges: 1,
        bytes: 1 << 20,
    };
    let mut writer = bundle::BundleWriter::new(Vec::new(), about, limits);
    if writer.exchange(found.place, &whole, archive).is_ok()
        && let Ok(manifested) = writer.manifest(records)
    {
        let file = manifested.finish().unwrap();
        // What is written reads, or is refused for what it says of its segments.
        let _ = bundle::read(file.as_slice(), limits);
    }
}

/// Lets everything that reads bytes read these.
fn read_bytes(bytes: &[u8], text: &str) {
    let _ = SegmentHead::parse(bytes);
    if let Some(head) = bytes.first_chunk::<FRAME_HEAD>() {
        let _ = FrameHead::parse(head);
    }
    let entries = Entries::new(bytes, 0).take_while(Result::is_ok).count();
    assert!(entries <= bytes.len());
    let _ = SegmentReader::open(Box::new(Cursor::new(bytes.to_vec())), &secret());
    assert!(bundle::read(bytes, bundle::BundleLimits::default()).is_err());
    assert!(SegmentRecord::parse(text).is_none());
    let _ = Place::parse(text);
    for encoding in [Encoding::Gzip, Encoding::Deflate, Encoding::Zstd] {
        assert!(decoded(encoding, bytes, 1000).bytes.len() <= 1000);
    }
    for kind in [
        "application/json",
        "text/html",
        "multipart/form-data; boundary=a",
        "application/x-www-form-urlencoded",
    ] {
        let head = Head {
            fields: vec![
                ("content-type".into(), kind.into()),
                ("location".into(), bytes.to_vec()),
                ("cookie".into(), text.into()),
            ],
            ..Head::default()
        };
        redacted(&head);
        redacted_body(&head, bytes);
        redacted_body(&head, text.as_bytes());
        redacted_as(&head, Redaction::Personal);
        redacted_body_as(&head, bytes, Redaction::Personal);
        redacted_body_as(&head, text.as_bytes(), Redaction::Personal);
    }
}

fn any_segments() -> impl Strategy<Value = Vec<Vec<Frame>>> {
    prop::collection::vec(prop::collection::vec(any_frame(), 0..6), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn segments_that_no_honest_recorder_writes(segments in any_segments()) {
        read_everything(&segments);
    }

    #[test]
    fn bytes_that_nobody_wrote(bytes: Vec<u8>, text: String) {
        read_bytes(&bytes, &text);
    }
}

/// The most memory this process took so far, in KiB.
pub(crate) fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

#[test]
#[ignore = "the long form: BEFFROI_FUZZ_SECONDS=600 cargo test -p beffroi-recording fuzz -- --ignored --nocapture"]
fn for_a_long_time() {
    let seconds = option_env!("BEFFROI_FUZZ_SECONDS")
        .and_then(|text| text.parse().ok())
        .unwrap_or(60);
    let (begin, mut turns) = (Instant::now(), 0u64);
    let exchanges = std::cell::Cell::new(0);
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(200)
    };
    while begin.elapsed() < Duration::from_secs(seconds) {
        // A runner that is done runs nothing more.
        let segments = TestRunner::new(config.clone()).run(&any_segments(), |segments| {
            exchanges.set(exchanges.get() + read_everything(&segments));
            Ok(())
        });
        segments.unwrap();
        let bytes = TestRunner::new(config.clone()).run(&(any::<Vec<u8>>(), any::<String>()), |(bytes, text)| {
            read_bytes(&bytes, &text);
            Ok(())
        });
        bytes.unwrap();
        turns += 400;
    }
    let (took, exchanges) = (begin.elapsed(), exchanges.get());
    println!(
        "{turns} inputs, {exchanges} exchanges found in them, {took:?}, at most {} MiB",
        peak() / 1024
    );
    assert!(exchanges > 0);
    assert!(peak() < 512 * 1024, "{} KiB", peak());
}
