//! What was touched of a campaign's targets: for one of them, its figures, its drawing, its endpoints.

use super::asked::{Asked, ORDERS};
use super::written;
use crate::shell::{Answer, Choice, Page, Visitor, html, orders};
use addresses::{campaign, coverage as at, target};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use domain::Date;
use domain::coverage::plot::{self, Bar};
use domain::coverage::{Period, ShownEndpoint, Told};
use domain::ids::CampaignId;
use i18n::Arg;
use std::collections::{BTreeSet, HashMap};
use use_cases::coverage::{CoveragePage, CoveredTarget, ViewCoverage};
use use_cases::read;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "coverage/show.html")]
struct ShowTemplate {
    page: Page,
    p: CoveragePage,
    asked: Asked,
    /// The target that is shown.
    one: Option<CoveredTarget>,
    /// Its endpoints that are asked for, on this page.
    lines: Vec<ShownEndpoint>,
    /// How many are asked for, on all pages.
    found: usize,
    page_lines: usize,
    /// Whether this instance has a gateway.
    gateway: bool,
    most_endpoints: usize,
}

impl ShowTemplate {
    fn id(&self) -> Uuid {
        self.p.record.campaign.id.0
    }

    fn here(&self) -> String {
        at::show(self.id())
    }

    fn back(&self) -> String {
        campaign::show(self.id())
    }

    fn targets_href(&self) -> String {
        match self.p.may_prepare {
            true => target::list(self.id()),
            false => String::new(),
        }
    }

    fn target_href(&self, of: &CoveredTarget) -> String {
        self.asked
            .href(&self.here(), Some(of.id), &self.asked.sorting.said(), 0)
    }

    fn is_shown(&self, of: &CoveredTarget) -> bool {
        self.one.as_ref().is_some_and(|one| one.id == of.id)
    }

    fn product(&self, of: &CoveredTarget) -> &str {
        self.p.record.product_name(&of.product)
    }

    fn number(&self, number: &u64) -> String {
        i18n::integer(self.page.lang_is, i64::try_from(*number).unwrap_or(i64::MAX))
    }

    fn told(&self, told: &Told) -> String {
        written(&self.page, *told)
    }

    /// Says how many of the beginnings of paths in scope were touched.
    fn paths(&self, of: &CoveredTarget) -> String {
        let touched = of.paths.len() - of.shown.untouched.len();
        let args = [("touched", Arg::from(touched)), ("all", Arg::from(of.paths.len()))];
        let key = match of.shown.others {
            Some(_) => "coverage-paths-least",
            None => "coverage-paths",
        };
        i18n::ta(self.page.lang_is, key, &args)
    }

    fn paths_short(&self, of: &CoveredTarget) -> String {
        match of.paths.is_empty() {
            true => "–".to_owned(),
            false => self.paths(of),
        }
    }

    fn endpoints(&self, of: &CoveredTarget) -> String {
        let number = self.number(&(of.shown.endpoints.len() as u64));
        match of.shown.others {
            Some(_) => self.page.t1("coverage-more", "number", number),
            None => number,
        }
    }

    fn finding(&self, of: &CoveredTarget) -> String {
        let fresh = of.shown.periods.last().map_or(0, |last| last.fresh);
        let args = [
            ("n", Arg::from(of.shown.endpoints.len())),
            ("fresh", Arg::Number(i64::try_from(fresh).unwrap_or(i64::MAX))),
            (
                "period",
                Arg::Text(
                    of.shown
                        .periods
                        .last()
                        .map(|last| self.period(last))
                        .unwrap_or_default(),
                ),
            ),
        ];
        let key = match of.shown.others {
            Some(_) => "coverage-finding-more",
            None => "coverage-finding",
        };
        i18n::ta(self.page.lang_is, key, &args)
    }

    fn bars(&self, of: &CoveredTarget) -> Vec<Bar> {
        plot::bars(&of.shown.periods)
    }

    fn line(&self, of: &CoveredTarget) -> String {
        plot::line(&of.shown.periods)
    }

    fn most(&self, of: &CoveredTarget) -> String {
        i18n::integer(self.page.lang_is, plot::most(&of.shown.periods))
    }

    fn edge(&self, of: &CoveredTarget, last: bool) -> String {
        let day = match last {
            true => of.shown.periods.last().map(|period| period.until),
            false => of.shown.periods.first().map(|period| period.from),
        };
        day.map(|day| self.day(day)).unwrap_or_default()
    }

    fn day(&self, day: Date) -> String {
        i18n::date_of(self.page.lang_is, &day.to_string())
    }

    fn period(&self, period: &Period) -> String {
        match period.from == period.until {
            true => self.day(period.from),
            false => self.page.t2(
                "coverage-days",
                "from",
                self.day(period.from),
                "until",
                self.day(period.until),
            ),
        }
    }

    /// Writes when an endpoint was touched first or last: the period, for no day points at somebody.
    fn seen(&self, endpoint: &ShownEndpoint, last: bool) -> String {
        let periods = self
            .one
            .as_ref()
            .map(|one| one.shown.periods.as_slice())
            .unwrap_or_default();
        let place = endpoint.seen.map(|(first, end)| if last { end } else { first });
        let period = place.and_then(|place| periods.get(place));
        period.map_or_else(|| "–".to_owned(), |period| self.period(period))
    }

    fn methods(&self) -> Vec<Choice> {
        let endpoints = self.one.iter().flat_map(|one| &one.shown.endpoints);
        let known: BTreeSet<&str> = endpoints.map(|one| one.method.as_str()).collect();
        let any = Choice::new("", self.page.t("coverage-method-any"), &self.asked.method);
        let known = known
            .into_iter()
            .map(|method| Choice::new(method, method, &self.asked.method));
        std::iter::once(any).chain(known).collect()
    }

    fn orders(&self) -> Vec<Choice> {
        orders(&self.page, self.asked.sorting, ORDERS)
    }

    fn shown_id(&self) -> Option<domain::ids::TargetId> {
        self.one.as_ref().map(|one| one.id)
    }

    fn sort(&self, column: &str) -> String {
        self.asked
            .href(&self.here(), self.shown_id(), &self.asked.sorting.toward(column), 0)
    }

    fn sorted(&self, column: &str) -> &'static str {
        self.asked.sorting.shown(column)
    }

    fn at_page(&self, after: usize) -> String {
        self.asked
            .href(&self.here(), self.shown_id(), &self.asked.sorting.said(), after)
    }

    fn all(&self) -> String {
        at::show(self.id()) + &self.shown_id().map(|id| format!("?cible={id}")).unwrap_or_default()
    }

    fn file(&self) -> String {
        self.asked
            .href(&at::file(self.id()), self.shown_id(), &self.asked.sorting.said(), 0)
    }

    fn previous(&self) -> String {
        match self.asked.after {
            0 => String::new(),
            after => self.at_page(after.saturating_sub(self.page_lines)),
        }
    }

    fn next(&self) -> String {
        let next = self.asked.after + self.lines.len();
        if next < self.found {
            self.at_page(next)
        } else {
            String::new()
        }
    }

    fn place(&self) -> String {
        let args = [
            ("from", Arg::from(self.asked.after + 1)),
            ("until", Arg::from(self.asked.after + self.lines.len())),
            ("n", Arg::from(self.found)),
        ];
        i18n::ta(self.page.lang_is, "coverage-place", &args)
    }

    fn others(&self, of: &CoveredTarget) -> String {
        let Some(others) = of.shown.others else {
            return String::new();
        };
        let args = [
            ("most", Arg::Text(self.number(&(self.most_endpoints as u64)))),
            ("n", Arg::Number(i64::try_from(others.requests).unwrap_or(i64::MAX))),
            ("hunters", Arg::Text(written(&self.page, others.hunters))),
        ];
        i18n::ta(self.page.lang_is, "coverage-others", &args)
    }
}

/// Shows what was touched.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>, Query(query): Query<HashMap<String, String>>) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewCoverage(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let mut asked = Asked::read(&query);
    let one = asked.choose(&p.targets).cloned();
    let found = one
        .as_ref()
        .map(|one| asked.endpoints(&one.shown.endpoints))
        .unwrap_or_default();
    let limits = &visitor.web.app.settings.limits;
    let page_lines = limits.page_lines.max(1);
    if asked.after >= found.len() {
        asked.after = 0;
    }
    let template = ShowTemplate {
        page: visitor
            .page(visitor.t("coverage-title"))
            .under(visitor.t("campaign-list-title"), campaign::LIST)
            .under(p.record.campaign.name.clone(), campaign::show(id))
            .here()
            .with_notice(p.record.frame.notice),
        found: found.len(),
        lines: found.into_iter().skip(asked.after).take(page_lines).collect(),
        page_lines,
        gateway: visitor.web.app.settings.gateway.is_some(),
        most_endpoints: limits.coverage_endpoints,
        p,
        asked,
        one,
    };
    Ok(html(StatusCode::OK, &template))
}
