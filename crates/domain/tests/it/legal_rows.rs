//! The legal rows of each machine, written a second time by hand from `product.md` (and decisions 0005 and 0008).

use domain::Machine;
use std::collections::BTreeSet;

/// Compares a table with rows written as `from|from event to`.
fn check<S: Machine>(rows: &str) {
    let written: BTreeSet<(String, String, String)> = rows
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .flat_map(|line| {
            let words: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
            let [from, on, to] = <[String; 3]>::try_from(words).unwrap();
            let from: Vec<_> = from.split('|').map(str::to_owned).collect();
            from.into_iter().map(move |f| (f, on.clone(), to.clone()))
        })
        .collect();
    let table: BTreeSet<_> = S::TABLE
        .iter()
        .map(|(f, on, to)| (f.code().to_owned(), S::event_code(*on).to_owned(), to.code().to_owned()))
        .collect();
    assert_eq!(written, table, "{}", S::NAME);
}

#[test]
fn candidacy() {
    check::<domain::CandidacyState>(
        "draft receive received
         received select selected
         received wait waiting
         received not_select not_selected
         waiting promote selected
         selected confirm confirmed
         selected lapse lapsed
         received|waiting|selected return returned
         returned receive_again received
         returned reinstate received
         returned lapse lapsed
         received|waiting|selected|confirmed declare_ineligible ineligible
         ineligible reinstate received
         draft|received|waiting|selected|confirmed|returned withdraw withdrawn",
    );
}

#[test]
fn call() {
    check::<domain::CallState>(
        "draft publish published
         published open open
         open close closed
         closed decide decided
         draft|published|open|closed cancel cancelled",
    );
}

#[test]
fn authorisation() {
    check::<domain::AuthorisationState>(
        "requested sign signed
         signed expire expired
         signed revoke revoked",
    );
}

#[test]
fn campaign() {
    check::<domain::CampaignState>(
        "draft plan planned
         planned make_ready ready
         ready open open
         ready fall_back planned
         open suspend suspended
         suspended resume open
         open|suspended end_window verifying
         verifying close closed
         closed archive archived
         draft|planned|ready cancel cancelled",
    );
}

#[test]
fn deployment() {
    check::<domain::DeploymentState>(
        "declared confirm confirmed
         declared|confirmed end ended",
    );
}

#[test]
fn report() {
    check::<domain::ReportState>(
        "draft submit submitted
         draft discard discarded
         submitted|in_verification|needs_information withdraw withdrawn
         submitted start_verification in_verification
         in_verification ask_information needs_information
         needs_information answer_information in_verification
         in_verification verify verified
         in_verification close_not_reproduced not_reproduced
         in_verification close_out_of_scope out_of_scope
         in_verification close_informative informative
         in_verification close_duplicate duplicate
         in_verification close_abusive abusive
         needs_information close_unanswered closed_unanswered
         closed_unanswered reopen in_verification
         not_reproduced|out_of_scope|informative|duplicate|abusive|closed_unanswered appeal appealed
         appealed allow_appeal in_verification
         appealed uphold_not_reproduced not_reproduced
         appealed uphold_out_of_scope out_of_scope
         appealed uphold_informative informative
         appealed uphold_duplicate duplicate
         appealed uphold_abusive abusive
         appealed uphold_unanswered closed_unanswered
         verified resume_verification in_verification
         verified merge_late duplicate",
    );
}

#[test]
fn vulnerability() {
    check::<domain::VulnerabilityState>(
        "open notify_vendor vendor_notified
         vendor_notified acknowledge acknowledged
         acknowledged announce_fix fix_available
         fix_available start_retest retesting
         retesting confirm_fixed fixed
         fixed close closed
         vendor_notified|acknowledged dispute disputed
         disputed acknowledge acknowledged
         disputed dismiss dismissed
         retesting find_not_fixed acknowledged
         retesting cannot_tell fix_available
         acknowledged refuse_fix wont_fix
         wont_fix acknowledge acknowledged
         wont_fix close closed
         open|vendor_notified|acknowledged|disputed|fix_available|retesting|fixed|wont_fix|closed|reopened merge merged
         fixed|closed reopen reopened
         reopened notify_vendor vendor_notified",
    );
}

#[test]
fn finding() {
    check::<domain::FindingState>(
        "waiting open opened
         waiting join joined
         waiting refuse refused
         opened|joined reconsider waiting",
    );
}

#[test]
fn retest() {
    check::<domain::RetestState>(
        "requested|declined|expired|rejected offer offered
         offered accept accepted
         offered decline declined
         offered|accepted expire expired
         requested|offered|accepted|reported end expired
         accepted report reported
         reported confirm confirmed
         reported reject rejected",
    );
}

#[test]
fn position() {
    check::<domain::PositionState>(
        "to_inform inform informed
         informed read read
         informed|read|not_affected|unknown declare_affected affected
         informed|read|affected|unknown declare_not_affected not_affected
         informed|read|affected|not_affected declare_unknown unknown
         affected|unknown mitigate mitigated
         affected|mitigated update up_to_date
         affected|mitigated accept_risk risk_accepted
         risk_accepted end_acceptance affected
         up_to_date|not_affected reopen affected
         to_inform|informed|read|affected|not_affected|unknown|mitigated|up_to_date|risk_accepted leave left",
    );
}

#[test]
fn sharing() {
    check::<domain::Phase>(
        "restricted share_alert alert
         alert share_measures measures
         measures share_details details
         details publish public
         alert|measures|details|public back_to_restricted restricted
         measures|details|public back_to_alert alert
         details|public back_to_measures measures
         public back_to_details details",
    );
}

#[test]
fn join() {
    check::<domain::JoinState>(
        "asked accept joined
         asked decline declined
         asked propose proposed
         proposed agree joined
         proposed refuse refused
         proposed|joined lapse lapsed
         asked|joined leave left",
    );
}
