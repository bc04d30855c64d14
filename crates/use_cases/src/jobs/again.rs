//! Trying again what failed, at the administrator's word.

use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::organisation::Platform;
use crate::perform::UseCase;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::Action;
use authorization::action::RunJobs;
use domain::ids::JobId;
use serde_json::json;
use uuid::Uuid;

/// Has a job that failed tried again at once, or every one of them.
pub struct TryJobsAgain(pub Option<JobId>);

impl UseCase for TryJobsAgain {
    type Output = i64;

    async fn run(&self, unit: &mut Unit) -> Outcome<i64> {
        let platform = Platform { set_up: true };
        let acting = unit.app.policies.decide(&unit.actor, RunJobs::NAME, &platform);
        let acting = acting.ok_or(Error::NotFound)?;
        let jobs = unit.store.try_jobs_again(self.0, unit.now).await?;
        let entry = NewEntry {
            stream_kind: "platform",
            stream_id: Uuid::nil(),
            kind: "platform.jobs_tried_again",
            log: Log::Sealed,
            holder: KeyHolder::Instance,
            body: json!({"job": self.0, "jobs": jobs}),
        };
        unit.record(&acting, entry).await?;
        Ok(jobs)
    }
}
