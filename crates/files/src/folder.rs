//! A folder of sealed files; what is put there is on the disk before the answer.

use crate::sniff::sniff;
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{Error, MultipartUpload, ObjectStoreExt};
use std::path::{Path, PathBuf};
use use_cases::ports::{FileReader, FileStore, FileWriter, StoreError, Stored};

/// Sealed files in a folder.
pub struct Folder {
    files: LocalFileSystem,
    path: PathBuf,
}

impl Folder {
    /// Opens a folder, making it where it is missing.
    ///
    /// # Errors
    /// [`StoreError::Failed`] where it cannot be made or read.
    pub fn open(path: &Path) -> Stored<Self> {
        std::fs::create_dir_all(path).map_err(|error| StoreError::Failed(format!("{}: {error}", path.display())))?;
        let files = LocalFileSystem::new_with_prefix(path).map_err(failed)?;
        Ok(Self {
            files: files.with_fsync(true),
            path: path.to_owned(),
        })
    }
}

/// Puts a file under two letters of its name, so that no folder grows too long.
fn key(name: &str) -> Stored<Key> {
    let plain = name.len() > 2
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !plain {
        return Err(StoreError::Failed("the name of a file is not a keyed hash".to_owned()));
    }
    Ok(Key::from(format!("{}/{name}", &name[..2])))
}

/// Removes what a crash left of a file that was being written: it stands beside its place, with a number behind a `#`.
fn remove_pieces(path: &Path, name: &str) -> std::io::Result<()> {
    let beside = match std::fs::read_dir(path.join(&name[..2])) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        beside => beside?,
    };
    for entry in beside {
        let entry = entry?;
        let file = entry.file_name();
        let piece = file
            .to_str()
            .and_then(|file| file.strip_prefix(name)?.strip_prefix('#'));
        if piece.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
            match std::fs::remove_file(entry.path()) {
                // Whoever wrote it has let it go meanwhile.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                removed => removed?,
            }
        }
    }
    Ok(())
}

fn failed(error: Error) -> StoreError {
    match error {
        Error::NotFound { .. } => StoreError::Missing,
        other => StoreError::Failed(other.to_string()),
    }
}

#[async_trait]
impl FileStore for Folder {
    async fn put(&self, name: &str, sealed: Vec<u8>) -> Stored<()> {
        self.files.put(&key(name)?, sealed.into()).await.map_err(failed)?;
        Ok(())
    }

    async fn get(&self, name: &str) -> Stored<Vec<u8>> {
        let found = self.files.get(&key(name)?).await.map_err(failed)?;
        Ok(found.bytes().await.map_err(failed)?.to_vec())
    }

    async fn remove(&self, name: &str) -> Stored<()> {
        match self.files.delete(&key(name)?).await.map_err(failed) {
            Ok(()) | Err(StoreError::Missing) => {}
            Err(other) => return Err(other),
        }
        let (path, name) = (self.path.clone(), name.to_owned());
        let removed = tokio::task::spawn_blocking(move || remove_pieces(&path, &name)).await;
        let failed = |error: &dyn std::fmt::Display| StoreError::Failed(error.to_string());
        removed.map_err(|error| failed(&error))?.map_err(|error| failed(&error))
    }

    async fn begin(&self, name: &str) -> Stored<Box<dyn FileWriter>> {
        let writing = self.files.put_multipart(&key(name)?).await.map_err(failed)?;
        Ok(Box::new(Writing(writing)))
    }

    async fn read(&self, name: &str) -> Stored<Box<dyn FileReader>> {
        let found = self.files.get(&key(name)?).await.map_err(failed)?;
        Ok(Box::new(Reading(found.into_stream())))
    }

    fn sniff(&self, bytes: &[u8]) -> Option<&'static str> {
        sniff(bytes)
    }
}

/// A file that is written beside its place, and moved there at its end; dropped before, it goes.
struct Writing(Box<dyn MultipartUpload>);

#[async_trait]
impl FileWriter for Writing {
    async fn put(&mut self, sealed: Vec<u8>) -> Stored<()> {
        self.0.put_part(sealed.into()).await.map_err(failed)
    }

    async fn end(mut self: Box<Self>) -> Stored<()> {
        self.0.complete().await.map_err(failed)?;
        Ok(())
    }
}

/// A file that is read.
struct Reading(BoxStream<'static, object_store::Result<Bytes>>);

#[async_trait]
impl FileReader for Reading {
    async fn next(&mut self) -> Stored<Option<Vec<u8>>> {
        let next = self.0.next().await.transpose().map_err(failed)?;
        Ok(next.map(Vec::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_comes_back_and_goes_away() {
        let folder = std::env::temp_dir().join(format!("beffroi-files-{}", std::process::id()));
        let files = Folder::open(&folder).unwrap();
        files.put("0123abcd", vec![1, 2, 3]).await.unwrap();
        let again = Folder::open(&folder).unwrap();
        assert_eq!(again.get("0123abcd").await.unwrap(), [1, 2, 3]);
        again.remove("0123abcd").await.unwrap();
        again.remove("0123abcd").await.unwrap();
        assert_eq!(again.get("0123abcd").await, Err(StoreError::Missing));
        assert!(files.put("../elsewhere", vec![1]).await.is_err());
        let mut writing = files.begin("4567abcd").await.unwrap();
        for part in [vec![1; 70_000], vec![2; 70_000]] {
            writing.put(part).await.unwrap();
        }
        assert_eq!(files.get("4567abcd").await, Err(StoreError::Missing), "it is not ended");
        writing.end().await.unwrap();
        let mut reading = files.read("4567abcd").await.unwrap();
        let mut read = Vec::new();
        while let Some(part) = reading.next().await.unwrap() {
            assert!(part.len() < 70_000, "it is read part by part");
            read.extend(part);
        }
        assert_eq!(read, [vec![1; 70_000], vec![2; 70_000]].concat());
        assert_eq!(files.read("89abcdef").await.err(), Some(StoreError::Missing));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn what_a_crash_left_of_a_file_goes_with_its_name() {
        let folder = std::env::temp_dir().join(format!("beffroi-pieces-{}", std::process::id()));
        let files = Folder::open(&folder).unwrap();
        files.put("4567abcd-other", vec![1]).await.unwrap();
        let mut writing = files.begin("4567abcd").await.unwrap();
        writing.put(vec![1; 70_000]).await.unwrap();
        // As a process that is killed leaves it: nothing is cleared up.
        std::mem::forget(writing);
        let there = || std::fs::read_dir(folder.join("45")).unwrap().count();
        assert_eq!(there(), 2);
        files.remove("4567abcd").await.unwrap();
        assert_eq!((there(), files.get("4567abcd-other").await), (1, Ok(vec![1])));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
