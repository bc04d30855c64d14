//! Reading the national list: every line that says what it must, or what is wrong with it.

use super::list_file::{Holds, ListFile};
use crate::csv_file::{Line, Sheet};
use domain::Date;
use domain::directory::{Code, Listed};
use domain::organisation::{OrganisationKind, insee_is_plausible, siren_is_valid};
use std::collections::{BTreeMap, BTreeSet};

/// What a cell of a list must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A head that says what the file is.
    Head,
    /// Lines that can be read, and no more of them than the limit.
    Lines,
    /// A name, not longer than the limit.
    Name,
    /// A SIREN: nine digits with a right check digit.
    Siren,
    /// An INSEE code of the kind.
    Insee,
    /// `region` or `departement`.
    Level,
    /// A type of EPCI: CC, CA, CU, METRO, MET69 or EPT.
    Grouping,
    /// Something that stands once in the list.
    Once,
    /// A code of the list or the directory.
    Known,
}

/// What is wrong with a cell of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListError {
    /// The file.
    pub file: String,
    /// The line; 1 is the head.
    pub line: usize,
    /// The column; empty for a whole line.
    pub column: &'static str,
    /// What is expected there.
    pub expected: Expected,
    /// What stands there.
    pub found: String,
}

/// Where a line of the list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    file: usize,
    line: usize,
}

/// The national list: what its files say.
pub struct NationalList {
    /// The day on which it was true.
    pub(super) day: Date,
    /// The organisations, those that others belong to first.
    pub(super) lines: Vec<(At, Listed)>,
    /// The kinds of which it names all there are.
    pub(super) covered: Vec<OrganisationKind>,
    /// Communes that were merged, each with the one it became.
    pub(super) mergers: BTreeMap<String, String>,
    /// Every code that it names.
    pub(super) named: BTreeSet<Code>,
    /// The digest of its files.
    pub(super) digest: [u8; 32],
    names: Vec<String>,
    errors: Vec<ListError>,
}

/// The order in which kinds are imported: what others belong to comes first.
fn order(kind: OrganisationKind) -> usize {
    use OrganisationKind::{Departement, Epci, Ept, Region};
    [Region, Departement, Epci, Ept]
        .iter()
        .position(|one| *one == kind)
        .unwrap_or(4)
}

impl NationalList {
    /// Reads the files of a list that was true on a day; a title and a file have at most so many characters and lines.
    #[must_use]
    pub fn read(files: &[ListFile], day: Date, title: usize, most: usize) -> Self {
        let all: Vec<u8> = files.iter().flat_map(|file| file.text.bytes()).collect();
        let sheets: Vec<Sheet> = files.iter().map(|file| Sheet::read(&file.text, most)).collect();
        let mut reading = Reading {
            title,
            at: At { file: 0, line: 1 },
            territories: territories(&sheets),
            list: Self {
                day,
                lines: Vec::new(),
                covered: Vec::new(),
                mergers: BTreeMap::new(),
                named: BTreeSet::new(),
                digest: sealing::content_digest(&all),
                names: files.iter().map(|file| file.name.clone()).collect(),
                errors: Vec::new(),
            },
        };
        for (file, sheet) in sheets.iter().enumerate() {
            reading.at = At { file, line: 1 };
            reading.sheet(sheet);
        }
        let mut list = reading.list;
        list.lines.sort_by_key(|(_, listed)| order(listed.kind));
        list
    }

    /// Gives what is wrong with it.
    #[must_use]
    pub fn errors(&self) -> &[ListError] {
        &self.errors
    }

    /// Gives how many organisations it names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Says whether it names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Makes the error of a line of it.
    pub(super) fn error(&self, at: At, column: &'static str, expected: Expected, found: &str) -> ListError {
        ListError {
            file: self.names.get(at.file).cloned().unwrap_or_default(),
            line: at.line,
            column,
            expected,
            found: found.to_owned(),
        }
    }
}

/// Finds which commune lies in which EPT of which EPCI, by its INSEE code.
fn territories(sheets: &[Sheet]) -> BTreeMap<String, (String, String)> {
    let mut found = BTreeMap::new();
    for sheet in sheets
        .iter()
        .filter(|sheet| Holds::of(sheet) == Some(Holds::Territories))
    {
        let [insee, epci, ept] = ["code_insee", "epci_siren", "ept_siren"].map(|name| sheet.column(&[name]));
        for line in &sheet.lines {
            let pair = (line.cell(epci).to_owned(), line.cell(ept).to_owned());
            found.insert(line.cell(insee).to_owned(), pair);
        }
    }
    found
}

/// A list while it is read.
struct Reading {
    title: usize,
    at: At,
    territories: BTreeMap<String, (String, String)>,
    list: NationalList,
}

impl Reading {
    fn wrong(&mut self, column: &'static str, expected: Expected, found: &str) {
        let error = self.list.error(self.at, column, expected, found);
        self.list.errors.push(error);
    }

    fn sheet(&mut self, sheet: &Sheet) {
        let Some(holds) = Holds::of(sheet) else {
            self.wrong("", Expected::Head, &sheet.first);
            return;
        };
        for error in &sheet.errors {
            self.at.line = error.line;
            self.wrong("", Expected::Lines, &error.found);
        }
        match holds {
            Holds::Communes => self.list.covered.push(OrganisationKind::Commune),
            Holds::Groupings => self
                .list
                .covered
                .extend([OrganisationKind::Epci, OrganisationKind::Ept]),
            Holds::Departements => {
                self.list
                    .covered
                    .extend([OrganisationKind::Departement, OrganisationKind::Region]);
            }
            Holds::Territories => {}
            Holds::Mergers => self.mergers(sheet),
        }
        for line in &sheet.lines {
            self.at.line = line.number;
            match holds {
                Holds::Communes => self.commune(sheet, line),
                Holds::Groupings => self.grouping(sheet, line),
                Holds::Departements => self.departement(sheet, line),
                Holds::Territories | Holds::Mergers => {}
            }
        }
    }

    /// Takes an organisation, once its codes stand in the list for the first time.
    fn take(&mut self, listed: Listed, column: &'static str) {
        let length = listed.name.chars().count();
        if length == 0 || length > self.title {
            self.wrong("nom", Expected::Name, &listed.name);
        }
        for code in listed.codes() {
            let (Code::Siren(text) | Code::Insee(_, text)) = &code;
            if !self.list.named.insert(code.clone()) {
                let column = if matches!(code, Code::Siren(_)) {
                    "siren"
                } else {
                    column
                };
                self.wrong(column, Expected::Once, text);
            }
        }
        self.list.lines.push((self.at, listed));
    }

    /// Reads a SIREN that may be missing.
    fn siren(&mut self, column: &'static str, text: &str) -> Option<String> {
        if !text.is_empty() && !siren_is_valid(text) {
            self.wrong(column, Expected::Siren, text);
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Reads the INSEE code of a kind.
    fn insee(&mut self, kind: OrganisationKind, column: &'static str, text: &str) -> String {
        if !insee_is_plausible(kind, text) {
            self.wrong(column, Expected::Insee, text);
        }
        text.to_owned()
    }

    fn commune(&mut self, sheet: &Sheet, line: &Line) {
        use OrganisationKind::{Commune, Departement, Epci, Ept};
        let cell = |name: &str| line.cell(sheet.column(&[name]));
        let insee = self.insee(Commune, "code_insee", cell("code_insee"));
        let departement = self.insee(Departement, "departement", cell("departement"));
        let mut within = vec![Code::Insee(Departement, departement)];
        within.extend(self.siren("epci_siren", cell("epci_siren")).map(Code::Siren));
        let mut speaks_of = vec![Epci, Departement];
        if !self.territories.is_empty() {
            speaks_of.push(Ept);
            let ept = self.territories.get(&insee).map(|(_, ept)| ept.clone());
            within.extend(ept.filter(|ept| !ept.is_empty()).map(Code::Siren));
        }
        let listed = Listed {
            kind: Commune,
            name: typographic(cell("nom")),
            siren: self.siren("siren", cell("siren")),
            insee: Some(insee),
            within,
            speaks_of,
        };
        self.take(listed, "code_insee");
    }

    fn grouping(&mut self, sheet: &Sheet, line: &Line) {
        let cell = |name: &str| line.cell(sheet.column(&[name]));
        let kind = match cell("type") {
            "CC" | "CA" | "CU" | "METRO" | "MET69" => OrganisationKind::Epci,
            "EPT" => OrganisationKind::Ept,
            other => {
                self.wrong("type", Expected::Grouping, other);
                return;
            }
        };
        let siren = self.siren("siren", cell("siren"));
        if siren.is_none() {
            self.wrong("siren", Expected::Siren, "");
        }
        let mut within = BTreeSet::new();
        if kind == OrganisationKind::Ept {
            let of_it = self.territories.values().filter(|(_, ept)| Some(ept) == siren.as_ref());
            within.extend(of_it.map(|(epci, _)| epci.clone()).filter(|epci| !epci.is_empty()));
        }
        let spoken = kind == OrganisationKind::Ept && !self.territories.is_empty();
        let listed = Listed {
            kind,
            name: typographic(&in_full(cell("nom"))),
            siren,
            insee: None,
            within: within.into_iter().map(Code::Siren).collect(),
            speaks_of: spoken.then_some(OrganisationKind::Epci).into_iter().collect(),
        };
        self.take(listed, "siren");
    }

    /// A collectivity of overseas that is neither stands once, as what its communes belong to.
    fn departement(&mut self, sheet: &Sheet, line: &Line) {
        use OrganisationKind::{Departement, Region};
        let cell = |name: &str| line.cell(sheet.column(&[name]));
        let overseas = cell("zone") == "com";
        let (kind, within, speaks_of) = match (cell("niveau"), overseas) {
            ("region", true) => return,
            ("region", false) => (Region, Vec::new(), Vec::new()),
            ("departement", true) => (Departement, Vec::new(), Vec::new()),
            ("departement", false) => {
                let region = self.insee(Region, "region", cell("region"));
                (Departement, vec![Code::Insee(Region, region)], vec![Region])
            }
            (other, _) => {
                self.wrong("niveau", Expected::Level, other);
                return;
            }
        };
        let listed = Listed {
            kind,
            name: typographic(cell("nom")),
            siren: None,
            insee: Some(self.insee(kind, "code", cell("code"))),
            within,
            speaks_of,
        };
        self.take(listed, "code");
    }

    /// Reads INSEE's movements of communes: of each code the latest merger, where it went one way.
    ///
    /// MOD 31 to 33 are mergers, 34 the end of an associated commune, 41 and 50 changes of code.
    fn mergers(&mut self, sheet: &Sheet) {
        let names = ["mod", "date_eff", "typecom_av", "com_av", "typecom_ap", "com_ap"];
        let columns = names.map(|name| sheet.column(&[name]));
        let mut latest: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
        for line in &sheet.lines {
            let [kind, day, kind_before, before, kind_after, after] = columns.map(|column| line.cell(column));
            let merger = matches!(kind, "31" | "32" | "33" | "34" | "41" | "50");
            if !merger || kind_before != "COM" || kind_after != "COM" || before == after {
                continue;
            }
            let one = latest.entry(before.to_owned()).or_default();
            if day > one.0.as_str() {
                *one = (day.to_owned(), BTreeSet::new());
            }
            if day == one.0 {
                one.1.insert(after.to_owned());
            }
        }
        for (before, (_, after)) in latest {
            if let [one] = after.into_iter().collect::<Vec<_>>().as_slice() {
                self.list.mergers.insert(before, one.clone());
            }
        }
    }
}

/// Writes an apostrophe as books do.
fn typographic(name: &str) -> String {
    name.replace('\'', "\u{2019}")
}

/// Writes out what the list shortens at the beginning of a name.
fn in_full(name: &str) -> String {
    const SHORT: &[(&str, &str)] = &[
        ("CC ", "Communauté de communes "),
        ("CA ", "Communauté d’agglomération "),
        ("CU ", "Communauté urbaine "),
    ];
    SHORT
        .iter()
        .find_map(|(short, long)| name.strip_prefix(short).map(|rest| format!("{long}{rest}")))
        .unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::list_file::{built_in, built_in_day};
    use super::*;

    fn file(text: &str) -> ListFile {
        ListFile {
            name: "f.csv".to_owned(),
            text: text.to_owned(),
        }
    }

    fn read(texts: &[&str]) -> NationalList {
        let files: Vec<_> = texts.iter().map(|text| file(text)).collect();
        NationalList::read(&files, built_in_day(), 200, 50_000)
    }

    #[test]
    fn the_list_that_comes_with_the_product_is_whole() {
        let list = NationalList::read(&built_in(), built_in_day(), 200, 50_000);
        assert_eq!(list.errors(), []);
        let of = |kind| list.lines.iter().filter(|(_, one)| one.kind == kind).count();
        use OrganisationKind::{Commune, Departement, Epci, Ept, Region};
        assert_eq!(
            [Commune, Epci, Ept, Departement, Region].map(of),
            [34_969, 1_255, 11, 109, 18]
        );
        let nanterre = list.lines.iter().find(|(_, one)| one.insee.as_deref() == Some("92050"));
        let within = &nanterre.unwrap().1.within;
        assert_eq!(
            *within,
            [
                Code::Insee(Departement, "92".to_owned()),
                Code::Siren("200054781".to_owned()),
                Code::Siren("200057982".to_owned())
            ]
        );
        let short = list
            .lines
            .iter()
            .find(|(_, one)| one.siren.as_deref() == Some("200000172"));
        assert_eq!(short.unwrap().1.name, "Communauté de communes Faucigny - Glières");
    }

    #[test]
    fn what_is_wrong_is_said_by_file_line_and_column() {
        let list = read(&[
            "code_insee;nom;siren;departement;epci_siren\n\
             77108;Chelles;217701085;77;200057958\n\
             7710;;217701086;77;200057958\n\
             77108;Encore;;7;\n",
            "siren,nom,type\n200057958,CA Paris - Vallée de la Marne,CA\n200057982,POLD,SYNDICAT\n",
            "niveau,code,nom,region,zone\ncanton,77,x,11,metro\n",
            "un,deux\n1,2\n",
        ]);
        let told: Vec<_> = list.errors().iter().map(|e| (e.line, e.column, e.expected)).collect();
        assert_eq!(
            told,
            [
                (3, "code_insee", Expected::Insee),
                (3, "siren", Expected::Siren),
                (3, "nom", Expected::Name),
                (4, "departement", Expected::Insee),
                (4, "code_insee", Expected::Once),
                (3, "type", Expected::Grouping),
                (2, "niveau", Expected::Level),
                (1, "", Expected::Head),
            ]
        );
        assert_eq!(list.errors()[0].found, "7710");
    }

    #[test]
    fn the_latest_merger_counts_where_it_went_one_way() {
        let list = read(&["MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n\
             32,2025-01-01,COM,01001,COM,01002\n32,2019-01-01,COM,01001,COM,01009\n\
             32,2025-01-01,COM,01001,COMD,01001\n10,2025-01-01,COM,01004,COM,01005\n\
             31,2024-01-01,COM,01006,COM,01007\n31,2024-01-01,COM,01006,COM,01008\n"]);
        assert!(list.errors().is_empty() && list.is_empty());
        assert_eq!(list.mergers, [("01001".to_owned(), "01002".to_owned())].into());
    }
}
