//! Sizes, durations, names, places and images, as one writes them in a recipe.

use super::{Digest, ImageRef, User};
use std::time::Duration;

/// How a size is written.
pub(super) const SIZE: &str = "\"64 MiB\" (KiB, MiB, GiB)";
/// How a duration is written.
pub(super) const DURATION: &str = "\"30 s\" (ms, s, min)";
/// How an image is written.
pub(super) const IMAGE: &str = "\"name@sha256:…\", \"sha256:…\"";
/// How a name is written.
pub(super) const NAME: &str = "a-z, 0-9, - (1 … 40)";
/// How a place of the file system is written.
pub(super) const PLACE: &str = "\"/a/folder\"";
/// How a user is written.
pub(super) const USER: &str = "\"1000:1000\"";

/// Reads a size in bytes.
pub(super) fn size(text: &str) -> Option<u64> {
    let (number, unit) = split(text)?;
    let factor = match unit {
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(factor)
}

/// Reads a duration.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = split(text)?;
    match unit {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "min" => number.checked_mul(60).map(Duration::from_secs),
        _ => None,
    }
}

fn split(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(end);
    Some((number.parse().ok()?, unit.strip_prefix(' ').unwrap_or(unit)))
}

/// Says whether a text is a label of a host name (RFC 1123, section 2.1) in small letters.
pub(super) fn is_name(text: &str) -> bool {
    let inside = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=40).contains(&text.len())
        && text.bytes().all(inside)
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
}

/// Says whether a text is a host name of several labels at most.
pub(super) fn is_host_name(text: &str) -> bool {
    text.len() <= 253 && text != "localhost" && text.split('.').all(is_name)
}

/// Says whether a text names a variable of the environment (POSIX.1-2017, section 8.1, small letters too).
pub(super) fn is_variable(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Says whether a text is an absolute place without ornaments, which engines cannot read otherwise.
pub(super) fn is_place(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let part = |part: &str| !part.is_empty() && part != "." && part != ".." && part.bytes().all(letter);
    text.len() <= 200 && text.strip_prefix('/').is_some_and(|rest| rest.split('/').all(part))
}

/// Says whether a place belongs to the system, where nothing may be mounted.
pub(super) fn is_reserved(place: &str) -> bool {
    [
        "/proc",
        "/sys",
        "/dev",
        "/etc/hosts",
        "/etc/hostname",
        "/etc/resolv.conf",
    ]
    .iter()
    .any(|one| place == *one || place.strip_prefix(one).is_some_and(|rest| rest.starts_with('/')))
}

/// Reads an image by its digest.
pub(super) fn image(text: &str) -> Option<ImageRef> {
    let (name, digest) = match text.rsplit_once('@') {
        Some((name, digest)) => (Some(name), digest),
        None => (None, text),
    };
    let digest = Digest::parse(digest)?;
    if name.is_some_and(|name| !is_repository(name)) {
        return None;
    }
    Some(ImageRef {
        name: name.map(str::to_owned),
        digest,
    })
}

/// Says whether a text names an image by a tag, be it the one that is left out.
pub(super) fn is_tagged(text: &str) -> bool {
    let (name, digested) = match text.rsplit_once('@') {
        Some((name, _)) => (name, true),
        None => (text, false),
    };
    match name.rsplit_once(':') {
        Some(("sha256", _)) => false,
        Some((repository, tag)) if !tag.contains('/') => is_repository(repository),
        _ => !digested && is_repository(name),
    }
}

/// Says whether a text is a repository without a tag (OCI distribution specification 1.1, "Pulling manifests").
fn is_repository(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
    let part = |part: &str| {
        part.bytes().all(letter)
            && part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.ends_with(|c: char| c.is_ascii_alphanumeric())
    };
    let host = |text: &str| {
        let (name, port) = text.split_once(':').unwrap_or((text, "1"));
        part(name) && !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit())
    };
    if text.len() > 255 {
        return false;
    }
    match text.split_once('/') {
        Some((first, rest)) => host(first) && rest.split('/').all(part),
        None => part(text),
    }
}

/// Reads a numeric user, with its group or with the group of the same number.
pub(super) fn user(text: &str) -> Option<User> {
    let number = |text: &str| -> Option<u32> {
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse().ok())?
    };
    let (user, group) = text.split_once(':').unwrap_or((text, text));
    Some(User {
        user: number(user)?,
        group: number(group)?,
    })
}
