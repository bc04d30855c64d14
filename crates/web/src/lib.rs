//! The pages and forms that people see.
//!
//! A handler fills a command or a query, calls the use case and turns its answer into a page; it
//! knows no rule, no SQL and no engine. Every page works without JavaScript.

mod call;
mod campaign;
mod candidacy;
mod coverage;
mod declared_test;
mod desk;
mod embedding;
mod exchange;
mod finding;
mod organisation;
mod people;
mod programme;
mod public;
mod register;
mod report;
pub mod routes;
mod search;
mod sharing;
pub mod shell;
mod target;
mod vulnerability;

pub use embedding::{MembersResults, PublicResults, schemas};
pub use routes::Routes;
pub use shell::{Web, router};

/// Gives every route of the product, in the order of the parts.
#[must_use]
pub fn routes() -> Routes {
    [
        shell::routes,
        public::routes,
        desk::routes,
        people::routes,
        organisation::routes,
        programme::routes,
        call::routes,
        candidacy::routes,
        register::routes,
        declared_test::routes,
        campaign::routes,
        target::routes,
        coverage::routes,
        exchange::routes,
        report::routes,
        finding::routes,
        vulnerability::routes,
        sharing::routes,
        embedding::routes,
        search::routes,
    ]
    .into_iter()
    .fold(Routes::new(), |routes, part| routes.merge(part()))
}
