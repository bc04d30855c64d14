//! Files that are made once: whole or not at all, whoever else makes them at the same time.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Result, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Makes a file that only its owner reads, where there is none yet.
///
/// A crash leaves none, and of two who make it at once one wins.
///
/// # Errors
/// The system's, where nothing can be written.
pub fn made(path: &Path, text: impl FnOnce() -> String) -> Result<()> {
    if path.exists() {
        return Ok(());
    }
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let written = (|| {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside)?;
        file.write_all(text().as_bytes())?;
        file.sync_all()?;
        // A link does not replace what is there.
        match std::fs::hard_link(&beside, path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            other => other,
        }
    })();
    // Where it was never made, there is nothing to remove.
    let _ = std::fs::remove_file(&beside);
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_first_stays_and_is_its_owners() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("name.id");
        made(&path, || "one".to_owned()).unwrap();
        made(&path, || "two".to_owned()).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left beside it"
        );
        assert!(made(Path::new("/nowhere/name.id"), String::new).is_err());
    }
}
