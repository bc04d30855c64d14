//! Settings of targets that are hosted here: on an engine of containers, or on a cluster.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What hosts targets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HostingEngine {
    /// Podman or Docker on this machine, at `hosting.socket`; without a socket, nothing is hosted.
    #[default]
    Docker,
    /// A Kubernetes cluster, as `hosting.kubernetes` says.
    Kubernetes,
}

/// Targets that are hosted here; with Docker or Podman and no socket, none are.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct HostingSettings {
    /// What hosts them.
    pub engine: HostingEngine,
    /// The Unix socket of Podman or Docker, for example `/run/podman/podman.sock`.
    pub socket: Option<PathBuf>,
    /// The addresses from which every instance gets a network of its own: a block that nothing else uses. On a cluster, the
    /// block of its services' addresses: names of targets elsewhere never lead there.
    pub pool: String,
    /// The program that reads and writes the wall around targets; not on a cluster.
    pub nft: String,
    /// Whether Beffroi puts that wall up itself where it is missing; it needs the right to. Not on a cluster.
    pub install_guard: bool,
    /// How often within an hour a target is started again whose service ended; beyond that it stays down and says so.
    pub restarts_per_hour: usize,
    /// Milliseconds between two looks at what is wanted of targets.
    pub look_milliseconds: u64,
    /// Seconds between two looks at all that runs: its health, its wall, how much it wrote.
    pub round_seconds: u64,
    /// Seconds between two removals of what nobody wants any more, as a crash leaves it.
    pub sweep_seconds: u64,
    /// The cluster, where `engine` is `kubernetes`.
    pub kubernetes: KubernetesSettings,
}

/// A Kubernetes cluster that hosts targets, each instance in a namespace of its own.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KubernetesSettings {
    /// The file that names the cluster's API and who asks, as `kubectl` reads it; without it, the cluster in which Beffroi is
    /// a pod, as its service account.
    pub kubeconfig: Option<PathBuf>,
    /// The context of that file; without it, its current one.
    pub context: Option<String>,
    /// The namespace of the pods of the gateway, which alone may enter targets.
    pub gateway_namespace: Option<String>,
    /// The labels of these pods; without any, all of the namespace.
    pub gateway_labels: BTreeMap<String, String>,
    /// Where the gateway is no pod: the blocks of its addresses, for example `192.0.2.7/32`.
    pub gateway_addresses: Vec<String>,
    /// Whether it was tried on this cluster that network policies hold, and you answer for it: until then no target starts.
    pub policies_proven: bool,
    /// Seconds that pods and namespaces may need to disappear.
    pub patience_seconds: u64,
}

impl HostingSettings {
    /// Says whether anything hosts targets.
    pub fn is_named(&self) -> bool {
        self.engine == HostingEngine::Kubernetes || self.socket.is_some()
    }
}

impl Default for HostingSettings {
    fn default() -> Self {
        Self {
            engine: HostingEngine::Docker,
            socket: None,
            pool: "10.213.0.0/16".to_owned(),
            nft: "nft".to_owned(),
            install_guard: true,
            restarts_per_hour: 3,
            look_milliseconds: 500,
            round_seconds: 10,
            sweep_seconds: 600,
            kubernetes: KubernetesSettings::default(),
        }
    }
}

impl Default for KubernetesSettings {
    fn default() -> Self {
        Self {
            kubeconfig: None,
            context: None,
            gateway_namespace: None,
            gateway_labels: BTreeMap::new(),
            gateway_addresses: Vec::new(),
            policies_proven: false,
            patience_seconds: 60,
        }
    }
}
