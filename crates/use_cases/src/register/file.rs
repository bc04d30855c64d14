//! A file of what organisations run: one installation a line, read and written.

use crate::csv_file::{LineError, Sheet, plain, safe};
use crate::ports::DeploymentRow;

/// The columns, as a file that is written names them.
const HEAD: [&str; 5] = ["organisation", "produit", "version", "installation", "hebergeur"];

/// One line, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// Its number in the file.
    pub(super) line: usize,
    /// Who runs it; empty for the organisation whose page it is.
    pub(super) organisation: String,
    /// The product.
    pub(super) product: String,
    /// The version; empty where it says nothing of it.
    pub(super) version: String,
    /// What tells the installation from others.
    pub(super) label: String,
    /// Who hosts it; empty where it says nothing of it.
    pub(super) host: String,
}

/// Reads the lines of a file of at most so many.
pub(super) fn parse(text: &str, most: usize) -> (Vec<Written>, Vec<LineError>) {
    let sheet = Sheet::read(text, most);
    let product = sheet.column(&["produit", "product"]);
    if product.is_none() {
        return (Vec::new(), vec![LineError::new(1, "register-import-head", sheet.first)]);
    }
    let organisation = sheet.column(&["organisation", "siren", "collectivité", "collectivite"]);
    let version = sheet.column(&["version"]);
    let label = sheet.column(&["installation", "label"]);
    let host = sheet.column(&["hébergeur", "hebergeur", "host"]);
    let written = |line: &crate::csv_file::Line| Written {
        line: line.number,
        organisation: plain(line.cell(organisation)),
        product: plain(line.cell(product)),
        version: plain(line.cell(version)),
        label: plain(line.cell(label)),
        host: plain(line.cell(host)),
    };
    (sheet.lines.iter().map(written).collect(), sheet.errors)
}

/// Writes what an organisation runs; each line has the code of the organisation and of the host, where they have one.
pub(super) fn write(rows: &[(String, DeploymentRow, String)]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record(HEAD)?;
    for (organisation, row, host) in rows {
        let cells = [
            organisation.as_str(),
            row.product_slug.as_str(),
            row.version.as_deref().unwrap_or_default(),
            row.deployment.label.as_str(),
            host.as_str(),
        ];
        writer.write_record(cells.map(safe))?;
    }
    // Spreadsheets know UTF-8 by the mark at its beginning.
    let body = writer.into_inner().map_err(|error| error.into_error())?;
    Ok([b"\xef\xbb\xbf".as_slice(), &body].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_needs_its_products_only() {
        let (lines, errors) = parse("Produit;Version\nconcerto;6.5\n;\n'=1+1;\n", 10);
        assert!(errors.is_empty());
        let read: Vec<_> = lines
            .iter()
            .map(|one| (one.line, one.product.as_str(), one.version.as_str()))
            .collect();
        assert_eq!(read, [(2, "concerto", "6.5"), (4, "=1+1", "")]);
        let (lines, errors) = parse("nom;version\nconcerto;6.5\n", 10);
        assert_eq!(
            (lines.len(), errors[0].message, errors[0].line),
            (0, "register-import-head", 1)
        );
    }

    #[test]
    fn an_empty_file_is_a_template() {
        let empty = write(&[]).unwrap();
        assert_eq!(&empty[3..], b"organisation;produit;version;installation;hebergeur\n");
    }
}
