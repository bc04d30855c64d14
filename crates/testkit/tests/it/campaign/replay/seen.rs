//! The pages of replays in a browser: what is under way becomes its result, with a script and without.

use super::*;
use testkit::browser::Browser;
use use_cases::vulnerability::ReportRetest;

async fn enter(app: &TestApp, browser: &Browser, who: Someone) {
    browser.forget().await;
    let cookie = app.cookie(who).await;
    let script = format!("document.cookie = '{cookie}; path=/'");
    browser.run(&script, vec![]).await;
}

/// Lets the workers go on until the page shows a text.
async fn goes_on(app: &TestApp, browser: &Browser, text: &str) {
    let begun = Instant::now();
    while !browser.text().await.contains(text) {
        app.run_jobs().await;
        let page = browser.text().await;
        assert!(begun.elapsed() < Duration::from_secs(30), "{page}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_replays_are_looked_at() {
    let mut app = TestApp::sqlite().await;
    let site = app.serve().await;
    let hunted = Hunted::new(&app, |story| {
        vec![
            hosted(story, "Recette", "4.2"),
            hosted(story, "Recette corrigée", "4.3"),
        ]
    })
    .await;
    let browser = Browser::start("replays").await;
    browser.open(&site).await;
    enter(&app, &browser, hunted.story.operator).await;
    let at = addresses::exchange::evidence(hunted.asked.report.0, hunted.asked.attachment.0);
    browser.open(&format!("{site}{at}")).await;
    browser.press("Rejouer ces échanges").await;
    browser.shows("En cours").await;
    browser.look("01-under-way").await;
    let here = browser.url().await;
    let own = |purpose| purpose == InstancePurpose::Replay;
    tell(&app, own, Driven::Runs(upstream())).await;
    goes_on(&app, &browser, "Ce que montre ce rejeu").await;
    assert_eq!(browser.url().await, here, "nobody pressed anything");
    assert_eq!(browser.part("[data-told]").await.matches("En cours").count(), 0);
    browser.look("02-done").await;

    browser.scripts(false).await;
    browser.press("Rejouer à nouveau").await;
    browser.shows("En cours").await;
    tell(&app, own, Driven::Fails(InstanceProblem::ImagesMissing)).await;
    app.run_jobs().await;
    browser.press("Actualiser").await;
    browser.shows("n’a pas démarré").await;
    browser.scripts(true).await;
    browser.look("03-failed").await;
    retest_is_seen(&app, &browser, &site, &hunted).await;
    browser.end().await;
}

async fn retest_is_seen(app: &TestApp, browser: &Browser, site: &str, hunted: &Hunted) {
    let (flaw, retest) = retesting(app, hunted).await;
    let use_cases::perform::Who::Person(pupil, _) = hunted.pupil.who else {
        panic!("a person")
    };
    enter(app, browser, Someone { id: pupil }).await;
    browser
        .open(&format!("{site}{}", addresses::vulnerability::retest(retest)))
        .await;
    browser.look("04-retest").await;
    browser.press("Choisir la cible et rejouer").await;
    browser.shows("Recette corrigée, version 4.3").await;
    browser.look("05-choice").await;
    browser.press("Rejouer sur cette cible").await;
    browser.shows("En cours").await;
    let (corrected, say) = silent();
    say.send("Les actes demandent un compte").unwrap();
    tell(
        app,
        |purpose| purpose == InstancePurpose::Replay,
        Driven::Runs(corrected),
    )
    .await;
    goes_on(app, browser, "demandent un compte").await;
    browser.look("06-retest-done").await;
    let report = ReportRetest {
        retest,
        outcome: "fixed".to_owned(),
        evidence: "Plus rien.".to_owned(),
    };
    perform(&hunted.pupil, report).await.unwrap();
    enter(app, browser, hunted.story.operator).await;
    browser
        .open(&format!("{site}{}", addresses::vulnerability::show(flaw)))
        .await;
    browser.shows("Rejeux sur la version corrigée").await;
    browser.shows("Échanges rejoués sur la version corrigée").await;
    browser.look("07-judged").await;
}
