//! How far a vulnerability is told, where deployers stand, what members and the public read.

mod concerns;
mod outcome;
mod positions;
mod risk;
mod show;
mod situations;
mod together;
pub(crate) mod words;

use crate::Routes;
use addresses::sharing as at;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::SHARING, show::show)
        .post(at::ASK_OPINION, show::ask_opinion)
        .post(at::GIVE_OPINION, show::give_opinion)
        .post(at::ALLOW_DETAILS, show::allow_details)
        .post(at::MOVE, show::move_phase)
        .post(at::APPROVE, show::approve)
        .post(at::TLP, show::change_tlp)
        .post(at::EMBARGO, show::set_embargo)
        .post(at::LIFT_EMBARGO, show::lift_embargo)
        .post(at::NAME, show::name_person)
        .post(at::END_NAMING, show::end_naming)
        .get(at::POSITIONS, positions::show)
        .post(at::REMIND, positions::remind)
        .get(at::SITUATIONS, concerns::list)
        .post(at::SITUATIONS, concerns::answer)
        .get(at::SITUATIONS_FILE, concerns::file)
        .post(at::RATE, situations::rate)
        .get(at::SITUATION, situations::show)
        .post(at::SITUATION, situations::answer)
        .get(at::RISK, risk::show)
        .post(at::RISK, risk::sign)
        .post(at::REFUSE_RISK, risk::refuse)
        .get(at::MEMBERS, outcome::members)
        .get(at::PUBLIC, outcome::public)
}
