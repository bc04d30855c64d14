//! Addresses of the register: the catalogue, products, deployments.

use uuid::Uuid;

/// The catalogue of products.
pub const CATALOGUE: &str = "/catalogue";
/// Suggestions for a field in which a product is chosen.
pub const SUGGESTIONS: &str = "/catalogue/suggestions";
/// Adding a product.
pub const ADD_PRODUCT: &str = "/catalogue/ajouter";
/// A product's sheet.
pub const PRODUCT: &str = "/catalogue/{slug}";
/// Correcting a product.
pub const EDIT_PRODUCT: &str = "/catalogue/{slug}/modifier";
/// Adding a version of a product.
pub const VERSIONS: &str = "/catalogue/{slug}/versions";
/// Who says to run a product, for its vendor.
pub const PRODUCT_DEPLOYMENTS: &str = "/catalogue/{slug}/deploiements";
/// What an organisation runs.
pub const DEPLOYMENTS: &str = "/organisations/{organisation}/deploiements";
/// Declaring that an organisation runs a product.
pub const DECLARE: &str = "/organisations/{organisation}/deploiements/declarer";
/// Importing what organisations run from a file.
pub const IMPORT_DEPLOYMENTS: &str = "/organisations/{organisation}/deploiements/import";
/// What an organisation runs, as a file.
pub const EXPORT_DEPLOYMENTS: &str = "/organisations/{organisation}/deploiements/export";
/// The file that an import reads, without any line.
pub const DEPLOYMENTS_TEMPLATE: &str = "/modeles/deploiements";
/// The declarations that wait among those an organisation answers for.
pub const MEMBER_DEPLOYMENTS: &str = "/organisations/{organisation}/declarations";
/// One deployment.
pub const DEPLOYMENT: &str = "/deploiements/{deployment}";
/// Changing a deployment's version and host.
pub const CHANGE_DEPLOYMENT: &str = "/deploiements/{deployment}/version";
/// Ending a deployment.
pub const END_DEPLOYMENT: &str = "/deploiements/{deployment}/fin";
/// Confirming a deployment.
pub const CONFIRM_DEPLOYMENT: &str = "/deploiements/{deployment}/confirmation";
/// Saying that the vendor does not know a deployment.
pub const REFUSE_DEPLOYMENT: &str = "/deploiements/{deployment}/refus";
/// Showing a proof for a deployment.
pub const OFFER_PROOF: &str = "/deploiements/{deployment}/preuve";
/// A proof's file.
pub const PROOF: &str = "/preuves/{proof}";
/// Deciding on a proof.
pub const DECIDE_PROOF: &str = "/preuves/{proof}/decision";

/// Gives the address of a product's sheet.
#[must_use]
pub fn product(slug: &str) -> String {
    format!("/catalogue/{slug}")
}

/// Gives the address of who says to run a product.
#[must_use]
pub fn product_deployments(slug: &str) -> String {
    format!("/catalogue/{slug}/deploiements")
}

/// Gives the address of what an organisation runs.
#[must_use]
pub fn deployments(organisation: Uuid) -> String {
    format!("/organisations/{organisation}/deploiements")
}

/// Gives the address where an organisation declares what it runs.
#[must_use]
pub fn declare(organisation: Uuid) -> String {
    format!("/organisations/{organisation}/deploiements/declarer")
}

/// Gives the address where a file of what organisations run is imported.
#[must_use]
pub fn import_deployments(organisation: Uuid) -> String {
    format!("/organisations/{organisation}/deploiements/import")
}

/// Gives the address of what an organisation runs, as a file.
#[must_use]
pub fn export_deployments(organisation: Uuid) -> String {
    format!("/organisations/{organisation}/deploiements/export")
}

/// Gives the address of the declarations that wait among those an organisation answers for.
#[must_use]
pub fn member_deployments(organisation: Uuid) -> String {
    format!("/organisations/{organisation}/declarations")
}

/// Gives the address of a deployment.
#[must_use]
pub fn deployment(id: Uuid) -> String {
    format!("/deploiements/{id}")
}
