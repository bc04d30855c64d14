//! The running gateway: it keeps a link, and does what the platform says.

mod apply;
mod keeper;
mod orders;
mod recorders;
mod report;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use recording::{Chance, Limits};
use tokio::net::TcpListener;
use tokio_rustls::rustls::ClientConfig;
use tokio_util::sync::CancellationToken;

use crate::certificates::{CertificateError, Certificates};
use crate::grants::Grants;
use crate::handshake::Acceptor;
use crate::link::{Client, Dial, Hello, Listener, Outbox, PROTOCOL, Secret};
use crate::resolve::{Names, Resolve};
use crate::serve::{Door, Gateway, OnRefusal, Settings};
use apply::Upstreams;
use orders::Orders;
use recorders::Recorders;

/// How often it is looked whether open connections may still go on.
const SWEEP: Duration = Duration::from_millis(200);
/// How often it is looked whether the certificate's files changed.
const CERTIFICATE: Duration = Duration::from_secs(2);
/// How long the platform is given at the end to hear of the last segments.
const LAST_WORD: Duration = Duration::from_secs(2);
/// How long refusals are gathered before they are told, after the first.
const REFUSALS: Duration = Duration::from_secs(30);

/// Where a gateway listens.
#[derive(Default)]
pub struct Doors {
    /// For host names, without TLS.
    pub plain: Option<TcpListener>,
    /// For host names, by TLS.
    pub tls: Option<TcpListener>,
    /// For tools that take a proxy.
    pub proxy: Option<TcpListener>,
    /// The certificate of the TLS door and of what comes in tunnels.
    pub certificates: Option<Arc<Certificates>>,
}

/// What a gateway runs with.
pub struct Run {
    /// The limits of its data path; its `on_refusal` is called too, beside what the platform is told.
    pub settings: Settings,
    /// Where it listens.
    pub doors: Doors,
    /// The folder of the recordings, with one folder for each campaign.
    pub folder: PathBuf,
    /// How much is recorded, how often; the room is the campaign's.
    pub recording: Limits,
    /// How long a recorder goes on after its campaign was in the words for the last time.
    pub linger: Duration,
    /// The way to the platform.
    pub dial: Arc<dyn Dial>,
    /// The secret that the platform holds too.
    pub secret: Secret,
    /// The chance.
    pub chance: Chance,
    /// The version of the program, as the platform is told.
    pub version: String,
    /// How TLS is spoken to targets elsewhere; [`crate::native_roots`] is usual.
    pub upstream_tls: Arc<ClientConfig>,
    /// How names of targets elsewhere are found; [`crate::SystemResolver`] is usual.
    pub resolve: Arc<dyn Resolve>,
}

/// Why a gateway does not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Another gateway records into the folder.
    #[error("another gateway records into {0}")]
    InUse(PathBuf),
    /// The folder cannot be made, or read.
    #[error("{path} cannot be used: {error}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The TLS door has no certificate.
    #[error("a door by TLS needs a certificate")]
    NoCertificate,
    /// The certificate cannot be used.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

/// Runs a gateway until it is stopped: then nothing more passes, the last segments are closed, and the
/// platform hears of them when it still listens.
pub async fn run(run: Run, stop: CancellationToken) -> Result<(), RunError> {
    let _lock = take_folder(&run.folder)?;
    let certificates = run.doors.certificates.as_ref();
    let acceptor = certificates.map(Certificates::acceptor).transpose()?;
    if run.doors.tls.is_some() && acceptor.is_none() {
        return Err(RunError::NoCertificate);
    }
    let parts = Parts::of(&run);
    let Run {
        mut settings,
        doors,
        folder,
        ..
    } = run;
    settings.on_refusal = told(&mut settings, &parts.outbox);
    let clock = Arc::clone(&settings.clock);
    let gateway = Gateway::new(settings, Arc::clone(&parts.grants));
    // The link outlives the doors, so that the last segments are told.
    let link_ends = CancellationToken::new();
    let working = async {
        let (hello, outbox) = (&parts.client.hello, &parts.outbox);
        tokio::select! {
            () = serve(&gateway, doors, acceptor, &stop) => {}
            never = parts.orders.keep() => match never {},
            never = report::keep(&parts.orders, &folder, hello, outbox) => match never {},
            never = sweep(&parts.grants, &clock) => match never {},
        }
        parts.end().await;
        link_ends.cancel();
    };
    tokio::join!(working, parts.client.run(&link_ends));
    Ok(())
}

/// What works beside the doors.
struct Parts {
    grants: Arc<Grants>,
    outbox: Arc<Outbox>,
    orders: Arc<Orders>,
    client: Client,
}

impl Parts {
    fn of(run: &Run) -> Self {
        let (grants, outbox) = (Arc::new(Grants::new()), Arc::new(Outbox::paced(REFUSALS)));
        let recorders = Recorders::new(run, Arc::clone(&outbox));
        let upstreams = Upstreams {
            tls: Arc::clone(&run.upstream_tls),
            names: Arc::new(Names::new(Arc::clone(&run.resolve))),
        };
        let orders = Arc::new(Orders::new(Arc::clone(&grants), recorders, upstreams));
        let client = Client {
            dial: Arc::clone(&run.dial),
            secret: run.secret.clone(),
            chance: Arc::clone(&run.chance),
            clock: Arc::clone(&run.settings.clock),
            hello: hello(run),
            outbox: Arc::clone(&outbox),
            listener: Arc::clone(&orders) as Arc<dyn Listener>,
            asked: AtomicU64::new(0),
        };
        Self {
            grants,
            outbox,
            orders,
            client,
        }
    }

    /// Ends the recorders, and lets the platform hear of their last segments.
    async fn end(&self) {
        self.orders.end().await;
        self.outbox.hurry();
        let told = async {
            while self.outbox.is_owing() {
                tokio::time::sleep(SWEEP / 10).await;
            }
        };
        // Those that nobody heard of are told by the next run.
        let _ = tokio::time::timeout(LAST_WORD, told).await;
    }
}

/// Makes the folder, and keeps other gateways out of it until this is dropped.
fn take_folder(path: &PathBuf) -> Result<std::fs::File, RunError> {
    let taken = std::fs::create_dir_all(path).and_then(|()| std::fs::File::create(path.join("lock")));
    let file = taken.map_err(|error| RunError::Folder {
        path: path.clone(),
        error,
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(RunError::InUse(path.clone())),
        Err(std::fs::TryLockError::Error(error)) => Err(RunError::Folder {
            path: path.clone(),
            error,
        }),
    }
}

fn hello(run: &Run) -> Hello {
    let mut drawn = [0; 8];
    (run.chance)(&mut drawn);
    Hello {
        protocol: PROTOCOL,
        version: run.version.clone(),
        run: u64::from_be_bytes(drawn),
        since: (run.settings.clock)(),
    }
}

/// Tells refusals to the platform, and to whom the settings name.
fn told(settings: &mut Settings, outbox: &Arc<Outbox>) -> OnRefusal {
    let (clock, outbox) = (Arc::clone(&settings.clock), Arc::clone(outbox));
    let others = std::mem::replace(&mut settings.on_refusal, Box::new(|_, _| {}));
    Box::new(move |lease, refusal| {
        outbox.refused(&lease.campaign.id, &lease.id, refusal.key(), clock());
        others(lease, refusal);
    })
}

/// Serves all doors until they are stopped.
async fn serve(gateway: &Arc<Gateway>, doors: Doors, acceptor: Option<Acceptor>, stop: &CancellationToken) {
    let serve = async |door, listener: Option<TcpListener>, tls: Option<Acceptor>| {
        match listener {
            // A door ends without error, when it is stopped.
            Some(listener) => drop(gateway.serve_at(door, listener, tls, stop.clone()).await),
            None => stop.cancelled().await,
        }
    };
    let refreshing = async {
        let Some(certificates) = &doors.certificates else {
            return stop.cancelled().await;
        };
        while stop
            .run_until_cancelled(tokio::time::sleep(CERTIFICATE))
            .await
            .is_some()
        {
            match certificates.refresh() {
                Ok(true) => tracing::info!("the gateway's certificate was read again"),
                Ok(false) => {}
                Err(error) => tracing::warn!("the gateway's certificate stays as it was: {error}"),
            }
        }
    };
    tokio::join!(
        serve(Door::Hosts, doors.plain, None),
        serve(Door::Hosts, doors.tls, acceptor.clone()),
        serve(Door::Proxy, doors.proxy, acceptor),
        refreshing,
    );
}

/// Cuts again and again what may not go on.
async fn sweep(grants: &Grants, clock: &recording::Clock) -> std::convert::Infallible {
    loop {
        tokio::time::sleep(SWEEP).await;
        grants.sweep(clock());
    }
}
