//! Seeds that go: taken away, or with the recordings of their campaign.

use super::{about_place, opened, read_about, users};
use crate::campaign::{entry, taken};
use crate::error::{Error, Outcome};
use crate::files::discard;
use crate::perform::{Context, UseCase, perform};
use crate::unit::Unit;
use authorization::Acting;
use authorization::action::PrepareScope;
use domain::ids::{BlobId, CampaignId, SeedId};
use serde_json::json;

/// Takes a seed away that no target names, or of a campaign that is over; gives its file ([`remove_seed`]).
#[derive(Clone, Copy, Debug)]
pub struct RemoveSeed {
    /// The campaign.
    pub campaign: CampaignId,
    /// The seed.
    pub seed: SeedId,
}

impl UseCase for RemoveSeed {
    type Output = BlobId;

    async fn run(&self, unit: &mut Unit) -> Outcome<BlobId> {
        let proof = taken::<PrepareScope>(unit, self.campaign).await?;
        let all = opened(unit, &proof).await?;
        let found = all.into_iter().find(|(row, _)| row.id == self.seed);
        let (row, about) = found.ok_or(Error::NotFound)?;
        if users(unit, &proof).await?.contains_key(&about.digest) {
            return Err(Error::Conflict("target-seed-error-used"));
        }
        unit.store.remove_seed(self.campaign, row.id, unit.now).await?;
        let body = json!({"seed": row.id, "digest": about.digest});
        let acting = proof.acting().clone();
        unit.record(&acting, entry(self.campaign, "campaign.seed_removed", body))
            .await?;
        Ok(row.blob)
    }
}

/// Takes a seed away, and its file with it.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not prepare the campaign; [`Error::Conflict`] where a target names it.
pub async fn remove_seed(context: &Context, remove: RemoveSeed) -> Outcome<()> {
    let blob = perform(context, remove).await?;
    discard(&context.app, blob).await;
    Ok(())
}

/// Ends every seed of a campaign of which nothing is kept any more; gives the files that are to go with them.
pub(crate) async fn end_all(unit: &mut Unit, acting: &Acting, campaign: CampaignId) -> Outcome<Vec<BlobId>> {
    let mut files = Vec::new();
    for row in unit.store.seeds(campaign).await? {
        // One that does not open any more goes as well: the recordings do not wait for it.
        let about = unit.open_unnoted(about_place(row.id), &row.about).await;
        let digest = about
            .and_then(|plain| read_about(&plain))
            .ok()
            .map(|about| about.digest);
        unit.store.remove_seed(campaign, row.id, unit.now).await?;
        let body = json!({"seed": row.id, "digest": digest});
        unit.record(acting, entry(campaign, "campaign.seed_removed", body))
            .await?;
        files.push(row.blob);
    }
    Ok(files)
}
