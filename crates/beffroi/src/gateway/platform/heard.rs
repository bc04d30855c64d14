//! What the gateway told already, so that nothing is journaled or said twice.

use domain::Timestamp;
use domain::ids::CampaignId;
use domain::refusal;
use domain::time::SECOND;
use gateway::link::{RecorderState, Recording, State};
use std::collections::{BTreeMap, BTreeSet};

/// What the gateway told already.
#[derive(Default)]
pub(super) struct Heard {
    /// Drawn when the gateway started.
    run: u64,
    /// The numbers of the last refusals that were journaled: those of a link that broke come again.
    refusals: BTreeSet<u64>,
    /// How recorders were, so that only a change is said.
    recorders: BTreeMap<String, RecorderState>,
    /// What was noted of each for the pages, and when.
    noted: BTreeMap<CampaignId, (refusal::RecorderState, Timestamp)>,
}

/// For how long what was noted of a recorder is not noted again, in microseconds.
const NOTED: i64 = 60 * SECOND;

/// How many numbers of refusals are remembered.
const REMEMBERED: usize = 4096;

impl Heard {
    /// Says whether a refusal of this number was journaled.
    pub(super) fn knows(&self, refusal: u64) -> bool {
        self.refusals.contains(&refusal)
    }

    /// Hears how recorders are; what changed is said where somebody should know.
    pub(super) fn state(&mut self, state: &State) {
        if self.run != state.hello.run {
            *self = Self {
                run: state.hello.run,
                ..Self::default()
            };
        }
        for one in &state.recordings {
            let before = self.recorders.insert(one.campaign.clone(), one.recorder);
            if before != Some(one.recorder) {
                say(one, before);
            }
        }
        let there = |campaign: &String| state.recordings.iter().any(|one| one.campaign == *campaign);
        self.recorders.retain(|campaign, _| there(campaign));
        self.noted.retain(|campaign, _| there(&campaign.to_string()));
    }

    /// Gives the recorders of which the pages do not know enough: what they do changed, or was noted a while ago.
    pub(super) fn to_note(&self, state: &State, now: Timestamp) -> Vec<(CampaignId, refusal::RecorderState)> {
        let all = state.recordings.iter().filter_map(|one| {
            let campaign = one.campaign.parse().ok().map(CampaignId)?;
            Some((campaign, recorder_state(one.recorder)))
        });
        let is_known = |(campaign, state): &(CampaignId, refusal::RecorderState)| {
            let noted = self.noted.get(campaign);
            noted.is_some_and(|(before, at)| before == state && (0..NOTED).contains(&now.since(*at)))
        };
        all.filter(|one| !is_known(one)).collect()
    }

    /// Takes what a recorder does as noted.
    pub(super) fn was_noted(&mut self, campaign: CampaignId, state: refusal::RecorderState, now: Timestamp) {
        self.noted.insert(campaign, (state, now));
    }

    /// Takes a refusal as journaled.
    pub(super) fn remember(&mut self, refusal: u64) {
        self.refusals.insert(refusal);
        while self.refusals.len() > REMEMBERED {
            self.refusals.pop_first();
        }
    }
}

const fn recorder_state(told: RecorderState) -> refusal::RecorderState {
    match told {
        RecorderState::Open => refusal::RecorderState::Open,
        RecorderState::Starting => refusal::RecorderState::Starting,
        RecorderState::Full => refusal::RecorderState::Full,
        RecorderState::Failed => refusal::RecorderState::Failed,
        RecorderState::Ended => refusal::RecorderState::Ended,
        RecorderState::Left => refusal::RecorderState::Left,
    }
}

/// Says that a recorder changed, where somebody should know.
fn say(one: &Recording, before: Option<RecorderState>) {
    use RecorderState::{Failed, Full, Left, Open};
    let (campaign, used, free) = (&one.campaign, one.used, one.free);
    match one.recorder {
        Full | Failed => {
            tracing::warn!(%campaign, state = ?one.recorder, used, free, "a campaign is not recorded, so nothing passes to its targets");
        }
        Left => {
            tracing::info!(%campaign, used, "a crash left a segment of a campaign open; it is closed when somebody comes again");
        }
        Open if matches!(before, Some(Full | Failed)) => {
            tracing::info!(%campaign, used, free, "a campaign is recorded again");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gateway::link::Hello;

    fn state(run: u64, recorders: &[(&str, RecorderState)]) -> State {
        let one = |(campaign, recorder): &(&str, RecorderState)| Recording {
            campaign: (*campaign).to_owned(),
            recorder: *recorder,
            used: None,
            free: None,
        };
        State {
            hello: Hello {
                protocol: 1,
                version: String::new(),
                run,
                since: 0,
            },
            recordings: recorders.iter().map(one).collect(),
        }
    }

    #[test]
    fn a_refusal_is_known_until_another_gateway_comes() {
        let mut heard = Heard::default();
        heard.state(&state(1, &[]));
        heard.remember(7);
        heard.state(&state(1, &[("a", RecorderState::Full)]));
        assert!(heard.knows(7) && !heard.knows(8));
        heard.state(&state(2, &[]));
        assert!(!heard.knows(7), "its numbers begin again");
        (0..=REMEMBERED as u64).for_each(|number| heard.remember(number));
        assert!(!heard.knows(0) && heard.knows(1), "the room is bounded");
    }

    #[test]
    fn a_recorder_is_noted_when_it_changes_and_once_a_minute() {
        use refusal::RecorderState::{Full, Open};
        let mut heard = Heard::default();
        let campaign = CampaignId(uuid::Uuid::from_u128(7));
        let name = campaign.to_string();
        let at = |seconds: i64| Timestamp(seconds * SECOND);
        let said = state(1, &[(&name, RecorderState::Open), ("no campaign", RecorderState::Open)]);
        heard.state(&said);
        assert_eq!(heard.to_note(&said, at(0)), [(campaign, Open)]);
        heard.was_noted(campaign, Open, at(0));
        assert_eq!(heard.to_note(&said, at(59)), []);
        assert_eq!(heard.to_note(&said, at(60)), [(campaign, Open)]);
        let full = state(1, &[(&name, RecorderState::Full)]);
        assert_eq!(heard.to_note(&full, at(1)), [(campaign, Full)]);
        heard.state(&state(1, &[]));
        assert_eq!(heard.to_note(&said, at(1)), [(campaign, Open)], "it came again");
    }

    #[test]
    fn what_left_the_words_is_forgotten() {
        let mut heard = Heard::default();
        heard.state(&state(1, &[("a", RecorderState::Full), ("b", RecorderState::Open)]));
        heard.state(&state(1, &[("b", RecorderState::Failed)]));
        assert_eq!(
            heard.recorders,
            BTreeMap::from([("b".to_owned(), RecorderState::Failed)])
        );
    }
}
