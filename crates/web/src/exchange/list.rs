//! A hunter's own exchanges.

use super::{Shows, label};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with, with_query};
use addresses::{campaign, exchange as at, report};
use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use domain::ids::{CampaignId, ReportId};
use use_cases::exchange::{
    Asked, ExchangeDetail, ExchangesPage, OwnDraftChoice, PickInto, list_exchanges, pick_exchanges, show_exchange,
};
use use_cases::ports::{ExchangeLine, ShownExchange};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "exchange/list.html")]
struct ListTemplate {
    page: Page,
    campaign: Uuid,
    p: ExchangesPage,
    form: Submitted,
    next: String,
    errors: Errors,
}

impl Shows for ListTemplate {
    fn page(&self) -> &Page {
        &self.page
    }
}

impl ListTemplate {
    fn back(&self) -> String {
        campaign::show(self.campaign)
    }

    fn here(&self) -> String {
        at::list(self.campaign)
    }

    fn href(&self, line: &ExchangeLine) -> String {
        at::show(self.campaign, &line.place)
    }

    fn is_chosen(&self, line: &ExchangeLine) -> bool {
        self.form.all("places").contains(&line.place)
    }

    fn draft(&self, draft: &OwnDraftChoice) -> String {
        match draft.title.is_empty() {
            true => self.page.t("report-untitled"),
            false => draft.title.clone(),
        }
    }

    /// Says whether something is asked for, so that an empty list says so.
    fn is_narrowed(&self) -> bool {
        let fields = ["method", "path", "status", "text", "since", "until"];
        fields.iter().any(|field| !self.form.text(field).trim().is_empty())
    }
}

#[derive(Template)]
#[template(path = "exchange/show.html")]
struct ShowTemplate {
    page: Page,
    campaign: Uuid,
    p: ExchangeDetail,
}

impl Shows for ShowTemplate {
    fn page(&self) -> &Page {
        &self.page
    }
}

impl ShowTemplate {
    fn back(&self) -> String {
        at::list(self.campaign)
    }

    fn exchange(&self) -> &ShownExchange {
        &self.p.exchange
    }
}

/// Reads what is asked for, of an address or of what was typed.
fn asked(form: &Submitted) -> Asked {
    Asked {
        since: form.instant("since"),
        until: form.instant("until"),
        method: form.text("method"),
        path: form.text("path"),
        status: form.text("status"),
        text: form.text("text"),
        after: form.text("apres"),
    }
}

async fn page(visitor: &Visitor, id: Uuid, form: Submitted, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let listed = list_exchanges(&visitor.context, CampaignId(id), &asked(&form)).await;
    let (p, errors) = match listed {
        Ok(p) => (p, errors),
        Err(error) => {
            // What cannot be read narrows nothing; it is said, and what was typed is kept.
            let errors = Errors::of(visitor, error, label)?;
            let all = list_exchanges(&visitor.context, CampaignId(id), &Asked::default()).await;
            (all.map_err(|error| visitor.problem(error))?, errors)
        }
    };
    let code = match errors.any() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let kept = ["since", "until", "method", "path", "status", "text"].map(|field| (field, form.text(field)));
    let next = p.page.next.as_ref().map(|next| {
        let mut query: Vec<(&str, &str)> = kept
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(field, text)| (*field, text.as_str()))
            .collect();
        query.push(("apres", next));
        with_query(&at::list(id), &query)
    });
    let template = ListTemplate {
        page: visitor
            .page(visitor.t("exchange-list-title"))
            .under(visitor.t("campaign-list-title"), campaign::LIST)
            .under(p.name.clone(), campaign::show(id))
            .here()
            .with_notice(p.notice),
        campaign: id,
        next: next.unwrap_or_default(),
        p,
        form,
        errors,
    };
    Ok(html(code, &template))
}

/// Lists one's own exchanges.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>, RawQuery(query): RawQuery) -> Answer {
    page(&visitor, id, Submitted::begun(query.as_deref()), Errors::none()).await
}

/// Copies chosen exchanges into a report.
pub async fn pick(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let into = form.text("into");
    let into = match into.split_once(':') {
        Some(("new", product)) => product.parse().ok().map(PickInto::New),
        _ => into.parse::<Uuid>().ok().map(|id| PickInto::Draft(ReportId(id))),
    };
    match pick_exchanges(&visitor.context, CampaignId(id), into, form.all("places")).await {
        Ok(report) => Ok(redirect_with(
            &visitor.web,
            &report::edit(report.0),
            "flash-exchange-picked",
        )),
        Err(error) => {
            let errors = Errors::of(&visitor, error, label)?;
            page(&visitor, id, form, errors).await
        }
    }
}

/// Shows one of one's own exchanges.
pub async fn detail(visitor: Visitor, Path((id, place)): Path<(Uuid, String)>) -> Answer {
    visitor.signed_in()?;
    let p = show_exchange(&visitor.context, CampaignId(id), &place)
        .await
        .map_err(|error| visitor.problem(error))?;
    let line = &p.exchange.line;
    let title = format!("{} {}", line.method, line.path.chars().take(80).collect::<String>());
    let template = ShowTemplate {
        page: visitor
            .page(title)
            .under(visitor.t("campaign-list-title"), campaign::LIST)
            .under(p.name.clone(), campaign::show(id))
            .under(visitor.t("exchange-list-title"), at::list(id))
            .here()
            .with_notice(p.notice),
        campaign: id,
        p,
    };
    Ok(html(StatusCode::OK, &template))
}
