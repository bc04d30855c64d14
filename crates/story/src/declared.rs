//! The tests that the towns of the story had made elsewhere, each for itself.

use crate::cast::Cast;
use crate::paper::paper;
use crate::{Teller, nth};
use domain::declared_test::DeclaredTestKind;
use domain::ids::{CampaignId, ProductId};
use use_cases::campaign::JoinCampaignOf;
use use_cases::declared_test::{DeclareTestOf, ImportTests, TestDraft, store_report};
use use_cases::register::{ConfirmDeployment, DeclareDeployment};
use use_cases::{Outcome, perform};

impl Teller<'_> {
    /// Lets two more towns say that they run the school transport, which its vendor confirms.
    pub(crate) async fn more_runners(&self, cast: &Cast, product: ProductId) -> Outcome<()> {
        for town in cast.towns.iter().skip(5).take(2) {
            self.minutes(9);
            let declare = DeclareDeployment {
                organisation: town.id,
                product,
                version: None,
                label: String::new(),
                host: Some(cast.vendor),
            };
            let deployment = perform(&town.officer.context(self.app), declare).await?;
            self.minutes(9);
            perform(&cast.vendor_contact.context(self.app), ConfirmDeployment(deployment)).await?;
        }
        Ok(())
    }

    /// Lets one of them join the campaign that is being prepared.
    pub(crate) async fn joining(&self, cast: &Cast, campaign: CampaignId) -> Outcome<()> {
        let town = nth(&cast.towns, 5)?;
        let join = JoinCampaignOf {
            campaign,
            organisation: town.id,
        };
        perform(&town.officer.context(self.app), join).await?;
        Ok(())
    }

    /// Lets nine towns declare eighteen tests of the same product in one year, one of them a test of the portal with its
    /// report, and one intended.
    pub(crate) async fn declared_tests(&self, cast: &Cast, products: &[ProductId]) -> Outcome<()> {
        self.day(3, 9).await?;
        for (town, number) in cast.towns.iter().zip(0_i64..) {
            self.minutes(13);
            let (recent, older) = (18 + 19 * number, 199 + 17 * number);
            let text = format!(
                "application;methode;debut;fin;cout\nnavette-scolaire;Test d’intrusion;{};{};{}\nnavette-scolaire;Audit de code;{};{};\n",
                self.date(recent),
                self.date(recent - 4),
                8_500 + 750 * number,
                self.date(older),
                self.date(older - 2),
            );
            let import = ImportTests {
                organisation: town.id,
                text,
            };
            perform(&town.officer.context(self.app), import).await?;
        }
        let first = nth(&cast.towns, 0)?;
        let officer = first.officer.context(self.app);
        let scan = paper(&["Rapport de test d'intrusion", "", "Guichet Clairval, version 4.1"]);
        let report = store_report(&officer, first.id, "rapport-guichet.pdf", scan).await?;
        self.declared(cast, *nth(products, 0)?, (300, 296), Some(report))
            .await?;
        self.declared(cast, *nth(products, 1)?, (-40, -44), None).await
    }

    async fn declared(
        &self,
        cast: &Cast,
        product: ProductId,
        (from, until): (i64, i64),
        report: Option<use_cases::files::StagedFile>,
    ) -> Outcome<()> {
        self.minutes(20);
        let town = nth(&cast.towns, 0)?;
        let declare = DeclareTestOf {
            organisation: town.id,
            product,
            draft: TestDraft {
                version: None,
                kind: Some(DeclaredTestKind::Pentest),
                from: self.date(from),
                until: self.date(until),
                cost: "11 400".to_owned(),
            },
            report,
            refused: Vec::new(),
        };
        perform(&town.officer.context(self.app), declare).await?;
        Ok(())
    }

    /// Writes a day before the present.
    fn date(&self, before: i64) -> String {
        let (year, month, day) = i18n::local_day(self.at(before, 12).0);
        format!("{year:04}-{month:02}-{day:02}")
    }
}
