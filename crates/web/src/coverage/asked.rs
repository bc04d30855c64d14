//! What an address asks of a list of endpoints: the target, filters, the order, the page.

use crate::shell::with_query;
use addresses::Sorting;
use domain::coverage::{EndpointOrder, ShownEndpoint, found};
use domain::ids::TargetId;
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
        let order = match self.sorting.code() {
            "requetes" => EndpointOrder::Requests,
            "chasseurs" => EndpointOrder::Hunters,
            "premiere" => EndpointOrder::First,
            "derniere" => EndpointOrder::Last,
            _ => EndpointOrder::Path,
        };
        found(all, &self.path, &self.method, order, self.sorting.reversed)
    }
}
