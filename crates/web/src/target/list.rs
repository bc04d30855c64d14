//! The targets of a campaign, for those who prepare them.

use super::{corrected, fields, label};
use crate::shell::{Answer, Errors, Page, Problem, Submitted, Visitor, html, redirect_with};
use addresses::{campaign, target as at};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::corrected::HostRefusal;
use domain::ids::{CampaignId, SeedId, TargetId};
use domain::instance::InstanceState;
use domain::target::{Sharing, TargetEngine};
use use_cases::target::{
    CorrectedSummary, DeclareTarget, HeldLease, InstanceLine, TargetLine, TargetsPage, ViewTargets,
};
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "target/list.html")]
pub(super) struct ListTemplate {
    pub(super) page: Page,
    pub(super) p: TargetsPage,
    /// Whether this instance has a gateway.
    pub(super) gateway: bool,
    /// Whether several servers may serve, one of which holds the gateway.
    pub(super) several_servers: bool,
    /// Whether targets can be hosted here.
    pub(super) hosting: bool,
    /// Whether a cluster hosts them.
    pub(super) cluster: bool,
    /// The most bytes of an archive that fills volumes.
    pub(super) seed_bytes: u64,
    pub(super) form: Submitted,
    /// The target whose stop was refused, or the instance whose state is not kept.
    pub(super) refused: Option<Uuid>,
    pub(super) errors: Errors,
}

impl ListTemplate {
    fn target_name(&self, id: &TargetId) -> String {
        let found = self.p.targets.iter().find(|line| line.id == *id);
        found.map(|line| line.settings.name.clone()).unwrap_or_default()
    }

    fn back(&self) -> String {
        campaign::show(self.p.record.campaign.id.0)
    }

    fn coverage(&self) -> String {
        addresses::coverage::show(self.p.record.campaign.id.0)
    }

    fn here(&self) -> String {
        at::list(self.p.record.campaign.id.0)
    }

    fn stop(&self, line: &TargetLine) -> String {
        at::stop(self.p.record.campaign.id.0, line.id.0)
    }

    fn start(&self, line: &TargetLine) -> String {
        at::start(self.p.record.campaign.id.0, line.id.0)
    }

    fn instance(&self, one: &InstanceLine) -> String {
        at::instance(self.p.record.campaign.id.0, one.id.0)
    }

    fn is_hosted(&self, line: &TargetLine) -> bool {
        line.engine == TargetEngine::Container
    }

    /// Says whether the reader may stop a target that goes, or let one go on that is stopped.
    fn may_stop(&self, line: &TargetLine) -> bool {
        match line.stopped_at {
            Some(_) => self.p.may_resume,
            None => self.p.may_stop,
        }
    }

    /// Says whether a shared instance can be asked for.
    pub(super) fn startable(&self, line: &TargetLine) -> bool {
        let shared = line.sharing == Sharing::Shared && !self.p.over;
        self.is_hosted(line) && shared && line.instances.is_empty()
    }

    fn instance_tone(&self, one: &InstanceLine) -> &'static str {
        match one.state {
            InstanceState::Running => "good",
            InstanceState::Wanted | InstanceState::Resetting => "progress",
            InstanceState::Failed => "bad",
            InstanceState::Leaving | InstanceState::Ended => "neutral",
        }
    }

    fn state_word(&self, one: &InstanceLine) -> String {
        self.page.tc("target-instance", one.state.code())
    }

    fn purpose_word(&self, one: &InstanceLine) -> String {
        let purpose = self.page.tc("target-purpose", one.purpose.code());
        match one.who.is_empty() {
            true => purpose,
            false => format!("{purpose}, {}", one.who),
        }
    }

    fn is(&self, one: &InstanceLine, code: &str) -> bool {
        one.state.code() == code
    }

    fn corrected(&self) -> String {
        at::corrected(self.p.record.campaign.id.0)
    }

    fn corrected_tone(&self, one: &CorrectedSummary) -> &'static str {
        corrected::state_tone(one.state, one.ended_at.is_some())
    }

    fn corrected_word(&self, one: &CorrectedSummary) -> String {
        corrected::state_word(&self.page, one.state, one.ended_at.is_some())
    }

    /// Says whether corrected versions are spoken of: not before there can be any.
    fn shows_corrected(&self) -> bool {
        !self.p.corrected.is_empty() || self.p.uncorrected != Some(HostRefusal::NotBegun)
    }

    /// Says why none can be declared.
    fn uncorrected(&self) -> String {
        let why = self
            .p
            .uncorrected
            .map(|why| self.page.tc("corrected-refusal", why.code()));
        why.unwrap_or_default()
    }

    fn remove(&self, line: &TargetLine) -> String {
        at::remove(self.p.record.campaign.id.0, line.id.0)
    }

    fn end(&self, lease: &HeldLease) -> String {
        at::end(self.p.record.campaign.id.0, lease.id.0)
    }

    fn reason_error(&self, line: &TargetLine) -> &str {
        self.error_of("reason", line.id.0)
    }

    /// Says what is wrong with a field of the form about a thing.
    pub(super) fn error_of(&self, field: &str, of: Uuid) -> &str {
        match self.refused == Some(of) {
            true => self.errors.at(field),
            false => "",
        }
    }

    /// Names a field of the form about a thing.
    fn name_of(&self, field: &str, of: &Uuid) -> String {
        fields::name(field, *of, self.refused)
    }

    /// Gives what was typed into a field of the form about a thing, where that was refused.
    fn typed_of(&self, field: &str, of: &Uuid) -> String {
        match self.refused == Some(*of) {
            true => fields::typed(&self.form, field, *of),
            false => String::new(),
        }
    }
}

async fn page(visitor: &Visitor, id: Uuid, (form, refused): (Submitted, Option<Uuid>), errors: Errors) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewTargets(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = match errors.any() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let template = ListTemplate {
        page: visitor
            .page(visitor.t("target-list-title"))
            .under(visitor.t("campaign-list-title"), campaign::LIST)
            .under(p.record.campaign.name.clone(), campaign::show(id))
            .here()
            .with_notice(p.record.frame.notice),
        gateway: visitor.web.app.settings.gateway.is_some(),
        several_servers: visitor.web.app.settings.several_servers,
        hosting: visitor.web.app.settings.hosting,
        cluster: visitor.web.app.settings.cluster,
        seed_bytes: visitor.web.app.settings.limits.seed_bytes,
        p,
        form,
        refused,
        errors,
    };
    Ok(html(status, &template))
}

pub(super) async fn done(
    visitor: &Visitor,
    id: Uuid,
    typed: (Submitted, Option<Uuid>),
    outcome: use_cases::Outcome<()>,
) -> Answer {
    match outcome {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::list(id), "flash-saved")),
        Err(error) => page(visitor, id, typed, Errors::of(visitor, error, label)?).await,
    }
}

/// Shows the targets to those who prepare them.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, (Submitted::default(), None), Errors::none()).await
}

/// Says whether the page offers to declare a target: it does not once the campaign is over.
async fn offered(visitor: &Visitor, id: Uuid) -> Result<bool, Problem> {
    let page = read(&visitor.context, ViewTargets(CampaignId(id))).await;
    Ok(!page.map_err(|e| visitor.problem(e))?.over)
}

/// Declares a target.
pub async fn declare(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    match perform(&visitor.context, typed(id, &form)).await {
        Err(error @ Error::Conflict(_)) if !offered(&visitor, id).await? => {
            let back = ("target-list-title", at::list(id));
            Err(Problem::kept(&visitor, error, &form, back))
        }
        outcome => done(&visitor, id, (form, None), outcome).await,
    }
}

/// Gives what a form says of a target.
pub(super) fn typed(id: Uuid, form: &Submitted) -> DeclareTarget {
    DeclareTarget {
        campaign: CampaignId(id),
        product: form.id("product"),
        engine: TargetEngine::from_code(&form.text("engine")).unwrap_or(TargetEngine::External),
        sharing: Sharing::from_code(&form.text("sharing")).unwrap_or(Sharing::Shared),
        recipe: form.text("recipe"),
        name: form.text("name"),
        url: form.text("url"),
        public_host: form.text("public_host"),
        methods: form.text("methods"),
        paths: form.text("paths"),
        excluded: form.text("excluded"),
        certified: form.ticked("certified"),
        warned: form
            .all("warned")
            .iter()
            .filter_map(|id| Some(SeedId(id.parse().ok()?)))
            .collect(),
    }
}
