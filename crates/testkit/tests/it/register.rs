//! Stories of the register: who runs what, and who says so.

use domain::deployment::{ConfirmedBy, DeploymentState, Standing};
use domain::ids::{DeploymentId, OrganisationId, ProductId};
use domain::organisation::{AffiliationKind, OrganisationKind};
use domain::role::Role;
use testkit::{Someone, TestApp, each_engine};
use use_cases::organisation::Affiliate;
use use_cases::ports::{DeploymentFilter, DeploymentsOf};
use use_cases::register::{
    AddProduct, AddVersion, ChangeDeployment, ConfirmDeployment, CorrectProduct, DecideProof, DeclareDeployment,
    EndDeployment, ExportDeployments, ImportDeployments, ListCatalogue, ListMemberDeployments, ListProductDeployments,
    PickProduct, PreviewDeployments, ProductMeant, ReadProof, RefuseDeployment, ViewDeployment, ViewProduct,
    offer_proof,
};
use use_cases::vulnerability::ViewVendorDesk;
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
        cpe: String::new(),
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
        let named = ListCatalogue { search: "famille".to_owned(), ..ListCatalogue::default() };
        assert_eq!(read(&app.nobody(), named).await.unwrap().total, 1);
        let unknown = ListCatalogue { search: "zz".to_owned(), ..ListCatalogue::default() };
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
            cpe: String::new(),
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

    async fn a_product_is_found_by_the_name_it_has_now_and_named_once(app: TestApp) {
        let town = town(&app).await;
        let meant = async |text: &str| read(&town.officer.context(&app), PickProduct(text.to_owned())).await.unwrap().0;
        let rename = |name: &str, revision| CorrectProduct {
            product: town.product,
            revision,
            name: name.to_owned(),
            description: String::new(),
            purl: String::new(),
            cpe: String::new(),
        };
        perform(&town.contact.context(&app), rename("Guichet Citoyen", 1)).await.unwrap();
        for text in ["Guichet Citoyen", "guichet citoyen (Logiciels du Beffroi)", town.slug.as_str(), "Guichet"] {
            assert!(matches!(meant(text).await, ProductMeant::One(_)), "{text}");
        }
        assert!(matches!(meant("Guichet Citoyen (Un autre)").await, ProductMeant::Unknown));
        let add = AddProduct {
            vendor: town.vendor,
            name: "Guichet citoyen".to_owned(),
            description: String::new(),
            purl: String::new(),
            cpe: String::new(),
        };
        let refused = perform(&town.contact.context(&app), add.clone()).await;
        assert!(matches!(&refused, Err(Error::Invalid(e)) if e[0].field == "name"), "{refused:?}");
        perform(&town.contact.context(&app), AddProduct { name: "Guichet Écoles".to_owned(), ..add }).await.unwrap();
        assert!(matches!(meant("Guichet").await, ProductMeant::Several(two) if two.len() == 2));
        assert!(read(&town.contact.context(&app), ViewVendorDesk).await.unwrap().lines().next().is_none(), "empty");
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

    async fn a_file_declares_what_an_organisation_runs(app: TestApp) {
        let town = town(&app).await;
        let version = |text: &str| AddVersion {
            product: town.product,
            version: text.to_owned(),
            released_on: String::new(),
            supported_until: String::new(),
        };
        for text in ["4.1", "4.2"] {
            perform(&town.contact.context(&app), version(text)).await.unwrap();
        }
        let neighbour = app.organisation(OrganisationKind::Commune, "Noiseval").await;
        let group = app.organisation(OrganisationKind::Group, "Le Pays").await;
        let officer = app.person("Marc Petit", Role::SecurityOfficer, group).await;
        let administrator = app.person("Ada Noël", Role::Administrator, group).await;
        let tie = Affiliate {
            organisation: neighbour,
            within: Some(group),
            kind: Some(AffiliationKind::Delegated),
        };
        perform(&administrator.context(&app), tie).await.unwrap();

        let import = |text: &str| ImportDeployments { organisation: town.commune, text: text.to_owned() };
        let preview = |text: &str| PreviewDeployments { organisation: town.commune, text: text.to_owned() };
        let own = town.officer.context(&app);
        let wrong = "produit;version;installation;hebergeur;organisation\n\
            guichet-famille;9.9;;;\nautre;;;;\nguichet-famille;;;Personne;\nguichet-famille;;;;Noiseval\n\
            guichet-famille;;;;\nGuichet Famille;;;;\n";
        let told = read(&own, preview(wrong)).await.unwrap().1;
        let errors: Vec<_> = told.errors.iter().map(|one| (one.line, one.message)).collect();
        assert_eq!(errors, [
            (2, "register-import-version"),
            (3, "register-import-product"),
            (4, "register-import-host"),
            (4, "register-import-twice"),
            (5, "register-import-organisation"),
            (6, "register-import-twice"),
            (7, "register-import-twice"),
        ]);
        assert!(matches!(perform(&own, import(wrong)).await, Err(Error::Invalid(_))));
        let good = "Produit,Version,Installation,Hébergeur\npkg:generic/beffroi/guichet,4.1,,\n\
            Guichet Famille,,Annexe,Logiciels du Beffroi\n";
        let told = read(&own, preview(good)).await.unwrap().1;
        assert_eq!((told.declared.len(), told.changed.len(), told.same, told.errors.len()), (2, 0, 0, 0));
        assert_eq!(perform(&own, import(good)).await.unwrap(), (2, 0));
        assert_eq!(perform(&own, import(good)).await.unwrap(), (0, 0), "nothing the second time");
        let later = good.replace("guichet,4.1", "guichet,4.2");
        assert_eq!(perform(&own, import(&later)).await.unwrap(), (0, 1));

        let exported = read(&own, ExportDeployments(town.commune)).await.unwrap();
        let text = use_cases::csv_file::decode(&exported);
        assert_eq!(
            text,
            "organisation;produit;version;installation;hebergeur\nBourg-la-Tour;guichet-famille;4.2;;\n\
             Bourg-la-Tour;guichet-famille;;Annexe;Logiciels du Beffroi\n"
        );
        assert_eq!(perform(&own, import(&text)).await.unwrap(), (0, 0), "what is exported comes back unchanged");

        // The vendor confirms the annex with its host: a file no longer changes the host.
        let list = ListProductDeployments { slug: town.slug.clone(), after: None };
        let rows = read(&town.contact.context(&app), list).await.unwrap().rows;
        let annex = rows.iter().find(|row| row.deployment.label == "Annexe").unwrap().deployment.id;
        perform(&town.contact.context(&app), ConfirmDeployment(annex)).await.unwrap();
        let moved = "produit;installation;hebergeur\nguichet-famille;Annexe;Bourg-la-Tour\n";
        let told = read(&own, preview(moved)).await.unwrap().1;
        assert_eq!(told.errors[0].message, "register-import-host-confirmed");

        // Who administers another by delegation declares for it; others do not see the page.
        let both = "organisation;produit\nNoiseval;guichet-famille\n;guichet-famille\n";
        let shared = ImportDeployments { organisation: group, text: both.to_owned() };
        assert_eq!(perform(&officer.context(&app), shared).await.unwrap(), (2, 0));
        // What is there already they neither change nor learn.
        let again = "organisation;produit;version\nNoiseval;guichet-famille;4.2\n";
        let again = ImportDeployments { organisation: group, text: again.to_owned() };
        let told = PreviewDeployments { organisation: group, text: again.text.clone() };
        let told = read(&officer.context(&app), told).await.unwrap().1;
        assert_eq!(told.errors[0].message, "register-import-present");
        assert!(matches!(perform(&officer.context(&app), again).await, Err(Error::Invalid(_))));
        assert!(missing(read(&officer.context(&app), preview(good)).await.map(|_| ())));
        assert!(missing(perform(&town.contact.context(&app), import(good)).await));
        assert!(missing(read(&town.contact.context(&app), ExportDeployments(town.commune)).await));
        app.settle().await;
    }

    async fn a_product_is_found_by_its_words_and_its_codes(app: TestApp) {
        let town = town(&app).await;
        let contact = town.contact.context(&app);
        let record = read(&contact, ViewProduct(town.slug.clone())).await.unwrap().record;
        let correct = |purl: &str, cpe: &str| CorrectProduct {
            product: town.product,
            revision: record.product.revision,
            name: "Guichet Famille".to_owned(),
            description: String::new(),
            purl: purl.to_owned(),
            cpe: cpe.to_owned(),
        };
        for (purl, cpe, field, message) in [
            ("pkg:generic/beffroi/guichet@1", "", "purl", "error-purl-versioned"),
            ("", "cpe:/a:beffroi:guichet", "cpe", "error-cpe"),
            ("", "cpe:2.3:a:beffroi:*", "cpe", "error-cpe-too-wide"),
            ("", "cpe:2.3:a:beffroi:guichet:4.1", "cpe", "error-cpe-versioned"),
        ] {
            let refused = perform(&contact, correct(purl, cpe)).await;
            let Err(Error::Invalid(fields)) = refused else { panic!("{refused:?}") };
            assert_eq!((fields.len(), fields[0].field.as_str(), fields[0].message), (1, field, message));
        }
        perform(&contact, correct("pkg:Generic/beffroi/guichet", "cpe:2.3:a:Beffroi:Guichet")).await.unwrap();
        let product = read(&app.nobody(), ViewProduct(town.slug.clone())).await.unwrap().record.product;
        assert_eq!(product.purl.as_deref(), Some("pkg:generic/beffroi/guichet"));
        assert_eq!(product.cpe.as_deref(), Some("cpe:2.3:a:beffroi:guichet:*:*:*:*:*:*:*:*"));
        for search in ["famille", "guich fam", "pkg:generic/beffroi", "cpe:2.3:a:beffroi:gui", "CPE:2.3:A:Beffroi"] {
            let found = read(&app.nobody(), ListCatalogue { search: search.to_owned(), ..ListCatalogue::default() }).await;
            assert_eq!(found.unwrap().total, 1, "{search}");
        }
        for search in ["ille", "pkg:npm/", "cpe:2.3:o:"] {
            let found = read(&app.nobody(), ListCatalogue { search: search.to_owned(), ..ListCatalogue::default() }).await;
            assert_eq!(found.unwrap().total, 0, "{search}");
        }
        let second = AddProduct {
            vendor: town.vendor,
            name: "Guichet Ainés".to_owned(),
            description: String::new(),
            purl: String::new(),
            cpe: "cpe:2.3:a:beffroi:guichet".to_owned(),
        };
        let refused = perform(&contact, second).await;
        assert!(matches!(&refused, Err(Error::Invalid(e)) if e[0].message == "error-cpe-known"), "{refused:?}");
        app.settle().await;
    }
}
