//! What supports a vulnerability: the files of its reports, and its vendor's own word.

use crate::candidacy::PDF;
use crate::report::reproduce;
use crate::report::world::{VECTOR, World};
use domain::disclosure::Disclosure;
use domain::ids::{AttachmentId, ProductId, ReportId, VulnerabilityId};
use domain::time::DAY;
use domain::vulnerability::{Origin, Reach, VulnerabilityState};
use testkit::{Someone, TestApp, each_engine};
use use_cases::files::{open_file, sweep};
use use_cases::report::{ClaimReport, Joining, ResumeVerification, SubmitReport, VerifyReport, attach_files};
use use_cases::vulnerability::{
    DeclareVulnerabilityOf, DownloadEvidence, NotifyVendor, ViewVulnerability, VulnerabilityView,
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
    report
}

async fn verify(app: &TestApp, world: &World, report: ReportId, joining: Joining) -> VulnerabilityId {
    let verify = VerifyReport {
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
    assert_eq!(name, "preuve.pdf");
    open_file(app, &leave).await
}

each_engine! {
    async fn the_files_of_a_verified_report_outlive_the_key_of_its_campaign(app: TestApp) {
        let world = World::open(&app).await;
        let report = reported(&app, &world).await;
        let id = verify(&app, &world, report, Joining::Open(Reach::Product)).await;
        let view = see(&app, world.organiser, id).await;
        let file = view.evidence[0].files[0].id;
        perform(&app.nobody(), DestroyCampaignKey(world.campaign)).await.unwrap();
        app.vault.forget_all();
        assert_eq!(download(&app, world.verifier, id, file).await.unwrap(), PDF);
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
        let file = see(&app, world.verifier, id).await.evidence[0].files[0].id;
        let verifier = world.verifier.context(&app);
        perform(&verifier, ResumeVerification { report, reason: "À revoir".to_owned() }).await.unwrap();
        let view = see(&app, world.verifier, id).await;
        assert!(view.evidence.is_empty() && !view.record.vulnerability.stands());
        assert!(matches!(download(&app, world.verifier, id, file).await, Err(Error::NotFound)));
        let early = perform(&verifier, NotifyVendor(id)).await;
        assert!(matches!(early, Err(Error::Conflict("vulnerability-error-unsupported"))));
        app.clock.advance(2 * DAY);
        assert_eq!(sweep(&app).await.unwrap(), 1);
        assert_eq!(verify(&app, &world, report, Joining::Join(id)).await, id);
        let view = see(&app, world.verifier, id).await;
        assert!(view.record.vulnerability.stands());
        assert_eq!(download(&app, world.verifier, id, view.evidence[0].files[0].id).await.unwrap(), PDF);
        perform(&verifier, NotifyVendor(id)).await.unwrap();
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
