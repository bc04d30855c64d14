//! What waits to be told: kept until the platform has it, in bounded room.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use recording::{Micros, SegmentRecord};
use tokio::sync::Notify;

use super::news::{News, Refused, State};

/// How many things are told at once.
const AT_ONCE: usize = 256;
/// Refusals of how many leases and kinds are told apart; beyond, they are counted by campaign.
const APART: usize = 1024;

/// What waits to be told.
#[derive(Default)]
pub(crate) struct Outbox {
    /// How long refusals are gathered after some were told; the first is told at once.
    pace: Duration,
    inner: Mutex<Inner>,
    changed: Notify,
}

#[derive(Default)]
struct Inner {
    closed: BTreeMap<(String, u64), SegmentRecord>,
    refused: HashMap<(String, String, &'static str), Count>,
    /// Whether refusals are being told, and when the last of them were.
    turn: bool,
    refused_at: Option<Instant>,
    /// Whether nothing is gathered any more: all is told at once.
    hurried: bool,
    state: Option<State>,
    /// The campaigns of which a segment was not taken: others are told first.
    missed: HashSet<String>,
    /// What was told last and is not acknowledged.
    telling: Vec<News>,
    under_way: bool,
    batches: u64,
    refusals: u64,
}

struct Count {
    count: u64,
    first: Micros,
    last: Micros,
}

impl Outbox {
    /// Nothing waits yet; a flood of refusals is told once in so long.
    pub(crate) fn paced(pace: Duration) -> Self {
        Self {
            pace,
            ..Self::default()
        }
    }

    /// From now on everything is told as soon as can be: the gateway ends.
    pub(crate) fn hurry(&self) {
        self.lock().hurried = true;
        self.changed.notify_one();
    }

    /// A segment is written no more.
    pub(crate) fn closed(&self, campaign: &str, record: SegmentRecord) {
        let key = (campaign.to_owned(), record.sequence);
        self.lock().closed.insert(key, record);
        self.changed.notify_one();
    }

    /// Something was refused. Refusals wait for the next turn: they come by thousands.
    pub(crate) fn refused(&self, campaign: &str, lease: &str, kind: &'static str, at: Micros) {
        let mut inner = self.lock();
        let mut key = (campaign.to_owned(), lease.to_owned(), kind);
        if inner.refused.len() >= APART && !inner.refused.contains_key(&key) {
            key.1.clear();
        }
        let count = inner.refused.entry(key).or_insert(Count {
            count: 0,
            first: at,
            last: at,
        });
        count.count += 1;
        count.last = count.last.max(at);
    }

    /// How the gateway is; only the last word waits.
    pub(crate) fn state(&self, state: State) {
        self.lock().state = Some(state);
        self.changed.notify_one();
    }

    /// Returns when something that should not wait for its turn may be there.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// What to tell now, with its number; the same again until it is acknowledged.
    pub(crate) fn next(&self) -> Option<(u64, Vec<News>)> {
        let mut inner = self.lock();
        if !inner.under_way {
            inner.gather(self.pace);
            inner.under_way = !inner.telling.is_empty();
            inner.batches += 1;
        }
        inner.under_way.then(|| (inner.batches, inner.telling.clone()))
    }

    /// The platform has what was told under this number, save what stands at these places.
    pub(crate) fn told(&self, number: u64, missed: &[usize]) {
        let mut inner = self.lock();
        if inner.batches != number || !std::mem::take(&mut inner.under_way) {
            return;
        }
        let told = std::mem::take(&mut inner.telling);
        inner.missed.clear();
        // Refusals that were missed stay, before what is gathered next.
        for (place, news) in told.into_iter().enumerate() {
            match (news, missed.contains(&place)) {
                (News::Closed { campaign, record }, false) => {
                    inner.closed.remove(&(campaign, record.sequence));
                }
                (news @ News::Refused(_), true) => inner.telling.push(news),
                // The segment is still kept.
                (News::Closed { campaign, .. }, true) => drop(inner.missed.insert(campaign)),
                // A state is told anew soon.
                (News::Refused(_), false) | (News::State(_), _) => {}
            }
        }
    }

    /// Whether segments or refusals wait to be told.
    pub(crate) fn is_owing(&self) -> bool {
        let inner = self.lock();
        let refused = inner.telling.iter().any(|news| matches!(news, News::Refused(_)));
        !inner.closed.is_empty() || !inner.refused.is_empty() || refused
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn gather(&mut self, pace: Duration) {
        let (closed, missed) = (&self.closed, &self.missed);
        let of = |late: bool| {
            let those = move |key: &(String, u64)| missed.contains(&key.0) == late;
            closed.iter().filter(move |(key, _)| those(key))
        };
        let segments = of(false).chain(of(true)).take(AT_ONCE);
        let segments = segments.map(|((campaign, _), record)| News::Closed {
            campaign: campaign.clone(),
            record: record.clone(),
        });
        self.telling.extend(segments);
        self.telling.extend(self.state.take().map(News::State));
        if !self.is_turn(pace) {
            return;
        }
        let room = AT_ONCE.saturating_sub(self.telling.len());
        let keys: Vec<_> = self.refused.keys().take(room).cloned().collect();
        for key in keys {
            if let Some(count) = self.refused.remove(&key) {
                self.refusals += 1;
                let (campaign, lease, kind) = key;
                self.telling.push(News::Refused(Refused {
                    number: self.refusals,
                    campaign,
                    lease,
                    kind: kind.to_owned(),
                    count: count.count,
                    first: count.first,
                    last: count.last,
                }));
            }
        }
        self.turn = !self.refused.is_empty();
        self.refused_at = Some(Instant::now());
    }

    /// Says whether refusals are told now: they come by thousands, each word of them is written to a journal.
    fn is_turn(&self, pace: Duration) -> bool {
        let rested = self.refused_at.is_none_or(|at| at.elapsed() >= pace);
        !self.refused.is_empty() && (self.turn || self.hurried || rested)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(sequence: u64) -> SegmentRecord {
        SegmentRecord {
            sequence,
            size: 1,
            digest: [0; 32],
            previous: [0; 32],
            first: 0,
            last: 0,
            counts: None,
        }
    }

    fn sequences(news: &[News]) -> Vec<u64> {
        let sequence = |news: &News| match news {
            News::Closed { record, .. } => Some(record.sequence),
            _ => None,
        };
        news.iter().filter_map(sequence).collect()
    }

    #[test]
    fn segments_are_told_in_their_order_until_they_are_kept() {
        let outbox = Outbox::default();
        assert_eq!(outbox.next(), None);
        (0..3).rev().for_each(|sequence| outbox.closed("c", record(sequence)));
        let (number, news) = outbox.next().unwrap();
        assert_eq!(sequences(&news), [0, 1, 2]);
        outbox.closed("c", record(3));
        assert_eq!(outbox.next().unwrap(), (number, news), "not acknowledged");
        outbox.told(number + 1, &[]);
        outbox.told(number, &[1, 2]);
        let (number, news) = outbox.next().unwrap();
        assert_eq!(sequences(&news), [1, 2, 3]);
        outbox.told(number, &[]);
        assert!(outbox.next().is_none() && !outbox.is_owing());
    }

    #[test]
    fn a_campaign_whose_segments_are_not_taken_keeps_no_other_waiting() {
        let outbox = Outbox::default();
        (0..1000).for_each(|sequence| outbox.closed("a", record(sequence)));
        outbox.closed("b", record(5));
        let (number, news) = outbox.next().unwrap();
        assert_eq!(sequences(&news), (0..256).collect::<Vec<_>>());
        outbox.told(number, &(0..256).collect::<Vec<_>>());
        let (_, news) = outbox.next().unwrap();
        assert_eq!(sequences(&news)[..3], [5, 0, 1]);
    }

    #[test]
    fn refusals_are_counted_together_in_bounded_room() {
        let outbox = Outbox::default();
        for at in 0..10_000 {
            outbox.refused("c", &format!("lease-{at}"), "paused", at);
            outbox.refused("c", "lease-0", "paused", at);
        }
        let (mut counted, mut apart, mut batches) = (0, 0, 0);
        while let Some((number, news)) = outbox.next() {
            for news in &news {
                let News::Refused(refused) = news else {
                    panic!("{news:?}")
                };
                counted += refused.count;
                apart += 1;
                if refused.lease == "lease-0" {
                    assert_eq!((refused.count, refused.first, refused.last), (10_001, 0, 9_999));
                }
            }
            batches += 1;
            outbox.told(number, &[]);
        }
        assert_eq!((counted, apart, batches), (20_000, APART + 1, 5));
    }

    #[test]
    fn a_flood_of_refusals_is_told_once_in_a_while_and_at_the_end() {
        let outbox = Outbox::paced(Duration::from_secs(3600));
        outbox.refused("c", "l", "paused", 1);
        let (number, first) = outbox.next().unwrap();
        assert_eq!(first.len(), 1, "the first is told at once");
        outbox.told(number, &[]);
        (2..100).for_each(|at| outbox.refused("c", "l", "paused", at));
        assert_eq!(outbox.next(), None, "the others are gathered");
        assert!(outbox.is_owing());
        outbox.closed("c", record(1));
        let (number, news) = outbox.next().unwrap();
        assert_eq!(news.len(), 1, "segments do not wait for them");
        outbox.told(number, &[]);
        outbox.hurry();
        let (number, last) = outbox.next().unwrap();
        let News::Refused(refused) = &last[0] else {
            panic!("{last:?}")
        };
        assert_eq!((refused.count, refused.first, refused.last), (98, 2, 99));
        outbox.told(number, &[]);
        assert!(!outbox.is_owing());
    }

    #[test]
    fn a_missed_refusal_is_told_again_as_it_was() {
        let outbox = Outbox::default();
        outbox.refused("c", "l", "paused", 1);
        let (number, first) = outbox.next().unwrap();
        outbox.refused("c", "l", "paused", 2);
        outbox.told(number, &[0]);
        let (number, again) = outbox.next().unwrap();
        assert_eq!((again.len(), &again[0]), (2, &first[0]), "the later one apart");
        outbox.told(number, &[]);
        assert_eq!(outbox.next(), None);
    }
}
