//! The verifiers' queue, and the list of those who follow.

use super::words::{self, Pick, SeverityTag};
use crate::shell::{Answer, Page, Visitor, html};
use addresses::people::DESK;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use domain::ids::CampaignId;
use std::collections::HashMap;
use use_cases::ports::ReportOrder;
use use_cases::read;
use use_cases::report::{ClaimFilter, ListQueue, Queue, QueueLine, SeverityFilter, StateFilter};

struct Line {
    report: QueueLine,
    href: String,
    number: String,
    tone: &'static str,
    state: String,
    severity: Option<SeverityTag>,
    waiting: String,
}

#[derive(Template)]
#[template(path = "report/queue.html")]
struct QueuePage {
    page: Page,
    counted: String,
    verifies: bool,
    lines: Vec<Line>,
    campaigns: Vec<Pick>,
    states: Vec<Pick>,
    claims: Vec<Pick>,
    severities: Vec<Pick>,
    orders: Vec<Pick>,
    summary: String,
    previous: String,
    next: String,
}

impl QueuePage {
    fn caption(&self) -> &str {
        &self.counted
    }

    fn place(&self) -> &str {
        &self.summary
    }

    fn before(&self) -> &str {
        &self.previous
    }

    fn after(&self) -> &str {
        &self.next
    }
}

fn query(asked: &HashMap<String, String>) -> ListQueue {
    let text = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    ListQueue {
        campaign: text("campagne").parse().ok().map(CampaignId),
        state: StateFilter::from_code(text("etat")).unwrap_or(StateFilter::Waiting),
        claim: ClaimFilter::from_code(text("prise")).unwrap_or(ClaimFilter::Any),
        severity: SeverityFilter::from_code(text("gravite")).unwrap_or(SeverityFilter::Any),
        order: match text("tri") {
            "recent" => ReportOrder::Newest,
            "gravite" => ReportOrder::Severest,
            _ => ReportOrder::Oldest,
        },
        page: text("page").parse().unwrap_or_default(),
    }
}

/// Lists the reports that one verifies or follows.
pub async fn show(visitor: Visitor, Query(asked): Query<HashMap<String, String>>) -> Answer {
    visitor.signed_in()?;
    let query = query(&asked);
    let queue = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    let title = if queue.verifies {
        "report-queue-title"
    } else {
        "report-follow-title"
    };
    let page = visitor
        .page(visitor.t(title))
        .under(visitor.t("desk-title"), DESK)
        .here();
    let chosen = queue
        .campaigns
        .iter()
        .filter(|one| query.campaign.is_none_or(|id| id == one.campaign));
    let page = page.with_notices(chosen.map(|campaign| campaign.notice));
    Ok(html(
        StatusCode::OK,
        &template(page, &query, queue, visitor.web.app.clock.now()),
    ))
}

fn template(page: Page, query: &ListQueue, queue: Queue, now: domain::Timestamp) -> QueuePage {
    let coded = |prefix: &str, code: &str, chosen: bool| Pick {
        code: code.to_owned(),
        label: page.t(&format!("{prefix}-{}", code.replace('_', "-"))),
        chosen,
    };
    let shown = queue.lines.len();
    let first = query.page.max(0).saturating_mul(queue.per_page);
    let last = first + i64::try_from(shown).unwrap_or_default();
    let order = match query.order {
        ReportOrder::Oldest => "ancien",
        ReportOrder::Newest => "recent",
        ReportOrder::Severest => "gravite",
    };
    QueuePage {
        counted: page.tn("report-count", queue.total),
        verifies: queue.verifies,
        campaigns: queue
            .campaigns
            .iter()
            .map(|one| Pick {
                code: one.campaign.to_string(),
                label: one.name.clone(),
                chosen: query.campaign == Some(one.campaign),
            })
            .collect(),
        states: StateFilter::ALL
            .iter()
            .map(|one| coded("report-filter-state", one.code(), *one == query.state))
            .collect(),
        claims: ClaimFilter::ALL
            .iter()
            .map(|one| coded("report-filter-claim", one.code(), *one == query.claim))
            .collect(),
        severities: SeverityFilter::ALL
            .iter()
            .map(|one| coded("report-filter-severity", one.code(), *one == query.severity))
            .collect(),
        orders: ["ancien", "recent", "gravite"]
            .iter()
            .map(|one| coded("report-order", one, *one == order))
            .collect(),
        summary: page.t2(
            "report-queue-summary",
            "shown",
            format!("{}–{last}", first + 1),
            "total",
            queue.total,
        ),
        previous: if query.page > 0 {
            href(query, order, query.page - 1)
        } else {
            String::new()
        },
        next: if last < queue.total {
            href(query, order, query.page + 1)
        } else {
            String::new()
        },
        lines: queue.lines.into_iter().map(|report| line(&page, report, now)).collect(),
        page,
    }
}

fn href(query: &ListQueue, order: &str, page: i64) -> String {
    let campaign = query.campaign.map(|id| id.to_string()).unwrap_or_default();
    format!(
        "?campagne={campaign}&etat={}&prise={}&gravite={}&tri={order}&page={page}",
        query.state.code(),
        query.claim.code(),
        query.severity.code()
    )
}

fn line(page: &Page, report: QueueLine, now: domain::Timestamp) -> Line {
    let days = report
        .submitted_at
        .map(|at| now.since(at) / domain::time::DAY)
        .unwrap_or_default();
    Line {
        href: addresses::report::show(report.id),
        number: page.t1("report-number", "number", report.number),
        tone: words::tone(report.state),
        state: words::state(page, report.state),
        severity: words::severity(page, report.rating),
        waiting: page.tn("report-waiting-days", days),
        report,
    }
}
