//! Who reads how much: the rules of sharing, and what no combination of facts may break.

use crate::{any_of, id};
use domain::*;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1000);

fn facts(phase: Phase, tlp: Tlp) -> SharingFacts {
    SharingFacts {
        reach: Reach::Product,
        stands: true,
        phase,
        tlp,
        embargo: Embargo::None,
        exploited_at: None,
        campaign_ended: true,
        restitution_shared: false,
    }
}

fn runs(standing: Standing) -> Vec<RunBy> {
    vec![RunBy {
        organisation: id(1),
        standing,
    }]
}

fn deployer(standing: Standing) -> ReaderFacts {
    ReaderFacts {
        deployments: runs(standing),
        ..ReaderFacts::default()
    }
}

fn handler(role: CaseRole) -> ReaderFacts {
    ReaderFacts {
        case_roles: vec![role],
        ..ReaderFacts::default()
    }
}

#[test]
fn those_who_handle_it_read_everything_and_observers_that_it_exists() {
    for phase in Phase::ALL {
        let facts = facts(*phase, Tlp::Red);
        for role in [
            CaseRole::Organiser,
            CaseRole::Verifier,
            CaseRole::Vendor,
            CaseRole::Pilot,
        ] {
            assert_eq!(disclosure(&handler(role), &facts, NOW), Disclosure::Exploit);
        }
        let observed = if *phase == Phase::Restricted {
            Disclosure::Existence
        } else {
            Disclosure::Alert
        };
        assert_eq!(disclosure(&handler(CaseRole::Observer), &facts, NOW), observed);
    }
}

#[test]
fn a_confirmed_deployer_follows_the_phase_and_a_declared_one_stays_at_the_alert() {
    use Disclosure as D;
    let levels = [D::None, D::Alert, D::Measures, D::Details, D::Details];
    for (phase, level) in Phase::ALL.iter().zip(levels) {
        let facts = facts(*phase, Tlp::AmberStrict);
        assert_eq!(disclosure(&deployer(Standing::Confirmed), &facts, NOW), level);
        assert_eq!(
            disclosure(&deployer(Standing::Declared), &facts, NOW),
            level.min(D::Alert)
        );
        assert_eq!(disclosure(&deployer(Standing::None), &facts, NOW), D::None);
    }
    let red = facts(Phase::Details, Tlp::Red);
    assert_eq!(disclosure(&deployer(Standing::Confirmed), &red, NOW), D::None);
    let named = ReaderFacts {
        is_named: true,
        ..deployer(Standing::Confirmed)
    };
    assert_eq!(disclosure(&named, &red, NOW), D::Details);
    let only_named = ReaderFacts {
        is_named: true,
        ..ReaderFacts::default()
    };
    assert_eq!(disclosure(&only_named, &red, NOW), D::None);
}

#[test]
fn operators_of_deployers_read_from_amber_on() {
    let operator = ReaderFacts {
        operates_for: runs(Standing::Confirmed),
        ..ReaderFacts::default()
    };
    let read = |tlp| disclosure(&operator, &facts(Phase::Details, tlp), NOW);
    assert_eq!(read(Tlp::AmberStrict), Disclosure::None);
    assert_eq!(read(Tlp::Amber), Disclosure::Details);
}

#[test]
fn members_read_the_summary_after_the_campaign_and_the_restitution_where_agreed() {
    let member = ReaderFacts {
        is_member: true,
        ..ReaderFacts::default()
    };
    for phase in Phase::ALL {
        let facts = facts(*phase, Tlp::Green);
        assert_eq!(may_read_summary(&member, &facts, NOW), *phase >= Phase::Measures);
        let running = SharingFacts {
            campaign_ended: false,
            restitution_shared: true,
            ..facts
        };
        assert!(!may_read_summary(&member, &running, NOW));
        assert_eq!(disclosure(&member, &running, NOW), Disclosure::None);
        let amber = SharingFacts {
            tlp: Tlp::Amber,
            restitution_shared: true,
            ..facts
        };
        assert!(!may_read_summary(&member, &amber, NOW));
        let agreed = SharingFacts {
            restitution_shared: true,
            ..facts
        };
        let level = if *phase >= Phase::Details {
            Disclosure::Details
        } else {
            Disclosure::None
        };
        assert_eq!(disclosure(&member, &agreed, NOW), level);
    }
    let details = facts(Phase::Details, Tlp::Green);
    assert_eq!(disclosure(&member, &details, NOW), Disclosure::None);
}

#[test]
fn one_installation_s_flaw_stays_in_its_circle() {
    let own = SharingFacts {
        reach: Reach::Deployment(id(1)),
        ..facts(Phase::Public, Tlp::Clear)
    };
    assert_eq!(
        disclosure(&deployer(Standing::Confirmed), &own, NOW),
        Disclosure::Details
    );
    let others = SharingFacts {
        reach: Reach::Deployment(id(2)),
        ..own
    };
    assert_eq!(
        disclosure(&deployer(Standing::Confirmed), &others, NOW),
        Disclosure::None
    );
    assert_eq!(disclosure(&ReaderFacts::default(), &own, NOW), Disclosure::None);
}

#[test]
fn an_embargo_holds_back_until_its_instant_or_an_exploitation() {
    let until = |details_consented| Embargo::Until {
        until: Timestamp(2000),
        details_consented,
    };
    let read = |embargo, exploited_at, now| {
        let facts = SharingFacts {
            embargo,
            exploited_at,
            ..facts(Phase::Public, Tlp::Clear)
        };
        let public = disclosure(&ReaderFacts::default(), &facts, Timestamp(now));
        (
            disclosure(&deployer(Standing::Confirmed), &facts, Timestamp(now)),
            public,
        )
    };
    use Disclosure as D;
    assert_eq!(read(until(false), None, 1999), (D::Measures, D::None));
    assert_eq!(read(until(true), None, 1999), (D::Details, D::None));
    assert_eq!(read(until(false), None, 2000), (D::Details, D::Details));
    assert_eq!(
        read(until(false), Some(Timestamp(1500)), 1500),
        (D::Details, D::Details)
    );
    assert_eq!(read(until(false), Some(Timestamp(1501)), 1500), (D::Measures, D::None));
    assert_eq!(
        read(
            Embargo::Lifted {
                until: Timestamp(2000),
                at: Timestamp(0)
            },
            None,
            1
        ),
        (D::Details, D::Details)
    );
}

#[test]
fn a_phase_moves_with_the_opinion_and_back_with_a_reason() {
    let facts = MoveFacts {
        from: Phase::Details,
        opinion: Opinion::Silent,
        opposed: false,
        reason: "",
        tlp: Tlp::Clear,
        fix_holds: true,
        is_written: true,
        by: id(1),
        second: None,
        embargo_cap: Phase::Public,
    };
    let publish = |facts: &MoveFacts<'_>| move_phase(facts, PhaseEvent::Publish);
    assert_eq!(publish(&facts), Ok(Phase::Public));
    let awaited = MoveFacts {
        opinion: Opinion::Awaited,
        ..facts
    };
    assert_eq!(publish(&awaited), Err(MoveRefusal::OpinionAwaited));
    assert_eq!(
        publish(&MoveFacts {
            tlp: Tlp::Green,
            ..facts
        }),
        Err(MoveRefusal::NotClear)
    );
    let unfixed = MoveFacts {
        fix_holds: false,
        reason: "Chacun doit pouvoir se protéger.",
        ..facts
    };
    assert_eq!(publish(&unfixed), Err(MoveRefusal::SecondPersonMissing));
    let same = MoveFacts {
        second: Some(id(1)),
        ..unfixed
    };
    assert_eq!(publish(&same), Err(MoveRefusal::SecondPersonMissing));
    assert_eq!(
        publish(&MoveFacts {
            second: Some(id(2)),
            ..unfixed
        }),
        Ok(Phase::Public)
    );
    let held = MoveFacts {
        embargo_cap: Phase::Measures,
        ..facts
    };
    assert_eq!(publish(&held), Err(MoveRefusal::Embargo));
    assert_eq!(
        move_phase(&awaited, PhaseEvent::BackToAlert),
        Err(MoveRefusal::ReasonMissing)
    );
    let mistaken = MoveFacts {
        reason: "wrong product",
        ..awaited
    };
    assert_eq!(move_phase(&mistaken, PhaseEvent::BackToAlert), Ok(Phase::Alert));
    assert_eq!(move_phase(&facts, PhaseEvent::ShareAlert), Err(MoveRefusal::NoSuchStep));
    assert_eq!(Opinion::at(None, None, 7, NOW), Opinion::Awaited);
    assert_eq!(Opinion::at(Some(NOW), None, 7, NOW.plus_days(7)), Opinion::Silent);
    assert_eq!(Opinion::at(Some(NOW), Some(NOW), 7, NOW), Opinion::Given);
}

#[test]
fn one_person_publishes_only_what_a_retest_confirmed() {
    use VulnerabilityState as S;
    for state in VulnerabilityState::ALL {
        for retest_confirmed in [false, true] {
            let facts = MoveFacts {
                from: Phase::Details,
                opinion: Opinion::Given,
                opposed: false,
                reason: "Chacun doit pouvoir se protéger.",
                tlp: Tlp::Clear,
                fix_holds: domain::fix::holds(*state, retest_confirmed),
                is_written: true,
                by: id(1),
                second: None,
                embargo_cap: Phase::Public,
            };
            let alone = retest_confirmed && matches!(state, S::Fixed | S::Closed);
            let expected = if alone {
                Ok(Phase::Public)
            } else {
                Err(MoveRefusal::SecondPersonMissing)
            };
            assert_eq!(
                move_phase(&facts, PhaseEvent::Publish),
                expected,
                "{state:?} {retest_confirmed}"
            );
            let two = MoveFacts {
                second: Some(id(2)),
                ..facts
            };
            assert_eq!(move_phase(&two, PhaseEvent::Publish), Ok(Phase::Public));
        }
    }
}

#[test]
fn a_step_on_tells_something_and_is_explained_where_it_goes_against_somebody() {
    let facts = MoveFacts {
        from: Phase::Restricted,
        opinion: Opinion::Given,
        opposed: false,
        reason: " ",
        tlp: Tlp::Amber,
        fix_holds: false,
        is_written: true,
        by: id(1),
        second: None,
        embargo_cap: Phase::Public,
    };
    let steps = [
        (Phase::Restricted, PhaseEvent::ShareAlert, Disclosure::Alert),
        (Phase::Alert, PhaseEvent::ShareMeasures, Disclosure::Measures),
        (Phase::Measures, PhaseEvent::ShareDetails, Disclosure::Details),
    ];
    for (from, event, tells) in steps {
        let facts = MoveFacts { from, ..facts };
        let to = move_phase(&facts, event).unwrap();
        assert_eq!(to.tells(), tells);
        let empty = MoveFacts {
            is_written: false,
            ..facts
        };
        assert_eq!(move_phase(&empty, event), Err(MoveRefusal::NothingToTell));
        let opposed = MoveFacts { opposed: true, ..facts };
        assert_eq!(move_phase(&opposed, event), Err(MoveRefusal::ReasonMissing));
        let explained = MoveFacts {
            reason: "Une exploitation est annoncée.",
            ..opposed
        };
        assert_eq!(move_phase(&explained, event), Ok(to));
    }
    let unfixed = MoveFacts {
        from: Phase::Details,
        tlp: Tlp::Clear,
        second: Some(id(2)),
        ..facts
    };
    assert_eq!(
        move_phase(&unfixed, PhaseEvent::Publish),
        Err(MoveRefusal::ReasonMissing)
    );
}

#[test]
fn nobody_upholds_their_own_verdict() {
    let table: [(&[u128], bool); 4] = [(&[], true), (&[2], true), (&[1], false), (&[2, 1], false)];
    for (verified_by, may) in table {
        let people: Vec<_> = verified_by.iter().map(|n| id(*n)).collect();
        let expected = if may {
            Ok(())
        } else {
            Err(domain::vulnerability::VulnerabilityRefusal::OwnVerdict)
        };
        assert_eq!(domain::vulnerability::may_uphold(id(1), &people), expected);
    }
}

#[test]
fn an_embargo_is_stored_in_parts() {
    let (until, at) = (Timestamp(5), Timestamp(3));
    let held = |details_consented| Embargo::Until {
        until,
        details_consented,
    };
    for embargo in [Embargo::None, held(false), held(true), Embargo::Lifted { until, at }] {
        let (until, lifted_at, consented) = embargo.parts();
        assert_eq!(Embargo::from_parts(until, lifted_at, consented), embargo);
    }
}

prop_compose! {
    fn any_runs()(all in prop::collection::vec((1..4u128, any_of(Standing::ALL)), 0..3)) -> Vec<RunBy> {
        all.into_iter().map(|(n, standing)| RunBy { organisation: id(n), standing }).collect()
    }
}

prop_compose! {
    fn any_reader()(
        case_roles in prop::collection::vec(any_of(CaseRole::ALL), 0..2),
        deployments in any_runs(),
        operates_for in any_runs(),
        is_member in any::<bool>(),
        is_named in any::<bool>(),
    ) -> ReaderFacts {
        ReaderFacts { case_roles, deployments, operates_for, is_member, is_named }
    }
}

prop_compose! {
    fn any_facts()(
        only in prop::option::of(1..4u128),
        phase in any_of(Phase::ALL),
        tlp in any_of(Tlp::ALL),
        embargo in 0..4usize,
        exploited_at in prop::option::of((0..2000i64).prop_map(Timestamp)),
        until in (0..2000i64).prop_map(Timestamp),
        stands in any::<bool>(),
        campaign_ended in any::<bool>(),
        restitution_shared in any::<bool>(),
    ) -> SharingFacts {
        let embargo = match embargo {
            0 => Embargo::None,
            1 => Embargo::Lifted { until, at: until },
            n => Embargo::Until { until, details_consented: n == 2 },
        };
        let reach = only.map_or(Reach::Product, |n| Reach::Deployment(id(n)));
        SharingFacts { reach, stands, phase, tlp, embargo, exploited_at, campaign_ended, restitution_shared }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn narrowing_the_tlp_never_widens(reader in any_reader(), facts in any_facts(), tlp in any_of(Tlp::ALL)) {
        let narrower = SharingFacts { tlp: tlp.min(facts.tlp), ..facts };
        prop_assert!(disclosure(&reader, &narrower, NOW) <= disclosure(&reader, &facts, NOW));
        prop_assert!(!may_read_summary(&reader, &narrower, NOW) || may_read_summary(&reader, &facts, NOW));
    }

    #[test]
    fn a_later_phase_never_shows_less(reader in any_reader(), facts in any_facts(), phase in any_of(Phase::ALL)) {
        let later = SharingFacts { phase: phase.max(facts.phase), ..facts };
        prop_assert!(disclosure(&reader, &facts, NOW) <= disclosure(&reader, &later, NOW));
    }

    #[test]
    fn an_outsider_gets_what_is_public_and_never_more(facts in any_facts(), is_named in any::<bool>()) {
        let outsider = ReaderFacts { is_named, ..ReaderFacts::default() };
        let level = disclosure(&outsider, &facts, NOW);
        let public = facts.phase_at(NOW) == Phase::Public && facts.tlp == Tlp::Clear && facts.reach == Reach::Product;
        prop_assert_eq!(level, if public { Disclosure::Details } else { Disclosure::None });
    }

    #[test]
    fn an_embargo_caps_all_but_those_who_handle_it(mut reader in any_reader(), facts in any_facts(), consent in any::<bool>()) {
        reader.case_roles.clear();
        let embargo = Embargo::Until { until: NOW.plus(1), details_consented: consent };
        let held = SharingFacts { embargo, exploited_at: None, ..facts };
        let cap = if consent { Disclosure::Details } else { Disclosure::Measures };
        prop_assert!(disclosure(&reader, &held, NOW) <= cap);
        let free = SharingFacts { embargo: Embargo::None, ..held };
        prop_assert!(disclosure(&reader, &held, NOW) <= disclosure(&reader, &free, NOW));
        let exploited = SharingFacts { exploited_at: Some(NOW), ..held };
        prop_assert_eq!(disclosure(&reader, &exploited, NOW), disclosure(&reader, &free, NOW));
    }

    #[test]
    fn nobody_but_those_who_handle_it_gets_the_exploit(reader in any_reader(), facts in any_facts()) {
        let handles = reader.case_roles.iter().any(|role| *role != CaseRole::Observer);
        prop_assert_eq!(disclosure(&reader, &facts, NOW) == Disclosure::Exploit, handles);
    }

    #[test]
    fn a_declared_deployment_gives_the_alert_at_most(facts in any_facts()) {
        let level = disclosure(&deployer(Standing::Declared), &facts, NOW);
        prop_assert!(level <= Disclosure::Alert.max(disclosure(&ReaderFacts::default(), &facts, NOW)));
    }

    #[test]
    fn ending_a_right_never_shows_more(reader in any_reader(), facts in any_facts()) {
        let before = disclosure(&reader, &facts, NOW);
        for ended in [
            ReaderFacts { case_roles: vec![], ..reader.clone() },
            ReaderFacts { deployments: vec![], ..reader.clone() },
            ReaderFacts { operates_for: vec![], ..reader.clone() },
            ReaderFacts { is_member: false, ..reader.clone() },
            ReaderFacts { is_named: false, ..reader.clone() },
        ] {
            prop_assert!(disclosure(&ended, &facts, NOW) <= before);
        }
    }
}
