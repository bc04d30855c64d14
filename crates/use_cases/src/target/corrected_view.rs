//! The page of a campaign's corrected versions, for those who prepare it.

use super::acceptance::{CorrectedAnswer, RefusedVersions, recordable};
use super::corrected::host_facts;
use super::seed::{self, SeedLine};
use super::{TargetSettings, open_fingerprint, open_settings};
use crate::campaign::names;
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, CorrectedVersion, VulnerabilityRecord};
use crate::unit::Unit;
use authorization::Permitted;
use authorization::action::{ManageCampaign, PrepareScope};
use domain::Timestamp;
use domain::corrected::{Acceptance, HostRefusal, RecordRefusal, may_host};
use domain::ids::{CampaignId, ProductId, TargetId};
use domain::role::{Grant, Role};
use domain::target::TargetEngine;

/// A corrected version as those who prepare it see it.
#[derive(Clone, Debug)]
pub struct CorrectedLine {
    /// The target.
    pub id: TargetId,
    /// The product that runs on it.
    pub product: ProductId,
    /// Where it is and what may be asked of it.
    pub settings: TargetSettings,
    /// Its version, as its recipe says it.
    pub version: String,
    /// What tells it from any other.
    pub fingerprint: String,
    /// Who declared it, and certified that it holds no personal data.
    pub declared_by: String,
    /// When.
    pub declared_at: Timestamp,
    /// Who makes the product.
    pub vendor: String,
    /// What its vendor says.
    pub answer: CorrectedAnswer,
    /// Why its vendor's agreement is not written down by others, where an answer is awaited.
    pub unrecorded: Option<RecordRefusal>,
    /// Whether the reader may write down on what the agreement of its vendor rests.
    pub may_record: bool,
    /// When it was taken away, where it was.
    pub ended_at: Option<Timestamp>,
    /// How many copies of it are there: those of replays under way, and those that are being destroyed.
    pub copies: usize,
}

/// A corrected version among what the page of a campaign's targets leads to.
#[derive(Clone, Debug)]
pub struct CorrectedSummary {
    /// The target.
    pub id: TargetId,
    /// The product that runs on it.
    pub product: ProductId,
    /// What it is called.
    pub name: String,
    /// Its version, as its recipe says it.
    pub version: String,
    /// What its vendor says.
    pub state: Acceptance,
    /// When it was declared.
    pub declared_at: Timestamp,
    /// When it was taken away, where it was.
    pub ended_at: Option<Timestamp>,
}

/// What the page of a campaign's corrected versions shows.
#[derive(Clone, Debug)]
pub struct CorrectedPage {
    /// The campaign.
    pub record: CampaignRecord,
    /// Its corrected versions, newest first.
    pub lines: Vec<CorrectedLine>,
    /// Why none can be declared now, where none can.
    pub refusal: Option<HostRefusal>,
    /// A target that is hosted for hunters: what a corrected version of it begins with.
    pub tested: Option<(ProductId, TargetSettings)>,
    /// The archives that volumes may begin with.
    pub seeds: Vec<SeedLine>,
}

/// Shows a campaign's corrected versions to those who prepare it.
pub struct ViewCorrected(pub CampaignId);

impl UseCase for ViewCorrected {
    type Output = CorrectedPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<CorrectedPage> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let proof = unit.permit_found::<PrepareScope, _>(found)?;
        let mut tested = None;
        for row in unit.store.targets(self.0).await? {
            if tested.is_none() && row.target.engine == TargetEngine::Container {
                tested = Some((row.target.product, open_settings(unit, &proof, &row).await?));
            }
        }
        Ok(CorrectedPage {
            lines: lines(unit, &proof).await?,
            refusal: refusal(unit, &proof),
            tested,
            seeds: seed::lines(unit, &proof).await?,
            record: proof.into_value(),
        })
    }
}

/// Says why no corrected version can be declared now.
pub(super) fn refusal(unit: &Unit, record: &CampaignRecord) -> Option<HostRefusal> {
    may_host(&host_facts(record, TargetEngine::Container, unit.now)).err()
}

/// Gives a campaign that found a flaw and in which the reader may have a corrected version hosted, once one is announced.
pub(crate) async fn host_of(unit: &mut Unit, flaw: &VulnerabilityRecord) -> Outcome<Option<CampaignId>> {
    let prepares = |grant: &Grant| matches!(grant.role, Role::Organiser | Role::Pilot);
    if !flaw.vulnerability.state.awaits_retest()
        || !unit.app.settings.hosting
        || !unit.actor.grants().iter().any(prepares)
    {
        return Ok(None);
    }
    for found in &flaw.campaigns {
        let Some(campaign) = unit.store.campaign(found.id, &unit.reader).await? else {
            continue;
        };
        let record = campaign.peek();
        if refusal(unit, record).is_none() && unit.may::<PrepareScope, _>(record) {
            return Ok(Some(found.id));
        }
    }
    Ok(None)
}

/// Gives a campaign's corrected versions by name, for the page that leads to theirs.
pub(super) async fn summaries(
    unit: &mut Unit,
    proof: &Permitted<PrepareScope, CampaignRecord>,
) -> Outcome<Vec<CorrectedSummary>> {
    let mut all = Vec::new();
    for one in unit.store.corrected_versions(proof.campaign.id).await? {
        let (row, of) = (&one.target, one.target.target);
        let settings = open_settings(unit, proof, row).await?;
        all.push(CorrectedSummary {
            id: of.id,
            product: of.product,
            version: settings.hosted()?.version,
            name: settings.name,
            state: one.acceptance.state,
            declared_at: row.created_at,
            ended_at: of.ended_at,
        });
    }
    Ok(all)
}

/// Gives a campaign's corrected versions for those who prepare it.
async fn lines(unit: &mut Unit, proof: &Permitted<PrepareScope, CampaignRecord>) -> Outcome<Vec<CorrectedLine>> {
    let all = unit.store.corrected_versions(proof.campaign.id).await?;
    let vendors: Vec<_> = all.iter().map(|one| one.acceptance.vendor).collect();
    let names = names(unit, &vendors).await?;
    let refused = RefusedVersions::of(unit, &all).await?;
    let mut lines = Vec::new();
    for one in all {
        let vendor = names.get(&one.acceptance.vendor).cloned().unwrap_or_default();
        lines.push(line(unit, proof, one, (vendor, &refused)).await?);
    }
    Ok(lines)
}

async fn line(
    unit: &mut Unit,
    proof: &Permitted<PrepareScope, CampaignRecord>,
    one: CorrectedVersion,
    (vendor, refused): (String, &RefusedVersions),
) -> Outcome<CorrectedLine> {
    let (row, of) = (&one.target, one.target.target);
    let settings = open_settings(unit, proof, row).await?;
    let waits = one.acceptance.state == Acceptance::Asked && of.ended_at.is_none();
    let fingerprint = open_fingerprint(unit, proof, row).await?;
    let recorded = match waits {
        true => Some(recordable(unit, &one, &fingerprint, refused).await?),
        false => None,
    };
    Ok(CorrectedLine {
        id: of.id,
        product: of.product,
        version: settings.hosted()?.version,
        settings,
        fingerprint,
        declared_by: unit.name_of(row.certified_by).await?,
        declared_at: row.created_at,
        vendor,
        unrecorded: recorded.and_then(Result::err),
        may_record: recorded == Some(Ok(())) && unit.may::<ManageCampaign, _>(&**proof),
        answer: CorrectedAnswer::opened(unit, proof, &one.acceptance).await?,
        ended_at: of.ended_at,
        copies: unit.store.instances_of(of.id).await?.len(),
    })
}
