//! Where it is chosen which recorded requests go to which corrected version.

use super::replay::{target_word, tone_of_line, word_of_line};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect};
use addresses::vulnerability as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{AttachmentId, RetestId, TargetId};
use domain::target::fingerprint_short;
use use_cases::Error;
use use_cases::replay::{ReplayLine, RetestChoice, RetestReplays, begin_retest_replay, retest_replays};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "exchange/retest.html")]
struct RetestTemplate {
    page: Page,
    errors: Errors,
    form: Submitted,
    retest: Uuid,
    p: RetestReplays,
}

impl RetestTemplate {
    fn here(&self) -> String {
        at::retest_replays(self.retest)
    }

    fn back(&self) -> String {
        back(self.retest, &self.p)
    }

    fn replay(&self, one: &ReplayLine) -> String {
        at::retest_replay(self.retest, one.id)
    }

    fn tone(&self, one: &ReplayLine) -> &'static str {
        tone_of_line(one)
    }

    fn word(&self, one: &ReplayLine) -> String {
        word_of_line(&self.page, one)
    }

    fn told(&self, one: &ReplayLine) -> String {
        target_word(&self.page, &one.target)
    }

    fn value(&self, one: &RetestChoice) -> String {
        format!("{}/{}", one.attachment, one.target)
    }

    fn label(&self, one: &RetestChoice) -> String {
        let number = one.number.to_string();
        match (one.told.name.is_empty(), one.told.version.is_empty()) {
            (true, true) => self.page.t1("replay-target-number", "n", number),
            (true, false) => {
                let name = self.page.t1("replay-target-number", "n", number);
                let version = one.told.version.as_str();
                self.page.t2("replay-target-version", "name", name, "version", version)
            }
            _ => target_word(&self.page, &one.told),
        }
    }

    fn hint(&self, one: &RetestChoice) -> String {
        let print = fingerprint_short(&one.told.fingerprint);
        let bundle = match &one.at {
            Some(at) => self.page.t1("replay-retest-exchanges", "date", self.page.day(at)),
            None => self.page.t1("replay-retest-bundle", "n", one.bundle.to_string()),
        };
        match (print.is_empty(), one.corrected) {
            (true, false) => bundle,
            (true, true) => self.page.t1("replay-retest-corrected-bundle", "bundle", bundle),
            (false, corrected) => {
                let key = match corrected {
                    true => "replay-retest-corrected",
                    false => "replay-retest-choice",
                };
                self.page.t2(key, "print", print, "bundle", bundle)
            }
        }
    }

    fn is_chosen(&self, one: &RetestChoice) -> bool {
        // Where another version is still awaited, the one that is there may not be the one that the retest is about.
        let only = self.p.choices.len() == 1 && self.p.awaited == 0;
        only || self.form.text("choice") == self.value(one)
    }
}

fn back(retest: Uuid, p: &RetestReplays) -> String {
    match p.vulnerability {
        Some(id) => at::show(id),
        None => at::retest(retest),
    }
}

/// Shows what may be sent where.
pub async fn show(visitor: Visitor, Path(retest): Path<Uuid>) -> Answer {
    page(&visitor, retest, Errors::none(), Submitted::default()).await
}

async fn page(visitor: &Visitor, retest: Uuid, errors: Errors, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let p = retest_replays(&visitor.context, RetestId(retest))
        .await
        .map_err(|error| visitor.problem(error))?;
    let words = visitor.page("");
    let under = words.t2(
        "vulnerability-retest-title",
        "product",
        &p.product,
        "version",
        &p.version,
    );
    let status = match errors.any() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let template = RetestTemplate {
        page: visitor
            .page(visitor.t("replay-retest-title"))
            .under(under, back(retest, &p))
            .here()
            .with_notice(p.notice),
        errors,
        form,
        retest,
        p,
    };
    Ok(html(status, &template))
}

/// Gives what was chosen: a bundle and a target.
fn chosen(form: &Submitted) -> Option<(AttachmentId, TargetId)> {
    let text = form.text("choice");
    let (attachment, target) = text.split_once('/')?;
    Some((AttachmentId(attachment.parse().ok()?), TargetId(target.parse().ok()?)))
}

/// Has what was chosen sent, and leads to where it is seen how far that is.
pub async fn make(visitor: Visitor, Path(retest): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let begun = match chosen(&form) {
        Some((attachment, target)) => begin_retest_replay(&visitor.context, RetestId(retest), attachment, target).await,
        None => Err(Error::field("choice", "error-choose")),
    };
    match begun {
        Ok(replay) => Ok(redirect(&at::retest_replay(retest, replay))),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| format!("replay-field-{field}"))?;
            page(&visitor, retest, errors, form).await
        }
    }
}
