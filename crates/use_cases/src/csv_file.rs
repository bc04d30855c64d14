//! CSV files as people's spreadsheets write them: either separator, UTF-8 or the older Latin-1.

use crate::error::{Error, Outcome};
use domain::Date;

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

impl LineError {
    /// Makes the error of a line.
    #[must_use]
    pub fn new(line: usize, message: &'static str, found: impl Into<String>) -> Self {
        Self {
            line,
            message,
            found: found.into(),
        }
    }
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

/// Reads a day written `2026-02-03` or `03/02/2026`.
pub(crate) fn day(text: &str) -> Option<Date> {
    if let Some((day, rest)) = text.split_once('/') {
        let (month, year) = rest.split_once('/')?;
        return format!("{year}-{month:0>2}-{day:0>2}").parse().ok();
    }
    text.parse().ok()
}

/// A line below the head.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its number in the file.
    pub(crate) number: usize,
    cells: csv::StringRecord,
}

impl Line {
    /// Gives the text of a column; empty where the line has none.
    pub(crate) fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|at| self.cells.get(at)).unwrap_or_default().trim()
    }
}

/// A file: its head and its lines.
pub(crate) struct Sheet {
    /// The first line, as it stands there.
    pub(crate) first: String,
    head: Vec<String>,
    /// The lines that could be read.
    pub(crate) lines: Vec<Line>,
    /// What could not be read.
    pub(crate) errors: Vec<LineError>,
}

impl Sheet {
    /// Reads a text of at most `most` lines below the head; empty lines do not count.
    ///
    /// Forms end lines with two characters and files often with one: a cell reads the same either way.
    pub(crate) fn read(text: &str, most: usize) -> Self {
        let text = text.replace("\r\n", "\n");
        let first = text.lines().next().unwrap_or_default();
        let separator = if first.contains(';') { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .from_reader(text.as_bytes());
        let head = reader.headers().map(|head| head.iter().map(folded).collect());
        let mut sheet = Self {
            first: first.to_owned(),
            head: head.unwrap_or_default(),
            lines: Vec::new(),
            errors: Vec::new(),
        };
        for record in reader.records() {
            let Ok(cells) = record else {
                sheet.errors.push(LineError::new(0, "import-unreadable", ""));
                break;
            };
            let number = cells
                .position()
                .map_or(0, |at| usize::try_from(at.line()).unwrap_or_default());
            if sheet.lines.len() >= most {
                let error = LineError::new(number, "import-too-many", most.to_string());
                sheet.errors.push(error);
                break;
            }
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                sheet.lines.push(Line { number, cells });
            }
        }
        sheet
    }

    /// Finds the column that bears one of some names, without regard to case.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        self.head.iter().position(|name| names.contains(&name.as_str()))
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// What a spreadsheet would take for a formula.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];
/// What a spreadsheet may take for the end of a cell, whatever separates the cells of the file.
const BREAKS: [char; 5] = [',', ';', '\t', '\r', '\n'];

/// Keeps a cell, and each part of it that a spreadsheet may take for one, from being a formula.
pub(crate) fn safe(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len() + 1);
    let mut begins = true;
    for letter in cell.chars() {
        if begins && FORMULA.contains(&letter) {
            safe.push('\'');
        }
        begins = BREAKS.contains(&letter) || (begins && letter.is_whitespace());
        safe.push(letter);
    }
    safe
}

/// Takes away the apostrophes that keep a cell from being a formula.
pub(crate) fn plain(cell: &str) -> String {
    let mut plain = String::with_capacity(cell.len());
    let mut begins = true;
    let mut letters = cell.chars().peekable();
    while let Some(letter) = letters.next() {
        let keeps = begins && letter == '\'' && letters.peek().is_some_and(|next| FORMULA.contains(next));
        begins = !keeps && (BREAKS.contains(&letter) || (begins && letter.is_whitespace()));
        if !keeps {
            plain.push(letter);
        }
    }
    plain
}

/// Writes a sheet as spreadsheets open it: its head, then its rows, no cell a formula.
///
/// # Errors
/// [`Error::Internal`] where a row has another number of cells than the head.
pub fn write_sheet(head: &[String], rows: &[Vec<String>]) -> Outcome<Vec<u8>> {
    let failed = |error: csv::Error| Error::Internal(error.to_string());
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
        writer.write_record(row.iter().map(|cell| safe(cell))).map_err(failed)?;
    }
    let text = writer
        .into_inner()
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(["\u{feff}".as_bytes(), &text].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_spreadsheet_is_read() {
        assert_eq!(decode(b"\xef\xbb\xbfsiren"), "siren");
        assert_eq!(decode(b"compl\xe9t\xe9"), "complété");
    }

    #[test]
    fn either_separator_quotes_and_empty_lines_are_read() {
        let sheet = Sheet::read("Titre;Note\n\"a;b\";1\n;\n\"deux\nlignes\";2\n", 10);
        let column = sheet.column(&["title", "titre"]);
        let cells: Vec<_> = sheet
            .lines
            .iter()
            .map(|line| (line.number, line.cell(column)))
            .collect();
        assert_eq!(cells, [(2, "a;b"), (4, "deux\nlignes")]);
        let typed = Sheet::read("Titre;Note\r\n\"deux\r\nlignes\";2\r\n", 10);
        assert_eq!(typed.lines[0].cell(column), "deux\nlignes");
        assert!(sheet.errors.is_empty() && sheet.column(&["cwe"]).is_none());
        assert_eq!(sheet.lines[0].cell(None), "");
    }

    #[test]
    fn what_is_beyond_the_limit_is_said_and_not_read() {
        let sheet = Sheet::read("titre,note\na,1\nb,2\nc,3\n", 2);
        assert_eq!(sheet.lines.len(), 2);
        assert_eq!(sheet.errors, [LineError::new(4, "import-too-many", "2")]);
    }

    #[test]
    fn no_part_of_a_cell_is_a_formula_and_all_reads_back() {
        let table = [
            ("=cmd()", "'=cmd()"),
            ("+33", "'+33"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("L’annexe", "L’annexe"),
            ("'quoted", "'quoted"),
            ("a - b = c", "a - b = c"),
            ("title,=cmd|' /C calc'!A0", "title,'=cmd|' /C calc'!A0"),
            ("two\n=lines", "two\n'=lines"),
            ("\t=tab; +1", "\t'=tab; '+1"),
        ];
        for (text, kept) in table {
            assert_eq!(safe(text), kept);
            assert_eq!(plain(kept), text);
        }
    }
}
