//! What the tests share: a whole Beffroi in process, on both engines, with a clock, chance and a
//! mailbox of its own.
//!
//! ```ignore
//! each_engine! {
//!     async fn a_commune_applies(app: TestApp) {
//!         let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
//!         let officer = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
//!         perform(&officer.context(&app), SomeUseCase { … }).await.unwrap();
//!         app.settle().await; // runs the jobs that are due and numbers the journal
//!     }
//! }
//! ```

mod app;
mod blank;
pub mod browse;
pub mod browser;
pub mod busy;
mod chance;
mod clock;
mod cluster;
mod dump;
mod engines;
mod mailbox;
mod people;
pub mod tls;
mod told;

pub use app::{START, TestApp};
pub use blank::Blank;
pub use chance::SeededChance;
pub use clock::FakeClock;
pub use cluster::postgres_options;
pub use engines::run;
pub use mailbox::Mailbox;
pub use people::Someone;
