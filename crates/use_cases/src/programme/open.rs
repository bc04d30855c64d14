//! Opening, changing and publishing a programme.

use super::{fresh, record, to_manage};
use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::OpenProgramme as MayOpen;
use domain::ids::{OrganisationId, ProgrammeId};
use domain::programme::{NoticeKind, Programme, ProgrammeKind, ProgrammeProblem, ProgrammeSettings};
use domain::severity::Severity;
use domain::slug::slug_of;
use serde_json::json;

/// The most days or months that a setting holds.
const SETTING_MAX: i64 = 365;

/// The fields of a programme's form, in their order.
const ORDER: &[&str] = &[
    "name",
    "slug",
    "summary",
    "kind",
    "legal_basis",
    "notice",
    "appeal_means",
    "appeal_court",
    "appeal_months",
    "objection_days",
    "acknowledge_days",
    "fix_days_critical",
    "fix_days_high",
    "fix_days_medium",
    "fix_days_low",
    "vendor_reminder_days",
    "escalation_days",
    "opinion_days",
    "position_days",
    "retest_days",
    "retest_pool_days",
    "retest_report_days",
];

/// What an organiser types of a programme.
#[derive(Clone, Debug)]
pub struct ProgrammeDraft {
    /// Its name.
    pub name: String,
    /// Its readable address; made of the name where it is empty.
    pub slug: String,
    /// What it is, for the public.
    pub summary: String,
    /// What it is for.
    pub kind: Option<ProgrammeKind>,
    /// The act it rests on.
    pub legal_basis: String,
    /// The notice that follows it.
    pub notice: Option<NoticeKind>,
    /// How decisions are contested, and the delays.
    pub settings: ProgrammeSettings,
}

impl ProgrammeDraft {
    async fn check(
        &self,
        unit: &mut Unit,
        (id, owner): (ProgrammeId, OrganisationId),
        published: Option<&str>,
    ) -> Outcome<Programme> {
        let limits = unit.app.settings.limits.clone();
        let mut fields = Fields::new();
        let name = fields.optional("name", &self.name, limits.title);
        let typed = self.slug.trim();
        let programme = Programme {
            id,
            owner,
            slug: if typed.is_empty() {
                slug_of(&name)
            } else {
                typed.to_owned()
            },
            summary: fields.required("summary", &self.summary, 2000),
            kind: self.kind.unwrap_or(ProgrammeKind::Pedagogical),
            legal_basis: fields.optional("legal_basis", &self.legal_basis, 2000),
            notice: self.notice.unwrap_or(NoticeKind::None),
            settings: self.checked_settings(&mut fields),
            revision: 1,
            name,
        };
        if self.kind.is_none() {
            fields.add("kind", "error-choose");
        }
        for problem in programme.problems() {
            if problem == ProgrammeProblem::SlugInvalid && programme.slug.is_empty() && programme.name.is_empty() {
                continue; // The name that is missing makes it.
            }
            let (field, message) = match problem {
                ProgrammeProblem::NameMissing => ("name", "error-required"),
                ProgrammeProblem::SlugInvalid => ("slug", "programme-error-slug"),
                ProgrammeProblem::LegalBasisMissing => ("legal_basis", "error-required"),
                ProgrammeProblem::NoticeMissing => ("notice", "programme-error-notice"),
            };
            fields.add(field, message);
        }
        let other = unit.store.programme_by_slug(&programme.slug, unit.now).await?;
        let taken = other.is_some_and(|other| other.peek().programme.id != programme.id);
        if published.is_some_and(|published| published != programme.slug) {
            fields.add("slug", "programme-error-slug-published");
        } else if taken || programme.slug == "nouveau" {
            fields.add("slug", "programme-error-slug-taken");
        }
        fields.done_in(ORDER)?;
        Ok(programme)
    }

    fn checked_settings(&self, fields: &mut Fields) -> ProgrammeSettings {
        let settings = self.settings.clone();
        let numbers = [
            ("appeal_months", settings.appeal_months),
            ("objection_days", settings.objection_days),
            ("acknowledge_days", settings.acknowledge_days),
            ("opinion_days", settings.opinion_days),
            ("position_days", settings.position_days),
            ("retest_days", settings.retest_days),
            ("retest_pool_days", settings.retest_pool_days),
            ("retest_report_days", settings.retest_report_days),
            ("fix_days_critical", settings.fix_days_critical),
            ("fix_days_high", settings.fix_days_high),
            ("fix_days_medium", settings.fix_days_medium),
            ("fix_days_low", settings.fix_days_low),
            ("vendor_reminder_days", settings.vendor_reminder_days),
            ("escalation_days", settings.escalation_days),
        ];
        for (field, number) in numbers {
            if !(1..=SETTING_MAX).contains(&number) {
                fields.add(field, "programme-error-number");
            }
        }
        for band in settings.hastier_than_worse() {
            let field = match band {
                Severity::High => "fix_days_high",
                Severity::Low => "fix_days_low",
                _ => "fix_days_medium",
            };
            if (1..=SETTING_MAX).contains(&settings.days_to_fix(Some(band))) {
                fields.add(field, "programme-error-fix-order");
            }
        }
        ProgrammeSettings {
            appeal_means: fields.required("appeal_means", &settings.appeal_means, 2000),
            appeal_court: fields.required("appeal_court", &settings.appeal_court, 500),
            ..settings
        }
    }
}

/// Opens a programme for an organisation; nobody but its organisers sees it before it is published.
pub struct OpenProgramme {
    /// The organisation that answers for it.
    pub owner: OrganisationId,
    /// What was typed.
    pub draft: ProgrammeDraft,
}

impl UseCase for OpenProgramme {
    type Output = String;

    async fn run(&self, unit: &mut Unit) -> Outcome<String> {
        let found = unit.store.organisation(self.owner).await?;
        let proof = unit.permit_found::<MayOpen, _>(found)?;
        let id = ProgrammeId(unit.fresh_id());
        let programme = self.draft.check(unit, (id, self.owner), None).await?;
        unit.store.insert_programme(&programme, unit.now).await?;
        let acting = proof.acting().clone();
        let body = json!({"owner": self.owner, "slug": programme.slug, "name": programme.name});
        record(unit, &acting, programme.id, "programme.opened", body).await?;
        Ok(programme.slug)
    }
}

/// Changes a programme.
pub struct EditProgramme {
    /// Its present address.
    pub slug: String,
    /// The revision it was typed over.
    pub revision: i64,
    /// What was typed.
    pub draft: ProgrammeDraft,
}

impl UseCase for EditProgramme {
    type Output = String;

    async fn run(&self, unit: &mut Unit) -> Outcome<String> {
        let proof = to_manage(unit, &self.slug).await?;
        let acting = proof.acting().clone();
        let mut record_of = proof.into_value();
        let old = record_of.programme.clone();
        let published = record_of.published_at.map(|_| old.slug.as_str());
        let mut programme = self.draft.check(unit, (old.id, old.owner), published).await?;
        fresh(self.revision, old.revision)?;
        programme.revision = old.revision;
        record_of.programme = programme;
        unit.store.save_programme(&record_of).await?;
        let new = &record_of.programme;
        let body =
            json!({"slug": new.slug, "name": new.name, "legal_basis": new.legal_basis, "settings": new.settings});
        record(unit, &acting, old.id, "programme.changed", body).await?;
        Ok(record_of.programme.slug)
    }
}

/// Publishes a programme: everybody sees it from then on.
pub struct PublishProgramme(pub String);

impl UseCase for PublishProgramme {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = to_manage(unit, &self.0).await?;
        if proof.published_at.is_some() {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        if !proof.programme.problems().is_empty() {
            return Err(Error::Conflict("programme-error-incomplete"));
        }
        let acting = proof.acting().clone();
        let mut published = proof.into_value();
        published.published_at = Some(unit.now);
        unit.store.save_programme(&published).await?;
        let programme = &published.programme;
        let entry = NewEntry {
            stream_kind: "programme",
            stream_id: programme.id.0,
            kind: "programme.published",
            log: Log::Public,
            holder: KeyHolder::Instance,
            body: json!({"slug": programme.slug, "name": programme.name, "legal_basis": programme.legal_basis}),
        };
        unit.record(&acting, entry).await?;
        super::mails::offered_to_all(unit, programme.id).await
    }
}
