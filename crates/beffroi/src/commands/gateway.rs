//! `beffroi gateway`: the gateway as a process of its own, told what to do by the instance beside it.

use super::serve::Signals;
use crate::settings::Settings;
use crate::trouble::Trouble;
use std::process::ExitCode;
use tokio_util::sync::CancellationToken;

/// Runs the gateway of the settings until a signal.
pub async fn run(settings: &Settings) -> Result<ExitCode, Trouble> {
    let Some(address) = settings.gateway.address() else {
        return Err(Trouble::new(
            "cette instance n’a pas de passerelle".to_owned(),
            "donnez un domaine à « gateway.domain », par exemple cibles.metropole.example",
        ));
    };
    if !settings.gateway.apart {
        return Err(Trouble::new(
            "la passerelle tourne déjà dans le processus de « beffroi serve »".to_owned(),
            "mettez « gateway.apart = true » pour la lancer à part",
        ));
    }
    let signals = Signals::hear()?;
    let stop = CancellationToken::new();
    println!("La passerelle répond sur {}", address.origin("ACCÈS"));
    let ended = stop.clone();
    let running = crate::gateway::apart(settings, stop);
    tokio::pin!(running);
    tokio::select! {
        done = &mut running => done?,
        () = signals.any() => {
            tracing::info!("stopping: the last segments are closed first");
            ended.cancel();
            running.await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
