//! What a hunter sees of the target, behind one gate: `domain::access::may_reach_target`.

use super::scope::{AssetLine, open_assets, open_target};
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::CampaignRecord;
use crate::target::{ReachableTarget, Recorder, reachable};
use crate::unit::{Unit, place};
use authorization::action::ReadCampaignTarget;
use authorization::{Acting, Permitted};
use domain::access::{Denied, may_reach_target};
use domain::ids::{CampaignId, ProductId};
use domain::role::Role;

/// An account that was handed to the reader.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    /// The product it opens.
    pub product: ProductId,
    /// What it is called.
    pub label: String,
    /// The credentials.
    pub secret: String,
}

/// What the target's page shows: all of it, or why nothing.
#[derive(Clone, Debug)]
pub struct TargetPage {
    /// Why nothing is shown, where the gate is closed.
    pub denied: Option<Denied>,
    /// Where the target is.
    pub url: String,
    /// What may and may not be tested.
    pub assets: Vec<AssetLine>,
    /// The accounts that were handed to the reader.
    pub accounts: Vec<OwnAccount>,
    /// The products that still have a free account for the reader.
    pub free: Vec<ProductId>,
    /// The targets that the gateway leads to.
    pub targets: Vec<ReachableTarget>,
    /// How recordings stand: while they are closed, nothing passes to these targets.
    pub recorder: Option<Recorder>,
    /// Whether the reader may take a way to them: they hunt here.
    pub hunts: bool,
}

impl TargetPage {
    fn closed(denied: Denied) -> Self {
        Self {
            denied: Some(denied),
            url: String::new(),
            assets: Vec::new(),
            accounts: Vec::new(),
            free: Vec::new(),
            targets: Vec::new(),
            recorder: None,
            hunts: false,
        }
    }
}

/// Says whether the reader may be shown the target now; only hunters pass by the clock.
fn gate(proof: &Permitted<ReadCampaignTarget, CampaignRecord>, now: domain::Timestamp) -> Result<(), Denied> {
    match proof.acting() {
        Acting::Grant(grant) if grant.role == Role::Hunter => may_reach_target(&proof.access_facts(grant.person, now)),
        _ => Ok(()),
    }
}

/// Shows a campaign's scope, target and own accounts to whoever may reach them now.
pub struct ViewTarget(pub CampaignId);

impl UseCase for ViewTarget {
    type Output = TargetPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<TargetPage> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let proof = unit.permit_found::<ReadCampaignTarget, _>(found)?;
        if let Err(denied) = gate(&proof, unit.now) {
            return Ok(TargetPage::closed(denied));
        }
        show(unit, &proof).await
    }
}

/// Opens what the target's page shows.
pub(crate) async fn show(
    unit: &mut Unit,
    proof: &Permitted<ReadCampaignTarget, CampaignRecord>,
) -> Outcome<TargetPage> {
    let person = unit.person()?;
    let hunts = proof.acting().role() == Some(Role::Hunter);
    let assets = open_assets(unit, proof).await?;
    let url = open_target(unit, proof).await?;
    let mut accounts = Vec::new();
    let mut free = Vec::new();
    for row in unit.store.test_accounts(proof.campaign.id).await? {
        if row.handed_to == Some(person) {
            let secret = unit
                .open_text(proof, place("test_account", "secret_sealed", row.id.0), &row.secret)
                .await?;
            let label_at = place("test_account", "label_sealed", row.id.0);
            let label = unit.open_text(proof, label_at, &row.label).await?;
            accounts.push(OwnAccount {
                product: row.product,
                label,
                secret,
            });
        } else if row.handed_to.is_none() && hunts && !free.contains(&row.product) {
            free.push(row.product);
        }
    }
    free.retain(|product| !accounts.iter().any(|a| a.product == *product));
    let targets = reachable(unit, proof).await?;
    let recorder = match targets.is_empty() {
        true => None,
        false => Some(crate::target::recorder(unit, proof.campaign.id).await?),
    };
    Ok(TargetPage {
        denied: None,
        url,
        assets,
        accounts,
        free,
        targets,
        recorder,
        hunts,
    })
}

/// Says what a hunter sees of a target: it, or why not.
pub(crate) async fn for_page(unit: &mut Unit, record: &CampaignRecord) -> Outcome<Option<TargetPage>> {
    let Some(found) = unit.store.campaign(record.campaign.id, &unit.reader).await? else {
        return Ok(None);
    };
    match unit.permit::<ReadCampaignTarget, _>(found) {
        Err(_) => Ok(None),
        Ok(proof) => match gate(&proof, unit.now) {
            Err(denied) => Ok(Some(TargetPage::closed(denied))),
            Ok(()) => show(unit, &proof).await.map(Some),
        },
    }
}
