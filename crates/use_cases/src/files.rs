//! Files that people send: checked, sealed and durable before anything names them.
//!
//! A handler first calls [`store_file`]; the use case that names the file then calls
//! [`StagedFile::keep`] in its own transaction. What nothing names is swept after a day.
//! To send a file out, a use case takes a [`FileLeave`] with its proof ([`Unit::file_leave`]),
//! and the handler opens it with [`open_file`], outside the transaction.

mod streamed;

pub(crate) use streamed::GrowingFile;
pub use streamed::OpenedFile;

use crate::app::App;
use crate::error::{Error, FieldError, Outcome};
use crate::journal::LogPromise;
use crate::perform::{Context, UseCase, perform};
use crate::ports::{AttachmentRow, BUNDLE_TYPE, BlobRow, ExportFormat};
use crate::unit::{Unit, place};
use crate::vault::{self, KeyHolder};
use authorization::{Action, Permitted, Resource};
use domain::ids::{AttachmentId, BlobId};
use domain::programme::NoticeKind;
use domain::time::DAY;
use sealing::DataKey;
use std::sync::Arc;

/// The most characters of a file's name that are kept.
const NAME_MAX: usize = 150;

/// A file that is sealed and durable, and that nothing names yet.
#[derive(Clone, Debug)]
pub struct StagedFile {
    blob: BlobId,
    name: String,
    media_type: String,
    bytes: i64,
    holder: KeyHolder,
    /// What the log is to commit to: of a bundle of exchanges.
    digest: Option<[u8; 32]>,
    /// The fingerprints of the targets to which the requests of a bundle went.
    recorded: Vec<String>,
}

impl StagedFile {
    /// Gives the identifier of its record.
    #[must_use]
    pub fn blob(&self) -> BlobId {
        self.blob
    }

    /// Gives its name, without a path and at most 150 characters; seal it where it is kept.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Gives what it really is.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// Gives its size in bytes.
    #[must_use]
    pub fn bytes(&self) -> i64 {
        self.bytes
    }

    /// Gives what the log is to commit to, where the file is a bundle of exchanges.
    pub(crate) fn digest(&self) -> Option<[u8; 32]> {
        self.digest
    }

    /// Says what the log is to commit to.
    pub(crate) fn committed(self, digest: [u8; 32]) -> Self {
        let digest = Some(digest);
        Self { digest, ..self }
    }

    /// Says to which targets the requests of a bundle went, by their fingerprints: each once.
    pub(crate) fn recorded_on(self, prints: impl IntoIterator<Item = String>) -> Self {
        let mut recorded: Vec<String> = prints.into_iter().collect();
        recorded.sort_unstable();
        recorded.dedup();
        Self { recorded, ..self }
    }

    /// Seals to which targets the requests of a bundle went, beside the attachment that it becomes; nothing for other
    /// files. Whoever chooses a target for them need not read the bundle.
    pub(crate) async fn seal_recorded(
        &self,
        unit: &mut Unit,
        holder: KeyHolder,
        id: AttachmentId,
    ) -> Outcome<Option<Vec<u8>>> {
        if self.recorded.is_empty() {
            return Ok(None);
        }
        let plain = serde_json::to_vec(&self.recorded).map_err(|error| Error::Internal(error.to_string()))?;
        unit.seal(holder, recorded_place(id), &plain).await.map(Some)
    }

    /// Keeps the file in the transaction that names it, and gives its identifier.
    ///
    /// # Errors
    /// [`Error::Internal`] where it was sealed for another holder than the thing that names it.
    pub async fn keep(&self, unit: &mut Unit, holder: KeyHolder) -> Outcome<BlobId> {
        if holder != self.holder {
            return Err(Error::Internal("a file was sealed for another holder".to_owned()));
        }
        unit.store.keep_blob(self.blob).await?;
        Ok(self.blob)
    }
}

fn recorded_place(id: AttachmentId) -> sealing::Place<'static> {
    place("attachment", "recorded_sealed", id.0)
}

/// Gives the fingerprints of the targets to which the requests of a bundle went; none for other files.
pub(crate) async fn recorded_on(unit: &mut Unit, file: &AttachmentRow) -> Outcome<Vec<String>> {
    let Some(sealed) = &file.recorded else {
        return Ok(Vec::new());
    };
    let plain = unit.open_unnoted(recorded_place(file.id), sealed).await?;
    serde_json::from_slice(&plain).map_err(|error| Error::Internal(format!("the targets of a bundle: {error}")))
}

/// Leave to open one file, made from a proof; the reading was noted with it.
pub struct FileLeave {
    row: BlobRow,
    key: Arc<DataKey>,
    /// Whether recorded exchanges go out with their secrets.
    whole: bool,
    /// The notice of the programme that it comes from.
    notice: NoticeKind,
    /// What shows that the log commits to them.
    promise: Option<LogPromise>,
}

impl FileLeave {
    /// Gives what the file really is.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.row.media_type
    }

    /// Lets recorded exchanges go out whole, with their secrets: to who made them, and who judges by them; with
    /// what shows that the log commits to them.
    #[must_use]
    pub(crate) fn whole(self, promise: Option<LogPromise>) -> Self {
        let whole = true;
        Self { whole, promise, ..self }
    }

    /// Lets the file go out with the notice of its programme, where what is written for it bears one.
    #[must_use]
    pub(crate) fn noted(self, notice: NoticeKind) -> Self {
        Self { notice, ..self }
    }

    /// Gives the notice of the programme that it comes from.
    #[must_use]
    pub const fn notice(&self) -> NoticeKind {
        self.notice
    }
}

/// A file as it is sent to somebody.
pub struct Outgoing {
    /// Its name.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Opens a file to send it; recorded exchanges leave without their secrets, under the text of the programme's notice,
/// unless the leave is for the whole, and then with the proofs of this instant beside them, which change nothing of what
/// the log commits to.
///
/// # Errors
/// As [`open_file`].
pub async fn outgoing(app: &App, leave: &FileLeave, name: String, notice: String) -> Outcome<Outgoing> {
    let bytes = open_file(app, leave).await?;
    if leave.whole || leave.media_type() != BUNDLE_TYPE {
        let bytes = match &leave.promise {
            Some(promise) => app.recordings.with_proofs(bytes, proofs(promise)).await?,
            None => bytes,
        };
        return Ok(Outgoing {
            name,
            media_type: leave.media_type().to_owned(),
            bytes,
        });
    }
    let bytes = app.recordings.export(bytes, ExportFormat::Har, notice).await?;
    Ok(Outgoing {
        name: format!("{}.har", name.trim_end_matches(".beffroi")),
        media_type: "application/json".to_owned(),
        bytes,
    })
}

/// Gives the proofs as files, by their names in the bundle.
fn proofs(promise: &LogPromise) -> Vec<(&'static str, String)> {
    let always = [
        ("log.vkey", format!("{}\n", promise.verifier)),
        ("receipt.txt", promise.receipt.clone()),
    ];
    let inclusion = promise.inclusion.clone().map(|text| ("log.tlog-proof", text));
    always.into_iter().chain(inclusion).collect()
}

/// Checks, seals and stores a file for a holder; `field` is the form's field, for its errors.
///
/// The caller has checked that the person may name a file of this holder.
///
/// # Errors
/// [`Error::Invalid`] for a file that is empty, too large or of a type that is not accepted.
pub async fn store_file(
    context: &Context,
    holder: KeyHolder,
    field: &str,
    bytes: Vec<u8>,
    name: &str,
) -> Outcome<StagedFile> {
    let media_type = check(&context.app, field, &bytes, name, ACCEPTED)?;
    store_made(context, holder, bytes, name, media_type).await
}

/// Seals and stores a file of a type that is known already: the platform made it, and nobody can send such.
///
/// # Errors
/// [`Error`] where it cannot be kept.
pub(crate) async fn store_made(
    context: &Context,
    holder: KeyHolder,
    bytes: Vec<u8>,
    name: &str,
    media_type: &'static str,
) -> Outcome<StagedFile> {
    let size = i64::try_from(bytes.len()).map_err(|error| Error::Internal(error.to_string()))?;
    let stage = Stage {
        holder,
        media_type,
        bytes: size,
    };
    let (blob, key) = perform(context, stage).await?;
    let mut salt = [0; 24];
    context.app.chance.fill(&mut salt);
    let sealed = key.seal_chunked(place("blob", "file", blob.0), &bytes, salt);
    context.app.files.put(&store_name(&context.app, blob), sealed).await?;
    Ok(StagedFile {
        blob,
        name: plain_name(name),
        media_type: media_type.to_owned(),
        bytes: size,
        holder,
        digest: None,
        recorded: Vec::new(),
    })
}

/// What scans, acts and proofs come as.
const PAPERS: &[&str] = &["application/pdf", "image/png", "image/jpeg"];
/// The same, for people.
const PAPERS_SAID: &str = "PDF, PNG, JPEG";

/// Stores a paper: what was signed or printed, as a scanner or an office gives it.
///
/// # Errors
/// [`Error::Invalid`] at `field` where it is no paper; what [`store_file`] gives else.
pub async fn store_paper(
    context: &Context,
    holder: KeyHolder,
    field: &str,
    bytes: Vec<u8>,
    name: &str,
) -> Outcome<StagedFile> {
    if !PAPERS.contains(&check(&context.app, field, &bytes, name, PAPERS_SAID)?) {
        return Err(Error::Invalid(vec![FieldError {
            field: field.to_owned(),
            message: "error-file-type",
            detail: Some(PAPERS_SAID.to_owned()),
        }]));
    }
    store_file(context, holder, field, bytes, name).await
}

fn check(app: &App, field: &str, bytes: &[u8], name: &str, accepted: &str) -> Outcome<&'static str> {
    let most = app.settings.limits.file_bytes;
    let problem = |message, detail: &str| {
        Error::Invalid(vec![FieldError {
            field: field.to_owned(),
            message,
            detail: Some(detail.to_owned()),
        }])
    };
    if bytes.is_empty() {
        // A form without a file sends neither a name nor bytes.
        let none = name.trim().is_empty();
        return Err(Error::field(
            field,
            if none { "error-file-missing" } else { "error-file-empty" },
        ));
    }
    if bytes.len() > most {
        return Err(problem("error-file-too-large", &format!("{} Mo", most / (1024 * 1024))));
    }
    app.files
        .sniff(bytes)
        .ok_or_else(|| problem("error-file-type", accepted))
}

/// The types that people are told of; what is accepted is decided by the file's first bytes.
pub const ACCEPTED: &str = "PDF, PNG, JPEG, GIF, WebP, TXT, ZIP, ODT";

/// Takes the last part of a path as a name, without controls, cut to a length.
pub(crate) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars()
        .filter(|c| !c.is_control())
        .take(NAME_MAX)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Gives the name under which the store of files keeps a blob: a keyed hash, in hexadecimal.
fn store_name(app: &App, blob: BlobId) -> String {
    hash_of(app, blob).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash_of(app: &App, blob: BlobId) -> [u8; 32] {
    sealing::keyed_hash(&app.keys, "blob.name", blob.0.as_bytes())
}

struct Stage {
    holder: KeyHolder,
    media_type: &'static str,
    bytes: i64,
}

impl UseCase for Stage {
    type Output = (BlobId, Arc<DataKey>);

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let key = vault::key_of(&unit.app, unit.store.as_mut(), self.holder, unit.now).await?;
        let id = BlobId(unit.fresh_id());
        let (holder_kind, holder_id) = self.holder.parts();
        let row = BlobRow {
            id,
            holder_kind: holder_kind.to_owned(),
            holder_id,
            name_hmac: hash_of(&unit.app, id).to_vec(),
            bytes: self.bytes,
            media_type: self.media_type.to_owned(),
        };
        unit.store.stage_blob(&row, unit.now).await?;
        Ok((id, key))
    }
}

impl Unit {
    /// Gives leave to open a file that a permitted thing names; the reading is journaled.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the file or its key is gone.
    pub async fn file_leave<A: Action, T: Resource>(
        &mut self,
        proof: &Permitted<A, T>,
        blob: BlobId,
    ) -> Outcome<FileLeave> {
        self.note_reading(proof.acting(), A::NAME, T::TYPE, Resource::id(&**proof));
        let row = self.store.blob(blob).await?.ok_or(Error::NotFound)?;
        let key = self
            .store
            .holder_key(&row.holder_kind, row.holder_id)
            .await?
            .ok_or(Error::NotFound)?;
        Ok(FileLeave {
            row,
            key: vault::unwrap(&self.app, key)?,
            whole: false,
            notice: NoticeKind::None,
            promise: None,
        })
    }
}

/// Opens a file for which leave was given, outside any transaction.
///
/// # Errors
/// [`Error::Internal`] where the file is missing or was tampered with.
pub async fn open_file(app: &App, leave: &FileLeave) -> Outcome<Vec<u8>> {
    let name = store_name(app, leave.row.id);
    let missing = |error| Error::Internal(format!("a file does not come back from the store: {error}"));
    let sealed = app.files.get(&name).await.map_err(missing)?;
    let plain = leave.key.open_chunked(place("blob", "file", leave.row.id.0), &sealed)?;
    Ok(plain.to_vec())
}

struct Staged;

impl UseCase for Staged {
    type Output = Vec<BlobRow>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let before = unit.now.plus(-DAY);
        Ok(unit.store.staged_blobs(before).await?)
    }
}

struct Forget(BlobId);

impl UseCase for Forget {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        Ok(unit.store.forget_blob(self.0).await?)
    }
}

struct IsStaged(BlobId);

impl UseCase for IsStaged {
    type Output = bool;

    async fn run(&self, unit: &mut Unit) -> Outcome<bool> {
        Ok(unit.store.is_staged(self.0).await?)
    }
}

/// Removes a file that nothing names any more, at once; where that fails, it is swept a day later. One that something names
/// stays: whoever was told that nothing was kept may have been told so of a transaction that went through.
pub(crate) async fn discard(app: &App, blob: BlobId) {
    let removed = async {
        let context = Context::system(app, authorization::SystemKind::Clock);
        if !crate::perform::read(&context, IsStaged(blob)).await? {
            return Ok(());
        }
        app.files.remove(&store_name(app, blob)).await?;
        perform(&context, Forget(blob)).await
    };
    if let Err(error) = removed.await {
        tracing::warn!(%error, "a file that nothing names could not be removed; it is swept later");
    }
}

/// Removes files that nothing named within a day, and gives how many.
///
/// # Errors
/// [`Error`] where a store fails.
pub async fn sweep(app: &App) -> Outcome<usize> {
    let context = Context::system(app, authorization::SystemKind::Clock);
    let staged = crate::perform::read(&context, Staged).await?;
    for blob in &staged {
        app.files.remove(&store_name(app, blob.id)).await?;
        perform(&context, Forget(blob.id)).await?;
    }
    Ok(staged.len())
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_name_loses_its_path_and_its_controls() {
        assert_eq!(plain_name("C:\\Users\\x\\délibération.pdf"), "délibération.pdf");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("a\r\nb\u{0}.pdf"), "ab.pdf");
        assert_eq!(plain_name(&"é".repeat(400)).chars().count(), 150);
    }
}
