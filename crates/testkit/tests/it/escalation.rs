//! Stories of a vendor that stays silent or late: it is reminded, then those who run the programme are told.

use crate::vulnerability::{World, world};
use domain::time::DAY;
use testkit::{TestApp, each_engine};
use use_cases::desk::ViewDesk;
use use_cases::vulnerability::*;
use use_cases::{perform, read};

const VENDOR: &str = "edith.edite@example.org";
const ORGANISER: &str = "ada.organise@example.org";

/// Lets days go by and gives how many mails the vendor and the organiser get then.
async fn after(app: &TestApp, days: i64) -> (usize, usize) {
    app.mails.take();
    app.clock.advance(days * DAY);
    app.run_jobs().await;
    (app.mails.to(VENDOR).len(), app.mails.to(ORGANISER).len())
}

/// Gives how often each kind of thing happened, of those that begin so.
async fn told(app: &TestApp, w: &World, kind: &str) -> usize {
    let view = read(&w.vendor.context(app), ViewVulnerability(w.vulnerability))
        .await
        .unwrap();
    view.history.iter().filter(|line| line.kind == kind).count()
}

async fn is_late_on_the_desk(app: &TestApp, w: &World) -> bool {
    let desk = read(&w.organiser.context(app), ViewDesk).await.unwrap();
    desk.iter().any(|item| item.what == "vulnerability-desk-silent")
}

async fn acknowledged(app: &TestApp, w: &World) {
    perform(&w.verifier.context(app), NotifyVendor(w.vulnerability))
        .await
        .unwrap();
    perform(&w.vendor.context(app), Acknowledge(w.vulnerability))
        .await
        .unwrap();
    app.settle().await;
}

each_engine! {
    async fn a_vendor_is_reminded_and_once_late_those_who_run_the_programme_are_told(app: TestApp) {
        let w = world(&app).await;
        perform(&w.verifier.context(&app), NotifyVendor(w.vulnerability)).await.unwrap();
        assert_eq!(after(&app, 3).await, (1, 0), "it is told, and has seven days to answer");
        assert_eq!(after(&app, 1).await, (1, 0), "three days before, it alone is reminded");
        assert_eq!(told(&app, &w, "vulnerability.vendor_reminded").await, 1);
        assert!(!is_late_on_the_desk(&app, &w).await);
        assert_eq!(after(&app, 2).await, (0, 0));
        assert_eq!(after(&app, 1).await, (1, 1), "at the end both are told");
        assert!(is_late_on_the_desk(&app, &w).await);
        assert_eq!(after(&app, 7).await, (1, 1));
        assert_eq!(after(&app, 7).await, (1, 1));
        assert_eq!(after(&app, 60).await, (0, 0), "then it only stands on the desk");
        assert_eq!(told(&app, &w, "vulnerability.vendor_silent").await, 3);
        let view = read(&w.organiser.context(&app), ViewVulnerability(w.vulnerability)).await.unwrap();
        assert_eq!(view.record.silence_level, 4);
        let about_the_flaw = |mail: &use_cases::ports::Mail| mail.text.contains("Injection") || mail.text.contains("Produit");
        assert!(!app.mails.all().iter().any(about_the_flaw));
        perform(&w.vendor.context(&app), Acknowledge(w.vulnerability)).await.unwrap();
        assert!(!is_late_on_the_desk(&app, &w).await, "whoever answers is late no more");
        app.settle().await;
    }

    async fn a_fix_that_is_late_is_escalated_until_it_is_announced(app: TestApp) {
        let w = world(&app).await;
        acknowledged(&app, &w).await;
        assert_eq!(after(&app, 26).await, (0, 0), "what is critical has thirty days");
        assert_eq!(after(&app, 1).await, (1, 0));
        assert_eq!(after(&app, 3).await, (1, 1));
        assert_eq!(told(&app, &w, "vulnerability.fix_late").await, 1);
        assert!(is_late_on_the_desk(&app, &w).await);
        perform(&w.organiser.context(&app), Escalate(w.vulnerability)).await.unwrap();
        assert_eq!(told(&app, &w, "vulnerability.fix_late").await, 1, "a step is never taken twice");
        let fix = AnnounceFix { vulnerability: w.vulnerability, version: "6.0".to_owned(), note: String::new() };
        perform(&w.vendor.context(&app), fix).await.unwrap();
        assert_eq!(after(&app, 4).await, (1, 0), "its retest is to be asked for within seven days");
        assert_eq!(after(&app, 3).await, (1, 1));
        assert_eq!(told(&app, &w, "vulnerability.retest_late").await, 1);
        assert!(is_late_on_the_desk(&app, &w).await);
        perform(&w.vendor.context(&app), RequestRetest(w.vulnerability)).await.unwrap();
        assert!(!is_late_on_the_desk(&app, &w).await);
        assert_eq!(after(&app, 30).await, (0, 0));
        app.settle().await;
    }

    async fn a_fix_that_is_rated_anew_is_due_by_its_new_severity(app: TestApp) {
        let w = world(&app).await;
        acknowledged(&app, &w).await;
        let acknowledged = app.app.clock.now();
        app.clock.advance(10 * DAY);
        let rate = RateVulnerability {
            vulnerability: w.vulnerability,
            vector: "CVSS:3.1/AV:N/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N".to_owned(),
            reason: "Il faut un compte et un clic.".to_owned(),
        };
        perform(&w.verifier.context(&app), rate).await.unwrap();
        let view = read(&w.vendor.context(&app), ViewVulnerability(w.vulnerability)).await.unwrap();
        let due = view.record.fix_due.unwrap();
        assert!((due.since(acknowledged) - 180 * DAY).abs() < DAY, "from its acknowledgement: {due:?}");
        assert_eq!(after(&app, 60).await, (0, 0), "what was due before is so no more");
        assert_eq!(told(&app, &w, "vulnerability.vendor_reminded").await, 0);
        app.settle().await;
    }

    async fn a_step_that_comes_too_early_since_delays_were_changed_comes_again(app: TestApp) {
        let w = world(&app).await;
        app.tamper("UPDATE programme SET settings = '{\"vendor_reminder_days\": 10}'").await;
        acknowledged(&app, &w).await;
        app.tamper("UPDATE programme SET settings = '{\"vendor_reminder_days\": 3}'").await;
        assert_eq!(after(&app, 20).await, (0, 0), "the step that was queued comes too early");
        assert_eq!(after(&app, 7).await, (1, 0), "and again in time");
        assert_eq!(after(&app, 3).await, (1, 1));
        app.tamper("UPDATE programme SET settings = '{\"vendor_reminder_days\": 3, \"escalation_days\": 14}'").await;
        assert_eq!(after(&app, 7).await, (0, 0));
        assert_eq!(after(&app, 7).await, (1, 1), "both are told again, later than was said first");
        app.settle().await;
    }

    async fn a_vendor_that_contests_or_refuses_and_comes_back_has_no_more_time(app: TestApp) {
        let w = world(&app).await;
        acknowledged(&app, &w).await;
        let seen = |view: VulnerabilityView| (view.record.fix_due, view.record.acknowledged_at);
        let view = || ViewVulnerability(w.vulnerability);
        let first = seen(read(&w.vendor.context(&app), view()).await.unwrap());
        let due = first.0.unwrap();
        let vendor = w.vendor.context(&app);
        let dispute = || Dispute { vulnerability: w.vulnerability, reason: "Voulu.".to_owned() };
        app.clock.advance(10 * DAY);
        perform(&vendor, dispute()).await.unwrap();
        app.clock.advance(5 * DAY);
        perform(&vendor, Acknowledge(w.vulnerability)).await.unwrap();
        assert_eq!(seen(read(&vendor, view()).await.unwrap()), first, "its own dispute gives it no time");
        let refuse = RefuseFix { vulnerability: w.vulnerability, reason: "Fin de vie.".to_owned() };
        perform(&vendor, refuse).await.unwrap();
        app.clock.advance(5 * DAY);
        perform(&vendor, Reconsider(w.vulnerability)).await.unwrap();
        assert_eq!(seen(read(&vendor, view()).await.unwrap()), first);
        perform(&vendor, dispute()).await.unwrap();
        app.clock.advance(4 * DAY);
        let uphold = Uphold { vulnerability: w.vulnerability, reason: "Cela se rejoue.".to_owned() };
        perform(&w.second.context(&app), uphold).await.unwrap();
        let upheld = seen(read(&vendor, view()).await.unwrap());
        let held_up = upheld.0.unwrap().since(due);
        assert!((4 * DAY..4 * DAY + DAY / 24).contains(&held_up), "only what others took to decide: {held_up}");
        assert_eq!(upheld.1, first.1, "it was acknowledged once");
        assert_eq!(after(&app, 9).await, (1, 0), "the ladder goes on from there");
        app.settle().await;
    }
}
