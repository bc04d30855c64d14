//! Desks: what waits for somebody, and nothing that only everybody may read.

use crate::vulnerability::world;
use domain::organisation::OrganisationKind;
use domain::role::Role;
use testkit::{Someone, TestApp, each_engine};
use use_cases::desk::ViewDesk;
use use_cases::read;
use use_cases::vulnerability::{ListVulnerabilities, ViewVulnerability};

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
}
