//! The circle: who runs the product, computed from deployments, informed by one fan-out job.

use crate::app::App;
use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::{Context, UseCase, perform};
use crate::ports::{CaseFilter, CircleRow, JobRow, PositionRow, SharingCase};
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::KeepCircle;
use authorization::{Acting, SystemKind};
use domain::disclosure::{Disclosure, ReaderFacts, RunBy, disclosure};
use domain::ids::{OrganisationId, ProductId, VulnerabilityId};
use domain::position::{PositionEvent, PositionState};
use domain::role::{Grant, GrantScope};
use domain::severity::Severity;
use domain::sharing::Phase;
use domain::vulnerability::Reach;
use domain::{Machine as _, Role, Standing, Timestamp};
use serde_json::json;
use std::collections::BTreeMap;

/// Deployers that one transaction informs at most.
const CHUNK: usize = 50;

/// One organisation of a circle: the best standing of its deployments, and the oldest of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deployer {
    pub(crate) standing: Standing,
    pub(crate) since: Timestamp,
}

/// Gives the circle of a vulnerability, by organisation.
pub(crate) fn members(case: &SharingCase, runs: &[CircleRow]) -> BTreeMap<OrganisationId, Deployer> {
    let mut circle: BTreeMap<OrganisationId, Deployer> = BTreeMap::new();
    let products = case.products();
    for run in runs.iter().filter(|run| products.contains(&run.product)) {
        if let Reach::Deployment(only) = case.reach
            && only != run.organisation
        {
            continue;
        }
        let deployer = circle.entry(run.organisation).or_insert(Deployer {
            standing: run.standing(),
            since: run.from,
        });
        deployer.standing = deployer.standing.max(run.standing());
        deployer.since = deployer.since.min(run.from);
    }
    circle
}

/// Counts the organisations of the circle of a vulnerability.
pub(super) async fn size(unit: &mut Unit, case: &SharingCase) -> Outcome<usize> {
    let only = match case.reach {
        Reach::Deployment(only) => Some(only),
        Reach::Product => None,
    };
    let count = unit.store.count_circle(&case.products(), only).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Gives how much one deployer learns of a vulnerability; `named`: read by somebody who is named for it.
pub(crate) fn level(
    case: &SharingCase,
    organisation: OrganisationId,
    deployer: Deployer,
    named: bool,
    now: Timestamp,
) -> Disclosure {
    let reader = ReaderFacts {
        deployments: vec![RunBy {
            organisation,
            standing: deployer.standing,
        }],
        is_named: named,
        ..ReaderFacts::default()
    };
    if case.lives() {
        disclosure(&reader, &case.facts(now), now)
    } else {
        Disclosure::None
    }
}

/// Gives how an organisation runs what a vulnerability affects.
///
/// # Errors
/// [`Error::NotFound`] where it does not.
pub(super) async fn deployer(unit: &mut Unit, case: &SharingCase, organisation: OrganisationId) -> Outcome<Deployer> {
    let runs = unit.store.run_by(organisation).await?;
    members(case, &runs).get(&organisation).copied().ok_or(Error::NotFound)
}

/// Puts the job that informs a circle in the queue; each move has one.
pub(super) async fn enqueue(unit: &mut Unit, case: &SharingCase) -> Outcome<()> {
    if case.phase < Phase::Alert {
        return Ok(());
    }
    let key = format!("inform/{}/{}", case.id, case.revision);
    unit.enqueue("sharing.inform", key, Some(case.id.0), None, unit.now)
        .await
}

/// Puts the job that tells a circle at once of what happened in the queue.
pub(crate) async fn enqueue_urgent(unit: &mut Unit, id: VulnerabilityId, what: &'static str) -> Outcome<()> {
    let (kind, key) = (
        format!("sharing.inform_{what}"),
        format!("inform/{id}/{what}/{}", unit.now.0),
    );
    unit.enqueue(&kind, key, Some(id.0), None, unit.now).await
}

/// Informs a whole circle, a chunk in each transaction.
pub(crate) async fn inform(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a circle without a vulnerability".to_owned()))?;
    let context = Context::system(app, SystemKind::Clock);
    // What happened at once is told at once, and once for each time that it happened.
    let urgent = job.kind.starts_with("sharing.inform_").then(|| job.dedup_key.clone());
    let mut after = None;
    loop {
        let chunk = InformChunk {
            vulnerability: VulnerabilityId(id),
            after,
            urgent: urgent.clone(),
        };
        after = perform(&context, chunk).await?;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// Informs the next deployers of a circle and gives the last of them, where more follow.
struct InformChunk {
    vulnerability: VulnerabilityId,
    after: Option<OrganisationId>,
    /// What tells this news from others, where it cannot wait.
    urgent: Option<String>,
}

impl UseCase for InformChunk {
    type Output = Option<OrganisationId>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.take_sharing_case(self.vulnerability).await?;
        let case = unit.permit_found::<KeepCircle, _>(found)?;
        let runs = unit.store.circle(&case.products()).await?;
        let waiting: Vec<(OrganisationId, Deployer)> = members(&case, &runs)
            .into_iter()
            .filter(|(organisation, _)| self.after.is_none_or(|after| *organisation > after))
            .collect();
        for (organisation, deployer) in waiting.iter().take(CHUNK) {
            let to = (*organisation, *deployer);
            tell(unit, case.acting(), &case, to, self.urgent.as_deref()).await?;
        }
        Ok(waiting
            .get(CHUNK)
            .and(waiting.get(CHUNK - 1))
            .map(|(organisation, _)| *organisation))
    }
}

/// Makes sure that a deployer has a position, informs it where it may learn something, and puts
/// a mail in the queue for its officers that something awaits them.
pub(super) async fn tell(
    unit: &mut Unit,
    acting: &Acting,
    case: &SharingCase,
    (organisation, deployer): (OrganisationId, Deployer),
    urgent: Option<&str>,
) -> Outcome<()> {
    let grants = unit.store.grants_of_organisation(organisation, unit.now).await?;
    let officers = grants
        .into_iter()
        .filter(|grant| grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation);
    let officers: Vec<Grant> = officers.collect();
    let named = officers.iter().any(|grant| case.named.contains(&grant.person));
    let position = ensure(unit, acting, case, organisation, deployer, named).await?;
    for grant in officers {
        let named = case.named.contains(&grant.person);
        if level(case, organisation, deployer, named, unit.now) >= Disclosure::Alert {
            let news = urgent.unwrap_or(case.phase.code());
            let key = format!("position/{}/{news}/{}", position.id, grant.person);
            let presses = case.band == Severity::Critical || case.exploited_at.is_some_and(|at| at <= unit.now);
            let kind = if urgent.is_some() || presses {
                "mail.position_urgent"
            } else {
                "mail.position"
            };
            unit.enqueue(kind, key, Some(position.id), Some(grant.person), unit.now)
                .await?;
        }
    }
    Ok(())
}

/// Gives a deployer's living position, made and informed where it was not.
pub(super) async fn ensure(
    unit: &mut Unit,
    acting: &Acting,
    case: &SharingCase,
    organisation: OrganisationId,
    deployer: Deployer,
    named: bool,
) -> Outcome<PositionRow> {
    let found = unit.store.position(case.id, organisation).await?;
    let mut row = match found.filter(|found| found.peek().left_at.is_none()) {
        Some(found) => found.peek().clone(),
        None => begin(unit, case, organisation, deployer).await?,
    };
    let visible = level(case, organisation, deployer, named, unit.now) >= Disclosure::Alert;
    if visible && row.state == PositionState::ToInform {
        row.state = row.state.after(PositionEvent::Inform)?;
        row.informed_at = Some(unit.now);
        unit.store.save_position(&row).await?;
        row.revision += 1;
        note(
            unit,
            acting,
            &row,
            "position.informed",
            json!({"organisation": organisation, "late": row.declared_late}),
        )
        .await?;
    }
    Ok(row)
}

async fn begin(
    unit: &mut Unit,
    case: &SharingCase,
    organisation: OrganisationId,
    deployer: Deployer,
) -> Outcome<PositionRow> {
    let row = PositionRow {
        id: unit.fresh_id(),
        vulnerability: case.id,
        organisation,
        state: PositionState::ToInform,
        informed_at: None,
        read_at: None,
        answered_at: None,
        answered_by: None,
        reason: None,
        acceptance: None,
        acceptance_until: None,
        proposal: None,
        own: None,
        declared_late: deployer.since > case.opened_at,
        left_at: None,
        revision: 1,
    };
    unit.store.insert_position(&row).await?;
    Ok(row)
}

/// Journals what happened to a position under its vulnerability's key.
pub(super) async fn note(
    unit: &mut Unit,
    acting: &Acting,
    row: &PositionRow,
    kind: &'static str,
    body: serde_json::Value,
) -> Outcome<()> {
    let entry = NewEntry {
        stream_kind: "position",
        stream_id: row.id,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Vulnerability(row.vulnerability),
        body,
    };
    unit.record(acting, entry).await?;
    Ok(())
}

/// Brings the circles up to a deployment that was declared, confirmed or ended, in the same
/// transaction: who joins is informed at once, who left loses its rights and keeps its answers.
///
/// # Errors
/// [`Error`] where the store fails.
pub async fn deployment_changed(
    unit: &mut Unit,
    acting: &Acting,
    organisation: OrganisationId,
    product: ProductId,
) -> Outcome<()> {
    let runs: Vec<CircleRow> = unit.store.run_by(organisation).await?;
    for case in unit.store.sharing_cases(&CaseFilter::Product(product)).await? {
        match members(&case, &runs).get(&organisation) {
            Some(deployer) if case.phase >= Phase::Alert => {
                tell(unit, acting, &case, (organisation, *deployer), None).await?;
            }
            Some(_) => {}
            None => leave(unit, acting, &case, organisation).await?,
        }
    }
    Ok(())
}

/// Brings the circle of one vulnerability up to a product that was linked or unlinked: who joins is
/// informed by a job, who no longer runs any product of it leaves at once.
///
/// # Errors
/// [`Error`] where the store fails.
pub(crate) async fn products_changed(unit: &mut Unit, acting: &Acting, id: VulnerabilityId) -> Outcome<()> {
    let found = unit.store.sharing_case(id).await?;
    let case = found.ok_or(Error::NotFound)?.peek().clone();
    let runs = unit.store.circle(&case.products()).await?;
    let circle = members(&case, &runs);
    for row in unit.store.positions(id).await? {
        if row.left_at.is_none() && !circle.contains_key(&row.organisation) {
            leave(unit, acting, &case, row.organisation).await?;
        }
    }
    enqueue(unit, &case).await
}

async fn leave(unit: &mut Unit, acting: &Acting, case: &SharingCase, organisation: OrganisationId) -> Outcome<()> {
    let Some(found) = unit.store.position(case.id, organisation).await? else {
        return Ok(());
    };
    let mut row = found.peek().clone();
    if row.state == PositionState::Left {
        return Ok(());
    }
    row.state = row.state.after(PositionEvent::Leave)?;
    row.left_at = Some(unit.now);
    unit.store.save_position(&row).await?;
    note(
        unit,
        acting,
        &row,
        "position.left",
        json!({"organisation": organisation}),
    )
    .await
}
