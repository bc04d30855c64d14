//! Stories of a fix that a hunter gets around, and of one that no longer holds.

use crate::report::reproduce;
use crate::report::world::{VECTOR, World};
use authorization::SystemKind;
use domain::bypass::KnownBy;
use domain::ids::{OrganisationId, ReportId, RetestId, VulnerabilityId};
use domain::organisation::OrganisationKind;
use domain::position::PositionState;
use domain::role::{GrantScope, Role};
use domain::vulnerability::{Reach, VulnerabilityState};
use testkit::{Someone, TestApp, each_engine};
use use_cases::ports::PositionRow;
use use_cases::report::{
    ClaimReport, Joining, ReportText, ResumeVerification, SaveDraft, SubmitReport, VerifyReport, ViewReport,
    ViewReportForm,
};
use use_cases::vulnerability::{
    Acknowledge, AnnounceFix, AnswerRetest, AnswerVersions, JudgeRetest, Merge, NotifyVendor, ReportRetest,
    RequestRetest, TypedAnswer, ViewRetest, ViewVendorWords, ViewVulnerability,
};
use use_cases::{Error, Outcome, Unit, UseCase, perform, read};

/// Writes and hands in a report that says it gets around a fix.
async fn reported(app: &TestApp, w: &World, by: Someone, bypass_of: Option<VulnerabilityId>) -> Outcome<ReportId> {
    let draft = SaveDraft {
        report: None,
        campaign: w.campaign,
        title: "Autre chemin".to_owned(),
        product: None,
        asset: None,
        text: ReportText {
            steps: "1. Ouvrir".to_owned(),
            impact: "Tout lire".to_owned(),
            proof: String::new(),
        },
        cwe: "CWE-639".to_owned(),
        vector: VECTOR.to_owned(),
        collaborators: Vec::new(),
        bypass_of,
        seen: None,
    };
    let report = perform(&by.context(app), draft).await?;
    perform(&by.context(app), SubmitReport { report }).await?;
    perform(&w.verifier.context(app), ClaimReport { report }).await?;
    reproduce(app, w.verifier, report).await;
    Ok(report)
}

/// Notes that a town is up to date with a flaw.
struct UpToDate(VulnerabilityId, OrganisationId);

impl UseCase for UpToDate {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let row = PositionRow {
            id: unit.fresh_id(),
            vulnerability: self.0,
            organisation: self.1,
            state: PositionState::UpToDate,
            informed_at: Some(unit.now),
            read_at: Some(unit.now),
            answered_at: Some(unit.now),
            answered_by: None,
            reason: None,
            acceptance: None,
            acceptance_until: None,
            proposal: None,
            own: None,
            declared_late: false,
            left_at: None,
            revision: 1,
        };
        Ok(unit.store.insert_position(&row).await?)
    }
}

/// Gives where the deployers of a flaw stand.
struct States(VulnerabilityId);

impl UseCase for States {
    type Output = Vec<PositionState>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<PositionState>> {
        let rows = unit.store.positions(self.0).await?;
        Ok(rows.into_iter().map(|row| row.state).collect())
    }
}

fn verify(report: ReportId, joining: Joining) -> VerifyReport {
    VerifyReport {
        report,
        vector: VECTOR.to_owned(),
        reason: "Tout se lit".to_owned(),
        joining,
        regression: false,
        no_bypass: false,
    }
}

/// Has a first flaw reported and verified, a fix announced and its retest accepted by its reporter.
async fn retested(app: &TestApp, w: &World) -> (VulnerabilityId, RetestId) {
    let report = reported(app, w, w.hunter, None).await.unwrap();
    let verifier = w.verifier.context(app);
    let id = perform(&verifier, verify(report, Joining::Open(Reach::Product)))
        .await
        .unwrap();
    perform(&verifier, NotifyVendor(id)).await.unwrap();
    let vendor = w.vendor.context(app);
    perform(&vendor, Acknowledge(id)).await.unwrap();
    let early = read(&w.hunter.context(app), ViewReportForm::New(w.campaign))
        .await
        .unwrap();
    assert!(
        early.bypasses.is_empty(),
        "nothing is announced that could be got around"
    );
    let fix = AnnounceFix {
        vulnerability: id,
        version: "9.1".to_owned(),
        note: String::new(),
    };
    perform(&vendor, fix).await.unwrap();
    let retest = perform(&vendor, RequestRetest(id)).await.unwrap();
    let hunter = w.hunter.context(app);
    perform(&hunter, AnswerRetest { retest, accept: true }).await.unwrap();
    (id, retest)
}

/// Has that retest reported and confirmed: the flaw is fixed.
async fn fixed(app: &TestApp, w: &World) -> VulnerabilityId {
    let (id, retest) = retested(app, w).await;
    let hunter = w.hunter.context(app);
    let said = ReportRetest {
        retest,
        outcome: "fixed".to_owned(),
        evidence: "Plus rien.".to_owned(),
    };
    perform(&hunter, said).await.unwrap();
    let offered = read(&hunter, ViewRetest(retest)).await.unwrap().bypass;
    assert_eq!(
        offered,
        Some((w.campaign, id)),
        "a retest leads to the report of a bypass"
    );
    let judge = JudgeRetest {
        retest,
        confirm: true,
        reason: String::new(),
    };
    perform(&w.second.context(app), judge).await.unwrap();
    id
}

each_engine! {
    async fn a_bypass_is_a_new_report_that_links_two_flaws(app: TestApp) {
        let w = World::open(&app).await;
        let old = fixed(&app, &w).await;
        let form = read(&w.hunter.context(&app), ViewReportForm::New(w.campaign)).await.unwrap();
        assert_eq!(form.bypasses.iter().map(|one| (one.id, one.known)).collect::<Vec<_>>(), [(old, KnownBy::Retested)]);
        let rival = read(&w.rival.context(&app), ViewReportForm::New(w.campaign)).await.unwrap();
        assert!(rival.bypasses.is_empty(), "who neither reported nor retested it learns nothing of it");
        let refused = reported(&app, &w, w.rival, Some(old)).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");

        let report = reported(&app, &w, w.hunter, Some(old)).await.unwrap();
        let seen = read(&w.verifier.context(&app), ViewReport(report)).await.unwrap();
        assert_eq!(seen.bypass.unwrap().open, Some((old, "V-1".to_owned())), "the verifier is led to it");
        let own = read(&w.hunter.context(&app), ViewReport(report)).await.unwrap();
        assert_eq!(own.bypass.unwrap().open, None);
        let verifier = w.verifier.context(&app);
        let new = perform(&verifier, verify(report, Joining::Open(Reach::Product))).await.unwrap();
        assert_ne!(new, old);
        let after = read(&verifier, ViewVulnerability(new)).await.unwrap();
        assert_eq!(after.bypasses.iter().map(|one| one.id).collect::<Vec<_>>(), [old]);
        let before = read(&verifier, ViewVulnerability(old)).await.unwrap();
        assert_eq!(before.bypassed_by.iter().map(|one| one.id).collect::<Vec<_>>(), [new]);
        assert_eq!(before.record.vulnerability.state, VulnerabilityState::Fixed, "its own fix holds");
        assert_eq!(before.history[0].kind, "vulnerability.bypassed");
        let vendor = read(&w.vendor.context(&app), ViewVulnerability(old)).await.unwrap();
        assert!(vendor.bypassed_by.is_empty(), "its vendor was not told of the new one");
        assert!(!vendor.history.iter().any(|line| line.kind == "vulnerability.bypassed"));
        perform(&verifier, NotifyVendor(new)).await.unwrap();
        let vendor = read(&w.vendor.context(&app), ViewVulnerability(old)).await.unwrap();
        assert_eq!(vendor.bypassed_by.iter().map(|one| one.id).collect::<Vec<_>>(), [new]);
        app.settle().await;
    }

    async fn a_verifier_finds_that_it_is_no_bypass(app: TestApp) {
        let w = World::open(&app).await;
        let old = fixed(&app, &w).await;
        let report = reported(&app, &w, w.hunter, Some(old)).await.unwrap();
        let verifier = w.verifier.context(&app);
        let no = VerifyReport { no_bypass: true, ..verify(report, Joining::Open(Reach::Product)) };
        let new = perform(&verifier, no).await.unwrap();
        assert!(read(&verifier, ViewVulnerability(new)).await.unwrap().bypasses.is_empty());
        assert!(read(&verifier, ViewVulnerability(old)).await.unwrap().bypassed_by.is_empty());
        let back = ResumeVerification { report, reason: "À revoir".to_owned() };
        perform(&verifier, back).await.unwrap();
        let seen = read(&verifier, ViewReport(report)).await.unwrap();
        assert!(seen.bypass.is_some(), "what its author said stands again");
        app.settle().await;
    }

    async fn two_programmes_learn_nothing_of_each_other_by_a_bypass(app: TestApp) {
        let w = World::open(&app).await;
        let old = fixed(&app, &w).await;
        let there = w.elsewhere(&app).await;
        let report = reported(&app, &there, w.hunter, Some(old)).await.unwrap();
        let verifier = there.verifier.context(&app);
        let new = perform(&verifier, verify(report, Joining::Open(Reach::Product))).await.unwrap();
        for (reader, flaw) in [(w.organiser, old), (w.verifier, old), (there.organiser, new), (there.verifier, new)] {
            let view = read(&reader.context(&app), ViewVulnerability(flaw)).await.unwrap();
            assert!(view.may.coordinate && view.bypasses.is_empty() && view.bypassed_by.is_empty());
            let named = |line: &&use_cases::vulnerability::HistoryLine| line.kind.contains("bypass");
            assert!(view.history.iter().find(named).is_none(), "{:#?}", view.history);
        }
        app.grant(w.organiser, Role::Organiser, there.owner, GrantScope::Organisation).await;
        let both = read(&w.organiser.context(&app), ViewVulnerability(old)).await.unwrap();
        assert_eq!(both.history[0].kind, "vulnerability.bypassed", "who handles both is told");
        app.settle().await;
    }

    async fn who_no_longer_hunts_there_names_nothing_they_knew(app: TestApp) {
        let w = World::open(&app).await;
        let old = fixed(&app, &w).await;
        let there = w.elsewhere(&app).await;
        let form = || ViewReportForm::New(there.campaign);
        let hunter = w.hunter.context(&app);
        let before = read(&hunter, form()).await.unwrap();
        assert_eq!(before.bypasses.iter().map(|one| one.id).collect::<Vec<_>>(), [old]);
        app.tamper(
            "UPDATE campaign_person SET until_at = from_at + 1 WHERE campaign_id IN (SELECT campaign_id FROM report)",
        )
        .await;
        assert!(read(&hunter, form()).await.unwrap().bypasses.is_empty(), "the part that told them of it has ended");
        let refused = reported(&app, &there, w.hunter, Some(old)).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }

    async fn a_merge_ends_the_retest_and_keeps_what_gets_around_the_fix(app: TestApp) {
        let w = World::open(&app).await;
        let (old, retest) = retested(&app, &w).await;
        let verifier = w.verifier.context(&app);
        let around = reported(&app, &w, w.hunter, Some(old)).await.unwrap();
        let around = perform(&verifier, verify(around, Joining::Open(Reach::Product))).await.unwrap();
        let same = reported(&app, &w, w.rival, None).await.unwrap();
        let same = perform(&verifier, verify(same, Joining::Open(Reach::Product))).await.unwrap();
        let hunter = w.hunter.context(&app);
        assert!(!read(&hunter, ViewRetest(retest)).await.unwrap().exploit.is_empty());
        let merge = Merge { vulnerability: old, into: 3, reason: "La même".to_owned() };
        assert_eq!(perform(&verifier, merge).await.unwrap(), same);
        let view = read(&hunter, ViewRetest(retest)).await;
        assert!(matches!(view, Err(Error::NotFound)), "nobody makes it any more: {view:?}");
        let said = ReportRetest { retest, outcome: "fixed".to_owned(), evidence: "Plus rien.".to_owned() };
        let late = perform(&hunter, said).await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
        let waits = |items: Vec<use_cases::desk::DeskItem>| items.iter().any(|item| item.what.contains("retest"));
        for who in [w.hunter, w.rival, w.verifier, w.second] {
            let desk = read(&who.context(&app), use_cases::desk::ViewDesk).await.unwrap();
            assert!(!waits(desk));
        }
        let kept = read(&verifier, ViewVulnerability(same)).await.unwrap();
        assert_eq!(kept.bypassed_by.iter().map(|one| one.id).collect::<Vec<_>>(), [around]);
        app.settle().await;
    }

    async fn a_regression_opens_a_fixed_flaw_again(app: TestApp) {
        let w = World::open(&app).await;
        let old = fixed(&app, &w).await;
        let vendor = w.vendor.context(&app);
        let form = read(&vendor, ViewVendorWords(old)).await.unwrap();
        let version = form.words.versions[0].id;
        let answers = vec![TypedAnswer { version, seen: None, status: "fixed".to_owned(), reason: String::new() }];
        perform(&vendor, AnswerVersions { vulnerability: old, answers }).await.unwrap();
        let town = app.organisation(OrganisationKind::Commune, "Bourg").await;
        perform(&app.system(SystemKind::Installer), UpToDate(old, town)).await.unwrap();
        let report = reported(&app, &w, w.rival, None).await.unwrap();
        let verifier = w.verifier.context(&app);
        let shown = read(&verifier, ViewVulnerability(old)).await.unwrap().vendor_words.versions;
        assert_eq!(shown.len(), 1);
        app.settle().await;
        app.mails.take();
        let back = VerifyReport { regression: true, ..verify(report, Joining::Join(old)) };
        assert_eq!(perform(&verifier, back).await.unwrap(), old);
        let view = read(&verifier, ViewVulnerability(old)).await.unwrap();
        let v = &view.record.vulnerability;
        assert_eq!((v.state, v.round), (VulnerabilityState::Reopened, 2));
        assert!(!view.record.retest_confirmed, "what was confirmed holds no more");
        assert_eq!(view.fixes[0].standing, domain::FixStanding::Refuted);
        assert!(view.vendor_words.versions.is_empty(), "nobody is told any more that it is corrected");
        let form = read(&vendor, ViewVendorWords(old)).await.unwrap();
        assert!(form.words.versions[0].is_refuted(), "but its vendor is told why");
        app.settle().await;
        for who in ["olga.quatre@example.org", "edith.cinq@example.org"] {
            assert_eq!(app.mails.to(who).len(), 1, "{who} learns that it came back");
        }
        let states = perform(&app.system(SystemKind::Installer), States(old)).await.unwrap();
        assert_eq!(states, [PositionState::Affected], "who was up to date is affected again");
        perform(&verifier, NotifyVendor(old)).await.unwrap();
        let again = reported(&app, &w, w.rival, None).await.unwrap();
        let refused = perform(&verifier, VerifyReport { regression: true, ..verify(again, Joining::Join(old)) }).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        app.settle().await;
    }
}
