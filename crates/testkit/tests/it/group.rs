//! A group opens a campaign for its members at once: who is brought in, who is asked, what each sees; and one person
//! for several communes.

use authorization::SystemKind;
use domain::campaign::CampaignKind;
use domain::group::MemberStanding;
use domain::ids::{CampaignId, OrganisationId, ProductId};
use domain::join::JoinState;
use domain::organisation::{AffiliationKind, OrganisationKind};
use domain::programme::{NoticeKind, ProgrammeKind, ProgrammeSettings};
use domain::role::{GrantScope, Role};
use domain::time::DAY;
use testkit::{START, Someone, TestApp, each_engine};
use use_cases::campaign::CampaignOrder;
use use_cases::campaign::{
    AnswerProposal, BringMembers, CampaignDraft, LeaveCampaignOf, ListCampaigns, OpenForMembers, ViewCampaign,
    ViewCampaignMembers,
};
use use_cases::desk::{ViewDesk, ViewOwnOrganisations};
use use_cases::organisation::{Affiliate, EndAffiliation, EndGrant, ViewOrganisation};
use use_cases::programme::{OpenProgramme, ProgrammeDraft};
use use_cases::register::{AddProduct, ConfirmDeployment, DeclareDeployment};
use use_cases::{Error, Outcome, perform, read};
use uuid::Uuid;

struct Town {
    id: OrganisationId,
    officer: Someone,
}

struct World {
    group: OrganisationId,
    organiser: Someone,
    product: ProductId,
    /// One that delegates, one that answers by itself, one whose installation waits, one that runs nothing.
    towns: Vec<Town>,
}

fn missing<T>(outcome: Outcome<T>) -> bool {
    matches!(outcome, Err(Error::NotFound))
}

async fn declare(app: &TestApp, town: &Town, product: ProductId) -> domain::ids::DeploymentId {
    let declare = DeclareDeployment {
        organisation: town.id,
        product,
        version: None,
        label: String::new(),
        host: None,
    };
    perform(&town.officer.context(app), declare).await.unwrap()
}

impl World {
    async fn open(app: &TestApp) -> Self {
        let group = app.organisation(OrganisationKind::Group, "Val-de-Tour").await;
        let organiser = app.person("Max Petit", Role::Organiser, group).await;
        let vendor = app.organisation(OrganisationKind::Vendor, "Logiciels du Beffroi").await;
        let add = AddProduct {
            vendor,
            name: "Guichet Famille".to_owned(),
            description: String::new(),
            purl: String::new(),
            cpe: String::new(),
        };
        let (product, _) = perform(&organiser.context(app), add).await.unwrap();
        let mut towns = Vec::new();
        for (index, name) in ["Aval", "Bourg", "Col", "Dune"].into_iter().enumerate() {
            let id = app.organisation(OrganisationKind::Commune, name).await;
            let officer = app.person(&format!("Awa {name}"), Role::SecurityOfficer, id).await;
            let kind = if index == 0 {
                AffiliationKind::Delegated
            } else {
                AffiliationKind::Member
            };
            let tie = Affiliate {
                organisation: id,
                within: Some(group),
                kind: Some(kind),
            };
            perform(&app.system(SystemKind::Installer), tie).await.unwrap();
            let town = Town { id, officer };
            if index < 3 {
                let deployment = declare(app, &town, product).await;
                if index < 2 {
                    perform(&organiser.context(app), ConfirmDeployment(deployment))
                        .await
                        .unwrap();
                }
            }
            towns.push(town);
        }
        let programme = OpenProgramme {
            owner: group,
            draft: ProgrammeDraft {
                name: "Tests mutualisés".to_owned(),
                slug: "mutualises".to_owned(),
                summary: "Un test pour tous".to_owned(),
                kind: Some(ProgrammeKind::Group),
                legal_basis: "Délibération".to_owned(),
                notice: Some(NoticeKind::None),
                settings: ProgrammeSettings {
                    appeal_means: "Recours gracieux".to_owned(),
                    appeal_court: "Tribunal administratif".to_owned(),
                    appeal_months: 2,
                    ..ProgrammeSettings::default()
                },
            },
        };
        perform(&organiser.context(app), programme).await.unwrap();
        Self {
            group,
            organiser,
            product,
            towns,
        }
    }

    fn for_members(&self, members: &[usize]) -> OpenForMembers {
        OpenForMembers {
            group: self.group,
            programme: "mutualises".to_owned(),
            product: Some(self.product),
            members: members.iter().map(|index| self.towns[*index].id).collect(),
            draft: CampaignDraft {
                name: "Guichet, une fois".to_owned(),
                kind: Some(CampaignKind::BugBounty),
                summary: "Pour tous".to_owned(),
                opens_at: Some(START.plus(20 * DAY)),
                closes_at: Some(START.plus(40 * DAY)),
                prohibitions: "Rien".to_owned(),
                stop_contact: "01".to_owned(),
                restitution_shared: true,
                call: None,
                recording_days: String::new(),
            },
        }
    }

    async fn opened(&self, app: &TestApp) -> CampaignId {
        perform(&self.organiser.context(app), self.for_members(&[0, 1]))
            .await
            .unwrap()
    }

    async fn standings(&self, app: &TestApp, campaign: CampaignId) -> Vec<&'static str> {
        let page = read(&self.organiser.context(app), ViewCampaignMembers(campaign))
            .await
            .unwrap();
        page.members.iter().map(|one| one.standing.code()).collect()
    }

    /// Gives what was proposed to the member that answers by itself.
    async fn proposal(&self, app: &TestApp, campaign: CampaignId) -> Uuid {
        let page = read(&self.towns[1].officer.context(app), ViewCampaign(campaign))
            .await
            .unwrap();
        page.joins.proposed()[0].id
    }
}

async fn desk(app: &TestApp, by: Someone, what: &str) -> usize {
    let items = read(&by.context(app), ViewDesk).await.unwrap();
    items.iter().filter(|item| item.what == what).count()
}

async fn listed(app: &TestApp, by: Someone) -> usize {
    let list = ListCampaigns {
        order: CampaignOrder::Opens,
        reversed: false,
    };
    read(&by.context(app), list).await.unwrap().len()
}

each_engine! {
    async fn a_campaign_for_members_brings_in_who_delegated_and_asks_the_others(app: TestApp) {
        let world = World::open(&app).await;
        let campaign = world.opened(&app).await;
        assert_eq!(world.standings(&app, campaign).await, ["in", "waits", "unconfirmed", "runs_not"]);
        let [delegates, answers, ..] = &world.towns[..] else { panic!("four towns") };
        let page = read(&delegates.officer.context(&app), ViewCampaign(campaign)).await.unwrap();
        assert_eq!(page.joins.own().iter().map(|one| one.state).collect::<Vec<_>>(), [JoinState::Joined]);
        assert!(page.missing.is_empty() && page.history.is_empty() && !page.may_manage, "a member prepares nothing");
        assert_eq!(desk(&app, delegates.officer, "group-desk-brought").await, 1);
        assert_eq!(desk(&app, answers.officer, "group-desk-proposed").await, 1);
        assert_eq!((listed(&app, delegates.officer).await, listed(&app, answers.officer).await), (1, 1));
        // Who was only asked does not learn who else takes part.
        let page = read(&answers.officer.context(&app), ViewCampaign(campaign)).await.unwrap();
        assert!(page.joins.joined.is_empty() && page.joins.count == 0 && page.joins.proposed().len() == 1);
        let signs = app.person("Sonia Signe", Role::Signatory, answers.id).await;
        let page = read(&signs.context(&app), ViewCampaign(campaign)).await.unwrap();
        assert!(page.joins.joined.is_empty() && page.joins.count == 0, "nor do those who sign for it");
        for other in &world.towns[2..] {
            assert!(missing(read(&other.officer.context(&app), ViewCampaign(campaign)).await));
            assert!(missing(read(&other.officer.context(&app), ViewCampaignMembers(campaign)).await));
        }
        assert!(missing(read(&delegates.officer.context(&app), ViewCampaignMembers(campaign)).await));
        app.run_jobs().await;
        for address in ["awa.aval@example.org", "awa.bourg@example.org"] {
            assert_eq!(app.mails.to(address).iter().filter(|mail| mail.text.contains("une fois")).count(), 1, "{address}");
        }
        app.settle().await;
    }

    async fn a_member_answers_once_and_its_word_holds(app: TestApp) {
        let world = World::open(&app).await;
        let campaign = world.opened(&app).await;
        let (delegates, answers) = (&world.towns[0], &world.towns[1]);
        let join = world.proposal(&app, campaign).await;
        let answer = |accept| AnswerProposal { campaign, join, accept };
        assert!(missing(perform(&delegates.officer.context(&app), answer(true)).await), "another's");
        assert!(missing(perform(&world.organiser.context(&app), answer(true)).await), "the group's");
        perform(&answers.officer.context(&app), answer(false)).await.unwrap();
        assert!(missing(perform(&answers.officer.context(&app), answer(true)).await), "once");
        assert!(missing(read(&answers.officer.context(&app), ViewCampaign(campaign)).await));
        assert_eq!(desk(&app, answers.officer, "group-desk-proposed").await, 0);
        assert_eq!(world.standings(&app, campaign).await[1], "declined");
        let again = BringMembers { campaign, members: vec![answers.id] };
        assert!(matches!(perform(&world.organiser.context(&app), again).await, Err(Error::Invalid(_))));
        app.run_jobs().await;
        let told = app.mails.to("max.petit@example.org");
        assert_eq!(told.iter().filter(|mail| mail.text.contains("refuse")).count(), 1);

        // Who was brought in at once leaves by itself; its group does not bring it in again.
        let page = read(&delegates.officer.context(&app), ViewCampaign(campaign)).await.unwrap();
        let leave = LeaveCampaignOf { campaign, join: page.joins.own()[0].id };
        perform(&delegates.officer.context(&app), leave).await.unwrap();
        assert!(missing(read(&delegates.officer.context(&app), ViewCampaign(campaign)).await));
        assert_eq!(world.standings(&app, campaign).await[0], "declined");
        app.settle().await;
    }

    async fn who_accepts_takes_part_and_who_runs_it_later_is_brought_in_later(app: TestApp) {
        let world = World::open(&app).await;
        let campaign = world.opened(&app).await;
        let join = world.proposal(&app, campaign).await;
        let officer = world.towns[1].officer.context(&app);
        perform(&officer, AnswerProposal { campaign, join, accept: true }).await.unwrap();
        let page = read(&officer, ViewCampaign(campaign)).await.unwrap();
        assert_eq!(page.joins.count, 2);
        assert_eq!(desk(&app, world.towns[1].officer, "group-desk-brought").await, 0, "it knows");
        let late = declare(&app, &world.towns[3], world.product).await;
        perform(&world.organiser.context(&app), ConfirmDeployment(late)).await.unwrap();
        let bring = |index: usize| BringMembers { campaign, members: vec![world.towns[index].id] };
        assert!(matches!(perform(&world.organiser.context(&app), bring(2)).await, Err(Error::Invalid(_))), "unconfirmed");
        assert!(missing(perform(&officer, bring(3)).await), "a member brings nobody in");
        perform(&world.organiser.context(&app), bring(3)).await.unwrap();
        assert_eq!(world.standings(&app, campaign).await, ["in", "in", "unconfirmed", "waits"]);
        app.settle().await;
    }

    async fn bad_input_of_the_form_is_said_by_field_and_nothing_is_kept(app: TestApp) {
        let world = World::open(&app).await;
        let organiser = world.organiser.context(&app);
        let fields = |outcome: Outcome<CampaignId>| match outcome {
            Err(Error::Invalid(fields)) => fields.into_iter().map(|one| one.field).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let mut bad = world.for_members(&[]);
        bad.programme = "autre".to_owned();
        bad.draft.name = String::new();
        assert_eq!(fields(perform(&organiser, bad).await), ["programme", "members", "name"]);
        let mut bad = world.for_members(&[0]);
        bad.product = None;
        assert_eq!(fields(perform(&organiser, bad).await), ["product"]);
        assert_eq!(fields(perform(&organiser, world.for_members(&[0, 3])).await), ["members"]);
        let stranger = app.organisation(OrganisationKind::Commune, "Ailleurs").await;
        let mut bad = world.for_members(&[0]);
        bad.members.push(stranger);
        assert_eq!(fields(perform(&organiser, bad).await), ["members"]);
        assert_eq!(listed(&app, world.organiser).await, 0);
        let other = app.organisation(OrganisationKind::Group, "Autre groupement").await;
        let rival = app.person("Eva Lamy", Role::Organiser, other).await;
        assert!(missing(perform(&rival.context(&app), world.for_members(&[0])).await));
        assert!(missing(perform(&world.towns[0].officer.context(&app), world.for_members(&[0])).await));
        app.settle().await;
    }

    async fn what_was_proposed_ends_with_the_affiliation(app: TestApp) {
        let world = World::open(&app).await;
        let campaign = world.opened(&app).await;
        let join = world.proposal(&app, campaign).await;
        for town in &world.towns[..2] {
            let sheet = read(&town.officer.context(&app), ViewOrganisation(town.id)).await.unwrap();
            let tie = sheet.affiliations[0].id;
            perform(&app.system(SystemKind::Installer), EndAffiliation(tie)).await.unwrap();
        }
        let answers = &world.towns[1];
        let accept = AnswerProposal { campaign, join, accept: true };
        assert!(missing(perform(&answers.officer.context(&app), accept).await));
        for town in &world.towns[..2] {
            assert!(missing(read(&town.officer.context(&app), ViewCampaign(campaign)).await), "a draft of a former group");
            assert_eq!((listed(&app, town.officer).await, desk(&app, town.officer, "group-desk-brought").await), (0, 0));
            let bring = BringMembers { campaign, members: vec![town.id] };
            assert!(matches!(perform(&world.organiser.context(&app), bring).await, Err(Error::Invalid(_))));
        }
        assert_eq!(world.standings(&app, campaign).await, ["unconfirmed", "runs_not"]);
        // Once a member again, it is asked anew.
        let tie = Affiliate {
            organisation: answers.id,
            within: Some(world.group),
            kind: Some(AffiliationKind::Member),
        };
        perform(&app.system(SystemKind::Installer), tie).await.unwrap();
        let page = read(&world.organiser.context(&app), ViewCampaignMembers(campaign)).await.unwrap();
        assert_eq!(page.count(MemberStanding::ToAsk), 1);
        app.settle().await;
    }

    async fn one_person_sees_each_of_their_communes_and_none_where_the_role_ended(app: TestApp) {
        let world = World::open(&app).await;
        let campaign = world.opened(&app).await;
        let shared = world.towns[1].officer;
        let grant = app.grant(shared, Role::Signatory, world.towns[0].id, GrantScope::Organisation).await;
        let own = read(&shared.context(&app), ViewOwnOrganisations).await.unwrap();
        let seen: Vec<_> = own
            .iter()
            .map(|one| (one.organisation.name.as_str(), one.roles.clone(), one.items.len()))
            .collect();
        assert_eq!(seen, [
            ("Aval", vec![Role::Signatory], 0),
            ("Bourg", vec![Role::SecurityOfficer], 2),
        ]);
        // The version of what it runs, and the campaign.
        assert!(own[1].items.iter().any(|item| item.href.contains(&campaign.to_string())));
        let own = read(&world.organiser.context(&app), ViewOwnOrganisations).await.unwrap();
        assert_eq!(own[0].delegated.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["Aval"]);
        perform(&app.system(SystemKind::Installer), EndGrant(grant)).await.unwrap();
        let own = read(&shared.context(&app), ViewOwnOrganisations).await.unwrap();
        assert_eq!(own.iter().map(|one| one.organisation.name.as_str()).collect::<Vec<_>>(), ["Bourg"]);
        assert!(matches!(read(&app.nobody(), ViewOwnOrganisations).await, Err(Error::SignInFirst)));
        app.settle().await;
    }
}
