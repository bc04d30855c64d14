//! Completions in a CSV file: columns `siren` or `insee`, `parcours`, `date`.

use domain::date::Date;

/// One line that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionLine {
    /// Its number in the file.
    pub line: usize,
    /// The SIREN or INSEE code.
    pub code: String,
    /// The organisation's name, once it was found.
    pub name: String,
    /// The key of the course.
    pub track: String,
    /// The day it was completed.
    pub completed_on: Date,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// Its number in the file.
    pub line: usize,
    /// The key of the sentence that says what is expected.
    pub message: &'static str,
    /// What stands there.
    pub found: String,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// What would be recorded.
    pub lines: Vec<CompletionLine>,
    /// How many of them are recorded already and stay as they are.
    pub known: usize,
    /// What must be corrected first; nothing is recorded before.
    pub errors: Vec<LineError>,
}

/// Reads a file's bytes as text: UTF-8, else the Latin-1 of older spreadsheets.
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    text.trim_start_matches('\u{feff}').to_owned()
}

struct Columns {
    code: usize,
    track: usize,
    date: usize,
}

fn columns(head: &csv::StringRecord) -> Option<Columns> {
    let names: Vec<String> = head.iter().map(|name| name.trim().to_lowercase()).collect();
    let of = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
    Some(Columns {
        code: of(&["siren", "insee", "code insee", "code_insee"])?,
        track: of(&["parcours", "track"])?,
        date: of(&["date"])?,
    })
}

/// Reads the lines of a file; what organisations they name is found later.
pub(super) fn parse(text: &str, most: usize, today: Date) -> Preview {
    let error = |line, message, found: &str| LineError {
        line,
        message,
        found: found.to_owned(),
    };
    let first = text.lines().next().unwrap_or_default();
    let separator = if first.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut preview = Preview::default();
    let Some(columns) = reader.headers().ok().and_then(columns) else {
        preview.errors.push(error(1, "programme-import-head", first));
        return preview;
    };
    for record in reader.records() {
        let Ok(record) = record else {
            preview.errors.push(error(0, "programme-import-unreadable", ""));
            break;
        };
        let line = record
            .position()
            .map_or(0, |at| usize::try_from(at.line()).unwrap_or_default());
        if preview.lines.len() + preview.errors.len() >= most {
            preview
                .errors
                .push(error(line, "programme-import-too-many", &most.to_string()));
            break;
        }
        match one(&record, &columns, line, today) {
            Ok(read) => preview.lines.push(read),
            Err(wrong) => preview.errors.push(wrong),
        }
    }
    preview
}

fn one(record: &csv::StringRecord, columns: &Columns, line: usize, today: Date) -> Result<CompletionLine, LineError> {
    let cell = |at: usize| record.get(at).unwrap_or_default().trim().to_owned();
    let wrong = |message, found: String| LineError { line, message, found };
    let code: String = cell(columns.code).chars().filter(|c| !c.is_whitespace()).collect();
    if !matches!(code.len(), 5 | 9) || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(wrong("programme-import-code", code));
    }
    let track = cell(columns.track);
    if !track_is_valid(&track) {
        return Err(wrong("programme-import-track", track));
    }
    let date = cell(columns.date);
    match day(&date) {
        Some(completed_on) if completed_on > today => Err(wrong("programme-import-to-come", date)),
        Some(completed_on) => Ok(CompletionLine {
            line,
            code,
            name: String::new(),
            track,
            completed_on,
        }),
        None => Err(wrong("programme-import-date", date)),
    }
}

/// Says whether a text can be the key of a course: at most 40 characters without spaces around.
pub(super) fn track_is_valid(track: &str) -> bool {
    !track.is_empty() && track.chars().count() <= 40 && track.trim() == track && !track.contains(['\n', '\r'])
}

/// Reads a day written `2026-02-03` or `03/02/2026`.
fn day(text: &str) -> Option<Date> {
    if let Some((day, rest)) = text.split_once('/') {
        let (month, year) = rest.split_once('/')?;
        return format!("{year}-{month:0>2}-{day:0>2}").parse().ok();
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        "2026-09-01".parse().unwrap()
    }

    #[test]
    fn both_separators_and_both_dates_are_read() {
        let preview = parse(
            "INSEE;Parcours;Date\n92050;P;03/02/2026\n200 054 781;P;2026-02-03\n",
            10,
            today(),
        );
        assert!(preview.errors.is_empty(), "{:?}", preview.errors);
        let codes: Vec<_> = preview
            .lines
            .iter()
            .map(|line| (line.line, line.code.as_str()))
            .collect();
        assert_eq!(codes, [(2, "92050"), (3, "200054781")]);
        assert_eq!(preview.lines[0].completed_on, preview.lines[1].completed_on);
        assert_eq!(
            parse("siren,track,date\n200054781,P,2026-02-03\n", 10, today())
                .lines
                .len(),
            1
        );
    }

    #[test]
    fn each_wrong_line_is_named_with_what_is_expected() {
        let preview = parse(
            "siren,track,date\n12,P,2026-02-03\n200054781,,2026-02-03\n200054781,P,hier\n200054781,P,02/09/2026\n",
            10,
            today(),
        );
        let errors: Vec<_> = preview.errors.iter().map(|e| (e.line, e.message)).collect();
        let expected = [
            (2, "programme-import-code"),
            (3, "programme-import-track"),
            (4, "programme-import-date"),
            (5, "programme-import-to-come"),
        ];
        assert_eq!(errors, expected);
        assert_eq!(
            parse("nom;date\nx;y\n", 10, today()).errors[0].message,
            "programme-import-head"
        );
        assert_eq!(
            parse("siren,track,date\n1,P,x\n2,P,x\n3,P,x\n", 2, today())
                .errors
                .len(),
            3
        );
    }

    #[test]
    fn an_older_spreadsheet_is_read() {
        assert_eq!(decode(b"\xef\xbb\xbfsiren"), "siren");
        assert_eq!(decode(b"compl\xe9t\xe9"), "complété");
    }
}
