//! Recordings, and archives that fill volumes, behind the ports of the use cases.
//!
//! The gateway writes a folder for each campaign; here they are read back with the key of its recordings, on
//! threads of their own, since a page of exchanges may read some hundred mebibytes.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

mod convert;
mod cover;
mod remove;
mod replayer;
mod seed;
mod show;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use domain::ids::{CampaignId, LeaseId};
use recording::bundle::{self, About, BundleLimits, BundleWriter, Manifested};
use recording::export::{Provenance, har::HarWriter, warc::WarcWriter};
use recording::{
    Archive, Effort, Folder, Inline, Order, Place, Recorded, Redaction, SegmentRecord, redacted_exchange_as,
};
use tokio::sync::Semaphore;
use use_cases::ports::{
    BundleAbout, CoverageAsked, CoverageSoFar, ExchangeFilter, ExchangePage, ExportFormat, MadeBundle, RecordingOf,
    RecordingTrouble, Recordings, ShownBundle, ShownExchange,
};

pub use convert::{record_of, row_of};
pub use replayer::{FindHost, NetworkReplayer};
pub use seed::SeedArchives;

use convert::{failed, filter_of, found_line, no_bundle};
use show::shown;

/// What the platform calls itself in what it writes.
const PROGRAM: &str = "Beffroi";

/// The recordings in a folder, with one folder for each campaign.
pub struct FolderRecordings {
    folder: PathBuf,
    version: String,
    limits: BundleLimits,
}

/// The segments of a campaign, open.
struct Opened {
    archive: Archive,
    records: Vec<SegmentRecord>,
}

impl FolderRecordings {
    /// Takes the folder in which the gateway records, and the version of the program.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>, version: &str, bundle_bytes: u64) -> Self {
        Self {
            folder: folder.into(),
            version: version.to_owned(),
            limits: BundleLimits {
                bytes: bundle_bytes,
                ..BundleLimits::default()
            },
        }
    }

    fn open(&self, of: RecordingOf) -> Result<Opened, RecordingTrouble> {
        let path = self.folder.join(of.campaign.to_string());
        let folder = Folder::new(path).map_err(|error| RecordingTrouble::Failed(error.to_string()))?;
        Ok(Opened {
            archive: Archive::new(Arc::new(folder), of.secret),
            records: of.segments.iter().map(record_of).collect(),
        })
    }

    fn creator(&self) -> String {
        format!("{PROGRAM} {}", self.version)
    }
}

impl Opened {
    /// Gives one exchange, where it came by one of these leases.
    fn exchange(&mut self, leases: &[LeaseId], place: &str) -> Result<(Place, Recorded), RecordingTrouble> {
        let place = Place::parse(place).ok_or(RecordingTrouble::Missing)?;
        let found = recording::exchange_at(&mut self.archive, &self.records, place).map_err(failed)?;
        let found = found.ok_or(RecordingTrouble::Missing)?;
        let theirs = leases.iter().any(|lease| lease.to_string() == found.lease);
        theirs.then_some((place, found)).ok_or(RecordingTrouble::Missing)
    }
}

/// What cannot be reached on the disk.
fn unreachable(error: std::io::Error) -> RecordingTrouble {
    RecordingTrouble::Failed(error.to_string())
}

/// How many recordings are read at once: each may take some hundred mebibytes, and the thread that reads it.
static ROOM: Semaphore = Semaphore::const_new(4);

/// Does work that reads files on a thread that may wait; others wait until there is room.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, RecordingTrouble> + Send + 'static,
) -> Result<T, RecordingTrouble> {
    let failed = |error: &dyn std::fmt::Display| RecordingTrouble::Failed(error.to_string());
    let room = ROOM.acquire().await.map_err(|error| failed(&error))?;
    // The work goes on when whoever asked has left, and keeps its room until it is done.
    let done = tokio::task::spawn_blocking(move || {
        let _room = room;
        work()
    });
    done.await.map_err(|error| failed(&error))?
}

#[async_trait]
impl Recordings for FolderRecordings {
    async fn find(
        &self,
        of: RecordingOf,
        filter: ExchangeFilter,
        after: Option<String>,
        limit: usize,
    ) -> Result<ExchangePage, RecordingTrouble> {
        let mut opened = self.open(of)?;
        let after = match after {
            Some(text) => Some(Place::parse(&text).ok_or(RecordingTrouble::Missing)?),
            None => None,
        };
        apart(move || {
            let (archive, records) = (&mut opened.archive, &opened.records);
            let filter = filter_of(&filter);
            let page = recording::find(archive, records, &filter, Order::Newest, after, Effort::page(limit));
            let page = page.map_err(failed)?;
            Ok(ExchangePage {
                lines: page.found.into_iter().map(found_line).collect(),
                next: page.next.map(|place| place.to_string()),
            })
        })
        .await
    }

    async fn show(
        &self,
        of: RecordingOf,
        leases: Vec<LeaseId>,
        place: String,
    ) -> Result<ShownExchange, RecordingTrouble> {
        let mut opened = self.open(of)?;
        apart(move || {
            let (place, exchange) = opened.exchange(&leases, &place)?;
            shown(place, &exchange, &mut opened.archive)
        })
        .await
    }

    async fn bundle(
        &self,
        of: RecordingOf,
        leases: Vec<LeaseId>,
        places: Vec<String>,
        about: BundleAbout,
    ) -> Result<MadeBundle, RecordingTrouble> {
        let mut opened = self.open(of)?;
        let (limits, creator) = (self.limits, self.creator());
        apart(move || {
            let about_bundle = About {
                made: about.made.0,
                creator,
                campaign: about.campaign.to_string(),
                subject: about.subject,
                redacted: false,
            };
            let mut writer = BundleWriter::new(Vec::new(), about_bundle, limits);
            let mut prints = Vec::with_capacity(places.len());
            for place in &places {
                let (place, exchange) = opened.exchange(&leases, place)?;
                prints.push(exchange.target.clone());
                writer
                    .exchange(place, &exchange, &mut opened.archive)
                    .map_err(no_bundle)?;
            }
            for (print, text) in &about.targets {
                writer.target(print, text).map_err(no_bundle)?;
            }
            let manifested = writer.manifest(&opened.records).map_err(no_bundle)?;
            Ok(MadeBundle {
                digest: manifested.digest(),
                bytes: manifested.finish().map_err(no_bundle)?,
                prints,
            })
        })
        .await
    }

    async fn with_proofs(
        &self,
        bytes: Vec<u8>,
        proofs: Vec<(&'static str, String)>,
    ) -> Result<Vec<u8>, RecordingTrouble> {
        let limits = self.limits;
        apart(move || {
            let mut manifested = Manifested::again(bytes, limits).map_err(no_bundle)?;
            for (name, text) in proofs {
                manifested.proof(name, text.as_bytes()).map_err(no_bundle)?;
            }
            manifested.finish().map_err(no_bundle)
        })
        .await
    }

    async fn campaigns(&self) -> Result<Vec<CampaignId>, RecordingTrouble> {
        let folder = self.folder.clone();
        apart(move || remove::campaigns(&folder).map_err(unreachable)).await
    }

    async fn remove(&self, campaign: CampaignId) -> Result<usize, RecordingTrouble> {
        let folder = self.folder.clone();
        apart(move || remove::remove(&folder, campaign).map_err(unreachable)).await
    }

    async fn read_bundle(&self, bytes: Vec<u8>, redacted: bool) -> Result<ShownBundle, RecordingTrouble> {
        let limits = self.limits;
        apart(move || {
            let bundle = bundle::read(bytes.as_slice(), limits).map_err(no_bundle)?;
            let show = |(place, exchange): &(Place, Recorded)| match redacted {
                true => {
                    let exchange = redacted_exchange_as(exchange, &mut Inline, Redaction::Personal).map_err(failed)?;
                    shown(*place, &exchange, &mut Inline)
                }
                false => shown(*place, exchange, &mut Inline),
            };
            Ok(ShownBundle {
                digest: bundle.digest,
                exchanges: bundle.exchanges.iter().map(show).collect::<Result<_, _>>()?,
            })
        })
        .await
    }

    async fn export(&self, bytes: Vec<u8>, format: ExportFormat, notice: String) -> Result<Vec<u8>, RecordingTrouble> {
        let limits = self.limits;
        let provenance = Provenance {
            program: PROGRAM.to_owned(),
            version: self.version.clone(),
            notice,
            scheme: "https".to_owned(),
        };
        apart(move || {
            let bundle = bundle::read(bytes.as_slice(), limits).map_err(no_bundle)?;
            let exchanges = bundle
                .exchanges
                .iter()
                .map(|(_, one)| redacted_exchange_as(one, &mut Inline, Redaction::Personal));
            let exchanges = exchanges.collect::<Result<Vec<_>, _>>().map_err(failed)?;
            written(&exchanges, format, &provenance, bundle.about.made).map_err(failed)
        })
        .await
    }

    async fn cover(
        &self,
        of: RecordingOf,
        so_far: CoverageSoFar,
        asked: CoverageAsked,
    ) -> Result<CoverageSoFar, RecordingTrouble> {
        let mut opened = self.open(of)?;
        apart(move || cover::counted(&mut opened, so_far, &asked)).await
    }
}

fn written(
    exchanges: &[Recorded],
    format: ExportFormat,
    provenance: &Provenance,
    made: i64,
) -> Result<Vec<u8>, recording::ReadError> {
    match format {
        ExportFormat::Har => {
            let mut writer = HarWriter::new(Vec::new(), provenance)?;
            for exchange in exchanges {
                writer.exchange(exchange, &mut Inline)?;
            }
            Ok(writer.finish()?)
        }
        ExportFormat::Warc => {
            let mut writer = WarcWriter::new(Vec::new(), provenance, "beffroi.warc.gz", made)?;
            for exchange in exchanges {
                writer.exchange(exchange, &mut Inline)?;
            }
            Ok(writer.finish()?)
        }
    }
}
