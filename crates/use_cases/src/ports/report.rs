//! Ports of the report part.

use async_trait::async_trait;

/// The report part's rows.
#[async_trait]
pub trait Reports {}
