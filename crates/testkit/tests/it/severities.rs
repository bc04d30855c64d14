//! Stories of severities side by side: the hunter's, the verifier's, the one that counts, each deployer's.

use crate::sharing::concerns;
use domain::Disclosure;
use domain::ids::{OrganisationId, VulnerabilityId};
use testkit::each_engine;
use use_cases::sharing::{ListConcerns, RateOwn, ViewSituation};
use use_cases::vulnerability::{RateVulnerability, RatedBy, SeverityLine, ViewVulnerability};
use use_cases::{Context, Error, perform, read};

const ENVIRONMENT: &str = "CR:L/IR:L/AR:L/MAV:P";

fn rate(organisation: OrganisationId, vulnerability: VulnerabilityId) -> RateOwn {
    RateOwn {
        vulnerability,
        organisation,
        revision: None,
        environment: ENVIRONMENT.to_owned(),
        vector: String::new(),
        band: None,
        reason: "Réseau interne, sans donnée sensible".to_owned(),
        take_back: false,
    }
}

async fn said(context: &Context, id: VulnerabilityId) -> Vec<SeverityLine> {
    read(context, ViewVulnerability(id)).await.unwrap().severities
}

fn by(lines: &[SeverityLine]) -> Vec<RatedBy> {
    lines.iter().map(|line| line.by).collect()
}

each_engine! {
    async fn severities_stand_side_by_side_for_those_who_may_know(app: TestApp) {
        let mut app = app;
        let told = app.told().await;
        // The officer of the first town leads the campaign too, and handles everything.
        let town = &told.cast.towns[1];
        let officer = town.officer.context(&app);
        let list = ListConcerns { ..concerns(town.id) };
        let lines = read(&officer, list).await.unwrap().lines;
        let of = |level| lines.iter().find(|line| line.level == level).map(|line| line.row.vulnerability);
        let id = of(Disclosure::Details).expect("the story tells the details of one");
        if let Some(early) = of(Disclosure::Alert).or(of(Disclosure::Measures)) {
            let refused = perform(&officer, rate(town.id, early)).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "its vector is not told yet: {refused:?}");
        }
        perform(&officer, rate(town.id, id)).await.unwrap();
        let view = read(&officer, ViewSituation { organisation: town.id, vulnerability: id }).await.unwrap();
        let own = view.own.unwrap();
        assert!(view.may_compose && own.vector == ENVIRONMENT, "the common vector stays untold: {own:?}");
        let organiser = told.cast.organisers[0].context(&app);
        let all = said(&organiser, id).await;
        assert_eq!(by(&all)[..3], [RatedBy::Deciding, RatedBy::Hunter, RatedBy::Verifier], "{all:?}");
        let deployer = all.last().unwrap();
        assert_eq!((deployer.by, deployer.vector.as_str()), (RatedBy::Deployer, ENVIRONMENT));
        assert!(deployer.rated.score_tenths < all[0].rated.score_tenths, "{all:?}");
        assert!(!all[0].vector.is_empty() && !all[2].reason.is_empty());
        let its_own = said(&officer, id).await;
        assert_eq!(by(&its_own), [RatedBy::Deciding, RatedBy::Deployer]);
        assert!(its_own[0].vector.is_empty(), "who does not handle it gets no vector");
        let vendor = said(&told.cast.vendor_contact.context(&app), id).await;
        assert!(!by(&vendor).contains(&RatedBy::Deployer), "what deployers say is not for the vendor");

        let verifier = told.cast.verifiers[0].context(&app);
        for (vector, reason) in [
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N", "Aucun compte n’est nécessaire."),
            ("CVSS:3.1/AV:N/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N", "Il faut un compte et un clic."),
        ] {
            let anew = RateVulnerability { vulnerability: id, vector: vector.to_owned(), reason: reason.to_owned() };
            perform(&verifier, anew).await.unwrap();
            app.clock.advance(domain::time::HOUR);
        }
        let all = said(&organiser, id).await;
        assert_eq!(by(&all)[..2], [RatedBy::Deciding, RatedBy::Before]);
        assert_eq!(all[0].reason, "Il faut un compte et un clic.");
        assert_eq!(all[1].reason, "Aucun compte n’est nécessaire.");
        assert!(all[0].at > all[1].at && all[0].rated < all[1].rated);
        assert_eq!(by(&said(&officer, id).await), [RatedBy::Deciding, RatedBy::Deployer]);
        app.settle().await;
    }
}
