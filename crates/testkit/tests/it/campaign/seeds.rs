//! Archives that fill volumes: sent part by part, refused with their entry, named by recipes, handed to the engine.

use super::coverage::get;
use super::target::{hosted, hunting};
use super::*;
use crate::requests::{ask, post};
use authorization::SystemKind;
use axum::body::Body;
use domain::recipe::Digest;
use domain::seed::PersonalKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio_util::io::{InspectReader, ReaderStream};
use use_cases::target::{
    DeclareTarget, RemoveSeed, RemoveTarget, SeedLine, ViewTargets, begin_seed, open_seed, remove_seed,
};

/// One file of a tar archive (POSIX.1-2017, pax, "ustar Interchange Format").
fn file(name: &str, content: &str) -> Vec<u8> {
    let mut block = vec![0u8; 512];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    block[148..156].copy_from_slice(b"        ");
    block[156] = b'0';
    block[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block.extend_from_slice(content.as_bytes());
    let length = block.len().next_multiple_of(512);
    block.resize(length, 0);
    block
}

fn archive(files: &[Vec<u8>]) -> Vec<u8> {
    [files.concat(), vec![0; 1024]].concat()
}

/// Sends an archive in parts, as a browser's arrives.
async fn send(context: &Context, campaign: CampaignId, name: &str, bytes: &[u8]) -> use_cases::Outcome<()> {
    let mut upload = begin_seed(context, campaign, name).await?;
    for part in bytes.chunks(100_000) {
        if let Err(error) = upload.take(part.to_vec()).await {
            upload.abandon().await;
            return Err(error);
        }
    }
    upload.keep().await
}

/// Counts the files of an instance, whole or being written.
fn files(app: &TestApp) -> usize {
    let folders = std::fs::read_dir(app.folder().join("files")).unwrap();
    let of = |folder: std::io::Result<std::fs::DirEntry>| std::fs::read_dir(folder.unwrap().path()).unwrap().count();
    folders.map(of).sum()
}

fn recipe(digest: &str) -> String {
    format!(
        "version = \"1\"\nentry = {{ service = \"web\", port = 8080 }}\n[services.web]\n\
         image = \"sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"\n\
         volumes = [{{ name = \"data\", at = \"/data\", seed = \"{digest}\" }}]\n"
    )
}

async fn seeds(context: &Context, campaign: CampaignId) -> Vec<SeedLine> {
    read(context, ViewTargets(campaign)).await.unwrap().seeds
}

/// Gives the field, the text and what it quotes of the one thing that is wrong.
fn wrong(outcome: use_cases::Outcome<()>) -> (String, &'static str, String) {
    let Err(Error::Invalid(mut problems)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(problems.len(), 1, "{problems:?}");
    let one = problems.remove(0);
    (one.field, one.message, one.detail.unwrap_or_default())
}

each_engine! {
    async fn an_archive_is_sent_named_by_a_recipe_and_handed_to_the_engine(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        // It is longer than a sealed chunk, and none of it stands on the disk as it is.
        let bytes = archive(&[file("messages.txt", &"semé ".repeat(60_000))]);
        for who in [story.mayor, story.vendor, story.operator, story.teacher] {
            let tried = send(&who.context(&app), story.campaign, "a.tar", &bytes).await;
            assert!(matches!(tried, Err(Error::NotFound)), "{tried:?}");
        }
        send(&organiser, story.campaign, "dossier/départ.tar", &bytes).await.unwrap();
        let (field, message, name) = wrong(send(&organiser, story.campaign, "autre.tar", &bytes).await);
        assert_eq!((field.as_str(), message, name.as_str()), ("seed", "target-seed-error-same", "départ.tar"));
        let line = seeds(&organiser, story.campaign).await.remove(0);
        let digest = Digest::of_hash(sha256(&bytes));
        assert_eq!((line.about.digest.as_str(), line.bytes), (digest.as_str(), bytes.len() as i64));
        assert_eq!((line.by.as_str(), line.about.entries, line.used_by.len()), ("Claire Morel", 1, 0));
        perform(&organiser, hosted(&story, &recipe(digest.as_str()))).await.unwrap();
        let line = seeds(&organiser, story.campaign).await.remove(0);
        assert_eq!(line.used_by, ["Recette"]);
        let id = read(&organiser, ViewTargets(story.campaign)).await.unwrap().targets[0].id;
        let system = Context::system(&app, SystemKind::Gateway);
        let mut opened = open_seed(&system, id, &digest).await.unwrap().unwrap();
        let mut read_back = Vec::new();
        while let Some(part) = opened.next().await.unwrap() {
            read_back.extend_from_slice(&part);
        }
        assert!(read_back == bytes);
        assert!(open_seed(&system, id, &Digest::of_hash([7; 32])).await.unwrap().is_none());
        assert!(matches!(open_seed(&organiser, id, &digest).await, Err(Error::NotFound)));
        let remove = RemoveSeed { campaign: story.campaign, seed: line.id };
        let kept = remove_seed(&organiser, remove).await;
        assert!(matches!(kept, Err(Error::Conflict("target-seed-error-used"))), "{kept:?}");
        perform(&organiser, RemoveTarget { campaign: story.campaign, target: id }).await.unwrap();
        assert!(matches!(remove_seed(&story.vendor.context(&app), remove).await, Err(Error::NotFound)));
        let before = files(&app);
        remove_seed(&organiser, remove).await.unwrap();
        assert!(seeds(&organiser, story.campaign).await.is_empty());
        // Its file goes with it, and counts for nothing any more.
        assert_eq!(files(&app), before - 1);
        app.clock.advance(2 * DAY);
        assert_eq!(use_cases::files::sweep(&app).await.unwrap(), 0);
        assert!(open_seed(&system, id, &digest).await.unwrap().is_none());
        let page = read(&organiser, ViewCampaign(story.campaign)).await.unwrap();
        for kind in ["campaign.seed_kept", "campaign.seed_removed"] {
            assert!(page.history.iter().any(|line| line.kind == kind), "{kind}");
        }
    }

    async fn an_archive_that_leads_out_is_refused_with_its_entry(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let send = async |bytes: &[u8]| wrong(send(&organiser, story.campaign, "a.tar", bytes).await);
        let (field, message, entry) = send(&archive(&[file("ok.txt", "a"), file("../../etc/passwd", "b")])).await;
        assert_eq!((field.as_str(), message, entry.as_str()), ("seed", "target-seed-error-climbs", "../../etc/passwd"));
        assert_eq!(send(b"").await.1, "target-seed-error-empty");
        assert_eq!(send(&[1; 2000]).await.1, "target-seed-error-malformed");
        let app = app.with_settings(|settings| {
            settings.limits.seed_bytes = 1 << 20;
            settings.limits.seed_unpacked_bytes = 1000;
        });
        let organiser = story.organiser.context(&app);
        let (_, message, said) = wrong(super::seeds::send(&organiser, story.campaign, "a.tar", &archive(&[file("grand.txt", &"a".repeat(2000))])).await);
        assert_eq!((message, said.as_str()), ("target-seed-error-bomb", "0 Mo : grand.txt"));
        assert!(seeds(&organiser, story.campaign).await.is_empty());
        // Nothing stays of what was refused, be it at its very end.
        assert_eq!(files(&app), 0);
        app.clock.advance(2 * DAY);
        assert_eq!(use_cases::files::sweep(&app).await.unwrap(), 0);
    }

    async fn archives_go_with_the_recordings_of_their_campaign(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let bytes = archive(&[file("messages.txt", "semé")]);
        send(&organiser, story.campaign, "départ.tar", &bytes).await.unwrap();
        let record = read(&organiser, ViewTargets(story.campaign)).await.unwrap().record;
        let path = addresses::target::list(story.campaign.0);
        assert!(get(&app, story.organiser, &path).await.1.contains("Ces archives sont détruites le"));
        let there = files(&app);
        app.clock.set(record.recordings_until().plus(-domain::time::SECOND));
        app.settle().await;
        assert_eq!((seeds(&organiser, story.campaign).await.len(), files(&app)), (1, there));
        app.clock.advance(domain::time::SECOND);
        app.settle().await;
        assert_eq!((seeds(&organiser, story.campaign).await.len(), files(&app)), (0, there - 1));
        let page = read(&organiser, ViewCampaign(story.campaign)).await.unwrap();
        let gone = page.history.iter().filter(|line| line.kind == "campaign.seed_removed").count();
        assert_eq!(gone, 1);
        app.settle().await;
        assert_eq!(page.history.iter().filter(|line| line.kind == "campaign.seed_removed").count(), 1);
    }

    async fn a_body_without_parts_is_not_held(app: TestApp) {
        let app = app.with_settings(|settings| settings.limits.seed_bytes = 64 << 20);
        let story = planned(&app).await;
        let read = Arc::new(AtomicUsize::new(0));
        let count = read.clone();
        let endless = InspectReader::new(tokio::io::repeat(b'x'), move |bytes| {
            count.fetch_add(bytes.len(), Ordering::Relaxed);
        });
        let request = post(&addresses::target::seeds(story.campaign.0), "multipart/form-data; boundary=grenze");
        let request = request.header("Cookie", app.cookie(story.organiser).await);
        let (status, page) = ask(&app, request, Body::from_stream(ReaderStream::new(endless))).await;
        assert!(status == 422 && page.contains("L’envoi s’est interrompu"), "{status}: {page}");
        let read = read.load(Ordering::Relaxed);
        assert!((1 << 20..2 << 20).contains(&read), "{read} bytes were read");
    }

    async fn an_archive_comes_by_its_form(app: TestApp) {
        let story = planned(&app).await;
        // It is longer than what may stand before the first part.
        let bytes = archive(&[file("messages.txt", &"semé ".repeat(500_000))]);
        let head = "--grenze\r\nContent-Disposition: form-data; name=\"seed\"; filename=\"a.tar\"\r\n\r\n";
        let body = [head.as_bytes(), &bytes, b"\r\n--grenze--\r\n"].concat();
        let request = post(&addresses::target::seeds(story.campaign.0), "multipart/form-data; boundary=grenze");
        let request = request.header("Cookie", app.cookie(story.organiser).await);
        let (status, page) = ask(&app, request, body).await;
        assert_eq!(status, 303, "{page}");
        let line = seeds(&story.organiser.context(&app), story.campaign).await.remove(0);
        assert_eq!((line.about.name.as_str(), line.bytes), ("a.tar", bytes.len() as i64));
    }

    async fn a_recipe_that_names_a_seed_that_is_not_there_is_refused(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let nowhere = Digest::of_hash([9; 32]);
        let (field, message, place) = wrong(perform(&organiser, hosted(&story, &recipe(nowhere.as_str()))).await);
        assert_eq!((field.as_str(), message), ("recipe", "target-recipe-no-such-seed"));
        assert!(place.starts_with("5 (services.web.volumes[1].seed)"), "{place}");
    }

    async fn whoever_certifies_was_shown_what_looks_like_personal_data(app: TestApp) {
        let story = planned(&app).await;
        let organiser = story.organiser.context(&app);
        let bytes = archive(&[
            file("clients.csv", "A;06 12 34 56 78\nB;07 98 76 54 32;b.durand@mairie-du-guet.fr\n"),
            file("rien.txt", "rien\n"),
        ]);
        send(&organiser, story.campaign, "départ.tar", &bytes).await.unwrap();
        let line = seeds(&organiser, story.campaign).await.remove(0);
        let finds = &line.about.personal;
        assert_eq!(finds.counts.found(), [(PersonalKind::Phone, 2), (PersonalKind::Email, 1)]);
        assert_eq!(finds.files.len(), 1);
        assert!(!format!("{:?}", line.about).contains("06 12"));
        let declared = hosted(&story, &recipe(&line.about.digest));
        let (field, message, _) = wrong(perform(&organiser, declared.clone()).await);
        assert_eq!((field.as_str(), message), ("certified", "target-error-warned"), "it was not shown");
        let shown = DeclareTarget { warned: vec![line.id], ..declared };
        perform(&organiser, shown).await.unwrap();
        let target = read(&organiser, ViewTargets(story.campaign)).await.unwrap().targets.remove(0);
        let warned = &target.settings.warned;
        assert_eq!((warned.len(), warned[0].seed, &warned[0].personal), (1, line.id, finds));
        let story = made_ready(&app, story).await;
        let pupil = hunting(&app, &story).await;
        assert!(matches!(read(&pupil, ViewTargets(story.campaign)).await, Err(Error::NotFound)));
    }
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    sealing::content_digest(bytes)
}
