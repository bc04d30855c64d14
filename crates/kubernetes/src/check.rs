//! What `beffroi check` and the page of the targets tell of a cluster.

use crate::api::chain;
use crate::cluster::Cluster;
use crate::finding::ClusterFinding;
use crate::labels::{self, INSTALLATION, KIND, SERVICE};
use crate::objects::{NAMESPACE_NAME, account, walled};
use crate::settings::{ClusterSettings, Enforcement, GatewayPeer};
use domain::ids::InstanceId;
use hosting::{Finding, HostingError};
use k8s_openapi::api::core::v1::{Namespace, Pod, Service, ServiceAccount};
use kube::Error as Failure;
use kube::api::{Api, DeleteParams, Patch, PatchParams};
use serde_json::{Value, json};

/// The least version: the oldest that this provider was tried against.
const LEAST: &str = "1.20";
/// The version from which folders in memory keep their size (feature `SizeMemoryBackedVolumes`).
const SIZED: (u32, u32) = (1, 22);
/// Where clouds tell a machine its secrets.
const METADATA: &str = "tcp:169.254.169.254:80";

impl Cluster {
    /// Connects and tells everything that is found; what is not there is a finding and no error.
    pub async fn examine(settings: ClusterSettings) -> Vec<ClusterFinding> {
        match Self::connect(settings).await {
            Ok(cluster) => cluster.check().await,
            Err(error) => vec![unreachable(&error)],
        }
    }

    /// Tells what is found of the cluster; a namespace is made for it and removed again.
    pub async fn check(&self) -> Vec<ClusterFinding> {
        let version = self.version.version.clone();
        let mut findings = vec![ClusterFinding::Cluster { version }, ClusterFinding::ProcessesByNode];
        findings.extend(self.of_version());
        findings.extend(self.of_settings());
        match self.missing_rights().await {
            Ok(missing) if missing.is_empty() => {
                findings.extend(self.of_gateway().await);
                findings.extend(self.of_pod_security().await);
            }
            Ok(missing) => findings.extend(missing.into_iter().map(ClusterFinding::RightMissing)),
            Err(error) => findings.push(ClusterFinding::RightsUnknown { reason: chain(&error) }),
        }
        findings
    }

    /// Refuses where a target could get out, as far as settings tell.
    pub(crate) fn isolated(&self) -> Result<(), HostingError> {
        let found = self.of_settings().into_iter().filter_map(|finding| match finding {
            ClusterFinding::PolicyEnforcementUnknown => Some(Finding::PoliciesUnproven),
            ClusterFinding::GatewayIsEverybody => Some(Finding::EverybodyEnters),
            _ => None,
        });
        let found: Vec<Finding> = found.collect();
        match found.is_empty() {
            true => Ok(()),
            false => Err(HostingError::NotIsolated(found)),
        }
    }

    fn of_version(&self) -> Option<ClusterFinding> {
        let found = numbers(&self.version.version);
        if found < numbers(LEAST) {
            return Some(ClusterFinding::TooOld {
                found: self.version.version.clone(),
                least: LEAST,
            });
        }
        (found < SIZED).then_some(ClusterFinding::MemoryFoldersUnsized)
    }

    fn of_settings(&self) -> Vec<ClusterFinding> {
        let unknown = self.settings.enforcement == Enforcement::Unknown;
        let everybody = self.settings.gateway.is_everybody();
        let rows = [
            (unknown, ClusterFinding::PolicyEnforcementUnknown),
            (everybody, ClusterFinding::GatewayIsEverybody),
        ];
        rows.into_iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, finding)| finding)
            .collect()
    }

    /// Looks whether the namespace of the gateway can be named by its label.
    async fn of_gateway(&self) -> Option<ClusterFinding> {
        let GatewayPeer::Pods { namespace, .. } = &self.settings.gateway else {
            return None;
        };
        let found = Api::<Namespace>::all(self.client.clone()).get_opt(namespace).await;
        let labels = found.ok().flatten().and_then(|found| found.metadata.labels);
        let named = labels.is_some_and(|labels| labels.get(NAMESPACE_NAME) == Some(namespace));
        (!named).then(|| ClusterFinding::GatewayNamespace {
            namespace: namespace.clone(),
            label: format!("{NAMESPACE_NAME}={namespace}"),
        })
    }

    /// Asks for a pod that may everything, without making it, in a namespace that demands the strictest standard.
    async fn of_pod_security(&self) -> Option<ClusterFinding> {
        let name = format!("beffroi-check-{}", self.settings.installation);
        let tried = self.try_pod_security(&name).await;
        let all = Api::<Namespace>::all(self.client.clone());
        // What stays is swept: it bears our label.
        let _ = all.delete(&name, &DeleteParams::default()).await;
        match tried {
            Ok(()) => Some(ClusterFinding::PodSecurityAbsent),
            Err(Failure::Api(status)) if status.message.contains("PodSecurity") => None,
            Err(error) => Some(ClusterFinding::PodSecurityUnknown { reason: chain(&error) }),
        }
    }

    async fn try_pod_security(&self, name: &str) -> Result<(), Failure> {
        let mut labels = json!({ INSTALLATION: self.settings.installation.to_string(), KIND: "check" });
        walled(&mut labels);
        let namespace =
            json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": name, "labels": labels } });
        let ours = PatchParams::apply("beffroi").force();
        let all = Api::<Namespace>::all(self.client.clone());
        all.patch(name, &ours, &Patch::Apply(&namespace)).await?;
        let account = account(&json!({ "namespace": name }));
        let accounts = self.within::<ServiceAccount>(name);
        let account_name = account["metadata"]["name"].as_str().unwrap_or_default().to_owned();
        accounts.patch(&account_name, &ours, &Patch::Apply(&account)).await?;
        let pod = hostile(name, &account_name);
        let dry = PatchParams { dry_run: true, ..ours };
        self.within::<Pod>(name)
            .patch("hostile", &dry, &Patch::Apply(&pod))
            .await?;
        Ok(())
    }

    /// Gives the places that nothing within an instance may reach, written as the practice target's probe takes them:
    /// the API, name servers, the other instances of this installation, a cloud's metadata.
    ///
    /// # Errors
    /// Those of the API.
    pub async fn forbidden_places(&self, instance: InstanceId) -> Result<Vec<String>, HostingError> {
        let doing = "list addresses";
        let all = Api::<Service>::all(self.client.clone());
        let own = labels::namespace(instance);
        let neighbours = self
            .list(&all, &labels::selector(self.settings.installation, None), doing)
            .await?;
        let neighbours = neighbours
            .into_iter()
            .filter(|one| one.metadata.namespace.as_deref() != Some(&own));
        let cluster = self.within::<Service>("default");
        let api = self.list(&cluster, "component=apiserver", doing).await?;
        let names = self.within::<Service>("kube-system");
        let names = self.list(&names, "k8s-app=kube-dns", doing).await?;
        let found = neighbours.chain(api).chain(names).flat_map(|service| places(&service));
        Ok(found.chain([METADATA.to_owned()]).collect())
    }
}

/// Gives the addresses of a service with their ports.
fn places(service: &Service) -> Vec<String> {
    let spec = service.spec.as_ref();
    let address = spec
        .and_then(|spec| spec.cluster_ip.as_deref())
        .filter(|address| *address != "None");
    let ports = spec.and_then(|spec| spec.ports.as_deref()).unwrap_or_default().iter();
    let place = |address: &str| {
        let address = if address.contains(':') {
            format!("[{address}]")
        } else {
            address.to_owned()
        };
        let write = |port: &k8s_openapi::api::core::v1::ServicePort| {
            let protocol = port.protocol.as_deref().unwrap_or("TCP").to_ascii_lowercase();
            format!("{protocol}:{address}:{}", port.port)
        };
        ports.clone().map(write).collect()
    };
    address.map(place).unwrap_or_default()
}

/// Gives a pod that no strict standard admits; it is asked for without being made.
fn hostile(namespace: &str, account: &str) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": { "name": "hostile", "namespace": namespace, "labels": { SERVICE: "hostile" } },
        "spec": {
            "serviceAccountName": account,
            "hostNetwork": true,
            "containers": [{
                "name": "hostile",
                "image": "hostile.invalid/never",
                "securityContext": { "privileged": true },
            }],
        },
    })
}

fn unreachable(error: &HostingError) -> ClusterFinding {
    match error {
        HostingError::EngineUnreachable { socket, reason } => ClusterFinding::Unreachable {
            place: socket.display().to_string(),
            reason: reason.clone(),
        },
        other => ClusterFinding::Unreachable {
            place: String::new(),
            reason: other.to_string(),
        },
    }
}

/// Reads a version's first two numbers: `1.33.2-gke.1` is 1 and 33, `1.20+` is 1 and 20.
fn numbers(version: &str) -> (u32, u32) {
    let mut parts = version
        .split(['.', '-', '+', '~'])
        .map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests;
