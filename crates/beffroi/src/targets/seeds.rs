//! The archives that fill volumes, as the engine asks for them: opened part by part, for the target that names them.

use async_trait::async_trait;
use authorization::SystemKind;
use bytes::Bytes;
use domain::ids::TargetId;
use domain::recipe::Digest;
use futures_util::StreamExt;
use futures_util::stream;
use hosting::{SeedStream, Seeds};
use use_cases::target::open_seed;
use use_cases::{App, Context};

/// No archives: for whoever looks at an engine and starts nothing.
pub(super) struct NoSeeds;

#[async_trait]
impl Seeds for NoSeeds {
    async fn open(&self, _: TargetId, _: &Digest) -> Result<Option<SeedStream>, std::io::Error> {
        Ok(None)
    }
}

/// The archives that were sent to campaigns.
pub(super) struct KeptSeeds(pub(super) App);

#[async_trait]
impl Seeds for KeptSeeds {
    async fn open(&self, target: TargetId, digest: &Digest) -> Result<Option<SeedStream>, std::io::Error> {
        let context = Context::system(&self.0, SystemKind::Gateway);
        let opened = open_seed(&context, target, digest)
            .await
            .map_err(std::io::Error::other)?;
        let Some(opened) = opened else { return Ok(None) };
        let parts = stream::try_unfold(opened, async |mut file| {
            let part = file.next().await.map_err(std::io::Error::other)?;
            Ok(part.map(|part| (Bytes::from(part.to_vec()), file)))
        });
        Ok(Some(parts.boxed()))
    }
}
