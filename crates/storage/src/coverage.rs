//! What was counted of recordings, and how far.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::target::{lease, segment};
use crate::values;
use async_trait::async_trait;
use domain::ids::CampaignId;
use use_cases::ports::{CoverageRow, Coverages, LeaseRow, SegmentRow, Stored, TargetCoverageRow};

fn coverage(row: &Row) -> Stored<CoverageRow> {
    Ok(CoverageRow {
        campaign: row.get("campaign_id")?,
        sequence: row.get("sequence")?,
        unread: row.get("unread")?,
        under_way: row.get("under_way_sealed")?,
        counted_at: row.get("counted_at")?,
    })
}

fn target_coverage(row: &Row) -> Stored<TargetCoverageRow> {
    Ok(TargetCoverageRow {
        target: row.get("target_id")?,
        campaign: row.get("campaign_id")?,
        counted: row.get("counted_sealed")?,
    })
}

#[async_trait]
impl Coverages for SqlSession {
    async fn coverage(&mut self, campaign: CampaignId) -> Stored<Option<CoverageRow>> {
        let sql = "SELECT * FROM coverage WHERE campaign_id = $1";
        let row = self.sql.fetch_optional(sql, values![campaign]).await?;
        row.as_ref().map(coverage).transpose()
    }

    async fn advance_coverage(&mut self, row: &CoverageRow, before: i64) -> Stored<bool> {
        let changed = self
            .sql
            .execute(
                "INSERT INTO coverage (campaign_id, sequence, unread, under_way_sealed, counted_at)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (campaign_id) DO UPDATE SET sequence = excluded.sequence, unread = excluded.unread,
                     under_way_sealed = excluded.under_way_sealed, counted_at = excluded.counted_at
                 WHERE coverage.sequence = $6",
                values![
                    row.campaign,
                    row.sequence,
                    row.unread,
                    &row.under_way,
                    row.counted_at,
                    before
                ],
            )
            .await?;
        Ok(changed > 0)
    }

    async fn target_coverages(&mut self, campaign: CampaignId) -> Stored<Vec<TargetCoverageRow>> {
        let sql = "SELECT * FROM target_coverage WHERE campaign_id = $1 ORDER BY target_id LIMIT 1000";
        let rows = self.sql.fetch(sql, values![campaign]).await?;
        rows.iter().map(target_coverage).collect()
    }

    async fn keep_target_coverage(&mut self, row: &TargetCoverageRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO target_coverage (target_id, campaign_id, counted_sealed) VALUES ($1, $2, $3)
                 ON CONFLICT (target_id) DO UPDATE SET counted_sealed = excluded.counted_sealed",
                values![row.target, row.campaign, &row.counted],
            )
            .await?;
        Ok(())
    }

    async fn segment_after(&mut self, campaign: CampaignId, sequence: i64) -> Stored<Option<SegmentRow>> {
        let sql = "SELECT * FROM segment WHERE campaign_id = $1 AND sequence > $2 ORDER BY sequence LIMIT 1";
        let row = self.sql.fetch_optional(sql, values![campaign, sequence]).await?;
        row.as_ref().map(segment).transpose()
    }

    async fn leases_ever(&mut self, campaign: CampaignId) -> Stored<Vec<LeaseRow>> {
        let sql = "SELECT * FROM target_lease WHERE campaign_id = $1 ORDER BY from_at, id LIMIT 100000";
        let rows = self.sql.fetch(sql, values![campaign]).await?;
        rows.iter().map(lease).collect()
    }
}
