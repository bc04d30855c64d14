//! Templates for answers: kept on a page of their own, filled in where an answer is written.

use crate::shell::{Answer, Choice, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::report as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::answer_template::{PLACEHOLDERS, TemplatePurpose, filled};
use domain::ids::CampaignId;
use use_cases::report::{AnswerTemplate, EndTemplate, KeepTemplate, ListTemplates, ReportView, Templates};
use use_cases::{Error, perform, read};
use uuid::Uuid;

/// The acts that write an answer: what their templates are for, and the field that they fill in.
const ACTS: &[(&str, TemplatePurpose, &str)] = &[
    ("demander", TemplatePurpose::Question, "question"),
    ("clore", TemplatePurpose::Closing, "reason"),
    ("verifier", TemplatePurpose::Rating, "rating_reason"),
    ("commenter", TemplatePurpose::Comment, "text"),
];

/// The templates that the page of an act offers.
#[derive(Default)]
pub(super) struct OfferedTemplates {
    /// The templates.
    pub(super) templates: Vec<AnswerTemplate>,
    /// Whether the reader may keep templates, for acts that have some.
    pub(super) may_keep: bool,
    /// The field that one was inserted into, and its text there.
    pub(super) inserted: Option<(&'static str, String)>,
}

/// Gives the templates of an act, and what the field holds once the one chosen is inserted.
pub(super) async fn offered(visitor: &Visitor, view: &ReportView, act: &str, typed: &Submitted) -> OfferedTemplates {
    let Some((_, purpose, field)) = ACTS.iter().find(|(name, _, _)| *name == act) else {
        return OfferedTemplates::default();
    };
    let Ok(kept) = read(&visitor.context, ListTemplates(view.campaign)).await else {
        return OfferedTemplates::default();
    };
    let templates: Vec<AnswerTemplate> = kept
        .templates
        .into_iter()
        .filter(|one| one.purpose == *purpose)
        .collect();
    let chosen = typed.id::<Uuid>("template").filter(|_| typed.text("act") == INSERT);
    let inserted = chosen
        .and_then(|id| templates.iter().find(|one| one.id == id))
        .map(|one| {
            let text = filled_for(view, &one.text);
            let before = typed.text(field);
            let whole = if before.trim().is_empty() {
                text
            } else {
                format!("{}\n\n{text}", before.trim_end())
            };
            (*field, whole)
        });
    OfferedTemplates {
        templates,
        may_keep: true,
        inserted,
    }
}

/// What the button says that inserts a template.
pub(super) const INSERT: &str = "template";

fn filled_for(view: &ReportView, text: &str) -> String {
    let (number, days) = (view.number.to_string(), view.times.answer_days.to_string());
    let known = [
        ("numero", number.as_str()),
        ("produit", view.product.as_str()),
        ("campagne", view.campaign_name.as_str()),
        ("jours", days.as_str()),
    ];
    filled(text, &known)
}

#[derive(Template)]
#[template(path = "report/templates.html")]
struct TemplatesPage {
    page: Page,
    errors: Errors,
    form: Submitted,
    view: Templates,
    /// The template that is being changed.
    one: Option<AnswerTemplate>,
    campaign: Uuid,
    action: String,
    names: String,
    stale: bool,
}

impl TemplatesPage {
    fn value(&self, field: &str) -> String {
        if self.errors.any() {
            return self.form.text(field);
        }
        match (field, &self.one) {
            ("template_title", Some(one)) => one.title.clone(),
            ("template_text", Some(one)) => one.text.clone(),
            _ => String::new(),
        }
    }

    /// Gives the revision that is written over: that of what was on the page, unless the error was that somebody else
    /// has written since.
    fn revision(&self) -> String {
        if self.errors.any() && !self.stale {
            return self.form.text("revision");
        }
        let kept = self.one.as_ref().map(|one| one.revision.to_string());
        kept.unwrap_or_default()
    }

    fn purposes(&self) -> Vec<Choice> {
        let typed = self.form.text("purpose");
        let kept = self.one.as_ref().map(|one| one.purpose.code()).unwrap_or_default();
        let chosen = if typed.is_empty() { kept } else { typed.as_str() };
        let any = Choice::new("", self.page.t("report-template-choose"), chosen);
        let all = TemplatePurpose::ALL
            .iter()
            .map(|one| Choice::new(one.code(), self.purpose(one), chosen));
        std::iter::once(any).chain(all).collect()
    }

    fn purpose(&self, purpose: &TemplatePurpose) -> String {
        self.page.tc("report-template-for", purpose.code())
    }

    fn href(&self, one: &AnswerTemplate) -> String {
        at::template(self.campaign, one.id)
    }
}

/// Lists the templates, with the form of a new one.
pub async fn list(visitor: Visitor, Path(campaign): Path<Uuid>) -> Answer {
    page(&visitor, campaign, None, (Errors::none(), Submitted::default(), false)).await
}

/// Shows one template, to change it.
pub async fn edit(visitor: Visitor, Path((campaign, template)): Path<(Uuid, Uuid)>) -> Answer {
    page(
        &visitor,
        campaign,
        Some(template),
        (Errors::none(), Submitted::default(), false),
    )
    .await
}

async fn page(
    visitor: &Visitor,
    campaign: Uuid,
    template: Option<Uuid>,
    (errors, form, stale): (Errors, Submitted, bool),
) -> Answer {
    visitor.signed_in()?;
    let view = read(&visitor.context, ListTemplates(CampaignId(campaign)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let one = view.templates.iter().find(|one| Some(one.id) == template).cloned();
    if template.is_some() && one.is_none() {
        return Err(visitor.problem(Error::NotFound));
    }
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let names: Vec<String> = PLACEHOLDERS.iter().map(|name| format!("{{{name}}}")).collect();
    let template = TemplatesPage {
        page: visitor
            .page(visitor.t("report-templates-title"))
            .under(view.campaign_name.clone(), at::campaign(campaign))
            .here()
            .with_notice(view.notice),
        action: one
            .as_ref()
            .map_or_else(|| at::templates(campaign), |one| at::template(campaign, one.id)),
        names: names.join(" "),
        errors,
        form,
        view,
        one,
        campaign,
        stale,
    };
    Ok(html(status, &template))
}

/// Writes a new template.
pub async fn begin(visitor: Visitor, Path(campaign): Path<Uuid>, form: Submitted) -> Answer {
    keep(&visitor, campaign, None, form).await
}

/// Writes a template anew.
pub async fn change(visitor: Visitor, Path((campaign, template)): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    keep(&visitor, campaign, Some(template), form).await
}

async fn keep(visitor: &Visitor, campaign: Uuid, template: Option<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = KeepTemplate {
        campaign: CampaignId(campaign),
        template: template.map(|id| (id, form.number("revision").unwrap_or(1).max(1))),
        purpose: form.text("purpose"),
        title: form.text("template_title"),
        text: form.text("template_text"),
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::templates(campaign), "flash-saved")),
        Err(error) => {
            let stale = matches!(error, Error::Stale);
            let errors = Errors::of(visitor, error, |field| {
                format!("report-field-{}", field.replace('_', "-"))
            })?;
            page(visitor, campaign, template, (errors, form, stale)).await
        }
    }
}

/// Ends a template.
pub async fn end(visitor: Visitor, Path((campaign, template)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = EndTemplate {
        campaign: CampaignId(campaign),
        template,
    };
    perform(&visitor.context, command)
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(&visitor.web, &at::templates(campaign), "flash-saved"))
}
