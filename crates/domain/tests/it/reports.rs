//! The rules of reports and of what follows them.

use crate::id;
use domain::appeal::*;
use domain::position::AcceptanceRefusal;
use domain::verification::*;
use domain::vulnerability::{Origin, VulnerabilityEvent, VulnerabilityRefusal, may_close, may_dismiss, may_merge};
use domain::*;

fn report(state: ReportState) -> Report {
    Report {
        id: id(1),
        campaign: id(1),
        product: id(1),
        reporter: id(10),
        collaborators: vec![id(11)],
        number: 1,
        state,
        submitted_at: Some(Timestamp(0)),
        asked_at: Some(Timestamp(0)),
        original: None,
        vulnerability: None,
        claim: None,
        rating: None,
        closing: Some(Closing {
            state,
            by: Some(id(20)),
            second: Some(id(21)),
            at: Timestamp(0),
        }),
        appealed_at: None,
        revision: 0,
    }
}

const TIMES: ReportTimes = ReportTimes {
    claim_minutes: 120,
    reminder_days: 7,
    answer_days: 30,
    appeal_days: 15,
    reopen_days: 30,
};

const CLOSINGS: [ReportState; 6] = [
    ReportState::NotReproduced,
    ReportState::OutOfScope,
    ReportState::Informative,
    ReportState::Duplicate,
    ReportState::Abusive,
    ReportState::ClosedUnanswered,
];

#[test]
fn a_closing_is_contested_once_within_fifteen_days_by_an_author() {
    let day = |n| Timestamp(0).plus_days(n);
    for state in ReportState::ALL {
        let closed = report(*state);
        let allowed = may_appeal(&closed, id(11), day(14), &TIMES).is_ok();
        assert_eq!(allowed, CLOSINGS.contains(state), "{state:?}");
        assert_eq!(state.is_appealable_closing(), CLOSINGS.contains(state));
    }
    let closed = report(ReportState::Informative);
    assert_eq!(
        may_appeal(&closed, id(10), day(15), &TIMES),
        Err(AppealRefusal::TooLate)
    );
    assert_eq!(
        may_appeal(&closed, id(12), day(1), &TIMES),
        Err(AppealRefusal::NotAnAuthor)
    );
    assert!(!is_final(&closed, day(14), &TIMES) && is_final(&closed, day(15), &TIMES));
    let longer = ReportTimes {
        appeal_days: 20,
        ..TIMES
    };
    assert!(may_appeal(&closed, id(10), day(15), &longer).is_ok());
    let again = Report {
        appealed_at: Some(day(1)),
        ..closed
    };
    assert_eq!(
        may_appeal(&again, id(10), day(2), &TIMES),
        Err(AppealRefusal::AlreadyAppealed)
    );
    assert!(is_final(&again, day(2), &TIMES));
}

#[test]
fn another_verifier_decides_and_upholds_the_same_closing() {
    for state in CLOSINGS {
        let mut appealed = report(state);
        appealed.state = ReportState::Appealed;
        for one_of_them in [20, 21] {
            let refused = decide_appeal(&appealed, id(one_of_them), true, "seen");
            assert_eq!(refused, Err(AppealRefusal::SameVerifier));
        }
        assert_eq!(
            decide_appeal(&appealed, id(22), false, " "),
            Err(AppealRefusal::ReasonMissing)
        );
        let upheld = decide_appeal(&appealed, id(22), false, "seen").unwrap();
        assert_eq!(ReportState::Appealed.after(upheld), Ok(state));
        let allowed = decide_appeal(&appealed, id(22), true, "seen").unwrap();
        assert_eq!(ReportState::Appealed.after(allowed), Ok(ReportState::InVerification));
    }
}

#[test]
fn an_unanswered_report_closes_and_reopens_within_thirty_days() {
    let day = |n| Timestamp(0).plus_days(n);
    let asked = report(ReportState::NeedsInformation);
    assert_eq!(
        may_close_unanswered(&asked, day(29), &TIMES),
        Err(AppealRefusal::TooEarly)
    );
    assert_eq!(may_close_unanswered(&asked, day(30), &TIMES), Ok(()));
    let closed = report(ReportState::ClosedUnanswered);
    assert_eq!(may_reopen(&closed, id(10), day(29), &TIMES), Ok(()));
    assert_eq!(
        may_reopen(&closed, id(10), day(30), &TIMES),
        Err(AppealRefusal::TooLate)
    );
    assert_eq!(
        may_reopen(&closed, id(99), day(1), &TIMES),
        Err(AppealRefusal::NotAnAuthor)
    );
    assert_eq!(
        may_reopen(&asked, id(10), day(1), &TIMES),
        Err(AppealRefusal::NotClosed)
    );
}

#[test]
fn a_duplicate_needs_an_earlier_report_of_the_same_product_without_cycles() {
    let facts = |n: u128, original: Option<u128>| DuplicateFacts {
        id: id(n),
        product: id(1),
        state: ReportState::Submitted,
        submitted_at: Some(Timestamp(n as i64)),
        original: original.map(id),
    };
    let (first, second) = (facts(1, None), facts(2, None));
    assert_eq!(may_be_duplicate(&second, &first, &[]), Ok(()));
    assert_eq!(may_be_duplicate(&first, &second, &[]), Err(DuplicateRefusal::Later));
    assert_eq!(may_be_duplicate(&first, &first, &[]), Err(DuplicateRefusal::Itself));
    let other = DuplicateFacts {
        product: id(2),
        ..first
    };
    assert_eq!(
        may_be_duplicate(&second, &other, &[]),
        Err(DuplicateRefusal::OtherProduct)
    );
    for state in [ReportState::Draft, ReportState::Discarded, ReportState::Withdrawn] {
        let gone = DuplicateFacts { state, ..first };
        assert_eq!(
            may_be_duplicate(&second, &gone, &[]),
            Err(DuplicateRefusal::NotSubmitted)
        );
    }
    let looped = facts(1, Some(2));
    assert_eq!(may_be_duplicate(&second, &looped, &[]), Err(DuplicateRefusal::Cycle));
    assert_eq!(
        may_be_duplicate(&second, &facts(1, Some(3)), &[id(2)]),
        Err(DuplicateRefusal::Cycle)
    );
}

#[test]
fn one_verifier_works_on_a_report_at_a_time() {
    let held = claim(Timestamp(0), id(1), None, &TIMES).unwrap();
    let refused = claim(Timestamp(1), id(2), Some(held), &TIMES);
    assert_eq!(refused, Err(VerificationRefusal::ClaimedByAnother));
    assert!(claim(Timestamp(1), id(1), Some(held), &TIMES).unwrap().until > held.until);
    assert_eq!(claim(held.until, id(2), Some(held), &TIMES).unwrap().by, id(2));
}

#[test]
fn nobody_judges_their_own() {
    assert_eq!(may_judge(id(1), &[id(5)], &[id(2)], &[id(6), id(7)], id(8)), Ok(()));
    let own = may_judge(id(1), &[], &[id(2), id(1)], &[], id(8));
    assert_eq!(own, Err(VerificationRefusal::OwnReport));
    let school = may_judge(id(1), &[id(5), id(7)], &[id(2)], &[id(6), id(7)], id(8));
    assert_eq!(school, Err(VerificationRefusal::SameOrganisation));
    let vendor = may_judge(id(1), &[id(5), id(8)], &[id(2)], &[id(6), id(7)], id(8));
    assert_eq!(vendor, Err(VerificationRefusal::VendorsOwn));
}

#[test]
fn a_verification_needs_a_reproduction_on_the_target() {
    let made = Reproduction {
        by: id(1),
        at: Timestamp(0),
        on_campaign_target: true,
        succeeded: true,
        replayed: false,
        explained: false,
    };
    assert_eq!(may_verify(&[made], false), Ok(()));
    assert_eq!(may_verify(&[made], true), Err(VerificationRefusal::NotReplayed));
    let replayed = Reproduction { replayed: true, ..made };
    let explained = Reproduction {
        explained: true,
        ..made
    };
    for shown in [replayed, explained] {
        assert_eq!(may_verify(&[made, shown], true), Ok(()));
        let failed = Reproduction {
            succeeded: false,
            ..shown
        };
        assert_eq!(may_verify(&[made, failed], true), Err(VerificationRefusal::NotReplayed));
    }
    let elsewhere = Reproduction {
        on_campaign_target: false,
        ..made
    };
    let failed = Reproduction {
        succeeded: false,
        ..made
    };
    assert_eq!(
        may_verify(&[elsewhere, failed], false),
        Err(VerificationRefusal::NotReproduced)
    );
    assert!(may_resume_verification(false, "wrong target").is_ok());
    let late = may_resume_verification(true, "wrong target");
    assert_eq!(late, Err(VerificationRefusal::VendorAcknowledged));
    assert_eq!(two_people(id(1), id(1), "spam"), Err(VerificationRefusal::SamePerson));
}

fn vulnerability(n: u128) -> Vulnerability {
    Vulnerability {
        id: id(n),
        product: id(1),
        reach: Reach::Product,
        number: n as i64,
        state: VulnerabilityState::Open,
        round: 1,
        rating: None,
        opened_at: Timestamp(0),
        phase: Phase::Restricted,
        tlp: Tlp::AmberStrict,
        embargo: Embargo::None,
        exploited_at: None,
        merged_into: None,
        split_from: None,
        origin: Origin::Report,
        reports: 1,
        revision: 0,
    }
}

#[test]
fn a_dismissal_takes_two_and_a_merge_keeps_the_circle() {
    assert_eq!(
        may_dismiss(id(1), id(1), "no flaw"),
        Err(VulnerabilityRefusal::SamePerson)
    );
    assert_eq!(may_dismiss(id(1), id(2), ""), Err(VulnerabilityRefusal::ReasonMissing));
    assert_eq!(may_dismiss(id(1), id(2), "no flaw"), Ok(()));
    let (one, two) = (vulnerability(1), vulnerability(2));
    assert_eq!(may_merge(&one, &two), Ok(()));
    assert_eq!(may_merge(&one, &one), Err(VulnerabilityRefusal::Cycle));
    let merged = Vulnerability {
        state: VulnerabilityState::Merged,
        ..two.clone()
    };
    assert_eq!(may_merge(&one, &merged), Err(VulnerabilityRefusal::TargetGone));
    let own = Vulnerability {
        reach: Reach::Deployment(id(3)),
        ..two
    };
    assert_eq!(may_merge(&own, &one), Err(VulnerabilityRefusal::OtherReach));
    assert_eq!(may_close(1, false), Err(VulnerabilityRefusal::DeployersBehind));
    assert!(may_close(0, false).is_ok() && may_close(3, true).is_ok());
}

#[test]
fn a_retest_is_awaited_from_the_announcement_of_a_fix_until_the_verdict() {
    use domain::VulnerabilityEvent::{ConfirmFixed, StartRetest};
    for state in VulnerabilityState::ALL {
        let open = [StartRetest, ConfirmFixed]
            .iter()
            .any(|event| state.after(*event).is_ok());
        assert_eq!(state.awaits_retest(), open, "{state:?}");
    }
}

#[test]
fn an_outcome_moves_the_vulnerability() {
    let after = |outcome: RetestOutcome| VulnerabilityState::Retesting.after(outcome.effect());
    assert_eq!(after(RetestOutcome::Fixed), Ok(VulnerabilityState::Fixed));
    assert_eq!(after(RetestOutcome::Partial), Ok(VulnerabilityState::Acknowledged));
    assert_eq!(after(RetestOutcome::NotFixed), Ok(VulnerabilityState::Acknowledged));
    assert_eq!(after(RetestOutcome::CannotTell), Ok(VulnerabilityState::FixAvailable));
    assert_eq!(RetestOutcome::Partial.next_round(1), 2);
    assert_eq!(RetestOutcome::CannotTell.next_round(1), 1);
}

#[test]
fn an_accepted_risk_ends_with_the_clock() {
    let acceptance = RiskAcceptance {
        signatory: "A. Martin".into(),
        function: "Maire".into(),
        delegation: String::new(),
        reason: "Replaced in September.".into(),
        expires_at: Timestamp(100),
    };
    assert_eq!(acceptance.check(Timestamp(0)), Ok(()));
    assert_eq!(acceptance.check(Timestamp(100)), Err(AcceptanceRefusal::AlreadyExpired));
    let unsigned = RiskAcceptance {
        signatory: " ".into(),
        ..acceptance.clone()
    };
    assert_eq!(unsigned.check(Timestamp(0)), Err(AcceptanceRefusal::SignatoryMissing));
    let mut position = Position {
        vulnerability: id(1),
        organisation: id(1),
        state: PositionState::RiskAccepted,
        informed_at: Some(Timestamp(5)),
        read_at: None,
        answered_at: None,
        acceptance: Some(acceptance),
        revision: 0,
    };
    assert_eq!(position.state_at(Timestamp(99)), PositionState::RiskAccepted);
    assert_eq!(position.state_at(Timestamp(100)), PositionState::Affected);
    assert_eq!(position.unanswered_since(), None);
    position.state = PositionState::Read;
    assert_eq!(position.unanswered_since(), Some(Timestamp(5)));
}

#[test]
fn what_nothing_supports_goes_no_further() {
    use VulnerabilityEvent as E;
    let further = [
        E::NotifyVendor,
        E::Acknowledge,
        E::Dispute,
        E::AnnounceFix,
        E::StartRetest,
        E::RefuseFix,
        E::Reopen,
    ];
    for (event, state) in E::ALL
        .iter()
        .flat_map(|e| VulnerabilityState::ALL.iter().map(move |s| (*e, *s)))
    {
        for (origin, reports) in [
            (Origin::Report, 0),
            (Origin::Report, 1),
            (Origin::Vendor, 0),
            (Origin::Import, 0),
        ] {
            let one = Vulnerability {
                state,
                origin,
                reports,
                ..vulnerability(1)
            };
            let supported = origin != Origin::Report || reports > 0;
            let own_word = origin == Origin::Vendor && event == E::Dispute;
            let allowed = state.allows(event) && !own_word && (supported || !further.contains(&event));
            assert_eq!(
                one.allows(event),
                allowed,
                "{event:?} of {state:?}, {origin:?} with {reports}"
            );
        }
    }
}

#[test]
fn authors_are_reminded_before_the_end_and_only_then() {
    let asked = Timestamp(0);
    let due = asked.plus_days(TIMES.answer_days);
    let at: Vec<Timestamp> = reminders(asked, &TIMES).into_iter().collect();
    assert_eq!(at, [due.plus_days(-7), due.plus_days(-1)]);
    for (reminder_days, count) in [(1, 1), (0, 1), (TIMES.answer_days, 1)] {
        let times = ReportTimes { reminder_days, ..TIMES };
        assert_eq!(reminders(asked, &times).len(), count, "{reminder_days}");
    }
    let mut report = report(ReportState::NeedsInformation);
    report.asked_at = Some(asked);
    for (now, left) in [
        (due.plus_days(-8), None),
        (due.plus_days(-7), Some(7)),
        (due.plus_days(-1), Some(1)),
        (due.plus(-1), Some(1)),
        (due, None),
    ] {
        assert_eq!(days_left(&report, now, &TIMES), left, "{now:?}");
    }
    report.state = ReportState::InVerification;
    assert_eq!(days_left(&report, due.plus_days(-1), &TIMES), None, "it was answered");
}
