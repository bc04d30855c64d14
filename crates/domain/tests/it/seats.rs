//! A call under random events: no order of them gives two candidacies one seat or one number.

use crate::{any_of, id};
use domain::two_people::{contest, decide_objection};
use domain::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A call in memory, as a transaction sees it.
#[derive(Default)]
struct Simulated {
    decided: bool,
    last_order: i64,
    last_at: Option<Timestamp>,
    given: Vec<i64>,
    states: BTreeMap<u128, CandidacyState>,
    numbers: BTreeMap<u128, i64>,
    seats: BTreeMap<u128, i64>,
}

const PLACES: i64 = 3;
const CANDIDATES: u128 = 8;

impl Simulated {
    fn state(&self, who: u128) -> CandidacyState {
        self.states.get(&who).copied().unwrap_or(CandidacyState::Draft)
    }

    fn taken(&self) -> usize {
        self.states.values().filter(|s| s.takes_place()).count()
    }

    fn numbered(&self, wanted: CandidacyState) -> Vec<Numbered> {
        let of = |who: &u128| Numbered {
            candidacy: id(*who),
            order_number: self.numbers[who],
        };
        self.states
            .iter()
            .filter(|(_, s)| **s == wanted)
            .map(|(who, _)| of(who))
            .collect()
    }

    fn set(&mut self, who: u128, event: CandidacyEvent) {
        let next = self.state(who).after(event).unwrap();
        self.states.insert(who, next);
        if next.takes_place() && !self.seats.contains_key(&who) {
            let occupied: Vec<_> = self.seats.values().copied().collect();
            self.seats.insert(who, seats::free_seat(PLACES, &occupied).unwrap());
        } else if !next.takes_place() {
            self.seats.remove(&who);
        }
    }

    /// One transaction: the event, and all that follows from it at once.
    fn apply(&mut self, who: u128, event: CandidacyEvent) {
        use CandidacyEvent as E;
        let before = self.state(who);
        let by_hand = !matches!(event, E::Select | E::Wait | E::NotSelect | E::Promote);
        if !by_hand || !before.allows(event) || (self.decided && event == E::Receive) {
            return;
        }
        self.set(who, event);
        if matches!(event, E::Receive | E::ReceiveAgain) {
            let (order, at) = next_reception(self.last_order, self.last_at, Timestamp(0));
            (self.last_order, self.last_at) = (order, Some(at));
            self.given.push(order);
            self.numbers.insert(who, order);
        }
        if self.decided && self.state(who) == CandidacyState::Received {
            let late = Numbered {
                candidacy: id(who),
                order_number: self.numbers[&who],
            };
            let waiting = self.numbered(CandidacyState::Waiting);
            let outcome = seats::place_late(PLACES as usize, self.taken(), &waiting, late);
            self.set(who, outcome.event());
        }
        if before.frees_place(event) {
            self.fill();
        }
    }

    fn fill(&mut self) {
        let waiting = self.numbered(CandidacyState::Waiting);
        let first = waiting.iter().map(|n| n.order_number).min();
        if let Some(next) = promote(PLACES as usize, self.taken(), &waiting) {
            let who = next.0.as_u128();
            assert_eq!(first, Some(self.numbers[&who]), "not the first waiting");
            self.set(who, CandidacyEvent::Promote);
        }
    }

    fn decide(&mut self, max_waiting: Option<usize>) {
        if self.decided {
            return;
        }
        self.decided = true;
        let received = self.numbered(CandidacyState::Received);
        for (who, outcome) in decide(PLACES as usize, max_waiting, &received) {
            self.set(who.0.as_u128(), outcome.event());
        }
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let seats: BTreeSet<_> = self.seats.values().collect();
        prop_assert_eq!(seats.len(), self.seats.len(), "two on one seat");
        prop_assert_eq!(self.seats.len(), self.taken());
        prop_assert!(self.taken() <= PLACES as usize, "more than the places");
        let expected: Vec<i64> = (1..=self.last_order).collect();
        prop_assert_eq!(&self.given, &expected, "a gap or a number given twice");
        let living: Vec<i64> = self
            .states
            .iter()
            .filter(|(_, s)| s.keeps_number())
            .map(|(who, _)| self.numbers[who])
            .collect();
        let ranks: BTreeSet<_> = living.iter().map(|n| rank(&living, *n)).collect();
        prop_assert_eq!(ranks.len(), living.len(), "two share a rank");
        if self.decided && !self.numbered(CandidacyState::Waiting).is_empty() {
            prop_assert_eq!(self.taken(), PLACES as usize, "a place is free while somebody waits");
        }
        Ok(())
    }
}

proptest! {
    #[test]
    fn no_order_of_events_breaks_a_call(
        before in prop::collection::vec((0..CANDIDATES, any_of(CandidacyEvent::ALL)), 0..60),
        max_waiting in prop::option::of(0..4usize),
        after in prop::collection::vec((0..CANDIDATES, any_of(CandidacyEvent::ALL)), 0..60),
    ) {
        let mut call = Simulated::default();
        for who in 0..CANDIDATES {
            call.states.insert(who, CandidacyState::Draft);
        }
        for (who, event) in before {
            call.apply(who, event);
            call.check()?;
        }
        call.decide(max_waiting);
        call.check()?;
        for (who, event) in after {
            call.apply(who, event);
            call.check()?;
        }
    }

    #[test]
    fn the_order_of_arrival_at_the_decision_does_not_matter(
        numbers in prop::collection::btree_set(1i64..100, 0..20).prop_map(|s| s.into_iter().collect::<Vec<_>>()).prop_shuffle(),
        places in 0..10usize,
    ) {
        let of = |n: &i64| Numbered { candidacy: id(*n as u128), order_number: *n };
        let shuffled: Vec<_> = numbers.iter().map(of).collect();
        let mut sorted = shuffled.clone();
        sorted.sort_by_key(|n| n.order_number);
        let decided = decide(places, None, &shuffled);
        prop_assert_eq!(&decided, &decide(places, None, &sorted));
        let selected = decided.iter().filter(|(_, o)| *o == Outcome::Selected).count();
        prop_assert_eq!(selected, places.min(numbers.len()));
    }
}

#[test]
fn a_return_takes_two_people_and_a_third_decides_the_objection() {
    let (first, second, third, candidate) = (id(1), id(2), id(3), id(4));
    let proposal = Proposal {
        id: id(9),
        candidacy: id(8),
        kind: ProposalKind::Return,
        reason: "The signature is not that of the mayor.".into(),
        proposed_by: first,
        proposed_at: Timestamp(0),
        confirmed: None,
        objection: None,
    };
    let grounds = || "It is.".to_owned();
    let early = contest(proposal.clone(), candidate, grounds(), Timestamp(1), 15);
    assert_eq!(early, Err(PeopleRefusal::NotConfirmed));
    let same = confirm_proposal(proposal.clone(), first, Timestamp(1));
    assert_eq!(same, Err(PeopleRefusal::SamePerson));
    let (confirmed, event) = confirm_proposal(proposal, second, Timestamp(1)).unwrap();
    assert_eq!(event, CandidacyEvent::Return);
    let late = Timestamp(1).plus_days(15);
    assert_eq!(
        contest(confirmed.clone(), candidate, grounds(), late, 15),
        Err(PeopleRefusal::TooLate)
    );
    let contested = contest(confirmed, candidate, grounds(), Timestamp(2), 15).unwrap();
    let again = contest(contested.clone(), candidate, grounds(), Timestamp(3), 15);
    assert_eq!(again, Err(PeopleRefusal::AlreadyContested));
    let decision = |by, upheld| ObjectionDecision {
        upheld,
        reason: "Seen.".into(),
        by,
        at: Timestamp(4),
    };
    for one_of_them in [first, second, candidate] {
        let refused = decide_objection(contested.clone(), decision(one_of_them, true));
        assert_eq!(refused, Err(PeopleRefusal::NotAThirdPerson));
    }
    let (_, kept) = decide_objection(contested.clone(), decision(third, false)).unwrap();
    assert_eq!(kept, None);
    let (decided, event) = decide_objection(contested, decision(third, true)).unwrap();
    assert_eq!(event, Some(CandidacyEvent::Reinstate));
    let twice = decide_objection(decided, decision(third, false));
    assert_eq!(twice, Err(PeopleRefusal::AlreadyDecided));
}

#[test]
fn only_the_latest_confirmed_proposal_stands() {
    use domain::two_people::stands;
    let id = |n| domain::ids::ProposalId(uuid::Uuid::from_u128(n));
    let at = |n| Some(domain::Timestamp(n));
    let all = [(id(1), at(10)), (id(2), at(20)), (id(3), None)];
    assert!(!stands(&all, id(1)), "history, once another followed");
    assert!(stands(&all, id(2)));
    assert!(!stands(&all, id(3)), "nobody has confirmed it yet");
    assert!(!stands(&[], id(1)));
}
