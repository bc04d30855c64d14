//! Organisations and affiliations.

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::ids::{AffiliationId, OrganisationId};
use domain::organisation::{Affiliation, AffiliationKind, Organisation, OrganisationKind};
use std::collections::BTreeSet;
use use_cases::ports::{COUNTED_TO, Directories, OrganisationFilter, OrganisationRecord, Organisations, Stored};

pub(crate) fn organisation(row: &Row) -> Stored<Organisation> {
    Ok(Organisation {
        id: row.get("id")?,
        kind: row.code("kind", OrganisationKind::from_code)?,
        name: row.get("name")?,
        siren: row.get("siren")?,
        insee: row.get("insee")?,
        successor: row.get("successor_id")?,
        ended: row.get("ended_at")?,
        listed: row.get("listed")?,
        fictional: row.get("fictional")?,
    })
}

/// The most words of a search that count.
const WORDS: usize = 8;

fn affiliation(row: &Row) -> Stored<Affiliation> {
    Ok(Affiliation {
        id: row.get("id")?,
        organisation: row.get("organisation_id")?,
        within: row.get("within_id")?,
        kind: row.code("kind", AffiliationKind::from_code)?,
        from: row.get("from_at")?,
        until: row.get("until_at")?,
    })
}

/// Writes the conditions of a filter, with the values they bind.
/// Asks that the organisation of a column has a name in which each of some folded words begins a word.
pub(crate) fn having_words(column: &str, words: &BTreeSet<String>, values: &mut Vec<Value>) -> String {
    let mut sql = String::new();
    for word in words.iter().take(WORDS) {
        values.push(word.as_str().into());
        values.push(format!("{word}\u{10ffff}").into());
        let (from, until) = (values.len() - 1, values.len());
        sql += &format!(
            " AND {column} IN (SELECT w.organisation_id FROM organisation_word w WHERE w.word >= ${from} AND w.word < ${until})"
        );
    }
    sql
}

fn conditions(filter: &OrganisationFilter, paged: bool) -> (String, Vec<Value>) {
    // An ended organisation has its sheet, and is listed and chosen nowhere.
    let mut sql = String::from(" AND o.ended_at IS NULL");
    let mut values: Vec<Value> = Vec::new();
    let mut bind = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    if !filter.kinds.is_empty() {
        let kinds: Vec<String> = filter.kinds.iter().map(|kind| bind(kind.code().into())).collect();
        sql += &format!(" AND o.kind IN ({})", kinds.join(", "));
    }
    if let Some(within) = filter.within {
        let within = bind(within.into());
        sql += &format!(
            " AND o.id IN (SELECT a.organisation_id FROM affiliation a WHERE a.within_id = {within} AND a.until_at IS NULL)"
        );
    }
    if let Some(prefix) = &filter.prefix {
        let from = bind(prefix.as_str().into());
        let until = bind(format!("{prefix}\u{10ffff}").into());
        sql += &format!(" AND o.name_sort >= {from} AND o.name_sort < {until}");
    }
    sql += &having_words("o.id", &filter.words, &mut values);
    let mut bind = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    if let (Some((name, id)), true) = (&filter.after, paged) {
        let (name, id) = (bind(name.as_str().into()), bind((*id).into()));
        sql += &format!(" AND o.name_sort >= {name} AND (o.name_sort > {name} OR o.id > {id})");
    }
    if paged {
        sql += &format!(" ORDER BY o.name_sort, o.id LIMIT {}", bind(filter.limit.into()));
    }
    (sql, values)
}

#[async_trait]
impl Organisations for SqlSession {
    async fn organisation(&mut self, id: OrganisationId) -> Stored<Option<Loaded<OrganisationRecord>>> {
        let Some(row) = self
            .sql
            .fetch_optional("SELECT * FROM organisation WHERE id = $1", values![id])
            .await?
        else {
            return Ok(None);
        };
        let administered_by = self
            .sql
            .fetch(
                "SELECT within_id FROM affiliation WHERE organisation_id = $1 AND kind = 'delegated' AND until_at IS NULL",
                values![id],
            )
            .await?;
        let record = OrganisationRecord {
            organisation: organisation(&row)?,
            administered_by: administered_by
                .iter()
                .map(|row| row.get("within_id"))
                .collect::<Stored<_>>()?,
        };
        Ok(Some(Loaded::from_row(record, row.get("revision")?)))
    }

    async fn organisations(&mut self, ids: &[OrganisationId]) -> Stored<Vec<Organisation>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for chunk in ids.chunks(256) {
            let (list, size) = placeholders(1, chunk.len());
            let values = padded(chunk, size).into_iter().map(Value::from).collect();
            let sql = format!("SELECT * FROM organisation WHERE id IN ({list}) ORDER BY name_sort, id");
            for row in self.sql.fetch_built(sql, values).await? {
                found.push(organisation(&row)?);
            }
        }
        Ok(found)
    }

    async fn organisation_by_siren(&mut self, siren: &str) -> Stored<Option<Organisation>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM organisation WHERE siren = $1", values![siren])
            .await?;
        row.as_ref().map(organisation).transpose()
    }

    async fn list_organisations(&mut self, filter: &OrganisationFilter) -> Stored<Vec<Organisation>> {
        let (conditions, values) = conditions(filter, true);
        let sql = format!("SELECT o.* FROM organisation o WHERE TRUE{conditions}");
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(organisation).collect()
    }

    async fn count_listed(&mut self, filter: &OrganisationFilter) -> Stored<i64> {
        let (conditions, values) = conditions(filter, false);
        let sql = format!(
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT 1 FROM organisation o WHERE TRUE{conditions} LIMIT {COUNTED_TO}) t"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.first().map_or(Ok(0), |row| row.get("n"))
    }

    async fn count_organisations(&mut self) -> Stored<i64> {
        self.sql
            .fetch_one("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM organisation", values![])
            .await?
            .get("n")
    }

    async fn insert_organisation(&mut self, o: &Organisation, at: Timestamp) -> Stored<()> {
        self.insert_organisations(std::slice::from_ref(o), at).await
    }

    async fn insert_affiliation(&mut self, a: &Affiliation) -> Stored<()> {
        self.insert_affiliations(std::slice::from_ref(a)).await
    }

    async fn affiliation(&mut self, id: AffiliationId) -> Stored<Option<Affiliation>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM affiliation WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(affiliation).transpose()
    }

    async fn open_affiliations(&mut self, id: OrganisationId, at: Timestamp) -> Stored<Vec<Affiliation>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM affiliation WHERE organisation_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)
                 ORDER BY from_at, id LIMIT 500",
                values![id, at],
            )
            .await?;
        rows.iter().map(affiliation).collect()
    }

    async fn end_affiliation(&mut self, id: AffiliationId, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE affiliation SET until_at = $2 WHERE id = $1 AND until_at IS NULL",
                values![id, at],
            )
            .await
    }

    async fn insee_is_taken(&mut self, kind: OrganisationKind, insee: &str) -> Stored<bool> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT id FROM organisation WHERE kind = $1 AND insee = $2",
                values![kind.code(), insee],
            )
            .await?;
        Ok(row.is_some())
    }

    async fn affiliations_of(
        &mut self,
        id: OrganisationId,
        at: Timestamp,
    ) -> Stored<Vec<(Organisation, AffiliationKind)>> {
        let rows = self
            .sql
            .fetch(
                "SELECT o.*, a.kind AS affiliation FROM affiliation a JOIN organisation o ON o.id = a.within_id
                 WHERE a.organisation_id = $1 AND a.from_at <= $2 AND (a.until_at IS NULL OR a.until_at > $2)
                 ORDER BY o.name_sort, o.id",
                values![id, at],
            )
            .await?;
        rows.iter()
            .map(|row| Ok((organisation(row)?, row.code("affiliation", AffiliationKind::from_code)?)))
            .collect()
    }

    async fn affiliated_with(&mut self, within: OrganisationId, at: Timestamp) -> Stored<Vec<Organisation>> {
        let rows = self
            .sql
            .fetch(
                "SELECT o.* FROM organisation o WHERE EXISTS (
                     SELECT 1 FROM affiliation a WHERE a.organisation_id = o.id AND a.within_id = $1
                     AND a.from_at <= $2 AND (a.until_at IS NULL OR a.until_at > $2))
                 ORDER BY o.name_sort, o.id",
                values![within, at],
            )
            .await?;
        rows.iter().map(organisation).collect()
    }
}
