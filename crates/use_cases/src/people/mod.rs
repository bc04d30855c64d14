//! People: how they come in, and what they keep of themselves.

mod account;
mod code;
mod invitations;
mod invite;
mod machine;
mod password;
mod set_up;
mod sign_in;
mod take_up;
mod visit;

pub use account::{Account, ChooseLanguage, EndOtherSessions, EndSession, SessionLine, ViewAccount, change_password};
pub use code::code_text;
pub(crate) use code::create_code;
pub use invitations::{InvitationLine, ListInvitations, WithdrawInvitation};
pub(crate) use invitations::{notice_of, state as invitation_state};
pub use invite::{Invite, Invited};
pub(crate) use invite::{create as create_invitation, forget_invitation};
pub use machine::Mark;
pub use password::{check_own_password, hash_password};
pub use set_up::{IsDemo, IsSetUp, SetUp, SetUpDemo, set_up};
pub use sign_in::{Credentials, EnterAs, Entered, SignOut, Token, sign_in};
pub use take_up::{Invitation, NewPerson, ViewInvitation, take_up};
pub use visit::{SignedIn, visit};

pub(crate) use invite::GIVEN;
pub(crate) use sign_in::session_of;

use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use crate::{Outcome, ports::PersonRow};
use domain::ids::PersonId;

/// What is needed to add a person.
#[derive(Clone, Debug)]
pub(crate) struct PersonDraft {
    pub name: String,
    pub pseudonym: String,
    pub email: Option<String>,
    pub language: i18n::Lang,
    pub minor: bool,
    pub fictional: bool,
    pub password_hash: Option<String>,
}

/// Gives the keyed hash that finds a person by their address; case and spaces do not count.
pub(crate) fn email_hash(unit_keys: &sealing::InstanceKeyring, email: &str) -> [u8; 32] {
    sealing::keyed_hash(unit_keys, "person.email", email.trim().to_lowercase().as_bytes())
}

/// Adds a person with their sealed name, address and password; without an address they sign in
/// by their pseudonym.
pub(crate) async fn add_person(unit: &mut Unit, draft: &PersonDraft) -> Outcome<PersonId> {
    let id = PersonId(unit.fresh_id());
    let holder = KeyHolder::Person(id);
    let name = unit
        .seal(holder, place("person", "name_sealed", id.0), draft.name.as_bytes())
        .await?;
    let email = match &draft.email {
        Some(email) => Some(
            unit.seal(holder, place("person", "email_sealed", id.0), email.trim().as_bytes())
                .await?,
        ),
        None => None,
    };
    let row = PersonRow {
        id,
        pseudonym: draft.pseudonym.clone(),
        name,
        email,
        email_hmac: Some(email_hash(
            &unit.app.keys,
            draft.email.as_ref().unwrap_or(&draft.pseudonym),
        )),
        language: draft.language.code().to_owned(),
        minor: draft.minor,
        fictional: draft.fictional,
    };
    unit.store.insert_person(&row, unit.now).await?;
    if let Some(hash) = &draft.password_hash {
        set_password(unit, id, hash).await?;
    }
    Ok(id)
}

/// Replaces a person's password by a hash that was computed outside the transaction.
pub(crate) async fn set_password(unit: &mut Unit, person: PersonId, hash: &str) -> Outcome<()> {
    let id = unit.fresh_id();
    let sealed = unit
        .seal(
            KeyHolder::Person(person),
            place("credential", "secret_sealed", id),
            hash.as_bytes(),
        )
        .await?;
    unit.store
        .set_credential(id, person, "password", &sealed, unit.now)
        .await?;
    Ok(())
}
