//! Extended headers of tar archives (POSIX.1-2017, pax, "pax Extended Header").

use domain::seed::SeedProblem;

/// What an extended header says of the entry that follows it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Extended {
    pub(super) path: Option<String>,
    pub(super) link: Option<String>,
    pub(super) size: Option<u64>,
}

impl Extended {
    /// Reads records of the form `length keyword=value\n`.
    ///
    /// # Errors
    /// [`SeedProblem::Malformed`] where it does not read, or says the same thing twice; [`SeedProblem::Kind`] for files with
    /// holes, which engines read in different ways.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, SeedProblem> {
        let mut read = Self::default();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (record, after) = record(rest).ok_or(SeedProblem::Malformed)?;
            rest = after;
            let at = record.iter().position(|byte| *byte == b'=');
            let (keyword, value) = record.split_at(at.ok_or(SeedProblem::Malformed)?);
            read.take(keyword, &value[1..])?;
        }
        Ok(read)
    }

    fn take(&mut self, keyword: &[u8], value: &[u8]) -> Result<(), SeedProblem> {
        match keyword {
            b"path" => once(&mut self.path, text(value)?),
            b"linkpath" => once(&mut self.link, text(value)?),
            b"size" => {
                let digits = std::str::from_utf8(value).ok().filter(|text| text.len() < 20);
                let plain = digits.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
                let size = plain.and_then(|text| text.parse().ok());
                once(&mut self.size, size.ok_or(SeedProblem::Malformed)?)
            }
            sparse if sparse.starts_with(b"GNU.sparse.") => Err(SeedProblem::Kind),
            // Owners, instants and attributes change nothing of where something is unpacked.
            _ => Ok(()),
        }
    }

    /// Says whether nothing of an entry changes by it.
    pub(super) fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Takes the first record apart; none where it does not read.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let blank = bytes.iter().take(8).position(|byte| *byte == b' ')?;
    let digits = std::str::from_utf8(&bytes[..blank]).ok()?;
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let length: usize = digits.parse().ok().filter(|_| plain)?;
    if length < blank + 3 || length > bytes.len() || bytes[length - 1] != b'\n' {
        return None;
    }
    Some((&bytes[blank + 1..length - 1], &bytes[length..]))
}

/// Reads a path; one that ends within itself is read in different ways.
pub(super) fn text(bytes: &[u8]) -> Result<String, SeedProblem> {
    if bytes.is_empty() || bytes.contains(&0) {
        return Err(SeedProblem::Malformed);
    }
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

/// Takes what may be said once.
pub(super) fn once<T>(place: &mut Option<T>, value: T) -> Result<(), SeedProblem> {
    match place.replace(value) {
        Some(_) => Err(SeedProblem::Malformed),
        None => Ok(()),
    }
}
