//! A recorder that is killed.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::*;

/// What stands before the folder among the arguments of the child, as a filter that no test matches.
const FOLDER: &str = "recording-child=";

/// Not a test of its own: the process that `what_was_told_a_second_before_a_kill_is_there` kills.
#[test]
fn child_that_is_killed() {
    let Some(folder) = std::env::args().find_map(|argument| argument.strip_prefix(FOLDER).map(str::to_owned)) else {
        return;
    };
    let story = Story::begin(Arc::new(Folder::new(folder).unwrap()), Limits::default());
    for number in 0..1_000_000u64 {
        let mut answer = chance(2000);
        answer[..8].copy_from_slice(&number.to_be_bytes());
        story.exchange(&format!("/{number}"), b"", &answer).unwrap();
        println!("told {number}");
        std::thread::sleep(Duration::from_micros(500));
    }
}

#[test]
fn what_was_told_a_second_before_a_kill_is_there() {
    let (place, disk) = folder();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tests::crash::child_that_is_killed", "--nocapture"])
        .arg(format!("{FOLDER}{}", place.path().display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let mut told: Vec<(Instant, u64)> = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        if let Some(number) = line.rsplit_once("told ").and_then(|(_, number)| number.parse().ok()) {
            told.push((Instant::now(), number));
        }
        if start.elapsed() > Duration::from_millis(2500) {
            break;
        }
    }
    let killed = Instant::now();
    child.kill().unwrap();
    child.wait().unwrap();
    let due = told
        .iter()
        .filter(|(at, _)| killed.duration_since(*at) > Duration::from_secs(1));
    let due = due
        .map(|(_, number)| *number)
        .max()
        .expect("it told of some for long enough");

    let story = Story::begin(disk, Limits::default());
    story.exchange("/after", b"", b"").unwrap();
    let (disk, records) = story.end();
    assert_eq!(verify(&*disk, &records).unwrap(), [Finding::Torn(0)]);
    let (exchanges, gaps) = read(&disk);
    assert_eq!(
        gaps.iter().map(|gap| gap.reason).collect::<Vec<_>>(),
        [GapReason::Crash]
    );
    let whole = exchanges.iter().filter(|exchange| exchange.end.is_some()).count() as u64;
    assert!(whole > due + 1, "{whole} of {due}");
    for exchange in exchanges.iter().filter(|exchange| exchange.end.is_some()).take(100) {
        assert_eq!(
            body(&disk, &exchange.response_body).len() as u64,
            exchange.response_body.length.unwrap()
        );
    }
}
