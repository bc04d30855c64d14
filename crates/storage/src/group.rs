//! What the members of a group run, and what they share of its campaigns.

use crate::engine::{Row, Value};
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::group::MemberFacts;
use domain::ids::OrganisationId;
use domain::join::JoinState;
use domain::organisation::OrganisationKind;
use use_cases::ports::{GroupMember, GroupProduct, Groups, StandingRow, Stored, TestedBy};

/// Those for whom organisation `$1` answers at `$2`: as policies say of deployments.
const TIED: &str = "SELECT a.organisation_id, MAX(CASE WHEN a.kind = 'delegated' THEN 1 ELSE 0 END) AS delegated
    FROM affiliation a JOIN organisation g ON g.id = a.within_id
    WHERE a.within_id = $1 AND a.from_at <= $2 AND (a.until_at IS NULL OR a.until_at > $2) AND (a.kind = 'delegated'
      OR (a.kind = 'member' AND g.kind IN ('group', 'epci', 'ept', 'departement', 'region')))
    GROUP BY a.organisation_id";

#[async_trait]
impl Groups for SqlSession {
    async fn group_members(&mut self, group: OrganisationId, at: Timestamp, limit: i64) -> Stored<Vec<GroupMember>> {
        let sql = format!(
            "SELECT o.id, o.name, o.kind, CAST(t.delegated AS BIGINT) AS delegated,
                 (SELECT CAST(COUNT(*) AS BIGINT) FROM deployment d WHERE d.organisation_id = o.id
                   AND d.state = 'confirmed' AND d.until_at IS NULL) AS confirmed,
                 (SELECT CAST(COUNT(*) AS BIGINT) FROM deployment d WHERE d.organisation_id = o.id
                   AND d.state = 'declared' AND d.until_at IS NULL) AS declared,
                 (SELECT CAST(COUNT(*) AS BIGINT) FROM programme p JOIN campaign c ON c.programme_id = p.id
                   WHERE p.owner_id = $1 AND c.state NOT IN ('draft', 'cancelled')
                   AND (EXISTS (SELECT 1 FROM campaign_party y WHERE y.campaign_id = c.id AND y.organisation_id = o.id
                       AND y.until_at IS NULL)
                     OR EXISTS (SELECT 1 FROM campaign_join j WHERE j.campaign_id = c.id AND j.organisation_id = o.id
                       AND j.state = 'joined' AND j.ended_at IS NULL))) AS campaigns
             FROM ({TIED}) t JOIN organisation o ON o.id = t.organisation_id
             WHERE o.ended_at IS NULL ORDER BY o.name_sort, o.id LIMIT $3"
        );
        let rows = self.sql.fetch_built(sql, values![group, at, limit]).await?;
        rows.iter()
            .map(|row| {
                Ok(GroupMember {
                    organisation: row.get("id")?,
                    name: row.get("name")?,
                    kind: row.code("kind", OrganisationKind::from_code)?,
                    delegated: row.get::<i64>("delegated")? > 0,
                    confirmed: row.get("confirmed")?,
                    declared: row.get("declared")?,
                    campaigns: row.get("campaigns")?,
                })
            })
            .collect()
    }

    async fn group_products(&mut self, group: OrganisationId, at: Timestamp, limit: i64) -> Stored<Vec<GroupProduct>> {
        let sql = format!(
            "SELECT r.id, r.name, r.slug, r.vendor_name, r.members, r.confirmed,
                 (SELECT CAST(COUNT(*) AS BIGINT) FROM programme g JOIN campaign c ON c.programme_id = g.id
                   JOIN campaign_product x ON x.campaign_id = c.id WHERE g.owner_id = $1 AND x.product_id = r.id
                   AND c.state NOT IN ('draft', 'cancelled')) AS campaigns
             FROM (SELECT p.id, p.name, p.name_sort, p.slug, v.name AS vendor_name,
                     CAST(COUNT(DISTINCT d.organisation_id) AS BIGINT) AS members,
                     CAST(COUNT(DISTINCT CASE WHEN d.state = 'confirmed' THEN d.organisation_id END) AS BIGINT) AS confirmed
                   FROM ({TIED}) t JOIN deployment d ON d.organisation_id = t.organisation_id AND d.until_at IS NULL
                   JOIN product p ON p.id = d.product_id JOIN organisation v ON v.id = p.vendor_id
                   WHERE d.state <> 'ended' GROUP BY p.id, p.name, p.name_sort, p.slug, v.name) r
             ORDER BY r.members DESC, r.name_sort, r.id LIMIT $3"
        );
        let rows = self.sql.fetch_built(sql, values![group, at, limit]).await?;
        rows.iter()
            .map(|row| {
                Ok(GroupProduct {
                    product: row.get("id")?,
                    name: row.get("name")?,
                    slug: row.get("slug")?,
                    vendor_name: row.get("vendor_name")?,
                    members: row.get("members")?,
                    confirmed: row.get("confirmed")?,
                    campaigns: row.get("campaigns")?,
                })
            })
            .collect()
    }

    async fn group_standings(
        &mut self,
        group: OrganisationId,
        tested: TestedBy,
        at: Timestamp,
        limit: i64,
    ) -> Stored<Vec<StandingRow>> {
        let (of, id): (&str, Value) = match tested {
            TestedBy::Product(id) => ("d.product_id = $4", id.into()),
            TestedBy::Campaign(id) => (
                "d.product_id IN (SELECT x.product_id FROM campaign_product x WHERE x.campaign_id = $4)",
                id.into(),
            ),
        };
        let runs = |state: &str| {
            format!(
                "EXISTS (SELECT 1 FROM deployment d WHERE d.organisation_id = o.id AND d.state = '{state}'
                 AND d.until_at IS NULL AND {of})"
            )
        };
        // A product has neither parties nor members of its own: its identifier is no campaign's.
        let sql = format!(
            "SELECT o.id, o.name, CAST(t.delegated AS BIGINT) AS delegated, {} AS confirmed, {} AS declared,
                 EXISTS (SELECT 1 FROM role_grant r WHERE r.organisation_id = o.id AND r.role = 'security_officer'
                   AND r.scope_kind = 'organisation' AND (r.until_at IS NULL OR r.until_at > $2)) AS answers,
                 EXISTS (SELECT 1 FROM campaign_party y WHERE y.campaign_id = $4 AND y.organisation_id = o.id
                   AND y.until_at IS NULL) AS party,
                 (SELECT j.state FROM campaign_join j WHERE j.campaign_id = $4 AND j.organisation_id = o.id
                   ORDER BY j.asked_at DESC, j.id DESC LIMIT 1) AS state,
                 (SELECT COALESCE(j.answered_at, j.asked_at) FROM campaign_join j WHERE j.campaign_id = $4
                   AND j.organisation_id = o.id ORDER BY j.asked_at DESC, j.id DESC LIMIT 1) AS since
             FROM ({TIED}) t JOIN organisation o ON o.id = t.organisation_id
             WHERE o.ended_at IS NULL ORDER BY o.name_sort, o.id LIMIT $3",
            runs("confirmed"),
            runs("declared"),
        );
        let rows = self
            .sql
            .fetch_built(sql, vec![group.into(), at.into(), limit.into(), id])
            .await?;
        rows.iter().map(standing).collect()
    }
}

fn standing(row: &Row) -> Stored<StandingRow> {
    let state: Option<String> = row.get("state")?;
    Ok(StandingRow {
        organisation: row.get("id")?,
        name: row.get("name")?,
        facts: MemberFacts {
            delegated: row.get::<i64>("delegated")? > 0,
            confirmed: row.get("confirmed")?,
            declared: row.get("declared")?,
            party: row.get("party")?,
            join: state.as_deref().and_then(JoinState::from_code),
        },
        since: row.get("since")?,
        answers: row.get("answers")?,
    })
}
