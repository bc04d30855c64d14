//! Mails about deployments: that something happened to what an organisation runs, never why.

use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, read};
use crate::ports::JobRow;
use crate::unit::Unit;
use authorization::SystemKind;
use domain::NoticeKind;
use domain::deployment::Deployment;
use domain::ids::DeploymentId;
use domain::role::{GrantScope, Role};
use i18n::Arg;

/// Tells those who keep what an organisation runs, but for whoever did it; `what` is `confirmed`,
/// `ended` or `refused`.
pub(super) async fn tell(unit: &mut Unit, deployment: &Deployment, what: &str) -> Outcome<()> {
    let kind = format!("mail.deployment_{what}");
    for grant in unit
        .store
        .grants_of_organisation(deployment.organisation, unit.now)
        .await?
    {
        let keeps = grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation;
        if keeps && Some(grant.person) != unit.actor.person() {
            let key = format!("{kind}/{}/{}", deployment.id, grant.person);
            unit.enqueue(&kind, key, Some(deployment.id.0), Some(grant.person), unit.now)
                .await?;
        }
    }
    Ok(())
}

struct Facts(DeploymentId);

impl UseCase for Facts {
    type Output = (String, String);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.deployment(self.0, unit.now).await?;
        let found = found.ok_or(Error::NotFound)?;
        let row = &found.peek().row;
        Ok((row.product_name.clone(), row.organisation_name.clone()))
    }
}

/// Sends a mail about a deployment; the register is of no programme.
pub(crate) async fn send(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a mail without a deployment".to_owned()))?;
    let context = Context::system(app, SystemKind::Mailer);
    let (product, organisation) = read(&context, Facts(DeploymentId(id))).await?;
    let link = format!("{}{}", app.settings.public_url, addresses::register::deployment(id));
    let args = [
        ("product", Arg::Text(product)),
        ("organisation", Arg::Text(organisation)),
        ("link", Arg::Text(link)),
    ];
    let key = match job.kind.as_str() {
        "mail.deployment_confirmed" => "mail-deployment-confirmed",
        "mail.deployment_refused" => "mail-deployment-refused",
        _ => "mail-deployment-ended",
    };
    crate::mail::to_person(app, job, key, NoticeKind::None, &args).await
}
