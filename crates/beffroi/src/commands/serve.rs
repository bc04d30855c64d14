//! `beffroi serve`: one instance, until it is told to stop.

use super::background;
use crate::assembly::{Assembly, assemble};
use crate::client::{self, TrustedProxies};
use crate::gateway::Prepared;
use crate::settings::Settings;
use crate::system::SystemClock;
use crate::trouble::Trouble;
use authorization::SystemKind;
use axum::middleware::from_fn_with_state;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;
use use_cases::organisation::SeedDirectory;
use use_cases::people::IsDemo;
use use_cases::{App, Context, perform, read};

/// How long a stop waits for what is under way.
const PATIENCE: Duration = Duration::from_secs(20);

/// Serves the instance of the settings.
pub async fn run(settings: &Settings) -> Result<ExitCode, Trouble> {
    let listener = listen(settings).await?;
    let gateway = prepare_gateway(settings).await?;
    let Assembly { app, set_up_token } = Box::pin(assemble(settings, Arc::new(SystemClock))).await?;
    let seeded = perform(&Context::system(&app, SystemKind::Installer), SeedDirectory).await?;
    if seeded.organisations > 0 {
        tracing::info!(
            organisations = seeded.organisations,
            "the directory that comes with the product was added"
        );
    }
    let signals = Signals::hear()?;
    println!("Beffroi répond sur {}", app.settings.public_url);
    if let Some(token) = set_up_token {
        println!("L’instance est vide. Pour l’installer, ouvrez :");
        println!(
            "  {}{}?jeton={token}",
            app.settings.public_url,
            addresses::people::SET_UP
        );
    }
    serve(settings, app, (listener, gateway), signals).await
}

/// Listens on the gateway's doors, where it runs in this process.
pub async fn prepare_gateway(settings: &Settings) -> Result<Option<Prepared>, Trouble> {
    match settings.gateway.domain.is_some() && !settings.gateway.apart {
        true => crate::gateway::prepare(&settings.gateway).await.map(Some),
        false => Ok(None),
    }
}

/// Listens before anything else, so that a taken port is said at once.
pub async fn listen(settings: &Settings) -> Result<TcpListener, Trouble> {
    let address = settings.listen()?;
    TcpListener::bind(address).await.map_err(|error| {
        Trouble::new(
            format!("impossible d’écouter sur {address} : {error}"),
            "un autre programme l’occupe peut-être : choisissez un autre port, par exemple --listen 127.0.0.1:8081",
        )
    })
}

/// Serves an assembled instance until a signal, then waits for what is under way.
pub async fn serve(
    settings: &Settings,
    app: App,
    (listener, prepared): (TcpListener, Option<Prepared>),
    signals: Signals,
) -> Result<ExitCode, Trouble> {
    let proxies = TrustedProxies::parse(&settings.trusted_proxies).map_err(|text| {
        Trouble::new(
            format!("« {text} », dans trusted_proxies, n’est ni une adresse ni un réseau"),
            "écrivez par exemple 10.0.0.5 ou 10.0.0.0/8",
        )
    })?;
    let web = web::Web {
        app: app.clone(),
        demo: read(&Context::system(&app, SystemKind::Installer), IsDemo).await?,
        secure: app.settings.public_url.starts_with("https://"),
    };
    let site = web::router(web).layer(from_fn_with_state(proxies, client::find));
    let stop = CancellationToken::new();
    background::start(&app, &stop);
    if settings.gateway.domain.is_some() {
        crate::gateway::start(settings, &app, prepared, &stop)?;
    }
    let on_signal = stop.clone();
    app.tasks.spawn(async move {
        if on_signal.run_until_cancelled(signals.any()).await.is_some() {
            tracing::info!("stopping: what is under way ends first");
            on_signal.cancel();
        }
    });
    if let Some(host) = crate::targets::host(settings)? {
        let pace = crate::targets::paced(&settings.hosting)?;
        app.tasks
            .spawn(crate::targets::keep(app.clone(), host, pace, stop.clone()));
    }
    let server = axum::serve(listener, site.into_make_service_with_connect_info::<SocketAddr>());
    let stopped = stop.clone();
    let served = server
        .with_graceful_shutdown(async move { stopped.cancelled().await })
        .into_future();
    let late = async {
        stop.cancelled().await;
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        ended = served => ended.map_err(|error| Trouble::new(format!("le serveur s’est arrêté : {error}"), ""))?,
        () = late => tracing::warn!("connections were still open at the end"),
    }
    stop.cancel();
    app.tasks.close();
    if tokio::time::timeout(PATIENCE, app.tasks.wait()).await.is_err() {
        tracing::warn!("something was still under way at the end; what was not committed is not kept");
    }
    Ok(ExitCode::SUCCESS)
}

/// The signals that ask for an end; they are heard from the moment this is made.
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Begins to listen for ctrl-c and SIGTERM.
    pub fn hear() -> Result<Self, Trouble> {
        let heard = |kind| signal(kind).map_err(|error| Trouble::new(format!("les signaux : {error}"), ""));
        Ok(Self {
            interrupt: heard(SignalKind::interrupt())?,
            terminate: heard(SignalKind::terminate())?,
        })
    }

    /// Waits for any of them.
    pub async fn any(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
