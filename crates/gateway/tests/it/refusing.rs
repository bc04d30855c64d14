//! What does not pass, and what is said then.

use std::time::Duration;

use gateway::{FRESH, Lease, Refusal, Scope};

use crate::world::{HOST, World, now};

fn refused(answer: &str, refusal: Refusal) {
    assert!(
        answer.contains(&format!("beffroi-refusal: {}\r\n", refusal.key())),
        "{refusal:?}: {answer}"
    );
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {}", refusal.status())),
        "{answer}"
    );
}

#[tokio::test]
async fn each_phase_refuses_in_its_order_and_the_refusal_is_told() {
    let world = World::new().await;
    let later = now() + 1_000_000_000;
    type Change = Box<dyn Fn(&mut Lease)>;
    let table: Vec<(Change, Refusal)> = vec![
        (
            Box::new(|lease| lease.target = unhealthy(lease)),
            Refusal::TargetNotReady,
        ),
        (Box::new(|lease| lease.limits.concurrent = 0), Refusal::TooManyAtOnce),
        (Box::new(|lease| lease.limits.bytes = 0), Refusal::TooMuch),
        (
            Box::new(|lease| lease.target = scoped(lease, &["/app"])),
            Refusal::PathOutOfScope,
        ),
        (
            Box::new(|lease| lease.rules_accepted = false),
            Refusal::RulesNotAccepted,
        ),
        (Box::new(|lease| lease.suspended = true), Refusal::Suspended),
        (Box::new(|lease| lease.campaign.paused = true), Refusal::Paused),
        (Box::new(|lease| lease.campaign.closes = 5), Refusal::Ended(5)),
        (
            Box::new(move |lease| lease.campaign.opens = later),
            Refusal::NotYetOpen(later),
        ),
        (Box::new(|lease| lease.credential = [0; 32]), Refusal::WrongCredential),
    ];
    let mut changes: Vec<&Change> = Vec::new();
    for (change, refusal) in &table {
        // Each comes before all the earlier ones, which stay as they are.
        changes.push(change);
        world.change(|lease| changes.iter().for_each(|change| change(lease)));
        refused(&world.get("/head", "").await, *refusal);
    }
    let told: Vec<_> = world
        .refusals
        .lock()
        .unwrap()
        .iter()
        .map(|(_, refusal)| *refusal)
        .collect();
    assert_eq!(told, table.iter().map(|(_, refusal)| *refusal).collect::<Vec<_>>());
    let (exchanges, _) = world.recorded().await;
    assert!(exchanges.is_empty(), "nothing passed");
}

fn unhealthy(lease: &Lease) -> std::sync::Arc<gateway::Target> {
    let mut target = scoped(lease, &[]);
    std::sync::Arc::get_mut(&mut target).unwrap().healthy = false;
    target
}

pub fn scoped(lease: &Lease, paths: &[&str]) -> std::sync::Arc<gateway::Target> {
    let mut target = gateway::Target::new(&lease.target.id, "print", "host.example", ([127, 0, 0, 1], 9).into());
    target.scope = Scope {
        paths: paths.iter().map(|&path| path.into()).collect(),
        ..Scope::default()
    };
    std::sync::Arc::new(target)
}

#[tokio::test]
async fn a_page_says_why_in_french_or_english() {
    let world = World::new().await;
    let ask = |language: &str| format!("GET / HTTP/1.1\r\nhost: {HOST}\r\n{language}connection: close\r\n\r\n");
    let french = world.raw(ask("").as_bytes()).await;
    refused(&french, Refusal::NoCredential);
    assert!(
        french.contains("<html lang=\"fr\">") && french.contains("Identifiez-vous"),
        "{french}"
    );
    let english = world.raw(ask("accept-language: en-GB\r\n").as_bytes()).await;
    assert!(
        english.contains("<html lang=\"en\">") && english.contains("Please sign in"),
        "{english}"
    );
}

#[tokio::test]
async fn unknown_names_and_a_platform_that_is_silent_let_nothing_pass() {
    let world = World::new().await;
    for host in [
        "zzz.porte.localhost",
        "porte.localhost",
        "127.0.0.1",
        "a.abc.porte.localhost",
    ] {
        let asked = format!("GET / HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        refused(&world.raw(asked.as_bytes()).await, Refusal::UnknownLease);
    }
    let grants = gateway::Grants::new();
    assert!(!grants.are_fresh(0));
    grants.confirm(10);
    assert!(grants.are_fresh(10 + FRESH) && !grants.are_fresh(11 + FRESH));
}

#[tokio::test]
async fn a_target_that_is_not_there_is_said_to_be_so() {
    let world = World::with(recording::Limits::default(), |settings| {
        settings.patience = Duration::from_millis(200);
    })
    .await;
    refused(&world.get("/stuck", "").await, Refusal::TargetTooSlow);
    world.change(|lease| lease.target = scoped(lease, &[]));
    refused(&world.get("/", "").await, Refusal::TargetUnreachable);
}

#[tokio::test]
async fn nothing_unrecorded_passes() {
    let limits = recording::Limits {
        room: 3 << 20,
        retry: Duration::from_millis(50),
        ..recording::Limits::default()
    };
    let world = World::with(limits, |_| {}).await;
    let mut number = 0u32;
    loop {
        number += 1;
        let mut body = vec![0u8; 1 << 20];
        blake3::Hasher::new()
            .update(&number.to_be_bytes())
            .finalize_xof()
            .fill(&mut body);
        let text = body.iter().map(|byte| char::from(b'a' + byte % 26)).collect::<String>();
        let answer = world
            .raw(crate::world::request("POST", "/echo", "", &text).as_bytes())
            .await;
        if answer.contains("beffroi-refusal: recording-full") {
            break;
        }
        assert!(number < 50, "the folder gets full");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    refused(&world.get("/head", "").await, Refusal::RecordingFull);
}
