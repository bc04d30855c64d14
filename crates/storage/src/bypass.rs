//! Reports that get around a fix.

use crate::engine::Value;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::bypass::can_be_bypassed;
use domain::ids::{PersonId, ProductId, ReportId, VulnerabilityId};
use domain::vulnerability::VulnerabilityState;
use use_cases::ports::{Bypasses, KnownRow, Stored};

#[async_trait]
impl Bypasses for SqlSession {
    async fn bypass_of(&mut self, report: ReportId) -> Stored<Option<VulnerabilityId>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT vulnerability_id FROM report_bypass WHERE report_id = $1 AND refuted_at IS NULL",
                values![report],
            )
            .await?;
        row.map(|row| row.get("vulnerability_id")).transpose()
    }

    async fn set_bypass(&mut self, report: ReportId, of: Option<VulnerabilityId>, at: Timestamp) -> Stored<()> {
        let Some(of) = of else {
            self.sql
                .execute("DELETE FROM report_bypass WHERE report_id = $1", values![report])
                .await?;
            return Ok(());
        };
        self.sql
            .execute(
                "INSERT INTO report_bypass (report_id, vulnerability_id, declared_at) VALUES ($1, $2, $3)
                 ON CONFLICT (report_id) DO UPDATE SET vulnerability_id = $2, declared_at = $3, refuted_at = NULL",
                values![report, of, at],
            )
            .await?;
        Ok(())
    }

    async fn refute_bypass(&mut self, report: ReportId, at: Option<Timestamp>) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE report_bypass SET refuted_at = $2 WHERE report_id = $1",
                values![report, at],
            )
            .await?;
        Ok(())
    }

    async fn move_bypasses(&mut self, from: VulnerabilityId, into: VulnerabilityId) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE report_bypass SET vulnerability_id = $2 WHERE vulnerability_id = $1",
                values![from, into],
            )
            .await?;
        Ok(())
    }

    async fn bypasses(&mut self, id: VulnerabilityId) -> Stored<Vec<VulnerabilityId>> {
        let rows = self
            .sql
            .fetch(
                "SELECT DISTINCT e.vulnerability_id FROM report_bypass b
                     JOIN vulnerability_evidence e ON e.report_id = b.report_id
                 WHERE b.vulnerability_id = $1 AND b.refuted_at IS NULL AND e.vulnerability_id <> $1
                 ORDER BY e.vulnerability_id LIMIT 50",
                values![id],
            )
            .await?;
        rows.iter().map(|row| row.get("vulnerability_id")).collect()
    }

    async fn bypassed(&mut self, id: VulnerabilityId) -> Stored<Vec<VulnerabilityId>> {
        let rows = self
            .sql
            .fetch(
                "SELECT DISTINCT b.vulnerability_id FROM vulnerability_evidence e
                     JOIN report_bypass b ON b.report_id = e.report_id
                 WHERE e.vulnerability_id = $1 AND b.refuted_at IS NULL AND b.vulnerability_id <> $1
                 ORDER BY b.vulnerability_id LIMIT 50",
                values![id],
            )
            .await?;
        rows.iter().map(|row| row.get("vulnerability_id")).collect()
    }

    async fn known_to(&mut self, person: PersonId, products: &[ProductId], now: Timestamp) -> Stored<Vec<KnownRow>> {
        if products.is_empty() {
            return Ok(Vec::new());
        }
        let told: Vec<VulnerabilityState> = VulnerabilityState::ALL
            .iter()
            .copied()
            .filter(|state| can_be_bypassed(*state, true))
            .collect();
        let mut values: Vec<Value> = values![person, now];
        let mut list = |of: Vec<Value>| {
            let places: Vec<String> = of
                .into_iter()
                .map(|one| {
                    values.push(one);
                    format!("${}", values.len())
                })
                .collect();
            places.join(", ")
        };
        let products = list(products.iter().map(|id| (*id).into()).collect());
        let states = list(told.iter().map(|state| state.code().into()).collect());
        let sql = format!(
            "SELECT v.id, v.product_id, v.opened_at, p.name AS product_name,
                 (SELECT CAST(COUNT(*) AS BIGINT) FROM retest t
                     WHERE t.vulnerability_id = v.id AND t.accepted_by = $1) AS retests
             FROM vulnerability v JOIN product p ON p.id = v.product_id
             WHERE v.product_id IN ({products}) AND v.state IN ({states}) AND v.fixed_version_id IS NOT NULL
                 AND v.id IN (
                     SELECT r.vulnerability_id FROM report r
                         WHERE r.reporter_id = $1 AND r.vulnerability_id IS NOT NULL
                     UNION SELECT r.vulnerability_id FROM report_author a JOIN report r ON r.id = a.report_id
                         WHERE a.person_id = $1 AND a.accepted_at IS NOT NULL AND r.vulnerability_id IS NOT NULL
                     UNION SELECT t.vulnerability_id FROM retest t WHERE t.accepted_by = $1)
                 AND EXISTS (
                     SELECT 1 FROM campaign_person h JOIN role_grant g ON g.id = h.grant_id
                         WHERE h.person_id = $1 AND h.part = 'hunter' AND h.suspended_at IS NULL
                             AND h.from_at <= $2 AND (h.until_at IS NULL OR h.until_at > $2)
                             AND g.from_at <= $2 AND (g.until_at IS NULL OR g.until_at > $2)
                             AND (h.campaign_id = v.campaign_id OR EXISTS (SELECT 1 FROM vulnerability_evidence e
                                 WHERE e.vulnerability_id = v.id AND e.campaign_id = h.campaign_id)))
             ORDER BY v.opened_at DESC, v.id DESC LIMIT 100"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(KnownRow {
                    id: row.get("id")?,
                    product: row.get("product_id")?,
                    product_name: row.get("product_name")?,
                    opened_at: row.get("opened_at")?,
                    retested: row.get::<i64>("retests")? > 0,
                })
            })
            .collect()
    }
}
