//! What is true of every machine.

use domain::Machine;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Checks a table: one row for a state and event, every state reachable, names that differ.
fn check_table<S: Machine>() {
    let initial = S::STATES[0];
    let names: BTreeSet<_> = S::STATES.iter().map(|s| s.code()).collect();
    assert_eq!(names.len(), S::STATES.len(), "two states share a name");
    for (from, on, _) in S::TABLE {
        let rows = S::TABLE.iter().filter(|(f, o, _)| f == from && o == on);
        assert_eq!(rows.count(), 1, "{}: {from:?} on {on:?} has two rows", S::NAME);
    }
    let mut reached = vec![initial];
    let mut next = 0;
    while let Some(state) = reached.get(next).copied() {
        for (from, _, to) in S::TABLE {
            if *from == state && !reached.contains(to) {
                reached.push(*to);
            }
        }
        next += 1;
    }
    for state in S::STATES {
        assert!(reached.contains(state), "{}: {state:?} is never reached", S::NAME);
        assert_eq!(S::from_code(state.code()), Some(*state));
    }
}

/// Walks a machine by random events.
fn walk<S: Machine>(choices: &[usize]) -> Result<(), TestCaseError> {
    let mut state = S::STATES[0];
    for choice in choices {
        let (_, event, _) = S::TABLE[choice % S::TABLE.len()];
        match state.after(event) {
            Ok(next) => {
                prop_assert!(S::TABLE.contains(&(state, event, next)));
                prop_assert!(S::STATES.contains(&next));
                prop_assert!(!state.is_terminal());
                state = next;
            }
            Err(illegal) => {
                prop_assert!(!state.allows(event));
                prop_assert_eq!(illegal.from, state.code());
                prop_assert_eq!(illegal.machine, S::NAME);
            }
        }
        if state.is_terminal() {
            prop_assert!(S::TABLE.iter().all(|(_, event, _)| state.after(*event).is_err()));
        }
    }
    Ok(())
}

macro_rules! tests {
    ($($name:ident: $state:ty),* $(,)?) => {$(
        mod $name {
            use proptest::prelude::*;

            #[test]
            fn table_is_sound() {
                super::check_table::<$state>();
            }

            proptest! {
                #[test]
                fn random_events_never_leave_the_table(choices in prop::collection::vec(any::<usize>(), 0..60)) {
                    super::walk::<$state>(&choices)?;
                }
            }
        }
    )*};
}
crate::each_machine!(tests);

#[test]
fn the_clock_s_steps_are_named_one_by_one() {
    use domain::machine::path;
    use domain::{CallEvent, CallState, CampaignEvent, CampaignState};
    let late = path(CampaignState::Ready, CampaignState::Verifying);
    assert_eq!(late, Some(vec![CampaignEvent::Open, CampaignEvent::EndWindow]));
    let closed = path(CallState::Published, CallState::Closed);
    assert_eq!(closed, Some(vec![CallEvent::Open, CallEvent::Close]));
    assert_eq!(path(CallState::Open, CallState::Open), Some(vec![]));
    assert_eq!(path(CallState::Decided, CallState::Open), None);
}
