//! Stories of the part `report`.

mod alike;
mod fields;
mod lists;
mod mine;
mod same_second;
mod search;
pub mod world;

use domain::ids::ReportId;
use domain::report::ReportState;
use domain::role::{GrantScope, Role};
use domain::time::{DAY, MINUTE};
use domain::vulnerability::Reach;
use testkit::{Someone, TestApp, each_engine};
use use_cases::report::{
    AddComment, AnswerInformation, AppealClosing, AskInformation, ClaimFilter, ClaimReport, CloseReport,
    ConfirmProposal, DecideReportAppeal, Joining, ListQueue, MyReports, ProposeAbusive, ProposeLateMerge,
    RecordReproduction, ReopenReport, ReportView, ResumeVerification, StateFilter, VerifyReport, ViewReport,
    WithdrawReport,
};
use use_cases::{Error, perform, read};
use world::{VECTOR, World};

async fn see(app: &TestApp, who: Someone, report: ReportId) -> ReportView {
    read(&who.context(app), ViewReport(report)).await.unwrap()
}

async fn hidden(app: &TestApp, who: Someone, report: ReportId) {
    assert!(matches!(
        read(&who.context(app), ViewReport(report)).await,
        Err(Error::NotFound)
    ));
}

fn closing(report: ReportId, closing: ReportState, original: Option<ReportId>) -> CloseReport {
    CloseReport {
        report,
        closing,
        reason: "Voilà pourquoi".to_owned(),
        original,
    }
}

pub async fn reproduce(app: &TestApp, who: Someone, report: ReportId) {
    let recorded = RecordReproduction {
        report,
        text: "Refait sur la cible".to_owned(),
        made_at: None,
        on_campaign_target: true,
        succeeded: true,
        replay: None,
        unreplayed: String::new(),
        files: Vec::new(),
    };
    perform(&who.context(app), recorded).await.unwrap();
}

fn verified(report: ReportId) -> VerifyReport {
    VerifyReport {
        regression: false,
        no_bypass: false,
        report,
        vector: VECTOR.to_owned(),
        reason: "Accès à tout".to_owned(),
        joining: Joining::Open(Reach::Product),
    }
}

fn queue() -> ListQueue {
    ListQueue {
        campaign: None,
        state: StateFilter::All,
        claim: ClaimFilter::Any,
        severity: None,
        order: use_cases::ports::ReportOrder::Age,
        reversed: false,
        page: Some(0),
    }
}

each_engine! {
    async fn a_report_is_reproduced_verified_and_taken_back(app: TestApp) {
        let world = World::open(&app).await;
        let report = world.submit(&app, world.hunter, "Lecture des dossiers").await;
        let verifier = world.verifier.context(&app);
        perform(&verifier, ClaimReport { report }).await.unwrap();
        let claimed = perform(&world.second.context(&app), ClaimReport { report }).await;
        assert!(matches!(claimed, Err(Error::Conflict("report-error-claimed"))));
        assert!(matches!(perform(&verifier, verified(report)).await, Err(Error::Conflict("report-error-not-reproduced"))));
        reproduce(&app, world.verifier, report).await;
        perform(&verifier, verified(report)).await.unwrap();
        let view = see(&app, world.hunter, report).await;
        assert_eq!(view.state, ReportState::Verified);
        assert!(view.vulnerability.is_some() && view.reproductions.is_empty());
        hidden(&app, world.vendor, report).await;
        let back = ResumeVerification { report, reason: "À revoir".to_owned() };
        perform(&verifier, back).await.unwrap();
        assert_eq!(see(&app, world.verifier, report).await.state, ReportState::InVerification);
        perform(&verifier, verified(report)).await.unwrap();
        app.settle().await;
    }

    async fn others_see_nothing_and_observers_an_outline(app: TestApp) {
        let world = World::open(&app).await;
        let draft = world.draft(&app, world.hunter, "Un brouillon").await;
        hidden(&app, world.verifier, draft).await;
        hidden(&app, world.organiser, draft).await;
        let report = world.submit(&app, world.hunter, "Lecture des dossiers").await;
        hidden(&app, world.rival, report).await;
        let stranger = app.stranger("Sam Neuf").await;
        hidden(&app, stranger, report).await;
        hidden(&app, world.vendor, report).await;
        let outline = see(&app, world.observer, report).await;
        assert!(outline.outline && outline.title.is_empty() && outline.authors.is_empty());
        assert!(!see(&app, world.organiser, report).await.may.judge);
        let torn = see(&app, world.torn, report).await;
        assert!(torn.conflict && !torn.may.judge);
        assert!(matches!(perform(&world.torn.context(&app), ClaimReport { report }).await, Err(Error::NotFound)));
        let taken = perform(&world.rival.context(&app), WithdrawReport { report, reason: String::new() }).await;
        assert!(matches!(taken, Err(Error::NotFound)));
        assert_eq!(read(&world.rival.context(&app), MyReports::default()).await.unwrap().lines.len(), 0);
        assert_eq!(read(&world.verifier.context(&app), queue()).await.unwrap().lines[0].title, "Lecture des dossiers");
        assert_eq!(read(&world.observer.context(&app), queue()).await.unwrap().lines[0].title, "");
        assert!(read(&world.rival.context(&app), queue()).await.is_err());
    }

    async fn a_verifier_who_belongs_to_the_vendor_judges_nothing_of_it(app: TestApp) {
        let world = World::open(&app).await;
        let report = world.submit(&app, world.hunter, "Lecture des dossiers").await;
        let (paid, maker) = (world.second, world.maker);
        assert!(see(&app, paid, report).await.may.judge);
        app.grant(paid, Role::Signatory, maker, GrantScope::Organisation).await;
        let view = see(&app, paid, report).await;
        assert!(view.conflict && !view.may.judge && !view.may.claim && !view.may.comment_internally);
        assert!(read(&paid.context(&app), queue()).await.unwrap().lines[0].conflict);
        let context = paid.context(&app);
        assert!(matches!(perform(&context, ClaimReport { report }).await, Err(Error::NotFound)));
        let close = closing(report, ReportState::Informative, None);
        assert!(matches!(perform(&context, close.clone()).await, Err(Error::NotFound)));
        assert!(matches!(perform(&context, verified(report)).await, Err(Error::NotFound)));
        perform(&world.verifier.context(&app), close).await.unwrap();
        let appeal = AppealClosing { report, grounds: "Regardez mieux".to_owned() };
        perform(&world.hunter.context(&app), appeal).await.unwrap();
        let decision = DecideReportAppeal { report, allowed: false, reason: "Rien de neuf".to_owned() };
        assert!(!see(&app, paid, report).await.may.decide);
        assert!(matches!(perform(&context, decision).await, Err(Error::NotFound)));
    }

    async fn the_author_of_a_duplicate_learns_only_a_date(app: TestApp) {
        let world = World::open(&app).await;
        let first = world.submit(&app, world.hunter, "Le premier").await;
        app.clock.advance(DAY);
        let later = world.submit(&app, world.rival, "Le même").await;
        let verifier = world.verifier.context(&app);
        assert!(perform(&verifier, closing(later, ReportState::Duplicate, None)).await.is_err());
        assert!(perform(&verifier, closing(first, ReportState::Duplicate, Some(later))).await.is_err());
        perform(&verifier, closing(later, ReportState::Duplicate, Some(first))).await.unwrap();
        let view = see(&app, world.rival, later).await;
        assert_eq!(view.state, ReportState::Duplicate);
        assert!(view.original_at.is_some() && view.original.is_none() && view.closing_reason.is_empty());
        assert!(view.history.iter().all(|one| one.why.is_empty()));
        assert_eq!(see(&app, world.verifier, later).await.original.map(|(id, _)| id), Some(first));
    }

    async fn a_closing_is_contested_once_before_another_verifier(app: TestApp) {
        let world = World::open(&app).await;
        for state in [ReportState::NotReproduced, ReportState::OutOfScope, ReportState::Informative] {
            let report = world.submit(&app, world.hunter, "Contesté").await;
            perform(&world.verifier.context(&app), closing(report, state, None)).await.unwrap();
            let appeal = AppealClosing { report, grounds: "Regardez mieux".to_owned() };
            perform(&world.hunter.context(&app), appeal.clone()).await.unwrap();
            let decision = DecideReportAppeal { report, allowed: false, reason: "Rien de neuf".to_owned() };
            let own = perform(&world.verifier.context(&app), decision.clone()).await;
            assert!(matches!(own, Err(Error::Conflict("report-error-same-verifier"))));
            perform(&world.second.context(&app), decision).await.unwrap();
            assert_eq!(see(&app, world.hunter, report).await.state, state);
            assert!(perform(&world.hunter.context(&app), appeal).await.is_err());
        }
        let late = world.submit(&app, world.hunter, "Trop tard").await;
        perform(&world.verifier.context(&app), closing(late, ReportState::Informative, None)).await.unwrap();
        app.clock.advance(15 * DAY);
        let appeal = AppealClosing { report: late, grounds: "Regardez mieux".to_owned() };
        assert!(matches!(perform(&world.hunter.context(&app), appeal).await, Err(Error::Conflict("report-error-too-late" | "error-not-in-this-state"))));
    }

    async fn the_administrator_says_how_long_people_have(app: TestApp) {
        let app = app.with_settings(|settings| {
            settings.limits.appeal_days = 2;
            settings.limits.claim_minutes = 10;
            settings.limits.reason = 30;
        });
        let world = World::open(&app).await;
        let report = world.submit(&app, world.hunter, "Un").await;
        perform(&world.verifier.context(&app), ClaimReport { report }).await.unwrap();
        let claimed = perform(&world.second.context(&app), ClaimReport { report }).await;
        assert!(matches!(claimed, Err(Error::Conflict("report-error-claimed"))));
        app.clock.advance(11 * MINUTE);
        perform(&world.second.context(&app), ClaimReport { report }).await.unwrap();
        let long = CloseReport { reason: "x".repeat(31), ..closing(report, ReportState::Informative, None) };
        assert!(matches!(perform(&world.second.context(&app), long).await, Err(Error::Invalid(_))));
        perform(&world.second.context(&app), closing(report, ReportState::Informative, None)).await.unwrap();
        assert_eq!(see(&app, world.hunter, report).await.times.appeal_days, 2);
        assert!(see(&app, world.hunter, report).await.may.appeal);
        app.clock.advance(2 * DAY);
        assert!(!see(&app, world.hunter, report).await.may.appeal);
    }

    async fn abuse_and_late_merges_take_two(app: TestApp) {
        let world = World::open(&app).await;
        let first = world.submit(&app, world.rival, "Le premier").await;
        let report = world.submit(&app, world.hunter, "Insultes").await;
        let verifier = world.verifier.context(&app);
        let second = world.second.context(&app);
        perform(&verifier, ProposeAbusive { report, reason: "Insultes".to_owned() }).await.unwrap();
        let alone = perform(&verifier, ConfirmProposal { report }).await;
        assert!(matches!(alone, Err(Error::Conflict("report-error-same-person"))));
        assert!(matches!(perform(&world.torn.context(&app), ConfirmProposal { report }).await, Err(Error::NotFound)));
        perform(&second, ConfirmProposal { report }).await.unwrap();
        assert_eq!(see(&app, world.hunter, report).await.state, ReportState::Abusive);
        let merged = world.submit(&app, world.hunter, "Le même").await;
        reproduce(&app, world.verifier, merged).await;
        perform(&verifier, verified(merged)).await.unwrap();
        let merge = ProposeLateMerge { report: merged, original: Some(first), reason: "Le même".to_owned() };
        perform(&verifier, merge).await.unwrap();
        perform(&second, ConfirmProposal { report: merged }).await.unwrap();
        assert_eq!(see(&app, world.hunter, merged).await.state, ReportState::Duplicate);
        app.settle().await;
    }

    async fn a_question_is_answered_or_closed_by_the_clock(app: TestApp) {
        let world = World::open(&app).await;
        let report = world.submit(&app, world.hunter, "Une question").await;
        let verifier = world.verifier.context(&app);
        let hunter = world.hunter.context(&app);
        let ask = AskInformation { report, question: "Quel compte ?".to_owned() };
        perform(&verifier, ask.clone()).await.unwrap();
        perform(&hunter, AnswerInformation { report, text: "Le mien".to_owned(), files: Vec::new() }).await.unwrap();
        perform(&verifier, ask).await.unwrap();
        app.run_jobs().await;
        app.clock.advance(30 * DAY);
        app.run_jobs().await;
        assert_eq!(see(&app, world.hunter, report).await.state, ReportState::ClosedUnanswered);
        perform(&hunter, ReopenReport { report, text: "Pardon".to_owned() }).await.unwrap();
        assert_eq!(see(&app, world.hunter, report).await.state, ReportState::InVerification);
        let inside = AddComment { report, internal: true, text: "Entre nous".to_owned() };
        assert!(matches!(perform(&hunter, inside.clone()).await, Err(Error::NotFound)));
        perform(&verifier, inside).await.unwrap();
        assert!(see(&app, world.hunter, report).await.comments.iter().all(|comment| !comment.internal));
        app.settle().await;
    }

    async fn observers_are_told_of_what_is_verified_as_critical_and_of_nothing_else(app: TestApp) {
        let world = World::open(&app).await;
        let verifier = world.verifier.context(&app);
        for (title, vector) in [
            ("Lecture des dossiers", VECTOR),
            ("Prise de contrôle", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"),
        ] {
            let report = world.submit(&app, world.hunter, title).await;
            perform(&verifier, ClaimReport { report }).await.unwrap();
            reproduce(&app, world.verifier, report).await;
            let verify = VerifyReport { vector: vector.to_owned(), ..verified(report) };
            perform(&verifier, verify).await.unwrap();
        }
        app.run_jobs().await;
        let mails = app.mails.to("omar.huit@example.org");
        let critical: Vec<_> = mails.iter().filter(|mail| mail.subject.contains("critique")).collect();
        assert_eq!(critical.len(), 1, "{mails:?}");
        assert!(!critical[0].text.contains("contrôle") && critical[0].text.contains("/failles/"));
        app.settle().await;
    }
}
