//! What a report says, sealed under its campaign.

use crate::error::{Error, Outcome};
use crate::ports::ReportRecord;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::{Action, Permitted};
use sealing::Place;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The long texts of a report, in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportText {
    /// How to find it again, step by step.
    pub steps: String,
    /// What it lets somebody do.
    pub impact: String,
    /// What shows that it is true.
    pub proof: String,
}

/// Names the place of a report's sealed column.
pub(crate) const fn column(column: &'static str, report: Uuid) -> Place<'static> {
    place("report", column, report)
}

/// Opens the title of a report that may be read.
pub(crate) async fn title<A: Action>(unit: &mut Unit, proof: &Permitted<A, ReportRecord>) -> Outcome<String> {
    let sealed = proof.title.clone();
    unit.open_text(proof, column("title_sealed", proof.report.id.0), &sealed)
        .await
}

/// Opens the long texts of a report that may be read.
pub(crate) async fn contents<A: Action>(unit: &mut Unit, proof: &Permitted<A, ReportRecord>) -> Outcome<ReportText> {
    let sealed = proof.contents.clone();
    let plain = unit
        .open(proof, column("contents_sealed", proof.report.id.0), &sealed)
        .await?;
    serde_json::from_slice(&plain).map_err(|_| Error::Internal("a report's texts do not read".to_owned()))
}

/// Opens a text of a report that may be missing.
pub(crate) async fn maybe<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, ReportRecord>,
    name: &'static str,
    sealed: Option<Vec<u8>>,
) -> Outcome<String> {
    match sealed {
        Some(sealed) => unit.open_text(proof, column(name, proof.report.id.0), &sealed).await,
        None => Ok(String::new()),
    }
}

/// Seals the long texts of a report.
pub(crate) async fn seal_contents(
    unit: &mut Unit,
    holder: KeyHolder,
    report: Uuid,
    text: &ReportText,
) -> Outcome<Vec<u8>> {
    let plain = serde_json::to_vec(text).map_err(|e| Error::Internal(e.to_string()))?;
    unit.seal(holder, column("contents_sealed", report), &plain).await
}

/// Seals a text of a report for one of its columns, where there is one.
pub(crate) async fn seal_maybe(
    unit: &mut Unit,
    holder: KeyHolder,
    place: Place<'_>,
    text: Option<&str>,
) -> Outcome<Option<Vec<u8>>> {
    match text {
        Some(text) => Ok(Some(unit.seal(holder, place, text.as_bytes()).await?)),
        None => Ok(None),
    }
}

/// Opens the CWE number of a report that may be read.
pub(crate) async fn weakness<A: Action>(unit: &mut Unit, proof: &Permitted<A, ReportRecord>) -> Outcome<Option<i64>> {
    let kept = maybe(unit, proof, "cwe_sealed", proof.cwe.clone()).await?;
    Ok(super::cwe::number(&kept))
}

/// Marks what a draft says: two marks are the same where nothing of it changed.
pub(crate) async fn mark<A: Action>(unit: &mut Unit, proof: &Permitted<A, ReportRecord>) -> Outcome<String> {
    let said = serde_json::json!({
        "title": title(unit, proof).await?,
        "text": contents(unit, proof).await?,
        "named": proof.report.collaborators.iter().chain(&proof.asked).collect::<std::collections::BTreeSet<_>>(),
        "product": proof.report.product,
        "asset": proof.asset,
        "cwe": weakness(unit, proof).await?,
        "vector": vector(unit, proof).await?,
        "bypass": unit.store.bypass_of(proof.report.id).await?,
    });
    let digest = sealing::content_digest(said.to_string().as_bytes());
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Opens the hunter's vector of a report that may be read; empty where there is none.
pub(crate) async fn vector<A: Action>(unit: &mut Unit, proof: &Permitted<A, ReportRecord>) -> Outcome<String> {
    maybe(unit, proof, "vector_sealed", proof.vector.clone()).await
}
