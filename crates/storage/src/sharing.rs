//! What is known of the sharing of vulnerabilities, and where deployers stand.

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use crate::vulnerability::{case_campaign, delays, found_again};
use async_trait::async_trait;
use authorization::Loaded;
use domain::concern::Rated;
use domain::ids::{CampaignId, OrganisationId, ProductId, ProgrammeId, VulnerabilityId};
use domain::position::PositionState;
use domain::programme::NoticeKind;
use domain::severity::Severity;
use domain::sharing::{Embargo, Phase, Tlp};
use domain::vulnerability::{Origin, Reach, VulnerabilityState};
use domain::{DeploymentState, Timestamp};
use std::collections::{BTreeMap, HashMap};
use use_cases::desk::one_more;
use use_cases::ports::{
    CaseFilter, CircleRow, OwnRow, PhaseMoveRow, PositionRow, Positions, RiskRow, SharingCase, StoreError, Stored,
    VendorOpinion,
};
use uuid::Uuid;

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
/// A living position whose deployer has not answered.
const UNANSWERED: &str = "s.left_at IS NULL AND s.state IN ('informed', 'read')";

const CASE: &str = "SELECT v.id, v.number, v.product_id, v.programme_id, v.notified_at, v.reach, v.organisation_id, v.state,
        v.origin, v.band, v.score, v.opened_at, v.phase, v.phase_at, v.tlp, v.embargo_until, v.embargo_lifted_at,
        v.vendor_allows_details, v.exploited_at, v.public_approved_by, v.vendor_opinion, v.vendor_opinion_sealed,
        v.vendor_opinion_due, v.vendor_opinion_at, v.reminded_at, v.revision, p.name AS product_name, p.slug AS product_slug, p.vendor_id, o.name AS vendor_name,
        g.name AS programme_name, g.slug AS programme_slug, g.owner_id, g.notice_kind, g.settings AS programme_settings,
        f.version AS announced_version,
        (SELECT CAST(COUNT(*) AS BIGINT) FROM retest t WHERE t.vulnerability_id = v.id AND t.round = v.round
             AND t.state = 'confirmed' AND t.outcome = 'fixed') AS fixing_retests,
        (SELECT MAX(t.confirmed_at) FROM retest t WHERE t.vulnerability_id = v.id AND t.round = v.round
             AND t.state = 'confirmed' AND t.outcome = 'fixed') AS fixing_retest_at,
        (SELECT CAST(COUNT(*) AS BIGINT) FROM vulnerability_evidence e WHERE e.vulnerability_id = v.id) AS reports
    FROM vulnerability v
    JOIN product p ON p.id = v.product_id
    JOIN organisation o ON o.id = p.vendor_id
    JOIN programme g ON g.id = v.programme_id
    LEFT JOIN product_version f ON f.id = v.fixed_version_id";

fn case(row: &Row) -> Stored<SharingCase> {
    let settings = delays(row)?;
    let reach: String = row.get("reach")?;
    let until: Option<Timestamp> = row.get("embargo_until")?;
    Ok(SharingCase {
        id: row.get("id")?,
        number: row.get("number")?,
        product: row.get("product_id")?,
        product_name: row.get("product_name")?,
        product_slug: row.get("product_slug")?,
        vendor: row.get("vendor_id")?,
        vendor_name: row.get("vendor_name")?,
        programme: row.get("programme_id")?,
        programme_name: row.get("programme_name")?,
        programme_slug: row.get("programme_slug")?,
        owner: row.get("owner_id")?,
        notice: row.code("notice_kind", NoticeKind::from_code)?,
        opinion_days: settings.opinion_days,
        position_days: settings.position_days,
        campaigns: Vec::new(),
        notified: row.get::<Option<Timestamp>>("notified_at")?.is_some(),
        reach: Reach::from_parts(&reach, row.get("organisation_id")?)
            .ok_or_else(|| StoreError::Corrupt("a vulnerability has an unknown reach".to_owned()))?,
        state: row.code("state", VulnerabilityState::from_code)?,
        origin: row.code("origin", Origin::from_code)?,
        reports: row.get("reports")?,
        band: row.code("band", Severity::from_code)?,
        score: row.get("score")?,
        opened_at: row.get("opened_at")?,
        announced_version: row.get("announced_version")?,
        retest_confirmed: row.get::<i64>("fixing_retests")? > 0,
        retest_confirmed_at: row.get("fixing_retest_at")?,
        phase: row.code("phase", Phase::from_code)?,
        phase_at: row.get("phase_at")?,
        tlp: row.code("tlp", Tlp::from_code)?,
        embargo: Embargo::from_parts(until, row.get("embargo_lifted_at")?, row.get("vendor_allows_details")?),
        exploited_at: row.get("exploited_at")?,
        approved_by: row.get("public_approved_by")?,
        opinion: VendorOpinion {
            due: row.get("vendor_opinion_due")?,
            given_at: row.get("vendor_opinion_at")?,
            says: row.get("vendor_opinion")?,
            reason: row.get("vendor_opinion_sealed")?,
        },
        reminded_at: row.get("reminded_at")?,
        named: Vec::new(),
        linked: Vec::new(),
        revision: row.get("revision")?,
    })
}

fn circle_row(row: &Row) -> Stored<CircleRow> {
    Ok(CircleRow {
        id: row.get("id")?,
        organisation: row.get("organisation_id")?,
        product: row.get("product_id")?,
        state: row.code("state", DeploymentState::from_code)?,
        from: row.get("from_at")?,
    })
}

/// Reads one position.
pub(crate) fn position(row: &Row) -> Stored<PositionRow> {
    Ok(PositionRow {
        id: row.get("id")?,
        vulnerability: row.get("vulnerability_id")?,
        organisation: row.get("organisation_id")?,
        state: row.code("state", PositionState::from_code)?,
        informed_at: row.get("informed_at")?,
        read_at: row.get("read_at")?,
        answered_at: row.get("answered_at")?,
        answered_by: row.get("answered_by")?,
        reason: row.get("reason_sealed")?,
        acceptance: row.get("acceptance_sealed")?,
        acceptance_until: row.get("acceptance_until")?,
        proposal: proposal(row)?,
        own: own(row)?,
        declared_late: row.get("declared_late")?,
        left_at: row.get("left_at")?,
        revision: row.get("revision")?,
    })
}

fn own(row: &Row) -> Stored<Option<OwnRow>> {
    let sealed: Option<Vec<u8>> = row.get("own_sealed")?;
    sealed
        .map(|sealed| {
            Ok(OwnRow {
                rated: Rated {
                    band: row.code("own_band", Severity::from_code)?,
                    score_tenths: row.get("own_score")?,
                },
                sealed,
                by: row.get("own_by")?,
                at: row.get("own_at")?,
            })
        })
        .transpose()
}

fn proposal(row: &Row) -> Stored<Option<RiskRow>> {
    let sealed: Option<Vec<u8>> = row.get("proposal_sealed")?;
    sealed
        .map(|sealed| {
            Ok(RiskRow {
                sealed,
                until: row.get("proposal_until")?,
                by: row.get("proposed_by")?,
                at: row.get("proposed_at")?,
            })
        })
        .transpose()
}

fn loaded(row: &Row) -> Stored<Loaded<PositionRow>> {
    let position = position(row)?;
    let revision = position.revision;
    Ok(Loaded::from_row(position, revision))
}

/// The newest first.
const NEWEST: &str = "v.opened_at DESC, v.id DESC";
/// The most severe first.
const SEVEREST: &str = "COALESCE(v.score, -1) DESC, v.opened_at DESC, v.id DESC";
/// What was told first, and is due first, before the rest; then the most severe.
const FIRST_DUE: &str = "v.phase_at, COALESCE(v.score, -1) DESC, v.id";

impl SqlSession {
    async fn list_cases(
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
            let ids: Vec<VulnerabilityId> = cases.iter().map(|case| case.id).collect();
            self.add_campaigns(&mut cases, &ids).await?;
            self.add_named(&mut cases, &ids).await?;
            self.add_linked(&mut cases, &ids).await?;
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

    /// Adds to each case of a list the campaigns that found it, with their operators.
    async fn add_campaigns(&mut self, cases: &mut [SharingCase], ids: &[VulnerabilityId]) -> Stored<()> {
        let mut values = Vec::new();
        let (first, joined) = (
            among("id", ids, &mut values),
            among("vulnerability_id", ids, &mut values),
        );
        let sql = format!(
            "SELECT id AS vulnerability_id, campaign_id FROM vulnerability WHERE {first} AND campaign_id IS NOT NULL
             UNION SELECT vulnerability_id, campaign_id FROM vulnerability_evidence WHERE {joined}"
        );
        let mut found: HashMap<VulnerabilityId, Vec<CampaignId>> = HashMap::new();
        let mut campaigns: Vec<CampaignId> = Vec::new();
        for row in self.sql.fetch_built(sql, values).await? {
            let campaign = row.get("campaign_id")?;
            campaigns.push(campaign);
            found.entry(row.get("vulnerability_id")?).or_default().push(campaign);
        }
        campaigns.sort_unstable();
        campaigns.dedup();
        let operators = self.operators_of(&campaigns).await?;
        let head = "SELECT c.*, k.owner_id FROM campaign c JOIN programme k ON k.id = c.programme_id WHERE c.id";
        let mut known = Vec::new();
        for row in self.fetch_in(head, &campaigns, " ORDER BY c.opens_at, c.id").await? {
            let mut campaign = case_campaign(&row)?;
            campaign.operators = operators.get(&campaign.id).cloned().unwrap_or_default();
            known.push(campaign);
        }
        let places: HashMap<CampaignId, usize> = known.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        for case in cases {
            let found = found.get(&case.id).into_iter().flatten();
            let mut found: Vec<usize> = found.filter_map(|id| places.get(id).copied()).collect();
            found.sort_unstable();
            case.campaigns.extend(found.into_iter().map(|at| known[at].clone()));
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
        self.list_cases((condition.as_str(), NEWEST), values![programme], TOLD)
            .await
    }

    /// Gives programmes, and how many days each lets deployers answer.
    async fn programmes_where(&mut self, (sql, values): (String, Vec<Value>)) -> Stored<Vec<(ProgrammeId, i64)>> {
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter()
            .map(|row| Ok((row.get("id")?, delays(row)?.position_days)))
            .collect()
    }

    /// Lists the cases that wait for their organiser: an opinion came or was not given in time, deployers are late.
    async fn cases_to_move(
        &mut self,
        owners: &[OrganisationId],
        programmes: &[ProgrammeId],
        now: Timestamp,
    ) -> Stored<Vec<SharingCase>> {
        let mut theirs = Vec::new();
        if !owners.is_empty() {
            theirs.extend(self.programmes_where(owned(owners)).await?);
        }
        if !programmes.is_empty() {
            let mut values = Vec::new();
            let chosen = among("id", programmes, &mut values);
            theirs.extend(
                self.programmes_where((format!("{DELAYS} WHERE {chosen}"), values))
                    .await?,
            );
        }
        theirs.sort_unstable();
        theirs.dedup();
        let mut values = values![now, one_more()];
        let mut waiting = Vec::new();
        // Each programme has its own delay, and its vulnerabilities in the order of an index: few are looked at.
        for (programme, days) in theirs {
            values.push(programme.into());
            values.push(now.plus_days(-days).into());
            let (programme, since) = (values.len() - 1, values.len());
            // One after the other, by its index: without the limit PostgreSQL would read all positions that wait, of everybody.
            waiting.push(format!(
                "SELECT w.id FROM (SELECT v.id FROM vulnerability v WHERE v.programme_id = ${programme}
                   AND v.state NOT IN ('dismissed', 'merged')
                   AND ((v.vendor_opinion_due IS NOT NULL AND (v.vendor_opinion_at IS NOT NULL OR v.vendor_opinion_due <= $1))
                   OR (v.phase <> 'restricted' AND EXISTS (SELECT 1 FROM position s WHERE s.vulnerability_id = v.id
                     AND {UNANSWERED} AND s.informed_at <= ${since} LIMIT 1 OFFSET 0)))
                   ORDER BY {SEVEREST} LIMIT $2) w"
            ));
        }
        if waiting.is_empty() {
            return Ok(Vec::new());
        }
        let condition = format!("v.id IN ({})", waiting.join(" UNION ALL "));
        self.list_cases((condition.as_str(), SEVEREST), values, one_more())
            .await
    }
}

/// Finds the case that a row tells something of.
fn of<'a>(cases: &'a mut [SharingCase], row: &Row) -> Stored<Option<&'a mut SharingCase>> {
    let id: VulnerabilityId = row.get("vulnerability_id")?;
    Ok(cases.iter_mut().find(|case| case.id == id))
}

/// What is read of a programme to know its delays.
const DELAYS: &str = "SELECT id, settings AS programme_settings FROM programme";

/// Selects the programmes of some organisations; none of them is empty.
pub(crate) fn owned(owners: &[OrganisationId]) -> (String, Vec<Value>) {
    let mut values = Vec::new();
    let chosen = among("owner_id", owners, &mut values);
    (format!("{DELAYS} WHERE {chosen}"), values)
}

/// Says that a column is among some values, which are added to those of the statement.
fn among<T: Into<Value> + Clone>(column: &str, among: &[T], values: &mut Vec<Value>) -> String {
    if among.is_empty() {
        return "FALSE".to_owned();
    }
    let (list, size) = placeholders(values.len() + 1, among.len());
    values.extend(padded(among, size).into_iter().map(Into::into));
    format!("{column} IN ({list})")
}

#[async_trait]
impl Positions for SqlSession {
    async fn sharing_case(&mut self, id: VulnerabilityId) -> Stored<Option<Loaded<SharingCase>>> {
        let found = self
            .list_cases(("v.id = $1", NEWEST), values![id], 1)
            .await?
            .into_iter()
            .next();
        Ok(found.map(|case| {
            let revision = case.revision;
            Loaded::from_row(case, revision)
        }))
    }

    async fn take_sharing_case(&mut self, id: VulnerabilityId) -> Stored<Option<Loaded<SharingCase>>> {
        self.sql
            .execute(
                "UPDATE vulnerability SET revision = revision + 1 WHERE id = $1",
                values![id],
            )
            .await?;
        self.sharing_case(id).await
    }

    async fn save_sharing(&mut self, case: &SharingCase) -> Stored<()> {
        let (until, lifted_at, consented) = case.embargo.parts();
        self.sql
            .execute_one(
                "UPDATE vulnerability SET phase = $1, phase_at = $2, tlp = $3, embargo_until = $4, embargo_lifted_at = $5,
                     vendor_allows_details = $6, public_approved_by = $7, vendor_opinion = $8, vendor_opinion_sealed = $9,
                     vendor_opinion_due = $10, vendor_opinion_at = $11, reminded_at = $12
                 WHERE id = $13 AND revision = $14",
                values![
                    case.phase.code(), case.phase_at, case.tlp.code(), until, lifted_at, consented, case.approved_by,
                    case.opinion.says.clone(), case.opinion.reason.clone(), case.opinion.due, case.opinion.given_at, case.reminded_at, case.id,
                    case.revision,
                ],
            )
            .await
    }

    async fn sharing_cases(&mut self, filter: &CaseFilter) -> Stored<Vec<SharingCase>> {
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

    async fn count_late(
        &mut self,
        cases: &[(VulnerabilityId, Timestamp)],
    ) -> Stored<Vec<(VulnerabilityId, i64, Timestamp)>> {
        let mut by_instant: BTreeMap<Timestamp, Vec<VulnerabilityId>> = BTreeMap::new();
        for (id, informed_before) in cases {
            by_instant.entry(*informed_before).or_default().push(*id);
        }
        let mut late = Vec::new();
        for (informed_before, ids) in by_instant {
            let mut values = values![informed_before];
            let of = among("s.vulnerability_id", &ids, &mut values);
            let sql = format!(
                "SELECT s.vulnerability_id, CAST(COUNT(*) AS BIGINT) AS n, MIN(s.informed_at) AS since FROM position s
                 WHERE {of} AND {UNANSWERED} AND s.informed_at <= $1 GROUP BY s.vulnerability_id"
            );
            for row in self.sql.fetch_built(sql, values).await? {
                late.push((row.get("vulnerability_id")?, row.get("n")?, row.get("since")?));
            }
        }
        Ok(late)
    }

    async fn insert_phase_move(&mut self, row: &PhaseMoveRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO phase_move (id, vulnerability_id, from_phase, to_phase, reason_sealed, moved_by, moved_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![
                    row.id,
                    row.vulnerability,
                    row.from.code(),
                    row.to.code(),
                    row.reason.clone(),
                    row.by,
                    row.at
                ],
            )
            .await?;
        Ok(())
    }

    async fn circle(&mut self, products: &[ProductId]) -> Stored<Vec<CircleRow>> {
        let mut values = Vec::new();
        let of = among("product_id", products, &mut values);
        let sql = format!(
            "SELECT id, organisation_id, product_id, state, from_at FROM deployment
             WHERE {of} AND until_at IS NULL AND state <> 'ended' ORDER BY from_at, id LIMIT 20000"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(circle_row).collect()
    }

    async fn run_by(&mut self, organisation: OrganisationId) -> Stored<Vec<CircleRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT id, organisation_id, product_id, state, from_at FROM deployment
                 WHERE organisation_id = $1 AND until_at IS NULL AND state <> 'ended' ORDER BY from_at, id LIMIT 2000",
                values![organisation],
            )
            .await?;
        rows.iter().map(circle_row).collect()
    }

    async fn position(
        &mut self,
        vulnerability: VulnerabilityId,
        organisation: OrganisationId,
    ) -> Stored<Option<Loaded<PositionRow>>> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT * FROM position WHERE vulnerability_id = $1 AND organisation_id = $2
                 ORDER BY CASE WHEN left_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 1",
                values![vulnerability, organisation],
            )
            .await?;
        row.as_ref().map(loaded).transpose()
    }

    async fn position_by_id(&mut self, id: Uuid) -> Stored<Option<Loaded<PositionRow>>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM position WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(loaded).transpose()
    }

    async fn positions(&mut self, vulnerability: VulnerabilityId) -> Stored<Vec<PositionRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM position WHERE vulnerability_id = $1 ORDER BY id LIMIT 20000",
                values![vulnerability],
            )
            .await?;
        rows.iter().map(position).collect()
    }

    async fn positions_of(&mut self, organisation: OrganisationId) -> Stored<Vec<PositionRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM position WHERE organisation_id = $1 ORDER BY id DESC LIMIT 2000",
                values![organisation],
            )
            .await?;
        rows.iter().map(position).collect()
    }

    async fn insert_position(&mut self, row: &PositionRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO position (id, vulnerability_id, organisation_id, state, informed_at, declared_late, revision)
                 VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT DO NOTHING",
                values![row.id, row.vulnerability, row.organisation, row.state.code(), row.informed_at, row.declared_late],
            )
            .await?;
        Ok(())
    }

    async fn save_position(&mut self, row: &PositionRow) -> Stored<()> {
        let (proposal, own) = (row.proposal.as_ref(), row.own.as_ref());
        self.sql
            .execute_one(
                "UPDATE position SET state = $1, informed_at = $2, read_at = $3, answered_at = $4, answered_by = $5,
                     reason_sealed = $6, acceptance_sealed = $7, acceptance_until = $8, declared_late = $9, left_at = $10,
                     proposal_sealed = $11, proposal_until = $12, proposed_by = $13, proposed_at = $14, own_band = $15,
                     own_score = $16, own_sealed = $17, own_by = $18, own_at = $19, revision = revision + 1
                 WHERE id = $20 AND revision = $21",
                values![
                    row.state.code(), row.informed_at, row.read_at, row.answered_at, row.answered_by, row.reason.clone(),
                    row.acceptance.clone(), row.acceptance_until, row.declared_late, row.left_at,
                    proposal.map(|one| one.sealed.clone()), proposal.map(|one| one.until), proposal.map(|one| one.by),
                    proposal.map(|one| one.at), own.map(|one| one.rated.band.code()),
                    own.and_then(|one| one.rated.score_tenths), own.map(|one| one.sealed.clone()), own.map(|one| one.by),
                    own.map(|one| one.at), row.id, row.revision,
                ],
            )
            .await
    }
}
