//! Who judges a report, a finding or a retest, and who makes one: the policies say what `domain` says.

use authorization::policies::Policies;
use authorization::{Actor, Attr, Attributes, PersonActor};
use domain::Timestamp;
use domain::finding::may_decide;
use domain::ids::{GrantId, OrganisationId, PersonId};
use domain::role::{Grant, GrantScope, Role};
use domain::verification::may_judge;
use uuid::Uuid;

const OPERATOR: OrganisationId = OrganisationId(Uuid::from_u128(1));
const SCHOOL: OrganisationId = OrganisationId(Uuid::from_u128(2));
const FELLOWS: OrganisationId = OrganisationId(Uuid::from_u128(3));
const VENDOR: OrganisationId = OrganisationId(Uuid::from_u128(4));
const STRANGERS: OrganisationId = OrganisationId(Uuid::from_u128(5));
const HUNTER: PersonId = PersonId(Uuid::from_u128(6));
const VERIFIER: PersonId = PersonId(Uuid::from_u128(7));

/// Every act by which a report is judged.
const JUDGING: &[&str] = &["VerifyReport", "DecideAppeal", "CommentInternally", "CommentShared"];

fn verifier(person: PersonId, belongs: Option<(OrganisationId, Role)>) -> Actor {
    let grant = |n: u128, organisation: OrganisationId, role: Role| Grant {
        id: GrantId(Uuid::from_u128(n)),
        person,
        organisation,
        role,
        scope: GrantScope::Organisation,
        from: Timestamp(0),
        until: None,
    };
    let mut grants = vec![grant(10, OPERATOR, Role::Verifier)];
    grants.extend(belongs.map(|(organisation, role)| grant(11, organisation, role)));
    Actor::Person(PersonActor {
        person,
        grants,
        under: None,
    })
}

fn report(state: &str) -> Attributes {
    vec![
        ("campaign", Attr::id(Uuid::from_u128(20))),
        ("programme", Attr::id(Uuid::from_u128(21))),
        ("owner", Attr::organisation(STRANGERS)),
        ("operators", Attr::ids([OPERATOR])),
        ("reporter", Attr::id(HUNTER)),
        ("authors", Attr::ids([HUNTER])),
        ("author_organisations", Attr::ids([SCHOOL, FELLOWS])),
        ("vendor", Attr::maybe_organisation(None)),
        ("product_vendor", Attr::organisation(VENDOR)),
        ("submitted", Attr::Bool(true)),
        ("state", Attr::code(state)),
    ]
}

#[test]
fn nobody_judges_what_an_organisation_of_theirs_wrote_or_makes() {
    let policies = Policies::built_in().unwrap();
    let memberships = [SCHOOL, FELLOWS, VENDOR, STRANGERS, OPERATOR];
    let belongs = memberships
        .into_iter()
        .flat_map(|organisation| Role::ALL.iter().map(move |role| Some((organisation, *role))))
        .chain([None]);
    for belongs in belongs {
        for person in [VERIFIER, HUNTER] {
            let actor = verifier(person, belongs);
            let organisations: Vec<_> = actor.grants().iter().map(|grant| grant.organisation).collect();
            let rule = may_judge(person, &organisations, &[HUNTER], &[SCHOOL, FELLOWS], VENDOR).is_ok();
            for (action, state) in JUDGING
                .iter()
                .flat_map(|a| ["in_verification", "appealed"].map(|s| (*a, s)))
            {
                let decided = policies.decide_on(&actor, action, "Report", Uuid::from_u128(8), report(state));
                assert_eq!(decided.is_some(), rule, "{action} with {belongs:?}");
            }
        }
    }
}

#[test]
fn nobody_decides_a_finding_that_they_imported_or_whose_product_they_make() {
    let policies = Policies::built_in().unwrap();
    let finding = || {
        vec![
            ("campaign", Attr::id(Uuid::from_u128(20))),
            ("programme", Attr::id(Uuid::from_u128(21))),
            ("owner", Attr::organisation(STRANGERS)),
            ("operators", Attr::ids([OPERATOR])),
            ("importer", Attr::id(HUNTER)),
            ("product_vendor", Attr::organisation(VENDOR)),
            ("announced", Attr::Bool(true)),
        ]
    };
    let belongs = [SCHOOL, VENDOR, STRANGERS, OPERATOR]
        .into_iter()
        .flat_map(|organisation| Role::ALL.iter().map(move |role| Some((organisation, *role))))
        .chain([None]);
    for belongs in belongs {
        for person in [VERIFIER, HUNTER] {
            let actor = verifier(person, belongs);
            let organisations: Vec<_> = actor.grants().iter().map(|grant| grant.organisation).collect();
            let rule = may_decide(person, &organisations, HUNTER, VENDOR).is_ok();
            let decided = policies.decide_on(&actor, "DecideFinding", "Finding", Uuid::from_u128(8), finding());
            assert_eq!(decided.is_some(), rule, "{belongs:?}");
        }
    }
}

fn retest(state: &str) -> Attributes {
    vec![
        ("state", Attr::code(state)),
        ("offered_to", Attr::code("verifier")),
        ("offered_person", Attr::maybe_person(None)),
        ("accepted_by", Attr::maybe_person(Some(HUNTER))),
        ("tester_organisation", Attr::maybe_organisation(Some(SCHOOL))),
        ("hunters", Attr::ids::<PersonId>([])),
        ("pool", Attr::ids::<PersonId>([])),
        ("grounds", Attr::ids::<Uuid>([])),
        ("lapsed", Attr::ids([HUNTER])),
        ("campaigns", Attr::ids([Uuid::from_u128(20)])),
        ("operators", Attr::ids([OPERATOR])),
        ("posts", Attr::posts([])),
        ("vendor", Attr::organisation(VENDOR)),
    ]
}

#[test]
fn nobody_retests_what_an_organisation_of_theirs_makes() {
    let policies = Policies::built_in().unwrap();
    let memberships = [SCHOOL, FELLOWS, VENDOR, STRANGERS, OPERATOR];
    let belongs = memberships
        .into_iter()
        .flat_map(|organisation| Role::ALL.iter().map(move |role| Some((organisation, *role))))
        .chain([None]);
    for belongs in belongs {
        for person in [VERIFIER, HUNTER] {
            let actor = verifier(person, belongs);
            let organisations: Vec<_> = actor.grants().iter().map(|grant| grant.organisation).collect();
            let free = may_judge(person, &organisations, &[], &[], VENDOR).is_ok();
            let judge = may_judge(person, &organisations, &[HUNTER], &[SCHOOL], VENDOR).is_ok();
            let accepted = person == HUNTER;
            for (action, state, rule) in [
                ("DoRetest", "offered", free),
                ("DoRetest", "accepted", free && accepted),
                ("DoRetest", "reported", free && accepted),
                ("DoRetest", "expired", false),
                ("LookBackOnRetest", "expired", free && accepted),
                ("ConfirmRetest", "reported", judge),
            ] {
                let decided = policies.decide_on(&actor, action, "Retest", Uuid::from_u128(9), retest(state));
                assert_eq!(
                    decided.is_some(),
                    rule,
                    "{action} when {state}, {person:?} with {belongs:?}"
                );
            }
        }
    }
}
