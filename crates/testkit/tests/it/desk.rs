//! Desks: what waits for somebody, and nothing that only everybody may read.

use crate::vulnerability::{a_programme, world};
use domain::ids::{OrganisationId, ProgrammeId};
use domain::organisation::OrganisationKind;
use domain::role::Role;
use testkit::{Someone, TestApp, each_engine};
use use_cases::desk::ViewDesk;
use use_cases::vulnerability::{ListVulnerabilities, ViewVulnerability};
use use_cases::{Outcome, Unit, UseCase, perform, read};

async fn listed(app: &TestApp, by: Someone) -> usize {
    let list = ListVulnerabilities {
        filter: use_cases::ports::VulnerabilityFilter::default(),
        after: None,
        whole: false,
    };
    read(&by.context(app), list).await.unwrap().lines.len()
}

async fn waiting(app: &TestApp, by: Someone, vulnerability: domain::ids::VulnerabilityId) -> usize {
    let href = format!("/failles/{vulnerability}");
    let desk = read(&by.context(app), ViewDesk).await.unwrap();
    desk.iter().filter(|item| item.href == href).count()
}

/// Opens so many programmes of an organisation.
struct OpenProgrammes(OrganisationId, usize);

impl UseCase for OpenProgrammes {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        for _ in 0..self.1 {
            let programme = a_programme(ProgrammeId(unit.fresh_id()), self.0);
            unit.store.insert_programme(&programme, unit.now).await?;
        }
        Ok(())
    }
}

each_engine! {
    async fn public_flaws_of_others_wait_on_nobodys_desk(app: TestApp) {
        let world = world(&app).await;
        app.tamper("UPDATE vulnerability SET phase = 'public', tlp = 'CLEAR', state = 'disputed'").await;
        let elsewhere = app.organisation(OrganisationKind::Epci, "Autre métropole").await;
        let organiser = app.person("Olga Ailleurs", Role::Organiser, elsewhere).await;
        read(&organiser.context(&app), ViewVulnerability(world.vulnerability)).await.unwrap();
        assert_eq!((listed(&app, organiser).await, waiting(&app, organiser, world.vulnerability).await), (1, 0));
        assert_eq!(waiting(&app, world.organiser, world.vulnerability).await, 1, "it waits for its own");
    }

    async fn who_organises_many_programmes_has_a_desk(app: TestApp) {
        let world = world(&app).await;
        app.tamper("UPDATE vulnerability SET state = 'disputed'").await;
        assert_eq!(waiting(&app, world.organiser, world.vulnerability).await, 1);
        perform(&app.nobody(), OpenProgrammes(world.owner, 1_100)).await.unwrap();
        assert_eq!(waiting(&app, world.organiser, world.vulnerability).await, 1);
    }
}
