//! What can go wrong with a target, and what to do about it.

use crate::engine::finding::Finding;
use crate::provider::{Exit, Sickness};
use domain::ids::{InstanceId, SnapshotId};
use domain::recipe::{Digest, ImageRef};
use std::path::PathBuf;
use std::time::Duration;

/// An image that the engine does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingImage {
    /// The service that runs it.
    pub service: String,
    /// The image.
    pub image: ImageRef,
    /// The command that brings it, for the administrator of the engine.
    pub command: String,
}

/// An archive that fills a volume and is not at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingSeed {
    /// The service and the volume.
    pub place: String,
    /// The archive.
    pub digest: Digest,
}

/// Why a target could not be brought where it was wanted.
#[derive(Debug, thiserror::Error)]
pub enum HostingError {
    /// No engine answers: install one, start it, or name its socket, or the API of its cluster.
    #[error("nothing that hosts targets answers at {}: {reason}", socket.display())]
    EngineUnreachable {
        /// Where one was looked for: a socket, or the address or the file of a cluster.
        socket: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The engine refused or failed.
    #[error("{doing}: the engine answers {status:?}: {message}")]
    Engine {
        /// What was being done.
        doing: &'static str,
        /// The status of its answer, where it gave one.
        status: Option<u16>,
        /// Its words.
        message: String,
    },
    /// Nothing is started where a target could get out: repair what is found.
    #[error("targets would not be isolated here: {0:?}")]
    NotIsolated(Vec<Finding>),
    /// Images are to be brought first.
    #[error("images are missing: {0:?}")]
    ImagesMissing(Vec<MissingImage>),
    /// Archives are to be brought first.
    #[error("seeds are missing: {}", .0.len())]
    SeedsMissing(Vec<MissingSeed>),
    /// An archive is there and cannot be opened: look at where the archives are kept.
    #[error("a seed cannot be opened: {reason}")]
    SeedUnreadable {
        /// The archive.
        digest: Digest,
        /// What where it is kept says.
        reason: String,
    },
    /// Every network of the pool is taken: remove instances or widen the pool.
    #[error("no network is left in {0}")]
    PoolEmpty(String),
    /// A service did not become healthy in its time: look at its logs or give it longer.
    #[error("{service} is not healthy after {within:?}: {last:?}")]
    NotHealthy {
        /// The service.
        service: String,
        /// The time it had.
        within: Duration,
        /// What the last check found.
        last: Sickness,
    },
    /// A service ended while it started: look at its logs, or give it memory.
    #[error("{service} ended while it started: {exit:?}")]
    Ended {
        /// The service.
        service: String,
        /// How it ended.
        exit: Exit,
    },
    /// The instance is not there: start it.
    #[error("instance {0} is not there")]
    NoInstance(InstanceId),
    /// The kept state is not there.
    #[error("snapshot {0} is not there")]
    NoSnapshot(SnapshotId),
    /// The provider cannot do this at all, for example reset what others run.
    #[error("{0} is not possible for this target")]
    NotPossible(&'static str),
    /// The plan is for another provider.
    #[error("this plan is for another provider")]
    WrongPlan,
}

impl HostingError {
    /// Says whether trying again later may help without anybody's doing.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::EngineUnreachable { .. } | Self::NotHealthy { .. } | Self::Engine { status: None, .. }
        )
    }
}
