//! Deployments, who runs what, and the proofs of it.

use super::rows::{deployment, proof};
use crate::engine::Value;
use crate::session::{SqlSession, padded, placeholders};
use crate::values;
use authorization::Loaded;
use domain::Timestamp;
use domain::deployment::Deployment;
use domain::ids::{DeploymentId, OrganisationId, PersonId, ProductId, ProgrammeId};
use use_cases::ports::{
    Confirmation, DeploymentFilter, DeploymentRecord, DeploymentRow, DeploymentsOf, OrganiserReach, ProofRow, Stored,
};
use uuid::Uuid;

const DEPLOYMENT: &str = "SELECT d.*, o.name AS organisation_name, p.name AS product_name, p.slug AS product_slug,
        p.vendor_id, v.version AS version_name, h.name AS host_name,
        (SELECT CAST(COUNT(*) AS BIGINT) FROM deployment_proof x WHERE x.deployment_id = d.id AND x.decided_at IS NULL) AS proofs_waiting
     FROM deployment d
     JOIN organisation o ON o.id = d.organisation_id
     JOIN product p ON p.id = d.product_id
     LEFT JOIN product_version v ON v.id = d.version_id
     LEFT JOIN organisation h ON h.id = d.host_id";

/// Products that one count tells apart at most.
const PRODUCTS: i64 = 500;

/// The organisations for which `$1` answers at `$3`: by delegation, or as a group of which they are members.
const ANSWERED_FOR: &str = "SELECT a.organisation_id FROM affiliation a JOIN organisation g ON g.id = a.within_id
     WHERE a.within_id = $1 AND a.from_at <= $3 AND (a.until_at IS NULL OR a.until_at > $3) AND (a.kind = 'delegated'
     OR (a.kind = 'member' AND g.kind IN ('group', 'epci', 'ept', 'departement', 'region')))";

/// Writes which declarations wait for organisers; `$1` is their organisation and `$3` the instant.
fn waiting_for_organiser(reach: &OrganiserReach, values: &mut Vec<Value>) -> String {
    let (list, size) = placeholders(values.len() + 1, reach.programmes.len());
    let programmes = if reach.programmes.is_empty() {
        vec![ProgrammeId(Uuid::nil())]
    } else {
        reach.programmes.clone()
    };
    values.extend(padded(&programmes, size).into_iter().map(Value::from));
    let (owned, answered_for) = if reach.whole {
        (" OR q.owner_id = $1", format!(" UNION {ANSWERED_FOR}"))
    } else {
        ("", String::new())
    };
    format!(
        "d.state = 'declared' AND d.organisation_id <> $1 AND d.organisation_id IN (
             SELECT m.organisation_id FROM programme_member m JOIN programme q ON q.id = m.programme_id
             WHERE m.accepted_at <= $3 AND (m.until_at IS NULL OR m.until_at > $3) AND q.published_at IS NOT NULL
             AND (q.id IN ({list}){owned}){answered_for})"
    )
}

/// Writes which deployments are meant; `$2` is how many, and `$3` the instant where it matters.
fn chosen(of: &DeploymentsOf, limit: i64, at: Timestamp) -> (String, Vec<Value>) {
    let limit = Value::from(limit);
    match of {
        DeploymentsOf::Organisation(id) => ("d.organisation_id = $1".to_owned(), vec![(*id).into(), limit]),
        DeploymentsOf::Product(id) => ("d.product_id = $1".to_owned(), vec![(*id).into(), limit]),
        DeploymentsOf::WaitingForVendor(id) => (
            "p.vendor_id = $1 AND d.state = 'declared' AND d.refused_at IS NULL".to_owned(),
            vec![(*id).into(), limit],
        ),
        DeploymentsOf::WaitingForOrganiser(reach) => {
            let mut values = vec![reach.organisation.into(), limit, at.into()];
            (waiting_for_organiser(reach, &mut values), values)
        }
    }
}

impl SqlSession {
    pub(super) async fn waiting_by_product(
        &mut self,
        of: &DeploymentsOf,
        but: &[OrganisationId],
        at: Timestamp,
    ) -> Stored<Vec<(String, String, i64)>> {
        let (mut condition, mut values) = chosen(of, PRODUCTS, at);
        if matches!(of, DeploymentsOf::WaitingForOrganiser(_)) {
            condition += " AND (d.refused_at IS NOT NULL OR EXISTS (SELECT 1 FROM deployment_proof x
                 WHERE x.deployment_id = d.id AND x.decided_at IS NULL))";
        }
        if !but.is_empty() {
            let (list, size) = placeholders(values.len() + 1, but.len());
            values.extend(padded(but, size).into_iter().map(Value::from));
            condition += &format!(" AND d.organisation_id NOT IN ({list})");
        }
        let sql = format!(
            "SELECT p.slug, p.name, CAST(COUNT(*) AS BIGINT) AS n FROM deployment d JOIN product p ON p.id = d.product_id
             WHERE {condition} AND d.until_at IS NULL GROUP BY p.slug, p.name ORDER BY p.name, p.slug LIMIT $2"
        );
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter()
            .map(|row| Ok((row.get("slug")?, row.get("name")?, row.get("n")?)))
            .collect()
    }

    pub(super) async fn read_deployment(
        &mut self,
        id: DeploymentId,
        at: Timestamp,
    ) -> Stored<Option<Loaded<DeploymentRecord>>> {
        let rows = self
            .sql
            .fetch_built(format!("{DEPLOYMENT} WHERE d.id = $1"), values![id])
            .await?;
        let Some(row) = rows.first().map(deployment).transpose()? else {
            return Ok(None);
        };
        let organisation = row.deployment.organisation;
        let groups = self
            .sql
            .fetch(
                "SELECT a.within_id FROM affiliation a JOIN organisation g ON g.id = a.within_id
                 WHERE a.organisation_id = $1 AND a.from_at <= $2 AND (a.until_at IS NULL OR a.until_at > $2)
                 AND (a.kind = 'delegated' OR (a.kind = 'member' AND g.kind IN ('group', 'epci', 'ept', 'departement', 'region')))
                 ORDER BY a.within_id LIMIT 100",
                values![organisation, at],
            )
            .await?;
        let programmes = self
            .sql
            .fetch(
                "SELECT p.id, p.owner_id FROM programme_member m JOIN programme p ON p.id = m.programme_id
                 WHERE m.organisation_id = $1 AND m.accepted_at <= $2 AND p.published_at IS NOT NULL AND (m.until_at IS NULL OR m.until_at > $2)
                 ORDER BY p.id LIMIT 100",
                values![organisation, at],
            )
            .await?;
        let revision = row.deployment.revision;
        let record = DeploymentRecord {
            row,
            groups: groups.iter().map(|row| row.get("within_id")).collect::<Stored<_>>()?,
            programmes: programmes.iter().map(|row| row.get("id")).collect::<Stored<_>>()?,
            programme_owners: programmes
                .iter()
                .map(|row| row.get("owner_id"))
                .collect::<Stored<_>>()?,
        };
        Ok(Some(Loaded::from_row(record, revision)))
    }

    pub(super) async fn hold_deployment(
        &mut self,
        id: DeploymentId,
        at: Timestamp,
    ) -> Stored<Option<Loaded<DeploymentRecord>>> {
        self.sql
            .execute(
                "UPDATE deployment SET revision = revision + 1 WHERE id = $1",
                values![id],
            )
            .await?;
        self.read_deployment(id, at).await
    }

    pub(super) async fn page_of_deployments(&mut self, filter: &DeploymentFilter) -> Stored<Vec<DeploymentRow>> {
        let (condition, mut values) = chosen(&filter.of, filter.limit, filter.at);
        let mut sql = format!("{DEPLOYMENT} WHERE {condition} AND d.until_at IS NULL");
        if let Some(after) = filter.after {
            values.push(after.into());
            sql += &format!(" AND d.id > ${}", values.len());
        }
        sql += " ORDER BY d.id LIMIT $2";
        let rows = self.sql.fetch_built(sql, values).await?;
        rows.iter().map(deployment).collect()
    }

    pub(super) async fn number_of_deployers(&mut self, product: ProductId, at: Timestamp) -> Stored<i64> {
        self.sql
            .fetch_one(
                // The index has them in order: they are counted as they come.
                "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT DISTINCT organisation_id FROM deployment
                 WHERE product_id = $1 AND state = 'confirmed' AND (until_at IS NULL OR until_at > $2)) d",
                values![product, at],
            )
            .await?
            .get("n")
    }

    pub(super) async fn add_deployment(&mut self, d: &Deployment, by: Option<PersonId>, at: Timestamp) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO deployment (id, organisation_id, product_id, version_id, label, host_id, state, from_at,
                     revision, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10)",
                values![
                    d.id,
                    d.organisation,
                    d.product,
                    d.version,
                    &d.label,
                    d.host,
                    d.state.code(),
                    d.from,
                    by,
                    at,
                ],
            )
            .await?;
        Ok(())
    }

    pub(super) async fn is_open(
        &mut self,
        organisation: OrganisationId,
        product: ProductId,
        label: &str,
    ) -> Stored<bool> {
        let row = self
            .sql
            .fetch_optional(
                "SELECT id FROM deployment WHERE organisation_id = $1 AND product_id = $2 AND label = $3 AND until_at IS NULL",
                values![organisation, product, label],
            )
            .await?;
        Ok(row.is_some())
    }

    pub(super) async fn save_deployment(&mut self, d: &Deployment) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE deployment SET version_id = $3, host_id = $4 WHERE id = $1 AND revision = $2",
                values![d.id, d.revision, d.version, d.host],
            )
            .await
    }

    pub(super) async fn confirm(&mut self, id: DeploymentId, revision: i64, c: Confirmation) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE deployment SET state = 'confirmed', confirmed_at = $3, confirmed_by = $4, confirmed_as = $5
                 WHERE id = $1 AND revision = $2 AND state = 'declared'",
                values![id, revision, c.at, c.person, c.by.code()],
            )
            .await
    }

    pub(super) async fn refuse(&mut self, id: DeploymentId, revision: i64, reason: &[u8], at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE deployment SET refused_at = $3, refusal_sealed = $4
                 WHERE id = $1 AND revision = $2 AND state = 'declared' AND refused_at IS NULL",
                values![id, revision, at, reason],
            )
            .await
    }

    pub(super) async fn end(&mut self, id: DeploymentId, revision: i64, at: Timestamp) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE deployment SET state = 'ended', until_at = $3 WHERE id = $1 AND revision = $2 AND until_at IS NULL",
                values![id, revision, at],
            )
            .await
    }

    pub(super) async fn add_proof(&mut self, p: &ProofRow) -> Stored<()> {
        self.sql
            .execute(
                "INSERT INTO deployment_proof (id, deployment_id, blob_id, name_sealed, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                values![p.id, p.deployment, p.blob, &p.name, p.created_by, p.created_at],
            )
            .await?;
        Ok(())
    }

    pub(super) async fn proofs_of(&mut self, id: DeploymentId) -> Stored<Vec<ProofRow>> {
        let rows = self
            .sql
            .fetch(
                "SELECT * FROM deployment_proof WHERE deployment_id = $1 ORDER BY created_at DESC, id LIMIT 100",
                values![id],
            )
            .await?;
        rows.iter().map(proof).collect()
    }

    pub(super) async fn read_proof(&mut self, id: Uuid) -> Stored<Option<ProofRow>> {
        let row = self
            .sql
            .fetch_optional("SELECT * FROM deployment_proof WHERE id = $1", values![id])
            .await?;
        row.as_ref().map(proof).transpose()
    }

    pub(super) async fn settle_proof(
        &mut self,
        id: Uuid,
        accepted: bool,
        reason: Option<Vec<u8>>,
        by: Option<PersonId>,
        at: Timestamp,
    ) -> Stored<()> {
        self.sql
            .execute_one(
                "UPDATE deployment_proof SET decided_at = $2, decided_by = $3, accepted = $4, reason_sealed = $5
                 WHERE id = $1 AND decided_at IS NULL",
                values![id, at, by, accepted, reason],
            )
            .await
    }
}
