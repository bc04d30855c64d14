//! Ports of the sharing part.

use async_trait::async_trait;

/// The sharing part's rows.
#[async_trait]
pub trait Positions {}
