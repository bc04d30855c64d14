//! What became of a start, as it is told.

use hosting::HostingError;
use use_cases::target::Driven;

/// Says what became of a start or a reset.
pub(super) fn runs(done: Result<std::net::SocketAddr, HostingError>) -> Driven {
    match done {
        Ok(address) => Driven::Runs(address),
        Err(error) => {
            tracing::warn!(%error, "a hosted target does not start");
            Driven::Fails(code(&error).to_owned())
        }
    }
}

/// Names why a target does not run.
const fn code(error: &HostingError) -> &'static str {
    match error {
        HostingError::EngineUnreachable { .. } => "engine_unreachable",
        HostingError::NotIsolated(_) => "not_isolated",
        HostingError::ImagesMissing(_) => "images_missing",
        HostingError::SeedsMissing(_) => "seeds_missing",
        HostingError::PoolEmpty(_) => "pool_empty",
        HostingError::NotHealthy { .. } => "not_healthy",
        HostingError::Ended { .. } => "ended",
        HostingError::NoSnapshot(_) => "no_snapshot",
        HostingError::NotPossible(_) => "not_possible",
        HostingError::Engine { .. } | HostingError::NoInstance(_) | HostingError::WrongPlan => "engine",
    }
}
