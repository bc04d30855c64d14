//! Which mails one gets, chosen under the account or ended by the link of a mail.

use crate::shell::{Answer, Choice, Page, Submitted, Visitor, html, redirect_with};
use addresses::people as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::mail_choice::{MailKind, MailPace};
use use_cases::mail::{ChooseMails, Ended, Unsubscribe, ViewMailChoices, ViewUnsubscribe};
use use_cases::{perform, read};

/// One kind of mail, with the choices that it leaves.
struct Line {
    field: String,
    name: String,
    meaning: String,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "people/mails.html")]
struct MailsPage {
    page: Page,
    lines: Vec<Line>,
    legal: String,
}

#[derive(Template)]
#[template(path = "people/unsubscribe.html")]
struct UnsubscribePage {
    page: Page,
    what: String,
    done: bool,
}

fn name(page: &Page, kind: MailKind) -> String {
    page.t(&format!("mail-kind-{}", kind.code()))
}

fn line(page: &Page, kind: MailKind, chosen: MailPace) -> Line {
    let choice = |pace: &MailPace| Choice::new(pace.code(), page.tc("mail-pace", pace.code()), chosen.code());
    Line {
        field: kind.code().to_owned(),
        name: name(page, kind),
        meaning: page.t(&format!("mail-meaning-{}", kind.code())),
        choices: kind.paces().iter().map(choice).collect(),
    }
}

/// Shows how often one gets mails.
pub async fn show(visitor: Visitor) -> Answer {
    visitor.signed_in()?;
    let chosen = read(&visitor.context, ViewMailChoices)
        .await
        .map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("people-mails-title"))
        .under(visitor.t("desk-title"), at::DESK)
        .under(visitor.t("people-account-title"), at::ACCOUNT)
        .here();
    let lines = chosen
        .iter()
        .filter(|(kind, _)| *kind != MailKind::Legal)
        .map(|(kind, pace)| line(&page, *kind, *pace))
        .collect();
    let legal = page.t("mail-meaning-legal");
    Ok(html(StatusCode::OK, &MailsPage { page, lines, legal }))
}

/// Keeps how often one wants mails.
pub async fn save(visitor: Visitor, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let chosen = MailKind::ALL
        .iter()
        .filter_map(|kind| MailPace::from_code(&form.text(kind.code())).map(|pace| (*kind, pace)))
        .collect();
    perform(&visitor.context, ChooseMails(chosen))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(&visitor.web, at::MAILS, "flash-saved"))
}

fn page(visitor: &Visitor, ends: Ended, done: bool) -> Answer {
    let key = if done {
        "people-unsubscribed-title"
    } else {
        "people-unsubscribe-title"
    };
    let page = visitor.page(visitor.t(key));
    let what = match ends {
        Ended::Kind(kind) => name(&page, kind),
        Ended::Digest => page.t("mail-kind-digest"),
    };
    Ok(html(StatusCode::OK, &UnsubscribePage { page, what, done }))
}

/// Asks whether mails of a kind are to be ended; a mail reader that looks at links ends nothing.
pub async fn ask(visitor: Visitor, Path(token): Path<String>) -> Answer {
    let ends = read(&visitor.context, ViewUnsubscribe(token))
        .await
        .map_err(|e| visitor.problem(e))?;
    page(&visitor, ends, false)
}

/// Ends mails of a kind in one press, for whoever holds one of them (RFC 8058).
pub async fn unsubscribe(visitor: Visitor, Path(token): Path<String>) -> Answer {
    let ends = perform(&visitor.context, Unsubscribe(token))
        .await
        .map_err(|e| visitor.problem(e))?;
    page(&visitor, ends, true)
}
