//! "Already tested?": who learns that a product is tested, by which campaign, and what it counts.

use crate::report::world::World;
use domain::deployment::public_count;
use domain::organisation::OrganisationKind;
use domain::role::{GrantScope, Role};
use domain::time::DAY;
use domain::{Estimate, Tally, TestPhase};
use testkit::{Someone, TestApp, each_engine};
use use_cases::register::{AlreadyTested, ConfirmDeployment, DeclareDeployment, TestOf, ViewProduct};
use use_cases::{Context, perform, read};

async fn seen_as(context: &Context) -> AlreadyTested {
    let sheet = read(context, ViewProduct("guichet".to_owned())).await.unwrap();
    sheet.tested
}

/// Says what somebody learns: `page`, `name`, `months` or nothing.
async fn learns(app: &TestApp, by: Someone) -> &'static str {
    let seen = seen_as(&by.context(app)).await;
    assert_eq!(
        seen.tally.made(),
        i64::try_from(seen.lines.len()).unwrap(),
        "figures obey the same rights"
    );
    match seen.lines.first().map(|line| &line.of) {
        Some(TestOf::Campaign(campaign)) if campaign.page.is_some() => "page",
        Some(TestOf::Campaign(_)) => "name",
        Some(TestOf::Unnamed) => "months",
        Some(TestOf::Organisation { .. }) | None => "",
    }
}

each_engine! {
    async fn each_learns_of_a_campaign_what_is_theirs(app: TestApp) {
        let world = World::open(&app).await;
        let town = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
        let officer = app.person("Awa Diallo", Role::SecurityOfficer, town).await;
        let elsewhere = app.organisation(OrganisationKind::Departement, "Val-d’Essai").await;
        let other = app.person("Lou Martin", Role::Organiser, elsewhere).await;
        let stranger = app.stranger("Paul Inconnu").await;
        for (who, expected) in [
            (world.organiser, "page"),
            (world.verifier, "page"),
            (world.vendor, "page"),
            (world.hunter, "page"),
            (other, "months"),
            (officer, ""),
            (stranger, ""),
        ] {
            assert_eq!(learns(&app, who).await, expected, "{who:?}");
        }
        assert!(seen_as(&app.nobody()).await.lines.is_empty());

        // Who says to run it learns nothing more; who runs it, confirmed, once the programme is public.
        let declare = DeclareDeployment {
            organisation: town,
            product: domain::ids::ProductId(uuid::Uuid::from_u128(502)),
            version: None,
            label: String::new(),
            host: None,
        };
        let deployment = perform(&officer.context(&app), declare).await.unwrap();
        app.tamper("UPDATE programme SET published_at = 1").await;
        assert_eq!(learns(&app, officer).await, "");
        perform(&world.vendor.context(&app), ConfirmDeployment(deployment)).await.unwrap();
        assert_eq!(learns(&app, officer).await, "name");
        app.tamper("UPDATE programme SET published_at = NULL").await;
        assert_eq!(learns(&app, officer).await, "");

        // A hunter who has not accepted the present rules does not know what is tested.
        app.tamper("DELETE FROM rules_acceptance").await;
        assert_eq!(learns(&app, world.hunter).await, "");
        // A draft is nobody's business yet, and what was cancelled tested nothing.
        for tampering in ["UPDATE campaign SET state = 'draft'", "UPDATE campaign SET state = 'cancelled'"] {
            app.tamper(tampering).await;
            assert_eq!(learns(&app, world.organiser).await, "", "{tampering}");
            assert_eq!(learns(&app, other).await, "", "{tampering}");
        }
    }

    async fn the_figures_follow_the_clock_and_the_estimate_says_its_inputs(app: TestApp) {
        let world = World::open(&app).await;
        let vendor = world.vendor.context(&app);
        let phase = |seen: &AlreadyTested| seen.lines[0].tested.phase;
        let seen = seen_as(&vendor).await;
        assert_eq!((phase(&seen), seen.duplicate, seen.open), (TestPhase::Running, true, Some(0)));
        assert_eq!(seen.tally, Tally { counted: 1, declared: 0 });
        assert_eq!(seen.months.iter().map(|month| month.tally.made()).sum::<i64>(), 1);
        for number in 0..3 {
            let town = app.organisation(OrganisationKind::Commune, &format!("Bourg {number}")).await;
            let officer = app.person(&format!("Awa {number}"), Role::SecurityOfficer, town).await;
            app.grant(officer, Role::Member, town, GrantScope::Organisation).await;
            let declare = DeclareDeployment {
                organisation: town,
                product: domain::ids::ProductId(uuid::Uuid::from_u128(502)),
                version: None,
                label: String::new(),
                host: None,
            };
            let deployment = perform(&officer.context(&app), declare).await.unwrap();
            perform(&vendor, ConfirmDeployment(deployment)).await.unwrap();
        }
        let cost_cents = app.settings.test_cost_cents;
        let avoided = Estimate::Avoided { running: 3, made: 1, cost_cents, cents: 2 * cost_cents };
        assert_eq!(seen_as(&vendor).await.estimate, Some(avoided), "its vendor may know how many run it");
        assert_eq!(public_count(3), None);
        let organiser = world.organiser.context(&app);
        assert_eq!(seen_as(&organiser).await.estimate, None, "too few to tell others");

        app.clock.advance(61 * DAY);
        let seen = seen_as(&organiser).await;
        assert_eq!((phase(&seen), seen.tally.counted, seen.duplicate), (TestPhase::Past, 1, true));
        app.clock.advance(366 * DAY);
        let seen = seen_as(&organiser).await;
        assert_eq!((phase(&seen), seen.tally.counted, seen.duplicate), (TestPhase::Past, 0, false));
        app.settle().await;
    }
}
