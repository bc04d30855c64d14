//! Duties: what one server does for all of an installation, where several share a database.

use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::Actor;
use domain::coded;
use domain::time::SECOND;
use uuid::Uuid;

coded! {
    /// What one server does for all.
    pub enum Duty {
        /// It starts, keeps and removes hosted targets.
        Hosting = "hosting",
        /// Its gateway leads to the targets and records what passes.
        Gateway = "gateway",
    }
}

/// How many seconds a duty is held without another word: a server that died is followed after so long.
pub const DUTY_SECONDS: i64 = 20;

/// Takes a duty for a server, or holds it longer; says whether it is that server's.
///
/// A server is known by the name of its folder, so that one that is started again goes on at once.
#[derive(Clone, Copy, Debug)]
pub struct TakeDuty {
    /// The duty.
    pub duty: Duty,
    /// The server.
    pub server: Uuid,
}

impl UseCase for TakeDuty {
    type Output = bool;

    async fn run(&self, unit: &mut Unit) -> Outcome<bool> {
        let Actor::System(_) = unit.actor else {
            return Err(Error::NotFound);
        };
        let until = unit.now.plus(DUTY_SECONDS * SECOND);
        Ok(unit
            .store
            .take_duty(self.duty.code(), self.server, unit.now, until)
            .await?)
    }
}
