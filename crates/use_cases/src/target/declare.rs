//! Declaring a target, stopping it, taking it out: what is tested changes, so the texts that were signed end.

use crate::campaign::{change_scope, entry, refuse_over, taken};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::{ManageCampaign, PrepareScope, SuspendCampaign};
use domain::ids::{CampaignId, ProductId, SeedId, TargetId};
use domain::target::{Sharing, TargetEngine, TargetPurpose};
use serde_json::json;

/// Declares a test environment that the gateway leads to.
#[derive(Clone, Debug)]
pub struct DeclareTarget {
    /// The campaign.
    pub campaign: CampaignId,
    /// The product that runs on it.
    pub product: Option<ProductId>,
    /// What it runs on.
    pub engine: TargetEngine,
    /// Who works on one instance, where it is hosted here.
    pub sharing: Sharing,
    /// The recipe of a target that is hosted here, in TOML.
    pub recipe: String,
    /// What it is called.
    pub name: String,
    /// Its address, where it is not hosted here.
    pub url: String,
    /// The host name under which the application knows itself; the address's own where it is empty.
    pub public_host: String,
    /// The methods that may be asked, separated by blanks; all where it is empty.
    pub methods: String,
    /// The beginnings of paths that may be asked, one a line; all where it is empty.
    pub paths: String,
    /// The beginnings of paths that may not be asked, one a line.
    pub excluded: String,
    /// Whether whoever declares it certifies that it holds no personal data.
    pub certified: bool,
    /// The seeds of which it was shown to them that they look like personal data.
    pub warned: Vec<SeedId>,
}

impl UseCase for DeclareTarget {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        let (product, settings) = self.checked(unit, &proof).await?;
        if unit.store.targets(self.campaign).await?.len() >= unit.app.settings.limits.targets {
            return Err(Error::Conflict("target-error-targets"));
        }
        let print = self.fingerprint(&proof, product, &settings)?;
        let row = self
            .row(unit, (product, TargetPurpose::Hunt), (&settings, &print))
            .await?;
        unit.store.insert_target(&row).await?;
        let warned: Vec<SeedId> = settings.warned.iter().map(|warning| warning.seed).collect();
        let engine = row.target.engine.code();
        let body =
            json!({"target": row.target.id, "product": product, "engine": engine, "certified": true, "warned": warned});
        change_scope(unit, &proof, "campaign.target_declared", body).await
    }
}

/// Takes a target out of a campaign, with every lease to it.
#[derive(Clone, Debug)]
pub struct RemoveTarget {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
}

impl UseCase for RemoveTarget {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        // A corrected version is taken away without ending what was signed.
        let there = unit.store.targets(self.campaign).await?;
        if !there.iter().any(|row| row.target.id == self.target) {
            return Err(Error::NotFound);
        }
        unit.store.end_target(self.campaign, self.target, unit.now).await?;
        let acting = proof.acting().clone();
        super::let_go(unit, &acting, self.target).await?;
        change_scope(unit, &proof, "campaign.target_removed", json!({"target": self.target})).await
    }
}

/// Stops everything that goes to a target, or lets it be reached again.
#[derive(Clone, Debug)]
pub struct StopTarget {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
    /// Whether it is stopped from now on.
    pub stopped: bool,
    /// Why.
    pub reason: String,
}

impl UseCase for StopTarget {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        // Whoever may stop it need not be who may let it go on.
        let acting = match self.stopped {
            true => taken::<SuspendCampaign>(unit, self.campaign).await?.acting().clone(),
            false => taken::<ManageCampaign>(unit, self.campaign).await?.acting().clone(),
        };
        let mut fields = Fields::new();
        let reason = fields.required("reason", &self.reason, unit.app.settings.limits.reason);
        fields.done()?;
        let rows = unit.store.targets(self.campaign).await?;
        let row = rows
            .iter()
            .find(|row| row.target.id == self.target)
            .ok_or(Error::NotFound)?;
        if row.target.stopped_at.is_some() == self.stopped {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let since = self.stopped.then_some(unit.now);
        unit.store.stop_target(self.campaign, self.target, since).await?;
        let kind = match self.stopped {
            true => "campaign.target_stopped",
            false => "campaign.target_resumed",
        };
        let body = json!({"target": self.target, "reason": reason});
        unit.record(&acting, entry(self.campaign, kind, body)).await?;
        Ok(())
    }
}
