//! `beffroi check`: what is missing or wrong, and what to do, in plain French.

#[cfg(feature = "kubernetes")]
mod cluster;
mod targets;

pub(crate) use targets::said;

use crate::assembly::{app, database_trouble, folder_trouble, keys_do_not_fit, mail_trouble, open_database, smtp};
use crate::client::TrustedProxies;
use crate::key_files::KeyFiles;
use crate::settings::Settings;
use crate::system::SystemClock;
use crate::targets::INSTALLATION;
use crate::trouble::Trouble;
use authorization::SystemKind;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use use_cases::instance_key::KeysFit;
use use_cases::target::{Duty, DutyHolder};
use use_cases::{Context, read};
use uuid::Uuid;

/// What one check found: a line where all is well.
type Finding = Result<String, Trouble>;

/// Checks everything and says all of it, not only the first problem.
pub async fn run(settings: &Settings) -> Result<ExitCode, Trouble> {
    let mut findings = vec![
        public_url(settings),
        settings.listen().map(|at| format!("adresse d’écoute : {at}")),
    ];
    findings.push(proxies(settings));
    findings.push(folder(&settings.folder));
    findings.extend(keys(settings));
    findings.push(Box::pin(database(settings)).await);
    findings.push(mail(settings).await);
    findings.push(targets::gateway(settings));
    findings.extend(crate::gateway::check(settings).transpose());
    findings.extend(Box::pin(gateway_holder(settings)).await.map(Ok));
    findings.extend(targets::hosting(settings).await);
    let mut wrong = 0;
    for finding in findings {
        match finding {
            Ok(line) => println!("  ✔ {line}"),
            Err(trouble) => {
                wrong += 1;
                println!("  ✘ {trouble}");
            }
        }
    }
    match wrong {
        0 => println!("Tout est en ordre."),
        1 => println!("Un point est à corriger."),
        several => println!("{several} points sont à corriger."),
    }
    Ok(if wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn public_url(settings: &Settings) -> Finding {
    let url = settings.public_url();
    if url.starts_with("https://") || (url.starts_with("http://") && settings.is_loopback()) {
        return Ok(format!("adresse publique : {url}"));
    }
    Err(Trouble::new(
        format!("l’adresse publique {url} n’est pas en https : mots de passe et sessions circuleraient en clair"),
        "mettez devant Beffroi un serveur mandataire avec un certificat, et écrivez son adresse https:// dans « public_url »",
    ))
}

fn proxies(settings: &Settings) -> Finding {
    TrustedProxies::parse(&settings.trusted_proxies)
        .map(|_| match settings.trusted_proxies.len() {
            0 => "mandataires de confiance : aucun".to_owned(),
            _ => format!("mandataires de confiance : {}", settings.trusted_proxies.join(", ")),
        })
        .map_err(|text| {
            Trouble::new(
                format!("« {text} », dans trusted_proxies, n’est ni une adresse ni un réseau"),
                "écrivez par exemple 10.0.0.5 ou 10.0.0.0/8",
            )
        })
}

fn folder(folder: &Path) -> Finding {
    let shown = folder.display();
    if !folder.exists() {
        let parent = folder
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        return writable(parent).map(|()| format!("dossier {shown} : il sera créé au premier démarrage"));
    }
    writable(folder).map(|()| format!("dossier {shown} : on peut y écrire"))
}

/// Writes and removes a file, which asks the file system rather than guessing from modes.
fn writable(folder: &Path) -> Result<(), Trouble> {
    let probe = folder.join(format!(".beffroi-check-{}", std::process::id()));
    std::fs::write(&probe, b"").map_err(|error| folder_trouble(folder, &error))?;
    std::fs::remove_file(&probe).map_err(|error| folder_trouble(folder, &error))
}

fn keys(settings: &Settings) -> Vec<Finding> {
    let files = KeyFiles::in_folder(&settings.keys());
    if !files.instance().exists() && !has_data(settings) {
        return vec![Ok(format!(
            "clés : elles seront créées dans {} au premier démarrage",
            settings.keys().display()
        ))];
    }
    vec![
        files.keyring().map(|keys| {
            let previous = keys.previous().len();
            format!(
                "clé de l’instance n° {} ({previous} plus anciennes)",
                keys.current().id()
            )
        }),
        files
            .signer()
            .map(|(name, signer)| format!("clé du registre {name} : {}", signer.verifier().to_text())),
    ]
}

/// On PostgreSQL the database itself tells later whether keys are missing.
fn has_data(settings: &Settings) -> bool {
    settings.database.is_none() && settings.sqlite_file().exists()
}

async fn database(settings: &Settings) -> Finding {
    if settings.database.is_none() && !settings.sqlite_file().exists() {
        return Ok(format!(
            "base SQLite {} : elle sera créée au premier démarrage",
            settings.sqlite_file().display()
        ));
    }
    let database = open_database(settings).await?;
    let engine = use_cases::ports::Store::engine_name(&database);
    let mut connection = database
        .connection(false)
        .await
        .map_err(|error| database_trouble(settings, &error))?;
    if connection
        .fetch("SELECT name FROM schema_migration", Vec::new())
        .await
        .is_err()
    {
        return Ok(format!(
            "base {engine} : elle répond, et sera préparée au premier démarrage"
        ));
    }
    drop(connection);
    let files = KeyFiles::in_folder(&settings.keys());
    if files.keyring().is_err() || files.signer().is_err() {
        return Ok(format!("base {engine} : elle répond ; ses clés restent à vérifier"));
    }
    let app = app(settings, database, &files, Arc::new(SystemClock))?;
    match read(&Context::system(&app, SystemKind::Installer), KeysFit).await {
        Ok(true) => Ok(format!("base {engine} : elle répond, et la clé de l’instance l’ouvre")),
        Ok(false) => Err(keys_do_not_fit(&files)),
        Err(error) => Err(database_trouble(settings, &error)),
    }
}

/// Says which of several servers on one database leads to targets; nothing where there is no gateway, or no database yet.
async fn gateway_holder(settings: &Settings) -> Option<String> {
    settings.gateway.domain.as_ref()?;
    if settings.database.is_none() && !settings.sqlite_file().exists() {
        return None;
    }
    let database = open_database(settings).await.ok()?;
    let files = KeyFiles::in_folder(&settings.keys());
    let app = app(settings, database, &files, Arc::new(SystemClock)).ok()?;
    let holder = read(&Context::system(&app, SystemKind::Gateway), DutyHolder(Duty::Gateway)).await;
    let own = std::fs::read_to_string(settings.folder.join(INSTALLATION)).unwrap_or_default();
    Some(held_by(holder.ok()?, own.trim()))
}

fn held_by(holder: Option<Uuid>, own: &str) -> String {
    match holder.map(|server| server.to_string()) {
        None => "passerelle : aucun serveur ne la tient en ce moment".to_owned(),
        Some(server) if server == own => format!("passerelle : ce serveur la tient ({server})"),
        Some(server) => format!("passerelle : le serveur {server} la tient ; celui-ci prendra la suite"),
    }
}

async fn mail(settings: &Settings) -> Finding {
    match smtp(settings)? {
        None => Ok(format!(
            "courriel : pas de relais, les messages s’écrivent dans {}",
            settings.folder.join("mail").display()
        )),
        Some(smtp) => match smtp.check().await {
            Ok(()) => Ok("courriel : le relais répond".to_owned()),
            Err(error) => Err(mail_trouble(&error)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_whose_the_gateway_is() {
        let server = Uuid::from_u128(7);
        let own = server.to_string();
        assert!(held_by(None, &own).contains("aucun serveur"));
        assert!(held_by(Some(server), &own).contains("ce serveur la tient"));
        assert!(held_by(Some(server), "").contains(&format!("le serveur {server} la tient")));
    }
}
