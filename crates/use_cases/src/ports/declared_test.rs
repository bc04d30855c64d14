//! Ports of declared tests: tests made elsewhere, as organisations declare them.

use super::{Stored, TestReader};
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::declared_test::DeclaredTest;
use domain::ids::{BlobId, DeclaredTestId, OrganisationId, PersonId, ProductId, ProgrammeId, VersionId};
use domain::{Date, Timestamp};
use uuid::Uuid;

/// A declared test with the names beside it and what policies ask about it.
#[derive(Clone, Debug)]
pub struct DeclaredTestRecord {
    /// The test.
    pub test: DeclaredTest,
    /// Who declared it, by name.
    pub organisation_name: String,
    /// The product's name.
    pub product_name: String,
    /// The product's readable address.
    pub product_slug: String,
    /// Who makes the product.
    pub vendor: OrganisationId,
    /// What the version is called; empty where it is not known.
    pub version_name: String,
    /// The sealed report with its name, sealed under the organisation.
    pub report: Option<(BlobId, Vec<u8>)>,
    /// Organisations that administer its organisation by delegation.
    pub administered_by: Vec<OrganisationId>,
    /// Organisations that answer for its organisation; cut to a list's reader, empty outside lists.
    pub groups: Vec<OrganisationId>,
    /// Programmes of which its organisation is a member; as `groups`.
    pub programmes: Vec<ProgrammeId>,
    /// Who owns those; as `groups`.
    pub programme_owners: Vec<OrganisationId>,
}

impl Resource for DeclaredTestRecord {
    const TYPE: &'static str = "DeclaredTest";

    fn id(&self) -> Uuid {
        self.test.id.0
    }

    fn attributes(&self) -> Attributes {
        vec![
            ("id", Attr::id(self.test.id)),
            ("organisation", Attr::organisation(self.test.organisation)),
            ("vendor", Attr::organisation(self.vendor)),
            ("administered_by", Attr::ids(self.administered_by.iter().copied())),
            ("groups", Attr::ids(self.groups.iter().copied())),
            ("programmes", Attr::ids(self.programmes.iter().copied())),
            ("programme_owners", Attr::ids(self.programme_owners.iter().copied())),
        ]
    }
}

/// The tests that organisations declared; what was withdrawn is not there.
#[async_trait]
pub trait DeclaredTests {
    /// Gives a declared test.
    async fn declared_test(&mut self, id: DeclaredTestId, now: Timestamp)
    -> Stored<Option<Loaded<DeclaredTestRecord>>>;
    /// Gives a declared test and holds it for this transaction.
    async fn take_declared_test(
        &mut self,
        id: DeclaredTestId,
        now: Timestamp,
    ) -> Stored<Option<Loaded<DeclaredTestRecord>>>;
    /// Lists what an organisation declared, the latest days first, after those of another.
    async fn tests_declared_by(
        &mut self,
        organisation: OrganisationId,
        after: Option<(Date, DeclaredTestId)>,
        limit: i64,
    ) -> Stored<Vec<DeclaredTestRecord>>;
    /// Lists the declared tests of a product that end on a day or later, the latest first, for a reader.
    async fn tests_declared_of(
        &mut self,
        product: ProductId,
        since: Date,
        reader: &TestReader,
        now: Timestamp,
    ) -> Stored<Vec<DeclaredTestRecord>>;
    /// Finds products by a readable address or a folded name, of those given.
    async fn products_called(&mut self, names: &[String]) -> Stored<Vec<(ProductId, String, String)>>;
    /// Gives the versions of several products: product, version, what it is called.
    async fn versions_called(&mut self, products: &[ProductId]) -> Stored<Vec<(ProductId, VersionId, String)>>;
    /// Adds a declared test; the same one twice is [`super::StoreError::Taken`].
    async fn insert_declared_test(
        &mut self,
        test: &DeclaredTest,
        report: Option<(BlobId, Vec<u8>)>,
        by: Option<PersonId>,
        at: Timestamp,
    ) -> Stored<()>;
    /// Says whether an organisation declared the same test already, but for one.
    async fn test_is_declared(&mut self, test: &DeclaredTest) -> Stored<bool>;
    /// Keeps what was corrected of a test that was taken at `test.revision`, and its new report where there is one.
    async fn update_declared_test(&mut self, test: &DeclaredTest, report: Option<(BlobId, Vec<u8>)>) -> Stored<()>;
    /// Withdraws a test that was taken at `revision`.
    async fn withdraw_declared_test(&mut self, id: DeclaredTestId, revision: i64, at: Timestamp) -> Stored<()>;
}
