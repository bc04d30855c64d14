//! Choosing an organisation by what people write: its SIREN or INSEE code, or its name.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::OrganisationFilter;
use crate::unit::Unit;
use domain::ids::OrganisationId;
use domain::organisation::{Organisation, OrganisationKind, insee_is_plausible, name_sort, name_words, siren_is_valid};

/// The most organisations that are suggested.
const SUGGESTED: i64 = 12;

/// The organisations that may be chosen; empty narrows nothing.
#[derive(Clone, Debug, Default)]
pub struct Among {
    /// Only these kinds.
    pub kinds: Vec<OrganisationKind>,
    /// Only those that belong to this one.
    pub within: Option<OrganisationId>,
}

/// What a text means.
#[derive(Clone, Debug)]
pub enum Picked {
    /// Nothing was written.
    Nothing,
    /// One organisation.
    One(Organisation),
    /// Several bear the name: the first of them.
    Several(Vec<Organisation>),
    /// None bears the code or name.
    Unknown,
}

/// Finds the organisation that a text means.
#[derive(Clone, Debug)]
pub struct PickOrganisation {
    /// What was written; an identifier, a SIREN, an INSEE code, a name, or a name with its code in brackets.
    pub text: String,
    /// Among which.
    pub among: Among,
}

impl UseCase for PickOrganisation {
    type Output = Picked;

    async fn run(&self, unit: &mut Unit) -> Outcome<Picked> {
        let text = self.text.trim();
        if text.is_empty() {
            return Ok(Picked::Nothing);
        }
        let mut coded = match text.parse().map(OrganisationId) {
            Ok(id) => unit.store.organisations(&[id]).await?,
            Err(_) => match code(text) {
                Some(code) => unit.store.organisations_by_codes(&[code]).await?,
                None => return self.named(unit, text).await,
            },
        };
        coded.retain(|one| self.fits(one));
        Ok(match (coded.pop(), coded.is_empty()) {
            (Some(one), true) => Picked::One(one),
            (Some(one), false) => Picked::Several(coded.into_iter().chain([one]).collect()),
            (None, _) => Picked::Unknown,
        })
    }
}

impl PickOrganisation {
    fn fits(&self, one: &Organisation) -> bool {
        one.ended.is_none() && (self.among.kinds.is_empty() || self.among.kinds.contains(&one.kind))
    }

    async fn named(&self, unit: &mut Unit, text: &str) -> Outcome<Picked> {
        let mut found = suggested(unit, text, &self.among, SUGGESTED).await?;
        let folded = name_sort(text);
        let exact = found.iter().filter(|one| name_sort(&one.name) == folded).count();
        if exact == 1 {
            found.retain(|one| name_sort(&one.name) == folded);
        }
        Ok(match (found.len(), found.pop()) {
            (1, Some(one)) => Picked::One(one),
            (_, Some(one)) => Picked::Several(found.into_iter().chain([one]).collect()),
            (_, None) => Picked::Unknown,
        })
    }
}

/// Reads a code that stands alone or, behind a name, at the end of brackets.
fn code(text: &str) -> Option<String> {
    let bracketed = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let place = bracketed.map_or(text, |(_, inside)| inside);
    let marked = ["SIREN", "INSEE"].iter().find_map(|word| place.rsplit_once(word));
    let after = marked.map_or(place, |(_, after)| after);
    let written: String = after.chars().filter(|c| !c.is_whitespace()).collect();
    let is_code = |code: &String| {
        siren_is_valid(code)
            || [
                OrganisationKind::Commune,
                OrganisationKind::Departement,
                OrganisationKind::Region,
            ]
            .iter()
            .any(|kind| insee_is_plausible(*kind, code))
    };
    Some(written).filter(is_code)
}

/// Gives an organisation that a form names already, whether it could still be chosen or not.
pub struct ChosenOrganisation(pub OrganisationId);

impl UseCase for ChosenOrganisation {
    type Output = Option<Organisation>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<Organisation>> {
        Ok(unit.store.organisations(&[self.0]).await?.pop())
    }
}

/// Suggests organisations for the beginning of a name: those that begin so first, then those of which a word does.
#[derive(Clone, Debug)]
pub struct SuggestOrganisations {
    /// What was written so far.
    pub text: String,
    /// Among which.
    pub among: Among,
}

impl UseCase for SuggestOrganisations {
    type Output = Vec<Organisation>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<Organisation>> {
        if code(&self.text).is_some() {
            let pick = PickOrganisation {
                text: self.text.clone(),
                among: self.among.clone(),
            };
            return Ok(match pick.run(unit).await? {
                Picked::One(one) => vec![one],
                Picked::Several(several) => several,
                Picked::Nothing | Picked::Unknown => Vec::new(),
            });
        }
        suggested(unit, &self.text, &self.among, SUGGESTED).await
    }
}

/// Gives the organisations that words mean, at most so many.
pub(crate) async fn suggested(unit: &mut Unit, text: &str, among: &Among, limit: i64) -> Outcome<Vec<Organisation>> {
    let (folded, words) = (name_sort(text.trim()), name_words(text));
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let filter = |prefix, words| OrganisationFilter {
        kinds: among.kinds.clone(),
        within: among.within,
        prefix,
        words,
        limit,
        ..OrganisationFilter::default()
    };
    let mut found = unit
        .store
        .list_organisations(&filter(Some(folded), Default::default()))
        .await?;
    for one in unit.store.list_organisations(&filter(None, words)).await? {
        if found.len() < usize::try_from(limit).unwrap_or_default() && !found.iter().any(|f| f.id == one.id) {
            found.push(one);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_alone_or_at_the_end_of_brackets() {
        for (text, expected) in [
            ("200 054 781", Some("200054781")),
            ("Nanterre (commune, SIREN 219200508)", Some("219200508")),
            ("Nanterre (commune, SIREN 219\u{a0}200\u{a0}508)", Some("219200508")),
            ("Papeete (commune, INSEE 98735)", Some("98735")),
            ("2A004", Some("2A004")),
            ("Corse (région, INSEE 94)", Some("94")),
            ("Nanterre", None),
            ("Marchés (la suite)", None),
            ("219200509", None),
        ] {
            assert_eq!(code(text).as_deref(), expected, "{text}");
        }
    }
}
