//! How a service is known to work, as one writes it.

use super::problem::RecipeProblemKind as Kind;
use super::reader::{Node, Reader, Section};
use super::units::{self, DURATION};
use super::{Health, HealthCheck, fields};
use std::time::Duration;

/// The usual time between two checks.
const EVERY: Duration = Duration::from_secs(1);
/// The usual time that a service may need to become healthy.
const WITHIN: Duration = Duration::from_secs(60);
/// The longest time between two checks.
const SELDOM: Duration = Duration::from_secs(60);

/// Gives what is checked where the recipe says nothing: the entry's port, else the process.
pub(super) fn default(entry: Option<u16>, longest: Duration) -> Health {
    Health {
        check: entry.map_or(HealthCheck::Running, |port| HealthCheck::Tcp { port }),
        every: EVERY,
        within: WITHIN.min(longest),
    }
}

pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>, entry: Option<u16>, longest: Duration) -> Option<Health> {
    let usual = default(entry, longest);
    let mut section = reader.section(node)?;
    let every = section.or(reader, "every", usual.every, |reader, node| {
        duration(reader, node, SELDOM)
    });
    let within = section.or(reader, "within", usual.within, |reader, node| {
        duration(reader, node, longest)
    });
    let tcp = section.take(reader, "tcp");
    let http = section.take(reader, "http");
    let check = match (tcp, http) {
        (Some(_), Some(http)) => {
            // Its fields are read all the same, so that they are not called unknown.
            http_check(reader, &mut section, &http, entry);
            reader.refuse(&http, Kind::Duplicate, "tcp = 5432 | http = \"/\"")
        }
        (Some(tcp), None) => fields::port(reader, &tcp).map(|port| HealthCheck::Tcp { port }),
        (None, Some(path)) => http_check(reader, &mut section, &path, entry),
        (None, None) => Some(usual.check),
    };
    section.finish(reader);
    Some(Health {
        check: check?,
        every,
        within,
    })
}

fn http_check(
    reader: &mut Reader<'_>,
    section: &mut Section<'_>,
    node: &Node<'_>,
    entry: Option<u16>,
) -> Option<HealthCheck> {
    let path = reader.text(node)?;
    let status = section.or(reader, "status", 200, |reader, node| {
        u16::try_from(reader.whole(node, 100, 599)?).ok()
    });
    let port = match entry {
        Some(port) => Some(section.or(reader, "port", port, fields::port)),
        None => section.must(reader, "port", "1 … 65535", fields::port),
    };
    let host = section.or(reader, "host", None, |reader, node| match reader.text(node)? {
        text if units::is_host_name(&text) => Some(Some(text)),
        _ => reader.refuse(node, Kind::Malformed, "\"www.mairie.example\""),
    });
    // What is sent as a request line must be one (RFC 9112, section 3.2.1).
    if !path.starts_with('/') || path.len() > 500 || !path.bytes().all(|b| b.is_ascii_graphic()) {
        return reader.refuse(node, Kind::Malformed, "\"/path\"");
    }
    Some(HealthCheck::Http {
        port: port?,
        path,
        status,
        host,
    })
}

/// Reads a duration between a tenth of a second and a bound.
fn duration(reader: &mut Reader<'_>, node: &Node<'_>, most: Duration) -> Option<Duration> {
    let text = reader.text(node)?;
    match units::duration(&text) {
        Some(length) if length < Duration::from_millis(100) => reader.refuse(node, Kind::TooSmall, "100 ms"),
        Some(length) if length > most => reader.refuse(node, Kind::TooLarge, &format!("{} s", most.as_secs())),
        Some(length) => Some(length),
        None => reader.refuse(node, Kind::Malformed, DURATION),
    }
}
