//! What the gateway is told: which leases lead where, under which campaigns, at this instant.

use super::certificate::fingerprint;
use super::{endpoint, open_fingerprint, open_settings};
use crate::error::Outcome;
use crate::exchange::RecordingsKey;
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, InstanceRow, LeaseRow, SegmentRow};
use crate::unit::Unit;
use authorization::Permitted;
use authorization::action::GuardTargets;
use domain::Timestamp;
use domain::ids::{CampaignId, LeaseId, PersonId, SnapshotId};
use domain::instance::{InstancePurpose, InstanceState};
use domain::snapshot::fingerprint_from;
use domain::target::{Sharing, TargetEngine, TargetScope, Upstream, Way, way};
use sealing::RecordingKey;
use std::collections::HashMap;
use std::net::SocketAddr;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Everything that the gateway knows.
#[derive(Clone, Default)]
pub struct Words {
    /// The campaigns in which somebody holds a lease.
    pub campaigns: Vec<CampaignWord>,
    /// Their targets.
    pub targets: Vec<TargetWord>,
    /// The leases.
    pub leases: Vec<LeaseWord>,
    /// The next instant at which the clock alone changes something, besides the windows.
    pub again_at: Option<Timestamp>,
}

/// What the gateway knows of a campaign.
#[derive(Clone)]
pub struct CampaignWord {
    /// Its identifier.
    pub id: CampaignId,
    /// When testing begins.
    pub opens_at: Timestamp,
    /// When testing ends.
    pub closes_at: Timestamp,
    /// The public half of the key pair of its recordings: it writes, and reads nothing back.
    pub recording_key: RecordingKey,
    /// The key under which recorded contents are named.
    pub content_key: Zeroizing<[u8; 32]>,
    /// The last segment that is known, so that the next one follows it.
    pub last_segment: Option<SegmentRow>,
}

/// Where a target is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// At a host that somebody else keeps.
    Elsewhere(Upstream),
    /// At an instance that the platform started.
    Hosted(SocketAddr),
    /// Nowhere at present.
    Nowhere,
}

/// What the gateway knows of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetWord {
    /// What leases name it by: the target, or the lease whose own instance it is.
    pub id: Uuid,
    /// The fingerprint that goes with every exchange.
    pub fingerprint: String,
    /// Where it is asked.
    pub at: Where,
    /// The host name under which the application knows itself.
    pub public_host: String,
    /// Whether it can be reached: nobody stopped it.
    pub healthy: bool,
    /// What may be asked.
    pub scope: TargetScope,
}

/// What the gateway knows of a lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaseWord {
    /// Its identifier.
    pub id: LeaseId,
    /// The first label of its host name.
    pub label: String,
    /// The hash of its credential.
    pub token_hash: [u8; 32],
    /// SHA-256 of each certificate that opens it too.
    pub certificates: Vec<[u8; 32]>,
    /// The campaign.
    pub campaign: CampaignId,
    /// What [`TargetWord::id`] says.
    pub target: Uuid,
    /// What becomes of requests.
    pub way: Way,
}

/// Gives a number that every commit moves which may change what the gateway is told.
pub struct GatewayMark;

impl UseCase for GatewayMark {
    type Output = i64;

    async fn run(&self, unit: &mut Unit) -> Outcome<i64> {
        Ok(unit.store.journal_mark().await?)
    }
}

/// Gives everything that the gateway is to know.
pub struct GatewayWords;

impl UseCase for GatewayWords {
    type Output = Words;

    async fn run(&self, unit: &mut Unit) -> Outcome<Words> {
        let mut words = Words::default();
        for id in unit.store.leased_campaigns().await? {
            let found = unit.store.campaign(id, &unit.reader).await?;
            let proof = unit.permit_found::<GuardTargets, _>(found)?;
            let leases = unit.store.leases_held(id).await?;
            let now = unit.now;
            let mut told: Vec<LeaseWord> = leases.iter().filter_map(|row| lease_word(&proof, row, now)).collect();
            words.again_at = [words.again_at, next_change(&proof, now)].into_iter().flatten().min();
            if told.is_empty() {
                continue;
            }
            let Some(campaign) = campaign_word(unit, &proof).await? else {
                continue;
            };
            words.campaigns.push(campaign);
            for row in unit.store.certificates_held(id).await? {
                if let Some(lease) = told.iter_mut().find(|lease| lease.id == row.lease) {
                    lease.certificates.push(fingerprint(unit, &row).await?);
                }
            }
            add_targets(unit, &proof, told, &leases, &mut words).await?;
        }
        Ok(words)
    }
}

fn lease_word(record: &CampaignRecord, row: &LeaseRow, now: Timestamp) -> Option<LeaseWord> {
    let way = way(&record.access_facts(row.lease.person, now));
    (way != Way::None).then(|| LeaseWord {
        id: row.lease.id,
        label: row.lease.label.clone(),
        token_hash: row.token_hash,
        certificates: Vec::new(),
        campaign: row.lease.campaign,
        target: row.lease.target.0,
        way,
    })
}

/// Says what a campaign's recordings are written under; nothing where they were destroyed, so that nothing passes.
async fn campaign_word(
    unit: &mut Unit,
    proof: &Permitted<GuardTargets, CampaignRecord>,
) -> Outcome<Option<CampaignWord>> {
    let id = proof.campaign.id;
    let RecordingsKey::Opens(key) = RecordingsKey::of(unit, id).await? else {
        return Ok(None);
    };
    Ok(Some(CampaignWord {
        id,
        opens_at: proof.campaign.window.opens_at,
        closes_at: proof.campaign.window.closes_at,
        recording_key: key.recording_secret().public(),
        content_key: key.recorded_content_key(),
        last_segment: unit.store.last_segment(id).await?,
    }))
}

/// Adds the targets of a campaign, each with the leases that lead to it.
async fn add_targets(
    unit: &mut Unit,
    proof: &Permitted<GuardTargets, CampaignRecord>,
    mut told: Vec<LeaseWord>,
    rows: &[LeaseRow],
    words: &mut Words,
) -> Outcome<()> {
    let holders: HashMap<LeaseId, PersonId> = rows.iter().map(|row| (row.lease.id, row.lease.person)).collect();
    for row in unit.store.targets(proof.campaign.id).await? {
        let settings = open_settings(unit, proof, &row).await?;
        let word = TargetWord {
            id: row.target.id.0,
            fingerprint: open_fingerprint(unit, proof, &row).await?,
            at: Where::Nowhere,
            public_host: settings.public_host.clone(),
            healthy: row.target.stopped_at.is_none(),
            scope: settings.scope.clone(),
        };
        if row.target.engine == TargetEngine::External {
            let at = Where::Elsewhere(settings.upstream()?);
            words.targets.push(TargetWord { at, ..word });
            continue;
        }
        let there = unit.store.instances_of(row.target.id).await?;
        if row.target.sharing == Sharing::Shared {
            let (at, from) = hosted(unit, &there, (InstancePurpose::Shared, None)).await?;
            let fingerprint = fingerprint_from(&word.fingerprint, from);
            words.targets.push(TargetWord {
                at,
                fingerprint,
                ..word
            });
            continue;
        }
        for lease in told.iter_mut().filter(|lease| lease.target == row.target.id.0) {
            let holder = holders.get(&lease.id).copied();
            lease.target = lease.id.0;
            words.targets.push(TargetWord {
                id: lease.id.0,
                at: hosted(unit, &there, (InstancePurpose::Own, holder)).await?.0,
                ..word.clone()
            });
        }
    }
    words.leases.extend(told);
    Ok(())
}

/// Says where the instance that serves somebody answers: one that runs, beside any that goes.
/// And the kept state from which it began.
async fn hosted(
    unit: &mut Unit,
    there: &[InstanceRow],
    serves: (InstancePurpose, Option<PersonId>),
) -> Outcome<(Where, Option<SnapshotId>)> {
    let mut serving = there.iter().filter(|one| (one.purpose, one.person) == serves);
    let found = serving.find(|one| one.state == InstanceState::Running);
    let at = match found {
        Some(instance) => endpoint(unit, instance).await?,
        None => None,
    };
    let from = found.and_then(|instance| instance.from);
    Ok((at.map_or(Where::Nowhere, Where::Hosted), from))
}

/// Gives the next instant at which a leave to test or a role runs out, or a window turns.
fn next_change(record: &CampaignRecord, now: Timestamp) -> Option<Timestamp> {
    let window = record.campaign.window;
    let terms = record.authorisations.iter().filter_map(|one| one.expires_at);
    let parts = record.people.iter().map(|one| &one.participant);
    let parts = parts.flat_map(|part| [Some(part.from), part.until]).flatten();
    let all = terms.chain(parts).chain([window.opens_at, window.closes_at]);
    all.filter(|at| *at > now).min()
}
