//! Products and their versions.

use super::rows::{product, version};
use crate::engine::Value;
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use authorization::Loaded;
use domain::Timestamp;
use domain::ids::{OrganisationId, ProductId, VersionId};
use domain::organisation::name_sort;
use domain::product::{Product, ProductVersion};
use use_cases::ports::{COUNTED_TO, ProductFilter, ProductRecord, Stored};

const PRODUCT: &str = "SELECT p.*, o.name AS vendor_name, EXISTS (SELECT 1 FROM role_grant g
        WHERE g.organisation_id = p.vendor_id AND g.role = 'vendor_contact' AND g.until_at IS NULL) AS vendor_present
     FROM product p JOIN organisation o ON o.id = p.vendor_id";

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
    if let Some(prefix) = &filter.prefix {
        let from = bind(prefix.as_str().into());
        let until = bind(format!("{prefix}\u{10ffff}").into());
        sql += &format!(" AND p.name_sort >= {from} AND p.name_sort < {until}");
    }
    if let (Some((name, id)), true) = (&filter.after, paged) {
        let (name, id) = (bind(name.as_str().into()), bind((*id).into()));
        sql += &format!(" AND (p.name_sort > {name} OR (p.name_sort = {name} AND p.id > {id}))");
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

    pub(super) async fn taken(
        &mut self,
        slug: &str,
        purl: Option<&str>,
        but: Option<ProductId>,
    ) -> Stored<(bool, bool)> {
        let rows = self
            .sql
            .fetch(
                "SELECT id, slug, purl FROM product WHERE slug = $1 OR purl = $2 ORDER BY id LIMIT 4",
                values![slug, purl],
            )
            .await?;
        let (mut by_slug, mut by_purl) = (false, false);
        for row in &rows {
            if Some(row.get::<ProductId>("id")?) == but {
                continue;
            }
            by_slug |= row.get::<String>("slug")? == slug;
            by_purl |= purl.is_some() && row.get::<Option<String>>("purl")?.as_deref() == purl;
        }
        Ok((by_slug, by_purl))
    }

    pub(super) async fn makers(&mut self) -> Stored<Vec<(OrganisationId, String)>> {
        let rows = self
            .sql
            .fetch(
                "SELECT o.id, o.name FROM organisation o WHERE EXISTS (SELECT 1 FROM product p WHERE p.vendor_id = o.id)
                 ORDER BY o.name_sort, o.id LIMIT 2000",
                values![],
            )
            .await?;
        rows.iter().map(|row| Ok((row.get("id")?, row.get("name")?))).collect()
    }

    pub(super) async fn add_product(&mut self, p: &Product, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO product (id, vendor_id, slug, name, name_sort, description, purl, last_vulnerability, revision, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 1, $8)",
                values![p.id, p.vendor, &p.slug, &p.name, name_sort(&p.name), &p.description, p.purl.clone(), at],
            )
            .await?;
        Ok(())
    }

    pub(super) async fn save_product(&mut self, p: &Product) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE product SET name = $3, name_sort = $4, description = $5, purl = $6 WHERE id = $1 AND revision = $2",
                values![p.id, p.revision, &p.name, name_sort(&p.name), &p.description, p.purl.clone()],
            )
            .await
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
        rows.iter().map(version).collect()
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
