//! Appeals: a closing can be contested once, in time, before another verifier.

use crate::ids::PersonId;
use crate::refusals;
use crate::report::{Report, ReportEvent, ReportState};
use crate::time::{DAY, Timestamp};
use std::collections::BTreeSet;

/// How long people have for what they may do about a report; the administrator may change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportTimes {
    /// Minutes that a verifier's claim lasts unless it is renewed.
    pub claim_minutes: i64,
    /// Days to answer a question before the report is closed unanswered.
    pub answer_days: i64,
    /// Days before the end of that time at which the authors are reminded; they are once more a day before it.
    pub reminder_days: i64,
    /// Days to contest a closing.
    pub appeal_days: i64,
    /// Days to reopen a report that was closed unanswered.
    pub reopen_days: i64,
}

impl Default for ReportTimes {
    fn default() -> Self {
        Self {
            claim_minutes: 120,
            answer_days: 30,
            reminder_days: 7,
            appeal_days: 15,
            reopen_days: 30,
        }
    }
}

refusals! {
    /// Why a closing cannot be contested, reopened or decided.
    pub enum AppealRefusal {
        /// The report is in no such closing.
        NotClosed = "not_closed",
        /// It was contested once already.
        AlreadyAppealed = "already_appealed",
        /// The time has run out.
        TooLate = "too_late",
        /// The time has not run out yet.
        TooEarly = "too_early",
        /// Only an author may.
        NotAnAuthor = "not_an_author",
        /// The verifier closed it, or helped to; another must decide.
        SameVerifier = "same_verifier",
        /// The report is not contested.
        NotAppealed = "not_appealed",
        /// A reason is needed.
        ReasonMissing = "reason_missing",
    }
}

/// Gives the instant from which a closing can no longer be contested.
#[must_use]
pub fn appeal_ends_at(report: &Report, times: &ReportTimes) -> Option<Timestamp> {
    let closing = report.closing?;
    (report.state.is_appealable_closing() && report.appealed_at.is_none())
        .then(|| closing.at.plus_days(times.appeal_days))
}

/// Says whether an author may contest the closing at `now`.
///
/// # Errors
/// [`AppealRefusal`] for another person, a second time, too late or an open report.
pub fn may_appeal(report: &Report, by: PersonId, now: Timestamp, times: &ReportTimes) -> Result<(), AppealRefusal> {
    if !report.authors().any(|author| author == by) {
        return Err(AppealRefusal::NotAnAuthor);
    }
    if !report.state.is_appealable_closing() {
        return Err(AppealRefusal::NotClosed);
    }
    if report.appealed_at.is_some() {
        return Err(AppealRefusal::AlreadyAppealed);
    }
    let end = appeal_ends_at(report, times).ok_or(AppealRefusal::NotClosed)?;
    if now >= end {
        Err(AppealRefusal::TooLate)
    } else {
        Ok(())
    }
}

/// Says whether an author may reopen a report that was closed unanswered.
///
/// # Errors
/// [`AppealRefusal`] for another person, another state, too late or once upheld.
pub fn may_reopen(report: &Report, by: PersonId, now: Timestamp, times: &ReportTimes) -> Result<(), AppealRefusal> {
    if !report.authors().any(|author| author == by) {
        return Err(AppealRefusal::NotAnAuthor);
    }
    if report.state != ReportState::ClosedUnanswered {
        return Err(AppealRefusal::NotClosed);
    }
    if report.appealed_at.is_some() {
        return Err(AppealRefusal::AlreadyAppealed);
    }
    let closing = report.closing.ok_or(AppealRefusal::NotClosed)?;
    if now >= closing.at.plus_days(times.reopen_days) {
        Err(AppealRefusal::TooLate)
    } else {
        Ok(())
    }
}

/// Gives when the authors of a report are reminded of a question that was asked: before the end, and a day before it.
#[must_use]
pub fn reminders(asked: Timestamp, times: &ReportTimes) -> BTreeSet<Timestamp> {
    [times.reminder_days, 1]
        .into_iter()
        .filter(|before| (1..times.answer_days).contains(before))
        .map(|before| asked.plus_days(times.answer_days - before))
        .collect()
}

/// Gives how many days are left to answer, where a reminder is in its place: the question has no answer yet, and its
/// time is about to end.
#[must_use]
pub fn days_left(report: &Report, now: Timestamp, times: &ReportTimes) -> Option<i64> {
    let asked = report
        .asked_at
        .filter(|_| report.state == ReportState::NeedsInformation)?;
    let left = asked.plus_days(times.answer_days).0 - now.0;
    let days = (left + DAY - 1) / DAY;
    (left > 0 && days <= times.reminder_days.max(1)).then_some(days)
}

/// Says whether a report can be closed unanswered: some days after the question.
///
/// # Errors
/// [`AppealRefusal`] in another state or too early.
pub fn may_close_unanswered(report: &Report, now: Timestamp, times: &ReportTimes) -> Result<(), AppealRefusal> {
    if report.state != ReportState::NeedsInformation {
        return Err(AppealRefusal::NotClosed);
    }
    let asked = report.asked_at.ok_or(AppealRefusal::TooEarly)?;
    if now < asked.plus_days(times.answer_days) {
        Err(AppealRefusal::TooEarly)
    } else {
        Ok(())
    }
}

/// Decides an appeal by another verifier and gives the report's event.
///
/// # Errors
/// [`AppealRefusal`] where nothing is contested, for one of those who closed it, or no reason.
pub fn decide_appeal(report: &Report, by: PersonId, allowed: bool, reason: &str) -> Result<ReportEvent, AppealRefusal> {
    if report.state != ReportState::Appealed {
        return Err(AppealRefusal::NotAppealed);
    }
    let closing = report.closing.ok_or(AppealRefusal::NotAppealed)?;
    if [closing.by, closing.second].contains(&Some(by)) {
        return Err(AppealRefusal::SameVerifier);
    }
    if reason.trim().is_empty() {
        return Err(AppealRefusal::ReasonMissing);
    }
    if allowed {
        return Ok(ReportEvent::AllowAppeal);
    }
    uphold_event(closing.state).ok_or(AppealRefusal::NotAppealed)
}

/// Gives the event that confirms a contested closing.
#[must_use]
pub const fn uphold_event(closing: ReportState) -> Option<ReportEvent> {
    Some(match closing {
        ReportState::NotReproduced => ReportEvent::UpholdNotReproduced,
        ReportState::OutOfScope => ReportEvent::UpholdOutOfScope,
        ReportState::Informative => ReportEvent::UpholdInformative,
        ReportState::Duplicate => ReportEvent::UpholdDuplicate,
        ReportState::Abusive => ReportEvent::UpholdAbusive,
        ReportState::ClosedUnanswered => ReportEvent::UpholdUnanswered,
        _ => return None,
    })
}

/// Says whether nothing can happen to the report any more at `now`, the clock included.
#[must_use]
pub fn is_final(report: &Report, now: Timestamp, times: &ReportTimes) -> bool {
    use crate::Machine as _;
    if !report.state.is_appealable_closing() {
        return report.state.is_terminal();
    }
    let Some(closing) = report.closing else {
        return false;
    };
    let days = match report.state {
        ReportState::ClosedUnanswered => times.appeal_days.max(times.reopen_days),
        _ => times.appeal_days,
    };
    report.appealed_at.is_some() || now >= closing.at.plus_days(days)
}
