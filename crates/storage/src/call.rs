//! The call part's rows.

use crate::session::SqlSession;
use async_trait::async_trait;
use use_cases::ports::Calls;

#[async_trait]
impl Calls for SqlSession {}
