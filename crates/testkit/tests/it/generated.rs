//! Files that tests generate into git, where people review them.

use std::path::{Path, PathBuf};

/// Gives the folder of the whole project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Compares a generated file with the one in git; `BEFFROI_REGENERATE=1` writes it instead.
pub fn compare(path: &Path, text: &str) {
    let file = root().join(path);
    if std::env::var_os("BEFFROI_REGENERATE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
        return;
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == text,
        "{} is out of date: run the tests with BEFFROI_REGENERATE=1 and review it",
        path.display()
    );
}
