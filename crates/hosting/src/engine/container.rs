//! What a service's container may: nothing but what its recipe names.

use super::Engine;
use super::labels::Owner;
use super::network::Net;
use crate::instance::Instance;
use bollard::models::{
    ContainerCreateBody, EndpointIpamConfig, EndpointSettings, HostConfig, HostConfigLogConfig, Mount, MountType,
    NetworkingConfig, ResourcesUlimits, RestartPolicy, RestartPolicyNameEnum,
};
use domain::Recipe;
use domain::recipe::Service;
use std::collections::HashMap;

/// The files that a service may hold open, and the processes that its user may have on the whole machine.
const FILES: i64 = 4096;
/// The most that a service may write into its log, in bytes.
const LOG: &str = "4m";
/// How long a service has to end when it is told to, in seconds.
pub(super) const FAREWELL: i32 = 3;

impl Engine {
    /// Writes what the engine is asked to make of a service.
    pub(super) fn container(
        &self,
        instance: &Instance,
        recipe: &Recipe,
        service: &Service,
        net: Net,
        image: String,
    ) -> ContainerCreateBody {
        let owner = Owner::Instance(instance.id);
        let place = recipe.services.iter().position(|one| one.name == service.name);
        let endpoint = endpoint(net, place.unwrap_or_default());
        let environment = service.environment.iter();
        ContainerCreateBody {
            hostname: Some(service.name.clone()),
            user: Some(service.user.to_string()),
            env: Some(
                environment
                    .map(|(name, value)| format!("{name}={}", value.expose()))
                    .collect(),
            ),
            cmd: service.command.clone(),
            image: Some(image),
            labels: Some(self.service_labels(instance, &service.name)),
            stop_timeout: Some(i64::from(FAREWELL)),
            host_config: Some(HostConfig {
                network_mode: Some(owner.name()),
                mounts: Some(mounts(owner, service)),
                extra_hosts: Some(hosts(recipe, net)),
                ..walls(service)
            }),
            networking_config: Some(NetworkingConfig {
                endpoints_config: Some(HashMap::from([(owner.name(), endpoint)])),
            }),
            ..ContainerCreateBody::default()
        }
    }
}

/// Gives a service its address on the private network.
fn endpoint(net: Net, place: usize) -> EndpointSettings {
    EndpointSettings {
        ipam_config: Some(EndpointIpamConfig {
            ipv4_address: Some(net.service(place).to_string()),
            ..EndpointIpamConfig::default()
        }),
        ..EndpointSettings::default()
    }
}

/// Gives the limits of a service, and everything that it may not.
fn walls(service: &Service) -> HostConfig {
    let memory = clamp(service.resources.memory);
    HostConfig {
        memory: Some(memory),
        // The sum of memory and swap: no swap.
        memory_swap: Some(memory),
        nano_cpus: Some(i64::from(service.resources.cpu) * 1_000_000),
        pids_limit: Some(i64::from(service.resources.processes)),
        ulimits: Some(limits(service)),
        readonly_rootfs: Some(service.read_only),
        cap_drop: Some(vec!["ALL".to_owned()]),
        cap_add: Some(Vec::new()),
        privileged: Some(false),
        // The engine's own seccomp profile applies where nothing else is said.
        security_opt: Some(vec!["no-new-privileges".to_owned()]),
        // A resolver that is not there: names outside fail at once instead of after seconds.
        dns: Some(vec!["127.0.0.1".to_owned()]),
        // And none of the host's own domains to look names up in.
        dns_search: Some(vec![".".to_owned()]),
        publish_all_ports: Some(false),
        tmpfs: Some(tmpfs(service)),
        log_config: Some(HostConfigLogConfig {
            typ: Some("json-file".to_owned()),
            config: Some(HashMap::from([("max-size".to_owned(), LOG.to_owned())])),
        }),
        // What ends has ended: the manager tells it instead of hiding it.
        restart_policy: Some(RestartPolicy {
            name: Some(RestartPolicyNameEnum::NO),
            maximum_retry_count: None,
        }),
        ..HostConfig::default()
    }
}

fn limits(service: &Service) -> Vec<ResourcesUlimits> {
    let sizes = service
        .tmpfs
        .values()
        .chain(service.volumes.iter().map(|volume| &volume.size));
    let sizes = sizes.chain((!service.read_only).then_some(&service.root_size));
    // Where a volume has no quota, at least no single file of it passes the size that the recipe gives.
    let largest = sizes.copied().max().unwrap_or(0).max(64 << 20);
    let rows = [
        ("nofile", FILES),
        ("nproc", FILES),
        ("core", 0),
        ("fsize", clamp(largest)),
    ];
    rows.map(|(name, most)| ResourcesUlimits {
        name: Some(name.to_owned()),
        soft: Some(most),
        hard: Some(most),
    })
    .into()
}

fn tmpfs(service: &Service) -> HashMap<String, String> {
    let folders = service.tmpfs.iter();
    folders
        .map(|(folder, size)| (folder.clone(), format!("rw,nosuid,nodev,size={size},mode=1777")))
        .collect()
}

pub(super) fn mounts(owner: Owner, service: &Service) -> Vec<Mount> {
    let volumes = service.volumes.iter();
    volumes
        .map(|volume| Mount {
            typ: Some(MountType::VOLUME),
            source: Some(owner.volume(&service.name, &volume.name)),
            target: Some(volume.at.clone()),
            ..Mount::default()
        })
        .collect()
}

/// Gives every service's address under its names: no name server is needed, so none is there to talk to.
fn hosts(recipe: &Recipe, net: Net) -> Vec<String> {
    let services = recipe.services.iter().enumerate();
    services
        .flat_map(|(index, service)| {
            let names = std::iter::once(&service.name).chain(&service.aliases);
            names.map(move |name| format!("{name}:{}", net.service(index)))
        })
        .collect()
}

fn clamp(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// Writes what the engine is asked to make of a container that never starts and only holds volumes.
pub(super) fn resting(image: String, labels: HashMap<String, String>, mounts: Vec<Mount>) -> ContainerCreateBody {
    ContainerCreateBody {
        image: Some(image),
        labels: Some(labels),
        cmd: Some(vec!["/never".to_owned()]),
        host_config: Some(HostConfig {
            network_mode: Some("none".to_owned()),
            mounts: Some(mounts),
            ..HostConfig::default()
        }),
        ..ContainerCreateBody::default()
    }
}
