//! Findings of a test that was made elsewhere: imported into a campaign, decided by its verifiers.

use crate::campaign::CampaignState;
use crate::ids::{CampaignId, FindingId, OrganisationId, PersonId, ProductId, VulnerabilityId};
use crate::report::ReportState;
use crate::time::Timestamp;
use crate::verification::{VerificationRefusal, may_judge};
use crate::{coded, transitions};

coded! {
    /// Where an imported finding stands.
    pub enum FindingState {
        /// It waits for a verifier's decision.
        Waiting = "waiting",
        /// It opened a vulnerability.
        Opened = "opened",
        /// It is told under a vulnerability that was known.
        Joined = "joined",
        /// It is not taken as a vulnerability.
        Refused = "refused",
    }
}

coded! {
    /// What may happen to an imported finding.
    pub enum FindingEvent {
        /// A verifier opens a vulnerability for it.
        Open = "open",
        /// A verifier finds that a known vulnerability tells it.
        Join = "join",
        /// A verifier does not take it.
        Refuse = "refuse",
        /// Nothing supports any more the vulnerability that tells it.
        Reconsider = "reconsider",
    }
}

transitions! { FindingState on FindingEvent as "finding" {
    Waiting, Open => Opened;
    Waiting, Join => Joined;
    Waiting, Refuse => Refused;
    Opened | Joined, Reconsider => Waiting;
}}

/// What somebody found in a test that was not made here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its identifier.
    pub id: FindingId,
    /// The campaign it was imported into.
    pub campaign: CampaignId,
    /// The product it is about.
    pub product: ProductId,
    /// Its number within the campaign, from one.
    pub number: i64,
    /// Where it stands.
    pub state: FindingState,
    /// Who imported it.
    pub imported_by: PersonId,
    /// When.
    pub imported_at: Timestamp,
    /// The vulnerability that it opened or joined.
    pub vulnerability: Option<VulnerabilityId>,
    /// The revision of its row.
    pub revision: i64,
}

/// Says whether a campaign still takes findings: before it and until its last reports are verified.
#[must_use]
pub const fn takes_findings(state: CampaignState) -> bool {
    use CampaignState::{Draft, Open, Planned, Ready, Suspended, Verifying};
    matches!(state, Draft | Planned | Ready | Open | Suspended | Verifying)
}

/// Says whether a finding may tell again what a report tells: one that was handed in and not taken back, whatever
/// became of it.
#[must_use]
pub fn may_tell_again(report: ReportState) -> bool {
    report.was_submitted() && report != ReportState::Withdrawn
}

/// Says whether a person may decide a finding, given all their memberships, who imported it and who
/// makes the product: nobody judges their own.
///
/// # Errors
/// [`VerificationRefusal`] for whoever imported it, and for those who belong to the vendor.
pub fn may_decide(
    verifier: PersonId,
    organisations: &[OrganisationId],
    imported_by: PersonId,
    product_vendor: OrganisationId,
) -> Result<(), VerificationRefusal> {
    may_judge(verifier, organisations, &[imported_by], &[], product_vendor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn whoever_imported_it_or_makes_the_product_does_not_decide() {
        let person = |n| PersonId(Uuid::from_u128(n));
        let vendor = OrganisationId(Uuid::from_u128(8));
        let operator = OrganisationId(Uuid::from_u128(9));
        for (verifier, organisations, expected) in [
            (person(1), vec![operator], Ok(())),
            (person(2), vec![operator], Err(VerificationRefusal::OwnReport)),
            (person(1), vec![operator, vendor], Err(VerificationRefusal::VendorsOwn)),
        ] {
            assert_eq!(may_decide(verifier, &organisations, person(2), vendor), expected);
        }
    }

    #[test]
    fn a_campaign_that_is_over_takes_no_finding() {
        let over = [CampaignState::Closed, CampaignState::Archived, CampaignState::Cancelled];
        for state in CampaignState::ALL {
            assert_eq!(takes_findings(*state), !over.contains(state), "{state:?}");
        }
    }
}
