//! Comments on a report: internal ones, and those shared with its authors.

use super::change::Change;
use super::notify;
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::CommentRow;
use crate::unit::{Unit, place};
use authorization::Acting;
use authorization::action::{CommentInternally, CommentShared};
use domain::ids::{CommentId, ReportId};
use serde_json::json;

/// Who reads a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The operator and the organiser.
    Internal,
    /// The report's authors too.
    Shared,
}

impl Audience {
    /// Gives the stable name, as stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Shared => "shared",
        }
    }
}

/// Adds a comment to a report.
#[derive(Clone, Debug)]
pub struct AddComment {
    /// The report.
    pub report: ReportId,
    /// Whether only the operator and the organiser read it.
    pub internal: bool,
    /// The text, in Markdown.
    pub text: String,
}

impl UseCase for AddComment {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let change = if self.internal {
            Change::take::<CommentInternally>(unit, self.report).await?
        } else {
            Change::take::<CommentShared>(unit, self.report).await?
        };
        if !change.record.report.state.was_submitted() {
            return Err(Error::NotFound);
        }
        let mut fields = Fields::new();
        let text = fields.required("text", &self.text, unit.app.settings.limits.comment);
        fields.done()?;
        let audience = if self.internal {
            Audience::Internal
        } else {
            Audience::Shared
        };
        let id = append(unit, &change, audience, &text).await?;
        let author = change.person()?;
        let record = change
            .keep(
                unit,
                "report.commented",
                json!({"comment": id, "audience": audience.code()}),
            )
            .await?;
        if audience == Audience::Shared && !record.report.authors().any(|one| one == author) {
            notify::authors(unit, &record, "news", &format!("comment/{id}")).await?;
        }
        Ok(())
    }
}

/// Adds a comment to a report that is held, and gives its identifier.
pub(super) async fn append(unit: &mut Unit, change: &Change, audience: Audience, text: &str) -> Outcome<CommentId> {
    let id = CommentId(unit.fresh_id());
    let subject = change.record.report.id.0;
    let row = CommentRow {
        id,
        subject_kind: "report".to_owned(),
        subject,
        seq: unit.store.next_comment("report", subject).await?,
        audience: audience.code().to_owned(),
        author: change.acting.person(),
        grant: match &change.acting {
            Acting::Grant(grant) => Some(grant.id),
            _ => None,
        },
        role: change
            .acting
            .role()
            .map(|role| role.code().to_owned())
            .unwrap_or_default(),
        body: unit
            .seal(change.holder(), place("comment", "body_sealed", id.0), text.as_bytes())
            .await?,
        at: unit.now,
    };
    unit.store.insert_comment(&row).await?;
    Ok(id)
}
