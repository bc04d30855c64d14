//! How a list is sorted, as its address says it and as its heads show it.

/// A column by which a list can be sorted: its name in the address, and whether what is greatest comes first.
pub type Column = (&'static str, bool);

/// How a list is sorted: `?tri=age`, or the other way round `?tri=-age`. Without it, by the first column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorting {
    columns: &'static [Column],
    at: usize,
    /// Whether it is the other way round.
    pub reversed: bool,
}

impl Sorting {
    /// Reads what an address says; what it does not know is the first column.
    #[must_use]
    pub fn read(columns: &'static [Column], text: &str) -> Self {
        let (name, reversed) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        match columns.iter().position(|(known, _)| *known == name) {
            Some(at) => Self { columns, at, reversed },
            None => Self {
                columns,
                at: 0,
                reversed: false,
            },
        }
    }

    /// Gives the name of the column.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.columns.get(self.at).map_or("", |(name, _)| name)
    }

    /// Writes it for an address; empty where it needs no saying.
    #[must_use]
    pub fn said(self) -> String {
        self.written(self.at, self.reversed)
    }

    /// Writes where the head of a column leads: to its order, or the other way round where that is shown.
    #[must_use]
    pub fn toward(self, name: &str) -> String {
        let at = self.place(name);
        self.written(at, at == self.at && !self.reversed)
    }

    /// Says how a column is sorted: empty, `up` or `down`.
    #[must_use]
    pub fn shown(self, name: &str) -> &'static str {
        let falls = self.columns.get(self.at).is_some_and(|(_, falls)| *falls);
        match (self.place(name) == self.at, falls == self.reversed) {
            (false, _) => "",
            (true, true) => "up",
            (true, false) => "down",
        }
    }

    fn place(self, name: &str) -> usize {
        self.columns.iter().position(|(known, _)| *known == name).unwrap_or(0)
    }

    fn written(self, at: usize, reversed: bool) -> String {
        let name = self.columns.get(at).map_or("", |(name, _)| name);
        match (at, reversed) {
            (0, false) => String::new(),
            (_, false) => name.to_owned(),
            (_, true) => format!("-{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[("age", true), ("nom", false)];

    #[test]
    fn the_head_of_a_column_leads_to_its_order_and_back() {
        for (asked, code, said, toward_age, toward_name, shown) in [
            ("", "age", "", "-age", "nom", ["down", ""]),
            ("age", "age", "", "-age", "nom", ["down", ""]),
            ("-age", "age", "-age", "", "nom", ["up", ""]),
            ("nom", "nom", "nom", "", "-nom", ["", "up"]),
            ("-nom", "nom", "-nom", "", "nom", ["", "down"]),
            ("x", "age", "", "-age", "nom", ["down", ""]),
        ] {
            let sorting = Sorting::read(COLUMNS, asked);
            assert_eq!((sorting.code(), sorting.said().as_str()), (code, said), "{asked}");
            assert_eq!(sorting.toward("age"), toward_age, "{asked}");
            assert_eq!(sorting.toward("nom"), toward_name, "{asked}");
            assert_eq!([sorting.shown("age"), sorting.shown("nom")], shown, "{asked}");
        }
    }
}
