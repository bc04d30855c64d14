//! Targets on a Kubernetes cluster, for those who outgrow one machine.
//!
//! Each instance has a namespace of its own: walls first (pod security, network policies, quota), then a pod for each
//! service in the order of its recipe. What the recipe says and Kubernetes cannot promise is told by [`shortfalls`]; what
//! the cluster lacks, by [`Cluster::check`].
//!
//! ```text
//! manager ─▶ provide ─┬▶ create ─▶ objects (pure: recipe in, JSON out)
//!                     ├▶ state    probes, address, logs, what runs
//!                     └▶ sweep    by labels: what a crash left goes too
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

mod api;
mod check;
mod cluster;
mod create;
mod finding;
mod labels;
mod manifest;
mod objects;
mod provide;
mod rights;
mod settings;
mod shortfall;
mod state;
mod sweep;
mod trial;

#[cfg(test)]
mod mock;

pub use cluster::Cluster;
pub use finding::ClusterFinding;
pub use manifest::manifest;
pub use rights::{ROLE, Right};
pub use settings::{Access, Cidr, ClusterSettings, Enforcement, GatewayPeer};
pub use shortfall::{Shortfall, shortfalls};
pub use trial::{Trial, Walls};
