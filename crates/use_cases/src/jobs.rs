//! The jobs: each kind with the use case that does it, run by the workers under policies.

mod again;

pub use again::TryJobsAgain;

use crate::app::App;
use crate::error::{Error, Outcome};
use crate::ports::JobRow;
use domain::Timestamp;
use domain::time::{HOUR, MINUTE, SECOND};

/// Tries of the first hours, each twice as late as the one before; an hour apart from then on.
const QUICK_TRIES: i64 = 9;

/// Does the next due job, where there is one; says whether there was.
///
/// # Errors
/// [`Error`] where the queue itself fails; a job that fails is put back with a delay.
pub async fn run_one(app: &App) -> Outcome<bool> {
    let now = app.clock.now();
    let mut session = app.store.begin().await?;
    let Some(job) = session.claim_job(now, now.plus(5 * MINUTE)).await? else {
        return Ok(false);
    };
    session.commit().await?;
    let done = run(app, &job).await;
    let now = app.clock.now();
    let mut session = app.store.begin().await?;
    match done {
        Ok(()) => session.job_done(job.id, job.fence, now).await?,
        Err(error) => {
            let trouble = trouble(&error);
            tracing::warn!(job = %job.id, kind = job.kind, attempt = job.attempt, trouble, "a job failed");
            if let Error::Internal(cause) = &error {
                tracing::error!(job = %job.id, cause, "the cause");
            }
            let again = again_at(app, &job, now);
            session.job_failed(job.id, job.fence, &trouble, again, now).await?;
        }
    }
    session.commit().await?;
    Ok(true)
}

/// Gives the instant of the next try: mails are given up after some days, since what they say grows
/// old; what the clock does and what informs people is never given up.
fn again_at(app: &App, job: &JobRow, now: Timestamp) -> Option<Timestamp> {
    let delay = ((5 * SECOND) << job.attempt.clamp(0, QUICK_TRIES)).min(HOUR);
    let most = QUICK_TRIES + 24 * app.settings.limits.mail_days;
    let given_up = job.kind.starts_with("mail.") && job.attempt >= most;
    (!given_up).then(|| now.plus(delay))
}

/// Names what failed, for the queue's table: a code, never a text that somebody or a relay wrote.
fn trouble(error: &Error) -> String {
    match error {
        Error::Mail(trouble) => trouble.to_string(),
        Error::Busy | Error::Stale | Error::TooMany { .. } => "busy".to_owned(),
        Error::NotFound | Error::SignInFirst => "not_found".to_owned(),
        Error::Conflict(_) | Error::Invalid(_) => "refused".to_owned(),
        Error::Internal(_) => "internal".to_owned(),
    }
}

async fn run(app: &App, job: &JobRow) -> Outcome<()> {
    match job.kind.as_str() {
        "candidacy.lapse" => crate::candidacy::lapse(app, job).await,
        kind if kind.starts_with("mail.candidacy_") => crate::candidacy::send_mail(app, job).await,
        "mail.invitation" => crate::mail::invitation(app, job).await,
        "invitation.forget" => crate::people::forget_invitation(app, job).await,
        "mail.digest" => crate::mail::send_digest(app, job).await,
        "mail.position" => crate::mail::sharing(app, job, "mail-position").await,
        "mail.position_urgent" => crate::mail::sharing(app, job, "mail-position-urgent").await,
        "mail.risk_proposed" => crate::mail::sharing(app, job, "mail-risk-proposed").await,
        "mail.risk_signed" => crate::mail::sharing(app, job, "mail-risk-signed").await,
        "mail.risk_refused" => crate::mail::sharing(app, job, "mail-risk-refused").await,
        "mail.opinion" => crate::mail::sharing(app, job, "mail-opinion").await,
        kind if kind.starts_with("sharing.inform") => crate::sharing::inform(app, job).await,
        "sharing.remind" => crate::sharing::remind(app, job).await,
        "mail.position_reminder" => crate::mail::sharing(app, job, "mail-position-reminder").await,
        "risk.expires" => crate::sharing::risk_expires(app, job).await,
        "mail.risk_expires" => crate::mail::sharing(app, job, "mail-risk-expires").await,
        "mail.vulnerability_notified" => crate::vulnerability::mail(app, job, "mail-vulnerability-notified").await,
        "mail.vulnerability_declared" => crate::vulnerability::mail(app, job, "mail-vulnerability-declared").await,
        "mail.vulnerability_silent" => crate::vulnerability::mail(app, job, "mail-vulnerability-silent").await,
        "mail.vulnerability_reminder" => crate::vulnerability::mail(app, job, "mail-vulnerability-reminder").await,
        "mail.vulnerability_late" => crate::vulnerability::mail(app, job, "mail-vulnerability-late").await,
        "mail.vulnerability_reopened" => crate::vulnerability::mail(app, job, "mail-vulnerability-reopened").await,
        "sharing.reopen" => crate::sharing::reopen(app, job).await,
        "mail.retest_offered" => crate::vulnerability::mail(app, job, "mail-retest-offered").await,
        "mail.retest_offered_pool" => crate::vulnerability::mail(app, job, "mail-retest-offered-pool").await,
        "mail.retest_offered_verifier" => crate::vulnerability::mail(app, job, "mail-retest-offered-verifier").await,
        "mail.retest_waits" => crate::vulnerability::mail(app, job, "mail-retest-waits").await,
        "mail.retest_due" => crate::vulnerability::mail(app, job, "mail-retest-due").await,
        "mail.retest_overdue" => crate::vulnerability::mail(app, job, "mail-retest-overdue").await,
        "retest.tell" | "retest.remind" => crate::vulnerability::tell_offered(app, job).await,
        "mail.retest_confirmed" => crate::vulnerability::mail(app, job, "mail-retest-confirmed").await,
        "retest.expire" => crate::vulnerability::expire_offer(app, job).await,
        "mail.vulnerability_critical" => crate::vulnerability::send_critical(app, job).await,
        "mail.programme_membership" => crate::programme::send_mail(app, job).await,
        kind if kind.starts_with("mail.deployment_") => crate::register::send_mail(app, job).await,
        "mail.call_opened" => crate::candidacy::send_opened(app, job).await,
        "call.opened" => crate::candidacy::invite(app, job).await,
        "vulnerability.files" => crate::vulnerability::seal_files(app, job).await,
        "vulnerability.silence" => crate::vulnerability::silence(app, job).await,
        "report.unanswered" => crate::report::close_unanswered(app, job).await,
        kind if kind.starts_with("mail.report_") => crate::report::send_mail(app, job).await,
        crate::exchange::DESTROY => crate::exchange::destroy(app, job).await,
        "campaign.clock" => crate::campaign::announce(app, job).await,
        kind if kind.starts_with("mail.campaign-") || kind.starts_with("mail.authorisation-") => {
            crate::campaign::mail(app, job).await
        }
        crate::replay::GO => crate::replay::go(app, job).await,
        "coverage.count" => crate::coverage::count(app, job).await,
        "call.announce" => announce_call(app, job).await,
        kind => Err(Error::Internal(format!("no worker knows jobs of kind {kind}"))),
    }
}

/// Announces that a call has opened or closed.
async fn announce_call(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a job without its call".to_owned()))?;
    let context = crate::Context::system(app, authorization::SystemKind::Clock);
    crate::perform(&context, crate::call::AnnounceCall(domain::ids::CallId(id))).await?;
    Ok(())
}
