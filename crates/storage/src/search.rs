//! What search keeps of texts: sealed documents, and a number that grows with each change of a shard.

use crate::engine::Row;
use crate::report::AUTHORED;
use crate::session::SqlSession;
use crate::values;
use crate::vulnerability::{handled, learned, public_shards};
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{CampaignId, PersonId, ProductId};
use use_cases::ports::{SearchRow, Searches, ShardHead, Stored, TextKind, VulnerabilityVisibility};
use uuid::Uuid;

/// The kind of holder whose shard is numbered in its own row: the text of a vulnerability is all that its shard has.
const VULNERABILITY: &str = "vulnerability";

/// What is read of the shard of a vulnerability `v`.
pub(crate) const OF_VULNERABILITY: &str =
    "v.product_id, 'vulnerability' AS holder_kind, v.id AS holder_id, v.search_seq AS last_seq";

fn head(row: &Row) -> Stored<ShardHead> {
    Ok(ShardHead {
        product: row.get("product_id")?,
        holder_kind: row.get("holder_kind")?,
        holder: row.get("holder_id")?,
        last_seq: row.get("last_seq")?,
    })
}

fn document(row: &Row) -> Stored<SearchRow> {
    Ok(SearchRow {
        id: row.get("id")?,
        kind: row.code("subject_kind", TextKind::from_code)?,
        product: row.get("product_id")?,
        holder_kind: row.get("holder_kind")?,
        holder: row.get("holder_id")?,
        tokens: row.get("tokens_sealed")?,
    })
}

#[async_trait]
impl Searches for SqlSession {
    async fn keep_document(&mut self, one: &SearchRow) -> Stored<()> {
        let seq = self.next_number(one).await?;
        self.sql
            .execute(
                "INSERT INTO search_document (id, subject_kind, product_id, holder_kind, holder_id, seq, tokens_sealed)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, tokens_sealed = excluded.tokens_sealed",
                values![
                    one.id,
                    one.kind.code(),
                    one.product,
                    &one.holder_kind,
                    one.holder,
                    seq,
                    one.tokens.clone()
                ],
            )
            .await?;
        Ok(())
    }

    async fn shards_of(&mut self, product: ProductId) -> Stored<Vec<ShardHead>> {
        let sql = format!(
            "SELECT product_id, holder_kind, holder_id, last_seq FROM search_shard WHERE product_id = $1
             UNION ALL SELECT {OF_VULNERABILITY} FROM vulnerability v WHERE v.product_id = $1 AND v.search_seq > 0"
        );
        let rows = self.sql.fetch_built(sql, values![product]).await?;
        rows.iter().map(head).collect()
    }

    async fn shards_held_by(&mut self, holders: &[Uuid]) -> Stored<Vec<ShardHead>> {
        let rows = self
            .fetch_in("SELECT * FROM search_shard WHERE holder_id", holders, "")
            .await?;
        rows.iter().map(head).collect()
    }

    async fn shards_handled(
        &mut self,
        reader: &VulnerabilityVisibility,
        product: Option<ProductId>,
        now: Timestamp,
        limit: i64,
    ) -> Stored<Vec<ShardHead>> {
        let Some((sql, values)) = handled(reader, product, now, limit) else {
            return Ok(Vec::new());
        };
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(head).collect()
    }

    async fn shards_learned(
        &mut self,
        reader: &VulnerabilityVisibility,
        product: Option<ProductId>,
        now: Timestamp,
        limit: i64,
    ) -> Stored<Vec<ShardHead>> {
        let Some((sql, values)) = learned(reader, product, now, limit) else {
            return Ok(Vec::new());
        };
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(head).collect()
    }

    async fn shards_public(
        &mut self,
        product: Option<ProductId>,
        now: Timestamp,
        limit: i64,
    ) -> Stored<Vec<ShardHead>> {
        let (sql, values) = public_shards(product, now, limit);
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(head).collect()
    }

    async fn own_documents(&mut self, author: PersonId, limit: i64) -> Stored<Vec<SearchRow>> {
        let sql = format!(
            "SELECT d.* FROM report r JOIN search_document d ON d.id = r.id
             WHERE {AUTHORED} ORDER BY r.created_at DESC, r.id DESC LIMIT $2"
        );
        let rows = self.sql.fetch_built(sql, values![author, limit]).await?;
        rows.iter().map(document).collect()
    }

    async fn documents_after(&mut self, shard: &ShardHead, seq: i64) -> Stored<Vec<SearchRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM search_document
                 WHERE product_id = $1 AND holder_kind = $2 AND holder_id = $3 AND seq > $4 ORDER BY seq",
                values![shard.product, &shard.holder_kind, shard.holder, seq],
            )
            .await?;
        rows.iter().map(document).collect()
    }

    async fn tested_version(&mut self, campaign: CampaignId, product: ProductId) -> Stored<Option<String>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT v.version FROM campaign_product t JOIN product_version v ON v.id = t.version_id
                 WHERE t.campaign_id = $1 AND t.product_id = $2",
                values![campaign, product],
            )
            .await?;
        row.map(|row| row.get("version")).transpose()
    }
}

impl SqlSession {
    /// Numbers a change of a shard. Its row is held until the end: what it numbers is committed in the order of its numbers.
    async fn next_number(&mut self, one: &SearchRow) -> Stored<i64> {
        let row = if one.holder_kind == VULNERABILITY {
            let sql = "UPDATE vulnerability SET search_seq = search_seq + 1 WHERE id = $1 RETURNING search_seq AS seq";
            self.sql.fetch_one(sql, values![one.holder]).await?
        } else {
            let sql = "INSERT INTO search_shard (product_id, holder_kind, holder_id, last_seq) VALUES ($1, $2, $3, 1)
                 ON CONFLICT (product_id, holder_kind, holder_id) DO UPDATE SET last_seq = search_shard.last_seq + 1
                 RETURNING last_seq AS seq";
            let values = values![one.product, &one.holder_kind, one.holder];
            self.sql.fetch_one(sql, values).await?
        };
        row.get("seq")
    }

    /// Takes what search keeps of a holder's texts away; nodes that hold it open learn of it by the shard's number.
    pub(crate) async fn forget_documents(&mut self, holder_kind: &str, holder: Uuid) -> Stored<()> {
        if holder_kind == VULNERABILITY {
            return self.forget_vulnerability(holder).await;
        }
        self.sql
            .execute(
                "UPDATE search_shard SET last_seq = last_seq + 1 WHERE holder_kind = $1 AND holder_id = $2",
                values![holder_kind, holder],
            )
            .await?;
        self.sql
            .execute(
                "UPDATE search_document SET tokens_sealed = NULL, seq = (SELECT s.last_seq FROM search_shard s
                     WHERE s.product_id = search_document.product_id AND s.holder_kind = $1 AND s.holder_id = $2)
                 WHERE holder_kind = $1 AND holder_id = $2",
                values![holder_kind, holder],
            )
            .await?;
        Ok(())
    }

    async fn forget_vulnerability(&mut self, id: Uuid) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE vulnerability SET search_seq = search_seq + 1 WHERE id = $1",
                values![id],
            )
            .await?;
        self.sql
            .execute(
                "UPDATE search_document SET tokens_sealed = NULL,
                     seq = (SELECT v.search_seq FROM vulnerability v WHERE v.id = $1)
                 WHERE holder_kind = 'vulnerability' AND holder_id = $1",
                values![id],
            )
            .await?;
        Ok(())
    }
}
