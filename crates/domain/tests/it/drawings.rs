//! The drawings of the machines in `docs/states/`, made from the tables.

use domain::Machine;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Draws a machine as a page: its title, its diagram, its table.
fn draw<S: Machine>() -> String {
    let mut page = format!(
        "<!-- Made by `cargo test -p beffroi-domain draws_states` from the table; do not edit. -->\n\n\
         # {}\n\n```mermaid\nstateDiagram-v2\n    [*] --> {}\n",
        S::NAME,
        S::STATES[0].code()
    );
    for (from, on, to) in S::TABLE {
        writeln!(page, "    {} --> {}: {}", from.code(), to.code(), S::event_code(*on)).unwrap();
    }
    for state in S::STATES.iter().filter(|s| s.is_terminal()) {
        writeln!(page, "    {} --> [*]", state.code()).unwrap();
    }
    page.push_str("```\n\n| From | Event | To |\n| --- | --- | --- |\n");
    for state in S::STATES {
        for (from, on, to) in S::TABLE.iter().filter(|(from, _, _)| from == state) {
            let row = format!("| `{}` | `{}` | `{}` |", from.code(), S::event_code(*on), to.code());
            writeln!(page, "{row}").unwrap();
        }
    }
    let terminal: Vec<_> = S::STATES
        .iter()
        .filter(|s| s.is_terminal())
        .map(|s| format!("`{}`", s.code()))
        .collect();
    if !terminal.is_empty() {
        writeln!(page, "\nNothing leads out of {}.", terminal.join(", ")).unwrap();
    }
    page
}

#[test]
fn draws_states() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/states");
    let regenerate = std::env::var_os("BEFFROI_REGENERATE").is_some_and(|value| value == "1");
    let mut pages = Vec::new();
    macro_rules! draw_all {
        ($($name:ident: $state:ty),* $(,)?) => { $(pages.push((<$state as Machine>::NAME, draw::<$state>()));)* };
    }
    crate::each_machine!(draw_all);
    if regenerate {
        std::fs::create_dir_all(&folder).unwrap();
    }
    let mut stale = Vec::new();
    for (name, page) in &pages {
        let path = folder.join(format!("{name}.md"));
        if regenerate {
            std::fs::write(&path, page).unwrap();
        } else if std::fs::read_to_string(&path).ok().as_ref() != Some(page) {
            stale.push(*name);
        }
    }
    assert!(
        stale.is_empty(),
        "run with BEFFROI_REGENERATE=1 to draw {stale:?} again"
    );
}
