//! Seeds: archives that fill volumes of hosted targets.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{CampaignId, SeedId};
use use_cases::ports::{SeedRow, SeedRows, Stored};

fn seed(row: &Row) -> Stored<SeedRow> {
    Ok(SeedRow {
        id: row.get("id")?,
        campaign: row.get("campaign_id")?,
        blob: row.get("blob_id")?,
        bytes: row.get("bytes")?,
        about: row.get("about_sealed")?,
        by: row.get("sent_by")?,
        at: row.get("sent_at")?,
    })
}

#[async_trait]
impl SeedRows for SqlSession {
    async fn insert_seed(&mut self, s: &SeedRow) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE blob SET state = 'kept', bytes = $2 WHERE id = $1 AND state = 'staged'",
                values![s.blob, s.bytes],
            )
            .await?;
        self.sql
            .execute(
                "INSERT INTO target_seed (id, campaign_id, blob_id, bytes, about_sealed, sent_by, sent_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![s.id, s.campaign, s.blob, s.bytes, &s.about, s.by, s.at],
            )
            .await?;
        Ok(())
    }

    async fn seeds(&mut self, campaign: CampaignId) -> Stored<Vec<SeedRow>> {
        let sql = "SELECT * FROM target_seed WHERE campaign_id = $1 ORDER BY sent_at, id LIMIT 1000";
        let rows = self.sql.fetch(sql, values![campaign]).await?;
        rows.iter().map(seed).collect()
    }

    async fn remove_seed(&mut self, campaign: CampaignId, id: SeedId, at: Timestamp) -> Stored<()> {
        // Whoever takes it away removes its file then; where that fails, it is swept a day from now.
        self.sql
            .execute(
                "UPDATE blob SET state = 'staged', created_at = $3
                 WHERE id IN (SELECT blob_id FROM target_seed WHERE id = $1 AND campaign_id = $2)",
                values![id, campaign, at],
            )
            .await?;
        self.sql
            .execute_one(
                "DELETE FROM target_seed WHERE id = $1 AND campaign_id = $2",
                values![id, campaign],
            )
            .await
    }
}
