//! The pod of a service: nothing but what its recipe names.

use super::probe::readiness;
use super::{ACCOUNT, Frame, bytes, cores, environment};
use crate::labels::{PLAN, metadata, plan};
use domain::recipe::Service;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// How long a service has to end when it is told to, in seconds.
const FAREWELL: u32 = 3;
/// The bytes for the log of a service: kubelets keep five files of 10 MiB where nothing else is set.
const LOG: u64 = 64 << 20;

/// The host names of each address.
pub(crate) type Names = BTreeMap<IpAddr, BTreeSet<String>>;

/// Gives the bytes of disk that a service may use: volumes, log, root.
pub(crate) fn disk(service: &Service) -> u64 {
    let root = if service.read_only { 0 } else { service.root_size };
    let volumes = service.volumes.iter().map(|volume| volume.size);
    volumes.fold(LOG + root, u64::saturating_add)
}

/// Gives the thousandths of a core that are kept free for a service: a tenth, since targets wait most of the time.
pub(crate) fn share(service: &Service) -> u64 {
    (u64::from(service.resources.cpu) / 10).max(1)
}

pub(crate) fn pod(frame: Frame<'_>, service: &Service, names: &Names) -> Value {
    let mut metadata = metadata(frame.installation, frame.instance, &service.name, Some(&service.name));
    metadata["annotations"] = json!({ PLAN: plan(frame.instance) });
    let hosts: Vec<Value> = names
        .iter()
        .map(|(address, names)| json!({ "ip": address, "hostnames": names }))
        .collect();
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": metadata,
        "spec": {
            // What ends has ended: the manager tells it instead of hiding it.
            "restartPolicy": "Never",
            "terminationGracePeriodSeconds": FAREWELL,
            "hostname": service.name,
            "serviceAccountName": ACCOUNT,
            "automountServiceAccountToken": false,
            "enableServiceLinks": false,
            // A resolver that is not there: names outside fail at once instead of after seconds.
            "dnsPolicy": "None",
            "dnsConfig": { "nameservers": ["127.0.0.1"] },
            "hostAliases": hosts,
            "securityContext": {
                "runAsNonRoot": true,
                "runAsUser": service.user.user,
                "runAsGroup": service.user.group,
                "fsGroup": service.user.group,
                "seccompProfile": { "type": "RuntimeDefault" },
            },
            "containers": [container(frame, service)],
            "volumes": volumes(service),
        },
    })
}

fn container(frame: Frame<'_>, service: &Service) -> Value {
    let disk = bytes(disk(service));
    let memory = bytes(service.resources.memory);
    let mut container = json!({
        "name": service.name,
        "image": service.image.to_string(),
        "imagePullPolicy": "IfNotPresent",
        "envFrom": [{ "secretRef": { "name": environment(&service.name) } }],
        "resources": {
            "limits": { "cpu": cores(service.resources.cpu.into()), "memory": memory, "ephemeral-storage": disk },
            // Memory is promised whole: what shares a node never falls for another's greed.
            "requests": { "cpu": cores(share(service)), "memory": memory, "ephemeral-storage": disk },
        },
        "securityContext": {
            "privileged": false,
            "allowPrivilegeEscalation": false,
            "readOnlyRootFilesystem": service.read_only,
            "capabilities": { "drop": ["ALL"] },
        },
        "volumeMounts": mounts(service),
    });
    if let Some(command) = &service.command {
        container["args"] = command.iter().map(|word| literal(word)).collect();
    }
    if let Some(probe) = readiness(frame.recipe, service) {
        container["readinessProbe"] = probe;
    }
    container
}

/// Keeps a word from being read as a reference: `$(NAME)` names a variable, `$$` stands for `$` (API reference,
/// `Container.args`).
fn literal(word: &str) -> String {
    word.replace('$', "$$")
}

/// Gives the folders with the names, places and sizes that they have, those in memory first.
fn folders(service: &Service) -> Vec<(String, &str, u64, bool)> {
    let memory = service.tmpfs.iter().enumerate();
    let memory = memory.map(|(index, (place, size))| (format!("memory-{index}"), place.as_str(), *size, true));
    let disk = service.volumes.iter();
    let disk = disk.map(|volume| {
        (
            format!("volume-{}", volume.name),
            volume.at.as_str(),
            volume.size,
            false,
        )
    });
    memory.chain(disk).collect()
}

fn mounts(service: &Service) -> Vec<Value> {
    let folders = folders(service).into_iter();
    folders
        .map(|(name, place, _, _)| json!({ "name": name, "mountPath": place }))
        .collect()
}

fn volumes(service: &Service) -> Vec<Value> {
    let volume = |(name, _, size, memory): (String, &str, u64, bool)| {
        let mut folder = json!({ "sizeLimit": bytes(size) });
        if memory {
            folder["medium"] = json!("Memory");
        }
        json!({ "name": name, "emptyDir": folder })
    };
    folders(service).into_iter().map(volume).collect()
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn words_of_a_command_are_never_references() {
        for (word, written) in [
            ("plain", "plain"),
            ("$(HOME)", "$$(HOME)"),
            ("cost$", "cost$$"),
            ("$$", "$$$$"),
        ] {
            assert_eq!(literal(word), written);
        }
    }
}
