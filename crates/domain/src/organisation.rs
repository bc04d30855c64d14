//! Organisations, their kinds and their affiliations.

use crate::coded;
use crate::ids::{AffiliationId, OrganisationId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

coded! {
    /// The kind of an organisation.
    pub enum OrganisationKind {
        /// A commune.
        Commune = "commune",
        /// A public body of communes with its own taxes (métropole, communauté…).
        Epci = "epci",
        /// A public territorial body of the Grand Paris.
        Ept = "ept",
        /// A département.
        Departement = "departement",
        /// A région.
        Region = "region",
        /// A group of authorities that gives its members a platform.
        Group = "group",
        /// A school or university.
        School = "school",
        /// A maker of software.
        Vendor = "vendor",
        /// An association.
        Association = "association",
        /// The company that hosts targets and verifies reports.
        Operator = "operator",
        /// An agency of the State.
        StateAgency = "state_agency",
        /// Any other company.
        Company = "company",
    }
}

impl OrganisationKind {
    /// Says whether organisations of this kind run public services and may be candidates.
    #[must_use]
    pub const fn is_local_authority(self) -> bool {
        matches!(
            self,
            Self::Commune | Self::Epci | Self::Ept | Self::Departement | Self::Region | Self::Group
        )
    }
}

coded! {
    /// How an organisation belongs to another.
    pub enum AffiliationKind {
        /// By its territory: a commune in its métropole, EPT, département.
        Territory = "territory",
        /// As a member of an association or group.
        Member = "member",
        /// The other administers it on the platform.
        Delegated = "delegated",
    }
}

/// A party: an authority, school, vendor, association, operator…
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its identifier.
    pub id: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its name as it writes it.
    pub name: String,
    /// Its SIREN, nine digits as text.
    pub siren: Option<String>,
    /// Its INSEE code (communes, départements, régions), as text.
    pub insee: Option<String>,
    /// The organisation that took its place when it was merged.
    pub successor: Option<OrganisationId>,
    /// When the national list named it no longer; an ended one is chosen nowhere.
    pub ended: Option<Timestamp>,
    /// Whether the national list named it.
    pub listed: bool,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

/// One organisation within another, for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// Its identifier.
    pub id: AffiliationId,
    /// The organisation that belongs.
    pub organisation: OrganisationId,
    /// The organisation it belongs to.
    pub within: OrganisationId,
    /// How it belongs.
    pub kind: AffiliationKind,
    /// From when.
    pub from: Timestamp,
    /// Until when, where it has ended.
    pub until: Option<Timestamp>,
}

/// Says whether a SIREN has nine digits and a right check digit.
///
/// The check is Luhn's, as INSEE defines it for the SIREN (ISO/IEC 7812-1).
#[must_use]
pub fn siren_is_valid(siren: &str) -> bool {
    if siren.len() != 9 || !siren.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let sum: u32 = siren
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let digit = u32::from(b - b'0') * if i % 2 == 1 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Says whether a text has the shape of the INSEE code that organisations of a kind have.
#[must_use]
pub fn insee_is_plausible(kind: OrganisationKind, code: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let departement = |text: &str| text == "2A" || text == "2B" || (text.len() == 2 && digits(text));
    match kind {
        OrganisationKind::Commune => {
            code.len() == 5
                && code.is_ascii()
                && departement(code.get(..2).unwrap_or_default())
                && digits(code.get(2..).unwrap_or_default())
        }
        OrganisationKind::Departement => departement(code) || (code.len() == 3 && digits(code)),
        OrganisationKind::Region => code.len() == 2 && digits(code),
        _ => false,
    }
}

/// Folds a name for people's order: without accents, in small letters.
#[must_use]
pub fn name_sort(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .flat_map(|c| {
            match c {
                'à' | 'â' | 'ä' | 'á' | 'ã' => "a".chars(),
                'ç' => "c".chars(),
                'é' | 'è' | 'ê' | 'ë' => "e".chars(),
                'î' | 'ï' | 'í' => "i".chars(),
                'ô' | 'ö' | 'ó' => "o".chars(),
                'ù' | 'û' | 'ü' | 'ú' => "u".chars(),
                'ÿ' => "y".chars(),
                'œ' => "oe".chars(),
                'æ' => "ae".chars(),
                '\u{2019}' | '\'' | '-' => " ".chars(),
                _ => "\u{0}".chars(),
            }
            .map(move |folded| if folded == '\u{0}' { c } else { folded })
        })
        .collect()
}

/// Gives the words of a name, folded, each once: a search finds a name by the beginning of any of them.
#[must_use]
pub fn name_words(name: &str) -> BTreeSet<String> {
    name_sort(name)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siren_of_the_metropole_is_valid_and_a_changed_one_is_not() {
        assert!(siren_is_valid("200054781"));
        assert!(siren_is_valid("200057982"));
        assert!(!siren_is_valid("200054782"));
        assert!(!siren_is_valid("20005478"));
        assert!(!siren_is_valid("20005478a"));
    }

    #[test]
    fn communes_departements_and_regions_have_codes_of_their_own() {
        for (kind, code) in [
            (OrganisationKind::Commune, "93048"),
            (OrganisationKind::Commune, "2A004"),
            (OrganisationKind::Departement, "92"),
            (OrganisationKind::Departement, "974"),
            (OrganisationKind::Region, "11"),
        ] {
            assert!(insee_is_plausible(kind, code), "{code}");
        }
        for (kind, code) in [
            (OrganisationKind::Commune, "9304"),
            (OrganisationKind::Commune, "2C004"),
            (OrganisationKind::Commune, "é3048"),
            (OrganisationKind::Departement, "9"),
            (OrganisationKind::Region, "111"),
            (OrganisationKind::School, "93048"),
        ] {
            assert!(!insee_is_plausible(kind, code), "{code}");
        }
    }

    #[test]
    fn names_fold_to_people_s_order() {
        assert_eq!(name_sort("L'Haÿ-les-Roses"), "l hay les roses");
        assert_eq!(name_sort("Épinay"), "epinay");
    }

    #[test]
    fn a_name_is_found_by_each_of_its_words() {
        let words = |name| name_words(name).into_iter().collect::<Vec<_>>();
        assert_eq!(
            words("L’Haÿ-les-Roses (la ville, les gens)"),
            ["gens", "hay", "l", "la", "les", "roses", "ville"]
        );
        assert!(name_words(" – ").is_empty());
    }
}
