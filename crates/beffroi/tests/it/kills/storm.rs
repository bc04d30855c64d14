//! The crowd of those who come at once, and the one who kills.

use super::book::Book;
use super::node::Node;
use sealing::LogVerifier;
use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};
use testkit::browse::Visitor;
use testkit::busy::{Busy, Login};
use testkit::{SeededChance, TestApp};
use use_cases::ports::Chance;

/// Those who act at once.
const CROWD: usize = 12;
/// Candidacies and reports, each, that wait for their last button before all press it at once.
const READY: usize = 5;

/// Something that somebody comes to do.
#[derive(Clone, Debug)]
pub enum Task {
    Fill(Login),
    Deposit(Login, String),
    Write(Login, usize),
    Submit(Login, Draft),
    Withdraw(Login, String),
    Confirm(Login, String),
}

/// A report that was written and not yet handed in.
#[derive(Clone, Debug)]
pub struct Draft {
    pub page: String,
    pub title: String,
    pub file: Vec<u8>,
}

/// What those who act share.
pub struct Crowd<'a> {
    pub busy: &'a Busy,
    pub verifier: &'a LogVerifier,
    addresses: Vec<SocketAddr>,
    turn: AtomicUsize,
    open: AtomicBool,
    working: AtomicUsize,
    tasks: Mutex<VecDeque<Task>>,
    /// Candidacies and reports that only wait for their last button.
    ready: Mutex<Vec<Task>>,
    book: &'a Mutex<Book>,
    visitors: &'a Mutex<BTreeMap<String, Visitor>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Crowd<'_> {
    pub fn book(&self) -> MutexGuard<'_, Book> {
        held(self.book)
    }

    pub fn visitors(&self) -> MutexGuard<'_, BTreeMap<String, Visitor>> {
        held(self.visitors)
    }

    pub fn any_node(&self) -> SocketAddr {
        self.addresses[self.turn.fetch_add(1, Ordering::SeqCst) % self.addresses.len()]
    }

    pub fn ready(&self, task: Task) {
        held(&self.ready).push(task);
    }

    pub fn add(&self, tasks: impl Iterator<Item = Task>) {
        held(&self.tasks).extend(tasks);
    }

    fn work(&self) {
        while self.open.load(Ordering::SeqCst) {
            self.working.fetch_add(1, Ordering::SeqCst);
            let task = held(&self.tasks).pop_front();
            let idle = task.is_none();
            if let Some(task) = task {
                self.perform(task);
            }
            self.working.fetch_sub(1, Ordering::SeqCst);
            if idle {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }

    /// Waits until enough is ready, or nobody has anything left to make ready.
    fn gather(&self, enough: usize) {
        let until = Instant::now() + Duration::from_secs(120);
        let idle = || held(&self.tasks).is_empty() && self.working.load(Ordering::SeqCst) == 0;
        while held(&self.ready).len() < enough && !idle() {
            self.assert_nothing_wrong();
            assert!(Instant::now() < until, "nothing gets ready: {:?}", held(&self.tasks));
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn assert_nothing_wrong(&self) {
        let wrong = self.book().wrong.clone();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    /// Waits until nobody has anything left to do.
    fn drain(&self) {
        let until = Instant::now() + Duration::from_secs(300);
        loop {
            held(&self.tasks).extend(held(&self.ready).drain(..));
            if held(&self.tasks).is_empty() && self.working.load(Ordering::SeqCst) == 0 && held(&self.ready).is_empty()
            {
                return;
            }
            self.assert_nothing_wrong();
            assert!(Instant::now() < until, "somebody never ends: {:?}", held(&self.tasks));
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The servers, the crowd's book, and the chance that says when to kill.
pub struct Storm {
    pub(super) nodes: Vec<Node>,
    pub(super) verifier: LogVerifier,
    busy: Busy,
    book: Mutex<Book>,
    /// Those who have signed in.
    pub(super) visitors: Mutex<BTreeMap<String, Visitor>>,
    chance: SeededChance,
    pub(super) kills: u64,
    began: Instant,
    coming: VecDeque<Login>,
    reports: usize,
}

impl Storm {
    pub fn new(app: &TestApp, busy: Busy, nodes: Vec<Node>, book: Book, seed: u64, began: Instant) -> Self {
        Self {
            nodes,
            verifier: app.signer.verifier(),
            coming: busy.communes.iter().cloned().collect(),
            busy,
            book: Mutex::new(book),
            visitors: Mutex::default(),
            chance: SeededChance::new(seed),
            kills: 0,
            began,
            reports: 0,
        }
    }

    pub fn busy(&self) -> &Busy {
        &self.busy
    }

    pub fn book(&self) -> MutexGuard<'_, Book> {
        held(&self.book)
    }

    pub(super) fn below(&self, end: u64) -> u64 {
        let mut bytes = [0; 8];
        self.chance.fill(&mut bytes);
        u64::from_le_bytes(bytes) % end
    }

    /// Lets the crowd come while servers are killed, then until it has done all it came for.
    pub fn rage(&mut self, kills: u64) {
        let (mut coming, mut reports) = (std::mem::take(&mut self.coming), self.reports);
        self.with_crowd(kills, &mut |crowd, busy, last| {
            if last {
                return 0;
            }
            for _ in 0..READY {
                let login = coming.pop_front().expect("communes enough for the kills");
                let student = busy.students[reports % busy.students.len()].clone();
                crowd.add([Task::Fill(login), Task::Write(student, reports)].into_iter());
                reports += 1;
            }
            READY * 2
        });
        self.coming = coming;
        self.reports = reports;
    }

    /// Runs the crowd with `feed` before each kill, which gives how much has to be ready for it, and
    /// checks the public list after it.
    pub(super) fn with_crowd(&mut self, kills: u64, feed: &mut dyn FnMut(&Crowd<'_>, &Busy, bool) -> usize) {
        for node in &mut self.nodes {
            node.start();
            node.wait();
        }
        let (busy, verifier) = (self.busy.clone(), self.verifier.clone());
        let book = std::mem::take(&mut *held(&self.book));
        let (book, visitors) = (Mutex::new(book), std::mem::take(&mut self.visitors));
        let crowd = Crowd {
            busy: &busy,
            verifier: &verifier,
            addresses: self.nodes.iter().map(|node| node.address).collect(),
            turn: AtomicUsize::new(0),
            open: AtomicBool::new(true),
            working: AtomicUsize::new(0),
            tasks: Mutex::default(),
            ready: Mutex::default(),
            book: &book,
            visitors: &visitors,
        };
        std::thread::scope(|scope| {
            // However this ends, the crowd goes home.
            let _close = Close(&crowd.open);
            for _ in 0..CROWD {
                scope.spawn(|| crowd.work());
            }
            for kill in 1..=kills {
                let enough = feed(&crowd, &busy, false);
                crowd.gather(enough);
                // All that are ready press their button in the same instant.
                crowd.add(std::mem::take(&mut *held(&crowd.ready)).into_iter());
                self.linger(&crowd);
                self.kill_one();
                self.check_list(crowd.book);
                self.say(kill, kills, &crowd.book());
            }
            feed(&crowd, &busy, true);
            crowd.drain();
            self.check_list(crowd.book);
        });
        self.book = book;
        self.visitors = visitors;
    }

    /// Lets the servers serve for a random while; half of the time from the first answer on.
    fn linger(&self, crowd: &Crowd<'_>) {
        if self.below(2) == 0 {
            std::thread::sleep(Duration::from_millis(self.below(400)));
            return;
        }
        let answered = || {
            let book = crowd.book();
            book.deposits.len() + book.reports.len() + book.withdrawn.len()
        };
        let (before, until) = (answered(), Instant::now() + Duration::from_secs(3));
        while answered() == before && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(self.below(80)));
    }

    /// Kills a server and starts it again.
    fn kill_one(&mut self) {
        let victim = usize::try_from(self.below(1 << 32)).unwrap() % self.nodes.len();
        self.kills += 1;
        self.nodes[victim].kill();
        if self.below(5) == 0 {
            // Also in the middle of a start.
            self.nodes[victim].start();
            std::thread::sleep(Duration::from_millis(self.below(400)));
            self.nodes[victim].kill();
            self.kills += 1;
        }
        self.verify_log(&self.nodes[victim]);
        self.nodes[victim].start();
        self.nodes[victim].wait();
    }

    /// Kills every server.
    pub fn stop(&mut self) {
        self.nodes.iter_mut().for_each(Node::kill);
    }

    fn say(&self, kill: u64, kills: u64, book: &Book) {
        println!(
            "{:6.1} s  kill {kill} of {kills}: {} candidacies and {} reports acknowledged",
            self.began.elapsed().as_secs_f64(),
            book.deposits.len(),
            book.reports.len()
        );
    }

    /// Says what was seen, in one line.
    pub fn figures(&self) -> String {
        let book = self.book();
        let engine = if self.nodes.len() == 1 {
            "SQLite, 1 server"
        } else {
            "PostgreSQL, 2 servers"
        };
        format!(
            "{engine}: {} kills, {} candidacies and {} reports acknowledged, all there; without an answer {} were kept and {} not; \
             {} requests cut, {} told to come again; {} withdrawn; {:.0} s",
            self.kills,
            book.deposits.len(),
            book.reports.len(),
            book.kept_unanswered,
            book.lost_unanswered,
            book.cut,
            book.busy,
            book.withdrawn.len(),
            self.began.elapsed().as_secs_f64()
        )
    }
}

struct Close<'a>(&'a AtomicBool);

impl Drop for Close<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}
