//! Pages as html-validate reads them.

use std::collections::HashSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Pages of different structures, kept to be read together.
pub struct Pages {
    folder: PathBuf,
    known: HashSet<(String, String)>,
}

impl Pages {
    /// Begins without any; those of an earlier run go.
    pub fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self {
            folder,
            known: HashSet::new(),
        }
    }

    /// Keeps a page, and says whether it did: one is enough of those whose elements and attributes follow alike.
    pub fn keep(&mut self, name: &str, page: &str) -> bool {
        let language = if name.ends_with("-en") { "en" } else { "fr" };
        if page.is_empty() || !self.known.insert((language.to_owned(), structure(page))) {
            return false;
        }
        let name = name.replace(|c: char| !c.is_alphanumeric() && c != '-', "_");
        std::fs::write(self.folder.join(name + ".html"), page).unwrap();
        true
    }

    /// Has every kept page read.
    ///
    /// # Panics
    /// Where one of them is no valid HTML; all that is wrong is told at once.
    pub fn check(&self) {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let tool = here.join("../../target/tools/node_modules/html-validate/bin/html-validate.mjs");
        assert!(
            tool.exists(),
            "this test needs html-validate: run ./test, which installs it with npm (apt-get install npm)"
        );
        assert!(self.known.len() > 300, "only {} pages", self.known.len());
        let told = Command::new("node")
            .arg(tool)
            .args(["--formatter", "json", "--config"])
            .arg(here.join("html-validate.json"))
            .arg(&self.folder)
            .output()
            .unwrap();
        let files: Vec<serde_json::Value> = serde_json::from_slice(&told.stdout)
            .unwrap_or_else(|_| panic!("html-validate: {}", String::from_utf8_lossy(&told.stderr)));
        let mut faults = String::new();
        for file in &files {
            for fault in file["messages"].as_array().into_iter().flatten() {
                let _ = writeln!(
                    faults,
                    "{}:{}: {} ({}) at {}",
                    file["filePath"], fault["line"], fault["message"], fault["ruleId"], fault["selector"]
                );
            }
        }
        assert!(faults.is_empty(), "{faults}");
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    }
}

/// Gives the elements of a page in their order, each with the names of its attributes, and nothing of its texts.
fn structure(page: &str) -> String {
    let mut structure = String::new();
    for part in page.split('<').skip(1) {
        let tag = part.split('>').next().unwrap_or_default();
        let mut inside = false;
        for piece in tag.split('"') {
            if !inside {
                structure.push_str(piece);
            }
            inside = !inside;
        }
    }
    structure
}
