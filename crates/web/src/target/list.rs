//! The targets of a campaign, for those who prepare them.

use super::{corrected, finds, label};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::{campaign, target as at};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::Timestamp;
use domain::corrected::HostRefusal;
use domain::ids::{CampaignId, InstanceId, LeaseId, ProductId, SeedId, TargetId};
use domain::instance::{InstancePurpose, InstanceState};
use domain::refusal::{Refused, Standing};
use domain::seed::{PersonalCounts, PersonalFinds};
use domain::snapshot::SnapshotState;
use domain::target::{Sharing, TargetEngine};
use use_cases::target::{
    CorrectedLine, DeclareTarget, EndLease, HeldLease, InstanceLine, InstanceWish, MoveInstance, RemoveTarget,
    SeedLine, SnapshotLine, StartTarget, StopTarget, TargetLine, TargetsPage, ViewTargets,
};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "target/list.html")]
struct ListTemplate {
    page: Page,
    p: TargetsPage,
    /// Whether this instance has a gateway.
    gateway: bool,
    /// Whether targets can be hosted here.
    hosting: bool,
    /// Whether a cluster hosts them.
    cluster: bool,
    /// The most bytes of an archive that fills volumes.
    seed_bytes: u64,
    form: Submitted,
    /// The target whose stop was refused.
    refused: String,
    errors: Errors,
}

impl ListTemplate {
    fn product(&self, id: &ProductId) -> String {
        let found = self.p.record.products.iter().find(|product| product.product == *id);
        found.map(|product| product.name.clone()).unwrap_or_default()
    }

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
    fn startable(&self, line: &TargetLine) -> bool {
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

    fn problem(&self, one: &InstanceLine) -> String {
        self.page.tc("target-problem", &one.problem)
    }

    fn is(&self, one: &InstanceLine, code: &str) -> bool {
        one.state.code() == code
    }

    /// Gives the shared instance of a target.
    fn shared<'l>(&self, line: &'l TargetLine) -> Option<&'l InstanceLine> {
        let is_shared = |one: &&InstanceLine| one.purpose == InstancePurpose::Shared;
        line.instances.iter().find(is_shared)
    }

    /// Gives the shared instance that a kept state can be brought back to.
    fn resettable<'l>(&self, line: &'l TargetLine) -> Option<&'l InstanceLine> {
        let stands = |one: &&InstanceLine| matches!(one.state, InstanceState::Running | InstanceState::Failed);
        self.shared(line).filter(|_| !self.p.over).filter(stands)
    }

    /// Gives the shared instance whose present state can be kept.
    fn keepable<'l>(&self, line: &'l TargetLine) -> Option<&'l InstanceLine> {
        let runs = |one: &&InstanceLine| one.state == InstanceState::Running;
        self.shared(line).filter(|_| !self.p.over && !self.cluster).filter(runs)
    }

    fn keep(&self, one: &InstanceLine) -> String {
        at::keep(self.p.record.campaign.id.0, one.id.0)
    }

    fn remove_state(&self, kept: &SnapshotLine) -> String {
        at::remove_state(self.p.record.campaign.id.0, kept.id.0)
    }

    fn state_error(&self, one: &InstanceLine) -> &str {
        match self.refused == one.id.to_string() {
            true => self.errors.at("state"),
            false => "",
        }
    }

    fn is_kept(&self, kept: &SnapshotLine) -> bool {
        kept.state == SnapshotState::Kept
    }

    /// Says whether a kept state can be removed.
    fn is_removable(&self, kept: &SnapshotLine) -> bool {
        !kept.used && kept.state != SnapshotState::Leaving
    }

    fn kept_tone(&self, kept: &SnapshotLine) -> &'static str {
        match kept.state {
            SnapshotState::Kept => "good",
            SnapshotState::Wanted => "progress",
            SnapshotState::Failed => "bad",
            SnapshotState::Leaving | SnapshotState::Ended => "neutral",
        }
    }

    fn kept_word(&self, kept: &SnapshotLine) -> String {
        self.page.tc("target-snapshot", kept.state.code())
    }

    /// Names the kept state from which an instance began; empty for the pristine one.
    fn began(&self, line: &TargetLine, one: &InstanceLine) -> String {
        let found = line.snapshots.iter().find(|kept| Some(kept.id) == one.from);
        found
            .map(|kept| self.page.t1("target-snapshot-from", "name", &kept.name))
            .unwrap_or_default()
    }

    fn corrected(&self) -> String {
        at::corrected(self.p.record.campaign.id.0)
    }

    fn corrected_tone(&self, line: &CorrectedLine) -> &'static str {
        corrected::tone(line)
    }

    fn corrected_word(&self, line: &CorrectedLine) -> String {
        corrected::word(&self.page, line)
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

    /// Says whether an archive may be sent: something can still be started from it.
    fn may_fill(&self) -> bool {
        !self.p.over || self.p.uncorrected.is_none()
    }

    fn seeds(&self) -> String {
        at::seeds(self.p.record.campaign.id.0)
    }

    fn remove_seed(&self, seed: &SeedLine) -> String {
        at::remove_seed(self.p.record.campaign.id.0, seed.id.0)
    }

    fn long(&self, number: &u64) -> i64 {
        i64::try_from(*number).unwrap_or(i64::MAX)
    }

    fn size<N: Copy + TryInto<i64>>(&self, bytes: &N) -> String {
        i18n::bytes(self.page.lang_is, (*bytes).try_into().unwrap_or(i64::MAX))
    }

    fn digest_id(&self, seed: &SeedLine) -> String {
        format!("empreinte-{}", seed.id)
    }

    fn used_by(&self, seed: &SeedLine) -> String {
        match seed.used_by.is_empty() {
            true => self.page.t("target-seed-unused"),
            false => seed.used_by.join(", "),
        }
    }

    /// Says in how many more files something looks like personal data.
    fn more(&self, finds: &PersonalFinds) -> String {
        finds::more(&self.page, finds)
    }

    /// Gives the seeds that look like personal data.
    fn warned(&self) -> Vec<&SeedLine> {
        finds::warned(&self.p.seeds)
    }

    /// Writes how many of each kind look like personal data.
    fn counts(&self, counts: &PersonalCounts) -> String {
        finds::counts(&self.page, counts)
    }

    /// Says what of an archive was not looked through.
    fn unread(&self, finds: &PersonalFinds) -> String {
        let count = |key, n: u64| (n > 0).then(|| self.page.tn(key, self.long(&n)));
        let said = [
            count("target-seed-unread", finds.unread),
            count("target-seed-other", finds.other),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn remove(&self, line: &TargetLine) -> String {
        at::remove(self.p.record.campaign.id.0, line.id.0)
    }

    fn end(&self, lease: &HeldLease) -> String {
        at::end(self.p.record.campaign.id.0, lease.id.0)
    }

    fn reason_error(&self, line: &TargetLine) -> &str {
        match self.refused == line.id.to_string() {
            true => self.errors.at("reason"),
            false => "",
        }
    }

    fn recorder_tone(&self) -> &'static str {
        match self.p.recorder.standing {
            Standing::Records => "good",
            Standing::Starts => "progress",
            Standing::Idle => "neutral",
            Standing::Full | Standing::Failed | Standing::Silent => "bad",
        }
    }

    /// Gives since when the recorder does what it does; of a silent gateway only its last word is known.
    fn recorder_since(&self) -> Option<&Timestamp> {
        let known = !matches!(self.p.recorder.standing, Standing::Silent | Standing::Idle);
        self.p.recorder.since.as_ref().filter(|_| known)
    }

    /// Says why the gateway refused; a reason of another version of it is given as it names it.
    fn reason(&self, one: &Refused) -> String {
        let keys = [
            format!("recorder-reason-{}", one.reason),
            format!("gateway-refused-{}-title", one.reason),
        ];
        let known = keys.iter().find(|key| i18n::exists(self.page.lang_is, key));
        known.map_or_else(|| one.reason.clone(), |key| self.page.t(key))
    }

    fn requests(&self, one: &Refused) -> i64 {
        i64::try_from(one.count).unwrap_or(i64::MAX)
    }

    /// Writes the first half of a fingerprint, which is enough to tell two apart.
    fn short<'a>(&self, line: &'a TargetLine) -> &'a str {
        line.fingerprint.get(..16).unwrap_or(&line.fingerprint)
    }
}

async fn page(visitor: &Visitor, id: Uuid, (form, refused): (Submitted, String), errors: Errors) -> Answer {
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
    typed: (Submitted, String),
    outcome: use_cases::Outcome<()>,
) -> Answer {
    match outcome {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::list(id), "flash-saved")),
        Err(error) => page(visitor, id, typed, Errors::of(visitor, error, label)?).await,
    }
}

/// Shows the targets to those who prepare them.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, (Submitted::default(), String::new()), Errors::none()).await
}

/// Declares a target.
pub async fn declare(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let outcome = perform(&visitor.context, typed(id, &form)).await;
    done(&visitor, id, (form, String::new()), outcome).await
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

/// Takes a target out.
pub async fn remove(visitor: Visitor, Path((id, target)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = RemoveTarget {
        campaign: CampaignId(id),
        target: TargetId(target),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (Submitted::default(), String::new()), outcome).await
}

/// Stops a target, or lets it be reached again.
pub async fn stop(visitor: Visitor, Path((id, target)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = StopTarget {
        campaign: CampaignId(id),
        target: TargetId(target),
        stopped: form.text("stopped") == "yes",
        reason: form.text("reason"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (form, target.to_string()), outcome).await
}

/// Ends somebody's way to a target.
pub async fn end(visitor: Visitor, Path((id, lease)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = EndLease {
        campaign: CampaignId(id),
        lease: LeaseId(lease),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (Submitted::default(), String::new()), outcome).await
}

/// Starts the shared instance of a hosted target.
pub async fn start(visitor: Visitor, Path((id, target)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = StartTarget {
        campaign: CampaignId(id),
        target: TargetId(target),
        from: form.id("snapshot"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (Submitted::default(), String::new()), outcome).await
}

/// Asks something of an instance.
pub async fn instance(visitor: Visitor, Path((id, instance)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let wish = match form.text("wish").as_str() {
        "reset" => InstanceWish::Reset,
        "retry" => InstanceWish::Retry,
        "leave" => InstanceWish::Leave,
        "reset-to" => InstanceWish::ResetTo(
            form.id("snapshot")
                .ok_or_else(|| visitor.problem(use_cases::Error::NotFound))?,
        ),
        _ => return Err(visitor.problem(use_cases::Error::NotFound)),
    };
    let command = MoveInstance {
        campaign: CampaignId(id),
        instance: InstanceId(instance),
        wish,
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, (Submitted::default(), String::new()), outcome).await
}
