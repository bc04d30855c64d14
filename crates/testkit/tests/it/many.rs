//! A vulnerability that very many deployers run: who can be named is looked for by name, positions come by pages, and what
//! everybody reads is counted once in a while.

use crate::sharing::{World, advance, deploy, world};
use domain::position::PositionState;
use domain::sharing::Phase;
use domain::{DeploymentState, Timestamp};
use std::collections::BTreeSet;
use testkit::{Someone, TestApp, each_engine};
use use_cases::sharing::{
    Candidates, NamePerson, POSITIONS_PAGE, PositionsView, SharingView, ViewPositions, ViewPublicPage, ViewSharing,
};
use use_cases::{Error, perform, read};

/// More than are offered to be named at once, and than one page of positions has.
const DEPLOYERS: usize = POSITIONS_PAGE + 5;

async fn deployers(app: &TestApp, world: &World) -> Vec<Someone> {
    let mut officers = Vec::with_capacity(DEPLOYERS);
    for n in 0..DEPLOYERS {
        let name = format!("Bourg-{n:03}");
        officers.push(deploy(app, world, &name, DeploymentState::Confirmed).await.1);
    }
    officers
}

async fn shared(app: &TestApp, world: &World, who: Someone, naming: &str) -> Result<SharingView, Error> {
    let asked = ViewSharing {
        vulnerability: world.vulnerability,
        naming: naming.to_owned(),
    };
    read(&who.context(app), asked).await
}

async fn candidates(app: &TestApp, world: &World, naming: &str) -> Candidates {
    shared(app, world, world.organiser, naming).await.unwrap().candidates
}

fn name(world: &World, who: Someone) -> NamePerson {
    NamePerson {
        vulnerability: world.vulnerability,
        person: Some(who.id),
        reason: "Corrige en premier".to_owned(),
    }
}

async fn positions(app: &TestApp, world: &World, who: Someone, from: usize) -> PositionsView {
    let asked = ViewPositions {
        vulnerability: world.vulnerability,
        from,
    };
    read(&who.context(app), asked).await.unwrap()
}

async fn up_to_date(app: &TestApp) -> Option<i64> {
    let page = read(
        &app.nobody(),
        ViewPublicPage {
            slug: "ecole".to_owned(),
        },
    )
    .await
    .unwrap();
    let figure = page.figures.iter().find(|figure| figure.what == "up-to-date");
    figure.and_then(|figure| figure.value)
}

each_engine! {
    async fn who_can_be_named_among_very_many_is_looked_for_by_the_name_of_their_organisation(app: TestApp) {
        let world = world(&app).await;
        let few = candidates(&app, &world, "bourg").await;
        assert!(!few.by_name && !few.more, "{few:?}");
        let officers = deployers(&app, &world).await;

        let at_once = candidates(&app, &world, "").await;
        assert!(at_once.by_name && !at_once.more);
        assert!(at_once.lines.iter().any(|line| line.person == world.contact.id), "the vendor's people are few");
        assert!(officers.iter().all(|who| at_once.lines.iter().all(|line| line.person != who.id)));

        let one = candidates(&app, &world, "bourg 104").await;
        let found: Vec<_> = one.lines.iter().map(|line| (line.person, line.organisation.as_str())).collect();
        assert_eq!(found, [(officers[104].id, "Bourg-104")]);
        let many = candidates(&app, &world, "BOURG").await;
        assert!(many.more && many.lines.len() == 100, "{}", many.lines.len());
        assert!(candidates(&app, &world, "Nulle-Part").await.lines.is_empty());
        assert!(shared(&app, &world, world.contact, "bourg").await.unwrap().candidates.lines.is_empty());

        perform(&world.organiser.context(&app), name(&world, officers[104])).await.unwrap();
        let stranger = app.stranger("Sam Ailleurs").await;
        let refused = perform(&world.organiser.context(&app), name(&world, stranger)).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        assert!(candidates(&app, &world, "bourg 104").await.lines.is_empty(), "who is named is not offered again");
        app.settle().await;
    }

    async fn positions_of_very_many_come_by_pages_each_once(app: TestApp) {
        let world = world(&app).await;
        deployers(&app, &world).await;
        advance(&app, &world, Phase::Alert).await;
        app.settle().await;
        app.clock.advance(Timestamp(0).plus_days(60).0);

        let counted = shared(&app, &world, world.organiser, "").await.unwrap();
        assert_eq!((counted.circle, counted.answered), (DEPLOYERS, 0));
        let first = positions(&app, &world, world.organiser, 0).await;
        let second = positions(&app, &world, world.organiser, POSITIONS_PAGE).await;
        assert_eq!((first.from, first.listed, first.total, first.late), (0, DEPLOYERS, DEPLOYERS, DEPLOYERS));
        assert_eq!((first.answered, first.first_late.len()), (0, 21));
        assert!(first.first_late.iter().all(|line| line.overdue && !line.name.is_empty()));
        let lines: Vec<_> = [&first, &second].iter().flat_map(|page| page.lines.clone().unwrap()).collect();
        let names: BTreeSet<&str> = lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!((lines.len(), names.len()), (DEPLOYERS, DEPLOYERS));
        assert!(lines.iter().all(|line| line.state == PositionState::Informed));
        assert!(lines.is_sorted_by_key(|line| line.unanswered_since));

        let beyond = positions(&app, &world, world.organiser, 1_000_000).await;
        assert_eq!((beyond.from, beyond.lines.unwrap().len()), (POSITIONS_PAGE, 5));
        let vendor = positions(&app, &world, world.contact, 0).await;
        assert!(vendor.lines.is_none() && vendor.first_late.is_empty() && vendor.total == DEPLOYERS);
    }

    async fn figures_of_everybody_are_counted_once_in_a_while(app: TestApp) {
        let app = app.with_settings(|settings| settings.limits.figures_seconds = 60);
        let world = world(&app).await;
        for n in 0..12 {
            deploy(&app, &world, &format!("Val-{n}"), DeploymentState::Confirmed).await;
        }
        advance(&app, &world, Phase::Alert).await;
        app.settle().await;
        app.tamper("UPDATE vulnerability SET phase = 'public', tlp = 'CLEAR'").await;
        app.tamper("UPDATE programme SET published_at = 1").await;
        assert_eq!(up_to_date(&app).await, None);
        app.tamper("UPDATE position SET state = 'up_to_date'").await;
        app.clock.advance(59_000_000);
        assert_eq!(up_to_date(&app).await, None, "held");
        app.clock.advance(1_000_000);
        assert_eq!(up_to_date(&app).await, Some(12));
        app.settle().await;
    }
}
