//! Stories of what a vendor says in its own words: an advisory, and an answer per version.

use crate::vulnerability::{World, world};
use domain::version_status::VersionStatus;
use i18n::Lang;
use testkit::{Someone, TestApp, each_engine};
use use_cases::vulnerability::*;
use use_cases::{Error, perform, read};
use uuid::Uuid;

async fn words(app: &TestApp, w: &World, who: Someone) -> VendorWords {
    let view = read(&who.context(app), ViewVulnerability(w.vulnerability))
        .await
        .unwrap();
    view.vendor_words
}

fn publish(w: &World, seen: Option<Uuid>, text: &str) -> PublishAdvisory {
    PublishAdvisory {
        vulnerability: w.vulnerability,
        lang: Lang::Fr,
        seen,
        text: text.to_owned(),
    }
}

each_engine! {
    async fn a_vendor_publishes_its_own_advisory_and_answers_per_version(app: TestApp) {
        let w = world(&app).await;
        let vendor = w.vendor.context(&app);
        let untold = perform(&vendor, publish(&w, None, "Trop tôt")).await;
        assert!(matches!(untold, Err(Error::NotFound)), "{untold:?}");
        perform(&w.verifier.context(&app), NotifyVendor(w.vulnerability)).await.unwrap();
        perform(&vendor, Acknowledge(w.vulnerability)).await.unwrap();
        let fix = AnnounceFix { vulnerability: w.vulnerability, version: "6.0".to_owned(), note: String::new() };
        perform(&vendor, fix).await.unwrap();
        perform(&vendor, publish(&w, None, "Passez en **6.0**.")).await.unwrap();
        let form = read(&vendor, ViewVendorWords(w.vulnerability)).await.unwrap();
        let version = form.words.versions.iter().find(|line| line.name == "6.0").unwrap().id;
        let answer = |seen: Option<Uuid>, status: &str, reason: &str| AnswerVersions {
            vulnerability: w.vulnerability,
            answers: vec![TypedAnswer { version, seen, status: status.to_owned(), reason: reason.to_owned() }],
        };
        let bare = perform(&vendor, answer(None, "not_affected", " ")).await;
        assert!(matches!(bare, Err(Error::Invalid(_))), "{bare:?}");
        perform(&vendor, answer(None, "fixed", "Disponible sur l’espace client.")).await.unwrap();
        let meanwhile = perform(&vendor, answer(None, "not_affected", "Module absent.")).await;
        let Err(Error::Invalid(fields)) = meanwhile else { panic!("{meanwhile:?}") };
        assert_eq!(fields[0].message, "vulnerability-error-version-meanwhile");
        // The same answer twice is no other answer.
        perform(&vendor, answer(None, "fixed", "Disponible sur l’espace client.")).await.unwrap();
        for reader in [w.organiser, w.verifier, w.vendor] {
            let read = words(&app, &w, reader).await;
            assert_eq!(read.advisory["fr"], "Passez en **6.0**.");
            assert_eq!(read.versions.iter().map(|line| line.status).collect::<Vec<_>>(), [Some(VersionStatus::Fixed)]);
        }
        for stranger in [w.rival, w.hunter, w.confirmed] {
            let other = perform(&stranger.context(&app), publish(&w, None, "Faux")).await;
            assert!(matches!(other, Err(Error::NotFound)), "{other:?}");
            let other = read(&stranger.context(&app), ViewVendorWords(w.vulnerability)).await;
            assert!(matches!(other, Err(Error::NotFound)));
        }
        let seen = |form: &VendorWordsForm| form.words.marks.get("fr").copied();
        let form = read(&vendor, ViewVendorWords(w.vulnerability)).await.unwrap();
        for stale in [None, Some(w.vulnerability.0)] {
            let over = perform(&vendor, publish(&w, stale, "Par-dessus")).await;
            assert!(matches!(over, Err(Error::Stale)), "{over:?}");
        }
        perform(&vendor, publish(&w, seen(&form), "Passez en 6.0 ou 6.1.")).await.unwrap();
        let again = perform(&vendor, publish(&w, seen(&form), "Une seconde fois")).await;
        assert!(matches!(again, Err(Error::Stale)), "{again:?}");
        assert_eq!(words(&app, &w, w.organiser).await.advisory["fr"], "Passez en 6.0 ou 6.1.");
        let form = read(&vendor, ViewVendorWords(w.vulnerability)).await.unwrap();
        perform(&vendor, publish(&w, seen(&form), " ")).await.unwrap();
        assert!(words(&app, &w, w.organiser).await.advisory.is_empty(), "an empty one is taken back");
        app.settle().await;
    }
}
