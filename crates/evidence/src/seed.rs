//! Archives that fill volumes, looked through while they come in: what stands in them, and what looks like personal data.
//!
//! ```text
//! bytes ─▶ SHA-256
//!    └───▶ gzip, where it is ─▶ tar ─┬▶ domain::seed (what is admitted)
//!                                    └▶ texts (what looks like personal data)
//! ```

mod header;
mod pax;
mod tar;
#[cfg(test)]
mod tests;
mod texts;

use async_trait::async_trait;
use domain::seed::{SeedLimits, SeedProblem};
use flate2::write::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::sync::Arc;
use use_cases::ports::{SeedFound, SeedLook, SeedReader, SeedTrouble};

use tar::Tar;

/// How a file that gzip compressed begins (RFC 1952 §2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Looks through tar archives, plain or compressed by gzip.
pub struct SeedArchives;

impl SeedReader for SeedArchives {
    fn begin(&self, limits: SeedLimits) -> Box<dyn SeedLook> {
        Box::new(Apart(Some(Look::new(limits))))
    }
}

/// Why an archive is refused, and at which entry.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Refusal {
    problem: SeedProblem,
    entry: String,
}

impl From<Refusal> for SeedTrouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused {
            problem: refusal.problem,
            entry: refusal.entry,
        }
    }
}

/// A look that works on threads that may take their time: unpacking is work.
struct Apart(Option<Look>);

impl Apart {
    fn look(&mut self) -> Result<Look, SeedTrouble> {
        let gone = || SeedTrouble::Failed("a look through an archive ended before".to_owned());
        self.0.take().ok_or_else(gone)
    }
}

#[async_trait]
impl SeedLook for Apart {
    async fn take(&mut self, bytes: Arc<Vec<u8>>) -> Result<(), SeedTrouble> {
        let mut look = self.look()?;
        let done = tokio::task::spawn_blocking(move || {
            let taken = look.take(&bytes);
            (look, taken)
        });
        let (look, taken) = done.await.map_err(|error| SeedTrouble::Failed(error.to_string()))?;
        self.0 = Some(look);
        Ok(taken?)
    }

    async fn finish(mut self: Box<Self>) -> Result<SeedFound, SeedTrouble> {
        let look = self.look()?;
        let done = tokio::task::spawn_blocking(move || look.finish());
        Ok(done.await.map_err(|error| SeedTrouble::Failed(error.to_string()))??)
    }
}

/// A look through one archive.
struct Look {
    digest: Sha256,
    bytes: u64,
    limits: SeedLimits,
    way: Way,
}

/// How the bytes of an archive become entries.
enum Way {
    /// Nothing says yet; the first byte where one came.
    Unknown(Vec<u8>, Box<Tar>),
    Plain(Box<Tar>),
    Compressed(Box<MultiGzDecoder<Unpacked>>),
    /// It was refused.
    Over(Refusal),
}

/// Where what gzip unpacks goes; what is wrong with it is kept, since an [`std::io::Error`] cannot say.
struct Unpacked {
    tar: Box<Tar>,
    refused: Option<Refusal>,
}

impl Write for Unpacked {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.tar.take(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(refusal) => {
                self.refused = Some(refusal);
                Err(std::io::Error::other("refused"))
            }
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Says what is wrong with an archive as a whole.
const fn whole(problem: SeedProblem) -> Refusal {
    Refusal {
        problem,
        entry: String::new(),
    }
}

impl Look {
    fn new(limits: SeedLimits) -> Self {
        Self {
            digest: Sha256::new(),
            bytes: 0,
            limits,
            way: Way::Unknown(Vec::new(), Box::new(Tar::new(limits))),
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        self.digest.update(bytes);
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        let taken = match self.bytes > self.limits.bytes {
            true => Err(whole(SeedProblem::TooLarge)),
            false => self.unpack(bytes),
        };
        if let Err(refusal) = &taken {
            self.way = Way::Over(refusal.clone());
        }
        taken
    }

    fn unpack(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        match &mut self.way {
            Way::Over(refusal) => Err(refusal.clone()),
            Way::Plain(tar) => tar.take(bytes),
            Way::Compressed(gzip) => {
                let done = gzip.write_all(bytes);
                done.map_err(|_| of_gzip(gzip.get_mut(), SeedProblem::Malformed))
            }
            Way::Unknown(first, _) => {
                first.extend_from_slice(bytes);
                if first.len() < GZIP.len() {
                    return Ok(());
                }
                let first = std::mem::take(first);
                let begun = std::mem::replace(&mut self.way, Way::Over(whole(SeedProblem::Malformed)));
                let Way::Unknown(_, tar) = begun else {
                    return Err(whole(SeedProblem::Malformed));
                };
                self.way = match first.starts_with(&GZIP) {
                    true => Way::Compressed(Box::new(MultiGzDecoder::new(Unpacked { tar, refused: None }))),
                    false => Way::Plain(tar),
                };
                self.unpack(&first)
            }
        }
    }

    fn finish(self) -> Result<SeedFound, Refusal> {
        let tar = match self.way {
            Way::Over(refusal) => return Err(refusal),
            Way::Unknown(first, _) if first.is_empty() => return Err(whole(SeedProblem::Empty)),
            Way::Unknown(..) => return Err(whole(SeedProblem::Malformed)),
            Way::Plain(tar) => tar,
            Way::Compressed(mut gzip) => {
                let ended = gzip.try_finish();
                ended.map_err(|_| of_gzip(gzip.get_mut(), SeedProblem::Truncated))?;
                let ended = gzip.finish();
                ended.map_err(|_| whole(SeedProblem::Truncated))?.tar
            }
        };
        let done = tar.finish()?;
        Ok(SeedFound {
            digest: self.digest.finalize().into(),
            entries: done.entries,
            unpacked: done.unpacked,
            personal: done.personal,
        })
    }
}

/// Says why gzip stopped: what was refused of what it unpacked, or something wrong with itself.
fn of_gzip(unpacked: &mut Unpacked, otherwise: SeedProblem) -> Refusal {
    unpacked.refused.take().unwrap_or_else(|| whole(otherwise))
}
