//! What is done for one instance: started, cleared, removed, asked after its health, brought back after a restart.

use super::Driver;
use super::outcome::runs;
use crate::trouble::Trouble;
use domain::instance::{InstanceProblem, InstanceState};
use hosting::{HostingError, Instance, Plan, Probe};
use std::sync::Arc;
use std::time::Instant;
use use_cases::target::{Driven, InstanceToDrive};

impl Driver {
    /// Brings back what ran before a restart; what cannot be is started anew.
    pub(super) async fn resume(&self, one: &InstanceToDrive) -> Result<Option<Driven>, Trouble> {
        let running = self.manager.resume(&plan(one)?).await;
        Ok(Some(Driven::Again(running.ok().map(|up| up.endpoint.address))))
    }

    pub(super) async fn act(&self, one: &InstanceToDrive) -> Result<Option<Driven>, Trouble> {
        let instance = plan(one)?;
        Ok(match one.row.state {
            InstanceState::Wanted => Some(runs(self.manager.start(&instance).await.map(|up| up.endpoint.address))),
            InstanceState::Resetting => {
                // What could not be cleared is not started: it would run as it was, under the name of what was asked for.
                let cleared = self.manager.clear(&instance).await;
                cleared.map_err(|error| Trouble::new(error.to_string(), ""))?;
                Some(runs(
                    self.manager.start_kept(&instance).await.map(|up| up.endpoint.address),
                ))
            }
            InstanceState::Leaving => match self.manager.remove(one.row.id).await {
                Ok(()) => Some(Driven::Gone),
                Err(error) => return Err(Trouble::new(error.to_string(), "")),
            },
            InstanceState::Running => self.health(&instance).await,
            InstanceState::Failed | InstanceState::Ended => None,
        })
    }

    /// Says whether something that should run does not.
    async fn health(&self, instance: &Instance) -> Option<Driven> {
        let found = match self.manager.health(instance).await {
            Ok(found) => found,
            Err(HostingError::NoInstance(_)) => return Some(Driven::Again(None)),
            // An engine that does not answer says nothing of what runs on it.
            Err(_) => return None,
        };
        let ended = found.values().find_map(|probe| match probe {
            Probe::Ended(exit) if exit.is_memory() => Some(InstanceProblem::Memory),
            Probe::Ended(_) => Some(InstanceProblem::Ended),
            _ => None,
        });
        let well = found.values().all(|probe| matches!(probe, Probe::Healthy));
        let mut care = self.care();
        match ended {
            Some(_) if care.restarts(instance.id.0, Instant::now()) => Some(Driven::Again(None)),
            Some(problem) => Some(Driven::Fails(problem)),
            None if well => {
                care.well(instance.id.0);
                None
            }
            None => care
                .sick(instance.id.0)
                .then_some(Driven::Fails(InstanceProblem::NotHealthy)),
        }
    }
}

/// Gives an instance as the engine knows it.
pub(super) fn plan(one: &InstanceToDrive) -> Result<Instance, Trouble> {
    let recipe = one.settings.hosted()?;
    let plan = Plan::Recipe(Arc::new(recipe));
    let instance = Instance::new(one.row.id, one.row.target, plan, &sealing::content_digest);
    Ok(match one.row.from {
        Some(kept) => instance.from_snapshot(kept),
        None => instance,
    })
}
