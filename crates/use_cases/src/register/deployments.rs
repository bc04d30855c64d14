//! Who runs what, as those who may know see it.

use super::PAGE;
use crate::error::Outcome;
use crate::history::{HistoryLine, lines};
use crate::perform::UseCase;
use crate::ports::{DeploymentFilter, DeploymentRow, DeploymentsOf, OrganiserReach, ProductRecord};
use crate::unit::{Unit, place};
use authorization::Permitted;
use authorization::action::{
    ChangeDeployment, ConfirmDeployment, DeclareDeployment, ReadDeployment, ReadMemberDeployments,
    ReadOrganisationDeployments, ReadProductDeployments, RefuseDeployment,
};
use domain::Timestamp;
use domain::deployment::DeploymentState;
use domain::ids::{DeploymentId, OrganisationId};
use domain::organisation::Organisation;
use domain::product::ProductVersion;
use domain::role::{GrantScope, Role};
use uuid::Uuid;

/// A page of a list of deployments.
#[derive(Clone, Debug)]
pub struct DeploymentPage<Of> {
    /// Whose, or of what.
    pub of: Of,
    /// The deployments, oldest first.
    pub rows: Vec<DeploymentRow>,
    /// The last one of the page, where others follow.
    pub next: Option<DeploymentId>,
    /// Whether the reader may declare more.
    pub may_declare: bool,
    /// Those that the reader may confirm from the list.
    pub to_confirm: Vec<DeploymentId>,
}

async fn page<Of>(
    unit: &mut Unit,
    of: Of,
    which: DeploymentsOf,
    after: Option<DeploymentId>,
    may_declare: bool,
) -> Outcome<DeploymentPage<Of>> {
    let filter = DeploymentFilter {
        of: which,
        at: unit.now,
        after,
        limit: PAGE + 1,
    };
    let mut rows = unit.store.list_deployments(&filter).await?;
    let most = usize::try_from(PAGE).unwrap_or_default();
    let more = rows.len() > most;
    rows.truncate(most);
    Ok(DeploymentPage {
        of,
        next: rows.last().filter(|_| more).map(|row| row.deployment.id),
        to_confirm: to_confirm(unit, &rows).await?,
        rows,
        may_declare,
    })
}

/// Gives those of a page that wait for a word and that the reader may confirm.
async fn to_confirm(unit: &mut Unit, rows: &[DeploymentRow]) -> Outcome<Vec<DeploymentId>> {
    let mut ids = Vec::new();
    for row in rows {
        let id = row.deployment.id;
        if row.deployment.state != DeploymentState::Declared {
            continue;
        }
        let found = unit.store.deployment(id, unit.now).await?;
        if found.is_some_and(|found| unit.may::<ConfirmDeployment, _>(found.peek())) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Lists what an organisation runs, for its own people.
pub struct ListOrganisationDeployments {
    /// The organisation.
    pub organisation: OrganisationId,
    /// After this one, for the next page.
    pub after: Option<DeploymentId>,
}

impl UseCase for ListOrganisationDeployments {
    type Output = DeploymentPage<Organisation>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.organisation(self.organisation).await?;
        let proof = unit.permit_found::<ReadOrganisationDeployments, _>(found)?;
        let may_declare = unit.may::<DeclareDeployment, _>(&*proof);
        let organisation = proof.into_value().organisation;
        page(
            unit,
            organisation,
            DeploymentsOf::Organisation(self.organisation),
            self.after,
            may_declare,
        )
        .await
    }
}

/// Lists the declarations that wait among those an organisation answers for, for its organisers.
pub struct ListMemberDeployments {
    /// The organisation whose organisers read.
    pub organisation: OrganisationId,
    /// After this one, for the next page.
    pub after: Option<DeploymentId>,
}

impl UseCase for ListMemberDeployments {
    type Output = DeploymentPage<Organisation>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.organisation(self.organisation).await?;
        let proof = unit.permit_found::<ReadMemberDeployments, _>(found)?;
        let organisation = proof.into_value().organisation;
        let reach = organiser_reach(unit, self.organisation);
        page(
            unit,
            organisation,
            DeploymentsOf::WaitingForOrganiser(reach),
            self.after,
            false,
        )
        .await
    }
}

/// Gives for whom the reader may confirm declarations as organiser of an organisation.
pub(super) fn organiser_reach(unit: &Unit, organisation: OrganisationId) -> OrganiserReach {
    let held = unit.actor.grants().iter();
    let scopes: Vec<GrantScope> = held
        .filter(|grant| grant.role == Role::Organiser && grant.organisation == organisation)
        .map(|grant| grant.scope)
        .collect();
    let programmes = scopes.iter().filter_map(|scope| match scope {
        GrantScope::Programme(id) => Some(*id),
        _ => None,
    });
    OrganiserReach {
        organisation,
        whole: scopes.contains(&GrantScope::Organisation),
        programmes: programmes.collect(),
    }
}

/// Lists who says to run a product, for its vendor.
pub struct ListProductDeployments {
    /// The product's readable address.
    pub slug: String,
    /// After this one, for the next page.
    pub after: Option<DeploymentId>,
}

impl UseCase for ListProductDeployments {
    type Output = DeploymentPage<ProductRecord>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.product_by_slug(&self.slug).await?;
        let proof = unit.permit_found::<ReadProductDeployments, _>(found)?;
        let record = proof.into_value();
        let which = DeploymentsOf::Product(record.product.id);
        page(unit, record, which, self.after, false).await
    }
}

/// Shows one deployment with its proofs and history.
pub struct ViewDeployment(pub DeploymentId);

/// One proof as pages show it.
#[derive(Clone, Debug)]
pub struct ProofLine {
    /// Its identifier.
    pub id: Uuid,
    /// The file's name.
    pub name: String,
    /// When it was shown.
    pub created_at: Timestamp,
    /// `waiting`, `accepted` or `rejected`.
    pub state: &'static str,
    /// Why it was not accepted; empty otherwise.
    pub reason: String,
}

/// What the sheet of a deployment shows.
#[derive(Clone, Debug)]
pub struct DeploymentSheet {
    /// The deployment and the names beside it.
    pub row: DeploymentRow,
    /// Why the vendor does not know it; empty where it did not say so.
    pub refusal: String,
    /// Its proofs, newest first; only for its own people and those who may accept them.
    pub proofs: Vec<ProofLine>,
    /// What happened to it, newest first.
    pub history: Vec<HistoryLine>,
    /// The versions to choose from, for those who may change it.
    pub versions: Vec<ProductVersion>,
    /// Whether the reader may change and end it, and show a proof.
    pub may_change: bool,
    /// Whether the reader may confirm it.
    pub may_confirm: bool,
    /// Whether the reader may say that the vendor does not know it.
    pub may_refuse: bool,
}

impl UseCase for ViewDeployment {
    type Output = DeploymentSheet;

    async fn run(&self, unit: &mut Unit) -> Outcome<DeploymentSheet> {
        let found = unit.store.deployment(self.0, unit.now).await?;
        let proof = unit.permit_found::<ReadDeployment, _>(found)?;
        let deployment = proof.row.deployment.clone();
        let declared = deployment.state == DeploymentState::Declared;
        let living = deployment.state != DeploymentState::Ended;
        let may_change = living && unit.may::<ChangeDeployment, _>(&*proof);
        let may_refuse = declared && proof.row.refused_at.is_none() && unit.may::<RefuseDeployment, _>(&*proof);
        let own = unit
            .actor
            .grants()
            .iter()
            .any(|grant| grant.organisation == deployment.organisation);
        let vendor = proof.acting().organisation() == Some(proof.row.vendor);
        Ok(DeploymentSheet {
            refusal: refusal(unit, &proof).await?,
            proofs: if own || !vendor {
                proofs(unit, &proof).await?
            } else {
                Vec::new()
            },
            history: lines(unit, "deployment", deployment.id.0).await?,
            versions: if may_change {
                unit.store.versions(deployment.product).await?
            } else {
                Vec::new()
            },
            may_change,
            may_confirm: declared && unit.may::<ConfirmDeployment, _>(&*proof),
            may_refuse,
            row: proof.into_value().row,
        })
    }
}

async fn refusal(
    unit: &mut Unit,
    proof: &Permitted<ReadDeployment, crate::ports::DeploymentRecord>,
) -> Outcome<String> {
    match &proof.row.refusal {
        Some(sealed) => {
            let at = place("deployment", "refusal_sealed", proof.row.deployment.id.0);
            unit.open_text(proof, at, sealed).await
        }
        None => Ok(String::new()),
    }
}

async fn proofs(
    unit: &mut Unit,
    leave: &Permitted<ReadDeployment, crate::ports::DeploymentRecord>,
) -> Outcome<Vec<ProofLine>> {
    let mut lines = Vec::new();
    for row in unit.store.proofs(leave.row.deployment.id).await? {
        let reason = match &row.reason {
            Some(sealed) => {
                unit.open_text(leave, place("deployment_proof", "reason_sealed", row.id), sealed)
                    .await?
            }
            None => String::new(),
        };
        lines.push(ProofLine {
            id: row.id,
            name: unit
                .open_text(leave, place("deployment_proof", "name_sealed", row.id), &row.name)
                .await?,
            created_at: row.created_at,
            state: match row.accepted {
                None => "waiting",
                Some(true) => "accepted",
                Some(false) => "rejected",
            },
            reason,
        });
    }
    Ok(lines)
}
