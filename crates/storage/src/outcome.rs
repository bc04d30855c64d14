//! What programmes show, the home page's lists, and what the public log shows.

use crate::engine::Row;
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::campaign::has_ended;
use domain::ids::{CampaignId, OrganisationId, ProductId, ProgrammeId, VulnerabilityId};
use domain::programme::NoticeKind;
use domain::time::Window;
use domain::{CampaignState, Timestamp};
use std::collections::HashMap;
use use_cases::ports::{EntryRow, OpenCallRow, OutcomeCampaign, OutcomeRow, Outcomes, Stored};

const OUTCOME: &str =
    "SELECT g.*, o.name AS owner_name FROM programme g JOIN organisation o ON o.id = g.owner_id WHERE g.slug = $1";

const CAMPAIGNS: &str = "SELECT * FROM campaign WHERE programme_id = $1 AND state NOT IN ('draft', 'cancelled') ORDER BY opens_at, id LIMIT 200";

/// A tested product: its identifier, its name and the tested version's.
type Tested = (ProductId, String, String);

impl SqlSession {
    async fn outcome_row(&mut self, row: &Row, among: &[OrganisationId], now: Timestamp) -> Stored<OutcomeRow> {
        let id: ProgrammeId = row.get("id")?;
        let mut members = Vec::new();
        if !among.is_empty() {
            let (list, size) = placeholders(3, among.len());
            let mut values = values![id, now];
            values.extend(padded(among, size).into_iter().map(Into::into));
            let sql = format!(
                "SELECT DISTINCT organisation_id FROM programme_member WHERE programme_id = $1 AND accepted_at <= $2
                 AND (until_at IS NULL OR until_at > $2) AND organisation_id IN ({list})"
            );
            members = self.sql.fetch_built(sql, values).await?;
        }
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

    /// Gives the products of campaigns, by campaign and by name.
    async fn outcome_products(&mut self, campaigns: &[CampaignId]) -> Stored<HashMap<CampaignId, Vec<Tested>>> {
        let head = "SELECT t.campaign_id, p.id, p.name, v.version FROM campaign_product t
            JOIN product p ON p.id = t.product_id LEFT JOIN product_version v ON v.id = t.version_id WHERE t.campaign_id";
        let mut products: HashMap<CampaignId, Vec<Tested>> = HashMap::new();
        for row in self.fetch_in(head, campaigns, " ORDER BY p.name_sort, p.id").await? {
            let version: Option<String> = row.get("version")?;
            let product = (row.get("id")?, row.get("name")?, version.unwrap_or_default());
            products.entry(row.get("campaign_id")?).or_default().push(product);
        }
        Ok(products)
    }
}

#[async_trait]
impl Outcomes for SqlSession {
    async fn outcome(
        &mut self,
        slug: &str,
        among: &[OrganisationId],
        now: Timestamp,
    ) -> Stored<Option<Loaded<OutcomeRow>>> {
        let Some(row) = self.sql.fetch_optional(OUTCOME, values![slug]).await? else {
            return Ok(None);
        };
        let outcome = self.outcome_row(&row, among, now).await?;
        Ok(Some(Loaded::from_row(outcome, row.get("revision")?)))
    }

    async fn outcome_campaigns(&mut self, programme: ProgrammeId, now: Timestamp) -> Stored<Vec<OutcomeCampaign>> {
        let rows = self.sql.fetch(CAMPAIGNS, values![programme]).await?;
        let ids: Vec<CampaignId> = rows.iter().map(|row| row.get("id")).collect::<Stored<_>>()?;
        let mut products = self.outcome_products(&ids).await?;
        let mut campaigns = Vec::new();
        for (row, id) in rows.iter().zip(ids) {
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
                products: products.remove(&id).unwrap_or_default(),
            });
        }
        Ok(campaigns)
    }

    async fn count_reports_of(&mut self, campaigns: &[CampaignId]) -> Stored<i64> {
        let head = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM report WHERE submitted_at IS NOT NULL AND campaign_id";
        let rows = self.fetch_in(head, campaigns, "").await?;
        rows.first().map_or(Ok(0), |row| row.get("n"))
    }

    async fn count_hunters_of(&mut self, campaigns: &[CampaignId]) -> Stored<i64> {
        let head =
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT DISTINCT campaign_id, person_id FROM campaign_person
            WHERE part = 'hunter' AND campaign_id";
        let rows = self.fetch_in(head, campaigns, ") h").await?;
        rows.first().map_or(Ok(0), |row| row.get("n"))
    }

    async fn members_at(&mut self, programme: ProgrammeId, now: Timestamp) -> Stored<Vec<OrganisationId>> {
        let sql = "SELECT DISTINCT organisation_id FROM programme_member
            WHERE programme_id = $1 AND accepted_at <= $2 AND (until_at IS NULL OR until_at > $2)";
        let rows = self.sql.fetch(sql, values![programme, now]).await?;
        rows.iter().map(|row| row.get("organisation_id")).collect()
    }

    async fn deployers_by_product(&mut self, products: &[ProductId]) -> Stored<Vec<i64>> {
        let head =
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT DISTINCT product_id, organisation_id FROM deployment
            WHERE state = 'confirmed' AND until_at IS NULL AND product_id";
        let rows = self.fetch_in(head, products, ") d GROUP BY product_id").await?;
        rows.iter().map(|row| row.get("n")).collect()
    }

    async fn count_up_to_date(&mut self, vulnerabilities: &[VulnerabilityId]) -> Stored<i64> {
        let head = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT DISTINCT organisation_id FROM position
            WHERE state = 'up_to_date' AND vulnerability_id";
        let rows = self.fetch_in(head, vulnerabilities, ") p").await?;
        rows.first().map_or(Ok(0), |row| row.get("n"))
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

    async fn entry_by_leaf(&mut self, log: &str, leaf: &[u8; 32]) -> Stored<Option<EntryRow>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT * FROM journal_entry WHERE leaf_hash = $1 AND log = $2",
                values![*leaf, log],
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
