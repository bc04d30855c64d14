//! Which endpoints of a list are asked for, and in which order.

use super::ShownEndpoint;
use std::cmp::Ordering;

/// By what endpoints are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EndpointOrder {
    /// By their path, whatever the case, then by their method.
    #[default]
    Path,
    /// The most asked for first.
    Requests,
    /// Those that most hunters touched first.
    Hunters,
    /// Those that were touched first in the campaign first.
    First,
    /// Those that were touched last in the campaign last.
    Last,
}

impl EndpointOrder {
    fn compare(self, a: &ShownEndpoint, b: &ShownEndpoint) -> Ordering {
        let first = |one: &ShownEndpoint| one.seen.map(|seen| seen.0);
        let last = |one: &ShownEndpoint| one.seen.map(|seen| seen.1);
        match self {
            Self::Path => (a.path.to_lowercase(), &a.method).cmp(&(b.path.to_lowercase(), &b.method)),
            Self::Requests => b.requests.cmp(&a.requests),
            Self::Hunters => b.hunters.cmp(&a.hunters),
            Self::First => first(a).cmp(&first(b)),
            Self::Last => last(b).cmp(&last(a)),
        }
    }
}

/// Gives the endpoints whose path holds a text, whatever the case, and whose method is one (any where it is empty), in an
/// order or the other way round; equal ones stay as they were.
#[must_use]
pub fn found(
    all: &[ShownEndpoint],
    path: &str,
    method: &str,
    order: EndpointOrder,
    reversed: bool,
) -> Vec<ShownEndpoint> {
    let wanted = path.to_lowercase();
    let holds =
        |one: &&ShownEndpoint| (method.is_empty() || one.method == method) && one.path.to_lowercase().contains(&wanted);
    let mut found: Vec<ShownEndpoint> = all.iter().filter(holds).cloned().collect();
    found.sort_by(|a, b| {
        let order = order.compare(a, b);
        if reversed { order.reverse() } else { order }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::Told;

    fn endpoint(method: &str, path: &str, requests: u64, hunters: Told, seen: (usize, usize)) -> ShownEndpoint {
        ShownEndpoint {
            method: method.to_owned(),
            path: path.to_owned(),
            requests,
            hunters,
            seen: Some(seen),
        }
    }

    #[test]
    fn endpoints_are_found_and_ordered() {
        use EndpointOrder::{First, Hunters, Last, Path, Requests};
        let all = [
            endpoint("GET", "/actes", 9, Told::Exactly(4), (0, 2)),
            endpoint("POST", "/actes", 2, Told::Few, (1, 1)),
            endpoint("GET", "/Agenda", 5, Told::Exactly(3), (1, 3)),
        ];
        for (path, method, order, reversed, expected) in [
            (
                "",
                "",
                Path,
                false,
                ["GET /actes", "POST /actes", "GET /Agenda"].as_slice(),
            ),
            ("", "", Path, true, &["GET /Agenda", "POST /actes", "GET /actes"]),
            ("", "", Requests, false, &["GET /actes", "GET /Agenda", "POST /actes"]),
            ("", "", Hunters, true, &["POST /actes", "GET /Agenda", "GET /actes"]),
            ("", "", First, false, &["GET /actes", "POST /actes", "GET /Agenda"]),
            ("", "", Last, false, &["GET /Agenda", "GET /actes", "POST /actes"]),
            ("AGENDA", "", Path, false, &["GET /Agenda"]),
            ("act", "POST", Path, false, &["POST /actes"]),
            ("", "PUT", Path, false, &[]),
        ] {
            let given = found(&all, path, method, order, reversed);
            let names: Vec<String> = given.iter().map(|one| format!("{} {}", one.method, one.path)).collect();
            assert_eq!(names, expected, "{path} {method} {order:?} {reversed}");
        }
    }
}
