//! Corrected versions: targets for retests, and what their vendors say of them.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::target::target;
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::corrected::Acceptance;
use domain::ids::{CampaignId, OrganisationId, TargetId};
use use_cases::ports::{AcceptanceRow, CorrectedListed, CorrectedVersion, CorrectedVersions, Stored};

fn version(row: &Row) -> Stored<CorrectedVersion> {
    let target = target(row)?;
    let acceptance = AcceptanceRow {
        target: target.target.id,
        campaign: target.target.campaign,
        vendor: row.get("vendor_id")?,
        state: row.code("state", Acceptance::from_code)?,
        asked_at: row.get("asked_at")?,
        answered_by: row.get("answered_by")?,
        answered_at: row.get("answered_at")?,
        words: row.get("words_sealed")?,
    };
    Ok(CorrectedVersion { target, acceptance })
}

fn listed(row: &Row) -> Stored<CorrectedListed> {
    Ok(CorrectedListed {
        target: row.get("target_id")?,
        vendor: row.get("vendor_id")?,
        declared_by: row.get("certified_by")?,
        campaign_name: row.get("campaign_name")?,
        product_name: row.get("product_name")?,
        state: row.code("state", Acceptance::from_code)?,
        asked_at: row.get("asked_at")?,
        ended_at: row.get("ended_at")?,
    })
}

#[async_trait]
impl CorrectedVersions for SqlSession {
    async fn insert_acceptance(&mut self, a: &AcceptanceRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO target_acceptance (target_id, campaign_id, vendor_id, state, asked_at, answered_by,
                     answered_at, words_sealed)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                values![
                    a.target,
                    a.campaign,
                    a.vendor,
                    a.state.code(),
                    a.asked_at,
                    a.answered_by,
                    a.answered_at,
                    a.words.clone()
                ],
            )
            .await?;
        Ok(())
    }

    async fn move_acceptance(&mut self, a: &AcceptanceRow, before: Acceptance) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE target_acceptance SET state = $3, answered_by = $4, answered_at = $5, words_sealed = $6
                 WHERE target_id = $1 AND state = $2",
                values![
                    a.target,
                    before.code(),
                    a.state.code(),
                    a.answered_by,
                    a.answered_at,
                    a.words.clone()
                ],
            )
            .await
    }

    async fn corrected_version(&mut self, id: TargetId) -> Stored<Option<Loaded<CorrectedVersion>>> {
        let sql = "SELECT t.*, a.vendor_id, a.state, a.asked_at, a.answered_by, a.answered_at, a.words_sealed
             FROM target_acceptance a JOIN target t ON t.id = a.target_id WHERE a.target_id = $1";
        let row = self.sql.fetch_optional(sql, values![id]).await?;
        row.map(|row| Ok(Loaded::from_row(version(&row)?, 0))).transpose()
    }

    async fn corrected_versions(&mut self, campaign: CampaignId) -> Stored<Vec<CorrectedVersion>> {
        let sql = "SELECT t.*, a.vendor_id, a.state, a.asked_at, a.answered_by, a.answered_at, a.words_sealed
             FROM target t JOIN target_acceptance a ON a.target_id = t.id
             WHERE t.campaign_id = $1
             ORDER BY CASE WHEN t.ended_at IS NULL THEN 0 ELSE 1 END, t.created_at DESC, t.id LIMIT 500";
        let rows = self.sql.fetch(sql, values![campaign]).await?;
        rows.iter().map(version).collect()
    }

    async fn corrected_of(
        &mut self,
        vendors: &[OrganisationId],
        waiting: bool,
        limit: i64,
    ) -> Stored<Vec<CorrectedListed>> {
        let waits = "a.state = 'asked' AND t.ended_at IS NULL";
        let only = if waiting { format!("AND {waits}") } else { String::new() };
        let start =
            "SELECT a.target_id, a.vendor_id, t.certified_by, a.state, a.asked_at, t.ended_at, c.name AS campaign_name,
                 p.name AS product_name
             FROM target_acceptance a JOIN target t ON t.id = a.target_id JOIN campaign c ON c.id = a.campaign_id
                 JOIN product p ON p.id = t.product_id
             WHERE a.vendor_id";
        let end = format!("{only} ORDER BY CASE WHEN {waits} THEN 0 ELSE 1 END, a.asked_at DESC, a.target_id LIMIT $1");
        let rows = self.of_organisations(start, &end, values![limit], vendors).await?;
        rows.iter().map(listed).collect()
    }
}
