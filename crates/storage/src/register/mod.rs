//! The register: products, versions, deployments and their proofs.

mod deployment;
mod product;
mod rows;

use crate::session::SqlSession;
use async_trait::async_trait;
use authorization::Loaded;
use domain::Timestamp;
use domain::deployment::Deployment;
use domain::ids::{DeploymentId, OrganisationId, PersonId, ProductId, VersionId};
use domain::product::{Product, ProductVersion};
use use_cases::ports::{
    Confirmation, DeploymentFilter, DeploymentRecord, DeploymentRow, DeploymentsOf, ProductFilter, ProductRecord,
    ProofRow, Registers, Stored,
};
use uuid::Uuid;

#[async_trait]
impl Registers for SqlSession {
    async fn product(&mut self, id: ProductId) -> Stored<Option<Loaded<ProductRecord>>> {
        self.read_product(id).await
    }

    async fn take_product(&mut self, id: ProductId) -> Stored<Option<Loaded<ProductRecord>>> {
        self.hold_product(id).await
    }

    async fn product_by_slug(&mut self, slug: &str) -> Stored<Option<Loaded<ProductRecord>>> {
        self.find_product(slug).await
    }

    async fn product_by_purl(&mut self, purl: &str) -> Stored<Option<Loaded<ProductRecord>>> {
        self.find_purl(purl).await
    }

    async fn products(&mut self, ids: &[ProductId]) -> Stored<Vec<ProductRecord>> {
        self.several_products(ids).await
    }

    async fn list_products(&mut self, filter: &ProductFilter) -> Stored<Vec<ProductRecord>> {
        self.page_of_products(filter).await
    }

    async fn count_products(&mut self, filter: &ProductFilter) -> Stored<i64> {
        self.number_of_products(filter).await
    }

    async fn product_by_cpe(&mut self, cpe: &str) -> Stored<Option<Loaded<ProductRecord>>> {
        self.find_cpe(cpe).await
    }

    async fn insert_product(&mut self, product: &Product, at: Timestamp) -> Stored<()> {
        self.add_product(product, at).await
    }

    async fn update_product(&mut self, product: &Product) -> Stored<()> {
        self.save_product(product).await
    }

    async fn next_vulnerability_number(&mut self, product: ProductId) -> Stored<i64> {
        self.number_vulnerability(product).await
    }

    async fn versions(&mut self, product: ProductId) -> Stored<Vec<ProductVersion>> {
        self.versions_of(product).await
    }

    async fn version(&mut self, id: VersionId) -> Stored<Option<ProductVersion>> {
        self.read_version(id).await
    }

    async fn insert_version(&mut self, version: &ProductVersion, at: Timestamp) -> Stored<VersionId> {
        self.add_version(version, at).await
    }

    async fn update_version(&mut self, version: &ProductVersion) -> Stored<()> {
        self.save_version(version).await
    }

    async fn deployment(&mut self, id: DeploymentId, at: Timestamp) -> Stored<Option<Loaded<DeploymentRecord>>> {
        self.read_deployment(id, at).await
    }

    async fn take_deployment(&mut self, id: DeploymentId, at: Timestamp) -> Stored<Option<Loaded<DeploymentRecord>>> {
        self.hold_deployment(id, at).await
    }

    async fn count_waiting_deployments(
        &mut self,
        of: &DeploymentsOf,
        but: &[OrganisationId],
        at: Timestamp,
    ) -> Stored<Vec<(String, String, i64)>> {
        self.waiting_by_product(of, but, at).await
    }

    async fn list_deployments(&mut self, filter: &DeploymentFilter) -> Stored<Vec<DeploymentRow>> {
        self.page_of_deployments(filter).await
    }

    async fn count_deployers(&mut self, product: ProductId, at: Timestamp) -> Stored<i64> {
        self.number_of_deployers(product, at).await
    }

    async fn insert_deployment(&mut self, deployment: &Deployment, by: Option<PersonId>, at: Timestamp) -> Stored<()> {
        self.add_deployment(deployment, by, at).await
    }

    async fn deployment_is_open(
        &mut self,
        organisation: OrganisationId,
        product: ProductId,
        label: &str,
    ) -> Stored<bool> {
        self.is_open(organisation, product, label).await
    }

    async fn update_deployment(&mut self, deployment: &Deployment) -> Stored<()> {
        self.save_deployment(deployment).await
    }

    async fn confirm_deployment(&mut self, id: DeploymentId, revision: i64, confirmation: Confirmation) -> Stored<()> {
        self.confirm(id, revision, confirmation).await
    }

    async fn refuse_deployment(&mut self, id: DeploymentId, revision: i64, reason: &[u8], at: Timestamp) -> Stored<()> {
        self.refuse(id, revision, reason, at).await
    }

    async fn end_deployment(&mut self, id: DeploymentId, revision: i64, at: Timestamp) -> Stored<()> {
        self.end(id, revision, at).await
    }

    async fn insert_proof(&mut self, proof: &ProofRow) -> Stored<()> {
        self.add_proof(proof).await
    }

    async fn proofs(&mut self, deployment: DeploymentId) -> Stored<Vec<ProofRow>> {
        self.proofs_of(deployment).await
    }

    async fn proof(&mut self, id: Uuid) -> Stored<Option<ProofRow>> {
        self.read_proof(id).await
    }

    async fn decide_proof(
        &mut self,
        id: Uuid,
        accepted: bool,
        reason: Option<Vec<u8>>,
        by: Option<PersonId>,
        at: Timestamp,
    ) -> Stored<()> {
        self.settle_proof(id, accepted, reason, by, at).await
    }
}
