//! `beffroi log verify`: are promises kept, streams whole, and trees what their checkpoints say?

use super::{FORMAT, Log, LogProblem, changed_columns, promises, sequence};
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::ports::{EntryRow, OriginRow, Session};
use sealing::Frontier;
use std::collections::HashMap;

/// What a verification of one log found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogReport {
    /// Which log.
    pub log: String,
    /// Leaves that were checked.
    pub leaves: u64,
    /// Entries whose content was opened and matches its leaf.
    pub contents: u64,
    /// Entries whose content was erased with its key; their leaves stay.
    pub erased: u64,
    /// Checkpoints whose signature and root were checked.
    pub checkpoints: u64,
    /// Entries that wait for their number.
    pub waiting: u64,
    /// Receipts that were checked against their entry and against what was received.
    pub receipts: u64,
    /// What is wrong.
    pub problems: Vec<LogProblem>,
}

const PAGE: i64 = 1000;

/// Verifies both logs from their first leaf on.
///
/// # Errors
/// [`Error`] where the store fails; what is wrong with the logs stands in the reports.
pub async fn verify(app: &App) -> Outcome<Vec<LogReport>> {
    let mut session = app.store.snapshot().await?;
    let mut public = one(app, session.as_mut(), Log::Public).await?;
    promises::check(app, session.as_mut(), &mut public).await?;
    let mut sealed = one(app, session.as_mut(), Log::Sealed).await?;
    promises::check_bundles(session.as_mut(), &mut sealed).await?;
    check_streams(session.as_mut(), &mut sealed).await?;
    Ok(vec![public, sealed])
}

/// Finds streams that lack an entry, or have one more than were numbered.
async fn check_streams(session: &mut dyn Session, report: &mut LogReport) -> Outcome<()> {
    for stream in session.broken_streams(PAGE).await? {
        report.problems.push(LogProblem::Stream {
            kind: stream.kind,
            id: stream.id,
            numbered: stream.numbered,
            found: stream.found,
        });
    }
    Ok(())
}

async fn one(app: &App, session: &mut dyn Session, log: Log) -> Outcome<LogReport> {
    let mut report = LogReport {
        log: log.code().to_owned(),
        ..LogReport::default()
    };
    for entry in session.waiting_entries(log.code(), i64::from(u32::MAX)).await? {
        report.waiting += 1;
        check_content(app, session, &entry, &mut report).await?;
    }
    let Some(origin) = session.origin(log.code()).await? else {
        return Ok(report);
    };
    let roots = walk(app, session, &origin, &mut report).await?;
    check_checkpoints(app, session, &origin, &roots, &mut report).await?;
    Ok(report)
}

/// Rebuilds the tree from the leaves and gives the root at each size.
async fn walk(
    app: &App,
    session: &mut dyn Session,
    origin: &OriginRow,
    report: &mut LogReport,
) -> Outcome<HashMap<i64, [u8; 32]>> {
    let mut frontier = Frontier::new();
    let mut roots = HashMap::new();
    let mut next = 0;
    loop {
        let page = session.numbered_entries(origin.id, next, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            if entry.leaf_index != Some(next) {
                report.problems.push(LogProblem::LeafMissing(next));
                next = entry.leaf_index.unwrap_or(next);
            }
            check_content(app, session, &entry, report).await?;
            frontier.push(sequence::leaf(&entry)?);
            report.leaves += 1;
            next += 1;
            roots.insert(next, frontier.root());
        }
    }
    if next != origin.size {
        report.problems.push(LogProblem::Size {
            said: origin.size,
            found: next,
        });
    }
    Ok(roots)
}

async fn check_checkpoints(
    app: &App,
    session: &mut dyn Session,
    origin: &OriginRow,
    roots: &HashMap<i64, [u8; 32]>,
    report: &mut LogReport,
) -> Outcome<()> {
    for (size, note) in session.checkpoints(origin.id).await? {
        report.checkpoints += 1;
        match sealing::verify_checkpoint(&note, &app.signer.verifier()) {
            Ok(checkpoint) if checkpoint.origin != origin.name => {
                report.problems.push(LogProblem::OtherLog(size));
            }
            Ok(checkpoint) if roots.get(&size) != Some(&checkpoint.root) => {
                report.problems.push(LogProblem::Tree(size));
            }
            Ok(_) => {}
            Err(problem) => {
                tracing::warn!(size, %problem, "a checkpoint does not verify");
                report.problems.push(LogProblem::Checkpoint(size));
            }
        }
    }
    Ok(())
}

/// Opens an entry's content, where its key still exists, and compares it with its leaf and with
/// the plain columns that histories are drawn from.
async fn check_content(app: &App, session: &mut dyn Session, entry: &EntryRow, report: &mut LogReport) -> Outcome<()> {
    match crate::unit::open_entry(app, session, entry).await {
        Ok((salt, content)) => {
            report.contents += 1;
            if sealing::entry_leaf(&salt, &content).as_slice() != entry.leaf.as_slice() {
                report.problems.push(LogProblem::Leaf(entry.id));
            }
            let journaled = match columns_of(&content) {
                Some(journaled) => Some(journaled),
                None => promises::columns_beside(app, session, entry).await?,
            };
            let changed = journaled.map_or_else(
                || vec!["every column".to_owned()],
                |journaled| changed_columns(entry, &journaled),
            );
            if !changed.is_empty() {
                let changed = changed.join(", ");
                report.problems.push(LogProblem::Columns(entry.id, changed));
            }
        }
        Err(Error::NotFound) => report.erased += 1,
        Err(problem) => {
            tracing::warn!(entry = %entry.id, %problem, "an entry does not open");
            report.problems.push(LogProblem::Unreadable(entry.id));
        }
    }
    Ok(())
}

/// Gives what an entry's content says of its columns; none for the content of a receipt.
fn columns_of(content: &[u8]) -> Option<serde_json::Value> {
    let content: serde_json::Value = serde_json::from_slice(content).ok()?;
    (content.get("format")?.as_str()? == FORMAT).then_some(content)
}
