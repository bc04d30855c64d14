//! Receipts, letters and scans, to print and to keep; the public list of receipts.

use crate::shell::{Answer, Page, Visitor, html, send_file};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::ids::{CallId, CandidacyId};
use std::collections::HashMap;
use use_cases::candidacy::{Letter, ListReceipts, OpenScan, ReceiptView, ViewLetter, ViewReceipt};
use use_cases::ports::{CallFrame, PublicReception};
use use_cases::{Error, read, read_last};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "candidacy/receipt.html")]
struct Receipt {
    page: Page,
    view: ReceiptView,
    id: Uuid,
    query: String,
}

fn wanted(query: &HashMap<String, String>) -> Option<i64> {
    query.get("numero").and_then(|text| text.parse().ok())
}

async fn load(
    visitor: &Visitor,
    id: Uuid,
    query: &HashMap<String, String>,
) -> Result<ReceiptView, crate::shell::Problem> {
    visitor.signed_in()?;
    let query = ViewReceipt(CandidacyId(id), wanted(query));
    read(&visitor.context, query).await.map_err(|e| visitor.problem(e))
}

pub(super) async fn show(
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let view = load(&visitor, id, &query).await?;
    let title = visitor.ta(
        "candidacy-receipt-title",
        &[("order", i18n::Arg::Number(view.reception.reception.order_number))],
    );
    let page = visitor
        .page(title)
        .under(
            view.frame.call.title.clone(),
            addresses::programme::call(view.frame.call.id),
        )
        .under(view.organisation.name.clone(), addresses::candidacy::candidacy(id))
        .here()
        .with_notice(view.frame.notice);
    let query = format!("?numero={}", view.reception.reception.order_number);
    Ok(html(StatusCode::OK, &Receipt { page, view, id, query }))
}

pub(super) async fn text(
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let view = load(&visitor, id, &query).await?;
    let name = format!("recepisse-{}.txt", view.reception.reception.order_number);
    Ok(send_file(
        &name,
        "text/plain; charset=utf-8",
        view.reception.receipt.into_bytes(),
    ))
}

pub(super) async fn proof(
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let view = load(&visitor, id, &query).await?;
    let Some(proof) = view.proof else {
        return Err(visitor.problem(Error::NotFound));
    };
    let name = format!("preuve-{}.txt", view.reception.reception.order_number);
    Ok(send_file(&name, "text/plain; charset=utf-8", proof.into_bytes()))
}

pub(super) async fn scan(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let leave = read_last(&visitor.context, OpenScan(CandidacyId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    send(&visitor, &leave).await
}

/// Sends a file for which leave was given.
pub(super) async fn send(visitor: &Visitor, leave: &use_cases::files::FileLeave) -> Answer {
    let bytes = use_cases::files::open_file(&visitor.context.app, leave)
        .await
        .map_err(|e| visitor.problem(e))?;
    let extension = leave.media_type().rsplit('/').next().unwrap_or_default();
    Ok(send_file(
        &format!("formulaire-signe.{extension}"),
        leave.media_type(),
        bytes,
    ))
}

#[derive(Template)]
#[template(path = "candidacy/letter.html")]
struct LetterPage {
    page: Page,
    letter: Letter,
}

pub(super) async fn letter(visitor: Visitor, Path((id, number)): Path<(Uuid, i64)>) -> Answer {
    visitor.signed_in()?;
    let letter = read(&visitor.context, ViewLetter(CandidacyId(id), number))
        .await
        .map_err(|e| visitor.problem(e))?;
    let title = visitor.t(&format!("candidacy-letter-kind-{}", letter.kind.replace('_', "-")));
    let page = visitor
        .page(title)
        .under(letter.organisation.clone(), addresses::candidacy::candidacy(id))
        .here()
        .with_notice(letter.notice);
    Ok(html(StatusCode::OK, &LetterPage { page, letter }))
}

#[derive(Template)]
#[template(path = "candidacy/receipts.html")]
struct Receipts {
    page: Page,
    frame: CallFrame,
    lines: Vec<PublicReception>,
    next_page: String,
}

pub(super) async fn public(
    visitor: Visitor,
    Path(call): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let after = query
        .get("apres")
        .and_then(|text| text.parse().ok())
        .unwrap_or_default();
    let query = ListReceipts {
        call: CallId(call),
        after,
    };
    let (frame, lines, next) = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let page = visitor
        .page(visitor.t("candidacy-receipts-title"))
        .under(visitor.t("layout-nav-programmes"), addresses::programme::PROGRAMMES)
        .under(
            frame.programme_name.clone(),
            addresses::programme::programme(&frame.slug),
        )
        .under(frame.call.title.clone(), addresses::programme::call(call))
        .here()
        .with_notice(frame.notice);
    let next_page = next.map(|n| format!("?apres={n}")).unwrap_or_default();
    Ok(html(
        StatusCode::OK,
        &Receipts {
            page,
            frame,
            lines,
            next_page,
        },
    ))
}
