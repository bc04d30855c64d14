//! A body on its way through: told to the recorder, counted, and cut when it may not pass.

use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::Full;
use hyper::body::Incoming;
use recording::{Closed, Exchange, Outcome, Side};
use tokio::time::{Instant, Sleep};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

use crate::admission::budget::UnderWay;
use crate::linked::Linked;
use crate::proxy::Connection;
use crate::upstream::Sender;

/// Why a body ends before its end.
#[derive(Debug, thiserror::Error)]
pub enum Cut {
    /// Nothing unrecorded passes.
    #[error("not recorded: {0}")]
    Recording(#[from] Closed),
    /// The other side failed.
    #[error(transparent)]
    Body(#[from] hyper::Error),
    /// Nothing came for too long.
    #[error("nothing came for too long")]
    TooSlow,
    /// The lease was stopped.
    #[error("stopped")]
    Stopped,
}

/// What both bodies of an exchange share.
pub(crate) struct Passage {
    pub(crate) exchange: Exchange,
    pub(crate) under_way: UnderWay,
    /// Cancelled when the lease is stopped, or the connection of the person's tool.
    pub(crate) stop: CancellationToken,
    /// Whether that connection is shared with others, so that it goes on when the lease is stopped.
    pub(crate) shares: bool,
    pub(crate) _connection: Arc<Connection>,
}

impl Drop for Passage {
    fn drop(&mut self) {
        if self.stop.is_cancelled() {
            self.exchange.outcome(Outcome::Stopped);
        }
    }
}

/// A body that is told to the recorder as it passes.
pub(crate) struct Tap {
    body: Incoming,
    passage: Arc<Passage>,
    side: Side,
    /// How long the sender may be silent.
    patience: Option<Duration>,
    silence: Option<Pin<Box<Sleep>>>,
    /// Ends the body when its lease is stopped and its connection goes on.
    stopped: Option<Pin<Box<WaitForCancellationFutureOwned>>>,
    /// The connection to the target, given back when the answer has passed.
    sender: Option<Sender>,
    ended: bool,
}

impl Tap {
    pub(crate) fn new(body: Incoming, passage: &Arc<Passage>, side: Side, patience: Option<Duration>) -> Self {
        // What is empty needs no word.
        let ended = body.is_end_stream();
        Self {
            body,
            passage: Arc::clone(passage),
            side,
            patience,
            silence: None,
            stopped: passage.shares.then(|| Box::pin(passage.stop.clone().cancelled_owned())),
            sender: None,
            ended,
        }
    }

    /// Holds the connection to the target until the answer has passed.
    pub(crate) fn holding(mut self, sender: Sender) -> Self {
        if self.ended {
            self.passage.exchange.outcome(Outcome::Complete);
            sender.give_back();
        } else {
            self.sender = Some(sender);
        }
        self
    }

    fn end(&mut self, complete: bool) -> Result<(), Closed> {
        if std::mem::replace(&mut self.ended, true) {
            return Ok(());
        }
        if complete && self.side == Side::Target {
            self.passage.exchange.outcome(Outcome::Complete);
        }
        if complete && let Some(sender) = self.sender.take() {
            sender.give_back();
        }
        self.passage.exchange.body_end(self.side, complete)
    }

    fn fail(&mut self, cut: Cut) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        let outcome = match (&cut, self.side) {
            (Cut::Recording(_) | Cut::Stopped, _) => Outcome::Stopped,
            (Cut::TooSlow, _) => Outcome::Limited,
            (Cut::Body(_), Side::Client) => Outcome::ClientGone,
            (Cut::Body(_), Side::Target) => Outcome::TargetGone,
        };
        self.passage.exchange.outcome(outcome);
        // The body is cut already; a recorder that is closed has nothing to add.
        let _ = self.end(false);
        Poll::Ready(Some(Err(cut)))
    }

    /// Whether the silence of the sender has lasted too long.
    fn is_too_slow(&mut self, context: &mut Context<'_>) -> bool {
        let Some(patience) = self.patience else { return false };
        let silence = self
            .silence
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        silence.as_mut().poll(context).is_ready()
    }

    fn told(&mut self, frame: Frame<Bytes>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if let (Some(silence), Some(patience)) = (&mut self.silence, self.patience) {
            silence.as_mut().reset(Instant::now() + patience);
        }
        if let Some(bytes) = frame.data_ref() {
            self.passage.under_way.passed(bytes.len());
            if let Err(closed) = self.passage.exchange.bytes(self.side, bytes) {
                return self.fail(closed.into());
            }
        }
        if self.body.is_end_stream()
            && let Err(closed) = self.end(true)
        {
            return self.fail(closed.into());
        }
        Poll::Ready(Some(Ok(frame)))
    }
}

impl Body for Tap {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        let tap = self.get_mut();
        if tap
            .stopped
            .as_mut()
            .is_some_and(|stopped| stopped.as_mut().poll(context).is_ready())
        {
            return tap.fail(Cut::Stopped);
        }
        match tap.passage.exchange.poll_room(context) {
            Poll::Ready(Ok(())) => {}
            Poll::Ready(Err(closed)) => return tap.fail(closed.into()),
            Poll::Pending => return Poll::Pending,
        }
        match Pin::new(&mut tap.body).poll_frame(context) {
            Poll::Pending if tap.is_too_slow(context) => tap.fail(Cut::TooSlow),
            Poll::Pending => Poll::Pending,
            Poll::Ready(Some(Ok(frame))) => tap.told(frame),
            Poll::Ready(Some(Err(error))) => tap.fail(error.into()),
            Poll::Ready(None) => match tap.end(true) {
                Ok(()) => Poll::Ready(None),
                Err(closed) => tap.fail(closed.into()),
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        // Dropped in the middle: whoever waited for it went away.
        let _ = self.end(false);
    }
}

/// The body of an answer: the target's, or a page of the gateway.
pub(crate) enum Answer {
    Passing(Tap),
    /// The target's, its links made those of the lease.
    Linked(Box<Linked>),
    Page(Full<Bytes>),
}

impl Body for Answer {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.get_mut() {
            Self::Passing(tap) => Pin::new(tap).poll_frame(context).map_err(Into::into),
            Self::Linked(linked) => Pin::new(linked).poll_frame(context).map_err(Into::into),
            Self::Page(page) => Pin::new(page).poll_frame(context).map_err(|never| match never {}),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Passing(tap) => tap.is_end_stream(),
            Self::Linked(linked) => linked.is_end_stream(),
            Self::Page(page) => page.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Passing(tap) => tap.size_hint(),
            Self::Linked(linked) => linked.size_hint(),
            Self::Page(page) => page.size_hint(),
        }
    }
}
