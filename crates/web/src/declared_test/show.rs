//! One declared test: what it says, correcting and withdrawing it, its report.

use super::declare::kinds;
use super::{Typed, label};
use crate::register::already_tested as tests;
use crate::register::already_tested::days;
use crate::shell::{Answer, Choice, Errors, Page, Submitted, Visitor, html, redirect_with, send_asked};
use addresses::{declared_test as at, organisation as organisations};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::DeclaredTestId;
use use_cases::declared_test::{
    CorrectDeclaredTest, DeclaredTestSheet, ReadReportOf, ViewDeclaredTest, WithdrawDeclaredTest, store_report,
};
use use_cases::history::HistoryLine;
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "declared_test/show.html")]
struct Show {
    page: Page,
    sheet: DeclaredTestSheet,
    versions: Vec<Choice>,
    kinds: Vec<Choice>,
    days: String,
    cost: String,
    here: String,
    revision: i64,
    form: Typed,
    errors: Errors,
}

impl Show {
    fn event(&self, line: &HistoryLine) -> String {
        let key = line.kind.replace("declared_test.", "declared-event-");
        self.page.t(&key)
    }

    fn who(&self, line: &HistoryLine) -> String {
        if line.who.is_empty() {
            self.page.t("common-system")
        } else {
            line.who.clone()
        }
    }

    fn role(&self, line: &HistoryLine) -> String {
        let key = line.role.map(|role| format!("role-{}", role.code().replace('_', "-")));
        key.map(|key| self.page.t(&key)).unwrap_or_default()
    }
}

async fn sheet(visitor: &Visitor, id: Uuid) -> Result<DeclaredTestSheet, crate::shell::Problem> {
    read(&visitor.context, ViewDeclaredTest(DeclaredTestId(id)))
        .await
        .map_err(|e| visitor.problem(e))
}

async fn page(visitor: &Visitor, id: Uuid, typed: Option<(Typed, i64)>, errors: Errors) -> Answer {
    let sheet = sheet(visitor, id).await?;
    let test = &sheet.record.test;
    let text = |cents: i64| format!("{},{:02}", cents / 100, cents % 100);
    let (form, revision) = typed.unwrap_or_else(|| {
        let stored = Typed {
            version: test.version.map(|v| v.to_string()).unwrap_or_default(),
            kind: test.kind.code().to_owned(),
            from: test.from.to_string(),
            until: test.until.to_string(),
            cost: test.cost_cents.map(text).unwrap_or_default(),
        };
        (stored, test.revision)
    });
    let organisation = test.organisation.0;
    let page = visitor
        .page(sheet.record.product_name.clone())
        .under(
            sheet.record.organisation_name.clone(),
            organisations::organisation(organisation),
        )
        .under(visitor.t("declared-list-title"), at::list(organisation))
        .here();
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let version = |v: &domain::product::ProductVersion| Choice::new(v.id, v.version.as_str(), &form.version);
    let template = Show {
        versions: sheet.versions.iter().map(version).collect(),
        kinds: kinds(&page, &form.kind),
        days: days(&page, test.from, test.until),
        cost: test.cost_cents.map_or_else(
            || page.t("declared-cost-unknown"),
            |cents| i18n::euros(page.lang_is, cents),
        ),
        here: at::show(id),
        page,
        sheet,
        revision,
        form,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows a declared test.
pub(super) async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    page(&visitor, id, None, Errors::none()).await
}

/// Corrects a declared test.
pub(super) async fn correct(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let typed = Typed::of(&form);
    let known = sheet(&visitor, id).await?;
    let organisation = known.record.test.organisation;
    let (report, refused) = match form.file("report") {
        None => (None, Vec::new()),
        Some(file) => match store_report(&visitor.context, organisation, &file.name, file.bytes.clone()).await {
            Ok(report) => (Some(report), Vec::new()),
            Err(Error::Invalid(problems)) => (None, problems),
            Err(error) => return Err(visitor.problem(error)),
        },
    };
    let revision = form.number("revision").unwrap_or_default();
    let command = CorrectDeclaredTest {
        test: DeclaredTestId(id),
        revision,
        draft: typed.draft(),
        report,
        refused,
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::show(id), "flash-saved")),
        Err(error) => {
            // Who was told that somebody else has saved meanwhile saves over it knowingly.
            let seen = matches!(error, Error::Stale).then_some(known.record.test.revision);
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, id, Some((typed, seen.unwrap_or(revision))), errors).await
        }
    }
}

#[derive(Template)]
#[template(path = "declared_test/withdraw.html")]
struct AskWithdraw {
    page: Page,
    product: String,
    days: String,
    here: String,
}

/// Asks before a declared test is withdrawn.
pub(super) async fn ask_withdraw(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let sheet = sheet(&visitor, id).await?;
    if !sheet.may_change {
        return Err(visitor.problem(Error::NotFound));
    }
    let page = visitor
        .page(visitor.t("declared-withdraw-title"))
        .under(
            visitor.t("declared-list-title"),
            at::list(sheet.record.test.organisation.0),
        )
        .under(sheet.record.product_name.clone(), at::show(id))
        .here();
    let template = AskWithdraw {
        days: days(&page, sheet.record.test.from, sheet.record.test.until),
        page,
        product: sheet.record.product_name,
        here: at::show(id),
    };
    Ok(html(StatusCode::OK, &template))
}

/// Withdraws a declared test.
pub(super) async fn withdraw(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let organisation = perform(&visitor.context, WithdrawDeclaredTest(DeclaredTestId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &at::list(organisation.0),
        "flash-test-withdrawn",
    ))
}

/// Sends a declared test's report.
pub(super) async fn report(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    send_asked(&visitor, ReadReportOf(DeclaredTestId(id))).await
}
