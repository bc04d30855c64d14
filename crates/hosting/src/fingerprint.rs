//! What really runs, as a report names it.

use domain::recipe::Digest;

/// What an instance runs at this moment, as the engine tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningFingerprint {
    /// The fingerprint of the plan with which the instance was made.
    pub plan: [u8; 32],
    /// The services in the order of their names.
    pub services: Vec<RunningService>,
    /// The engine.
    pub engine: EngineVersion,
}

/// The image that a service really runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningService {
    /// The name of the service; empty for an external target.
    pub name: String,
    /// The identifier of the image.
    pub image: Digest,
    /// The names and digests under which the engine got the image from registries.
    pub repositories: Vec<String>,
}

/// An engine and its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineVersion {
    /// For example `Podman Engine`.
    pub name: String,
    /// For example `4.3.1`.
    pub version: String,
}

impl RunningFingerprint {
    /// Gives the bytes that name what runs: plan and images, not the engine, so that two engines can agree.
    pub fn canonical(&self) -> Vec<u8> {
        let mut out = format!("beffroi running 1\nplan {}\n", Digest::of_hash(self.plan));
        for service in &self.services {
            out.push_str(&format!("service {} {}\n", service.name, service.image));
        }
        out.into_bytes()
    }

    /// Gives SHA-256 of the canonical bytes.
    pub fn digest(&self) -> [u8; 32] {
        sealing::content_digest(&self.canonical())
    }
}
