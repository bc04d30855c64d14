//! The sharing part's rows.

use crate::session::SqlSession;
use async_trait::async_trait;
use use_cases::ports::Positions;

#[async_trait]
impl Positions for SqlSession {}
