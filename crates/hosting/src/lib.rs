//! Starting, resetting and removing targets.
//!
//! The *manager* knows the life of an instance: prepare, start, healthy, reset, snapshot, stop, remove, and what to take
//! away after a crash. A *provider* knows one engine: containers of Docker or Podman, or an address that somebody else
//! runs. Nothing is published; only who stands on the host reaches an instance, and an instance reaches nobody.
//!
//! ```text
//! manager ─▶ provider ─┬▶ engine (Docker, Podman) ─▶ guard (nftables)
//!    └ health          └▶ external (an address)
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

mod archive;
mod engine;
mod error;
mod exchange;
mod external;
mod fingerprint;
mod guard;
mod health;
mod image;
mod instance;
mod manager;
mod provider;

pub use engine::finding::{Finding, Gravity, GuardProblem, Limited};
pub use engine::{Engine, EngineSettings, Pool, SeedStream, Seeds};
pub use error::{HostingError, MissingImage, MissingSeed};
pub use external::External;
pub use fingerprint::{EngineVersion, RunningFingerprint, RunningService};
pub use guard::{Guard, guard_text};
pub use image::{ImageArchive, single_program};
pub use instance::{ExternalTarget, Instance, Plan};
pub use manager::{Manager, Reconciled, Running};
pub use provider::{Endpoint, Exit, Keep, LogLine, Overfull, Probe, Provider, Sickness, Swept};
