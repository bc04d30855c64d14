//! Pages of targets behind the gateway, and of the ways that lead to them.

mod acceptance;
mod access;
mod certificate;
mod corrected;
mod fields;
mod finds;
mod list;
mod moves;
mod recorder;
mod seeds;
mod states;

use crate::Routes;
use addresses::target as at;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::LIST, list::show)
        .post(at::LIST, list::declare)
        .get(at::CORRECTED, corrected::show)
        .post(at::CORRECTED, corrected::declare)
        .post(at::REMOVE_CORRECTED, corrected::remove)
        .post(at::RECORD_AGREEMENT, corrected::record)
        .get(at::CORRECTED_TO_ANSWER, acceptance::show)
        .post(at::CORRECTED_TO_ANSWER, acceptance::answer)
        .post(at::REMOVE, moves::remove)
        .post(at::STOP, moves::stop)
        .post(at::START, moves::start)
        .post(at::INSTANCE, moves::instance)
        .stream(at::SEEDS, seeds::send)
        .post(at::REMOVE_SEED, seeds::remove)
        .post(at::KEEP, states::keep)
        .post(at::REMOVE_STATE, states::remove)
        .post(at::END, moves::end)
        .get(at::ACCESS, certificate::show)
        .post(at::ACCESS, access::take)
        .post(at::CERTIFICATES, certificate::register)
        .post(at::CERTIFICATE_END, certificate::take_back)
        .post(at::GIVE_BACK, access::give_back)
}

pub(crate) use corrected::{state_tone, state_word};

/// Gives the label of a field.
fn label(field: &str) -> String {
    format!("target-field-{}", field.replace('_', "-"))
}
