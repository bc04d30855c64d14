//! Ports of the call part.

use async_trait::async_trait;

/// The call part's rows.
#[async_trait]
pub trait Calls {}
