//! Last phase: the target is there.

use super::{Asked, Phase};
use crate::grants::Held;
use crate::refusal::Refusal;

/// The target is started and healthy.
pub struct Ready;

impl Phase for Ready {
    fn admit(&self, _asked: &Asked<'_>, held: &Held) -> Result<(), Refusal> {
        if held.lease.target.healthy {
            Ok(())
        } else {
            Err(Refusal::TargetNotReady)
        }
    }
}
