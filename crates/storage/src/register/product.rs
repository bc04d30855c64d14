//! Products and their versions.

use super::rows::{product, version};
use crate::engine::Value;
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use authorization::Loaded;
use domain::Timestamp;
use domain::ids::{ProductId, VersionId};
use domain::organisation::{name_sort, name_words};
use domain::product::{Product, ProductVersion, newest_first};
use use_cases::ports::{COUNTED_TO, ProductFilter, ProductRecord, Stored};

const PRODUCT: &str = "SELECT p.*, o.name AS vendor_name, EXISTS (SELECT 1 FROM role_grant g
        WHERE g.organisation_id = p.vendor_id AND g.role = 'vendor_contact' AND g.until_at IS NULL) AS vendor_present
     FROM product p JOIN organisation o ON o.id = p.vendor_id";

/// The most words of a search that count.
const WORDS: usize = 8;

/// Writes the conditions of a filter, with the values they bind.
fn conditions(filter: &ProductFilter, paged: bool) -> (String, Vec<Value>) {
    let mut sql = " WHERE TRUE".to_owned();
    let mut values: Vec<Value> = Vec::new();
    let mut bind = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    if let Some(vendor) = filter.vendor {
        sql += &format!(" AND p.vendor_id = {}", bind(vendor.into()));
    }
    for word in filter.words.iter().take(WORDS) {
        let from = bind(word.as_str().into());
        let until = bind(format!("{word}\u{10ffff}").into());
        sql += &format!(
            " AND p.id IN (SELECT w.product_id FROM product_word w WHERE w.word >= {from} AND w.word < {until})"
        );
    }
    if let Some(code) = &filter.code {
        let column = if code.starts_with("cpe:") { "cpe" } else { "purl" };
        let from = bind(code.as_str().into());
        let until = bind(format!("{code}\u{10ffff}").into());
        sql += &format!(" AND p.{column} >= {from} AND p.{column} < {until}");
    }
    if let (Some((name, id)), true) = (&filter.after, paged) {
        let (name, id) = (bind(name.as_str().into()), bind((*id).into()));
        sql += &format!(" AND p.name_sort >= {name} AND (p.name_sort > {name} OR p.id > {id})");
    }
    if paged {
        sql += &format!(" ORDER BY p.name_sort, p.id LIMIT {}", bind(filter.limit.into()));
    }
    (sql, values)
}

impl SqlSession {
    async fn one_product(&mut self, condition: &str, value: Value) -> Stored<Option<Loaded<ProductRecord>>> {
        let rows = self
            .sql
            .fetch_built(format!("{PRODUCT} WHERE {condition}"), vec![value])
            .await?;
        let record = rows.first().map(product).transpose()?;
        Ok(record.map(|record| {
            let revision = record.product.revision;
            Loaded::from_row(record, revision)
        }))
    }

    pub(super) async fn read_product(&mut self, id: ProductId) -> Stored<Option<Loaded<ProductRecord>>> {
        self.one_product("p.id = $1", id.into()).await
    }

    pub(super) async fn hold_product(&mut self, id: ProductId) -> Stored<Option<Loaded<ProductRecord>>> {
        self.sql
            .execute("UPDATE product SET revision = revision + 1 WHERE id = $1", values![id])
            .await?;
        self.read_product(id).await
    }

    pub(super) async fn find_product(&mut self, slug: &str) -> Stored<Option<Loaded<ProductRecord>>> {
        self.one_product("p.slug = $1", slug.into()).await
    }

    pub(super) async fn find_purl(&mut self, purl: &str) -> Stored<Option<Loaded<ProductRecord>>> {
        self.one_product("p.purl = $1", purl.into()).await
    }

    pub(super) async fn several_products(&mut self, ids: &[ProductId]) -> Stored<Vec<ProductRecord>> {
        let mut found = Vec::new();
        for chunk in ids.chunks(256) {
            let (list, size) = placeholders(1, chunk.len());
            let values = padded(chunk, size).into_iter().map(Value::from).collect();
            let sql = format!("{PRODUCT} WHERE p.id IN ({list}) ORDER BY p.name_sort, p.id");
            for row in self.sql.fetch_built(sql, values).await? {
                found.push(product(&row)?);
            }
        }
        Ok(found)
    }

    pub(super) async fn page_of_products(&mut self, filter: &ProductFilter) -> Stored<Vec<ProductRecord>> {
        let (conditions, values) = conditions(filter, true);
        let rows = self.sql.fetch_built(format!("{PRODUCT}{conditions}"), values).await?;
        rows.iter().map(product).collect()
    }

    pub(super) async fn number_of_products(&mut self, filter: &ProductFilter) -> Stored<i64> {
        let (conditions, values) = conditions(filter, false);
        let sql = format!(
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT 1 FROM product p{conditions} LIMIT {COUNTED_TO}) t"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.first().map_or(Ok(0), |row| row.get("n"))
    }

    pub(super) async fn find_cpe(&mut self, cpe: &str) -> Stored<Option<Loaded<ProductRecord>>> {
        self.one_product("p.cpe = $1", cpe.into()).await
    }

    pub(super) async fn add_product(&mut self, p: &Product, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO product (id, vendor_id, slug, name, name_sort, description, purl, cpe, last_vulnerability, revision, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 1, $9)",
                values![
                    p.id, p.vendor, &p.slug, &p.name, name_sort(&p.name), &p.description, p.purl.clone(), p.cpe.clone(), at,
                ],
            )
            .await?;
        self.write_words(p).await
    }

    pub(super) async fn save_product(&mut self, p: &Product) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE product SET name = $3, name_sort = $4, description = $5, purl = $6, cpe = $7
                 WHERE id = $1 AND revision = $2",
                values![
                    p.id,
                    p.revision,
                    &p.name,
                    name_sort(&p.name),
                    &p.description,
                    p.purl.clone(),
                    p.cpe.clone(),
                ],
            )
            .await?;
        self.sql
            .execute("DELETE FROM product_word WHERE product_id = $1", values![p.id])
            .await?;
        self.write_words(p).await
    }

    async fn write_words(&mut self, p: &Product) -> Stored<()> {
        for word in name_words(&p.name) {
            self.sql
                .execute(
                    "INSERT INTO product_word (word, product_id) VALUES ($1, $2)",
                    values![word, p.id],
                )
                .await?;
        }
        Ok(())
    }

    pub(super) async fn number_vulnerability(&mut self, product: ProductId) -> Stored<i64> {
        self.sql
            .fetch_one(
                "UPDATE product SET last_vulnerability = last_vulnerability + 1 WHERE id = $1 RETURNING last_vulnerability",
                values![product],
            )
            .await?
            .get("last_vulnerability")
    }

    pub(super) async fn versions_of(&mut self, product: ProductId) -> Stored<Vec<ProductVersion>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM product_version WHERE product_id = $1
                 ORDER BY released_on DESC NULLS LAST, created_at DESC, id DESC LIMIT 500",
                values![product],
            )
            .await?;
        let mut versions = rows.iter().map(version).collect::<Stored<Vec<_>>>()?;
        newest_first(&mut versions);
        Ok(versions)
    }

    pub(super) async fn read_version(&mut self, id: VersionId) -> Stored<Option<ProductVersion>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM product_version WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(version).transpose()
    }

    pub(super) async fn add_version(&mut self, v: &ProductVersion, at: Timestamp) -> Stored<VersionId> {
        self.sql
            .execute(
                "INSERT INTO product_version (id, product_id, version, released_on, supported_until, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (product_id, version) DO NOTHING",
                values![
                    v.id,
                    v.product,
                    &v.version,
                    v.released_on.map(|d| d.to_string()),
                    v.supported_until.map(|d| d.to_string()),
                    at,
                ],
            )
            .await?;
        self.sql
            .fetch_one(
                "SELECT id FROM product_version WHERE product_id = $1 AND version = $2",
                values![v.product, &v.version],
            )
            .await?
            .get("id")
    }

    pub(super) async fn save_version(&mut self, v: &ProductVersion) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE product_version SET released_on = $2, supported_until = $3 WHERE id = $1",
                values![
                    v.id,
                    v.released_on.map(|d| d.to_string()),
                    v.supported_until.map(|d| d.to_string())
                ],
            )
            .await
    }
}
