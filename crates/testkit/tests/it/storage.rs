//! What every store must do, whichever engine is behind it.

use testkit::each_engine;

each_engine! {
    async fn it_starts_empty(app: TestApp) {
        let mut session = app.store.snapshot().await.unwrap();
        assert_eq!(session.count_organisations().await.unwrap(), 0);
    }
}
