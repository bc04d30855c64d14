//! Limits are the administrator's: no part of the product keeps its own.

use std::path::Path;

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn no_use_case_and_no_page_makes_limits_of_its_own() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for part in ["domain", "use_cases", "web", "storage", "story"] {
        sources(&crates.join(part).join("src"), &mut found);
    }
    let own: Vec<_> = found
        .iter()
        .filter(|(_, text)| text.contains("Limits::default()") || text.contains("ReportTimes::default()"))
        .map(|(path, _)| path)
        .collect();
    assert!(own.is_empty(), "{own:?}");
}
