//! The page of a campaign's coverage: what was touched, when, by how many; never by whom.

use super::{BEFORE_FIRST, counted_at, is_destroyed, read_counted};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::CampaignRecord;
use crate::target::{TargetSettings, open_settings};
use crate::unit::Unit;
use authorization::Permitted;
use authorization::action::{PrepareScope, ReadCoverage};
use domain::Timestamp;
use domain::coverage::{Coverage, Shown, shown};
use domain::ids::{CampaignId, ProductId, TargetId};
use std::collections::BTreeMap;

/// A target with what may be shown of its coverage.
#[derive(Clone, Debug)]
pub struct CoveredTarget {
    /// The target.
    pub id: TargetId,
    /// The product that runs on it.
    pub product: ProductId,
    /// What it is called.
    pub name: String,
    /// The beginnings of paths that may be asked of it; none means all.
    pub paths: Vec<String>,
    /// When it was taken out of the campaign.
    pub ended_at: Option<Timestamp>,
    /// What was touched.
    pub shown: Shown,
}

/// What the page of a campaign's coverage shows.
#[derive(Clone, Debug)]
pub struct CoveragePage {
    /// The campaign.
    pub record: CampaignRecord,
    /// Its targets, oldest first, and those that were taken out after they had been touched.
    pub targets: Vec<CoveredTarget>,
    /// Whether the key of the campaign was destroyed: nothing of it reads any more.
    pub destroyed: bool,
    /// When recordings were counted last.
    pub counted_at: Option<Timestamp>,
    /// How many segments are known and not counted yet.
    pub waiting: i64,
    /// How many segments could not be read, so that the figures lack them.
    pub unread: i64,
    /// Whether the reader prepares the targets.
    pub may_prepare: bool,
}

/// Shows a campaign's coverage to those who run it, prepare it or verify its reports.
pub struct ViewCoverage(pub CampaignId);

impl UseCase for ViewCoverage {
    type Output = CoveragePage;

    async fn run(&self, unit: &mut Unit) -> Outcome<CoveragePage> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let proof = unit.permit_found::<ReadCoverage, _>(found)?;
        let destroyed = is_destroyed(unit, self.0).await?;
        let targets = match destroyed {
            true => Vec::new(),
            false => targets(unit, &proof).await?,
        };
        let row = unit.store.coverage(self.0).await?;
        let counted = row.as_ref().map_or(BEFORE_FIRST, |row| row.sequence);
        let last = unit.store.last_segment(self.0).await?;
        Ok(CoveragePage {
            targets,
            destroyed,
            counted_at: row.as_ref().map(|row| row.counted_at),
            waiting: last
                .map_or(BEFORE_FIRST, |last| last.sequence)
                .saturating_sub(counted)
                .max(0),
            unread: row.map_or(0, |row| row.unread),
            may_prepare: unit.may::<PrepareScope, _>(&*proof),
            record: proof.into_value(),
        })
    }
}

async fn targets(unit: &mut Unit, proof: &Permitted<ReadCoverage, CampaignRecord>) -> Outcome<Vec<CoveredTarget>> {
    let campaign = proof.campaign.id;
    let mut counted: BTreeMap<TargetId, Coverage> = BTreeMap::new();
    for row in unit.store.target_coverages(campaign).await? {
        let plain = unit.open(proof, counted_at(row.target), &row.counted).await?;
        counted.insert(row.target, read_counted(&plain)?);
    }
    let mut rows = unit.store.targets(campaign).await?;
    let gone = counted
        .keys()
        .filter(|id| !rows.iter().any(|row| row.target.id == **id));
    for id in gone.copied().collect::<Vec<_>>() {
        rows.push(unit.store.target(id).await?.ok_or(Error::NotFound)?);
    }
    rows.sort_by_key(|row| (row.created_at, row.target.id));
    let mut targets = Vec::new();
    for row in rows {
        let TargetSettings { name, scope, .. } = open_settings(unit, proof, &row).await?;
        let coverage = counted.remove(&row.target.id).unwrap_or_default();
        targets.push(CoveredTarget {
            id: row.target.id,
            product: row.target.product,
            name,
            shown: shown(&coverage, &scope.paths),
            paths: scope.paths,
            ended_at: row.target.ended_at,
        });
    }
    Ok(targets)
}
