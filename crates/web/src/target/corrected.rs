//! The corrected versions of a campaign, for those who prepare it.

use super::list::typed;
use super::{fields, finds};
use crate::shell::{Answer, Errors, Page, Problem, Submitted, Visitor, html, redirect_with};
use addresses::{campaign, target as at};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::corrected::{Acceptance, HostRefusal, RecordRefusal};
use domain::ids::{CampaignId, TargetId};
use domain::seed::{PersonalCounts, PersonalFinds};
use domain::target::TargetEngine;
use use_cases::target::{
    CorrectedLine, CorrectedPage, DeclareCorrected, DeclareTarget, RecordAgreement, RemoveCorrected, SeedLine,
    ViewCorrected,
};
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "target/corrected.html")]
struct CorrectedTemplate {
    page: Page,
    p: CorrectedPage,
    /// Whether targets can be hosted here.
    hosting: bool,
    /// Whether a cluster hosts them.
    cluster: bool,
    form: Submitted,
    /// The version of which what was written was refused.
    refused: Option<Uuid>,
    /// What was written of it.
    basis: String,
    errors: Errors,
}

/// Gives the tone of what a vendor said, or of what was taken away.
pub(crate) fn state_tone(state: Acceptance, ended: bool) -> &'static str {
    match state {
        _ if ended => "neutral",
        Acceptance::Asked => "progress",
        Acceptance::Accepted | Acceptance::Recorded => "good",
        Acceptance::Refused => "bad",
    }
}

/// Says what a vendor said, or that it was taken away.
pub(crate) fn state_word(page: &Page, state: Acceptance, ended: bool) -> String {
    match ended {
        true => page.t("corrected-state-ended"),
        false => page.tc("corrected-state", state.code()),
    }
}

impl CorrectedTemplate {
    fn here(&self) -> String {
        at::corrected(self.p.record.campaign.id.0)
    }

    fn back(&self) -> String {
        at::list(self.p.record.campaign.id.0)
    }

    fn remove(&self, line: &CorrectedLine) -> String {
        at::remove_corrected(self.p.record.campaign.id.0, line.id.0)
    }

    fn record(&self, line: &CorrectedLine) -> String {
        at::record_agreement(self.p.record.campaign.id.0, line.id.0)
    }

    fn tone(&self, line: &CorrectedLine) -> &'static str {
        state_tone(line.answer.state, line.ended_at.is_some())
    }

    fn word(&self, line: &CorrectedLine) -> String {
        state_word(&self.page, line.answer.state, line.ended_at.is_some())
    }

    /// Says what comes next of a version.
    fn next(&self, line: &CorrectedLine) -> String {
        let of_vendor = |key| self.page.t1(key, "vendor", &line.vendor);
        match line.answer.state {
            _ if line.ended_at.is_some() => match i64::try_from(line.copies) {
                Ok(0) => self.page.t("corrected-next-gone"),
                copies => self.page.tn("corrected-next-going", copies.unwrap_or(i64::MAX)),
            },
            Acceptance::Asked => of_vendor(match line.unrecorded {
                Some(RecordRefusal::VendorAnswers) => "corrected-next-asked",
                Some(RecordRefusal::RefusedBefore) => "corrected-next-refused-before",
                None => "corrected-next-nobody",
            }),
            Acceptance::Accepted | Acceptance::Recorded => self.page.t("corrected-next-holds"),
            Acceptance::Refused => self.page.t("corrected-next-refused"),
        }
    }

    fn basis_error(&self, line: &CorrectedLine) -> &str {
        match self.refused == Some(line.id.0) {
            true => self.errors.at("basis"),
            false => "",
        }
    }

    fn basis_name(&self, line: &CorrectedLine) -> String {
        fields::name("basis", line.id.0, self.refused)
    }

    fn basis(&self, line: &CorrectedLine) -> &str {
        match self.refused == Some(line.id.0) {
            true => &self.basis,
            false => "",
        }
    }

    /// Says why none can be declared.
    fn refusal(&self) -> String {
        let why = self
            .p
            .refusal
            .map(|why: HostRefusal| self.page.tc("corrected-refusal", why.code()));
        why.unwrap_or_default()
    }

    fn warned(&self) -> Vec<&SeedLine> {
        finds::warned(&self.p.seeds)
    }

    fn counts(&self, counts: &PersonalCounts) -> String {
        finds::counts(&self.page, counts)
    }

    fn more(&self, found: &PersonalFinds) -> String {
        finds::more(&self.page, found)
    }
}

/// Gives the label of a field: its own where the form names it otherwise than that of a target does.
fn label(field: &str) -> String {
    match field {
        "name" => "corrected-field-name".to_owned(),
        other => super::label(other),
    }
}

/// What the form begins with: the target that hunters test, of which the corrected version is another image.
fn beginning(p: &CorrectedPage) -> Submitted {
    let Some((product, tested)) = &p.tested else {
        return Submitted::default();
    };
    Submitted::beginning([
        ("product", product.to_string()),
        ("recipe", tested.recipe.clone()),
        ("public_host", tested.public_host.clone()),
        ("methods", tested.scope.methods.join(" ")),
        ("paths", tested.scope.paths.join("\n")),
        ("excluded", tested.scope.excluded.join("\n")),
    ])
}

/// What was typed on the page, and about which version; a new one has none yet.
type Typed = Option<(Submitted, Option<Uuid>)>;

async fn page(visitor: &Visitor, id: Uuid, typed: Typed, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewCorrected(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = match errors.any() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let (form, refused, basis) = match typed {
        Some((form, None)) => (form, None, String::new()),
        Some((form, Some(version))) => {
            let basis = fields::typed(&form, "basis", version);
            (beginning(&p), Some(version), basis)
        }
        None => (beginning(&p), None, String::new()),
    };
    let template = CorrectedTemplate {
        page: visitor
            .page(visitor.t("corrected-title"))
            .under(visitor.t("campaign-list-title"), campaign::LIST)
            .under(p.record.campaign.name.clone(), campaign::show(id))
            .under(visitor.t("target-list-title"), at::list(id))
            .here()
            .with_notice(p.record.frame.notice),
        hosting: visitor.web.app.settings.hosting,
        cluster: visitor.web.app.settings.cluster,
        p,
        form,
        refused,
        basis,
        errors,
    };
    Ok(html(status, &template))
}

async fn done(visitor: &Visitor, id: Uuid, typed: Typed, outcome: use_cases::Outcome<()>) -> Answer {
    match outcome {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::corrected(id), "flash-saved")),
        Err(error) => page(visitor, id, typed, Errors::of(visitor, error, label)?).await,
    }
}

/// Shows the corrected versions to those who prepare them.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, None, Errors::none()).await
}

/// Says whether the page offers to declare a version: it does not once the campaign, or what it recorded, is over.
async fn offered(visitor: &Visitor, id: Uuid) -> Result<bool, Problem> {
    let page = read(&visitor.context, ViewCorrected(CampaignId(id))).await;
    Ok(page.map_err(|e| visitor.problem(e))?.refusal.is_none())
}

/// Declares a corrected version.
pub async fn declare(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = DeclareCorrected(DeclareTarget {
        engine: TargetEngine::Container,
        ..typed(id, &form)
    });
    match perform(&visitor.context, command).await.map(|_| ()) {
        Err(error @ Error::Conflict(_)) if !offered(&visitor, id).await? => {
            let back = ("corrected-title", at::corrected(id));
            Err(Problem::kept(&visitor, error, &form, back))
        }
        outcome => done(&visitor, id, Some((form, None)), outcome).await,
    }
}

/// Takes a corrected version away.
pub async fn remove(visitor: Visitor, Path((id, target)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = RemoveCorrected {
        campaign: CampaignId(id),
        target: TargetId(target),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, None, outcome).await
}

/// Writes down on what the agreement of a vendor rests.
pub async fn record(visitor: Visitor, Path((id, target)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = RecordAgreement {
        campaign: CampaignId(id),
        target: TargetId(target),
        basis: fields::typed(&form, "basis", target),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, Some((form, Some(target))), outcome).await
}
