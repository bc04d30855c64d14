//! A recorder in the place of the gateway's: what it is told becomes a segment of the campaign.

use super::*;
use authorization::SystemKind;
use domain::Timestamp;
use recording::{Folder, Opening, Outcome as Ended, Recorder, Running};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use use_cases::ports::SegmentRow;
use use_cases::target::GatewayWords;

/// A recorder as the gateway has one, in the folder of the campaign.
pub(super) struct Recording {
    disk: Arc<Folder>,
    recorder: Recorder,
    running: Option<Running>,
}

impl Recording {
    pub(super) async fn begin(app: &TestApp, story: &Story, at: Timestamp) -> Self {
        let path = app
            .folder()
            .join("recordings/campaigns")
            .join(story.campaign.to_string());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let disk = Arc::new(Folder::new(path).unwrap());
        let told = read(&app.system(SystemKind::Gateway), GatewayWords).await.unwrap();
        let word = told.campaigns.into_iter().find(|one| one.id == story.campaign).unwrap();
        let (clock, chance) = (AtomicI64::new(at.0), AtomicU64::new(at.0.unsigned_abs()));
        let settings = recording::Settings {
            key: word.recording_key,
            content_key: word.content_key,
            clock: Arc::new(move || clock.fetch_add(1000, Ordering::Relaxed)),
            chance: Arc::new(move |out| {
                let drawn = chance.fetch_add(1, Ordering::Relaxed).to_be_bytes();
                out.iter_mut()
                    .zip(drawn.iter().cycle())
                    .for_each(|(to, from)| *to = *from);
            }),
            limits: recording::Limits::default(),
            known: recording::records(&*disk).unwrap().pop(),
            on_closed: Box::new(|_| {}),
        };
        let (recorder, running) = Recorder::start(disk.clone(), settings).unwrap();
        Self {
            disk,
            recorder,
            running: Some(running),
        }
    }

    pub(super) fn tell(&self, lease: LeaseId, method: &str, path: &str, status: u16) {
        let lease = lease.to_string();
        let exchange = self
            .recorder
            .begin(Opening {
                lease: &lease,
                target: "print",
                method,
                path,
                version: "HTTP/1.1",
                fields: [("cookie", b"session=tres-secret".as_slice())],
            })
            .unwrap();
        exchange
            .response(status, "HTTP/1.1", [("content-type", b"text/html".as_slice())])
            .unwrap();
        exchange.outcome(Ended::Complete);
    }

    /// Closes the segment, and gives its record as the gateway tells it.
    pub(super) fn end(mut self, story: &Story) -> SegmentRow {
        self.running.take().unwrap().stop();
        let record = recording::records(&*self.disk).unwrap().pop().unwrap();
        evidence::row_of(story.campaign, &record)
    }
}
