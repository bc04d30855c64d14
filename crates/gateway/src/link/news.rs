//! What a gateway tells the platform, and the frames of both sides.

use recording::{Closed, Micros, SegmentRecord};
use serde::{Deserialize, Serialize};

use super::encoding::record;
use super::words::Words;
use crate::grants::Stop;

/// The version of the link; both sides must speak the same.
pub const PROTOCOL: u16 = 2;
/// The largest frame of words: some forty thousand leases.
pub(crate) const LARGEST_WORDS: usize = 16 << 20;
/// The largest frame of news: the state of some forty thousand campaigns.
pub(crate) const LARGEST_NEWS: usize = 8 << 20;

/// Who a gateway is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The version of the link that it speaks.
    pub protocol: u16,
    /// The version of the program.
    pub version: String,
    /// Drawn when the gateway started.
    pub run: u64,
    /// When it started.
    pub since: Micros,
}

/// Refusals of one kind to one lease.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Counts what this run of the gateway tells of: one that comes again says the same.
    pub number: u64,
    /// The campaign of the lease.
    pub campaign: String,
    /// The lease; empty where too many leases were refused to tell them apart.
    pub lease: String,
    /// The word of the refusal, as [`crate::Refusal::key`] gives it.
    pub kind: String,
    /// How many there were.
    pub count: u64,
    /// The instant of the first.
    pub first: Micros,
    /// The instant of the last.
    pub last: Micros,
}

/// How a gateway is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Who it is.
    pub hello: Hello,
    /// How its campaigns are recorded, those of its folder included that it was told nothing of; none
    /// when it has just come.
    pub recordings: Vec<Recording>,
}

/// How a campaign is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// The campaign.
    pub campaign: String,
    /// Whether exchanges can pass.
    pub recorder: RecorderState,
    /// The bytes that its segments take; nothing when its folder cannot be read.
    pub used: Option<u64>,
    /// The bytes that are free on its disk; nothing when that is not known.
    pub free: Option<u64>,
}

/// What a recorder does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecorderState {
    /// It records.
    Open,
    /// It starts.
    Starting,
    /// There is no room left.
    Full,
    /// It cannot write.
    Failed,
    /// It has ended, since the campaign is in no words any more.
    Ended,
    /// A crash left a segment open in its folder: it is closed once the campaign is in the words again.
    Left,
}

impl From<Closed> for RecorderState {
    fn from(closed: Closed) -> Self {
        match closed {
            Closed::Full => Self::Full,
            Closed::Failed | Closed::Interrupted => Self::Failed,
            Closed::Stopped => Self::Ended,
        }
    }
}

/// One thing that a gateway tells until it is acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum News {
    Closed {
        campaign: String,
        #[serde(with = "record")]
        record: SegmentRecord,
    },
    Refused(Refused),
    State(State),
}

impl News {
    /// The campaign that this tells of; none for the state of the whole.
    pub(crate) fn campaign(&self) -> &str {
        match self {
            Self::Closed { campaign, .. } => campaign,
            Self::Refused(refused) => &refused.campaign,
            Self::State(_) => "",
        }
    }
}

/// A frame of the gateway.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum FromGateway {
    /// The first frame.
    Hello(Hello),
    /// Asks whether the words still hold.
    Beat(Beat),
    /// Tells; the number comes back in the acknowledgement.
    Tell { number: u64, news: Vec<News> },
}

/// A frame of the platform.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum FromPlatform {
    /// The words changed.
    Words { words: Words, asked: Beat },
    /// The words are still of this version.
    Still { version: u64, asked: Beat },
    /// Stops, now.
    Stop(Stop),
    /// What was told is kept, save what stands at these places.
    Told { number: u64, missed: Vec<usize> },
}

/// A question of the gateway; words bear the last one that the platform had heard when it asked
/// itself for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Beat {
    /// Counts the questions of this run of the gateway.
    pub(crate) number: u64,
    /// When it was asked, by the gateway's clock.
    pub(crate) at: Micros,
}
