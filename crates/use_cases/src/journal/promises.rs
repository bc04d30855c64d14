//! Are receipts kept? Each is compared with its entry in the log and with what was received.

use super::verify::LogReport;
use super::{LogProblem, RECEIPT_STREAM, ReceptionProblem};
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::ports::{EntryRow, PromiseRow, Session};
use crate::report::PROMISE_STREAM;
use domain::candidacy::CandidacyState;
use sealing::Receipt;
use serde_json::Value;

const PAGE: i64 = 500;

/// Gives what the sealed log says of the columns of a receipt's entry, where it says it once.
pub(super) async fn columns_beside(app: &App, session: &mut dyn Session, entry: &EntryRow) -> Outcome<Option<Value>> {
    let beside = session.stream(RECEIPT_STREAM, entry.id.0).await?;
    match beside.as_slice() {
        [one] => body(app, session, one).await,
        _ => Ok(None),
    }
}

/// Opens the body of an entry; none where it was erased or is a receipt's.
async fn body(app: &App, session: &mut dyn Session, entry: &EntryRow) -> Outcome<Option<Value>> {
    match crate::unit::open_entry(app, session, entry).await {
        Ok((_, content)) => {
            let content: Option<Value> = serde_json::from_slice(&content).ok();
            Ok(content.and_then(|content| content.get("body").cloned()))
        }
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Checks that each bundle of exchanges names its own entry of the log; what the entry says is checked with its leaf.
pub(super) async fn check_bundles(session: &mut dyn Session, report: &mut LogReport) -> Outcome<()> {
    let mut after = None;
    loop {
        let page = session.promised_bundles(after, PAGE).await?;
        let Some((last, _)) = page.last() else {
            return Ok(());
        };
        after = Some(*last);
        for (bundle, entry) in page {
            report.receipts += 1;
            let own = |entry: &EntryRow| entry.stream_kind == PROMISE_STREAM && entry.stream_id == bundle.0;
            if !session.entry(entry).await?.as_ref().is_some_and(own) {
                report.problems.push(LogProblem::Bundle(bundle));
            }
        }
    }
}

/// Checks every receipt that was given.
pub(super) async fn check(app: &App, session: &mut dyn Session, report: &mut LogReport) -> Outcome<()> {
    let mut after = None;
    loop {
        let page = session.promises(after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.id);
        for row in &page {
            report.receipts += 1;
            for problem in problems(app, session, row).await? {
                report.problems.push(LogProblem::Reception(row.candidacy, problem));
            }
        }
    }
}

async fn problems(app: &App, session: &mut dyn Session, row: &PromiseRow) -> Outcome<Vec<ReceptionProblem>> {
    let Ok(receipt) = sealing::parse_and_verify_receipt(&row.receipt, &app.signer.verifier()) else {
        return Ok(vec![ReceptionProblem::Receipt]);
    };
    let mut problems = differences(&receipt, row);
    match session.entry(row.entry).await? {
        Some(entry)
            if receipt
                .leaf()
                .is_ok_and(|leaf| leaf.as_slice() == entry.leaf.as_slice()) =>
        {
            let own = entry.stream_kind == "candidacy" && entry.stream_id == row.candidacy.0;
            if !own {
                problems.push(ReceptionProblem::OtherCandidacy);
            }
        }
        Some(_) => problems.push(ReceptionProblem::OtherEntry),
        None => problems.push(ReceptionProblem::NoEntry),
    }
    if !lives_rightly(app, session, row).await? {
        problems.push(ReceptionProblem::Life);
    }
    Ok(problems)
}

/// Compares a receipt with the columns that ranks are drawn from.
fn differences(receipt: &Receipt, row: &PromiseRow) -> Vec<ReceptionProblem> {
    let checks = [
        (receipt.order_number == Some(row.order_number), ReceptionProblem::Number),
        (
            receipt.received_at_micros == row.received_at.0,
            ReceptionProblem::Instant,
        ),
        (
            receipt.form_version == Some(row.form_version.to_string()),
            ReceptionProblem::Form,
        ),
        (
            receipt.subject.starts_with(&format!("call {} ", row.call)),
            ReceptionProblem::Call,
        ),
    ];
    checks
        .into_iter()
        .filter(|(holds, _)| !holds)
        .map(|(_, problem)| problem)
        .collect()
}

/// Says whether a dead number died with an event that takes a candidacy's number, and a living one
/// belongs to a candidacy that the journal leaves in a state that keeps it.
async fn lives_rightly(app: &App, session: &mut dyn Session, row: &PromiseRow) -> Outcome<bool> {
    let entries = session.stream("candidacy", row.candidacy.0).await?;
    for entry in entries.iter().rev() {
        let gives_a_number = entry.kind.starts_with("candidacy.received");
        match row.dead_at {
            None if entry.id == row.entry => return Ok(true),
            // Another number was given since.
            None if gives_a_number => return Ok(false),
            None => {}
            Some(at) if entry.at != at || gives_a_number => continue,
            Some(_) => {}
        }
        // What was erased with its key cannot be asked any more.
        let Some(body) = body(app, session, entry).await? else {
            return Ok(true);
        };
        let to = body
            .get("to")
            .and_then(Value::as_str)
            .and_then(CandidacyState::from_code);
        if let Some(to) = to {
            return Ok(to.keeps_number() == row.dead_at.is_none());
        }
    }
    Ok(false)
}
