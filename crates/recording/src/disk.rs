//! Where segments stand: a folder, behind a trait so that tests can let it fail.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that only grows.
pub trait SegmentFile: Send + Sync {
    /// Writes at the end, all or an error.
    fn append(&self, bytes: &[u8]) -> io::Result<()>;

    /// Returns once everything appended before outlives a power cut.
    fn sync(&self) -> io::Result<()>;
}

/// Something to read a segment from.
pub trait Source: Read + Seek + Send {}

impl<S: Read + Seek + Send> Source for S {}

/// The place of the segments of one campaign.
pub trait Disk: Send + Sync {
    /// Makes a file that was not there.
    fn create(&self, name: &str) -> io::Result<Arc<dyn SegmentFile>>;

    /// Opens a file to read it.
    fn open(&self, name: &str) -> io::Result<Box<dyn Source>>;

    /// Keeps a small file whole and durable.
    fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Renames a file durably.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, name: &str) -> io::Result<()>;

    /// The files, with their sizes.
    fn list(&self) -> io::Result<Vec<(String, u64)>>;

    /// The bytes that are free.
    fn free(&self) -> io::Result<u64>;
}

/// The name of a segment that is being written.
pub(crate) fn open_name(sequence: u64) -> String {
    format!("{sequence:016x}.open")
}

/// The name of a segment that is written no more.
pub(crate) fn closed_name(sequence: u64) -> String {
    format!("{sequence:016x}.seg")
}

/// The name of the record of a segment.
pub(crate) fn record_name(sequence: u64) -> String {
    format!("{sequence:016x}.record")
}

/// The number in a name that ends so.
pub(crate) fn sequence_of(name: &str, ending: &str) -> Option<u64> {
    let digits = name.strip_suffix(ending)?;
    let sequence = u64::from_str_radix(digits, 16).ok()?;
    (format!("{sequence:016x}") == digits).then_some(sequence)
}

/// A folder of the file system.
pub struct Folder {
    path: PathBuf,
    /// Whether others of its group read and remove what is written here.
    shared: bool,
}

/// The bit of a folder by which what is made in it is of its group.
const SET_GROUP_ID: u32 = 0o2000;

/// Makes a folder with those above it. Below one that gives its group to what is made in it, the group may write
/// here too, whatever the mask of this process.
fn make(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let above = path.parent().filter(|above| !above.as_os_str().is_empty());
    above.map(make).transpose()?;
    match std::fs::create_dir(path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(error),
    }
    if is_shared(above.unwrap_or(Path::new(".")))? {
        std::fs::set_permissions(path, Permissions::from_mode(SET_GROUP_ID | 0o770))?;
    }
    Ok(())
}

fn is_shared(path: &Path) -> io::Result<bool> {
    Ok(std::fs::metadata(path)?.permissions().mode() & SET_GROUP_ID != 0)
}

impl Folder {
    /// Takes a folder, which is made when it is not there.
    pub fn new(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        make(&path)?;
        let shared = is_shared(&path)?;
        Ok(Self { path, shared })
    }

    /// Lets the group read a new file where the folder is shared.
    fn share(&self, file: &File) -> io::Result<()> {
        match self.shared {
            true => file.set_permissions(Permissions::from_mode(0o640)),
            false => Ok(()),
        }
    }

    fn sync_names(&self) -> io::Result<()> {
        File::open(&self.path)?.sync_all()
    }
}

impl SegmentFile for File {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        (&mut &*self).write_all(bytes)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}

impl Disk for Folder {
    fn create(&self, name: &str) -> io::Result<Arc<dyn SegmentFile>> {
        let file = OpenOptions::new()
            .append(true)
            .create_new(true)
            .open(self.path.join(name))?;
        self.share(&file)?;
        self.sync_names()?;
        Ok(Arc::new(file))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Source>> {
        Ok(Box::new(File::open(self.path.join(name))?))
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let beside = self.path.join(format!("{name}.new"));
        let mut file = File::create(&beside)?;
        self.share(&file)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, self.path.join(name))?;
        self.sync_names()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        std::fs::rename(self.path.join(from), self.path.join(to))?;
        self.sync_names()
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        std::fs::remove_file(self.path.join(name))
    }

    fn list(&self) -> io::Result<Vec<(String, u64)>> {
        let mut list = Vec::new();
        for entry in std::fs::read_dir(&self.path)? {
            let entry = entry?;
            if let Ok(name) = entry.file_name().into_string() {
                list.push((name, entry.metadata()?.len()));
            }
        }
        Ok(list)
    }

    fn free(&self) -> io::Result<u64> {
        let disk = rustix::fs::statvfs(&self.path)?;
        Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_in_a_shared_folder_is_for_its_group_and_elsewhere_as_the_mask_says() {
        let place = tempfile::tempdir().unwrap();
        let shared = place.path().join("recordings");
        std::fs::create_dir(&shared).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        let alone = shared.join("before");
        drop(Folder::new(&alone).unwrap());
        assert_eq!(mode(&alone) & SET_GROUP_ID, 0);
        std::fs::set_permissions(&shared, Permissions::from_mode(0o2770)).unwrap();
        let folder = Folder::new(shared.join("campaigns/one")).unwrap();
        folder.create("a").unwrap();
        folder.keep("b", b"c").unwrap();
        let of = |name: &str| mode(&shared.join(name));
        assert_eq!((of("campaigns"), of("campaigns/one")), (0o2770, 0o2770));
        assert_eq!((of("campaigns/one/a"), of("campaigns/one/b")), (0o640, 0o640));
    }
}
