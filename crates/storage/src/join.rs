//! Organisations that run a product and join the campaign that tests it.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::ids::{CampaignId, OrganisationId, PersonId};
use domain::join::JoinState;
use domain::machine::Machine;
use use_cases::ports::{JoinFacts, JoinRow, Joins, Stored};

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

const OPEN: &str = "SELECT j.*, o.name AS organisation_name FROM campaign_join j
    JOIN organisation o ON o.id = j.organisation_id
    WHERE j.campaign_id = $1 AND j.ended_at IS NULL ORDER BY j.asked_at, j.id LIMIT 500";

fn join(row: &Row) -> Stored<JoinRow> {
    Ok(JoinRow {
        id: row.get("id")?,
        campaign: row.get("campaign_id")?,
        organisation: row.get("organisation_id")?,
        organisation_name: row.get("organisation_name")?,
        state: row.code("state", JoinState::from_code)?,
        asked_at: row.get("asked_at")?,
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
        let open = self.joins(campaign).await?;
        let facts = JoinFacts {
            organisation,
            runs: row.get("runs")?,
            published: row.get("published")?,
            member: row.get("member")?,
            party: row.get("party")?,
            join: open.into_iter().find(|join| join.organisation == organisation),
        };
        Ok(Some(Loaded::from_row(facts, row.get("revision")?)))
    }

    async fn joins(&mut self, campaign: CampaignId) -> Stored<Vec<JoinRow>> {
        let rows = self.sql.fetch(OPEN, values![campaign]).await?;
        rows.iter().map(join).collect()
    }

    async fn insert_join(&mut self, join: &JoinRow, by: Option<PersonId>) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO campaign_join (id, campaign_id, organisation_id, state, asked_by, asked_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                values![
                    join.id,
                    join.campaign,
                    join.organisation,
                    join.state.code(),
                    by,
                    join.asked_at
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
}
