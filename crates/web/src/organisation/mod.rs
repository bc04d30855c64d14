//! The directory of organisations, their people, and the platform's administration.

mod add;
mod administration;
mod directory;
mod group;
mod people;
mod pick;
mod sheet;

pub(crate) use pick::Pick;

use crate::Routes;
use addresses::organisation as at;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::ORGANISATIONS, directory::list)
        .get(at::SUGGESTIONS, pick::suggest)
        .get(at::ADD_ORGANISATION, add::show)
        .post(at::ADD_ORGANISATION, add::submit)
        .get(at::ORGANISATION, sheet::show)
        .get(at::GROUP, group::show)
        .post(at::AFFILIATIONS, sheet::affiliate)
        .post(at::END_AFFILIATION, sheet::end_affiliation)
        .get(at::PEOPLE, people::show)
        .post(at::INVITE, people::invite)
        .post(at::WITHDRAW_INVITATION, people::withdraw)
        .post(at::END_GRANT, people::end_grant)
        .get(at::ADMINISTRATION, administration::show)
        .post(at::TRY_JOBS_AGAIN, administration::try_again)
}

/// Gives the key of the name of an organisation's kind.
pub(crate) fn kind_key(kind: domain::organisation::OrganisationKind) -> String {
    format!("organisation-kind-{}", kind.code().replace('_', "-"))
}

/// Gives the key of the name of a way to belong to an organisation.
fn affiliation_key(kind: domain::organisation::AffiliationKind) -> String {
    format!("organisation-affiliation-{}", kind.code())
}
