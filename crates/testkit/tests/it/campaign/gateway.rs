//! A hunter's tool goes through the gateway: what passes is recorded, found again and attached to a report.

use super::coverage::get;
use super::replay::replayed;
use super::target::{URL, hunting, prepared};
use super::*;
use authorization::SystemKind;
use domain::ids::{AttachmentId, VulnerabilityId};
use instance::gateway::{prepare, start};
use instance::settings::{GatewaySettings, Settings};
use recording::bundle::{Bundle, BundleLimits};
use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use testkit::browser::free_port;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;
use use_cases::coverage::ViewCoverage;
use use_cases::exchange::{Asked, EvidenceOf, PickInto, list_exchanges, pick_exchanges, show_evidence, show_exchange};
use use_cases::files::outgoing;
use use_cases::journal::LogProblem;
use use_cases::public::{CheckReceipt, ReceiptVerdict, ViewLog};
use use_cases::replay::{ViewReplay, begin_replay};
use use_cases::report::{
    ClaimReport, DownloadAttachment, Joining, RecordReproduction, ReportText, SaveDraft, SubmitReport, VerifyReport,
    ViewReport,
};
use use_cases::target::{Duty, DutyHolder, GivenLease, StopTarget, TakeLease, ViewTargets};
use use_cases::vulnerability::{DownloadEvidence, ViewVulnerability};

/// An application that answers every request with what it was asked; it ends with the test's process.
pub(super) fn upstream() -> SocketAddr {
    let listener = std::net::TcpListener::bind(("127.0.0.1", free_port())).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || echo(stream));
        }
    });
    address
}

fn echo(mut stream: std::net::TcpStream) {
    let mut asked = vec![0; 8192];
    while let Ok(read) = stream.read(&mut asked) {
        if read == 0 {
            return;
        }
        let text = String::from_utf8_lossy(&asked[..read]).into_owned();
        let fields = "Content-Type: text/plain\r\nSet-Cookie: session=tres-secret";
        let head = format!("HTTP/1.1 200 OK\r\n{fields}\r\nContent-Length: {}\r\n\r\n", text.len());
        if stream.write_all(format!("{head}{text}").as_bytes()).is_err() {
            return;
        }
    }
}

pub(super) struct Running {
    address: SocketAddr,
    pub(super) stop: CancellationToken,
}

pub(super) async fn gateway(app: &TestApp) -> Running {
    let settings = Settings {
        folder: app.folder().to_owned(),
        gateway: GatewaySettings {
            domain: Some("cibles.test".to_owned()),
            listen: format!("127.0.0.1:{}", free_port()),
            private_targets: true,
            ..GatewaySettings::default()
        },
        ..Settings::default()
    };
    let prepared = prepare(&settings.gateway)
        .await
        .unwrap_or_else(|trouble| panic!("{trouble}"));
    let address = prepared.address().unwrap();
    let stop = CancellationToken::new();
    start(&settings, app, Some(prepared), &stop).unwrap_or_else(|trouble| panic!("{trouble}"));
    Running { address, stop }
}

pub(super) async fn ask(gateway: &Running, lease: &GivenLease, path: &str) -> String {
    let mut stream = TcpStream::connect(gateway.address).await.unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {}.cibles.test\r\nBeffroi-Lease: {}\r\nConnection: close\r\n\r\n",
        lease.label, lease.credential
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// Asks until an answer holds a text, and gives how long that took; fails after five seconds.
pub(super) async fn until(gateway: &Running, lease: &GivenLease, wanted: &str) -> Duration {
    let begun = Instant::now();
    loop {
        let answer = ask(gateway, lease, "/portail").await;
        if answer.contains(wanted) {
            return begun.elapsed();
        }
        assert!(begun.elapsed() < Duration::from_secs(5), "{answer}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

each_engine! {
    async fn a_server_that_stops_gives_its_gateway_to_the_next_one(app: TestApp) {
        let (story, _) = prepared(&app, URL).await;
        let system = Context::system(&app, SystemKind::Gateway);
        let holder = async || read(&system, DutyHolder(Duty::Gateway)).await.unwrap();
        let becomes = async |held: bool| {
            let begun = Instant::now();
            while holder().await.is_some() != held {
                assert!(begun.elapsed() < Duration::from_secs(10), "held: {held}");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let path = addresses::target::list(story.campaign.0);
        let page = async || get(&app, story.organiser, &path).await.1;
        let first = gateway(&app).await;
        becomes(true).await;
        let server = holder().await.unwrap().to_string();
        let alone = page().await;
        assert!(alone.contains("Ce serveur tient la passerelle") && !alone.contains(&server), "{alone}");
        let app = app.with_settings(|settings| settings.several_servers = true);
        let page = async || get(&app, story.organiser, &path).await.1;
        assert!(page().await.contains(&server));
        // No time passes on the clock by which a duty lapses.
        first.stop.cancel();
        becomes(false).await;
        assert!(page().await.contains("Aucun serveur ne tient la passerelle"));
    }

    async fn what_a_hunter_sends_is_evidence_and_stops_when_it_must(app: TestApp) {
        let (story, id) = prepared(&app, &format!("http://{}", upstream())).await;
        let organiser = story.organiser.context(&app);
        let pupil = hunting(&app, &story).await;
        let gateway = gateway(&app).await;
        let lease = perform(&pupil, TakeLease { campaign: story.campaign, target: id }).await.unwrap();
        until(&gateway, &lease, "200 OK").await;
        let answer = ask(&gateway, &lease, "/portail/actes?n=1").await;
        assert!(answer.contains("GET /portail/actes?n=1 HTTP/1.1"), "{answer}");
        assert!(answer.to_lowercase().contains("host: guichet.guet.example"), "{answer}");
        assert!(!answer.contains(&lease.credential), "the target never sees the credential: {answer}");
        let outside = ask(&gateway, &lease, "/portail/admin").await;
        assert!(outside.contains("403") && outside.to_lowercase().contains("beffroi-refusal: path-out-of-scope"), "{outside}");

        let stop = |stopped| StopTarget { campaign: story.campaign, target: id, stopped, reason: "incident".to_owned() };
        perform(&organiser, stop(true)).await.unwrap();
        let took = until(&gateway, &lease, "503").await;
        assert!(took < Duration::from_secs(2), "{took:?}");
        perform(&organiser, stop(false)).await.unwrap();
        until(&gateway, &lease, "200 OK").await;

        gateway.stop.cancel();
        let found = list_until(&pupil, &story).await;
        let line = found.page.lines.iter().find(|line| line.path == "/portail/actes?n=1").unwrap();
        assert_eq!((line.method.as_str(), line.status), ("GET", Some(200)));
        assert!(found.page.lines.iter().all(|line| line.path != "/portail/admin"), "a refusal is no exchange");
        let detail = show_exchange(&pupil, story.campaign, &line.place).await.unwrap();
        assert!(detail.exchange.response.to_lowercase().contains("set-cookie: session=tres-secret"));
        for who in [story.organiser, story.operator, story.teacher] {
            let tried = list_exchanges(&who.context(&app), story.campaign, &Asked::default()).await;
            assert!(matches!(tried, Err(Error::NotFound)));
        }
        let none = pick_exchanges(&pupil, story.campaign, Some(PickInto::New(story.product)), Vec::new()).await;
        assert!(matches!(none, Err(Error::Invalid(_))));
        let places = vec![line.place.clone()];
        let report = pick_exchanges(&pupil, story.campaign, Some(PickInto::New(story.product)), places).await.unwrap();
        let view = read(&pupil, ViewReport(report)).await.unwrap();
        let attachment: AttachmentId = view.attachments[0].id;
        let own = show_evidence(&pupil, EvidenceOf { report, attachment }).await.unwrap();
        assert!(own.own && own.bundle.exchanges[0].response.contains("tres-secret"));
        proven(&app, &story, &pupil, EvidenceOf { report, attachment }).await;
        let tried = show_evidence(&organiser, EvidenceOf { report, attachment }).await;
        assert!(matches!(tried, Err(Error::NotFound)), "a draft is its author's");
        judged(&app, &story, &pupil, EvidenceOf { report, attachment }).await;
        app.settle().await;
        let covered = read(&organiser, ViewCoverage(story.campaign)).await.unwrap();
        let touched: Vec<&str> = covered.targets[0].shown.endpoints.iter().map(|one| one.path.as_str()).collect();
        assert_eq!((touched.as_slice(), covered.waiting), (["/portail", "/portail/actes"].as_slice(), 0));
    }
}

/// Saves the bundle whole, as its author may.
pub(super) async fn saved(app: &TestApp, by: &Context, of: EvidenceOf) -> Bundle {
    let asked = DownloadAttachment {
        report: of.report,
        attachment: of.attachment,
    };
    let (leave, name) = read(by, asked).await.unwrap();
    let file = outgoing(app, &leave, name, String::new()).await.unwrap();
    assert!(file.name.ends_with(".beffroi"), "{}", file.name);
    recording::bundle::read(file.bytes.as_slice(), BundleLimits::default()).unwrap()
}

fn proof(bundle: &Bundle, name: &str) -> Option<String> {
    let found = bundle.proofs.iter().find(|proof| proof.name == name)?;
    Some(String::from_utf8(found.bytes.clone()).unwrap())
}

/// The bundle leaves with the log's promise, and once a checkpoint covers it, with the proof that it was kept.
async fn proven(app: &TestApp, story: &Story, pupil: &Context, of: EvidenceOf) {
    let verifier = app.signer.verifier();
    let early = saved(app, pupil, of).await;
    assert_eq!(early.about.campaign, story.campaign.to_string());
    let fingerprint = &early.exchanges[0].1.target;
    let told = early
        .targets
        .iter()
        .find(|one| one.fingerprint == *fingerprint)
        .unwrap();
    assert!(told.description.contains("guichet.guet.example"), "{told:?}");
    assert!(!early.records.is_empty());
    let promise = proof(&early, "receipt.txt").unwrap();
    let receipt = sealing::parse_and_verify_receipt(&promise, &verifier).unwrap();
    assert_eq!(
        (receipt.content_digest, receipt.subject),
        (early.digest, format!("report {}", of.report))
    );
    assert_eq!(receipt.origin, "beffroi.test/sealed");
    assert_eq!(proof(&early, "log.tlog-proof"), None);
    assert_eq!(proof(&early, "log.vkey"), Some(format!("{}\n", verifier.to_text())));
    let page = show_evidence(pupil, of).await.unwrap();
    assert!(page.is_promised() && page.promise.unwrap().leaf_index.is_none());

    app.sequence().await;
    let late = saved(app, pupil, of).await;
    assert_eq!((late.digest, &late.exchanges), (early.digest, &early.exchanges));
    assert_eq!(proof(&late, "receipt.txt").unwrap(), promise, "the promise is the same");
    let inclusion = proof(&late, "log.tlog-proof").unwrap();
    let proven = sealing::verify_receipt_with_proof(&promise, &inclusion, &verifier).unwrap();
    let page = show_evidence(pupil, of).await.unwrap();
    assert_eq!(page.promise.unwrap().leaf_index, Some(proven.leaf_index));
    let public = read(
        &app.nobody(),
        CheckReceipt {
            receipt: promise,
            proof: inclusion,
        },
    )
    .await
    .unwrap();
    assert_eq!(
        (public.verdict, public.leaf_index),
        (ReceiptVerdict::InLog, Some(proven.leaf_index))
    );
    let shown = read(&app.nobody(), ViewLog).await.unwrap();
    assert!(
        !format!("{:?}", shown.entries).contains("evidence"),
        "the public log tells nothing of it"
    );

    app.settle().await;
    app.tamper("UPDATE attachment SET promise_id = (SELECT id FROM journal_entry WHERE kind = 'report.attached')")
        .await;
    let found = use_cases::journal::verify(app).await.unwrap();
    let problems: Vec<_> = found.iter().flat_map(|report| &report.problems).collect();
    assert_eq!(problems, [&LogProblem::Bundle(of.attachment)]);
    app.tamper("UPDATE attachment SET promise_id = (SELECT id FROM journal_entry WHERE kind = 'evidence.attached')")
        .await;
}

/// The report is handed in; its exchanges are replayed, and only then is it verified.
async fn judged(app: &TestApp, story: &Story, pupil: &Context, asked: EvidenceOf) {
    let report = asked.report;
    let filled = SaveDraft {
        report: Some(report),
        campaign: story.campaign,
        title: "Les actes se lisent sans compte".to_owned(),
        product: Some(story.product),
        asset: None,
        text: ReportText {
            steps: "Ouvrir la page".to_owned(),
            impact: "Tout se lit".to_owned(),
            proof: "Voir les échanges".to_owned(),
        },
        cwe: "CWE-862".to_owned(),
        vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N".to_owned(),
        collaborators: Vec::new(),
        bypass_of: None,
        seen: None,
    };
    perform(pupil, filled).await.unwrap();
    perform(pupil, SubmitReport { report }).await.unwrap();
    let verifier = story.operator.context(app);
    let shown = show_evidence(&verifier, asked).await.unwrap();
    assert!(!shown.own && !format!("{shown:?}").contains("tres-secret"), "{shown:?}");
    let refused = begin_replay(pupil, asked).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    perform(&verifier, ClaimReport { report }).await.unwrap();
    let tried = |replay, unreplayed: &str| RecordReproduction {
        report,
        text: "Vu".to_owned(),
        made_at: None,
        on_campaign_target: true,
        succeeded: true,
        replay,
        unreplayed: unreplayed.to_owned(),
        files: Vec::new(),
    };
    let verify = VerifyReport {
        report,
        vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N".to_owned(),
        reason: "Lecture sans droit".to_owned(),
        joining: Joining::Open(domain::vulnerability::Reach::Product),
        regression: false,
        no_bypass: false,
    };
    perform(&verifier, tried(None, "")).await.unwrap();
    let early = perform(&verifier, verify.clone()).await;
    assert!(
        matches!(early, Err(Error::Conflict("report-error-not-replayed"))),
        "{early:?}"
    );
    refused_while_stopped(app, story, &verifier, asked).await;
    let replay = replayed(app, &verifier, asked).await;
    let page = read(&verifier, ViewReplay { report, replay }).await.unwrap();
    assert_eq!((page.steps.len(), page.steps[0].trouble.as_str()), (1, ""), "{page:?}");
    assert!(page.steps[0].replayed.contains("200"), "{page:?}");
    assert!(!format!("{page:?}").contains("tres-secret"), "{page:?}");
    for who in [story.mayor, story.vendor, story.teacher] {
        let seen = read(&who.context(app), ViewReplay { report, replay }).await;
        assert!(matches!(seen, Err(Error::NotFound)));
    }
    let unknown = perform(&verifier, tried(Some(uuid::Uuid::from_u128(9)), "")).await;
    assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");
    perform(&verifier, tried(Some(replay), "")).await.unwrap();
    let vulnerability = perform(&verifier, verify).await.unwrap();
    app.settle().await;
    goes_on_without_secrets(app, story, vulnerability).await;
}

/// Nothing is sent while the campaign or its target is stopped.
async fn refused_while_stopped(app: &TestApp, story: &Story, verifier: &Context, asked: EvidenceOf) {
    let organiser = story.organiser.context(app);
    let moved = |wanted| MoveCampaign {
        campaign: story.campaign,
        wanted,
        reason: "incident".to_owned(),
    };
    perform(&organiser, moved(MoveWanted::Suspend)).await.unwrap();
    let refused = begin_replay(verifier, asked).await;
    assert!(
        matches!(refused, Err(Error::Conflict("replay-error-campaign"))),
        "{refused:?}"
    );
    perform(&organiser, moved(MoveWanted::Resume)).await.unwrap();
    let targets = read(&organiser, ViewTargets(story.campaign)).await.unwrap().targets;
    let stop = |stopped| StopTarget {
        campaign: story.campaign,
        target: targets[0].id,
        stopped,
        reason: "incident".to_owned(),
    };
    perform(&organiser, stop(true)).await.unwrap();
    let refused = begin_replay(verifier, asked).await;
    assert!(
        matches!(refused, Err(Error::Conflict("replay-error-no-target"))),
        "{refused:?}"
    );
    perform(&organiser, stop(false)).await.unwrap();
}

/// What was recorded is evidence of the vulnerability, and whoever saves it gets no secret of the hunter's.
async fn goes_on_without_secrets(app: &TestApp, story: &Story, vulnerability: VulnerabilityId) {
    let verifier = story.operator.context(app);
    let view = read(&verifier, ViewVulnerability(vulnerability)).await.unwrap();
    let files: Vec<_> = view.evidence.iter().flat_map(|one| &one.files).collect();
    let bundle = files.iter().find(|file| file.name.ends_with(".beffroi"));
    let attachment = bundle.unwrap_or_else(|| panic!("{files:?}")).id;
    let asked = DownloadEvidence {
        vulnerability,
        attachment,
    };
    let (leave, name) = read(&verifier, asked).await.unwrap();
    let file = outgoing(app, &leave, name, "Pédagogique".to_owned()).await.unwrap();
    assert_eq!(file.media_type, "application/json");
    let text = String::from_utf8(file.bytes).unwrap();
    assert!(
        text.contains("/portail/actes") && text.contains("Pédagogique"),
        "{text}"
    );
    assert!(!text.contains("tres-secret"), "{text}");
}

/// Lists until the last segment, which the gateway closes at its end, is known.
pub(super) async fn list_until(pupil: &Context, story: &Story) -> use_cases::exchange::ExchangesPage {
    let begun = Instant::now();
    loop {
        let found = list_exchanges(pupil, story.campaign, &Asked::default()).await.unwrap();
        if found.page.lines.len() > 1 {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "nothing was recorded");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
