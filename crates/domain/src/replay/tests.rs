//! Tables of the rules of replays.

use super::*;
use crate::machine::Machine as _;

#[test]
fn a_replay_needs_what_the_hunt_needed_but_for_the_window() {
    let fine = ReplayFacts {
        due: true,
        under_way: false,
        campaign: CampaignState::Verifying,
        authorised: true,
        agreed: true,
        stopped: false,
        before: 0,
        most: 1,
    };
    for campaign in [CampaignState::Open, CampaignState::Closed] {
        assert_eq!(may_replay(&ReplayFacts { campaign, ..fine }), Ok(()));
    }
    let table = [
        (ReplayFacts { due: false, ..fine }, ReplayRefusal::NotDue),
        (
            ReplayFacts {
                authorised: false,
                ..fine
            },
            ReplayRefusal::NotAuthorised,
        ),
        (ReplayFacts { agreed: false, ..fine }, ReplayRefusal::NotAgreed),
        (
            ReplayFacts {
                campaign: CampaignState::Suspended,
                ..fine
            },
            ReplayRefusal::CampaignStopped,
        ),
        (
            ReplayFacts {
                campaign: CampaignState::Cancelled,
                ..fine
            },
            ReplayRefusal::CampaignStopped,
        ),
        (
            ReplayFacts {
                campaign: CampaignState::Archived,
                ..fine
            },
            ReplayRefusal::CampaignStopped,
        ),
        (ReplayFacts { stopped: true, ..fine }, ReplayRefusal::TargetStopped),
        (
            ReplayFacts {
                under_way: true,
                ..fine
            },
            ReplayRefusal::UnderWay,
        ),
        (ReplayFacts { before: 1, ..fine }, ReplayRefusal::TooOften),
    ];
    for (facts, refusal) in table {
        assert_eq!(may_replay(&facts), Err(refusal), "{facts:?}");
    }
}

#[test]
fn what_nobody_answers_for_any_more_has_failed() {
    use ReplayState as S;
    let (until, early, late) = (Timestamp(10), Timestamp(9), Timestamp(10));
    for state in S::STATES {
        assert_eq!(state.at(until, early), (*state, None), "{state:?}");
        let (then, why) = state.at(until, late);
        assert!(!then.is_under_way(), "{state:?}");
        assert_eq!(why.is_some(), state.is_under_way(), "{state:?}");
        assert_eq!(state.allows(ReplayEvent::Fail), state.is_under_way(), "{state:?}");
    }
    assert_eq!(S::Waiting.at(until, late).1, Some(ReplayFailure::NotStarted));
    assert_eq!(S::Sending.at(until, late).1, Some(ReplayFailure::Interrupted));
    assert!(
        S::Waiting.after(ReplayEvent::Keep).is_err(),
        "nothing is kept that was not sent"
    );
}

#[test]
fn a_report_is_judged_by_verifiers_and_a_retest_by_its_tester_then_by_another() {
    for state in ReportState::ALL {
        let judged = matches!(state, ReportState::Submitted | ReportState::InVerification);
        assert_eq!(is_report_judged(*state), judged, "{state:?}");
    }
    let retesting = VulnerabilityState::Retesting;
    for state in RetestState::ALL {
        let own = is_retest_judged(retesting, *state, true);
        assert_eq!(own, *state == RetestState::Accepted, "{state:?}");
        let others = is_retest_judged(retesting, *state, false);
        assert_eq!(others, *state == RetestState::Reported, "{state:?}");
    }
    for state in VulnerabilityState::ALL {
        let due = is_retest_judged(*state, RetestState::Accepted, true);
        assert_eq!(due, *state == retesting, "{state:?}");
    }
}

#[test]
fn what_is_refused_later_ends_it_with_its_reason() {
    for (refusal, failure) in [
        (ReplayRefusal::NotDue, ReplayFailure::RightsEnded),
        (ReplayRefusal::NotAuthorised, ReplayFailure::NotAuthorised),
        (ReplayRefusal::NotAgreed, ReplayFailure::NotAgreed),
        (ReplayRefusal::CampaignStopped, ReplayFailure::CampaignStopped),
        (ReplayRefusal::TargetStopped, ReplayFailure::TargetGone),
    ] {
        assert_eq!(ReplayFailure::from(refusal), failure);
    }
}

#[test]
fn the_gravest_step_tells() {
    use ReplayResult::{Different, NoAnswer, Same, SameButVolatile};
    assert_eq!(ReplayResult::of([Same, SameButVolatile, Same]), SameButVolatile);
    assert_eq!(ReplayResult::of([Different, NoAnswer]), NoAnswer);
    assert_eq!(ReplayResult::of([Same, Different]), Different);
    assert_eq!(ReplayResult::of([Same]), Same);
    assert_eq!(ReplayResult::of([]), NoAnswer);
}
