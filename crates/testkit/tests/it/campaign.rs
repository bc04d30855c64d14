//! Stories of the part `campaign`.

mod changes;
mod coverage;
mod gateway;
mod hosted;
mod recorded;
mod replay;
mod retention;
mod seeds;
mod snapshots;
mod target;

use domain::authorisation::{AuthorisationState, SignerRole};
use domain::campaign::{CampaignKind, CampaignState};
use domain::ids::{CampaignId, LeaseId, OrganisationId, ProductId, ProgrammeId};
use domain::organisation::OrganisationKind;
use domain::party::{PartyKind, PersonPart};
use domain::product::Product;
use domain::programme::{NoticeKind, Programme, ProgrammeKind, ProgrammeSettings};
use domain::role::Role;
use domain::scope::AssetKind;
use domain::time::DAY;
use i18n::Lang;
use testkit::{Someone, TestApp, each_engine};
use use_cases::authorisation::{RequestAuthorisations, RevokeAuthorisationOf, Signature, ViewAuthorisation, sign};
use use_cases::campaign::{
    AcceptRulesOf, AddAsset, AddParties, AddTestAccount, CampaignDraft, CommitParty, InviteToCampaign, MakeCodes,
    MoveCampaign, MoveWanted, OpenNewCampaign, SetPersonSuspended, SetProduct, SetTarget, TakeTestAccountOf,
    ViewCampaign, ViewCodes, ViewTarget, WriteRules,
};
use use_cases::people::{Credentials, NewPerson, sign_in, take_up, visit};
use use_cases::perform::UseCase;
use use_cases::{Context, Error, Outcome, Unit, perform, read};

struct Ground {
    owner: OrganisationId,
    vendor: OrganisationId,
    programme: ProgrammeId,
    product: ProductId,
}

impl UseCase for Ground {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let programme = Programme {
            id: self.programme,
            owner: self.owner,
            slug: "tests-partages".to_owned(),
            name: "Tests partagés".to_owned(),
            kind: ProgrammeKind::Pedagogical,
            legal_basis: "Délibération n° 12".to_owned(),
            notice: NoticeKind::Pedagogical,
            summary: "Un test par application".to_owned(),
            settings: ProgrammeSettings::default(),
            revision: 1,
        };
        unit.store.insert_programme(&programme, unit.now).await?;
        let product = Product {
            id: self.product,
            vendor: self.vendor,
            name: "Guichet".to_owned(),
            slug: "guichet".to_owned(),
            purl: None,
            cpe: None,
            description: "Démarches".to_owned(),
            revision: 1,
        };
        Ok(unit.store.insert_product(&product, unit.now).await?)
    }
}

struct Story {
    organiser: Someone,
    mayor: Someone,
    vendor: Someone,
    operator: Someone,
    teacher: Someone,
    school: OrganisationId,
    product: ProductId,
    campaign: CampaignId,
}

async fn drafted(app: &TestApp) -> Story {
    let owner = app.organisation(OrganisationKind::Epci, "Métropole du Val").await;
    let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
    let maker = app.organisation(OrganisationKind::Vendor, "Arpège Logiciels").await;
    let platform = app.organisation(OrganisationKind::Company, "Veilleur").await;
    let school = app.organisation(OrganisationKind::School, "École du Guet").await;
    let organiser = app.person("Claire Morel", Role::Organiser, owner).await;
    let mayor = app.person("Awa Diallo", Role::Signatory, commune).await;
    let vendor = app.person("Luc Petit", Role::Signatory, maker).await;
    let operator = app.person("Inès Roy", Role::Verifier, platform).await;
    let teacher = app.person("Paul Blanc", Role::SchoolSupervisor, school).await;
    let (programme, product) = (
        ProgrammeId(uuid::Uuid::from_u128(7)),
        ProductId(uuid::Uuid::from_u128(8)),
    );
    perform(
        &app.nobody(),
        Ground {
            owner,
            vendor: maker,
            programme,
            product,
        },
    )
    .await
    .unwrap();
    let c = organiser.context(app);
    let text = "Je m’arrête à la preuve.".to_owned();
    perform(
        &c,
        WriteRules {
            programme: "tests-partages".to_owned(),
            text,
        },
    )
    .await
    .unwrap();
    let now = c.app.clock.now();
    let draft = CampaignDraft {
        name: "Guichet 2026".to_owned(),
        kind: Some(CampaignKind::PedagogicalBugBounty),
        summary: "Un mois de test".to_owned(),
        opens_at: Some(now.plus(2 * DAY)),
        closes_at: Some(now.plus(30 * DAY)),
        prohibitions: "Déni de service".to_owned(),
        stop_contact: "01 23 45 67 89".to_owned(),
        restitution_shared: true,
        call: None,
        recording_days: String::new(),
    };
    let campaign = perform(
        &c,
        OpenNewCampaign {
            programme: "tests-partages".to_owned(),
            draft,
        },
    )
    .await
    .unwrap();
    for (kind, organisation) in [
        (PartyKind::School, school),
        (PartyKind::Beneficiary, commune),
        (PartyKind::Operator, platform),
    ] {
        perform(
            &c,
            AddParties {
                campaign,
                kind,
                organisations: vec![organisation],
            },
        )
        .await
        .unwrap();
    }
    let owners = vec![commune];
    perform(
        &c,
        SetProduct {
            campaign,
            product: Some(product),
            version: None,
            owners,
            hosts: vec![maker],
        },
    )
    .await
    .unwrap();
    let asset = AddAsset {
        campaign,
        product: Some(product),
        kind: Some(AssetKind::Url),
        inside: true,
        value: "https://test.example/cachette".to_owned(),
        note: String::new(),
    };
    perform(&c, asset).await.unwrap();
    perform(
        &c,
        SetTarget {
            campaign,
            url: "https://test.example/".to_owned(),
        },
    )
    .await
    .unwrap();
    let secret = "agent1 / mot-de-passe-rare".to_owned();
    perform(
        &c,
        AddTestAccount {
            campaign,
            product: Some(product),
            label: "agent 1".to_owned(),
            secret,
        },
    )
    .await
    .unwrap();
    Story {
        organiser,
        mayor,
        vendor,
        operator,
        teacher,
        school,
        product,
        campaign,
    }
}

async fn planned(app: &TestApp) -> Story {
    let story = drafted(app).await;
    let plan = MoveCampaign {
        campaign: story.campaign,
        wanted: MoveWanted::Plan,
        reason: String::new(),
    };
    perform(&story.organiser.context(app), plan).await.unwrap();
    story
}

async fn state(context: &Context, campaign: CampaignId) -> CampaignState {
    read(context, ViewCampaign(campaign)).await.unwrap().state
}

async fn ready(app: &TestApp) -> Story {
    made_ready(app, planned(app).await).await
}

/// Gathers the commitments and the leaves to test of a planned campaign.
async fn made_ready(app: &TestApp, story: Story) -> Story {
    for who in [story.mayor, story.vendor, story.operator, story.teacher] {
        let context = who.context(app);
        let page = read(&context, ViewCampaign(story.campaign)).await.unwrap();
        for line in page
            .parties
            .iter()
            .flat_map(|group| &group.lines)
            .filter(|line| line.may_commit)
        {
            perform(
                &context,
                CommitParty {
                    campaign: story.campaign,
                    party: line.id,
                },
            )
            .await
            .unwrap();
        }
    }
    assert_eq!(
        perform(&story.organiser.context(app), RequestAuthorisations(story.campaign))
            .await
            .unwrap(),
        3
    );
    for who in [story.mayor, story.vendor] {
        sign_all(app, &story, who).await;
    }
    assert_eq!(
        state(&story.organiser.context(app), story.campaign).await,
        CampaignState::Ready
    );
    story
}

fn signature() -> Signature {
    Signature {
        name: "Awa Diallo".to_owned(),
        function: "Maire".to_owned(),
        ..Signature::default()
    }
}

async fn sign_all(app: &TestApp, story: &Story, who: Someone) {
    let context = who.context(app);
    let page = read(&context, ViewCampaign(story.campaign)).await.unwrap();
    for line in page.authorisations.iter().filter(|line| !line.replaced) {
        let text = read(&context, ViewAuthorisation(line.id)).await.unwrap();
        if text.may_sign {
            assert!(
                text.text.contains("323-1") && text.text.contains("https://test.example/cachette"),
                "{}",
                text.text
            );
            let pdf = b"%PDF-1.4\n%signed\n%%EOF\n".to_vec();
            let scan = Some((pdf, "signe.pdf".to_owned()));
            sign(&context, line.id, signature(), &text.hash, "", scan)
                .await
                .unwrap();
        }
    }
}

async fn pupil(app: &TestApp, story: &Story) -> Context {
    pupil_named(app, story, "hibou").await
}

async fn pupil_named(app: &TestApp, story: &Story, pseudonym: &str) -> Context {
    let sheet = perform(
        &story.teacher.context(app),
        MakeCodes {
            campaign: story.campaign,
            count: 2,
        },
    )
    .await
    .unwrap();
    let new = NewPerson {
        pseudonym: pseudonym.to_owned(),
        password: "une phrase assez longue".to_owned(),
        ..NewPerson::default()
    };
    let typed = sheet.codes[0].text.to_lowercase();
    take_up(&app.nobody(), &typed, Some(new.clone()), Lang::Fr, "test")
        .await
        .unwrap()
        .unwrap();
    let again = take_up(&app.nobody(), &typed, Some(new), Lang::Fr, "test").await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let given = Credentials {
        name: pseudonym,
        password: "une phrase assez longue",
        device: "test",
        mark: "",
    };
    let token = sign_in(&app.nobody(), given).await.unwrap().token;
    let person = visit(&app.nobody(), &token.0).await.unwrap().unwrap().person;
    Someone { id: person }.context(app)
}

async fn accept(context: &Context, campaign: CampaignId) {
    let rules = read(context, ViewCampaign(campaign)).await.unwrap().rules.unwrap();
    perform(
        context,
        AcceptRulesOf {
            campaign,
            rules: rules.id,
            accepted: true,
        },
    )
    .await
    .unwrap();
}

each_engine! {
    async fn a_campaign_opens_by_the_clock_once_everything_is_there(app: TestApp) {
        let story = ready(&app).await;
        let organiser = story.organiser.context(&app);
        // Leave ends at the hour of Paris at which the window closes, though the clocks change between.
        let leave = read(&organiser, ViewCampaign(story.campaign)).await.unwrap().authorisations[0].until;
        let (closes, ends) = (testkit::START.plus(30 * DAY), i18n::local_value(leave.0));
        assert_eq!((&*ends, &i18n::local_value(closes.0)[10..]), ("2026-12-30T10:00", &ends[10..]));
        app.clock.advance(3 * DAY);
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Open);
        app.settle().await;
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Open);
        app.clock.advance(30 * DAY);
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Verifying);
        app.settle().await;
        for (wanted, then) in [(MoveWanted::Close, CampaignState::Closed), (MoveWanted::Archive, CampaignState::Archived)] {
            perform(&organiser, MoveCampaign { campaign: story.campaign, wanted, reason: String::new() }).await.unwrap();
            assert_eq!(state(&organiser, story.campaign).await, then);
        }
    }

    async fn a_revocation_stops_the_campaign_at_once(app: TestApp) {
        let story = ready(&app).await;
        let organiser = story.organiser.context(&app);
        app.clock.advance(3 * DAY);
        let mayor = story.mayor.context(&app);
        let page = read(&mayor, ViewCampaign(story.campaign)).await.unwrap();
        let own = page.authorisations.iter().find(|line| line.signer_role == SignerRole::Owner).unwrap().id;
        let without = perform(&mayor, RevokeAuthorisationOf { authorisation: own, reason: " ".to_owned() }).await;
        assert!(matches!(without, Err(Error::Invalid(_))), "{without:?}");
        perform(&mayor, RevokeAuthorisationOf { authorisation: own, reason: "incident".to_owned() }).await.unwrap();
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Suspended);
        let resume = MoveCampaign { campaign: story.campaign, wanted: MoveWanted::Resume, reason: "tout va".to_owned() };
        let refused = perform(&organiser, resume.clone()).await;
        assert!(matches!(refused, Err(Error::Conflict("error-campaign-not-authorised"))), "{refused:?}");
        assert_eq!(perform(&organiser, RequestAuthorisations(story.campaign)).await.unwrap(), 1);
        assert_eq!(perform(&organiser, RequestAuthorisations(story.campaign)).await.unwrap(), 0);
        let page = read(&mayor, ViewCampaign(story.campaign)).await.unwrap();
        let old = page.authorisations.iter().find(|line| line.id == own).unwrap();
        assert!(old.state == AuthorisationState::Revoked && !old.replaced, "revoked is for good");
        sign_all(&app, &story, story.mayor).await;
        perform(&organiser, resume).await.unwrap();
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Open);
        app.settle().await;
    }

    async fn a_hunter_accepts_the_rules_before_seeing_anything_of_the_target(app: TestApp) {
        let story = ready(&app).await;
        let hunter = pupil(&app, &story).await;
        app.clock.advance(3 * DAY);
        let hidden = read(&hunter, ViewTarget(story.campaign)).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "{hidden:?}");
        let page = read(&hunter, ViewCampaign(story.campaign)).await.unwrap();
        let vendors = |page: &use_cases::campaign::CampaignPage| {
            let group = page.parties.iter().any(|group| group.kind == PartyKind::Vendor);
            group || page.record.parties.iter().any(|party| party.kind == PartyKind::Vendor)
        };
        assert_eq!(page.state, CampaignState::Open, "what is hidden does not change the state");
        assert!(page.target.is_none() && page.record.products.is_empty() && !vendors(&page));
        accept(&hunter, story.campaign).await;
        let target = read(&hunter, ViewTarget(story.campaign)).await.unwrap();
        assert_eq!((target.denied, target.url.as_str()), (None, "https://test.example/"));
        assert!(vendors(&read(&hunter, ViewCampaign(story.campaign)).await.unwrap()));
        perform(&hunter, TakeTestAccountOf { campaign: story.campaign, product: story.product }).await.unwrap();
        let target = read(&hunter, ViewTarget(story.campaign)).await.unwrap();
        assert_eq!(target.accounts[0].secret, "agent1 / mot-de-passe-rare");
        let again = perform(&hunter, TakeTestAccountOf { campaign: story.campaign, product: story.product }).await;
        assert!(matches!(again, Err(Error::Conflict("error-account-already"))), "{again:?}");

        let text = "Règles plus strictes.".to_owned();
        perform(&story.organiser.context(&app), WriteRules { programme: "tests-partages".to_owned(), text }).await.unwrap();
        let hidden = read(&hunter, ViewTarget(story.campaign)).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "{hidden:?}");
        accept(&hunter, story.campaign).await;

        let teacher = story.teacher.context(&app);
        let joined = read(&teacher, ViewCodes(story.campaign)).await.unwrap();
        assert_eq!((joined.waiting, joined.joined[0].pseudonym.as_str()), (1, "hibou"));
        let reason = "hors périmètre".to_owned();
        let participant = joined.joined[0].id;
        perform(&teacher, SetPersonSuspended { campaign: story.campaign, participant, suspended: true, reason }).await.unwrap();
        let hidden = read(&hunter, ViewTarget(story.campaign)).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "{hidden:?}");
        app.settle().await;
    }

    async fn a_target_is_closed_outside_the_window(app: TestApp) {
        let story = ready(&app).await;
        let hunter = pupil(&app, &story).await;
        accept(&hunter, story.campaign).await;
        let early = read(&hunter, ViewTarget(story.campaign)).await.unwrap();
        assert!(early.denied.is_some() && early.url.is_empty() && early.assets.is_empty());
        app.clock.advance(31 * DAY);
        let late = read(&hunter, ViewTarget(story.campaign)).await.unwrap();
        assert!(late.denied.is_some() && late.url.is_empty());
        app.settle().await;
    }

    async fn strangers_find_no_campaign(app: TestApp) {
        let story = ready(&app).await;
        let other = app.organisation(OrganisationKind::Commune, "Autreville").await;
        let stranger = app.person("Noé Petit", Role::SecurityOfficer, other).await.context(&app);
        let shown = read(&stranger, ViewCampaign(story.campaign)).await;
        assert!(matches!(shown, Err(Error::NotFound)), "{shown:?}");
        let nobody = read(&app.nobody(), ViewCampaign(story.campaign)).await;
        assert!(matches!(nobody, Err(Error::NotFound)), "{nobody:?}");
        let invite = InviteToCampaign {
            campaign: story.campaign,
            part: Some(PersonPart::Hunter),
            organisation: Some(story.school),
            email: None,
            label: String::new(),
        };
        let refused = perform(&story.teacher.context(&app), invite).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        app.settle().await;
    }

    async fn a_changed_scope_ends_the_signed_texts(app: TestApp) {
        let story = ready(&app).await;
        let organiser = story.organiser.context(&app);
        app.clock.advance(3 * DAY);
        let asset = AddAsset {
            campaign: story.campaign,
            product: Some(story.product),
            kind: Some(AssetKind::Api),
            inside: false,
            value: "https://prod.example".to_owned(),
            note: String::new(),
        };
        app.settle().await;
        perform(&organiser, asset).await.unwrap();
        let page = read(&organiser, ViewCampaign(story.campaign)).await.unwrap();
        assert_eq!(page.state, CampaignState::Suspended);
        assert!(page.authorisations.iter().all(|line| line.replaced));
        app.settle().await;
    }

    async fn nobody_signs_outside_their_delegation(app: TestApp) {
        let story = planned(&app).await;
        perform(&story.organiser.context(&app), RequestAuthorisations(story.campaign)).await.unwrap();
        let mayor = story.mayor.context(&app);
        let page = read(&mayor, ViewCampaign(story.campaign)).await.unwrap();
        let id = page.authorisations[0].id;
        let text = read(&mayor, ViewAuthorisation(id)).await.unwrap();
        let over = Signature {
            delegation: "Arrêté 4".to_owned(),
            delegation_from: "2001-01-01".to_owned(),
            delegation_until: "2002-01-01".to_owned(),
            ..signature()
        };
        let pdf = Some((b"%PDF-1.4\n%%EOF\n".to_vec(), "a.pdf".to_owned()));
        let refused = sign(&mayor, id, over, &text.hash, "", pdf.clone()).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        let wrong = sign(&mayor, id, signature(), &text.hash, "pas le bon", None).await;
        assert!(matches!(wrong, Err(Error::Invalid(_))), "{wrong:?}");
        let other = Signature { name: "Quelqu’un d’autre".to_owned(), ..signature() };
        let other = sign(&mayor, id, other, &text.hash, story::PASSWORD, None).await;
        assert!(matches!(&other, Err(Error::Invalid(fields)) if fields[0].field == "name"), "{other:?}");
        let bare = sign(&mayor, id, signature(), &text.hash, "", None).await;
        assert!(matches!(&bare, Err(Error::Invalid(fields)) if fields[0].field == "password"), "{bare:?}");
        let foreign = sign(&story.vendor.context(&app), id, signature(), &text.hash, "", pdf).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
        app.settle().await;
    }
}
