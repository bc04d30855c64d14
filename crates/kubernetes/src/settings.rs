//! How a cluster is reached and what is made on it.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;
use uuid::Uuid;

/// How a cluster is reached and what is made on it.
#[derive(Clone, Debug)]
pub struct ClusterSettings {
    /// Where its API is and who asks.
    pub access: Access,
    /// The installation, whose label everything bears: only what bears it is ever removed.
    pub installation: Uuid,
    /// Who may enter targets.
    pub gateway: GatewayPeer,
    /// Whether the cluster keeps to network policies.
    pub enforcement: Enforcement,
    /// How long pods and namespaces may need to disappear.
    pub patience: Duration,
}

/// Where the API of a cluster is, and as whom it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// The cluster in which this process is a pod, as its service account.
    InCluster,
    /// A file as `kubectl` reads it.
    Kubeconfig {
        /// The file.
        file: PathBuf,
        /// One of its contexts; none takes the current one.
        context: Option<String>,
    },
}

/// Who may enter targets: everybody else is refused by the network policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayPeer {
    /// Pods of a namespace.
    Pods {
        /// The namespace.
        namespace: String,
        /// The labels that they bear; none admits all pods of the namespace.
        labels: BTreeMap<String, String>,
    },
    /// Addresses outside the cluster or of its nodes.
    Addresses(Vec<Cidr>),
}

/// A block of addresses, for example `192.0.2.7/32`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    base: IpAddr,
    prefix: u8,
}

/// Whether the cluster keeps to network policies, which its API takes without a word even where nothing does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enforcement {
    /// Nobody has tried: no target starts.
    Unknown,
    /// The operator tried it with a probe on this cluster, and answers for it.
    Proven,
}

impl Cidr {
    /// Reads a block; nothing where it is none, or where the address does not begin it.
    pub fn parse(text: &str) -> Option<Self> {
        let (base, prefix) = text.split_once('/')?;
        let (base, prefix): (IpAddr, u8) = (base.parse().ok()?, prefix.parse().ok()?);
        let (bits, most) = match base {
            IpAddr::V4(base) => (u128::from(u32::from(base)) << 96, 32),
            IpAddr::V6(base) => (u128::from(base), 128),
        };
        let within = prefix <= most;
        let rest = bits.checked_shl(u32::from(prefix)).unwrap_or(0);
        (within && rest == 0).then_some(Self { base, prefix })
    }
}

impl GatewayPeer {
    /// Says whether everybody would be the gateway.
    pub(crate) fn is_everybody(&self) -> bool {
        matches!(self, Self::Addresses(blocks) if blocks.iter().any(|block| block.prefix == 0))
    }
}

impl std::fmt::Display for Cidr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.base, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_addresses_are_read() {
        for good in ["192.0.2.7/32", "10.0.0.0/8", "0.0.0.0/0", "2001:db8::/32", "::1/128"] {
            assert_eq!(Cidr::parse(good).map(|block| block.to_string()).as_deref(), Some(good));
        }
        for bad in [
            "192.0.2.7",
            "192.0.2.7/24",
            "10.0.0.0/33",
            "2001:db8::1/64",
            "a/8",
            "10.0.0.0/",
        ] {
            assert_eq!(Cidr::parse(bad), None, "{bad}");
        }
    }
}
