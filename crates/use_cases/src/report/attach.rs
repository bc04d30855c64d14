//! Files of a report: sealed under its campaign, sent out only to be saved.

use super::change::Change;
use crate::error::{Error, FieldError, Outcome};
use crate::files::{FileLeave, StagedFile, store_file};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::AttachmentRow;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{AnswerReport, ReadReport, ReadReportHistory, VerifyReport};
use domain::ids::{AttachmentId, CampaignId, ReportId};
use domain::report::ReportState;
use serde_json::json;
use uuid::Uuid;

/// To what of a report a file is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachTo {
    /// The hunter's report, while it is a draft or waits for an answer.
    Report,
    /// A verifier's reproduction.
    Reproduction(Uuid),
}

/// Attaches a file that is sealed and durable.
#[derive(Clone, Debug)]
pub struct AttachToReport {
    /// The report.
    pub report: ReportId,
    /// To what of it.
    pub to: AttachTo,
    /// The file.
    pub file: StagedFile,
}

impl UseCase for AttachToReport {
    type Output = AttachmentId;

    async fn run(&self, unit: &mut Unit) -> Outcome<AttachmentId> {
        let (change, kind, subject) = match self.to {
            AttachTo::Report => {
                let change = Change::take::<AnswerReport>(unit, self.report).await?;
                may_add(change.record.report.state)?;
                (change, "report", self.report.0)
            }
            AttachTo::Reproduction(id) => {
                let change = Change::take::<VerifyReport>(unit, self.report).await?;
                let known = unit.store.reproductions(self.report).await?;
                if known.iter().all(|reproduction| reproduction.id != id) {
                    return Err(Error::NotFound);
                }
                (change, "reproduction", id)
            }
        };
        self.check_room(unit, kind, subject).await?;
        let id = AttachmentId(unit.fresh_id());
        let row = AttachmentRow {
            id,
            subject_kind: kind.to_owned(),
            subject,
            blob: self.file.keep(unit, change.holder()).await?,
            name: unit
                .seal(
                    change.holder(),
                    place("attachment", "name_sealed", id.0),
                    self.file.name().as_bytes(),
                )
                .await?,
            bytes: self.file.bytes(),
            media_type: self.file.media_type().to_owned(),
            by: change.person()?,
            at: unit.now,
        };
        unit.store.insert_attachment(&row).await?;
        change.note(unit, "report.attached", json!({"attachment": id})).await?;
        Ok(id)
    }
}

impl AttachToReport {
    async fn check_room(&self, unit: &mut Unit, kind: &str, subject: Uuid) -> Outcome<()> {
        let there = unit.store.attachments(kind, subject).await?;
        let limits = domain::Limits::default();
        let most = unit.app.settings.limits.attachments;
        let total: i64 = there.iter().map(|file| file.bytes).sum::<i64>() + self.file.bytes();
        let too_many = there.len() >= most;
        let too_heavy = u64::try_from(total).unwrap_or(u64::MAX) > limits.report_bytes;
        if too_many || too_heavy {
            return Err(Error::Invalid(vec![FieldError {
                field: "files".to_owned(),
                message: "report-error-too-many-files",
                detail: Some(most.to_string()),
            }]));
        }
        Ok(())
    }
}

fn may_add(state: ReportState) -> Outcome<()> {
    match state {
        ReportState::Draft | ReportState::NeedsInformation => Ok(()),
        _ => Err(Error::Conflict("error-not-in-this-state")),
    }
}

/// Says whether files may be attached to a report, and gives its campaign.
struct MayAttach(ReportId, AttachTo);

impl UseCase for MayAttach {
    type Output = CampaignId;

    async fn run(&self, unit: &mut Unit) -> Outcome<CampaignId> {
        let found = unit.store.report(self.0).await?;
        let (campaign, state) = match self.1 {
            AttachTo::Report => {
                let proof = unit.permit_found::<AnswerReport, _>(found)?;
                (proof.report.campaign, proof.report.state)
            }
            AttachTo::Reproduction(_) => {
                let proof = unit.permit_found::<VerifyReport, _>(found)?;
                return Ok(proof.report.campaign);
            }
        };
        may_add(state)?;
        Ok(campaign)
    }
}

/// Seals, stores and attaches files; the first that cannot be taken stops.
///
/// # Errors
/// [`Error::Invalid`] for the field `files`, with what is wrong.
pub async fn attach_files(
    context: &Context,
    report: ReportId,
    to: AttachTo,
    files: Vec<(String, Vec<u8>)>,
) -> Outcome<()> {
    if files.is_empty() {
        return Ok(());
    }
    let campaign = read(context, MayAttach(report, to)).await?;
    for (name, bytes) in files {
        let file = store_file(context, KeyHolder::Campaign(campaign), "files", bytes, &name).await?;
        perform(context, AttachToReport { report, to, file }).await?;
    }
    Ok(())
}

/// Removes a file from a draft.
#[derive(Clone, Copy, Debug)]
pub struct RemoveAttachment {
    /// The report.
    pub report: ReportId,
    /// The file.
    pub attachment: AttachmentId,
}

impl UseCase for RemoveAttachment {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let change = Change::take::<AnswerReport>(unit, self.report).await?;
        if change.record.report.state != ReportState::Draft {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let row = unit.store.attachment(self.attachment).await?.ok_or(Error::NotFound)?;
        if row.subject_kind != "report" || row.subject != self.report.0 {
            return Err(Error::NotFound);
        }
        unit.store.remove_attachment(self.attachment, unit.now).await?;
        change
            .note(unit, "report.detached", json!({"attachment": self.attachment}))
            .await
    }
}

/// Gives leave to save a file of a report, with the file's name; the handing out is journaled.
#[derive(Clone, Copy, Debug)]
pub struct DownloadAttachment {
    /// The report.
    pub report: ReportId,
    /// The file.
    pub attachment: AttachmentId,
}

impl UseCase for DownloadAttachment {
    type Output = (FileLeave, String);

    async fn run(&self, unit: &mut Unit) -> Outcome<(FileLeave, String)> {
        let row = unit.store.attachment(self.attachment).await?.ok_or(Error::NotFound)?;
        let found = unit.store.report(self.report).await?;
        let name_place = place("attachment", "name_sealed", row.id.0);
        if row.subject_kind == "report" && row.subject == self.report.0 {
            let proof = unit.permit_found::<ReadReport, _>(found)?;
            let name = unit.open_text(&proof, name_place, &row.name).await?;
            return Ok((unit.file_leave(&proof, row.blob).await?, name));
        }
        let known = unit.store.reproductions(self.report).await?;
        if row.subject_kind != "reproduction" || known.iter().all(|one| one.id != row.subject) {
            return Err(Error::NotFound);
        }
        let proof = unit.permit_found::<ReadReportHistory, _>(found)?;
        let name = unit.open_text(&proof, name_place, &row.name).await?;
        Ok((unit.file_leave(&proof, row.blob).await?, name))
    }
}
