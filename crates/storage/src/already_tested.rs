//! The campaigns that test a product, with what their reader is to each: a fixed number of statements.

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::campaign::{CampaignKind, CampaignState};
use domain::ids::{CampaignId, OrganisationId, PersonId, ProductId, ProgrammeId};
use domain::join::JoinState;
use domain::programme::NoticeKind;
use domain::time::Window;
use std::collections::{HashMap, HashSet};
use use_cases::ports::{OwnJoin, Stored, TestReader, TestedCampaign, Tests};

const CAMPAIGNS: &str = "SELECT c.id, c.name, c.kind, c.state, c.opens_at, c.closes_at, c.programme_id, g.owner_id,
        g.name AS programme_name, g.slug AS programme_slug, g.notice_kind, g.published_at, t.version_id, v.version
    FROM campaign_product t
    JOIN campaign c ON c.id = t.campaign_id
    JOIN programme g ON g.id = c.programme_id
    LEFT JOIN product_version v ON v.id = t.version_id
    WHERE t.product_id = $1 AND c.state NOT IN ('draft', 'cancelled') ORDER BY c.opens_at DESC, c.id DESC LIMIT 500";

/// A person's parts; a hunter may know what is tested once they accepted the present rules.
const PARTS: &str = "SELECT p.campaign_id FROM campaign_person p
    JOIN campaign_product t ON t.campaign_id = p.campaign_id
    JOIN campaign c ON c.id = p.campaign_id
    WHERE t.product_id = $1 AND p.person_id = $2 AND p.until_at IS NULL AND (p.part <> 'hunter' OR EXISTS (
        SELECT 1 FROM rules_acceptance a
        WHERE a.rules_id = c.rules_id AND a.campaign_id = c.id AND a.person_id = p.person_id))";

fn campaign(row: &Row) -> Stored<TestedCampaign> {
    let version: Option<String> = row.get("version")?;
    Ok(TestedCampaign {
        id: row.get("id")?,
        name: row.get("name")?,
        kind: row.code("kind", CampaignKind::from_code)?,
        state: row.code("state", CampaignState::from_code)?,
        window: Window {
            opens_at: row.get("opens_at")?,
            closes_at: row.get("closes_at")?,
        },
        version: row.get("version_id")?,
        version_name: version.unwrap_or_default(),
        programme: row.get("programme_id")?,
        programme_name: row.get("programme_name")?,
        programme_slug: row.get("programme_slug")?,
        notice: row.code("notice_kind", NoticeKind::from_code)?,
        owner: row.get("owner_id")?,
        published: row.get::<Option<Timestamp>>("published_at")?.is_some(),
        told: false,
        takers: Vec::new(),
        joins: Vec::new(),
        asked: Vec::new(),
        people: Vec::new(),
        members: Vec::new(),
        runners: Vec::new(),
    })
}

/// What a reader's organisations are to the campaigns of a product.
#[derive(Default)]
struct Ties {
    takers: HashMap<CampaignId, Vec<OrganisationId>>,
    joins: HashMap<CampaignId, Vec<OwnJoin>>,
    asked: HashMap<CampaignId, Vec<OrganisationId>>,
    members: HashMap<ProgrammeId, Vec<OrganisationId>>,
    runners: Vec<OrganisationId>,
}

impl SqlSession {
    async fn ties(&mut self, product: ProductId, organisations: &[OrganisationId], now: Timestamp) -> Stored<Ties> {
        let mut ties = Ties::default();
        if organisations.is_empty() {
            return Ok(ties);
        }
        let (list, size) = placeholders(3, organisations.len());
        let mut values = values![product, now];
        values.extend(padded(organisations, size).into_iter().map(Value::from));
        let takers = format!(
            "SELECT y.campaign_id, y.organisation_id FROM campaign_party y
             JOIN campaign_product t ON t.campaign_id = y.campaign_id AND t.product_id = $1
             WHERE y.organisation_id IN ({list}) AND y.from_at <= $2 AND y.until_at IS NULL"
        );
        for row in self.sql.fetch_built(takers, values.clone()).await? {
            let of = ties.takers.entry(row.get("campaign_id")?).or_default();
            of.push(row.get("organisation_id")?);
        }
        let joins = format!(
            "SELECT j.id, j.campaign_id, j.organisation_id, j.state FROM campaign_join j
             JOIN campaign_product t ON t.campaign_id = j.campaign_id AND t.product_id = $1
             WHERE j.organisation_id IN ({list}) AND j.asked_at <= $2 AND j.ended_at IS NULL"
        );
        for row in self.sql.fetch_built(joins, values.clone()).await? {
            let of = ties.joins.entry(row.get("campaign_id")?).or_default();
            of.push(OwnJoin {
                id: row.get("id")?,
                organisation: row.get("organisation_id")?,
                state: row.code("state", JoinState::from_code)?,
            });
        }
        let asked = format!(
            "SELECT a.campaign_id, a.organisation_id FROM authorisation a
             JOIN campaign_product t ON t.campaign_id = a.campaign_id AND t.product_id = $1
             WHERE a.organisation_id IN ({list}) AND a.requested_at <= $2 AND a.ended_at IS NULL"
        );
        for row in self.sql.fetch_built(asked, values.clone()).await? {
            let of = ties.asked.entry(row.get("campaign_id")?).or_default();
            of.push(row.get("organisation_id")?);
        }
        let members = format!(
            "SELECT DISTINCT m.programme_id, m.organisation_id FROM programme_member m
             JOIN campaign c ON c.programme_id = m.programme_id
             JOIN campaign_product t ON t.campaign_id = c.id AND t.product_id = $1
             WHERE m.organisation_id IN ({list}) AND m.accepted_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2)"
        );
        for row in self.sql.fetch_built(members, values.clone()).await? {
            let of = ties.members.entry(row.get("programme_id")?).or_default();
            of.push(row.get("organisation_id")?);
        }
        let runners = format!(
            "SELECT o.id AS organisation_id FROM organisation o WHERE o.id IN ({list}) AND EXISTS (
                 SELECT 1 FROM deployment d WHERE d.organisation_id = o.id AND d.product_id = $1 AND d.state = 'confirmed'
                 AND d.from_at <= $2 AND (d.until_at IS NULL OR d.until_at > $2))"
        );
        let rows = self.sql.fetch_built(runners, values).await?;
        ties.runners = rows
            .iter()
            .map(|row| row.get("organisation_id"))
            .collect::<Stored<_>>()?;
        Ok(ties)
    }

    async fn parts(&mut self, product: ProductId, person: Option<PersonId>) -> Stored<HashSet<CampaignId>> {
        let Some(person) = person else {
            return Ok(HashSet::new());
        };
        let rows = self.sql.fetch(PARTS, values![product, person]).await?;
        rows.iter().map(|row| row.get("campaign_id")).collect()
    }
}

#[async_trait]
impl Tests for SqlSession {
    async fn tested_campaigns(
        &mut self,
        product: ProductId,
        reader: &TestReader,
        now: Timestamp,
    ) -> Stored<Vec<TestedCampaign>> {
        let rows = self.sql.fetch(CAMPAIGNS, values![product]).await?;
        let mut campaigns = rows.iter().map(campaign).collect::<Stored<Vec<_>>>()?;
        if campaigns.is_empty() {
            return Ok(campaigns);
        }
        let told = self.programmes_telling(product, now).await?;
        let ties = self.ties(product, &reader.organisations, now).await?;
        let parts = self.parts(product, reader.person).await?;
        for one in &mut campaigns {
            one.told = told.contains(&one.programme);
            one.takers = ties.takers.get(&one.id).cloned().unwrap_or_default();
            one.joins = ties.joins.get(&one.id).cloned().unwrap_or_default();
            one.asked = ties.asked.get(&one.id).cloned().unwrap_or_default();
            one.members = ties.members.get(&one.programme).cloned().unwrap_or_default();
            one.runners.clone_from(&ties.runners);
            one.people = reader.person.filter(|_| parts.contains(&one.id)).into_iter().collect();
        }
        Ok(campaigns)
    }
}
