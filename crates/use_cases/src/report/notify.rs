//! Mails about reports: that something waits, never what it says.

use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, read};
use crate::ports::{JobRow, ReportRecord};
use crate::unit::Unit;
use authorization::action::VerifyReport;
use authorization::{Actor, PersonActor, SystemKind};
use domain::NoticeKind;
use domain::appeal::{days_left, reminders};
use domain::ids::{PersonId, ReportId};
use domain::role::{GrantScope, Role};
use i18n::Arg;

/// The job that reminds an author of a question.
const REMINDER: &str = "mail.report_reminder";
/// The most verifiers that one mail goes to.
const VERIFIERS: usize = 50;

/// Tells a report's authors; `what` is `question`, `closed` or `news`.
pub(super) async fn authors(unit: &mut Unit, record: &ReportRecord, what: &'static str, once: &str) -> Outcome<()> {
    let authors: Vec<PersonId> = record.report.authors().collect();
    enqueue(unit, record.report.id, what, once, &authors).await
}

/// Has the authors reminded of a question that is asked now, before their time to answer ends.
pub(super) async fn remind(unit: &mut Unit, record: &ReportRecord) -> Outcome<()> {
    let report = record.report.id;
    let authors: Vec<PersonId> = record.report.authors().collect();
    for at in reminders(unit.now, &unit.app.settings.limits.report_times()) {
        for person in &authors {
            let key = format!("{REMINDER}/{report}/{}/{person}", at.0);
            unit.enqueue(REMINDER, key, Some(report.0), Some(*person), at).await?;
        }
    }
    Ok(())
}

/// Tells the verifiers of a report's campaign; `what` is `waiting`, `second` or `appeal`.
pub(super) async fn verifiers(unit: &mut Unit, record: &ReportRecord, what: &'static str, once: &str) -> Outcome<()> {
    let mut grants = unit
        .store
        .grants_of_scope(GrantScope::Campaign(record.report.campaign), unit.now)
        .await?;
    for operator in &record.operators {
        grants.extend(unit.store.grants_of_organisation(*operator, unit.now).await?);
    }
    let mut people: Vec<PersonId> = grants
        .iter()
        .filter(|grant| grant.role == Role::Verifier && Some(grant.person) != unit.actor.person())
        .map(|grant| grant.person)
        .collect();
    people.sort_unstable();
    people.dedup();
    let mut judges = Vec::new();
    for person in people {
        if judges.len() < VERIFIERS && may_judge(unit, record, person).await? {
            judges.push(person);
        }
    }
    let people = judges;
    enqueue(unit, record.report.id, what, once, &people).await
}

/// Says whether a person may judge a report: by policy, with all that they belong to.
async fn may_judge(unit: &mut Unit, record: &ReportRecord, person: PersonId) -> Outcome<bool> {
    let judge = Actor::Person(PersonActor {
        person,
        grants: unit.store.grants(person, unit.now).await?,
        under: None,
    });
    Ok(unit.app.policies.would_permit::<VerifyReport, _>(&judge, record))
}

pub(super) async fn enqueue(
    unit: &mut Unit,
    report: ReportId,
    what: &str,
    once: &str,
    people: &[PersonId],
) -> Outcome<()> {
    for person in people {
        let kind = format!("mail.report_{what}");
        let key = format!("{kind}/{report}/{once}/{person}");
        unit.enqueue(&kind, key, Some(report.0), Some(*person), unit.now)
            .await?;
    }
    Ok(())
}

struct CampaignOf(ReportId);

/// What a mail says of a report.
struct Told {
    campaign: String,
    number: i64,
    notice: NoticeKind,
    /// Days left to answer, where a reminder is in its place.
    left: Option<i64>,
}

impl UseCase for CampaignOf {
    type Output = Option<Told>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.report(self.0).await?;
        let times = unit.app.settings.limits.report_times();
        Ok(found.map(|found| {
            let record = found.peek();
            Told {
                campaign: record.campaign_name.clone(),
                number: record.report.number,
                notice: record.notice,
                left: days_left(&record.report, unit.now, &times),
            }
        }))
    }
}

/// Sends a mail about a report: its number, its campaign, where to read it.
pub(crate) async fn send(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a mail without a report".to_owned()))?;
    let context = Context::system(app, SystemKind::Mailer);
    let Some(told) = read(&context, CampaignOf(ReportId(id))).await? else {
        return Ok(());
    };
    if job.kind == REMINDER && told.left.is_none() {
        // It was answered, taken back or asked anew since.
        return Ok(());
    }
    let path = if job.kind == "mail.report_named" {
        addresses::report::naming(id)
    } else {
        addresses::report::show(id)
    };
    let link = format!("{}{path}", app.settings.public_url);
    let args = [
        ("link", Arg::Text(link)),
        ("campaign", Arg::Text(told.campaign)),
        ("number", Arg::Text(told.number.to_string())),
        ("days", Arg::Number(app.settings.limits.information_days)),
        ("left", Arg::Number(told.left.unwrap_or_default())),
    ];
    let key = match job.kind.as_str() {
        "mail.report_question" => "mail-report-question",
        REMINDER => "mail-report-reminder",
        "mail.report_named" => "mail-report-named",
        "mail.report_closed" => "mail-report-closed",
        "mail.report_waiting" => "mail-report-waiting",
        "mail.report_second" => "mail-report-second",
        "mail.report_appeal" => "mail-report-appeal",
        _ => "mail-report-news",
    };
    crate::mail::to_person(app, job, key, told.notice, &args).await
}
