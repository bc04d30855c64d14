//! The directory as a whole: many organisations and affiliations at once.

use crate::engine::Value;
use crate::organisation::organisation;
use crate::session::{SqlSession, padded, placeholders, rows_of};
use crate::values;
use async_trait::async_trait;
use domain::Timestamp;
use domain::directory::Held;
use domain::ids::{AffiliationId, OrganisationId};
use domain::organisation::{Affiliation, Organisation, OrganisationKind, name_sort, name_words};
use use_cases::ports::{Directories, Stored};

/// The rows that one statement adds, and the identifiers that one names.
const ROWS: usize = 128;

impl SqlSession {
    /// Adds the words by which organisations are found.
    async fn insert_words(&mut self, organisations: &[Organisation]) -> Stored<()> {
        let words: Vec<(String, OrganisationId)> = organisations
            .iter()
            .flat_map(|o| name_words(&o.name).into_iter().map(|word| (word, o.id)))
            .collect();
        for chunk in words.chunks(ROWS) {
            let rows = rows_of(chunk.len(), 2);
            let values = chunk
                .iter()
                .flat_map(|(word, id)| values![word.as_str(), *id])
                .collect();
            let sql = format!("INSERT INTO organisation_word (word, organisation_id) VALUES {rows}");
            self.sql.fetch_built(sql, values).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl Directories for SqlSession {
    async fn authorities(&mut self, after: OrganisationId, limit: i64) -> Stored<Vec<Organisation>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM organisation
                 WHERE id > $1 AND kind IN ('commune', 'epci', 'ept', 'departement', 'region') ORDER BY id LIMIT $2",
                values![after, limit],
            )
            .await?;
        rows.iter().map(organisation).collect()
    }

    async fn territories_of(&mut self, ids: &[OrganisationId]) -> Stored<Vec<(OrganisationId, Held)>> {
        let mut found = Vec::new();
        for chunk in ids.chunks(ROWS) {
            let (list, size) = placeholders(1, chunk.len());
            let values = padded(chunk, size).into_iter().map(Value::from).collect();
            let sql = format!(
                "SELECT a.id, a.organisation_id, a.within_id, o.kind FROM affiliation a
                 JOIN organisation o ON o.id = a.within_id
                 WHERE a.organisation_id IN ({list}) AND a.kind = 'territory' AND a.until_at IS NULL ORDER BY a.id"
            );
            for row in self.sql.fetch_built(sql, values).await? {
                let held = Held {
                    id: row.get("id")?,
                    within: row.get("within_id")?,
                    kind: row.code("kind", OrganisationKind::from_code)?,
                };
                found.push((row.get("organisation_id")?, held));
            }
        }
        Ok(found)
    }

    async fn peopled(&mut self, ids: &[OrganisationId]) -> Stored<Vec<OrganisationId>> {
        let mut found = Vec::new();
        for chunk in ids.chunks(ROWS) {
            let (list, size) = placeholders(1, chunk.len());
            let values = padded(chunk, size).into_iter().map(Value::from).collect();
            let sql = format!(
                "SELECT DISTINCT organisation_id FROM role_grant
                 WHERE organisation_id IN ({list}) AND until_at IS NULL"
            );
            for row in self.sql.fetch_built(sql, values).await? {
                found.push(row.get("organisation_id")?);
            }
        }
        Ok(found)
    }

    async fn insert_organisations(&mut self, organisations: &[Organisation], at: Timestamp) -> Stored<()> {
        for chunk in organisations.chunks(ROWS) {
            let rows = rows_of(chunk.len(), 12);
            let values = chunk
                .iter()
                .flat_map(|o| {
                    values![
                        o.id,
                        o.kind.code(),
                        &o.name,
                        name_sort(&o.name),
                        o.siren.clone(),
                        o.insee.clone(),
                        o.successor,
                        o.ended,
                        o.listed,
                        o.fictional,
                        1_i64,
                        at
                    ]
                })
                .collect();
            let sql = format!(
                "INSERT INTO organisation (id, kind, name, name_sort, siren, insee, successor_id, ended_at, listed, fictional, revision, created_at) VALUES {rows}"
            );
            self.sql.fetch_built(sql, values).await?;
        }
        self.insert_words(organisations).await
    }

    async fn correct_organisation(&mut self, o: &Organisation) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE organisation SET name = $2, name_sort = $3, siren = $4, insee = $5, successor_id = $6, ended_at = $7,
                 listed = $8, revision = revision + 1 WHERE id = $1",
                values![
                    o.id, &o.name, name_sort(&o.name), o.siren.clone(), o.insee.clone(), o.successor, o.ended, o.listed,
                ],
            )
            .await?;
        self.sql
            .execute(
                "DELETE FROM organisation_word WHERE organisation_id = $1",
                values![o.id],
            )
            .await?;
        self.insert_words(std::slice::from_ref(o)).await
    }

    async fn insert_affiliations(&mut self, affiliations: &[Affiliation]) -> Stored<()> {
        for chunk in affiliations.chunks(ROWS) {
            let rows = rows_of(chunk.len(), 6);
            let values = chunk
                .iter()
                .flat_map(|a| values![a.id, a.organisation, a.within, a.kind.code(), a.from, a.until])
                .collect();
            let sql = format!(
                "INSERT INTO affiliation (id, organisation_id, within_id, kind, from_at, until_at) VALUES {rows}"
            );
            self.sql.fetch_built(sql, values).await?;
        }
        Ok(())
    }

    async fn end_affiliations(&mut self, ids: &[AffiliationId], at: Timestamp) -> Stored<()> {
        for chunk in ids.chunks(ROWS) {
            let (list, size) = placeholders(2, chunk.len());
            let mut values = values![at];
            values.extend(padded(chunk, size).into_iter().map(Value::from));
            let sql = format!("UPDATE affiliation SET until_at = $1 WHERE id IN ({list}) AND until_at IS NULL");
            self.sql.fetch_built(sql, values).await?;
        }
        Ok(())
    }
}
