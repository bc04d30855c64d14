//! An archive goes from the form of a page to a container, and the state of that container is kept: in a real browser, on
//! an engine in namespaces of its own.

use crate::demo::start;
use crate::hunt::{addresses, campaign, comes, enter, symlinked_engine};
use crate::{ask_to_stop, beffroi, namespace};
use domain::recipe::Digest;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;
use testkit::browser::Browser;

#[test]
fn an_archive_goes_from_its_form_to_a_container() {
    let Some(folder) = namespace::folder() else {
        return namespace::outside("seeded::an_archive_goes_from_its_form_to_a_container", |_| ());
    };
    let engine = namespace::start_engine(&folder);
    symlinked_engine(&folder);
    let done = catch_unwind(AssertUnwindSafe(|| seeded(&folder)));
    namespace::end_engine(&folder, engine, done);
}

fn seeded(folder: &Path) {
    let archive = archive(folder);
    let (mut demo, said) = hosting_demo(folder);
    let targets = format!("{}/cibles", campaign(&said));
    let site = targets.split("/campagnes/").next().unwrap().to_owned();
    testkit::run(async {
        let browser = Browser::start("seeded").await;
        enter(&browser, &site, "claire.vasseur@demo.example").await;
        it_is_sent_and_named(&browser, &targets, &archive).await;
        it_fills_a_container(&browser, &targets, folder).await;
        its_state_is_kept(&browser, &targets).await;
        browser.end().await;
    });
    ask_to_stop(&mut demo);
}

/// Starts a demonstration that hosts its target; on a busy machine an engine may need longer than one waits for it.
fn hosting_demo(folder: &Path) -> (Child, Vec<String>) {
    let mut told = Vec::new();
    for name in ["first", "second", "third"] {
        let home = folder.join(name);
        std::fs::create_dir_all(&home).unwrap();
        let (mut demo, said) = start(beffroi(&home));
        if said.iter().any(|line| line.starts_with("Une cible d’exercice")) {
            return (demo, said);
        }
        ask_to_stop(&mut demo);
        told = said;
    }
    panic!("nothing is hosted: {told:#?}");
}

/// Packs what the portal shows as a message of somebody.
fn archive(folder: &Path) -> PathBuf {
    let (data, archive) = (folder.join("data"), folder.join("depart.tar"));
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("messages.txt"), "semé par une archive\n").unwrap();
    let packed = Command::new("tar")
        .args(["--create", "--owner=65534", "--group=65534", "--file"])
        .arg(&archive)
        .arg("--directory")
        .arg(&data)
        .arg("messages.txt")
        .status();
    assert!(packed.unwrap().success());
    archive
}

/// Writes a recipe of the demonstration's image, whose data an archive fills.
fn recipe(archive: &Path) -> String {
    let digest = Digest::of_hash(sealing::content_digest(&std::fs::read(archive).unwrap()));
    let image = hosting::single_program(practice::program().unwrap(), &["serve"]).image;
    format!(
        "version = \"1\"\nentry = {{ service = \"web\", port = 8080 }}\n[services.web]\nimage = \"{image}\"\n\
         volumes = [{{ name = \"data\", at = \"/data\", seed = \"{digest}\" }}]\n\
         health = {{ http = \"/sante\", every = \"1 s\", within = \"60 s\" }}\n\
         resources = {{ memory = \"128 MiB\", cpu = 0.5, processes = 256 }}\n"
    )
}

async fn it_is_sent_and_named(browser: &Browser, targets: &str, archive: &Path) {
    browser.open(targets).await;
    browser.attach("seed", archive).await;
    browser.press("Envoyer cette archive").await;
    browser.shows("depart.tar").await;
    browser.shows("Aucune cible").await;
    browser.look("01-archive").await;
    browser.fill("name", "Site semé").await;
    browser.tick("engine", "container").await;
    browser.fill("public_host", "seme.fauxbourg.example").await;
    browser.fill("recipe", &recipe(archive)).await;
    browser.tick("certified", "").await;
    browser.press("Déclarer cette cible").await;
    browser.press("Démarrer « Site semé »").await;
    browser.look("02-declared").await;
}

/// Waits until a container of the engine shows what stood in the archive, for a minute at most.
async fn it_fills_a_container(browser: &Browser, targets: &str, folder: &Path) {
    for _ in 0..60 {
        let all = addresses(folder);
        if all
            .iter()
            .any(|address| messages(address).contains("semé par une archive"))
        {
            browser.open(targets).await;
            browser.look("03-runs").await;
            return;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    browser.open(targets).await;
    panic!("{:?}: {}", addresses(folder), browser.text().await);
}

/// Asks an instance for its messages, without the gateway.
fn messages(address: &str) -> String {
    let mut answer = String::new();
    let asked = TcpStream::connect_timeout(&format!("{address}:8080").parse().unwrap(), Duration::from_secs(1))
        .and_then(|mut stream| {
            stream.set_read_timeout(Some(Duration::from_secs(5)))?;
            stream.write_all(b"GET /messages HTTP/1.1\r\nHost: portail\r\nConnection: close\r\n\r\n")?;
            stream.read_to_string(&mut answer)
        });
    // One that starts answers later.
    asked.map_or_else(|_| String::new(), |_| answer)
}

/// Keeps the present state of an instance by the page, and goes back to it.
async fn its_state_is_kept(browser: &Browser, targets: &str) {
    browser.press("Garder l’état présent").await;
    let named = "return document.querySelector('[name^=\"state-\"]').name";
    let named = browser.run(named, vec![]).await;
    browser.fill(named.as_str().unwrap(), "Comptes créés").await;
    browser.press("Garder cet état").await;
    comes(browser, targets, "Remettre à cet état").await;
    browser.look("04-kept").await;
    browser.press("Remettre à cet état").await;
    comes(browser, targets, "Partie de l’état « Comptes créés »").await;
    browser.look("05-began").await;
}
