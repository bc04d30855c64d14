//! Reports that a search found, each permitted alone before anything of it is shown.

use super::text::title;
use crate::error::Outcome;
use crate::unit::Unit;
use authorization::action::ReadReport;
use domain::ids::ReportId;
use domain::report::{Rating, ReportState};
use domain::{NoticeKind, Timestamp};

/// A report that was found.
#[derive(Clone, Debug)]
pub struct ReportFound {
    /// The report.
    pub id: ReportId,
    /// Its number within the campaign.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// The campaign's name.
    pub campaign: String,
    /// The product's name.
    pub product: String,
    /// The notice that follows its programme.
    pub notice: NoticeKind,
    /// Where it stands.
    pub state: ReportState,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// The rating that counts.
    pub rating: Option<Rating>,
}

/// Reads those of some reports that the actor may read, in their order, at most so many.
pub(crate) async fn found(unit: &mut Unit, ids: &[ReportId], most: usize) -> Outcome<(Vec<ReportFound>, bool)> {
    let mut lines = Vec::new();
    // Nearly all of them are the actor's: what is chosen beside them is read only where some are not.
    for some in ids.chunks(most.saturating_add(1)) {
        for one in unit.store.reports(some).await? {
            let Ok(proof) = unit.permit::<ReadReport, _>(one) else {
                continue;
            };
            if lines.len() == most {
                return Ok((lines, true));
            }
            lines.push(ReportFound {
                id: proof.report.id,
                number: proof.report.number,
                campaign: proof.campaign_name.clone(),
                product: proof.product_name.clone(),
                notice: proof.notice,
                state: proof.report.state,
                submitted_at: proof.report.submitted_at,
                rating: proof.rating(),
                title: title(unit, &proof).await?,
            });
        }
    }
    Ok((lines, false))
}
