//! From sealed segments to a replay: a hunt is recorded, found again, and replayed on a clean instance.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

use bytes::Bytes;
use recording::{
    Archive, Disk, Effort, Filter, Folder, Head, Leases, Opening, Outcome, Part, Recorded, Recorder, Settings, Side,
    Start,
};
use replay::{Answer, Limits, Replay, Request, Step, Summary};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::mairie::Mairie;
use crate::story::hunt;

const MOST: usize = 1 << 20;

/// Tells a recorder what passed, as the gateway does.
fn record(disk: &Arc<dyn Disk>, key: sealing::recording::RecordingKey, steps: &[Step]) {
    let (clock, chance) = (AtomicI64::new(0), AtomicU8::new(1));
    let settings = Settings {
        key,
        content_key: Zeroizing::new([3; 32]),
        clock: Arc::new(move || clock.fetch_add(1000, Ordering::Relaxed)),
        chance: Arc::new(move |out| out.fill(chance.fetch_add(1, Ordering::Relaxed))),
        limits: recording::Limits::default(),
        known: None,
        on_closed: Box::new(|_| {}),
    };
    let (recorder, running) = Recorder::start(Arc::clone(disk), settings).unwrap();
    let pairs = |fields: &[(String, Vec<u8>)]| fields.to_vec();
    for step in steps {
        let (request, answer) = (&step.request, step.answer.as_ref().unwrap());
        let fields = pairs(&request.fields);
        let opening = Opening {
            lease: "lease",
            target: "print",
            method: &request.method,
            path: &request.target,
            version: "HTTP/1.1",
            fields: fields.iter().map(|(name, value)| (name.as_str(), value.as_slice())),
        };
        let exchange = recorder.begin(opening).unwrap();
        exchange
            .bytes(Side::Client, &Bytes::from(request.body.clone()))
            .unwrap();
        exchange.body_end(Side::Client, true).unwrap();
        let fields = pairs(&answer.fields);
        let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
        exchange.response(answer.status, "HTTP/1.1", fields).unwrap();
        exchange.bytes(Side::Target, &Bytes::from(answer.body.clone())).unwrap();
        exchange.body_end(Side::Target, true).unwrap();
        exchange.outcome(Outcome::Complete);
    }
    running.stop();
}

/// A recorded exchange as a step; the last answer head is the final one.
fn step(exchange: &Recorded, archive: &mut Archive) -> Step {
    let mut held = |part: &Part| recording::held(part, archive, MOST).unwrap();
    let (body, _) = held(&exchange.request_body);
    let Start::Request { method, target } = &exchange.request.start else {
        panic!("a request")
    };
    let request = Request {
        method: method.clone(),
        target: target.clone(),
        fields: exchange.request.fields.clone(),
        body,
    };
    let answer = exchange.responses.last().map(|(_, head): &(_, Head)| {
        let (body, whole) = held(&exchange.response_body);
        let Start::Status(status) = head.start else {
            panic!("an answer")
        };
        Answer {
            status,
            fields: head.fields.clone(),
            body,
            cut: !whole,
        }
    });
    Step {
        name: exchange.id.to_string(),
        request,
        answer,
    }
}

#[tokio::test]
async fn what_was_recorded_and_found_again_replays() {
    let first = Mairie::start("one", false).await;
    let hunted = hunt(&first).await;
    let place = tempfile::tempdir().unwrap();
    let disk: Arc<dyn Disk> = Arc::new(Folder::new(place.path()).unwrap());
    let secret = || sealing::DataKey::from_random(Uuid::from_u128(7), [7; 32]).recording_secret();
    record(&disk, secret().public(), &hunted);

    let records = recording::records(&*disk).unwrap();
    let mut archive = Archive::new(Arc::clone(&disk), secret());
    let filter = Filter::of(Leases::Only(vec!["lease".into()]));
    let page = recording::find(
        &mut archive,
        &records,
        &filter,
        recording::Order::Oldest,
        None,
        Effort::page(50),
    )
    .unwrap();
    let mut steps = Vec::new();
    for found in &page.found {
        let whole = recording::exchange(&mut archive, &records, found.id).unwrap().unwrap();
        steps.push(step(&whole, &mut archive));
    }
    let bare = |steps: &[Step]| {
        steps
            .iter()
            .map(|step| (step.request.clone(), step.answer.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(bare(&steps), bare(&hunted));

    let clean = Mairie::start("two", false).await;
    let replayed = Replay::new(clean.target(), &steps, Limits::default()).finish().await;
    assert_eq!(replayed.len(), 7);
    assert!(
        replayed
            .iter()
            .all(|step| matches!(step.summary, Summary::Same | Summary::SameButVolatile))
    );
    let corrected = Mairie::start("two", true).await;
    let replayed = Replay::new(corrected.target(), &steps, Limits::default())
        .finish()
        .await;
    assert_eq!(replayed[6].answer.as_ref().unwrap().status, 403);
    assert_eq!(
        (replayed[6].name.clone(), replayed[6].summary),
        (page.found[6].id.to_string(), Summary::Different)
    );
}
