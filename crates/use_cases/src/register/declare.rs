//! Declaring that an organisation runs a product.

use super::deployment_entry;
use crate::error::{Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::ProductRecord;
use crate::sharing::deployment_changed;
use crate::unit::Unit;
use authorization::Acting;
use authorization::action::DeclareDeployment as MayDeclare;
use domain::deployment::{Deployment, DeploymentState};
use domain::ids::{DeploymentId, OrganisationId, ProductId, VersionId};
use domain::organisation::{Organisation, OrganisationKind};
use domain::product::ProductVersion;
use serde_json::json;

/// The kinds of organisation that may host a product for another.
pub const HOSTS: &[OrganisationKind] = &[
    OrganisationKind::Operator,
    OrganisationKind::Vendor,
    OrganisationKind::Company,
    OrganisationKind::Group,
    OrganisationKind::Epci,
    OrganisationKind::Ept,
    OrganisationKind::Departement,
    OrganisationKind::StateAgency,
];

/// The most characters of a label.
pub(super) const LABEL: usize = 80;

/// Declares that an organisation runs a product.
#[derive(Clone, Debug)]
pub struct DeclareDeployment {
    /// Who runs it.
    pub organisation: OrganisationId,
    /// What it runs.
    pub product: ProductId,
    /// The version, where known.
    pub version: Option<VersionId>,
    /// What tells it from the organisation's others of the same product; may be empty.
    pub label: String,
    /// Who hosts it, where another does.
    pub host: Option<OrganisationId>,
}

impl UseCase for DeclareDeployment {
    type Output = DeploymentId;

    async fn run(&self, unit: &mut Unit) -> Outcome<DeploymentId> {
        let found = unit.store.organisation(self.organisation).await?;
        let proof = unit.permit_found::<MayDeclare, _>(found)?;
        let mut fields = Fields::new();
        let label = fields.optional("label", &self.label, LABEL);
        if unit.store.product(self.product).await?.is_none() {
            fields.add("product", "error-choose");
        }
        check_version(unit, &mut fields, self.product, self.version).await?;
        check_host(unit, &mut fields, self.host).await?;
        if unit
            .store
            .deployment_is_open(self.organisation, self.product, &label)
            .await?
        {
            fields.add("label", "error-deployment-known");
        }
        fields.done()?;
        let acting = proof.acting().clone();
        let deployment = new(unit, self.organisation, self.product, label, self.version, self.host);
        declared(unit, &acting, &deployment).await?;
        Ok(deployment.id)
    }
}

/// Makes a deployment that begins now; who runs it is no host of its own.
pub(super) fn new(
    unit: &Unit,
    organisation: OrganisationId,
    product: ProductId,
    label: String,
    version: Option<VersionId>,
    host: Option<OrganisationId>,
) -> Deployment {
    Deployment {
        id: DeploymentId(unit.fresh_id()),
        organisation,
        product,
        label,
        version,
        host: host.filter(|host| *host != organisation),
        state: DeploymentState::Declared,
        from: unit.now,
        until: None,
        confirmed_by: None,
        revision: 1,
    }
}

/// Keeps a declared deployment and what follows from it.
pub(super) async fn declared(unit: &mut Unit, acting: &Acting, deployment: &Deployment) -> Outcome<()> {
    unit.store
        .insert_deployment(deployment, acting.person(), unit.now)
        .await?;
    let body = json!({
        "organisation": deployment.organisation,
        "product": deployment.product,
        "version": deployment.version,
        "host": deployment.host,
        "label": deployment.label,
    });
    let entry = deployment_entry(deployment.id, deployment.organisation, "deployment.declared", body);
    unit.record(acting, entry).await?;
    deployment_changed(unit, acting, deployment.organisation, deployment.product).await
}

/// Refuses a version of another product.
pub(crate) async fn check_version(
    unit: &mut Unit,
    fields: &mut Fields,
    product: ProductId,
    version: Option<VersionId>,
) -> Outcome<()> {
    if let Some(id) = version {
        let found = unit.store.version(id).await?;
        if found.is_none_or(|version| version.product != product) {
            fields.add("version", "error-choose");
        }
    }
    Ok(())
}

/// Refuses a host that is not there.
pub(super) async fn check_host(unit: &mut Unit, fields: &mut Fields, host: Option<OrganisationId>) -> Outcome<()> {
    if let Some(id) = host
        && unit.store.organisations(&[id]).await?.is_empty()
    {
        fields.add("host", "error-choose");
    }
    Ok(())
}

/// Shows what declaring needs: the products to choose from, then the form of the chosen one.
pub struct ViewDeclarationForm {
    /// Who runs it.
    pub organisation: OrganisationId,
    /// The readable address of the chosen product.
    pub product: Option<String>,
    /// What a search of the catalogue takes.
    pub search: String,
}

/// What declaring needs.
#[derive(Clone, Debug)]
pub struct DeclarationForm {
    /// Who runs it.
    pub organisation: Organisation,
    /// The chosen product.
    pub product: Option<ProductRecord>,
    /// Products to choose from, while none is chosen.
    pub choices: Vec<ProductRecord>,
    /// The versions of the chosen product.
    pub versions: Vec<ProductVersion>,
}

impl UseCase for ViewDeclarationForm {
    type Output = DeclarationForm;

    async fn run(&self, unit: &mut Unit) -> Outcome<DeclarationForm> {
        let found = unit.store.organisation(self.organisation).await?;
        let proof = unit.permit_found::<MayDeclare, _>(found)?;
        let mut form = DeclarationForm {
            organisation: proof.organisation.clone(),
            product: None,
            choices: Vec::new(),
            versions: Vec::new(),
        };
        match &self.product {
            Some(slug) => {
                let product = super::catalogue::by_slug(unit, slug).await?;
                form.versions = unit.store.versions(product.product.id).await?;
                form.product = Some(product);
            }
            None => {
                let list = super::ListCatalogue {
                    search: self.search.clone(),
                    ..super::ListCatalogue::default()
                };
                form.choices = list.run(unit).await?.products;
            }
        }
        Ok(form)
    }
}
