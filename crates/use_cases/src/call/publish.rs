//! Publishing a call, closing it before its time, giving it up.

use super::announce::{catch_up, schedule};
use super::{log_of, record, to_manage};
use crate::error::{Error, Fields, Outcome};
use crate::journal::Log;
use crate::perform::UseCase;
use crate::unit::Unit;
use domain::Machine;
use domain::call::{CallEvent, CallProblem};
use domain::ids::CallId;
use serde_json::json;

/// The most characters of a reason that everybody reads.
const REASON_MAX: usize = 2000;

/// Gives the sentence of what keeps a call from being published.
#[must_use]
pub const fn problem_key(problem: CallProblem) -> &'static str {
    match problem {
        CallProblem::TitleMissing => "call-problem-title-missing",
        CallProblem::NoPlaces => "call-problem-no-places",
        CallProblem::WindowReversed => "call-problem-window-reversed",
        CallProblem::WindowOver => "call-problem-window-over",
        CallProblem::FormUnsound => "call-problem-form-unsound",
        CallProblem::ProgrammeNotPublished => "call-problem-programme-not-published",
        CallProblem::NoTimeToConfirm => "call-problem-no-time-to-confirm",
    }
}

/// Publishes a call: everybody sees it, and its window opens and closes by the clock.
#[derive(Clone, Copy, Debug)]
pub struct PublishCall {
    /// The call.
    pub call: CallId,
    /// Whether they said that it may open at once; asked only where its opening has passed.
    pub at_once: bool,
}

impl UseCase for PublishCall {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = to_manage(unit, self.call).await?;
        let acting = proof.acting().clone();
        let mut published = proof.into_value();
        let state = published.call.state.after(CallEvent::Publish)?;
        let problems = published
            .call
            .problems(&published.form, published.programme_published, unit.now);
        if let Some(problem) = problems.first() {
            return Err(Error::Conflict(problem_key(*problem)));
        }
        if published.call.opens_at_once(unit.now) && !self.at_once {
            return Err(Error::field("at_once", "call-error-opens-at-once"));
        }
        published.call.state = state;
        published.published_at = Some(unit.now);
        unit.store.save_call(&published).await?;
        schedule(unit, &published.call).await?;
        let call = &published.call;
        let body = json!({
            "title": call.title, "places": call.places, "waiting": call.max_waiting, "opens_at": call.window.opens_at,
            "closes_at": call.window.closes_at, "eligibility": call.eligibility, "form_version": call.form_version,
            "form": published.form, "confirm_within_days": call.confirm_within_days,
        });
        record(unit, &acting, &published, "call.published", Log::Public, body).await
    }
}

fn reason(text: &str) -> Outcome<String> {
    let mut fields = Fields::new();
    let reason = fields.required("reason", text, REASON_MAX);
    fields.done()?;
    Ok(reason)
}

/// Closes an open call before its time, for a reason that everybody reads.
pub struct CloseCall {
    /// The call.
    pub call: CallId,
    /// Why.
    pub reason: String,
}

impl UseCase for CloseCall {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = to_manage(unit, self.call).await?;
        let acting = proof.acting().clone();
        let mut closed = proof.into_value();
        catch_up(unit, &mut closed).await?;
        closed.call.state = closed.call.state.after(CallEvent::Close)?;
        let reason = reason(&self.reason)?;
        let planned = closed.call.window.closes_at;
        closed.call.window.closes_at = unit.now;
        closed.ended_at = Some(unit.now);
        closed.end_reason = Some(reason.clone());
        unit.store.save_call(&closed).await?;
        let body = json!({"reason": reason, "planned": planned});
        record(unit, &acting, &closed, "call.closed_early", Log::Public, body).await
    }
}

/// Gives a call up, for a reason; everybody reads it where the call was public.
pub struct CancelCall {
    /// The call.
    pub call: CallId,
    /// Why.
    pub reason: String,
    /// Whether they said that they are sure: it cannot be undone.
    pub sure: bool,
}

impl UseCase for CancelCall {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = to_manage(unit, self.call).await?;
        let acting = proof.acting().clone();
        let mut cancelled = proof.into_value();
        catch_up(unit, &mut cancelled).await?;
        cancelled.call.state = cancelled.call.state.after(CallEvent::Cancel)?;
        let mut fields = Fields::new();
        let reason = fields.required("reason", &self.reason, REASON_MAX);
        if !self.sure {
            fields.add("sure", "error-sure");
        }
        fields.done()?;
        cancelled.ended_at = Some(unit.now);
        cancelled.end_reason = Some(reason.clone());
        unit.store.save_call(&cancelled).await?;
        let log = log_of(&cancelled);
        record(
            unit,
            &acting,
            &cancelled,
            "call.cancelled",
            log,
            json!({"reason": reason}),
        )
        .await?;
        crate::candidacy::tell_cancelled(unit, &acting, self.call, &reason).await
    }
}
