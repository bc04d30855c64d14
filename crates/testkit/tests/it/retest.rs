//! Stories of retests that pass on: nothing was reported in time, or the tester has joined the vendor.

use crate::vulnerability::{World, world};
use domain::ids::RetestId;
use domain::retest::{OfferedTo, RetestState};
use domain::role::{GrantScope, Role};
use domain::time::{DAY, HOUR};
use i18n::Lang;
use testkit::{Someone, TestApp, each_engine};
use use_cases::desk::ViewDesk;
use use_cases::people::{Invite, take_up};
use use_cases::vulnerability::*;
use use_cases::{Error, perform, read};

/// Has a version announced and its retest asked for.
async fn announced(app: &TestApp, w: &World) -> RetestId {
    perform(&w.verifier.context(app), NotifyVendor(w.vulnerability))
        .await
        .unwrap();
    perform(&w.vendor.context(app), Acknowledge(w.vulnerability))
        .await
        .unwrap();
    let fix = AnnounceFix {
        vulnerability: w.vulnerability,
        version: "6.0".to_owned(),
        note: String::new(),
    };
    perform(&w.vendor.context(app), fix).await.unwrap();
    perform(&w.vendor.context(app), RequestRetest(w.vulnerability))
        .await
        .unwrap()
}

/// Has a retest asked for and accepted by the reporter.
async fn accepted(app: &TestApp, w: &World) -> RetestId {
    let retest = announced(app, w).await;
    let answer = AnswerRetest { retest, accept: true };
    perform(&w.hunter.context(app), answer).await.unwrap();
    retest
}

fn report(retest: RetestId) -> ReportRetest {
    ReportRetest {
        retest,
        outcome: "fixed".to_owned(),
        evidence: "Plus rien.".to_owned(),
    }
}

/// Gives what happened to the vulnerability, by its stable names.
async fn told(app: &TestApp, w: &World) -> Vec<String> {
    let view = read(&w.verifier.context(app), ViewVulnerability(w.vulnerability))
        .await
        .unwrap();
    view.history.into_iter().map(|line| line.kind).collect()
}

/// Somebody takes up a role of the vendor, to which it has invited them.
async fn joins_the_vendor(app: &TestApp, w: &World, who: Someone) {
    let organiser = app
        .person("Odile Organise", Role::Organiser, w.vendor_organisation)
        .await;
    let invite = Invite {
        organisation: w.vendor_organisation,
        role: Role::Member,
        scope: GrantScope::Organisation,
        label: String::new(),
        email: None,
    };
    let invited = perform(&organiser.context(app), invite).await.unwrap();
    take_up(&who.context(app), &invited.token, None, Lang::Fr, "essai")
        .await
        .unwrap();
}

each_engine! {
    async fn an_accepted_retest_has_a_term_and_then_passes_on(app: TestApp) {
        let w = world(&app).await;
        let retest = accepted(&app, &w).await;
        let view = read(&w.hunter.context(&app), ViewRetest(retest)).await.unwrap();
        let until = view.until.unwrap();
        assert_eq!(view.state, RetestState::Accepted);
        assert_eq!((until.since(app.app.clock.now()) + HOUR) / DAY, 14);
        let desk = read(&w.hunter.context(&app), ViewDesk).await.unwrap();
        assert!(desk.iter().any(|item| item.what == "vulnerability-desk-retest-make" && item.due == view.until));
        app.clock.set(until.plus(-HOUR));
        app.run_jobs().await;
        assert_eq!(read(&w.hunter.context(&app), ViewRetest(retest)).await.unwrap().state, RetestState::Accepted);
        app.clock.set(until);
        let late = perform(&w.hunter.context(&app), report(retest)).await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
        app.run_jobs().await;
        let pool = read(&w.other_hunter.context(&app), ViewRetest(retest)).await.unwrap();
        assert_eq!((pool.state, pool.offered_to), (RetestState::Offered, Some(OfferedTo::Pool)));
        assert!(told(&app, &w).await.contains(&"vulnerability.retest_overdue".to_owned()));
        perform(&w.other_hunter.context(&app), AnswerRetest { retest, accept: true }).await.unwrap();
        perform(&w.other_hunter.context(&app), report(retest)).await.unwrap();
        app.clock.advance(30 * DAY);
        app.run_jobs().await;
        let kept = read(&w.other_hunter.context(&app), ViewRetest(retest)).await.unwrap();
        assert_eq!(kept.state, RetestState::Reported, "what was reported in time does not expire");
        app.settle().await;
    }

    async fn an_offer_that_runs_out_goes_on_and_each_time_those_asked_are_told(app: TestApp) {
        let w = world(&app).await;
        let retest = announced(&app, &w).await;
        let told = |app: &TestApp| {
            let mails = app.mails.take();
            assert!(!mails.iter().any(|mail| mail.text.contains("Injection")));
            let mut to: Vec<String> = mails.into_iter().map(|mail| mail.to).collect();
            to.retain(|to| !to.starts_with("edith"));
            to.sort();
            to
        };
        app.settle().await;
        assert_eq!(told(&app), ["lou.martin@example.org"], "the reporter first, alone");
        app.clock.advance(7 * DAY);
        app.run_jobs().await;
        assert_eq!(told(&app), ["max.roux@example.org"], "then the other hunters");
        app.clock.advance(7 * DAY);
        app.run_jobs().await;
        assert_eq!(told(&app), ["vera.verifie@example.org", "victor.verifie@example.org"], "then the verifiers");
        app.clock.advance(60 * DAY);
        app.run_jobs().await;
        assert_eq!(told(&app), [""; 0], "who are asked until they answer");
        perform(&w.verifier.context(&app), AnswerRetest { retest, accept: true }).await.unwrap();
        let refuted = ReportRetest { outcome: "not_fixed".to_owned(), ..report(retest) };
        perform(&w.verifier.context(&app), refuted).await.unwrap();
        let judge = JudgeRetest { retest, confirm: true, reason: String::new() };
        perform(&w.second.context(&app), judge).await.unwrap();
        let view = read(&w.vendor.context(&app), ViewVulnerability(w.vulnerability)).await.unwrap();
        assert_eq!((view.record.vulnerability.round, view.retests[0].round), (2, 1), "the next round begins");
        let of_it = view.history.iter().filter(|line| line.retest == Some(retest)).count();
        assert_eq!(of_it, 9, "{:#?}", view.history);
        app.settle().await;
    }

    async fn a_tester_who_joins_the_vendor_no_longer_reports(app: TestApp) {
        let w = world(&app).await;
        let retest = accepted(&app, &w).await;
        joins_the_vendor(&app, &w, w.hunter).await;
        let conflict = perform(&w.hunter.context(&app), report(retest)).await;
        assert!(matches!(conflict, Err(Error::NotFound)), "{conflict:?}");
        let desk = read(&w.hunter.context(&app), ViewDesk).await.unwrap();
        assert!(!desk.iter().any(|item| item.what.contains("retest")), "{desk:?}");
        app.run_jobs().await;
        let pool = read(&w.other_hunter.context(&app), ViewRetest(retest)).await.unwrap();
        assert_eq!(pool.offered_to, Some(OfferedTo::Pool), "it passes on at once");
        assert!(matches!(read(&w.hunter.context(&app), ViewRetest(retest)).await, Err(Error::NotFound)));
        assert!(told(&app, &w).await.contains(&"vulnerability.retest_conflict".to_owned()));
        app.settle().await;
    }

    async fn a_reporter_who_has_joined_the_vendor_is_not_asked(app: TestApp) {
        let w = world(&app).await;
        joins_the_vendor(&app, &w, w.hunter).await;
        let retest = announced(&app, &w).await;
        let pool = read(&w.other_hunter.context(&app), ViewRetest(retest)).await.unwrap();
        assert_eq!(pool.offered_to, Some(OfferedTo::Pool));
        assert!(matches!(read(&w.hunter.context(&app), ViewRetest(retest)).await, Err(Error::NotFound)));
    }
}
