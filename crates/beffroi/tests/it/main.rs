//! The binary from outside: what it says, what it makes, how it ends.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn beffroi(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_beffroi"));
    command.current_dir(folder).env_remove("BEFFROI_REGENERATE");
    command
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
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
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let address = lines
        .map(Result::unwrap)
        .find(|line| line.contains("/installation?jeton="));
    assert!(address.is_some());
    let id = server.id().to_string();
    assert!(
        Command::new("sh")
            .args(["-c", "kill -TERM \"$0\"", &id])
            .status()
            .unwrap()
            .success()
    );
    assert!(server.wait().unwrap().success());
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
