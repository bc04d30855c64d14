//! How deployers get on with a vulnerability: the picture over time, who is late, and the reminder.

use crate::sharing::{advance, answer, deploy, world};
use domain::DeploymentState;
use domain::position::PositionEvent;
use domain::sharing::Phase;
use domain::time::DAY;
use testkit::each_engine;
use use_cases::sharing::{MarkRead, RemindLate, ViewPositions};
use use_cases::{Error, perform, read};

each_engine! {
    async fn who_is_late_is_reminded_once_a_day(app: TestApp) {
        let world = world(&app).await;
        let vulnerability = world.vulnerability;
        let (bourg, awa) = deploy(&app, &world, "Bourg-la-Tour", DeploymentState::Confirmed).await;
        let (pont, zoe) = deploy(&app, &world, "Pont-aux-Saules", DeploymentState::Confirmed).await;
        deploy(&app, &world, "Mont-Clair", DeploymentState::Confirmed).await;
        advance(&app, &world, Phase::Alert).await;
        let organiser = world.organiser.context(&app);
        let early = perform(&organiser, RemindLate { vulnerability }).await;
        assert!(matches!(early, Err(Error::Conflict("sharing-error-nobody-late"))), "{early:?}");
        app.clock.advance(2 * DAY);
        perform(&zoe.context(&app), MarkRead { vulnerability, organisation: pont }).await.unwrap();
        app.clock.advance(2 * DAY);
        let safe = answer(&world, bourg, PositionEvent::DeclareNotAffected, "Module désactivé");
        perform(&awa.context(&app), safe).await.unwrap();
        app.clock.advance(12 * DAY);
        app.settle().await;
        app.mails.take();

        let view = read(&organiser, ViewPositions { vulnerability, from: 0 }).await.unwrap();
        assert_eq!((view.total, view.answered, view.late), (3, 1, 2));
        assert!(view.reminds && view.may_remind);
        let (first, last) = (view.progress[0], *view.progress.last().unwrap());
        assert_eq!((first.informed, first.read, first.answered, first.settled), (3, 0, 0, 0));
        assert_eq!((last.informed, last.read, last.answered, last.settled), (3, 2, 1, 1));
        assert!(view.progress.iter().any(|point| (point.read, point.answered) == (1, 0)));
        for who in [awa, zoe] {
            let refused = perform(&who.context(&app), RemindLate { vulnerability }).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }

        perform(&organiser, RemindLate { vulnerability }).await.unwrap();
        app.run_jobs().await;
        let mut to: Vec<String> = app.mails.all().iter().map(|mail| mail.to.clone()).collect();
        to.sort();
        assert_eq!(to, ["agent.mont-clair@example.org", "agent.pont-aux-saules@example.org"]);
        assert!(app.mails.take().iter().all(|mail| !mail.text.contains("Guichet") && mail.unsubscribe.is_some()));
        let again = perform(&organiser, RemindLate { vulnerability }).await;
        assert!(matches!(again, Err(Error::Conflict("sharing-error-reminded-today"))), "{again:?}");
        perform(&zoe.context(&app), answer(&world, pont, PositionEvent::DeclareAffected, "")).await.unwrap();
        app.clock.advance(DAY);
        perform(&organiser, RemindLate { vulnerability }).await.unwrap();
        app.run_jobs().await;
        assert_eq!(app.mails.take().len(), 1, "who has answered is left alone");
        app.settle().await;
    }
}
