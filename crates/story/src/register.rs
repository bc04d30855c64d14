//! The register of the story: two products of one vendor, and who runs them.

use crate::cast::Cast;
use crate::{Teller, nth};
use domain::ids::{DeploymentId, ProductId, VersionId};
use use_cases::register::{AddProduct, AddVersion, ConfirmDeployment, DeclareDeployment};
use use_cases::{Outcome, perform};

impl Teller<'_> {
    /// Lets the vendor present its products, the communes declare them and the vendor confirm.
    ///
    /// # Errors
    /// [`use_cases::Error`] where a use case refuses.
    pub async fn register(&self, cast: &Cast) -> Outcome<Vec<ProductId>> {
        self.day(62, 9).await?;
        let vendor = cast.vendor_contact.context(self.app);
        let portal = self
            .product(
                cast,
                "Guichet Clairval",
                "Relation entre les habitants et leur mairie : démarches, rendez-vous, dossiers.",
            )
            .await?;
        let transport = self
            .product(
                cast,
                "Navette scolaire",
                "Inscription aux transports scolaires et suivi des tournées.",
            )
            .await?;
        let version = self.version(cast, portal, "4.2.0", "2026-01-15").await?;
        self.version(cast, transport, "7.1.3", "2026-03-02").await?;
        let mut declared = Vec::new();
        for town in cast.towns.iter().take(7) {
            self.minutes(25);
            declared.push((
                town.name,
                self.declare(town.officer.context(self.app), town.id, portal, Some(version), cast)
                    .await?,
            ));
        }
        let first = nth(&cast.towns, 0)?;
        self.declare(first.officer.context(self.app), first.id, transport, None, cast)
            .await?;
        self.day(61, 10).await?;
        // The last of the seven stays declared: it learns that something exists, and no more.
        for (_, deployment) in declared.iter().take(6) {
            self.minutes(4);
            perform(&vendor, ConfirmDeployment(*deployment)).await?;
        }
        Ok(vec![portal, transport])
    }

    pub(crate) async fn product(&self, cast: &Cast, name: &str, description: &str) -> Outcome<ProductId> {
        let add = AddProduct {
            vendor: cast.vendor,
            name: name.to_owned(),
            description: description.to_owned(),
            purl: String::new(),
            cpe: String::new(),
        };
        Ok(perform(&cast.vendor_contact.context(self.app), add).await?.0)
    }

    pub(crate) async fn version(
        &self,
        cast: &Cast,
        product: ProductId,
        version: &str,
        released_on: &str,
    ) -> Outcome<VersionId> {
        let add = AddVersion {
            product,
            version: version.to_owned(),
            released_on: released_on.to_owned(),
            supported_until: String::new(),
        };
        perform(&cast.vendor_contact.context(self.app), add).await
    }

    pub(crate) async fn declare(
        &self,
        context: use_cases::Context,
        organisation: domain::ids::OrganisationId,
        product: ProductId,
        version: Option<VersionId>,
        cast: &Cast,
    ) -> Outcome<DeploymentId> {
        let declare = DeclareDeployment {
            organisation,
            product,
            version,
            label: "Production".to_owned(),
            host: Some(cast.vendor),
        };
        perform(&context, declare).await
    }
}
