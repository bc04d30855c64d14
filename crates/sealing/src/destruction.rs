//! Tombstones: one line a destroyed data key, kept outside the database, so that a restored
//! backup does not bring the key back.

use std::str::FromStr;

use uuid::Uuid;

const FORMAT: &str = "beffroi-tombstone/1";

/// A data key that was destroyed, for whom it was kept, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// The data key that must not open again.
    pub key_id: Uuid,
    /// What kind of thing held it: small letters, digits and underscores.
    pub holder_kind: String,
    /// Which one of them.
    pub holder_id: Uuid,
    /// When it was destroyed, in microseconds since 1970 UTC.
    pub destroyed_at_micros: i64,
}

/// Why tombstones cannot be read; a restore stops there rather than forget a destruction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TombstoneError {
    /// A kind of holder could not be written on one line.
    #[error("a kind of holder is small letters, digits and underscores")]
    Kind,
    /// A line is no tombstone of a known format.
    #[error("line {0} is no tombstone of a known format")]
    Line(usize),
    /// The last line was not written to its end.
    #[error("line {0}, the last one, was not written to its end")]
    Torn(usize),
}

impl Tombstone {
    /// The line to append, with its newline:
    /// `beffroi-tombstone/1 key-id holder-kind holder-id microseconds`.
    pub fn to_line(&self) -> Result<String, TombstoneError> {
        if !is_kind(&self.holder_kind) {
            return Err(TombstoneError::Kind);
        }
        let Self {
            key_id,
            holder_kind,
            holder_id,
            destroyed_at_micros,
        } = self;
        Ok(format!(
            "{FORMAT} {key_id} {holder_kind} {holder_id} {destroyed_at_micros}\n"
        ))
    }

    /// Reads a line that [`Tombstone::to_line`] wrote, with or without its newline.
    pub fn from_line(line: &str) -> Option<Self> {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let mut words = line.split(' ');
        words.next()?;
        let tombstone = Self {
            key_id: words.next()?.parse().ok()?,
            holder_kind: words.next()?.to_owned(),
            holder_id: words.next()?.parse().ok()?,
            destroyed_at_micros: i64::from_str(words.next()?).ok()?,
        };
        // Writing it again checks the format, that nothing is left over, and that there is one
        // way to write it.
        let written = tombstone.to_line().ok()?;
        (written.trim_end() == line).then_some(tombstone)
    }
}

/// Reads a whole file of tombstones, in its order.
pub fn parse_tombstones(text: &str) -> Result<Vec<Tombstone>, TombstoneError> {
    let read = |(at, line): (usize, &str)| {
        if !line.ends_with('\n') {
            return Err(TombstoneError::Torn(at + 1));
        }
        Tombstone::from_line(line).ok_or(TombstoneError::Line(at + 1))
    };
    text.split_inclusive('\n').enumerate().map(read).collect()
}

fn is_kind(text: &str) -> bool {
    let known = |letter: u8| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'_');
    !text.is_empty() && text.bytes().all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tombstone(number: u128) -> Tombstone {
        Tombstone {
            key_id: Uuid::from_u128(number),
            holder_kind: "campaign".into(),
            holder_id: Uuid::from_u128(number + 1),
            destroyed_at_micros: 1_790_000_000_000_000,
        }
    }

    #[test]
    fn a_line_has_its_known_form_and_reads_back() {
        let line = tombstone(1).to_line().unwrap();
        let expected = "beffroi-tombstone/1 00000000-0000-0000-0000-000000000001 campaign \
                        00000000-0000-0000-0000-000000000002 1790000000000000\n";
        assert_eq!(line, expected);
        assert_eq!(Tombstone::from_line(&line), Some(tombstone(1)));
        assert_eq!(Tombstone::from_line(line.trim_end()), Some(tombstone(1)));
    }

    #[test]
    fn a_file_reads_in_order() {
        let lines = [1, 5, 3].map(|number| tombstone(number).to_line().unwrap());
        let read = parse_tombstones(&lines.concat()).unwrap();
        assert_eq!(read, [tombstone(1), tombstone(5), tombstone(3)]);
        assert_eq!(parse_tombstones(""), Ok(vec![]));
    }

    #[test]
    fn a_wrong_or_torn_line_is_named() {
        let line = tombstone(1).to_line().unwrap();
        let file = format!("{line}{line}");
        for cut in line.len() + 1..file.len() {
            assert_eq!(parse_tombstones(&file[..cut]), Err(TombstoneError::Torn(2)));
        }
        let wrong = [
            "\n".to_owned(),
            line.replace("/1", "/2"),
            line.replace("campaign", "Campaign"),
            line.replace("179", "+179"),
            line.replace(" campaign", "  campaign"),
            line.replace('\n', " more\n"),
            line.replace('\n', "\r\n"),
            line.replace("00000000-", "00000000"),
        ];
        for wrong in wrong {
            let read = parse_tombstones(&format!("{line}{wrong}"));
            assert_eq!(read, Err(TombstoneError::Line(2)), "{wrong:?}");
        }
    }

    #[test]
    fn a_kind_that_would_break_the_line_is_not_written() {
        for kind in ["", "a b", "a\nb", "é"] {
            let wrong = Tombstone {
                holder_kind: kind.into(),
                ..tombstone(1)
            };
            assert_eq!(wrong.to_line(), Err(TombstoneError::Kind));
        }
    }
}
