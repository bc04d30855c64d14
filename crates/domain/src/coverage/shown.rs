//! What of a target's coverage may be shown: how many, never who, and no day that points at somebody.

use super::{Counted, Coverage, HunterCount, Touched, folded_path};
use crate::date::Date;

/// Fewer people than this are not told apart: one out of one or two is somebody.
pub const TOLD_FROM: u64 = 3;

/// A number of people as it may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// Nobody.
    Nobody,
    /// Fewer than [`TOLD_FROM`].
    Few,
    /// So many.
    Exactly(u64),
    /// So many, give or take 6 %.
    About(u64),
}

impl Told {
    /// Tells a count.
    #[must_use]
    pub fn of(count: &HunterCount) -> Self {
        match (count.count(), count.is_exact()) {
            (0, _) => Self::Nobody,
            (few, _) if few < TOLD_FROM => Self::Few,
            (number, true) => Self::Exactly(number),
            (number, false) => Self::About(number),
        }
    }
}

/// A stretch of days on which at least [`TOLD_FROM`] people were there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
    /// The exchanges that began in it.
    pub requests: u64,
    /// How many people made them.
    pub hunters: Told,
    /// How many endpoints were touched in it.
    pub endpoints: u64,
    /// How many of them never before.
    pub fresh: u64,
    /// How many endpoints were touched by its end.
    pub known: u64,
}

/// An endpoint as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownEndpoint {
    /// The method; `*` for one that no specification names.
    pub method: String,
    /// The folded path.
    pub path: String,
    /// How many exchanges touched it.
    pub requests: u64,
    /// By how many people.
    pub hunters: Told,
    /// The first and the last period in which it was touched, by their places among all; nothing where none can be told.
    pub seen: Option<(usize, usize)>,
}

/// The endpoints beyond those told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Others {
    /// How many exchanges touched them.
    pub requests: u64,
    /// By how many people.
    pub hunters: Told,
}

/// A target's coverage as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// How many exchanges there were.
    pub requests: u64,
    /// How many of them touched no endpoint: answered with 404, or not at all.
    pub nowhere: u64,
    /// How many people made them.
    pub hunters: Told,
    /// The endpoints, by path and method.
    pub endpoints: Vec<ShownEndpoint>,
    /// The endpoints beyond those told apart, where there are any.
    pub others: Option<Others>,
    /// The time, in stretches; none as long as fewer than [`TOLD_FROM`] people were there.
    pub periods: Vec<Period>,
    /// Of the beginnings of paths that may be asked, those below which nothing was touched.
    pub untouched: Vec<String>,
}

/// Computes what may be shown of a target whose scope lists these beginnings of paths.
#[must_use]
pub fn shown(coverage: &Coverage, declared: &[String]) -> Shown {
    let periods = periods(coverage);
    let mut endpoints: Vec<ShownEndpoint> = coverage
        .endpoints
        .iter()
        .map(|(name, touched)| shown_endpoint(name, touched, &periods))
        .collect();
    endpoints.sort_by(|a, b| (&a.path, &a.method).cmp(&(&b.path, &b.method)));
    let untouched = declared.iter().filter(|beginning| {
        let beginning = folded_path(beginning);
        !endpoints.iter().any(|endpoint| is_below(&endpoint.path, &beginning))
    });
    Shown {
        requests: coverage.total.requests,
        nowhere: coverage.nowhere.requests,
        hunters: Told::of(&coverage.total.hunters),
        untouched: untouched.cloned().collect(),
        others: others(&coverage.others),
        endpoints,
        periods,
    }
}

fn others(counted: &Counted) -> Option<Others> {
    (counted.requests > 0).then(|| Others {
        requests: counted.requests,
        hunters: Told::of(&counted.hunters),
    })
}

/// Says whether a path is a beginning or stands below it: `/a` holds `/a` and `/a/b`, not `/ab`.
fn is_below(path: &str, beginning: &str) -> bool {
    let rest = path.strip_prefix(beginning.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn shown_endpoint(name: &str, touched: &Touched, periods: &[Period]) -> ShownEndpoint {
    let (method, path) = name.split_once(' ').unwrap_or(("*", name));
    let place = |day: Option<&Date>| {
        let day = day?;
        periods
            .iter()
            .position(|period| (period.from..=period.until).contains(day))
    };
    let first = place(touched.days.first_key_value().map(|(day, _)| day));
    let last = place(touched.days.last_key_value().map(|(day, _)| day));
    ShownEndpoint {
        method: method.to_owned(),
        path: path.to_owned(),
        requests: touched.counted.requests,
        hunters: Told::of(&touched.counted.hunters),
        seen: first.zip(last),
    }
}

/// Cuts the days into stretches of enough people each; what is left at the end belongs to the last.
fn periods(coverage: &Coverage) -> Vec<Period> {
    let mut cut: Vec<(Date, Date, Counted)> = Vec::new();
    let mut open: Option<(Date, Date, Counted)> = None;
    for (day, counted) in &coverage.days {
        let (_, until, sum) = open.get_or_insert_with(|| (*day, *day, Counted::default()));
        *until = *day;
        sum.merge(counted);
        if sum.hunters.count() >= TOLD_FROM {
            cut.extend(open.take());
        }
    }
    if let (Some((_, end, rest)), Some((_, until, sum))) = (open, cut.last_mut()) {
        *until = end;
        sum.merge(&rest);
    }
    let mut known = 0;
    let stretches = cut.into_iter().map(|(from, until, sum)| {
        let (endpoints, fresh) = touched_within(coverage, from, until);
        known += fresh;
        Period {
            from,
            until,
            requests: sum.requests,
            hunters: Told::of(&sum.hunters),
            endpoints,
            fresh,
            known,
        }
    });
    stretches.collect()
}

/// Counts the endpoints that were touched between two days, and those touched for the first time.
fn touched_within(coverage: &Coverage, from: Date, until: Date) -> (u64, u64) {
    let (mut all, mut fresh) = (0, 0);
    for touched in coverage.endpoints.values() {
        all += u64::from(touched.days.range(from..=until).next().is_some());
        let first = touched.days.first_key_value();
        fresh += u64::from(first.is_some_and(|(day, _)| (from..=until).contains(day)));
    }
    (all, fresh)
}
