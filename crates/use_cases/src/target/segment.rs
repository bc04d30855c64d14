//! What the gateway recorded: each segment that is written no more is known, in its order, and enters the log.

use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, SegmentRow};
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::Permitted;
use authorization::action::GuardTargets;
use serde_json::json;

/// Keeps the record of a segment; told again, it changes nothing.
#[derive(Clone, Debug)]
pub struct KeepSegment(pub SegmentRow);

/// What became of a segment's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptSegment {
    /// It is kept now.
    New,
    /// It was kept before, just the same.
    Known,
    /// Another one is kept under its number, or it does not follow the one before it: the journal says so.
    Contradicts,
}

impl UseCase for KeepSegment {
    type Output = KeptSegment;

    async fn run(&self, unit: &mut Unit) -> Outcome<KeptSegment> {
        let row = &self.0;
        let found = unit.store.campaign(row.campaign, &unit.reader).await?;
        let proof = unit.permit_found::<GuardTargets, _>(found)?;
        if let Some(known) = unit.store.segment(row.campaign, row.sequence).await? {
            if known == *row {
                return Ok(KeptSegment::Known);
            }
            self.journal(unit, &proof, "recording.contradicted").await?;
            return Ok(KeptSegment::Contradicts);
        }
        if !unit.store.insert_segment(row, unit.now).await? {
            return Err(Error::Busy);
        }
        let before = match row.sequence {
            ..=0 => None,
            _ => unit.store.segment(row.campaign, row.sequence - 1).await?,
        };
        let follows = before.map_or(row.sequence <= 0, |one| one.digest == row.previous);
        let kind = match (follows, row.counts) {
            (false, _) => "recording.broken",
            (true, None) => "recording.torn",
            (true, Some(_)) => "recording.segment",
        };
        self.journal(unit, &proof, kind).await?;
        crate::coverage::count_soon(unit, row.campaign, row.sequence).await?;
        Ok(if follows {
            KeptSegment::New
        } else {
            KeptSegment::Contradicts
        })
    }
}

impl KeepSegment {
    async fn journal(
        &self,
        unit: &mut Unit,
        proof: &Permitted<GuardTargets, CampaignRecord>,
        kind: &'static str,
    ) -> Outcome<()> {
        let row = &self.0;
        let body = json!({
            "sequence": row.sequence, "size": row.size, "digest": domain::target::fingerprint_text(&row.digest),
            "first": row.first_at, "last": row.last_at,
        });
        let entry = NewEntry {
            stream_kind: "recording",
            stream_id: row.campaign.0,
            kind,
            log: Log::Sealed,
            holder: KeyHolder::Campaign(row.campaign),
            body,
        };
        unit.record(proof.acting(), entry).await?;
        Ok(())
    }
}
