//! What supports a vulnerability: the files of its reports, and its vendor's own word.

use crate::candidacy::PDF;
use crate::report::reproduce;
use crate::report::world::{VECTOR, World};
use authorization::SystemKind;
use domain::disclosure::Disclosure;
use domain::ids::{AttachmentId, ProductId, ReportId, VulnerabilityId};
use domain::time::DAY;
use domain::vulnerability::{Origin, Reach, VulnerabilityState};
use testkit::{Someone, TestApp, each_engine};
use use_cases::desk::ViewDesk;
use use_cases::files::{open_file, sweep};
use use_cases::ports::Clock as _;
use use_cases::report::{
    AttachTo, ClaimReport, Joining, RecordReproduction, ResumeVerification, SubmitReport, VerifyReport, attach_files,
    stage_files,
};
use use_cases::vulnerability::{
    Acknowledge, DeclareVulnerabilityOf, Dispute, DownloadEvidence, Layer, NotifyVendor, ViewTexts, ViewVendorDesk,
    ViewVulnerability, VulnerabilityView, WriteTexts,
};
use use_cases::{Error, Outcome, Unit, UseCase, perform, read};
use uuid::Uuid;

struct DestroyCampaignKey(domain::ids::CampaignId);

impl UseCase for DestroyCampaignKey {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        unit.store.destroy_keys("campaign", self.0.0, unit.now).await?;
        Ok(())
    }
}

/// Hands in a report with a file.
async fn reported(app: &TestApp, world: &World) -> ReportId {
    let report = world.draft(app, world.hunter, "Lecture des dossiers").await;
    let hunter = world.hunter.context(app);
    let files = vec![("preuve.pdf".to_owned(), PDF.to_vec())];
    attach_files(&hunter, report, files).await.unwrap();
    perform(&hunter, SubmitReport { report }).await.unwrap();
    perform(&world.verifier.context(app), ClaimReport { report })
        .await
        .unwrap();
    reproduce(app, world.verifier, report).await;
    let verifier = world.verifier.context(app);
    for succeeded in [true, false] {
        let name = if succeeded { "refait.pdf" } else { "manque.pdf" };
        let files = vec![(name.to_owned(), PDF.to_vec())];
        let tried = RecordReproduction {
            report,
            text: "Refait".to_owned(),
            made_at: None,
            on_campaign_target: true,
            succeeded,
            replay: None,
            unreplayed: String::new(),
            files: stage_files(&verifier, report, AttachTo::Reproduction, files)
                .await
                .unwrap(),
        };
        perform(&verifier, tried).await.unwrap();
    }
    report
}

async fn verify(app: &TestApp, world: &World, report: ReportId, joining: Joining) -> VulnerabilityId {
    let verify = VerifyReport {
        regression: false,
        no_bypass: false,
        report,
        vector: VECTOR.to_owned(),
        reason: "Tout se lit".to_owned(),
        joining,
    };
    let id = perform(&world.verifier.context(app), verify).await.unwrap();
    app.settle().await;
    id
}

async fn see(app: &TestApp, by: Someone, id: VulnerabilityId) -> VulnerabilityView {
    read(&by.context(app), ViewVulnerability(id)).await.unwrap()
}

/// Gives the file of the evidence that is called so.
fn file(view: &VulnerabilityView, name: &str) -> AttachmentId {
    let files = &view.evidence[0].files;
    assert_eq!(files.len(), 2, "{files:?}");
    files.iter().find(|file| file.name == name).unwrap().id
}

async fn layers(app: &TestApp, id: VulnerabilityId) -> Vec<String> {
    read(&app.system(SystemKind::Clock), StoredLayers(id)).await.unwrap()
}

/// The layers that the database keeps, whoever may read them.
struct StoredLayers(VulnerabilityId);

impl UseCase for StoredLayers {
    type Output = Vec<String>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<String>> {
        let rows = unit.store.layers(self.0).await?;
        Ok(rows.into_iter().map(|row| row.layer).collect())
    }
}

async fn download(
    app: &TestApp,
    by: Someone,
    vulnerability: VulnerabilityId,
    attachment: AttachmentId,
) -> Outcome<Vec<u8>> {
    let asked = DownloadEvidence {
        vulnerability,
        attachment,
    };
    let (leave, name) = read(&by.context(app), asked).await?;
    assert!(["preuve.pdf", "refait.pdf"].contains(&name.as_str()), "{name}");
    open_file(app, &leave).await
}

each_engine! {
    async fn the_files_of_a_verified_report_outlive_the_key_of_its_campaign(app: TestApp) {
        let world = World::open(&app).await;
        let report = reported(&app, &world).await;
        let id = verify(&app, &world, report, Joining::Open(Reach::Product)).await;
        let view = see(&app, world.organiser, id).await;
        let proof = file(&view, "refait.pdf");
        let file = file(&view, "preuve.pdf");
        assert!(view.vector.as_deref() == Some(VECTOR) && view.cwe == Some(639));
        perform(&app.nobody(), DestroyCampaignKey(world.campaign)).await.unwrap();
        app.vault.forget_all();
        assert_eq!(download(&app, world.verifier, id, file).await.unwrap(), PDF);
        assert_eq!(download(&app, world.verifier, id, proof).await.unwrap(), PDF);
        for other in [world.rival, world.observer, world.vendor] {
            assert!(matches!(download(&app, other, id, file).await, Err(Error::NotFound)));
        }
        perform(&world.verifier.context(&app), NotifyVendor(id)).await.unwrap();
        assert_eq!(download(&app, world.vendor, id, file).await.unwrap(), PDF);
    }

    async fn evidence_leaves_with_its_report_and_what_nothing_supports_goes_no_further(app: TestApp) {
        let world = World::open(&app).await;
        let report = reported(&app, &world).await;
        let id = verify(&app, &world, report, Joining::Open(Reach::Product)).await;
        let file = file(&see(&app, world.verifier, id).await, "preuve.pdf");
        assert_eq!(layers(&app, id).await, ["details", "exploit", "title"]);
        let verifier = world.verifier.context(&app);
        perform(&verifier, ResumeVerification { report, reason: "À revoir".to_owned() }).await.unwrap();
        let view = see(&app, world.verifier, id).await;
        assert!(view.evidence.is_empty() && !view.record.vulnerability.stands());
        assert!(view.texts.is_empty() && view.vector.is_none() && view.cwe.is_none());
        assert!(layers(&app, id).await.is_empty());
        assert!(matches!(download(&app, world.verifier, id, file).await, Err(Error::NotFound)));
        let early = perform(&verifier, NotifyVendor(id)).await;
        assert!(matches!(early, Err(Error::Conflict("vulnerability-error-unsupported"))));
        app.clock.advance(2 * DAY);
        assert_eq!(sweep(&app).await.unwrap(), 2);
        assert_eq!(verify(&app, &world, report, Joining::Join(id)).await, id);
        let view = see(&app, world.verifier, id).await;
        assert!(view.record.vulnerability.stands() && view.vector.is_some());
        assert_eq!(view.texts[&(Layer::Title, "fr".to_owned())], "Lecture des dossiers");
        assert_eq!(download(&app, world.verifier, id, self::file(&view, "preuve.pdf")).await.unwrap(), PDF);
        perform(&verifier, NotifyVendor(id)).await.unwrap();
    }

    async fn nothing_waits_for_the_vendor_of_what_nothing_supports(app: TestApp) {
        let world = World::open(&app).await;
        let report = reported(&app, &world).await;
        let id = verify(&app, &world, report, Joining::Open(Reach::Product)).await;
        let (verifier, vendor) = (world.verifier.context(&app), world.vendor.context(&app));
        let lang = i18n::Lang::Fr;
        let shown = read(&verifier, ViewTexts { vulnerability: id, lang }).await.unwrap();
        let texts = vec![(Layer::Measures, "Filtrer.".to_owned()), (Layer::Details, "Réécrit.".to_owned())];
        perform(&verifier, WriteTexts { vulnerability: id, lang, revision: shown.revision, texts }).await.unwrap();
        perform(&verifier, NotifyVendor(id)).await.unwrap();
        assert_eq!(read(&vendor, ViewVendorDesk).await.unwrap().waiting.len(), 1);
        perform(&verifier, ResumeVerification { report, reason: "À revoir".to_owned() }).await.unwrap();
        assert_eq!(layers(&app, id).await, ["measures"]);
        let desk = read(&vendor, ViewVendorDesk).await.unwrap();
        assert_eq!((desk.waiting.len(), desk.elsewhere.len()), (0, 1));
        assert!(desk.elsewhere[0].due.is_none());
        assert!(read(&vendor, ViewDesk).await.unwrap().is_empty());
        let reason = "Voulu.".to_owned();
        let refused = [
            perform(&vendor, Acknowledge(id)).await,
            perform(&vendor, Dispute { vulnerability: id, reason }).await,
        ];
        for answer in refused {
            assert!(matches!(answer, Err(Error::Conflict("vulnerability-error-unsupported"))), "{answer:?}");
        }
        // Nobody is called late for what they could not answer.
        app.clock.advance(40 * DAY);
        app.run_jobs().await;
        assert!(app.mails.to("olga.quatre@example.org").is_empty());
        reproduce(&app, world.verifier, report).await;
        assert_eq!(verify(&app, &world, report, Joining::Join(id)).await, id);
        let view = see(&app, world.vendor, id).await;
        assert_eq!(view.texts[&(Layer::Title, "fr".to_owned())], "Lecture des dossiers");
        assert!(view.record.acknowledge_due.is_some_and(|due| due > app.clock.now()));
        assert_eq!(read(&vendor, ViewVendorDesk).await.unwrap().waiting.len(), 1);
        perform(&vendor, Acknowledge(id)).await.unwrap();
    }

    async fn a_vendor_opens_a_vulnerability_of_its_own_product(app: TestApp) {
        let world = World::open(&app).await;
        app.tamper("UPDATE programme SET published_at = 1").await;
        let declared = DeclareVulnerabilityOf {
            product: Some(ProductId(Uuid::from_u128(502))),
            programme: "programme".to_owned(),
            title: "Injection".to_owned(),
            details: "Le champ de recherche.".to_owned(),
            measures: "Filtrer les requêtes.".to_owned(),
            exploit: String::new(),
            vector: VECTOR.to_owned(),
            cwe: "CWE-89".to_owned(),
        };
        let vendor = world.vendor.context(&app);
        let empty = DeclareVulnerabilityOf { product: None, title: String::new(), cwe: "injection".to_owned(), ..declared.clone() };
        let Err(Error::Invalid(errors)) = perform(&vendor, empty).await else { panic!("taken") };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["title", "product", "cwe"]);
        for other in [world.verifier, world.organiser, world.hunter] {
            let refused = perform(&other.context(&app), declared.clone()).await;
            assert!(matches!(refused, Err(Error::NotFound)));
        }
        let id = perform(&vendor, declared).await.unwrap();
        app.settle().await;
        let view = see(&app, world.organiser, id).await;
        assert_eq!((view.level, view.record.vulnerability.state), (Disclosure::Exploit, VulnerabilityState::Acknowledged));
        assert_eq!((view.record.vulnerability.origin, view.record.vulnerability.stands()), (Origin::Vendor, true));
        assert!(view.record.fix_due.is_some() && view.may.read_sharing);
        assert_eq!(app.mails.to("olga.quatre@example.org").len(), 1);
        for other in [world.hunter, world.verifier] {
            assert!(matches!(read(&other.context(&app), ViewVulnerability(id)).await, Err(Error::NotFound)));
        }
    }
}
