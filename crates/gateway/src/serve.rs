//! Listening: connections are counted, limited, served and stopped.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use recording::Micros;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::grants::{Grants, Lease};
use crate::handshake::{Acceptor, shown};
use crate::names;
use crate::proxy::{Came, Connection};
use crate::refusal::Refusal;

/// Told of refusals, with the lease.
pub type OnRefusal = Box<dyn Fn(&Lease, Refusal) + Send + Sync>;

/// By which door a connection comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The one of host names.
    Hosts,
    /// The one of tools that take a proxy: tunnels to host names are opened here too.
    Proxy,
}

/// What a gateway works with.
pub struct Settings {
    /// The domain whose labels name leases, in lower case.
    pub domain: String,
    /// Whether another server ends TLS before the door of host names, so that tools ask by `https`.
    pub https_before: bool,
    /// The clock.
    pub clock: Arc<dyn Fn() -> Micros + Send + Sync>,
    /// How many connections are served at once.
    pub connections: usize,
    /// How long a head may take to come, and a connection may be idle.
    pub head: Duration,
    /// How long a body may be silent.
    pub silence: Duration,
    /// How long a target may take to begin its answer.
    pub patience: Duration,
    /// Called for each refusal of a known lease.
    pub on_refusal: OnRefusal,
}

impl Settings {
    /// The usual limits.
    pub fn new(domain: &str, clock: Arc<dyn Fn() -> Micros + Send + Sync>) -> Self {
        Self {
            domain: domain.to_ascii_lowercase(),
            https_before: false,
            clock,
            connections: 4096,
            head: Duration::from_secs(15),
            silence: Duration::from_secs(30),
            patience: Duration::from_secs(60),
            on_refusal: Box::new(|_, _| {}),
        }
    }
}

/// The door to the targets.
pub struct Gateway {
    pub(crate) settings: Settings,
    pub(crate) grants: Arc<Grants>,
    pub(crate) tasks: Tasks,
    room: Arc<Semaphore>,
    connected: AtomicU64,
}

/// How much is read at once on a connection when few are open, and when many are; the latter is also
/// the least that the head of a message may weigh.
const LARGE: usize = 64 * 1024;
const SMALL: usize = 8 * 1024;
/// What all open connections share for reading, so that memory is bounded by their number.
const SHARED: usize = 2 << 20;
/// The most that the fields of an HTTP/2 request weigh.
const FIELDS: u32 = 64 * 1024;
/// The most requests at once on one HTTP/2 connection.
const STREAMS: u32 = 128;
/// What is answered when there is no room, before anything is read.
const NO_ROOM: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

impl Gateway {
    /// A gateway that listens nowhere yet.
    pub fn new(settings: Settings, grants: Arc<Grants>) -> Arc<Self> {
        let room = Arc::new(Semaphore::new(settings.connections));
        Arc::new(Self {
            settings,
            grants,
            tasks: Tasks::default(),
            room,
            connected: AtomicU64::new(0),
        })
    }

    /// Serves connections of a listener, by TLS when an acceptor is given, until it is stopped.
    pub async fn serve(
        self: &Arc<Self>,
        listener: TcpListener,
        tls: Option<Acceptor>,
        stop: CancellationToken,
    ) -> io::Result<()> {
        self.serve_at(Door::Hosts, listener, tls, stop).await
    }

    /// Serves connections that come by a door. Tools that take a proxy speak without TLS to theirs;
    /// the acceptor is for what comes in their tunnels.
    pub async fn serve_at(
        self: &Arc<Self>,
        door: Door,
        listener: TcpListener,
        tls: Option<Acceptor>,
        stop: CancellationToken,
    ) -> io::Result<()> {
        loop {
            let accepted = tokio::select! {
                () = stop.cancelled() => break,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, _)) => self.connected(door, stream, tls.clone(), stop.child_token()),
                // Too many files: those that are open may end meanwhile.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        drop(listener);
        self.tasks.end().await;
        Ok(())
    }

    fn connected(self: &Arc<Self>, door: Door, mut stream: TcpStream, tls: Option<Acceptor>, token: CancellationToken) {
        let gateway = Arc::clone(self);
        // Small answers should not wait for more; a socket that refuses this works all the same.
        let _ = stream.set_nodelay(true);
        self.tasks.spawn(async move {
            let Ok(room) = Arc::clone(&gateway.room).try_acquire_owned() else {
                // Whoever does not read this learns it by the end of the connection.
                let _ = tokio::time::timeout(Duration::from_secs(1), stream.write_all(NO_ROOM)).await;
                return;
            };
            let came = Came {
                https: door == Door::Hosts && (tls.is_some() || gateway.settings.https_before),
                door,
                tls,
                carried: None,
                certificate: None,
            };
            gateway.come(stream, came, token, Some(room)).await;
        });
    }

    /// Accepts TLS when the connection comes so, and speaks.
    pub(crate) async fn come<S>(
        self: Arc<Self>,
        stream: S,
        mut came: Came,
        token: CancellationToken,
        room: Option<OwnedSemaphorePermit>,
    ) where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        match came.tls.clone().filter(|_| came.https) {
            None => self.speak(stream, came, token, room).await,
            Some(tls) => {
                // What a handshake takes is given back once it is over.
                let accepting = Box::pin(tls.accept(stream, |name| self.knows_certificates(name)));
                let accepting = tokio::time::timeout(self.settings.head, accepting);
                if let Some(Ok(Ok(stream))) = token.run_until_cancelled(accepting).await {
                    came.certificate = shown(stream.get_ref().1);
                    self.speak(stream, came, token, room).await;
                }
            }
        }
    }

    /// Whether certificates were registered for the lease of a host name.
    fn knows_certificates(&self, name: &str) -> bool {
        let label = names::label(name, &self.settings.domain);
        let held = label.and_then(|label| self.grants.held(&label.to_ascii_lowercase()));
        held.is_some_and(|held| !held.lease.certificates.is_empty())
    }

    /// Speaks HTTP/1.1 or HTTP/2 until the connection ends or is stopped.
    async fn speak<S>(
        self: Arc<Self>,
        stream: S,
        came: Came,
        token: CancellationToken,
        room: Option<OwnedSemaphorePermit>,
    ) where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let builder = self.builder();
        let connection = Arc::new(Connection::new(self, came, token.clone(), room));
        let service = service_fn(move |request| {
            let connection = Arc::clone(&connection);
            async move { Ok::<_, Infallible>(connection.answer(request).await) }
        });
        let served = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
        tokio::select! {
            () = token.cancelled() => {}
            // Both sides know how it ended; there is nobody else to tell.
            _ = served => {}
        }
    }

    /// The number of the next connection.
    pub(crate) fn number(&self) -> u64 {
        self.connected.fetch_add(1, Ordering::Relaxed)
    }

    /// How much a new connection, to a tool or to a target, reads at once.
    pub(crate) fn buffer(&self) -> usize {
        let open = self.settings.connections.saturating_sub(self.room.available_permits());
        (SHARED / open.max(1)).clamp(SMALL, LARGE)
    }

    fn builder(&self) -> auto::Builder<Tasks> {
        let mut builder = auto::Builder::new(self.tasks.clone());
        builder
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(self.settings.head)
            .max_buf_size(self.buffer());
        builder
            .http2()
            .timer(TokioTimer::new())
            .max_header_list_size(FIELDS)
            .max_concurrent_streams(STREAMS)
            .max_send_buf_size(self.buffer())
            .keep_alive_interval(self.settings.head)
            .keep_alive_timeout(self.settings.head);
        builder
    }
}

/// The tasks of a gateway, so that a stop waits for them; those of hyper run among them.
#[derive(Clone, Default)]
pub(crate) struct Tasks {
    tracker: TaskTracker,
    ending: CancellationToken,
}

impl Tasks {
    /// Runs a task that ends by itself once connections are stopped.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tracker.spawn(task);
    }

    /// Runs a task that would go on, such as an idle connection to a target.
    pub(crate) fn spawn_until_the_end(&self, task: impl Future<Output = ()> + Send + 'static) {
        let ending = self.ending.clone();
        self.tracker.spawn(async move {
            tokio::select! {
                () = ending.cancelled() => {}
                () = task => {}
            }
        });
    }

    async fn end(&self) {
        self.ending.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }
}

impl<F> hyper::rt::Executor<F> for Tasks
where
    F: Future<Output = ()> + Send + 'static,
{
    fn execute(&self, task: F) {
        self.spawn(task);
    }
}
