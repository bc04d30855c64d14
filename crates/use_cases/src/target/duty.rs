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

/// Gives a duty back that a server holds, so that the next one takes it at once.
#[derive(Clone, Copy, Debug)]
pub struct GiveDutyBack {
    /// The duty.
    pub duty: Duty,
    /// The server.
    pub server: Uuid,
}

impl UseCase for GiveDutyBack {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let Actor::System(_) = unit.actor else {
            return Err(Error::NotFound);
        };
        Ok(unit.store.end_duty(self.duty.code(), self.server, unit.now).await?)
    }
}

/// Gives the server that holds a duty, to the system; none where nobody does.
#[derive(Clone, Copy, Debug)]
pub struct DutyHolder(pub Duty);

impl UseCase for DutyHolder {
    type Output = Option<Uuid>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<Uuid>> {
        let Actor::System(_) = unit.actor else {
            return Err(Error::NotFound);
        };
        holder(unit, self.0).await
    }
}

/// Gives the server that holds a duty now.
pub(super) async fn holder(unit: &mut Unit, duty: Duty) -> Outcome<Option<Uuid>> {
    let held = unit.store.duty(duty.code()).await?;
    Ok(held.filter(|(_, until)| *until > unit.now).map(|(server, _)| server))
}
