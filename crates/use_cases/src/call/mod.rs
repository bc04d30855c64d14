//! Calls for candidacies: prepared, published, opened and closed by the clock, cancelled.

mod announce;
mod desk;
mod draft;
mod form;
mod publish;
mod template;
mod view;

pub use announce::AnnounceCall;
pub use draft::{CallDraft, EditCall, PrepareCall};
pub use form::{EditForm, FormLine, lines_of};
pub use publish::{CancelCall, CloseCall, PublishCall};
pub use template::default_form;
pub use view::{CallChoices, CallView, ManageView, MyOrganisation, TERRITORIES, ViewCall, ViewCallToManage};

pub(crate) use desk::desk_items;

use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::ports::CallRecord;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::ManageCall;
use authorization::{Acting, Permitted};
use domain::ids::CallId;
use serde_json::Value;

/// Takes a call for a change, with the proof that the actor keeps it.
async fn to_manage(unit: &mut Unit, id: CallId) -> Outcome<Permitted<ManageCall, CallRecord>> {
    let found = unit.store.call(id).await?;
    unit.permit_found::<ManageCall, _>(found)?;
    let taken = unit.store.call_for_change(id).await?;
    unit.permit_found(taken)
}

/// Refuses changes of a call that has opened.
fn changeable(unit: &Unit, record: &CallRecord) -> Outcome<()> {
    if record.call.is_changeable(unit.now) {
        Ok(())
    } else {
        Err(Error::Conflict("call-error-frozen"))
    }
}

/// Journals what happened to a call; what everybody may know enters the public log.
async fn record(
    unit: &mut Unit,
    acting: &Acting,
    call: &CallRecord,
    kind: &'static str,
    log: Log,
    body: Value,
) -> Outcome<()> {
    let holder = match log {
        Log::Public => KeyHolder::Instance,
        Log::Sealed => KeyHolder::Programme(call.call.programme),
    };
    let entry = NewEntry {
        stream_kind: "call",
        stream_id: call.call.id.0,
        kind,
        log,
        holder,
        body,
    };
    unit.record(acting, entry).await?;
    Ok(())
}

/// Gives the log of a change: public once the call is.
fn log_of(call: &CallRecord) -> Log {
    if call.is_public() { Log::Public } else { Log::Sealed }
}
