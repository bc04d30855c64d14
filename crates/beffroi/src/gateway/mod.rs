//! The gateway assembled: its doors, its link to this platform, in this process or in one of its own.

mod around;
mod platform;
mod shared;

pub use around::Hosts;
pub use shared::{check, recordings};

use crate::duty::OwnDuty;
use crate::settings::{GatewaySettings, Settings};
use crate::system::{SystemChance, SystemClock};
use crate::trouble::Trouble;
use around::Surroundings;
use gateway::link::{Dial, Pushes, Secret, Server, Socket, SocketDoor, in_memory, serve};
use gateway::{CertificateFiles, Certificates, Doors, Run, native_roots};
use platform::{Answers, End};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_rustls::rustls::ClientConfig;
use tokio_util::sync::CancellationToken;
use use_cases::ports::{Chance as _, Clock};
use use_cases::target::Duty;
use use_cases::{App, GatewayAddress};

/// How long a recorder goes on after its campaign left the words.
const LINGER: Duration = Duration::from_secs(60);

/// A gateway of this process, listening already, so that a taken port is said at once.
pub struct Prepared {
    doors: Doors,
}

impl Prepared {
    /// Gives the address on which host names are answered.
    ///
    /// # Errors
    /// The system's, where it does not say.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        let doors = [&self.doors.plain, &self.doors.tls];
        let door = doors.into_iter().find_map(Option::as_ref);
        door.map_or_else(|| Err(ErrorKind::NotConnected.into()), TcpListener::local_addr)
    }
}

impl GatewaySettings {
    /// Gives the files of the certificate; none where there is none.
    ///
    /// # Errors
    /// [`Trouble`] where one of both is missing.
    pub fn certificate_files(&self) -> Result<Option<CertificateFiles>, Trouble> {
        match (self.certificate.clone(), self.certificate_key.clone()) {
            (Some(chain), Some(key)) => Ok(Some(CertificateFiles { chain, key })),
            (None, None) => Ok(None),
            _ => Err(Trouble::new(
                "la passerelle a besoin du certificat et de sa clé".to_owned(),
                "donnez « gateway.certificate » et « gateway.certificate_key », ou aucun des deux",
            )),
        }
    }

    /// Gives where people's tools find the gateway; nothing where there is none.
    pub fn address(&self) -> Option<GatewayAddress> {
        let domain = self.domain.clone()?.to_ascii_lowercase();
        let listens = self.listen.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
        let port = self.public_port.or(listens).unwrap_or(443);
        Some(GatewayAddress {
            domain,
            tls: self.certificate.is_some() || self.tls_before,
            port,
            certificates: self.certificate.is_some(),
            proxy: self.public_proxy.clone().or_else(|| self.proxy.clone()),
        })
    }
}

fn socket(settings: &Settings) -> PathBuf {
    shared::link(settings).join("link.sock")
}

/// Listens on the doors of the settings.
pub async fn prepare(settings: &GatewaySettings) -> Result<Prepared, Trouble> {
    let hosts = listener("gateway.listen", &settings.listen).await?;
    let proxy = match &settings.proxy {
        Some(address) => Some(listener("gateway.proxy", address).await?),
        None => None,
    };
    let certificates = settings
        .certificate_files()?
        .map(Certificates::read)
        .transpose()
        .map_err(|error| {
            Trouble::new(
                format!("le certificat de la passerelle ne sert pas : {error}"),
                "corrigez « gateway.certificate » et « gateway.certificate_key » (PEM), ou les droits de ces fichiers",
            )
        })?;
    let (plain, tls) = match certificates {
        Some(_) => (None, Some(hosts)),
        None => (Some(hosts), None),
    };
    Ok(Prepared {
        doors: Doors {
            plain,
            tls,
            proxy,
            certificates,
        },
    })
}

async fn listener(name: &str, address: &str) -> Result<TcpListener, Trouble> {
    TcpListener::bind(address).await.map_err(|error| {
        Trouble::new(
            format!("la passerelle ne peut pas écouter sur {address} : {error}"),
            format!("donnez à « {name} » une adresse et un port libres, par exemple 127.0.0.1:8081"),
        )
    })
}

/// Starts the link, and the gateway itself unless it runs apart; the application's tasks tell when both have ended.
pub fn start(
    settings: &Settings,
    app: &App,
    prepared: Option<Prepared>,
    stop: &CancellationToken,
) -> Result<(), Trouble> {
    let group = shared::prepare(settings)?;
    let secret = secret(settings)?;
    let pushes = Pushes::new();
    let answers = Arc::new(Answers::new(app.clone(), settings.gateway.clone()));
    let duty = OwnDuty::new(app.clone(), Duty::Gateway, crate::targets::installation(settings)?);
    let ended = CancellationToken::new();
    let end = match prepared {
        Some(_) => End::With(ended.clone()),
        None => End::After(stop.clone()),
    };
    app.tasks
        .spawn(platform::keep(Arc::clone(&answers), duty, pushes.clone(), end));
    let server = Server {
        secret: secret.clone(),
        platform: answers,
        pushes,
        chance: chance(),
    };
    match prepared {
        None => {
            let door = match group {
                None => SocketDoor::bind(socket(settings)),
                Some(group) => {
                    shared::give_key(settings, group)?;
                    SocketDoor::bind_for(group, socket(settings))
                }
            };
            let door = door.map_err(|error| no_socket(settings, &error))?;
            app.tasks.spawn(serve(server, door, stop.clone()));
        }
        Some(prepared) => {
            let (dial, door) = in_memory();
            app.tasks.spawn(serve(server, door, ended.clone()));
            let run = run_of(settings, prepared, (Arc::new(dial), secret), Arc::clone(&app.clock))?;
            let stop = stop.clone();
            app.tasks.spawn(async move {
                // The link ends last, so that the last segments are heard of.
                if let Err(error) = gateway::run(run, stop).await {
                    tracing::error!(%error, "the gateway does not run: nobody reaches a target");
                }
                ended.cancel();
            });
        }
    }
    Ok(())
}

/// Runs the gateway as a process of its own, until it is stopped.
pub async fn apart(settings: &Settings, stop: CancellationToken) -> Result<(), Trouble> {
    let prepared = prepare(&settings.gateway).await?;
    let dial = Arc::new(Socket::new(socket(settings)));
    // One of another user reads what the server made, and makes nothing of it.
    let secret = match shared::group(settings)? {
        None => secret(settings)?,
        Some(_) => read_secret(&shared::key(settings))?,
    };
    let run = run_of(settings, prepared, (dial, secret), Arc::new(SystemClock))?;
    gateway::run(run, stop)
        .await
        .map_err(|error| Trouble::new(format!("la passerelle s’est arrêtée : {error}"), ""))
}

fn run_of(
    settings: &Settings,
    prepared: Prepared,
    (dial, secret): (Arc<dyn Dial>, Secret),
    clock: Arc<dyn Clock>,
) -> Result<Run, Trouble> {
    let of = &settings.gateway;
    let domain = of.domain.as_deref().unwrap_or_default();
    let mut path = gateway::Settings::new(domain, Arc::new(move || clock.now().0));
    path.connections = of.connections;
    path.https_before = of.tls_before;
    let upstream_tls = roots()?;
    Ok(Run {
        settings: path,
        doors: prepared.doors,
        folder: recordings(settings),
        recording: recording::Limits {
            segment_age: Duration::from_secs(of.segment_seconds),
            ..recording::Limits::default()
        },
        linger: LINGER,
        dial,
        secret,
        chance: chance(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        upstream_tls,
        resolve: Arc::new(Surroundings::new(settings)?),
    })
}

/// Reads the authorities whose certificates are believed of targets elsewhere.
///
/// # Errors
/// [`Trouble`] where the system has none.
pub fn roots() -> Result<Arc<ClientConfig>, Trouble> {
    native_roots().map_err(|error| {
        Trouble::new(
            format!("les autorités de certification du système ne se lisent pas : {error}"),
            "installez le paquet ca-certificates",
        )
    })
}

fn chance() -> recording::Chance {
    Arc::new(|bytes: &mut [u8]| SystemChance.fill(bytes))
}

/// Reads the secret that both ends of the link hold, making it the first time.
fn secret(settings: &Settings) -> Result<Secret, Trouble> {
    let path = shared::key(settings);
    let folder = shared::link(settings);
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
    made.and_then(|()| make_secret(&path))
        .map_err(|error| no_secret(&path, &error))?;
    read_secret(&path)
}

fn read_secret(path: &Path) -> Result<Secret, Trouble> {
    let text = std::fs::read_to_string(path).map_err(|error| no_secret(path, &error))?;
    let bytes = sealing::token_from_text(text.trim());
    bytes
        .map(Secret::new)
        .ok_or_else(|| no_secret(path, &"ce n’est pas un secret de 32 octets"))
}

fn make_secret(path: &Path) -> std::io::Result<()> {
    crate::once::made(path, || {
        let mut bytes = [0; 32];
        SystemChance.fill(&mut bytes);
        sealing::token_text(bytes).to_string()
    })
}

fn no_secret(path: &Path, error: &dyn std::fmt::Display) -> Trouble {
    Trouble::new(
        format!("le secret de la passerelle, {}, ne sert pas : {error}", path.display()),
        "donnez au compte qui lance Beffroi le droit de lire ce dossier ; supprimez le fichier pour que « beffroi serve » le refasse, et lancez celui-ci d’abord",
    )
}

fn no_socket(settings: &Settings, error: &dyn std::fmt::Display) -> Trouble {
    Trouble::new(
        format!(
            "la passerelle ne peut pas être écoutée sur {} : {error}",
            socket(settings).display()
        ),
        "ce dossier doit n’être lisible que du compte qui lance Beffroi, et du groupe « gateway.group » s’il est donné",
    )
}
