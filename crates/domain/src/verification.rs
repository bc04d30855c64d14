//! Verification: who may judge a report, who works on it, and what a judgement needs.

use crate::appeal::ReportTimes;
use crate::ids::{OrganisationId, PersonId, ProductId, ReportId};
use crate::refusals;
use crate::report::ReportState;
use crate::time::{MINUTE, Timestamp};

/// One verifier's hold on a report, so that two do not work on the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who works on it.
    pub by: PersonId,
    /// Until when the hold lasts.
    pub until: Timestamp,
}

refusals! {
    /// Why a verifier cannot do what they ask.
    pub enum VerificationRefusal {
        /// Another verifier works on it.
        ClaimedByAnother = "claimed_by_another",
        /// The verifier is one of the authors.
        OwnReport = "own_report",
        /// The verifier and an author belong to the same organisation.
        SameOrganisation = "same_organisation",
        /// The verifier belongs to the vendor of the product.
        VendorsOwn = "vendors_own",
        /// A second verifier is needed, and this is the first.
        SamePerson = "same_person",
        /// It was not reproduced on the campaign's target.
        NotReproduced = "not_reproduced",
        /// What was recorded was not replayed, and nothing says why a replay cannot show it.
        NotReplayed = "not_replayed",
        /// The vendor has acknowledged the vulnerability.
        VendorAcknowledged = "vendor_acknowledged",
        /// A reason is needed.
        ReasonMissing = "reason_missing",
    }
}

/// Claims a report, or renews one's own claim.
///
/// # Errors
/// [`VerificationRefusal::ClaimedByAnother`] while another's claim lasts.
pub fn claim(
    now: Timestamp,
    who: PersonId,
    existing: Option<Claim>,
    times: &ReportTimes,
) -> Result<Claim, VerificationRefusal> {
    match existing {
        Some(held) if held.by != who && now < held.until => Err(VerificationRefusal::ClaimedByAnother),
        _ => Ok(Claim {
            by: who,
            until: now.plus(times.claim_minutes * MINUTE),
        }),
    }
}

/// Says whether a person may judge a report of these authors about a product of this vendor, given
/// all memberships of each.
///
/// # Errors
/// [`VerificationRefusal`] for one's own report, or one by or about one of one's own organisations.
pub fn may_judge(
    verifier: PersonId,
    verifier_organisations: &[OrganisationId],
    authors: &[PersonId],
    author_organisations: &[OrganisationId],
    product_vendor: OrganisationId,
) -> Result<(), VerificationRefusal> {
    if authors.contains(&verifier) {
        return Err(VerificationRefusal::OwnReport);
    }
    if verifier_organisations.iter().any(|o| author_organisations.contains(o)) {
        return Err(VerificationRefusal::SameOrganisation);
    }
    if verifier_organisations.contains(&product_vendor) {
        return Err(VerificationRefusal::VendorsOwn);
    }
    Ok(())
}

/// A reproduction of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reproduction {
    /// Who made it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Whether it was made on the campaign's target.
    pub on_campaign_target: bool,
    /// Whether it succeeded.
    pub succeeded: bool,
    /// Whether recorded requests were replayed for it.
    pub replayed: bool,
    /// Whether it says why a replay cannot show it.
    pub explained: bool,
}

/// Says whether a report may be verified: one reproduction on the campaign's target succeeded. Where
/// what passed was `recorded` and comes with the report, it is a replay, or says why none can show it.
///
/// # Errors
/// [`VerificationRefusal::NotReproduced`] otherwise; [`VerificationRefusal::NotReplayed`] where only the replay is missing.
pub fn may_verify(reproductions: &[Reproduction], recorded: bool) -> Result<(), VerificationRefusal> {
    let good: Vec<_> = reproductions
        .iter()
        .filter(|one| one.succeeded && one.on_campaign_target)
        .collect();
    if good.is_empty() {
        return Err(VerificationRefusal::NotReproduced);
    }
    let shown = good.iter().any(|one| one.replayed || one.explained);
    (shown || !recorded)
        .then_some(())
        .ok_or(VerificationRefusal::NotReplayed)
}

/// Says whether two people agree, as an abusive closing and a late merge need.
///
/// # Errors
/// [`VerificationRefusal`] for the same person or without a reason.
pub fn two_people(first: PersonId, second: PersonId, reason: &str) -> Result<(), VerificationRefusal> {
    if first == second {
        return Err(VerificationRefusal::SamePerson);
    }
    if reason.trim().is_empty() {
        Err(VerificationRefusal::ReasonMissing)
    } else {
        Ok(())
    }
}

/// Says whether a verification may be taken back: with a reason, before the vendor acknowledges.
///
/// # Errors
/// [`VerificationRefusal`] after the acknowledgement or without a reason.
pub fn may_resume_verification(vendor_acknowledged: bool, reason: &str) -> Result<(), VerificationRefusal> {
    if vendor_acknowledged {
        return Err(VerificationRefusal::VendorAcknowledged);
    }
    if reason.trim().is_empty() {
        Err(VerificationRefusal::ReasonMissing)
    } else {
        Ok(())
    }
}

/// What a report must show to be a duplicate or an original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuplicateFacts {
    /// The report.
    pub id: ReportId,
    /// Its product.
    pub product: ProductId,
    /// Where it stands.
    pub state: ReportState,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// The earlier report it repeats itself.
    pub original: Option<ReportId>,
}

refusals! {
    /// Why a report is no duplicate of another.
    pub enum DuplicateRefusal {
        /// It would repeat itself.
        Itself = "itself",
        /// The other is about another product.
        OtherProduct = "other_product",
        /// The other was never handed in, or was taken back.
        NotSubmitted = "not_submitted",
        /// The other came in later.
        Later = "later",
        /// The other is itself, in the end, a duplicate of this one.
        Cycle = "cycle",
    }
}

/// Says whether `report` may be closed as a duplicate of `original`.
///
/// `chain` are the originals that `original` leads to in turn, in any order.
///
/// # Errors
/// [`DuplicateRefusal`] for the first rule that does not hold.
pub fn may_be_duplicate(
    report: &DuplicateFacts,
    original: &DuplicateFacts,
    chain: &[ReportId],
) -> Result<(), DuplicateRefusal> {
    let withdrawn = original.state == ReportState::Withdrawn;
    let conditions = [
        (report.id != original.id, DuplicateRefusal::Itself),
        (report.product == original.product, DuplicateRefusal::OtherProduct),
        (
            original.state.was_submitted() && !withdrawn,
            DuplicateRefusal::NotSubmitted,
        ),
        (
            original.original != Some(report.id) && !chain.contains(&report.id),
            DuplicateRefusal::Cycle,
        ),
        (original.submitted_at <= report.submitted_at, DuplicateRefusal::Later),
    ];
    conditions
        .into_iter()
        .find(|(holds, _)| !holds)
        .map_or(Ok(()), |(_, refusal)| Err(refusal))
}
