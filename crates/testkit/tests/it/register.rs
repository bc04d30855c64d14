//! Stories of the register: who runs what, and who says so.

use domain::deployment::{ConfirmedBy, DeploymentState, Standing};
use domain::ids::{DeploymentId, OrganisationId, ProductId};
use domain::organisation::{AffiliationKind, OrganisationKind};
use domain::role::Role;
use testkit::{Someone, TestApp, each_engine};
use use_cases::organisation::Affiliate;
use use_cases::ports::{DeploymentFilter, DeploymentsOf};
use use_cases::register::{
    AddProduct, AddVersion, ChangeDeployment, ConfirmDeployment, DecideProof, DeclareDeployment, EndDeployment,
    ListCatalogue, ListMemberDeployments, ListProductDeployments, ReadProof, RefuseDeployment, ViewDeployment,
    ViewProduct, offer_proof,
};
use use_cases::{Error, Outcome, Unit, UseCase, perform, read};

struct Town {
    commune: OrganisationId,
    vendor: OrganisationId,
    officer: Someone,
    contact: Someone,
    product: ProductId,
    slug: String,
}

async fn town(app: &TestApp) -> Town {
    let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
    let vendor = app.organisation(OrganisationKind::Vendor, "Logiciels du Beffroi").await;
    let officer = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
    let contact = app.person("Jean Vidal", Role::VendorContact, vendor).await;
    let add = AddProduct {
        vendor,
        name: "Guichet Famille".to_owned(),
        description: "Les inscriptions à l’école.".to_owned(),
        purl: "pkg:generic/beffroi/guichet".to_owned(),
    };
    let (product, slug) = perform(&contact.context(app), add).await.unwrap();
    Town {
        commune,
        vendor,
        officer,
        contact,
        product,
        slug,
    }
}

impl Town {
    async fn declares(&self, app: &TestApp) -> Outcome<DeploymentId> {
        let declare = DeclareDeployment {
            organisation: self.commune,
            product: self.product,
            version: None,
            label: String::new(),
            host: None,
        };
        perform(&self.officer.context(app), declare).await
    }

    async fn state(&self, app: &TestApp, deployment: DeploymentId) -> (DeploymentState, Option<ConfirmedBy>) {
        let sheet = read(&self.officer.context(app), ViewDeployment(deployment))
            .await
            .unwrap();
        (sheet.row.deployment.state, sheet.row.deployment.confirmed_by)
    }

    async fn standing(&self, app: &TestApp) -> Option<Standing> {
        read(&app.nobody(), StandingOf(self.product, self.commune))
            .await
            .unwrap()
    }
}

struct StandingOf(ProductId, OrganisationId);

impl UseCase for StandingOf {
    type Output = Option<Standing>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let filter = DeploymentFilter {
            of: DeploymentsOf::Product(self.0),
            at: unit.now,
            after: None,
            limit: 10,
        };
        let rows = unit.store.list_deployments(&filter).await?;
        let own = rows
            .iter()
            .map(|row| &row.deployment)
            .filter(|one| one.organisation == self.1);
        Ok(own.map(|one| one.standing(unit.now)).max())
    }
}

fn missing<T: std::fmt::Debug>(outcome: Outcome<T>) -> bool {
    matches!(outcome, Err(Error::NotFound))
}

each_engine! {
    async fn the_vendor_confirms_who_runs_its_product(app: TestApp) {
        let town = town(&app).await;
        let deployment = town.declares(&app).await.unwrap();
        assert_eq!(town.standing(&app).await, Some(Standing::Declared));
        assert!(matches!(town.declares(&app).await, Err(Error::Invalid(_))), "the same one twice");

        let other = app.organisation(OrganisationKind::Vendor, "Autre éditeur").await;
        let rival = app.person("Eva Lamy", Role::VendorContact, other).await;
        assert!(missing(perform(&rival.context(&app), ConfirmDeployment(deployment)).await));
        assert!(missing(perform(&town.officer.context(&app), ConfirmDeployment(deployment)).await));
        assert!(missing(read(&rival.context(&app), ViewDeployment(deployment)).await));

        let list = || ListProductDeployments { slug: town.slug.clone(), after: None };
        let waiting = read(&town.contact.context(&app), list()).await.unwrap();
        assert_eq!(waiting.to_confirm, [deployment], "the action stands in the list");
        perform(&town.contact.context(&app), ConfirmDeployment(deployment)).await.unwrap();
        assert_eq!(town.state(&app, deployment).await, (DeploymentState::Confirmed, Some(ConfirmedBy::Vendor)));
        assert_eq!(town.standing(&app).await, Some(Standing::Confirmed));
        let confirmed = read(&town.contact.context(&app), list()).await.unwrap();
        assert_eq!((confirmed.rows.len(), confirmed.to_confirm.len()), (1, 0));

        perform(&town.officer.context(&app), EndDeployment(deployment)).await.unwrap();
        assert_eq!(town.standing(&app).await, None, "its rights end at once");
        town.declares(&app).await.unwrap();
        app.settle().await;
    }

    async fn nobody_confirms_what_their_own_organisation_runs(app: TestApp) {
        let town = town(&app).await;
        let deployment = town.declares(&app).await.unwrap();
        app.grant(town.officer, Role::VendorContact, town.vendor, domain::role::GrantScope::Organisation).await;
        assert!(missing(perform(&town.officer.context(&app), ConfirmDeployment(deployment)).await));
        let list = ListProductDeployments { slug: town.slug.clone(), after: None };
        assert!(read(&town.officer.context(&app), list).await.unwrap().to_confirm.is_empty());
    }

    async fn the_group_that_answers_for_it_accepts_a_proof(app: TestApp) {
        let town = town(&app).await;
        let deployment = town.declares(&app).await.unwrap();
        let refuse = RefuseDeployment { deployment, reason: "Inconnue de nos fichiers.".to_owned() };
        perform(&town.contact.context(&app), refuse).await.unwrap();
        assert_eq!(town.state(&app, deployment).await.0, DeploymentState::Declared);

        let group = app.organisation(OrganisationKind::Group, "Val-de-Tour").await;
        let organiser = app.person("Lou Martin", Role::Organiser, group).await;
        assert!(missing(perform(&organiser.context(&app), ConfirmDeployment(deployment)).await));
        let tie = Affiliate { organisation: town.commune, within: Some(group), kind: Some(AffiliationKind::Member) };
        perform(&app.system(authorization::SystemKind::Installer), tie).await.unwrap();

        let pdf = b"%PDF-1.7\nfacture\n%%EOF".to_vec();
        let proof = offer_proof(&town.officer.context(&app), deployment, "facture.pdf", pdf.clone()).await.unwrap();
        let again = offer_proof(&town.officer.context(&app), deployment, "facture.pdf", pdf.clone()).await;
        assert!(matches!(again, Err(Error::Conflict("error-proof-waiting"))));
        assert!(missing(read(&town.contact.context(&app), ReadProof(proof)).await.map(|_| ())), "the vendor");
        let (leave, name) = read(&organiser.context(&app), ReadProof(proof)).await.unwrap();
        assert_eq!(name, "facture.pdf");
        assert_eq!(use_cases::files::open_file(&app, &leave).await.unwrap(), pdf);
        let list = ListMemberDeployments { organisation: group, after: None };
        assert_eq!(read(&organiser.context(&app), list).await.unwrap().rows.len(), 1);

        let accept = DecideProof { proof, accept: true, reason: String::new() };
        perform(&organiser.context(&app), accept).await.unwrap();
        assert_eq!(town.state(&app, deployment).await, (DeploymentState::Confirmed, Some(ConfirmedBy::Proof)));
        app.settle().await;
    }

    async fn the_catalogue_is_public_and_counts_nobody_out(app: TestApp) {
        let town = town(&app).await;
        let version = AddVersion {
            product: town.product,
            version: "4.2".to_owned(),
            released_on: "2026-03-01".to_owned(),
            supported_until: String::new(),
        };
        perform(&town.contact.context(&app), version.clone()).await.unwrap();
        assert!(missing(perform(&town.officer.context(&app), version).await));
        let deployment = town.declares(&app).await.unwrap();
        perform(&town.contact.context(&app), ConfirmDeployment(deployment)).await.unwrap();

        let sheet = read(&app.nobody(), ViewProduct(town.slug.clone())).await.unwrap();
        assert_eq!((sheet.versions.len(), sheet.deployers), (1, None), "too few to say");
        let sheet = read(&town.contact.context(&app), ViewProduct(town.slug.clone())).await.unwrap();
        assert_eq!(sheet.deployers, Some(1));
        let named = ListCatalogue { prefix: "guich".to_owned(), ..ListCatalogue::default() };
        assert_eq!(read(&app.nobody(), named).await.unwrap().total, 1);
        let unknown = ListCatalogue { prefix: "zz".to_owned(), ..ListCatalogue::default() };
        assert!(read(&app.nobody(), unknown).await.unwrap().products.is_empty());
        let stranger = ListProductDeployments { slug: town.slug.clone(), after: None };
        assert!(missing(read(&app.nobody(), stranger).await.map(|_| ())));
    }

    async fn a_product_is_checked_before_it_is_added(app: TestApp) {
        let town = town(&app).await;
        let add = AddProduct {
            vendor: town.vendor,
            name: "Guichet famille".to_owned(),
            description: String::new(),
            purl: "guichet".to_owned(),
        };
        let Err(Error::Invalid(fields)) = perform(&town.contact.context(&app), add.clone()).await else {
            panic!("a product without a right purl");
        };
        assert_eq!(fields[0].message, "error-purl");
        let twice = AddProduct { purl: String::new(), ..add.clone() };
        let Err(Error::Invalid(fields)) = perform(&town.contact.context(&app), twice).await else {
            panic!("a product twice");
        };
        assert_eq!(fields[0].message, "error-product-known");
        assert!(missing(perform(&town.officer.context(&app), add).await.map(|_| ())));
    }

    async fn a_vendor_who_is_here_keeps_its_products_alone_and_a_confirmed_host_stays(app: TestApp) {
        let town = town(&app).await;
        let metropole = app.organisation(OrganisationKind::Epci, "Métropole d’Essai").await;
        let organiser = app.person("Léa Roy", Role::Organiser, metropole).await;
        let version = |number: &str| AddVersion {
            product: town.product,
            version: number.to_owned(),
            released_on: String::new(),
            supported_until: String::new(),
        };
        let refused = perform(&organiser.context(&app), version("4.2")).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        perform(&town.contact.context(&app), version("4.2")).await.unwrap();

        let deployment = town.declares(&app).await.unwrap();
        perform(&town.contact.context(&app), ConfirmDeployment(deployment)).await.unwrap();
        let host = app.organisation(OrganisationKind::Company, "Hébergeur d’Essai").await;
        let move_to = ChangeDeployment { deployment, version: None, host: Some(host) };
        let refused = perform(&town.officer.context(&app), move_to).await;
        assert!(matches!(&refused, Err(Error::Invalid(e)) if e[0].field == "host"), "{refused:?}");
    }

    async fn what_others_do_to_a_declaration_is_told_by_mail(app: TestApp) {
        let town = town(&app).await;
        let second = app.person("Léo Roux", Role::SecurityOfficer, town.commune).await;
        let deployment = town.declares(&app).await.unwrap();
        perform(&town.contact.context(&app), ConfirmDeployment(deployment)).await.unwrap();
        app.run_jobs().await;
        for address in ["awa.diallo@example.org", "leo.roux@example.org"] {
            let mails = app.mails.to(address);
            assert!(mails.len() == 1 && mails[0].text.contains("Guichet Famille"), "{mails:?}");
        }
        perform(&second.context(&app), EndDeployment(deployment)).await.unwrap();
        app.run_jobs().await;
        assert_eq!(app.mails.to("awa.diallo@example.org").len(), 2);
        assert_eq!(app.mails.to("leo.roux@example.org").len(), 1, "who did it knows");
        app.settle().await;
    }
}
