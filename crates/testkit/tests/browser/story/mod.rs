//! The story typed in the browser, from the set-up of an empty instance to a commune's position.
//!
//! Each step is done by who does it in life, at their own machine: pages opened, links followed,
//! fields filled in, buttons pressed. Only the clock is moved behind the pages' back. It is played three times: with a
//! pointer, with the keyboard alone, and without any script.

mod call;
mod campaign;
pub mod candidacy;
mod decision;
mod keyboard;
mod people;
mod programme;
mod register;
mod report;
mod setting;
mod sharing;
mod world;

use testkit::browser::Manner;
use world::World;

#[test]
fn the_story_is_typed_by_forms_from_the_call_to_a_position() {
    play("story", Manner::Pointer);
}

#[test]
fn the_whole_story_is_played_with_the_keyboard_alone() {
    play("keyboard", Manner::Keyboard);
}

#[test]
fn the_whole_story_is_played_without_scripts() {
    play("no-scripts", Manner::NoScripts);
}

fn play(name: &str, manner: Manner) {
    testkit::run(async {
        let mut world = World::begin(name, manner).await;
        setting::the_administrator_sets_up(&mut world).await;
        setting::organisations_and_people_come_in(&mut world).await;
        programme::an_organiser_opens_the_programme(&mut world).await;
        programme::the_communes_become_members(&mut world).await;
        call::an_organiser_publishes_the_call(&mut world).await;
        candidacy::a_commune_applies(&mut world).await;
        keyboard::a_commune_applies_with_the_keyboard_alone(&mut world).await;
        candidacy::a_commune_applies_without_scripts(&mut world).await;
        decision::one_is_returned_and_deposits_again(&mut world).await;
        decision::the_call_is_decided_and_places_confirmed(&mut world).await;
        register::products_are_entered_and_declared(&mut world).await;
        campaign::the_campaign_is_prepared(&mut world).await;
        campaign::parties_commit_and_give_leave(&mut world).await;
        campaign::a_student_comes_in_by_code(&mut world).await;
        report::a_student_reports(&mut world).await;
        report::a_verifier_asks_and_verifies(&mut world).await;
        sharing::the_vendor_corrects_and_a_retest_confirms(&mut world).await;
        sharing::the_organiser_shares_step_by_step(&mut world).await;
        sharing::a_commune_says_where_it_stands(&mut world).await;
        sharing::members_and_the_public_read(&mut world).await;
        world.browser.end().await;
    });
}
