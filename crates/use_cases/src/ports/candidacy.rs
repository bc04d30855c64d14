//! Ports of the candidacy part.

use async_trait::async_trait;

/// The candidacy part's rows.
#[async_trait]
pub trait Candidacies {}
