//! The small objects of a HAR file.

use serde::Serialize;

use crate::collect::{Part, Recorded};
use crate::entry::{Head, Micros, Outcome, Start};
use crate::export::{field, instant};

#[derive(Serialize)]
pub(super) struct Creator<'p> {
    pub(super) name: &'p str,
    pub(super) version: &'p str,
}

/// In milliseconds, as the gateway saw them pass.
#[derive(Serialize)]
pub(super) struct Timings {
    send: f64,
    wait: f64,
    receive: f64,
}

impl Timings {
    pub(super) fn of(exchange: &Recorded) -> Self {
        let answered = exchange.responses.last().map(|(at, _)| *at);
        let ended = exchange.end.map(|(at, _)| at);
        let first = answered.or(ended).unwrap_or(exchange.at);
        Self {
            send: 0.0,
            wait: milliseconds(exchange.at, first),
            receive: milliseconds(first, ended.unwrap_or(first)),
        }
    }

    pub(super) fn total(&self) -> f64 {
        ((self.wait + self.receive) * 1000.0).round() / 1000.0
    }
}

fn milliseconds(from: Micros, to: Micros) -> f64 {
    // Clocks may step back; no stretch of time is negative.
    to.saturating_sub(from).max(0) as f64 / 1000.0
}

#[derive(Serialize)]
struct Pair {
    name: String,
    value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cookie {
    name: String,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    http_only: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    secure: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request<'e> {
    method: &'e str,
    url: &'e str,
    http_version: &'e str,
    cookies: Vec<Cookie>,
    headers: Vec<Pair>,
    query_string: Vec<Pair>,
    headers_size: i64,
    body_size: i64,
}

impl<'e> Request<'e> {
    pub(super) fn of(exchange: &'e Recorded, url: &'e str) -> Self {
        let (method, target) = match &exchange.request.start {
            Start::Request { method, target } => (method.as_str(), target.as_str()),
            Start::Status(_) => ("", ""),
        };
        Self {
            method,
            url,
            http_version: &exchange.request.version,
            cookies: sent_cookies(&exchange.request),
            headers: headers(&exchange.request),
            query_string: query(target),
            headers_size: -1,
            body_size: size(&exchange.request_body),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Response<'e> {
    status: u16,
    status_text: String,
    http_version: &'e str,
    cookies: Vec<Cookie>,
    headers: Vec<Pair>,
    #[serde(rename = "redirectURL")]
    redirect: String,
    headers_size: i64,
    body_size: i64,
}

impl<'e> Response<'e> {
    pub(super) fn of(exchange: &Recorded, head: &'e Head) -> Self {
        Self {
            status: match head.start {
                Start::Status(status) => status,
                Start::Request { .. } => 0,
            },
            status_text: String::new(),
            http_version: &head.version,
            cookies: set_cookies(head),
            headers: headers(head),
            redirect: field(head, "location").unwrap_or_default(),
            headers_size: -1,
            body_size: size(&exchange.response_body),
        }
    }
}

/// What HAR has no name for.
#[derive(Serialize)]
pub(super) struct Ours {
    exchange: String,
    lease: String,
    fingerprint: String,
    outcome: Option<&'static str>,
    informational: Vec<u16>,
    ended: Option<String>,
    more_messages: u64,
}

impl Ours {
    pub(super) fn of(exchange: &Recorded) -> Self {
        let earlier = exchange.responses.split_last().map_or(&[][..], |(_, earlier)| earlier);
        Self {
            exchange: exchange.id.to_string(),
            lease: exchange.lease.clone(),
            fingerprint: exchange.target.clone(),
            outcome: exchange.end.map(|(_, outcome)| word(outcome)),
            informational: earlier
                .iter()
                .filter_map(|(_, head)| match head.start {
                    Start::Status(status) => Some(status),
                    Start::Request { .. } => None,
                })
                .collect(),
            ended: exchange.end.map(|(at, _)| instant(at)),
            more_messages: exchange.more_messages,
        }
    }
}

pub(in crate::export) fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Complete => "complete",
        Outcome::ClientGone => "client-gone",
        Outcome::TargetGone => "target-gone",
        Outcome::Stopped => "stopped",
        Outcome::Limited => "limited",
    }
}

/// The size of a body as it passed: -1 when its end is not recorded, 0 when there is none.
fn size(part: &Part) -> i64 {
    match part.length {
        Some(length) => i64::try_from(length).unwrap_or(-1),
        None if part.contents.is_empty() => 0,
        None => -1,
    }
}

fn headers(head: &Head) -> Vec<Pair> {
    let pairs = head.fields.iter().map(|(name, value)| Pair {
        name: name.clone(),
        value: String::from_utf8_lossy(value).into_owned(),
    });
    pairs.collect()
}

fn query(target: &str) -> Vec<Pair> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let parts = query.split('&').filter(|part| !part.is_empty());
    let pairs = parts.map(|part| part.split_once('=').unwrap_or((part, "")));
    let pair = |(name, value): (&str, &str)| Pair {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    pairs.map(pair).collect()
}

fn sent_cookies(head: &Head) -> Vec<Cookie> {
    let fields = head
        .fields
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("cookie"));
    let mut cookies = Vec::new();
    for (_, value) in fields {
        let text = String::from_utf8_lossy(value);
        cookies.extend(text.split(';').filter_map(|pair| cookie(pair.trim())));
    }
    cookies
}

fn set_cookies(head: &Head) -> Vec<Cookie> {
    let fields = head
        .fields
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    fields
        .filter_map(|(_, value)| {
            let text = String::from_utf8_lossy(value);
            let mut parts = text.split(';').map(str::trim);
            let mut cookie = cookie(parts.next()?)?;
            for part in parts {
                let (name, value) = part.split_once('=').unwrap_or((part, ""));
                match name.to_ascii_lowercase().as_str() {
                    "path" => cookie.path = Some(value.to_owned()),
                    "domain" => cookie.domain = Some(value.to_owned()),
                    "httponly" => cookie.http_only = true,
                    "secure" => cookie.secure = true,
                    _ => {}
                }
            }
            Some(cookie)
        })
        .collect()
}

fn cookie(pair: &str) -> Option<Cookie> {
    let (name, value) = pair.split_once('=')?;
    Some(Cookie {
        name: name.to_owned(),
        value: value.to_owned(),
        path: None,
        domain: None,
        http_only: false,
        secure: false,
    })
}
