//! Files of a report: sealed under its campaign, sent out only to be saved.

use super::change::Change;
use crate::error::{Error, FieldError, Outcome};
use crate::files::{FileLeave, StagedFile, store_file};
use crate::journal::{Log, LogPromise, promise_of_entry};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::AttachmentRow;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::{AnswerReport, ReadReport, ReadReportHistory, VerifyReport};
use domain::ids::{AttachmentId, CampaignId, EntryId, ReportId};
use domain::report::ReportState;
use sealing::Receipt;
use serde_json::json;
use uuid::Uuid;

/// What the log says of a bundle that was attached, and the stream of its entries: one for each bundle.
const PROMISE: &str = "evidence.attached";
pub(crate) const PROMISE_STREAM: &str = "evidence";

/// For what files of a report are staged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachTo {
    /// The hunter's report, while it is a draft or waits for an answer.
    Report,
    /// A verifier's reproduction.
    Reproduction,
}

/// Attaches files that are sealed and durable to the hunter's report: all of them, or none.
#[derive(Clone, Debug)]
pub struct AttachToReport {
    /// The report.
    pub report: ReportId,
    /// The files.
    pub files: Vec<StagedFile>,
}

impl UseCase for AttachToReport {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let change = Change::take::<AnswerReport>(unit, self.report).await?;
        may_add(change.record.report.state)?;
        keep_files(unit, &change, "report", self.report.0, &self.files).await
    }
}

/// Keeps staged files with a report that is held, or with one of its reproductions.
pub(super) async fn keep_files(
    unit: &mut Unit,
    change: &Change,
    kind: &str,
    subject: Uuid,
    files: &[StagedFile],
) -> Outcome<()> {
    if files.is_empty() {
        return Ok(());
    }
    check_room(unit, kind, subject, files).await?;
    for file in files {
        let id = AttachmentId(unit.fresh_id());
        let promise = match file.digest() {
            Some(digest) => Some(promise(unit, change, id, digest).await?),
            None => None,
        };
        let name_place = place("attachment", "name_sealed", id.0);
        let row = AttachmentRow {
            id,
            subject_kind: kind.to_owned(),
            subject,
            blob: file.keep(unit, change.holder()).await?,
            name: unit.seal(change.holder(), name_place, file.name().as_bytes()).await?,
            bytes: file.bytes(),
            media_type: file.media_type().to_owned(),
            promise,
            recorded: file.seal_recorded(unit, change.holder(), id).await?,
            by: change.person()?,
            at: unit.now,
        };
        unit.store.insert_attachment(&row).await?;
        change.note(unit, "report.attached", json!({"attachment": id})).await?;
    }
    Ok(())
}

/// Has the log commit to a bundle of exchanges, which is given back with its receipt when it is saved.
///
/// It is the sealed log: the public one shows to everybody when something was found.
async fn promise(unit: &mut Unit, change: &Change, id: AttachmentId, digest: [u8; 32]) -> Outcome<EntryId> {
    let receipt = Receipt {
        origin: unit.name_of_log(Log::Sealed),
        kind: PROMISE.to_owned(),
        subject: format!("report {}", change.record.report.id),
        order_number: None,
        received_at_micros: unit.now.0,
        form_version: None,
        salt: unit.app.chance.bytes32(),
        content_digest: digest,
    };
    let (entry, _) = unit
        .record_receipt(&change.acting, (PROMISE_STREAM, id.0), (Log::Sealed, PROMISE), receipt)
        .await?;
    Ok(entry)
}

async fn check_room(unit: &mut Unit, kind: &str, subject: Uuid, files: &[StagedFile]) -> Outcome<()> {
    let there = unit.store.attachments(kind, subject).await?;
    let limits = unit.app.settings.limits.clone();
    let most = limits.attachments;
    let old: i64 = there.iter().map(|file| file.bytes).sum();
    let total = old + files.iter().map(StagedFile::bytes).sum::<i64>();
    let too_many = there.len() + files.len() > most;
    let too_heavy = usize::try_from(total).unwrap_or(usize::MAX) > limits.attachments_bytes;
    if too_many || too_heavy {
        return Err(Error::Invalid(vec![FieldError {
            field: "files".to_owned(),
            message: "report-error-too-many-files",
            detail: Some(most.to_string()),
        }]));
    }
    Ok(())
}

/// Refuses files of the hunter's where nobody waits for them.
pub(super) fn may_add(state: ReportState) -> Outcome<()> {
    match state {
        ReportState::Draft | ReportState::NeedsInformation => Ok(()),
        _ => Err(Error::Conflict("error-not-in-this-state")),
    }
}

/// Gives what shows that the log commits to a file, where it does.
pub(crate) async fn promised(unit: &mut Unit, file: &AttachmentRow) -> Outcome<Option<LogPromise>> {
    let Some(entry) = file.promise else {
        return Ok(None);
    };
    let app = unit.app.clone();
    promise_of_entry(&app, unit.store.as_mut(), entry).await.map(Some)
}

/// Says whether files may be attached to a report, and gives its campaign.
struct MayAttach(ReportId, AttachTo);

impl UseCase for MayAttach {
    type Output = CampaignId;

    async fn run(&self, unit: &mut Unit) -> Outcome<CampaignId> {
        let found = unit.store.report(self.0).await?;
        match self.1 {
            AttachTo::Report => {
                let proof = unit.permit_found::<AnswerReport, _>(found)?;
                may_add(proof.report.state)?;
                Ok(proof.report.campaign)
            }
            AttachTo::Reproduction => Ok(unit.permit_found::<VerifyReport, _>(found)?.report.campaign),
        }
    }
}

/// Seals and stores files for the use case that will keep them; the first that cannot be taken stops.
///
/// # Errors
/// [`Error::Invalid`] for the field `files`, with what is wrong.
pub async fn stage_files(
    context: &Context,
    report: ReportId,
    to: AttachTo,
    files: Vec<(String, Vec<u8>)>,
) -> Outcome<Vec<StagedFile>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let campaign = read(context, MayAttach(report, to)).await?;
    let mut staged = Vec::new();
    for (name, bytes) in files {
        staged.push(store_file(context, KeyHolder::Campaign(campaign), "files", bytes, &name).await?);
    }
    Ok(staged)
}

/// Seals, stores and attaches files to the hunter's report: all of them, or none.
///
/// # Errors
/// [`Error::Invalid`] for the field `files`, with what is wrong.
pub async fn attach_files(context: &Context, report: ReportId, files: Vec<(String, Vec<u8>)>) -> Outcome<()> {
    let files = stage_files(context, report, AttachTo::Report, files).await?;
    if files.is_empty() {
        return Ok(());
    }
    perform(context, AttachToReport { report, files }).await
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
            // What passed the gateway holds secrets of whoever sent it: whole, it is theirs and the verifiers'.
            let whole = unit.actor.person() == Some(row.by) || unit.may::<VerifyReport, _>(&*proof);
            let name = unit.open_text(&proof, name_place, &row.name).await?;
            let leave = unit.file_leave(&proof, row.blob).await?.noted(proof.notice);
            if !whole {
                return Ok((leave, name));
            }
            let promise = promised(unit, &row).await?;
            return Ok((leave.whole(promise), name));
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
