//! The desk: what waits for me, by when, most urgent first.

use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::{Actor, PersonActor};
use domain::Timestamp;
use domain::deadline::urgency;
use domain::ids::OrganisationId;
use domain::organisation::{Organisation, name_sort};
use domain::role::{GrantScope, Role};
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

/// The line that leads to what is not named.
const MORE: &str = "desk-more";

/// Leads to the list of a kind of which more waits than is named.
pub(crate) fn more(href: String) -> DeskItem {
    DeskItem {
        what: MORE,
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
        waiting(unit).await
    }
}

/// Gives what waits under the roles that the actor holds, most urgent first.
async fn waiting(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let mut items = crate::programme::desk_items(unit).await?;
    items.extend(crate::call::desk_items(unit).await?);
    items.extend(crate::candidacy::desk_items(unit).await?);
    items.extend(crate::register::desk_items(unit).await?);
    items.extend(crate::campaign::desk_items(unit).await?);
    items.extend(crate::authorisation::desk_items(unit).await?);
    items.extend(crate::target::desk_items(unit).await?);
    items.extend(crate::report::desk_items(unit).await?);
    items.extend(crate::finding::desk_items(unit).await?);
    items.extend(crate::vulnerability::desk_items(unit).await?);
    items.extend(crate::sharing::desk_items(unit).await?);
    let now = unit.now;
    items.sort_by_key(|item| urgency(item.due, now));
    Ok(items)
}

/// The most organisations of a person whose desks are laid side by side.
const ORGANISATIONS: usize = 24;
/// The most members that a person administers by delegation and that are named.
const DELEGATED: i64 = 200;

/// One of a person's organisations: what they are there, and what waits for them there.
#[derive(Clone, Debug)]
pub struct OwnOrganisation {
    /// The organisation.
    pub organisation: Organisation,
    /// The roles that they hold for it now.
    pub roles: Vec<Role>,
    /// What waits for them there.
    pub items: Vec<DeskItem>,
    /// Whether what waits was looked for.
    pub looked: bool,
    /// Who delegated their administration to it, where they administer for it.
    pub delegated: Vec<(OrganisationId, String)>,
}

/// Shows each organisation for which the person who has signed in holds a role now, and what waits for them there.
pub struct ViewOwnOrganisations;

impl UseCase for ViewOwnOrganisations {
    type Output = Vec<OwnOrganisation>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<OwnOrganisation>> {
        unit.person()?;
        let Actor::Person(whole) = unit.actor.clone() else {
            return Err(Error::SignInFirst);
        };
        let mut ids: Vec<OrganisationId> = whole.memberships().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut organisations = unit.store.organisations(&ids).await?;
        organisations.sort_by_cached_key(|one| name_sort(&one.name));
        // What conflicts with a role elsewhere waits nowhere: the whole desk says what waits at all.
        let all = waiting(unit).await?;
        let mut own = Vec::new();
        for organisation in organisations {
            let looked = own.len() < ORGANISATIONS;
            let mut here = whole.clone();
            here.grants.retain(|grant| grant.organisation == organisation.id);
            let mut roles: Vec<Role> = here.grants.iter().map(|grant| grant.role).collect();
            roles.sort_unstable();
            roles.dedup();
            let items = if looked {
                waiting_under(unit, here.clone(), &all).await?
            } else {
                Vec::new()
            };
            own.push(OwnOrganisation {
                delegated: delegated(unit, &here, organisation.id).await?,
                organisation,
                roles,
                items,
                looked,
            });
        }
        unit.acts_as(Actor::Person(whole));
        Ok(own)
    }
}

/// Gives what waits under some of a person's grants, of what waits for them at all.
async fn waiting_under(unit: &mut Unit, here: PersonActor, all: &[DeskItem]) -> Outcome<Vec<DeskItem>> {
    let whole = unit.actor.clone();
    unit.acts_as(Actor::Person(here));
    let found = waiting(unit).await;
    unit.acts_as(whole);
    let same = |item: &DeskItem, one: &DeskItem| one.what == item.what && one.href == item.href;
    let mut items = found?;
    let before = items.len();
    items.retain(|item| all.iter().any(|one| same(item, one)));
    let dropped = items.len() < before;
    for item in &mut items {
        // A number counts what conflicts with no role, which only the whole desk knows.
        let mut of = all.iter().filter(|one| same(item, one));
        if let (Some(one), None) = (of.next(), of.next()) {
            item.args.clone_from(&one.args);
        }
    }
    // The whole desk names a dozen of a kind: what it does not name may be here.
    if dropped && all.iter().any(|one| one.what == MORE) && !items.iter().any(|one| one.what == MORE) {
        items.push(more(addresses::people::DESK.to_owned()));
    }
    Ok(items)
}

/// Gives who delegated their administration to an organisation that the person administers for.
async fn delegated(
    unit: &mut Unit,
    here: &PersonActor,
    organisation: OrganisationId,
) -> Outcome<Vec<(OrganisationId, String)>> {
    let administers = |grant: &domain::role::Grant| {
        grant.scope == GrantScope::Organisation && matches!(grant.role, Role::Organiser | Role::SecurityOfficer)
    };
    if !here.grants.iter().any(administers) {
        return Ok(Vec::new());
    }
    let members = unit.store.group_members(organisation, unit.now, DELEGATED).await?;
    let delegated = members.into_iter().filter(|member| member.delegated);
    Ok(delegated.map(|member| (member.organisation, member.name)).collect())
}
