//! What an address asks of a list of endpoints: the target, filters, the order, the page.

use crate::shell::{Sorting, with_query};
use domain::coverage::ShownEndpoint;
use domain::ids::TargetId;
use std::cmp::Ordering;
use std::collections::HashMap;
use use_cases::coverage::CoveredTarget;

/// The columns by which endpoints are sorted, and whether what is greatest comes first.
const COLUMNS: &[(&str, bool)] = &[
    ("chemin", false),
    ("requetes", true),
    ("chasseurs", true),
    ("premiere", false),
    ("derniere", true),
];

/// The orders to choose from where rows are cards and have no heads.
pub(super) const ORDERS: &[(&str, &str)] = &[
    ("", "coverage-order-path"),
    ("requetes", "coverage-order-requests"),
    ("chasseurs", "coverage-order-hunters"),
    ("-premiere", "coverage-order-newest"),
    ("premiere", "coverage-order-oldest"),
    ("derniere", "coverage-order-last"),
];

/// What an address asks: `?cible=…&chemin=actes&methode=POST&tri=requetes&apres=50`.
pub(super) struct Asked {
    /// The target; the first one without.
    pub(super) target: Option<TargetId>,
    /// What stands in the path, whatever the case.
    pub(super) path: String,
    /// The method; any without.
    pub(super) method: String,
    /// The order.
    pub(super) sorting: Sorting,
    /// How many endpoints stand on the pages before.
    pub(super) after: usize,
}

impl Asked {
    pub(super) fn read(query: &HashMap<String, String>) -> Self {
        let text = |name: &str| query.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        Self {
            target: text("cible").parse().ok(),
            path: text("chemin"),
            method: text("methode"),
            sorting: Sorting::read(COLUMNS, &text("tri")),
            after: text("apres").parse().unwrap_or(0),
        }
    }

    /// Says whether only some endpoints are asked for.
    pub(super) fn narrowed(&self) -> bool {
        !self.path.is_empty() || !self.method.is_empty()
    }

    /// Writes an address with what is asked, in an order, from a place on.
    pub(super) fn href(&self, path: &str, target: Option<TargetId>, sorting: &str, after: usize) -> String {
        let target = target.map(|id| id.to_string()).unwrap_or_default();
        let after = if after == 0 { String::new() } else { after.to_string() };
        let pairs = [
            ("cible", target.as_str()),
            ("chemin", &self.path),
            ("methode", &self.method),
            ("tri", sorting),
            ("apres", &after),
        ];
        with_query(path, &pairs)
    }

    /// Gives the target that is asked for among those there are.
    pub(super) fn choose<'a>(&self, targets: &'a [CoveredTarget]) -> Option<&'a CoveredTarget> {
        let asked = targets.iter().find(|one| Some(one.id) == self.target);
        let touched = || targets.iter().find(|one| one.shown.requests > 0);
        asked.or_else(touched).or_else(|| targets.first())
    }

    /// Gives the endpoints that are asked for, in their order.
    pub(super) fn endpoints(&self, all: &[ShownEndpoint]) -> Vec<ShownEndpoint> {
        let wanted = self.path.to_lowercase();
        let holds = |one: &&ShownEndpoint| {
            (self.method.is_empty() || one.method == self.method) && one.path.to_lowercase().contains(&wanted)
        };
        let mut found: Vec<ShownEndpoint> = all.iter().filter(holds).cloned().collect();
        // Equal ones stay in the order of their paths.
        found.sort_by(|a, b| self.compare(a, b));
        found
    }

    fn compare(&self, a: &ShownEndpoint, b: &ShownEndpoint) -> Ordering {
        let first = |one: &ShownEndpoint| one.seen.map(|seen| seen.0);
        let last = |one: &ShownEndpoint| one.seen.map(|seen| seen.1);
        let order = match self.sorting.code() {
            "requetes" => b.requests.cmp(&a.requests),
            "chasseurs" => b.hunters.cmp(&a.hunters),
            "premiere" => first(a).cmp(&first(b)),
            "derniere" => last(b).cmp(&last(a)),
            _ => (a.path.to_lowercase(), &a.method).cmp(&(b.path.to_lowercase(), &b.method)),
        };
        if self.sorting.reversed { order.reverse() } else { order }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::coverage::Told;

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
    fn endpoints_are_found_and_ordered_as_the_address_says() {
        let all = [
            endpoint("GET", "/actes", 9, Told::Exactly(4), (0, 2)),
            endpoint("POST", "/actes", 2, Told::Few, (1, 1)),
            endpoint("GET", "/Agenda", 5, Told::Exactly(3), (1, 3)),
        ];
        for (query, expected) in [
            ("", ["GET /actes", "POST /actes", "GET /Agenda"].as_slice()),
            ("tri=-chemin", &["GET /Agenda", "POST /actes", "GET /actes"]),
            ("tri=requetes", &["GET /actes", "GET /Agenda", "POST /actes"]),
            ("tri=-chasseurs", &["POST /actes", "GET /Agenda", "GET /actes"]),
            ("tri=premiere", &["GET /actes", "POST /actes", "GET /Agenda"]),
            ("tri=derniere", &["GET /Agenda", "GET /actes", "POST /actes"]),
            ("chemin=AGENDA", &["GET /Agenda"]),
            ("methode=POST&chemin=act", &["POST /actes"]),
            ("methode=PUT", &[]),
        ] {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let query: HashMap<_, _> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let found = Asked::read(&query).endpoints(&all);
            let names: Vec<String> = found.iter().map(|one| format!("{} {}", one.method, one.path)).collect();
            assert_eq!(names, expected, "{query:?}");
        }
    }
}
