//! A WebSocket between a person's tool and a target: bytes pass unchanged, messages are told.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use recording::{Exchange, Outcome, Side};
use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};

use crate::tap::Passage;
use crate::websocket::{Frames, Read};

/// How much is read at once.
const BUFFER: usize = 16 * 1024;

/// Both ends of a connection that became a WebSocket, once their heads have passed.
pub(crate) struct Upgrade {
    pub(crate) client: OnUpgrade,
    pub(crate) target: OnUpgrade,
}

impl Upgrade {
    /// Passes bytes both ways until one end closes, the recorder closes or the lease is stopped.
    pub(crate) async fn relay(self, passage: Arc<Passage>) {
        let stopped = passage.stop.clone();
        let relayed = tokio::select! {
            () = stopped.cancelled() => Outcome::Stopped,
            outcome = self.pass(&passage) => outcome,
        };
        passage.exchange.outcome(relayed);
    }

    async fn pass(self, passage: &Passage) -> Outcome {
        let (client, target) = match tokio::join!(self.client, self.target) {
            (Ok(client), Ok(target)) => (client, target),
            (Err(_), _) => return Outcome::ClientGone,
            (_, Err(_)) => return Outcome::TargetGone,
        };
        let (from_client, to_client) = tokio::io::split(TokioIo::new(client));
        let (from_target, to_target) = tokio::io::split(TokioIo::new(target));
        let towards_target = copy(from_client, to_target, passage, Side::Client);
        let towards_client = copy(from_target, to_client, passage, Side::Target);
        // When one end has closed, the other is given up: nothing can be answered any more.
        let ended = tokio::select! {
            ended = towards_target => ended.map_err(|_| Outcome::ClientGone),
            ended = towards_client => ended.map_err(|_| Outcome::TargetGone),
        };
        ended.err().unwrap_or(Outcome::Complete)
    }
}

async fn copy(
    mut from: ReadHalf<TokioIo<Upgraded>>,
    mut to: WriteHalf<TokioIo<Upgraded>>,
    passage: &Passage,
    side: Side,
) -> io::Result<()> {
    let mut frames = Frames::default();
    let mut buffer = BytesMut::with_capacity(BUFFER);
    loop {
        poll_fn(|context| passage.exchange.poll_room(context))
            .await
            .map_err(io::Error::other)?;
        buffer.reserve(BUFFER);
        if from.read_buf(&mut buffer).await? == 0 {
            return to.shutdown().await;
        }
        let came = buffer.split().freeze();
        passage.under_way.passed(came.len());
        tell(&mut frames, came.clone(), &passage.exchange, side)?;
        to.write_all(&came).await?;
    }
}

/// Tells of messages; what is no WebSocket may not pass, since it could not be told.
fn tell(frames: &mut Frames, came: Bytes, exchange: &Exchange, side: Side) -> io::Result<()> {
    let read = frames
        .read(came)
        .map_err(|_| io::Error::other("these bytes are no WebSocket frames"))?;
    for part in read {
        let told = match part {
            Read::Payload(bytes) => exchange.bytes(side, &bytes),
            Read::End(opcode) => exchange.message_end(side, opcode),
        };
        told.map_err(io::Error::other)?;
    }
    Ok(())
}
