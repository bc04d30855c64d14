//! The binary from outside: what it says, what it makes, how it ends.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod apart;
mod cluster;
mod demo;
mod evidence;
mod hunt;
mod kills;
#[path = "../../../hosting/tests/it/namespace.rs"]
mod namespace;
mod seeded;
mod tls;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

static PORT: AtomicU16 = AtomicU16::new(0);

/// Finds a port of this machine that no other test of the program takes.
fn free_port() -> u16 {
    free_ports(1)
}

/// Finds as many ports one after the other, and gives the first.
fn free_ports(count: u16) -> u16 {
    let first = 14_000 + u16::try_from(std::process::id() % 400).unwrap() * 15;
    let free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
    let mut ports = (0..).map(|_| first + PORT.fetch_add(count, Ordering::SeqCst));
    ports.find(|port| (*port..port + count).all(free)).unwrap()
}

fn beffroi(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_beffroi"));
    command.current_dir(folder);
    // What is said to the tests is not said to the program.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("BEFFROI_") {
            command.env_remove(name);
        }
    }
    command
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Sends SIGTERM and waits for an orderly end.
fn ask_to_stop(server: &mut Child) {
    let id = server.id().to_string();
    let sent = Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id]).status();
    assert!(sent.unwrap().success());
    assert!(server.wait().unwrap().success());
}

#[test]
fn keys_are_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let first = beffroi(folder.path()).args(["key", "new"]).output().unwrap();
    assert!(first.status.success(), "{}", said(&first));
    let second = beffroi(folder.path()).args(["key", "new"]).output().unwrap();
    assert!(!second.status.success());
    assert!(said(&second).contains("beffroi key rotate"), "{}", said(&second));
}

#[test]
fn check_says_everything_that_is_wrong_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let good = beffroi(folder.path()).arg("check").output().unwrap();
    assert!(good.status.success(), "{}", said(&good));
    let bad = beffroi(folder.path())
        .arg("check")
        .env("BEFFROI_PUBLIC_URL", "http://beffroi.example")
        .env("BEFFROI_MAIL__RELAY", "smtp://127.0.0.1:1")
        .env("BEFFROI_TRUSTED_PROXIES", "[\"proxy\"]")
        .output()
        .unwrap();
    assert_eq!(bad.status.code(), Some(1));
    for expected in [
        "https",
        "le courriel ne peut pas partir",
        "« proxy »",
        "3 points sont à corriger",
    ] {
        assert!(said(&bad).contains(expected), "{expected}: {}", said(&bad));
    }
}

#[test]
fn an_empty_instance_prints_its_set_up_address_and_stops_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = beffroi(folder.path())
        .args(["serve", "--listen", &format!("127.0.0.1:{}", free_port())])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let address = lines
        .map(Result::unwrap)
        .find(|line| line.contains("/installation?jeton="));
    assert!(address.is_some());
    ask_to_stop(&mut server);
    let verified = beffroi(folder.path()).args(["log", "verify"]).output().unwrap();
    assert!(
        verified.status.success() && said(&verified).contains("Le registre est intact"),
        "{}",
        said(&verified)
    );
    let rotated = beffroi(folder.path()).args(["key", "rotate"]).output().unwrap();
    assert!(rotated.status.success(), "{}", said(&rotated));
    let verified = beffroi(folder.path()).args(["log", "verify"]).output().unwrap();
    assert!(verified.status.success(), "{}", said(&verified));
}
