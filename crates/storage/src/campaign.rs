//! The campaign part's rows.

use crate::session::SqlSession;
use async_trait::async_trait;
use use_cases::ports::Campaigns;

#[async_trait]
impl Campaigns for SqlSession {}
