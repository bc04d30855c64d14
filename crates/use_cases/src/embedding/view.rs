//! Where a programme's results may be taken to, and what a frame of other sites shows.

use super::acting_for;
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{EmbeddingKeyRow, OutcomeRow};
use crate::sharing::{PublicPage, public_page};
use crate::unit::Unit;
use authorization::action::{EndEmbeddingKey, MakeMemberLink, ManageEmbedding, ReadOutcome};
use domain::Timestamp;
use domain::ids::OrganisationId;
use std::collections::BTreeSet;

/// A key that holds, and who made it.
#[derive(Clone, Debug)]
pub struct KeyLine {
    /// The key.
    pub key: EmbeddingKeyRow,
    /// Who made it.
    pub by: String,
}

/// Where a programme's results may be taken to.
#[derive(Clone, Debug)]
pub struct EmbeddingView {
    /// The programme.
    pub programme: OutcomeRow,
    /// Whether the reader says which sites may frame them, and gives keys.
    pub manages: bool,
    /// The sites that may frame them.
    pub sites: Vec<String>,
    /// The members, by name, with the identifier that a site's tokens name; for those who give keys.
    pub members: Vec<(OrganisationId, String)>,
    /// The organisations for which the reader may make a link.
    pub may_link: Vec<(OrganisationId, String)>,
    /// The keys that the reader may end.
    pub keys: Vec<KeyLine>,
}

/// Shows where a programme's results may be taken to, to those who read what members read.
#[derive(Clone, Debug)]
pub struct ViewEmbedding {
    /// The programme's address.
    pub slug: String,
}

impl UseCase for ViewEmbedding {
    type Output = EmbeddingView;

    async fn run(&self, unit: &mut Unit) -> Outcome<EmbeddingView> {
        let found = unit
            .store
            .outcome(&self.slug, &unit.reader.organisations, unit.now)
            .await?;
        let programme = unit.permit_found::<ReadOutcome, _>(found)?.into_value();
        let manages = unit.may::<ManageEmbedding, _>(&programme);
        let mut keys = Vec::new();
        for key in unit.store.embedding_keys(programme.id, unit.now).await? {
            if unit.may::<EndEmbeddingKey, _>(&key) {
                let by = unit.name_of(key.by).await?;
                keys.push(KeyLine { key, by });
            }
        }
        let linked = may_link(unit, &programme)?;
        let members = if manages {
            unit.store.members_at(programme.id, unit.now).await?
        } else {
            Vec::new()
        };
        Ok(EmbeddingView {
            sites: unit.store.embedding_sites(programme.id).await?,
            members: named(unit, &members).await?,
            may_link: named(unit, &linked).await?,
            programme,
            manages,
            keys,
        })
    }
}

async fn named(unit: &mut Unit, ids: &[OrganisationId]) -> Outcome<Vec<(OrganisationId, String)>> {
    let mut found = unit.store.organisations(ids).await?;
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found.into_iter().map(|o| (o.id, o.name)).collect())
}

/// Gives the organisations for which the reader may make a link to what members read.
pub(super) fn may_link(unit: &Unit, outcome: &OutcomeRow) -> Outcome<Vec<OrganisationId>> {
    let person = unit.person()?;
    let grants = unit.actor.grants();
    let all: BTreeSet<OrganisationId> = grants.iter().map(|grant| grant.organisation).collect();
    let may = |organisation: &OrganisationId| {
        let actor = acting_for(person, grants, *organisation);
        unit.app
            .policies
            .would_permit::<MakeMemberLink, OutcomeRow>(&actor, outcome)
    };
    Ok(all.into_iter().filter(may).collect())
}

/// The public results with the sites that may frame them.
#[derive(Clone, Debug)]
pub struct PublicFrame {
    /// What everybody reads.
    pub results: PublicPage,
    /// The sites that may frame it.
    pub sites: Vec<String>,
    /// The instant of the answer.
    pub now: Timestamp,
}

/// Shows everybody what a programme did, outside the platform.
#[derive(Clone, Debug)]
pub struct ViewPublicFrame {
    /// The programme's address.
    pub slug: String,
}

impl UseCase for ViewPublicFrame {
    type Output = PublicFrame;

    async fn run(&self, unit: &mut Unit) -> Outcome<PublicFrame> {
        let results = public_page(unit, &self.slug).await?;
        Ok(PublicFrame {
            sites: unit.store.embedding_sites(results.programme.id).await?,
            results,
            now: unit.now,
        })
    }
}
