//! Mails cannot leave; the administrator sees which, and tries them again.

use super::stage::Stage;
use domain::time::MINUTE;
use use_cases::people::Invite;
use use_cases::perform;
use use_cases::ports::Clock;

pub async fn mails_that_could_not_leave_are_tried_again(stage: &Stage) {
    let cast = &stage.told.cast;
    stage.at(&cast.administrator, "/administration").await;
    stage.browser.look("nothing-failed").await;
    assert!(!stage.browser.offers("Tout essayer à nouveau").await);
    stage.app.mails.refuse(true);
    let invite = Invite {
        organisation: cast.metropole,
        role: domain::role::Role::Organiser,
        scope: domain::role::GrantScope::Organisation,
        label: String::new(),
        email: Some("nouvelle.organisatrice@demo.example".to_owned()),
    };
    perform(&cast.administrator.context(&stage.app), invite).await.unwrap();
    for _ in 0..3 {
        while use_cases::jobs::run_one(&stage.app).await.unwrap() {}
        let then = stage.app.clock.now().plus(120 * MINUTE);
        stage.app.clock.set(then);
    }
    stage.open("/administration").await;
    let browser = &stage.browser;
    browser.look("mails-failed").await;
    let text = browser.text().await;
    assert!(
        !text.contains("nouvelle.organisatrice"),
        "the administrator sees that a mail failed, not to whom"
    );
    stage.app.mails.refuse(false);
    browser.press("Tout essayer à nouveau").await;
    browser.look("mails-tried-again").await;
    stage.app.settle().await;
    assert_eq!(stage.app.mails.to("nouvelle.organisatrice@demo.example").len(), 1);
}
