//! Writing a report: its form, kept as a draft.

use super::fields::{VectorField, WeaknessField, vector, weakness, weakness_named};
use crate::shell::{Answer, Errors, Page, Problem, Submitted, Visitor, html, redirect, redirect_with};
use addresses::report as at;
use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use domain::ids::{AssetId, AttachmentId, CampaignId, PersonId, ProductId, ReportId, VulnerabilityId};
use i18n::Arg;
use use_cases::report::{BypassChoice, FellowHunter, ReportForm, ReportText, SaveDraft, ViewReportForm, attach_files};
use use_cases::{Error, perform, read};
use uuid::Uuid;

/// A draft was saved from another page since this one was shown.
const CHANGED: &str = "report-error-draft-changed";

#[derive(Template)]
#[template(path = "report/form.html")]
struct FormPage {
    page: Page,
    form: ReportForm,
    action: String,
    weakness: WeaknessField,
    vector: VectorField,
    limits: String,
    errors: Errors,
    /// What is kept of the draft where another page saved it meanwhile: labels and texts that differ from what was typed.
    kept_elsewhere: Vec<(String, String)>,
}

impl FormPage {
    fn files_hint(&self) -> &str {
        &self.limits
    }

    fn kept(&self) -> String {
        let names: Vec<&str> = self.form.attachments.iter().map(|file| file.name.as_str()).collect();
        names.join(", ")
    }

    fn is_product(&self, id: &ProductId) -> bool {
        self.form.product == Some(*id)
    }

    fn is_bypassed(&self, id: &VulnerabilityId) -> bool {
        self.form.bypass_of == Some(*id)
    }

    /// Names a vulnerability whose fix the report may get around, without telling what it is.
    fn bypassed(&self, choice: &BypassChoice) -> String {
        let args = [
            ("product", Arg::from(choice.product_name.as_str())),
            ("date", Arg::Text(self.page.day(&choice.opened_at))),
            (
                "known",
                Arg::Text(self.page.tc("report-bypass-known", choice.known.code())),
            ),
        ];
        i18n::ta(self.page.lang_is, "report-bypass-choice", &args)
    }

    fn is_asset(&self, id: &AssetId) -> bool {
        self.form.asset == Some(*id)
    }

    fn file(&self, id: &AttachmentId) -> String {
        self.form
            .report
            .map(|report| at::attachment(report, *id))
            .unwrap_or_default()
    }

    fn size(&self, bytes: &i64) -> String {
        i18n::bytes(self.page.lang_is, *bytes)
    }
}

fn answer(
    visitor: &Visitor,
    form: ReportForm,
    cwe_text: String,
    errors: Errors,
    kept_elsewhere: Vec<(String, String)>,
) -> Answer {
    let title = if form.report.is_some() {
        "report-edit-title"
    } else {
        "report-new-title"
    };
    let page = visitor
        .page(visitor.t(title))
        .under(form.campaign_name.clone(), at::campaign(form.campaign))
        .under(visitor.t("report-mine-title"), at::MINE)
        .here()
        .with_notice(form.notice);
    let limits = &visitor.web.app.settings.limits;
    let mega = (limits.file_bytes / (1024 * 1024)).to_string();
    let template = FormPage {
        action: form.report.map_or_else(|| at::new(form.campaign), at::edit),
        vector: VectorField::of(&page, &form.vector),
        weakness: WeaknessField::of(&page, &cwe_text),
        limits: page.t2("report-files-hint", "count", limits.attachments, "size", mega),
        form,
        errors,
        kept_elsewhere,
        page,
    };
    let status = if template.errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(html(status, &template))
}

impl FormPage {
    /// Says what somebody who is named has answered.
    fn answered(&self, fellow: &FellowHunter) -> String {
        match fellow.accepted {
            Some(true) => self.page.t("report-naming-accepted"),
            Some(false) => self.page.t("report-naming-awaited"),
            None => String::new(),
        }
    }
}

fn offered(visitor: &Visitor, form: ReportForm, errors: Errors) -> Answer {
    let page = visitor.page("");
    let text = form.cwe.map(|number| weakness_named(&page, number)).unwrap_or_default();
    answer(visitor, form, text, errors, Vec::new())
}

/// Shows the form of a new report; the address may name the vulnerability whose fix it gets around.
pub async fn new(visitor: Visitor, Path(campaign): Path<Uuid>, RawQuery(begun): RawQuery) -> Answer {
    visitor.signed_in()?;
    let query = ViewReportForm::New(CampaignId(campaign));
    let mut form = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
    form.bypass_of = Submitted::begun(begun.as_deref()).id("bypass_of");
    form.product = form
        .bypasses
        .iter()
        .find(|one| Some(one.id) == form.bypass_of)
        .map(|one| one.product);
    offered(&visitor, form, Errors::none())
}

/// Shows the form of a draft; one that was handed in meanwhile leads to its page.
pub async fn edit(visitor: Visitor, Path(report): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let report = ReportId(report);
    match read(&visitor.context, ViewReportForm::Draft(report)).await {
        Ok(form) => offered(&visitor, form, Errors::none()),
        Err(Error::Conflict("report-error-no-draft")) => Ok(redirect_with(
            &visitor.web,
            &at::show(report),
            "flash-warning-report-no-draft",
        )),
        Err(error) => Err(visitor.problem(error)),
    }
}

/// Shows the form of a draft that could not be handed in, with all that is missing.
pub async fn incomplete(visitor: &Visitor, report: ReportId, error: Error) -> Answer {
    let errors = Errors::of(visitor, error, label)?;
    let form = read(&visitor.context, ViewReportForm::Draft(report))
        .await
        .map_err(|e| visitor.problem(e))?;
    offered(visitor, form, errors)
}

/// Gives the key of a field's label.
fn label(field: &str) -> String {
    format!("report-field-{}", field.replace('_', "-"))
}

/// Begins a draft.
pub async fn begin(visitor: Visitor, Path(campaign): Path<Uuid>, form: Submitted) -> Answer {
    save(visitor, ViewReportForm::New(CampaignId(campaign)), form).await
}

/// Keeps a draft.
pub async fn keep(visitor: Visitor, Path(report): Path<Uuid>, form: Submitted) -> Answer {
    save(visitor, ViewReportForm::Draft(ReportId(report)), form).await
}

async fn save(visitor: Visitor, query: ViewReportForm, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = command(&visitor, query, &form);
    let saved = match perform(&visitor.context, command).await {
        Ok(report) => report,
        Err(error) => return again(&visitor, query, &form, error, None).await,
    };
    let files = form
        .files("files")
        .into_iter()
        .map(|file| (file.name.clone(), file.bytes.clone()))
        .collect();
    if let Err(error) = attach_files(&visitor.context, saved, files).await {
        return again(&visitor, ViewReportForm::Draft(saved), &form, error, Some(saved)).await;
    }
    match form.text("act").as_str() {
        "check" => Ok(redirect(&at::show(saved))),
        "compose-4.0" | "compose-3.1" => Ok(redirect_with(
            &visitor.web,
            &format!("{}#vector", at::edit(saved)),
            "flash-report-composed",
        )),
        act if act.starts_with("cwe-") => {
            let here = format!("{}#cwe", at::edit(saved));
            Ok(redirect_with(&visitor.web, &here, "flash-report-kept"))
        }
        _ => Ok(redirect_with(&visitor.web, &at::edit(saved), "flash-report-kept")),
    }
}

fn command(visitor: &Visitor, query: ViewReportForm, form: &Submitted) -> SaveDraft {
    let (report, campaign) = match query {
        ViewReportForm::New(campaign) => (None, campaign),
        ViewReportForm::Draft(report) => (Some(report), CampaignId(Uuid::nil())),
    };
    SaveDraft {
        report,
        campaign,
        title: form.text("title"),
        product: form.id("product"),
        asset: form.id("asset"),
        text: text(form),
        cwe: weakness(&visitor.page(""), form),
        vector: vector(form),
        collaborators: collaborators(form),
        bypass_of: form.id("bypass_of"),
        seen: Some(form.text("seen")).filter(|seen| !seen.is_empty()),
    }
}

fn text(form: &Submitted) -> ReportText {
    ReportText {
        steps: form.text("steps"),
        impact: form.text("impact"),
        proof: form.text("proof"),
    }
}

fn collaborators(form: &Submitted) -> Vec<PersonId> {
    form.all("collaborators")
        .iter()
        .filter_map(|id| id.parse().ok())
        .map(PersonId)
        .collect()
}

/// Shows the form again with what was typed and what is wrong.
async fn again(
    visitor: &Visitor,
    query: ViewReportForm,
    typed: &Submitted,
    error: Error,
    saved: Option<ReportId>,
) -> Answer {
    let back = match query {
        ViewReportForm::New(campaign) => ("report-back-campaign", at::campaign(campaign)),
        ViewReportForm::Draft(report) => ("report-back-report", at::show(report)),
    };
    let mut form = match read(&visitor.context, query).await {
        Ok(form) => form,
        Err(now) => return Err(Problem::kept(visitor, now, typed, back)),
    };
    let changed = matches!(error, Error::Conflict(CHANGED));
    let mut kept_elsewhere = Vec::new();
    if changed {
        kept_elsewhere = differences(visitor, &form, typed);
    } else if matches!(query, ViewReportForm::Draft(_)) && saved.is_none() {
        form.mark = typed.text("seen");
    }
    let errors = Errors::of(visitor, error, label)?;
    let chosen = collaborators(typed);
    form.title = typed.text("title");
    form.product = typed.id("product").or(form.product);
    form.asset = typed.id("asset");
    form.text = text(typed);
    form.vector = vector(typed);
    form.rating = None;
    form.bypass_of = typed.id("bypass_of");
    for fellow in &mut form.fellows {
        fellow.chosen = chosen.contains(&fellow.id);
    }
    let cwe = weakness(&visitor.page(""), typed);
    answer(visitor, form, cwe, errors, kept_elsewhere)
}

/// Gives what a draft says that differs from what was typed.
fn differences(visitor: &Visitor, form: &ReportForm, typed: &Submitted) -> Vec<(String, String)> {
    let page = visitor.page("");
    let cwe = form.cwe.map(|number| weakness_named(&page, number)).unwrap_or_default();
    let kept = [
        ("title", form.title.clone(), typed.text("title")),
        ("cwe", cwe, typed.text("cwe")),
        ("steps", form.text.steps.clone(), typed.text("steps")),
        ("impact", form.text.impact.clone(), typed.text("impact")),
        ("proof", form.text.proof.clone(), typed.text("proof")),
        ("vector", form.vector.clone(), vector(typed)),
    ];
    kept.into_iter()
        .filter(|(_, kept, typed)| kept.trim() != typed.trim())
        .map(|(field, kept, _)| (visitor.t(&label(field)), kept))
        .collect()
}
