//! Vulnerabilities as sharing knows them: what is read of each, and which of them wait for somebody.

use super::rows::{CASE, case};
use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use crate::vulnerability::{case_campaign, found_again};
use domain::ids::{CampaignId, ProgrammeId, VulnerabilityId};
use std::collections::HashMap;
use use_cases::desk::one_more;
use use_cases::ports::{CaseCampaign, CaseFilter, SharingCase, Stored};

/// Vulnerabilities that one list gives at most.
const MOST: i64 = 500;
/// Vulnerabilities that a programme tells of at most.
const TOLD: i64 = 5_000;
/// What affects a product that organisation `$1` runs, or ran and answered for.
const RUN_BY: &str = "(v.organisation_id IS NULL OR v.organisation_id = $1) AND v.id IN (
         SELECT f.id FROM deployment d JOIN vulnerability f ON f.product_id = d.product_id
           WHERE d.organisation_id = $1 AND d.until_at IS NULL
         UNION SELECT l.vulnerability_id FROM deployment d JOIN vulnerability_product l ON l.product_id = d.product_id
           WHERE d.organisation_id = $1 AND d.until_at IS NULL AND l.until_at IS NULL
         UNION SELECT s.vulnerability_id FROM position s WHERE s.organisation_id = $1)";
/// The newest first.
pub(super) const NEWEST: &str = "v.opened_at DESC, v.id DESC";
/// The most severe first.
pub(super) const SEVEREST: &str = "COALESCE(v.score, -1) DESC, v.opened_at DESC, v.id DESC";
/// What was told first, and is due first, before the rest; then the most severe.
const FIRST_DUE: &str = "v.phase_at, COALESCE(v.score, -1) DESC, v.id";

/// A living position whose deployer has not answered.
pub(super) const UNANSWERED: &str = "s.left_at IS NULL AND s.state IN ('informed', 'read')";

impl SqlSession {
    /// Lists cases with all that decides what somebody may do with them.
    pub(super) async fn list_cases(
        &mut self,
        chosen: (&str, &str),
        values: Vec<Value>,
        limit: i64,
    ) -> Stored<Vec<SharingCase>> {
        let mut cases = self.list_told(chosen, values, limit).await?;
        if !cases.is_empty() {
            let ids: Vec<VulnerabilityId> = cases.iter().map(|case| case.id).collect();
            self.add_operators(&mut cases).await?;
            self.add_named(&mut cases, &ids).await?;
            self.add_linked(&mut cases, &ids).await?;
        }
        Ok(cases)
    }

    /// Lists cases with what says how much of each is told, and nothing that gives a right: who operates their campaigns,
    /// who is named for them and who makes other products that they affect are left out.
    async fn list_told(
        &mut self,
        (condition, order): (&str, &str),
        mut values: Vec<Value>,
        limit: i64,
    ) -> Stored<Vec<SharingCase>> {
        values.push(limit.into());
        let sql = format!("{CASE} WHERE {condition} ORDER BY {order} LIMIT ${}", values.len());
        let rows = self.sql.fetch_built(sql, values).await?;
        let mut cases: Vec<SharingCase> = rows.iter().map(case).collect::<Stored<_>>()?;
        if !cases.is_empty() {
            self.add_campaigns(&mut cases, &rows).await?;
        }
        Ok(cases)
    }

    /// As [`SqlSession::list_cases`], for a few of many: they are chosen before anything else is read of them.
    async fn first_cases(
        &mut self,
        (condition, order): (&str, &str),
        mut values: Vec<Value>,
        limit: i64,
    ) -> Stored<Vec<SharingCase>> {
        values.push(limit.into());
        let chosen = format!(
            "v.id IN (SELECT w.id FROM (SELECT v.id FROM vulnerability v WHERE {condition} ORDER BY {order} LIMIT ${}) w)",
            values.len()
        );
        self.list_cases((chosen.as_str(), order), values, limit).await
    }

    /// Adds to each case of a list the people who are named for it.
    async fn add_named(&mut self, cases: &mut [SharingCase], ids: &[VulnerabilityId]) -> Stored<()> {
        let mut values = Vec::new();
        let chosen = among("vulnerability_id", ids, &mut values);
        let sql =
            format!("SELECT vulnerability_id, person_id FROM vulnerability_named WHERE {chosen} AND until_at IS NULL");
        for row in self.sql.fetch_built(sql, values).await? {
            if let Some(case) = of(cases, &row)? {
                case.named.push(row.get("person_id")?);
            }
        }
        Ok(())
    }

    /// Adds to each case of a list the other products that it affects.
    async fn add_linked(&mut self, cases: &mut [SharingCase], ids: &[VulnerabilityId]) -> Stored<()> {
        let mut values = Vec::new();
        let chosen = among("l.vulnerability_id", ids, &mut values);
        let sql = format!(
            "SELECT l.vulnerability_id, l.product_id, m.vendor_id FROM vulnerability_product l JOIN product m ON m.id = l.product_id
             WHERE {chosen} AND l.until_at IS NULL"
        );
        for row in self.sql.fetch_built(sql, values).await? {
            if let Some(case) = of(cases, &row)? {
                case.linked.push((row.get("product_id")?, row.get("vendor_id")?));
            }
        }
        Ok(())
    }

    /// Adds to each case of a list the campaigns that found it; `rows` are those of the list.
    async fn add_campaigns(&mut self, cases: &mut [SharingCase], rows: &[Row]) -> Stored<()> {
        let ids: Vec<VulnerabilityId> = cases.iter().map(|case| case.id).collect();
        let mut found: HashMap<VulnerabilityId, Vec<CampaignId>> = HashMap::new();
        for (row, id) in rows.iter().zip(&ids) {
            found
                .entry(*id)
                .or_default()
                .extend(row.get::<Option<CampaignId>>("campaign_id")?);
        }
        let mut values = Vec::new();
        let chosen = among("vulnerability_id", &ids, &mut values);
        let sql = format!("SELECT DISTINCT vulnerability_id, campaign_id FROM vulnerability_evidence WHERE {chosen}");
        for row in self.sql.fetch_built(sql, values).await? {
            found
                .entry(row.get("vulnerability_id")?)
                .or_default()
                .push(row.get("campaign_id")?);
        }
        let mut campaigns: Vec<CampaignId> = found.values().flatten().copied().collect();
        campaigns.sort_unstable();
        campaigns.dedup();
        let head = "SELECT c.*, k.owner_id FROM campaign c JOIN programme k ON k.id = c.programme_id WHERE c.id";
        let rows = self.fetch_in(head, &campaigns, " ORDER BY c.opens_at, c.id").await?;
        let known: Vec<CaseCampaign> = rows.iter().map(case_campaign).collect::<Stored<_>>()?;
        let places: HashMap<CampaignId, usize> = known.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        for case in cases {
            let found = found.get(&case.id).into_iter().flatten();
            let mut found: Vec<usize> = found.filter_map(|id| places.get(id).copied()).collect();
            found.sort_unstable();
            found.dedup();
            case.campaigns.extend(found.into_iter().map(|at| known[at].clone()));
        }
        Ok(())
    }

    /// Adds the operators of the campaigns of each case of a list.
    async fn add_operators(&mut self, cases: &mut [SharingCase]) -> Stored<()> {
        let mut campaigns: Vec<CampaignId> = cases
            .iter()
            .flat_map(|case| &case.campaigns)
            .map(|one| one.id)
            .collect();
        campaigns.sort_unstable();
        campaigns.dedup();
        let operators = self.operators_of(&campaigns).await?;
        for campaign in cases.iter_mut().flat_map(|case| &mut case.campaigns) {
            campaign.operators = operators.get(&campaign.id).cloned().unwrap_or_default();
        }
        Ok(())
    }
}

impl SqlSession {
    /// Lists the newest cases that a programme found and whose phase and TLP may tell of them.
    async fn cases_told(&mut self, programme: ProgrammeId, told: &str) -> Stored<Vec<SharingCase>> {
        let again = found_again("SELECT k.id FROM campaign k WHERE k.programme_id = $1");
        let condition = format!(
            "v.reach = 'product' AND {told} AND v.id IN (
                 SELECT f.id FROM vulnerability f WHERE f.programme_id = $1 AND f.phase IN ('measures', 'details', 'public')
                 UNION {again})"
        );
        self.list_told((condition.as_str(), NEWEST), values![programme], TOLD)
            .await
    }

    /// Lists the cases of a filter.
    pub(super) async fn cases_of(&mut self, filter: &CaseFilter) -> Stored<Vec<SharingCase>> {
        let (condition, values) = match filter {
            CaseFilter::AskedOf(list) if list.is_empty() => return Ok(Vec::new()),
            CaseFilter::Organised { owners, programmes, .. } if owners.is_empty() && programmes.is_empty() => {
                return Ok(Vec::new());
            }
            CaseFilter::ToldMembers(id) => {
                let told = "v.phase IN ('measures', 'details', 'public') AND v.tlp IN ('GREEN', 'CLEAR')";
                return self.cases_told(*id, told).await;
            }
            CaseFilter::ToldEverybody(id) => {
                return self.cases_told(*id, "v.phase = 'public' AND v.tlp = 'CLEAR'").await;
            }
            CaseFilter::Product(id) => (
                "v.id IN (SELECT f.id FROM vulnerability f WHERE f.product_id = $1
                     UNION SELECT l.vulnerability_id FROM vulnerability_product l WHERE l.product_id = $1 AND l.until_at IS NULL)"
                    .to_owned(),
                values![*id],
            ),
            CaseFilter::Organised {
                owners,
                programmes,
                now,
            } => return self.cases_to_move(owners, programmes, *now).await,
            CaseFilter::AskedOf(vendors) => {
                let mut values = Vec::new();
                let made = among("v.product_id IN (SELECT m.id FROM product m WHERE m.vendor_id", vendors, &mut values);
                (
                    format!("{made}) AND v.vendor_opinion_due IS NOT NULL AND v.vendor_opinion_at IS NULL"),
                    values,
                )
            }
            CaseFilter::AwaitedOf(id, now) => {
                let living = "SELECT 1 FROM position a WHERE a.vulnerability_id = v.id AND a.organisation_id = $1
                    AND a.left_at IS NULL";
                let condition = format!(
                    "{RUN_BY} AND v.phase <> 'restricted' AND (NOT EXISTS ({living})
                     OR EXISTS ({living} AND (a.state IN ('informed', 'read') OR a.proposal_until IS NOT NULL
                       OR a.acceptance_until <= $2)))"
                );
                return self.first_cases((condition.as_str(), FIRST_DUE), values![*id, *now], one_more()).await;
            }
            CaseFilter::ToSign(id, now) => {
                let condition = format!(
                    "{RUN_BY} AND v.phase <> 'restricted' AND EXISTS (SELECT 1 FROM position a WHERE a.vulnerability_id = v.id
                     AND a.organisation_id = $1 AND a.left_at IS NULL AND a.proposal_until > $2)"
                );
                return self.first_cases((condition.as_str(), FIRST_DUE), values![*id, *now], one_more()).await;
            }
        };
        self.list_cases((condition.as_str(), NEWEST), values, MOST).await
    }
}

/// Finds the case that a row tells something of.
fn of<'a>(cases: &'a mut [SharingCase], row: &Row) -> Stored<Option<&'a mut SharingCase>> {
    let id: VulnerabilityId = row.get("vulnerability_id")?;
    Ok(cases.iter_mut().find(|case| case.id == id))
}

/// Says that a column is among some values, which are added to those of the statement.
pub(super) fn among<T: Into<Value> + Clone>(column: &str, among: &[T], values: &mut Vec<Value>) -> String {
    if among.is_empty() {
        return "FALSE".to_owned();
    }
    let (list, size) = placeholders(values.len() + 1, among.len());
    values.extend(padded(among, size).into_iter().map(Into::into));
    format!("{column} IN ({list})")
}
