//! The administrator's page: the state of the platform.

use crate::shell::{Answer, Page, Submitted, Visitor, html, redirect_with};
use askama::Template;
use axum::http::StatusCode;
use use_cases::jobs::TryJobsAgain;
use use_cases::organisation::{PlatformState, ViewPlatform};
use use_cases::ports::FailingJob;
use use_cases::{perform, read};

#[derive(Template)]
#[template(path = "organisation/administration.html")]
struct Administration {
    page: Page,
    state: PlatformState,
}

impl Administration {
    fn number(&self, number: &i64) -> String {
        i18n::integer(self.page.lang_is, *number)
    }

    fn job(&self, job: &FailingJob) -> String {
        self.page.t(if job.kind.starts_with("mail.") {
            "organisation-job-mail"
        } else {
            "organisation-job-clock"
        })
    }

    fn trouble(&self, job: &FailingJob) -> String {
        let code = job.trouble.strip_prefix("relay_refused_");
        match code {
            Some(code) => self.page.t1("organisation-job-trouble-relay-refused", "code", code),
            None => self.page.tc("organisation-job-trouble", &job.trouble),
        }
    }
}

/// Has failed jobs tried again: the one named in the form, or all.
pub(super) async fn try_again(visitor: Visitor, form: Submitted) -> Answer {
    visitor.signed_in()?;
    perform(&visitor.context, TryJobsAgain(form.id("job")))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        addresses::organisation::ADMINISTRATION,
        "flash-jobs-tried-again",
    ))
}

/// Shows the state of the platform.
pub(super) async fn show(visitor: Visitor) -> Answer {
    visitor.signed_in()?;
    let state = read(&visitor.context, ViewPlatform)
        .await
        .map_err(|e| visitor.problem(e))?;
    let template = Administration {
        page: visitor
            .page(visitor.t("organisation-administration-title"))
            .under(visitor.t("desk-title"), addresses::people::DESK)
            .here(),
        state,
    };
    Ok(html(StatusCode::OK, &template))
}
