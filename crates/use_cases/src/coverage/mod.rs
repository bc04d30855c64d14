//! Coverage: what the hunters touched of a campaign's targets, counted from recordings and shown without contents.

mod count;
mod view;

pub use view::{CoveragePage, CoveredTarget, ViewCoverage};

pub(crate) use count::{count, count_soon};

use crate::error::{Error, Outcome};
use crate::vault::KeyHolder;
use domain::coverage::Coverage;
use domain::ids::{CampaignId, TargetId};
use sealing::Place;

/// What stands for the last segment counted where none is yet: recorders number them from zero.
const BEFORE_FIRST: i64 = -1;

/// Names the place of what was counted of a target.
const fn counted_at(target: TargetId) -> Place<'static> {
    crate::unit::place("target_coverage", "counted_sealed", target.0)
}

/// Names the place of what was under way.
const fn under_way_at(campaign: CampaignId) -> Place<'static> {
    crate::unit::place("coverage", "under_way_sealed", campaign.0)
}

fn read_counted(plain: &[u8]) -> Outcome<Coverage> {
    serde_json::from_slice(plain).map_err(|error| Error::Internal(format!("a target's coverage: {error}")))
}

/// Says whether the campaign's key was destroyed, so that nothing sealed under it reads any more.
async fn is_destroyed(unit: &mut crate::unit::Unit, campaign: CampaignId) -> Outcome<bool> {
    let (kind, id) = KeyHolder::Campaign(campaign).parts();
    let key = unit.store.holder_key(kind, id).await?;
    Ok(key.is_some_and(|key| key.wrapped.is_none()))
}
