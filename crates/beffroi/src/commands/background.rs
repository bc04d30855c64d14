//! What runs beside the server: jobs, the sequencer, the sweeping of files that nothing names.

use std::time::Duration;
use tokio_util::sync::CancellationToken;
use use_cases::App;
use uuid::Uuid;

/// Workers that run jobs side by side.
const WORKERS: usize = 2;

/// Starts everything; `stop` ends it, and the application's tasks tell when it has ended.
pub fn start(app: &App, stop: &CancellationToken) {
    for _ in 0..WORKERS {
        app.tasks.spawn(jobs(app.clone(), stop.clone()));
    }
    app.tasks.spawn(sequencer(app.clone(), stop.clone()));
    app.tasks.spawn(sweeper(app.clone(), stop.clone()));
}

/// Waits, unless it is time to stop; says whether to go on.
async fn pause(stop: &CancellationToken, time: Duration) -> bool {
    tokio::select! {
        () = stop.cancelled() => false,
        () = tokio::time::sleep(time) => true,
    }
}

async fn jobs(app: App, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let wait = match Box::pin(use_cases::jobs::run_one(&app)).await {
            Ok(true) => continue,
            Ok(false) => Duration::from_millis(500),
            Err(error) => {
                tracing::warn!(%error, "the job queue does not answer");
                Duration::from_secs(5)
            }
        };
        if !pause(&stop, wait).await {
            return;
        }
    }
}

async fn sequencer(app: App, stop: CancellationToken) {
    let mut bytes = [0; 16];
    app.chance.fill(&mut bytes);
    let node = Uuid::from_bytes(bytes);
    while pause(&stop, Duration::from_millis(500)).await {
        if let Err(error) = use_cases::journal::sequence(&app, node).await {
            tracing::warn!(%error, "the journal could not be numbered; it is tried again");
        }
    }
    // What was journaled last is numbered before the end.
    if let Err(error) = use_cases::journal::sequence(&app, node).await {
        tracing::warn!(%error, "the journal could not be numbered; the next start does it");
    }
}

async fn sweeper(app: App, stop: CancellationToken) {
    while pause(&stop, Duration::from_secs(3600)).await {
        match use_cases::files::sweep(&app).await {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "files that nothing named were removed"),
            Err(error) => tracing::warn!(%error, "files could not be swept; it is tried again"),
        }
        match use_cases::exchange::sweep(&app).await {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "files of recordings that were destroyed before were removed"),
            Err(error) => tracing::warn!(%error, "recordings could not be swept; it is tried again"),
        }
        // A key that another node destroyed leaves this one's memory within the hour.
        app.vault.forget_all();
    }
}
