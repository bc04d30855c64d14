//! How a use case is run: begin, retry, commit, in one place.

use crate::app::App;
use crate::error::{Error, Outcome};
use crate::snapshot::RequestSnapshot;
use crate::unit::Unit;
use authorization::{Actor, PersonActor, SystemKind};
use domain::ids::{GrantId, PersonId, SessionId};
use std::future::Future;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

/// How often a use case is tried when others are in its way.
const TRIES: u32 = 5;

/// Who asks, as the request shows it; what they may do is read anew in each transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody has signed in.
    Nobody,
    /// A person with a session.
    Person(PersonId, SessionId),
    /// The system.
    System(SystemKind),
}

/// What a request brings along.
#[derive(Clone)]
pub struct Context {
    /// What the use cases may reach.
    pub app: App,
    /// Who asks.
    pub who: Who,
    /// The grant they named for this act.
    pub under: Option<GrantId>,
    /// Where the request comes from, for limits on attempts only.
    pub place: String,
    /// The snapshot that the reads of one request share.
    pub snapshot: RequestSnapshot,
}

impl Context {
    /// Names the place that a network address belongs to: an IPv4 address, or the /64 that one
    /// subscriber of IPv6 is given whole (RFC 6177).
    #[must_use]
    pub fn place_of(address: IpAddr) -> String {
        match address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let network = address.to_bits() & !u128::from(u64::MAX);
                format!("{}/64", Ipv6Addr::from_bits(network))
            }
        }
    }

    /// Makes the context of somebody who asks from a place, under no grant that they named.
    #[must_use]
    pub fn of(app: &App, who: Who, place: impl Into<String>) -> Self {
        Self {
            app: app.clone(),
            who,
            under: None,
            place: place.into(),
            snapshot: RequestSnapshot::default(),
        }
    }

    /// Makes the context of the system's own work.
    #[must_use]
    pub fn system(app: &App, kind: SystemKind) -> Self {
        Self::of(app, Who::System(kind), "")
    }
}

/// Something people come to do, or to see.
pub trait UseCase: Send + Sync + 'static {
    /// What it gives.
    type Output: Send + 'static;

    /// Does it within one transaction.
    ///
    /// It may be run again from the start when others were in its way, so it changes nothing
    /// but the transaction.
    fn run(&self, unit: &mut Unit) -> impl Future<Output = Outcome<Self::Output>> + Send;
}

/// Runs a use case that writes: all of it is kept, or nothing.
///
/// It runs in a task of its own, so that a closed browser cannot cut it, and it is tried again
/// when another transaction was in its way.
///
/// # Errors
/// [`Error`], and then nothing was kept.
pub async fn perform<U: UseCase>(context: &Context, use_case: U) -> Outcome<U::Output> {
    context.snapshot.let_go();
    let context = context.clone();
    let use_case = Arc::new(use_case);
    let tasks = context.app.tasks.clone();
    tasks
        .spawn(async move {
            let mut tries = 0;
            loop {
                tries += 1;
                match attempt(&context, use_case.as_ref()).await {
                    Err(Error::Busy) if tries < TRIES => {
                        tokio::time::sleep(Duration::from_millis(u64::from(20 * tries * tries))).await;
                    }
                    outcome => return outcome,
                }
            }
        })
        .await
        .unwrap_or_else(|stopped| Err(Error::Internal(stopped.to_string())))
}

async fn attempt<U: UseCase>(context: &Context, use_case: &U) -> Outcome<U::Output> {
    let mut unit = begin(context, true).await?;
    let output = use_case.run(&mut unit).await?;
    crate::search::keep(&mut unit).await?;
    let readings: Vec<_> = unit.readings.keys().copied().collect();
    unit.flush_readings().await?;
    unit.store.commit().await?;
    for id in readings {
        context.app.vault.remember_reading(id);
    }
    Ok(output)
}

/// Runs a use case that only reads, on one snapshot: that of the request, where it has one.
///
/// Readings of sealed contents are journaled, durably, before the answer leaves.
///
/// # Errors
/// [`Error`] where it may not be seen, or a store fails.
pub async fn read<U: UseCase>(context: &Context, query: U) -> Outcome<U::Output> {
    let mut unit = begin(context, false).await?;
    let output = query.run(&mut unit).await?;
    let mut readings = std::mem::take(&mut unit.readings);
    readings.retain(|id, _| !context.app.vault.knows_reading(*id));
    if readings.is_empty() {
        context.snapshot.leave(unit.store, unit.now, &context.app.snapshots);
    } else {
        drop(unit);
        perform(context, NoteReadings(readings)).await?;
    }
    Ok(output)
}

/// Runs the last query of a request, as [`read`] does: what follows takes its time (a file is opened, recordings are
/// looked through) and keeps nothing of the database meanwhile.
///
/// # Errors
/// As [`read`].
pub async fn read_last<U: UseCase>(context: &Context, query: U) -> Outcome<U::Output> {
    let output = read(context, query).await?;
    context.snapshot.let_go();
    Ok(output)
}

/// Journals readings after the snapshot they were made on.
struct NoteReadings(std::collections::HashMap<uuid::Uuid, crate::unit::Reading>);

impl UseCase for NoteReadings {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        unit.readings.clone_from(&self.0);
        Ok(())
    }
}

async fn begin(context: &Context, write: bool) -> Outcome<Unit> {
    let app = context.app.clone();
    let left = match write {
        true => None,
        false => context.snapshot.take(app.clock.now()),
    };
    let (mut store, now) = match left {
        Some(left) => left,
        None if write => (app.store.begin().await?, app.clock.now()),
        None => (app.store.snapshot().await?, app.clock.now()),
    };
    let actor = match context.who {
        Who::Nobody => Actor::Nobody,
        Who::System(kind) => Actor::System(kind),
        Who::Person(person, _) => Actor::Person(PersonActor {
            person,
            grants: store.grants(person, now).await?,
            under: context.under,
        }),
    };
    let mut unit = Unit::new(store, app, actor, now);
    unit.session = crate::people::session_of(context.who);
    Ok(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscriber_is_one_place() {
        let place = |text: &str| Context::place_of(text.parse().unwrap());
        assert_eq!(place("192.0.2.7"), "192.0.2.7");
        assert_eq!(place("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(place("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(place("2001:db8:1:2::1"), place("2001:db8:1:2:ffff::9"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
    }
}
