//! First phase: whoever asks holds the credential of the lease.

use super::{Asked, Phase};
use crate::credential;
use crate::grants::Held;
use crate::refusal::Refusal;

/// The credential of the request is the one of the lease.
pub struct Who;

impl Phase for Who {
    fn admit(&self, asked: &Asked<'_>, held: &Held) -> Result<(), Refusal> {
        let found = credential::find(asked.headers);
        let credential = found.as_deref().or(asked.carried).ok_or(Refusal::NoCredential)?;
        holds(credential, held)
    }
}

/// Says whether a credential opens a lease.
pub(crate) fn holds(credential: &str, held: &Held) -> Result<(), Refusal> {
    if !credential::matches(credential, &held.lease.credential) {
        return Err(Refusal::WrongCredential);
    }
    // Only who may know of a stop learns of it.
    if held.state.is_stopped() {
        Err(Refusal::Stopped)
    } else {
        Ok(())
    }
}
