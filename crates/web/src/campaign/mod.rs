//! Pages of campaigns and of authorisations to test.

mod authorisation;
mod codes;
mod duplicate;
mod for_members;
mod form;
mod join;
mod joining;
mod list;
mod members;
mod parties;
mod people;
mod rules;
mod scope;
mod show;

use crate::Routes;
use crate::shell::Page;
use addresses::campaign as at;
use domain::authorisation::AuthorisationState;
use domain::campaign::CampaignState;
use domain::group::MemberStanding;
use domain::ids::CampaignId;
use use_cases::campaign::MemberLine;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::LIST, list::show)
        .get(at::OF_PROGRAMME, list::of_programme)
        .get(at::NEW, form::new)
        .post(at::NEW, form::open)
        .get(at::RULES, rules::show)
        .post(at::RULES, rules::write)
        .get(at::SHOW, show::show)
        .post(at::MOVE, show::move_campaign)
        .post(at::COMMIT, show::commit)
        .post(at::ACCEPT_RULES, show::accept_rules)
        .post(at::TAKE_ACCOUNT, show::take_account)
        .post(at::REQUEST, show::request)
        .get(at::EDIT, form::edit)
        .post(at::EDIT, form::save)
        .get(at::PARTIES, parties::show)
        .post(at::PARTIES, parties::add)
        .post(at::REMOVE_PARTY, parties::remove)
        .post(at::PRODUCTS, parties::set_product)
        .post(at::REMOVE_PRODUCT, parties::remove_product)
        .post(at::SHARE, joining::join)
        .post(at::ANSWER_SHARE, joining::answer)
        .post(at::LEAVE_SHARE, joining::leave)
        .post(at::ANSWER_PROPOSAL, members::answer)
        .get(at::MEMBERS, members::show)
        .post(at::MEMBERS, members::bring)
        .get(at::FOR_MEMBERS, for_members::show)
        .post(at::FOR_MEMBERS, for_members::open)
        .get(at::DUPLICATE, duplicate::show)
        .post(at::DUPLICATE, duplicate::explain)
        .get(at::SCOPE, scope::show)
        .post(at::SCOPE, scope::add)
        .post(at::REMOVE_ASSET, scope::remove)
        .post(at::TARGET, scope::set_target)
        .post(at::ACCOUNTS, scope::add_account)
        .post(at::REMOVE_ACCOUNT, scope::remove_account)
        .get(at::PEOPLE, people::show)
        .post(at::PEOPLE, people::invite)
        .post(at::SUSPEND_PERSON, people::suspend)
        .post(at::WITHDRAW_PERSON, people::withdraw)
        .get(at::CODES, codes::show)
        .post(at::CODES, codes::make)
        .post(at::END_CODES, codes::end)
        .get(at::JOIN, join::show)
        .post(at::JOIN, join::submit)
        .get(at::AUTHORISATION, authorisation::show)
        .upload(at::AUTHORISATION, authorisation::sign)
        .post(at::REVOKE, authorisation::revoke)
        .get(at::SCAN, authorisation::scan)
}

/// Gives the tone of a campaign's state.
pub(crate) const fn tone(state: CampaignState) -> &'static str {
    match state {
        CampaignState::Open => "good",
        CampaignState::Suspended => "bad",
        CampaignState::Planned | CampaignState::Ready | CampaignState::Verifying => "progress",
        CampaignState::Draft | CampaignState::Closed | CampaignState::Archived | CampaignState::Cancelled => "neutral",
    }
}

/// The words of this part's stable names, for templates.
trait Words {
    /// Gives the word of a stable name.
    fn word(&self, prefix: &str, code: &str) -> String;
    /// Gives an address under a campaign's.
    fn under_campaign(&self, id: &CampaignId, rest: &str) -> String;
    /// Gives the answer that a press changes to.
    fn opposite(&self, truth: bool) -> &'static str;
    /// Gives the tone of a campaign's state.
    fn tone(&self, state: &CampaignState) -> &'static str;
    /// Gives the tone of an authorisation's state.
    fn leave_tone(&self, state: &AuthorisationState) -> &'static str;
    /// Gives the tone of where a member of a group stands.
    fn member_tone(&self, standing: &MemberStanding) -> &'static str;
    /// Says what bringing a member in does.
    fn member_hint(&self, line: &MemberLine) -> String;
}

impl Words for Page {
    fn word(&self, prefix: &str, code: &str) -> String {
        self.t(&format!("{prefix}-{}", code.replace(['_', '.'], "-")))
    }

    fn under_campaign(&self, id: &CampaignId, rest: &str) -> String {
        format!("{}{rest}", at::show(id.0))
    }

    fn opposite(&self, truth: bool) -> &'static str {
        if truth { "no" } else { "yes" }
    }

    fn tone(&self, state: &CampaignState) -> &'static str {
        tone(*state)
    }

    fn member_tone(&self, standing: &MemberStanding) -> &'static str {
        standing_tone(*standing)
    }

    fn member_hint(&self, line: &MemberLine) -> String {
        let hint = self.word("group-hint", line.standing.code());
        if line.answers {
            hint
        } else {
            format!("{hint} {}", self.t("group-hint-nobody"))
        }
    }

    fn leave_tone(&self, state: &AuthorisationState) -> &'static str {
        match state {
            AuthorisationState::Signed => "good",
            AuthorisationState::Requested => "warning",
            AuthorisationState::Expired | AuthorisationState::Revoked => "bad",
        }
    }
}

/// Gives the tone of where a member of a group stands.
const fn standing_tone(standing: MemberStanding) -> &'static str {
    match standing {
        MemberStanding::In => "good",
        MemberStanding::Waits | MemberStanding::Asks | MemberStanding::Unconfirmed => "warning",
        _ => "neutral",
    }
}

/// Gives the key of a field's label.
fn label(field: &str) -> String {
    format!("campaign-field-{}", field.replace('_', "-"))
}
