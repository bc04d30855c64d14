//! The candidacy part's rows.

use crate::session::SqlSession;
use async_trait::async_trait;
use use_cases::ports::Candidacies;

#[async_trait]
impl Candidacies for SqlSession {}
