//! The other products that a vulnerability affects.

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{PersonId, VulnerabilityId};
use use_cases::ports::{LinkRow, LinkedProducts, Stored};
use uuid::Uuid;

fn link(row: &Row) -> Stored<LinkRow> {
    Ok(LinkRow {
        id: row.get("id")?,
        vulnerability: row.get("vulnerability_id")?,
        product: row.get("product_id")?,
        product_name: row.get("product_name")?,
        vendor: row.get("vendor_id")?,
        vendor_name: row.get("vendor_name")?,
        ranges: row.get("ranges_sealed")?,
        reason: row.get("reason_sealed")?,
        by: row.get("linked_by")?,
        at: row.get("linked_at")?,
    })
}

impl SqlSession {
    /// Gives the other products that some vulnerabilities affect, the first linked first.
    pub(crate) async fn links_of(&mut self, ids: &[VulnerabilityId]) -> Stored<Vec<LinkRow>> {
        let (list, size) = placeholders(1, ids.len());
        let sql = format!(
            "SELECT l.*, p.name AS product_name, p.vendor_id, o.name AS vendor_name FROM vulnerability_product l
             JOIN product p ON p.id = l.product_id JOIN organisation o ON o.id = p.vendor_id
             WHERE l.vulnerability_id IN ({list}) AND l.until_at IS NULL ORDER BY l.linked_at, l.id"
        );
        let values = padded(ids, size).into_iter().map(Value::from).collect();
        self.sql.fetch_built(sql, values).await?.iter().map(link).collect()
    }
}

#[async_trait]
impl LinkedProducts for SqlSession {
    async fn links(&mut self, id: VulnerabilityId) -> Stored<Vec<LinkRow>> {
        self.links_of(&[id]).await
    }

    async fn insert_link(&mut self, row: &LinkRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO vulnerability_product (id, vulnerability_id, product_id, ranges_sealed, reason_sealed, linked_by, linked_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![
                    row.id,
                    row.vulnerability,
                    row.product,
                    row.ranges.clone(),
                    row.reason.clone(),
                    row.by,
                    row.at
                ],
            )
            .await?;
        Ok(())
    }

    async fn end_link(&mut self, id: Uuid, by: PersonId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE vulnerability_product SET until_at = $1, ended_by = $2 WHERE id = $3 AND until_at IS NULL",
                values![at, by, id],
            )
            .await
    }
}
