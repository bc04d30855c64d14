//! One more test needs a reason in writing; who runs what is tested joins instead, in one action.

use crate::report::world::World;
use domain::campaign::{CampaignKind, CampaignState};
use domain::ids::{CampaignId, DeploymentId, OrganisationId, ProductId};
use domain::organisation::OrganisationKind;
use domain::party::PartyKind;
use domain::readiness::Missing;
use domain::role::Role;
use domain::time::DAY;
use testkit::{Someone, TestApp, each_engine};
use use_cases::campaign::{
    AddParties, AnswerJoin, CampaignDraft, ExplainDuplicate, JoinCampaignOf, LeaveCampaignOf, MoveCampaign, MoveWanted,
    OpenNewCampaign, SetProduct, ViewCampaign, ViewDuplicate,
};
use use_cases::desk::ViewDesk;
use use_cases::ports::{Clock, Reader};
use use_cases::programme::{AddMember, AnswerMembership};
use use_cases::register::{ConfirmDeployment, DeclareDeployment, EndDeployment, Joining, ViewProduct};
use use_cases::{Error, Outcome, perform, read};
use uuid::Uuid;

const PRODUCT: ProductId = ProductId(Uuid::from_u128(502));

fn missing<T>(outcome: Outcome<T>) -> bool {
    matches!(outcome, Err(Error::NotFound))
}

/// A town whose confirmed installation is tested by the world's campaign.
async fn runner(app: &TestApp, world: &World, name: &str) -> (OrganisationId, Someone, DeploymentId) {
    let town = app.organisation(OrganisationKind::Commune, name).await;
    let officer = app.person(&format!("Awa {name}"), Role::SecurityOfficer, town).await;
    let declare = DeclareDeployment {
        organisation: town,
        product: PRODUCT,
        version: None,
        label: String::new(),
        host: None,
    };
    let deployment = perform(&officer.context(app), declare).await.unwrap();
    perform(&world.vendor.context(app), ConfirmDeployment(deployment))
        .await
        .unwrap();
    (town, officer, deployment)
}

async fn offered(app: &TestApp, by: Someone) -> Joining {
    let sheet = read(&by.context(app), ViewProduct("guichet".to_owned())).await.unwrap();
    sheet
        .tested
        .lines
        .first()
        .map(|line| line.joining.clone())
        .unwrap_or_default()
}

/// Plans a second campaign on the same product, up to its announcement.
async fn second(app: &TestApp, world: &World) -> CampaignId {
    let organiser = world.organiser.context(app);
    let now = testkit::START;
    let draft = CampaignDraft {
        name: "Encore une".to_owned(),
        kind: Some(CampaignKind::Pentest),
        summary: "Un de plus".to_owned(),
        opens_at: Some(now.plus(70 * DAY)),
        closes_at: Some(now.plus(80 * DAY)),
        prohibitions: "Rien".to_owned(),
        stop_contact: "01".to_owned(),
        restitution_shared: true,
        call: None,
        recording_days: String::new(),
    };
    let open = OpenNewCampaign {
        programme: "programme".to_owned(),
        draft,
    };
    let campaign = perform(&organiser, open).await.unwrap();
    let company = app.organisation(OrganisationKind::Operator, "Veilleur").await;
    for (kind, organisation) in [(PartyKind::Beneficiary, world.owner), (PartyKind::Operator, company)] {
        let add = AddParties {
            campaign,
            kind,
            organisations: vec![organisation],
        };
        perform(&organiser, add).await.unwrap();
    }
    let set = SetProduct {
        campaign,
        product: Some(PRODUCT),
        version: None,
        owners: vec![world.owner],
        hosts: vec![company],
    };
    perform(&organiser, set).await.unwrap();
    campaign
}

each_engine! {
    async fn one_more_test_needs_a_reason_in_writing(app: TestApp) {
        let world = World::open(&app).await;
        let organiser = world.organiser.context(&app);
        let campaign = second(&app, &world).await;
        let page = read(&organiser, ViewDuplicate { campaign, product: PRODUCT }).await.unwrap();
        assert!(page.tested.duplicate && page.reason.is_empty());
        assert_eq!(page.tested.lines.len(), 1, "the other campaign, not this one");
        let plan = || MoveCampaign { campaign, wanted: MoveWanted::Plan, reason: String::new() };
        let refused = perform(&organiser, plan()).await;
        assert!(matches!(refused, Err(Error::Conflict("error-campaign-plan-missing"))), "{refused:?}");
        let seen = read(&organiser, ViewCampaign(campaign)).await.unwrap();
        assert!(seen.missing.iter().any(|line| line.missing == Missing::Reason(PRODUCT)));

        let explain = |reason: &str| ExplainDuplicate { campaign, product: PRODUCT, reason: reason.to_owned() };
        assert!(missing(perform(&world.vendor.context(&app), explain("Non")).await));
        assert!(matches!(perform(&organiser, explain(" ")).await, Err(Error::Invalid(_))));
        perform(&organiser, explain("Une version entièrement réécrite")).await.unwrap();
        perform(&organiser, plan()).await.unwrap();
        // Whoever sees the campaign reads why: its vendor too.
        let seen = read(&world.vendor.context(&app), ViewCampaign(campaign)).await.unwrap();
        assert_eq!(seen.reasons, [("Guichet".to_owned(), "Une version entièrement réécrite".to_owned())]);
        assert_eq!(seen.state, CampaignState::Planned);
        app.settle().await;
    }

    async fn who_runs_it_joins_at_once_as_a_member_and_asks_else(app: TestApp) {
        let world = World::open(&app).await;
        let (town, officer, deployment) = runner(&app, &world, "Bourg").await;
        let join = |organisation| JoinCampaignOf { campaign: world.campaign, organisation };
        assert!(missing(perform(&officer.context(&app), join(town)).await), "the programme is not published");
        app.tamper("UPDATE programme SET published_at = 1").await;
        let offer = offered(&app, officer).await;
        assert_eq!(offer.may_join.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [town]);
        let elsewhere = app.organisation(OrganisationKind::Commune, "Ailleurs").await;
        let other = app.person("Léo Ailleurs", Role::SecurityOfficer, elsewhere).await;
        assert!(missing(perform(&other.context(&app), join(elsewhere)).await), "who does not run it");
        assert!(missing(perform(&other.context(&app), join(town)).await), "for another");

        assert!(!perform(&officer.context(&app), join(town)).await.unwrap(), "asked");
        assert!(matches!(perform(&officer.context(&app), join(town)).await, Err(Error::Conflict(_))), "once");
        assert!(offered(&app, officer).await.asked.is_some());
        assert!(missing(read(&officer.context(&app), ViewCampaign(world.campaign)).await));
        let desk = read(&world.organiser.context(&app), ViewDesk).await.unwrap();
        assert_eq!(desk.iter().filter(|item| item.what == "campaign-desk-joins").count(), 1);
        app.run_jobs().await;
        assert_eq!(app.mails.to("olga.quatre@example.org").len(), 1);

        let page = read(&world.organiser.context(&app), ViewCampaign(world.campaign)).await.unwrap();
        let asked = page.joins.waiting[0].id;
        let answer = AnswerJoin { campaign: world.campaign, join: asked, accept: true };
        assert!(missing(perform(&officer.context(&app), answer).await), "one's own");
        perform(&world.organiser.context(&app), answer).await.unwrap();
        let page = read(&officer.context(&app), ViewCampaign(world.campaign)).await.unwrap();
        assert_eq!((page.joins.joined.len(), page.joins.mine.len(), page.target.is_none()), (1, 1, true));
        assert!(page.authorisations.is_empty(), "joining gives no leave and asks for none");

        // A member joins at once; the end of the installation ends what joining gave.
        let (member, second, _) = runner(&app, &world, "Val").await;
        let add = AddMember { slug: "programme".to_owned(), organisation: member, until: None };
        let membership = perform(&world.organiser.context(&app), add).await.unwrap();
        let yes = AnswerMembership { slug: "programme".to_owned(), member: membership, accept: true };
        perform(&second.context(&app), yes).await.unwrap();
        assert!(perform(&second.context(&app), join(member)).await.unwrap(), "at once");
        let page = read(&second.context(&app), ViewCampaign(world.campaign)).await.unwrap();
        assert_eq!(page.joins.joined.len(), 2);
        // A campaign is read with its reader's own among those who joined, however many did before.
        let own = Reader { now: app.clock.now(), organisations: vec![member] };
        let mut session = app.store.snapshot().await.unwrap();
        let seen = session.campaign(world.campaign, &own).await.unwrap().unwrap();
        assert_eq!(seen.peek().joined, [member]);
        drop(session);
        let leave = LeaveCampaignOf { campaign: world.campaign, join: page.joins.mine[0].id };
        assert!(missing(perform(&officer.context(&app), leave).await), "another's");
        perform(&second.context(&app), leave).await.unwrap();
        assert!(missing(read(&second.context(&app), ViewCampaign(world.campaign)).await));
        perform(&officer.context(&app), EndDeployment(deployment)).await.unwrap();
        assert!(missing(read(&officer.context(&app), ViewCampaign(world.campaign)).await), "its rights end at once");
        app.settle().await;
    }
}
