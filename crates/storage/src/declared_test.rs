//! Tests made elsewhere, as organisations declare them.

use crate::engine::{Row, Value};
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use async_trait::async_trait;
use authorization::Loaded;
use domain::declared_test::{DeclaredTest, DeclaredTestKind};
use domain::ids::{BlobId, DeclaredTestId, OrganisationId, PersonId, ProductId, ProgrammeId, VersionId};
use domain::{Date, Timestamp};
use std::collections::HashMap;
use use_cases::ports::{DeclaredTestRecord, DeclaredTests, StoreError, Stored, TestReader};

const RECORD: &str =
    "SELECT t.*, o.name AS organisation_name, p.name AS product_name, p.slug AS product_slug, p.vendor_id,
        v.version AS version_name
    FROM declared_test t JOIN organisation o ON o.id = t.organisation_id JOIN product p ON p.id = t.product_id
    LEFT JOIN product_version v ON v.id = t.version_id";

/// The names that one statement looks for.
const NAMES: usize = 256;

fn day(row: &Row, column: &str) -> Stored<Date> {
    let text: String = row.get(column)?;
    text.parse()
        .map_err(|_| StoreError::Corrupt(format!("{column} is no day")))
}

fn record(row: &Row) -> Stored<DeclaredTestRecord> {
    let version: Option<String> = row.get("version_name")?;
    let report: Option<BlobId> = row.get("report_id")?;
    let name: Option<Vec<u8>> = row.get("report_name_sealed")?;
    Ok(DeclaredTestRecord {
        test: DeclaredTest {
            id: row.get("id")?,
            organisation: row.get("organisation_id")?,
            product: row.get("product_id")?,
            version: row.get("version_id")?,
            kind: row.code("kind", DeclaredTestKind::from_code)?,
            from: day(row, "from_on")?,
            until: day(row, "until_on")?,
            cost_cents: row.get("cost_cents")?,
            revision: row.get("revision")?,
        },
        organisation_name: row.get("organisation_name")?,
        product_name: row.get("product_name")?,
        product_slug: row.get("product_slug")?,
        vendor: row.get("vendor_id")?,
        version_name: version.unwrap_or_default(),
        report: report.zip(name),
        administered_by: Vec::new(),
        groups: Vec::new(),
        programmes: Vec::new(),
        programme_owners: Vec::new(),
    })
}

/// What a reader is to the organisations that declared tests of a product.
#[derive(Default)]
struct Ties {
    administered_by: HashMap<OrganisationId, Vec<OrganisationId>>,
    groups: HashMap<OrganisationId, Vec<OrganisationId>>,
    programmes: HashMap<OrganisationId, Vec<(ProgrammeId, OrganisationId)>>,
}

impl SqlSession {
    async fn ties_to_declarers(&mut self, product: ProductId, reader: &TestReader, now: Timestamp) -> Stored<Ties> {
        let mut ties = Ties::default();
        if reader.organisations.is_empty() {
            return Ok(ties);
        }
        let (list, size) = placeholders(3, reader.organisations.len());
        let mut values = values![product, now];
        values.extend(padded(&reader.organisations, size).into_iter().map(Value::from));
        let declarers =
            "(SELECT t.organisation_id FROM declared_test t WHERE t.product_id = $1 AND t.withdrawn_at IS NULL)";
        let answering = format!(
            "SELECT a.organisation_id, a.within_id, a.kind FROM affiliation a JOIN organisation g ON g.id = a.within_id
             WHERE a.within_id IN ({list}) AND a.organisation_id IN {declarers}
             AND a.from_at <= $2 AND (a.until_at IS NULL OR a.until_at > $2) AND (a.kind = 'delegated'
             OR (a.kind = 'member' AND g.kind IN ('group', 'epci', 'ept', 'departement', 'region')))"
        );
        for row in self.sql.fetch_built(answering, values.clone()).await? {
            let (organisation, within): (OrganisationId, OrganisationId) =
                (row.get("organisation_id")?, row.get("within_id")?);
            if row.get::<String>("kind")? == "delegated" {
                ties.administered_by.entry(organisation).or_default().push(within);
            }
            ties.groups.entry(organisation).or_default().push(within);
        }
        let programmes = reader.programmes.clone();
        let (own, size) = placeholders(values.len() + 1, programmes.len());
        let fallback = vec![ProgrammeId(uuid::Uuid::nil())];
        let programmes = if programmes.is_empty() { fallback } else { programmes };
        values.extend(padded(&programmes, size).into_iter().map(Value::from));
        let members = format!(
            "SELECT m.organisation_id, q.id, q.owner_id FROM programme_member m JOIN programme q ON q.id = m.programme_id
             WHERE m.organisation_id IN {declarers} AND m.accepted_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2)
             AND q.published_at IS NOT NULL AND (q.owner_id IN ({list}) OR q.id IN ({own}))"
        );
        for row in self.sql.fetch_built(members, values).await? {
            let of = ties.programmes.entry(row.get("organisation_id")?).or_default();
            of.push((row.get("id")?, row.get("owner_id")?));
        }
        Ok(ties)
    }

    /// Gives a test's report back to the sweep of files that nothing names.
    async fn drop_test_report(&mut self, id: DeclaredTestId) -> Stored<()> {
        self.sql
            .execute(
                "UPDATE blob SET state = 'staged' WHERE id IN (SELECT report_id FROM declared_test WHERE id = $1)",
                values![id],
            )
            .await?;
        Ok(())
    }

    async fn one_declared_test(
        &mut self,
        id: DeclaredTestId,
        now: Timestamp,
    ) -> Stored<Option<Loaded<DeclaredTestRecord>>> {
        let rows = self
            .sql
            .fetch_built(
                format!("{RECORD} WHERE t.id = $1 AND t.withdrawn_at IS NULL"),
                values![id],
            )
            .await?;
        let Some(mut found) = rows.first().map(record).transpose()? else {
            return Ok(None);
        };
        let administrators = self
            .sql
            .fetch(
                "SELECT within_id FROM affiliation WHERE organisation_id = $1 AND kind = 'delegated'
                 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2) ORDER BY within_id LIMIT 100",
                values![found.test.organisation, now],
            )
            .await?;
        found.administered_by = administrators
            .iter()
            .map(|row| row.get("within_id"))
            .collect::<Stored<_>>()?;
        let revision = found.test.revision;
        Ok(Some(Loaded::from_row(found, revision)))
    }
}

#[async_trait]
impl DeclaredTests for SqlSession {
    async fn declared_test(
        &mut self,
        id: DeclaredTestId,
        now: Timestamp,
    ) -> Stored<Option<Loaded<DeclaredTestRecord>>> {
        self.one_declared_test(id, now).await
    }

    async fn take_declared_test(
        &mut self,
        id: DeclaredTestId,
        now: Timestamp,
    ) -> Stored<Option<Loaded<DeclaredTestRecord>>> {
        self.sql
            .execute(
                "UPDATE declared_test SET revision = revision + 1 WHERE id = $1",
                values![id],
            )
            .await?;
        self.one_declared_test(id, now).await
    }

    async fn tests_declared_by(
        &mut self,
        organisation: OrganisationId,
        after: Option<(Date, DeclaredTestId)>,
        limit: i64,
    ) -> Stored<Vec<DeclaredTestRecord>> {
        let mut sql = format!("{RECORD} WHERE t.organisation_id = $1 AND t.withdrawn_at IS NULL");
        let mut values = values![organisation, limit];
        if let Some((from, id)) = after {
            sql += " AND (t.from_on < $3 OR (t.from_on = $3 AND t.id < $4))";
            values.extend(values![from.to_string(), id]);
        }
        sql += " ORDER BY t.from_on DESC, t.id DESC LIMIT $2";
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(record).collect()
    }

    async fn tests_declared_of(
        &mut self,
        product: ProductId,
        since: Date,
        reader: &TestReader,
        now: Timestamp,
    ) -> Stored<Vec<DeclaredTestRecord>> {
        let sql = format!(
            "{RECORD} WHERE t.product_id = $1 AND t.until_on >= $2 AND t.withdrawn_at IS NULL ORDER BY t.from_on DESC, t.id DESC LIMIT 2000"
        );
        let rows = self.sql.fetch_built(sql, values![product, since.to_string()]).await?;
        let mut tests = rows.iter().map(record).collect::<Stored<Vec<_>>>()?;
        if tests.is_empty() {
            return Ok(tests);
        }
        let ties = self.ties_to_declarers(product, reader, now).await?;
        for one in &mut tests {
            let of = one.test.organisation;
            one.administered_by = ties.administered_by.get(&of).cloned().unwrap_or_default();
            one.groups = ties.groups.get(&of).cloned().unwrap_or_default();
            let programmes = ties.programmes.get(&of).map(Vec::as_slice).unwrap_or_default();
            (one.programmes, one.programme_owners) = programmes.iter().copied().unzip();
        }
        Ok(tests)
    }

    async fn products_called(&mut self, names: &[String]) -> Stored<Vec<(ProductId, String, String)>> {
        let mut found = Vec::new();
        for chunk in names.chunks(NAMES) {
            let (list, size) = placeholders(1, chunk.len());
            let values = padded(chunk, size)
                .iter()
                .map(|name| Value::from(name.as_str()))
                .collect();
            let sql = format!(
                "SELECT id, slug, name FROM product WHERE slug IN ({list})
                 UNION SELECT id, slug, name FROM product WHERE name_sort IN ({list})"
            );
            for row in self.sql.fetch_built(sql, values).await? {
                found.push((row.get("id")?, row.get("slug")?, row.get("name")?));
            }
        }
        Ok(found)
    }

    async fn versions_called(&mut self, products: &[ProductId]) -> Stored<Vec<(ProductId, VersionId, String)>> {
        let mut found = Vec::new();
        for chunk in products.chunks(NAMES) {
            let (list, size) = placeholders(1, chunk.len());
            let values = padded(chunk, size).into_iter().map(Value::from).collect();
            let sql = format!("SELECT product_id, id, version FROM product_version WHERE product_id IN ({list})");
            for row in self.sql.fetch_built(sql, values).await? {
                found.push((row.get("product_id")?, row.get("id")?, row.get("version")?));
            }
        }
        Ok(found)
    }

    async fn insert_declared_test(
        &mut self,
        test: &DeclaredTest,
        report: Option<(BlobId, Vec<u8>)>,
        by: Option<PersonId>,
        at: Timestamp,
    ) -> Stored<()> {
        let (report, name) = report.unzip();
        self.sql
            .execute(
                "INSERT INTO declared_test (id, organisation_id, product_id, version_id, kind, from_on, until_on, cost_cents,
                     report_id, report_name_sealed, declared_by, declared_at, revision)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)",
                values![
                    test.id,
                    test.organisation,
                    test.product,
                    test.version,
                    test.kind.code(),
                    test.from.to_string(),
                    test.until.to_string(),
                    test.cost_cents,
                    report,
                    name,
                    by,
                    at
                ],
            )
            .await?;
        Ok(())
    }

    async fn test_is_declared(&mut self, test: &DeclaredTest) -> Stored<bool> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT id FROM declared_test WHERE organisation_id = $1 AND product_id = $2 AND kind = $3 AND from_on = $4
                 AND until_on = $5 AND withdrawn_at IS NULL AND id <> $6",
                values![
                    test.organisation,
                    test.product,
                    test.kind.code(),
                    test.from.to_string(),
                    test.until.to_string(),
                    test.id
                ],
            )
            .await?;
        Ok(row.is_some())
    }

    async fn update_declared_test(&mut self, test: &DeclaredTest, report: Option<(BlobId, Vec<u8>)>) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE declared_test SET version_id = $3, kind = $4, from_on = $5, until_on = $6, cost_cents = $7
                 WHERE id = $1 AND revision = $2 AND withdrawn_at IS NULL",
                values![
                    test.id,
                    test.revision,
                    test.version,
                    test.kind.code(),
                    test.from.to_string(),
                    test.until.to_string(),
                    test.cost_cents
                ],
            )
            .await?;
        let Some((report, name)) = report else {
            return Ok(());
        };
        self.drop_test_report(test.id).await?;
        self.sql
            .execute_one(
                "UPDATE declared_test SET report_id = $2, report_name_sealed = $3 WHERE id = $1",
                values![test.id, report, name],
            )
            .await
    }

    async fn withdraw_declared_test(&mut self, id: DeclaredTestId, revision: i64, at: Timestamp) -> Stored<()> {
        self.drop_test_report(id).await?;
        self.sql
            .execute_one(
                "UPDATE declared_test SET withdrawn_at = $3, report_id = NULL, report_name_sealed = NULL
                 WHERE id = $1 AND revision = $2 AND withdrawn_at IS NULL",
                values![id, revision, at],
            )
            .await
    }
}
