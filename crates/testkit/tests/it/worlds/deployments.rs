//! Deployments of the register: who reads, confirms and refuses each, and the lists that lead there.

use super::dice::Dice;
use super::draw::end;
use super::model::{AffiliationOf, DeploymentOf, KINDS, Reader, World};
use domain::deployment::DeploymentState;
use domain::ids::{AffiliationId, DeploymentId, OrganisationId};
use domain::organisation::{Affiliation, AffiliationKind, OrganisationKind};
use domain::role::{Grant, GrantScope, Role};
use i18n::Arg;
use std::collections::{BTreeMap, BTreeSet};
use testkit::{START, TestApp};
use use_cases::desk::ViewDesk;
use use_cases::register::{
    DeploymentPage, ListMemberDeployments, ListOrganisationDeployments, ListProductDeployments, ViewDeployment,
};
use use_cases::{Context, Error, Outcome, Unit, read};

impl World {
    /// Draws what organisations belong to, and which declarations their vendors refused.
    pub fn draw_register(&mut self, dice: &mut Dice) {
        for run in &mut self.deployments {
            run.refused = run.state == DeploymentState::Declared && dice.chance(25);
        }
        for organisation in &self.organisations {
            for within in &self.organisations {
                if organisation != within && dice.chance(25) {
                    let from = START.plus_days(if dice.chance(15) { 2 } else { -20 });
                    self.affiliations.push(AffiliationOf {
                        organisation: *organisation,
                        within: *within,
                        kind: dice.pick(AffiliationKind::ALL),
                        from,
                        until: end(dice).filter(|until| *until > from),
                    });
                }
            }
        }
    }

    /// Says whether an organisation answers for another: by delegation, or as a group of authorities
    /// of which the other is a member.
    fn answers_for(&self, group: OrganisationId, organisation: OrganisationId) -> bool {
        let place = self.organisations.iter().position(|one| *one == group).unwrap();
        let authorities = matches!(KINDS[place], OrganisationKind::Group | OrganisationKind::Departement);
        self.affiliations.iter().any(|one| {
            one.organisation == organisation
                && one.within == group
                && one.from <= START
                && one.until.is_none_or(|until| START < until)
                && (one.kind == AffiliationKind::Delegated || (one.kind == AffiliationKind::Member && authorities))
        })
    }

    /// Says whether a role answers for who runs a deployment: its group's, or a published programme's.
    fn organises(&self, grant: &Grant, run: &DeploymentOf) -> bool {
        let whole = grant.scope == GrantScope::Organisation;
        let mut programmes = self
            .programmes
            .iter()
            .filter(|one| one.published && one.has_member(run.organisation));
        grant.role == Role::Organiser
            && ((whole && self.answers_for(grant.organisation, run.organisation))
                || programmes.any(|one| {
                    (whole && one.owner == grant.organisation) || grant.scope == GrantScope::Programme(one.id)
                }))
    }

    fn sells(&self, grant: &Grant, run: &DeploymentOf) -> bool {
        grant.role == Role::VendorContact
            && grant.scope == GrantScope::Organisation
            && self.products.contains(&(run.product, grant.organisation))
    }

    /// Says whether a reader reads, confirms and refuses a deployment.
    fn rights(&self, reader: &Reader, run: &DeploymentOf) -> (bool, bool, bool) {
        let own = reader.held().any(|grant| runs(grant, run.organisation));
        let sells = reader.held().any(|grant| self.sells(grant, run));
        let organises = reader.held().any(|grant| self.organises(grant, run));
        let open = run.state == DeploymentState::Declared && !reader.belongs_to(run.organisation);
        (
            own || sells || organises,
            open && (sells || organises),
            open && sells && !run.refused,
        )
    }

    fn living(&self, which: impl Fn(&DeploymentOf) -> bool) -> BTreeSet<DeploymentId> {
        let runs = self.deployments.iter();
        runs.filter(|run| run.state != DeploymentState::Ended && which(run))
            .map(|run| run.id)
            .collect()
    }

    /// Gives the declarations that wait for the organisers of an organisation; none for who is not one.
    fn waiting(&self, reader: &Reader, organisation: OrganisationId) -> Option<BTreeSet<DeploymentId>> {
        let grants: Vec<&Grant> = reader
            .held()
            .filter(|grant| grant.role == Role::Organiser && grant.organisation == organisation)
            .filter(|grant| !matches!(grant.scope, GrantScope::Campaign(_)))
            .collect();
        (!grants.is_empty()).then(|| {
            self.living(|run| {
                run.state == DeploymentState::Declared
                    && run.organisation != organisation
                    && grants.iter().any(|grant| self.organises(grant, run))
            })
        })
    }
}

/// Says whether a role reads all that its organisation runs.
fn runs(grant: &Grant, organisation: OrganisationId) -> bool {
    grant.scope == GrantScope::Organisation
        && grant.organisation == organisation
        && matches!(grant.role, Role::SecurityOfficer | Role::Signatory | Role::Organiser)
}

/// Keeps what organisations belong to.
pub async fn keep_affiliations(unit: &mut Unit, world: &World) -> Outcome<()> {
    for one in &world.affiliations {
        let affiliation = Affiliation {
            id: AffiliationId(unit.fresh_id()),
            organisation: one.organisation,
            within: one.within,
            kind: one.kind,
            from: one.from,
            until: one.until,
        };
        unit.store.insert_affiliation(&affiliation).await?;
    }
    Ok(())
}

/// Gives what a list of deployments shows; none where it is hidden.
fn shown<Of>(page: Outcome<DeploymentPage<Of>>) -> Option<BTreeSet<DeploymentId>> {
    match page {
        Ok(page) => {
            assert!(page.next.is_none(), "a drawn world fits on one page");
            Some(page.rows.into_iter().map(|row| row.deployment.id).collect())
        }
        Err(Error::NotFound) => None,
        Err(other) => panic!("{other:?}"),
    }
}

/// Every page and every list of deployments shows what the rules say, and so does the desk.
pub async fn deployments_agree(app: &TestApp, world: &World, reader: &Reader, seed: u64) {
    let context = reader.who.context(app);
    let told = |what: &str| format!("world {seed}: {what} for {:?}", reader.grants);
    let mut readable = BTreeSet::new();
    for run in &world.deployments {
        let found = match read(&context, ViewDeployment(run.id)).await {
            Ok(sheet) => (true, sheet.may_confirm, sheet.may_refuse),
            Err(Error::NotFound) => (false, false, false),
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(found, world.rights(reader, run), "{}", told(&format!("{:?}", run.id)));
        if found.0 {
            readable.insert(run.id);
        }
    }
    let mut listed = BTreeSet::new();
    for organisation in &world.organisations {
        let (organisation, after) = (*organisation, None);
        let own = shown(read(&context, ListOrganisationDeployments { organisation, after }).await);
        let reads = reader.held().any(|grant| runs(grant, organisation));
        let expected = reads.then(|| world.living(|run| run.organisation == organisation));
        assert_eq!(own, expected, "{}", told("what an organisation runs"));
        let waiting = shown(read(&context, ListMemberDeployments { organisation, after }).await);
        let expected = world.waiting(reader, organisation);
        assert_eq!(waiting, expected, "{}", told("what waits for organisers"));
        listed.extend(own.into_iter().chain(waiting).flatten());
    }
    for (n, (product, vendor)) in world.products.iter().enumerate() {
        let list = ListProductDeployments {
            slug: format!("produit-{n}"),
            after: None,
        };
        let page = shown(read(&context, list).await);
        let sells = reader.held().any(|grant| {
            grant.role == Role::VendorContact
                && grant.scope == GrantScope::Organisation
                && grant.organisation == *vendor
        });
        let expected = sells.then(|| world.living(|run| run.product == *product));
        assert_eq!(page, expected, "{}", told("who runs a product"));
        listed.extend(page.into_iter().flatten());
    }
    assert!(listed.is_subset(&readable), "{}", told("listed and not readable"));
    for run in &world.deployments {
        let (_, confirms, refuses) = world.rights(reader, run);
        let found = listed.contains(&run.id);
        assert!(found || !(confirms || refuses), "{}", told("to confirm and not listed"));
    }
    desk_counts(&context, world, reader, &told("the desk")).await;
}

/// The desk counts the declarations that its reader may confirm, and no others.
async fn desk_counts(context: &Context, world: &World, reader: &Reader, told: &str) {
    let mut expected: BTreeMap<String, i64> = BTreeMap::new();
    for run in &world.deployments {
        let (_, _, refuses) = world.rights(reader, run);
        if refuses {
            let n = world.products.iter().position(|(id, _)| *id == run.product).unwrap();
            let href = format!("/catalogue/produit-{n}/deploiements");
            *expected.entry(href).or_default() += 1;
        }
    }
    for organisation in &world.organisations {
        let waiting = world.waiting(reader, *organisation).unwrap_or_default();
        let counted = world
            .deployments
            .iter()
            .filter(|run| run.refused && waiting.contains(&run.id) && !reader.belongs_to(run.organisation));
        let counted = counted.count();
        if counted > 0 {
            let href = format!("/organisations/{organisation}/declarations");
            expected.insert(href, i64::try_from(counted).unwrap());
        }
    }
    let mut found = BTreeMap::new();
    for item in read(context, ViewDesk).await.unwrap() {
        if matches!(item.what, "register-desk-confirm" | "register-desk-members") {
            let [(_, Arg::Number(n))] = item.args.as_slice() else {
                panic!("{told}: {item:?}");
            };
            found.insert(item.href, *n);
        }
    }
    assert_eq!(found, expected, "{told}");
}
