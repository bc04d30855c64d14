//! The programme part's rows.

use crate::session::SqlSession;
use async_trait::async_trait;
use use_cases::ports::Programmes;

#[async_trait]
impl Programmes for SqlSession {}
