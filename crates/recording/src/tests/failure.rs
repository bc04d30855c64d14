//! A disk that fails, and one that is full.

use std::task::{Context, Poll, Waker};

use super::*;

/// A disk that can be told to fail and counts what is durable.
pub(super) struct Faulty {
    inner: Arc<dyn Disk>,
    broken: Arc<AtomicBool>,
    slow: Arc<AtomicBool>,
    pub(super) synced: Arc<AtomicU64>,
}

struct FaultyFile {
    inner: Arc<dyn SegmentFile>,
    broken: Arc<AtomicBool>,
    slow: Arc<AtomicBool>,
    synced: Arc<AtomicU64>,
    written: AtomicU64,
}

impl Faulty {
    pub(super) fn around(inner: Arc<dyn Disk>) -> Arc<Self> {
        Arc::new(Self {
            inner,
            broken: Arc::default(),
            slow: Arc::default(),
            synced: Arc::default(),
        })
    }

    fn check(&self) -> io::Result<()> {
        if self.broken.load(Ordering::SeqCst) {
            Err(io::Error::other("broken"))
        } else {
            Ok(())
        }
    }
}

impl Disk for Faulty {
    fn create(&self, name: &str) -> io::Result<Arc<dyn SegmentFile>> {
        self.check()?;
        Ok(Arc::new(FaultyFile {
            inner: self.inner.create(name)?,
            broken: Arc::clone(&self.broken),
            slow: Arc::clone(&self.slow),
            synced: Arc::clone(&self.synced),
            written: AtomicU64::new(0),
        }))
    }
    fn open(&self, name: &str) -> io::Result<Box<dyn Source>> {
        self.inner.open(name)
    }
    fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.check()?;
        self.inner.keep(name, bytes)
    }
    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.inner.rename(from, to)
    }
    fn remove(&self, name: &str) -> io::Result<()> {
        self.inner.remove(name)
    }
    fn list(&self) -> io::Result<Vec<(String, u64)>> {
        self.inner.list()
    }
    fn free(&self) -> io::Result<u64> {
        self.inner.free()
    }
}

impl SegmentFile for FaultyFile {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        if self.broken.load(Ordering::SeqCst) {
            // Half of it is written, as when a disk gets full.
            self.inner.append(&bytes[..bytes.len() / 2])?;
            return Err(io::Error::other("broken"));
        }
        self.inner.append(bytes)?;
        self.written.fetch_add(bytes.len() as u64, Ordering::SeqCst);
        Ok(())
    }
    fn sync(&self) -> io::Result<()> {
        while self.slow.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(5));
        }
        let written = self.written.load(Ordering::SeqCst);
        self.inner.sync()?;
        self.synced.fetch_max(written, Ordering::SeqCst);
        Ok(())
    }
}

fn quick() -> Limits {
    Limits {
        retry: Duration::from_millis(20),
        waiting: 1 << 20,
        ..Limits::default()
    }
}

fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(5), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_failing_disk_closes_and_opens_again_by_itself_with_a_gap() {
    let (_place, disk) = folder();
    let faulty = Faulty::around(disk);
    let story = Story::begin(Arc::clone(&faulty) as Arc<dyn Disk>, quick());
    story.exchange("/before", b"", &chance(5000)).unwrap();
    wait_for("the first is durable", || faulty.synced.load(Ordering::SeqCst) > 5000);
    let opening = |path| Opening {
        lease: "l",
        target: "t",
        method: "GET",
        path,
        version: "HTTP/1.1",
        fields: [],
    };
    let open = story.recorder.begin(opening("/open")).unwrap();
    faulty.broken.store(true, Ordering::SeqCst);
    wait_for("it closes", || story.recorder.check() == Err(Closed::Failed));
    assert_eq!(story.exchange("/during", b"", b"").unwrap_err(), Closed::Failed);
    faulty.broken.store(false, Ordering::SeqCst);
    wait_for("it opens", || story.recorder.check().is_ok());
    assert_eq!(open.body_end(Side::Client, true), Err(Closed::Interrupted));
    // What was stored in the segment that failed is stored anew, not referred to.
    story.exchange("/after", b"", &chance(5000)).unwrap();
    let (disk, records) = story.end();
    assert_eq!(records.len(), 2);
    assert!(records[0].is_torn() && !records[1].is_torn());
    assert_eq!(verify(&*disk, &records).unwrap(), [Finding::Torn(0)]);
    let (exchanges, gaps) = read(&disk);
    assert_eq!(exchanges.len(), 2, "{exchanges:?}");
    assert!(
        exchanges
            .iter()
            .all(|exchange| body(&disk, &exchange.response_body) == chance(5000))
    );
    assert_eq!(gaps.len(), 1);
    assert_eq!(gaps[0].reason, GapReason::WriteFailure);
    assert!(gaps[0].since.unwrap() < gaps[0].until);
}

#[test]
fn a_full_folder_closes_and_more_room_opens() {
    let (place, disk) = folder();
    let limits = Limits {
        room: 3 << 20,
        segment_bytes: 1 << 20,
        ..quick()
    };
    let story = Story::begin(disk, limits);
    let mut seed = 0u8;
    wait_for("it gets full", || {
        seed = seed.wrapping_add(1);
        let answer: Vec<u8> = chance(200_000).iter().map(|byte| byte ^ seed).collect();
        let full = story.exchange("/", b"", &answer) == Err(Closed::Full);
        std::thread::sleep(Duration::from_millis(10));
        full
    });
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(story.recorder.check(), Err(Closed::Full));
    assert!(size(&story.disk) < 4 << 20);
    let gone =
        ["0000000000000000.seg", "0000000000000001.seg"].map(|name| std::fs::remove_file(place.path().join(name)));
    assert!(gone.iter().any(Result::is_ok), "{:?}", story.disk.list());
    wait_for("it opens", || story.recorder.check().is_ok());
    story.exchange("/after", b"", b"").unwrap();
    story.closed.lock().unwrap().clear();
    let (disk, records) = story.end();
    let after = records.last().unwrap().sequence;
    let mut gap = None;
    Archive::new(disk, secret())
        .entries(after, |_, entry| {
            if let Entry::Gap { reason, .. } = entry {
                gap = Some(reason)
            }
        })
        .unwrap();
    assert_eq!(gap, Some(GapReason::Full));
}

#[test]
fn whoever_records_waits_for_a_slow_disk() {
    let (_place, disk) = folder();
    let faulty = Faulty::around(disk);
    let story = Story::begin(Arc::clone(&faulty) as Arc<dyn Disk>, quick());
    faulty.slow.store(true, Ordering::SeqCst);
    let exchange = story
        .recorder
        .begin(Opening {
            lease: "l",
            target: "t",
            method: "GET",
            path: "/",
            version: "HTTP/1.1",
            fields: [],
        })
        .unwrap();
    let mut context = Context::from_waker(Waker::noop());
    let mut told = 0u64;
    wait_for("there is no more room", || {
        while exchange.poll_room(&mut context).is_ready() {
            exchange.bytes(Side::Target, &Bytes::from(chance(100_000))).unwrap();
            told += 100_000;
            if told > 1 << 30 {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(100));
        exchange.poll_room(&mut context).is_pending()
    });
    faulty.slow.store(false, Ordering::SeqCst);
    wait_for("there is room again", || {
        exchange.poll_room(&mut context) == Poll::Ready(Ok(()))
    });
    exchange.body_end(Side::Target, true).unwrap();
    drop(exchange);
    let (disk, _) = story.end();
    let (exchanges, _) = read(&disk);
    assert_eq!(exchanges[0].response_body.length, Some(told));
    assert_eq!(body(&disk, &exchanges[0].response_body).len() as u64, told);
}
