//! Counting: each segment is read outside any transaction, then what it touched is kept in one, once.

use super::{BEFORE_FIRST, counted_at, is_destroyed, read_counted, under_way_at};
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::exchange::RecordingsKey;
use crate::journal::{Log, NewEntry};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{
    CoverageAsked, CoverageRow, CoverageSoFar, JobRow, RecordingOf, RecordingTrouble, TargetCoverageRow,
};
use crate::unit::{Unit, paris_day};
use crate::vault::KeyHolder;
use authorization::SystemKind;
use authorization::action::GuardTargets;
use domain::coverage::Coverage;
use domain::ids::{CampaignId, LeaseId, PersonId, TargetId};
use serde_json::json;
use std::collections::BTreeMap;

/// How often reading a segment is tried before the count goes on without it, and says so.
const TRIES: i64 = 6;

/// Has a campaign's recordings counted up to a segment that just became known.
pub(crate) async fn count_soon(unit: &mut Unit, campaign: CampaignId, sequence: i64) -> Outcome<()> {
    let name = format!("coverage.count/{campaign}/{sequence}");
    let now = unit.now;
    unit.enqueue("coverage.count", name, Some(campaign.0), None, now).await
}

/// Counts the segments of a campaign that are not counted yet, one after the other.
pub(crate) async fn count(app: &App, job: &JobRow) -> Outcome<()> {
    let missing = || Error::Internal("a job without its campaign".to_owned());
    let campaign = CampaignId(job.subject.ok_or_else(missing)?);
    let context = Context::system(app, SystemKind::Gateway);
    while let Some(next) = read(&context, NextSegment(campaign)).await? {
        let keep = counted(app, next, job.attempt >= TRIES).await?;
        perform(&context, keep).await?;
    }
    Ok(())
}

/// Reads one segment, outside any transaction; where it is given up, the count goes on without it.
async fn counted(app: &App, next: Next, give_up: bool) -> Outcome<KeepCoverage> {
    let (campaign, before) = (next.row.campaign, next.row.sequence);
    let sequence = next.of.segments.first().map_or(before, |segment| segment.sequence);
    let under_way = next.so_far.under_way.clone();
    let requests = |counts: &Coverage| counts.total.requests;
    let known: BTreeMap<TargetId, u64> = next
        .so_far
        .targets
        .iter()
        .map(|(id, one)| (*id, requests(one)))
        .collect();
    let (counted, failed) = match app.recordings.cover(next.of, next.so_far, next.asked).await {
        Ok(mut counted) => {
            counted.targets.retain(|id, one| known.get(id) != Some(&requests(one)));
            (counted, 0)
        }
        Err(RecordingTrouble::Failed(why)) if give_up => {
            tracing::error!(%campaign, sequence, why, "a segment is given up: coverage lacks it");
            let targets = BTreeMap::new();
            (CoverageSoFar { under_way, targets }, 1)
        }
        Err(trouble) => return Err(trouble.into()),
    };
    Ok(KeepCoverage {
        campaign,
        before,
        sequence,
        unread_before: next.row.unread,
        // Segments become known in their order: one between two known ones is lost.
        unread: sequence - before - 1 + failed,
        counted,
    })
}

/// What is counted next: a segment, what was counted before it, and how.
struct Next {
    of: RecordingOf,
    so_far: CoverageSoFar,
    asked: CoverageAsked,
    row: CoverageRow,
}

/// Gives the next segment of a campaign to count; nothing where there is none, or nothing reads any more.
struct NextSegment(CampaignId);

impl UseCase for NextSegment {
    type Output = Option<Next>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Option<Next>> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        unit.permit_found::<GuardTargets, _>(found)?;
        if is_destroyed(unit, self.0).await? {
            return Ok(None);
        }
        let row = unit.store.coverage(self.0).await?.unwrap_or(CoverageRow {
            campaign: self.0,
            sequence: BEFORE_FIRST,
            unread: 0,
            under_way: Vec::new(),
            counted_at: unit.now,
        });
        let Some(segment) = unit.store.segment_after(self.0, row.sequence).await? else {
            return Ok(None);
        };
        // Once recordings were destroyed, what was counted until then stays with the campaign's results.
        let RecordingsKey::Opens(key) = RecordingsKey::of(unit, self.0).await? else {
            return Ok(None);
        };
        Ok(Some(Next {
            of: RecordingOf {
                campaign: self.0,
                secret: key.recording_secret(),
                segments: vec![segment],
            },
            so_far: so_far(unit, &row).await?,
            asked: CoverageAsked {
                ways: ways(unit, self.0).await?,
                most: unit.app.settings.limits.coverage_endpoints,
                day: paris_day,
            },
            row,
        }))
    }
}

/// Opens what was counted before.
async fn so_far(unit: &mut Unit, row: &CoverageRow) -> Outcome<CoverageSoFar> {
    let mut so_far = CoverageSoFar::default();
    if !row.under_way.is_empty() {
        let plain = unit.open_unnoted(under_way_at(row.campaign), &row.under_way).await?;
        so_far.under_way = plain.to_vec();
    }
    for one in unit.store.target_coverages(row.campaign).await? {
        let plain = unit.open_unnoted(counted_at(one.target), &one.counted).await?;
        so_far.targets.insert(one.target, read_counted(&plain)?);
    }
    Ok(so_far)
}

/// Says where each lease leads and what stands for whoever holds it.
async fn ways(unit: &mut Unit, campaign: CampaignId) -> Outcome<BTreeMap<LeaseId, (TargetId, u64)>> {
    let leases = unit.store.leases_ever(campaign).await?;
    let ways = leases.into_iter().map(|row| {
        let lease = row.lease;
        let hunter = stands_for(&unit.app, lease.target, lease.person);
        (lease.id, (lease.target, hunter))
    });
    Ok(ways.collect())
}

/// Gives what stands for a person where they are counted: a keyed hash, another one for each target.
fn stands_for(app: &App, target: TargetId, person: PersonId) -> u64 {
    let named = [*target.0.as_bytes(), *person.0.as_bytes()].concat();
    let hash = sealing::keyed_hash(&app.keys, "coverage.hunter", &named);
    hash.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// Keeps what a segment touched, unless it was kept meanwhile.
struct KeepCoverage {
    campaign: CampaignId,
    /// The last segment that was counted when this one was read.
    before: i64,
    sequence: i64,
    unread_before: i64,
    /// How many segments could not be read since.
    unread: i64,
    /// What is under way, and the targets whose counts changed.
    counted: CoverageSoFar,
}

impl UseCase for KeepCoverage {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.campaign(self.campaign, &unit.reader).await?;
        let proof = unit.permit_found::<GuardTargets, _>(found)?;
        let holder = KeyHolder::Campaign(self.campaign);
        let counted = &self.counted;
        let row = CoverageRow {
            campaign: self.campaign,
            sequence: self.sequence,
            unread: self.unread_before + self.unread,
            under_way: unit
                .seal(holder, under_way_at(self.campaign), &counted.under_way)
                .await?,
            counted_at: unit.now,
        };
        if !unit.store.advance_coverage(&row, self.before).await? {
            return Ok(());
        }
        for (target, coverage) in &counted.targets {
            let plain = serde_json::to_vec(coverage).map_err(|error| Error::Internal(error.to_string()))?;
            let row = TargetCoverageRow {
                target: *target,
                campaign: self.campaign,
                counted: unit.seal(holder, counted_at(*target), &plain).await?,
            };
            unit.store.keep_target_coverage(&row).await?;
        }
        let kind = match self.unread {
            0 => "recording.counted",
            _ => "recording.uncounted",
        };
        let targets: Vec<_> = counted.targets.keys().collect();
        let body = json!({"sequence": self.sequence, "targets": targets, "unread": self.unread});
        let entry = NewEntry {
            stream_kind: "recording",
            stream_id: self.campaign.0,
            kind,
            log: Log::Sealed,
            holder,
            body,
        };
        unit.record(proof.acting(), entry).await?;
        Ok(())
    }
}
