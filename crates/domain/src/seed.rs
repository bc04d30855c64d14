//! Seeds: archives that fill the volumes of hosted targets, and what may stand in one.
//!
//! A seed is a tar archive (POSIX.1-2017, pax), plain or compressed by gzip (RFC 1952), that a recipe names by the digest of
//! its bytes. What its entries say is admitted here before anything unpacks them.

mod personal;

pub use personal::{NAMED_FILES, PersonalCounts, PersonalFinds, PersonalKind};

use crate::refusals;
use std::collections::BTreeSet;

refusals! {
    /// Why an archive is not taken as a seed.
    pub enum SeedProblem {
        /// It is empty.
        Empty = "empty",
        /// It is neither a tar archive nor one compressed by gzip, or says something of itself that cannot be.
        Malformed = "malformed",
        /// It ends before its end.
        Truncated = "truncated",
        /// Something follows its end, which others may read and whoever looked through it did not.
        Trailing = "trailing",
        /// It has more bytes than a seed may have.
        TooLarge = "too_large",
        /// Unpacked it takes more bytes than a seed may take.
        Bomb = "bomb",
        /// It has more entries, or longer names, than a seed may have.
        TooMany = "too_many",
        /// The path of an entry begins with `/`.
        Absolute = "absolute",
        /// The path of an entry holds `..`.
        Climbs = "climbs",
        /// The path of an entry is empty, too long, or holds a character of control.
        Name = "name",
        /// An entry is a device, a pipe or a socket.
        Device = "device",
        /// An entry is of a kind that engines do not agree about, for example a file with holes.
        Kind = "kind",
        /// A link leads out of the archive.
        Link = "link",
        /// An entry lies behind a link, so that it would be unpacked elsewhere.
        BehindLink = "behind_link",
    }
}

/// The most that an archive may hold; an operator sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeedLimits {
    /// Its bytes as they are sent.
    pub bytes: u64,
    /// Its bytes once they are unpacked.
    pub unpacked: u64,
    /// Its entries.
    pub entries: usize,
    /// The bytes of its texts that are looked through for personal data.
    pub texts: u64,
}

/// The most bytes of the path of one entry, as Linux allows (`PATH_MAX`).
const LONGEST: usize = 4096;

/// The most folders in which an entry lies, one in the other.
const DEEPEST: usize = 64;

/// The most bytes of the paths that are remembered of one archive.
const REMEMBERED: usize = 32 << 20;

/// What an entry of an archive is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeedKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link to a path, read from the folder that holds it.
    Symbolic(String),
    /// Another name of an entry of the archive.
    Hard(String),
    /// A device, a pipe or a socket.
    Device,
    /// Anything else.
    Other,
}

/// One entry of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedEntry {
    /// Its path.
    pub path: String,
    /// What it is.
    pub kind: SeedKind,
    /// Its bytes.
    pub size: u64,
}

/// What was admitted of one archive so far.
#[derive(Clone, Debug)]
pub struct Admission {
    limits: SeedLimits,
    entries: usize,
    unpacked: u64,
    remembered: usize,
    /// The paths that are symbolic links.
    links: BTreeSet<String>,
    /// The paths under which entries lie.
    folders: BTreeSet<String>,
}

impl Admission {
    /// Begins with nothing admitted.
    #[must_use]
    pub const fn new(limits: SeedLimits) -> Self {
        Self {
            limits,
            entries: 0,
            unpacked: 0,
            remembered: 0,
            links: BTreeSet::new(),
            folders: BTreeSet::new(),
        }
    }

    /// Gives how many entries were admitted.
    #[must_use]
    pub const fn entries(&self) -> usize {
        self.entries
    }

    /// Gives the bytes of the files that were admitted.
    #[must_use]
    pub const fn unpacked(&self) -> u64 {
        self.unpacked
    }

    /// Admits one more entry.
    ///
    /// # Errors
    /// [`SeedProblem`] with the first thing that is wrong with it, or with all of them together.
    pub fn admit(&mut self, entry: &SeedEntry) -> Result<(), SeedProblem> {
        self.entries += 1;
        self.unpacked = self.unpacked.saturating_add(entry.size);
        if self.entries > self.limits.entries {
            return Err(SeedProblem::TooMany);
        }
        if self.unpacked > self.limits.unpacked {
            return Err(SeedProblem::Bomb);
        }
        let path = plain_path(&entry.path)?;
        match &entry.kind {
            SeedKind::Device => return Err(SeedProblem::Device),
            SeedKind::Other => return Err(SeedProblem::Kind),
            SeedKind::File | SeedKind::Symbolic(_) | SeedKind::Hard(_) if path.is_empty() => {
                return Err(SeedProblem::Name);
            }
            SeedKind::Symbolic(to) => self.symbolic(&path, to)?,
            SeedKind::Hard(to) => {
                self.behind(&plain_path(to).map_err(of_link)?)?;
                self.behind(&path)?;
            }
            SeedKind::File | SeedKind::Folder => self.behind(&path)?,
        }
        for end in 1..path.len() {
            self.remember(path[..end].join("/"))?;
        }
        Ok(())
    }

    /// Admits a symbolic link: it stays within the archive whatever other links lie on its way, since it climbs only from
    /// where it really is.
    fn symbolic(&mut self, path: &[&str], to: &str) -> Result<(), SeedProblem> {
        self.behind(&path[..path.len() - 1])?;
        let steps = to.split('/').filter(|step| !step.is_empty() && *step != ".");
        let climbs = steps.clone().take_while(|step| *step == "..").count();
        let whole = path.join("/");
        let leads_out = to.starts_with('/') || climbs >= path.len();
        if to.is_empty() || to.len() > LONGEST || to.contains('\0') || leads_out {
            return Err(SeedProblem::Link);
        }
        if steps.skip(climbs).any(|step| step == "..") {
            return Err(SeedProblem::Link);
        }
        // What was unpacked below it would lie elsewhere.
        if self.folders.contains(&whole) {
            return Err(SeedProblem::BehindLink);
        }
        self.weigh(&whole)?;
        self.links.insert(whole);
        Ok(())
    }

    /// Refuses a way that leads over a symbolic link of the archive.
    fn behind(&self, way: &[&str]) -> Result<(), SeedProblem> {
        let over = (1..=way.len()).any(|end| self.links.contains(&way[..end].join("/")));
        if over { Err(SeedProblem::BehindLink) } else { Ok(()) }
    }

    fn remember(&mut self, folder: String) -> Result<(), SeedProblem> {
        if !self.folders.contains(&folder) {
            self.weigh(&folder)?;
            self.folders.insert(folder);
        }
        Ok(())
    }

    fn weigh(&mut self, path: &str) -> Result<(), SeedProblem> {
        self.remembered += path.len();
        if self.remembered > REMEMBERED {
            return Err(SeedProblem::TooMany);
        }
        Ok(())
    }
}

/// A wrong name of what a link leads to is a wrong link.
const fn of_link(_: SeedProblem) -> SeedProblem {
    SeedProblem::Link
}

/// Takes a path apart, without steps that lead nowhere.
fn plain_path(path: &str) -> Result<Vec<&str>, SeedProblem> {
    if path.starts_with('/') {
        return Err(SeedProblem::Absolute);
    }
    if path.is_empty() || path.len() > LONGEST || path.chars().any(char::is_control) {
        return Err(SeedProblem::Name);
    }
    let steps: Vec<&str> = path
        .split('/')
        .filter(|step| !step.is_empty() && *step != ".")
        .collect();
    if steps.contains(&"..") {
        return Err(SeedProblem::Climbs);
    }
    if steps.len() > DEEPEST {
        return Err(SeedProblem::Name);
    }
    Ok(steps)
}

#[cfg(test)]
mod tests;
