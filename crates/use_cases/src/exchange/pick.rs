//! Exchanges chosen for a report: copied out as one bundle, sealed and attached like any file of it.

use super::own::OwnExchanges;
use crate::error::{Error, FieldError, Outcome};
use crate::files::{StagedFile, store_made};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{BUNDLE_TYPE, BundleAbout};
use crate::report::{AttachToReport, SaveDraft};
use crate::unit::Unit;
use crate::vault::KeyHolder;
use domain::ids::{CampaignId, ProductId, ReportId};
use domain::snapshot::fingerprint_of_target;
use domain::target::fingerprint_text;

/// Where chosen exchanges go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickInto {
    /// Into a draft that is there.
    Draft(ReportId),
    /// Into a new one, about a product.
    New(ProductId),
}

/// Copies one's own exchanges into a report; gives the report.
///
/// # Errors
/// [`Error::Invalid`] where none is chosen, more than a bundle takes, or more files than a report takes;
/// [`Error::Conflict`] where recordings were destroyed.
pub async fn pick_exchanges(
    context: &Context,
    campaign: CampaignId,
    into: Option<PickInto>,
    places: Vec<String>,
) -> Outcome<ReportId> {
    let mut leave = read(context, OwnExchanges(campaign)).await?;
    let of = leave.recordings()?;
    let limits = &context.app.settings.limits;
    if places.is_empty() {
        return Err(Error::field("places", "exchange-error-none"));
    }
    if places.len() > limits.exchanges {
        return Err(Error::field("places", "exchange-error-too-many"));
    }
    let own = |into: &PickInto| match into {
        PickInto::Draft(report) => leave.drafts.iter().any(|draft| draft.report == *report),
        PickInto::New(_) => true,
    };
    let into = into.filter(own);
    let into = into.ok_or_else(|| Error::field("into", "error-choose"))?;
    let now = context.app.clock.now();
    let about = BundleAbout {
        made: now,
        campaign,
        subject: match into {
            PickInto::Draft(report) => report.to_string(),
            PickInto::New(_) => String::new(),
        },
        targets: leave.targets,
    };
    let recordings = &context.app.recordings;
    let made = recordings.bundle(of, leave.leases, places, about).await?;
    if made.bytes.len() > limits.file_bytes {
        return Err(Error::field("places", "exchange-error-too-large"));
    }
    let name = format!("echanges-{}.beffroi", fingerprint_text(&made.digest[..4]));
    let file = store_made(context, KeyHolder::Campaign(campaign), made.bytes, &name, BUNDLE_TYPE).await?;
    // What somebody kept and went on from is the same target.
    let prints = made.prints.iter().map(|print| fingerprint_of_target(print).to_owned());
    let file = file.committed(made.digest).recorded_on(prints);
    let attached = perform(context, Attach { campaign, into, file }).await;
    attached.map_err(|error| match error {
        // The form asks where they go, and has no field for files.
        Error::Invalid(problems) => Error::Invalid(problems.into_iter().map(asked_as_into).collect()),
        other => other,
    })
}

fn asked_as_into(problem: FieldError) -> FieldError {
    match problem.field.as_str() {
        "files" => FieldError {
            field: "into".to_owned(),
            ..problem
        },
        _ => problem,
    }
}

/// Attaches a bundle, in one act with the draft that is begun for it.
struct Attach {
    campaign: CampaignId,
    into: PickInto,
    file: StagedFile,
}

impl UseCase for Attach {
    type Output = ReportId;

    async fn run(&self, unit: &mut Unit) -> Outcome<ReportId> {
        let report = match self.into {
            PickInto::Draft(report) => report,
            PickInto::New(product) => new_draft(self.campaign, product).run(unit).await?,
        };
        let files = vec![self.file.clone()];
        AttachToReport { report, files }.run(unit).await?;
        Ok(report)
    }
}

fn new_draft(campaign: CampaignId, product: ProductId) -> SaveDraft {
    SaveDraft {
        report: None,
        campaign,
        title: String::new(),
        product: Some(product),
        asset: None,
        text: crate::report::ReportText::default(),
        cwe: String::new(),
        vector: String::new(),
        collaborators: Vec::new(),
        bypass_of: None,
        seen: None,
    }
}
