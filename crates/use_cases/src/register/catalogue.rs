//! The public catalogue of products.

use super::PAGE;
use super::already_tested::{AlreadyTested, already_tested, seen_deployers};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{ProductFilter, ProductRecord};
use crate::unit::Unit;
use authorization::action::{ManageProduct, ReadProduct, ReadProductDeployments};
use domain::Date;
use domain::ids::{OrganisationId, ProductId};
use domain::organisation::{Organisation, name_sort};
use domain::product::ProductVersion;
use domain::role::{GrantScope, Role};

/// Lists the products of the register.
#[derive(Clone, Debug, Default)]
pub struct ListCatalogue {
    /// Only those of this vendor.
    pub vendor: Option<OrganisationId>,
    /// Only names in which each word begins a word; or, where it begins so, a package URL or CPE name.
    pub search: String,
    /// After this product, for the next page.
    pub after: Option<ProductId>,
}

/// A page of the catalogue.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The products, in people's order.
    pub products: Vec<ProductRecord>,
    /// How many products the filter lets through, counted up to [`crate::ports::COUNTED_TO`].
    pub total: i64,
    /// The last product of the page, where others follow.
    pub next: Option<ProductId>,
    /// Whether the reader may add a product.
    pub may_add: bool,
}

impl UseCase for ListCatalogue {
    type Output = Catalogue;

    async fn run(&self, unit: &mut Unit) -> Outcome<Catalogue> {
        let after = match self.after {
            Some(id) => unit
                .store
                .product(id)
                .await?
                .map(|found| (name_sort(&found.peek().product.name), id)),
            None => None,
        };
        let filter = ProductFilter {
            vendor: self.vendor,
            after,
            ..super::pick::searched(&self.search, PAGE + 1)
        };
        let mut products = unit.store.list_products(&filter).await?;
        let more = products.len() > usize::try_from(PAGE).unwrap_or_default();
        products.truncate(usize::try_from(PAGE).unwrap_or_default());
        Ok(Catalogue {
            next: products.last().filter(|_| more).map(|record| record.product.id),
            total: unit.store.count_products(&filter).await?,
            may_add: super::product::may_add_any(unit),
            products,
        })
    }
}

/// Shows a product to anybody; never anything about its vulnerabilities.
pub struct ViewProduct(pub String);

/// What the sheet of a product shows.
#[derive(Clone, Debug)]
pub struct ProductSheet {
    /// The product and its vendor.
    pub record: ProductRecord,
    /// Its versions, newest first.
    pub versions: Vec<ProductVersion>,
    /// How many organisations run it, confirmed; none where they are too few to say.
    pub deployers: Option<i64>,
    /// Whether the reader may correct it and add versions.
    pub may_manage: bool,
    /// Whether the reader may see who says to run it.
    pub may_read_deployments: bool,
    /// The day that it is, for the support of its versions.
    pub today: Date,
    /// The reader's own organisations that may declare that they run it.
    pub declares_for: Vec<Organisation>,
    /// What the reader may know of its tests.
    pub tested: AlreadyTested,
}

impl UseCase for ViewProduct {
    type Output = ProductSheet;

    async fn run(&self, unit: &mut Unit) -> Outcome<ProductSheet> {
        let found = unit.store.product_by_slug(&self.0).await?;
        let product = unit.permit_found::<ReadProduct, _>(found)?;
        let id = product.product.id;
        let may_read_deployments = unit.may::<ReadProductDeployments, _>(&*product);
        let deployers = seen_deployers(unit, &product).await?;
        let declares_for: Vec<OrganisationId> = unit
            .actor
            .grants()
            .iter()
            .filter(|grant| grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation)
            .map(|grant| grant.organisation)
            .collect();
        Ok(ProductSheet {
            versions: unit.store.versions(id).await?,
            today: unit.today(),
            deployers,
            tested: already_tested(unit, &product, deployers, None).await?,
            may_manage: unit.may::<ManageProduct, _>(&*product),
            may_read_deployments,
            declares_for: unit.store.organisations(&declares_for).await?,
            record: product.into_value(),
        })
    }
}

/// Gives a product by its readable address.
pub(crate) async fn by_slug(unit: &mut Unit, slug: &str) -> Outcome<ProductRecord> {
    let found = unit.store.product_by_slug(slug).await?.ok_or(Error::NotFound)?;
    Ok(found.peek().clone())
}
