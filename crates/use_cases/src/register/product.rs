//! Adding and correcting products.

use super::product_entry;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::ProductRecord;
use crate::unit::Unit;
use authorization::action::{AddProduct as MayAdd, ManageProduct};
use domain::ids::{OrganisationId, ProductId};
use domain::organisation::{Organisation, OrganisationKind};
use domain::product::{Product, ProductProblem};
use domain::role::{GrantScope, Role};
use domain::slug::slug_of;
use serde_json::json;

/// The most characters of a description.
const DESCRIPTION: usize = 2_000;

/// Adds a product of a vendor to the register; gives its readable address.
#[derive(Clone, Debug)]
pub struct AddProduct {
    /// Who makes it.
    pub vendor: OrganisationId,
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Its package URL, where it has one.
    pub purl: String,
}

impl UseCase for AddProduct {
    type Output = (ProductId, String);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.organisation(self.vendor).await?;
        let Some(found) = found.filter(|found| found.peek().organisation.kind == OrganisationKind::Vendor) else {
            let mut fields = Fields::new();
            fields.add("vendor", "error-choose");
            fields.gather(checked(unit, &self.name, &self.description, &self.purl))?;
            return Err(fields.done().err().unwrap_or(Error::NotFound));
        };
        let proof = unit.permit::<MayAdd, _>(found)?;
        let mut product = checked(unit, &self.name, &self.description, &self.purl)?;
        product.id = ProductId(unit.fresh_id());
        product.vendor = self.vendor;
        refuse_taken(unit, &product, None).await?;
        unit.store.insert_product(&product, unit.now).await?;
        let body = json!({"vendor": product.vendor, "name": product.name, "slug": product.slug, "purl": product.purl});
        let acting = proof.acting().clone();
        unit.record(&acting, product_entry(product.id, "product.added", body))
            .await?;
        Ok((product.id, product.slug))
    }
}

/// Corrects a product; its address does not change. Gives that address.
#[derive(Clone, Debug)]
pub struct CorrectProduct {
    /// The product.
    pub product: ProductId,
    /// The revision that the form showed.
    pub revision: i64,
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Its package URL, where it has one.
    pub purl: String,
}

impl UseCase for CorrectProduct {
    type Output = String;

    async fn run(&self, unit: &mut Unit) -> Outcome<String> {
        let found = unit.store.take_product(self.product).await?;
        let proof = unit.permit_found::<ManageProduct, _>(found)?;
        if proof.revision() != self.revision + 1 {
            return Err(Error::Stale);
        }
        let typed = checked(unit, &self.name, &self.description, &self.purl)?;
        let product = Product {
            name: typed.name,
            description: typed.description,
            purl: typed.purl,
            ..proof.product.clone()
        };
        refuse_taken(unit, &product, Some(product.id)).await?;
        unit.store.update_product(&product).await?;
        let acting = proof.acting().clone();
        let body = json!({"name": product.name, "purl": product.purl});
        unit.record(&acting, product_entry(product.id, "product.corrected", body))
            .await?;
        Ok(product.slug)
    }
}

/// Checks what was typed of a product and gives it without identifier and vendor.
fn checked(unit: &Unit, name: &str, description: &str, purl: &str) -> Outcome<Product> {
    let mut fields = Fields::new();
    let name = fields.required("name", name, unit.app.settings.limits.title);
    let description = fields.optional("description", description, DESCRIPTION);
    let purl = fields.optional("purl", purl, unit.app.settings.limits.title);
    let product = Product {
        id: ProductId(uuid::Uuid::nil()),
        vendor: OrganisationId(uuid::Uuid::nil()),
        slug: slug_of(&name),
        name,
        purl: (!purl.is_empty()).then_some(purl),
        description,
        revision: 0,
    };
    for problem in product.problems() {
        match problem {
            ProductProblem::PurlInvalid => fields.add("purl", "error-purl"),
            ProductProblem::SlugInvalid if !product.name.is_empty() => fields.add("name", "error-product-name"),
            ProductProblem::SlugInvalid | ProductProblem::NameMissing => {}
        }
    }
    fields.done()?;
    Ok(product)
}

/// Refuses a name or package URL that another product has.
async fn refuse_taken(unit: &mut Unit, product: &Product, but: Option<ProductId>) -> Outcome<()> {
    let (slug, purl) = unit
        .store
        .product_is_taken(&product.slug, product.purl.as_deref(), but)
        .await?;
    let mut fields = Fields::new();
    // The catalogue has a page of this name.
    if slug || product.slug == "ajouter" {
        fields.add("name", "error-product-known");
    }
    if purl {
        fields.add("purl", "error-purl-known");
    }
    fields.done()
}

/// Says whether the reader may add a product of at least one vendor.
pub(super) fn may_add_any(unit: &Unit) -> bool {
    unit.actor.grants().iter().any(|grant| match grant.role {
        Role::Administrator => true,
        Role::Organiser => !matches!(grant.scope, GrantScope::Campaign(_)),
        Role::VendorContact => grant.scope == GrantScope::Organisation,
        _ => false,
    })
}

/// Shows what the form of a product needs: the product to correct, or the vendors to choose from.
pub struct ViewProductForm(pub Option<String>);

/// What the form of a product needs.
#[derive(Clone, Debug)]
pub struct ProductForm {
    /// The product to correct; none for a new one.
    pub record: Option<ProductRecord>,
    /// The vendors for which a product may be added.
    pub vendors: Vec<Organisation>,
}

impl UseCase for ViewProductForm {
    type Output = ProductForm;

    async fn run(&self, unit: &mut Unit) -> Outcome<ProductForm> {
        if let Some(slug) = &self.0 {
            let found = unit.store.product_by_slug(slug).await?;
            let proof = unit.permit_found::<ManageProduct, _>(found)?;
            return Ok(ProductForm {
                record: Some(proof.into_value()),
                vendors: Vec::new(),
            });
        }
        if !may_add_any(unit) {
            return Err(Error::NotFound);
        }
        let mut vendors = Vec::new();
        for vendor in crate::organisation::of_kind(unit, OrganisationKind::Vendor).await? {
            let found = unit.store.organisation(vendor.id).await?;
            if found.is_some_and(|found| unit.may::<MayAdd, _>(found.peek())) {
                vendors.push(vendor);
            }
        }
        Ok(ProductForm { record: None, vendors })
    }
}
