//! The verifiers' queue, and the list of those who follow.

use super::together::{Together, do_together};
use super::words::{self, Pick, SeverityTag};
use crate::shell::{Answer, Choice, Page, Submitted, Visitor, html, orders, send_sheet, with_query};
use addresses::Sorting;
use addresses::people::DESK;
use addresses::report as at;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use domain::ids::CampaignId;
use domain::severity::Severity;
use std::collections::HashMap;
use use_cases::ports::ReportOrder;
use use_cases::read;
use use_cases::report::{ClaimFilter, FILE_LINES, ListQueue, Queue, QueueLine, StateFilter};

struct Line {
    report: QueueLine,
    href: String,
    number: String,
    tone: &'static str,
    state: String,
    severity: Option<SeverityTag>,
    age: String,
    waiting: String,
    /// What its box is called.
    choose: String,
}

#[derive(Template)]
#[template(path = "report/queue.html")]
struct QueuePage {
    page: Page,
    counted: String,
    total: i64,
    verifies: bool,
    choosable: bool,
    lines: Vec<Line>,
    campaigns: Vec<Pick>,
    states: Vec<Pick>,
    claims: Vec<Pick>,
    severities: Vec<Pick>,
    asked: Asked,
    summary: String,
    previous: String,
    next: String,
    together: Option<Together>,
}

/// The columns by which the list is sorted, and whether what is greatest comes first.
const COLUMNS: &[(&str, bool)] = &[("age", true), ("attente", true), ("gravite", true)];

/// The orders to choose from where rows are cards and have no heads: how the address says each, and its words.
const ORDERS: &[(&str, &str)] = &[
    ("", "report-order-oldest"),
    ("-age", "report-order-newest"),
    ("attente", "report-order-waiting"),
    ("-attente", "report-order-moved"),
    ("gravite", "report-order-severest"),
    ("-gravite", "report-order-mildest"),
];

/// The severities by which the queue is narrowed, the greatest first.
const SEVERITIES: [Severity; 4] = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];

/// What the address asks for.
struct Asked {
    query: ListQueue,
    sorting: Sorting,
}

impl Asked {
    fn read(asked: &HashMap<String, String>) -> Self {
        let text = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
        let sorting = Sorting::read(COLUMNS, text("tri"));
        let query = ListQueue {
            campaign: text("campagne").parse().ok().map(CampaignId),
            state: StateFilter::from_code(text("etat")).unwrap_or(StateFilter::Waiting),
            claim: ClaimFilter::from_code(text("prise")).unwrap_or(ClaimFilter::Any),
            severity: Severity::from_code(text("gravite")),
            order: match sorting.code() {
                "attente" => ReportOrder::Waiting,
                "gravite" => ReportOrder::Severity,
                _ => ReportOrder::Age,
            },
            reversed: sorting.reversed,
            page: Some(text("page").parse().unwrap_or_default()),
        };
        Self { query, sorting }
    }

    fn page(&self) -> i64 {
        self.query.page.unwrap_or_default().max(0)
    }

    /// Gives an address with the same filters.
    fn href(&self, path: &str, sorting: &str, page: i64) -> String {
        let campaign = self.query.campaign.map(|id| id.to_string()).unwrap_or_default();
        let page = if page > 0 { page.to_string() } else { String::new() };
        let pairs = [
            ("campagne", campaign.as_str()),
            ("etat", self.query.state.code()),
            ("prise", self.query.claim.code()),
            ("gravite", self.query.severity.map(Severity::code).unwrap_or_default()),
            ("tri", sorting),
            ("page", page.as_str()),
        ];
        with_query(path, &pairs)
    }
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

    fn sort(&self, column: &str) -> String {
        self.asked.href(at::QUEUE, &self.asked.sorting.toward(column), 0)
    }

    fn sorted(&self, column: &str) -> &'static str {
        self.asked.sorting.shown(column)
    }

    fn orders(&self) -> Vec<Choice> {
        orders(&self.page, self.asked.sorting, ORDERS)
    }

    /// Says, where the file of the list is cut, at how many lines.
    fn cut(&self) -> String {
        match self.total > FILE_LINES {
            true => self.page.tn("layout-file-most", FILE_LINES),
            false => String::new(),
        }
    }

    fn sorting(&self) -> String {
        self.asked.sorting.said()
    }

    /// Gives where what is chosen is sent: the same list.
    fn here(&self) -> String {
        self.asked.href(at::QUEUE, &self.sorting(), self.asked.page())
    }

    fn file(&self) -> String {
        self.asked.href(at::QUEUE_FILE, &self.sorting(), 0)
    }
}

/// Lists the reports that one verifies or follows.
pub async fn show(visitor: Visitor, Query(query): Query<HashMap<String, String>>) -> Answer {
    answer(&visitor, Asked::read(&query), None).await
}

/// Takes several reports at once, or gives them up; says which could not be, and why.
pub async fn choose(visitor: Visitor, Query(query): Query<HashMap<String, String>>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let asked = Asked::read(&query);
    let queue = read(&visitor.context, asked.query)
        .await
        .map_err(|e| visitor.problem(e))?;
    let together = do_together(&visitor, &form, &queue).await?;
    answer(&visitor, asked, Some(together)).await
}

async fn answer(visitor: &Visitor, asked: Asked, together: Option<Together>) -> Answer {
    visitor.signed_in()?;
    let queue = read(&visitor.context, asked.query)
        .await
        .map_err(|e| visitor.problem(e))?;
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
        .filter(|one| asked.query.campaign.is_none_or(|id| id == one.campaign));
    let page = page.with_notices(chosen.map(|campaign| campaign.notice));
    let status = together.as_ref().map_or(StatusCode::OK, Together::status);
    let mut template = template(page, asked, queue, visitor.web.app.clock.now());
    template.together = together;
    Ok(html(status, &template))
}

fn template(page: Page, asked: Asked, queue: Queue, now: domain::Timestamp) -> QueuePage {
    let query = &asked.query;
    let coded = |prefix: &str, code: &str, chosen: bool| Pick {
        code: code.to_owned(),
        label: page.t(&format!("{prefix}-{}", code.replace('_', "-"))),
        chosen,
    };
    let shown = queue.lines.len();
    let first = queue.page.saturating_mul(queue.per_page);
    let last = first + i64::try_from(shown).unwrap_or_default();
    let said = asked.sorting.said();
    QueuePage {
        counted: page.tn("report-count", queue.total),
        total: queue.total,
        verifies: queue.verifies,
        choosable: queue.lines.iter().any(|line| line.choosable),
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
        severities: [None]
            .into_iter()
            .chain(SEVERITIES.map(Some))
            .map(|one| {
                let code = one.map(Severity::code).unwrap_or_default();
                Pick {
                    code: code.to_owned(),
                    label: page.tc("report-filter-severity", if one.is_none() { "any" } else { code }),
                    chosen: one == query.severity,
                }
            })
            .collect(),
        summary: page.t2(
            "report-queue-summary",
            "shown",
            format!("{}–{last}", first + 1),
            "total",
            queue.total,
        ),
        previous: if queue.page > 0 {
            asked.href(at::QUEUE, &said, queue.page - 1)
        } else {
            String::new()
        },
        next: if last < queue.total {
            asked.href(at::QUEUE, &said, queue.page + 1)
        } else {
            String::new()
        },
        lines: queue.lines.into_iter().map(|report| line(&page, report, now)).collect(),
        together: None,
        asked,
        page,
    }
}

/// Gives how a report is called in sentences: by its number and its title.
pub(super) fn called(page: &Page, report: &QueueLine) -> String {
    let number = page.t1("report-number", "number", report.number);
    if report.title.is_empty() {
        number
    } else {
        format!("{number}, {}", report.title)
    }
}

fn line(page: &Page, report: QueueLine, now: domain::Timestamp) -> Line {
    let days = |at: Option<domain::Timestamp>| at.map(|at| now.since(at) / domain::time::DAY).unwrap_or_default();
    Line {
        href: at::show(report.id),
        number: page.t1("report-number", "number", report.number),
        tone: words::tone(report.state),
        state: words::state(page, report.state),
        severity: words::severity(page, report.rating),
        age: page.tn("report-waiting-days", days(report.submitted_at)),
        waiting: page.tn("report-state-days", days(Some(report.since))),
        choose: page.t1("report-choose", "report", called(page, &report)),
        report,
    }
}

/// Writes what the list shows, on all its pages, as CSV.
pub async fn file(visitor: Visitor, Query(query): Query<HashMap<String, String>>) -> Answer {
    visitor.signed_in()?;
    let list = ListQueue {
        page: None,
        ..Asked::read(&query).query
    };
    let queue = read(&visitor.context, list).await.map_err(|e| visitor.problem(e))?;
    let page = visitor.page(String::new());
    let head = [
        "number",
        "report",
        "campaign",
        "product",
        "state",
        "since",
        "severity",
        "score",
        "submitted",
        "claim",
    ];
    let head: Vec<String> = head.iter().map(|name| page.t(&format!("report-file-{name}"))).collect();
    let cut_at = (queue.total > queue.per_page).then_some(queue.per_page);
    let rows: Vec<Vec<String>> = queue.lines.into_iter().map(|line| cells(&page, line)).collect();
    send_sheet(&visitor, "verification.csv", &head, rows, cut_at)
}

fn cells(page: &Page, report: QueueLine) -> Vec<String> {
    let (word, score) = words::severity(page, report.rating)
        .map(|s| (s.word, s.score))
        .unwrap_or_default();
    vec![
        report.number.to_string(),
        report.title,
        report.campaign,
        report.product,
        words::state(page, report.state),
        words::file_day(Some(report.since)),
        word,
        score,
        words::file_day(report.submitted_at),
        report.claimed_by,
    ]
}
