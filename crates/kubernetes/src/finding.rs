//! What a look at a cluster finds.

use crate::rights::Right;
use hosting::Gravity;

/// Something that `beffroi check` and the page of the targets tell of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClusterFinding {
    /// The cluster that answers.
    Cluster {
        /// Its version.
        version: String,
    },
    /// No API answers: name its address, or the file that holds it.
    Unreachable {
        /// Where one was looked for.
        place: String,
        /// What the system said.
        reason: String,
    },
    /// The cluster is too old.
    TooOld {
        /// Its version.
        found: String,
        /// The least version.
        least: &'static str,
    },
    /// Folders in memory grow up to the memory of their service: before version 1.22 nothing keeps their size.
    MemoryFoldersUnsized,
    /// A right is missing: apply [`crate::ROLE`].
    RightMissing(Right),
    /// Which rights there are could not be asked.
    RightsUnknown {
        /// What the API said.
        reason: String,
    },
    /// The API server does not refuse pods that may too much: only this platform's own care keeps them in.
    PodSecurityAbsent,
    /// Whether the API server refuses pods that may too much could not be tried.
    PodSecurityUnknown {
        /// What the API said.
        reason: String,
    },
    /// Whether anything keeps to network policies cannot be known from the API: [`crate::Cluster::try_walls`] tries it from
    /// inside, and the operator says in the settings that they held.
    PolicyEnforcementUnknown,
    /// Everybody may enter targets: name the gateway's own addresses.
    GatewayIsEverybody,
    /// The gateway's namespace is not there, or does not bear the label by which it is named: nobody enters targets.
    GatewayNamespace {
        /// The namespace.
        namespace: String,
        /// The label that it must bear.
        label: String,
    },
    /// Processes are limited by `podPidsLimit` of each kubelet, which the API does not tell.
    ProcessesByNode,
}

impl ClusterFinding {
    /// Says how much it matters.
    pub fn gravity(&self) -> Gravity {
        match self {
            Self::Cluster { .. } | Self::ProcessesByNode => Gravity::Note,
            Self::MemoryFoldersUnsized
            | Self::PodSecurityAbsent
            | Self::PodSecurityUnknown { .. }
            | Self::RightsUnknown { .. }
            | Self::GatewayNamespace { .. } => Gravity::Warning,
            Self::Unreachable { .. }
            | Self::TooOld { .. }
            | Self::RightMissing(_)
            | Self::PolicyEnforcementUnknown
            | Self::GatewayIsEverybody => Gravity::Blocking,
        }
    }
}
