//! What is added to a report: reproductions, comments, attachments.

use crate::engine::{Connection, Row};
use crate::values;
use domain::ids::{AttachmentId, ReportId};
use domain::verification::Reproduction;
use use_cases::ports::{AttachmentRow, CommentRow, ReproductionRow, Stored};
use uuid::Uuid;

/// Adds a reproduction.
pub(super) async fn insert_reproduction(sql: &mut Connection, r: &ReproductionRow) -> Stored<()> {
    sql.execute(
        "INSERT INTO reproduction (id, report_id, made_by, made_at, on_target, succeeded, text_sealed,
             replay_id, explained, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        values![
            r.id,
            r.report,
            r.facts.by,
            r.facts.at,
            r.facts.on_campaign_target,
            r.facts.succeeded,
            &r.text,
            r.replay,
            r.facts.explained,
            r.created_at,
        ],
    )
    .await?;
    Ok(())
}

/// Gives a report's reproductions.
pub(super) async fn reproductions(sql: &mut Connection, report: ReportId) -> Stored<Vec<ReproductionRow>> {
    let rows = sql
        .fetch(
            "SELECT * FROM reproduction WHERE report_id = $1 ORDER BY created_at, id LIMIT 200",
            values![report],
        )
        .await?;
    rows.iter().map(reproduction).collect()
}

fn reproduction(row: &Row) -> Stored<ReproductionRow> {
    let replay: Option<Uuid> = row.get("replay_id")?;
    Ok(ReproductionRow {
        id: row.get("id")?,
        report: row.get("report_id")?,
        facts: Reproduction {
            by: row.get("made_by")?,
            at: row.get("made_at")?,
            on_campaign_target: row.get("on_target")?,
            succeeded: row.get("succeeded")?,
            replayed: replay.is_some(),
            explained: row.get("explained")?,
        },
        replay,
        text: row.get("text_sealed")?,
        created_at: row.get("created_at")?,
    })
}

/// Gives the next number of a comment.
pub(super) async fn next_comment(sql: &mut Connection, kind: &str, subject: Uuid) -> Stored<i64> {
    sql.fetch_one(
        "SELECT CAST(COALESCE(MAX(seq), 0) + 1 AS BIGINT) AS n FROM comment WHERE subject_kind = $1 AND subject_id = $2",
        values![kind, subject],
    )
    .await?
    .get("n")
}

/// Adds a comment.
pub(super) async fn insert_comment(sql: &mut Connection, c: &CommentRow) -> Stored<()> {
    sql.execute(
        "INSERT INTO comment (id, subject_kind, subject_id, seq, audience, author_id, author_grant_id, author_role, body_sealed, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        values![c.id, &c.subject_kind, c.subject, c.seq, &c.audience, c.author, c.grant, &c.role, &c.body, c.at],
    )
    .await?;
    Ok(())
}

/// Gives the comments on a thing.
pub(super) async fn comments(sql: &mut Connection, kind: &str, subject: Uuid) -> Stored<Vec<CommentRow>> {
    let rows = sql
        .fetch(
            "SELECT * FROM comment WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq LIMIT 500",
            values![kind, subject],
        )
        .await?;
    rows.iter().map(comment).collect()
}

fn comment(row: &Row) -> Stored<CommentRow> {
    Ok(CommentRow {
        id: row.get("id")?,
        subject_kind: row.get("subject_kind")?,
        subject: row.get("subject_id")?,
        seq: row.get("seq")?,
        audience: row.get("audience")?,
        author: row.get("author_id")?,
        grant: row.get("author_grant_id")?,
        role: row.get("author_role")?,
        body: row.get("body_sealed")?,
        at: row.get("at")?,
    })
}

/// Adds an attachment.
pub(super) async fn insert_attachment(sql: &mut Connection, a: &AttachmentRow) -> Stored<()> {
    sql.execute(
        "INSERT INTO attachment (id, subject_kind, subject_id, blob_id, name_sealed, promise_id, recorded_sealed, created_by,
             created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values![a.id, &a.subject_kind, a.subject, a.blob, &a.name, a.promise, a.recorded.clone(), a.by, a.at],
    )
    .await?;
    Ok(())
}

/// Gives the attachments of a thing.
pub(super) async fn attachments(sql: &mut Connection, kind: &str, subject: Uuid) -> Stored<Vec<AttachmentRow>> {
    let rows = sql
        .fetch(
            "SELECT a.*, b.bytes, b.media_type FROM attachment a JOIN blob b ON b.id = a.blob_id
             WHERE a.subject_kind = $1 AND a.subject_id = $2 AND a.removed_at IS NULL
             ORDER BY a.created_at, a.id LIMIT 200",
            values![kind, subject],
        )
        .await?;
    rows.iter().map(attachment_of).collect()
}

/// Gives one attachment.
pub(super) async fn attachment(sql: &mut Connection, id: AttachmentId) -> Stored<Option<AttachmentRow>> {
    let row = sql
        .fetch_optional(
            "SELECT a.*, b.bytes, b.media_type FROM attachment a JOIN blob b ON b.id = a.blob_id
             WHERE a.id = $1 AND a.removed_at IS NULL",
            values![id],
        )
        .await?;
    row.as_ref().map(attachment_of).transpose()
}

fn attachment_of(row: &Row) -> Stored<AttachmentRow> {
    Ok(AttachmentRow {
        id: row.get("id")?,
        subject_kind: row.get("subject_kind")?,
        subject: row.get("subject_id")?,
        blob: row.get("blob_id")?,
        name: row.get("name_sealed")?,
        bytes: row.get("bytes")?,
        media_type: row.get("media_type")?,
        promise: row.get("promise_id")?,
        recorded: row.get("recorded_sealed")?,
        by: row.get("created_by")?,
        at: row.get("created_at")?,
    })
}
