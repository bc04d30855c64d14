//! Targets behind the gateway: who declares them, who gets a way, what the gateway is told.

use super::changes::joins;
use super::*;
use authorization::SystemKind;
use domain::Timestamp;
use domain::ids::TargetId;
use domain::instance::{InstanceProblem, InstanceState};
use domain::refusal::{RecorderState, Standing};
use domain::target::{Sharing, TargetEngine, Way};
use domain::time::SECOND;
use use_cases::authorisation::RevokeAuthorisationOf;
use use_cases::organisation::EndGrant;
use use_cases::ports::{Clock as _, SegmentRow};
use use_cases::target::{
    DeclareTarget, Driven, Duty, DutyHolder, EndLease, GatewayMark, GatewayWords, GiveBackLease, GiveDutyBack,
    InstanceWish, InstancesToDrive, KeepSegment, KeptSegment, MoveInstance, NoteRecorder, NoteRefusals, RefusedWay,
    RegisterCertificate, RemoveTarget, StopTarget, TakeCertificateBack, TakeDuty, TakeLease, TellInstance, ViewTargets,
    ViewWay, Where, Words,
};

pub(super) const URL: &str = "https://recette.guet.example:8443";

const OWN: &str = include_str!("../../../../gateway/tests/it/data/client.pem");
const OWN_PRINT: [u8; 32] = [
    0xCC, 0x4A, 0x67, 0x40, 0xDD, 0x0D, 0x44, 0xCD, 0xFC, 0x23, 0xE8, 0x62, 0xFC, 0x7A, 0x31, 0x22, 0x76, 0xFC, 0xF0,
    0x64, 0xF1, 0x3B, 0x0F, 0x99, 0x32, 0x4A, 0x02, 0x92, 0x57, 0xC4, 0xD9, 0x31,
];
const OTHER: &str = include_str!("../../../../sealing/src/certificate/p256.pem");
const SHORT_KEY: &str = include_str!("../../../../sealing/src/certificate/rsa1024.pem");
const OTHER_KIND: &str = include_str!("../../../../sealing/src/certificate/p521.pem");

pub(super) const RECIPE: &str = "version = \"1\"\nentry = { service = \"web\", port = 8080 }\n[services.web]\n\
    image = \"sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"\n\
    health = { http = \"/sante\" }\n";

pub(super) fn target(story: &Story) -> DeclareTarget {
    DeclareTarget {
        campaign: story.campaign,
        product: Some(story.product),
        engine: TargetEngine::External,
        sharing: Sharing::Shared,
        recipe: String::new(),
        name: "Recette".to_owned(),
        url: URL.to_owned(),
        public_host: "guichet.guet.example".to_owned(),
        methods: "get post".to_owned(),
        paths: "/portail".to_owned(),
        excluded: "/portail/admin".to_owned(),
        certified: true,
        warned: Vec::new(),
    }
}

/// The same, hosted here by a recipe.
pub(super) fn hosted(story: &Story, recipe: &str) -> DeclareTarget {
    DeclareTarget {
        engine: TargetEngine::Container,
        recipe: recipe.to_owned(),
        url: String::new(),
        ..target(story)
    }
}

/// A campaign that is about to open, with a target behind the gateway that everybody agreed to.
pub(super) async fn prepared(app: &TestApp, url: &str) -> (Story, TargetId) {
    let story = planned(app).await;
    let declare = DeclareTarget {
        url: url.to_owned(),
        ..target(&story)
    };
    perform(&story.organiser.context(app), declare).await.unwrap();
    let story = made_ready(app, story).await;
    let page = read(&story.organiser.context(app), ViewTargets(story.campaign))
        .await
        .unwrap();
    let id = page.targets[0].id;
    (story, id)
}

async fn words(app: &TestApp) -> Words {
    read(&Context::system(app, SystemKind::Gateway), GatewayWords)
        .await
        .unwrap()
}

/// Opens the campaign, and lets a pupil in who accepted the rules.
pub(super) async fn hunting(app: &TestApp, story: &Story) -> Context {
    let pupil = pupil(app, story).await;
    app.clock.advance(3 * DAY);
    app.settle().await;
    accept(&pupil, story.campaign).await;
    pupil
}

/// Gives the one thing that is wrong.
fn problem(outcome: Result<(), Error>) -> &'static str {
    match outcome {
        Err(Error::Invalid(problems)) => {
            assert_eq!((problems.len(), problems[0].field.as_str()), (1, "certificate"));
            problems[0].message
        }
        other => panic!("{other:?}"),
    }
}

fn of(story: &Story, sequence: i64, previous: [u8; 32]) -> SegmentRow {
    SegmentRow {
        campaign: story.campaign,
        sequence,
        size: 4_096,
        digest: [u8::try_from(sequence + 1).unwrap(); 32],
        previous,
        first_at: Timestamp(1_000_000 * sequence),
        last_at: Timestamp(1_000_000 * sequence + 9),
        counts: Some((3, 0, 12_000)),
    }
}

each_engine! {
    async fn a_target_is_declared_with_everything_that_is_wrong_said_at_once(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let wrong = DeclareTarget {
            product: None,
            name: " ".to_owned(),
            url: "https://recette.guet.example/app".to_owned(),
            public_host: "pas un nom".to_owned(),
            methods: "GET 7".to_owned(),
            paths: "/a\nb".to_owned(),
            excluded: "?".to_owned(),
            certified: false,
            warned: Vec::new(),
            ..target(&story)
        };
        let Err(Error::Invalid(problems)) = perform(&organiser, wrong).await else {
            panic!("taken");
        };
        let mut fields: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["certified", "excluded", "methods", "name", "paths", "product", "public_host", "url"]);
        let line = problems.iter().find(|p| p.field == "paths").unwrap();
        assert_eq!((line.message, line.detail.as_deref()), ("target-error-beginning", Some("2")));
        let others = [story.mayor, story.vendor, story.operator, story.teacher];
        for who in others {
            let tried = perform(&who.context(&app), target(&story)).await;
            assert!(matches!(tried, Err(Error::NotFound)), "{tried:?}");
        }
        perform(&organiser, target(&story)).await.unwrap();
        let page = read(&organiser, ViewTargets(story.campaign)).await.unwrap();
        let one = &page.targets[0];
        assert_eq!(one.settings.scope.methods, ["GET", "POST"]);
        assert_eq!((one.fingerprint.len(), one.certified_by.as_str()), (64, "Claire Morel"));
        for who in others {
            assert!(matches!(read(&who.context(&app), ViewTargets(story.campaign)).await, Err(Error::NotFound)));
        }
    }

    async fn the_texts_to_sign_name_the_target_and_end_when_it_changes(app: TestApp) {
        let (story, id) = prepared(&app, URL).await;
        let organiser = story.organiser.context(&app);
        let page = read(&organiser, ViewCampaign(story.campaign)).await.unwrap();
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Ready);
        let text = read(&story.mayor.context(&app), ViewAuthorisation(page.record.authorisations[0].id)).await;
        let text = match text {
            Ok(text) => text,
            Err(_) => read(&story.vendor.context(&app), ViewAuthorisation(page.record.authorisations[0].id)).await.unwrap(),
        };
        assert!(text.text.contains("Recette : https://recette.guet.example:8443, méthodes GET POST, chemins /portail, sauf /portail/admin, empreinte "), "{}", text.text);
        perform(&organiser, RemoveTarget { campaign: story.campaign, target: id }).await.unwrap();
        assert_eq!(state(&organiser, story.campaign).await, CampaignState::Planned);
        assert!(read(&organiser, ViewTargets(story.campaign)).await.unwrap().targets.is_empty());
    }

    async fn a_hunter_gets_one_way_whose_secret_is_kept_nowhere(app: TestApp) {
        let (story, id) = prepared(&app, URL).await;
        let take = TakeLease { campaign: story.campaign, target: id };
        let pupil = pupil(&app, &story).await;
        assert!(matches!(perform(&pupil, take.clone()).await, Err(Error::NotFound)), "before the rules");
        accept(&pupil, story.campaign).await;
        let early = perform(&pupil, take.clone()).await;
        assert!(matches!(early, Err(Error::Conflict("error-target-closed"))), "{early:?}");
        app.clock.advance(3 * DAY);
        app.settle().await;
        assert!(words(&app).await.leases.is_empty());
        let given = perform(&pupil, take.clone()).await.unwrap();
        let told = words(&app).await;
        let secret = sealing::token_from_text(&given.credential).unwrap();
        assert_eq!(told.leases[0].token_hash, sealing::token_hash(&secret));
        assert_eq!((told.leases[0].label.as_str(), told.leases[0].way), (given.label.as_str(), Way::Open));
        assert!(matches!(&told.targets[0].at, Where::Elsewhere(upstream) if upstream.host == "recette.guet.example"));
        assert_eq!(told.targets[0].public_host, "guichet.guet.example");
        let again = perform(&pupil, take.clone()).await.unwrap();
        assert_eq!(again.label, given.label);
        assert_ne!(again.credential, given.credential);
        assert_ne!(words(&app).await.leases[0].token_hash, told.leases[0].token_hash);
        for who in [story.organiser, story.vendor, story.operator, story.teacher] {
            assert!(matches!(perform(&who.context(&app), take.clone()).await, Err(Error::NotFound)));
        }
        let page = read(&pupil, ViewTarget(story.campaign)).await.unwrap();
        assert_eq!(page.targets[0].label.as_deref(), Some(given.label.as_str()));
        perform(&pupil, GiveBackLease { campaign: story.campaign, target: id }).await.unwrap();
        assert!(words(&app).await.leases.is_empty());
        let twice = perform(&pupil, GiveBackLease { campaign: story.campaign, target: id }).await;
        assert!(matches!(twice, Err(Error::NotFound)));
    }

    async fn a_certificate_opens_a_way_until_it_is_taken_back_or_the_way_ends(app: TestApp) {
        let (story, id) = prepared(&app, URL).await;
        let pupil = hunting(&app, &story).await;
        let register = |pem: &str| RegisterCertificate { campaign: story.campaign, target: id, pem: pem.to_owned() };
        let view = || ViewWay { campaign: story.campaign, target: id };
        assert!(matches!(perform(&pupil, register(OWN)).await, Err(Error::NotFound)), "no way yet");
        let take = TakeLease { campaign: story.campaign, target: id };
        perform(&pupil, take.clone()).await.unwrap();
        let mark = Context::system(&app, SystemKind::Gateway);
        let before = read(&mark, GatewayMark).await.unwrap();
        perform(&pupil, register(OWN)).await.unwrap();
        assert!(read(&mark, GatewayMark).await.unwrap() > before, "the gateway hears of it");
        assert_eq!(words(&app).await.leases[0].certificates, [OWN_PRINT]);
        assert_eq!(problem(perform(&pupil, register(OWN)).await), "certificate-error-known");
        let page = read(&pupil, view()).await.unwrap();
        // What `openssl x509 -fingerprint -sha256` prints.
        let printed: Vec<String> = OWN_PRINT.iter().map(|byte| format!("{byte:02X}")).collect();
        assert_eq!(page.certificates[0].fingerprint, printed.join(":"));
        assert!(page.may_add);

        // Nobody else sees it, or takes it back; a new credential leaves it.
        let back = TakeCertificateBack { campaign: story.campaign, target: id, certificate: page.certificates[0].id };
        for who in [story.organiser, story.vendor, story.operator, story.teacher, story.mayor] {
            let who = who.context(&app);
            assert!(matches!(read(&who, view()).await, Err(Error::NotFound)));
            assert!(matches!(perform(&who, register(OTHER)).await, Err(Error::NotFound)));
            assert!(matches!(perform(&who, back.clone()).await, Err(Error::NotFound)));
        }
        let other = pupil_named(&app, &story, "chouette").await;
        accept(&other, story.campaign).await;
        perform(&other, take.clone()).await.unwrap();
        assert!(matches!(perform(&other, back.clone()).await, Err(Error::NotFound)), "another's");
        perform(&pupil, take.clone()).await.unwrap();
        assert_eq!(words(&app).await.leases[0].certificates, [OWN_PRINT]);

        perform(&pupil, back.clone()).await.unwrap();
        assert!(words(&app).await.leases.iter().all(|lease| lease.certificates.is_empty()));
        assert!(matches!(perform(&pupil, back).await, Err(Error::NotFound)));
        perform(&pupil, register(OWN)).await.unwrap();
        perform(&pupil, GiveBackLease { campaign: story.campaign, target: id }).await.unwrap();
        assert!(words(&app).await.leases.iter().all(|lease| lease.certificates.is_empty()));
        perform(&pupil, take).await.unwrap();
        assert!(read(&pupil, view()).await.unwrap().certificates.is_empty(), "a new way knows none");
    }

    async fn what_is_no_certificate_is_refused_by_name_and_kept_nowhere(app: TestApp) {
        let (story, id) = prepared(&app, URL).await;
        let pupil = hunting(&app, &story).await;
        let register = |pem: &str| RegisterCertificate { campaign: story.campaign, target: id, pem: pem.to_owned() };
        perform(&pupil, TakeLease { campaign: story.campaign, target: id }).await.unwrap();
        let key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI\n-----END PRIVATE KEY-----\n";
        let long = "x".repeat(20_000);
        let cut = OWN.replacen("MII", "", 1);
        let table = [
            ("", "certificate-error-no-certificate"),
            ("bonjour", "certificate-error-no-certificate"),
            (key, "certificate-error-private-key"),
            (&format!("{OWN}{key}"), "certificate-error-private-key"),
            (&format!("{OWN}{OTHER}"), "certificate-error-several"),
            (&cut, "certificate-error-unreadable"),
            (&long, "certificate-error-too-long"),
            (SHORT_KEY, "certificate-error-key-length"),
            (OTHER_KIND, "certificate-error-key"),
        ];
        for (pem, expected) in table {
            let asked = register(pem);
            assert!(!format!("{asked:?}").contains("BEGIN"));
            assert_eq!(problem(perform(&pupil, asked).await), expected);
        }
        assert!(words(&app).await.leases[0].certificates.is_empty());
        for pem in [OWN, OTHER, include_str!("../../../../sealing/src/certificate/p384.pem"),
            include_str!("../../../../sealing/src/certificate/ed.pem"), include_str!("../../../../sealing/src/certificate/rsa2048.pem")] {
            perform(&pupil, register(pem)).await.unwrap();
        }
        let sixth = include_str!("../../../../gateway/tests/it/data/stranger.pem");
        assert_eq!(problem(perform(&pupil, register(sixth)).await), "certificate-error-too-many");
        assert_eq!(words(&app).await.leases[0].certificates.len(), 5);
        app.clock.advance(400 * DAY);
        let closed = perform(&pupil, register(sixth)).await;
        assert!(matches!(closed, Err(Error::Conflict("error-target-closed"))), "{closed:?}");
    }

    async fn what_stops_a_way_is_told_to_the_gateway(app: TestApp) {
        let (story, id) = prepared(&app, URL).await;
        let organiser = story.organiser.context(&app);
        let pupil = hunting(&app, &story).await;
        let take = TakeLease { campaign: story.campaign, target: id };
        perform(&pupil, take.clone()).await.unwrap();
        let ways = async |app: &TestApp| words(app).await.leases.iter().map(|one| one.way).collect::<Vec<_>>();
        assert_eq!(ways(&app).await, [Way::Open]);

        let mark = |app: &TestApp| Context::system(app, SystemKind::Gateway);
        let before = read(&mark(&app), GatewayMark).await.unwrap();
        let stop = |stopped| StopTarget { campaign: story.campaign, target: id, stopped, reason: "La cible fuit".to_owned() };
        perform(&organiser, stop(true)).await.unwrap();
        assert!(read(&mark(&app), GatewayMark).await.unwrap() > before);
        assert!(!words(&app).await.targets[0].healthy);
        assert!(matches!(perform(&organiser, stop(true)).await, Err(Error::Conflict(_))));
        perform(&organiser, stop(false)).await.unwrap();
        assert!(words(&app).await.targets[0].healthy);

        let moved = |wanted| MoveCampaign { campaign: story.campaign, wanted, reason: "voilà".to_owned() };
        perform(&organiser, moved(MoveWanted::Suspend)).await.unwrap();
        assert_eq!(ways(&app).await, [Way::Paused]);
        perform(&organiser, moved(MoveWanted::Resume)).await.unwrap();
        assert_eq!(ways(&app).await, [Way::Open]);

        let page = read(&organiser, ViewCampaign(story.campaign)).await.unwrap();
        let hunter = page.record.people.iter().find(|p| p.participant.part == PersonPart::Hunter).unwrap();
        let suspend = |suspended| SetPersonSuspended {
            campaign: story.campaign,
            participant: hunter.participant.id,
            suspended,
            reason: "trop vite".to_owned(),
        };
        perform(&organiser, suspend(true)).await.unwrap();
        assert_eq!(ways(&app).await, [Way::Suspended]);
        perform(&organiser, suspend(false)).await.unwrap();

        let lease = read(&organiser, ViewTargets(story.campaign)).await.unwrap().leases[0].id;
        perform(&organiser, EndLease { campaign: story.campaign, lease }).await.unwrap();
        assert!(ways(&app).await.is_empty());
        perform(&pupil, take).await.unwrap();
        let leave = page.record.authorisations[0].id;
        let revoke = RevokeAuthorisationOf { authorisation: leave, reason: "incident".to_owned() };
        let signer = [story.mayor, story.vendor];
        let mut revoked = false;
        for who in signer {
            revoked |= perform(&who.context(&app), revoke.clone()).await.is_ok();
        }
        assert!(revoked);
        assert_eq!(ways(&app).await, [Way::Paused]);
    }

    async fn segments_are_kept_once_and_a_contradiction_is_journaled(app: TestApp) {
        let (story, id) = prepared(&app, URL).await;
        let pupil = hunting(&app, &story).await;
        perform(&pupil, TakeLease { campaign: story.campaign, target: id }).await.unwrap();
        let gateway = Context::system(&app, SystemKind::Gateway);
        let first = of(&story, 0, [0; 32]);
        assert_eq!(perform(&gateway, KeepSegment(first.clone())).await.unwrap(), KeptSegment::New);
        assert_eq!(perform(&gateway, KeepSegment(first.clone())).await.unwrap(), KeptSegment::Known);
        let other = SegmentRow { digest: [9; 32], ..first.clone() };
        assert_eq!(perform(&gateway, KeepSegment(other)).await.unwrap(), KeptSegment::Contradicts);
        let second = of(&story, 1, first.digest);
        assert_eq!(perform(&gateway, KeepSegment(second.clone())).await.unwrap(), KeptSegment::New);
        let torn = SegmentRow { counts: None, ..of(&story, 2, [7; 32]) };
        assert_eq!(perform(&gateway, KeepSegment(torn.clone())).await.unwrap(), KeptSegment::Contradicts);
        assert_eq!(words(&app).await.campaigns[0].last_segment, Some(torn));
        for who in [story.organiser, story.operator] {
            assert!(matches!(perform(&who.context(&app), KeepSegment(second.clone())).await, Err(Error::NotFound)));
            assert!(matches!(read(&who.context(&app), GatewayWords).await, Err(Error::NotFound)));
        }
        let lease = read(&story.organiser.context(&app), ViewTargets(story.campaign)).await.unwrap().leases[0].id;
        let refused = RefusedWay {
            campaign: story.campaign,
            lease: Some(lease),
            reason: "out_of_scope".to_owned(),
            count: 12,
            first: Timestamp(1),
            last: Timestamp(2),
        };
        perform(&gateway, NoteRefusals(vec![refused])).await.unwrap();
        app.settle().await;
    }

    async fn who_runs_a_campaign_sees_what_was_refused_and_never_to_whom(app: TestApp) {
        let (story, id) = prepared(&app, URL).await;
        let pupil = hunting(&app, &story).await;
        perform(&pupil, TakeLease { campaign: story.campaign, target: id }).await.unwrap();
        let gateway = Context::system(&app, SystemKind::Gateway);
        let organiser = story.organiser.context(&app);
        let pilot = joins(&app, &story, PersonPart::Pilot, "Pia Lote").await;
        let lease = read(&organiser, ViewTargets(story.campaign)).await.unwrap().leases[0].id;
        let now = app.clock.now();
        let refused = |reason: &str, count, ago: i64| RefusedWay {
            campaign: story.campaign,
            lease: Some(lease),
            reason: reason.to_owned(),
            count,
            first: now.plus(-ago - SECOND),
            last: now.plus(-ago),
        };
        let told = vec![
            refused("paused", 40, 8 * DAY),
            refused("too-fast", 3, 2 * DAY),
            refused("path-out-of-scope", 1, 60 * SECOND),
            refused("too-fast", 4, DAY),
        ];
        perform(&gateway, NoteRefusals(told)).await.unwrap();
        for who in [&organiser, &pilot.context(&app)] {
            let page = read(who, ViewTargets(story.campaign)).await.unwrap();
            let lines: Vec<_> = page.refused.iter().map(|one| (one.reason.as_str(), one.count)).collect();
            assert_eq!(lines, [("path-out-of-scope", 1), ("too-fast", 7)]);
            assert_eq!(page.refused[1].first, now.plus(-2 * DAY - SECOND));
            assert!(!format!("{:?}", page.refused).contains(&lease.to_string()));
        }
        for who in [story.mayor, story.vendor, story.operator, story.teacher] {
            assert!(matches!(read(&who.context(&app), ViewTargets(story.campaign)).await, Err(Error::NotFound)));
        }
    }

    async fn refusals_of_seven_days_are_all_gathered(app: TestApp) {
        let (story, _) = prepared(&app, URL).await;
        let gateway = Context::system(&app, SystemKind::Gateway);
        let refused = |reason: &str, now: Timestamp| RefusedWay {
            campaign: story.campaign,
            lease: None,
            reason: reason.to_owned(),
            count: 1,
            first: now,
            last: now,
        };
        perform(&gateway, NoteRefusals(vec![refused("paused", app.clock.now())])).await.unwrap();
        app.clock.advance(DAY);
        let many = (0..400).map(|_| refused("too-fast", app.clock.now())).collect();
        perform(&gateway, NoteRefusals(many)).await.unwrap();
        let seen = async || {
            let page = read(&story.organiser.context(&app), ViewTargets(story.campaign)).await.unwrap();
            assert!(!page.refused_more);
            page.refused.into_iter().map(|one| (one.reason, one.count)).collect::<Vec<_>>()
        };
        assert_eq!(seen().await, [("too-fast".to_owned(), 400), ("paused".to_owned(), 1)]);
        app.clock.advance(6 * DAY + SECOND);
        assert_eq!(seen().await, [("too-fast".to_owned(), 400)]);
    }

    async fn nobody_waits_for_a_gateway_that_stopped_where_nobody_has_an_access(app: TestApp) {
        let (story, id) = prepared(&app, URL).await;
        let pupil = hunting(&app, &story).await;
        let (campaign, organiser) = (story.campaign, story.organiser.context(&app));
        let lease = perform(&pupil, TakeLease { campaign, target: id }).await.unwrap().id;
        let gateway = Context::system(&app, SystemKind::Gateway);
        perform(&gateway, NoteRecorder { campaign, state: RecorderState::Open }).await.unwrap();
        app.clock.advance(600 * SECOND);
        let standing = async || read(&organiser, ViewTargets(campaign)).await.unwrap().recorder.standing;
        assert_eq!(standing().await, Standing::Silent);
        perform(&organiser, EndLease { campaign, lease }).await.unwrap();
        assert_eq!(standing().await, Standing::Idle);
    }

    async fn who_tests_and_who_runs_a_campaign_see_that_recording_is_closed(app: TestApp) {
        let (story, id) = prepared(&app, URL).await;
        let pupil = hunting(&app, &story).await;
        perform(&pupil, TakeLease { campaign: story.campaign, target: id }).await.unwrap();
        let gateway = Context::system(&app, SystemKind::Gateway);
        let organiser = story.organiser.context(&app);
        let note = async |state| perform(&gateway, NoteRecorder { campaign: story.campaign, state }).await.unwrap();
        let seen = async || {
            let page = read(&organiser, ViewTargets(story.campaign)).await.unwrap();
            let theirs = read(&pupil, ViewTarget(story.campaign)).await.unwrap();
            assert_eq!(theirs.recorder, Some(page.recorder));
            page.recorder
        };
        let journaled = async |app: &TestApp| {
            let page = read(&story.organiser.context(app), ViewCampaign(story.campaign)).await.unwrap();
            let kinds = page.history.iter().map(|line| line.kind.clone());
            kinds.filter(|kind| kind.starts_with("campaign.recorder")).count()
        };
        assert_eq!(seen().await.standing, Standing::Idle);
        note(RecorderState::Starting).await;
        note(RecorderState::Open).await;
        assert_eq!((seen().await.standing, journaled(&app).await), (Standing::Records, 0));
        let closed = app.clock.now();
        note(RecorderState::Full).await;
        app.clock.advance(60 * SECOND);
        note(RecorderState::Full).await;
        let found = seen().await;
        let after = |at: Option<Timestamp>| at.map(|at| at.since(closed) / SECOND);
        assert_eq!((found.standing, after(found.since), after(found.told_at)), (Standing::Full, Some(0), Some(60)));
        assert_eq!(journaled(&app).await, 1);
        app.clock.advance(200 * SECOND);
        assert_eq!(seen().await.standing, Standing::Silent);
        note(RecorderState::Open).await;
        assert_eq!((seen().await.standing, journaled(&app).await), (Standing::Records, 2));
        for who in [story.organiser, story.vendor, story.teacher] {
            let forged = NoteRecorder { campaign: story.campaign, state: RecorderState::Full };
            assert!(matches!(perform(&who.context(&app), forged).await, Err(Error::NotFound)));
        }
    }

    async fn nothing_is_told_once_the_campaign_is_closed(app: TestApp) {
        let (story, id) = prepared(&app, URL).await;
        let organiser = story.organiser.context(&app);
        let pupil = hunting(&app, &story).await;
        perform(&pupil, TakeLease { campaign: story.campaign, target: id }).await.unwrap();
        let told = words(&app).await;
        assert_eq!(told.again_at, Some(told.campaigns[0].closes_at));
        app.clock.advance(40 * DAY);
        app.settle().await;
        assert_eq!(words(&app).await.leases.len(), 1, "the gateway's own clock has closed the window");
        assert!(matches!(perform(&pupil, TakeLease { campaign: story.campaign, target: id }).await, Err(Error::Conflict(_))));
        let close = MoveCampaign { campaign: story.campaign, wanted: MoveWanted::Close, reason: String::new() };
        perform(&organiser, close).await.unwrap();
        assert!(words(&app).await.leases.is_empty());
        assert!(matches!(perform(&organiser, target(&story)).await, Err(Error::Conflict("error-campaign-over"))));
    }

    async fn a_role_that_ends_ends_the_way(app: TestApp) {
        let (story, id) = prepared(&app, URL).await;
        let pupil = hunting(&app, &story).await;
        perform(&pupil, TakeLease { campaign: story.campaign, target: id }).await.unwrap();
        assert_eq!(words(&app).await.leases[0].way, Way::Open);
        let page = read(&story.organiser.context(&app), ViewTargets(story.campaign)).await.unwrap();
        let hunter = page.record.people.iter().find(|one| one.participant.part == PersonPart::Hunter).unwrap();
        let administrator = app.person("Zoé Roux", Role::Administrator, hunter.organisation).await;
        perform(&administrator.context(&app), EndGrant(hunter.grant)).await.unwrap();
        assert!(words(&app).await.leases.is_empty(), "no way is left");
    }

    async fn a_duty_is_one_servers_until_it_says_nothing_for_long_enough(app: TestApp) {
        let system = Context::system(&app, SystemKind::Gateway);
        let take = |server, duty| TakeDuty { duty, server: uuid::Uuid::from_u128(server) };
        assert!(perform(&system, take(1, Duty::Hosting)).await.unwrap());
        assert!(!perform(&system, take(2, Duty::Hosting)).await.unwrap(), "it is the other's");
        assert!(perform(&system, take(2, Duty::Gateway)).await.unwrap(), "duties are apart");
        app.clock.advance(15 * SECOND);
        assert!(perform(&system, take(1, Duty::Hosting)).await.unwrap(), "held on");
        app.clock.advance(15 * SECOND);
        assert!(!perform(&system, take(2, Duty::Hosting)).await.unwrap());
        app.clock.advance(5 * SECOND);
        assert!(perform(&system, take(2, Duty::Hosting)).await.unwrap(), "the first said nothing");
        assert!(!perform(&system, take(1, Duty::Hosting)).await.unwrap());
        assert!(matches!(perform(&app.nobody(), take(3, Duty::Gateway)).await, Err(Error::NotFound)));
        let holder = async || read(&system, DutyHolder(Duty::Hosting)).await.unwrap();
        let give_back = |server| GiveDutyBack { duty: Duty::Hosting, server: uuid::Uuid::from_u128(server) };
        perform(&system, give_back(1)).await.unwrap();
        assert_eq!(holder().await, Some(uuid::Uuid::from_u128(2)), "it is not the first one's to give");
        perform(&system, give_back(2)).await.unwrap();
        assert_eq!(holder().await, None);
        assert!(perform(&system, take(1, Duty::Hosting)).await.unwrap(), "the next one has it at once");
        assert!(matches!(perform(&app.nobody(), give_back(1)).await, Err(Error::NotFound)));
    }

    async fn a_hosted_target_starts_when_somebody_needs_it_and_goes_with_the_campaign(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let own = |recipe: &str| DeclareTarget { sharing: Sharing::Own, ..hosted(&story, recipe) };
        let Err(Error::Invalid(problems)) = perform(&organiser, own("version = 1\n[services.web]\nimage = \"a:latest\"\n")).await else {
            panic!("taken");
        };
        assert!(problems.iter().all(|p| p.field == "recipe") && problems.len() > 1, "{problems:?}");
        let tag = problems.iter().find(|p| p.message == "target-recipe-tag").unwrap();
        assert!(tag.detail.as_deref().unwrap().starts_with("3 (services.web.image)"), "{tag:?}");
        perform(&organiser, own(RECIPE)).await.unwrap();
        let story = made_ready(&app, story).await;
        let id = read(&organiser, ViewTargets(story.campaign)).await.unwrap().targets[0].id;
        let pupil = hunting(&app, &story).await;
        perform(&pupil, TakeLease { campaign: story.campaign, target: id }).await.unwrap();
        perform(&pupil, TakeLease { campaign: story.campaign, target: id }).await.unwrap();
        let system = Context::system(&app, SystemKind::Gateway);
        let all = read(&system, InstancesToDrive { all: true }).await.unwrap();
        assert_eq!((all.len(), all[0].row.state), (1, InstanceState::Wanted));
        let told = words(&app).await;
        assert_eq!((told.targets[0].id, told.targets[0].at.clone()), (told.leases[0].target, Where::Nowhere));
        let instance = all[0].row.id;
        let address = "10.213.0.2:8080".parse().unwrap();
        let tell = async |driven| {
            let row = read(&system, InstancesToDrive { all: true }).await.unwrap().remove(0).row;
            let told = TellInstance { instance, state: row.state, since: row.since, driven };
            perform(&system, told).await.unwrap();
        };
        tell(Driven::Runs(address)).await;
        assert_eq!(words(&app).await.targets[0].at, Where::Hosted(address));
        let wish = |wish| MoveInstance { campaign: story.campaign, instance, wish };
        let foreign = perform(&story.operator.context(&app), wish(InstanceWish::Reset)).await;
        assert!(matches!(foreign, Err(Error::NotFound)));
        perform(&organiser, wish(InstanceWish::Reset)).await.unwrap();
        assert_eq!(words(&app).await.targets[0].at, Where::Nowhere);
        tell(Driven::Fails(InstanceProblem::Ended)).await;
        let line = read(&organiser, ViewTargets(story.campaign)).await.unwrap().targets[0].instances[0].clone();
        assert_eq!((line.state, line.problem, line.who.as_str()), (InstanceState::Failed, Some(InstanceProblem::Ended), "hibou"));
        perform(&organiser, wish(InstanceWish::Retry)).await.unwrap();
        tell(Driven::Runs(address)).await;
        tell(Driven::Again(None)).await;
        assert_eq!(read(&system, InstancesToDrive { all: true }).await.unwrap()[0].row.state, InstanceState::Wanted);
        tell(Driven::Runs(address)).await;
        tell(Driven::Again(Some(address))).await;
        assert_eq!(words(&app).await.targets[0].at, Where::Hosted(address));
        app.clock.advance(40 * DAY);
        app.settle().await;
        let close = MoveCampaign { campaign: story.campaign, wanted: MoveWanted::Close, reason: String::new() };
        perform(&organiser, close).await.unwrap();
        assert_eq!(read(&system, InstancesToDrive { all: true }).await.unwrap()[0].row.state, InstanceState::Leaving);
        tell(Driven::Gone).await;
        assert!(read(&system, InstancesToDrive { all: true }).await.unwrap().is_empty());
        let page = read(&organiser, ViewCampaign(story.campaign)).await.unwrap();
        assert!(page.history.iter().any(|line| line.kind == "campaign.instance_destroyed"));
    }
}
