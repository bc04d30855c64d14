//! Templates for answers: kept by those who verify or run the campaigns of a programme, used on their reports.

use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::ports::{CampaignReports, TemplateRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::KeepTemplates;
use authorization::{Acting, Permitted};
use domain::answer_template::{TemplatePurpose, unknown};
use domain::ids::{CampaignId, ProgrammeId};
use domain::{NoticeKind, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// What a template says, as it is sealed.
#[derive(Serialize, Deserialize)]
struct Content {
    purpose: TemplatePurpose,
    title: String,
    text: String,
}

/// A template, opened.
#[derive(Clone, Debug)]
pub struct AnswerTemplate {
    /// Its identifier.
    pub id: Uuid,
    /// What it is for.
    pub purpose: TemplatePurpose,
    /// What it is called.
    pub title: String,
    /// Its text, with names between braces to fill in.
    pub text: String,
    /// When it was written last.
    pub changed_at: Timestamp,
    /// The revision of its row.
    pub revision: i64,
}

/// The templates of a campaign's programme.
#[derive(Clone, Debug)]
pub struct Templates {
    /// The campaign's name.
    pub campaign_name: String,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// The templates, the oldest first.
    pub templates: Vec<AnswerTemplate>,
}

type Keeping = Permitted<KeepTemplates, CampaignReports>;

async fn keeping(unit: &mut Unit, campaign: CampaignId) -> Outcome<Keeping> {
    let found = unit.store.campaign_reports(campaign).await?;
    unit.permit_found::<KeepTemplates, _>(found)
}

async fn opened(unit: &mut Unit, row: TemplateRow) -> Outcome<AnswerTemplate> {
    let at = place("answer_template", "content_sealed", row.id);
    let text = unit.open_text_unnoted(at, &row.content_sealed).await?;
    let content: Content = serde_json::from_str(&text).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(AnswerTemplate {
        id: row.id,
        purpose: content.purpose,
        title: content.title,
        text: content.text,
        changed_at: row.changed_at,
        revision: row.revision,
    })
}

/// Lists the templates of a campaign's programme.
#[derive(Clone, Copy, Debug)]
pub struct ListTemplates(pub CampaignId);

impl UseCase for ListTemplates {
    type Output = Templates;

    async fn run(&self, unit: &mut Unit) -> Outcome<Templates> {
        let proof = keeping(unit, self.0).await?;
        let mut templates = Vec::new();
        for row in unit.store.templates(proof.programme).await? {
            templates.push(opened(unit, row).await?);
        }
        Ok(Templates {
            campaign_name: proof.name.clone(),
            notice: proof.notice,
            templates,
        })
    }
}

/// Writes a template, or writes one anew.
#[derive(Clone, Debug)]
pub struct KeepTemplate {
    /// A campaign of the programme.
    pub campaign: CampaignId,
    /// The template, where it is there already, with the revision that its form showed.
    pub template: Option<(Uuid, i64)>,
    /// What it is for, by its stable name.
    pub purpose: String,
    /// What it is called.
    pub title: String,
    /// Its text.
    pub text: String,
}

impl KeepTemplate {
    fn content(&self, unit: &Unit) -> Outcome<Content> {
        let limits = &unit.app.settings.limits;
        let mut fields = Fields::new();
        let purpose = TemplatePurpose::from_code(&self.purpose);
        if purpose.is_none() {
            fields.add("purpose", "error-choose");
        }
        let title = fields.required("template_title", &self.title, limits.title);
        let text = fields.required("template_text", &self.text, limits.comment);
        let wrong = unknown(&text);
        if !wrong.is_empty() {
            fields.add_detail("template_text", "report-error-placeholder", Some(wrong.join(", ")));
        }
        fields.done()?;
        let purpose = purpose.ok_or(Error::NotFound)?;
        Ok(Content { purpose, title, text })
    }
}

impl UseCase for KeepTemplate {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = keeping(unit, self.campaign).await?;
        let content = self.content(unit)?;
        let known = unit.store.templates(proof.programme).await?;
        let (id, revision) = self.template.unwrap_or_else(|| (unit.fresh_id(), 0));
        if revision > 0 && known.iter().all(|row| row.id != id) {
            return Err(Error::NotFound);
        }
        if revision == 0 && known.len() >= unit.app.settings.limits.templates {
            return Err(Error::Conflict("report-error-templates"));
        }
        let plain = serde_json::to_vec(&content).map_err(|e| Error::Internal(e.to_string()))?;
        let at = place("answer_template", "content_sealed", id);
        let row = TemplateRow {
            id,
            programme: proof.programme,
            content_sealed: unit.seal(KeyHolder::Programme(proof.programme), at, &plain).await?,
            revision,
            by: unit.person()?,
            created_at: unit.now,
            changed_at: unit.now,
        };
        if revision == 0 {
            unit.store.insert_template(&row).await?;
        } else {
            unit.store.save_template(&row).await?;
        }
        let body = json!({"template": id, "title": content.title, "text": content.text});
        note(unit, proof.acting(), proof.programme, "programme.template_kept", body).await
    }
}

/// Ends a template: it is offered no more.
#[derive(Clone, Debug)]
pub struct EndTemplate {
    /// A campaign of the programme.
    pub campaign: CampaignId,
    /// The template.
    pub template: Uuid,
}

impl UseCase for EndTemplate {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = keeping(unit, self.campaign).await?;
        let known = unit.store.templates(proof.programme).await?;
        if known.iter().all(|row| row.id != self.template) {
            return Err(Error::NotFound);
        }
        unit.store.end_template(self.template, unit.now).await?;
        let body = json!({"template": self.template});
        note(unit, proof.acting(), proof.programme, "programme.template_ended", body).await
    }
}

async fn note(
    unit: &mut Unit,
    acting: &Acting,
    programme: ProgrammeId,
    kind: &'static str,
    body: serde_json::Value,
) -> Outcome<()> {
    let entry = NewEntry {
        stream_kind: "programme",
        stream_id: programme.0,
        kind,
        log: Log::Sealed,
        holder: KeyHolder::Programme(programme),
        body,
    };
    unit.record(acting, entry).await?;
    Ok(())
}
