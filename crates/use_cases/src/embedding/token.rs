//! Tokens: `<key>.<member>.<end>.<signature>`, written by Beffroi for a member or by a site that
//! holds a key, and read for every answer anew.
//!
//! The secret of a key is kept nowhere: it is a keyed hash of the key's identifier, which only the
//! holder of the instance's keys can compute. A stolen database opens no members' page.

use super::acting_for;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{EmbeddingKeyRow, OutcomeRow};
use crate::sharing::{MembersPage, members_page};
use crate::unit::Unit;
use authorization::Permitted;
use authorization::action::ReadOutcome;
use domain::Timestamp;
use domain::embedding::{KeyKind, TokenFacts, opens};
use domain::ids::OrganisationId;
use domain::time::SECOND;
use uuid::Uuid;

/// What the keyed hash of a secret is for.
const PURPOSE: &str = "embedding.secret";

/// Gives the secret with which the tokens of a key are signed.
pub(super) fn secret(unit: &Unit, key: &EmbeddingKeyRow) -> String {
    secret_of(unit, key.id)
}

fn secret_of(unit: &Unit, key: Uuid) -> String {
    sealing::token_text(sealing::keyed_hash(&unit.app.keys, PURPOSE, key.as_bytes()))
}

/// Writes what a token signs: its key, the member that it reads for, and its end in seconds since 1970.
#[must_use]
pub fn token_line(key: Uuid, member: OrganisationId, until: i64) -> String {
    format!("{}.{}.{until}", key.simple(), member.0.simple())
}

/// Writes the token of a member's own link.
pub(super) fn of_member(unit: &Unit, key: &EmbeddingKeyRow) -> String {
    let line = token_line(key.id, key.organisation, key.expires_at.0 / SECOND);
    let signature = sealing::sign_line(&secret(unit, key), &line);
    format!("{line}.{signature}")
}

/// What a token says, and its signature.
struct Token<'a> {
    key: Uuid,
    member: OrganisationId,
    until: Timestamp,
    line: &'a str,
    signature: &'a str,
}

/// Reads a token; nothing for any text that is not written exactly as one.
fn parse(text: &str) -> Option<Token<'_>> {
    let (line, signature) = text.rsplit_once('.')?;
    let mut parts = line.split('.');
    let key = Uuid::try_parse(parts.next()?).ok()?;
    let member = OrganisationId(Uuid::try_parse(parts.next()?).ok()?);
    let seconds: i64 = parts.next()?.parse().ok()?;
    let until = Timestamp(seconds.checked_mul(SECOND)?);
    let canonical = token_line(key, member, seconds) == line;
    canonical.then_some(Token {
        key,
        member,
        until,
        line,
        signature,
    })
}

/// What a token opened.
#[derive(Clone, Debug)]
pub struct MembersOutside {
    /// What members read.
    pub members: MembersPage,
    /// The member that it is read for.
    pub organisation: String,
    /// Until when the token opens it.
    pub until: Timestamp,
    /// The sites that may frame it.
    pub sites: Vec<String>,
    /// The instant of the answer.
    pub now: Timestamp,
}

/// Reads what the members of a programme read, by a token.
#[derive(Clone, Debug)]
pub struct ReadMembersOutside {
    /// The programme's address.
    pub slug: String,
    /// The token.
    pub token: String,
}

impl UseCase for ReadMembersOutside {
    type Output = MembersOutside;

    async fn run(&self, unit: &mut Unit) -> Outcome<MembersOutside> {
        let token = parse(&self.token).ok_or(Error::NotFound)?;
        if !sealing::line_is_signed(&secret_of(unit, token.key), token.line, token.signature) {
            return Err(Error::NotFound);
        }
        let key = unit.store.embedding_key(token.key).await?.ok_or(Error::NotFound)?;
        let key = key.peek().clone();
        let concerned = [token.member, key.organisation];
        let found = unit.store.outcome(&self.slug, &concerned, unit.now).await?;
        let found = found.ok_or(Error::NotFound)?;
        if found.peek().id != key.programme || !opens(&facts(unit, &token, &key, found.peek()), unit.now) {
            return Err(Error::NotFound);
        }
        // Whoever made the key must be able to read the page now, for the organisation it was made for.
        let grants = unit.store.grants(key.by, unit.now).await?;
        let maker = acting_for(key.by, &grants, key.organisation);
        let proof: Permitted<ReadOutcome, OutcomeRow> = unit.app.policies.permit(&maker, found)?;
        let organisation = unit.store.organisations(&[token.member]).await?.into_iter().next();
        Ok(MembersOutside {
            sites: unit.store.embedding_sites(key.programme).await?,
            members: members_page(unit, proof.into_value()).await?,
            organisation: organisation.map(|found| found.name).ok_or(Error::NotFound)?,
            until: token.until,
            now: unit.now,
        })
    }
}

fn facts(unit: &Unit, token: &Token<'_>, key: &EmbeddingKeyRow, outcome: &OutcomeRow) -> TokenFacts {
    TokenFacts {
        kind: key.kind,
        key_until: key.expires_at,
        key_ended: key.ended_at.is_some(),
        token_until: token.until,
        site_minutes: unit.app.settings.limits.site_token_minutes,
        for_key_holder: token.member == key.organisation && key.kind == KeyKind::Member,
        is_member: outcome.members.contains(&token.member),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_token_as_it_is_written_is_read() {
        let (key, member) = (Uuid::from_u128(7), OrganisationId(Uuid::from_u128(9)));
        let line = token_line(key, member, 1_800_000_000);
        assert!(parse(&format!("{line}.ab")).is_some_and(|token| token.key == key && token.member == member));
        let dashed = format!("{key}.{}.1800000000.ab", member.0.simple());
        let padded = format!("{}.{}.01800000000.ab", key.simple(), member.0.simple());
        let more = format!("{line}.1.ab");
        for wrong in ["", ".", "...", &line, &dashed, &padded, &more, &format!(" {line}.ab")] {
            assert!(parse(wrong).is_none(), "{wrong:?}");
        }
    }
}
