//! The authorisation part's rows.

use crate::session::SqlSession;
use async_trait::async_trait;
use use_cases::ports::Authorisations;

#[async_trait]
impl Authorisations for SqlSession {}
