//! The story of the demonstration is told whole, on both engines, and the log verifies.

use testkit::each_engine;

each_engine! {
    async fn the_story_is_told_whole(app: TestApp) {
        let mut app = app;
        let told = app.told().await;
        assert_eq!(told.candidacies.len(), 9);
        assert_eq!(told.vulnerabilities.len(), 5);
        app.settle().await;
    }
}
