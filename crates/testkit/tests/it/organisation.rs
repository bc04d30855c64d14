//! The directory that comes with the product.

use authorization::SystemKind;
use domain::organisation::{AffiliationKind, OrganisationKind};
use domain::role::Role;
use testkit::each_engine;
use use_cases::organisation::{Affiliate, SeedDirectory, Seeded, ViewGroup};
use use_cases::register::{AddProduct, ConfirmDeployment, DeclareDeployment};
use use_cases::{Error, perform, read};

each_engine! {
    async fn the_directory_comes_once_with_its_affiliations(app: TestApp) {
        let installer = app.system(SystemKind::Installer);
        let seeded = perform(&installer, SeedDirectory).await.unwrap();
        // 130 communes, 11 territories and the Métropole; Paris has no territory.
        assert_eq!(seeded, Seeded { organisations: 142, affiliations: 130 + 129 + 11 });
        assert_eq!(perform(&installer, SeedDirectory).await.unwrap(), Seeded::default());

        let mut session = app.store.snapshot().await.unwrap();
        let metropole = session.organisation_by_siren("200054781").await.unwrap().unwrap();
        assert_eq!((metropole.kind, metropole.name.as_str()), (OrganisationKind::Epci, "Métropole du Grand Paris"));
        assert_eq!(session.affiliated_with(metropole.id, testkit::START).await.unwrap().len(), 141);
        let pold = session.organisation_by_siren("200057982").await.unwrap().unwrap();
        assert_eq!((pold.kind, pold.name.as_str()), (OrganisationKind::Ept, "Paris Ouest La Défense"));
        assert_eq!(session.affiliated_with(pold.id, testkit::START).await.unwrap().len(), 11);
        let nanterre = session.organisation_by_siren("219200508").await.unwrap().unwrap();
        assert_eq!(nanterre.insee.as_deref(), Some("92050"));
        let within = session.affiliations_of(nanterre.id, testkit::START).await.unwrap();
        let within: Vec<_> = within.iter().map(|(o, kind)| (o.name.as_str(), *kind)).collect();
        assert_eq!(within, [
            ("Métropole du Grand Paris", AffiliationKind::Territory),
            ("Paris Ouest La Défense", AffiliationKind::Territory),
        ]);
        app.settle().await;
    }

    async fn a_group_counts_what_its_members_run_and_nobody_else_reads_it(app: TestApp) {
        let group = app.organisation(OrganisationKind::Group, "Val-de-Tour").await;
        let organiser = app.person("Max Petit", Role::Organiser, group).await;
        let empty = read(&organiser.context(&app), ViewGroup(group)).await.unwrap();
        assert!(empty.members.is_empty() && empty.products.is_empty() && !empty.is_capped());

        let vendor = app.organisation(OrganisationKind::Vendor, "Logiciels du Beffroi").await;
        let contact = app.person("Jean Vidal", Role::VendorContact, vendor).await;
        let add = |name: &str| AddProduct {
            vendor,
            name: name.to_owned(),
            description: String::new(),
            purl: String::new(),
            cpe: String::new(),
        };
        let (shared, slug) = perform(&contact.context(&app), add("Guichet Famille")).await.unwrap();
        let (alone, _) = perform(&contact.context(&app), add("Cimetières")).await.unwrap();
        let mut officers = Vec::new();
        for (name, kind) in [
            ("Bourg", AffiliationKind::Delegated),
            ("Aval", AffiliationKind::Member),
            ("Val", AffiliationKind::Territory),
        ] {
            let commune = app.organisation(OrganisationKind::Commune, name).await;
            let tie = Affiliate { organisation: commune, within: Some(group), kind: Some(kind) };
            perform(&app.system(SystemKind::Installer), tie).await.unwrap();
            let officer = app.person(&format!("Awa {name}"), Role::SecurityOfficer, commune).await;
            let declare = |product| DeclareDeployment {
                organisation: commune,
                product,
                version: None,
                label: String::new(),
                host: None,
            };
            let deployment = perform(&officer.context(&app), declare(shared)).await.unwrap();
            if kind == AffiliationKind::Delegated {
                perform(&contact.context(&app), ConfirmDeployment(deployment)).await.unwrap();
                perform(&officer.context(&app), declare(alone)).await.unwrap();
            }
            officers.push(officer);
        }
        let sheet = read(&organiser.context(&app), ViewGroup(group)).await.unwrap();
        let members: Vec<_> =
            sheet.members.iter().map(|one| (one.name.as_str(), one.delegated, one.confirmed, one.declared)).collect();
        assert_eq!(members, [("Aval", false, 0, 1), ("Bourg", true, 1, 1)], "a territory is no membership");
        let products: Vec<_> = sheet.products.iter().map(|one| (one.slug.as_str(), one.members, one.confirmed)).collect();
        assert_eq!(products, [(slug.as_str(), 2, 1), ("cimetieres", 1, 0)]);
        assert_eq!((sheet.delegated(), sheet.shared(), sheet.confirmed(), sheet.declared()), (1, 1, 1, 2));

        let second = app.organisation(OrganisationKind::Group, "Autre groupement").await;
        let rival = app.person("Eva Lamy", Role::Organiser, second).await;
        let inside = app.person("Olga Roux", Role::SecurityOfficer, group).await;
        for other in [rival, inside, contact, officers[0]] {
            let refused = read(&other.context(&app), ViewGroup(group)).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        app.settle().await;
    }

    async fn nobody_but_the_installer_seeds(app: TestApp) {
        assert!(matches!(perform(&app.nobody(), SeedDirectory).await, Err(Error::NotFound)));
        let clock = app.system(SystemKind::Clock);
        assert!(matches!(perform(&clock, SeedDirectory).await, Err(Error::NotFound)));
    }
}
