//! A cluster whose API answers.

use crate::api::{chain, failed};
use crate::settings::{Access, ClusterSettings};
use hosting::{EngineVersion, HostingError};
use kube::config::{Config, KubeConfigOptions, Kubeconfig};
use kube::{Client, Error as Failure};
use std::path::PathBuf;
use std::time::Duration;

/// How long a connection and an answer of the API may take.
const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(60);

/// A cluster that answers.
pub struct Cluster {
    pub(crate) client: Client,
    pub(crate) settings: ClusterSettings,
    pub(crate) version: EngineVersion,
    /// The address of its API, for errors.
    pub(crate) url: String,
}

impl Cluster {
    /// Connects to a cluster; nothing is started or changed.
    ///
    /// # Errors
    /// [`HostingError::EngineUnreachable`] where no API answers, or where the file that names it cannot be read.
    pub async fn connect(settings: ClusterSettings) -> Result<Self, HostingError> {
        let mut config = configured(&settings.access).await?;
        config.connect_timeout = Some(CONNECT);
        config.read_timeout = Some(ANSWER);
        let url = config.cluster_url.to_string();
        // One that was chosen before stays.
        let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
        let client = Client::try_from(config).map_err(|error| unreachable(&url, &error))?;
        Self::over(client, url, settings).await
    }

    /// Asks the API for its version.
    pub(crate) async fn over(client: Client, url: String, settings: ClusterSettings) -> Result<Self, HostingError> {
        let told = client.apiserver_version().await;
        let told = told.map_err(|error| match error {
            Failure::Api(_) => failed(&url, "ask for the version", error),
            other => unreachable(&url, &other),
        })?;
        Ok(Self {
            client,
            settings,
            version: EngineVersion {
                name: "Kubernetes".to_owned(),
                version: told.git_version.trim_start_matches('v').to_owned(),
            },
            url,
        })
    }

    /// Gives the engine's name and version.
    pub fn version(&self) -> &EngineVersion {
        &self.version
    }
}

async fn configured(access: &Access) -> Result<Config, HostingError> {
    match access {
        Access::InCluster => Config::incluster().map_err(|error| unreachable("https://kubernetes.default.svc", &error)),
        Access::Kubeconfig { file, context } => {
            let path = file.display().to_string();
            let read = Kubeconfig::read_from(file).map_err(|error| unreachable(&path, &error))?;
            let options = KubeConfigOptions {
                context: context.clone(),
                ..KubeConfigOptions::default()
            };
            let config = Config::from_custom_kubeconfig(read, &options).await;
            config.map_err(|error| unreachable(&path, &error))
        }
    }
}

fn unreachable(place: &str, error: &dyn std::error::Error) -> HostingError {
    HostingError::EngineUnreachable {
        socket: PathBuf::from(place),
        reason: chain(error),
    }
}
