use super::*;
use crate::tests::{Story, folder, secret};
use crate::{Limits, Recorded, SegmentRecord, Start};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tempfile::TempDir;

/// Several segments by two runs of a recorder: the truth to compare with.
struct World {
    _place: TempDir,
    disk: Arc<dyn crate::Disk>,
    records: Vec<SegmentRecord>,
    whole: Vec<Recorded>,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let (place, disk) = folder();
    let limits = Limits {
        segment_bytes: 1000,
        ..Limits::default()
    };
    let mut exchanges = 0u32;
    for _run in 0..2 {
        let story = Story::begin(Arc::clone(&disk), limits.clone());
        // One exchange that goes on while segments come and go.
        let long = story.opened("/long");
        for _round in 0..6 {
            for _ in 0..7 {
                exchanges += 1;
                let chance = blake3::hash(&exchanges.to_be_bytes());
                let answer = format!("Réponse {exchanges} {chance}").repeat(40);
                story
                    .exchange(&format!("/actes/{exchanges}"), b"question", answer.as_bytes())
                    .unwrap();
            }
            std::thread::sleep(Duration::from_millis(130));
        }
        long.response(404, "HTTP/1.1", []).unwrap();
        drop(long);
        story.end();
    }
    let records = crate::records(&*disk).unwrap();
    assert!(records.len() > 6, "{}", records.len());
    let (whole, _) = crate::tests::read(&disk);
    World {
        _place: place,
        disk,
        records,
        whole,
    }
});

fn archive() -> Archive {
    Archive::new(Arc::clone(&WORLD.disk), secret())
}

fn all(filter: &Filter, order: Order, effort: Effort) -> Vec<Found> {
    let (mut archive, mut after, mut found) = (archive(), None, Vec::new());
    loop {
        let page = find(&mut archive, &WORLD.records, filter, order, after, effort).unwrap();
        assert!(page.found.len() <= effort.limit);
        found.extend(page.found);
        match page.next {
            Some(next) => after = Some(next),
            None => return found,
        }
    }
}

fn everything() -> Filter {
    Filter::of(Leases::All)
}

#[test]
fn pages_of_any_size_give_every_exchange_once_and_in_order() {
    let whole = all(&everything(), Order::Oldest, Effort::page(1000));
    assert_eq!(whole.len(), WORLD.whole.len());
    assert_eq!(whole.len(), 86);
    assert!(whole.windows(2).all(|pair| pair[0].place < pair[1].place));
    for (limit, blocks) in [(1, 1000), (3, 1), (7, 1000), (50, 1)] {
        let effort = Effort { limit, blocks };
        assert_eq!(all(&everything(), Order::Oldest, effort), whole);
        let mut newest = all(&everything(), Order::Newest, effort);
        newest.reverse();
        assert_eq!(newest, whole);
    }
}

#[test]
fn each_exchange_is_had_whole_by_its_name_and_its_place() {
    let mut archive = archive();
    for found in all(&everything(), Order::Newest, Effort::page(20)) {
        let whole = WORLD.whole.iter().find(|one| one.id == found.id);
        assert!(whole.is_some());
        let by_name = exchange(&mut archive, &WORLD.records, found.id).unwrap();
        assert_eq!(by_name.as_ref(), whole);
        assert_eq!(
            exchange_at(&mut archive, &WORLD.records, found.place).unwrap().as_ref(),
            whole
        );
        assert_eq!(Place::parse(&found.place.to_string()), Some(found.place));
    }
    let mut unknown = WORLD.whole[0].id;
    unknown.number = 5_000;
    assert_eq!(exchange(&mut archive, &WORLD.records, unknown).unwrap(), None);
    unknown.session ^= 1;
    assert_eq!(exchange(&mut archive, &WORLD.records, unknown).unwrap(), None);
}

#[test]
fn the_filter_lets_through_what_it_says() {
    let table: [(Filter, usize); 10] = [
        (Filter::of(Leases::Only(vec!["lease".into()])), 86),
        (Filter::of(Leases::Only(vec!["other".into()])), 0),
        (
            Filter {
                method: Some("POST".into()),
                ..everything()
            },
            84,
        ),
        (
            Filter {
                path: Some("/ACTES/8".into()),
                ..everything()
            },
            6,
        ),
        (
            Filter {
                status: Some((400, 499)),
                ..everything()
            },
            2,
        ),
        (
            Filter {
                target: Some("print".into()),
                ..everything()
            },
            84,
        ),
        (
            Filter {
                text: Some("réponse 12 ".into()),
                ..everything()
            },
            1,
        ),
        (
            Filter {
                text: Some("QUESTION".into()),
                ..everything()
            },
            84,
        ),
        (
            Filter {
                text: Some("server: mairie".into()),
                ..everything()
            },
            84,
        ),
        (
            Filter {
                text: Some("nowhere".into()),
                ..everything()
            },
            0,
        ),
    ];
    for (filter, expected) in table {
        let found = all(&filter, Order::Newest, Effort::page(11));
        assert_eq!(found.len(), expected, "{filter:?}");
    }
}

#[test]
fn a_segment_out_of_time_is_not_opened() {
    let mut records = WORLD.records.clone();
    for record in &mut records[1..] {
        record.first += 1 << 40;
        record.last += 1 << 40;
        record.sequence += 1000;
    }
    let filter = Filter {
        until: Some(1 << 39),
        path: Some("/actes/3".into()),
        ..everything()
    };
    // The files of the others are not there: opening one would be an error.
    let page = find(
        &mut archive(),
        &records,
        &filter,
        Order::Newest,
        None,
        Effort::page(1000),
    )
    .unwrap();
    assert_eq!(page.found.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_stretch_of_time_is_found(since in 0usize..86, until in 0usize..86, limit in 1usize..30) {
        let (since, until) = (WORLD.whole[since].at, WORLD.whole[until].at);
        let filter = Filter { since: Some(since), until: Some(until), ..everything() };
        let expected = WORLD.whole.iter().filter(|one| one.at >= since && one.at < until).count();
        prop_assert_eq!(all(&filter, Order::Newest, Effort::page(limit)).len(), expected);
    }

    #[test]
    fn only_written_places_read(text in "[0-9a-f+-]{0,6}-[0-9+]{0,4}") {
        if let Some(place) = Place::parse(&text) {
            prop_assert_eq!(place.to_string(), text);
        }
    }
}

#[test]
fn what_is_long_is_known_by_its_end() {
    let found = all(&everything(), Order::Oldest, Effort::page(100));
    let long: Vec<_> = found.iter().filter(|found| found.path == "/long").collect();
    assert_eq!(long.len(), 2);
    assert!(
        long.iter()
            .all(|found| found.status == Some(404) && found.end.is_some())
    );
    let whole = WORLD
        .whole
        .iter()
        .filter(|one| matches!(&one.request.start, Start::Request { target, .. } if target == "/long"));
    assert_eq!(whole.count(), 2);
}

/// What finding costs; the figures stand in decision 29.
#[test]
#[ignore = "a measurement: cargo test -p beffroi-recording finding_is_measured -- --ignored --nocapture"]
fn finding_is_measured() {
    let (_place, disk) = folder();
    let limits = Limits {
        segment_bytes: 2 << 20,
        ..Limits::default()
    };
    let story = Story::begin(disk, limits);
    let ids: Vec<_> = (0..60_000u32)
        .map(|number| {
            let mut answer = vec![0; 2000];
            blake3::Hasher::new()
                .update(&number.to_be_bytes())
                .finalize_xof()
                .fill(&mut answer);
            loop {
                match story.exchange(&format!("/actes/{number}"), b"question", &answer) {
                    Ok(id) => return id,
                    Err(_) => std::thread::sleep(Duration::from_millis(5)),
                }
            }
        })
        .collect();
    let (disk, records) = story.end();
    let archive = || Archive::new(Arc::clone(&disk), secret());
    println!(
        "{} exchanges, {} segments, {} MiB",
        ids.len(),
        records.len(),
        crate::tests::size(&disk) >> 20
    );
    let timed = |what: &str, times: u32, mut work: Box<dyn FnMut(u32) + '_>| {
        let begin = std::time::Instant::now();
        (0..times).for_each(&mut *work);
        println!("{what}: {:?}", begin.elapsed() / times);
    };
    timed(
        "one by its name, nothing open",
        20,
        Box::new(|turn| {
            let id = ids[(turn as usize * 7919) % ids.len()];
            assert!(exchange(&mut archive(), &records, id).unwrap().is_some());
        }),
    );
    let mut open = archive();
    timed(
        "one by its name, archive kept",
        200,
        Box::new(|turn| {
            let id = ids[(turn as usize * 7919) % ids.len()];
            assert!(exchange(&mut open, &records, id).unwrap().is_some());
        }),
    );
    let page = |filter: &Filter, expected: usize| {
        let (mut archive, mut after, mut found) = (archive(), None, 0);
        loop {
            let page = find(&mut archive, &records, filter, Order::Newest, after, Effort::page(50)).unwrap();
            found += page.found.len();
            match page.next {
                Some(next) if found < expected || expected == 0 => after = Some(next),
                _ => return assert!(found >= expected, "{found}"),
            }
        }
    };
    timed("the newest fifty", 20, Box::new(|_| page(&everything(), 50)));
    let path = Filter {
        path: Some("/actes/77".into()),
        ..everything()
    };
    timed("a path among all", 2, Box::new(|_| page(&path, 111)));
    let text = Filter {
        text: Some("nowhere at all".into()),
        ..everything()
    };
    timed("a text in all heads and bodies", 1, Box::new(|_| page(&text, 0)));
}
