//! Appeals against decisions: recorded, and nothing is rewritten.

use super::change::{note, take_for};
use crate::error::{Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::AppealRow;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::InstructCandidacy;
use domain::date::Date;
use domain::ids::CandidacyId;
use serde_json::json;
use uuid::Uuid;

/// Records an appeal against a decision about a candidacy.
#[derive(Clone, Debug)]
pub struct RecordAppeal {
    /// The candidacy.
    pub candidacy: CandidacyId,
    /// `informal` (to the organiser) or `court`.
    pub kind: String,
    /// The day it was lodged, as `2026-04-20`.
    pub lodged_on: String,
    /// Its reference at the court.
    pub reference: String,
    /// What it says.
    pub text: String,
}

impl UseCase for RecordAppeal {
    type Output = Uuid;

    async fn run(&self, unit: &mut Unit) -> Outcome<Uuid> {
        let person = unit.person()?;
        let (_, proof) = take_for::<InstructCandidacy>(unit, self.candidacy).await?;
        let acting = proof.acting().clone();
        let row = proof.into_value();
        let limits = unit.app.settings.limits.clone();
        let mut fields = Fields::new();
        let text = fields.required("appeal_text", &self.text, limits.answer);
        let reference = fields.optional("reference", &self.reference, limits.title);
        if !matches!(self.kind.as_str(), "informal" | "court") {
            fields.add("appeal_kind", "error-choose");
        }
        if self.lodged_on.trim().parse::<Date>().is_err() {
            fields.add("lodged_on", "error-not-a-date");
        }
        fields.done()?;
        let id = unit.fresh_id();
        let holder = KeyHolder::Programme(row.programme);
        let appeal = AppealRow {
            id,
            candidacy: self.candidacy,
            recorded: (person, unit.now),
            kind: self.kind.clone(),
            lodged_on: self.lodged_on.trim().to_owned(),
            reference: (!reference.is_empty()).then_some(reference),
            text: unit
                .seal(holder, place("appeal", "text_sealed", id), text.as_bytes())
                .await?,
        };
        unit.store.insert_appeal(&appeal).await?;
        note(unit, &acting, &row, "candidacy.appeal_recorded", json!({"appeal": id})).await?;
        Ok(id)
    }
}
