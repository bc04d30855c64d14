//! First phase: whoever asks holds a credential of the lease.

use super::{Asked, Phase};
use crate::credential;
use crate::grants::Held;
use crate::refusal::Refusal;

/// The certificate of the connection or the credential of the request is one of the lease.
pub struct Who;

impl Phase for Who {
    fn admit(&self, asked: &Asked<'_>, held: &Held) -> Result<(), Refusal> {
        if asked.certificate.is_some_and(|shown| credential::is_known(shown, held)) {
            return goes_on(held);
        }
        let found = credential::find(asked.headers);
        match found.as_deref().or(asked.carried) {
            Some(credential) => holds(credential, held),
            None if asked.certificate.is_some() => Err(Refusal::WrongCredential),
            None => Err(Refusal::NoCredential),
        }
    }
}

/// Says whether a credential opens a lease.
pub(crate) fn holds(credential: &str, held: &Held) -> Result<(), Refusal> {
    if !credential::matches(credential, &held.lease.credential) {
        return Err(Refusal::WrongCredential);
    }
    goes_on(held)
}

/// Says whether a lease is stopped: only who may know of a stop learns of it.
fn goes_on(held: &Held) -> Result<(), Refusal> {
    if held.state.is_stopped() {
        Err(Refusal::Stopped)
    } else {
        Ok(())
    }
}
