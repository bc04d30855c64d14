//! Ports of the register part.

use async_trait::async_trait;

/// The register part's rows.
#[async_trait]
pub trait Registers {}
