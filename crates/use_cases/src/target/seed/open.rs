//! Seeds as an engine gets them: those of the campaign of the target whose recipe names them.

use super::super::open_settings_unnoted;
use super::{about_place, read_about};
use crate::error::{Error, Outcome};
use crate::files::OpenedFile;
use crate::perform::{Context, UseCase, read};
use crate::ports::BlobRow;
use crate::unit::Unit;
use crate::vault;
use authorization::action::GuardTargets;
use domain::ids::TargetId;
use domain::recipe::Digest;
use sealing::DataKey;
use std::sync::Arc;

/// Finds the file of a seed for the engine: one of the campaign of the target that names it.
struct FindSeed {
    target: TargetId,
    digest: Digest,
}

impl UseCase for FindSeed {
    type Output = Option<(BlobRow, Arc<DataKey>)>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let target = unit.store.target(self.target).await?.ok_or(Error::NotFound)?;
        let campaign = unit.store.campaign(target.target.campaign, &unit.reader).await?;
        unit.permit_found::<GuardTargets, _>(campaign)?;
        // A target gets what its own recipe names, and nothing else of its campaign.
        let settings = open_settings_unnoted(unit, &target).await?;
        if !settings.hosted()?.seeds().any(|named| *named == self.digest) {
            return Ok(None);
        }
        for row in unit.store.seeds(target.target.campaign).await? {
            let plain = unit.open_unnoted(about_place(row.id), &row.about).await?;
            if read_about(&plain)?.digest != self.digest.as_str() {
                continue;
            }
            let blob = unit.store.blob(row.blob).await?.ok_or(Error::NotFound)?;
            let key = unit.store.holder_key(&blob.holder_kind, blob.holder_id).await?;
            let key = vault::unwrap(&unit.app, key.ok_or(Error::NotFound)?)?;
            return Ok(Some((blob, key)));
        }
        Ok(None)
    }
}

/// Opens a seed that a target's recipe names, for whoever drives the engine; none where it is not there.
///
/// # Errors
/// [`Error::NotFound`] where there is no such target, or its key is gone; [`Error::Internal`] where the store fails.
pub async fn open_seed(context: &Context, target: TargetId, digest: &Digest) -> Outcome<Option<OpenedFile>> {
    let digest = digest.clone();
    match read(context, FindSeed { target, digest }).await? {
        Some((blob, key)) => OpenedFile::begin(&context.app, &blob, &key).await.map(Some),
        None => Ok(None),
    }
}
