//! The other turns that the story can take, pressed in the browser: refusals, contests, papers, disputes.
//!
//! Each begins where the told story ends, and is pressed wrongly before it is pressed rightly.

mod administration;
mod applying;
mod closings;
mod correcting;
mod declaring;
mod disputes;
mod drafts;
mod importing;
mod instructing;
mod publication;
mod registering;
mod stage;

use stage::Stage;

#[test]
fn a_closing_is_proposed_contested_and_decided_by_others() {
    testkit::run(async {
        let stage = Stage::begin("turns-closings").await;
        closings::a_duplicate_needs_its_original(&stage).await;
        closings::its_author_contests_and_another_decides(&stage).await;
        closings::two_verifiers_close_as_abusive(&stage).await;
        stage.browser.end().await;
    });
}

#[test]
fn a_draft_is_incomplete_then_stale() {
    testkit::run(async {
        let stage = Stage::begin("turns-drafts").await;
        drafts::what_is_missing_is_named_at_once(&stage).await;
        drafts::two_pages_that_save_one_draft_keep_both_texts(&stage).await;
        drafts::a_stale_draft_keeps_what_was_typed(&stage).await;
        stage.browser.end().await;
    });
}

#[test]
fn a_vendor_disputes_refuses_and_tells_of_its_own() {
    testkit::run(async {
        let stage = Stage::begin("turns-disputes").await;
        disputes::a_dispute_is_not_upheld(&stage).await;
        disputes::a_dispute_is_right_for_two_people(&stage).await;
        disputes::a_vendor_refuses_to_correct_and_thinks_again(&stage).await;
        disputes::a_vendor_opens_a_vulnerability_of_its_product(&stage).await;
        disputes::what_a_vendor_declared_without_a_vector_is_rated(&stage).await;
        stage.browser.end().await;
    });
}

#[test]
fn two_people_publish_without_a_fix() {
    testkit::run(async {
        let stage = Stage::begin("turns-publication").await;
        publication::an_embargo_holds_back(&stage).await;
        publication::the_vendor_consents_to_the_details(&stage).await;
        publication::a_version_is_only_announced(&stage).await;
        publication::two_people_publish(&stage).await;
        stage.browser.end().await;
    });
}

#[test]
fn a_call_is_instructed_contested_and_cancelled() {
    testkit::run(async {
        let mut stage = Stage::begin("turns-call").await;
        let call = instructing::a_second_call_opens(&mut stage).await;
        let candidacy = applying::products_come_from_the_catalogue(&stage, call).await;
        instructing::a_paper_is_entered_by_two(&stage, call).await;
        instructing::a_return_is_contested_and_undone(&stage, candidacy).await;
        instructing::an_ineligibility_is_contested_and_stands(&stage, candidacy).await;
        instructing::the_call_is_cancelled_and_all_are_told(&stage, call, candidacy).await;
        stage.browser.end().await;
    });
}

#[test]
fn an_administrator_tries_what_failed_again() {
    testkit::run(async {
        let stage = Stage::begin("turns-administration").await;
        administration::mails_that_could_not_leave_are_tried_again(&stage).await;
        stage.browser.end().await;
    });
}

#[test]
fn an_earlier_test_is_imported_and_decided() {
    testkit::run(async {
        let stage = Stage::begin("turns-findings").await;
        let list = importing::a_file_is_corrected_and_imported(&stage).await;
        importing::a_verifier_decides_each(&stage, &list).await;
        stage.browser.end().await;
    });
}

#[test]
fn tests_made_elsewhere_are_declared_and_one_more_is_joined() {
    testkit::run(async {
        let stage = Stage::begin("turns-declaring").await;
        declaring::a_test_is_declared_and_withdrawn(&stage).await;
        declaring::a_file_is_corrected_and_imported(&stage).await;
        declaring::one_more_is_explained_and_joined(&stage).await;
        stage.browser.end().await;
    });
}

#[test]
fn the_register_holds_at_a_country_s_size() {
    testkit::run(async {
        let stage = Stage::begin("turns-register").await;
        registering::a_file_declares_what_a_commune_runs(&stage).await;
        registering::a_product_bears_codes_and_its_versions_dates(&stage).await;
        registering::an_organisation_is_named(&stage).await;
        stage.browser.end().await;
    });
}

#[test]
fn a_corrected_version_is_refused_then_accepted() {
    testkit::run(async {
        let stage = Stage::begin("turns-corrected").await;
        let target = correcting::an_organiser_declares_a_corrected_version(&stage).await;
        correcting::its_vendor_refuses_it_and_so_does_a_colleague_meanwhile(&stage, target).await;
        correcting::the_organiser_reads_why_and_the_vendor_accepts(&stage, target).await;
        stage.browser.end().await;
    });
}
