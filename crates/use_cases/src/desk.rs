//! The desk: what waits for me, by when, most urgent first.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::unit::Unit;
use domain::Timestamp;
use domain::deadline::urgency;
use i18n::Arg;

/// One thing that waits for a person.
#[derive(Clone, Debug)]
pub struct DeskItem {
    /// The key of the sentence that says what waits.
    pub what: &'static str,
    /// What the sentence quotes.
    pub args: Vec<(&'static str, Arg)>,
    /// Where it belongs: a campaign's, call's or product's name.
    pub place: String,
    /// The address where it is done.
    pub href: String,
    /// The key of the action's verb.
    pub action: &'static str,
    /// By when, where there is a date.
    pub due: Option<Timestamp>,
}

/// The most things of one kind that a desk names; a line leads to the others.
pub const NAMED: usize = 12;

/// Leads to the list of a kind of which more waits than is named.
pub(crate) fn more(href: String) -> DeskItem {
    DeskItem {
        what: "desk-more",
        args: Vec::new(),
        place: String::new(),
        href,
        action: "desk-more-action",
        due: None,
    }
}

/// How many of a kind a desk asks for: one more than it names, to know whether there is more.
#[must_use]
pub fn one_more() -> i64 {
    i64::try_from(NAMED + 1).unwrap_or(i64::MAX)
}

/// Says whether more was found than is named.
pub(crate) const fn is_more(found: usize) -> bool {
    found > NAMED
}

/// Shows what waits for the person who has signed in, under all of their roles.
pub struct ViewDesk;

impl UseCase for ViewDesk {
    type Output = Vec<DeskItem>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
        unit.person()?;
        let mut items = crate::programme::desk_items(unit).await?;
        items.extend(crate::call::desk_items(unit).await?);
        items.extend(crate::candidacy::desk_items(unit).await?);
        items.extend(crate::register::desk_items(unit).await?);
        items.extend(crate::campaign::desk_items(unit).await?);
        items.extend(crate::authorisation::desk_items(unit).await?);
        items.extend(crate::report::desk_items(unit).await?);
        items.extend(crate::finding::desk_items(unit).await?);
        items.extend(crate::vulnerability::desk_items(unit).await?);
        items.extend(crate::sharing::desk_items(unit).await?);
        let now = unit.now;
        items.sort_by_key(|item| urgency(item.due, now));
        Ok(items)
    }
}
