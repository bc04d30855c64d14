//! Findings of tests made elsewhere: imported into a campaign, decided by its verifiers.

mod decide;
mod desk;
mod file;
mod import;
mod show;

pub use decide::{DecideOnFinding, FindingDecision};
pub use file::{FindingLine, FindingsPreview};
pub use import::{FindingsList, FindingsRow, ImportFindingsOf, ListFindingsOf, PreviewFindings};
pub use show::{Decided, FindingChoice, FindingView, ViewFinding};

pub(crate) use decide::reconsider;
pub(crate) use desk::desk_items;
pub(crate) use show::finding_choice;

use crate::error::Outcome;
use crate::ports::FindingRecord;
use crate::unit::{Unit, place};
use authorization::{Action, Permitted};
use sealing::Place;
use serde::{Deserialize, Serialize};

/// What a finding says, sealed under its campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FindingText {
    /// Which test found it: who made it, and when.
    pub source: String,
    /// What it is called.
    pub title: String,
    /// What it is, without how it is exploited.
    pub details: String,
    /// What those who run the product can do meanwhile.
    pub measures: String,
    /// How it is exploited.
    pub exploit: String,
    /// The CVSS vector; empty where the file has none.
    pub vector: String,
    /// The kind of weakness, a CWE number.
    pub cwe: Option<i64>,
}

fn contents_of(record: &FindingRecord) -> Place<'static> {
    place("finding", "contents_sealed", record.finding.id.0)
}

/// Opens what a finding says; the reading is noted.
async fn open<A: Action>(unit: &mut Unit, proof: &Permitted<A, FindingRecord>) -> Outcome<FindingText> {
    let text = unit.open_text(proof, contents_of(proof), &proof.contents).await?;
    serde_json::from_str(&text).map_err(|e| crate::Error::Internal(e.to_string()))
}

/// Opens what a finding says to compare it, without showing it to anybody.
async fn compared(unit: &mut Unit, record: &FindingRecord) -> Outcome<FindingText> {
    let text = unit.open_text_unnoted(contents_of(record), &record.contents).await?;
    serde_json::from_str(&text).map_err(|e| crate::Error::Internal(e.to_string()))
}
