//! The engine on which the demonstration hosts its target: found, looked at, given the image; swept at the end.

use crate::settings::Settings;
use crate::targets::engine_settings;
use crate::trouble::Trouble;
use hosting::{Engine, Finding, Gravity, GuardProblem, HostingError, ImageArchive, Keep, Provider, single_program};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Duration;
use uuid::Uuid;

/// Where an engine of the system serves where none is named; that of the user is in `$XDG_RUNTIME_DIR`.
const SOCKETS: &[&str] = &["/run/podman/podman.sock", "/run/docker.sock"];

/// How long an engine may need to say who it is and to take the image in: the demonstration does not wait for it longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// An engine on which the demonstration's target can be hosted.
pub struct Host {
    /// Its name and version, for people.
    pub name: String,
    /// Where it serves.
    pub socket: PathBuf,
}

/// Makes the image of the practice portal; nothing where this binary was built without it.
pub fn image() -> Option<ImageArchive> {
    practice::program().map(|program| single_program(program, &["serve"]))
}

/// Writes the recipe of the demonstration's target.
pub fn recipe(image: &ImageArchive) -> String {
    format!(
        r#"# Un site de mairie inventé, avec des failles faites exprès.
version = "2.3.0"
entry = {{ service = "web", port = 8080 }}

[services.web]
image = "{}"
tmpfs = {{ "/data" = "16 MiB" }}
health = {{ http = "/sante", every = "1 s", within = "60 s" }}
resources = {{ memory = "128 MiB", cpu = 0.5, processes = 256 }}
"#,
        image.image
    )
}

/// Gives the installation a name that its folder always has: what an earlier demonstration left running is known again.
///
/// # Errors
/// [`std::io::Error`] where the folder cannot be written to.
pub fn keep_name(folder: &Path) -> std::io::Result<()> {
    let file = folder.join(crate::targets::INSTALLATION);
    if file.exists() {
        return Ok(());
    }
    let place = std::fs::canonicalize(folder)?;
    let name = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("file://{}", place.display()).as_bytes());
    std::fs::write(file, name.to_string())
}

/// Gives the program that puts the wall up: Debian keeps it where not everybody looks for programs.
pub fn firewall(named: &str) -> String {
    const PLACE: &str = "/usr/sbin/nft";
    match named == "nft" && Path::new(PLACE).exists() {
        true => PLACE.to_owned(),
        false => named.to_owned(),
    }
}

/// Finds an engine that walls targets in, and loads the image there.
///
/// # Errors
/// [`Trouble`] that says what is missing: no engine, one without what isolates, a binary without the portal.
pub async fn find(settings: &Settings) -> Result<Host, Trouble> {
    let image = image().ok_or_else(|| {
        Trouble::new(
            "ce programme a été compilé sans la cible d’exercice",
            "installez la bibliothèque C statique (sur Debian : libc6-dev), puis recompilez",
        )
    })?;
    let mut first = None;
    for socket in sockets(settings) {
        match within(ready(settings, &socket, &image)).await {
            Ok(name) => return Ok(Host { name, socket }),
            Err(trouble) => drop(first.get_or_insert(trouble)),
        }
    }
    Err(first.unwrap_or_else(|| {
        Trouble::new(
            "aucun moteur de conteneurs n’est en marche ici, ou ce compte ne peut pas le joindre",
            "sur Debian : « apt-get install podman iptables nftables », « systemctl start podman.socket », puis relancez la démonstration en root",
        )
    }))
}

/// Gives the sockets at which an engine is looked for: the one that is named, else those that are there.
fn sockets(settings: &Settings) -> Vec<PathBuf> {
    if let Some(named) = &settings.hosting.socket {
        return vec![named.clone()];
    }
    let own = std::env::var_os("XDG_RUNTIME_DIR").map(|folder| Path::new(&folder).join("podman/podman.sock"));
    let usual = SOCKETS.iter().map(PathBuf::from);
    usual.chain(own).filter(|socket| socket.exists()).collect()
}

/// Gives the socket at which an engine is waited for.
pub fn usual(settings: &Settings) -> PathBuf {
    let found = sockets(settings).into_iter().next();
    found.unwrap_or_else(|| SOCKETS.iter().map(PathBuf::from).next().unwrap_or_default())
}

/// Puts the wall up, asks the engine and the machine for what is missing, and loads the image.
async fn ready(settings: &Settings, socket: &Path, image: &ImageArchive) -> Result<String, Trouble> {
    let engine = connect(settings, socket).await?;
    if settings.hosting.install_guard {
        engine.guard().ensure().await;
    }
    for finding in engine.check().await {
        if finding.gravity() == Gravity::Blocking {
            return Err(trouble(&finding));
        }
    }
    let loaded = engine.load(image).await;
    loaded.map_err(|error| Trouble::new(format!("le moteur ne prend pas l’image de la cible : {error}"), ""))?;
    let version = engine.version();
    Ok(format!("{} {}", version.name, version.version))
}

async fn connect(settings: &Settings, socket: &Path) -> Result<Engine, Trouble> {
    let mut named = settings.clone();
    named.hosting.socket = Some(socket.to_owned());
    let unreachable = |reason: String| {
        trouble(&Finding::EngineUnreachable {
            socket: socket.to_owned(),
            reason,
        })
    };
    let engine = engine_settings(&named)?.ok_or_else(|| unreachable(String::new()))?;
    Engine::connect(engine)
        .await
        .map_err(|error| unreachable(reason(error)))
}

/// Gives what the system said of an engine that does not answer.
fn reason(error: HostingError) -> String {
    match error {
        HostingError::EngineUnreachable { reason, .. } => reason,
        other => other.to_string(),
    }
}

/// Says what keeps an engine from hosting, and what whoever tries Beffroi does about it.
fn trouble(finding: &Finding) -> Trouble {
    let (what, to_do) = crate::commands::said(finding);
    let to_do = match finding {
        Finding::EngineUnreachable { .. } => {
            "démarrez son service (« systemctl start podman.socket »), et lancez la démonstration en root".to_owned()
        }
        Finding::Guard { problem, .. } if *problem == GuardProblem::NotAllowed => {
            "lancez la démonstration en root : elle le pose elle-même".to_owned()
        }
        Finding::Rootless => {
            "démarrez celui du système (« systemctl start podman.socket »), et lancez la démonstration en root"
                .to_owned()
        }
        _ => to_do,
    };
    Trouble::new(what, to_do)
}

async fn within<T>(asked: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    let late = || {
        Trouble::new(
            format!("le moteur de conteneurs n’a pas répondu en {} s", PATIENCE.as_secs()),
            "redémarrez son service, puis la démonstration",
        )
    };
    tokio::time::timeout(PATIENCE, asked)
        .await
        .unwrap_or_else(|_| Err(late()))
}

/// Takes away what the demonstration started, where it hosts; its next start brings it back as new.
///
/// # Errors
/// [`Trouble`] of the engine; what stays is taken away by the next demonstration in the same folder.
pub async fn sweep(settings: &Settings) -> Result<(), Trouble> {
    let Some(socket) = &settings.hosting.socket else {
        return Ok(());
    };
    let swept = async {
        let engine = connect(settings, socket).await?;
        let swept = engine.sweep(&Keep::default()).await;
        swept.map(drop).map_err(|error| Trouble::new(error.to_string(), ""))
    };
    within(swept).await
}
