//! From the exchanges of a hunter to a verified report.

use super::super::replay::replayed;
use super::super::*;
use super::ground::Ground;
use domain::ids::{ReportId, VulnerabilityId};
use domain::replay::ReplayResult;
use domain::report::ReportState;
use use_cases::exchange::{EvidenceOf, PickInto, pick_exchanges, show_evidence};
use use_cases::replay::ViewReplay;
use use_cases::report::{
    ClaimReport, Joining, RecordReproduction, ReportText, SaveDraft, SubmitReport, VerifyReport, ViewReport,
};

/// What a hunter writes of a finding.
pub struct Finding {
    pub title: &'static str,
    pub steps: &'static str,
    pub cwe: &'static str,
    pub vector: &'static str,
    /// What the answers show, recorded and replayed.
    pub shows: &'static str,
}

/// Picks exchanges into a report and hands it in; gives what its exchanges are.
pub async fn reported(ground: &Ground, finding: &Finding, places: Vec<String>) -> EvidenceOf {
    let (hunter, story) = (&ground.hunter, &ground.story);
    let count = places.len();
    let report = pick_exchanges(hunter, story.campaign, Some(PickInto::New(story.product)), places)
        .await
        .unwrap();
    let view = read(hunter, ViewReport(report)).await.unwrap();
    let asked = EvidenceOf {
        report,
        attachment: view.attachments[0].id,
    };
    let own = show_evidence(hunter, asked).await.unwrap();
    assert_eq!(own.bundle.exchanges.len(), count);
    let text = ReportText {
        steps: finding.steps.to_owned(),
        impact: "Ce qui ne devait pas se lire se lit".to_owned(),
        proof: "Les échanges joints".to_owned(),
    };
    let draft = SaveDraft {
        report: Some(report),
        campaign: story.campaign,
        title: finding.title.to_owned(),
        product: Some(story.product),
        asset: None,
        text,
        cwe: finding.cwe.to_owned(),
        vector: finding.vector.to_owned(),
        collaborators: Vec::new(),
        bypass_of: None,
        seen: None,
    };
    perform(hunter, draft).await.unwrap();
    perform(hunter, SubmitReport { report }).await.unwrap();
    ground.step("exchanges picked into a report, which is handed in");
    asked
}

/// Replays a report's exchanges on a clean instance, and verifies it by what that shows.
pub async fn verified(ground: &Ground, finding: &Finding, asked: EvidenceOf) -> VulnerabilityId {
    let report = asked.report;
    let verifier = ground.story.operator.context(&ground.app);
    perform(&verifier, ClaimReport { report }).await.unwrap();
    let replay = replayed(&ground.app, &verifier, asked).await;
    let page = read(&verifier, ViewReplay { report, replay }).await.unwrap();
    let step = &page.steps[0];
    assert!(step.trouble.is_empty() && step.replayed.contains("200"), "{page:?}");
    assert!(format!("{:?}", step.replayed_body).contains(finding.shows), "{page:?}");
    assert!(
        matches!(
            page.line.result,
            Some(ReplayResult::Same | ReplayResult::SameButVolatile)
        ),
        "{page:?}"
    );
    ground.step("replayed on a clean instance: the same answers");
    let reproduction = RecordReproduction {
        report,
        text: "Le rejeu le montre".to_owned(),
        made_at: None,
        on_campaign_target: true,
        succeeded: true,
        replay: Some(replay),
        unreplayed: String::new(),
        files: Vec::new(),
    };
    perform(&verifier, reproduction).await.unwrap();
    let verify = VerifyReport {
        report,
        vector: finding.vector.to_owned(),
        reason: "Lecture sans droit".to_owned(),
        joining: Joining::Open(domain::vulnerability::Reach::Product),
        regression: false,
        no_bypass: false,
    };
    let flaw = perform(&verifier, verify).await.unwrap();
    assert_eq!(state_of(ground, report).await, ReportState::Verified);
    ground.step("verified");
    flaw
}

async fn state_of(ground: &Ground, report: ReportId) -> ReportState {
    read(&ground.hunter, ViewReport(report)).await.unwrap().state
}
