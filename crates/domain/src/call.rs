//! Calls for candidacies.

use crate::eligibility::Eligibility;
use crate::form::Form;
use crate::ids::{CallId, ProgrammeId};
use crate::time::{Timestamp, Window, Within};
use crate::{coded, refusals, transitions};

coded! {
    /// Where a call stands.
    pub enum CallState {
        /// Being written.
        Draft = "draft",
        /// Public, not open yet.
        Published = "published",
        /// Candidacies can be deposited.
        Open = "open",
        /// No more deposits; not decided yet.
        Closed = "closed",
        /// Places are given.
        Decided = "decided",
        /// Given up.
        Cancelled = "cancelled",
    }
}

coded! {
    /// What may happen to a call.
    pub enum CallEvent {
        /// The organiser publishes it.
        Publish = "publish",
        /// Its window opens.
        Open = "open",
        /// Its window closes.
        Close = "close",
        /// Places are given.
        Decide = "decide",
        /// The organiser gives it up.
        Cancel = "cancel",
    }
}

transitions! { CallState on CallEvent as "call" {
    Draft, Publish => Published;
    Published, Open => Open;
    Open, Close => Closed;
    Closed, Decide => Decided;
    Draft | Published | Open | Closed, Cancel => Cancelled;
}}

/// Gives the state that the clock makes of a stored one: open and closed follow the window.
#[must_use]
pub fn effective_state(stored: CallState, window: Window, now: Timestamp) -> CallState {
    match (stored, window.at(now)) {
        (CallState::Published | CallState::Open, Within::Before) => CallState::Published,
        (CallState::Published | CallState::Open, Within::Inside) => CallState::Open,
        (CallState::Published | CallState::Open, Within::After) => CallState::Closed,
        (other, _) => other,
    }
}

/// A call for candidacies of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its identifier.
    pub id: CallId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Its title.
    pub title: String,
    /// What it is about, in a few sentences for the public.
    pub summary: String,
    /// How many places it gives.
    pub places: i64,
    /// The longest waiting list, where it has an end.
    pub max_waiting: Option<i64>,
    /// When deposits are taken.
    pub window: Window,
    /// The version of its form, named by each receipt.
    pub form_version: i64,
    /// Its stored state; ask [`Call::state_at`] what the clock makes of it.
    pub state: CallState,
    /// Days that a selected candidate has to confirm.
    pub confirm_within_days: i64,
    /// The last order number given, zero before the first.
    pub last_order: i64,
    /// The last instant given with a number.
    pub last_received_at: Option<Timestamp>,
    /// Who may answer.
    pub eligibility: Eligibility,
    /// The revision of its row.
    pub revision: i64,
}

impl Call {
    /// Gives the call's state at `now`.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> CallState {
        effective_state(self.state, self.window, now)
    }

    /// Says whether a candidacy can be deposited at `now`.
    #[must_use]
    pub fn takes_deposits(&self, now: Timestamp) -> bool {
        self.state_at(now) == CallState::Open
    }
}

refusals! {
    /// What keeps a call from being published.
    pub enum CallProblem {
        /// The title is empty.
        TitleMissing = "title_missing",
        /// It gives no place.
        NoPlaces = "no_places",
        /// It closes before it opens.
        WindowReversed = "window_reversed",
        /// Its window is over.
        WindowOver = "window_over",
        /// Its form has no question, or two of the same key.
        FormUnsound = "form_unsound",
        /// Nobody sees its programme yet.
        ProgrammeNotPublished = "programme_not_published",
        /// A selected candidate would have no day to confirm.
        NoTimeToConfirm = "no_time_to_confirm",
    }
}

impl Call {
    /// Says whether its terms and form may still be changed: never once it has opened.
    #[must_use]
    pub fn is_changeable(&self, now: Timestamp) -> bool {
        matches!(self.state_at(now), CallState::Draft | CallState::Published)
            && (self.state == CallState::Draft || now < self.window.opens_at)
    }

    /// Says whether publishing it now opens it in the same instant: its opening has passed, its closing has not.
    #[must_use]
    pub fn opens_at_once(&self, now: Timestamp) -> bool {
        self.state == CallState::Draft && self.window.at(now) == Within::Inside
    }

    /// Gives everything that keeps the call from being published.
    #[must_use]
    pub fn problems(&self, form: &Form, programme_published: bool, now: Timestamp) -> Vec<CallProblem> {
        let reversed = self.window.closes_at <= self.window.opens_at;
        let sound = form.fields().next().is_some() && form.is_sound();
        [
            (self.title.trim().is_empty(), CallProblem::TitleMissing),
            (self.places < 1, CallProblem::NoPlaces),
            (reversed, CallProblem::WindowReversed),
            (!reversed && self.window.closes_at <= now, CallProblem::WindowOver),
            (!sound, CallProblem::FormUnsound),
            (!programme_published, CallProblem::ProgrammeNotPublished),
            (self.confirm_within_days < 1, CallProblem::NoTimeToConfirm),
        ]
        .into_iter()
        .filter_map(|(wrong, problem)| wrong.then_some(problem))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_and_closed_follow_the_clock() {
        let window = Window {
            opens_at: Timestamp(10),
            closes_at: Timestamp(20),
        };
        let at = |state, now| effective_state(state, window, Timestamp(now));
        for stored in [CallState::Published, CallState::Open] {
            assert_eq!(at(stored, 9), CallState::Published);
            assert_eq!(at(stored, 10), CallState::Open);
            assert_eq!(at(stored, 19), CallState::Open);
            assert_eq!(at(stored, 20), CallState::Closed);
        }
        for stored in [
            CallState::Draft,
            CallState::Closed,
            CallState::Decided,
            CallState::Cancelled,
        ] {
            assert_eq!(at(stored, 15), stored);
        }
    }

    fn call(state: CallState) -> Call {
        Call {
            id: CallId(uuid::Uuid::nil()),
            programme: ProgrammeId(uuid::Uuid::nil()),
            title: "Appel".into(),
            summary: String::new(),
            places: 6,
            max_waiting: None,
            window: Window {
                opens_at: Timestamp(10),
                closes_at: Timestamp(20),
            },
            form_version: 1,
            state,
            confirm_within_days: 15,
            last_order: 0,
            last_received_at: None,
            eligibility: Eligibility::default(),
            revision: 1,
        }
    }

    #[test]
    fn nothing_changes_once_a_call_has_opened_even_before_a_job_says_so() {
        assert!(call(CallState::Draft).is_changeable(Timestamp(15)));
        assert!(call(CallState::Published).is_changeable(Timestamp(9)));
        assert!(!call(CallState::Published).is_changeable(Timestamp(10)));
        assert!(!call(CallState::Closed).is_changeable(Timestamp(9)));
        assert!(!call(CallState::Cancelled).is_changeable(Timestamp(9)));
    }

    #[test]
    fn only_a_draft_whose_window_has_begun_opens_at_once() {
        let at = |state, now| call(state).opens_at_once(Timestamp(now));
        assert!(!at(CallState::Draft, 9));
        assert!(at(CallState::Draft, 10));
        assert!(at(CallState::Draft, 19));
        assert!(!at(CallState::Draft, 20));
        assert!(!at(CallState::Published, 15));
    }

    #[test]
    fn every_problem_of_a_publication_is_named() {
        let bad = Call {
            title: " ".into(),
            places: 0,
            confirm_within_days: 0,
            ..call(CallState::Draft)
        };
        let found = bad.problems(&Form::default(), false, Timestamp(20));
        assert_eq!(found.len(), CallProblem::ALL.len() - 1);
        let reversed = Call {
            window: Window {
                opens_at: Timestamp(20),
                closes_at: Timestamp(20),
            },
            ..bad
        };
        assert!(
            reversed
                .problems(&Form::default(), false, Timestamp(0))
                .contains(&CallProblem::WindowReversed)
        );
    }
}
