//! The private network of an instance: internal, without DNS, on a bridge that the guard knows.

use super::labels::Owner;
use super::{Doing, Engine, Pool, optional};
use crate::error::HostingError;
use crate::guard::BRIDGE;
use bollard::models::{Ipam, IpamConfig, NetworkCreateRequest};
use bollard::query_parameters::{InspectNetworkOptions, ListNetworksOptions};
use domain::ids::InstanceId;
use serde_json::json;
use std::collections::HashMap;
use std::net::Ipv4Addr;

/// How often another network is chosen where somebody else took the one just found free.
const TRIES: u32 = 5;

/// The network of an instance, by its first address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Net(u32);

impl Net {
    /// Gives the host's address on the bridge.
    fn gateway(self) -> Ipv4Addr {
        Ipv4Addr::from(self.0 + 1)
    }

    /// Gives the address of a service by its place in the recipe.
    pub(super) fn service(self, index: usize) -> Ipv4Addr {
        // A recipe has far fewer services than a network addresses; one too many meets the engine's refusal.
        Ipv4Addr::from(self.0 + 2 + index as u32)
    }

    fn subnet(self) -> String {
        format!("{}/28", Ipv4Addr::from(self.0))
    }

    fn bridge(self) -> String {
        format!("{BRIDGE}{:08x}", self.0)
    }
}

impl Engine {
    /// Gives the network of an instance, where there is one.
    pub(super) async fn network(&self, instance: InstanceId) -> Result<Option<Net>, HostingError> {
        let name = Owner::Instance(instance).name();
        let found = self.docker.inspect_network(&name, None::<InspectNetworkOptions>).await;
        let found = optional(found, "look at a network")?;
        Ok(found.and_then(|network| subnets(network.ipam.as_ref()).first().map(|(base, _)| Net(*base))))
    }

    /// Gives the network of an instance, made where there is none.
    pub(super) async fn ensure_network(&self, instance: InstanceId) -> Result<Net, HostingError> {
        let _choosing = self.networks.lock().await;
        if let Some(net) = self.network(instance).await? {
            return Ok(net);
        }
        let mut tried = 0;
        loop {
            let net = self.free_network().await?;
            tried += 1;
            match self.make_network(instance, net).await {
                Ok(()) => return Ok(net),
                Err(HostingError::Engine { status, .. }) if status.is_some() && tried < TRIES => (),
                Err(error) => return Err(error),
            }
        }
    }

    /// Chooses the first network of the pool that overlaps none that the engine has.
    async fn free_network(&self) -> Result<Net, HostingError> {
        let all = self.docker.list_networks(None::<ListNetworksOptions>).await;
        let all = all.doing("list networks")?;
        let taken = all.iter().flat_map(|network| subnets(network.ipam.as_ref()));
        let taken: Vec<(u32, u32)> = taken.collect();
        let pool = self.settings.pool;
        let free = |base: &u32| {
            taken
                .iter()
                .all(|(start, end)| base + Pool::STEP - 1 < *start || base > end)
        };
        let found = (0..).map_while(|index| pool.network(index)).find(free);
        found.map(Net).ok_or_else(|| HostingError::PoolEmpty(pool.to_string()))
    }

    async fn make_network(&self, instance: InstanceId, net: Net) -> Result<(), HostingError> {
        if self.is_podman() {
            self.make_podman_network(instance, net).await
        } else {
            self.make_docker_network(instance, net).await
        }
    }

    async fn make_docker_network(&self, instance: InstanceId, net: Net) -> Result<(), HostingError> {
        let owner = Owner::Instance(instance);
        let config = IpamConfig {
            subnet: Some(net.subnet()),
            gateway: Some(net.gateway().to_string()),
            ..IpamConfig::default()
        };
        let request = NetworkCreateRequest {
            name: owner.name(),
            driver: Some("bridge".to_owned()),
            internal: Some(true),
            enable_ipv6: Some(false),
            ipam: Some(Ipam {
                config: Some(vec![config]),
                ..Ipam::default()
            }),
            options: Some(HashMap::from([(
                "com.docker.network.bridge.name".to_owned(),
                net.bridge(),
            )])),
            labels: Some(self.labels(owner)),
            ..NetworkCreateRequest::default()
        };
        let made = self.docker.create_network(request).await;
        made.doing("make a network").map(drop)
    }

    /// Asks Podman in its own words: only they can leave its name server out, which answers for the whole world.
    async fn make_podman_network(&self, instance: InstanceId, net: Net) -> Result<(), HostingError> {
        let owner = Owner::Instance(instance);
        let request = json!({
            "name": owner.name(),
            "driver": "bridge",
            "internal": true,
            "dns_enabled": false,
            "ipv6_enabled": false,
            "network_interface": net.bridge(),
            "subnets": [{ "subnet": net.subnet(), "gateway": net.gateway().to_string() }],
            "labels": self.labels(owner),
        });
        let head = "POST /v4.0.0/libpod/networks/create HTTP/1.1\r\nHost: podman\r\nContent-Type: application/json\r\n";
        let made = self.raw("make a network", head, request.to_string().as_bytes()).await;
        made.map(drop)
    }
}

/// Gives the first and last address of each IPv4 network.
fn subnets(ipam: Option<&Ipam>) -> Vec<(u32, u32)> {
    let config = ipam.and_then(|ipam| ipam.config.as_ref());
    let subnets = config.into_iter().flatten().filter_map(|one| one.subnet.as_deref());
    subnets.filter_map(range).collect()
}

/// Reads `address/bits`.
pub(super) fn range(text: &str) -> Option<(u32, u32)> {
    let (address, bits) = text.split_once('/')?;
    let base = u32::from(address.parse::<Ipv4Addr>().ok()?);
    let bits: u32 = bits.parse().ok().filter(|bits| *bits <= 32)?;
    let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
    Some((base & mask, base | !mask))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        let ten = u32::from(Ipv4Addr::new(10, 0, 0, 0));
        assert_eq!(range("10.0.0.5/24"), Some((ten, ten + 255)));
        assert_eq!(range("0.0.0.0/0"), Some((0, u32::MAX)));
        assert_eq!(range("fd00::/64"), None);
        assert_eq!(range("10.0.0.0/33"), None);
    }

    #[test]
    fn names_of_bridges_are_short_enough_for_the_kernel() {
        assert!(Net(u32::MAX).bridge().len() < 16);
        assert_eq!(Net(16).service(0), Ipv4Addr::new(0, 0, 0, 18));
    }
}
