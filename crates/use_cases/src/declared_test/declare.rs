//! Declaring a test that an organisation had made elsewhere, or intends.

use super::draft::{About, TestDraft};
use super::{entry, name_of};
use crate::error::{FieldError, Fields, Outcome};
use crate::files::{StagedFile, store_paper};
use crate::perform::{Context, UseCase, read};
use crate::ports::ProductRecord;
use crate::register::{AlreadyTested, ListCatalogue, already_tested, seen_deployers};
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::DeclareTest;
use domain::ids::{BlobId, DeclaredTestId, OrganisationId, ProductId};
use domain::organisation::Organisation;
use domain::product::ProductVersion;
use serde_json::json;

/// Says whether the reader may declare tests for an organisation, and gives it.
pub struct MayDeclareTest(pub OrganisationId);

impl UseCase for MayDeclareTest {
    type Output = Organisation;

    async fn run(&self, unit: &mut Unit) -> Outcome<Organisation> {
        let found = unit.store.organisation(self.0).await?;
        let proof = unit.permit_found::<DeclareTest, _>(found)?;
        Ok(proof.into_value().organisation)
    }
}

/// Stores the report of a test, sealed under its organisation, for whoever may declare it.
///
/// # Errors
/// [`crate::Error::Invalid`] for a file that cannot be taken.
pub async fn store_report(
    context: &Context,
    organisation: OrganisationId,
    name: &str,
    bytes: Vec<u8>,
) -> Outcome<StagedFile> {
    read(context, MayDeclareTest(organisation)).await?;
    store_paper(context, KeyHolder::Organisation(organisation), "report", bytes, name).await
}

/// Names a stored report in the transaction of its test, with its name sealed.
pub(super) async fn keep_report(
    unit: &mut Unit,
    id: DeclaredTestId,
    organisation: OrganisationId,
    report: Option<&StagedFile>,
) -> Outcome<Option<(BlobId, Vec<u8>)>> {
    let Some(file) = report else {
        return Ok(None);
    };
    let holder = KeyHolder::Organisation(organisation);
    let blob = file.keep(unit, holder).await?;
    let name = unit.seal(holder, name_of(id), file.name().as_bytes()).await?;
    Ok(Some((blob, name)))
}

/// Declares a test of a product for an organisation.
#[derive(Clone, Debug)]
pub struct DeclareTestOf {
    /// Who had it made.
    pub organisation: OrganisationId,
    /// What was tested.
    pub product: ProductId,
    /// What was typed.
    pub draft: TestDraft,
    /// Its report, where there is one.
    pub report: Option<StagedFile>,
    /// Why a report was not taken.
    pub refused: Vec<FieldError>,
}

impl UseCase for DeclareTestOf {
    type Output = DeclaredTestId;

    async fn run(&self, unit: &mut Unit) -> Outcome<DeclaredTestId> {
        let found = unit.store.organisation(self.organisation).await?;
        let proof = unit.permit_found::<DeclareTest, _>(found)?;
        let mut fields = Fields::new();
        fields.extend(self.refused.clone());
        let product = unit.store.product(self.product).await?;
        let about = About {
            id: DeclaredTestId(unit.fresh_id()),
            organisation: self.organisation,
            product: product.map(|found| found.peek().product.id),
            revision: 1,
        };
        let test = self.draft.checked(unit, about, fields).await?;
        let report = keep_report(unit, test.id, self.organisation, self.report.as_ref()).await?;
        let acting = proof.acting().clone();
        let with_report = report.is_some();
        unit.store
            .insert_declared_test(&test, report, acting.person(), unit.now)
            .await?;
        let body = json!({"product": test.product, "version": test.version, "kind": test.kind, "from": test.from,
            "until": test.until, "cost_cents": test.cost_cents, "report": with_report});
        unit.record(
            &acting,
            entry(test.id, self.organisation, "declared_test.declared", body),
        )
        .await?;
        Ok(test.id)
    }
}

/// Shows what declaring a test needs: the products to choose from, then the form of the chosen one.
pub struct ViewDeclaredTestForm {
    /// Who had it made.
    pub organisation: OrganisationId,
    /// The readable address of the chosen product.
    pub product: Option<String>,
    /// Only products whose name starts so.
    pub prefix: String,
}

/// What declaring a test needs.
#[derive(Clone, Debug)]
pub struct DeclaredTestForm {
    /// Who had it made.
    pub organisation: Organisation,
    /// The chosen product, with what is known of its tests.
    pub product: Option<(ProductRecord, AlreadyTested)>,
    /// Products to choose from, while none is chosen.
    pub choices: Vec<ProductRecord>,
    /// The versions of the chosen product.
    pub versions: Vec<ProductVersion>,
}

impl UseCase for ViewDeclaredTestForm {
    type Output = DeclaredTestForm;

    async fn run(&self, unit: &mut Unit) -> Outcome<DeclaredTestForm> {
        let organisation = MayDeclareTest(self.organisation).run(unit).await?;
        let mut form = DeclaredTestForm {
            organisation,
            product: None,
            choices: Vec::new(),
            versions: Vec::new(),
        };
        if let Some(slug) = &self.product {
            let product = crate::register::by_slug(unit, slug).await?;
            form.versions = unit.store.versions(product.product.id).await?;
            let running = seen_deployers(unit, &product).await?;
            let tested = already_tested(unit, &product, running, None).await?;
            form.product = Some((product, tested));
        } else {
            let list = ListCatalogue {
                search: self.prefix.clone(),
                ..ListCatalogue::default()
            };
            form.choices = list.run(unit).await?.products;
        }
        Ok(form)
    }
}
