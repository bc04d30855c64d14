//! Programmes: lasting frames with an owner, a legal basis, a notice and members.

use crate::coded;
use crate::ids::{OrganisationId, ProgrammeId};
use crate::refusals;
use crate::retest::OfferedTo;
use crate::severity::Severity;
use crate::slug::slug_is_valid;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

coded! {
    /// What a programme is for.
    pub enum ProgrammeKind {
        /// Students test what authorities use.
        Pedagogical = "pedagogical",
        /// A working group shares its tests.
        SharedTests = "shared_tests",
        /// A group tests for its member authorities.
        Group = "group",
    }
}

coded! {
    /// The notice that follows everything a programme shows.
    pub enum NoticeKind {
        /// None.
        None = "none",
        /// "Opération pédagogique et de sensibilisation, ne constitue pas un audit".
        Pedagogical = "pedagogical",
    }
}

impl NoticeKind {
    /// Says whether a notice must be shown.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Pedagogical)
    }
}

/// A lasting frame of calls and campaigns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// Its identifier.
    pub id: ProgrammeId,
    /// The organisation that answers for it.
    pub owner: OrganisationId,
    /// Its readable address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is, in a few sentences for the public.
    pub summary: String,
    /// What it is for.
    pub kind: ProgrammeKind,
    /// The act it rests on.
    pub legal_basis: String,
    /// The notice that follows it.
    pub notice: NoticeKind,
    /// What its organiser has set.
    pub settings: ProgrammeSettings,
    /// The revision of its row.
    pub revision: i64,
}

/// What an organiser sets for a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProgrammeSettings {
    /// How a decision can be contested: before whom, by what means.
    pub appeal_means: String,
    /// The court before which a decision can be contested.
    pub appeal_court: String,
    /// Months to contest a decision before the court (article R. 421-1 of the CJA: two).
    pub appeal_months: i64,
    /// Days to contest a return or an ineligibility before a third person.
    pub objection_days: i64,
    /// Days that a vendor has to acknowledge a vulnerability.
    pub acknowledge_days: i64,
    /// Days that a vendor has to give its opinion before a phase moves.
    pub opinion_days: i64,
    /// Days that a deployer has to say where it stands.
    pub position_days: i64,
    /// Days that the reporter of a flaw has to accept its retest before it goes to the pool.
    pub retest_days: i64,
    /// Days that the pool of hunters has to accept a retest before it goes to the verifiers.
    pub retest_pool_days: i64,
    /// Days that whoever accepted a retest has to say what they found.
    pub retest_report_days: i64,
    /// Days that a vendor has to announce a fix of what is critical, from its acknowledgement.
    pub fix_days_critical: i64,
    /// The same for what is high.
    pub fix_days_high: i64,
    /// The same for what is medium, and for what is not rated yet.
    pub fix_days_medium: i64,
    /// The same for what is low.
    pub fix_days_low: i64,
    /// Days before a vendor's time runs out at which it is reminded.
    pub vendor_reminder_days: i64,
    /// Days after which a vendor that is late is told again, with those who run the programme.
    pub escalation_days: i64,
}

impl ProgrammeSettings {
    /// Gives the days that a vendor has to announce a fix of something so severe, or not rated yet.
    #[must_use]
    pub const fn days_to_fix(&self, band: Option<Severity>) -> i64 {
        match band {
            Some(Severity::Critical) => self.fix_days_critical,
            Some(Severity::High) => self.fix_days_high,
            Some(Severity::Medium) | None => self.fix_days_medium,
            Some(Severity::Low | Severity::None) => self.fix_days_low,
        }
    }

    /// Gives the days that those who are offered a retest have to accept it; the verifiers, who are asked
    /// last, have no end.
    #[must_use]
    pub const fn days_to_accept(&self, offered: OfferedTo) -> Option<i64> {
        match offered {
            OfferedTo::Reporter => Some(self.retest_days),
            OfferedTo::Pool => Some(self.retest_pool_days),
            OfferedTo::Verifier => None,
        }
    }

    /// Gives the severities that would be given less time than one that is worse.
    #[must_use]
    pub fn hastier_than_worse(&self) -> Vec<Severity> {
        let worst_first = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];
        worst_first
            .windows(2)
            .filter_map(|pair| match pair {
                [worse, lesser] if self.days_to_fix(Some(*lesser)) < self.days_to_fix(Some(*worse)) => Some(*lesser),
                _ => None,
            })
            .collect()
    }

    /// Gives by when a fix is due once it is rated anew, since it is owed: a severity that gives less time
    /// never takes away time that has already run, the same one changes nothing, and one that gives more
    /// never brings the end nearer.
    #[must_use]
    pub fn fix_due_again(
        &self,
        (since, due): (Timestamp, Option<Timestamp>),
        (before, after): (Option<Severity>, Option<Severity>),
        now: Timestamp,
    ) -> Timestamp {
        let days = self.days_to_fix(after);
        match due {
            Some(due) if days == self.days_to_fix(before) => due,
            Some(due) if days < self.days_to_fix(before) => due.min(now.plus_days(days)),
            due => {
                let anew = since.plus_days(days).max(now.plus_days(1));
                due.map_or(anew, |due| due.max(anew))
            }
        }
    }
}

impl Default for ProgrammeSettings {
    fn default() -> Self {
        Self {
            appeal_means: String::new(),
            appeal_court: String::new(),
            appeal_months: 2,
            objection_days: 15,
            acknowledge_days: 7,
            opinion_days: 7,
            position_days: 15,
            retest_days: 7,
            retest_pool_days: 7,
            retest_report_days: 14,
            fix_days_critical: 30,
            fix_days_high: 60,
            fix_days_medium: 90,
            fix_days_low: 180,
            vendor_reminder_days: 3,
            escalation_days: 7,
        }
    }
}

/// An organisation's membership of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The programme.
    pub programme: ProgrammeId,
    /// The member.
    pub organisation: OrganisationId,
    /// From when.
    pub from: Timestamp,
    /// Until when, where it has ended.
    pub until: Option<Timestamp>,
}

impl Membership {
    /// Says whether the membership holds at `now`.
    #[must_use]
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

refusals! {
    /// What is wrong with a programme.
    pub enum ProgrammeProblem {
        /// The name is empty.
        NameMissing = "name_missing",
        /// The slug cannot be part of an address.
        SlugInvalid = "slug_invalid",
        /// The legal basis is empty.
        LegalBasisMissing = "legal_basis_missing",
        /// A pedagogical programme cannot go without its notice.
        NoticeMissing = "notice_missing",
    }
}

impl Programme {
    /// Gives everything that is wrong with the programme.
    #[must_use]
    pub fn problems(&self) -> Vec<ProgrammeProblem> {
        let pedagogical = self.kind == ProgrammeKind::Pedagogical;
        [
            (self.name.trim().is_empty(), ProgrammeProblem::NameMissing),
            (!slug_is_valid(&self.slug), ProgrammeProblem::SlugInvalid),
            (self.legal_basis.trim().is_empty(), ProgrammeProblem::LegalBasisMissing),
            (pedagogical && !self.notice.is_shown(), ProgrammeProblem::NoticeMissing),
        ]
        .into_iter()
        .filter_map(|(wrong, problem)| wrong.then_some(problem))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DAY;

    #[test]
    fn what_is_worse_never_waits_longer() {
        let settings = ProgrammeSettings::default();
        assert_eq!(settings.hastier_than_worse(), []);
        let wrong = ProgrammeSettings {
            fix_days_high: 20,
            fix_days_low: 10,
            ..settings
        };
        assert_eq!(wrong.hastier_than_worse(), [Severity::High, Severity::Low]);
    }

    #[test]
    fn a_new_severity_changes_what_is_due_and_takes_no_time_that_has_run() {
        use Severity as V;
        let settings = ProgrammeSettings::default();
        let day = |day: i64| Timestamp(day * DAY);
        let table = [
            ("the same", V::High, V::High, 50, Some(60), 60),
            ("worse, early", V::Medium, V::Critical, 10, Some(90), 40),
            ("worse, late", V::Medium, V::Critical, 80, Some(90), 90),
            ("lesser", V::Critical, V::Low, 10, Some(30), 180),
            ("lesser, after all of it", V::Low, V::Low, 200, None, 201),
            ("nothing was due", V::None, V::High, 10, None, 60),
        ];
        for (what, before, after, now, due, wanted) in table {
            let given = settings.fix_due_again((day(0), due.map(day)), (Some(before), Some(after)), day(now));
            assert_eq!(given, day(wanted), "{what}");
        }
    }

    #[test]
    fn a_lesser_severity_never_brings_the_due_nearer() {
        let settings = ProgrammeSettings::default();
        let day = |day: i64| Timestamp(day * DAY);
        let bands: Vec<Option<Severity>> = Severity::ALL.iter().copied().map(Some).chain([None]).collect();
        for (before, after) in bands
            .iter()
            .flat_map(|one| bands.iter().map(move |other| (*one, *other)))
        {
            if settings.days_to_fix(after) < settings.days_to_fix(before) {
                continue;
            }
            for (now, due) in [(0, 1), (10, 30), (10, 400), (50, 20), (300, 301)] {
                let given = settings.fix_due_again((day(0), Some(day(due))), (before, after), day(now));
                assert!(given >= day(due), "{before:?} to {after:?} on day {now}: {given:?}");
            }
        }
    }

    #[test]
    fn what_scores_nothing_has_the_time_of_what_is_low() {
        let settings = ProgrammeSettings::default();
        assert_eq!(settings.days_to_fix(Some(Severity::None)), settings.fix_days_low);
        assert_eq!(settings.days_to_fix(None), settings.fix_days_medium);
    }
}
