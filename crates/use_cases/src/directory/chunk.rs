//! One transaction of an import: some organisations of the list, or some that it names no longer.

use super::list::NationalList;
use super::survey::Gone;
use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::ports::OrganisationRecord;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::ManageOrganisation;
use authorization::{Acting, Actor};
use domain::Timestamp;
use domain::directory::{Code, Held, LeftAlone, Listed, Moved, corrected, find, moved};
use domain::ids::{AffiliationId, OrganisationId};
use domain::organisation::{Affiliation, AffiliationKind, Organisation};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// How many of what an import changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Organisations added.
    pub added: usize,
    /// Organisations whose name or codes changed, or that the list names for the first time or again.
    pub corrected: usize,
    /// Organisations that are no more.
    pub ended: usize,
    /// Organisations that are as the list says.
    pub same: usize,
    /// Affiliations that begin.
    pub affiliations: usize,
    /// Affiliations that end.
    pub affiliations_ended: usize,
}

impl Tally {
    /// Adds another.
    pub(super) fn add(&mut self, other: &Self) {
        self.added += other.added;
        self.corrected += other.corrected;
        self.ended += other.ended;
        self.same += other.same;
        self.affiliations += other.affiliations;
        self.affiliations_ended += other.affiliations_ended;
    }

    fn changes(&self) -> usize {
        self.added + self.corrected + self.ended + self.affiliations + self.affiliations_ended
    }
}

/// What a person should read of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub kind: ToldKind,
    /// The name that the directory had.
    pub name: String,
    /// The new name, or the name of who took its place; empty where there is none.
    pub other: String,
    /// Whether somebody holds a role for it.
    pub peopled: bool,
}

/// What happened to one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldKind {
    /// It bears another name.
    Renamed,
    /// It is no more.
    Ended,
    /// The list says something of it, and it was left as it is.
    LeftAlone(LeftAlone),
}

/// What one transaction did.
#[derive(Clone, Debug, Default)]
pub(super) struct Done {
    pub(super) tally: Tally,
    pub(super) told: Vec<Told>,
    pub(super) known: Vec<(Code, OrganisationId)>,
}

/// Takes some lines of the list.
pub(super) struct Lines {
    pub(super) list: Arc<NationalList>,
    pub(super) from: usize,
    pub(super) until: usize,
    pub(super) known: Arc<HashMap<Code, OrganisationId>>,
    pub(super) uncoded: Arc<Vec<Organisation>>,
    pub(super) dry: bool,
}

/// What some lines change.
#[derive(Default)]
struct Changes {
    done: Done,
    added: Vec<Organisation>,
    corrected: Vec<(Organisation, Organisation)>,
    begun: Vec<Affiliation>,
    ended: Vec<AffiliationId>,
}

impl UseCase for Lines {
    type Output = Done;

    async fn run(&self, unit: &mut Unit) -> Outcome<Done> {
        let acting = begin(unit, self.dry).await?;
        let lines: Vec<&Listed> = self.list.lines[self.from..self.until].iter().map(|(_, l)| l).collect();
        let present = present(unit, &lines, &self.uncoded).await?;
        let ids: Vec<OrganisationId> = present.iter().map(|one| one.id).collect();
        let mut held: HashMap<OrganisationId, Vec<Held>> = HashMap::new();
        for (id, one) in unit.store.territories_of(&ids).await? {
            held.entry(id).or_default().push(one);
        }
        let by_code = index(&present);
        let mut changes = Changes::default();
        for listed in lines {
            let among = candidates(listed, &present, &by_code);
            self.compare(unit, &mut changes, listed, &among, &held);
        }
        let ids: Vec<_> = changes.corrected.iter().map(|(before, _)| before.id).collect();
        let peopled = unit.store.peopled(&ids).await?;
        for (before, after) in changes
            .corrected
            .iter()
            .filter(|(before, after)| before.name != after.name)
        {
            changes.done.told.push(Told {
                kind: ToldKind::Renamed,
                name: before.name.clone(),
                other: after.name.clone(),
                peopled: peopled.contains(&before.id),
            });
        }
        if !self.dry && changes.done.tally.changes() > 0 {
            self.keep(unit, &acting, &changes, &peopled).await?;
        }
        Ok(changes.done)
    }
}

impl Lines {
    fn compare(
        &self,
        unit: &Unit,
        changes: &mut Changes,
        listed: &Listed,
        among: &[&Organisation],
        held: &HashMap<OrganisationId, Vec<Held>>,
    ) {
        let id = match find(listed, among) {
            Err((why, other)) => {
                changes.done.told.push(Told {
                    kind: ToldKind::LeftAlone(why),
                    name: other.name.clone(),
                    other: listed.name.clone(),
                    peopled: false,
                });
                if why == LeftAlone::OtherKind {
                    changes
                        .done
                        .known
                        .extend(listed.codes().into_iter().map(|code| (code, other.id)));
                }
                return;
            }
            Ok(Some(one)) => {
                match corrected(listed, one) {
                    Some(after) => {
                        changes.done.tally.corrected += 1;
                        changes.corrected.push((one.clone(), after));
                    }
                    None => changes.done.tally.same += 1,
                }
                one.id
            }
            Ok(None) => {
                let organisation = organisation(unit.fresh_id(), listed);
                changes.done.tally.added += 1;
                changes.added.push(organisation);
                changes.added[changes.added.len() - 1].id
            }
        };
        changes
            .done
            .known
            .extend(listed.codes().into_iter().map(|code| (code, id)));
        let wanted: Vec<_> = listed
            .within
            .iter()
            .filter_map(|code| self.known.get(code))
            .copied()
            .collect();
        let Moved { begun, ended } = moved(held.get(&id).map_or(&[], Vec::as_slice), &wanted, &listed.speaks_of);
        changes.done.tally.affiliations += begun.len();
        changes.done.tally.affiliations_ended += ended.len();
        changes.ended.extend(ended);
        let from = since(unit, self.list.day);
        changes.begun.extend(begun.into_iter().map(|within| Affiliation {
            id: AffiliationId(unit.fresh_id()),
            organisation: id,
            within,
            kind: AffiliationKind::Territory,
            from,
            until: None,
        }));
    }

    async fn keep(
        &self,
        unit: &mut Unit,
        acting: &Acting,
        changes: &Changes,
        peopled: &[OrganisationId],
    ) -> Outcome<()> {
        unit.store.end_affiliations(&changes.ended, unit.now).await?;
        for (before, after) in &changes.corrected {
            unit.store.correct_organisation(after).await?;
            if peopled.contains(&after.id) {
                let body =
                    json!({"name": after.name, "name_before": before.name, "siren": after.siren, "insee": after.insee});
                let entry = crate::organisation::entry(after.id, "organisation.corrected", body);
                unit.record(acting, entry).await?;
            }
        }
        unit.store.insert_organisations(&changes.added, unit.now).await?;
        unit.store.insert_affiliations(&changes.begun).await?;
        let told = json!({
            "added": changes.added.iter().map(|o| json!([o.id, o.name, o.siren, o.insee])).collect::<Vec<_>>(),
            "corrected": changes.corrected.iter().map(|(_, o)| json!([o.id, o.name, o.siren, o.insee])).collect::<Vec<_>>(),
            "begun": changes.begun.iter().map(|a| json!([a.organisation, a.within])).collect::<Vec<_>>(),
            "ended": changes.ended,
        });
        note(unit, acting, &self.list, &changes.done.tally, &told).await
    }
}

/// Takes some organisations that the list names no longer.
pub(super) struct Departures {
    pub(super) list: Arc<NationalList>,
    pub(super) gone: Vec<Gone>,
    pub(super) known: Arc<HashMap<Code, OrganisationId>>,
    pub(super) dry: bool,
}

impl UseCase for Departures {
    type Output = Done;

    async fn run(&self, unit: &mut Unit) -> Outcome<Done> {
        let acting = begin(unit, self.dry).await?;
        let ids: Vec<_> = self.gone.iter().map(|gone| gone.organisation).collect();
        let peopled = unit.store.peopled(&ids).await?;
        let (mut done, mut told) = (Done::default(), Vec::new());
        let mut ended = Vec::new();
        for gone in &self.gone {
            let Some(before) = unit.store.organisations(&[gone.organisation]).await?.pop() else {
                continue;
            };
            let heir = gone.heir.as_ref();
            let successor = heir.and_then(|(code, _)| self.known.get(code)).copied();
            let after = Organisation {
                ended: Some(unit.now),
                successor,
                ..before.clone()
            };
            done.tally.ended += 1;
            told.push(json!([after.id, after.name, after.successor]));
            done.told.push(Told {
                kind: ToldKind::Ended,
                name: before.name,
                other: heir.map(|(_, name)| name.clone()).unwrap_or_default(),
                peopled: peopled.contains(&after.id),
            });
            if !self.dry {
                unit.store.correct_organisation(&after).await?;
                if peopled.contains(&after.id) {
                    let body = json!({"successor": after.successor});
                    let entry = crate::organisation::entry(after.id, "organisation.ended", body);
                    unit.record(&acting, entry).await?;
                }
            }
        }
        ended.extend(
            unit.store
                .territories_of(&ids)
                .await?
                .into_iter()
                .map(|(_, held)| held.id),
        );
        done.tally.affiliations_ended = ended.len();
        if !self.dry && done.tally.changes() > 0 {
            unit.store.end_affiliations(&ended, unit.now).await?;
            let told = json!({"gone": told, "ended": ended});
            note(unit, &acting, &self.list, &done.tally, &told).await?;
        }
        Ok(done)
    }
}

/// Makes imports come one after the other, and refuses whoever may not keep the directory.
async fn begin(unit: &mut Unit, dry: bool) -> Outcome<Acting> {
    let Actor::System(system) = unit.actor else {
        return Err(Error::NotFound);
    };
    let any = OrganisationRecord {
        organisation: organisation(uuid::Uuid::nil(), &nothing()),
        administered_by: Vec::new(),
    };
    if !unit.may::<ManageOrganisation, _>(&any) {
        return Err(Error::NotFound);
    }
    if !dry {
        unit.store.lock_stream("platform", uuid::Uuid::nil()).await?;
    }
    Ok(Acting::System(system))
}

fn nothing() -> Listed {
    Listed {
        kind: domain::organisation::OrganisationKind::Commune,
        name: String::new(),
        siren: None,
        insee: None,
        within: Vec::new(),
        speaks_of: Vec::new(),
    }
}

fn organisation(id: uuid::Uuid, listed: &Listed) -> Organisation {
    Organisation {
        id: OrganisationId(id),
        kind: listed.kind,
        name: listed.name.clone(),
        siren: listed.siren.clone(),
        insee: listed.insee.clone(),
        successor: None,
        ended: None,
        listed: true,
        fictional: false,
    }
}

/// Gives those of the directory that some lines may mean.
async fn present(unit: &mut Unit, lines: &[&Listed], uncoded: &[Organisation]) -> Outcome<Vec<Organisation>> {
    let codes: Vec<String> = lines
        .iter()
        .flat_map(|listed| listed.siren.iter().chain(&listed.insee).cloned())
        .collect();
    let mut present = unit.store.organisations_by_codes(&codes).await?;
    let named: Vec<OrganisationId> = uncoded
        .iter()
        .filter(|one| lines.iter().any(|listed| listed.kind == one.kind))
        .map(|one| one.id)
        .collect();
    present.extend(unit.store.organisations(&named).await?);
    present.sort_by_key(|one| one.id);
    present.dedup_by_key(|one| one.id);
    Ok(present)
}

/// Where those of the directory stand, by each code; those without any, under the empty one.
fn index(present: &[Organisation]) -> HashMap<&str, Vec<usize>> {
    let mut by_code: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, one) in present.iter().enumerate() {
        let mut codes: Vec<&str> = one.siren.iter().chain(&one.insee).map(String::as_str).collect();
        if codes.is_empty() {
            codes.push("");
        }
        for code in codes {
            by_code.entry(code).or_default().push(at);
        }
    }
    by_code
}

fn candidates<'a>(
    listed: &Listed,
    present: &'a [Organisation],
    by_code: &HashMap<&str, Vec<usize>>,
) -> Vec<&'a Organisation> {
    let codes = listed.siren.iter().chain(&listed.insee).map(String::as_str);
    let mut at: Vec<usize> = codes
        .chain([""])
        .filter_map(|code| by_code.get(code))
        .flatten()
        .copied()
        .collect();
    at.sort_unstable();
    at.dedup();
    at.into_iter().map(|at| &present[at]).collect()
}

/// Gives the instant from which what a list says holds: its day in Paris, but never one to come.
fn since(unit: &Unit, day: domain::Date) -> Timestamp {
    let midnight = i18n::parse_local(&format!("{day}T00:00")).map_or(unit.now, Timestamp);
    midnight.min(unit.now)
}

/// Journals what one transaction did: one entry with the figures and the digest of what changed.
async fn note(unit: &mut Unit, acting: &Acting, list: &NationalList, tally: &Tally, told: &Value) -> Outcome<()> {
    let hex = |bytes: [u8; 32]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let entry = NewEntry {
        stream_kind: "platform",
        stream_id: uuid::Uuid::nil(),
        kind: "platform.directory_imported",
        log: Log::Sealed,
        holder: KeyHolder::Instance,
        body: json!({
            "list": hex(list.digest),
            "day": list.day,
            "added": tally.added,
            "corrected": tally.corrected,
            "ended": tally.ended,
            "affiliations": tally.affiliations,
            "affiliations_ended": tally.affiliations_ended,
            "changes": hex(sealing::content_digest(told.to_string().as_bytes())),
        }),
    };
    unit.record(acting, entry).await?;
    Ok(())
}
