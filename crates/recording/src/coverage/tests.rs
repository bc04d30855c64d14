use super::*;
use crate::Head;
use proptest::prelude::*;

fn any_touch() -> impl Strategy<Value = Touch> {
    let status = prop::option::of(prop::sample::select(vec![101u16, 200, 302, 403, 404, 500]));
    (0..3u8, 0..20u8, 0..40u16, any::<u32>(), status).prop_map(|(target, lease, path, at, status)| Touch {
        target: format!("print {target}"),
        lease: format!("lease {lease}"),
        endpoint: format!("GET /{path}"),
        at: Micros::from(at) * 1_000_000,
        status,
    })
}

fn counted(touches: &[Touch]) -> Coverage {
    let mut coverage = Coverage::default();
    touches.iter().for_each(|touch| coverage.count(touch));
    coverage
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn merging_parts_in_any_order_is_counting_everything(
        touches in prop::collection::vec(any_touch(), 0..200),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
        backwards: bool,
    ) {
        let whole = counted(&touches);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(touches.len() + 1)).collect();
        cuts.extend([0, touches.len()]);
        cuts.sort_unstable();
        let mut parts: Vec<Coverage> = cuts.windows(2).map(|pair| counted(&touches[pair[0]..pair[1]])).collect();
        if backwards {
            parts.reverse();
        }
        let mut merged = Coverage::default();
        parts.into_iter().for_each(|part| merged.merge(part));
        prop_assert_eq!(&merged, &whole);
        let total: u64 = whole.targets.values().map(|target| target.total.exchanges).sum();
        prop_assert_eq!(total, touches.len() as u64);
        let stored = serde_json::to_string(&whole).unwrap();
        prop_assert_eq!(serde_json::from_str::<Coverage>(&stored).unwrap(), whole);
    }
}

#[test]
fn too_many_endpoints_are_bounded_and_merge_alike() {
    let touches: Vec<Touch> = (0..9000u32)
        .map(|number| Touch {
            target: "print".into(),
            lease: "lease".into(),
            endpoint: format!("GET /{}", number * 7919 % 6000),
            at: 5,
            status: Some(200),
        })
        .collect();
    let whole = counted(&touches);
    let mut merged = Coverage::default();
    for part in touches.chunks(1700).rev() {
        merged.merge(counted(part));
    }
    assert_eq!(merged, whole);
    let target = &whole.targets["print"];
    assert_eq!(target.endpoints.len(), MAX_ENDPOINTS);
    let apart: u64 = target.endpoints.values().map(|one| one.counted.exchanges).sum();
    assert_eq!(apart + target.others.exchanges, 9000);
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
        (1, begin(1, "a", "/actes/1", 0)),
        (1, begin(2, "b", "/actes/2", HOUR)),
        (1, answered(1, 100)),
        (1, answered(1, 200)),
        (1, begin(3, "b", "/long", DAY)),
        (1, ended(1)),
        (1, answered(2, 500)),
        (1, ended(2)),
        (2, begin(1, "c", "/nowhere", DAY)),
        (2, answered(1, 404)),
        (2, ended(1)),
    ]
}

#[test]
fn entries_are_counted_wherever_segments_end() {
    let whole = {
        let mut covering = Covering::default();
        story()
            .iter()
            .for_each(|(session, entry)| covering.take(*session, entry));
        covering.so_far()
    };
    let target = &whole.targets["print"];
    let actes = &target.endpoints[&Endpoint::from("GET /actes/{n}".to_owned())];
    assert_eq!((actes.counted.exchanges, actes.counted.leases.count()), (2, 2));
    assert_eq!(
        (actes.counted.statuses.successful, actes.counted.statuses.server_error),
        (1, 1)
    );
    assert_eq!(actes.days, BTreeMap::from([(0, 2)]));
    assert_eq!(target.endpoints.len(), 1);
    assert_eq!((target.nowhere.exchanges, target.nowhere.statuses.none), (2, 1));
    assert_eq!(target.hours.keys().copied().collect::<Vec<_>>(), [0, 1, 24]);
    assert_eq!((target.total.first, target.total.last), (Some(0), Some(DAY)));
    for cut in 0..story().len() {
        let (first, second) = (&story()[..cut], &story()[cut..]);
        let mut covering = Covering::default();
        first.iter().for_each(|(session, entry)| covering.take(*session, entry));
        let stored = serde_json::to_string(&covering).unwrap();
        let mut covering: Covering = serde_json::from_str(&stored).unwrap();
        second
            .iter()
            .for_each(|(session, entry)| covering.take(*session, entry));
        assert_eq!(covering.so_far(), whole, "cut at {cut}");
    }
}

/// What a segment tells is from strangers: a scanner cannot make a summary grow without end.
#[test]
fn a_scanner_that_finds_nothing_leaves_little() {
    let mut covering = Covering::default();
    for number in 0..30_000u64 {
        covering.take(1, &begin(number, "a", &format!("/scan{number}x"), 1));
        covering.take(1, &answered(number, 404));
        covering.take(1, &ended(number));
    }
    assert!(serde_json::to_string(&covering).unwrap().len() < 2000);
    assert_eq!(covering.coverage.targets["print"].nowhere.exchanges, 30_000);
}
