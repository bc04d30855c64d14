//! Keys to what members read: made for a site or for a member, and ended.

use super::{acting_for, found, token};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{EmbeddingKeyRow, OutcomeRow};
use crate::programme::record;
use crate::unit::Unit;
use authorization::action::{EndEmbeddingKey, MakeMemberLink as MayLink, ManageEmbedding};
use authorization::{Acting, Permitted};
use domain::Timestamp;
use domain::embedding::KeyKind;
use domain::ids::OrganisationId;
use serde_json::json;
use uuid::Uuid;

/// A key that was just made; its secret is shown this once.
#[derive(Clone, Debug)]
pub struct MadeKey {
    /// Its identifier.
    pub id: Uuid,
    /// The secret with which a site signs, or the whole token of a member's link.
    pub secret: String,
    /// Until when it holds.
    pub expires_at: Timestamp,
}

/// Gives a site the key with which it writes tokens for the members that it knows.
#[derive(Clone, Debug)]
pub struct MakeSiteKey {
    /// The programme's address.
    pub slug: String,
}

impl UseCase for MakeSiteKey {
    type Output = MadeKey;

    async fn run(&self, unit: &mut Unit) -> Outcome<MadeKey> {
        let found = found(unit, &self.slug).await?;
        let proof = unit.permit::<ManageEmbedding, _>(found)?;
        let until = unit.now.plus_days(unit.app.settings.limits.site_key_days);
        let (acting, owner) = (proof.acting().clone(), proof.owner);
        let key = keep(unit, &proof, &acting, (KeyKind::Site, owner, until)).await?;
        Ok(MadeKey {
            id: key.id,
            secret: token::secret(unit, &key),
            expires_at: key.expires_at,
        })
    }
}

/// Makes a member's own link to what members read, for its tools.
#[derive(Clone, Debug)]
pub struct MakeMemberLink {
    /// The programme's address.
    pub slug: String,
    /// The member; none where nobody was chosen.
    pub organisation: Option<OrganisationId>,
    /// Days that it holds; none where nothing readable was typed.
    pub days: Option<i64>,
}

impl UseCase for MakeMemberLink {
    type Output = MadeKey;

    async fn run(&self, unit: &mut Unit) -> Outcome<MadeKey> {
        let found = found(unit, &self.slug).await?;
        let may = super::view::may_link(unit, found.peek())?;
        if may.is_empty() {
            return Err(Error::NotFound);
        }
        let organisation = self.organisation.filter(|chosen| may.contains(chosen));
        let organisation = organisation.ok_or_else(|| Error::field("organisation", "error-choose"))?;
        let longest = unit.app.settings.limits.member_link_days;
        let days = self.days.filter(|days| (1..=longest).contains(days));
        let days = days.ok_or_else(|| Error::field("days", "embedding-error-days"))?;
        let actor = acting_for(unit.person()?, unit.actor.grants(), organisation);
        let proof: Permitted<MayLink, OutcomeRow> = unit.app.policies.permit(&actor, found)?;
        let acting = proof.acting().clone();
        let until = unit.now.plus_days(days);
        let key = keep(unit, &proof, &acting, (KeyKind::Member, organisation, until)).await?;
        Ok(MadeKey {
            id: key.id,
            secret: token::of_member(unit, &key),
            expires_at: key.expires_at,
        })
    }
}

async fn keep(
    unit: &mut Unit,
    outcome: &OutcomeRow,
    acting: &Acting,
    (kind, organisation, expires_at): (KeyKind, OrganisationId, Timestamp),
) -> Outcome<EmbeddingKeyRow> {
    let there = unit.store.embedding_keys(outcome.id, unit.now).await?;
    if there.len() >= unit.app.settings.limits.embedding_keys {
        return Err(Error::Conflict("embedding-error-keys-too-many"));
    }
    let key = EmbeddingKeyRow {
        id: unit.fresh_id(),
        programme: outcome.id,
        owner: outcome.owner,
        organisation,
        organisation_name: String::new(),
        kind,
        by: acting.person().ok_or(Error::SignInFirst)?,
        at: unit.now,
        expires_at,
        ended_at: None,
    };
    unit.store.insert_embedding_key(&key).await?;
    let body = json!({"key": key.id, "organisation": organisation, "until": expires_at});
    let kind = match kind {
        KeyKind::Site => "programme.embedding_key_made",
        KeyKind::Member => "programme.member_link_made",
    };
    record(unit, acting, outcome.id, kind, body).await?;
    Ok(key)
}

/// Ends a key; every token of it opens nothing from then on.
#[derive(Clone, Debug)]
pub struct EndKey {
    /// The programme's address.
    pub slug: String,
    /// The key.
    pub key: Uuid,
}

impl UseCase for EndKey {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let programme = found(unit, &self.slug).await?.peek().id;
        let found = unit.store.embedding_key(self.key).await?;
        let key = unit.permit_found::<EndEmbeddingKey, _>(found)?;
        if key.programme != programme {
            return Err(Error::NotFound);
        }
        if key.ended_at.is_some() {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let acting = key.acting().clone();
        unit.store.end_embedding_key(key.id, unit.person()?, unit.now).await?;
        let body = json!({"key": key.id, "organisation": key.organisation});
        record(unit, &acting, programme, "programme.embedding_key_ended", body).await
    }
}
