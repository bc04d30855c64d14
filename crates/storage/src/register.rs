//! The register part's rows.

use crate::session::SqlSession;
use async_trait::async_trait;
use use_cases::ports::Registers;

#[async_trait]
impl Registers for SqlSession {}
