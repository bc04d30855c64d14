//! The exchanges of a report, read from the bundle that was attached to it.

use crate::error::{Error, Outcome};
use crate::files::{FileLeave, open_file};
use crate::journal::LogPromise;
use crate::perform::{Context, UseCase, read_last};
use crate::ports::{BUNDLE_TYPE, ExportFormat, ShownBundle};
use crate::unit::Unit;
use authorization::action::ReadReport;
use domain::ids::{AttachmentId, ReportId};

/// Leave to read the exchanges of a report.
pub struct EvidenceLeave {
    file: FileLeave,
    /// Whether the reader made them, and so may see their secrets.
    own: bool,
    promise: Option<LogPromise>,
}

/// Gives leave to read the exchanges that were attached to a report; the reading is journaled.
#[derive(Clone, Copy, Debug)]
pub struct EvidenceOf {
    /// The report.
    pub report: ReportId,
    /// The bundle among its files.
    pub attachment: AttachmentId,
}

impl UseCase for EvidenceOf {
    type Output = EvidenceLeave;

    async fn run(&self, unit: &mut Unit) -> Outcome<EvidenceLeave> {
        let row = unit.store.attachment(self.attachment).await?.ok_or(Error::NotFound)?;
        let found = unit.store.report(self.report).await?;
        let proof = unit.permit_found::<ReadReport, _>(found)?;
        let theirs = row.subject_kind == "report" && row.subject == self.report.0;
        if !theirs || row.media_type != BUNDLE_TYPE {
            return Err(Error::NotFound);
        }
        let own = unit.actor.person() == Some(row.by);
        let file = unit.file_leave(&proof, row.blob).await?;
        let promise = crate::report::promised(unit, &row).await?;
        Ok(EvidenceLeave { file, own, promise })
    }
}

/// What the page of a report's exchanges shows.
#[derive(Clone, Debug)]
pub struct EvidencePage {
    /// The bundle.
    pub bundle: ShownBundle,
    /// Whether secrets are shown: the reader made the exchanges.
    pub own: bool,
    /// How the log commits to the bundle; nothing for one that it does not commit to.
    pub promise: Option<LogPromise>,
}

impl EvidencePage {
    /// Says whether the log commits to this very bundle.
    #[must_use]
    pub fn is_promised(&self) -> bool {
        let promised = self.promise.as_ref().map(|promise| promise.content_digest);
        promised == Some(self.bundle.digest)
    }
}

/// Shows the exchanges of a report; to others than their author without secrets.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not read the report.
pub async fn show_evidence(context: &Context, asked: EvidenceOf) -> Outcome<EvidencePage> {
    let leave = read_last(context, asked).await?;
    let bytes = open_file(&context.app, &leave.file).await?;
    let bundle = context.app.recordings.read_bundle(bytes, !leave.own).await?;
    Ok(EvidencePage {
        bundle,
        own: leave.own,
        promise: leave.promise,
    })
}

/// Writes the exchanges of a report, without secrets, for other tools.
///
/// # Errors
/// As [`show_evidence`].
pub async fn export_evidence(
    context: &Context,
    asked: EvidenceOf,
    format: ExportFormat,
    notice: String,
) -> Outcome<Vec<u8>> {
    let leave = read_last(context, asked).await?;
    let bytes = open_file(&context.app, &leave.file).await?;
    Ok(context.app.recordings.export(bytes, format, notice).await?)
}
