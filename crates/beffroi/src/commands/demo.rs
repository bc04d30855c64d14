//! `beffroi demo`: a story played once through the use cases, then served from its own folder.

use super::serve::{Signals, listen, prepare_gateway, serve};
use crate::assembly::{assemble, folder_trouble};
use crate::demo::host::{self, Host};
use crate::demo::{Progress, SignIn, play, story_clock};
use crate::settings::{GatewaySettings, Settings};
use crate::system::SystemClock;
use crate::trouble::Trouble;
use authorization::SystemKind;
use domain::ids::CampaignId;
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use use_cases::organisation::SeedDirectory;
use use_cases::people::SetUpDemo;
use use_cases::{Context, perform};

/// Where the demonstration keeps to itself.
const FOLDER: &str = "./beffroi-demo";
/// What is written last, once the story is played to its end.
const PLAYED: &str = "demo.json";

/// What a played demonstration leaves for its next start.
#[derive(Serialize, Deserialize)]
struct Played {
    /// The version and tables it was played with; another one plays it anew.
    made_by: String,
    sign_ins: Vec<SignIn>,
    /// The campaign that is open on a hosted target, where an engine was there to host it.
    open_campaign: Option<CampaignId>,
}

/// Plays the story, unless it is there already, and serves it.
pub async fn run(mut settings: Settings, folder: Option<&PathBuf>) -> Result<ExitCode, Trouble> {
    settings.folder = folder.cloned().unwrap_or_else(|| PathBuf::from(FOLDER));
    // It never touches an instance that serves: neither its database, its keys nor its relay.
    settings.database = None;
    settings.keys = None;
    settings.mail.relay = None;
    let listener = listen(&settings).await?;
    settings.gateway = own_gateway(&settings)?;
    let gateway = prepare_gateway(&settings).await?;
    let played = already_played(&settings.folder);
    if played.is_none() {
        clear(&settings.folder)?;
    }
    let host = Box::pin(find_host(&mut settings, played.as_ref())).await?;
    let played = match played {
        Some(played) => played,
        None => Box::pin(play_anew(&settings, host.is_ok())).await?,
    };
    let assembly = Box::pin(assemble(&settings, Arc::new(SystemClock))).await?;
    let signals = Signals::hear()?;
    announce(&assembly.app.settings.public_url, &settings.folder, &played, &host);
    let served = serve(&settings, assembly.app, (listener, gateway), signals).await;
    if let Err(error) = Box::pin(host::sweep(&settings)).await
        && host.is_ok()
    {
        tracing::warn!(%error, "what the demonstration hosted is still there; its next start takes it away");
    }
    served
}

/// Finds what the demonstration's target is hosted on, and names it in the settings.
async fn find_host(settings: &mut Settings, played: Option<&Played>) -> Result<Result<Host, Trouble>, Trouble> {
    host::keep_name(&settings.folder).map_err(|error| folder_trouble(&settings.folder, &error))?;
    settings.hosting.nft = host::firewall(&settings.hosting.nft);
    let host = host::find(settings).await;
    // Where the story has a target and its engine is away, it is waited for.
    let wanted = played.is_some_and(|played| played.open_campaign.is_some());
    settings.hosting.socket = match &host {
        Ok(host) => Some(host.socket.clone()),
        Err(_) => wanted.then(|| host::usual(settings)),
    };
    Ok(host)
}

/// Gives the demonstration a gateway of its own, on the two ports after its own.
fn own_gateway(settings: &Settings) -> Result<GatewaySettings, Trouble> {
    let address = settings.listen()?;
    let beside = |after: u16| format!("127.0.0.1:{}", address.port().saturating_add(after));
    Ok(GatewaySettings {
        domain: Some("localhost".to_owned()),
        listen: beside(1),
        proxy: Some(beside(2)),
        private_targets: true,
        // Who tries it sees at once what was recorded.
        segment_seconds: 3,
        ..GatewaySettings::default()
    })
}

fn already_played(folder: &Path) -> Option<Played> {
    let text = std::fs::read_to_string(folder.join(PLAYED)).ok()?;
    serde_json::from_str(&text)
        .ok()
        .filter(|played: &Played| played.made_by == maker())
}

/// Names the version, the tables and the hosted target of this binary.
fn maker() -> String {
    let mut made_of = DefaultHasher::new();
    storage::migrations::ALL.hash(&mut made_of);
    host::image().map(|image| image.image.digest).hash(&mut made_of);
    format!("{} {:016x}", env!("CARGO_PKG_VERSION"), made_of.finish())
}

async fn play_anew(settings: &Settings, hosts: bool) -> Result<Played, Trouble> {
    let progress = Progress::start();
    progress.step("Préparation de la base et de l’annuaire");
    let clock = Arc::new(story_clock());
    let assembly = Box::pin(assemble(settings, clock.clone())).await?;
    let app = assembly.app;
    let installer = Context::system(&app, SystemKind::Installer);
    let instance = "Beffroi, démonstration".to_owned();
    perform(&installer, SetUpDemo { instance }).await?;
    perform(&installer, SeedDirectory).await?;
    let recipe = host::image().filter(|_| hosts).map(|image| host::recipe(&image));
    let (sign_ins, open_campaign) = Box::pin(play(&app, &clock, recipe.as_deref(), &progress)).await?;
    progress.step("Envoi des courriels et inscription au registre");
    while Box::pin(use_cases::jobs::run_one(&app)).await? {}
    while use_cases::journal::sequence(&app, uuid::Uuid::nil()).await? > 0 {}
    app.tasks.close();
    app.tasks.wait().await;
    let played = Played {
        made_by: maker(),
        sign_ins,
        open_campaign,
    };
    let text = serde_json::to_string_pretty(&played).map_err(|error| Trouble::new(error.to_string(), ""))?;
    std::fs::write(settings.folder.join(PLAYED), text).map_err(|error| folder_trouble(&settings.folder, &error))?;
    progress.done();
    Ok(played)
}

/// Removes what an earlier demonstration left, and nothing else.
fn clear(folder: &Path) -> Result<(), Trouble> {
    const FILES: &[&str] = &[PLAYED, "beffroi.sqlite", "beffroi.sqlite-wal", "beffroi.sqlite-shm"];
    let present = folder.join("beffroi.sqlite").exists();
    if present && !folder.join(MARK).exists() {
        return Err(Trouble::new(
            format!(
                "le dossier {} contient une base qui n’est pas une démonstration",
                folder.display()
            ),
            "choisissez un autre dossier avec --folder",
        ));
    }
    let fine = |done: std::io::Result<()>| match done {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(folder_trouble(folder, &error)),
        _ => Ok(()),
    };
    for file in FILES {
        fine(std::fs::remove_file(folder.join(file)))?;
    }
    for inner in ["files", "keys", "mail", "recordings", "gateway"] {
        if present {
            fine(std::fs::remove_dir_all(folder.join(inner)))?;
        }
    }
    fine(std::fs::create_dir_all(folder))?;
    fine(std::fs::write(
        folder.join(MARK),
        "Ce dossier est celui de « beffroi demo » ; on peut le supprimer.\n",
    ))
}

/// The file that says that a folder is a demonstration's.
const MARK: &str = "LISEZMOI.txt";

/// The last line that is said before the demonstration serves.
const STOP: &str = "Pour l’arrêter : Ctrl+C.";

/// Says where the demonstration is, what it hosts and how to sign in. A console that has closed meanwhile does not end it.
fn announce(address: &str, folder: &Path, played: &Played, host: &Result<Host, Trouble>) {
    let roles = played.sign_ins.iter().map(|sign_in| sign_in.role.chars().count());
    let width = roles.max().unwrap_or_default();
    let mut lines = vec![
        String::new(),
        format!(
            "La démonstration est dans {} ; supprimez ce dossier pour la rejouer.",
            folder.display()
        ),
        "Tout y est inventé, sauf l’annuaire des collectivités.".to_owned(),
        String::new(),
        format!("  Ouvrez {address}"),
        String::new(),
    ];
    lines.extend(played.sign_ins.iter().map(|sign_in| {
        format!(
            "  {:width$}  {}  mot de passe : {}",
            sign_in.role, sign_in.email, sign_in.password
        )
    }));
    lines.extend([String::new(), hosted(address, played.open_campaign, host)]);
    lines.extend([String::new(), STOP.to_owned(), String::new()]);
    let _ = std::io::stdout().write_all(lines.join("\n").as_bytes());
}

/// Says where a target can be hunted on, or what is missing for that.
fn hosted(address: &str, campaign: Option<CampaignId>, host: &Result<Host, Trouble>) -> String {
    match (host, campaign) {
        (Ok(host), Some(campaign)) => format!(
            "Une cible d’exercice démarre dans {}. Pour l’attaquer, en {} :\n  {address}{}",
            host.name,
            story::email("Lina Okafor"),
            addresses::campaign::show(campaign.0)
        ),
        (Ok(host), None) => format!(
            "{} est là, mais l’histoire a été jouée sans cible : supprimez le dossier pour la rejouer avec une cible à attaquer.",
            host.name
        ),
        (Err(why), _) => format!("Aucune cible n’est hébergée : {why}"),
    }
}
