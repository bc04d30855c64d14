//! `beffroi demo`: a story played once through the use cases, then served from its own folder.

use super::serve::{Signals, listen, prepare_gateway, serve};
use crate::assembly::{assemble, folder_trouble};
use crate::demo::{Progress, SignIn, play, story_clock};
use crate::settings::{GatewaySettings, Settings};
use crate::system::SystemClock;
use crate::trouble::Trouble;
use authorization::SystemKind;
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
    let played = match already_played(&settings.folder) {
        Some(played) => played,
        None => Box::pin(play_anew(&settings)).await?,
    };
    let assembly = Box::pin(assemble(&settings, Arc::new(SystemClock))).await?;
    let signals = Signals::hear()?;
    announce(&assembly.app.settings.public_url, &settings.folder, &played.sign_ins);
    serve(&settings, assembly.app, (listener, gateway), signals).await
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
        ..GatewaySettings::default()
    })
}

fn already_played(folder: &Path) -> Option<Played> {
    let text = std::fs::read_to_string(folder.join(PLAYED)).ok()?;
    serde_json::from_str(&text)
        .ok()
        .filter(|played: &Played| played.made_by == maker())
}

/// Names the version and the tables of this binary.
fn maker() -> String {
    let mut tables = DefaultHasher::new();
    storage::migrations::ALL.hash(&mut tables);
    format!("{} {:016x}", env!("CARGO_PKG_VERSION"), tables.finish())
}

async fn play_anew(settings: &Settings) -> Result<Played, Trouble> {
    clear(&settings.folder)?;
    let progress = Progress::start();
    progress.step("Préparation de la base et de l’annuaire");
    let clock = Arc::new(story_clock());
    let assembly = Box::pin(assemble(settings, clock.clone())).await?;
    let app = assembly.app;
    let installer = Context::system(&app, SystemKind::Installer);
    let instance = "Beffroi, démonstration".to_owned();
    perform(&installer, SetUpDemo { instance }).await?;
    perform(&installer, SeedDirectory).await?;
    let sign_ins = Box::pin(play(&app, &clock, &progress)).await?;
    progress.step("Envoi des courriels et inscription au registre");
    while Box::pin(use_cases::jobs::run_one(&app)).await? {}
    while use_cases::journal::sequence(&app, uuid::Uuid::nil()).await? > 0 {}
    app.tasks.close();
    app.tasks.wait().await;
    let played = Played {
        made_by: maker(),
        sign_ins,
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

/// Says where the demonstration is and how to sign in. A console that has closed meanwhile does not end it.
fn announce(address: &str, folder: &Path, sign_ins: &[SignIn]) {
    let width = sign_ins
        .iter()
        .map(|sign_in| sign_in.role.chars().count())
        .max()
        .unwrap_or_default();
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
    lines.extend(sign_ins.iter().map(|sign_in| {
        format!(
            "  {:width$}  {}  mot de passe : {}",
            sign_in.role, sign_in.email, sign_in.password
        )
    }));
    lines.extend([String::new(), STOP.to_owned(), String::new()]);
    let _ = std::io::stdout().write_all(lines.join("\n").as_bytes());
}
