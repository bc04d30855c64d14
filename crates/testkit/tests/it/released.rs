//! A migration that was released never changes: its hash stands in a list that only grows.

use crate::generated::root;
use storage::migrations::ALL;

const LIST: &str = "crates/storage/migrations/released.txt";

fn line(name: &str, text: &str) -> String {
    let digest = sealing::content_digest(text.as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{name} {hex}")
}

fn lines(list: &str) -> Vec<&str> {
    list.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect()
}

/// Says what of a list of releases is no longer so.
fn changed(list: &str, present: &[(&str, &str)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (index, released) in lines(list).into_iter().enumerate() {
        let now = present
            .get(index)
            .map(|(name, text)| line(name, text))
            .unwrap_or_default();
        if now != released {
            wrong.push(format!(
                "« {released} » was released and is now « {now} »: write a further migration instead"
            ));
        }
    }
    wrong
}

#[test]
fn released_migrations_are_what_they_were() {
    let file = root().join(LIST);
    let mut list = std::fs::read_to_string(&file).unwrap();
    let wrong = changed(&list, ALL);
    assert!(wrong.is_empty(), "{wrong:#?}");
    if std::env::var_os("BEFFROI_RELEASE").is_some() {
        for (name, text) in &ALL[lines(&list).len()..] {
            list += &format!("{}\n", line(name, text));
        }
        std::fs::write(&file, list).unwrap();
    }
}

#[test]
fn a_released_migration_that_is_changed_moved_or_removed_is_noticed() {
    let (first, second) = (("0001_one", "CREATE TABLE one"), ("0002_two", "CREATE TABLE two"));
    let list = format!("# said\n{}\n{}\n", line(first.0, first.1), line(second.0, second.1));
    assert_eq!(changed(&list, &[first, second]), Vec::<String>::new());
    assert_eq!(
        changed(&list, &[first, second, ("0003_three", "")]),
        Vec::<String>::new()
    );
    assert_eq!(changed(&list, &[first, ("0002_two", "CREATE TABLE two ")]).len(), 1);
    assert_eq!(changed(&list, &[second, first]).len(), 2);
    assert_eq!(changed(&list, &[first]).len(), 1);
}
