//! What is added to a report, opened: files, reproductions, comments.

use crate::error::Outcome;
use crate::ports::ReportRecord;
use crate::unit::{Unit, place};
use authorization::{Action, Permitted};
use domain::Timestamp;
use domain::ids::{AttachmentId, PersonId};
use domain::verification::Reproduction;
use uuid::Uuid;

/// A file of a report.
#[derive(Clone, Debug)]
pub struct AttachmentLine {
    /// The file.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: i64,
    /// What it really is.
    pub media_type: String,
}

/// A reproduction, as those who verify see it.
#[derive(Clone, Debug)]
pub struct ReproductionLine {
    /// Its identifier.
    pub id: Uuid,
    /// What it says.
    pub facts: Reproduction,
    /// Who made it.
    pub by: String,
    /// What was done and seen, in Markdown.
    pub text: String,
    /// Its files.
    pub attachments: Vec<AttachmentLine>,
}

/// A comment.
#[derive(Clone, Debug)]
pub struct CommentLine {
    /// Its number within the report.
    pub seq: i64,
    /// Whether only the operator and the organiser read it.
    pub internal: bool,
    /// Who wrote it; empty for verifiers that the reader does not know.
    pub who: String,
    /// The role they wrote it in.
    pub role: String,
    /// The text, in Markdown.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// Opens the list of files of a report or of a reproduction.
pub(super) async fn attachments<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, ReportRecord>,
    kind: &str,
    subject: Uuid,
) -> Outcome<Vec<AttachmentLine>> {
    let mut lines = Vec::new();
    for row in unit.store.attachments(kind, subject).await? {
        lines.push(AttachmentLine {
            id: row.id,
            name: unit
                .open_text(proof, place("attachment", "name_sealed", row.id.0), &row.name)
                .await?,
            bytes: row.bytes,
            media_type: row.media_type,
        });
    }
    Ok(lines)
}

/// Opens the comments of a report that the reader may see.
pub(super) async fn comments<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, ReportRecord>,
    internal: bool,
    insider: bool,
) -> Outcome<Vec<CommentLine>> {
    let mut lines = Vec::new();
    for row in unit.store.comments("report", proof.report.id.0).await? {
        let kept_inside = row.audience == "internal";
        if kept_inside && !internal {
            continue;
        }
        let hidden = !insider && row.role == "verifier";
        let who = match row.author {
            Some(person) if !hidden => unit.name_of(person).await?,
            _ => String::new(),
        };
        lines.push(CommentLine {
            seq: row.seq,
            internal: kept_inside,
            who,
            role: row.role,
            text: unit
                .open_text(proof, place("comment", "body_sealed", row.id.0), &row.body)
                .await?,
            at: row.at,
        });
    }
    Ok(lines)
}

/// Opens what verifiers tried.
pub(super) async fn reproductions<A: Action>(
    unit: &mut Unit,
    proof: &Permitted<A, ReportRecord>,
) -> Outcome<Vec<ReproductionLine>> {
    let mut lines = Vec::new();
    for row in unit.store.reproductions(proof.report.id).await? {
        lines.push(ReproductionLine {
            id: row.id,
            by: unit.name_of(row.facts.by).await?,
            facts: row.facts,
            text: unit
                .open_text(proof, place("reproduction", "text_sealed", row.id), &row.text)
                .await?,
            attachments: attachments(unit, proof, "reproduction", row.id).await?,
        });
    }
    Ok(lines)
}

/// Gives the names of several people.
pub(super) async fn names(unit: &mut Unit, people: &[PersonId]) -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    for person in people {
        names.push(unit.name_of(*person).await?);
    }
    Ok(names)
}
