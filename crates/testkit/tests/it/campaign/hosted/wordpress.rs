//! A town hall's site: WordPress with its MariaDB as a second service. Its pages name themselves by absolute links, its
//! sessions are cookies, its forms are guarded.

use super::ground::Ground;
use super::judge::{Finding, reported, verified};
use super::recipes::{PASSWORD, TOWN_HALL};
use super::scanners::ffuf;
use serde_json::json;
use testkit::browser::Browser;

/// The addresses of everything that a page names, where they lead off the lease.
const STRAYS: &str = "return [...document.querySelectorAll('[href],[src],[action]')]\
    .flatMap(e => [e.href, e.src, e.action]).filter(u => typeof u === 'string' && u.startsWith('http') && \
    !u.startsWith(location.origin) && u.includes('mairie.example'))";

/// Paths that a scanner tries.
const WORDS: [&str; 8] = [
    ".git/HEAD",
    "backup.zip",
    "phpinfo.php",
    "readme.html",
    "wp-config.php.bak",
    "?rest_route=/wp/v2/users",
    "wp-login.php",
    "xyzzy",
];

const FINDING: Finding = Finding {
    title: "Les comptes se lisent sans être connecté",
    steps: "Demander /?rest_route=/wp/v2/users",
    cwe: "CWE-200",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N",
    shows: "\\\"slug\\\":\\\"agent\\\"",
};

pub async fn hunt() {
    let ground = Ground::new("wordpress", TOWN_HALL).await;
    let browser = ground.browser().await;
    visited(&ground, &browser).await;
    signed_in(&ground, &browser).await;
    let comment = "Un passage de la chasse, que rien ne doit garder";
    commented(&ground, &browser, comment).await;

    let said = ffuf(&ground.door(), &ground.host(), &ground.lease.credential, &WORDS).await;
    let found: Vec<&str> = said
        .lines()
        .map(str::trim)
        .filter(|line| WORDS.contains(line))
        .collect();
    assert!(
        found.contains(&"?rest_route=/wp/v2/users") && !found.contains(&"xyzzy"),
        "{said}"
    );
    ground.step("ffuf, with the credential in a field, finds the list of accounts");

    let line = ground
        .recorded("/?rest_route=/wp/v2/users", |line| line.status == Some(200))
        .await;
    let asked = reported(&ground, &FINDING, vec![line.place]).await;
    verified(&ground, &FINDING, asked).await;

    ground.reset().await;
    browser.open(&ground.url("/?p=1")).await;
    let text = browser.text().await;
    assert!(text.contains("WordPress") && !text.contains(comment), "{text}");
    browser.open(&ground.url("/wp-admin/")).await;
    assert!(
        browser.url().await.contains("/wp-login.php"),
        "the session went with the database"
    );
    ground.step("reset: the comment and the session are gone");
    browser.end().await;
    ground.end().await;
}

/// Every link of the first page leads to the lease; its style sheets and scripts come; a link is followed.
async fn visited(ground: &Ground, browser: &Browser) {
    browser.shows("Mairie de Bourg-la-Tour").await;
    assert_eq!(browser.run(STRAYS, vec![]).await, json!([]));
    let loaded = "const own = performance.getEntriesByType('resource').filter(r => r.name.startsWith(location.origin)); \
        return own.length > 0 && own.every(r => r.responseStatus === 200)";
    assert_eq!(
        browser.run(loaded, vec![]).await,
        json!(true),
        "what the page names comes"
    );
    browser
        .run("document.querySelector('h2 a, h1 a').click()", vec![])
        .await;
    ground
        .until(
            browser,
            "return location.search === '?p=1' && document.readyState === 'complete'",
        )
        .await;
    assert!(browser.url().await.starts_with(&ground.url("/")));
    ground.step("reached with a browser: its absolute links lead to the lease");
}

/// The test account signs in: a form with a hidden absolute address, cookies of several paths, redirects.
async fn signed_in(ground: &Ground, browser: &Browser) {
    browser.open(&ground.url("/wp-admin/")).await;
    ground
        .until(
            browser,
            "return location.pathname === '/wp-login.php' && document.readyState === 'complete'",
        )
        .await;
    browser
        .run("document.getElementById('user_login').value = 'agent'", vec![])
        .await;
    browser
        .run(
            "document.getElementById('user_pass').value = arguments[0]",
            vec![json!(PASSWORD)],
        )
        .await;
    browser
        .run("document.getElementById('wp-submit').click()", vec![])
        .await;
    ground
        .until(
            browser,
            "return location.pathname === '/wp-admin/' && document.readyState === 'complete'",
        )
        .await;
    assert!(browser.url().await.starts_with(&ground.url("/")));
    assert_eq!(
        browser
            .run("return !!document.getElementById('wpadminbar')", vec![])
            .await,
        json!(true)
    );
    assert_eq!(browser.run(STRAYS, vec![]).await, json!([]));
    ground.step("signed in: cookies, redirects and the guard of forms work");
}

/// Somebody who is signed in comments: the form posts, and the redirect comes back to the page.
async fn commented(ground: &Ground, browser: &Browser, comment: &str) {
    browser.open(&ground.url("/?p=1")).await;
    browser
        .run(
            "document.getElementById('comment').value = arguments[0]",
            vec![json!(comment)],
        )
        .await;
    browser.run("document.getElementById('submit').click()", vec![]).await;
    ground
        .until(
            browser,
            "return location.hash.startsWith('#comment-') && document.readyState === 'complete'",
        )
        .await;
    assert!(browser.url().await.starts_with(&ground.url("/")));
    browser.shows(comment).await;
    ground.step("a comment is written into the database");
}
