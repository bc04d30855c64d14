//! How a service of an instance does: started, working, ended; what it wrote; what it really runs.

use super::create::recipe;
use super::labels::{Owner, PLAN};
use super::{Doing, Engine, optional};
use crate::error::HostingError;
use crate::fingerprint::{RunningFingerprint, RunningService};
use crate::health::{self, Tls};
use crate::instance::Instance;
use crate::provider::{Endpoint, Exit, LogLine, Probe, Sickness};
use bollard::container::LogOutput;
use bollard::errors::Error as Failure;
use bollard::models::{ContainerInspectResponse, ContainerStateStatusEnum as Status};
use bollard::query_parameters::{InspectContainerOptions, LogsOptions};
use domain::recipe::{Digest, HealthCheck, Service};
use futures_util::StreamExt;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio_rustls::rustls::pki_types::ServerName;

/// The most bytes of a line, and of all that is read of a log.
const LINE: usize = 4096;
const LOG: usize = 1 << 20;

/// How often, and after which pause, a container is looked at whose state has no name yet.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(50);

impl Engine {
    async fn inspect(&self, instance: &Instance, service: &str) -> Result<ContainerInspectResponse, HostingError> {
        let name = Owner::Instance(instance.id).container(service);
        let found = self.find_container(&name).await?;
        found.ok_or(HostingError::NoInstance(instance.id))
    }

    /// Looks at a container; nothing where there is none.
    pub(super) async fn find_container(&self, name: &str) -> Result<Option<ContainerInspectResponse>, HostingError> {
        let mut tried = 0;
        loop {
            tried += 1;
            match self
                .docker
                .inspect_container(name, None::<InspectContainerOptions>)
                .await
            {
                // For an instant Podman calls what just ended by a word (`stopped`) that Docker's API does not know.
                Err(Failure::JsonDataError { .. }) if tried < TRIES => tokio::time::sleep(PAUSE).await,
                found => return optional(found, "look at a container"),
            }
        }
    }

    pub(super) async fn look(&self, instance: &Instance, name: &str) -> Result<Probe, HostingError> {
        let recipe = recipe(instance)?;
        let state = self.inspect(instance, name).await?.state.unwrap_or_default();
        let exit = state.exit_code.unwrap_or_default();
        match state.status {
            Some(Status::RUNNING) => (),
            // It stands still while its state is kept.
            Some(Status::PAUSED) => return Ok(Probe::Sick(Sickness::Silent)),
            Some(Status::EXITED | Status::DEAD | Status::REMOVING | Status::STOPPING) => {
                return Ok(Probe::Ended(Exit {
                    code: exit,
                    killed: exit == 137,
                    out_of_memory: state.oom_killed.unwrap_or_default(),
                }));
            }
            _ => return Ok(Probe::NotStarted),
        }
        let Some(index) = recipe.services.iter().position(|service| service.name == name) else {
            return Err(HostingError::NoInstance(instance.id));
        };
        let net = self.network(instance.id).await?;
        let net = net.ok_or(HostingError::NoInstance(instance.id))?;
        let address = net.service(index);
        let service = &recipe.services[index];
        let tls = self.tls(
            recipe.entry.tls && recipe.entry.service == name,
            recipe.entry.port,
            service,
            address.into(),
        );
        Ok(health::ask(address.into(), &service.health.check, name, tls.as_ref()).await)
    }

    /// Gives how TLS is spoken, where the checked port is an entry that speaks it.
    fn tls(&self, entry: bool, port: u16, service: &Service, address: IpAddr) -> Option<Tls> {
        let checked = matches!(service.health.check, HealthCheck::Http { port: checked, .. } if checked == port);
        let connector = self.settings.tls.clone().filter(|_| entry && checked)?;
        Some(Tls {
            connector,
            name: ServerName::IpAddress(address.into()),
        })
    }

    pub(super) async fn entry(&self, instance: &Instance) -> Result<Endpoint, HostingError> {
        let entry = &recipe(instance)?.entry;
        let services = &recipe(instance)?.services;
        let index = services.iter().position(|service| service.name == entry.service);
        let net = self.network(instance.id).await?;
        let (Some(index), Some(net)) = (index, net) else {
            return Err(HostingError::NoInstance(instance.id));
        };
        Ok(Endpoint {
            address: SocketAddr::new(net.service(index).into(), entry.port),
            tls: entry.tls,
            host: None,
        })
    }

    pub(super) async fn written(
        &self,
        instance: &Instance,
        service: &str,
        lines: usize,
    ) -> Result<Vec<LogLine>, HostingError> {
        self.inspect(instance, service).await?;
        let options = LogsOptions {
            stdout: true,
            stderr: true,
            tail: lines.to_string(),
            ..LogsOptions::default()
        };
        let name = Owner::Instance(instance.id).container(service);
        let mut log = Box::pin(self.docker.logs(&name, Some(options)));
        let (mut read, mut bytes) = (Vec::new(), 0);
        while let Some(part) = log.next().await {
            let part = part.doing("read a log")?;
            let error = matches!(part, LogOutput::StdErr { .. });
            let part = part.into_bytes();
            bytes += part.len();
            let texts = part.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
            read.extend(texts.map(|line| LogLine {
                error,
                text: String::from_utf8_lossy(&line[..line.len().min(LINE)]).into_owned(),
            }));
            if read.len() >= lines || bytes >= LOG {
                break;
            }
        }
        read.truncate(lines);
        Ok(read)
    }

    pub(super) async fn running(&self, instance: &Instance) -> Result<RunningFingerprint, HostingError> {
        let mut services = Vec::new();
        let mut plan = instance.fingerprint;
        for service in &recipe(instance)?.services {
            let container = self.inspect(instance, &service.name).await?;
            let labels = container.config.and_then(|config| config.labels);
            let kept = labels.and_then(|mut labels| Digest::parse(&labels.remove(PLAN)?)?.hash());
            plan = kept.unwrap_or(plan);
            let id = container.image.unwrap_or_default();
            let id = if id.starts_with("sha256:") {
                id
            } else {
                format!("sha256:{id}")
            };
            let image = self.docker.inspect_image(&id).await.doing("look at an image")?;
            let mut repositories = image.repo_digests.unwrap_or_default();
            repositories.sort();
            services.push(RunningService {
                name: service.name.clone(),
                image: Digest::parse(&id).unwrap_or_else(|| service.image.digest.clone()),
                repositories,
            });
        }
        services.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(RunningFingerprint {
            plan,
            services,
            engine: self.version.clone(),
        })
    }
}
