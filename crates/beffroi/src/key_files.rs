//! The files that hold the keys: outside the database, readable by their owner only.

use crate::trouble::Trouble;
use sealing::{InstanceKey, InstanceKeyring, LogSigner};
use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use use_cases::ports::Chance;
use zeroize::Zeroizing;

/// Where the keys stand.
pub struct KeyFiles {
    folder: PathBuf,
}

impl KeyFiles {
    /// Names the folder of the keys.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The file of the keys that wrap data keys.
    pub fn instance(&self) -> PathBuf {
        self.folder.join("instance.key")
    }

    /// The file of the key that signs the log.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log.key")
    }

    /// Makes the keys that are missing; gives whether the instance key was.
    pub fn make_missing(&self, chance: &(dyn Chance + 'static), log_name: &str) -> Result<bool, Trouble> {
        let folder = DirBuilder::new().recursive(true).mode(0o700).create(&self.folder);
        folder.map_err(|error| unwritable(&self.folder, &error))?;
        let made = !self.instance().exists();
        if made {
            write_new(&self.instance(), &InstanceKey::new(1, chance.bytes32()).to_text())?;
        }
        if !self.log().exists() {
            let seed = Zeroizing::new(sealing::token_text(chance.bytes32()));
            write_new(&self.log(), &Zeroizing::new(format!("{log_name} {}\n", *seed)))?;
        }
        Ok(made)
    }

    /// Reads the keys that wrap data keys.
    pub fn keyring(&self) -> Result<InstanceKeyring, Trouble> {
        let text = read(&self.instance())?;
        InstanceKeyring::parse(&text).map_err(|error| {
            Trouble::new(
                format!(
                    "le fichier de clés {} ne se lit pas : {error}",
                    self.instance().display()
                ),
                "remettez la copie que vous en avez gardée ; sans elle, les données chiffrées sont perdues",
            )
        })
    }

    /// Reads the key that signs the log, with the log's name.
    pub fn signer(&self) -> Result<(String, LogSigner), Trouble> {
        let text = read(&self.log())?;
        let broken = || {
            Trouble::new(
                format!(
                    "le fichier {} ne se lit pas : on attend un nom, une espace et une clé",
                    self.log().display()
                ),
                "remettez la copie que vous en avez gardée",
            )
        };
        let (name, seed) = text.trim().split_once(' ').ok_or_else(broken)?;
        let seed = sealing::token_from_text(seed).ok_or_else(broken)?;
        let signer = LogSigner::new(name, seed).map_err(|_| broken())?;
        Ok((name.to_owned(), signer))
    }

    /// Adds a new current key to the file, which is replaced in one step.
    pub fn add_instance_key(&self, chance: &(dyn Chance + 'static)) -> Result<u32, Trouble> {
        let present = self.keyring()?;
        let id = present.current().id() + 1;
        let text = Zeroizing::new(format!(
            "{}{}",
            *present.to_text(),
            *InstanceKey::new(id, chance.bytes32()).to_text()
        ));
        let beside = self.folder.join("instance.key.new");
        match std::fs::remove_file(&beside) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(unwritable(&beside, &error)),
            _ => write_new(&beside, &text)?,
        }
        std::fs::rename(&beside, self.instance()).map_err(|error| unwritable(&self.instance(), &error))?;
        sync(&self.folder);
        Ok(id)
    }
}

fn write_new(path: &Path, text: &str) -> Result<(), Trouble> {
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|error| unwritable(path, &error))?;
    path.parent().map(sync);
    Ok(())
}

/// Makes a folder's entries durable; where the file system cannot, the file itself still is.
fn sync(folder: &Path) {
    if let Ok(folder) = std::fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

fn read(path: &Path) -> Result<Zeroizing<String>, Trouble> {
    let shown = path.display();
    let kept = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    let mode = Permissions::mode(&kept.permissions()) & 0o777;
    if mode & 0o077 != 0 {
        return Err(Trouble::new(
            format!("le fichier de clé {shown} est lisible par d’autres que son propriétaire (droits {mode:03o})"),
            format!("retirez ces droits : chmod 600 {shown}"),
        ));
    }
    std::fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Trouble {
    let shown = path.display();
    let remedy = match error.kind() {
        ErrorKind::NotFound => {
            "remettez la copie que vous en avez gardée ; pour une instance neuve : « beffroi key new »".to_owned()
        }
        ErrorKind::PermissionDenied => {
            format!("donnez-le au compte qui lance Beffroi : chown COMPTE {shown}, puis chmod 600 {shown}")
        }
        _ => "vérifiez le disque".to_owned(),
    };
    Trouble::new(format!("le fichier de clé {shown} ne se lit pas : {error}"), remedy)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::new(
        format!("impossible d’écrire {} : {error}", path.display()),
        "donnez au compte qui lance Beffroi le droit d’écrire dans ce dossier, ou choisissez-en un autre avec « keys »",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemChance;

    #[test]
    fn keys_are_made_once_rotated_and_kept_to_their_owner() {
        let folder = tempfile::tempdir().unwrap();
        let files = KeyFiles::in_folder(&folder.path().join("keys"));
        assert!(files.make_missing(&SystemChance, "beffroi.example").unwrap());
        assert!(!files.make_missing(&SystemChance, "other.example").unwrap());
        assert_eq!(files.signer().unwrap().0, "beffroi.example");
        let first = files.keyring().unwrap().to_text();
        assert_eq!(files.add_instance_key(&SystemChance).unwrap(), 2);
        let both = files.keyring().unwrap();
        assert_eq!((both.current().id(), both.previous().len()), (2, 1));
        assert!(both.to_text().starts_with(first.as_str()));
        let mode = std::fs::metadata(files.instance()).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
    }

    #[test]
    fn a_key_that_others_can_read_is_refused_with_the_way_out() {
        let folder = tempfile::tempdir().unwrap();
        let files = KeyFiles::in_folder(folder.path());
        files.make_missing(&SystemChance, "beffroi.example").unwrap();
        std::fs::set_permissions(files.instance(), Permissions::from_mode(0o640)).unwrap();
        let trouble = files.keyring().unwrap_err().to_string();
        assert!(trouble.contains("640") && trouble.contains("chmod 600"), "{trouble}");
    }
}
