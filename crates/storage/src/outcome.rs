//! What programmes show, the home page's lists, and what the public log shows.

use crate::engine::Row;
use crate::session::SqlSession;
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::campaign::has_ended;
use domain::ids::{CampaignId, ProgrammeId};
use domain::programme::NoticeKind;
use domain::time::Window;
use domain::{CampaignState, Timestamp};
use use_cases::ports::{EntryRow, OpenCallRow, OutcomeCampaign, OutcomeRow, Outcomes, Stored};

const OUTCOME: &str =
    "SELECT g.*, o.name AS owner_name FROM programme g JOIN organisation o ON o.id = g.owner_id WHERE g.slug = $1";

const CAMPAIGNS: &str = "SELECT c.*,
        (SELECT CAST(COUNT(*) AS BIGINT) FROM report r WHERE r.campaign_id = c.id AND r.submitted_at IS NOT NULL) AS reports,
        (SELECT CAST(COUNT(DISTINCT h.person_id) AS BIGINT) FROM campaign_person h WHERE h.campaign_id = c.id AND h.part = 'hunter') AS hunters
    FROM campaign c WHERE c.programme_id = $1 AND c.state NOT IN ('draft', 'cancelled') ORDER BY c.opens_at, c.id LIMIT 200";

impl SqlSession {
    async fn outcome_row(&mut self, row: &Row, now: Timestamp) -> Stored<OutcomeRow> {
        let id: ProgrammeId = row.get("id")?;
        let members = self
            .sql
            .fetch(
                "SELECT DISTINCT organisation_id FROM programme_member
                 WHERE programme_id = $1 AND accepted_at <= $2 AND (until_at IS NULL OR until_at > $2)",
                values![id, now],
            )
            .await?;
        let parties = self
            .sql
            .fetch(
                "SELECT DISTINCT p.organisation_id, p.part FROM campaign_party p JOIN campaign c ON c.id = p.campaign_id
                 WHERE c.programme_id = $1 AND p.until_at IS NULL AND c.state NOT IN ('draft', 'cancelled')",
                values![id],
            )
            .await?;
        Ok(OutcomeRow {
            id,
            slug: row.get("slug")?,
            name: row.get("name")?,
            summary: row.get("summary")?,
            legal_basis: row.get("legal_basis")?,
            notice: row.code("notice_kind", NoticeKind::from_code)?,
            owner: row.get("owner_id")?,
            owner_name: row.get("owner_name")?,
            published_at: row.get("published_at")?,
            members: members
                .iter()
                .map(|row| row.get("organisation_id"))
                .collect::<Stored<_>>()?,
            parties: parties
                .iter()
                .map(|row| Ok((row.get("organisation_id")?, row.get("part")?)))
                .collect::<Stored<_>>()?,
        })
    }

    async fn outcome_products(
        &mut self,
        campaign: CampaignId,
    ) -> Stored<Vec<(domain::ids::ProductId, String, String)>> {
        let rows = self
            .sql
            .fetch(
                "SELECT p.id, p.name, v.version FROM campaign_product t JOIN product p ON p.id = t.product_id
                 LEFT JOIN product_version v ON v.id = t.version_id WHERE t.campaign_id = $1 ORDER BY p.name_sort, p.id",
                values![campaign],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let version: Option<String> = row.get("version")?;
                Ok((row.get("id")?, row.get("name")?, version.unwrap_or_default()))
            })
            .collect()
    }
}

#[async_trait]
impl Outcomes for SqlSession {
    async fn outcome(&mut self, slug: &str, now: Timestamp) -> Stored<Option<Loaded<OutcomeRow>>> {
        let Some(row) = self.sql.fetch_optional(OUTCOME, values![slug]).await? else {
            return Ok(None);
        };
        let outcome = self.outcome_row(&row, now).await?;
        Ok(Some(Loaded::from_row(outcome, row.get("revision")?)))
    }

    async fn outcome_campaigns(&mut self, programme: ProgrammeId, now: Timestamp) -> Stored<Vec<OutcomeCampaign>> {
        let mut campaigns = Vec::new();
        for row in self.sql.fetch(CAMPAIGNS, values![programme]).await? {
            let id: CampaignId = row.get("id")?;
            let state = row.code("state", CampaignState::from_code)?;
            let window = Window {
                opens_at: row.get("opens_at")?,
                closes_at: row.get("closes_at")?,
            };
            campaigns.push(OutcomeCampaign {
                id,
                name: row.get("name")?,
                state,
                opens_at: window.opens_at,
                closes_at: window.closes_at,
                ended: has_ended(state, window, now),
                products: self.outcome_products(id).await?,
                reports: row.get("reports")?,
                hunters: row.get("hunters")?,
            });
        }
        Ok(campaigns)
    }

    async fn published_programmes(&mut self) -> Stored<Vec<(String, String, String)>> {
        let rows = self
            .sql
            .fetch(
                "SELECT slug, name, summary FROM programme WHERE published_at IS NOT NULL ORDER BY published_at DESC, id LIMIT 50",
                values![],
            )
            .await?;
        rows.iter()
            .map(|row| Ok((row.get("slug")?, row.get("name")?, row.get("summary")?)))
            .collect()
    }

    async fn open_calls(&mut self, now: Timestamp) -> Stored<Vec<OpenCallRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT c.id, c.title, c.places, c.closes_at, g.name AS programme FROM call c JOIN programme g ON g.id = c.programme_id
                 WHERE c.state IN ('published', 'open') AND c.opens_at <= $1 AND c.closes_at > $1 AND g.published_at IS NOT NULL
                 ORDER BY c.closes_at, c.id LIMIT 20",
                values![now],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(OpenCallRow {
                    id: row.get("id")?,
                    title: row.get("title")?,
                    programme: row.get("programme")?,
                    places: row.get("places")?,
                    closes_at: row.get("closes_at")?,
                })
            })
            .collect()
    }

    async fn public_entry_by_leaf(&mut self, leaf: &[u8; 32]) -> Stored<Option<EntryRow>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT * FROM journal_entry WHERE leaf_hash = $1 AND log = 'public'",
                values![*leaf],
            )
            .await?;
        row.as_ref().map(crate::foundation::journal_entry).transpose()
    }

    async fn newest_public_entries(&mut self, limit: i64) -> Stored<Vec<(String, Timestamp, Option<i64>)>> {
        let rows = self
            .sql
            .fetch(
                "SELECT kind, at, leaf_index FROM journal_entry WHERE log = 'public' ORDER BY id DESC LIMIT $1",
                values![limit],
            )
            .await?;
        rows.iter()
            .map(|row| Ok((row.get("kind")?, row.get("at")?, row.get("leaf_index")?)))
            .collect()
    }
}
