//! The jobs: each kind with the use case that does it, run by the workers under policies.

use crate::app::App;
use crate::error::{Error, Outcome};
use crate::ports::JobRow;
use domain::time::{MINUTE, SECOND};

/// How often a job is tried before it is given up.
const TRIES: i64 = 8;

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
            tracing::warn!(job = %job.id, kind = job.kind, attempt = job.attempt, %error, "a job failed");
            let delay = (1 << job.attempt.clamp(0, 12)) * 5 * SECOND;
            let again = (job.attempt < TRIES).then(|| now.plus(delay));
            session
                .job_failed(job.id, job.fence, &error.to_string(), again, now)
                .await?;
        }
    }
    session.commit().await?;
    Ok(true)
}

async fn run(app: &App, job: &JobRow) -> Outcome<()> {
    match job.kind.as_str() {
        "candidacy.lapse" => crate::candidacy::lapse(app, job).await,
        kind if kind.starts_with("mail.candidacy_") => crate::candidacy::send_mail(app, job).await,
        "mail.invitation" => crate::mail::invitation(app, job).await,
        "mail.position" => crate::mail::sharing(app, job, "mail-position").await,
        "mail.opinion" => crate::mail::sharing(app, job, "mail-opinion").await,
        "sharing.inform" => crate::sharing::inform(app, job).await,
        "mail.vulnerability_notified" => crate::vulnerability::mail(app, job, "mail-vulnerability-notified").await,
        "mail.vulnerability_declared" => crate::vulnerability::mail(app, job, "mail-vulnerability-declared").await,
        "mail.vulnerability_silent" => crate::vulnerability::mail(app, job, "mail-vulnerability-silent").await,
        "mail.retest_offered" => crate::vulnerability::mail(app, job, "mail-retest-offered").await,
        "mail.retest_confirmed" => crate::vulnerability::mail(app, job, "mail-retest-confirmed").await,
        "retest.expire" => crate::vulnerability::expire_offer(app, job).await,
        "vulnerability.files" => crate::vulnerability::seal_files(app, job).await,
        "vulnerability.silence" => crate::vulnerability::silence(app, job).await,
        "report.unanswered" => crate::report::close_unanswered(app, job).await,
        kind if kind.starts_with("mail.report_") => crate::report::send_mail(app, job).await,
        "campaign.clock" => crate::campaign::announce(app, job).await,
        kind if kind.starts_with("mail.campaign-") || kind.starts_with("mail.authorisation-") => {
            crate::campaign::mail(app, job).await
        }
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
