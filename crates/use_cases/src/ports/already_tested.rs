//! Ports of "already tested?": the campaigns that test a product, with what their reader is to them.

use super::Stored;
use async_trait::async_trait;
use authorization::{Attr, Attributes, Resource};
use domain::Timestamp;
use domain::campaign::{CampaignKind, CampaignState};
use domain::ids::{CampaignId, OrganisationId, PersonId, ProductId, ProgrammeId, VersionId};
use domain::join::JoinState;
use domain::programme::NoticeKind;
use domain::time::Window;
use uuid::Uuid;

/// Who asks; the sets of a [`TestedCampaign`] are cut to them, whatever the size of a programme.
#[derive(Clone, Debug, Default)]
pub struct TestReader {
    /// The person; none for nobody.
    pub person: Option<PersonId>,
    /// Every organisation for which they hold a role.
    pub organisations: Vec<OrganisationId>,
    /// Programmes of which they are organiser.
    pub programmes: Vec<ProgrammeId>,
}

/// That an organisation of the reader joined a campaign, or asked to.
#[derive(Clone, Copy, Debug)]
pub struct OwnJoin {
    /// Its identifier.
    pub id: Uuid,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Where it stands.
    pub state: JoinState,
}

/// A campaign that tests a product, neither a draft nor cancelled.
#[derive(Clone, Debug)]
pub struct TestedCampaign {
    /// The campaign.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// How it tests.
    pub kind: CampaignKind,
    /// Its stored state.
    pub state: CampaignState,
    /// When it opens and closes.
    pub window: Window,
    /// The version that is tested, where it is known.
    pub version: Option<VersionId>,
    /// What that version is called; empty where it is not known.
    pub version_name: String,
    /// Its programme.
    pub programme: ProgrammeId,
    /// The programme's name.
    pub programme_name: String,
    /// The programme's readable address.
    pub programme_slug: String,
    /// The notice that follows the programme.
    pub notice: NoticeKind,
    /// Who runs the programme.
    pub owner: OrganisationId,
    /// Whether the programme is published.
    pub published: bool,
    /// Whether a vulnerability of the product that this programme found is public.
    pub told: bool,
    /// The reader's organisations that take part.
    pub takers: Vec<OrganisationId>,
    /// The reader's organisations that joined it, or asked to.
    pub joins: Vec<OwnJoin>,
    /// The reader's organisations whose leave was asked for.
    pub asked: Vec<OrganisationId>,
    /// The reader, where they have a part in it and may know what it tests.
    pub people: Vec<PersonId>,
    /// The reader's organisations that are members of the programme.
    pub members: Vec<OrganisationId>,
    /// The reader's organisations that run the product, confirmed.
    pub runners: Vec<OrganisationId>,
}

impl Resource for TestedCampaign {
    const TYPE: &'static str = "TestedCampaign";

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn attributes(&self) -> Attributes {
        let joined = self.joins.iter().filter(|join| join.state == JoinState::Joined);
        vec![
            ("id", Attr::id(self.id)),
            ("programme", Attr::id(self.programme)),
            ("owner", Attr::organisation(self.owner)),
            ("published", Attr::Bool(self.published)),
            ("told", Attr::Bool(self.told)),
            ("takers", Attr::ids(self.takers.iter().copied())),
            ("joined", Attr::ids(joined.map(|join| join.organisation))),
            ("asked", Attr::ids(self.asked.iter().copied())),
            ("people", Attr::ids(self.people.iter().copied())),
            ("members", Attr::ids(self.members.iter().copied())),
            ("runners", Attr::ids(self.runners.iter().copied())),
        ]
    }
}

/// The tests of a product.
#[async_trait]
pub trait Tests {
    /// Lists the campaigns that test a product and were announced, the newest first, for a reader.
    async fn tested_campaigns(
        &mut self,
        product: ProductId,
        reader: &TestReader,
        now: Timestamp,
    ) -> Stored<Vec<TestedCampaign>>;
}
