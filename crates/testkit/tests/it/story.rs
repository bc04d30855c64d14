//! The story of the demonstration is told whole, on both engines, and the log verifies.

use authorization::SystemKind;
use domain::instance::InstanceState;
use testkit::each_engine;
use use_cases::campaign::ViewCampaign;
use use_cases::target::{InstancesToDrive, TakeLease};
use use_cases::{perform, read};

const RECIPE: &str = "version = \"2.3.0\"\nentry = { service = \"web\", port = 8080 }\n[services.web]\n\
    image = \"sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"\n";

each_engine! {
    async fn the_story_is_told_whole(app: TestApp) {
        let mut app = app;
        let told = app.told().await;
        assert_eq!(told.candidacies.len(), 9);
        assert_eq!(told.vulnerabilities.len(), 5);
        app.settle().await;
    }

    async fn a_hosted_target_can_be_hunted_at_the_end(app: TestApp) {
        let mut app = app;
        let told = app.told_with(Some(RECIPE)).await;
        let campaign = told.open_campaign.unwrap();
        let wanted = read(&app.system(SystemKind::Gateway), InstancesToDrive { all: true }).await.unwrap();
        assert_eq!(wanted.len(), 1);
        assert_eq!((wanted[0].row.campaign, wanted[0].row.state), (campaign, InstanceState::Wanted));
        for (student, hunts) in told.students.iter().zip([true, true, false]) {
            let context = student.context(&app);
            let page = read(&context, ViewCampaign(campaign)).await;
            assert_eq!(page.as_ref().is_ok_and(|page| page.hunts), hunts, "{}", student.name);
            let Ok(page) = page else { continue };
            let shown = page.target.unwrap();
            assert_eq!((shown.denied, shown.targets.len()), (None, 1));
            let target = shown.targets[0].id;
            perform(&context, TakeLease { campaign, target }).await.unwrap();
        }
        app.settle().await;
    }
}
