//! What a vendor says of a vulnerability in its own words.

use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::ids::{VersionId, VulnerabilityId};
use use_cases::ports::{Advisories, AdvisoryRow, Stored, VersionAnswerRow};

#[async_trait]
impl Advisories for SqlSession {
    async fn advisories(&mut self, id: VulnerabilityId) -> Stored<Vec<AdvisoryRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM vendor_advisory WHERE vulnerability_id = $1 ORDER BY language LIMIT 10",
                values![id],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(AdvisoryRow {
                    id: row.get("id")?,
                    language: row.get("language")?,
                    text_sealed: row.get("text_sealed")?,
                    by: row.get("published_by")?,
                    at: row.get("published_at")?,
                })
            })
            .collect()
    }

    async fn publish_advisory(&mut self, id: VulnerabilityId, row: &AdvisoryRow) -> Stored<()> {
        self.withdraw_advisory(id, &row.language).await?;
        self.sql
            .execute(
                "INSERT INTO vendor_advisory (id, vulnerability_id, language, text_sealed, published_by, published_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                values![
                    row.id,
                    id,
                    row.language.clone(),
                    row.text_sealed.clone(),
                    row.by,
                    row.at
                ],
            )
            .await?;
        Ok(())
    }

    async fn withdraw_advisory(&mut self, id: VulnerabilityId, language: &str) -> Stored<()> {
        self.sql
            .execute(
                "DELETE FROM vendor_advisory WHERE vulnerability_id = $1 AND language = $2",
                values![id, language.to_owned()],
            )
            .await?;
        Ok(())
    }

    async fn version_answers(&mut self, id: VulnerabilityId) -> Stored<Vec<VersionAnswerRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM version_answer WHERE vulnerability_id = $1 ORDER BY answered_at, id LIMIT 500",
                values![id],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(VersionAnswerRow {
                    id: row.get("id")?,
                    version: row.get("version_id")?,
                    answer_sealed: row.get("answer_sealed")?,
                    by: row.get("answered_by")?,
                    at: row.get("answered_at")?,
                })
            })
            .collect()
    }

    async fn answer_version(&mut self, id: VulnerabilityId, row: &VersionAnswerRow) -> Stored<()> {
        self.withdraw_answer(id, row.version).await?;
        self.sql
            .execute(
                "INSERT INTO version_answer (id, vulnerability_id, version_id, answer_sealed, answered_by, answered_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                values![row.id, id, row.version, row.answer_sealed.clone(), row.by, row.at],
            )
            .await?;
        Ok(())
    }

    async fn withdraw_answer(&mut self, id: VulnerabilityId, version: VersionId) -> Stored<()> {
        self.sql
            .execute(
                "DELETE FROM version_answer WHERE vulnerability_id = $1 AND version_id = $2",
                values![id, version],
            )
            .await?;
        Ok(())
    }

    async fn forget_vendor_words(&mut self, id: VulnerabilityId) -> Stored<()> {
        for sql in [
            "DELETE FROM vendor_advisory WHERE vulnerability_id = $1",
            "DELETE FROM version_answer WHERE vulnerability_id = $1",
        ] {
            self.sql.execute(sql, values![id]).await?;
        }
        Ok(())
    }
}
