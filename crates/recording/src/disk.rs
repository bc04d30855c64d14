//! Where segments stand: a folder, behind a trait so that tests can let it fail.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;
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
}

impl Folder {
    /// Takes a folder, which is made when it is not there.
    pub fn new(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        std::fs::create_dir_all(&path)?;
        Ok(Self { path })
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
        self.sync_names()?;
        Ok(Arc::new(file))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Source>> {
        Ok(Box::new(File::open(self.path.join(name))?))
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let beside = self.path.join(format!("{name}.new"));
        let mut file = File::create(&beside)?;
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
