//! A hunt that was recorded on one instance is replayed on others.

use replay::{
    Answer, ChangePlace, Difference, Expected, Limits, NoAnswer, Place, Replay, Replayed, Request, Step, Summary,
};

use crate::mairie::{HOST, Instance, Mairie};

/// Sends a request as it is, as a tool does.
async fn ask(instance: &Instance, request: &Request) -> Answer {
    let steps = [Step {
        name: String::new(),
        request: request.clone(),
        answer: None,
    }];
    let replayed = Replay::new(instance.target(), &steps, Limits::default()).finish().await;
    replayed.into_iter().next().unwrap().answer.unwrap()
}

fn request(method: &str, target: &str, fields: &[(&str, &str)], body: &str) -> Request {
    let given = [("host", HOST), ("connection", "keep-alive"), ("user-agent", "curl")];
    Request {
        method: method.into(),
        target: target.into(),
        fields: given
            .iter()
            .chain(fields)
            .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body: body.into(),
    }
}

fn field(answer: &Answer, name: &str) -> String {
    let found = answer.fields.iter().find(|(known, _)| known == name);
    String::from_utf8(found.unwrap().1.clone()).unwrap()
}

fn between(text: &str, before: &str, after: &str) -> String {
    text.split_once(before)
        .unwrap()
        .1
        .split_once(after)
        .unwrap()
        .0
        .to_owned()
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

/// A hunter signs in with a browser, takes a token, writes a file, and reads that of somebody else.
pub async fn hunt(instance: &Instance) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut told = async |request: Request| {
        let answer = ask(instance, &request).await;
        steps.push(Step {
            name: format!("{}", steps.len() + 1),
            request,
            answer: Some(answer.clone()),
        });
        answer
    };
    let form = told(request("GET", "/login", &[], "")).await;
    let csrf = between(&text(&form), "value=\"", "\"").replace("&#43;", "+");
    let csrf = csrf.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let sid = |answer: &Answer| between(&field(answer, "set-cookie"), "sid=", ";");
    let cookie = format!("lang=fr; sid={}", sid(&form));
    let entered = told(request(
        "POST",
        "/login",
        &[("cookie", &cookie)],
        &format!("user=me&csrf={csrf}"),
    ))
    .await;
    assert_eq!(entered.status, 303);
    let cookie = format!("lang=fr; sid={}", sid(&entered));
    told(request("GET", &field(&entered, "location"), &[("cookie", &cookie)], "")).await;
    let token = told(request(
        "POST",
        "/api/tokens",
        &[("cookie", &cookie), ("content-length", "0")],
        "",
    ))
    .await;
    let bearer = format!("Bearer {}", between(&text(&token), "access_token\":\"", "\""));
    let sent = r#"{"title":"essai"}"#;
    let file = told(request(
        "POST",
        "/api/files",
        &[("authorization", &bearer), ("transfer-encoding", "chunked")],
        sent,
    ))
    .await;
    let id = between(&text(&file), "\"id\":", ",");
    told(request(
        "GET",
        &format!("/api/files/{id}"),
        &[("authorization", &bearer)],
        "",
    ))
    .await;
    let other = told(request("GET", "/api/files/1", &[("authorization", &bearer)], "")).await;
    assert!(text(&other).contains("maire"));
    steps
}

fn statuses(replayed: &[Replayed]) -> Vec<u16> {
    replayed
        .iter()
        .map(|step| step.answer.as_ref().unwrap().status)
        .collect()
}

#[tokio::test]
async fn a_hunt_replays_on_a_clean_instance() {
    let first = Mairie::start("one", false).await;
    let steps = hunt(&first).await;
    let clean = Mairie::start("two", false).await;
    let replayed = Replay::new(clean.target(), &steps, Limits::default()).finish().await;
    assert_eq!(statuses(&replayed), [200, 303, 200, 200, 201, 200, 200]);
    // The cookie of the first differs always; what differs of the last is its date, when it is another second.
    assert_eq!(
        replayed[0].summary,
        Summary::SameButVolatile,
        "{:#?}",
        replayed[0].differences
    );
    assert!(replayed.iter().all(|step| step.summary != Summary::Different));
    let last = &replayed[6];
    assert!(
        last.differences
            .iter()
            .all(|one| one.place == Place::Field("date".into())),
        "{:?}",
        last.differences
    );
    assert_eq!(
        last.answer.as_ref().unwrap().body,
        steps[6].answer.as_ref().unwrap().body
    );
    let places: Vec<ChangePlace> = replayed
        .iter()
        .flat_map(|step| step.changes.iter().map(|change| change.place))
        .collect();
    use ChangePlace::{Body, Cookie, Field, Target};
    assert_eq!(
        places,
        [Cookie, Body, Target, Cookie, Cookie, Field, Target, Field, Field]
    );
    assert_eq!(replayed[5].sent.target, "/api/files/86");
}

#[tokio::test]
async fn on_the_corrected_version_the_flaw_is_gone_and_the_rest_is_alike() {
    let first = Mairie::start("one", false).await;
    let steps = hunt(&first).await;
    let corrected = Mairie::start("two", true).await;
    let replayed = Replay::new(corrected.target(), &steps, Limits::default())
        .finish()
        .await;
    assert_eq!(statuses(&replayed), [200, 303, 200, 200, 201, 200, 403]);
    assert_eq!(replayed[0].summary, Summary::Different);
    let line = Difference {
        place: Place::Line(4),
        recorded: Some("<p>instance first</p>\n".into()),
        replayed: Some("<p>instance corrected</p>\n".into()),
        expected: None,
    };
    assert!(replayed[0].differences.contains(&line));
    // The page tells another time: that was to be expected.
    assert_eq!(replayed[2].summary, Summary::SameButVolatile);
    let told: Vec<_> = replayed[2]
        .differences
        .iter()
        .map(|one| (one.place.clone(), one.expected))
        .collect();
    assert!(told.contains(&(Place::Line(2), Some(Expected::Volatile))), "{told:?}");
    assert!(
        told.contains(&(Place::Field("x-request-id".into()), Some(Expected::Volatile))),
        "{told:?}"
    );
    assert_eq!(replayed[6].summary, Summary::Different);
}

#[tokio::test]
async fn without_carrying_on_it_would_not_replay() {
    let first = Mairie::start("one", false).await;
    let steps = hunt(&first).await;
    let clean = Mairie::start("two", false).await;
    // Each step by itself: nothing is known of what was issued.
    for (number, status) in [(1, 403), (2, 403), (3, 401), (6, 401)] {
        let alone = &steps[number..=number];
        let replayed = Replay::new(clean.target(), alone, Limits::default()).finish().await;
        assert_eq!(
            (statuses(&replayed), replayed[0].summary),
            (vec![status], Summary::Different)
        );
    }
}

#[tokio::test]
async fn an_instance_that_is_gone_and_a_replay_that_is_too_long_give_no_answer() {
    let first = Mairie::start("one", false).await;
    let mut steps = hunt(&first).await;
    let few = Limits {
        steps: 2,
        ..Limits::default()
    };
    let replayed = Replay::new(first.target(), &steps, few).finish().await;
    assert_eq!(replayed[2].answer, Err(NoAnswer::Limited));
    assert_eq!(replayed[2].summary, Summary::NoAnswer);
    let target = first.target();
    drop(first);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    steps.truncate(1);
    steps[0].request.fields.push(("upgrade".into(), b"websocket".to_vec()));
    let replayed = Replay::new(target.clone(), &steps, Limits::default()).finish().await;
    assert_eq!(replayed[0].answer, Err(NoAnswer::Upgrade));
    steps[0].request.fields.pop();
    let replayed = Replay::new(target, &steps, Limits::default()).finish().await;
    assert!(
        matches!(replayed[0].answer, Err(NoAnswer::Unreachable(_))),
        "{:?}",
        replayed[0].answer
    );
}
