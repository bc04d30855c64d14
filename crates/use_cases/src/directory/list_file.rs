//! The files of the national list: those that come with the product, and what each file's head says it is.

use crate::csv_file::Sheet;
use domain::Date;

/// A file of the national list.
#[derive(Clone, Debug)]
pub struct ListFile {
    /// Its name, for whoever corrects it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What a file of the list holds; the head says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Communes with their département and EPCI.
    Communes,
    /// EPCI and EPT.
    Groupings,
    /// Départements and régions.
    Departements,
    /// Communes with their EPT.
    Territories,
    /// Mergers of communes, as INSEE publishes movements.
    Mergers,
}

impl Holds {
    /// Reads a head.
    pub(super) fn of(sheet: &Sheet) -> Option<Self> {
        let has = |names: &[&str]| names.iter().all(|name| sheet.column(&[name]).is_some());
        if has(&["niveau", "code", "nom", "region"]) {
            Some(Self::Departements)
        } else if has(&["mod", "date_eff", "typecom_av", "com_av", "typecom_ap", "com_ap"]) {
            Some(Self::Mergers)
        } else if has(&["code_insee", "epci_siren", "ept_siren"]) && !has(&["region"]) {
            Some(Self::Territories)
        } else if has(&["code_insee", "nom", "siren", "departement", "epci_siren"]) {
            Some(Self::Communes)
        } else if has(&["siren", "nom", "type"]) {
            Some(Self::Groupings)
        } else {
            None
        }
    }
}

/// The files that come with the product (see `data/README.md` for their sources).
const BUILT_IN: &[(&str, &str)] = &[
    (
        "departements_regions_2026.csv",
        include_str!("../../data/departements_regions_2026.csv"),
    ),
    ("epci_france_2026.csv", include_str!("../../data/epci_france_2026.csv")),
    (
        "communes_france_2026.csv",
        include_str!("../../data/communes_france_2026.csv"),
    ),
    ("mgp_communes.csv", include_str!("../../data/mgp_communes.csv")),
];

/// Gives the files that come with the product.
#[must_use]
pub fn built_in() -> Vec<ListFile> {
    BUILT_IN
        .iter()
        .map(|(name, text)| ListFile {
            name: (*name).to_owned(),
            text: (*text).to_owned(),
        })
        .collect()
}

/// Gives the day on which the list that comes with the product was true: 1 January 2026.
#[must_use]
pub fn built_in_day() -> Date {
    Date::new(2026, 1, 1).expect("a day of the calendar")
}
