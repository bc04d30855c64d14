//! Ports of the programme part.

use async_trait::async_trait;

/// The programme part's rows.
#[async_trait]
pub trait Programmes {}
