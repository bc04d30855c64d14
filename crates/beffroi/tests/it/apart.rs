//! The gateway as another user: it hears of the server, and reaches neither the database nor the keys.

use crate::{ask_to_stop, beffroi, free_ports, said};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Users and a group that no machine has by itself; the system asks for numbers only.
const SERVER: u32 = 41_001;
const GATEWAY: u32 = 41_002;
const STRANGER: u32 = 41_003;
const GROUP: u32 = 41_100;

/// A command as one of both users, in the group that they share.
fn as_user(user: u32, groups: &str, command: &Command) -> Command {
    let mut started = Command::new("setpriv");
    started
        .args([format!("--reuid={user}"), format!("--regid={user}")])
        .arg(match groups {
            "" => "--clear-groups".to_owned(),
            groups => format!("--groups={groups}"),
        })
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(command.get_current_dir().unwrap_or(Path::new("/")));
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => started.env(name, value),
            None => started.env_remove(name),
        };
    }
    started
}

fn may(user: u32, groups: &str, what: [&str; 2]) -> bool {
    let mut command = Command::new("test");
    command.args(what);
    as_user(user, groups, &command).status().unwrap().success()
}

/// What the gateway says to whoever asks for an access that is none.
fn refusal(port: u16) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let asked = "GET / HTTP/1.1\r\nhost: personne.localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(asked.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let line = answer.lines().find_map(|line| line.strip_prefix("beffroi-refusal: "));
    line.map(str::to_owned)
}

fn until_refused(port: u16, expected: &str) {
    let start = Instant::now();
    loop {
        let found = refusal(port);
        if found.as_deref() == Some(expected) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{expected}: {found:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

struct Place {
    folder: tempfile::TempDir,
    first: u16,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        for (name, owner) in [("var", SERVER), ("passerelle", SERVER)] {
            let path = folder.path().join(name);
            std::fs::create_dir(&path).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
            chown(&path, Some(owner), Some(owner)).unwrap();
        }
        let first = free_ports(2);
        Self { folder, first }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn command(&self, args: &[&str], group: &str) -> Command {
        let mut command = beffroi(self.folder.path());
        command
            .args(args)
            .env("BEFFROI_LISTEN", format!("127.0.0.1:{}", self.first))
            .env("BEFFROI_FOLDER", self.path("var"))
            .env("BEFFROI_GATEWAY__DOMAIN", "localhost")
            .env("BEFFROI_GATEWAY__LISTEN", format!("127.0.0.1:{}", self.first + 1))
            .env("BEFFROI_GATEWAY__APART", "true")
            .env("BEFFROI_GATEWAY__FOLDER", self.path("passerelle"))
            .env("BEFFROI_GATEWAY__GROUP", group);
        command
    }

    fn run(&self, user: u32, groups: &str, args: &[&str]) -> String {
        let output = as_user(user, groups, &self.command(args, &GROUP.to_string())).output();
        said(&output.unwrap())
    }

    fn start(&self, user: u32, args: &[&str]) -> Child {
        let mut command = as_user(user, &GROUP.to_string(), &self.command(args, &GROUP.to_string()));
        command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().unwrap()
    }
}

#[test]
fn a_gateway_of_another_user_is_told_and_reads_neither_database_nor_keys() {
    let place = Place::new();
    let groups = GROUP.to_string();
    let before = place.run(SERVER, &groups, &["check"]);
    assert!(before.contains(&format!("chgrp {GROUP}")), "{before}");
    let early = place.run(GATEWAY, &groups, &["gateway"]);
    assert!(early.contains("lancez celui-ci d’abord"), "{early}");

    let mut server = place.start(SERVER, &["serve"]);
    let start = Instant::now();
    while !Path::new(&place.path("passerelle/gateway/link.sock")).exists() {
        assert!(start.elapsed() < Duration::from_secs(60), "no link");
        std::thread::sleep(Duration::from_millis(100));
    }
    let mut gateway = place.start(GATEWAY, &["gateway"]);
    // Without a word of the server's it would say that it knows nothing recent.
    until_refused(place.first + 1, "unknown-lease");

    let checked = place.run(SERVER, &groups, &["check"]);
    assert!(
        checked.contains("le groupe 41100 y entre, et n’entre pas dans"),
        "{checked}"
    );
    for (what, expected) in [
        (["-r", "var/beffroi.sqlite"], false),
        (["-x", "var"], false),
        (["-r", "var/keys/instance.key"], false),
        (["-r", "passerelle/gateway/link.key"], true),
        (["-w", "passerelle/gateway/link.key"], false),
        (["-w", "passerelle/gateway/link.sock"], true),
        (["-w", "passerelle/gateway"], false),
        (["-w", "passerelle"], false),
        (["-w", "passerelle/recordings"], true),
    ] {
        let path = place.path(what[1]);
        assert_eq!(may(GATEWAY, &groups, [what[0], &path]), expected, "{what:?}");
        assert!(!may(STRANGER, "", [what[0], &path]), "a stranger: {what:?}");
    }
    // What the gateway writes is the server's to read and to remove.
    let lock = place.path("passerelle/recordings/lock");
    let found = std::fs::metadata(&lock).unwrap();
    assert_eq!((found.uid(), found.gid()), (GATEWAY, GROUP));
    assert!(may(SERVER, &groups, ["-r", &lock]) && may(SERVER, &groups, ["-w", &place.path("passerelle/recordings")]));

    ask_to_stop(&mut server);
    until_refused(place.first + 1, "not-fresh");
    let mut again = place.start(SERVER, &["serve"]);
    until_refused(place.first + 1, "unknown-lease");
    ask_to_stop(&mut gateway);
    ask_to_stop(&mut again);
}

#[test]
fn check_says_which_rights_do_not_fit_and_how_to_mend_them() {
    let place = Place::new();
    let groups = GROUP.to_string();
    let outsider = place.run(SERVER, "", &["check"]);
    assert!(outsider.contains("droits") && outsider.contains("chgrp"), "{outsider}");
    let serves = place.run(SERVER, "", &["serve"]);
    assert!(serves.contains("usermod -aG 41100"), "{serves}");
    let open = |mode| {
        let path = place.path("var");
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    open(0o755);
    let checked = place.run(SERVER, &groups, &["check"]);
    assert!(
        checked.contains("ne doit lire ni la base ni les clés") && checked.contains("chmod 700"),
        "{checked}"
    );
    open(0o700);
    let unknown = as_user(SERVER, &groups, &place.command(&["check"], "personne-ici")).output();
    let unknown = said(&unknown.unwrap());
    assert!(unknown.contains("groupadd --system personne-ici"), "{unknown}");
    std::fs::set_permissions(place.folder.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
    chown(place.folder.path(), Some(SERVER), Some(SERVER)).unwrap();
    let behind = place.run(SERVER, &groups, &["check"]);
    assert!(behind.contains("ne traverse pas"), "{behind}");
}
