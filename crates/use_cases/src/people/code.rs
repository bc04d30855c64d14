//! One-time codes on paper, by which pupils come in.

use crate::error::{Error, Outcome};
use crate::ports::InvitationRow;
use crate::unit::Unit;
use authorization::Acting;
use domain::Timestamp;
use domain::ids::{InvitationId, OrganisationId};
use domain::role::{GrantScope, Role};

/// Letters and digits of a code: no vowel that makes words, nothing that looks like another.
const CODE_ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Characters of a code: 100 random bits.
const CODE_LENGTH: usize = 20;

/// Writes a code as it is printed: groups of five.
#[must_use]
pub fn code_text(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters
        .chunks(5)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// Reads a code as people type it: case, spaces and dashes do not count.
pub(super) fn code_token(typed: &str) -> Option<[u8; 32]> {
    let letters: Vec<u8> = typed
        .bytes()
        .filter(|b| !matches!(b, b' ' | b'-'))
        .map(|b| b.to_ascii_uppercase())
        .collect();
    let known = letters.len() == CODE_LENGTH && letters.iter().all(|b| CODE_ALPHABET.contains(b));
    known.then(|| {
        let mut token = [0; 32];
        token[..CODE_LENGTH].copy_from_slice(&letters);
        token
    })
}

/// Makes a one-time code for a hunter whose right to be enrolled was proven; gives it as printed.
pub(crate) async fn create_code(
    unit: &mut Unit,
    acting: &Acting,
    organisation: OrganisationId,
    scope: GrantScope,
    label: &str,
    expires_at: Timestamp,
) -> Outcome<String> {
    let random = unit.app.chance.bytes32();
    let letter = |byte: &u8| char::from(CODE_ALPHABET[usize::from(byte % 32)]);
    let code: String = random.iter().take(CODE_LENGTH).map(letter).collect();
    let token = code_token(&code).ok_or_else(|| Error::Internal("a code that cannot be read".to_owned()))?;
    let row = InvitationRow {
        id: InvitationId(unit.fresh_id()),
        token_hmac: sealing::token_hash(&token),
        organisation,
        role: Role::Hunter,
        scope,
        label: label.to_owned(),
        kind: "code".to_owned(),
        created_by: acting.person(),
        created_at: unit.now,
        expires_at,
        used_at: None,
        ended_at: None,
        email: None,
    };
    unit.store.insert_invitation(&row).await?;
    Ok(code_text(&code))
}
