//! The state of the platform, for its administrator.

use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::FailingJob;
use crate::unit::Unit;
use authorization::action::ReadPlatform;
use authorization::{Action, Attr, Attributes, Resource};
use domain::Timestamp;
use domain::role::Role;
use uuid::Uuid;

/// The platform, as policies see it.
pub(crate) struct Platform {
    /// Whether it is set up.
    pub(crate) set_up: bool,
}

impl Resource for Platform {
    const TYPE: &'static str = "Platform";

    fn id(&self) -> Uuid {
        Uuid::nil()
    }

    fn attributes(&self) -> Attributes {
        vec![("set_up", Attr::Bool(self.set_up))]
    }
}

/// Says whether the person holds the administrator's role.
pub(super) fn administers(unit: &Unit) -> bool {
    unit.actor
        .grants()
        .iter()
        .any(|grant| grant.role == Role::Administrator)
}

/// The most failing jobs that the page lists.
const FAILING: i64 = 50;

/// Shows the state of the platform.
pub struct ViewPlatform;

/// How long a log is.
#[derive(Clone, Debug)]
pub struct LogSize {
    /// `public` or `sealed`.
    pub log: &'static str,
    /// Entries that are numbered.
    pub size: i64,
    /// Entries that wait for their number, up to a thousand.
    pub waiting: usize,
    /// When its newest checkpoint was signed.
    pub signed_at: Option<Timestamp>,
}

/// What the administrator's page shows.
#[derive(Clone, Debug)]
pub struct PlatformState {
    /// The platform's name.
    pub name: String,
    /// Whether it tells an invented story.
    pub demo: bool,
    /// Since when it is set up.
    pub set_up_at: Option<Timestamp>,
    /// The database engine.
    pub engine: &'static str,
    /// The address under which people reach it.
    pub public_url: String,
    /// Jobs that wait.
    pub jobs_waiting: i64,
    /// Jobs that were given up.
    pub jobs_failed: i64,
    /// The address that mail comes from.
    pub mail_from: String,
    /// The folder that mail goes to where no relay is named.
    pub mail_folder: Option<String>,
    /// Mails that wait.
    pub mails_waiting: i64,
    /// Mails that were given up.
    pub mails_failed: i64,
    /// Jobs that failed and are not done, those given up first, at most fifty.
    pub failing: Vec<FailingJob>,
    /// Organisations of the directory.
    pub organisations: i64,
    /// People who hold the administrator's role.
    pub administrators: i64,
    /// The logs.
    pub logs: Vec<LogSize>,
}

impl UseCase for ViewPlatform {
    type Output = PlatformState;

    async fn run(&self, unit: &mut Unit) -> Outcome<PlatformState> {
        let (name, demo, set_up_at) = unit.store.instance().await?.unwrap_or_default();
        let platform = Platform {
            set_up: set_up_at.is_some(),
        };
        let decided = unit.app.policies.decide(&unit.actor, ReadPlatform::NAME, &platform);
        decided.ok_or(Error::NotFound)?;
        let (jobs_waiting, jobs_failed) = unit.store.job_counts().await?;
        let (mails_waiting, mails_failed) = unit.store.job_counts_of("mail").await?;
        Ok(PlatformState {
            name,
            demo,
            set_up_at,
            engine: unit.app.store.engine_name(),
            public_url: unit.app.settings.public_url.clone(),
            jobs_waiting,
            jobs_failed,
            mail_from: unit.app.settings.mail_from.clone(),
            mail_folder: unit.app.settings.mail_folder.clone(),
            mails_waiting,
            mails_failed,
            failing: unit.store.failing_jobs(FAILING).await?,
            organisations: unit.store.count_organisations().await?,
            administrators: unit.store.count_holders(Role::Administrator, unit.now).await?,
            logs: vec![log(unit, "public").await?, log(unit, "sealed").await?],
        })
    }
}

async fn log(unit: &mut Unit, name: &'static str) -> Outcome<LogSize> {
    let origin = unit.store.origin(name).await?;
    let signed_at = match &origin {
        Some(origin) => unit.store.newest_checkpoint(origin.id).await?.map(|(_, at, _)| at),
        None => None,
    };
    Ok(LogSize {
        log: name,
        size: origin.map(|origin| origin.size).unwrap_or_default(),
        waiting: unit.store.waiting_entries(name, 1000).await?.len(),
        signed_at,
    })
}
