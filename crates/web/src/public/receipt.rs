//! Checking a receipt.

use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html};
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use use_cases::public::{CheckReceipt, CheckedReceipt, ReceiptVerdict};
use use_cases::{Error, read};

#[derive(Template)]
#[template(path = "public/receipt.html")]
struct ReceiptPage {
    page: Page,
    receipt: String,
    proof: String,
    checked: Option<CheckedReceipt>,
    errors: Errors,
}

impl ReceiptPage {
    fn tone(&self, checked: &CheckedReceipt) -> &'static str {
        match checked.verdict {
            ReceiptVerdict::InLog => "good",
            ReceiptVerdict::Promised => "progress",
            ReceiptVerdict::Missing | ReceiptVerdict::NoReceipt => "warning",
            ReceiptVerdict::ProofWrong | ReceiptVerdict::SignatureWrong => "bad",
        }
    }

    fn word(&self, checked: &CheckedReceipt) -> String {
        self.page.t(Self::keys(checked).0)
    }

    fn text(&self, checked: &CheckedReceipt) -> String {
        self.page.t(Self::keys(checked).1)
    }

    fn keys(checked: &CheckedReceipt) -> (&'static str, &'static str) {
        match checked.verdict {
            ReceiptVerdict::InLog => ("public-receipt-in-log", "public-receipt-in-log-text"),
            ReceiptVerdict::Promised => ("public-receipt-promised", "public-receipt-promised-text"),
            ReceiptVerdict::Missing => ("public-receipt-missing", "public-receipt-missing-text"),
            ReceiptVerdict::ProofWrong => ("public-receipt-proof-wrong", "public-receipt-proof-wrong-text"),
            ReceiptVerdict::SignatureWrong => ("public-receipt-signature-wrong", "public-receipt-signature-wrong-text"),
            ReceiptVerdict::NoReceipt => ("public-receipt-none", "public-receipt-none-text"),
        }
    }

    fn kind(&self, kind: &str) -> String {
        let key = format!("public-log-kind-{}", kind.replace(['.', '_'], "-"));
        if i18n::exists(self.page.lang_is, &key) {
            self.page.t(&key)
        } else {
            kind.to_owned()
        }
    }
}

fn page(visitor: &Visitor, form: &Submitted, checked: Option<CheckedReceipt>, errors: Errors) -> Answer {
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = ReceiptPage {
        page: visitor.page(visitor.t("public-receipt-title")),
        receipt: form.text("receipt"),
        proof: form.text("proof"),
        checked,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows the form.
pub async fn show(visitor: Visitor) -> Answer {
    page(&visitor, &Submitted::default(), None, Errors::none())
}

/// Checks what was pasted.
pub async fn check(visitor: Visitor, form: Submitted) -> Answer {
    match read(&visitor.context, command(&form)).await {
        Ok(checked) => page(&visitor, &form, Some(checked), Errors::none()),
        Err(error) => {
            let errors = Errors::of(&visitor, error, |field| format!("public-field-{field}"))?;
            page(&visitor, &form, None, errors)
        }
    }
}

/// Gives the proof of a receipt as a file.
pub async fn proof(visitor: Visitor, form: Submitted) -> Answer {
    let checked = read(&visitor.context, command(&form))
        .await
        .map_err(|e| visitor.problem(e))?;
    if checked.proof.is_empty() {
        return Err(visitor.problem(Error::NotFound));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"recepisse.tlog-proof\"",
        ),
    ];
    Ok((headers, checked.proof).into_response())
}

fn command(form: &Submitted) -> CheckReceipt {
    CheckReceipt {
        receipt: form.text("receipt"),
        proof: form.text("proof"),
    }
}
