//! Ports of the register: products, their versions, and who runs what.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::deployment::{ConfirmedBy, Deployment};
use domain::ids::{BlobId, DeploymentId, OrganisationId, PersonId, ProductId, ProgrammeId, VersionId};
use domain::product::{Product, ProductVersion};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A product with the name of its vendor.
#[derive(Clone, Debug)]
pub struct ProductRecord {
    /// The product.
    pub product: Product,
    /// The name of who makes it.
    pub vendor_name: String,
    /// Whether its vendor has a contact of its own, who then keeps it.
    pub vendor_present: bool,
}

impl Resource for ProductRecord {
    const TYPE: &'static str = "Product";

    fn id(&self) -> Uuid {
        self.product.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("id", Attr::id(self.product.id)),
            ("vendor", Attr::organisation(self.product.vendor)),
            ("vendor_present", Attr::Bool(self.vendor_present)),
        ]
    }
}

/// What narrows a list of products.
#[derive(Clone, Debug, Default)]
pub struct ProductFilter {
    /// Only those of this vendor.
    pub vendor: Option<OrganisationId>,
    /// Only names in which each of these begins a word, folded.
    pub words: BTreeSet<String>,
    /// Only those whose package URL or CPE name begins so.
    pub code: Option<String>,
    /// After this folded name and identifier, for the next page.
    pub after: Option<(String, ProductId)>,
    /// At most so many.
    pub limit: i64,
}

/// A deployment with the names that pages show beside it.
#[derive(Clone, Debug)]
pub struct DeploymentRow {
    /// The deployment.
    pub deployment: Deployment,
    /// Who runs it, by name.
    pub organisation_name: String,
    /// The product's name.
    pub product_name: String,
    /// The product's readable address.
    pub product_slug: String,
    /// Who makes the product.
    pub vendor: OrganisationId,
    /// The version as its vendor writes it, where known.
    pub version: Option<String>,
    /// Who hosts it, by name, where another does.
    pub host_name: Option<String>,
    /// When it was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// When the vendor said that it does not know it.
    pub refused_at: Option<Timestamp>,
    /// Why the vendor does not know it, sealed under the organisation.
    pub refusal: Option<Vec<u8>>,
    /// Whether a proof waits for a decision.
    pub proof_waiting: bool,
}

/// A deployment with what policies ask about it.
#[derive(Clone, Debug)]
pub struct DeploymentRecord {
    /// The deployment and the names beside it.
    pub row: DeploymentRow,
    /// The groups that answer for the organisation: by delegation, or by membership of a group.
    pub groups: Vec<OrganisationId>,
    /// The programmes of which the organisation is a member.
    pub programmes: Vec<ProgrammeId>,
    /// Who owns those programmes.
    pub programme_owners: Vec<OrganisationId>,
}

impl Resource for DeploymentRecord {
    const TYPE: &'static str = "Deployment";

    fn id(&self) -> Uuid {
        self.row.deployment.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("id", Attr::id(self.row.deployment.id)),
            ("organisation", Attr::organisation(self.row.deployment.organisation)),
            ("vendor", Attr::organisation(self.row.vendor)),
            ("groups", Attr::ids(self.groups.iter().copied())),
            ("programmes", Attr::ids(self.programmes.iter().copied())),
            ("programme_owners", Attr::ids(self.programme_owners.iter().copied())),
        ]
    }
}

/// How a deployment was confirmed.
#[derive(Clone, Copy, Debug)]
pub struct Confirmation {
    /// In which quality.
    pub by: ConfirmedBy,
    /// By whom.
    pub person: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// A proof that an organisation shows for a declaration.
#[derive(Clone, Debug)]
pub struct ProofRow {
    /// Its identifier.
    pub id: Uuid,
    /// The declaration it is shown for.
    pub deployment: DeploymentId,
    /// The sealed file.
    pub blob: BlobId,
    /// The file's name, sealed under the organisation.
    pub name: Vec<u8>,
    /// Who showed it.
    pub created_by: Option<PersonId>,
    /// When it was shown.
    pub created_at: Timestamp,
    /// When it was decided on.
    pub decided_at: Option<Timestamp>,
    /// Whether it was accepted, once decided.
    pub accepted: Option<bool>,
    /// Why it was not, sealed under the organisation.
    pub reason: Option<Vec<u8>>,
}

/// What narrows a list of deployments.
#[derive(Clone, Debug)]
pub struct DeploymentFilter {
    /// Whose, or of what.
    pub of: DeploymentsOf,
    /// The instant at which memberships and affiliations count.
    pub at: Timestamp,
    /// After this identifier, for the next page.
    pub after: Option<DeploymentId>,
    /// At most so many.
    pub limit: i64,
}

/// For whom the organisers of one organisation may confirm what is declared.
#[derive(Clone, Debug)]
pub struct OrganiserReach {
    /// The organisation whose organisers they are.
    pub organisation: OrganisationId,
    /// Whether for all members of the programmes that it owns, and all that it answers for.
    pub whole: bool,
    /// The programmes for whose members they are organisers.
    pub programmes: Vec<ProgrammeId>,
}

/// Whose deployments are listed; those that have ended are left out.
#[derive(Clone, Debug)]
pub enum DeploymentsOf {
    /// Those of one organisation.
    Organisation(OrganisationId),
    /// Those of one product.
    Product(ProductId),
    /// Those of one product that nobody has confirmed or refused.
    WaitingForVendor(OrganisationId),
    /// Those not confirmed, of the organisations that an organiser answers for.
    WaitingForOrganiser(OrganiserReach),
}

/// Products, versions and deployments.
#[async_trait]
pub trait Registers {
    /// Gives a product.
    async fn product(&mut self, id: ProductId) -> Stored<Option<Loaded<ProductRecord>>>;
    /// Gives a product and holds it for this transaction.
    async fn take_product(&mut self, id: ProductId) -> Stored<Option<Loaded<ProductRecord>>>;
    /// Finds a product by its readable address.
    async fn product_by_slug(&mut self, slug: &str) -> Stored<Option<Loaded<ProductRecord>>>;
    /// Finds a product by its CPE name.
    async fn product_by_cpe(&mut self, cpe: &str) -> Stored<Option<Loaded<ProductRecord>>>;
    /// Finds a product by its package URL.
    async fn product_by_purl(&mut self, purl: &str) -> Stored<Option<Loaded<ProductRecord>>>;
    /// Gives several products, in people's order; missing ones are left out.
    async fn products(&mut self, ids: &[ProductId]) -> Stored<Vec<ProductRecord>>;
    /// Lists products in people's order.
    async fn list_products(&mut self, filter: &ProductFilter) -> Stored<Vec<ProductRecord>>;
    /// Counts the products of a filter, whatever its page, up to [`super::COUNTED_TO`].
    async fn count_products(&mut self, filter: &ProductFilter) -> Stored<i64>;
    /// Adds a product.
    async fn insert_product(&mut self, product: &Product, at: Timestamp) -> Stored<()>;
    /// Corrects a product that was taken at `product.revision`.
    async fn update_product(&mut self, product: &Product) -> Stored<()>;
    /// Gives the next number of a product's vulnerabilities, from 1.
    async fn next_vulnerability_number(&mut self, product: ProductId) -> Stored<i64>;

    /// Gives a product's versions, newest first.
    async fn versions(&mut self, product: ProductId) -> Stored<Vec<ProductVersion>>;
    /// Gives a version.
    async fn version(&mut self, id: VersionId) -> Stored<Option<ProductVersion>>;
    /// Adds a version, unless the product has one of that name; gives the identifier it has.
    async fn insert_version(&mut self, version: &ProductVersion, at: Timestamp) -> Stored<VersionId>;
    /// Sets a version's days.
    async fn update_version(&mut self, version: &ProductVersion) -> Stored<()>;

    /// Gives a deployment.
    async fn deployment(&mut self, id: DeploymentId, at: Timestamp) -> Stored<Option<Loaded<DeploymentRecord>>>;
    /// Gives a deployment and holds it for this transaction.
    async fn take_deployment(&mut self, id: DeploymentId, at: Timestamp) -> Stored<Option<Loaded<DeploymentRecord>>>;
    /// Lists deployments that have not ended, oldest first.
    async fn list_deployments(&mut self, filter: &DeploymentFilter) -> Stored<Vec<DeploymentRow>>;
    /// Counts the declarations that wait for somebody, by product (readable address, name), without those of some
    /// organisations; of those that wait for an organiser, the ones with a proof or that the vendor refused.
    async fn count_waiting_deployments(
        &mut self,
        of: &DeploymentsOf,
        but: &[OrganisationId],
        at: Timestamp,
    ) -> Stored<Vec<(String, String, i64)>>;
    /// Counts the organisations with a confirmed deployment of a product.
    async fn count_deployers(&mut self, product: ProductId, at: Timestamp) -> Stored<i64>;
    /// Adds a deployment; one that is open under the same label is [`super::StoreError::Taken`].
    async fn insert_deployment(&mut self, deployment: &Deployment, by: Option<PersonId>, at: Timestamp) -> Stored<()>;
    /// Says whether an organisation has an open deployment of a product under a label.
    async fn deployment_is_open(
        &mut self,
        organisation: OrganisationId,
        product: ProductId,
        label: &str,
    ) -> Stored<bool>;
    /// Keeps the version and host of a deployment that was taken at `deployment.revision`.
    async fn update_deployment(&mut self, deployment: &Deployment) -> Stored<()>;
    /// Confirms a declared deployment that was taken at `revision`.
    async fn confirm_deployment(&mut self, id: DeploymentId, revision: i64, confirmation: Confirmation) -> Stored<()>;
    /// Notes that the vendor does not know a declared deployment, with its sealed reason.
    async fn refuse_deployment(&mut self, id: DeploymentId, revision: i64, reason: &[u8], at: Timestamp) -> Stored<()>;
    /// Ends a deployment that was taken at `revision`.
    async fn end_deployment(&mut self, id: DeploymentId, revision: i64, at: Timestamp) -> Stored<()>;

    /// Keeps a proof that waits for a decision.
    async fn insert_proof(&mut self, proof: &ProofRow) -> Stored<()>;
    /// Gives the proofs of a deployment, newest first.
    async fn proofs(&mut self, deployment: DeploymentId) -> Stored<Vec<ProofRow>>;
    /// Gives a proof.
    async fn proof(&mut self, id: Uuid) -> Stored<Option<ProofRow>>;
    /// Decides on a proof, once.
    async fn decide_proof(
        &mut self,
        id: Uuid,
        accepted: bool,
        reason: Option<Vec<u8>>,
        by: Option<PersonId>,
        at: Timestamp,
    ) -> Stored<()>;
}
