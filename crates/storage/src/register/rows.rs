//! How the register's rows are read.

use crate::engine::Row;
use domain::Date;
use domain::deployment::{ConfirmedBy, Deployment, DeploymentState};
use domain::product::{Product, ProductVersion};
use use_cases::ports::{DeploymentRow, ProductRecord, ProofRow, StoreError, Stored};

pub(super) fn product(row: &Row) -> Stored<ProductRecord> {
    Ok(ProductRecord {
        product: Product {
            id: row.get("id")?,
            vendor: row.get("vendor_id")?,
            name: row.get("name")?,
            slug: row.get("slug")?,
            purl: row.get("purl")?,
            cpe: row.get("cpe")?,
            description: row.get("description")?,
            revision: row.get("revision")?,
        },
        vendor_name: row.get("vendor_name")?,
        vendor_present: row.get("vendor_present")?,
    })
}

fn day(row: &Row, column: &str) -> Stored<Option<Date>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| {
        text.parse()
            .map_err(|_| StoreError::Corrupt(format!("{column} is no day")))
    })
    .transpose()
}

pub(super) fn version(row: &Row) -> Stored<ProductVersion> {
    Ok(ProductVersion {
        id: row.get("id")?,
        product: row.get("product_id")?,
        version: row.get("version")?,
        released_on: day(row, "released_on")?,
        supported_until: day(row, "supported_until")?,
    })
}

pub(super) fn deployment(row: &Row) -> Stored<DeploymentRow> {
    Ok(DeploymentRow {
        deployment: Deployment {
            id: row.get("id")?,
            organisation: row.get("organisation_id")?,
            product: row.get("product_id")?,
            label: row.get("label")?,
            version: row.get("version_id")?,
            host: row.get("host_id")?,
            state: row.code("state", DeploymentState::from_code)?,
            from: row.get("from_at")?,
            until: row.get("until_at")?,
            confirmed_by: row.maybe_code("confirmed_as", ConfirmedBy::from_code)?,
            revision: row.get("revision")?,
        },
        organisation_name: row.get("organisation_name")?,
        product_name: row.get("product_name")?,
        product_slug: row.get("product_slug")?,
        vendor: row.get("vendor_id")?,
        version: row.get("version_name")?,
        host_name: row.get("host_name")?,
        confirmed_at: row.get("confirmed_at")?,
        refused_at: row.get("refused_at")?,
        refusal: row.get("refusal_sealed")?,
        proof_waiting: row.get::<i64>("proofs_waiting")? > 0,
    })
}

pub(super) fn proof(row: &Row) -> Stored<ProofRow> {
    Ok(ProofRow {
        id: row.get("id")?,
        deployment: row.get("deployment_id")?,
        blob: row.get("blob_id")?,
        name: row.get("name_sealed")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
        decided_at: row.get("decided_at")?,
        accepted: row.get("accepted")?,
        reason: row.get("reason_sealed")?,
    })
}
