//! Ports of corrected versions: targets for retests alone, and what their vendors say of them.

use super::{Stored, TargetRow};
use async_trait::async_trait;
use authorization::{Attr, Attributes, Loaded, Resource};
use domain::Timestamp;
use domain::corrected::Acceptance;
use domain::ids::{CampaignId, OrganisationId, PersonId, TargetId};
use uuid::Uuid;

/// What a vendor says of a corrected version, as stored.
#[derive(Clone, Debug)]
pub struct AcceptanceRow {
    /// The target.
    pub target: TargetId,
    /// Its campaign.
    pub campaign: CampaignId,
    /// Who made its product when it was declared.
    pub vendor: OrganisationId,
    /// What was said.
    pub state: Acceptance,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// Who said it, where somebody did.
    pub answered_by: Option<PersonId>,
    /// When.
    pub answered_at: Option<Timestamp>,
    /// Why it was refused, or on what the agreement rests, sealed under the campaign.
    pub words: Option<Vec<u8>>,
}

/// A corrected version with what its vendor says of it.
#[derive(Clone, Debug)]
pub struct CorrectedVersion {
    /// The target.
    pub target: TargetRow,
    /// What its vendor says.
    pub acceptance: AcceptanceRow,
}

impl Resource for CorrectedVersion {
    const TYPE: &'static str = "CorrectedVersion";

    fn id(&self) -> Uuid {
        self.target.target.id.0
    }

    fn attributes(&self) -> Attributes {
        attributes(self.acceptance.vendor, self.target.certified_by)
    }
}

/// Gives what the policies decide on: whom it was asked, and who declared it.
fn attributes(vendor: OrganisationId, declared_by: PersonId) -> Attributes {
    vec![
        ("vendor", Attr::organisation(vendor)),
        ("declared_by", Attr::id(declared_by)),
    ]
}

/// A corrected version in a vendor's list.
#[derive(Clone, Debug)]
pub struct CorrectedListed {
    /// The target.
    pub target: TargetId,
    /// Who made its product when it was declared.
    pub vendor: OrganisationId,
    /// Who declared it.
    pub declared_by: PersonId,
    /// The name of its campaign.
    pub campaign_name: String,
    /// The name of its product.
    pub product_name: String,
    /// What the vendor said.
    pub state: Acceptance,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When it was taken away, where it was.
    pub ended_at: Option<Timestamp>,
}

impl Resource for CorrectedListed {
    const TYPE: &'static str = CorrectedVersion::TYPE;

    fn id(&self) -> Uuid {
        self.target.0
    }

    fn attributes(&self) -> Attributes {
        attributes(self.vendor, self.declared_by)
    }
}

/// The rows of corrected versions.
#[async_trait]
pub trait CorrectedVersions {
    /// Asks a vendor about a target.
    async fn insert_acceptance(&mut self, row: &AcceptanceRow) -> Stored<()>;
    /// Says what a vendor says now, who said something else before; nothing changes where it was said meanwhile.
    async fn move_acceptance(&mut self, row: &AcceptanceRow, before: Acceptance) -> Stored<()>;
    /// Gives a corrected version, taken away or not.
    async fn corrected_version(&mut self, id: TargetId) -> Stored<Option<Loaded<CorrectedVersion>>>;
    /// Gives the corrected versions of a campaign, those that were taken away too, newest first.
    async fn corrected_versions(&mut self, campaign: CampaignId) -> Stored<Vec<CorrectedVersion>>;
    /// Gives the corrected versions about which vendors were asked, what waits for an answer first, then the newest; those
    /// that wait alone, where wanted.
    async fn corrected_of(
        &mut self,
        vendors: &[OrganisationId],
        waiting: bool,
        limit: i64,
    ) -> Stored<Vec<CorrectedListed>>;
}
