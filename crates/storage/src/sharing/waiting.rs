//! The cases that wait for whoever organises: an opinion came or was not given in time, or deployers are late.

use super::cases::{SEVEREST, UNANSWERED, among};
use crate::engine::Value;
use crate::session::SqlSession;
use crate::values;
use crate::vulnerability::delays;
use domain::Timestamp;
use domain::ids::{OrganisationId, ProgrammeId};
use use_cases::desk::one_more;
use use_cases::ports::{SharingCase, Stored};

/// Programmes that one statement looks through: it has a part for each, of which SQLite takes five hundred.
const PROGRAMMES: usize = 100;
/// What is read of a programme to know its delays.
const DELAYS: &str = "SELECT id, settings AS programme_settings FROM programme";

/// Selects the programmes of some organisations; none of them is empty.
pub(crate) fn owned(owners: &[OrganisationId]) -> (String, Vec<Value>) {
    let mut values = Vec::new();
    let chosen = among("owner_id", owners, &mut values);
    (format!("{DELAYS} WHERE {chosen}"), values)
}

impl SqlSession {
    /// Gives programmes, and how many days each lets deployers answer.
    async fn programmes_where(&mut self, (sql, values): (String, Vec<Value>)) -> Stored<Vec<(ProgrammeId, i64)>> {
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter()
            .map(|row| Ok((row.get("id")?, delays(row)?.position_days)))
            .collect()
    }

    /// Lists the cases that wait for their organiser: an opinion came or was not given in time, deployers are late.
    pub(super) async fn cases_to_move(
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
        let mut found = Vec::new();
        for some in theirs.chunks(PROGRAMMES) {
            found.extend(self.cases_to_move_in(some, now).await?);
        }
        if theirs.len() > PROGRAMMES {
            found.sort_by_key(|case| std::cmp::Reverse((case.score.unwrap_or(-1), case.opened_at, case.id)));
            found.truncate(usize::try_from(one_more()).unwrap_or_default());
        }
        Ok(found)
    }

    /// Lists the most severe cases of some programmes that wait for their organiser; each has its number of days to answer.
    async fn cases_to_move_in(
        &mut self,
        programmes: &[(ProgrammeId, i64)],
        now: Timestamp,
    ) -> Stored<Vec<SharingCase>> {
        let mut values = values![now, one_more()];
        let mut waiting = Vec::new();
        // Each programme has its own delay, and its vulnerabilities in the order of an index: few are looked at.
        for (programme, days) in programmes {
            values.push((*programme).into());
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
        let condition = format!("v.id IN ({})", waiting.join(" UNION ALL "));
        self.list_cases((condition.as_str(), SEVEREST), values, one_more())
            .await
    }
}
