//! What policies ask about a report, gathered for many at once.

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use authorization::Loaded;
use domain::CampaignKind;
use domain::ids::{CampaignId, OrganisationId, PersonId, ProductId, ProgrammeId, ReportId};
use domain::programme::NoticeKind;
use domain::report::{Closing, Rating, Report, ReportState};
use domain::severity::Severity;
use domain::time::Timestamp;
use domain::verification::Claim;
use std::collections::HashMap;
use use_cases::ports::{CampaignReports, ReportProposal, ReportReach, ReportRecord, StoreError, Stored};
use uuid::Uuid;

#[derive(Clone)]
struct CampaignFacts {
    programme: ProgrammeId,
    owner: OrganisationId,
    name: String,
    notice: NoticeKind,
}

#[derive(Default)]
struct Facts {
    campaigns: HashMap<CampaignId, CampaignFacts>,
    products: HashMap<ProductId, (String, OrganisationId)>,
    operators: HashMap<CampaignId, Vec<OrganisationId>>,
    authors: HashMap<ReportId, Vec<PersonId>>,
    asked: HashMap<ReportId, Vec<PersonId>>,
    organisations: HashMap<PersonId, Vec<OrganisationId>>,
    vendors: HashMap<ReportId, (Option<OrganisationId>, bool)>,
}

fn rating(row: &Row, column: &str) -> Stored<Option<Rating>> {
    let score: Option<i64> = row.get(column)?;
    Ok(score.map(|score_tenths| Rating {
        score_tenths,
        band: Severity::of_tenths(score_tenths),
    }))
}

fn claim(row: &Row) -> Stored<Option<Claim>> {
    let by: Option<PersonId> = row.get("claimed_by")?;
    let until: Option<Timestamp> = row.get("claimed_until")?;
    Ok(by.zip(until).map(|(by, until)| Claim { by, until }))
}

fn closing(row: &Row) -> Stored<Option<Closing>> {
    let state = row.maybe_code("closed_state", ReportState::from_code)?;
    let at: Option<Timestamp> = row.get("closed_at")?;
    let (by, second) = (row.get("closed_by")?, row.get("closed_second")?);
    Ok(state.zip(at).map(|(state, at)| Closing { state, by, second, at }))
}

fn proposal(row: &Row) -> Stored<Option<ReportProposal>> {
    let Some(kind) = row.get::<Option<String>>("proposal")? else {
        return Ok(None);
    };
    let missing = || StoreError::Corrupt("a proposal is incomplete".to_owned());
    Ok(Some(ReportProposal {
        kind,
        by: row.get::<Option<PersonId>>("proposed_by")?.ok_or_else(missing)?,
        at: row.get::<Option<Timestamp>>("proposed_at")?.ok_or_else(missing)?,
        original: row.get("proposed_original")?,
        reason: row.get::<Option<Vec<u8>>>("proposal_sealed")?.ok_or_else(missing)?,
    }))
}

fn report(row: &Row, collaborators: Vec<PersonId>) -> Stored<Report> {
    Ok(Report {
        id: row.get("id")?,
        campaign: row.get("campaign_id")?,
        product: row.get("product_id")?,
        reporter: row.get("reporter_id")?,
        collaborators,
        number: row.get::<Option<i64>>("number")?.unwrap_or_default(),
        state: row.code("state", ReportState::from_code)?,
        submitted_at: row.get("submitted_at")?,
        asked_at: row.get("asked_at")?,
        original: row.get("original_id")?,
        vulnerability: row.get("vulnerability_id")?,
        claim: claim(row)?,
        rating: rating(row, "verified_score")?,
        closing: closing(row)?,
        appealed_at: row.get("appealed_at")?,
        revision: row.get("revision")?,
    })
}

impl Facts {
    fn record(&self, row: &Row) -> Stored<ReportRecord> {
        let id: ReportId = row.get("id")?;
        let report = report(row, self.authors.get(&id).cloned().unwrap_or_default())?;
        let campaign = self
            .campaigns
            .get(&report.campaign)
            .cloned()
            .ok_or_else(|| StoreError::Corrupt("a report without a campaign".to_owned()))?;
        let reporter_organisation = row.get("reporter_organisation_id")?;
        let mut author_organisations = vec![reporter_organisation];
        for author in report.authors() {
            author_organisations.extend(self.organisations.get(&author).into_iter().flatten());
        }
        author_organisations.sort_unstable();
        author_organisations.dedup();
        let (product_name, product_vendor) = self
            .products
            .get(&report.product)
            .cloned()
            .ok_or_else(|| StoreError::Corrupt("a report without a product".to_owned()))?;
        let (told, vendor_acknowledged) = self.vendors.get(&id).copied().unwrap_or_default();
        Ok(ReportRecord {
            reporter_organisation,
            programme: campaign.programme,
            campaign_name: campaign.name,
            product_name,
            notice: campaign.notice,
            owner: campaign.owner,
            operators: self.operators.get(&report.campaign).cloned().unwrap_or_default(),
            author_organisations,
            product_vendor,
            asked: self.asked.get(&id).cloned().unwrap_or_default(),
            vendor: told.filter(|_| report.state == ReportState::Verified),
            vendor_acknowledged,
            title: row.get("title_sealed")?,
            contents: row.get("contents_sealed")?,
            asset: row.get("asset_id")?,
            cwe: row.get("cwe_sealed")?,
            vector: row.get("vector_sealed")?,
            claimed: rating(row, "score")?,
            verified_vector: row.get("verified_vector_sealed")?,
            rating_reason: row.get("rating_sealed")?,
            closing_reason: row.get("closing_sealed")?,
            appeal: row.get("appeal_sealed")?,
            decision: row.get("decision_sealed")?,
            proposal: proposal(row)?,
            created_at: row.get("created_at")?,
            state_at: row.get("state_at")?,
            report,
        })
    }
}

fn values_of<T: Copy + Into<Value>>(ids: &[T], size: usize) -> Vec<Value> {
    padded(ids, size).into_iter().map(Into::into).collect()
}

impl SqlSession {
    /// Makes records of rows of `report`, with what policies ask about each.
    pub(super) async fn report_records(&mut self, rows: &[Row]) -> Stored<Vec<Loaded<ReportRecord>>> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut facts = Facts::default();
        let mut campaigns: Vec<CampaignId> = Vec::new();
        let mut products: Vec<ProductId> = Vec::new();
        let mut reports: Vec<ReportId> = Vec::new();
        let mut people: Vec<PersonId> = Vec::new();
        for row in rows {
            campaigns.push(row.get("campaign_id")?);
            products.push(row.get("product_id")?);
            reports.push(row.get("id")?);
            people.push(row.get("reporter_id")?);
        }
        campaigns.sort_unstable();
        campaigns.dedup();
        self.gather_campaigns(&mut facts, &campaigns).await?;
        self.gather_authors(&mut facts, &reports, people).await?;
        self.gather_vulnerabilities(&mut facts, &reports).await?;
        for row in self
            .fetch_in("SELECT id, name, vendor_id FROM product WHERE id", &products, "")
            .await?
        {
            facts
                .products
                .insert(row.get("id")?, (row.get("name")?, row.get("vendor_id")?));
        }
        rows.iter()
            .map(|row| Ok(Loaded::from_row(facts.record(row)?, row.get("revision")?)))
            .collect()
    }

    async fn gather_campaigns(&mut self, facts: &mut Facts, ids: &[CampaignId]) -> Stored<()> {
        let head = "SELECT c.id, c.name, c.programme_id, p.owner_id, p.notice_kind FROM campaign c JOIN programme p ON p.id = c.programme_id WHERE c.id";
        for row in self.fetch_in(head, ids, "").await? {
            let campaign = CampaignFacts {
                programme: row.get("programme_id")?,
                owner: row.get("owner_id")?,
                name: row.get("name")?,
                notice: row.code("notice_kind", NoticeKind::from_code)?,
            };
            facts.campaigns.insert(row.get("id")?, campaign);
        }
        facts.operators = self.operators_of(ids).await?;
        Ok(())
    }

    /// Gives the organisations that verify in each of some campaigns now.
    pub(crate) async fn operators_of(
        &mut self,
        ids: &[CampaignId],
    ) -> Stored<HashMap<CampaignId, Vec<OrganisationId>>> {
        let head = "SELECT campaign_id, organisation_id FROM campaign_party WHERE part = 'operator' AND until_at IS NULL AND campaign_id";
        let mut operators: HashMap<CampaignId, Vec<OrganisationId>> = HashMap::new();
        for row in self.fetch_in(head, ids, "").await? {
            operators
                .entry(row.get("campaign_id")?)
                .or_default()
                .push(row.get("organisation_id")?);
        }
        Ok(operators)
    }

    async fn gather_authors(
        &mut self,
        facts: &mut Facts,
        reports: &[ReportId],
        mut people: Vec<PersonId>,
    ) -> Stored<()> {
        let head = "SELECT report_id, person_id, accepted_at FROM report_author WHERE report_id";
        for row in self.fetch_in(head, reports, " ORDER BY report_id, position").await? {
            let person: PersonId = row.get("person_id")?;
            if row.get::<Option<Timestamp>>("accepted_at")?.is_none() {
                facts.asked.entry(row.get("report_id")?).or_default().push(person);
                continue;
            }
            facts.authors.entry(row.get("report_id")?).or_default().push(person);
            people.push(person);
        }
        people.sort_unstable();
        people.dedup();
        let head = "SELECT DISTINCT person_id, organisation_id FROM role_grant WHERE person_id";
        for row in self.fetch_in(head, &people, "").await? {
            facts
                .organisations
                .entry(row.get("person_id")?)
                .or_default()
                .push(row.get("organisation_id")?);
        }
        Ok(())
    }

    async fn gather_vulnerabilities(&mut self, facts: &mut Facts, ids: &[ReportId]) -> Stored<()> {
        let head = "SELECT e.report_id, v.notified_at, v.acknowledged_at, p.vendor_id FROM vulnerability_evidence e
             JOIN vulnerability v ON v.id = e.vulnerability_id JOIN product p ON p.id = v.product_id WHERE e.report_id";
        for row in self.fetch_in(head, ids, "").await? {
            let told: Option<Timestamp> = row.get("notified_at")?;
            let acknowledged: Option<Timestamp> = row.get("acknowledged_at")?;
            let vendor: OrganisationId = row.get("vendor_id")?;
            facts
                .vendors
                .insert(row.get("report_id")?, (told.map(|_| vendor), acknowledged.is_some()));
        }
        Ok(())
    }

    /// Gives campaigns as reports need them.
    pub(super) async fn campaigns_of_reports(&mut self, ids: &[CampaignId]) -> Stored<Vec<Loaded<CampaignReports>>> {
        let head = "SELECT c.id, c.name, c.kind, c.programme_id, c.revision, p.owner_id, p.notice_kind
             FROM campaign c JOIN programme p ON p.id = c.programme_id WHERE c.id";
        let rows = self.fetch_in(head, ids, "").await?;
        let operators = self.operators_of(ids).await?;
        rows.iter()
            .map(|row| Ok(Loaded::from_row(campaign(row, &operators)?, row.get("revision")?)))
            .collect()
    }

    /// Lists the campaigns that somebody's grants reach.
    pub(super) async fn campaigns_reached(
        &mut self,
        reach: &ReportReach,
        at: Timestamp,
    ) -> Stored<Vec<CampaignReports>> {
        let mut values: Vec<Value> = vec![at.into()];
        let mut list = |ids: Vec<Uuid>| {
            let (list, size) = placeholders(values.len() + 1, ids.len());
            values.extend(values_of(&ids, size));
            list
        };
        let mut near = Vec::new();
        if !reach.operators.is_empty() {
            let list = list(reach.operators.iter().map(|id| id.0).collect());
            near.push(format!(
                "SELECT y.campaign_id FROM campaign_party y WHERE y.part = 'operator'
                 AND y.until_at IS NULL AND y.from_at <= $1 AND y.organisation_id IN ({list})"
            ));
        }
        if !reach.owners.is_empty() {
            let list = list(reach.owners.iter().map(|id| id.0).collect());
            near.push(format!(
                "SELECT k.id FROM programme o JOIN campaign k ON k.programme_id = o.id WHERE o.owner_id IN ({list})"
            ));
        }
        if !reach.programmes.is_empty() {
            let list = list(reach.programmes.iter().map(|id| id.0).collect());
            near.push(format!("SELECT k.id FROM campaign k WHERE k.programme_id IN ({list})"));
        }
        if !reach.campaigns.is_empty() {
            let list = list(reach.campaigns.iter().map(|id| id.0).collect());
            near.push(format!("SELECT k.id FROM campaign k WHERE k.id IN ({list})"));
        }
        if near.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT c.id, c.name, c.kind, c.programme_id, p.owner_id, p.notice_kind FROM campaign c
             JOIN programme p ON p.id = c.programme_id WHERE c.created_at <= $1 AND c.id IN ({})
             ORDER BY c.opens_at DESC, c.id DESC LIMIT 200",
            near.join(" UNION ")
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        let ids = rows
            .iter()
            .map(|row| row.get("id"))
            .collect::<Stored<Vec<CampaignId>>>()?;
        let operators = self.operators_of(&ids).await?;
        rows.iter().map(|row| campaign(row, &operators)).collect()
    }
}

fn campaign(row: &Row, operators: &HashMap<CampaignId, Vec<OrganisationId>>) -> Stored<CampaignReports> {
    let id: CampaignId = row.get("id")?;
    Ok(CampaignReports {
        campaign: id,
        name: row.get("name")?,
        kind: row.code("kind", CampaignKind::from_code)?,
        programme: row.get("programme_id")?,
        notice: row.code("notice_kind", NoticeKind::from_code)?,
        owner: row.get("owner_id")?,
        operators: operators.get(&id).cloned().unwrap_or_default(),
    })
}
