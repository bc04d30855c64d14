//! Ports of the authorisation part.

use async_trait::async_trait;

/// The authorisation part's rows.
#[async_trait]
pub trait Authorisations {}
