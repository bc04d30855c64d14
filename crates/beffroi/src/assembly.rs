//! The assembly: adapters behind the ports, keys from their files, one [`App`].

use crate::key_files::KeyFiles;
use crate::settings::Settings;
use crate::system::SystemChance;
use crate::trouble::Trouble;
use authorization::{Policies, SystemKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use storage::Database;
use use_cases::instance_key::KeysFit;
use use_cases::people::IsSetUp;
use use_cases::ports::{Chance, Clock, Mailer, Store};
use use_cases::search::OpenTexts;
use use_cases::snapshot::SnapshotRoom;
use use_cases::vault::Vault;
use use_cases::{App, Context, read};

/// Data keys that stay open in memory at most.
const OPEN_KEYS: usize = 2000;

/// Readers of SQLite beside its one writer.
const SQLITE_READERS: u32 = 4;

/// An instance, ready to serve.
pub struct Assembly {
    /// What the use cases reach.
    pub app: App,
    /// The token of the set-up page, where the instance is still empty.
    pub set_up_token: Option<String>,
}

/// Opens the database and files, makes what a first start needs, and gives the instance.
pub async fn assemble(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Assembly, Trouble> {
    make_folder(&settings.folder)?;
    let database = open_database(settings).await?;
    let applied = database
        .migrate(clock.now())
        .await
        .map_err(|error| database_trouble(settings, &error))?;
    if !applied.is_empty() {
        tracing::info!(migrations = ?applied, "the database was brought up to date");
    }
    let files = KeyFiles::in_folder(&settings.keys());
    refuse_lost_key(&database, &files).await?;
    let log_name = settings.log_name.clone().unwrap_or_else(|| settings.public_host());
    files.make_missing(&SystemChance, &log_name)?;
    let mut app = app(settings, database, &files, clock)?;
    let installer = Context::system(&app, SystemKind::Installer);
    if !read(&installer, KeysFit).await? {
        return Err(keys_do_not_fit(&files));
    }
    let mut set_up_token = None;
    if !read(&installer, IsSetUp).await? {
        let token = app.chance.bytes32();
        let mut with_token = use_cases::Settings::clone(&app.settings);
        with_token.set_up_token_hash = Some(sealing::token_hash(&token));
        app.settings = Arc::new(with_token);
        set_up_token = Some(sealing::token_text(token));
    }
    Ok(Assembly { app, set_up_token })
}

/// Puts an [`App`] together from a database and the keys; makes nothing.
pub fn app(settings: &Settings, database: Database, keys: &KeyFiles, clock: Arc<dyn Clock>) -> Result<App, Trouble> {
    let (log_name, signer) = keys.signer()?;
    let policies = Policies::built_in().map_err(|error| Trouble::new(format!("les règles d’accès : {error}"), ""))?;
    let files = files::Folder::open(&settings.folder.join("files"))
        .map_err(|error| folder_trouble(&settings.folder, &error))?;
    let connections = match settings.database {
        None => SQLITE_READERS,
        Some(_) => settings.database_connections,
    };
    Ok(App {
        store: Arc::new(database),
        snapshots: SnapshotRoom::of_connections(connections),
        files: Arc::new(files),
        recordings: Arc::new(evidence::FolderRecordings::new(
            crate::gateway::recordings(settings).join("campaigns"),
            env!("CARGO_PKG_VERSION"),
            settings.limits.file_bytes as u64,
        )),
        seeds: Arc::new(evidence::SeedArchives),
        replayer: Arc::new(evidence::NetworkReplayer::new(
            Arc::new(crate::gateway::Hosts::new(settings)?),
            crate::gateway::roots()?,
            settings.limits.file_bytes as u64,
        )),
        mailer: mailer(settings)?,
        clock,
        chance: Arc::new(SystemChance) as Arc<dyn Chance>,
        policies: Arc::new(policies),
        keys: Arc::new(keys.keyring()?),
        signer: Arc::new(signer),
        vault: Arc::new(Vault::new(OPEN_KEYS)),
        search: Arc::new(OpenTexts::new(settings.limits.limits().search_bytes)),
        figures: Arc::default(),
        settings: Arc::new(use_cases::Settings {
            public_url: settings.public_url(),
            mail_from: settings.mail.from.clone(),
            mail_folder: settings
                .mail
                .relay
                .is_none()
                .then(|| mail_folder(settings).display().to_string()),
            log_name,
            limits: settings.limits.limits(),
            test_cost_cents: settings.estimates.test_cost_cents,
            set_up_token_hash: None,
            // A file of SQLite is one server's own.
            several_servers: settings.database.is_some(),
            hosting: settings.hosting.is_named(),
            cluster: settings.hosting.engine == crate::settings::HostingEngine::Kubernetes,
            gateway: settings.gateway.address(),
        }),
        tasks: tokio_util::task::TaskTracker::new(),
    })
}

/// Opens the database that the settings name.
pub async fn open_database(settings: &Settings) -> Result<Database, Trouble> {
    let opened = match &settings.database {
        None => Database::open_sqlite(&settings.sqlite_file(), SQLITE_READERS).await,
        Some(url) => Database::open_postgres(url, settings.database_connections).await,
    };
    opened.map_err(|error| database_trouble(settings, &error))
}

/// Says what is wrong with the database; its address holds a password and is not repeated.
pub fn database_trouble(settings: &Settings, error: &dyn std::fmt::Display) -> Trouble {
    let said = error.to_string();
    let error = if said == "busy" {
        "aucune réponse dans le temps imparti"
    } else {
        said.as_str()
    };
    if let Some(missing) = settings.database.as_deref().and_then(missing_authority) {
        return Trouble::new(
            format!("le certificat d’autorité {missing}, que nomme « database », ne se lit pas"),
            "corrigez le chemin après sslrootcert=, ou les droits de ce fichier",
        );
    }
    match &settings.database {
        None => Trouble::new(
            format!("la base {} ne s’ouvre pas : {error}", settings.sqlite_file().display()),
            "vérifiez la place sur le disque, et que le compte qui lance Beffroi peut écrire dans ce dossier",
        ),
        Some(_) if error.contains("TLS") || error.contains("certificate") => Trouble::new(
            format!("la base PostgreSQL n’a pas été jointe par TLS : {error}"),
            "si son certificat vient d’une autorité à vous, donnez-la dans « database » : postgres://…/BASE?sslmode=verify-full&sslrootcert=/CHEMIN/ca.pem ; le nom du serveur dans l’adresse doit être un de ceux du certificat",
        ),
        Some(_) => Trouble::new(
            format!("la base PostgreSQL ne répond pas : {error}"),
            "vérifiez « database » (postgres://COMPTE:MOTDEPASSE@SERVEUR/BASE), que le serveur tourne, et que la base existe",
        ),
    }
}

/// Names the certificate of an authority that an address asks for and that cannot be read.
fn missing_authority(url: &str) -> Option<&str> {
    let (_, after) = url.split_once("sslrootcert=")?;
    let path = after.split('&').next()?;
    std::fs::File::open(path).is_err().then_some(path)
}

/// Makes the way to send mail: the relay, or a folder where there is none.
fn mailer(settings: &Settings) -> Result<Arc<dyn Mailer>, Trouble> {
    Ok(match smtp(settings)? {
        Some(smtp) => Arc::new(smtp),
        None => {
            let folder = mail::Folder::open(&mail_folder(settings), &settings.mail.from);
            Arc::new(folder.map_err(|error| mail_trouble(&error))?)
        }
    })
}

/// Gives the folder that mail goes to where no relay is named.
fn mail_folder(settings: &Settings) -> PathBuf {
    settings.folder.join("mail")
}

/// Prepares the way to the relay, where one is named.
pub fn smtp(settings: &Settings) -> Result<Option<mail::Smtp>, Trouble> {
    let Some(url) = &settings.mail.relay else {
        return Ok(None);
    };
    let password = match &settings.mail.password_file {
        None => String::new(),
        Some(path) => std::fs::read_to_string(path).map_err(|error| {
            Trouble::new(
                format!("le mot de passe du relais, {}, ne se lit pas : {error}", path.display()),
                "corrigez « mail.password_file » ou les droits du fichier",
            )
        })?,
    };
    let relay = mail::Relay {
        url: url.clone(),
        credentials: settings
            .mail
            .user
            .clone()
            .map(|user| (user, password.trim_end_matches(['\r', '\n']).to_owned())),
        timeout: Duration::from_secs(settings.mail.timeout_seconds),
    };
    mail::Smtp::new(relay, &settings.mail.from)
        .map(Some)
        .map_err(|error| mail_trouble(&error))
}

/// Says what is wrong with the mail's settings.
pub fn mail_trouble(error: &dyn std::fmt::Display) -> Trouble {
    Trouble::new(
        format!("le courriel ne peut pas partir : {error}"),
        "vérifiez « mail.relay » (smtps://SERVEUR ou smtp://SERVEUR:587?tls=required), « mail.user », « mail.password_file » et « mail.from »",
    )
}

fn make_folder(folder: &Path) -> Result<(), Trouble> {
    use std::os::unix::fs::DirBuilderExt;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o750).create(folder);
    made.map_err(|error| folder_trouble(folder, &error))
}

/// Says what is wrong with the folder of the data.
pub fn folder_trouble(folder: &Path, error: &dyn std::fmt::Display) -> Trouble {
    Trouble::new(
        format!("le dossier {} ne peut pas servir : {error}", folder.display()),
        "donnez au compte qui lance Beffroi le droit d’y écrire, ou choisissez-en un autre avec --folder",
    )
}

/// A new key would not open what is there: a lost key is said, never replaced.
async fn refuse_lost_key(database: &Database, files: &KeyFiles) -> Result<(), Trouble> {
    if files.instance().exists() {
        return Ok(());
    }
    let failed = |error: use_cases::ports::StoreError| Trouble::from(use_cases::Error::from(error));
    let mut session = database.snapshot().await.map_err(failed)?;
    if session.all_keys().await.map_err(failed)?.is_empty() {
        return Ok(());
    }
    Err(keys_do_not_fit(files))
}

/// Says that the keys are not those of the database.
pub fn keys_do_not_fit(files: &KeyFiles) -> Trouble {
    Trouble::new(
        format!(
            "la clé de l’instance, {}, n’ouvre pas ce que la base contient",
            files.instance().display()
        ),
        "remettez le fichier de clés qui allait avec cette base ; n’en créez pas un autre",
    )
}
