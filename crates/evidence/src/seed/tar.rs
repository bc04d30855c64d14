//! Tar archives (POSIX.1-2017, pax, "ustar Interchange Format", with the long names of GNU tar), read as they come in.
//!
//! It is stricter than engines are: what two of them could read in two ways is refused, so that what was looked through is
//! what is unpacked.

use super::header::{is_sound, lossy, name_of, number, until_nul};
use super::pax::{Extended, once, text};
use super::texts::Texts;
use super::{Refusal, whole};
use domain::seed::{Admission, PersonalFinds, SeedEntry, SeedKind, SeedLimits, SeedProblem};

/// The length of a block.
const BLOCK: usize = 512;

/// The most bytes of an extended header or a long name.
const LONGEST: u64 = 1 << 20;

/// An archive as it comes in.
pub(super) struct Tar {
    admission: Admission,
    limits: SeedLimits,
    texts: Texts,
    /// The bytes that came.
    read: u64,
    /// Headers of any kind; each counts as an entry.
    headers: usize,
    block: Vec<u8>,
    state: State,
    extended: Extended,
    /// The entry that was read last.
    entry: String,
}

/// What comes next.
enum State {
    Header,
    /// A block of zeros came: another one ends the archive.
    Zero,
    Body {
        left: u64,
        /// What fills the last block.
        fill: usize,
        what: Body,
    },
    /// Nothing but zeros.
    End,
}

/// What the content of an entry is.
enum Body {
    File,
    Pax(Vec<u8>),
    /// Records for all that follows, of which none may change an entry.
    Global(Vec<u8>),
    LongName(Vec<u8>),
    LongLink(Vec<u8>),
}

/// What was found in an archive.
pub(super) struct Done {
    pub(super) entries: u64,
    pub(super) unpacked: u64,
    pub(super) personal: PersonalFinds,
}

impl Tar {
    pub(super) fn new(limits: SeedLimits) -> Self {
        Self {
            admission: Admission::new(limits),
            limits,
            texts: Texts::new(limits.texts),
            read: 0,
            headers: 0,
            block: Vec::with_capacity(BLOCK),
            state: State::Header,
            extended: Extended::default(),
            entry: String::new(),
        }
    }

    /// Takes more of the archive.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let done = self.step(bytes);
        done.map_err(|problem| Refusal {
            problem,
            entry: self.entry.clone(),
        })
    }

    fn step(&mut self, mut bytes: &[u8]) -> Result<(), SeedProblem> {
        self.read = self.read.saturating_add(bytes.len() as u64);
        // Headers and what fills blocks count too: an archive of nothing else is as long to read.
        let headers = (self.limits.entries as u64).saturating_mul(3 * BLOCK as u64);
        if self.read > self.limits.unpacked.saturating_add(headers).saturating_add(1 << 20) {
            return Err(SeedProblem::Bomb);
        }
        while !bytes.is_empty() {
            bytes = match &mut self.state {
                State::End if bytes.iter().any(|byte| *byte != 0) => return Err(SeedProblem::Trailing),
                State::End => &[],
                State::Header | State::Zero => {
                    let (now, later) = bytes.split_at(bytes.len().min(BLOCK - self.block.len()));
                    self.block.extend_from_slice(now);
                    if self.block.len() == BLOCK {
                        let block = std::mem::take(&mut self.block);
                        self.header(&block)?;
                    }
                    later
                }
                State::Body { .. } => self.body(bytes)?,
            };
        }
        Ok(())
    }

    /// Takes content; gives what follows it.
    fn body<'b>(&mut self, bytes: &'b [u8]) -> Result<&'b [u8], SeedProblem> {
        let State::Body { left, fill, what } = &mut self.state else {
            return Ok(bytes);
        };
        let now = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
        let (content, rest) = bytes.split_at(now);
        *left -= now as u64;
        match what {
            Body::File => self.texts.take(content),
            Body::Pax(held) | Body::Global(held) | Body::LongName(held) | Body::LongLink(held) => {
                held.extend_from_slice(content);
            }
        }
        if *left > 0 {
            return Ok(rest);
        }
        let skip = (*fill).min(rest.len());
        *fill -= skip;
        if *fill == 0 {
            self.ended()?;
        }
        Ok(&rest[skip..])
    }

    /// Ends the content of an entry.
    fn ended(&mut self) -> Result<(), SeedProblem> {
        let State::Body { what, .. } = std::mem::replace(&mut self.state, State::Header) else {
            return Ok(());
        };
        match what {
            Body::File => self.texts.end(),
            Body::Pax(held) => {
                let read = Extended::read(&held)?;
                if !self.extended.is_none() {
                    return Err(SeedProblem::Malformed);
                }
                self.extended = read;
            }
            Body::Global(held) => {
                if !Extended::read(&held)?.is_none() {
                    return Err(SeedProblem::Malformed);
                }
            }
            Body::LongName(held) => once(&mut self.extended.path, text(until_nul(&held))?)?,
            Body::LongLink(held) => once(&mut self.extended.link, text(until_nul(&held))?)?,
        }
        Ok(())
    }

    fn header(&mut self, block: &[u8]) -> Result<(), SeedProblem> {
        if block.iter().all(|byte| *byte == 0) {
            self.state = match self.state {
                State::Zero => State::End,
                _ => State::Zero,
            };
            return Ok(());
        }
        if matches!(self.state, State::Zero) || !is_sound(block) {
            return Err(SeedProblem::Malformed);
        }
        self.headers += 1;
        if self.headers > self.limits.entries.saturating_mul(3) {
            return Err(SeedProblem::TooMany);
        }
        let size = number(&block[124..136]).ok_or(SeedProblem::Malformed)?;
        let held = match block[156] {
            b'x' => Body::Pax(Vec::new()),
            b'g' => Body::Global(Vec::new()),
            b'L' => Body::LongName(Vec::new()),
            b'K' => Body::LongLink(Vec::new()),
            _ => return self.entry(block, size),
        };
        if size == 0 || size > LONGEST {
            return Err(SeedProblem::Malformed);
        }
        self.begin(size, held)
    }

    fn begin(&mut self, size: u64, what: Body) -> Result<(), SeedProblem> {
        let over = (size % BLOCK as u64) as usize;
        self.state = State::Body {
            left: size,
            fill: (BLOCK - over) % BLOCK,
            what,
        };
        if size == 0 { self.ended() } else { Ok(()) }
    }

    fn entry(&mut self, block: &[u8], size: u64) -> Result<(), SeedProblem> {
        let extended = std::mem::take(&mut self.extended);
        let size = extended.size.unwrap_or(size);
        self.entry = extended.path.unwrap_or_else(|| name_of(block));
        let link = extended.link.unwrap_or_else(|| lossy(until_nul(&block[157..257])));
        let kind = match block[156] {
            // A file whose path ends as a folder's does is a folder to those who follow the oldest of the formats.
            b'0' | 0 if self.entry.ends_with('/') => SeedKind::Folder,
            b'0' | 0 => SeedKind::File,
            b'1' => SeedKind::Hard(link),
            b'2' => SeedKind::Symbolic(link),
            b'3' | b'4' | b'6' => SeedKind::Device,
            b'5' => SeedKind::Folder,
            _ => SeedKind::Other,
        };
        // What has no content and says that it has some is read in different ways.
        if kind != SeedKind::File && size != 0 && !matches!(kind, SeedKind::Device | SeedKind::Other) {
            return Err(SeedProblem::Malformed);
        }
        let entry = SeedEntry {
            path: self.entry.clone(),
            kind,
            size,
        };
        self.admission.admit(&entry)?;
        if entry.kind != SeedKind::File {
            return Ok(());
        }
        self.texts.begin(&self.entry);
        self.begin(size, Body::File)
    }

    /// Ends the archive.
    pub(super) fn finish(self) -> Result<Done, Refusal> {
        if self.headers == 0 {
            return Err(whole(match self.read {
                0 => SeedProblem::Empty,
                _ => SeedProblem::Malformed,
            }));
        }
        // One block of zeros is an end that all take; a second one that is cut too.
        if !matches!(self.state, State::Zero | State::End) || !self.extended.is_none() {
            return Err(Refusal {
                problem: SeedProblem::Truncated,
                entry: self.entry,
            });
        }
        Ok(Done {
            entries: self.admission.entries() as u64,
            unpacked: self.admission.unpacked(),
            personal: self.texts.done(),
        })
    }
}
