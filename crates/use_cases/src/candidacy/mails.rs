//! Mails about candidacies: enqueued with identifiers, written when they are sent.

use crate::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, read};
use crate::ports::{CandidacyRow, JobRow};
use crate::unit::Unit;
use authorization::SystemKind;
use domain::candidacy::CandidacyState;
use domain::ids::CandidacyId;
use domain::role::{GrantScope, Role};
use domain::time::DAY;
use domain::{NoticeKind, Timestamp};
use i18n::Arg;

/// Days before the last one on which a candidate is reminded to confirm.
const REMIND_DAYS: i64 = 3;

/// Enqueues a mail to each security officer of a candidate.
pub(crate) async fn tell(unit: &mut Unit, row: &CandidacyRow, kind: &str, key: &str, at: Timestamp) -> Outcome<()> {
    let id = row.candidacy.id;
    let grants = unit
        .store
        .grants_of_organisation(row.candidacy.organisation, unit.now)
        .await?;
    for grant in grants {
        if grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation {
            let dedup = format!("{kind}/{id}/{key}/{}", grant.person);
            unit.enqueue(kind, dedup, Some(id.0), Some(grant.person), at).await?;
        }
    }
    Ok(())
}

/// Enqueues the reminder to confirm a place.
pub(crate) async fn remind(unit: &mut Unit, row: &CandidacyRow, until: Timestamp) -> Outcome<()> {
    let at = until.plus(-REMIND_DAYS * DAY);
    if at > unit.now {
        tell(unit, row, "mail.candidacy_reminder", &until.0.to_string(), at).await?;
    }
    Ok(())
}

struct Facts(CandidacyId);

impl UseCase for Facts {
    type Output = (CandidacyState, NoticeKind, Vec<(&'static str, Arg)>);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let row = unit
            .store
            .candidacy(self.0)
            .await?
            .ok_or(Error::NotFound)?
            .peek()
            .clone();
        let frame = unit
            .store
            .candidacy_call(row.candidacy.call)
            .await?
            .ok_or(Error::NotFound)?;
        let organisations = unit.store.organisations(&[row.candidacy.organisation]).await?;
        let organisation = organisations.into_iter().next().map(|o| o.name).unwrap_or_default();
        let link = format!(
            "{}{}",
            unit.app.settings.public_url,
            addresses::candidacy::candidacy(self.0)
        );
        let args = vec![
            ("call", Arg::Text(frame.peek().call.title.clone())),
            ("organisation", Arg::Text(organisation)),
            ("link", Arg::Text(link)),
        ];
        Ok((row.candidacy.state, frame.peek().notice, args))
    }
}

/// Sends a mail about a candidacy.
pub(crate) async fn send(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a mail without a candidacy".to_owned()))?;
    let context = Context::system(app, SystemKind::Mailer);
    let (state, notice, args) = read(&context, Facts(CandidacyId(id))).await?;
    let key = match job.kind.as_str() {
        "mail.candidacy_received" => "mail-candidacy-received",
        "mail.candidacy_decided" => "mail-candidacy-decided",
        "mail.candidacy_promoted" => "mail-candidacy-promoted",
        "mail.candidacy_answered" => "mail-candidacy-answered",
        "mail.candidacy_reminder" if state == CandidacyState::Selected => "mail-candidacy-reminder",
        _ => return Ok(()),
    };
    crate::mail::to_person(app, job, key, notice, &args).await
}
