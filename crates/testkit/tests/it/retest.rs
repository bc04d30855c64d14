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
        let over = read(&w.hunter.context(&app), ViewRetest(retest)).await.unwrap();
        assert_eq!((over.state, over.lapsed), (RetestState::Expired, Some(until)), "before the clock's job too");
        app.mails.take();
        app.run_jobs().await;
        let told_so = app.mails.to("lou.martin@example.org");
        assert!(told_so.iter().any(|mail| mail.subject.contains("délai d’un contre-test")), "{told_so:?}");
        let over = read(&w.hunter.context(&app), ViewRetest(retest)).await.unwrap();
        assert_eq!((over.state, over.lapsed, over.offered_to), (RetestState::Expired, Some(until), None));
        assert!(over.exploit.is_empty() && over.title.is_empty() && over.version.is_empty(), "nothing of it is theirs");
        let pool = read(&w.other_hunter.context(&app), ViewRetest(retest)).await.unwrap();
        assert_eq!((pool.state, pool.offered_to, pool.lapsed), (RetestState::Offered, Some(OfferedTo::Pool), None));
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
        assert_eq!(told(&app), ["vera.verifie@example.org", "victor.verifie@example.org"], "reminded once for all that time");
        app.clock.advance(60 * DAY);
        app.run_jobs().await;
        assert_eq!(told(&app), [""; 0], "and then left in peace");
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

    async fn those_who_are_asked_are_reminded_and_nobody_else(app: TestApp) {
        let w = world(&app).await;
        let retest = announced(&app, &w).await;
        app.settle().await;
        let told = |app: &TestApp| {
            let mut mails = app.mails.take();
            mails.retain(|mail| mail.subject.starts_with("Rappel"));
            assert!(!mails.iter().any(|mail| mail.text.contains("Injection") || mail.text.contains("Guichet")));
            let mut to: Vec<String> = mails.into_iter().map(|mail| mail.to).collect();
            to.sort();
            to
        };
        assert_eq!(told(&app), [""; 0]);
        app.clock.advance(4 * DAY);
        app.run_jobs().await;
        assert_eq!(told(&app), ["lou.martin@example.org"], "three days before the offer ends");
        perform(&w.hunter.context(&app), AnswerRetest { retest, accept: true }).await.unwrap();
        app.clock.advance(11 * DAY);
        app.run_jobs().await;
        assert_eq!(told(&app), ["lou.martin@example.org"], "and before their report is due");
        app.clock.advance(3 * DAY);
        app.run_jobs().await;
        app.clock.advance(7 * DAY);
        app.run_jobs().await;
        assert_eq!(told(&app), [""; 0], "the testers were told once");
        for _ in 0..2 {
            app.clock.advance(7 * DAY);
            app.run_jobs().await;
            assert_eq!(told(&app), ["vera.verifie@example.org", "victor.verifie@example.org"]);
        }
        perform(&w.verifier.context(&app), AnswerRetest { retest, accept: true }).await.unwrap();
        app.clock.advance(7 * DAY);
        app.run_jobs().await;
        assert_eq!(told(&app), [""; 0], "somebody took it");
        app.clock.advance(4 * DAY);
        app.run_jobs().await;
        assert_eq!(told(&app), ["vera.verifie@example.org"], "who reports it in time");
        app.settle().await;
    }

    async fn the_pool_is_of_accredited_testers(app: TestApp) {
        let w = world(&app).await;
        let retest = announced(&app, &w).await;
        perform(&w.hunter.context(&app), AnswerRetest { retest, accept: false }).await.unwrap();
        let asked = async || read(&w.other_hunter.context(&app), ViewRetest(retest)).await.is_ok();
        assert!(asked().await);
        let verified = "UPDATE report SET state = 'verified' WHERE id NOT IN (SELECT report_id FROM vulnerability_evidence)";
        let there = "UPDATE campaign_person SET suspended_at = NULL, until_at = NULL";
        let theirs = [
            ("UPDATE report SET state = 'submitted' WHERE id NOT IN (SELECT report_id FROM vulnerability_evidence)", verified),
            ("UPDATE report SET state = 'abusive' WHERE id NOT IN (SELECT report_id FROM vulnerability_evidence)", verified),
            (
                "UPDATE campaign_person SET suspended_at = from_at
                 WHERE person_id IN (SELECT reporter_id FROM report WHERE id NOT IN (SELECT report_id FROM vulnerability_evidence))",
                there,
            ),
            (
                "UPDATE campaign_person SET until_at = from_at
                 WHERE person_id IN (SELECT reporter_id FROM report WHERE id NOT IN (SELECT report_id FROM vulnerability_evidence))",
                there,
            ),
            (
                "UPDATE vulnerability SET tlp = 'RED'",
                "UPDATE vulnerability SET tlp = 'AMBER'",
            ),
        ];
        for (wrong, right) in theirs {
            app.tamper(wrong).await;
            assert!(!asked().await, "{wrong}");
            app.tamper(right).await;
            assert!(asked().await, "{right}");
        }
        app.tamper("UPDATE report SET state = 'submitted' WHERE id NOT IN (SELECT report_id FROM vulnerability_evidence)").await;
        app.clock.advance(7 * DAY);
        app.run_jobs().await;
        let next = read(&w.verifier.context(&app), ViewRetest(retest)).await.unwrap();
        assert_eq!(next.offered_to, Some(OfferedTo::Verifier));
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
