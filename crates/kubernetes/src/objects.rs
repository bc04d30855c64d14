//! The objects that are made of a recipe: pure, so that what a cluster is asked for can be read and compared.
//!
//! They are written as the API takes them; a test reads each one into its type and back, so that no field is misspelt.

mod namespace;
mod pod;
mod policy;
mod probe;
mod quota;
mod service;

use crate::settings::GatewayPeer;
use domain::Recipe;
use hosting::Instance;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use uuid::Uuid;

pub(crate) use namespace::{account, namespace, walled};
pub(crate) use pod::{Names, pod};
pub(crate) use policy::{NAMESPACE_NAME, policies};
pub(crate) use quota::{limits, quota};
pub(crate) use service::{ports, secret, service};

/// What every object of an instance is made of.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'a> {
    pub(crate) installation: Uuid,
    pub(crate) gateway: &'a GatewayPeer,
    pub(crate) instance: &'a Instance,
    pub(crate) recipe: &'a Recipe,
}

/// The name of the account that pods run as; it may nothing, and its token is not given to them.
pub(crate) const ACCOUNT: &str = "target";

/// Gives the name of the secret with a service's environment.
pub(crate) fn environment(service: &str) -> String {
    format!("environment-{service}")
}

/// Writes bytes as Kubernetes does: in the largest unit that divides them.
pub(crate) fn bytes(bytes: u64) -> String {
    let units = [(30, "Gi"), (20, "Mi"), (10, "Ki")];
    let fits = |(power, _): &&(u32, &str)| bytes > 0 && bytes.is_multiple_of(1 << power);
    match units.iter().find(fits) {
        Some((power, unit)) => format!("{}{unit}", bytes >> power),
        None => bytes.to_string(),
    }
}

/// Writes thousandths of a core.
pub(crate) fn cores(thousandths: u64) -> String {
    match thousandths.is_multiple_of(1000) {
        true => (thousandths / 1000).to_string(),
        false => format!("{thousandths}m"),
    }
}

/// Gives the host names of the services that have an address.
pub(crate) fn names(recipe: &Recipe, addresses: &BTreeMap<String, IpAddr>) -> Names {
    let mut names: BTreeMap<IpAddr, BTreeSet<String>> = BTreeMap::new();
    for service in &recipe.services {
        if let Some(address) = addresses.get(&service.name) {
            let these = std::iter::once(&service.name).chain(&service.aliases);
            names.entry(*address).or_default().extend(these.cloned());
        }
    }
    names
}

#[cfg(test)]
mod tests;
