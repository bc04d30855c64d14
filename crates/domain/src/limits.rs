//! Limits: the sizes and counts that Beffroi accepts, with sane defaults.

use serde::{Deserialize, Serialize};

/// The most of everything that is accepted from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Characters of a name or title.
    pub title_chars: usize,
    /// Characters of a long text: a description, an advisory, rules.
    pub text_chars: usize,
    /// Characters of a reason, a note or grounds.
    pub reason_chars: usize,
    /// Characters of a comment.
    pub comment_chars: usize,
    /// Characters of one answer to a form, where its field has no limit of its own.
    pub answer_chars: usize,
    /// Characters of all answers to a form together.
    pub answers_chars: usize,
    /// Fields of a form.
    pub form_fields: usize,
    /// Attachments of one report.
    pub attachments_per_report: usize,
    /// Attachments of one comment.
    pub attachments_per_comment: usize,
    /// Bytes of one attachment.
    pub attachment_bytes: u64,
    /// Bytes of all attachments of one report.
    pub report_bytes: u64,
    /// Bytes of a document.
    pub document_bytes: u64,
    /// Drafts of one hunter in one campaign.
    pub drafts_per_hunter: usize,
    /// Reports that one hunter may submit in 24 hours to one campaign.
    pub reports_per_hunter_and_day: usize,
    /// Collaborators of a report.
    pub collaborators: usize,
    /// Assets of a campaign's scope.
    pub scope_assets: usize,
    /// Products of a campaign.
    pub campaign_products: usize,
    /// Parties of a campaign.
    pub campaign_parties: usize,
    /// Places of a call.
    pub call_places: i64,
    /// Rows of a file that is imported.
    pub import_rows: usize,
    /// Rows of one page of a list.
    pub page_rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            title_chars: 200,
            text_chars: 50_000,
            reason_chars: 2_000,
            comment_chars: 20_000,
            answer_chars: 5_000,
            answers_chars: 100_000,
            form_fields: 100,
            attachments_per_report: 20,
            attachments_per_comment: 10,
            attachment_bytes: 25 * 1024 * 1024,
            report_bytes: 100 * 1024 * 1024,
            document_bytes: 25 * 1024 * 1024,
            drafts_per_hunter: 50,
            reports_per_hunter_and_day: 50,
            collaborators: 10,
            scope_assets: 500,
            campaign_products: 100,
            campaign_parties: 500,
            call_places: 10_000,
            import_rows: 10_000,
            page_rows: 50,
        }
    }
}
