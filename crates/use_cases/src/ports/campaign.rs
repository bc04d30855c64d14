//! Ports of the campaign part.

use async_trait::async_trait;

/// The campaign part's rows.
#[async_trait]
pub trait Campaigns {}
