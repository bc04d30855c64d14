//! A programme's results outside the platform: bare pages for other sites, JSON and Atom.

mod answer;
mod atom;
mod data;
mod frame;
mod keys;

pub use data::{MembersResults, PublicResults, schemas};

use crate::Routes;
use addresses::embedding as at;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::KEYS, keys::show)
        .post(at::SITES, keys::save_sites)
        .post(at::SITE_KEY, keys::make_site_key)
        .post(at::MEMBER_LINK, keys::make_member_link)
        .post(at::END_KEY, keys::end)
        .get(at::PUBLIC_FRAME, frame::public)
        .get(at::PUBLIC_JSON, data::public)
        .get(at::PUBLIC_ATOM, atom::public)
        .get(at::MEMBERS_FRAME, frame::members)
        .get(at::MEMBERS_JSON, data::members)
        .get(at::MEMBERS_ATOM, atom::members)
}
