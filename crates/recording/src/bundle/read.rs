//! Reading a bundle, which is not trusted: everything is compared with the manifest before it is believed.

use std::collections::BTreeMap;
use std::io::Read;

use sha2::{Digest, Sha256};

use super::form::{ExchangeForm, FileForm, Manifest};
use super::write::{hex, is_proof_name};
use super::{Attached, Bundle, BundleError, BundleLimits, Described, FORMAT, tar};
use crate::collect::Recorded;
use crate::disk::record_name;
use crate::find::Place;
use crate::record::SegmentRecord;

/// The most files: three for each of a thousand exchanges, and the records of some days.
const MAX_FILES: usize = 100_000;
/// The name of the manifest.
const MANIFEST: &str = "manifest.json";

/// Reads a bundle whole and checks it: each file is what the manifest tells of, none is missing, none was
/// added, exchanges name segments whose records are there, and these follow each other.
///
/// That the manifest is the one that the log commits to is shown by the proofs and
/// [`Bundle::digest`], which are the caller's to check.
pub fn read(mut source: impl Read, limits: BundleLimits) -> Result<Bundle, BundleError> {
    let mut room = limits.bytes;
    let (mut files, mut manifest, mut proofs) = (Vec::new(), None, Vec::new());
    while let Some((name, bytes)) = tar::next(&mut source, &mut room)? {
        if files.len() + proofs.len() >= MAX_FILES {
            return Err(BundleError::TooLarge);
        }
        match (&manifest, name.strip_prefix("proofs/")) {
            (None, _) if name == MANIFEST => manifest = Some(bytes),
            (None, None) => files.push((name, bytes)),
            (Some(_), Some(proof)) if is_proof_name(proof) => proofs.push(Attached {
                name: proof.to_owned(),
                bytes,
            }),
            _ => return Err(BundleError::Altered(name)),
        }
    }
    tar::end(&mut source)?;
    let json = manifest.ok_or(BundleError::NotABundle)?;
    let manifest: Manifest = serde_json::from_slice(&json).map_err(|_| BundleError::NotABundle)?;
    if manifest.format != FORMAT {
        return Err(BundleError::NotABundle);
    }
    compare(&manifest.files, &files)?;
    let mut parts = Parts {
        files: files.into_iter().collect(),
    };
    let records = parts.records()?;
    let exchanges = parts.exchanges(limits, &records)?;
    Ok(Bundle {
        about: manifest.about,
        exchanges,
        targets: parts.targets()?,
        records,
        proofs,
        digest: Sha256::digest(&json).into(),
    })
}

/// Compares the files with what the manifest tells, in its order.
fn compare(told: &[FileForm], files: &[(String, Vec<u8>)]) -> Result<(), BundleError> {
    for (form, (name, bytes)) in told.iter().zip(files) {
        let is = FileForm {
            name: name.clone(),
            size: bytes.len() as u64,
            sha256: hex(&Sha256::digest(bytes).into()),
        };
        if is != *form {
            return Err(BundleError::Altered(name.clone()));
        }
    }
    if let Some(missing) = told.get(files.len()) {
        return Err(BundleError::Missing(missing.name.clone()));
    }
    match files.get(told.len()) {
        Some((added, _)) => Err(BundleError::Altered(added.clone())),
        None => Ok(()),
    }
}

/// The files that are not read yet, by their names.
struct Parts {
    files: BTreeMap<String, Vec<u8>>,
}

impl Parts {
    /// The records, which follow each other without a hole.
    fn records(&mut self) -> Result<Vec<SegmentRecord>, BundleError> {
        let chain = self.split("chain/");
        let mut records: Vec<SegmentRecord> = Vec::with_capacity(chain.len());
        for (name, bytes) in chain {
            let record = std::str::from_utf8(&bytes).ok().and_then(SegmentRecord::parse);
            let record = record.filter(|record| name == format!("chain/{}", record_name(record.sequence)));
            let record = record.ok_or(BundleError::Malformed(name))?;
            let follows = records.last().is_none_or(|before| {
                before.sequence.checked_add(1) == Some(record.sequence) && before.digest == record.previous
            });
            if !follows {
                return Err(BundleError::Broken(record.sequence));
            }
            records.push(record);
        }
        Ok(records)
    }

    fn exchanges(
        &mut self,
        limits: BundleLimits,
        records: &[SegmentRecord],
    ) -> Result<Vec<(Place, Recorded)>, BundleError> {
        let mut exchanges = Vec::new();
        for number in 1.. {
            let folder = format!("exchanges/{number:04}");
            let name = format!("{folder}/exchange.json");
            let Some(json) = self.files.remove(&name) else { break };
            if number > limits.exchanges {
                return Err(BundleError::TooLarge);
            }
            let malformed = || BundleError::Malformed(name.clone());
            let form: ExchangeForm = serde_json::from_slice(&json).map_err(|_| malformed())?;
            for segment in &form.segments {
                let known = records.binary_search_by_key(segment, |record| record.sequence);
                known.map_err(|_| BundleError::Broken(*segment))?;
            }
            let mut take = |part: &str| self.files.remove(&format!("{folder}/{part}")).unwrap_or_default();
            let (sent, received, said) = (take("request.body"), take("response.body"), take("messages.bin"));
            exchanges.push(form.exchange(sent, received, &said).ok_or_else(malformed)?);
        }
        Ok(exchanges)
    }

    /// What the fingerprints stand for, which is the last that may be left.
    fn targets(mut self) -> Result<Vec<Described>, BundleError> {
        let targets = self.split("targets/");
        if let Some(name) = self.files.into_keys().next() {
            return Err(BundleError::Malformed(name));
        }
        let described = targets
            .into_iter()
            .map(|(name, json)| serde_json::from_slice(&json).map_err(|_| BundleError::Malformed(name)));
        described.collect()
    }

    fn split(&mut self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let (those, others) = std::mem::take(&mut self.files)
            .into_iter()
            .partition(|(name, _)| name.starts_with(folder));
        self.files = others;
        those
    }
}
