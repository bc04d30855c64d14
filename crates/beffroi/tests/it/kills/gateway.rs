//! The gateway and its server killed while hunters test: what was answered a second before is recorded and can be found,
//! and what is hosted goes on.
//!
//! Both are processes of their own, on the instance of a demonstration that hosts a target. SIGKILL comes to the gateway,
//! to the server, and to both, in turn.

use crate::demo::start;
use crate::hunt::{campaign, one_runs, symlinked_engine};
use crate::{beffroi, namespace};
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use testkit::browse::{Reply, Visitor};

/// Connections by which the hunter asks at once.
const AT_ONCE: usize = 4;
/// Answers that come between two kills, at least.
const ANSWERS: usize = 100;
/// What a kill may take: it is written within a second of the answer.
const WINDOW: Duration = Duration::from_secs(1);
/// Exchanges before each kill that are looked for: the last ones that must be there.
const LOOKED_FOR: usize = 10;
/// How long a start, or what is told afterwards, may take.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn what_hunters_did_is_recorded_although_gateway_and_server_are_killed() {
    let Some(folder) = namespace::folder() else {
        let name = "kills::gateway::what_hunters_did_is_recorded_although_gateway_and_server_are_killed";
        return namespace::outside(name, |_| ());
    };
    let engine = namespace::start_engine(&folder);
    symlinked_engine(&folder);
    let done = catch_unwind(AssertUnwindSafe(|| outlive(&folder)));
    namespace::end_engine(&folder, engine, done);
}

/// The way of a hunter to the target.
struct Access {
    gateway: SocketAddr,
    host: String,
    credential: String,
}

/// One answer that came whole.
#[derive(Clone, Copy)]
struct Answered {
    number: u64,
    at: Instant,
}

/// The two processes, on the folder of the demonstration.
struct Pair {
    home: PathBuf,
    site: SocketAddr,
    server: Option<Child>,
    gateway: Option<Child>,
}

impl Pair {
    fn spawn(&self, what: &[&str]) -> Child {
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.home.join("killed.log"));
        let at = |more: u16| format!("127.0.0.1:{}", self.site.port() + more);
        let mut command = beffroi(&self.home);
        command
            .arg("--folder")
            .arg(self.home.join("beffroi-demo"))
            .args(what)
            .env("BEFFROI_CONSOLE__FILTER", "warn")
            .env("BEFFROI_PUBLIC_URL", format!("http://{}", self.site))
            .env("BEFFROI_HOSTING__SOCKET", "/run/podman/podman.sock")
            .env("BEFFROI_GATEWAY__DOMAIN", "localhost")
            .env("BEFFROI_GATEWAY__LISTEN", at(1))
            .env("BEFFROI_GATEWAY__PROXY", at(2))
            .env("BEFFROI_GATEWAY__APART", "true")
            .env("BEFFROI_GATEWAY__RATE", "100000")
            .env("BEFFROI_GATEWAY__BURST", "100000")
            .env("BEFFROI_GATEWAY__SEGMENT_SECONDS", "3");
        command.stdout(Stdio::null()).stderr(log.unwrap()).spawn().unwrap()
    }

    /// Starts what does not run.
    fn start(&mut self) {
        let listen = self.site.to_string();
        if self.server.is_none() {
            self.server = Some(self.spawn(&["serve", "--listen", &listen]));
        }
        if self.gateway.is_none() {
            self.gateway = Some(self.spawn(&["gateway"]));
        }
        let until = Instant::now() + PATIENCE;
        while Visitor::new(self.site).get("/connexion").is_err() {
            assert!(Instant::now() < until, "the server does not answer\n{}", self.said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn kill(one: &mut Option<Child>) {
        if let Some(mut child) = one.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    fn said(&self) -> String {
        std::fs::read_to_string(self.home.join("killed.log")).unwrap_or_default()
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        Self::kill(&mut self.gateway);
        Self::kill(&mut self.server);
    }
}

fn outlive(folder: &Path) {
    let home = folder.join("killed");
    std::fs::create_dir_all(&home).unwrap();
    let (demo, said) = start(beffroi(&home));
    let campaign = campaign(&said);
    let (site, path) = campaign.trim_start_matches("http://").split_once('/').unwrap();
    let site: SocketAddr = site.parse().unwrap();
    let path = format!("/{path}");
    one_runs(folder);
    let mut pair = Pair {
        home,
        site,
        server: Some(demo),
        gateway: None,
    };
    // From here on gateway and server are apart, with what the demonstration left when it was killed.
    Pair::kill(&mut pair.server);
    pair.start();
    let mut hunter = Visitor::new(site);
    assert!(hunter.sign_in("lina.okafor@demo.example", story::PASSWORD).unwrap());
    let access = access(&mut hunter, &path);
    let load = Load::default();
    let due = std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| load.ask(&access));
        }
        let _end = End(&load.ended);
        rage(&mut pair, &load)
    });
    one_runs(folder);
    let found = found(&pair, &mut hunter, &path, &due);
    let log = beffroi(&pair.home)
        .arg("--folder")
        .arg(pair.home.join("beffroi-demo"))
        .args(["log", "verify"])
        .output()
        .unwrap();
    assert!(log.status.success(), "{}", crate::said(&log));
    println!(
        "{} answers, {} of them looked for and found; {} kills",
        load.answered.lock().unwrap().len(),
        found,
        super::number("BEFFROI_KILLS", super::SHORT)
    );
}

/// Takes the access to the target by the forms of the pages.
fn access(hunter: &mut Visitor, campaign: &str) -> Access {
    let press = |hunter: &mut Visitor, end: &str| {
        let page = hunter.get(campaign).unwrap();
        let actions = page.inside("action=\"", "\"");
        let action = actions.iter().find(|action| action.ends_with(end));
        let form = page
            .form(action.unwrap_or_else(|| panic!("{end} among {actions:?}")))
            .unwrap();
        hunter.send(&form).unwrap()
    };
    let mut given = press(hunter, "/acces");
    for _ in 0..60 {
        if !given.inside("name=\"credential\" value=\"", "\"").is_empty() {
            break;
        }
        // The server that was just started may not yet know that the target runs.
        std::thread::sleep(Duration::from_millis(500));
        given = press(hunter, "/acces");
    }
    let credential = given.inside("name=\"credential\" value=\"", "\"").remove(0);
    let enter = given.inside("action=\"http://", "/").remove(0);
    let port = enter.rsplit_once(':').unwrap().1.parse().unwrap();
    Access {
        gateway: SocketAddr::from(([127, 0, 0, 1], port)),
        host: enter,
        credential,
    }
}

/// What asks without end, and what it was answered.
#[derive(Default)]
struct Load {
    next: AtomicU64,
    ended: AtomicBool,
    answered: Mutex<Vec<Answered>>,
}

/// Sends those who ask home, however it ends.
struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Load {
    fn ask(&self, access: &Access) {
        while !self.ended.load(Ordering::SeqCst) {
            let number = self.next.fetch_add(1, Ordering::SeqCst);
            match asked(access, number) {
                Ok(true) => self.answered.lock().unwrap().push(Answered {
                    number,
                    at: Instant::now(),
                }),
                Ok(false) | Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    fn count(&self) -> usize {
        self.answered.lock().unwrap().len()
    }
}

/// Asks the target; says whether its whole answer came.
fn asked(access: &Access, number: u64) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(access.gateway)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let head = format!(
        "GET /annuaire?nom=k{number}e HTTP/1.1\r\nHost: {}\r\n{}: {}\r\nConnection: close\r\n\r\n",
        access.host,
        addresses::gateway::FIELD,
        access.credential
    );
    stream.write_all(head.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.starts_with("HTTP/1.1 200 ") && answer.contains("</html>"))
}

/// Kills and starts again while the hunter asks; gives what must be found ever after.
fn rage(pair: &mut Pair, load: &Load) -> Vec<u64> {
    let mut due = Vec::new();
    for kill in 0..super::number("BEFFROI_KILLS", super::SHORT) {
        let (before, until) = (load.count(), Instant::now() + PATIENCE);
        while load.count() < before + ANSWERS {
            assert!(Instant::now() < until, "nothing passes any more\n{}", pair.said());
            std::thread::sleep(Duration::from_millis(10));
        }
        // So that something is a second old, and not the same moment of a segment each time.
        std::thread::sleep(WINDOW + Duration::from_millis(kill * 377 % 1500));
        let killed = Instant::now();
        if kill % 3 != 1 {
            Pair::kill(&mut pair.gateway);
        }
        if kill % 3 != 0 {
            Pair::kill(&mut pair.server);
        }
        let answered = load.answered.lock().unwrap();
        let last = answered.iter().rev().filter(|one| one.at + WINDOW < killed);
        due.extend(last.take(LOOKED_FOR).map(|one| one.number));
        drop(answered);
        pair.start();
    }
    due
}

/// Looks for exchanges on the hunter's page until all are there, and gives how many were.
fn found(pair: &Pair, hunter: &mut Visitor, campaign: &str, due: &[u64]) -> usize {
    assert!(!due.is_empty(), "nothing was a second old");
    let until = Instant::now() + PATIENCE;
    for number in due {
        let path = format!("/annuaire?nom=k{number}e");
        let page = format!("{campaign}/echanges?path=/annuaire%3Fnom%3Dk{number}e");
        let there = |reply: &Reply| reply.text().contains(&format!("<code>GET {path}</code>"));
        while !there(&hunter.get(&page).unwrap()) {
            assert!(
                Instant::now() < until,
                "{path} was answered more than a second before a kill, and is not recorded\n{}",
                pair.said()
            );
            std::thread::sleep(Duration::from_millis(500));
        }
    }
    due.len()
}
