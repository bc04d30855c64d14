//! The directory that comes with the product.

use authorization::SystemKind;
use domain::organisation::{AffiliationKind, OrganisationKind};
use testkit::each_engine;
use use_cases::organisation::{SeedDirectory, Seeded};
use use_cases::{Error, perform};

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

    async fn nobody_but_the_installer_seeds(app: TestApp) {
        assert!(matches!(perform(&app.nobody(), SeedDirectory).await, Err(Error::NotFound)));
        let clock = app.system(SystemKind::Clock);
        assert!(matches!(perform(&clock, SeedDirectory).await, Err(Error::NotFound)));
    }
}
