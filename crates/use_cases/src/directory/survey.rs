//! What an import looks at before it changes anything: what is there, what is gone, what the list refers to.

use super::list::{Expected, ListError, NationalList};
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::unit::Unit;
use domain::directory::{Code, Listed, codes, heir, is_gone, taken_in_by};
use domain::ids::OrganisationId;
use domain::organisation::{Organisation, OrganisationKind, name_sort};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Organisations that one reading gives.
const PAGE: i64 = 1_000;

/// An organisation that the list names no longer.
#[derive(Clone, Debug)]
pub(super) struct Gone {
    pub(super) organisation: OrganisationId,
    pub(super) kind: OrganisationKind,
    /// Who took its place, by its code and the name that the list gives it.
    pub(super) heir: Option<(Code, String)>,
}

/// What a survey found.
#[derive(Clone, Debug, Default)]
pub(super) struct Surveyed {
    /// What others belong to, by each of its codes.
    pub(super) known: HashMap<Code, OrganisationId>,
    /// Authorities without any code, whose name the list has once.
    pub(super) uncoded: Vec<Organisation>,
    /// What the list names no longer.
    pub(super) gone: Vec<Gone>,
    /// What the list refers to and nobody knows.
    pub(super) errors: Vec<ListError>,
}

/// Looks at the directory as a list will change it.
pub(super) struct Survey(pub(super) Arc<NationalList>);

impl UseCase for Survey {
    type Output = Surveyed;

    async fn run(&self, unit: &mut Unit) -> Outcome<Surveyed> {
        let list = &*self.0;
        let mut names: HashMap<(OrganisationKind, String), usize> = HashMap::new();
        for (_, listed) in &list.lines {
            *names.entry((listed.kind, name_sort(&listed.name))).or_default() += 1;
        }
        let mut found = Surveyed::default();
        let mut gone = Vec::new();
        let mut after = OrganisationId(uuid::Uuid::nil());
        loop {
            let page = unit.store.authorities(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            for one in page {
                let borne = codes(one.kind, one.siren.as_deref(), one.insee.as_deref());
                let once = names.get(&(one.kind, name_sort(&one.name))) == Some(&1);
                if borne.is_empty() && once && !one.fictional {
                    found.uncoded.push(one);
                } else if is_gone(&one, &list.covered, &list.named) {
                    gone.push(one);
                } else if one.kind != OrganisationKind::Commune && one.ended.is_none() && !one.fictional {
                    found.known.extend(borne.into_iter().map(|code| (code, one.id)));
                }
            }
        }
        for one in gone {
            let heir = successor(unit, list, &one).await?;
            found.gone.push(Gone {
                organisation: one.id,
                kind: one.kind,
                heir: heir.map(|code| {
                    let name = name_of(list, &code);
                    (code, name)
                }),
            });
        }
        found.errors = unknown(list, &found.known);
        Ok(found)
    }
}

/// Says who took an organisation's place: by INSEE's mergers, or as the one that took in all its communes.
async fn successor(unit: &mut Unit, list: &NationalList, gone: &Organisation) -> Outcome<Option<Code>> {
    use OrganisationKind::{Commune, Epci};
    if gone.kind == Commune {
        let insee = gone.insee.as_deref().unwrap_or_default();
        let code = heir(&list.mergers, insee, &list.named);
        return Ok(code.map(|code| Code::Insee(Commune, code.to_owned())));
    }
    if gone.kind != Epci {
        return Ok(None);
    }
    let members = unit.store.affiliated_with(gone.id, unit.now).await?;
    let members: HashSet<String> = members
        .into_iter()
        .filter(|member| member.kind == Commune)
        .filter_map(|member| member.insee)
        .collect();
    let lines = list.lines.iter().map(|(_, listed)| listed);
    let now: Vec<Option<&Code>> = lines
        .filter(|listed| listed.kind == Commune)
        .filter(|listed| listed.insee.as_ref().is_some_and(|insee| members.contains(insee)))
        .map(|listed| listed.within.iter().find(|code| matches!(code, Code::Siren(_))))
        .collect();
    Ok(taken_in_by(&now).cloned())
}

/// Gives the name that a list gives to who bears a code.
fn name_of(list: &NationalList, code: &Code) -> String {
    let bears = |listed: &Listed| match code {
        Code::Siren(siren) => listed.siren.as_ref() == Some(siren),
        Code::Insee(kind, insee) => listed.kind == *kind && listed.insee.as_ref() == Some(insee),
    };
    let found = list.lines.iter().find(|(_, listed)| bears(listed));
    found.map(|(_, listed)| listed.name.clone()).unwrap_or_default()
}

/// Names the references that neither the list nor the directory knows.
fn unknown(list: &NationalList, known: &HashMap<Code, OrganisationId>) -> Vec<ListError> {
    let mut errors = Vec::new();
    for (at, listed) in &list.lines {
        for code in &listed.within {
            if list.named.contains(code) || known.contains_key(code) {
                continue;
            }
            let (column, text) = match (code, listed.kind) {
                (Code::Siren(siren), OrganisationKind::Commune) => ("epci_siren", siren),
                (Code::Siren(siren), _) => ("siren", siren),
                (Code::Insee(_, insee), OrganisationKind::Commune) => ("departement", insee),
                (Code::Insee(_, insee), _) => ("region", insee),
            };
            errors.push(list.error(*at, column, Expected::Known, text));
        }
    }
    errors
}
