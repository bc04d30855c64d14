//! Adding and correcting products.

use super::product_entry;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::ProductRecord;
use crate::unit::Unit;
use authorization::Loaded;
use authorization::action::{AddProduct as MayAdd, ManageProduct};
use domain::cpe::Cpe;
use domain::ids::{OrganisationId, ProductId};
use domain::organisation::{Organisation, OrganisationKind, name_sort};
use domain::product::{Product, ProductProblem, product_cpe, product_purl};
use domain::role::{GrantScope, Role};
use domain::slug::slug_of;
use serde_json::json;

/// Addresses of the catalogue that are no product's.
const RESERVED: &[&str] = &["ajouter", "suggestions"];

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
    /// Its CPE name, where it has one.
    pub cpe: String,
}

impl UseCase for AddProduct {
    type Output = (ProductId, String);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.organisation(self.vendor).await?;
        let Some(found) = found.filter(|found| found.peek().organisation.kind == OrganisationKind::Vendor) else {
            let mut fields = Fields::new();
            fields.add("vendor", "error-choose");
            fields.gather(checked(unit, self.typed()))?;
            return Err(fields.done().err().unwrap_or(Error::NotFound));
        };
        let proof = unit.permit::<MayAdd, _>(found)?;
        let mut product = checked(unit, self.typed())?;
        product.id = ProductId(unit.fresh_id());
        product.vendor = self.vendor;
        refuse_taken(unit, &product, None).await?;
        unit.store.insert_product(&product, unit.now).await?;
        let body = json!({"vendor": product.vendor, "name": product.name, "slug": product.slug, "purl": product.purl, "cpe": product.cpe});
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
    /// Its CPE name, where it has one.
    pub cpe: String,
}

impl UseCase for CorrectProduct {
    type Output = String;

    async fn run(&self, unit: &mut Unit) -> Outcome<String> {
        let found = unit.store.take_product(self.product).await?;
        let proof = unit.permit_found::<ManageProduct, _>(found)?;
        if proof.revision() != self.revision + 1 {
            return Err(Error::Stale);
        }
        let typed = checked(unit, self.typed())?;
        let product = Product {
            name: typed.name,
            description: typed.description,
            purl: typed.purl,
            cpe: typed.cpe,
            ..proof.product.clone()
        };
        refuse_taken(unit, &product, Some(product.id)).await?;
        unit.store.update_product(&product).await?;
        let acting = proof.acting().clone();
        let body = json!({"name": product.name, "purl": product.purl, "cpe": product.cpe});
        unit.record(&acting, product_entry(product.id, "product.corrected", body))
            .await?;
        Ok(product.slug)
    }
}

/// What was typed of a product.
struct Typed<'a> {
    name: &'a str,
    description: &'a str,
    purl: &'a str,
    cpe: &'a str,
}

impl AddProduct {
    fn typed(&self) -> Typed<'_> {
        Typed {
            name: &self.name,
            description: &self.description,
            purl: &self.purl,
            cpe: &self.cpe,
        }
    }
}

impl CorrectProduct {
    fn typed(&self) -> Typed<'_> {
        Typed {
            name: &self.name,
            description: &self.description,
            purl: &self.purl,
            cpe: &self.cpe,
        }
    }
}

/// Checks what was typed of a product and gives it without identifier and vendor.
fn checked(unit: &Unit, typed: Typed<'_>) -> Outcome<Product> {
    let mut fields = Fields::new();
    let limits = &unit.app.settings.limits;
    let name = fields.required("name", typed.name, limits.title);
    let description = fields.optional("description", typed.description, DESCRIPTION);
    let purl = fields.optional("purl", typed.purl, limits.title);
    let cpe = fields.optional("cpe", typed.cpe, limits.title);
    let mut product = Product {
        id: ProductId(uuid::Uuid::nil()),
        vendor: OrganisationId(uuid::Uuid::nil()),
        slug: slug_of(&name),
        name,
        purl: (!purl.is_empty()).then_some(purl),
        cpe: (!cpe.is_empty()).then_some(cpe),
        description,
        revision: 0,
    };
    for problem in product.problems() {
        match problem {
            ProductProblem::PurlInvalid => fields.add("purl", "error-purl"),
            ProductProblem::PurlVersioned => fields.add("purl", "error-purl-versioned"),
            ProductProblem::CpeInvalid => fields.add("cpe", "error-cpe"),
            ProductProblem::CpeTooWide => fields.add("cpe", "error-cpe-too-wide"),
            ProductProblem::CpeVersioned => {
                let without = Cpe::parse(typed.cpe)
                    .ok()
                    .map(|name| name.without_version().to_string());
                fields.add_detail("cpe", "error-cpe-versioned", without);
            }
            ProductProblem::SlugInvalid if !product.name.is_empty() => fields.add("name", "error-product-name"),
            ProductProblem::SlugInvalid | ProductProblem::NameMissing => {}
        }
    }
    fields.done()?;
    // What is compared is written in one way.
    product.purl = product.purl.and_then(|purl| product_purl(&purl).ok());
    product.cpe = product.cpe.and_then(|cpe| product_cpe(&cpe).ok());
    Ok(product)
}

/// Refuses a name, package URL or CPE name that another product has.
async fn refuse_taken(unit: &mut Unit, product: &Product, but: Option<ProductId>) -> Outcome<()> {
    let other = |found: &Option<Loaded<ProductRecord>>| {
        found.as_ref().is_some_and(|found| Some(found.peek().product.id) != but)
    };
    let mut fields = Fields::new();
    let called = unit.store.products_called(&[name_sort(&product.name)]).await?;
    let named = called.iter().any(|(id, ..)| Some(*id) != but);
    if named || other(&unit.store.product_by_slug(&product.slug).await?) || RESERVED.contains(&product.slug.as_str()) {
        fields.add("name", "error-product-known");
    }
    if let Some(purl) = &product.purl
        && other(&unit.store.product_by_purl(purl).await?)
    {
        fields.add("purl", "error-purl-known");
    }
    if let Some(cpe) = &product.cpe
        && other(&unit.store.product_by_cpe(cpe).await?)
    {
        fields.add("cpe", "error-cpe-known");
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

/// Shows what the form of a product needs: the product to correct, or the reader's own vendor.
pub struct ViewProductForm(pub Option<String>);

/// What the form of a product needs.
#[derive(Clone, Debug)]
pub struct ProductForm {
    /// The product to correct; none for a new one.
    pub record: Option<ProductRecord>,
    /// The vendor for which the reader answers, where it is one: it is chosen already.
    pub vendor: Option<Organisation>,
}

impl UseCase for ViewProductForm {
    type Output = ProductForm;

    async fn run(&self, unit: &mut Unit) -> Outcome<ProductForm> {
        if let Some(slug) = &self.0 {
            let found = unit.store.product_by_slug(slug).await?;
            let proof = unit.permit_found::<ManageProduct, _>(found)?;
            return Ok(ProductForm {
                record: Some(proof.into_value()),
                vendor: None,
            });
        }
        if !may_add_any(unit) {
            return Err(Error::NotFound);
        }
        let own: Vec<OrganisationId> = unit
            .actor
            .grants()
            .iter()
            .filter(|grant| grant.role == Role::VendorContact && grant.scope == GrantScope::Organisation)
            .map(|grant| grant.organisation)
            .collect();
        let vendor = match own.as_slice() {
            [only] => unit.store.organisations(&[*only]).await?.pop(),
            _ => None,
        };
        Ok(ProductForm { record: None, vendor })
    }
}
