//! Mails as people choose them: at once, together or not at all; what is legal always, what is urgent at once.

use crate::risk;
use crate::sharing::{World, advance, answer, deploy, world};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::DeploymentState;
use domain::ids::OrganisationId;
use domain::mail_choice::{MailKind, MailPace};
use domain::position::PositionEvent;
use domain::sharing::Phase;
use domain::time::DAY;
use testkit::{Someone, TestApp, each_engine};
use tower::ServiceExt;
use use_cases::mail::{ChooseMails, ViewMailChoices};
use use_cases::ports::Mail;
use use_cases::sharing::{AnswerPosition, LiftEmbargo, SetEmbargo};
use use_cases::vulnerability::MarkExploited;
use use_cases::{perform, read};

const TOWN: &str = "agent.bourg-la-tour@example.org";

/// Asks as a mail program does: without a cookie, from nowhere.
async fn ask(app: &TestApp, method: &str, path: &str) -> StatusCode {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "beffroi.test")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("List-Unsubscribe=One-Click"))
        .unwrap();
    app.site().oneshot(request).await.unwrap().status()
}

fn link(mail: &Mail) -> String {
    let link = mail.unsubscribe.clone().expect("a mail that can be ended");
    assert!(mail.text.contains(&link), "its text says how");
    format!("/desabonnement/{}", link.rsplit('/').next().unwrap())
}

async fn pace(app: &TestApp, who: Someone, kind: MailKind) -> MailPace {
    let all = read(&who.context(app), ViewMailChoices).await.unwrap();
    all.iter().find(|(known, _)| *known == kind).unwrap().1
}

async fn choose(app: &TestApp, who: Someone, kind: MailKind, pace: MailPace) {
    perform(&who.context(app), ChooseMails(vec![(kind, pace)]))
        .await
        .unwrap();
}

async fn town(app: &TestApp) -> (World, OrganisationId, Someone) {
    let world = world(app).await;
    app.tamper("UPDATE vulnerability SET band = 'medium', score = 50").await;
    let (bourg, awa) = deploy(app, &world, "Bourg-la-Tour", DeploymentState::Confirmed).await;
    app.mails.take();
    (world, bourg, awa)
}

each_engine! {
    async fn mails_of_a_kind_are_told_of_together_once(app: TestApp) {
        let (world, _, awa) = town(&app).await;
        choose(&app, awa, MailKind::Sharing, MailPace::Daily).await;
        advance(&app, &world, Phase::Alert).await;
        advance(&app, &world, Phase::Measures).await;
        assert!(app.mails.to(TOWN).is_empty(), "nothing leaves at once");
        app.clock.advance(DAY);
        // Two nodes look at the queue at the same time.
        tokio::join!(app.run_jobs(), app.run_jobs());
        let mails = app.mails.to(TOWN);
        assert_eq!(mails.len(), 1);
        let digest = &mails[0];
        assert!(digest.text.contains("2 messages") && !digest.text.contains("Guichet"), "{}", digest.text);
        assert!(digest.text.contains("ne constitue pas un audit"), "{}", digest.text);
        app.clock.advance(8 * DAY);
        app.run_jobs().await;
        assert_eq!(app.mails.to(TOWN).len(), 1, "what was told is not told again");

        // The link in it ends the digests, in one press and without signing in; looking ends nothing.
        let link = link(digest);
        assert_eq!(ask(&app, "GET", &link).await, StatusCode::OK);
        assert_eq!(pace(&app, awa, MailKind::Sharing).await, MailPace::Daily);
        let wrong = [format!("{link}0"), link.replace(".digest.", ".sharing."), link.replace(".digest.", ".legal.")];
        for wrong in wrong {
            assert_eq!(ask(&app, "POST", &wrong).await, StatusCode::NOT_FOUND, "{wrong}");
        }
        assert_eq!(ask(&app, "POST", &link).await, StatusCode::OK);
        assert_eq!(ask(&app, "POST", &link).await, StatusCode::OK, "twice is as once");
        assert_eq!(pace(&app, awa, MailKind::Sharing).await, MailPace::Never);
        assert_eq!(pace(&app, awa, MailKind::Campaigns).await, MailPace::AtOnce, "nothing else changed");
        app.mails.take();
        advance(&app, &world, Phase::Details).await;
        app.clock.advance(8 * DAY);
        app.run_jobs().await;
        assert!(app.mails.to(TOWN).is_empty());
        app.settle().await;
    }

    async fn what_is_urgent_goes_at_once_and_what_is_legal_always(app: TestApp) {
        let (world, bourg, awa) = town(&app).await;
        for kind in MailKind::ALL {
            choose(&app, awa, *kind, MailPace::Weekly).await;
        }
        assert_eq!(pace(&app, awa, MailKind::Urgent).await, MailPace::AtOnce);
        assert_eq!(pace(&app, awa, MailKind::Legal).await, MailPace::AtOnce);
        advance(&app, &world, Phase::Alert).await;
        advance(&app, &world, Phase::Measures).await;
        assert!(app.mails.to(TOWN).is_empty());
        let organiser = world.organiser.context(&app);
        let until = Some(app.app.clock.now().plus_days(60));
        perform(&organiser, SetEmbargo { vulnerability: world.vulnerability, until }).await.unwrap();
        let lift = LiftEmbargo { vulnerability: world.vulnerability, reason: "Accord".to_owned() };
        perform(&organiser, lift).await.unwrap();
        app.run_jobs().await;
        assert_eq!(app.mails.take().iter().filter(|mail| mail.to == TOWN).count(), 1, "an embargo was lifted");
        let exploited = MarkExploited { vulnerability: world.vulnerability, reason: "Vu chez un hébergeur".to_owned() };
        perform(&organiser, exploited).await.unwrap();
        app.run_jobs().await;
        let urgent = app.mails.take().into_iter().find(|mail| mail.to == TOWN).expect("it is exploited");
        assert!(urgent.subject.contains("urgente") && !urgent.text.contains("Guichet"), "{}", urgent.text);
        assert_eq!(ask(&app, "POST", &link(&urgent)).await, StatusCode::OK);
        assert_eq!(pace(&app, awa, MailKind::Urgent).await, MailPace::Never);

        // A signature that is asked for comes whatever was chosen, and says so.
        let mayor = risk::signatory(&app, "Mona Maire", bourg).await;
        perform(&mayor, ChooseMails(vec![(MailKind::Legal, MailPace::Never)])).await.unwrap();
        perform(&awa.context(&app), answer(&world, bourg, PositionEvent::DeclareAffected, "")).await.unwrap();
        let until = Some(app.app.clock.now().plus_days(60));
        let accept = AnswerPosition { until, ..answer(&world, bourg, PositionEvent::AcceptRisk, "Peu exposé") };
        perform(&awa.context(&app), accept).await.unwrap();
        app.run_jobs().await;
        let asked = app.mails.take();
        assert_eq!(asked.len(), 1);
        assert!(asked[0].unsubscribe.is_none() && asked[0].text.contains("ne peuvent pas être désactivés"), "{}", asked[0].text);
        app.settle().await;
    }

    async fn an_accepted_risk_is_remembered_before_it_ends(app: TestApp) {
        let (world, bourg, awa) = town(&app).await;
        advance(&app, &world, Phase::Alert).await;
        let mayor = risk::signatory(&app, "Mona Maire", bourg).await;
        perform(&awa.context(&app), answer(&world, bourg, PositionEvent::DeclareAffected, "")).await.unwrap();
        let until = Some(app.app.clock.now().plus_days(60));
        let accept = AnswerPosition { until, ..answer(&world, bourg, PositionEvent::AcceptRisk, "Peu exposé") };
        perform(&awa.context(&app), accept).await.unwrap();
        risk::signs(&mayor, world.vulnerability, bourg).await.unwrap();
        app.settle().await;
        app.mails.take();
        app.clock.advance(45 * DAY);
        app.run_jobs().await;
        assert!(app.mails.take().is_empty());
        app.clock.advance(2 * DAY);
        app.run_jobs().await;
        let mut to: Vec<String> = app.mails.take().into_iter().map(|mail| mail.to).collect();
        to.sort();
        assert_eq!(to, [TOWN, "mona.maire@example.org"]);
        app.settle().await;
    }
}
