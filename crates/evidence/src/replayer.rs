//! Sending recorded requests again, behind the port of the use cases.

use std::net::SocketAddr;
use std::sync::Arc;

use async_trait::async_trait;
use domain::replay::ReplayResult;
use domain::snapshot::fingerprint_of_target;
use domain::target::Upstream;
use recording::bundle::{self, BundleLimits};
use recording::{
    Head, Inline, Part, Recorded, Redaction, Start, held, redacted_as, redacted_body_as, redacted_exchange_as,
    without_personal,
};
use replay::{Answer, Difference, Limits, NoAnswer, Place, Replay, Replayed, Request, Step, Summary, Target, Tls};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use use_cases::ports::{
    RecordingTrouble, ReplayAt, ReplayTarget, ReplayTurn, ReplayedStep, Replayer, ShownBody, StepDifference,
};

use crate::convert::{failed, no_bundle};
use crate::show::{body_of_bytes, lines, shown_part};

/// What stands for a value that nobody is to read.
const MASKED: &str = "••••";

/// How much of a body is replayed and compared.
const MOST: usize = 4 << 20;

/// Finds where a host answers, and refuses those that nobody may reach.
#[async_trait]
pub trait FindHost: Send + Sync {
    /// Gives an address of a host, where it may be reached.
    async fn find(&self, host: &str, port: u16) -> Option<SocketAddr>;
}

/// Replays over the network.
pub struct NetworkReplayer(Arc<Network>);

/// How the network is reached.
struct Network {
    hosts: Arc<dyn FindHost>,
    roots: Arc<ClientConfig>,
    limits: BundleLimits,
}

impl NetworkReplayer {
    /// Takes how hosts are found, whose certificates are believed, and how large bundles may be in bytes.
    #[must_use]
    pub fn new(hosts: Arc<dyn FindHost>, roots: Arc<ClientConfig>, bundle_bytes: u64) -> Self {
        let limits = BundleLimits {
            bytes: bundle_bytes,
            ..BundleLimits::default()
        };
        Self(Arc::new(Network { hosts, roots, limits }))
    }
}

impl Network {
    async fn target(&self, to: &ReplayTarget) -> Result<Target, RecordingTrouble> {
        let (address, tls) = match &to.at {
            ReplayAt::Hosted(address) => (*address, None),
            ReplayAt::Elsewhere(Upstream { host, port, tls }) => {
                let host = host.trim_matches(['[', ']']);
                let found = self.hosts.find(host, *port).await;
                let tls = if *tls { Some(self.tls(host)?) } else { None };
                (found.ok_or(RecordingTrouble::Missing)?, tls)
            }
        };
        Ok(Target {
            address,
            host: to.public_host.clone(),
            tls,
        })
    }

    fn tls(&self, host: &str) -> Result<Tls, RecordingTrouble> {
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|error| RecordingTrouble::Failed(error.to_string()))?;
        Ok(Tls::new(&self.roots, name))
    }
}

#[async_trait]
impl Replayer for NetworkReplayer {
    async fn turn(&self) -> Result<Box<dyn ReplayTurn>, RecordingTrouble> {
        let room = ROOM.acquire().await;
        let room = room.map_err(|error| RecordingTrouble::Failed(error.to_string()))?;
        Ok(Box::new(Turn(Arc::clone(&self.0), room)))
    }
}

/// The turn of one replay.
struct Turn(
    Arc<Network>,
    #[expect(dead_code, reason = "held until the requests are sent")] SemaphorePermit<'static>,
);

#[async_trait]
impl ReplayTurn for Turn {
    async fn replay(
        self: Box<Self>,
        bundle: Vec<u8>,
        target: ReplayTarget,
    ) -> Result<Vec<ReplayedStep>, RecordingTrouble> {
        let limits = self.0.limits;
        let (exchanges, steps) = crate::apart(move || steps_of(&bundle, limits)).await?;
        let mut prints = exchanges.iter().map(|one| fingerprint_of_target(&one.target));
        let first = prints.next();
        if prints.any(|print| Some(print) != first) {
            return Err(RecordingTrouble::Missing);
        }
        let target = self.0.target(&target).await?;
        let mut replay = Replay::new(target, &steps, Limits::default());
        let mut shown = Vec::with_capacity(steps.len());
        for exchange in exchanges {
            let Some(done) = replay.step().await else { break };
            // One answer at a time is held whole; of the others only what is shown.
            shown.push(crate::apart(move || told(&exchange, done)).await?);
        }
        Ok(shown)
    }
}

/// How many replays are made at once.
static ROOM: Semaphore = Semaphore::const_new(2);

/// Reads a bundle, and makes a step of each exchange.
fn steps_of(bundle: &[u8], limits: BundleLimits) -> Result<(Vec<Recorded>, Vec<Step>), RecordingTrouble> {
    let read = bundle::read(bundle, limits).map_err(no_bundle)?;
    let mut exchanges: Vec<Recorded> = read.exchanges.into_iter().map(|(_, one)| one).collect();
    // In the order in which they passed: what the target issues comes before what uses it.
    exchanges.sort_by_key(|one| one.at);
    let steps = exchanges.iter().map(step).collect::<Result<Vec<_>, _>>()?;
    Ok((exchanges, steps))
}

/// Makes a step of an exchange.
fn step(exchange: &Recorded) -> Result<Step, RecordingTrouble> {
    let bytes = |part: &Part| held(part, &mut Inline, MOST).map_err(failed);
    let (body, _) = bytes(&exchange.request_body)?;
    let (method, target) = line_of(&exchange.request);
    let answer = match exchange.responses.last() {
        None => None,
        Some((_, head)) => {
            let (body, whole) = bytes(&exchange.response_body)?;
            Some(Answer {
                status: status_of(head),
                fields: head.fields.clone(),
                body,
                cut: !whole,
            })
        }
    };
    Ok(Step {
        name: exchange.id.to_string(),
        request: Request {
            method,
            target,
            fields: exchange.request.fields.clone(),
            body,
        },
        answer,
    })
}

fn line_of(head: &Head) -> (String, String) {
    match &head.start {
        Start::Request { method, target } => (method.clone(), target.clone()),
        Start::Status(_) => (String::new(), String::new()),
    }
}

fn status_of(head: &Head) -> u16 {
    match head.start {
        Start::Status(status) => status,
        Start::Request { .. } => 0,
    }
}

/// Tells a step with both answers, without their secrets.
fn told(exchange: &Recorded, done: Replayed) -> Result<ReplayedStep, RecordingTrouble> {
    let clean = redacted_exchange_as(exchange, &mut Inline, Redaction::Personal).map_err(failed)?;
    let (method, path) = line_of(&clean.request);
    let recorded = clean.responses.last().map(|(_, head)| head);
    let answered = done.answer.as_ref().ok();
    let (replayed, replayed_body) = match answered {
        None => (String::new(), ShownBody::None),
        Some(answer) => shown_answer(answer),
    };
    Ok(ReplayedStep {
        method,
        path,
        recorded: recorded.map(lines).unwrap_or_default(),
        recorded_body: shown_part(&clean.response_body, recorded, &mut Inline)?,
        replayed,
        replayed_body,
        trouble: done.answer.as_ref().err().map(trouble).unwrap_or_default().to_owned(),
        carried: done.changes.len(),
        differences: done.differences.iter().map(difference).collect(),
        result: result(done.summary).code().to_owned(),
        took_ms: u64::try_from(done.took.as_millis()).unwrap_or(u64::MAX),
    })
}

fn shown_answer(answer: &Answer) -> (String, ShownBody) {
    let head = Head {
        start: Start::Status(answer.status),
        version: "HTTP/1.1".to_owned(),
        fields: answer.fields.clone(),
    };
    let mut told = redacted_as(&head, Redaction::Personal);
    let body = match redacted_body_as(&head, &answer.body, Redaction::Personal) {
        recording::Shown::Bytes(bytes) => {
            // As beside it, where the recorded answer stands: the length is of what is shown.
            let length = |(name, _): &&mut (String, Vec<u8>)| name.eq_ignore_ascii_case("content-length");
            if let Some((_, value)) = told.fields.iter_mut().find(length).filter(|_| !answer.cut) {
                *value = bytes.len().to_string().into_bytes();
            }
            body_of_bytes(&head, &bytes, answer.cut)
        }
        recording::Shown::Withheld => ShownBody::Bytes(answer.body.len() as u64),
    };
    (lines(&told), body)
}

const fn result(summary: Summary) -> ReplayResult {
    match summary {
        Summary::Same => ReplayResult::Same,
        Summary::SameButVolatile => ReplayResult::SameButVolatile,
        Summary::Different => ReplayResult::Different,
        Summary::NoAnswer => ReplayResult::NoAnswer,
    }
}

/// Names why no answer came.
const fn trouble(error: &NoAnswer) -> &'static str {
    match error {
        NoAnswer::Unreachable(_) => "unreachable",
        NoAnswer::TooSlow => "too-slow",
        NoAnswer::Broken(_) => "broken",
        NoAnswer::Untrusted(_) => "untrusted",
        NoAnswer::Unsendable(_) => "unsendable",
        NoAnswer::Upgrade => "upgrade",
        NoAnswer::Limited => "limited",
    }
}

/// Tells a difference; what cookies and tokens are is nobody's to read here.
fn difference(one: &Difference) -> StepDifference {
    let (place, secret) = match &one.place {
        Place::Status => ("status".to_owned(), false),
        Place::Field(name) => (format!("field {name}"), is_secret(name)),
        Place::Json(pointer) => (format!("json {pointer}"), false),
        Place::Line(number) => (format!("line {number}"), false),
        Place::Body => ("body".to_owned(), false),
        Place::More => ("more".to_owned(), false),
    };
    let carried = matches!(one.expected, Some(replay::Expected::Carried));
    let text = |text: &Option<String>| match text {
        // What is carried on is a token more often than not.
        Some(_) if secret || carried => MASKED.to_owned(),
        Some(text) => without_personal(text).into_owned(),
        None => String::new(),
    };
    StepDifference {
        place,
        recorded: text(&one.recorded),
        replayed: text(&one.replayed),
        expected: one.expected.is_some(),
    }
}

fn is_secret(field: &str) -> bool {
    let fields = ["set-cookie", "authorization", "cookie", "token", "location"];
    fields.iter().any(|name| field.contains(name))
}
