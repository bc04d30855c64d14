//! Exchanges and the manifest as JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::About;
use crate::collect::{Message, Part, Recorded};
use crate::entry::{Content, Head, Micros, Outcome, Side, Start};
use crate::find::Place;
use crate::recorder::ExchangeId;

/// The manifest: what stands before it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) format: String,
    pub(super) about: About,
    pub(super) files: Vec<FileForm>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileForm {
    pub(super) name: String,
    pub(super) size: u64,
    /// Hexadecimal digits, as tools print it.
    pub(super) sha256: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExchangeForm {
    session: u64,
    number: u64,
    /// The segment in which it began.
    segment: u64,
    /// All segments that its bytes stand in.
    pub(super) segments: Vec<u64>,
    at: Micros,
    lease: String,
    target: String,
    request: HeadForm,
    request_body: PartForm,
    responses: Vec<(Micros, HeadForm)>,
    response_body: PartForm,
    messages: Vec<MessageForm>,
    more_messages: u64,
    end: Option<(Micros, OutcomeForm)>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    version: String,
    fields: Vec<(String, ValueForm)>,
}

/// A text where the bytes are one.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum ValueForm {
    Text(String),
    Bytes { base64: String },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartForm {
    kept: u64,
    length: Option<u64>,
    cut: bool,
    complete: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageForm {
    from: SideForm,
    at: Micros,
    opcode: u8,
    part: PartForm,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SideForm {
    Client,
    Target,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OutcomeForm {
    Complete,
    ClientGone,
    TargetGone,
    Stopped,
    Limited,
}

impl ExchangeForm {
    pub(super) fn of(place: Place, segments: Vec<u64>, exchange: &Recorded) -> Self {
        Self {
            session: exchange.id.session,
            number: exchange.id.number,
            segment: place.segment,
            segments,
            at: exchange.at,
            lease: exchange.lease.clone(),
            target: exchange.target.clone(),
            request: HeadForm::of(&exchange.request),
            request_body: PartForm::of(&exchange.request_body),
            responses: exchange
                .responses
                .iter()
                .map(|(at, head)| (*at, HeadForm::of(head)))
                .collect(),
            response_body: PartForm::of(&exchange.response_body),
            messages: exchange.messages.iter().map(MessageForm::of).collect(),
            more_messages: exchange.more_messages,
            end: exchange.end.map(|(at, outcome)| (at, outcome.into())),
        }
    }

    /// The exchange with its bytes; nothing when they are not as many as it tells, or the place is
    /// not one of it.
    pub(super) fn exchange(self, sent: Vec<u8>, received: Vec<u8>, said: &[u8]) -> Option<(Place, Recorded)> {
        let mut said = said;
        let mut messages = Vec::new();
        for message in self.messages {
            let (bytes, rest) = said.split_at_checked(usize::try_from(message.part.kept).ok()?)?;
            said = rest;
            messages.push(Message {
                side: message.from.into(),
                at: message.at,
                opcode: message.opcode,
                part: message.part.with(bytes.to_vec())?,
            });
        }
        let place = Place {
            segment: self.segment,
            number: self.number,
        };
        let exchange = Recorded {
            id: ExchangeId {
                session: self.session,
                number: self.number,
            },
            at: self.at,
            lease: self.lease,
            target: self.target,
            request: self.request.head()?,
            request_body: self.request_body.with(sent)?,
            responses: self
                .responses
                .into_iter()
                .map(|(at, form)| Some((at, form.head()?)))
                .collect::<Option<_>>()?,
            response_body: self.response_body.with(received)?,
            messages,
            more_messages: self.more_messages,
            end: self.end.map(|(at, outcome)| (at, outcome.into())),
        };
        (said.is_empty() && self.segments.contains(&self.segment)).then_some((place, exchange))
    }
}

impl HeadForm {
    fn of(head: &Head) -> Self {
        let (method, target, status) = match &head.start {
            Start::Request { method, target } => (Some(method.clone()), Some(target.clone()), None),
            Start::Status(status) => (None, None, Some(*status)),
        };
        let value = |bytes: &[u8]| match std::str::from_utf8(bytes) {
            Ok(text) => ValueForm::Text(text.to_owned()),
            Err(_) => ValueForm::Bytes {
                base64: STANDARD.encode(bytes),
            },
        };
        Self {
            method,
            target,
            status,
            version: head.version.clone(),
            fields: head
                .fields
                .iter()
                .map(|(name, bytes)| (name.clone(), value(bytes)))
                .collect(),
        }
    }

    fn head(self) -> Option<Head> {
        let start = match (self.method, self.target, self.status) {
            (Some(method), Some(target), None) => Start::Request { method, target },
            (None, None, Some(status)) => Start::Status(status),
            _ => return None,
        };
        let value = |form| match form {
            ValueForm::Text(text) => Some(text.into_bytes()),
            ValueForm::Bytes { base64 } => STANDARD.decode(base64).ok(),
        };
        let fields = self.fields.into_iter().map(|(name, form)| Some((name, value(form)?)));
        Some(Head {
            start,
            version: self.version,
            fields: fields.collect::<Option<_>>()?,
        })
    }
}

impl PartForm {
    fn of(part: &Part) -> Self {
        Self {
            kept: part.kept(),
            length: part.length,
            cut: part.cut,
            complete: part.complete,
        }
    }

    fn with(self, bytes: Vec<u8>) -> Option<Part> {
        let contents = if bytes.is_empty() {
            Vec::new()
        } else {
            vec![Content::Inline(bytes)]
        };
        let part = Part {
            contents,
            length: self.length,
            cut: self.cut,
            complete: self.complete,
        };
        (part.kept() == self.kept).then_some(part)
    }
}

impl MessageForm {
    fn of(message: &Message) -> Self {
        Self {
            from: match message.side {
                Side::Client => SideForm::Client,
                Side::Target => SideForm::Target,
            },
            at: message.at,
            opcode: message.opcode,
            part: PartForm::of(&message.part),
        }
    }
}

impl From<SideForm> for Side {
    fn from(form: SideForm) -> Self {
        match form {
            SideForm::Client => Self::Client,
            SideForm::Target => Self::Target,
        }
    }
}

impl From<Outcome> for OutcomeForm {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Complete => Self::Complete,
            Outcome::ClientGone => Self::ClientGone,
            Outcome::TargetGone => Self::TargetGone,
            Outcome::Stopped => Self::Stopped,
            Outcome::Limited => Self::Limited,
        }
    }
}

impl From<OutcomeForm> for Outcome {
    fn from(form: OutcomeForm) -> Self {
        match form {
            OutcomeForm::Complete => Self::Complete,
            OutcomeForm::ClientGone => Self::ClientGone,
            OutcomeForm::TargetGone => Self::TargetGone,
            OutcomeForm::Stopped => Self::Stopped,
            OutcomeForm::Limited => Self::Limited,
        }
    }
}
