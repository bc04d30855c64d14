//! The streams of a link: a Unix socket between processes, memory within one.

use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;

/// A stream in both directions.
pub trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Duplex for S {}

/// Makes streams to the platform.
#[async_trait]
pub trait Dial: Send + Sync {
    /// Makes a stream; an error is tried again.
    async fn dial(&self) -> io::Result<Box<dyn Duplex>>;
}

/// Takes streams that gateways make.
#[async_trait]
pub trait Accept: Send {
    /// Waits for the next stream; nothing when none can come any more.
    async fn accept(&mut self) -> io::Result<Option<Box<dyn Duplex>>>;
}

/// How much waits in memory for the other end.
const IN_MEMORY: usize = 64 * 1024;

/// The gateway's end of a link within one process.
#[derive(Debug, Clone)]
pub struct InMemory {
    streams: mpsc::Sender<DuplexStream>,
}

/// The platform's end of a link within one process.
#[derive(Debug)]
pub struct InMemoryDoor {
    streams: mpsc::Receiver<DuplexStream>,
}

/// Makes both ends of a link within one process.
pub fn in_memory() -> (InMemory, InMemoryDoor) {
    let (sender, receiver) = mpsc::channel(1);
    (InMemory { streams: sender }, InMemoryDoor { streams: receiver })
}

#[async_trait]
impl Dial for InMemory {
    async fn dial(&self) -> io::Result<Box<dyn Duplex>> {
        let (ours, theirs) = tokio::io::duplex(IN_MEMORY);
        let sent = self.streams.send(theirs).await;
        sent.map_err(|_| io::Error::from(io::ErrorKind::ConnectionRefused))?;
        Ok(Box::new(ours))
    }
}

#[async_trait]
impl Accept for InMemoryDoor {
    async fn accept(&mut self) -> io::Result<Option<Box<dyn Duplex>>> {
        let stream = self.streams.recv().await;
        Ok(stream.map(|stream| Box::new(stream) as Box<dyn Duplex>))
    }
}

/// The gateway's end of a link over a Unix socket.
#[derive(Debug, Clone)]
pub struct Socket {
    path: PathBuf,
}

impl Socket {
    /// Dials the socket of this path.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

#[async_trait]
impl Dial for Socket {
    async fn dial(&self) -> io::Result<Box<dyn Duplex>> {
        Ok(Box::new(UnixStream::connect(&self.path).await?))
    }
}

/// The platform's end of a link over a Unix socket; dropping it removes the socket.
#[derive(Debug)]
pub struct SocketDoor {
    listener: UnixListener,
    path: PathBuf,
}

impl SocketDoor {
    /// Listens on a socket that only this user reaches: its folder is made with mode 0700, itself
    /// with 0600. A folder that others may enter, or a file of another kind at the path, is an error;
    /// a socket that a crash left is replaced.
    pub fn bind(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        if std::fs::metadata(folder)?.permissions().mode() & 0o077 != 0 {
            let why = format!("others may enter {}: chmod 700", folder.display());
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
        }
        remove_left(&path)?;
        let listener = UnixListener::bind(&path)?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
        Ok(Self { listener, path })
    }

    /// Listens on a socket that this user and the members of a group reach, itself with mode 0660. Its folder stands,
    /// is that group's, and nobody but this user writes in it: another folder is an error.
    pub fn bind_for(group: u32, path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        let found = std::fs::metadata(folder)?;
        if found.gid() != group || found.permissions().mode() & 0o027 != 0 {
            let why = format!("{} is not of group {group} alone: chgrp, chmod 750", folder.display());
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
        }
        remove_left(&path)?;
        let listener = UnixListener::bind(&path)?;
        std::os::unix::fs::chown(&path, None, Some(group))?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o660))?;
        Ok(Self { listener, path })
    }
}

/// Removes a socket that nobody listens on.
fn remove_left(path: &Path) -> io::Result<()> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
        Ok(found) if !found.file_type().is_socket() => return Err(io::ErrorKind::AlreadyExists.into()),
        Ok(_) => {}
    }
    if std::os::unix::net::UnixStream::connect(path).is_ok() {
        return Err(io::ErrorKind::AddrInUse.into());
    }
    std::fs::remove_file(path)
}

impl Drop for SocketDoor {
    fn drop(&mut self) {
        // One that cannot be removed is replaced at the next start.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[async_trait]
impl Accept for SocketDoor {
    async fn accept(&mut self) -> io::Result<Option<Box<dyn Duplex>>> {
        let (stream, _) = self.listener.accept().await?;
        Ok(Some(Box::new(stream)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_its_user_reaches_a_socket_and_one_left_by_a_crash_is_replaced() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("link/gateway.socket");
        let door = SocketDoor::bind(&path).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(path.parent().unwrap()), mode(&path)), (0o700, 0o600));
        assert_eq!(SocketDoor::bind(&path).unwrap_err().kind(), io::ErrorKind::AddrInUse);
        drop(door);
        assert!(!path.exists());
        // A crash removes nothing: the file stays, and nobody listens.
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        assert!(path.exists());
        drop(SocketDoor::bind(&path).unwrap());
        // For a group: this user's own, which a folder needs too.
        let own = std::fs::metadata(place.path()).unwrap().gid();
        let refused = SocketDoor::bind_for(own + 1, &path).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::PermissionDenied);
        let door = SocketDoor::bind_for(own, &path).unwrap();
        assert_eq!(mode(&path), 0o660);
        drop(door);
        std::fs::write(&path, "mine").unwrap();
        assert_eq!(
            SocketDoor::bind(&path).unwrap_err().kind(),
            io::ErrorKind::AlreadyExists
        );
        std::fs::set_permissions(path.parent().unwrap(), std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(
            SocketDoor::bind(&path).unwrap_err().kind(),
            io::ErrorKind::PermissionDenied
        );
    }
}
