//! The people who are named in person for a vulnerability that is TLP:RED.

use crate::engine::Row;
use crate::organisation::having_words;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{PersonId, VulnerabilityId};
use domain::role::Role;
use use_cases::ports::{NamedAmong, NamedCandidate, NamedPeople, NamedRow, Stored};
use uuid::Uuid;

fn named(row: &Row) -> Stored<NamedRow> {
    Ok(NamedRow {
        id: row.get("id")?,
        vulnerability: row.get("vulnerability_id")?,
        person: row.get("person_id")?,
        reason: row.get("reason_sealed")?,
        by: row.get("named_by")?,
        at: row.get("named_at")?,
        until: row.get("until_at")?,
    })
}

fn candidate(row: &Row) -> Stored<NamedCandidate> {
    Ok(NamedCandidate {
        person: row.get("person_id")?,
        organisation: row.get("organisation_id")?,
        organisation_name: row.get("name")?,
        role: row.code("role", Role::from_code)?,
    })
}

/// Who runs, or hosts, what the vulnerability `flaw` reaches.
const IN_CIRCLE: &str =
    "SELECT organisation_id FROM run UNION SELECT host_id FROM run WHERE host_id IS NOT NULL UNION ";

#[async_trait]
impl NamedPeople for SqlSession {
    async fn named(&mut self, id: VulnerabilityId) -> Stored<Vec<NamedRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM vulnerability_named WHERE vulnerability_id = $1 ORDER BY named_at, id LIMIT 500",
                values![id],
            )
            .await?;
        rows.iter().map(named).collect()
    }

    async fn named_candidates(
        &mut self,
        id: VulnerabilityId,
        among: &NamedAmong,
        now: Timestamp,
        limit: i64,
    ) -> Stored<Vec<NamedCandidate>> {
        let mut values = values![id, now];
        let narrowed = match among {
            NamedAmong::All | NamedAmong::Handlers => String::new(),
            NamedAmong::Words(words) => having_words("g.organisation_id", words, &mut values),
            NamedAmong::Person(person) => {
                values.push((*person).into());
                format!(" AND g.person_id = ${}", values.len())
            }
        };
        let circle = match among {
            NamedAmong::Handlers => "",
            _ => IN_CIRCLE,
        };
        values.push(limit.into());
        let sql = format!(
            "WITH flaw (id, product_id, reach, organisation_id, campaign_id) AS (
                 SELECT id, product_id, reach, organisation_id, campaign_id FROM vulnerability WHERE id = $1),
             affected (id) AS (
                 SELECT product_id FROM flaw
                 UNION SELECT l.product_id FROM vulnerability_product l WHERE l.vulnerability_id = $1 AND l.until_at IS NULL),
             run (organisation_id, host_id) AS (
                 SELECT d.organisation_id, d.host_id FROM affected a JOIN deployment d ON d.product_id = a.id, flaw v
                 WHERE d.state <> 'ended' AND d.from_at <= $2 AND (d.until_at IS NULL OR d.until_at > $2)
                   AND (v.reach = 'product' OR v.organisation_id = d.organisation_id)),
             place (id) AS (
                 {circle}SELECT p.vendor_id FROM product p JOIN flaw v ON v.product_id = p.id
                 UNION SELECT t.organisation_id FROM campaign_party t WHERE t.from_at <= $2
                   AND (t.until_at IS NULL OR t.until_at > $2)
                   AND t.campaign_id IN (SELECT campaign_id FROM flaw
                     UNION SELECT campaign_id FROM vulnerability_evidence WHERE vulnerability_id = $1))
             SELECT g.person_id, g.organisation_id, g.role, o.name FROM role_grant g
             JOIN organisation o ON o.id = g.organisation_id
             WHERE g.organisation_id IN (SELECT id FROM place) AND g.role <> 'hunter'{narrowed}
               AND g.from_at <= $2 AND (g.until_at IS NULL OR g.until_at > $2)
               AND NOT EXISTS (SELECT 1 FROM vulnerability_named n
                 WHERE n.vulnerability_id = $1 AND n.person_id = g.person_id AND n.until_at IS NULL)
             ORDER BY o.name_sort, o.id, g.person_id, g.role LIMIT ${}",
            values.len()
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(candidate).collect()
    }

    async fn insert_named(&mut self, row: &NamedRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO vulnerability_named (id, vulnerability_id, person_id, reason_sealed, named_by, named_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                values![
                    row.id,
                    row.vulnerability,
                    row.person,
                    row.reason.clone(),
                    row.by,
                    row.at
                ],
            )
            .await?;
        Ok(())
    }

    async fn end_named(&mut self, id: Uuid, by: PersonId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE vulnerability_named SET until_at = $1, ended_by = $2 WHERE id = $3 AND until_at IS NULL",
                values![at, by, id],
            )
            .await
    }
}
