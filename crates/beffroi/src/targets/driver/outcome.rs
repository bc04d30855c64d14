//! What became of a start, as it is told.

use domain::instance::InstanceProblem;
use hosting::HostingError;
use use_cases::target::Driven;

/// Says what became of a start or a reset.
pub(super) fn runs(done: Result<std::net::SocketAddr, HostingError>) -> Driven {
    match done {
        Ok(address) => Driven::Runs(address),
        Err(error) => {
            tracing::warn!(%error, "a hosted target does not start");
            Driven::Fails(problem(&error))
        }
    }
}

/// Names why a target does not run.
const fn problem(error: &HostingError) -> InstanceProblem {
    match error {
        HostingError::EngineUnreachable { .. } => InstanceProblem::EngineUnreachable,
        HostingError::NotIsolated(_) => InstanceProblem::NotIsolated,
        HostingError::ImagesMissing(_) => InstanceProblem::ImagesMissing,
        HostingError::SeedsMissing(_) => InstanceProblem::SeedsMissing,
        HostingError::SeedUnreadable { .. } => InstanceProblem::SeedUnreadable,
        HostingError::PoolEmpty(_) => InstanceProblem::PoolEmpty,
        HostingError::NotHealthy { .. } => InstanceProblem::NotHealthy,
        HostingError::Ended { .. } => InstanceProblem::Ended,
        HostingError::NoSnapshot(_) => InstanceProblem::NoSnapshot,
        HostingError::NotPossible(_) => InstanceProblem::NotPossible,
        HostingError::Engine { .. } | HostingError::NoInstance(_) | HostingError::WrongPlan => InstanceProblem::Engine,
    }
}
