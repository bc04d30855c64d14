//! The scan of the signed form: sealed under the programme, and bound to what was signed.

use super::change::note;
use super::content::{Content, ScanFacts};
use super::draft::{Signed, lacks};
use crate::error::{Error, Outcome};
use crate::files::{FileLeave, StagedFile, store_paper};
use crate::perform::{Context, UseCase, perform, read};
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::{ReadCandidacies, ReadCandidacy, SubmitCandidacy};
use domain::candidacy::CandidacyState;
use domain::ids::{CandidacyId, ProgrammeId};
use serde_json::json;
use uuid::Uuid;

/// Says under which programme a scan is sealed, for whoever may send one.
struct ScanHolder(CandidacyId);

impl UseCase for ScanHolder {
    type Output = ProgrammeId;

    async fn run(&self, unit: &mut Unit) -> Outcome<ProgrammeId> {
        let found = unit.store.candidacy(self.0).await?;
        let row = unit.permit_found::<SubmitCandidacy, _>(found)?;
        if !matches!(row.candidacy.state, CandidacyState::Draft | CandidacyState::Returned) {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        Ok(row.programme)
    }
}

struct AttachScan {
    candidacy: CandidacyId,
    file: StagedFile,
    digest: Vec<u8>,
}

impl UseCase for AttachScan {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let found = unit.store.take_candidacy(self.candidacy).await?;
        let proof = unit.permit_found::<SubmitCandidacy, _>(found)?;
        let acting = proof.acting().clone();
        let mut row = proof.into_value();
        if !matches!(row.candidacy.state, CandidacyState::Draft | CandidacyState::Returned) {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        let frame = unit
            .store
            .candidacy_call(row.candidacy.call)
            .await?
            .ok_or(Error::NotFound)?;
        let form = frame.peek().form.clone();
        let mut content = Content::open(unit, &row).await?;
        let lacking = lacks(&content, &form, Signed::Fits);
        if !lacking.is_empty() {
            return Err(Error::Invalid(lacking));
        }
        row.signed_form = Some(self.file.keep(unit, KeyHolder::Programme(row.programme)).await?);
        row.signed_answers_hmac = Some(content.hmac(&unit.app)?);
        content.scan = Some(ScanFacts {
            name: self.file.name().to_owned(),
            digest: self.digest.clone(),
        });
        content.keep(unit, &mut row).await?;
        unit.store.save_candidacy(&row).await?;
        note(
            unit,
            &acting,
            &row,
            "candidacy.signed",
            json!({"blob": self.file.blob()}),
        )
        .await?;
        Ok(())
    }
}

/// Attaches the scan of the signed form; what is changed afterwards drops it again.
///
/// # Errors
/// [`Error::Invalid`] for a file that is not accepted, or while the form is incomplete.
pub async fn attach_scan(context: &Context, candidacy: CandidacyId, name: &str, bytes: Vec<u8>) -> Outcome<()> {
    let programme = read(context, ScanHolder(candidacy)).await?;
    let digest = sealing::content_digest(&bytes).to_vec();
    let file = store_paper(context, KeyHolder::Programme(programme), "scan", bytes, name).await?;
    perform(
        context,
        AttachScan {
            candidacy,
            file,
            digest,
        },
    )
    .await
}

/// Gives leave to open the scan of a candidacy.
pub struct OpenScan(pub CandidacyId);

impl UseCase for OpenScan {
    type Output = FileLeave;

    async fn run(&self, unit: &mut Unit) -> Outcome<FileLeave> {
        let found = unit.store.candidacy(self.0).await?;
        let proof = unit.permit_found::<ReadCandidacy, _>(found)?;
        let blob = proof.signed_form.ok_or(Error::NotFound)?;
        unit.file_leave(&proof, blob).await
    }
}

/// Gives leave to open the scan of a paper deposit.
pub struct OpenPaperScan(pub Uuid);

impl UseCase for OpenPaperScan {
    type Output = FileLeave;

    async fn run(&self, unit: &mut Unit) -> Outcome<FileLeave> {
        let paper = unit.store.paper(self.0).await?.ok_or(Error::NotFound)?;
        let found = unit.store.candidacy_call(paper.call).await?;
        let proof = unit.permit_found::<ReadCandidacies, _>(found)?;
        unit.file_leave(&proof, paper.scan).await
    }
}
