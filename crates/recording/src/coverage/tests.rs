use super::*;
use crate::Head;

const HOUR: Micros = 3_600_000_000;

fn whole(method: &str, target: &str) -> String {
    format!("{method} {}", target.split('?').next().unwrap_or_default())
}

fn begin(exchange: u64, lease: &str, path: &str, at: Micros) -> Entry {
    let head = Head {
        start: Start::Request {
            method: "GET".into(),
            target: path.into(),
        },
        ..Head::default()
    };
    Entry::Begin {
        exchange,
        at,
        lease: lease.into(),
        target: "print".into(),
        head,
    }
}

fn answered(exchange: u64, status: u16) -> Entry {
    let head = Head {
        start: Start::Status(status),
        ..Head::default()
    };
    Entry::Response { exchange, at: 0, head }
}

fn ended(exchange: u64) -> Entry {
    Entry::End {
        exchange,
        at: 0,
        outcome: crate::Outcome::Complete,
    }
}

/// A story over two runs of a recorder; exchange 3 of the first never ends.
fn story() -> Vec<(u64, Entry)> {
    vec![
        (1, begin(1, "a", "/actes?n=1", 0)),
        (1, begin(2, "b", "/actes", HOUR)),
        (1, answered(1, 100)),
        (1, answered(1, 200)),
        (1, begin(3, "b", "/long", 24 * HOUR)),
        (1, ended(1)),
        (1, answered(2, 500)),
        (1, ended(2)),
        (2, begin(1, "c", "/nowhere", 25 * HOUR)),
        (2, answered(1, 404)),
        (2, ended(1)),
    ]
}

fn told(covering: &mut Covering, entries: &[(u64, Entry)]) -> Vec<(String, String, Micros, Option<u16>)> {
    let mut told = Vec::new();
    let mut tell = |one: Touched| told.push((one.endpoint, one.lease, one.at, one.status));
    for (session, entry) in entries {
        covering.take(*session, entry, whole, &mut tell);
    }
    told
}

#[test]
fn exchanges_are_told_once_wherever_segments_end() {
    let line = |endpoint: &str, lease: &str, at, status| (endpoint.to_owned(), lease.to_owned(), at, status);
    let expected = [
        line("GET /actes", "a", 0, Some(200)),
        line("GET /actes", "b", HOUR, Some(500)),
        line("GET /long", "b", 24 * HOUR, None),
        line("GET /nowhere", "c", 25 * HOUR, Some(404)),
    ];
    for cut in 0..=story().len() {
        let (first, second) = (&story()[..cut], &story()[cut..]);
        let mut covering = Covering::default();
        let mut all = told(&mut covering, first);
        let carried = covering.carried();
        assert!(!String::from_utf8_lossy(&carried).contains("n=1"), "no query is kept");
        let mut covering = Covering::resume(&carried).unwrap();
        all.extend(told(&mut covering, second));
        assert_eq!(all, expected, "cut at {cut}");
        assert!(covering.open.is_empty());
    }
}

/// What a segment tells is from strangers: what never ends cannot grow without end.
#[test]
fn what_is_under_way_is_bounded() {
    let mut covering = Covering::default();
    let entries: Vec<(u64, Entry)> = (0..MAX_OPEN as u64 + 7)
        .map(|number| (1, begin(number, "a", "/x", 1)))
        .collect();
    assert_eq!(told(&mut covering, &entries).len(), 7);
    assert_eq!(covering.open.len(), MAX_OPEN);
    let rest = told(&mut covering, &[(2, begin(1, "a", "/y", 2))]);
    assert_eq!(rest.len(), MAX_OPEN);
    assert_eq!(Covering::resume(b""), Some(Covering::default()));
    assert_eq!(Covering::resume(b"{"), None);
}
