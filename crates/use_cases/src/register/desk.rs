//! What waits in the register: declarations to confirm, and one's own that are incomplete.

use super::deployments::organiser_reach;
use crate::desk::DeskItem;
use crate::error::Outcome;
use crate::ports::{DeploymentFilter, DeploymentRow, DeploymentsOf};
use crate::unit::Unit;
use domain::deployment::DeploymentState;
use domain::ids::OrganisationId;
use domain::role::{GrantScope, Role};
use i18n::Arg;

/// How many of its own installations a desk looks at.
const LOOKED_AT: i64 = 100;

/// Gives what waits for the person in this part.
pub(crate) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let mut items = Vec::new();
    let whole = |scope: GrantScope| scope == GrantScope::Organisation;
    for organisation in held(unit, Role::VendorContact, whole) {
        items.extend(for_vendor(unit, organisation).await?);
    }
    for organisation in held(unit, Role::Organiser, |scope| !matches!(scope, GrantScope::Campaign(_))) {
        items.extend(for_organiser(unit, organisation).await?);
    }
    for organisation in held(unit, Role::SecurityOfficer, whole) {
        items.extend(for_officer(unit, organisation).await?);
    }
    Ok(items)
}

fn held(unit: &Unit, role: Role, within: impl Fn(GrantScope) -> bool) -> Vec<OrganisationId> {
    let mut held: Vec<_> = unit
        .actor
        .grants()
        .iter()
        .filter(|grant| grant.role == role && within(grant.scope))
        .map(|grant| grant.organisation)
        .collect();
    held.sort();
    held.dedup();
    held
}

async fn list(unit: &mut Unit, of: DeploymentsOf) -> Outcome<Vec<DeploymentRow>> {
    let filter = DeploymentFilter {
        of,
        at: unit.now,
        after: None,
        limit: LOOKED_AT,
    };
    Ok(unit.store.list_deployments(&filter).await?)
}

/// Counts the declarations that the person may confirm, by product: none of what their own organisations run.
async fn confirmable(unit: &mut Unit, of: DeploymentsOf) -> Outcome<Vec<(String, String, i64)>> {
    let own = unit.reader.organisations.clone();
    Ok(unit.store.count_waiting_deployments(&of, &own, unit.now).await?)
}

/// One line a product: how many declarations its vendor has to confirm.
async fn for_vendor(unit: &mut Unit, vendor: OrganisationId) -> Outcome<Vec<DeskItem>> {
    let products = confirmable(unit, DeploymentsOf::WaitingForVendor(vendor)).await?;
    Ok(products
        .into_iter()
        .map(|(slug, name, count)| DeskItem {
            what: "register-desk-confirm",
            args: vec![("n", Arg::Number(count))],
            place: name,
            href: addresses::register::product_deployments(&slug),
            action: "register-desk-confirm-action",
            due: None,
        })
        .collect())
}

/// One line: how many declarations of members can be confirmed.
async fn for_organiser(unit: &mut Unit, organisation: OrganisationId) -> Outcome<Option<DeskItem>> {
    let reach = organiser_reach(unit, organisation);
    let waiting = confirmable(unit, DeploymentsOf::WaitingForOrganiser(reach)).await?;
    let count: i64 = waiting.iter().map(|(_, _, count)| count).sum();
    if count == 0 {
        return Ok(None);
    }
    let name = unit.store.organisations(&[organisation]).await?.pop().map(|o| o.name);
    Ok(Some(DeskItem {
        what: "register-desk-members",
        args: vec![("n", Arg::Number(count))],
        place: name.unwrap_or_default(),
        href: addresses::register::member_deployments(organisation.0),
        action: "register-desk-members-action",
        due: None,
    }))
}

/// The officer's own declarations that nobody has confirmed, or whose version is unknown.
async fn for_officer(unit: &mut Unit, organisation: OrganisationId) -> Outcome<Vec<DeskItem>> {
    let mut items = Vec::new();
    for row in list(unit, DeploymentsOf::Organisation(organisation)).await? {
        let declared = row.deployment.state == DeploymentState::Declared;
        let (what, action) = if declared && row.refused_at.is_some() && !row.proof_waiting {
            ("register-desk-refused", "register-desk-refused-action")
        } else if row.deployment.version.is_none() {
            ("register-desk-version", "register-desk-version-action")
        } else if declared && !row.proof_waiting {
            ("register-desk-unconfirmed", "register-desk-unconfirmed-action")
        } else {
            continue;
        };
        items.push(DeskItem {
            what,
            args: vec![("product", Arg::from(row.product_name.as_str()))],
            place: row.organisation_name,
            href: addresses::register::deployment(row.deployment.id.0),
            action,
            due: None,
        });
    }
    Ok(items)
}
