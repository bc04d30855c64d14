//! The server that sqlmap's authors made vulnerable on purpose: injected, reported, replayed, verified, reset, and tried again
//! on its corrected version.

use super::super::replay::{fixed, supported};
use super::super::*;
use super::ground::Ground;
use super::judge::{Finding, reported, verified};
use super::recipes::PRACTICE;
use super::scanners::sqlmap;
use domain::ids::VulnerabilityId;
use domain::replay::ReplayResult;
use use_cases::replay::{ViewRetestReplay, retest_replays};

/// What only the table says.
const SECRET: &str = "179ad45c6ce2cb97cf1029e212046e81";
const INJECTED: &str = "/?id=0%20UNION%20SELECT%20id,name,surname%20FROM%20users%20WHERE%20id=3--";

const FINDING: Finding = Finding {
    title: "La table des comptes se lit par une injection SQL",
    steps: "Demander /?id= avec une clause UNION",
    cwe: "CWE-89",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N",
    shows: SECRET,
};

pub async fn hunt() {
    let ground = Ground::new("vulnserver", PRACTICE).await;
    let browser = ground.browser().await;
    browser.run("document.querySelector('a').click()", vec![]).await;
    ground
        .until(&browser, "return document.body.innerText.includes('blisset')")
        .await;
    browser.open(&ground.url("/")).await;
    let typed = "const f = document.forms[0]; f.elements.id.value = '2'; f.submit()";
    browser.run(typed, vec![]).await;
    ground
        .until(&browser, "return document.body.innerText.includes('fluffy')")
        .await;
    ground.step("reached with a browser: a link and a form");

    let said = sqlmap(&ground.proxy(), &ground.lease.credential, &ground.proxied("/?id=1")).await;
    assert!(said.contains("Parameter: id (GET)") && said.contains(SECRET), "{said}");
    ground.step("sqlmap, through the proxy, finds the injection and empties the table");

    browser.open(&ground.url(INJECTED)).await;
    browser.shows(SECRET).await;
    let changed = "/?query=UPDATE%20users%20SET%20surname='passage'%20WHERE%20id=1";
    browser.open(&ground.url(changed)).await;
    browser.open(&ground.url("/?id=1")).await;
    browser.shows("passage").await;
    ground.step("injected by hand; a row of the table is changed");

    let line = ground.recorded("/?id=0", |line| line.path == INJECTED).await;
    let asked = reported(&ground, &FINDING, vec![line.place]).await;
    let flaw = verified(&ground, &FINDING, asked).await;

    ground.reset().await;
    browser.open(&ground.url("/?id=1")).await;
    browser.shows("blisset").await;
    ground.step("reset: the row is as it was");
    retested(&ground, flaw).await;
    browser.end().await;
    ground.end().await;
}

/// The campaign is closed and the fix announced; its corrected version is hosted for the retest, and whoever makes it sends
/// the recorded requests to a clean copy of it. A scanner tries that version in a campaign of its own: the hole is closed there.
async fn retested(ground: &Ground, flaw: VulnerabilityId) {
    ground.close().await;
    let retest = fixed(&ground.app, &ground.story, &ground.hunter, flaw).await;
    let offered = retest_replays(&ground.hunter, retest).await.unwrap();
    assert!(offered.choices.is_empty(), "{offered:?}");
    ground.correct("corrected", PRACTICE).await;
    let offered = retest_replays(&ground.hunter, retest).await.unwrap();
    assert_eq!(offered.choices.len(), 1, "{offered:?}");
    let replay = supported(&ground.app, &ground.hunter, retest, &offered).await;
    let asked = ViewRetestReplay { retest, replay };
    let (page, _) = read(&ground.hunter, asked).await.unwrap();
    let step = &page.steps[0];
    assert!(
        step.trouble.is_empty() && !format!("{:?}", step.replayed_body).contains(SECRET),
        "{page:?}"
    );
    assert_eq!(page.line.result, Some(ReplayResult::Different), "{page:?}");
    ground.step("retested by replay on the corrected version: the answer no longer shows the table");

    let corrected = Box::pin(Ground::new("corrected", PRACTICE)).await;
    let said = sqlmap(
        &corrected.proxy(),
        &corrected.lease.credential,
        &corrected.proxied("/?id=1"),
    )
    .await;
    assert!(
        !said.contains(SECRET) && said.contains("not seem to be injectable"),
        "{said}"
    );
    corrected.step("sqlmap finds nothing any more");
    corrected.end().await;
}
