//! Files of a report: saved by those who may read it, removed from a draft.

use crate::shell::{Answer, Visitor, redirect_with, send_asked};
use axum::extract::Path;
use domain::ids::{AttachmentId, ReportId};
use use_cases::perform;
use use_cases::report::{DownloadAttachment, RemoveAttachment};
use uuid::Uuid;

/// Sends a file to be saved.
pub async fn download(visitor: Visitor, Path((report, attachment)): Path<(Uuid, Uuid)>) -> Answer {
    let asked = DownloadAttachment {
        report: ReportId(report),
        attachment: AttachmentId(attachment),
    };
    send_asked(&visitor, asked).await
}

/// Removes a file from a draft.
pub async fn remove(visitor: Visitor, Path((report, attachment)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let removed = RemoveAttachment {
        report: ReportId(report),
        attachment: AttachmentId(attachment),
    };
    perform(&visitor.context, removed)
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(redirect_with(
        &visitor.web,
        &addresses::report::edit(report),
        "flash-report-file-removed",
    ))
}
