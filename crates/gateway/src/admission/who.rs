//! First phase: whoever asks holds the credential of the lease.

use super::{Asked, Phase};
use crate::credential;
use crate::grants::Held;
use crate::refusal::Refusal;

/// The credential of the request is the one of the lease.
pub struct Who;

impl Phase for Who {
    fn admit(&self, asked: &Asked<'_>, held: &Held) -> Result<(), Refusal> {
        let credential = credential::find(asked.headers).ok_or(Refusal::NoCredential)?;
        if !credential::matches(&credential, &held.lease.credential) {
            return Err(Refusal::WrongCredential);
        }
        // Only who may know of a stop learns of it.
        if held.state.is_stopped() {
            Err(Refusal::Stopped)
        } else {
            Ok(())
        }
    }
}
