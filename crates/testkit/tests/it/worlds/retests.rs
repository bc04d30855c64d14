//! Retests: who is asked for each, makes it and judges it, and the lists that lead there.

use super::dice::Dice;
use super::draw::id;
use super::model::{Flaw, Reader, RetestOf, World};
use domain::ids::{PersonId, RetestId};
use domain::programme::ProgrammeSettings;
use domain::report::ReportState;
use domain::retest::{OfferedTo, Retest, RetestOutcome, RetestState};
use domain::role::{Grant, GrantScope, Role};
use domain::sharing::Tlp;
use domain::vulnerability::VulnerabilityState;
use std::collections::{BTreeMap, BTreeSet};
use testkit::{START, TestApp};
use use_cases::desk::ViewDesk;
use use_cases::ports::RetestRecord;
use use_cases::unit::place;
use use_cases::vault::KeyHolder;
use use_cases::vulnerability::{ViewRetest, ViewVulnerability};
use use_cases::{Error, Outcome, Unit, read};

impl World {
    /// Draws retests; most are offered to, or made by, somebody who hunts or verifies there.
    pub fn draw_retests(&mut self, dice: &mut Dice) {
        use RetestState::{Accepted, Confirmed, Offered, Reported};
        let everybody: Vec<PersonId> = self.readers.iter().map(|reader| reader.who.id).collect();
        for flaw in &self.flaws {
            for n in 1..=dice.below(3) {
                let offered_to = dice.pick(OfferedTo::ALL);
                let state = dice.pick(&[Offered, Offered, Accepted, Accepted, Reported, Reported, Confirmed]);
                let there = |reader: &&Reader| {
                    reader.grants.iter().any(|grant| match offered_to {
                        OfferedTo::Verifier => self.verifies_flaw(grant, flaw),
                        OfferedTo::Reporter => hunts(grant, flaw),
                        OfferedTo::Pool => self.hunts_in_its_programme(grant, flaw),
                    })
                };
                let fitting: Vec<PersonId> = self.readers.iter().filter(there).map(|one| one.who.id).collect();
                let fits = !fitting.is_empty() && dice.chance(80);
                let among = if fits { &fitting } else { &everybody };
                let somebody = dice.pick(among);
                let ends = START.plus_days(dice.pick(&[-1, 3]));
                self.retests.push(RetestOf {
                    id: RetestId(id(8, self.retests.len())),
                    flaw: flaw.id,
                    n: i64::try_from(n).unwrap(),
                    state,
                    offered_to,
                    asked: (offered_to == OfferedTo::Reporter).then_some(somebody),
                    ends_at: match state {
                        Accepted => Some(ends),
                        Offered if offered_to != OfferedTo::Verifier => Some(ends),
                        _ => None,
                    },
                    by: (state != Offered).then_some(somebody),
                    tester: (state != Offered && offered_to != OfferedTo::Verifier)
                        .then(|| dice.pick(&self.organisations)),
                });
            }
        }
    }

    fn flaw_of(&self, retest: &RetestOf) -> &Flaw {
        self.flaws.iter().find(|flaw| flaw.id == retest.flaw).unwrap()
    }

    fn verifies_flaw(&self, grant: &Grant, flaw: &Flaw) -> bool {
        grant.role == Role::Verifier && self.verifies(grant.organisation, grant.scope, flaw)
    }

    fn works_for_vendor(&self, reader: &Reader, flaw: &Flaw) -> bool {
        let vendors = self.products.iter().filter(|(product, _)| *product == flaw.product);
        vendors.into_iter().any(|(_, vendor)| reader.belongs_to(*vendor))
    }

    fn hunts_in_its_programme(&self, grant: &Grant, flaw: &Flaw) -> bool {
        let there = |scope| {
            let mut campaigns = self.campaigns.iter().filter(|one| one.programme == flaw.programme);
            campaigns.any(|one| scope == GrantScope::Campaign(one.id))
        };
        grant.role == Role::Hunter && there(grant.scope)
    }

    /// Says whether a reader is an accredited tester: they hunt in the programme, where a report of theirs was verified.
    fn accredited(&self, reader: &Reader, flaw: &Flaw) -> bool {
        let of_programme = |id| {
            let campaign = self.campaigns.iter().find(|one| one.id == id);
            campaign.is_some_and(|one| one.programme == flaw.programme)
        };
        let proven = self.reports.iter().any(|report| {
            report.by.id == reader.who.id && report.state == ReportState::Verified && of_programme(report.campaign)
        });
        proven && flaw.tlp != Tlp::Red && reader.held().any(|grant| self.hunts_in_its_programme(grant, flaw))
    }

    /// Says whether a reader hunts or verifies where a retest is made.
    fn tests_there(&self, reader: &Reader, flaw: &Flaw) -> bool {
        self.accredited(reader, flaw)
            || reader
                .held()
                .any(|grant| hunts(grant, flaw) || self.verifies_flaw(grant, flaw))
    }

    /// Says whether a reader had accepted a retest whose term ran out, and may learn that it passed on.
    fn let_run_out(&self, reader: &Reader, retest: &RetestOf) -> bool {
        let flaw = self.flaw_of(retest);
        retest.state == RetestState::Accepted
            && retest.by == Some(reader.who.id)
            && retest.ends_at.is_some_and(|end| end <= START)
            && !self.works_for_vendor(reader, flaw)
            && self.tests_there(reader, flaw)
    }

    /// Says whether a retest is for a reader: offered to them in time, or theirs to make in time or to look
    /// back at; never for who belongs to the vendor.
    fn for_tester(&self, reader: &Reader, retest: &RetestOf) -> bool {
        let flaw = self.flaw_of(retest);
        let in_time = retest.ends_at.is_none_or(|end| START < end);
        if !in_time || self.works_for_vendor(reader, flaw) {
            return false;
        }
        let hunts = reader.held().any(|grant| hunts(grant, flaw));
        let verifies = reader.held().any(|grant| self.verifies_flaw(grant, flaw));
        let offered = match retest.offered_to {
            OfferedTo::Reporter => hunts && retest.asked == Some(reader.who.id),
            OfferedTo::Pool => self.accredited(reader, flaw),
            OfferedTo::Verifier => verifies,
        };
        let own = retest.by == Some(reader.who.id) && self.tests_there(reader, flaw);
        own || (retest.state == RetestState::Offered && offered)
    }

    /// Says whether a reader judges what was found: a verifier who did not make the retest, and belongs neither
    /// to the vendor nor to who made it.
    fn judges(&self, reader: &Reader, retest: &RetestOf) -> bool {
        let flaw = self.flaw_of(retest);
        retest.state == RetestState::Reported
            && retest.by != Some(reader.who.id)
            && !self.works_for_vendor(reader, flaw)
            && !retest.tester.is_some_and(|tester| reader.belongs_to(tester))
            && reader.held().any(|grant| self.verifies_flaw(grant, flaw))
    }
}

/// Says whether a hunter's role reaches a flaw.
fn hunts(grant: &Grant, flaw: &Flaw) -> bool {
    let there = |scope| matches!(scope, GrantScope::Campaign(id) if flaw.found.contains(&id));
    grant.role == Role::Hunter && there(grant.scope)
}

/// Keeps the retests with what was found.
pub async fn keep_retests(unit: &mut Unit, world: &World) -> Outcome<()> {
    for one in &world.retests {
        let found = matches!(one.state, RetestState::Reported | RetestState::Confirmed);
        let holder = KeyHolder::Vulnerability(one.flaw);
        let at = place("retest", "evidence_sealed", one.id.0);
        let evidence = unit.seal(holder, at, b"Constat").await?;
        let flaw = world.flaw_of(one);
        let (_, vendor) = world.products.iter().find(|(id, _)| *id == flaw.product).unwrap();
        let days = START.plus_days(-3);
        let record = RetestRecord {
            retest: Retest {
                id: one.id,
                vulnerability: one.flaw,
                round: 1,
                n: one.n,
                state: one.state,
                offered_to: Some(one.offered_to),
                offer_ends_at: one.ends_at.filter(|_| one.state == RetestState::Offered),
                report_ends_at: one.ends_at.filter(|_| one.state == RetestState::Accepted),
                by: one.by,
                outcome: found.then_some(RetestOutcome::Fixed),
                revision: 1,
            },
            offered_person: one.asked,
            offered_at: START.plus_days(-4),
            accepted_at: one.by.map(|_| days),
            tester_organisation: one.tester,
            evidence_sealed: found.then_some(evidence),
            reported_at: found.then_some(days),
            confirmed_by: None,
            confirmed_at: None,
            at: START,
            hunters: Vec::new(),
            pool: Vec::new(),
            grounds: Vec::new(),
            lapsed: Vec::new(),
            campaigns: Vec::new(),
            posts: Vec::new(),
            vendor: *vendor,
            settings: ProgrammeSettings::default(),
        };
        unit.store.insert_retest(&record).await?;
        unit.store.save_retest(&record, 1).await?;
    }
    Ok(())
}

/// A retest's page, the vulnerability's and the desk show what the rules say.
pub async fn retests_agree(app: &TestApp, world: &World, reader: &Reader, seed: u64) {
    let context = reader.who.context(app);
    let told = |what: &str| format!("world {seed}: {what} for {:?}", reader.grants);
    let (mut to_make, mut to_judge) = (BTreeSet::new(), BTreeSet::new());
    for one in &world.retests {
        let page = match read(&context, ViewRetest(one.id)).await {
            Ok(page) => Some(page),
            Err(Error::NotFound) => None,
            Err(other) => panic!("{other:?}"),
        };
        let (due, over) = (world.for_tester(reader, one), world.let_run_out(reader, one));
        assert_eq!(
            (page.is_some(), page.as_ref().is_some_and(|page| page.lapsed.is_some())),
            (due || over, over),
            "{}",
            told(&format!("{:?} {:?}", one.id, one.state))
        );
        let own = one.by == Some(reader.who.id);
        if let Some(page) = page.filter(|page| page.lapsed.is_none()) {
            let goes_on = world.flaw_of(one).state == VulnerabilityState::Retesting;
            let makes = own && goes_on && one.state == RetestState::Accepted;
            assert_eq!(!page.exploit.is_empty(), makes, "{}", told("what to test"));
            assert_eq!(
                !page.evidence.is_empty(),
                own && page.outcome.is_some(),
                "{}",
                told("what was found")
            );
        }
        if due && matches!(one.state, RetestState::Offered | RetestState::Accepted) {
            to_make.insert(format!("/contre-tests/{}", one.id));
        }
        if world.judges(reader, one) {
            to_judge.insert(format!("/failles/{}", one.flaw));
        }
    }
    for flaw in &world.flaws {
        let Ok(view) = read(&context, ViewVulnerability(flaw.id)).await else {
            continue;
        };
        let lines: BTreeMap<RetestId, (bool, bool)> = view
            .retests
            .iter()
            .map(|line| (line.id, (line.may_do, line.may_judge)))
            .collect();
        let of = world.retests.iter().filter(|one| one.flaw == flaw.id);
        let expected = of
            .filter(|_| view.level == domain::disclosure::Disclosure::Exploit)
            .map(|one| {
                let living = one.state != RetestState::Confirmed;
                (
                    one.id,
                    (living && world.for_tester(reader, one), world.judges(reader, one)),
                )
            });
        let expected: BTreeMap<RetestId, (bool, bool)> = expected.collect();
        assert_eq!(lines, expected, "{}", told("the page of the vulnerability"));
    }
    let (mut makes, mut judges) = (BTreeSet::new(), BTreeSet::new());
    for item in read(&context, ViewDesk).await.unwrap() {
        match item.what {
            "vulnerability-desk-retest-offered" | "vulnerability-desk-retest-make" => makes.insert(item.href),
            "vulnerability-desk-retest-judge" => judges.insert(item.href),
            _ => false,
        };
    }
    assert_eq!(makes, to_make, "{}", told("the desk of testers"));
    assert_eq!(judges, to_judge, "{}", told("the desk of judges"));
}
