//! How recordings stand: noted as the gateway says, read by those who prepare the targets and those who test.

use crate::campaign::entry;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::GuardTargets;
use domain::Timestamp;
use domain::ids::CampaignId;
use domain::refusal::{LATELY, RecorderState, Refused, Standing, gathered};
use serde::Deserialize;
use serde_json::json;

/// How the recordings of a campaign stand, for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorder {
    /// How they stand.
    pub standing: Standing,
    /// Since when the recorder does what it did last.
    pub since: Option<Timestamp>,
    /// When the gateway said so last.
    pub told_at: Option<Timestamp>,
}

/// Notes how the recorder of a campaign is. That it closed, and that it opened again, is journaled.
#[derive(Clone, Copy, Debug)]
pub struct NoteRecorder {
    /// The campaign.
    pub campaign: CampaignId,
    /// What its recorder does.
    pub state: RecorderState,
}

impl UseCase for NoteRecorder {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.campaign(self.campaign, &unit.reader).await?;
        let proof = unit.permit_found::<GuardTargets, _>(found)?;
        let before = unit.store.recorder(self.campaign).await?.map(|row| row.state);
        let was_closed = before.filter(|state| state.is_closed());
        // One that tries to start again is as closed as before, until it records.
        let state = match (was_closed, self.state) {
            (Some(closed), RecorderState::Starting) => closed,
            (_, state) => state,
        };
        unit.store.note_recorder(self.campaign, state, unit.now).await?;
        let kind = match state {
            RecorderState::Open if was_closed.is_some() => "campaign.recorder_opened",
            RecorderState::Full | RecorderState::Failed if before != Some(state) => "campaign.recorder_closed",
            _ => return Ok(()),
        };
        let body = json!({"state": state.code()});
        unit.record(proof.acting(), entry(self.campaign, kind, body)).await?;
        Ok(())
    }
}

/// Says how the recordings of a campaign stand; whoever calls holds a proof on it.
pub(crate) async fn recorder(unit: &mut Unit, campaign: CampaignId) -> Outcome<Recorder> {
    let row = unit.store.recorder(campaign).await?;
    let mut standing = Standing::of(row.map(|row| (row.state, row.told_at)), unit.now);
    if standing == Standing::Silent {
        standing = standing.where_leased(unit.store.is_leased(campaign).await?);
    }
    Ok(Recorder {
        standing,
        since: row.map(|row| row.since),
        told_at: row.map(|row| row.told_at),
    })
}

/// How many refusals are read for a page; of more, the last.
const READ: i64 = 5_000;

/// What an entry of a refusal says that is told on; the access is left unread.
#[derive(Deserialize)]
struct Said {
    reason: String,
    count: u64,
    first: Timestamp,
    last: Timestamp,
}

/// Gives what the gateway refused lately in a campaign, by reason, and whether more was refused than is read; whoever
/// calls holds a proof on it.
pub(crate) async fn refused(unit: &mut Unit, campaign: CampaignId) -> Outcome<(Vec<Refused>, bool)> {
    let mut all = Vec::new();
    let found = unit.refusals_of(campaign.0, unit.now.plus(-LATELY), READ + 1).await?;
    let most = usize::try_from(READ).unwrap_or(usize::MAX);
    let more = found.len() > most;
    for (_, body) in found.into_iter().take(most) {
        // What cannot be opened any more is told by nobody.
        if body.is_null() {
            continue;
        }
        let said: Said =
            serde_json::from_value(body).map_err(|error| Error::Internal(format!("a refusal: {error}")))?;
        all.push(Refused {
            reason: said.reason,
            count: said.count,
            first: said.first,
            last: said.last,
        });
    }
    Ok((gathered(all, unit.now), more))
}
