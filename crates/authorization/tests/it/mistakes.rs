//! A question that the policies do not know is a mistake of the program, and stops its tests.
#![cfg(debug_assertions)]

use authorization::policies::Policies;
use authorization::{Actor, Attr, Attributes};
use uuid::Uuid;

fn ask(action: &str, kind: &str, attributes: Attributes) -> bool {
    let policies = Policies::built_in().unwrap();
    policies
        .decide_on(&Actor::Nobody, action, kind, Uuid::from_u128(1), attributes)
        .is_some()
}

fn organisation() -> Attributes {
    vec![("organisation", Attr::id(Uuid::from_u128(2)))]
}

#[test]
fn an_action_on_its_own_kind_of_thing_is_answered() {
    assert!(!ask("AnswerPosition", "Position", organisation()));
}

#[test]
#[should_panic(expected = "a question that the policies do not know")]
fn an_action_on_the_wrong_kind_of_thing_is_a_mistake() {
    ask("AnswerPosition", "Report", organisation());
}

#[test]
#[should_panic(expected = "a question that the policies do not know")]
fn an_action_that_does_not_exist_is_a_mistake() {
    ask("AnswerPositions", "Position", organisation());
}

#[test]
#[should_panic(expected = "a question that the policies do not know")]
fn a_kind_of_thing_that_does_not_exist_is_a_mistake() {
    ask("AnswerPosition", "Positions", organisation());
}
