//! How a service of an instance does: started, working, ended; what it wrote; what it really runs.

use crate::cluster::Cluster;
use crate::create::recipe;
use crate::labels::{self, PLAN};
use domain::recipe::{Digest, Service};
use futures_util::AsyncReadExt;
use hosting::{Endpoint, Exit, HostingError, Instance, LogLine, Probe, RunningFingerprint, RunningService, Sickness};
use k8s_openapi::api::core::v1::{ContainerStatus, Pod, PodStatus};
use kube::api::LogParams;
use std::net::SocketAddr;

/// The most bytes of a line, and of all that is read of a log.
const LINE: usize = 4096;
const LOG: u64 = 1 << 20;

/// The exit code of what was killed by signal 9.
const KILLED: i64 = 137;

impl Cluster {
    async fn find_pod(&self, instance: &Instance, service: &str) -> Result<Option<Pod>, HostingError> {
        let pods = self.within::<Pod>(&labels::namespace(instance.id));
        let found = pods.get_opt(service).await;
        found.map_err(|error| self.failed("look at a pod", error))
    }

    pub(crate) async fn look(&self, instance: &Instance, service: &str) -> Result<Probe, HostingError> {
        let known = recipe(instance)?.service(service).is_some();
        match self.find_pod(instance, service).await? {
            Some(pod) => Ok(judged(&pod)),
            None if known && self.is_there(instance).await? => Ok(Probe::NotStarted),
            None => Err(HostingError::NoInstance(instance.id)),
        }
    }

    pub(crate) async fn entry(&self, instance: &Instance) -> Result<Endpoint, HostingError> {
        let entry = &recipe(instance)?.entry;
        let addresses = self.addresses(instance).await?;
        let address = addresses.get(&entry.service);
        let address = *address.ok_or(HostingError::NoInstance(instance.id))?;
        Ok(Endpoint {
            address: SocketAddr::new(address, entry.port),
            tls: entry.tls,
            host: None,
        })
    }

    pub(crate) async fn written(
        &self,
        instance: &Instance,
        service: &str,
        lines: usize,
    ) -> Result<Vec<LogLine>, HostingError> {
        let doing = "read a log";
        let pod = self.find_pod(instance, service).await?;
        if pod.is_none() {
            return Err(HostingError::NoInstance(instance.id));
        }
        let pods = self.within::<Pod>(&labels::namespace(instance.id));
        let wanted = LogParams {
            tail_lines: i64::try_from(lines).ok(),
            limit_bytes: i64::try_from(LOG).ok(),
            ..LogParams::default()
        };
        let log = pods.log_stream(service, &wanted).await;
        let log = match log {
            // A container that has not been started yet wrote nothing.
            Err(kube::Error::Api(status)) if status.code == 400 => return Ok(Vec::new()),
            other => other.map_err(|error| self.failed(doing, error))?,
        };
        let mut read = Vec::new();
        // The limit is asked for and kept to here as well: what answers is not trusted to.
        let done = Box::pin(log.take(LOG)).read_to_end(&mut read).await;
        done.map_err(|error| self.failed(doing, kube::Error::ReadEvents(error)))?;
        Ok(split(&read, lines))
    }

    pub(crate) async fn running(&self, instance: &Instance) -> Result<RunningFingerprint, HostingError> {
        let mut services = Vec::new();
        let mut plan = instance.fingerprint;
        for service in &recipe(instance)?.services {
            let pod = self.find_pod(instance, &service.name).await?;
            let pod = pod.ok_or(HostingError::NoInstance(instance.id))?;
            plan = kept_plan(&pod).unwrap_or(plan);
            services.push(running(&pod, service).ok_or_else(|| HostingError::Engine {
                doing: "read what runs",
                status: None,
                message: format!("the image of {} is not told yet", service.name),
            })?);
        }
        services.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(RunningFingerprint {
            plan,
            services,
            engine: self.version.clone(),
        })
    }
}

/// Judges a pod by its status (Kubernetes, "Pod Lifecycle").
pub(crate) fn judged(pod: &Pod) -> Probe {
    if pod.metadata.deletion_timestamp.is_some() {
        return Probe::NotStarted;
    }
    let nothing = PodStatus::default();
    let status = pod.status.as_ref().unwrap_or(&nothing);
    let container = container(status);
    let state = container.and_then(|one| one.state.as_ref());
    if let Some(ended) = state.and_then(|state| state.terminated.as_ref()) {
        let code = i64::from(ended.exit_code);
        return Probe::Ended(Exit {
            code,
            killed: code == KILLED,
            out_of_memory: ended.reason.as_deref() == Some("OOMKilled"),
        });
    }
    if matches!(status.phase.as_deref(), Some("Failed" | "Succeeded")) {
        return Probe::Ended(evicted(status));
    }
    if let Some(waiting) = state.and_then(|state| state.waiting.as_ref()) {
        return waits(waiting.reason.as_deref(), waiting.message.as_deref());
    }
    match container {
        Some(one) if one.ready => Probe::Healthy,
        Some(one) if one.state.as_ref().is_some_and(|state| state.running.is_some()) => Probe::Sick(Sickness::Silent),
        _ => unscheduled(status),
    }
}

fn container(status: &PodStatus) -> Option<&ContainerStatus> {
    status.container_statuses.as_deref()?.first()
}

/// Tells of a pod that ended without its container being told of: its node sent it away.
fn evicted(status: &PodStatus) -> Exit {
    let message = status.message.as_deref().unwrap_or_default();
    Exit {
        code: KILLED,
        killed: message.contains("memory"),
        out_of_memory: false,
    }
}

/// Tells why a container does not start; while nothing hinders it, it is not started.
fn waits(reason: Option<&str>, message: Option<&str>) -> Probe {
    match reason {
        None | Some("ContainerCreating" | "PodInitializing") => Probe::NotStarted,
        Some(reason) => Probe::Sick(Sickness::Broken(worded(reason, message))),
    }
}

/// Tells why no node takes a pod.
fn unscheduled(status: &PodStatus) -> Probe {
    let conditions = status.conditions.as_deref().unwrap_or_default();
    let refused = conditions
        .iter()
        .find(|one| one.type_ == "PodScheduled" && one.status == "False");
    match refused {
        Some(one) => Probe::Sick(Sickness::Broken(worded(
            one.reason.as_deref().unwrap_or("Unschedulable"),
            one.message.as_deref(),
        ))),
        None => Probe::NotStarted,
    }
}

fn worded(reason: &str, message: Option<&str>) -> String {
    match message {
        Some(message) => format!("{reason}: {message}"),
        None => reason.to_owned(),
    }
}

/// Cuts a log into lines; Kubernetes does not tell which came over standard error.
fn split(log: &[u8], lines: usize) -> Vec<LogLine> {
    let texts = log.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let read = texts.map(|line| LogLine {
        error: false,
        text: String::from_utf8_lossy(&line[..line.len().min(LINE)]).into_owned(),
    });
    read.take(lines).collect()
}

fn kept_plan(pod: &Pod) -> Option<[u8; 32]> {
    Digest::parse(pod.metadata.annotations.as_ref()?.get(PLAN)?)?.hash()
}

/// Reads the image that really runs: `docker-pullable://repository@sha256:…`, `repository@sha256:…` or `sha256:…`.
fn running(pod: &Pod, service: &Service) -> Option<RunningService> {
    let id = container(pod.status.as_ref()?)?.image_id.as_str();
    let id = id.split_once("://").map_or(id, |(_, id)| id);
    let (repository, digest) = match id.rsplit_once('@') {
        Some((_, digest)) => (Some(id.to_owned()), digest),
        None => (None, id),
    };
    Some(RunningService {
        name: service.name.clone(),
        image: Digest::parse(digest)?,
        repositories: repository.into_iter().collect(),
    })
}

#[cfg(test)]
mod tests;
