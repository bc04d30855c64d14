//! Completions in a CSV file: columns `siren` or `insee`, `parcours`, `date`.

use crate::csv_file::{Line, LineError, Sheet, day};
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

struct Columns {
    code: Option<usize>,
    track: Option<usize>,
    date: Option<usize>,
}

fn columns(sheet: &Sheet) -> Option<Columns> {
    let columns = Columns {
        code: sheet.column(&["siren", "insee", "code insee", "code_insee"]),
        track: sheet.column(&["parcours", "track"]),
        date: sheet.column(&["date"]),
    };
    let all_there = columns.code.is_some() && columns.track.is_some() && columns.date.is_some();
    all_there.then_some(columns)
}

/// Reads the lines of a file; what organisations they name is found later.
pub(super) fn parse(text: &str, most: usize, today: Date) -> Preview {
    let sheet = Sheet::read(text, most);
    let mut preview = Preview::default();
    let Some(columns) = columns(&sheet) else {
        preview
            .errors
            .push(LineError::new(1, "programme-import-head", sheet.first));
        return preview;
    };
    for line in &sheet.lines {
        match one(line, &columns, today) {
            Ok(read) => preview.lines.push(read),
            Err(wrong) => preview.errors.push(wrong),
        }
    }
    preview.errors.extend(sheet.errors);
    preview
}

fn one(line: &Line, columns: &Columns, today: Date) -> Result<CompletionLine, LineError> {
    let wrong = |message, found: &str| LineError::new(line.number, message, found);
    let code: String = line.cell(columns.code).chars().filter(|c| !c.is_whitespace()).collect();
    if !matches!(code.len(), 5 | 9) || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(wrong("programme-import-code", &code));
    }
    let track = line.cell(columns.track);
    if !track_is_valid(track) {
        return Err(wrong("programme-import-track", track));
    }
    let date = line.cell(columns.date);
    match day(date) {
        Some(completed_on) if completed_on > today => Err(wrong("programme-import-to-come", date)),
        Some(completed_on) => Ok(CompletionLine {
            line: line.number,
            code,
            name: String::new(),
            track: track.to_owned(),
            completed_on,
        }),
        None => Err(wrong("programme-import-date", date)),
    }
}

/// Says whether a text can be the key of a course: at most 40 characters without spaces around.
pub(super) fn track_is_valid(track: &str) -> bool {
    !track.is_empty() && track.chars().count() <= 40 && track.trim() == track && !track.contains(['\n', '\r'])
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
}
