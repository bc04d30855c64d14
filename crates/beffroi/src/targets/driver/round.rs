//! What is looked at again and again of all that runs: the wall around it, and how much it wrote.

use super::Driver;
use super::act::plan;
use crate::trouble::Trouble;
use domain::ids::InstanceId;
use domain::instance::{InstanceProblem, InstanceState};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use use_cases::target::{Driven, InstanceToDrive};

impl Driver {
    /// Begins to look whether what runs is still walled in and keeps to its sizes, unless that is under way.
    pub(super) fn begin_round(self: &Arc<Self>, all: &[InstanceToDrive]) {
        let running = |one: &&InstanceToDrive| one.row.state == InstanceState::Running;
        let running: Vec<InstanceToDrive> = all.iter().filter(running).cloned().collect();
        if running.is_empty() || self.rounding.swap(true, Ordering::Relaxed) {
            return;
        }
        let driver = Arc::clone(self);
        self.app.tasks.spawn(async move {
            if let Err(error) = driver.round(&running).await {
                tracing::warn!(%error, "hosted targets could not be looked at");
            }
            driver.rounding.store(false, Ordering::Relaxed);
        });
    }

    async fn round(&self, running: &[InstanceToDrive]) -> Result<(), Trouble> {
        // Loading the machine's rules anew takes an instant: what is wrong twice is wrong.
        if self.manager.walled().await.is_err() {
            tokio::time::sleep(self.pace.look).await;
            if let Err(error) = self.manager.walled().await {
                tracing::error!(%error, "the wall around targets fell and cannot be put up: they are stopped");
                for one in running {
                    let stopped = self.manager.stop(&plan(one)?).await;
                    stopped.map_err(|error| Trouble::new(error.to_string(), ""))?;
                    self.tell(one, Driven::Fails(InstanceProblem::NotIsolated)).await?;
                }
                return Ok(());
            }
        }
        let instances = running.iter().map(plan).collect::<Result<Vec<_>, _>>()?;
        let stopped = self.manager.stop_overfull(&instances).await;
        let stopped = stopped.map_err(|error| Trouble::new(error.to_string(), ""))?;
        let stopped: BTreeSet<InstanceId> = stopped.into_iter().map(|one| one.instance).collect();
        for one in running.iter().filter(|one| stopped.contains(&one.row.id)) {
            self.tell(one, Driven::Fails(InstanceProblem::Overfull)).await?;
        }
        Ok(())
    }
}
