//! The link between the platform and a gateway: how a gateway that opens no database is told what to do.
//!
//! The gateway dials; both sides prove that they hold one secret; from then on each frame carries a
//! MAC with its number. The gateway asks several times a second whether its words still hold, and says
//! when it asked: an answer that was long under way confirms nothing recent.
//!
//! ```text
//! gateway                                platform
//!   Hello, Beat(instant) ─────────────▶  words() ─▶ Words (when they changed) or Still
//!   ◀──────────────── Stop, ahead of everything ── Pushes
//!   Tell(segments, refusals, state) ──▶  closed() refused() state() ─▶ Told (what was kept)
//! ```

mod client;
mod encoding;
mod frame;
mod handshake;
mod keys;
mod news;
mod outbox;
mod pushes;
mod server;
mod stream;
mod words;

use std::sync::Arc;

use async_trait::async_trait;
use recording::SegmentRecord;

pub(crate) use client::{Client, Listener};
pub use frame::{LinkError, Opener, TAG, seal};
pub use keys::Secret;
pub use news::{Hello, PROTOCOL, RecorderState, Recording, Refused, State};
pub(crate) use outbox::Outbox;
pub use pushes::Pushes;
pub use server::{Server, serve};
pub use stream::{Accept, Dial, Duplex, InMemory, InMemoryDoor, Socket, SocketDoor, in_memory};
pub use words::{CampaignWord, ContentKey, Fingerprint, LeaseWord, PublicKey, TargetWord, Upstream, Words};

/// The platform as the link asks it; its methods may be called again after a lost link.
#[async_trait]
pub trait Platform: Send + Sync {
    /// Says what holds now; asked several times a second, so that an answer is best kept at hand.
    ///
    /// While this fails or takes long, nothing is confirmed, and nothing passes after two seconds.
    async fn words(&self) -> Result<Arc<Words>, Failure>;

    /// Learns of a segment that is written no more. One that is told again, since its acknowledgement
    /// was lost, is no error, nor is one of a campaign that is no more; those of a campaign come in
    /// their order, none before the one before it was taken.
    async fn closed(&self, campaign: &str, record: &SegmentRecord) -> Result<(), Failure>;

    /// Learns of refusals of one kind to one lease.
    async fn refused(&self, refused: &Refused) -> Result<(), Failure>;

    /// Learns how the gateway is: first when it comes, then every few seconds and when it changes.
    async fn state(&self, state: &State) -> Result<(), Failure>;
}

/// The platform could not answer; the gateway asks or tells again.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(
    /// Why, for the log.
    pub String,
);
