//! TLP:RED: who is named in person. Naming lets through the label, never past the phase.

use super::case::{changing, record};
use super::circle;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{NamedAmong, NamedRow, Reader, SharingCase};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use crate::vulnerability::disclosure_of;
use authorization::Permitted;
use authorization::action::{MovePhase, ReadSharing};
use domain::ids::{PersonId, VulnerabilityId};
use domain::organisation::name_words;
use domain::role::Role;
use domain::{Disclosure, Timestamp};
use serde_json::json;
use std::collections::HashSet;
use uuid::Uuid;

/// Names a person for a vulnerability.
#[derive(Clone, Debug)]
pub struct NamePerson {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The person; none where nobody was chosen.
    pub person: Option<PersonId>,
    /// Why they.
    pub reason: String,
}

impl UseCase for NamePerson {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let taken = changing::<MovePhase>(unit, self.vulnerability).await?;
        let case = (*taken).clone();
        let mut fields = Fields::new();
        let person = match self.person {
            Some(person) if may_be_named(unit, &case, person).await? => Some(person),
            _ => None,
        };
        if person.is_none() {
            fields.add("person", "error-choose");
        }
        // In the order of the form.
        let reason = fields.required("named_reason", &self.reason, unit.app.settings.limits.text);
        fields.done()?;
        let person = person.ok_or_else(|| Error::field("person", "error-choose"))?;
        if !case.lives() {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let id = unit.fresh_id();
        let at = place("vulnerability_named", "reason_sealed", id);
        let row = NamedRow {
            id,
            vulnerability: case.id,
            person,
            reason: unit
                .seal(KeyHolder::Vulnerability(case.id), at, reason.as_bytes())
                .await?,
            by: unit.person()?,
            at: unit.now,
            until: None,
        };
        unit.store.insert_named(&row).await?;
        let body = json!({"person": person, "reason": reason});
        record(unit, taken.acting(), &case, "sharing.named", body).await?;
        circle::enqueue(unit, &case).await
    }
}

/// Ends a naming; the person is stopped by the label again at once.
#[derive(Clone, Debug)]
pub struct EndNaming {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The naming.
    pub named: Uuid,
}

impl UseCase for EndNaming {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let taken = changing::<MovePhase>(unit, self.vulnerability).await?;
        let case = (*taken).clone();
        let rows = unit.store.named(case.id).await?;
        let row = rows
            .into_iter()
            .find(|row| row.id == self.named)
            .ok_or(Error::NotFound)?;
        if row.until.is_some() {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        unit.store.end_named(row.id, unit.person()?, unit.now).await?;
        record(
            unit,
            taken.acting(),
            &case,
            "sharing.naming_ended",
            json!({"person": row.person}),
        )
        .await
    }
}

/// Somebody who is named for a vulnerability.
#[derive(Clone, Debug)]
pub struct NamedLine {
    /// The naming.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// What they read now.
    pub level: Disclosure,
    /// Why they are named.
    pub reason: String,
    /// Who named them.
    pub by: String,
    /// Since when.
    pub at: Timestamp,
}

/// Somebody who can be named, with their roles.
#[derive(Clone, Debug)]
pub struct CandidateLine {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The organisation that comes first.
    pub organisation: String,
    /// Their role there.
    pub role: Role,
}

/// Gives who is named for a vulnerability now.
pub(super) async fn lines(unit: &mut Unit, case: &Permitted<ReadSharing, SharingCase>) -> Outcome<Vec<NamedLine>> {
    let mut lines = Vec::new();
    for row in unit.store.named(case.id).await? {
        if row.until.is_none() {
            lines.push(line(unit, case, &row).await?);
        }
    }
    Ok(lines)
}

async fn line(unit: &mut Unit, case: &Permitted<ReadSharing, SharingCase>, row: &NamedRow) -> Outcome<NamedLine> {
    let grants = unit.store.grants(row.person, unit.now).await?;
    let reader = Reader::new(&grants, unit.now);
    let found = unit.store.vulnerability(case.id, &reader).await?;
    let record = found.ok_or(Error::NotFound)?;
    Ok(NamedLine {
        id: row.id,
        name: unit.name_of(row.person).await?,
        level: disclosure_of(Some(row.person), &grants, record.peek(), unit.now),
        reason: unit
            .open_text(case, place("vulnerability_named", "reason_sealed", row.id), &row.reason)
            .await?,
        by: unit.name_of(row.by).await?,
        at: row.at,
    })
}

/// Who can be named, each once.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// The first of them, by organisation.
    pub lines: Vec<CandidateLine>,
    /// Whether there are others.
    pub more: bool,
    /// Whether deployers are so many that theirs are looked for by the name of their organisation.
    pub by_name: bool,
}

/// Roles that are read for each candidate, of whom one is shown.
const ROLES: usize = 4;
/// Candidates that are offered at once; where deployers are more, theirs are looked for by name.
const OFFERED: usize = 100;

async fn may_be_named(unit: &mut Unit, case: &SharingCase, person: PersonId) -> Outcome<bool> {
    let among = NamedAmong::Person(person);
    let found = unit.store.named_candidates(case.id, &among, unit.now, 1).await?;
    Ok(!found.is_empty())
}

/// Gives who can be named; `deployers` is how many organisations run it, and `name` what was typed of the name of one.
pub(super) async fn candidates(
    unit: &mut Unit,
    case: &SharingCase,
    deployers: usize,
    name: &str,
) -> Outcome<Candidates> {
    let (by_name, words) = (deployers > OFFERED, name_words(name));
    let among = match (by_name, words.is_empty()) {
        (false, _) => NamedAmong::All,
        (true, true) => NamedAmong::Handlers,
        (true, false) => NamedAmong::Words(words),
    };
    let roles = i64::try_from(OFFERED * ROLES).unwrap_or(i64::MAX);
    let mut found = unit.store.named_candidates(case.id, &among, unit.now, roles).await?;
    let cut = found.len() == OFFERED * ROLES;
    let mut known = HashSet::new();
    found.retain(|one| known.insert(one.person));
    let more = cut || found.len() > OFFERED;
    found.truncate(OFFERED);
    let mut lines = Vec::with_capacity(found.len());
    for one in found {
        lines.push(CandidateLine {
            person: one.person,
            name: unit.name_of(one.person).await?,
            organisation: one.organisation_name,
            role: one.role,
        });
    }
    Ok(Candidates { lines, more, by_name })
}
