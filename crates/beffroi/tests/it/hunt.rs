//! The demonstration's target is hunted on in a real browser, on an engine of containers in namespaces of their own.

use crate::demo::start;
use crate::{ask_to_stop, beffroi, namespace};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use testkit::browser::Browser;

/// Shows every line of the directory, those that are not public too.
const INJECTION: &str = "x' or '1'='1' -- ";
/// Runs in the browser of whoever reads the messages.
const SCRIPT: &str = "<img src=x onerror=\"document.title='pris'\">";

/// What the hunter writes.
const REPORT: [(&str, &str); 5] = [
    ("title", "L’annuaire montre ce qui n’est pas public"),
    ("cwe", "CWE-89"),
    ("steps", "1. Ouvrir l’annuaire.\n2. Chercher `x' or '1'='1' -- `."),
    ("impact", "Toute personne lit les lignes directes et l’astreinte."),
    (
        "vector",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N",
    ),
];

#[test]
fn the_target_of_the_demonstration_is_hunted_on() {
    let Some(folder) = namespace::folder() else {
        return namespace::outside("hunt::the_target_of_the_demonstration_is_hunted_on", |_| ());
    };
    let engine = namespace::start_engine(&folder);
    symlinked_engine(&folder);
    let done = catch_unwind(AssertUnwindSafe(|| {
        without_a_wall(&folder);
        demonstration(&folder);
    }));
    namespace::end_engine(&folder, engine, done);
}

/// Puts the engine where the demonstration looks for one that nobody named.
pub fn symlinked_engine(folder: &Path) {
    std::fs::create_dir_all("/run/podman").unwrap();
    std::os::unix::fs::symlink(namespace::socket(folder), "/run/podman/podman.sock").unwrap();
}

/// Makes a folder for a demonstration.
fn home(folder: &Path, name: &str) -> PathBuf {
    let home = folder.join(name);
    std::fs::create_dir_all(&home).unwrap();
    home
}

/// Nothing is hosted where the wall does not stand; once it may, the story that is there still has no target.
fn without_a_wall(folder: &Path) {
    let home = home(folder, "without");
    let mut unguarded = beffroi(&home);
    unguarded.env("BEFFROI_HOSTING__INSTALL_GUARD", "false");
    let (mut demo, said) = start(unguarded);
    let told = |said: &[String], start: &str| said.iter().any(|line| line.starts_with(start));
    let refused = "Aucune cible n’est hébergée : le mur autour des cibles n’est pas posé";
    assert!(told(&said, refused), "{said:#?}");
    ask_to_stop(&mut demo);
    let (mut demo, said) = start(beffroi(&home));
    assert!(
        said.iter()
            .any(|line| line.contains("l’histoire a été jouée sans cible")),
        "{said:#?}"
    );
    ask_to_stop(&mut demo);
    assert_eq!(containers(folder), 0);
}

fn demonstration(folder: &Path) {
    let home = home(folder, "home");
    let (mut demo, said) = start(beffroi(&home));
    let campaign = campaign(&said);
    let site = campaign.split("/campagnes/").next().unwrap().to_owned();
    testkit::run(async {
        let browser = Browser::start("hunt").await;
        the_organiser_sees_it_run(&browser, &site, &campaign).await;
        a_hunter_takes_an_access(&browser, &site, &campaign).await;
        holes_are_found(&browser).await;
        let report = exchanges_prove_a_report(&browser, &campaign).await;
        a_verifier_replays(&browser, &site, &report).await;
        browser.end().await;
    });
    // The copy that was replayed on goes; what hunters share stays.
    one_runs(folder);
    ask_to_stop(&mut demo);
    assert_eq!(containers(folder), 0, "what was hosted goes with the demonstration");
    // Started again, it hosts the same target as new.
    let (mut demo, said) = start(beffroi(&home));
    assert!(said.iter().any(|line| line.ends_with(path(&campaign))), "{said:#?}");
    one_runs(folder);
    ask_to_stop(&mut demo);
}

/// Gives the address of the campaign that the demonstration says is open.
pub fn campaign(said: &[String]) -> String {
    let hosted = said.iter().skip_while(|line| !line.starts_with("Une cible d’exercice"));
    let Some(address) = hosted.skip(1).map(|line| line.trim().to_owned()).next() else {
        panic!("nothing is hosted: {said:#?}")
    };
    address
}

fn path(address: &str) -> &str {
    address.find("/campagnes/").map_or(address, |at| &address[at..])
}

/// Gives what the engine says by its own program.
fn engine(folder: &Path, words: &[&str]) -> String {
    let socket = format!("unix://{}", namespace::socket(folder).display());
    let (program, option) = match namespace::is_docker() {
        true => ("docker", "--host"),
        false => ("podman", "--url"),
    };
    let told = Command::new(program).args([option, &socket]).args(words).output();
    let told = told.unwrap();
    assert!(told.status.success(), "{told:?}");
    String::from_utf8(told.stdout).unwrap()
}

/// Counts the containers that run.
fn containers(folder: &Path) -> usize {
    engine(folder, &["ps", "--quiet"]).lines().count()
}

/// Gives the addresses of the containers that run.
pub fn addresses(folder: &Path) -> Vec<String> {
    let format = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
    let running = engine(folder, &["ps", "--quiet"]);
    let of = |one: &str| engine(folder, &["inspect", "--format", format, one]).trim().to_owned();
    running.lines().map(of).collect()
}

/// Waits until one container runs, for a minute at most: a busy machine takes its time.
pub fn one_runs(folder: &Path) {
    for _ in 0..60 {
        if containers(folder) == 1 {
            return;
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    assert_eq!(containers(folder), 1);
}

pub async fn enter(browser: &Browser, site: &str, email: &str) {
    browser.forget().await;
    browser.open(&format!("{site}/connexion")).await;
    browser.fill("email", email).await;
    browser.fill("password", story::PASSWORD).await;
    browser.press("Se connecter").await;
    assert_eq!(browser.heading().await, "Mon bureau", "{email} signs in");
}

/// Opens a page again until it shows a text, for a minute at most.
pub async fn comes(browser: &Browser, url: &str, text: &str) {
    for _ in 0..120 {
        browser.open(url).await;
        if browser.text().await.contains(text) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    browser.shows(text).await;
}

async fn the_organiser_sees_it_run(browser: &Browser, site: &str, campaign: &str) {
    enter(browser, site, "claire.vasseur@demo.example").await;
    comes(browser, &format!("{campaign}/cibles"), "En marche").await;
    browser.look("01-targets").await;
    browser.open(campaign).await;
    browser.look("02-campaign").await;
}

async fn a_hunter_takes_an_access(browser: &Browser, site: &str, campaign: &str) {
    enter(browser, site, "lina.okafor@demo.example").await;
    browser.look("03-desk").await;
    browser.open(campaign).await;
    browser.shows("Ouverte").await;
    browser.press("Prendre un compte de test pour Vitrine communale").await;
    browser.shows("camille / printemps").await;
    browser.look("04-campaign").await;
    browser.press("Prendre un accès à « Site de Fauxbourg »").await;
    browser.shows("Ce secret n’est montré qu’une fois.").await;
    browser.look("05-access").await;
    browser.press("Ouvrir la cible").await;
    browser.shows("Ville de Fauxbourg").await;
    let url = browser.url().await;
    assert!(url.contains(".localhost:"), "by the name of the access: {url}");
    browser.look("06-target").await;
}

/// Finds three weaknesses of the target: what is not public, a script of somebody else, a request of somebody else.
async fn holes_are_found(browser: &Browser) {
    let target = browser.url().await.trim_end_matches('/').to_owned();
    browser.open(&format!("{target}/annuaire")).await;
    browser.fill("nom", "mairie").await;
    browser.press("Chercher").await;
    browser.shows("Accueil de la mairie").await;
    assert!(!browser.text().await.contains("Ligne directe du maire"));
    browser.fill("nom", INJECTION).await;
    browser.press("Chercher").await;
    browser.shows("Ligne directe du maire").await;

    browser.open(&format!("{target}/messages")).await;
    browser.fill("message", SCRIPT).await;
    browser.press("Publier").await;
    browser.open(&format!("{target}/messages")).await;
    let mut title = serde_json::Value::Null;
    for _ in 0..40 {
        title = browser.run("return document.title", vec![]).await;
        if title == "pris" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(title, "pris", "the script of a message runs");

    browser.open(&format!("{target}/connexion")).await;
    browser.fill("identifiant", "camille").await;
    browser.fill("passe", "printemps").await;
    browser.press("Se connecter").await;
    browser.shows("Demande 1041").await;
    assert!(
        browser.url().await.starts_with(&target),
        "an absolute redirect stays at the gateway"
    );
    browser.open(&format!("{target}/demandes/1042")).await;
    browser.shows("dossier confidentiel").await;
}

/// Chooses the exchange that shows the injection, and hands a report in with it; gives the report's address.
async fn exchanges_prove_a_report(browser: &Browser, campaign: &str) -> String {
    let own = format!("{campaign}/echanges");
    comes(browser, &own, "/demandes/1042").await;
    browser.look("07-exchanges").await;
    browser.open(&format!("{own}?path=/annuaire")).await;
    let script = "document.querySelector('input[name=places][aria-label*=\"%27\"]').click()";
    browser.run(script, vec![]).await;
    browser
        .choose("into", "Un nouveau signalement sur Vitrine communale")
        .await;
    browser.press("Joindre les échanges choisis").await;
    browser.shows("Échanges joints au signalement.").await;
    browser.look("08-draft").await;
    for (field, text) in REPORT {
        browser.fill(field, text).await;
    }
    browser.choose("asset", "https://portail.fauxbourg.example/").await;
    browser.press("Enregistrer et relire").await;
    browser.press("Remettre le signalement").await;
    browser.shows("Le signalement est remis.").await;
    browser.look("09-report").await;
    browser.url().await
}

/// The verifier reads what was recorded and sends it again, to an instance that nobody has touched.
async fn a_verifier_replays(browser: &Browser, site: &str, report: &str) {
    enter(browser, site, "samir.ouadah@demo.example").await;
    browser.open(report).await;
    browser.press("Prendre le signalement").await;
    browser.press("Échanges enregistrés").await;
    browser.shows("Ligne directe du maire").await;
    browser.look("10-evidence").await;
    browser.press("Rejouer ces échanges").await;
    // The page says by itself what came of it, once a clean copy has started.
    for _ in 0..180 {
        if browser.text().await.contains("Mêmes réponses") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    browser.shows("Mêmes réponses").await;
    browser.look("11-replay").await;
}
