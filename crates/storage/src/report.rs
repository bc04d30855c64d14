//! The report part's rows.

use crate::session::SqlSession;
use async_trait::async_trait;
use use_cases::ports::Reports;

#[async_trait]
impl Reports for SqlSession {}
