//! TLP:RED: who is named in person. Naming lets through the label, never past the phase.

use super::case::{changing, record};
use super::circle;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{NamedCandidate, NamedRow, Reader, SharingCase};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use crate::vulnerability::disclosure_of;
use authorization::Permitted;
use authorization::action::{MovePhase, ReadSharing};
use domain::ids::{PersonId, VulnerabilityId};
use domain::role::Role;
use domain::{Disclosure, Timestamp};
use serde_json::json;
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
        let reason = fields.required("named_reason", &self.reason, unit.app.settings.limits.text);
        let candidates = unit.store.named_candidates(case.id, unit.now).await?;
        let person = self
            .person
            .filter(|person| candidates.iter().any(|one| one.person == *person));
        if person.is_none() {
            fields.add("person", "error-choose");
        }
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

/// Gives who can be named, each once.
pub(super) async fn candidates(unit: &mut Unit, case: &SharingCase) -> Outcome<Vec<CandidateLine>> {
    let mut lines: Vec<CandidateLine> = Vec::new();
    let found: Vec<NamedCandidate> = unit.store.named_candidates(case.id, unit.now).await?;
    for one in found {
        if lines.iter().any(|line| line.person == one.person) {
            continue;
        }
        lines.push(CandidateLine {
            person: one.person,
            name: unit.name_of(one.person).await?,
            organisation: one.organisation_name,
            role: one.role,
        });
    }
    Ok(lines)
}
