//! How a vulnerability is told step by step, and where deployers stand.

use crate::risk;
use authorization::SystemKind;
use domain::ids::{DeploymentId, OrganisationId, ProductId, ProgrammeId, VulnerabilityId};
use domain::organisation::OrganisationKind;
use domain::position::{PositionEvent, PositionState};
use domain::programme::{NoticeKind, ProgrammeKind, ProgrammeSettings};
use domain::report::Rating;
use domain::role::Role;
use domain::severity::Severity;
use domain::sharing::{Embargo, Phase, Tlp};
use domain::time::DAY;
use domain::vulnerability::{Origin, Reach, VulnerabilityState};
use domain::{ConfirmedBy, Deployment, DeploymentState, Disclosure, Product, Programme, Timestamp, Vulnerability};
use i18n::Lang;
use testkit::{Someone, TestApp, each_engine};
use use_cases::perform::UseCase;
use use_cases::ports::VulnerabilityRecord;
use use_cases::public::{CheckReceipt, ReceiptVerdict, ViewHome, ViewLog};
use use_cases::register::AddProduct;
use use_cases::sharing::{
    AllowDetails, AnswerPosition, ApprovePublication, AskOpinion, ChangeTlp, ConcernFilter, EndNaming, GiveOpinion,
    LiftEmbargo, ListConcerns, MarkRead, MovePhase, NamePerson, SetEmbargo, ViewMembersPage, ViewPositions,
    ViewPublicPage, ViewSharing, ViewSituation,
};
use use_cases::vulnerability::{
    Layer, LinkProduct, UnlinkProduct, ViewLinks, ViewTexts, ViewVulnerability, WriteTexts,
};
use use_cases::{Error, Outcome, Unit, perform, read};

/// A programme, a product and one vulnerability of it.
#[derive(Clone, Copy)]
pub struct World {
    owner: OrganisationId,
    vendor: OrganisationId,
    product: ProductId,
    pub vulnerability: VulnerabilityId,
    pub organiser: Someone,
    pub contact: Someone,
}

struct Build(World, ProgrammeId);

impl UseCase for Build {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let (world, id) = (&self.0, self.1);
        let programme = Programme {
            id,
            owner: world.owner,
            slug: "ecole".to_owned(),
            name: "École".to_owned(),
            summary: "Un programme".to_owned(),
            kind: ProgrammeKind::Pedagogical,
            legal_basis: "Délibération".to_owned(),
            notice: NoticeKind::Pedagogical,
            settings: ProgrammeSettings::default(),
            revision: 1,
        };
        unit.store.insert_programme(&programme, unit.now).await?;
        let product = Product {
            id: world.product,
            vendor: world.vendor,
            name: "Guichet".to_owned(),
            slug: "guichet".to_owned(),
            purl: None,
            cpe: None,
            description: String::new(),
            revision: 1,
        };
        unit.store.insert_product(&product, unit.now).await?;
        unit.store
            .insert_vulnerability(&record(world, &programme, unit.now))
            .await?;
        Ok(())
    }
}

fn record(world: &World, programme: &Programme, now: Timestamp) -> VulnerabilityRecord {
    let vulnerability = Vulnerability {
        id: world.vulnerability,
        product: world.product,
        reach: Reach::Product,
        number: 1,
        state: VulnerabilityState::VendorNotified,
        round: 1,
        rating: Some(Rating {
            score_tenths: 91,
            band: Severity::Critical,
        }),
        opened_at: now,
        phase: Phase::Restricted,
        tlp: Tlp::AmberStrict,
        embargo: Embargo::None,
        exploited_at: None,
        merged_into: None,
        split_from: None,
        origin: Origin::Vendor,
        reports: 0,
        revision: 1,
    };
    let mut record = VulnerabilityRecord::opened(vulnerability, programme.id, None);
    record.notified_at = Some(now);
    record
}

struct Deploy(OrganisationId, ProductId, DeploymentState);

impl UseCase for Deploy {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let deployment = Deployment {
            id: DeploymentId(unit.fresh_id()),
            organisation: self.0,
            product: self.1,
            label: String::new(),
            version: None,
            host: None,
            state: self.2,
            from: unit.now,
            until: None,
            confirmed_by: (self.2 == DeploymentState::Confirmed).then_some(ConfirmedBy::Vendor),
            revision: 1,
        };
        unit.store.insert_deployment(&deployment, None, unit.now).await?;
        let acting = authorization::Acting::System(SystemKind::Installer);
        use_cases::sharing::deployment_changed(unit, &acting, self.0, self.1).await
    }
}

pub async fn deploy(app: &TestApp, world: &World, name: &str, state: DeploymentState) -> (OrganisationId, Someone) {
    let commune = app.organisation(OrganisationKind::Commune, name).await;
    let officer = app
        .person(&format!("Agent {name}"), Role::SecurityOfficer, commune)
        .await;
    perform(&app.nobody(), Deploy(commune, world.product, state))
        .await
        .unwrap();
    (commune, officer)
}

pub async fn world(app: &TestApp) -> World {
    let owner = app.organisation(OrganisationKind::Epci, "Grande Métropole").await;
    let vendor = app.organisation(OrganisationKind::Vendor, "Éditions du Guichet").await;
    let ids: Vec<uuid::Uuid> = (0..3).map(|n| uuid::Uuid::from_u128(0x1000 + n)).collect();
    let world = World {
        owner,
        vendor,
        product: ProductId(ids[0]),
        vulnerability: VulnerabilityId(ids[1]),
        organiser: app.person("Olga Martin", Role::Organiser, owner).await,
        contact: app.person("Victor Blanc", Role::VendorContact, vendor).await,
    };
    perform(&app.nobody(), Build(world, ProgrammeId(ids[2]))).await.unwrap();
    write(app, &world, Layer::ALL).await;
    world
}

/// Writes the layers named, and empties the others.
async fn write(app: &TestApp, world: &World, layers: &[Layer]) {
    let (vulnerability, lang) = (world.vulnerability, Lang::Fr);
    let organiser = world.organiser.context(app);
    let shown = read(&organiser, ViewTexts { vulnerability, lang }).await.unwrap();
    let text = |layer: &Layer| {
        if layers.contains(layer) || *layer == Layer::Title {
            format!("Texte « {} »", layer.code())
        } else {
            String::new()
        }
    };
    let texts = WriteTexts {
        vulnerability,
        lang,
        revision: shown.revision,
        texts: Layer::ALL.iter().map(|layer| (*layer, text(layer))).collect(),
    };
    perform(&organiser, texts).await.unwrap();
}

/// Brings the correction to a state as a retest would, confirmed or not.
async fn retested(app: &TestApp, state: &str, outcome: Option<&str>) {
    let to_state = format!("UPDATE vulnerability SET state = '{state}'");
    app.tamper(to_state.leak()).await;
    app.tamper("DELETE FROM retest").await;
    if let Some(outcome) = outcome {
        let retest = format!(
            "INSERT INTO retest (id, vulnerability_id, round, n, state, offered_at, outcome, confirmed_at, revision)
             SELECT id, id, round, 1, 'confirmed', 1, '{outcome}', 1, 1 FROM vulnerability"
        );
        app.tamper(retest.leak()).await;
    }
}

fn to(world: &World, to: Phase) -> MovePhase {
    MovePhase {
        vulnerability: world.vulnerability,
        to,
        reason: String::new(),
    }
}

/// Asks the vendor, lets it agree, and moves.
pub async fn advance(app: &TestApp, world: &World, phase: Phase) {
    let vulnerability = world.vulnerability;
    perform(&world.organiser.context(app), AskOpinion { vulnerability })
        .await
        .unwrap();
    let opinion = GiveOpinion {
        vulnerability,
        favourable: Some(true),
        reason: String::new(),
        allows_details: false,
    };
    perform(&world.contact.context(app), opinion).await.unwrap();
    perform(&world.organiser.context(app), to(world, phase)).await.unwrap();
    app.settle().await;
}

pub fn answer(world: &World, organisation: OrganisationId, event: PositionEvent, reason: &str) -> AnswerPosition {
    AnswerPosition {
        vulnerability: world.vulnerability,
        organisation,
        revision: None,
        answer: Some(event),
        reason: reason.to_owned(),
        until: None,
    }
}

/// Asks for everything that concerns an organisation.
pub fn concerns(organisation: OrganisationId) -> ListConcerns {
    ListConcerns {
        organisation,
        filter: ConcernFilter::default(),
        skip: None,
    }
}

async fn sees(app: &TestApp, officer: Someone, organisation: OrganisationId) -> Disclosure {
    let seen = read(&officer.context(app), concerns(organisation)).await.unwrap();
    seen.lines.first().map_or(Disclosure::None, |line| line.level)
}

each_engine! {
    async fn a_phase_moves_after_the_vendors_opinion_or_its_silence(app: TestApp) {
        let world = world(&app).await;
        let vulnerability = world.vulnerability;
        let organiser = world.organiser.context(&app);
        let early = perform(&organiser, to(&world, Phase::Alert)).await;
        assert!(matches!(early, Err(Error::Conflict("sharing-error-opinion-awaited"))), "{early:?}");
        perform(&organiser, AskOpinion { vulnerability }).await.unwrap();
        let awaited = perform(&organiser, to(&world, Phase::Alert)).await;
        assert!(matches!(awaited, Err(Error::Conflict("sharing-error-opinion-awaited"))));
        app.clock.advance(7 * DAY);
        perform(&organiser, to(&world, Phase::Alert)).await.unwrap();
        let skipped = perform(&organiser, to(&world, Phase::Details)).await;
        assert!(matches!(skipped, Err(Error::Conflict(_))));
        let unreasoned = perform(&organiser, to(&world, Phase::Restricted)).await;
        assert!(matches!(unreasoned, Err(Error::Invalid(_))));
        let refused = perform(&world.contact.context(&app), to(&world, Phase::Measures)).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        let back = MovePhase { reason: "Erreur".to_owned(), ..to(&world, Phase::Restricted) };
        perform(&organiser, back).await.unwrap();
        let view = read(&organiser, ViewSharing { vulnerability, naming: String::new() }).await.unwrap();
        assert_eq!(view.case.phase, Phase::Restricted);
        assert_eq!(view.history.len(), 3);
        app.settle().await;
    }

    async fn each_deployer_learns_what_it_may_and_says_where_it_stands(app: TestApp) {
        let world = world(&app).await;
        let (bourg, awa) = deploy(&app, &world, "Bourg-la-Tour", DeploymentState::Confirmed).await;
        let (pont, zoe) = deploy(&app, &world, "Pont-aux-Saules", DeploymentState::Declared).await;
        assert_eq!(sees(&app, awa, bourg).await, Disclosure::None);
        let hidden = perform(&awa.context(&app), MarkRead { vulnerability: world.vulnerability, organisation: bourg }).await;
        assert!(matches!(hidden, Err(Error::NotFound)));
        advance(&app, &world, Phase::Alert).await;
        assert_eq!(app.mails.to("agent.bourg-la-tour@example.org").len(), 1);
        advance(&app, &world, Phase::Measures).await;
        assert_eq!(sees(&app, awa, bourg).await, Disclosure::Measures);
        assert_eq!(sees(&app, zoe, pont).await, Disclosure::Alert);
        let stranger = read(&zoe.context(&app), concerns(bourg)).await;
        assert!(matches!(stranger, Err(Error::NotFound)));

        let mayor = risk::signatory(&app, "Mona Maire", bourg).await;
        let context = awa.context(&app);
        perform(&context, MarkRead { vulnerability: world.vulnerability, organisation: bourg }).await.unwrap();
        let silent = read(&context, ViewSituation { organisation: bourg, vulnerability: world.vulnerability }).await.unwrap();
        assert_eq!(silent.line.state, PositionState::Read);
        assert!(silent.line.unanswered_since.is_some());
        let mute = perform(&context, answer(&world, bourg, PositionEvent::DeclareNotAffected, " ")).await;
        assert!(matches!(mute, Err(Error::Invalid(_))));
        perform(&context, answer(&world, bourg, PositionEvent::DeclareAffected, "")).await.unwrap();
        let long = AnswerPosition { until: Some(app.app.clock.now().plus_days(400)), ..answer(&world, bourg, PositionEvent::AcceptRisk, "Peu exposé") };
        assert!(matches!(perform(&context, long.clone()).await, Err(Error::Invalid(_))));
        perform(&context, AnswerPosition { until: Some(app.app.clock.now().plus_days(30)), ..long }).await.unwrap();
        risk::signs(&mayor, world.vulnerability, bourg).await.unwrap();
        let all = read(&world.organiser.context(&app), ViewPositions { vulnerability: world.vulnerability, from: 0 }).await.unwrap();
        let lines = all.lines.unwrap();
        assert_eq!(lines.iter().find(|line| line.organisation == bourg).unwrap().reason, "Peu exposé");
        assert_eq!((all.total, all.answered), (2, 1));
        app.clock.advance(31 * DAY);
        let expired = read(&context, ViewSituation { organisation: bourg, vulnerability: world.vulnerability }).await.unwrap();
        assert_eq!(expired.line.state, PositionState::Affected);
        let counts = read(&world.contact.context(&app), ViewPositions { vulnerability: world.vulnerability, from: 0 }).await.unwrap();
        assert!(counts.lines.is_none());
        app.settle().await;
    }

    async fn who_deploys_later_joins_and_is_flagged(app: TestApp) {
        let world = world(&app).await;
        advance(&app, &world, Phase::Alert).await;
        app.clock.advance(DAY);
        let (bourg, awa) = deploy(&app, &world, "Bourg-la-Tour", DeploymentState::Confirmed).await;
        app.settle().await;
        let seen = read(&awa.context(&app), concerns(bourg)).await.unwrap();
        assert!(seen.lines[0].declared_late && seen.lines[0].row.position.as_ref().unwrap().informed_at.is_some());
    }

    async fn an_embargo_holds_back_and_red_reaches_no_deployer(app: TestApp) {
        let world = world(&app).await;
        let vulnerability = world.vulnerability;
        let organiser = world.organiser.context(&app);
        let (bourg, awa) = deploy(&app, &world, "Bourg-la-Tour", DeploymentState::Confirmed).await;
        advance(&app, &world, Phase::Alert).await;
        advance(&app, &world, Phase::Measures).await;
        perform(&organiser, SetEmbargo { vulnerability, until: Some(app.app.clock.now().plus_days(60)) }).await.unwrap();
        perform(&organiser, AskOpinion { vulnerability }).await.unwrap();
        app.clock.advance(7 * DAY);
        let held = perform(&organiser, to(&world, Phase::Details)).await;
        assert!(matches!(held, Err(Error::Conflict("sharing-error-embargo"))));
        perform(&organiser, LiftEmbargo { vulnerability, reason: "Accord".to_owned() }).await.unwrap();
        perform(&organiser, to(&world, Phase::Details)).await.unwrap();
        assert_eq!(sees(&app, awa, bourg).await, Disclosure::Details);
        perform(&organiser, ChangeTlp { vulnerability, tlp: Some(Tlp::Red), reason: "Prudence".to_owned() }).await.unwrap();
        assert_eq!(sees(&app, awa, bourg).await, Disclosure::None);
        app.settle().await;
    }

    async fn public_needs_clear_and_a_fix_or_two_people(app: TestApp) {
        let world = world(&app).await;
        let vulnerability = world.vulnerability;
        let organiser = world.organiser.context(&app);
        let second = app.person("Paul Second", Role::Organiser, world.owner).await;
        for phase in [Phase::Alert, Phase::Measures, Phase::Details] {
            advance(&app, &world, phase).await;
        }
        app.tamper("UPDATE programme SET published_at = 1").await;
        perform(&organiser, AskOpinion { vulnerability }).await.unwrap();
        app.clock.advance(7 * DAY);
        assert!(matches!(perform(&organiser, to(&world, Phase::Public)).await, Err(Error::Conflict("sharing-error-not-clear"))));
        perform(&organiser, ChangeTlp { vulnerability, tlp: Some(Tlp::Clear), reason: "Publication".to_owned() }).await.unwrap();
        assert!(matches!(perform(&organiser, to(&world, Phase::Public)).await, Err(Error::Conflict("sharing-error-second-person"))));
        for (state, outcome) in [("fix_available", None), ("retesting", None), ("closed", None), ("acknowledged", Some("not_fixed")), ("fixed", Some("cannot_tell"))] {
            retested(&app, state, outcome).await;
            let alone = perform(&organiser, to(&world, Phase::Public)).await;
            assert!(matches!(alone, Err(Error::Conflict("sharing-error-second-person"))), "{state} {outcome:?}: {alone:?}");
        }
        retested(&app, "fix_available", None).await;
        perform(&organiser, ApprovePublication { vulnerability }).await.unwrap();
        assert!(perform(&organiser, to(&world, Phase::Public)).await.is_err());
        let slug = "ecole".to_owned();
        let before = read(&app.nobody(), ViewPublicPage { slug: slug.clone() }).await.unwrap();
        assert!(before.advisories.is_empty());
        let mute = perform(&second.context(&app), to(&world, Phase::Public)).await;
        assert!(matches!(mute, Err(Error::Invalid(_))), "without a fix it is explained: {mute:?}");
        let explained = MovePhase { reason: "Chacun doit pouvoir se protéger.".to_owned(), ..to(&world, Phase::Public) };
        perform(&second.context(&app), explained).await.unwrap();
        app.settle().await;
        let after = read(&app.nobody(), ViewPublicPage { slug: slug.clone() }).await.unwrap();
        assert_eq!(after.advisories.len(), 1);
        assert_eq!(after.advisories[0].fixed_in(), None, "an announced version is no fix");
        let log = read(&app.nobody(), ViewLog).await.unwrap();
        assert_eq!((log.size, log.entries[0].0.as_str()), (1, "advisory.published"));
        read(&organiser, ViewMembersPage { slug: slug.clone() }).await.unwrap();
        assert!(matches!(read(&app.nobody(), ViewMembersPage { slug }).await, Err(Error::NotFound)));
    }

    async fn one_person_publishes_what_a_retest_confirmed(app: TestApp) {
        let world = world(&app).await;
        let vulnerability = world.vulnerability;
        let organiser = world.organiser.context(&app);
        for phase in [Phase::Alert, Phase::Measures, Phase::Details] {
            advance(&app, &world, phase).await;
        }
        perform(&organiser, ChangeTlp { vulnerability, tlp: Some(Tlp::Clear), reason: "Publication".to_owned() }).await.unwrap();
        retested(&app, "fixed", Some("fixed")).await;
        perform(&organiser, AskOpinion { vulnerability }).await.unwrap();
        app.clock.advance(7 * DAY);
        perform(&organiser, to(&world, Phase::Public)).await.unwrap();
        app.settle().await;
    }

    async fn a_step_tells_something_and_answers_a_vendor_who_is_against_it(app: TestApp) {
        let world = world(&app).await;
        let vulnerability = world.vulnerability;
        let organiser = world.organiser.context(&app);
        perform(&organiser, AskOpinion { vulnerability }).await.unwrap();
        let against = GiveOpinion { vulnerability, favourable: Some(false), reason: "Trop tôt.".to_owned(), allows_details: false };
        perform(&world.contact.context(&app), against).await.unwrap();
        write(&app, &world, &[Layer::Measures, Layer::Details]).await;
        let empty = perform(&organiser, to(&world, Phase::Alert)).await;
        assert!(matches!(empty, Err(Error::Conflict("sharing-error-nothing-to-tell"))), "{empty:?}");
        write(&app, &world, &[Layer::Alert]).await;
        let mute = perform(&organiser, to(&world, Phase::Alert)).await;
        assert!(matches!(mute, Err(Error::Invalid(_))), "{mute:?}");
        let explained = MovePhase { reason: "Une exploitation est annoncée.".to_owned(), ..to(&world, Phase::Alert) };
        perform(&organiser, explained).await.unwrap();
        app.settle().await;
    }

    async fn the_vendor_consents_to_the_details_as_long_as_the_embargo_holds(app: TestApp) {
        let world = world(&app).await;
        let vulnerability = world.vulnerability;
        let (organiser, vendor) = (world.organiser.context(&app), world.contact.context(&app));
        advance(&app, &world, Phase::Alert).await;
        advance(&app, &world, Phase::Measures).await;
        let vain = perform(&vendor, AllowDetails { vulnerability }).await;
        assert!(matches!(vain, Err(Error::Conflict(_))), "without an embargo: {vain:?}");
        perform(&organiser, SetEmbargo { vulnerability, until: Some(app.app.clock.now().plus_days(60)) }).await.unwrap();
        perform(&organiser, AskOpinion { vulnerability }).await.unwrap();
        let agrees = GiveOpinion { vulnerability, favourable: Some(true), reason: String::new(), allows_details: false };
        perform(&vendor, agrees).await.unwrap();
        assert!(matches!(perform(&organiser, to(&world, Phase::Details)).await, Err(Error::Conflict("sharing-error-embargo"))));
        assert!(matches!(perform(&organiser, AllowDetails { vulnerability }).await, Err(Error::NotFound)));
        assert!(read(&vendor, ViewSharing { vulnerability, naming: String::new() }).await.unwrap().may_consent);
        perform(&vendor, AllowDetails { vulnerability }).await.unwrap();
        assert!(!read(&vendor, ViewSharing { vulnerability, naming: String::new() }).await.unwrap().may_consent);
        perform(&organiser, to(&world, Phase::Details)).await.unwrap();
        app.settle().await;
    }

    async fn an_answer_never_saves_over_one_that_its_form_did_not_show(app: TestApp) {
        let world = world(&app).await;
        let (bourg, awa) = deploy(&app, &world, "Bourg-la-Tour", DeploymentState::Confirmed).await;
        advance(&app, &world, Phase::Alert).await;
        let context = awa.context(&app);
        perform(&context, MarkRead { vulnerability: world.vulnerability, organisation: bourg }).await.unwrap();
        let view = || ViewSituation { organisation: bourg, vulnerability: world.vulnerability };
        let shown = Some(read(&context, view()).await.unwrap().line.revision);
        let first = AnswerPosition { revision: shown, ..answer(&world, bourg, PositionEvent::DeclareAffected, "") };
        perform(&context, first).await.unwrap();
        let stale = AnswerPosition { revision: shown, ..answer(&world, bourg, PositionEvent::DeclareNotAffected, "Autre version") };
        assert!(matches!(perform(&context, stale.clone()).await, Err(Error::Stale)));
        let again = Some(read(&context, view()).await.unwrap().line.revision);
        perform(&context, AnswerPosition { revision: again, ..stale }).await.unwrap();
        app.settle().await;
    }

    async fn anybody_checks_what_looks_like_a_receipt(app: TestApp) {
        read(&app.nobody(), ViewHome).await.unwrap();
        let checked = |receipt: &str| CheckReceipt { receipt: receipt.to_owned(), proof: String::new() };
        let none = read(&app.nobody(), checked("bonjour")).await.unwrap();
        assert_eq!(none.verdict, ReceiptVerdict::NoReceipt);
        let forged = read(&app.nobody(), checked("beffroi-receipt/1\norigin: x\n\n— x AAAA")).await.unwrap();
        assert_ne!(forged.verdict, ReceiptVerdict::InLog);
    }

    async fn under_red_only_named_people_read_and_no_further_than_the_phase(app: TestApp) {
        let world = world(&app).await;
        let vulnerability = world.vulnerability;
        let (bourg, awa) = deploy(&app, &world, "Bourg-la-Tour", DeploymentState::Confirmed).await;
        let eve = app.person("Ève Noir", Role::SecurityOfficer, bourg).await;
        let stranger = app.stranger("Paul Inconnu").await;
        let organiser = world.organiser.context(&app);
        let red = ChangeTlp { vulnerability, tlp: Some(Tlp::Red), reason: "Sensible".to_owned() };
        perform(&organiser, red).await.unwrap();
        advance(&app, &world, Phase::Alert).await;
        assert_eq!(sees(&app, awa, bourg).await, Disclosure::None);
        let name = |who: Someone, reason: &str| NamePerson { vulnerability, person: Some(who.id), reason: reason.to_owned() };
        assert!(matches!(perform(&organiser, name(awa, "")).await, Err(Error::Invalid(_))));
        assert!(matches!(perform(&organiser, name(stranger, "Non")).await, Err(Error::Invalid(_))));
        assert!(matches!(perform(&world.contact.context(&app), name(awa, "Non")).await, Err(Error::NotFound)));
        let mails = app.mails.to("agent.bourg-la-tour@example.org").len();
        perform(&organiser, name(awa, "Corrige en premier")).await.unwrap();
        assert!(matches!(perform(&organiser, name(awa, "Encore")).await, Err(Error::Invalid(_))));
        app.settle().await;
        assert_eq!(app.mails.to("agent.bourg-la-tour@example.org").len(), mails + 1);
        assert_eq!(sees(&app, awa, bourg).await, Disclosure::Alert);
        assert_eq!(sees(&app, eve, bourg).await, Disclosure::None);
        let view = read(&organiser, ViewSharing { vulnerability, naming: String::new() }).await.unwrap();
        assert_eq!((view.named[0].level, view.named[0].reason.as_str()), (Disclosure::Alert, "Corrige en premier"));
        let asked = read(&world.contact.context(&app), ViewSharing { vulnerability, naming: String::new() }).await.unwrap();
        assert!(asked.named.is_empty() && asked.history.iter().all(|event| event.kind != "sharing.named"));
        let told = read(&world.contact.context(&app), ViewVulnerability(vulnerability)).await.unwrap();
        assert!(told.history.iter().all(|line| line.kind != "sharing.named"), "the vendor does not learn who");
        let end = EndNaming { vulnerability, named: view.named[0].id };
        perform(&organiser, end.clone()).await.unwrap();
        assert!(matches!(perform(&organiser, end).await, Err(Error::Conflict(_))));
        assert_eq!(sees(&app, awa, bourg).await, Disclosure::None);
        let view = read(&organiser, ViewSharing { vulnerability, naming: String::new() }).await.unwrap();
        let kinds: Vec<&str> = view.history.iter().map(|event| event.kind.as_str()).collect();
        assert!(view.named.is_empty() && kinds.contains(&"sharing.named") && kinds.contains(&"sharing.naming_ended"));
    }

    async fn a_linked_product_brings_who_runs_it_and_tells_its_vendor_nothing(app: TestApp) {
        let world = world(&app).await;
        let vulnerability = world.vulnerability;
        let maker = app.organisation(OrganisationKind::Vendor, "Autre Éditeur").await;
        let rival = app.person("Rosa Autre", Role::VendorContact, maker).await;
        let add = AddProduct { vendor: maker, name: "Navette".to_owned(), description: String::new(), purl: String::new(), cpe: String::new() };
        let (product, _) = perform(&rival.context(&app), add).await.unwrap();
        let (bourg, awa) = deploy(&app, &world, "Bourg-la-Tour", DeploymentState::Confirmed).await;
        let other = World { product, ..world };
        let (val, zoe) = deploy(&app, &other, "Val-Tardif", DeploymentState::Declared).await;
        advance(&app, &world, Phase::Alert).await;
        advance(&app, &world, Phase::Measures).await;
        assert_eq!((sees(&app, awa, bourg).await, sees(&app, zoe, val).await), (Disclosure::Measures, Disclosure::None));
        let organiser = world.organiser.context(&app);
        let link = |product, reason: &str| LinkProduct {
            vulnerability,
            product: Some(product),
            ranges: "de 3.0 à 3.4".to_owned(),
            reason: reason.to_owned(),
        };
        for (product, reason) in [(product, ""), (world.product, "Même composant")] {
            assert!(matches!(perform(&organiser, link(product, reason)).await, Err(Error::Invalid(_))));
        }
        for refused in [world.contact, rival, awa] {
            assert!(matches!(perform(&refused.context(&app), link(product, "Non")).await, Err(Error::NotFound)));
            assert!(matches!(read(&refused.context(&app), ViewLinks(vulnerability)).await, Err(Error::NotFound)));
        }
        perform(&organiser, link(product, "Même composant")).await.unwrap();
        app.settle().await;
        assert_eq!(sees(&app, zoe, val).await, Disclosure::Alert, "it is only declared");
        assert_eq!(app.mails.to("agent.val-tardif@example.org").len(), 1);
        assert!(matches!(read(&rival.context(&app), ViewVulnerability(vulnerability)).await, Err(Error::NotFound)));
        let own = |who: Someone| read_own(who.context(&app), vulnerability);
        assert_eq!(own(zoe).await, [("Navette".to_owned(), String::new())], "no versions before the measures");
        assert!(own(awa).await.is_empty() && own(world.contact).await.is_empty());
        perform(&app.nobody(), Deploy(bourg, product, DeploymentState::Confirmed)).await.unwrap();
        assert_eq!(own(awa).await, [("Navette".to_owned(), "de 3.0 à 3.4".to_owned())]);
        let told = read(&world.contact.context(&app), ViewVulnerability(vulnerability)).await.unwrap();
        assert!(told.history.iter().all(|line| line.kind != "vulnerability.product_linked"));
        let lines = read(&organiser, ViewLinks(vulnerability)).await.unwrap().lines;
        let end = |reason: &str| UnlinkProduct { vulnerability, link: lines[0].id, reason: reason.to_owned() };
        assert!(matches!(perform(&organiser, end("")).await, Err(Error::Invalid(_))));
        perform(&organiser, end("Erreur")).await.unwrap();
        assert!(matches!(perform(&organiser, end("Encore")).await, Err(Error::NotFound)));
        assert_eq!((sees(&app, awa, bourg).await, sees(&app, zoe, val).await), (Disclosure::Measures, Disclosure::None));
        let positions = read(&organiser, ViewPositions { vulnerability, from: 0 }).await.unwrap().lines.unwrap();
        let left: Vec<_> = positions.iter().filter(|line| line.state == PositionState::Left).collect();
        assert_eq!((left.len(), left[0].organisation), (1, val));
        app.settle().await;
    }
}

async fn read_own(context: use_cases::Context, id: VulnerabilityId) -> Vec<(String, String)> {
    read(&context, ViewVulnerability(id)).await.unwrap().own_products
}
