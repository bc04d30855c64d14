//! Two people act on the same thing in the same second: one succeeds, the other is told so and loses nothing.

use super::fields::ask;
use super::world::World;
use super::*;
use axum::http::StatusCode;
use domain::organisation::OrganisationKind;
use use_cases::organisation::EndGrant;
use use_cases::ports::Clock as _;
use use_cases::vulnerability::{Acknowledge, Dispute, NotifyVendor};
use use_cases::{Context, Outcome, UseCase};

/// Does two things at once and demands one success and one clear answer.
async fn one_of<A: UseCase, B: UseCase>(first: (&Context, A), second: (&Context, B), told: &[&str]) {
    let (one, other) = tokio::join!(perform(first.0, first.1), perform(second.0, second.1));
    let (one, other): (Outcome<()>, Outcome<()>) = (one.map(drop), other.map(drop));
    let failed = match (one, other) {
        (Ok(()), Err(error)) | (Err(error), Ok(())) => error,
        both => panic!("one succeeds and one does not: {both:?}"),
    };
    match failed {
        Error::Conflict(sentence) => assert!(told.contains(&sentence), "{sentence}"),
        Error::Stale => {}
        other => panic!("{other:?}"),
    }
}

const LATE: &str = "error-not-in-this-state";

each_engine! {
    async fn two_verifiers_judge_one_report(app: TestApp) {
        let world = World::open(&app).await;
        let (one, other) = (world.verifier.context(&app), world.second.context(&app));
        let report = world.submit(&app, world.hunter, "Lecture des dossiers").await;
        let claimed = "report-error-claimed";
        one_of((&one, ClaimReport { report }), (&other, ClaimReport { report }), &[claimed]).await;
        let report = world.submit(&app, world.hunter, "Écriture des dossiers").await;
        let closed = closing(report, ReportState::Informative, None);
        one_of((&one, closed.clone()), (&other, closed), &[LATE, claimed]).await;
        let report = world.submit(&app, world.hunter, "Effacement des dossiers").await;
        perform(&one, ClaimReport { report }).await.unwrap();
        reproduce(&app, world.verifier, report).await;
        perform(&one, use_cases::report::ReleaseReport { report }).await.unwrap();
        let ask = AskInformation { report, question: "Avec quel compte ?".to_owned() };
        one_of((&one, verified(report)), (&other, ask), &[LATE, claimed]).await;
        app.settle().await;
    }

    async fn two_people_of_a_vendor_answer_one_vulnerability(app: TestApp) {
        let world = World::open(&app).await;
        let colleague = app.person("Edgar Onze", Role::VendorContact, world.maker).await;
        let report = world.submit(&app, world.hunter, "Lecture des dossiers").await;
        let verifier = world.verifier.context(&app);
        perform(&verifier, ClaimReport { report }).await.unwrap();
        reproduce(&app, world.verifier, report).await;
        let flaw = perform(&verifier, verified(report)).await.unwrap();
        perform(&verifier, NotifyVendor(flaw)).await.unwrap();
        let (one, other) = (world.vendor.context(&app), colleague.context(&app));
        one_of((&one, Acknowledge(flaw)), (&other, Acknowledge(flaw)), &[LATE]).await;
        let dispute = || Dispute { vulnerability: flaw, reason: "Ce n’est pas une faille".to_owned() };
        one_of((&one, dispute()), (&other, dispute()), &[LATE]).await;
        let typed = "dispute_reason=Cette+lecture+est+voulue+depuis+toujours";
        let (status, page) = ask(&app, colleague, &format!("/failles/{flaw}/contester"), Some(typed)).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains("Cette lecture est voulue depuis toujours"), "{page}");
        assert!(page.contains("Revenir à la faille"), "{page}");
        app.settle().await;
    }

    async fn two_administrators_end_one_role(app: TestApp) {
        let operator = app.organisation(OrganisationKind::Operator, "Exploitant").await;
        let one = app.person("Ada Noël", Role::Administrator, operator).await;
        let other = app.person("Alan Mai", Role::Administrator, operator).await;
        let leaving = app.person("Lise Juin", Role::Verifier, operator).await;
        let mut session = app.store.snapshot().await.unwrap();
        let grants = session.grants(leaving.id, app.clock.now()).await.unwrap();
        let grant = grants[0].id;
        drop(session);
        let (one, other) = (one.context(&app), other.context(&app));
        one_of((&one, EndGrant(grant)), (&other, EndGrant(grant)), &[LATE]).await;
    }

    async fn a_closing_that_came_too_late_keeps_what_was_typed(app: TestApp) {
        let world = World::open(&app).await;
        let report = world.submit(&app, world.hunter, "Lecture des dossiers").await;
        perform(&world.verifier.context(&app), closing(report, ReportState::Informative, None)).await.unwrap();
        let typed = "closing=out_of_scope&reason=Cette+adresse+n%27est+pas+au+p%C3%A9rim%C3%A8tre";
        let path = format!("/signalements/{report}/clore");
        let (status, page) = ask(&app, world.second, &path, Some(typed)).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains("est pas au périmètre"), "{page}");
    }

    async fn authors_are_reminded_before_their_time_to_answer_ends(app: TestApp) {
        let world = World::open(&app).await;
        let report = world.submit(&app, world.hunter, "Lecture des dossiers").await;
        let ask = AskInformation { report, question: "Avec quel compte ?".to_owned() };
        perform(&world.verifier.context(&app), ask.clone()).await.unwrap();
        app.settle().await;
        let reminded = || {
            let mails = app.mails.take();
            mails.into_iter().filter(|mail| mail.subject.contains("attend votre réponse")).collect::<Vec<_>>()
        };
        assert_eq!(reminded().len(), 0);
        app.clock.advance(23 * DAY);
        app.run_jobs().await;
        let mails = reminded();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains("7 jours") && !mails[0].text.contains("Lecture"), "{}", mails[0].text);
        let text = "Avec le compte d’essai".to_owned();
        perform(&world.hunter.context(&app), AnswerInformation { report, text, files: Vec::new() }).await.unwrap();
        app.clock.advance(6 * DAY);
        app.settle().await;
        assert_eq!(reminded().len(), 0, "it was answered");
    }
}
