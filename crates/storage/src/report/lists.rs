//! Lists of reports.

use crate::engine::{Connection, Row, Value};
use crate::session::{padded, placeholders};
use crate::values;
use domain::Timestamp;
use domain::ids::{CampaignId, PersonId, ReportId};
use use_cases::ports::{Judge, OwnPage, ReportFilter, ReportOrder, Stored};

/// The score that counts: the verifier's, else the hunter's.
const SCORE: &str = "COALESCE(r.verified_score, r.score, -1)";

fn conditions(filter: &ReportFilter) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = Vec::new();
    let mut sql = String::from(" FROM report r WHERE r.state NOT IN ('draft', 'discarded')");
    let (list, size) = placeholders(1, filter.campaigns.len());
    values.extend(padded(&filter.campaigns, size).into_iter().map(Value::from));
    sql += &format!(" AND r.campaign_id IN ({list})");
    if !filter.states.is_empty() {
        let (list, size) = placeholders(values.len() + 1, filter.states.len());
        values.extend(
            padded(&filter.states, size)
                .into_iter()
                .map(|state| Value::from(state.code())),
        );
        sql += &format!(" AND r.state IN ({list})");
    }
    if let Some((person, at)) = filter.in_hand_of {
        values.extend(values![person, at]);
        let (person, at) = (values.len() - 1, values.len());
        sql += &format!(
            " AND (r.state = 'appealed' OR (r.proposal IS NOT NULL AND r.proposed_by <> ${person})
               OR (r.claimed_by = ${person} AND r.claimed_until > ${at}))"
        );
    }
    let mut bind = |condition: &str, value: Value| {
        values.push(value);
        sql += &format!(" AND {}", condition.replace('?', &format!("${}", values.len())));
    };
    if let Some(product) = filter.product {
        bind("r.product_id = ?", product.into());
    }
    if let Some(person) = filter.claimed_by {
        bind("r.claimed_by = ?", person.into());
    }
    if let Some(at) = filter.unclaimed_at {
        bind("(r.claimed_until IS NULL OR r.claimed_until <= ?)", at.into());
    }
    if let Some(score) = filter.score_from {
        bind(&format!("{SCORE} >= ?"), score.into());
    }
    if let Some(score) = filter.score_below {
        bind(&format!("{SCORE} < ?"), score.into());
    }
    (sql, values)
}

/// Gives the rows of a list.
pub(super) async fn select(connection: &mut Connection, filter: &ReportFilter) -> Stored<Vec<Row>> {
    if filter.campaigns.is_empty() {
        return Ok(Vec::new());
    }
    let (from, mut values) = conditions(filter);
    let order = match (filter.order, filter.reversed) {
        (ReportOrder::Age, false) => "r.submitted_at NULLS LAST, r.id".to_owned(),
        (ReportOrder::Age, true) => "r.submitted_at DESC NULLS LAST, r.id DESC".to_owned(),
        (ReportOrder::Waiting, false) => "r.state_at, r.id".to_owned(),
        (ReportOrder::Waiting, true) => "r.state_at DESC, r.id DESC".to_owned(),
        (ReportOrder::Severity, false) => format!("{SCORE} DESC, r.submitted_at NULLS LAST, r.id"),
        (ReportOrder::Severity, true) => format!("{SCORE}, r.submitted_at NULLS LAST, r.id"),
    };
    values.extend(values![filter.limit, filter.skip]);
    let (limit, skip) = (values.len() - 1, values.len());
    // Only the rows of the page are read whole: sorting carries what it sorts.
    let sql = format!(
        "SELECT r.* FROM report r WHERE r.id IN (SELECT r.id{from} ORDER BY {order} LIMIT ${limit} OFFSET ${skip}) ORDER BY {order}"
    );
    connection.fetch_built(sql, values).await
}

/// Counts the rows of a list.
pub(super) async fn count(connection: &mut Connection, filter: &ReportFilter) -> Stored<i64> {
    if filter.campaigns.is_empty() {
        return Ok(0);
    }
    let (from, values) = conditions(filter);
    let rows = connection
        .fetch_built(format!("SELECT CAST(COUNT(*) AS BIGINT) AS n{from}"), values)
        .await?;
    rows.first().map_or(Ok(0), |row| row.get("n"))
}

/// Counts by campaign what waits in a verifier's queues: the rule of the policies, as one statement.
pub(super) async fn count_waiting(
    connection: &mut Connection,
    campaigns: &[CampaignId],
    judge: &Judge,
    at: Timestamp,
) -> Stored<Vec<(CampaignId, i64)>> {
    if campaigns.is_empty() || judge.organisations.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = values![judge.person, at];
    let (campaigns_in, size) = placeholders(values.len() + 1, campaigns.len());
    values.extend(padded(campaigns, size).into_iter().map(Value::from));
    let (own, size) = placeholders(values.len() + 1, judge.organisations.len());
    values.extend(padded(&judge.organisations, size).into_iter().map(Value::from));
    let sql = format!(
        "SELECT r.campaign_id, CAST(COUNT(*) AS BIGINT) AS n FROM report r JOIN product p ON p.id = r.product_id
         WHERE r.campaign_id IN ({campaigns_in}) AND r.state IN ('submitted', 'in_verification') AND r.proposal IS NULL
           AND (r.claimed_until IS NULL OR r.claimed_until <= $2) AND r.reporter_id <> $1
           AND r.reporter_organisation_id NOT IN ({own}) AND p.vendor_id NOT IN ({own})
           AND r.reporter_id NOT IN (SELECT g.person_id FROM role_grant g WHERE g.organisation_id IN ({own}))
           AND NOT EXISTS (SELECT 1 FROM report_author w WHERE w.report_id = r.id AND w.accepted_at IS NOT NULL
             AND (w.person_id = $1 OR w.person_id IN (SELECT g.person_id FROM role_grant g WHERE g.organisation_id IN ({own}))))
         GROUP BY r.campaign_id"
    );
    let rows = connection.fetch_built(sql, values).await?;
    rows.iter()
        .map(|row| Ok((row.get("campaign_id")?, row.get("n")?)))
        .collect()
}

/// What a person wrote, or helped to write once it was handed in.
pub(crate) const AUTHORED: &str =
    "r.state <> 'discarded' AND r.id IN (SELECT w.id FROM report w WHERE w.reporter_id = $1
     UNION SELECT a.report_id FROM report_author a JOIN report w ON w.id = a.report_id
       WHERE a.person_id = $1 AND a.accepted_at IS NOT NULL AND w.state <> 'draft')";

/// When a report was handed in; a draft is still to come.
const HANDED_IN: &str = "COALESCE(r.submitted_at, 9223372036854775807)";

/// A report `k` that the person wrote, or helped to write.
const OWN: &str = "(k.reporter_id = $1
     OR EXISTS (SELECT 1 FROM report_author o WHERE o.report_id = k.id AND o.person_id = $1 AND o.accepted_at IS NOT NULL))";

/// Gives the rows of a page of a person's reports.
pub(super) async fn authored(connection: &mut Connection, author: PersonId, page: &OwnPage) -> Stored<Vec<Row>> {
    let mut values: Vec<Value> = values![author, page.limit];
    let mut sql = format!("SELECT r.* FROM report r WHERE {AUTHORED}");
    let (than, direction) = if page.reversed { (">", "ASC") } else { ("<", "DESC") };
    if let Some(after) = page.after {
        values.push(after.into());
        let place = HANDED_IN.replace("r.", "k.");
        let later = format!("({HANDED_IN} {than} {place} OR ({HANDED_IN} = {place} AND r.id {than} k.id))");
        let behind = if page.by_severity {
            let score = "COALESCE(k.verified_score, k.score, -1)";
            format!("({SCORE} {than} {score} OR ({SCORE} = {score} AND {later}))")
        } else {
            later
        };
        // Somebody else's report is no place in the list: it must not tell when it was made, or how it is rated.
        sql += &format!(" AND EXISTS (SELECT 1 FROM report k WHERE k.id = $3 AND {OWN} AND {behind})");
    }
    let score = if page.by_severity {
        format!("{SCORE} {direction}, ")
    } else {
        String::new()
    };
    sql += &format!(" ORDER BY {score}{HANDED_IN} {direction}, r.id {direction} LIMIT $2");
    connection.fetch_built(sql, values).await
}

/// Gives the rows of a person's reports about which they may still do something.
pub(super) async fn in_hand(
    connection: &mut Connection,
    author: PersonId,
    closed_since: Timestamp,
) -> Stored<Vec<Row>> {
    let sql = format!(
        "SELECT r.* FROM report r WHERE {AUTHORED}
             AND (r.state IN ('draft', 'needs_information') OR r.closed_at >= $2)
         ORDER BY r.created_at DESC, r.id DESC LIMIT 200"
    );
    connection.fetch_built(sql, values![author, closed_since]).await
}

/// Gives the originals that a report leads to in turn.
pub(super) async fn originals(connection: &mut Connection, id: ReportId) -> Stored<Vec<ReportId>> {
    let rows = connection
        .fetch(
            "WITH RECURSIVE chain (id, depth) AS (
                 SELECT original_id, 1 FROM report WHERE id = $1
                 UNION SELECT r.original_id, c.depth + 1 FROM report r JOIN chain c ON r.id = c.id
                 WHERE r.original_id IS NOT NULL AND c.depth < 100)
             SELECT id FROM chain WHERE id IS NOT NULL",
            values![id],
        )
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}
