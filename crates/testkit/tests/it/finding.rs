//! Findings of an earlier test: imported whole or not at all, decided once, by somebody without a conflict.

use crate::report::reproduce;
use crate::report::world::{VECTOR, World};
use authorization::SystemKind;
use domain::campaign::CampaignState;
use domain::finding::FindingState;
use domain::ids::{CampaignId, FindingId, OrganisationId};
use domain::role::{GrantScope, Role};
use domain::vulnerability::{Origin, Reach, VulnerabilityEvent, VulnerabilityState};
use testkit::{Someone, TestApp, each_engine};
use use_cases::desk::ViewDesk;
use use_cases::finding::{
    DecideOnFinding, FindingDecision, FindingView, FindingsList, ImportFindingsOf, ListFindingsOf, PreviewFindings,
    ViewFinding,
};
use use_cases::report::{ClaimReport, Joining, ResumeVerification, VerifyReport};
use use_cases::vulnerability::{Layer, NotifyVendor, ViewVulnerability};
use use_cases::{Error, Outcome, Unit, UseCase, perform, read};
use uuid::Uuid;

const FILE: &str = "titre;description;mesures;exploitation;vecteur;cwe\n\
    Porte ouverte;Tout se lit;Fermer;GET /tout;CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N;CWE-639\n\
    Message bavard;La version s’affiche;;;;CWE-209\n";

pub fn import(world: &World, text: &str) -> ImportFindingsOf {
    ImportFindingsOf {
        campaign: world.campaign,
        source: "Test 2025".to_owned(),
        text: text.to_owned(),
    }
}

pub async fn list(app: &TestApp, world: &World, by: Someone) -> Outcome<FindingsList> {
    let query = ListFindingsOf {
        campaign: world.campaign,
        after: 0,
    };
    read(&by.context(app), query).await
}

/// Imports the file, and gives its two findings.
async fn imported(app: &TestApp, world: &World) -> Vec<FindingId> {
    let organiser = world.organiser.context(app);
    assert_eq!(perform(&organiser, import(world, FILE)).await.unwrap(), 2);
    app.settle().await;
    let list = list(app, world, world.verifier).await.unwrap();
    list.lines.iter().map(|line| line.id).collect()
}

pub fn decide(finding: FindingId, decision: FindingDecision) -> DecideOnFinding {
    DecideOnFinding {
        finding,
        decision,
        vector: VECTOR.to_owned(),
        reason: "Il tient encore".to_owned(),
    }
}

pub async fn view(app: &TestApp, by: Someone, finding: FindingId) -> Outcome<FindingView> {
    read(&by.context(app), ViewFinding(finding)).await
}

/// Gives how many findings a desk says wait.
async fn counted(app: &TestApp, by: Someone) -> Option<i64> {
    let desk = read(&by.context(app), ViewDesk).await.unwrap();
    let item = desk.into_iter().find(|item| item.what == "finding-desk-waiting")?;
    match item.args.into_iter().next() {
        Some(("n", i18n::Arg::Number(count))) => Some(count),
        other => panic!("{other:?}"),
    }
}

fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(fields) => fields.into_iter().map(|one| one.field).collect(),
        other => panic!("{other:?}"),
    }
}

fn hidden<T>(outcome: Outcome<T>) -> bool {
    matches!(outcome, Err(Error::NotFound))
}

/// Puts a campaign in its last state.
struct End(CampaignId);

impl UseCase for End {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let closed = CampaignState::Closed;
        Ok(unit.store.set_campaign_state(self.0, closed, None, None).await?)
    }
}

each_engine! {
    async fn a_file_is_imported_whole_and_once(app: TestApp) {
        let world = World::open(&app).await;
        let organiser = world.organiser.context(&app);
        let wrong = format!("{FILE};sans titre;;;rien;CWE-0\n");
        let preview = PreviewFindings { campaign: world.campaign, source: "Test".to_owned(), text: wrong.clone() };
        let preview = read(&organiser, preview).await.unwrap();
        assert_eq!((preview.lines.len(), preview.errors.len()), (2, 3), "{:?}", preview.errors);
        assert!(preview.errors.iter().all(|error| error.line == 4));
        assert_eq!(fields(perform(&organiser, import(&world, &wrong)).await.unwrap_err()), ["file"]);
        let unnamed = ImportFindingsOf { source: " ".to_owned(), ..import(&world, FILE) };
        assert_eq!(fields(perform(&organiser, unnamed).await.unwrap_err()), ["source"]);
        assert!(list(&app, &world, world.organiser).await.unwrap().lines.is_empty(), "nothing by halves");

        assert_eq!(perform(&organiser, import(&world, FILE)).await.unwrap(), 2);
        let more = format!("{FILE}Encore une;Autre chose;;;;\n");
        assert_eq!(perform(&organiser, import(&world, &more)).await.unwrap(), 1, "the two are known");
        let found = list(&app, &world, world.verifier).await.unwrap();
        let told: Vec<_> = found.lines.iter().map(|line| (line.number, line.title.as_str(), line.state)).collect();
        let waiting = FindingState::Waiting;
        assert_eq!(told, [(1, "Porte ouverte", waiting), (2, "Message bavard", waiting), (3, "Encore une", waiting)]);
        assert_eq!(found.lines[0].rating.map(|rating| rating.score_tenths), Some(65));
        assert!(!found.may_import && list(&app, &world, world.organiser).await.unwrap().may_import);
    }

    async fn nobody_else_learns_of_them_and_verifiers_are_told(app: TestApp) {
        let world = World::open(&app).await;
        let found = imported(&app, &world).await;
        for other in [world.hunter, world.rival, world.observer, world.vendor] {
            assert!(hidden(list(&app, &world, other).await));
            assert!(hidden(view(&app, other, found[0]).await));
            let refused = perform(&other.context(&app), decide(found[0], FindingDecision::Refuse)).await;
            assert!(hidden(refused));
            assert!(hidden(perform(&other.context(&app), import(&world, FILE)).await));
        }
        let desk = read(&world.verifier.context(&app), ViewDesk).await.unwrap();
        let waits = |what: &str| desk.iter().filter(|item| item.what == what).count();
        assert_eq!(waits("finding-desk-waiting"), 1);
        let told = |address: &str| app.mails.all().iter().filter(|mail| mail.to.contains(address) && mail.subject.contains("constats")).count();
        assert_eq!((told("vera.un"), told("vera.deux"), told("olga")), (1, 1, 0));
        assert!(app.mails.all().iter().all(|mail| !mail.text.contains("Porte ouverte")));
    }

    async fn who_imported_it_or_makes_the_product_does_not_decide(app: TestApp) {
        let world = World::open(&app).await;
        // The first verifier also runs the programme, and imports; the second also belongs to the vendor.
        app.grant(world.verifier, Role::Organiser, world.owner, GrantScope::Organisation).await;
        app.grant(world.second, Role::VendorContact, world.maker, GrantScope::Organisation).await;
        perform(&world.verifier.context(&app), import(&world, FILE)).await.unwrap();
        let id = list(&app, &world, world.torn).await.unwrap().lines[0].id;
        for torn in [world.verifier, world.second] {
            let seen = view(&app, torn, id).await.unwrap();
            assert!(seen.conflict && !seen.may_decide);
            let refused = perform(&torn.context(&app), decide(id, FindingDecision::Open(Reach::Product))).await;
            assert!(hidden(refused));
            assert_eq!(counted(&app, torn).await, None, "nothing waits for somebody who may not decide");
        }
        assert_eq!(counted(&app, world.torn).await, Some(2));
        assert!(view(&app, world.torn, id).await.unwrap().may_decide, "a third one may");
    }

    async fn a_finding_opens_a_vulnerability_that_goes_its_whole_way(app: TestApp) {
        let world = World::open(&app).await;
        let found = imported(&app, &world).await;
        let verifier = world.verifier.context(&app);
        let bare = DecideOnFinding { vector: String::new(), reason: String::new(), ..decide(found[0], FindingDecision::Open(Reach::Product)) };
        assert_eq!(fields(perform(&verifier, bare).await.unwrap_err()), ["vector", "reason"]);
        let elsewhere = Reach::Deployment(OrganisationId(Uuid::from_u128(77)));
        let elsewhere = perform(&verifier, decide(found[0], FindingDecision::Open(elsewhere))).await;
        assert_eq!(fields(elsewhere.unwrap_err()), ["organisation"]);
        let open = decide(found[0], FindingDecision::Open(Reach::Product));
        let id = perform(&verifier, open.clone()).await.unwrap().unwrap();
        assert!(matches!(perform(&verifier, open).await, Err(Error::Conflict(_))), "once");

        let seen = read(&verifier, ViewVulnerability(id)).await.unwrap();
        let one = &seen.record.vulnerability;
        assert_eq!((one.origin, one.state, one.stands()), (Origin::Import, VulnerabilityState::Open, true));
        let text = |layer| seen.texts.get(&(layer, "fr".to_owned())).map(String::as_str);
        assert_eq!(text(Layer::Title), Some("Porte ouverte"));
        assert_eq!(text(Layer::Measures), Some("Fermer"));
        assert_eq!(text(Layer::Exploit), Some("GET /tout"));
        assert_eq!(seen.vector.as_deref(), Some(VECTOR), "the verifier's, not the file's");
        assert!(one.allows(VulnerabilityEvent::NotifyVendor));
        perform(&verifier, NotifyVendor(id)).await.unwrap();
        let vendor = read(&world.vendor.context(&app), ViewVulnerability(id)).await.unwrap();
        assert_eq!(vendor.record.vulnerability.state, VulnerabilityState::VendorNotified);

        let seen = view(&app, world.organiser, found[0]).await.unwrap();
        assert_eq!(seen.record.finding.state, FindingState::Opened);
        assert_eq!(seen.decided.unwrap().reason, "Il tient encore");
        assert_eq!(seen.vulnerability.unwrap().0, id);

        // The other finding is told under the same vulnerability.
        let seen = view(&app, world.second, found[1]).await.unwrap();
        assert_eq!(seen.joinable.iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
        let joined = perform(&world.second.context(&app), decide(found[1], FindingDecision::Join(id))).await;
        assert_eq!(joined.unwrap(), Some(id));
        let unknown = FindingDecision::Join(domain::ids::VulnerabilityId(Uuid::from_u128(9)));
        assert!(perform(&verifier, decide(found[1], unknown)).await.is_err());
    }

    async fn what_nothing_supports_any_more_gives_its_findings_back(app: TestApp) {
        let world = World::open(&app).await;
        let found = imported(&app, &world).await;
        let report = world.submit(&app, world.hunter, "La même porte").await;
        let verifier = world.verifier.context(&app);
        perform(&verifier, ClaimReport { report }).await.unwrap();
        reproduce(&app, world.verifier, report).await;
        let verify = VerifyReport {
        regression: false,
        no_bypass: false,
            report,
            vector: VECTOR.to_owned(),
            reason: "Tout se lit".to_owned(),
            joining: Joining::Open(Reach::Product),
        };
        let id = perform(&verifier, verify).await.unwrap();
        perform(&verifier, decide(found[0], FindingDecision::Join(id))).await.unwrap();
        let resume = ResumeVerification { report, reason: "À revoir".to_owned() };
        perform(&verifier, resume).await.unwrap();
        let seen = view(&app, world.second, found[0]).await.unwrap();
        assert_eq!((seen.record.finding.state, seen.may_decide), (FindingState::Waiting, true));
        assert!(seen.vulnerability.is_none() && seen.decided.is_none());
        let open = decide(found[0], FindingDecision::Open(Reach::Product));
        assert_ne!(perform(&world.second.context(&app), open).await.unwrap(), Some(id));
    }

    async fn observers_are_told_of_a_critical_one(app: TestApp) {
        let world = World::open(&app).await;
        let found = imported(&app, &world).await;
        let vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H".to_owned();
        let open = DecideOnFinding { vector, ..decide(found[0], FindingDecision::Open(Reach::Product)) };
        perform(&world.verifier.context(&app), open).await.unwrap();
        app.settle().await;
        assert_eq!(app.mails.to("omar.huit@example.org").len(), 1);
    }

    async fn a_campaign_that_is_over_takes_no_finding(app: TestApp) {
        let world = World::open(&app).await;
        let organiser = world.organiser.context(&app);
        let found = imported(&app, &world).await;
        perform(&app.system(SystemKind::Installer), End(world.campaign)).await.unwrap();
        assert!(matches!(perform(&organiser, import(&world, FILE)).await, Err(Error::Conflict(_))));
        let late = perform(&world.verifier.context(&app), decide(found[0], FindingDecision::Refuse)).await;
        assert!(matches!(late, Err(Error::Conflict(_))));
        assert!(!list(&app, &world, world.organiser).await.unwrap().may_import);
    }
}
