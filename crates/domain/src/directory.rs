//! The national list against the directory: what a list says, what is there, what therefore changes.

use crate::ids::{AffiliationId, OrganisationId};
use crate::organisation::{Organisation, OrganisationKind, name_sort};
use std::collections::{BTreeMap, BTreeSet};

/// The number that an organisation bears: its SIREN, or the INSEE code of its kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A SIREN.
    Siren(String),
    /// The INSEE code of a commune, département or région.
    Insee(OrganisationKind, String),
}

/// An organisation as a list says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What it is.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: String,
    /// Its SIREN, where the list has it.
    pub siren: Option<String>,
    /// Its INSEE code, where the list has it.
    pub insee: Option<String>,
    /// What it belongs to by its territory.
    pub within: Vec<Code>,
    /// The kinds of what it belongs to that the list speaks of: of the others it ends nothing.
    pub speaks_of: Vec<OrganisationKind>,
}

impl Listed {
    /// Gives the codes that it bears.
    #[must_use]
    pub fn codes(&self) -> Vec<Code> {
        codes(self.kind, self.siren.as_deref(), self.insee.as_deref())
    }
}

/// Gives the codes of an organisation, its SIREN first.
#[must_use]
pub fn codes(kind: OrganisationKind, siren: Option<&str>, insee: Option<&str>) -> Vec<Code> {
    let siren = siren.map(|siren| Code::Siren(siren.to_owned()));
    let insee = insee.map(|insee| Code::Insee(kind, insee.to_owned()));
    siren.into_iter().chain(insee).collect()
}

/// An affiliation by territory that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its identifier.
    pub id: AffiliationId,
    /// What the organisation belongs to.
    pub within: OrganisationId,
    /// What that is.
    pub kind: OrganisationKind,
}

/// Why a list changes nothing of an organisation that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftAlone {
    /// The one of the directory is invented.
    Fictional,
    /// The one of the directory is of another kind.
    OtherKind,
    /// Two of the directory answer to what the list says.
    Two,
}

/// Finds the organisation that a list names among those of the directory that may be meant.
///
/// A SIREN or INSEE code finds it; without either, one without any code that bears the same name: the
/// caller leaves such ones out where the list has several of the name.
///
/// # Errors
/// [`LeftAlone`], and the organisation by which it is, where nothing may be changed.
pub fn find<'a>(
    listed: &Listed,
    among: &[&'a Organisation],
) -> Result<Option<&'a Organisation>, (LeftAlone, &'a Organisation)> {
    let sorted = name_sort(&listed.name);
    let by_siren = among
        .iter()
        .find(|one| one.siren.is_some() && one.siren == listed.siren)
        .copied();
    let by_insee = among
        .iter()
        .find(|one| one.kind == listed.kind && one.insee.is_some() && one.insee == listed.insee)
        .copied();
    let mut named = among.iter().filter(|one| {
        !one.fictional
            && one.kind == listed.kind
            && one.siren.is_none()
            && one.insee.is_none()
            && name_sort(&one.name) == sorted
    });
    let found = match (by_siren, by_insee) {
        (Some(one), Some(other)) if one.id != other.id => return Err((LeftAlone::Two, other)),
        (None, None) => match (named.next().copied(), named.next().copied()) {
            (Some(_), Some(other)) => return Err((LeftAlone::Two, other)),
            (one, _) => one,
        },
        (one, other) => one.or(other),
    };
    match found {
        Some(one) if one.fictional => Err((LeftAlone::Fictional, one)),
        Some(one) if one.kind != listed.kind => Err((LeftAlone::OtherKind, one)),
        found => Ok(found),
    }
}

/// Gives an organisation as the list says it; nothing where it is so already.
///
/// A code that the list does not have is kept.
#[must_use]
pub fn corrected(listed: &Listed, present: &Organisation) -> Option<Organisation> {
    let after = Organisation {
        name: listed.name.clone(),
        siren: listed.siren.clone().or_else(|| present.siren.clone()),
        insee: listed.insee.clone().or_else(|| present.insee.clone()),
        successor: None,
        ended: None,
        listed: true,
        ..present.clone()
    };
    (after != *present).then_some(after)
}

/// What changes in the affiliations of one organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// What it belongs to from now on.
    pub begun: Vec<OrganisationId>,
    /// The affiliations that no longer hold.
    pub ended: Vec<AffiliationId>,
}

/// Compares the affiliations that hold with those that the list says.
#[must_use]
pub fn moved(held: &[Held], wanted: &[OrganisationId], speaks_of: &[OrganisationKind]) -> Moved {
    let wanted: BTreeSet<_> = wanted.iter().copied().collect();
    let has = |id: &OrganisationId| held.iter().any(|one| one.within == *id);
    Moved {
        begun: wanted.iter().filter(|id| !has(id)).copied().collect(),
        ended: held
            .iter()
            .filter(|one| speaks_of.contains(&one.kind) && !wanted.contains(&one.within))
            .map(|one| one.id)
            .collect(),
    }
}

/// Says whether an organisation is no more: a list named it once, and names it no longer.
#[must_use]
pub fn is_gone(present: &Organisation, covered: &[OrganisationKind], named: &BTreeSet<Code>) -> bool {
    let codes = codes(present.kind, present.siren.as_deref(), present.insee.as_deref());
    present.listed
        && present.ended.is_none()
        && !present.fictional
        && covered.contains(&present.kind)
        && !codes.iter().any(|code| named.contains(code))
}

/// The longest chain of mergers that is followed.
const CHAIN: usize = 20;

/// Follows the mergers of communes, from code to code, to one that the list names.
#[must_use]
pub fn heir<'a>(mergers: &'a BTreeMap<String, String>, insee: &str, named: &BTreeSet<Code>) -> Option<&'a str> {
    let mut code = mergers.get(insee)?;
    for _ in 0..CHAIN {
        if named.contains(&Code::Insee(OrganisationKind::Commune, code.clone())) {
            return Some(code);
        }
        code = mergers.get(code)?;
    }
    None
}

/// Gives the one organisation that took in all the members of another; nothing where they went several ways.
#[must_use]
pub fn taken_in_by<'a>(members: &[Option<&'a Code>]) -> Option<&'a Code> {
    let (first, others) = members.split_first()?;
    others.iter().all(|other| other == first).then_some(*first).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;
    use uuid::Uuid;

    fn id(n: u128) -> OrganisationId {
        OrganisationId(Uuid::from_u128(n))
    }

    fn commune(n: u128, name: &str, siren: &str, insee: &str) -> Organisation {
        let code = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Organisation {
            id: id(n),
            kind: OrganisationKind::Commune,
            name: name.to_owned(),
            siren: code(siren),
            insee: code(insee),
            successor: None,
            ended: None,
            listed: true,
            fictional: false,
        }
    }

    fn listed(name: &str, siren: &str, insee: &str) -> Listed {
        let one = commune(0, name, siren, insee);
        Listed {
            kind: one.kind,
            name: one.name,
            siren: one.siren,
            insee: one.insee,
            within: Vec::new(),
            speaks_of: Vec::new(),
        }
    }

    #[test]
    fn an_organisation_is_found_by_its_codes_then_by_its_name_alone() {
        let fictional = |one: Organisation| Organisation { fictional: true, ..one };
        let group = |one: Organisation| Organisation {
            kind: OrganisationKind::Group,
            ..one
        };
        let said = listed("Chelles", "217701085", "77108");
        type Found = Result<Option<u128>, LeftAlone>;
        let rows: Vec<(&str, Vec<Organisation>, Found)> = vec![
            ("nothing there", vec![], Ok(None)),
            ("same SIREN", vec![commune(1, "x", "217701085", "")], Ok(Some(1))),
            (
                "same INSEE, new SIREN",
                vec![commune(1, "x", "219999999", "77108")],
                Ok(Some(1)),
            ),
            (
                "both codes on two",
                vec![commune(1, "x", "217701085", ""), commune(2, "y", "", "77108")],
                Err(LeftAlone::Two),
            ),
            (
                "same name without a code",
                vec![commune(1, "CHELLES", "", "")],
                Ok(Some(1)),
            ),
            (
                "same name with another code",
                vec![commune(1, "Chelles", "", "60145")],
                Ok(None),
            ),
            (
                "two of the name",
                vec![commune(1, "Chelles", "", ""), commune(2, "Chelles", "", "")],
                Err(LeftAlone::Two),
            ),
            (
                "a code wins over a name",
                vec![commune(1, "Chelles", "", ""), commune(2, "x", "", "77108")],
                Ok(Some(2)),
            ),
            (
                "invented",
                vec![fictional(commune(1, "Chelles", "217701085", ""))],
                Err(LeftAlone::Fictional),
            ),
            (
                "invented, of the same name",
                vec![fictional(commune(1, "Chelles", "", ""))],
                Ok(None),
            ),
            (
                "of another kind",
                vec![group(commune(1, "Chelles", "217701085", ""))],
                Err(LeftAlone::OtherKind),
            ),
        ];
        for (name, there, expected) in rows {
            let among: Vec<_> = there.iter().collect();
            let found = find(&said, &among).map(|one| one.map(|one| one.id.0.as_u128()));
            assert_eq!(found.map_err(|(why, _)| why), expected, "{name}");
        }
    }

    #[test]
    fn only_what_differs_is_corrected() {
        let said = listed("Chelles", "217701085", "77108");
        let same = commune(1, "Chelles", "217701085", "77108");
        assert_eq!(corrected(&said, &same), None);
        let old = commune(1, "Chelles-sur-Marne", "217701085", "77108");
        assert_eq!(corrected(&said, &old), Some(same.clone()));
        let back = Organisation {
            ended: Some(Timestamp(3)),
            successor: Some(id(9)),
            ..same.clone()
        };
        assert_eq!(corrected(&said, &back), Some(same.clone()));
        let by_hand = Organisation {
            listed: false,
            ..same.clone()
        };
        assert_eq!(corrected(&said, &by_hand), Some(same.clone()));
        let silent = listed("Chelles", "", "77108");
        assert_eq!(corrected(&silent, &same), None);
    }

    #[test]
    fn affiliations_that_the_list_does_not_speak_of_stay() {
        let held = |n: u128, within: u128, kind| Held {
            id: AffiliationId(Uuid::from_u128(n)),
            within: id(within),
            kind,
        };
        use OrganisationKind::{Departement, Epci, Ept, Group};
        let there = [
            held(1, 10, Epci),
            held(2, 20, Departement),
            held(3, 30, Ept),
            held(4, 40, Group),
        ];
        let after = moved(&there, &[id(11), id(20)], &[Epci, Departement]);
        assert_eq!(
            (after.begun, after.ended),
            (vec![id(11)], vec![AffiliationId(Uuid::from_u128(1))])
        );
        assert_eq!(
            moved(&there, &[id(10), id(20), id(10)], &[Epci, Departement]),
            Moved::default()
        );
        assert_eq!(moved(&[], &[id(10)], &[]).begun, [id(10)]);
    }

    #[test]
    fn only_what_a_list_named_once_can_be_gone() {
        let named: BTreeSet<_> = listed("Chelles", "217701085", "77108").codes().into_iter().collect();
        let gone = |one: &Organisation| is_gone(one, &[OrganisationKind::Commune], &named);
        let other = commune(1, "Ailleurs", "219999999", "77999");
        assert!(gone(&other));
        assert!(
            !gone(&commune(1, "Chelles", "219999999", "77108")),
            "its INSEE code is named"
        );
        assert!(!gone(&Organisation {
            listed: false,
            ..other.clone()
        }));
        assert!(!gone(&Organisation {
            fictional: true,
            ..other.clone()
        }));
        assert!(!gone(&Organisation {
            ended: Some(Timestamp(1)),
            ..other.clone()
        }));
        assert!(!is_gone(&other, &[OrganisationKind::Epci], &named));
    }

    #[test]
    fn mergers_are_followed_to_one_that_is_named() {
        let mergers: BTreeMap<_, _> = [
            ("01001", "01002"),
            ("01002", "01003"),
            ("01008", "01009"),
            ("01009", "01008"),
        ]
        .map(|(from, to)| (from.to_owned(), to.to_owned()))
        .into();
        let named = [Code::Insee(OrganisationKind::Commune, "01003".to_owned())].into();
        assert_eq!(heir(&mergers, "01001", &named), Some("01003"));
        assert_eq!(heir(&mergers, "01008", &named), None, "a circle");
        assert_eq!(heir(&mergers, "01004", &named), None);
    }

    #[test]
    fn members_that_went_one_way_name_who_took_them_in() {
        let (one, other) = (Code::Siren("1".to_owned()), Code::Siren("2".to_owned()));
        assert_eq!(taken_in_by(&[Some(&one), Some(&one)]), Some(&one));
        assert_eq!(taken_in_by(&[Some(&one), Some(&other)]), None);
        assert_eq!(taken_in_by(&[Some(&one), None]), None);
        assert_eq!(taken_in_by(&[]), None);
    }
}
