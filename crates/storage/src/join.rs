//! Organisations that run a product and join the campaign that tests it.

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::ids::{CampaignId, OrganisationId, PersonId};
use domain::join::JoinState;
use domain::machine::Machine;
use domain::time::Window;
use std::collections::HashMap;
use use_cases::ports::{GroupJoin, JoinFacts, JoinRow, Joins, Stored};
use uuid::Uuid;

const FACTS: &str = "SELECT c.revision,
        EXISTS (SELECT 1 FROM campaign_product t JOIN deployment d ON d.product_id = t.product_id
            WHERE t.campaign_id = c.id AND d.organisation_id = $2 AND d.state = 'confirmed'
            AND d.from_at <= $3 AND (d.until_at IS NULL OR d.until_at > $3)) AS runs,
        g.published_at IS NOT NULL AND c.state NOT IN ('draft', 'cancelled') AS published,
        EXISTS (SELECT 1 FROM programme_member m WHERE m.programme_id = c.programme_id AND m.organisation_id = $2
            AND m.accepted_at <= $3 AND (m.until_at IS NULL OR m.until_at > $3)) AS member,
        EXISTS (SELECT 1 FROM campaign_party y WHERE y.campaign_id = c.id AND y.organisation_id = $2
            AND y.until_at IS NULL) AS party
    FROM campaign c JOIN programme g ON g.id = c.programme_id WHERE c.id = $1";

/// That who joined still runs, confirmed, what is tested: with it ends what joining gave.
pub(crate) const RUNS: &str =
    "EXISTS (SELECT 1 FROM campaign_product t JOIN deployment d ON d.product_id = t.product_id
    WHERE t.campaign_id = j.campaign_id AND d.organisation_id = j.organisation_id AND d.state = 'confirmed'
    AND d.until_at IS NULL)";

/// That the group that brought one in, or proposes it, still answers for it: by delegation, or as a group of which it
/// is a member.
pub(crate) const TIED: &str = "EXISTS (SELECT 1 FROM affiliation a JOIN organisation g ON g.id = a.within_id
    WHERE a.organisation_id = j.organisation_id AND a.within_id = j.group_id AND a.until_at IS NULL
    AND (a.kind = 'delegated' OR (a.kind = 'member' AND g.kind IN ('group', 'epci', 'ept', 'departement', 'region'))))";

const NAMED: &str = "SELECT j.*, o.name AS organisation_name, b.name AS group_name FROM campaign_join j
    JOIN organisation o ON o.id = j.organisation_id LEFT JOIN organisation b ON b.id = j.group_id";

/// What is open of a campaign; a proposal as long as its group answers for whom it asks.
const OPEN: &str = "WHERE j.campaign_id = $1 AND j.ended_at IS NULL";

/// Gives the statement of what is open of a campaign, narrowed further.
fn open(narrowed: &str) -> String {
    format!("{NAMED} {OPEN} AND (j.state <> 'proposed' OR {TIED}) {narrowed}")
}

fn join(row: &Row) -> Stored<JoinRow> {
    let group_name: Option<String> = row.get("group_name")?;
    Ok(JoinRow {
        id: row.get("id")?,
        campaign: row.get("campaign_id")?,
        organisation: row.get("organisation_id")?,
        organisation_name: row.get("organisation_name")?,
        state: row.code("state", JoinState::from_code)?,
        asked_at: row.get("asked_at")?,
        group: row.get("group_id")?,
        group_name: group_name.unwrap_or_default(),
    })
}

#[async_trait]
impl Joins for SqlSession {
    async fn join_facts(
        &mut self,
        campaign: CampaignId,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> Stored<Option<Loaded<JoinFacts>>> {
        let Some(row) = self
            .sql
            .fetch_optional(FACTS, values![campaign, organisation, now])
            .await?
        else {
            return Ok(None);
        };
        let open = open("AND j.organisation_id = $2");
        let open = self.sql.fetch_built(open, values![campaign, organisation]).await?;
        let facts = JoinFacts {
            organisation,
            runs: row.get("runs")?,
            published: row.get("published")?,
            member: row.get("member")?,
            party: row.get("party")?,
            join: open.first().map(join).transpose()?,
        };
        Ok(Some(Loaded::from_row(facts, row.get("revision")?)))
    }

    async fn joins(&mut self, campaign: CampaignId, state: JoinState, limit: i64) -> Stored<Vec<JoinRow>> {
        let narrowed = format!("AND j.state = $2 AND (j.state = 'asked' OR {RUNS}) ORDER BY j.asked_at, j.id LIMIT $3");
        let sql = open(&narrowed);
        let rows = self
            .sql
            .fetch_built(sql, values![campaign, state.code(), limit])
            .await?;
        rows.iter().map(join).collect()
    }

    async fn count_asked(&mut self, campaigns: &[CampaignId]) -> Stored<HashMap<CampaignId, i64>> {
        let head = "SELECT campaign_id, CAST(COUNT(*) AS BIGINT) AS n FROM campaign_join
             WHERE ended_at IS NULL AND state = 'asked' AND campaign_id";
        let rows = self.fetch_in(head, campaigns, " GROUP BY campaign_id").await?;
        rows.iter()
            .map(|row| Ok((row.get("campaign_id")?, row.get("n")?)))
            .collect()
    }

    async fn count_joined(&mut self, campaign: CampaignId) -> Stored<i64> {
        let sql = format!(
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM campaign_join j
             WHERE j.campaign_id = $1 AND j.ended_at IS NULL AND j.state = 'joined' AND {RUNS}"
        );
        let rows = self.sql.fetch_built(sql, values![campaign]).await?;
        rows.first().map_or(Ok(0), |row| row.get("n"))
    }

    async fn join(&mut self, campaign: CampaignId, id: Uuid) -> Stored<Option<JoinRow>> {
        let rows = self
            .sql
            .fetch_built(open("AND j.id = $2"), values![campaign, id])
            .await?;
        rows.first().map(join).transpose()
    }

    async fn joins_by(&mut self, campaign: CampaignId, organisations: &[OrganisationId]) -> Stored<Vec<JoinRow>> {
        if organisations.is_empty() {
            return Ok(Vec::new());
        }
        let (own, size) = placeholders(2, organisations.len());
        let mut values = values![campaign];
        values.extend(padded(organisations, size).into_iter().map(Value::from));
        let narrowed = format!("AND j.organisation_id IN ({own}) ORDER BY j.asked_at, j.id");
        let sql = open(&narrowed);
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(join).collect()
    }

    async fn insert_join(&mut self, join: &JoinRow, by: Option<PersonId>) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO campaign_join (id, campaign_id, organisation_id, state, asked_by, asked_at, group_id)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![
                    join.id,
                    join.campaign,
                    join.organisation,
                    join.state.code(),
                    by,
                    join.asked_at,
                    join.group
                ],
            )
            .await?;
        Ok(())
    }

    async fn move_join(&mut self, join: &JoinRow, to: JoinState, by: Option<PersonId>, at: Timestamp) -> Stored<()> {
        let ended = to.is_terminal().then_some(at);
        self.sql
            .execute_one(
                "UPDATE campaign_join SET state = $3, answered_by = $4, answered_at = $5, ended_at = $6
                 WHERE id = $1 AND state = $2 AND ended_at IS NULL",
                values![join.id, join.state.code(), to.code(), by, at, ended],
            )
            .await
    }

    async fn joins_by_group(
        &mut self,
        organisations: &[OrganisationId],
        now: Timestamp,
        limit: i64,
    ) -> Stored<Vec<GroupJoin>> {
        if organisations.is_empty() {
            return Ok(Vec::new());
        }
        let (own, size) = placeholders(3, organisations.len());
        let mut values = values![limit, now];
        values.extend(padded(organisations, size).into_iter().map(Value::from));
        let sql = format!(
            "SELECT j.*, o.name AS organisation_name, b.name AS group_name, c.name AS campaign_name, c.opens_at,
                 c.closes_at FROM campaign_join j JOIN organisation o ON o.id = j.organisation_id
             JOIN organisation b ON b.id = j.group_id JOIN campaign c ON c.id = j.campaign_id
             WHERE j.organisation_id IN ({own}) AND j.ended_at IS NULL AND j.state IN ('proposed', 'joined')
               AND c.state IN ('draft', 'planned', 'ready', 'open', 'suspended') AND {TIED} AND {RUNS}
               AND ((j.state = 'proposed' AND c.closes_at > $2)
                 OR (j.state = 'joined' AND j.answered_at IS NULL AND c.opens_at > $2))
             ORDER BY c.opens_at, j.id LIMIT $1"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(GroupJoin {
                    join: join(row)?,
                    campaign_name: row.get("campaign_name")?,
                    window: Window {
                        opens_at: row.get("opens_at")?,
                        closes_at: row.get("closes_at")?,
                    },
                })
            })
            .collect()
    }

    async fn lapse_proposals(
        &mut self,
        organisation: OrganisationId,
        group: OrganisationId,
        at: Timestamp,
    ) -> Stored<Vec<CampaignId>> {
        let sql = format!(
            "SELECT j.id, j.campaign_id, j.state FROM campaign_join j WHERE j.organisation_id = $1 AND j.group_id = $2
             AND j.ended_at IS NULL AND NOT {TIED} AND (j.state = 'proposed' OR (j.state = 'joined' AND j.answered_at IS NULL
               AND EXISTS (SELECT 1 FROM campaign c WHERE c.id = j.campaign_id AND c.state = 'draft'))) ORDER BY j.id"
        );
        let mut campaigns = Vec::new();
        for row in self.sql.fetch_built(sql, values![organisation, group]).await? {
            self.sql
                .execute_one(
                    "UPDATE campaign_join SET state = 'lapsed', answered_at = $2, ended_at = $2
                     WHERE id = $1 AND state = $3 AND ended_at IS NULL",
                    values![row.get::<Uuid>("id")?, at, row.get::<String>("state")?],
                )
                .await?;
            campaigns.push(row.get("campaign_id")?);
        }
        Ok(campaigns)
    }
}
