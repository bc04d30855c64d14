//! Writing down on what the agreement of a vendor rests that has nobody here.

use super::{refuse_gone, said};
use crate::campaign::{entry, taken};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::CorrectedVersion;
use crate::target::corrected::ANSWER;
use crate::target::open_fingerprint_unnoted;
use crate::unit::Unit;
use authorization::action::ManageCampaign;
use domain::corrected::{Acceptance, AcceptanceEvent, RecordRefusal, may_record};
use domain::ids::{CampaignId, OrganisationId, TargetId};
use domain::role::{Grant, GrantScope};
use serde_json::json;

/// Writes down on what the agreement of a vendor rests that has nobody here who could be asked.
#[derive(Clone, Debug)]
pub struct RecordAgreement {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
    /// On what it rests: a letter, a message, with its date.
    pub basis: String,
}

impl UseCase for RecordAgreement {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ManageCampaign>(unit, self.campaign).await?;
        let all = unit.store.corrected_versions(self.campaign).await?;
        let found = all.iter().find(|one| one.target.target.id == self.target);
        let found = found.ok_or(Error::NotFound)?;
        refuse_gone(found)?;
        let refused = RefusedVersions::of(unit, &all).await?;
        let print = open_fingerprint_unnoted(unit, &found.target).await?;
        let recorded = recordable(unit, found, &print, &refused).await?;
        recorded.map_err(|refusal| Error::Conflict(message(refusal)))?;
        let mut fields = Fields::new();
        let basis = fields.required("basis", &self.basis, unit.app.settings.limits.reason);
        fields.done()?;
        said(unit, &found.acceptance, AcceptanceEvent::Record, &basis).await?;
        let body = json!({"target": self.target, "basis": basis});
        unit.record(
            proof.acting(),
            entry(self.campaign, "campaign.corrected_recorded", body),
        )
        .await?;
        Ok(())
    }
}

const fn message(refusal: RecordRefusal) -> &'static str {
    match refusal {
        RecordRefusal::VendorAnswers => "corrected-error-vendor-answers",
        RecordRefusal::RefusedBefore => "corrected-error-refused",
    }
}

/// Says whether the agreement of a corrected version's vendor may be written down, whoever asks; `print` is its fingerprint.
pub(in crate::target) async fn recordable(
    unit: &mut Unit,
    version: &CorrectedVersion,
    print: &str,
    refused: &RefusedVersions,
) -> Outcome<Result<(), RecordRefusal>> {
    let people = vendor_people(unit, version).await?;
    Ok(may_record(people, refused.hold(version.acceptance.vendor, print)))
}

/// Says whether a grant lets somebody answer for a vendor.
pub(super) fn answers(grant: &Grant) -> bool {
    grant.scope == GrantScope::Organisation && ANSWER.contains(&grant.role)
}

/// Counts those who can answer for the vendor of a corrected version: whoever declared it cannot.
async fn vendor_people(unit: &mut Unit, version: &CorrectedVersion) -> Outcome<usize> {
    let grants = unit
        .store
        .grants_of_organisation(version.acceptance.vendor, unit.now)
        .await?;
    let declared_by = version.target.certified_by;
    let can = |grant: &&Grant| answers(grant) && grant.person != declared_by;
    Ok(grants.iter().filter(can).count())
}

/// What vendors refused in a campaign, with what was taken away since: who refused, and the fingerprint.
pub(in crate::target) struct RefusedVersions(Vec<(OrganisationId, String)>);

impl RefusedVersions {
    /// Reads them among all corrected versions of a campaign.
    pub(in crate::target) async fn of(unit: &mut Unit, all: &[CorrectedVersion]) -> Outcome<Self> {
        let mut refused = Vec::new();
        for one in all.iter().filter(|one| one.acceptance.state == Acceptance::Refused) {
            refused.push((
                one.acceptance.vendor,
                open_fingerprint_unnoted(unit, &one.target).await?,
            ));
        }
        Ok(Self(refused))
    }

    /// Says whether a vendor refused the version that has a fingerprint.
    fn hold(&self, vendor: OrganisationId, print: &str) -> bool {
        self.0.iter().any(|(by, of)| *by == vendor && of == print)
    }
}
