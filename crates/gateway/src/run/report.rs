//! What the platform is told of the gateway itself: how recordings are, and what earlier runs left.

use std::collections::HashSet;
use std::convert::Infallible;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use recording::{Disk, Folder};
use tokio::time::Instant;

use super::orders::Orders;
use super::recorders::campaign_folder;
use crate::link::{Hello, Outbox, RecorderState, Recording, State};

/// How often it is looked how recorders are.
const LOOK: Duration = Duration::from_millis(500);
/// How often the platform is told although nothing changed.
const TELL: Duration = Duration::from_secs(10);

/// Tells of the segments that earlier runs left of campaigns that are in no words: nobody here knows
/// which of them the platform was told of.
fn left_behind(folder: &Path, known: &HashSet<String>, outbox: &Outbox) {
    let found = campaigns(folder).unwrap_or_default();
    for campaign in found.into_iter().filter(|campaign| !known.contains(campaign)) {
        let records = Folder::new(campaign_folder(folder, &campaign)).and_then(|disk| recording::records(&disk));
        match records {
            Ok(records) => records.into_iter().for_each(|record| outbox.closed(&campaign, record)),
            Err(error) => tracing::warn!(campaign, "what was recorded cannot be told: {error}"),
        }
    }
}

/// The campaigns that have a folder.
fn campaigns(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(campaign_folder(folder, "")) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let names = entries.map(|entry| Ok(entry?.file_name().into_string().ok()));
    names.filter_map(Result::transpose).collect()
}

/// Tells again and again how recordings are, at once when that changes.
pub(super) async fn keep(orders: &Orders, folder: &Path, hello: &Hello, outbox: &Arc<Outbox>) -> Infallible {
    let mut told: Option<(Instant, Vec<(String, RecorderState)>)> = None;
    let mut looked = false;
    loop {
        if !looked && orders.have_come() {
            looked = true;
            let known = orders
                .recordings()
                .into_iter()
                .map(|recording| recording.campaign)
                .collect();
            let (folder, outbox) = (folder.to_owned(), Arc::clone(outbox));
            // What a panic kept from being told, the next run tells.
            let _ = tokio::task::spawn_blocking(move || left_behind(&folder, &known, &outbox)).await;
        }
        let recordings = orders.recordings();
        let states: Vec<_> = recordings
            .iter()
            .map(|recording| (recording.campaign.clone(), recording.recorder))
            .collect();
        let same = |(at, before): &(Instant, Vec<_>)| *before == states && at.elapsed() < TELL;
        if !told.as_ref().is_some_and(same) {
            let folder = folder.to_owned();
            let measured = tokio::task::spawn_blocking(move || measured(&folder, recordings)).await;
            // Only the end of the runtime keeps it from being measured.
            if let Ok(recordings) = measured {
                orders.forget(&recordings);
                outbox.state(State {
                    hello: hello.clone(),
                    recordings,
                });
                told = Some((Instant::now(), states));
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Adds the sizes, and what earlier runs left open.
fn measured(folder: &Path, mut recordings: Vec<Recording>) -> Vec<Recording> {
    let known: HashSet<String> = recordings.iter().map(|recording| recording.campaign.clone()).collect();
    for recording in &mut recordings {
        if let Ok(disk) = Folder::new(campaign_folder(folder, &recording.campaign)) {
            recording.used = disk.list().ok().map(|list| list.iter().map(|(_, size)| size).sum());
            recording.free = disk.free().ok();
        }
    }
    let others = campaigns(folder).unwrap_or_default();
    for campaign in others.into_iter().filter(|campaign| !known.contains(campaign)) {
        let list = Folder::new(campaign_folder(folder, &campaign)).and_then(|disk| disk.list());
        let list = list.unwrap_or_default();
        if list.iter().any(|(name, _)| name.ends_with(".open")) {
            recordings.push(Recording {
                campaign,
                recorder: RecorderState::Left,
                used: Some(list.iter().map(|(_, size)| size).sum()),
                free: None,
            });
        }
    }
    recordings
}
