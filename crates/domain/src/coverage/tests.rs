use super::*;
use proptest::prelude::*;

fn day(number: u8) -> Date {
    Date::new(2026, 11, number % 28 + 1).unwrap()
}

fn touch(endpoint: &str, hunter: u64, on: u8, status: u16) -> Touch {
    Touch {
        endpoint: endpoint.to_owned(),
        hunter,
        day: day(on),
        status: Some(status),
    }
}

fn counted(touches: &[Touch], most: usize) -> Coverage {
    let mut coverage = Coverage::default();
    touches.iter().for_each(|one| coverage.count(one, most));
    coverage
}

fn any_touch() -> impl Strategy<Value = Touch> {
    let status = prop::option::of(prop::sample::select(vec![101u16, 200, 302, 403, 404, 500]));
    (0..40u8, 0..9u64, 0..28u8, status).prop_map(|(path, hunter, on, status)| Touch {
        endpoint: format!("GET /{path}"),
        hunter,
        day: day(on),
        status,
    })
}

#[test]
fn what_touched_nothing_is_counted_apart() {
    let touches = [
        touch("GET /a", 1, 0, 200),
        touch("GET /a", 2, 0, 500),
        touch("GET /b", 1, 1, 404),
        Touch {
            status: None,
            ..touch("GET /c", 3, 1, 0)
        },
    ];
    let coverage = counted(&touches, 10);
    assert_eq!(coverage.endpoints.keys().collect::<Vec<_>>(), ["GET /a"]);
    assert_eq!((coverage.total.requests, coverage.nowhere.requests), (4, 2));
    let shown = shown(&coverage, &["/a".to_owned(), "/b".to_owned(), "/".to_owned()]);
    assert_eq!(shown.untouched, ["/b"]);
    assert_eq!(
        (shown.hunters, shown.endpoints[0].hunters),
        (Told::Exactly(3), Told::Few)
    );
    assert_eq!(shown.periods.len(), 1, "{:?}", shown.periods);
}

#[test]
fn the_time_of_few_people_is_not_told() {
    let two = counted(&[touch("GET /a", 1, 0, 200), touch("GET /a", 2, 5, 200)], 10);
    let told = shown(&two, &[]);
    assert!(told.periods.is_empty() && told.endpoints[0].seen.is_none());
    assert_eq!((told.requests, told.hunters), (2, Told::Few));
    let touches = [
        touch("GET /a", 1, 0, 200),
        touch("GET /b", 2, 1, 200),
        touch("GET /b", 3, 2, 200),
        touch("GET /c", 4, 3, 200),
        touch("POST /c", 5, 4, 200),
        touch("GET /c", 1, 4, 200),
        touch("GET /d", 1, 9, 200),
    ];
    let told = shown(&counted(&touches, 10), &[]);
    let periods: Vec<_> = told
        .periods
        .iter()
        .map(|one| (one.from, one.until, one.endpoints, one.fresh, one.known))
        .collect();
    assert_eq!(periods, [(day(0), day(2), 2, 2, 2), (day(3), day(9), 3, 3, 5)]);
    let seen = |path: &str| told.endpoints.iter().find(|one| one.path == path).unwrap().seen;
    assert_eq!((seen("/a"), seen("/d")), (Some((0, 0)), Some((1, 1))));
}

#[test]
fn the_path_of_a_scope_holds_what_is_below_it() {
    let coverage = counted(&[touch("GET /portail/actes/{n}", 1, 0, 200)], 10);
    let declared = ["/portail/", "/portail/actes/12", "/portail/act", "/api", "/PORTAIL"];
    let declared: Vec<String> = declared.map(str::to_owned).to_vec();
    assert_eq!(
        shown(&coverage, &declared).untouched,
        ["/portail/act", "/api", "/PORTAIL"]
    );
}

#[test]
fn days_without_end_are_bounded() {
    let mut coverage = Coverage::default();
    let mut on = Date::new(2020, 1, 1).unwrap();
    for _ in 0..MAX_DAYS + 50 {
        coverage.count(
            &Touch {
                day: on,
                ..touch("GET /a", 1, 0, 200)
            },
            10,
        );
        on = on.next();
    }
    assert_eq!(
        (coverage.days.len(), coverage.total.requests),
        (MAX_DAYS, MAX_DAYS as u64 + 50)
    );
    assert_eq!(
        coverage.endpoints["GET /a"].days.values().sum::<u64>(),
        coverage.total.requests
    );
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nobody_is_pointed_at(
        touches in prop::collection::vec(any_touch(), 0..200),
        most in 1..50usize,
    ) {
        let coverage = counted(&touches, most);
        prop_assert!(coverage.endpoints.len() <= most);
        let apart: u64 = coverage.endpoints.values().map(|one| one.counted.requests).sum();
        prop_assert_eq!(apart + coverage.others.requests + coverage.nowhere.requests, touches.len() as u64);

        let told = shown(&coverage, &[]);
        let all = Told::of(&coverage.total.hunters);
        prop_assert_eq!(told.periods.is_empty(), matches!(all, Told::Nobody | Told::Few));
        prop_assert!(told.periods.iter().all(|one| matches!(one.hunters, Told::Exactly(_))));
        prop_assert!(told.periods.windows(2).all(|pair| pair[0].until < pair[1].from));
        if let Some(last) = told.periods.last() {
            prop_assert_eq!(last.known, told.endpoints.len() as u64);
            prop_assert_eq!(told.periods.iter().map(|one| one.requests).sum::<u64>(), told.requests);
            prop_assert!(told.endpoints.iter().all(|one| one.seen.is_some_and(|(first, last)| first <= last)));
        }
        for one in &told.endpoints {
            let exact = coverage.endpoints[&format!("{} {}", one.method, one.path)].counted.hunters.count();
            let expected = if exact < TOLD_FROM { Told::Few } else { Told::Exactly(exact) };
            prop_assert_eq!(one.hunters, expected);
        }
    }

    #[test]
    fn the_order_does_not_matter_while_there_is_room(touches in prop::collection::vec(any_touch(), 0..100)) {
        let mut backwards = touches.clone();
        backwards.reverse();
        prop_assert_eq!(counted(&touches, 100), counted(&backwards, 100));
    }
}
