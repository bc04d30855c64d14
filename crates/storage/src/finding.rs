//! Findings that were imported into campaigns.

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::campaign::CampaignState;
use domain::finding::{Finding, FindingState};
use domain::ids::{CampaignId, FindingId, PersonId, VulnerabilityId};
use domain::programme::NoticeKind;
use domain::report::Rating;
use domain::severity::Severity;
use domain::time::Timestamp;
use std::collections::HashMap;
use use_cases::ports::{FindingRecord, Findings, Judge, Stored};

const RECORD: &str =
    "SELECT f.*, c.name AS campaign_name, c.state AS campaign_state, c.programme_id, g.notice_kind, g.owner_id,
        p.name AS product_name, p.vendor_id
    FROM finding f JOIN campaign c ON c.id = f.campaign_id JOIN programme g ON g.id = c.programme_id
    JOIN product p ON p.id = f.product_id";

/// Reads a finding, without the operators of its campaign.
fn record(row: &Row) -> Stored<FindingRecord> {
    let decided_by: Option<PersonId> = row.get("decided_by")?;
    let decided_at: Option<Timestamp> = row.get("decided_at")?;
    let score: Option<i64> = row.get("score")?;
    Ok(FindingRecord {
        finding: Finding {
            id: row.get("id")?,
            campaign: row.get("campaign_id")?,
            product: row.get("product_id")?,
            number: row.get("number")?,
            state: row.code("state", FindingState::from_code)?,
            imported_by: row.get("imported_by")?,
            imported_at: row.get("imported_at")?,
            vulnerability: row.get("vulnerability_id")?,
            revision: row.get("revision")?,
        },
        rating: score.map(|score_tenths| Rating {
            score_tenths,
            band: Severity::of_tenths(score_tenths),
        }),
        campaign_name: row.get("campaign_name")?,
        announced: row.code("campaign_state", CampaignState::from_code)?.is_announced(),
        programme: row.get("programme_id")?,
        notice: row.code("notice_kind", NoticeKind::from_code)?,
        owner: row.get("owner_id")?,
        operators: Vec::new(),
        product_name: row.get("product_name")?,
        product_vendor: row.get("vendor_id")?,
        contents: row.get("contents_sealed")?,
        decided: decided_by.zip(decided_at),
        decision: row.get("decision_sealed")?,
    })
}

impl SqlSession {
    async fn finding_records(&mut self, rows: &[Row]) -> Stored<Vec<Loaded<FindingRecord>>> {
        let mut records = rows.iter().map(record).collect::<Stored<Vec<_>>>()?;
        let mut campaigns: Vec<CampaignId> = records.iter().map(|one| one.finding.campaign).collect();
        campaigns.sort_unstable();
        campaigns.dedup();
        let operators: HashMap<_, _> = self.operators_of(&campaigns).await?;
        for one in &mut records {
            one.operators = operators.get(&one.finding.campaign).cloned().unwrap_or_default();
        }
        Ok(records
            .into_iter()
            .map(|one| {
                let revision = one.finding.revision;
                Loaded::from_row(one, revision)
            })
            .collect())
    }
}

#[async_trait]
impl Findings for SqlSession {
    async fn finding(&mut self, id: FindingId) -> Stored<Option<Loaded<FindingRecord>>> {
        let rows = self
            .sql
            .fetch_built(format!("{RECORD} WHERE f.id = $1"), values![id])
            .await?;
        Ok(self.finding_records(&rows).await?.pop())
    }

    async fn take_finding(&mut self, id: FindingId) -> Stored<Option<Loaded<FindingRecord>>> {
        self.sql
            .execute("UPDATE finding SET revision = revision + 1 WHERE id = $1", values![id])
            .await?;
        self.finding(id).await
    }

    async fn findings(&mut self, campaign: CampaignId, after: i64, limit: i64) -> Stored<Vec<Loaded<FindingRecord>>> {
        let sql = format!("{RECORD} WHERE f.campaign_id = $1 AND f.number > $2 ORDER BY f.number LIMIT $3");
        let rows = self.sql.fetch_built(sql, values![campaign, after, limit]).await?;
        self.finding_records(&rows).await
    }

    async fn count_findings_waiting(
        &mut self,
        campaigns: &[CampaignId],
        judge: &Judge,
    ) -> Stored<Vec<(CampaignId, i64)>> {
        if campaigns.is_empty() || judge.organisations.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = values![judge.person];
        let (campaigns_in, size) = placeholders(values.len() + 1, campaigns.len());
        values.extend(padded(campaigns, size).into_iter().map(Value::from));
        let (own, size) = placeholders(values.len() + 1, judge.organisations.len());
        values.extend(padded(&judge.organisations, size).into_iter().map(Value::from));
        let sql = format!(
            "SELECT f.campaign_id, CAST(COUNT(*) AS BIGINT) AS n
             FROM finding f JOIN campaign c ON c.id = f.campaign_id JOIN product p ON p.id = f.product_id
             WHERE f.campaign_id IN ({campaigns_in}) AND f.state = 'waiting' AND c.state NOT IN ('draft', 'cancelled')
               AND f.imported_by <> $1 AND p.vendor_id NOT IN ({own})
             GROUP BY f.campaign_id ORDER BY f.campaign_id"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter()
            .map(|row| Ok((row.get("campaign_id")?, row.get("n")?)))
            .collect()
    }

    async fn next_finding_number(&mut self, campaign: CampaignId) -> Stored<i64> {
        self.sql
            .fetch_one(
                "UPDATE campaign SET last_finding = last_finding + 1 WHERE id = $1 RETURNING last_finding",
                values![campaign],
            )
            .await?
            .get("last_finding")
    }

    async fn insert_finding(&mut self, record: &FindingRecord) -> Stored<()> {
        let one = &record.finding;
        self.sql
            .execute(
                "INSERT INTO finding (id, campaign_id, product_id, number, state, contents_sealed, score, imported_by, imported_at, revision)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
                values![
                    one.id,
                    one.campaign,
                    one.product,
                    one.number,
                    one.state.code(),
                    record.contents.clone(),
                    record.rating.map(|rating| rating.score_tenths),
                    one.imported_by,
                    one.imported_at
                ],
            )
            .await?;
        Ok(())
    }

    async fn save_finding(&mut self, record: &FindingRecord, revision: i64) -> Stored<()> {
        let (by, at) = record.decided.unzip();
        self.sql
            .execute_one(
                "UPDATE finding SET state = $1, vulnerability_id = $2, decided_by = $3, decided_at = $4, decision_sealed = $5
                 WHERE id = $6 AND revision = $7",
                values![
                    record.finding.state.code(),
                    record.finding.vulnerability,
                    by,
                    at,
                    record.decision.clone(),
                    record.finding.id,
                    revision
                ],
            )
            .await
    }

    async fn move_findings(&mut self, from: VulnerabilityId, into: VulnerabilityId) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE finding SET vulnerability_id = $2, revision = revision + 1 WHERE vulnerability_id = $1",
                values![from, into],
            )
            .await?;
        Ok(())
    }

    async fn findings_behind(&mut self, vulnerability: VulnerabilityId) -> Stored<Vec<Loaded<FindingRecord>>> {
        let sql = format!("{RECORD} WHERE f.vulnerability_id = $1 ORDER BY f.decided_at, f.id LIMIT 100");
        let rows = self.sql.fetch_built(sql, values![vulnerability]).await?;
        self.finding_records(&rows).await
    }
}
