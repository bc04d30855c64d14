//! The register: products, their versions, and who runs what.

mod already_tested;
mod catalogue;
mod change;
mod confirm;
mod declare;
mod deployments;
mod desk;
mod file;
mod import;
mod mails;
mod pick;
mod product;
mod proof;
mod version;

pub use already_tested::{AlreadyTested, Joining, NamedCampaign, TestLine, TestOf};
pub use catalogue::{Catalogue, ListCatalogue, ProductSheet, ViewProduct};
pub use change::{ChangeDeployment, EndDeployment};
pub use confirm::{ConfirmDeployment, RefuseDeployment};
pub use declare::{DeclarationForm, DeclareDeployment, HOSTS, ViewDeclarationForm};
pub use deployments::{
    DeploymentPage, DeploymentSheet, ListMemberDeployments, ListOrganisationDeployments, ListProductDeployments,
    ProofLine, ViewDeployment,
};
pub use import::{
    DeploymentLine, DeploymentsPreview, ExportDeployments, ImportDeployments, PreviewDeployments, deployments_template,
};
pub use pick::{PickProduct, ProductMeant, SuggestProducts};
pub use product::{AddProduct, CorrectProduct, ProductForm, ViewProductForm};
pub use proof::{DecideProof, ReadProof, offer_proof};
pub use version::AddVersion;

pub(crate) use already_tested::{already_tested, is_one_more, seen_deployers};
pub(crate) use catalogue::by_slug;
pub(crate) use declare::check_version;
pub(crate) use desk::desk_items;
pub(crate) use mails::send as send_mail;
pub(crate) use pick::suggested;

use crate::journal::{Log, NewEntry};
use crate::vault::KeyHolder;
use domain::ids::{DeploymentId, OrganisationId, ProductId};
use serde_json::Value;

/// The most lines of one page of a list.
pub(crate) const PAGE: i64 = 50;

/// Makes the journal entry of something that happened to a deployment.
fn deployment_entry(id: DeploymentId, organisation: OrganisationId, kind: &'static str, body: Value) -> NewEntry {
    NewEntry {
        stream_kind: "deployment",
        stream_id: id.0,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Organisation(organisation),
        body,
    }
}

/// Makes the journal entry of something that happened to a product.
fn product_entry(id: ProductId, kind: &'static str, body: Value) -> NewEntry {
    NewEntry {
        stream_kind: "product",
        stream_id: id.0,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Instance,
        body,
    }
}
