//! What the server and a gateway of another user share: one folder, by a group that both are in.

use crate::settings::{Group, Settings};
use crate::trouble::Trouble;
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

/// The mode of what the gateway only enters or reads, and of the folder that it writes in.
const ENTERED: u32 = 0o750;
const READ: u32 = 0o640;
const WRITTEN: u32 = 0o2770;

/// The folder of the link and of the recordings.
pub(super) fn folder(settings: &Settings) -> &Path {
    settings.gateway.folder.as_deref().unwrap_or(&settings.folder)
}

/// The folder in which the gateway records, and from which its recordings are read back.
pub fn recordings(settings: &Settings) -> PathBuf {
    folder(settings).join("recordings")
}

pub(super) fn link(settings: &Settings) -> PathBuf {
    folder(settings).join("gateway")
}

pub(super) fn key(settings: &Settings) -> PathBuf {
    link(settings).join("link.key")
}

/// Gives the number of the group that both are in; none where both run as one user.
///
/// # Errors
/// [`Trouble`] where the settings do not fit together, or the group is not known here.
pub fn group(settings: &Settings) -> Result<Option<u32>, Trouble> {
    let of = &settings.gateway;
    let Some(name) = &of.group else { return Ok(None) };
    if !of.apart {
        return Err(Trouble::new(
            "« gateway.group » est donné, et la passerelle tourne dans le processus de « beffroi serve »".to_owned(),
            "mettez « gateway.apart = true », ou retirez « gateway.group »",
        ));
    }
    let outside = of.folder.as_ref().filter(|folder| !inside(folder, &settings.folder));
    if outside.is_none() {
        return Err(Trouble::new(
            "une passerelle d’un autre compte ne doit pas entrer dans le dossier de la base et des clés".to_owned(),
            "donnez à « gateway.folder » un dossier hors de « folder », par exemple /var/lib/beffroi-passerelle",
        ));
    }
    number(name).map(Some).ok_or_else(|| {
        Trouble::new(
            format!("le groupe « {name} », dans gateway.group, n’existe pas sur cette machine"),
            format!("créez-le (« groupadd --system {name} »), ou donnez son numéro"),
        )
    })
}

/// Whether a folder stands within another, however both are written.
fn inside(folder: &Path, other: &Path) -> bool {
    let whole = |path: &Path| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        std::fs::canonicalize(&absolute).unwrap_or(absolute)
    };
    whole(folder).starts_with(whole(other))
}

/// The number of a group: written as one, or of the system's own file; those of a directory have to be numbers.
fn number(group: &Group) -> Option<u32> {
    let name = match group {
        Group::Number(number) => return Some(*number),
        Group::Name(name) => name,
    };
    if let Ok(number) = name.parse() {
        return Some(number);
    }
    let all = std::fs::read_to_string("/etc/group").ok()?;
    let mut lines = all.lines().map(|line| line.split(':'));
    lines.find_map(|mut fields| (fields.next()? == *name).then(|| fields.nth(1)?.parse().ok())?)
}

/// Makes what both share, and gives it to the group; nothing is done where both run as one user.
///
/// # Errors
/// [`Trouble`] where the server's user may not.
pub(super) fn prepare(settings: &Settings) -> Result<Option<u32>, Trouble> {
    let Some(group) = group(settings)? else {
        return Ok(None);
    };
    for (path, mode) in folders(settings) {
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&path);
        made.and_then(|()| give(&path, group, mode))
            .map_err(|error| not_shared(settings, &path, &error))?;
    }
    Ok(Some(group))
}

/// Gives the key of the link to the group, once it was made.
pub(super) fn give_key(settings: &Settings, group: u32) -> Result<(), Trouble> {
    let key = key(settings);
    give(&key, group, READ).map_err(|error| not_shared(settings, &key, &error))
}

fn named(settings: &Settings) -> String {
    let group = settings.gateway.group.as_ref();
    group.map(ToString::to_string).unwrap_or_default()
}

fn folders(settings: &Settings) -> [(PathBuf, u32); 3] {
    [
        (folder(settings).to_owned(), ENTERED),
        (link(settings), ENTERED),
        (recordings(settings), WRITTEN),
    ]
}

/// Gives a file or folder to a group; one that stands so already may be anybody's.
fn give(path: &Path, group: u32, mode: u32) -> std::io::Result<()> {
    if stands(path, group, mode)? {
        return Ok(());
    }
    chown(path, None, Some(group))?;
    // After the owner: the system takes the bit of the group away when that changes.
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

fn stands(path: &Path, group: u32, mode: u32) -> std::io::Result<bool> {
    let found = std::fs::metadata(path)?;
    Ok(found.gid() == group && found.permissions().mode() & 0o7777 == mode)
}

fn not_shared(settings: &Settings, path: &Path, error: &dyn std::fmt::Display) -> Trouble {
    let group = named(settings);
    Trouble::new(
        format!(
            "{} ne peut pas être partagé avec la passerelle : {error}",
            path.display()
        ),
        format!(
            "mettez le compte de « beffroi serve » dans le groupe {group} (« usermod -aG {group} … », puis relancez), et donnez-lui ce dossier"
        ),
    )
}

/// Says for `beffroi check` whether rights fit: what is shared is the group's, and nothing else is open to it.
///
/// # Errors
/// [`Trouble`] with the first thing that does not fit, and the command that mends it.
pub fn check(settings: &Settings) -> Result<Option<String>, Trouble> {
    let Some(group) = group(settings)? else {
        return Ok(None);
    };
    closed(settings, group)?;
    let base = folder(settings);
    if !base.exists() {
        return Ok(Some(format!(
            "dossier {} de la passerelle : il sera créé au premier démarrage",
            base.display()
        )));
    }
    reached(base, group)?;
    let mut there = folders(settings).to_vec();
    there.push((key(settings), READ));
    for (path, mode) in there {
        match stands(&path, group, mode) {
            Ok(true) => {}
            Ok(false) => return Err(mended(&path, group, mode)),
            // It is made at the next start.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(not_shared(settings, &path, &error)),
        }
    }
    may_give(settings, group)?;
    Ok(Some(format!(
        "dossier {} de la passerelle : le groupe {} y entre, et n’entre pas dans {}",
        base.display(),
        named(settings),
        settings.folder.display()
    )))
}

fn mended(path: &Path, group: u32, mode: u32) -> Trouble {
    let shown = path.display();
    Trouble::new(
        format!("{shown} n’a pas les droits qu’il faut à une passerelle d’un autre compte"),
        format!("« chgrp {group} {shown} && chmod {mode:o} {shown} »"),
    )
}

/// The database and the keys stay closed to the gateway's user, who is of the group, and of nobody's else.
fn closed(settings: &Settings, group: u32) -> Result<(), Trouble> {
    for path in [settings.folder.clone(), settings.keys()] {
        let Ok(found) = std::fs::metadata(&path) else { continue };
        let mode = found.permissions().mode();
        if mode & 0o007 != 0 || (found.gid() == group && mode & 0o070 != 0) {
            let shown = path.display();
            return Err(Trouble::new(
                format!("{shown} s’ouvre au compte de la passerelle, qui ne doit lire ni la base ni les clés"),
                format!("« chmod 700 {shown} »"),
            ));
        }
    }
    Ok(())
}

/// The gateway's user gets to the folder: every one above lets it through.
fn reached(base: &Path, group: u32) -> Result<(), Trouble> {
    let whole = std::fs::canonicalize(base).unwrap_or_else(|_| base.to_owned());
    for above in whole.ancestors().skip(1) {
        let Ok(found) = std::fs::metadata(above) else { continue };
        let mode = found.permissions().mode();
        if mode & 0o001 == 0 && (found.gid() != group || mode & 0o010 == 0) {
            return Err(Trouble::new(
                format!("le compte de la passerelle ne traverse pas {}", above.display()),
                "donnez à « gateway.folder » un dossier qu’il atteint, par exemple /var/lib/beffroi-passerelle",
            ));
        }
    }
    Ok(())
}

/// Whether this user is in the group, which the system says best: only members give files to it.
fn may_give(settings: &Settings, group: u32) -> Result<(), Trouble> {
    let probe = folder(settings).join(format!(".beffroi-check-{}", std::process::id()));
    let given = std::fs::write(&probe, b"").and_then(|()| chown(&probe, None, Some(group)));
    // Where it was never made, there is nothing to remove.
    let _ = std::fs::remove_file(&probe);
    given.map_err(|error| not_shared(settings, folder(settings), &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_a_number_or_a_name_of_this_machine() {
        let named = |name: &str| number(&Group::Name(name.to_owned()));
        assert_eq!((named("41100"), named("root")), (Some(41100), Some(0)));
        assert_eq!(number(&Group::Number(7)), Some(7));
        assert_eq!(named("no such group here"), None);
    }

    #[test]
    fn settings_that_let_the_gateway_into_the_database_are_refused() {
        let place = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            folder: place.path().join("var"),
            ..Settings::default()
        };
        assert!(group(&settings).is_ok_and(|group| group.is_none()));
        settings.gateway.group = Some(Group::Number(0));
        let refused = |settings: &Settings| group(settings).err().map(|trouble| trouble.to_string());
        assert!(refused(&settings).is_some_and(|said| said.contains("gateway.apart = true")));
        settings.gateway.apart = true;
        for inside in [None, Some(settings.folder.clone()), Some(settings.folder.join("porte"))] {
            settings.gateway.folder = inside;
            assert!(refused(&settings).is_some_and(|said| said.contains("hors de « folder »")));
        }
        settings.gateway.folder = Some(place.path().join("porte"));
        assert_eq!(refused(&settings), None);
        settings.gateway.group = Some(Group::Name("no such group here".to_owned()));
        assert!(refused(&settings).is_some_and(|said| said.contains("groupadd")));
    }
}
