//! Files that are too large to be held: sealed while they come in, opened while they go out.

use super::{Stage, discard, store_name};
use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, perform};
use crate::ports::{BlobRow, FileReader, FileWriter};
use crate::unit::place;
use crate::vault::KeyHolder;
use domain::ids::BlobId;
use sealing::DataKey;
use sealing::chunked::{ChunkOpener, ChunkSealer, SHORTEST};
use std::sync::Arc;
use zeroize::Zeroizing;

/// A file that comes in: sealed as it comes, and named by nothing yet.
pub(crate) struct GrowingFile {
    blob: BlobId,
    sealer: ChunkSealer,
    writer: Box<dyn FileWriter>,
    bytes: i64,
}

impl GrowingFile {
    /// Begins a file of a holder; what nothing names is swept after a day.
    pub(crate) async fn begin(context: &Context, holder: KeyHolder, media_type: &'static str) -> Outcome<Self> {
        let stage = Stage {
            holder,
            media_type,
            // It is known at the end.
            bytes: 0,
        };
        let (blob, key) = perform(context, stage).await?;
        let sealer = key.chunk_sealer(place("blob", "file", blob.0), context.app.chance.nonce());
        Ok(Self {
            blob,
            sealer,
            writer: context.app.files.begin(&store_name(&context.app, blob)).await?,
            bytes: 0,
        })
    }

    /// Gives how many bytes came.
    pub(crate) const fn bytes(&self) -> i64 {
        self.bytes
    }

    /// Takes more of it.
    pub(crate) async fn take(&mut self, plain: &[u8]) -> Outcome<()> {
        let length = i64::try_from(plain.len()).map_err(|error| Error::Internal(error.to_string()))?;
        self.bytes = self.bytes.saturating_add(length);
        let sealed = self.sealer.take(plain);
        if !sealed.is_empty() {
            self.writer.put(sealed).await?;
        }
        Ok(())
    }

    /// Gives it up: nothing stays of it.
    pub(crate) async fn abandon(self, context: &Context) {
        drop(self.writer);
        discard(&context.app, self.blob).await;
    }

    /// Ends it, durably; gives its identifier and its bytes.
    pub(crate) async fn finish(mut self) -> Outcome<(BlobId, i64)> {
        self.writer.put(self.sealer.finish()).await?;
        self.writer.end().await?;
        Ok((self.blob, self.bytes))
    }
}

/// A file that goes out, opened as it goes; only one that was read to its end is whole.
pub struct OpenedFile {
    reader: Box<dyn FileReader>,
    /// None once the end was given.
    opener: Option<ChunkOpener>,
}

impl OpenedFile {
    /// Begins to read a file.
    pub(crate) async fn begin(app: &App, row: &BlobRow, key: &Arc<DataKey>) -> Outcome<Self> {
        let mut reader = app.files.read(&store_name(app, row.id)).await?;
        let mut beginning = Vec::new();
        while beginning.len() < SHORTEST {
            let Some(more) = reader.next().await? else { break };
            beginning.extend(more);
        }
        let opener = key.chunk_opener(place("blob", "file", row.id.0), &beginning)?;
        Ok(Self {
            reader,
            opener: Some(opener),
        })
    }

    /// Gives the next bytes; none at the end.
    ///
    /// # Errors
    /// [`Error::Internal`] where it was tampered with or cut off, or the store fails.
    pub async fn next(&mut self) -> Outcome<Option<Zeroizing<Vec<u8>>>> {
        let Some(opener) = &mut self.opener else {
            return Ok(None);
        };
        while let Some(sealed) = self.reader.next().await? {
            let plain = opener.take(&sealed)?;
            if !plain.is_empty() {
                return Ok(Some(plain));
            }
        }
        let last = self.opener.take().map(ChunkOpener::finish).transpose()?;
        Ok(last)
    }
}
