//! Programmes: lasting frames with an owner, a legal basis, a notice and members.

use crate::coded;
use crate::ids::{OrganisationId, ProgrammeId};
use crate::refusals;
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
    /// Days that whoever is offered a retest has to accept it.
    pub retest_days: i64,
    /// Days that whoever accepted a retest has to say what they found.
    pub retest_report_days: i64,
    /// Days that a vendor has to announce a fix, from its acknowledgement.
    pub fix_days: i64,
    /// Days that a vendor has to announce a fix of what is critical.
    pub fix_days_critical: i64,
}

impl ProgrammeSettings {
    /// Gives the days that a vendor has to announce a fix of something so severe.
    #[must_use]
    pub const fn days_to_fix(&self, band: Severity) -> i64 {
        match band {
            Severity::Critical => self.fix_days_critical,
            _ => self.fix_days,
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
            retest_report_days: 14,
            fix_days: 90,
            fix_days_critical: 30,
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
