//! One report under change: taken, moved by its machine, saved with its journal entry.

use super::text::column;
use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::ports::ReportRecord;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::{Acting, Action, Permitted};
use domain::ids::{PersonId, ReportId};
use domain::report::{Closing, ReportEvent};
use domain::verification::{VerificationRefusal, claim};
use domain::{Machine as _, Timestamp};
use serde_json::Value;

/// A report that was taken for a change, with the proof that it may be changed.
pub(crate) struct Change {
    pub record: ReportRecord,
    pub acting: Acting,
    revision: i64,
}

impl Change {
    /// Takes a report for an action.
    pub async fn take<A: Action>(unit: &mut Unit, id: ReportId) -> Outcome<Self> {
        let found = unit.store.take_report(id).await?;
        Ok(Self::of(unit.permit_found::<A, _>(found)?))
    }

    /// Makes a change of a proof.
    pub fn of<A: Action>(proof: Permitted<A, ReportRecord>) -> Self {
        Self {
            revision: proof.revision(),
            acting: proof.acting().clone(),
            record: proof.into_value(),
        }
    }

    /// Makes a change of a report that was just added.
    pub fn taken(record: ReportRecord, acting: Acting) -> Self {
        Self {
            revision: record.report.revision,
            acting,
            record,
        }
    }

    /// Gives whose key seals the report.
    pub fn holder(&self) -> KeyHolder {
        KeyHolder::Campaign(self.record.report.campaign)
    }

    /// Gives the person who changes it; the system has none.
    pub fn person(&self) -> Outcome<PersonId> {
        self.acting.person().ok_or(Error::NotFound)
    }

    /// Moves the report by an event of its machine.
    pub fn on(&mut self, event: ReportEvent, now: Timestamp) -> Outcome<()> {
        self.record.report.state = self.record.report.state.after(event)?;
        self.record.state_at = now;
        Ok(())
    }

    /// Takes or renews the verifier's claim, and starts the verification where it has not begun.
    pub fn hold(&mut self, unit: &Unit) -> Outcome<()> {
        let (now, times) = (unit.now, unit.app.settings.limits.report_times());
        let who = self.person()?;
        let held =
            claim(now, who, self.record.report.claim, &times).map_err(|_| Error::Conflict("report-error-claimed"))?;
        self.record.report.claim = Some(held);
        if self.record.report.state.allows(ReportEvent::StartVerification) {
            self.on(ReportEvent::StartVerification, now)?;
        }
        Ok(())
    }

    /// Notes how the report was closed and lets the claim go.
    pub fn closed(&mut self, by: Option<PersonId>, second: Option<PersonId>, now: Timestamp) {
        self.record.report.claim = None;
        self.record.report.closing = Some(Closing {
            state: self.record.report.state,
            by,
            second,
            at: now,
        });
    }

    /// Seals a text of the report for one of its columns.
    pub async fn seal(&self, unit: &mut Unit, name: &'static str, text: &str) -> Outcome<Vec<u8>> {
        unit.seal(self.holder(), column(name, self.record.report.id.0), text.as_bytes())
            .await
    }

    /// Journals what happened to the report.
    pub async fn note(&self, unit: &mut Unit, kind: &'static str, body: Value) -> Outcome<()> {
        let entry = NewEntry {
            stream_kind: "report",
            stream_id: self.record.report.id.0,
            kind,
            log: Log::Sealed,
            holder: self.holder(),
            body,
        };
        unit.record(&self.acting, entry).await?;
        Ok(())
    }

    /// Saves the report without an entry, as each keeping of a draft.
    pub async fn save(&self, unit: &mut Unit) -> Outcome<()> {
        Ok(unit.store.save_report(&self.record, self.revision).await?)
    }

    /// Saves the report and journals what happened to it.
    pub async fn keep(self, unit: &mut Unit, kind: &'static str, body: Value) -> Outcome<ReportRecord> {
        self.save(unit).await?;
        self.note(unit, kind, body).await?;
        Ok(self.record)
    }
}

/// Takes a reason, which is needed.
pub(crate) fn reason(unit: &Unit, field: &str, text: &str) -> Outcome<String> {
    let mut fields = crate::error::Fields::new();
    let text = fields.required(field, text, unit.app.settings.limits.reason);
    fields.done()?;
    Ok(text)
}

/// Turns a refusal of the rules of verification into an answer.
pub(crate) fn refused(refusal: VerificationRefusal) -> Error {
    match refusal {
        VerificationRefusal::ClaimedByAnother => Error::Conflict("report-error-claimed"),
        VerificationRefusal::SamePerson => Error::Conflict("report-error-same-person"),
        VerificationRefusal::NotReproduced => Error::Conflict("report-error-not-reproduced"),
        VerificationRefusal::NotReplayed => Error::Conflict("report-error-not-replayed"),
        VerificationRefusal::VendorAcknowledged => Error::Conflict("report-error-acknowledged"),
        VerificationRefusal::ReasonMissing => Error::field("reason", "error-required"),
        VerificationRefusal::OwnReport | VerificationRefusal::SameOrganisation | VerificationRefusal::VendorsOwn => {
            Error::NotFound
        }
    }
}
