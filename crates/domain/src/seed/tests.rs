use super::*;
use proptest::prelude::*;

const LIMITS: SeedLimits = SeedLimits {
    bytes: 1000,
    unpacked: 1000,
    entries: 5,
    texts: 1000,
};

fn entry(path: &str, kind: SeedKind) -> SeedEntry {
    SeedEntry {
        path: path.to_owned(),
        kind,
        size: 0,
    }
}

fn file(path: &str) -> SeedEntry {
    entry(path, SeedKind::File)
}

fn to(path: &str, target: &str) -> SeedEntry {
    entry(path, SeedKind::Symbolic(target.to_owned()))
}

fn hard(path: &str, target: &str) -> SeedEntry {
    entry(path, SeedKind::Hard(target.to_owned()))
}

/// Admits entries one after the other; gives the first problem.
fn all(entries: &[SeedEntry]) -> Result<(), SeedProblem> {
    let mut admission = Admission::new(LIMITS);
    entries.iter().try_for_each(|entry| admission.admit(entry))
}

#[test]
fn one_entry() {
    use SeedProblem::{Absolute, Climbs, Device, Kind, Link, Name};
    let folder = |path| entry(path, SeedKind::Folder);
    let table = [
        (folder("./"), Ok(())),
        (file("./a/b.txt"), Ok(())),
        (file("a//./b"), Ok(())),
        (file("..a/b.."), Ok(())),
        (file("/etc/passwd"), Err(Absolute)),
        (file("../a"), Err(Climbs)),
        (file("a/../../b"), Err(Climbs)),
        (file("."), Err(Name)),
        (file(""), Err(Name)),
        (file("a\nb"), Err(Name)),
        (file(&"a".repeat(5000)), Err(Name)),
        (entry("a", SeedKind::Device), Err(Device)),
        (entry("a", SeedKind::Other), Err(Kind)),
        (to("a", "b"), Ok(())),
        (to("d/a", "../b"), Ok(())),
        (to("d/a", "./../b/c"), Ok(())),
        (to("a", "/etc/passwd"), Err(Link)),
        (to("a", "../b"), Err(Link)),
        (to("d/a", "../../b"), Err(Link)),
        // Where `b` is a link itself, what is above it may be outside.
        (to("d/a", "b/../c"), Err(Link)),
        (to("a", ""), Err(Link)),
        (hard("a", "b/c"), Ok(())),
        (hard("a", "/etc/passwd"), Err(Link)),
        (hard("a", "../b"), Err(Link)),
    ];
    for (one, expected) in table {
        assert_eq!(all(std::slice::from_ref(&one)), expected, "{one:?}");
    }
}

#[test]
fn nothing_lies_behind_a_link() {
    let behind = Err(SeedProblem::BehindLink);
    assert_eq!(all(&[to("a", "b"), file("a/c")]), behind);
    assert_eq!(all(&[file("a/c"), to("a", "b")]), behind);
    assert_eq!(all(&[to("a", "b"), entry("a/", SeedKind::Folder)]), behind);
    assert_eq!(all(&[to("a", "b"), hard("c", "a/d")]), behind);
    assert_eq!(all(&[to("a", "b"), hard("c", "a")]), behind);
    assert_eq!(all(&[to("a", "b"), file("ab")]), Ok(()));
}

#[test]
fn too_many_and_too_large() {
    let many: Vec<_> = (0..6).map(|n| file(&format!("{n}"))).collect();
    assert_eq!(all(&many[..5]), Ok(()));
    assert_eq!(all(&many), Err(SeedProblem::TooMany));
    let large = SeedEntry { size: 600, ..file("a") };
    assert_eq!(all(std::slice::from_ref(&large)), Ok(()));
    assert_eq!(all(&[large.clone(), large]), Err(SeedProblem::Bomb));
    let huge = SeedEntry {
        size: u64::MAX,
        ..file("a")
    };
    assert_eq!(all(&[file("b"), huge]), Err(SeedProblem::Bomb));
}

#[test]
fn finds_name_the_first_files_and_count_the_others() {
    let mut counts = PersonalCounts::default();
    counts.add(PersonalKind::Phone);
    counts.add(PersonalKind::Phone);
    counts.add(PersonalKind::Nir);
    let mut finds = PersonalFinds::default();
    finds.add("none", PersonalCounts::default());
    assert!(!finds.warn());
    for n in 0..NAMED_FILES + 3 {
        finds.add(&format!("{n}"), counts);
    }
    assert!(finds.warn());
    assert_eq!((finds.files.len(), finds.more), (NAMED_FILES, 3));
    let sum = (NAMED_FILES + 3) as u64;
    assert_eq!(
        finds.counts.found(),
        [(PersonalKind::Nir, sum), (PersonalKind::Phone, 2 * sum)]
    );
}

/// Follows a path over links as a kernel does; says where it ends, or that it leads out.
fn follow(links: &[(Vec<String>, String)], from: Vec<String>, path: &str, depth: u32) -> Option<Vec<String>> {
    let mut at = from;
    for step in path.split('/').filter(|step| !step.is_empty() && *step != ".") {
        if step == ".." {
            at.pop()?;
            continue;
        }
        at.push(step.to_owned());
        let link = links.iter().rev().find(|(place, _)| *place == at);
        if let (Some((_, target)), 0..20) = (link, depth) {
            at.pop();
            at = follow(links, at, target, depth + 1)?;
        }
    }
    Some(at)
}

proptest! {
    /// Whatever links were admitted, in whatever order, none of them leads out.
    #[test]
    fn admitted_links_stay_within(links in proptest::collection::vec(("[ab](/[ab]){0,2}", "(\\.\\./){0,2}[ab.]{1,2}(/[ab.]{1,2}){0,3}"), 1..5)) {
        let mut admission = Admission::new(LIMITS);
        let mut admitted = Vec::new();
        for (path, target) in links {
            if admission.admit(&to(&path, &target)).is_ok() {
                admitted.push((path.split('/').map(str::to_owned).collect::<Vec<_>>(), target));
            }
        }
        for (place, target) in &admitted {
            let folder = place[..place.len() - 1].to_vec();
            prop_assert!(follow(&admitted, folder, target, 0).is_some(), "{admitted:?}");
        }
    }
}
