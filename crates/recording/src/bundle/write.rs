//! Making a bundle, file after file, in little memory.

use std::collections::BTreeSet;
use std::io::Write;

use sha2::{Digest, Sha256};

use super::form::{ExchangeForm, FileForm, Manifest};
use super::read::read;
use super::{About, BundleError, BundleLimits, Described, FORMAT, tar};
use crate::bodies::Bodies;
use crate::collect::{Part, Recorded};
use crate::disk::record_name;
use crate::entry::Content;
use crate::find::Place;
use crate::record::SegmentRecord;

/// Writes a bundle: exchanges and what fingerprints stand for first, then the manifest, then proofs.
pub struct BundleWriter<W> {
    files: Files<W>,
    about: About,
    limits: BundleLimits,
    segments: BTreeSet<u64>,
    exchanges: usize,
    targets: usize,
}

/// A bundle whose manifest is written: only proofs may follow.
pub struct Manifested<W> {
    files: Files<W>,
    digest: [u8; 32],
}

struct Files<W> {
    out: W,
    told: Vec<FileForm>,
    room: u64,
}

impl<W: Write> BundleWriter<W> {
    /// Begins a bundle.
    pub fn new(out: W, about: About, limits: BundleLimits) -> Self {
        Self {
            files: Files {
                out,
                told: Vec::new(),
                room: limits.bytes,
            },
            about,
            limits,
            segments: BTreeSet::new(),
            exchanges: 0,
            targets: 0,
        }
    }

    /// Adds an exchange, which began at this place.
    pub fn exchange(&mut self, place: Place, exchange: &Recorded, bodies: &mut dyn Bodies) -> Result<(), BundleError> {
        self.exchanges += 1;
        if self.exchanges > self.limits.exchanges {
            return Err(BundleError::TooLarge);
        }
        let folder = format!("exchanges/{:04}", self.exchanges);
        let segments = segments_of(place, exchange);
        let form = ExchangeForm::of(place, segments.iter().copied().collect(), exchange);
        self.segments.extend(segments);
        let json = serde_json::to_vec_pretty(&form).map_err(std::io::Error::from)?;
        self.files.bytes(&format!("{folder}/exchange.json"), &json)?;
        let request = [&exchange.request_body];
        let response = [&exchange.response_body];
        self.files.parts(&format!("{folder}/request.body"), &request, bodies)?;
        self.files
            .parts(&format!("{folder}/response.body"), &response, bodies)?;
        let messages: Vec<&Part> = exchange.messages.iter().map(|message| &message.part).collect();
        self.files.parts(&format!("{folder}/messages.bin"), &messages, bodies)
    }

    /// Adds what a fingerprint stands for.
    pub fn target(&mut self, fingerprint: &str, description: &str) -> Result<(), BundleError> {
        self.targets += 1;
        let described = Described {
            fingerprint: fingerprint.to_owned(),
            description: description.to_owned(),
        };
        let json = serde_json::to_vec_pretty(&described).map_err(std::io::Error::from)?;
        self.files.bytes(&format!("targets/{:04}.json", self.targets), &json)
    }

    /// Adds the records of the segments that the exchanges came from, of those given, and the manifest.
    pub fn manifest(mut self, records: &[SegmentRecord]) -> Result<Manifested<W>, BundleError> {
        if let (Some(first), Some(last)) = (self.segments.first(), self.segments.last()) {
            for sequence in *first..=*last {
                let found = records.binary_search_by_key(&sequence, |record| record.sequence);
                let record = &records[found.map_err(|_| BundleError::Broken(sequence))?];
                let name = format!("chain/{}", record_name(sequence));
                self.files.bytes(&name, record.to_text().as_bytes())?;
            }
        }
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            about: self.about,
            files: std::mem::take(&mut self.files.told),
        };
        let json = serde_json::to_vec_pretty(&manifest).map_err(std::io::Error::from)?;
        self.files.bytes("manifest.json", &json)?;
        Ok(Manifested {
            files: self.files,
            digest: Sha256::digest(&json).into(),
        })
    }
}

/// The most bytes of all proofs that are put beside a bundle later.
const PROOFS: u64 = 1 << 20;

impl Manifested<Vec<u8>> {
    /// Takes a bundle that was made before, so that more proofs follow those it has; it is read and checked first.
    pub fn again(bytes: Vec<u8>, limits: BundleLimits) -> Result<Self, BundleError> {
        let digest = read(bytes.as_slice(), limits)?.digest;
        let mut out = bytes;
        out.truncate(out.len().saturating_sub(tar::END));
        let files = Files {
            out,
            told: Vec::new(),
            room: PROOFS,
        };
        Ok(Self { files, digest })
    }
}

impl<W: Write> Manifested<W> {
    /// SHA-256 of the manifest: what the log commits to.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Puts a proof beside; its name is of small letters, digits, `-` and `.`.
    pub fn proof(&mut self, name: &str, bytes: &[u8]) -> Result<(), BundleError> {
        if !is_proof_name(name) {
            return Err(BundleError::Malformed(name.to_owned()));
        }
        self.files.bytes(&format!("proofs/{name}"), bytes)
    }

    /// Ends the bundle.
    pub fn finish(mut self) -> Result<W, BundleError> {
        tar::put_end(&mut self.files.out)?;
        self.files.out.flush()?;
        Ok(self.files.out)
    }
}

/// Whether a proof may be named so.
pub(super) fn is_proof_name(name: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    (1..=80).contains(&name.len()) && !name.starts_with('.') && name.bytes().all(good)
}

impl<W: Write> Files<W> {
    fn bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), BundleError> {
        self.begin(name, bytes.len() as u64)?;
        self.out.write_all(bytes)?;
        self.end(name, bytes.len() as u64, Sha256::digest(bytes).into())
    }

    /// The bytes of some parts one after the other; no file when there are none.
    fn parts(&mut self, name: &str, parts: &[&Part], bodies: &mut dyn Bodies) -> Result<(), BundleError> {
        let size = parts.iter().map(|part| part.kept()).fold(0, u64::saturating_add);
        if size == 0 {
            return Ok(());
        }
        self.begin(name, size)?;
        let mut hashing = Hashing {
            out: &mut self.out,
            hash: Sha256::new(),
        };
        let mut written = 0;
        for part in parts {
            written += bodies.copy(part, &mut hashing)?;
        }
        let digest = hashing.hash.finalize().into();
        if written != size {
            return Err(BundleError::Malformed(name.to_owned()));
        }
        self.end(name, size, digest)
    }

    fn begin(&mut self, name: &str, size: u64) -> Result<(), BundleError> {
        self.room = self.room.checked_sub(size).ok_or(BundleError::TooLarge)?;
        tar::put_head(&mut self.out, name, size)
    }

    fn end(&mut self, name: &str, size: u64, digest: [u8; 32]) -> Result<(), BundleError> {
        tar::put_padding(&mut self.out, size)?;
        self.told.push(FileForm {
            name: name.to_owned(),
            size,
            sha256: hex(&digest),
        });
        Ok(())
    }
}

pub(super) fn hex(digest: &[u8; 32]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The segments that the bytes of an exchange stand in, and the one in which it began.
fn segments_of(place: Place, exchange: &Recorded) -> BTreeSet<u64> {
    let messages = exchange.messages.iter().map(|message| &message.part);
    let parts = [&exchange.request_body, &exchange.response_body]
        .into_iter()
        .chain(messages);
    let stored = parts
        .flat_map(|part| &part.contents)
        .filter_map(|content| match content {
            Content::Stored(location) => Some(location.segment),
            Content::Inline(_) => None,
        });
    stored.chain([place.segment]).collect()
}

/// Hashes what passes.
struct Hashing<'o, W> {
    out: &'o mut W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}
