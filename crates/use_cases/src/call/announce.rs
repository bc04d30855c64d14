//! What the clock does to calls: the window is asked at every check; jobs only announce it.

use super::record;
use crate::error::Outcome;
use crate::journal::Log;
use crate::perform::UseCase;
use crate::ports::CallRecord;
use crate::unit::Unit;
use authorization::action::ManageCall;
use authorization::{Acting, SystemKind};
use domain::Machine;
use domain::call::{Call, CallEvent, CallState};
use domain::ids::CallId;
use domain::machine::path;
use serde_json::json;

/// Puts the jobs in the queue that announce a call's opening and closing.
pub(super) async fn schedule(unit: &mut Unit, call: &Call) -> Outcome<()> {
    for at in [call.window.opens_at, call.window.closes_at] {
        let key = format!("call.announce/{}/{}", call.id, at.0);
        unit.enqueue("call.announce", key, Some(call.id.0), None, at).await?;
    }
    Ok(())
}

/// Brings a taken call's stored state up to what the clock made of it, journaling every step; the
/// caller saves it.
pub(super) async fn catch_up(unit: &mut Unit, call: &mut CallRecord) -> Outcome<bool> {
    let now = call.call.state_at(unit.now);
    let steps = path(call.call.state, now).unwrap_or_default();
    for event in &steps {
        call.call.state = call.call.state.after(*event)?;
        let (kind, at) = match event {
            CallEvent::Open => ("call.opened", call.call.window.opens_at),
            _ => ("call.closed", call.call.window.closes_at),
        };
        if call.call.state == CallState::Open {
            call.form_frozen_at = Some(at);
        }
        let acting = Acting::System(SystemKind::Clock);
        let body = json!({"at": at, "form_version": call.call.form_version});
        record(unit, &acting, call, kind, Log::Public, body).await?;
        if *event == CallEvent::Open {
            let key = format!("call.opened/{}", call.call.id);
            unit.enqueue("call.opened", key, Some(call.call.id.0), None, unit.now)
                .await?;
        }
    }
    Ok(!steps.is_empty())
}

/// Announces that a call has opened or closed, where it has; done by a job.
pub struct AnnounceCall(pub CallId);

impl UseCase for AnnounceCall {
    type Output = bool;

    async fn run(&self, unit: &mut Unit) -> Outcome<bool> {
        let taken = unit.store.call_for_change(self.0).await?;
        let mut call = unit.permit_found::<ManageCall, _>(taken)?.into_value();
        let moved = catch_up(unit, &mut call).await?;
        if moved {
            unit.store.save_call(&call).await?;
        }
        Ok(moved)
    }
}
