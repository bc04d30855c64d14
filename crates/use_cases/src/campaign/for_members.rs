//! Opening a campaign of a group for its members at once: the campaign, what it tests and who takes part, in one go.

use super::manage::{CampaignDraft, keep_draft};
use super::members::{MEMBERS, MemberLine, bring, chosen, declares, lines};
use super::{entry, parties, settle};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::{GroupProduct, ProductRecord, ProgrammeFilter, TestedBy};
use crate::unit::Unit;
use authorization::action::{BringMembers, OpenCampaign};
use domain::ids::{CampaignId, OrganisationId, ProductId};
use domain::organisation::Organisation;
use domain::party::PartyKind;
use serde_json::json;

/// The most products of its members that a group chooses from.
const PRODUCTS: i64 = 100;
/// The most programmes of a group that it chooses from.
const PROGRAMMES: i64 = 100;

/// The fields of the form, in their order.
const ORDER: &[&str] = &[
    "programme",
    "product",
    "members",
    "name",
    "kind",
    "summary",
    "opens_at",
    "closes_at",
    "prohibitions",
    "stop_contact",
];

/// What the form of a campaign for members offers.
#[derive(Clone, Debug)]
pub struct ForMembersForm {
    /// The group.
    pub group: Organisation,
    /// The group's programmes, by readable address and name.
    pub programmes: Vec<(String, String)>,
    /// What its members run, where nothing was chosen yet.
    pub products: Vec<GroupProduct>,
    /// What will be tested.
    pub product: Option<ProductRecord>,
    /// The members beside it, by name.
    pub members: Vec<MemberLine>,
    /// Whether the reader declares what those run that delegated their administration.
    pub declares: bool,
}

impl ForMembersForm {
    /// Says whether some member may be brought in.
    #[must_use]
    pub fn has_free(&self) -> bool {
        self.members.iter().any(|one| one.standing.may_be_brought())
    }

    /// Says whether some member cannot be brought in now.
    #[must_use]
    pub fn has_others(&self) -> bool {
        self.members.iter().any(|one| !one.standing.may_be_brought())
    }
}

/// Shows the form of a campaign that a group opens for its members.
#[derive(Clone, Debug)]
pub struct ViewForMembers {
    /// The group.
    pub group: OrganisationId,
    /// The readable address of what will be tested; empty until it is chosen.
    pub product: String,
}

impl UseCase for ViewForMembers {
    type Output = ForMembersForm;

    async fn run(&self, unit: &mut Unit) -> Outcome<ForMembersForm> {
        let found = unit.store.organisation(self.group).await?;
        let group = unit.permit_found::<BringMembers, _>(found)?.into_value().organisation;
        let filter = ProgrammeFilter {
            owners: vec![self.group],
            limit: PROGRAMMES,
            ..ProgrammeFilter::default()
        };
        let programmes = unit.store.list_programmes(&filter).await?;
        let product = match self.product.as_str() {
            "" => None,
            slug => unit.store.product_by_slug(slug).await?,
        };
        let product = product.map(|found| found.peek().clone());
        let (products, rows) = match &product {
            Some(one) => {
                let tested = TestedBy::Product(one.product.id);
                let rows = unit
                    .store
                    .group_standings(self.group, tested, unit.now, MEMBERS)
                    .await?;
                (Vec::new(), rows)
            }
            None => (
                unit.store.group_products(self.group, unit.now, PRODUCTS).await?,
                Vec::new(),
            ),
        };
        Ok(ForMembersForm {
            programmes: programmes
                .into_iter()
                .map(|one| (one.programme.slug, one.programme.name))
                .collect(),
            group,
            products,
            product,
            declares: declares(unit, &rows).await?,
            members: lines(rows),
        })
    }
}

/// Opens a campaign of a group, as a draft, on a product that its members run, and brings them in.
#[derive(Clone, Debug)]
pub struct OpenForMembers {
    /// The group.
    pub group: OrganisationId,
    /// The readable address of one of its programmes.
    pub programme: String,
    /// What will be tested.
    pub product: Option<ProductId>,
    /// The members that are brought in, or asked.
    pub members: Vec<OrganisationId>,
    /// What the organiser typed of the campaign.
    pub draft: CampaignDraft,
}

impl UseCase for OpenForMembers {
    type Output = CampaignId;

    async fn run(&self, unit: &mut Unit) -> Outcome<CampaignId> {
        let found = unit.store.organisation(self.group).await?;
        let proof = unit.permit_found::<BringMembers, _>(found)?;
        let mut fields = Fields::new();
        let found = unit.store.campaign_frame_by_slug(&self.programme).await?;
        let frame = match found.filter(|found| found.peek().owner == self.group) {
            Some(found) => Some(unit.permit::<OpenCampaign, _>(found)?),
            None => None,
        };
        if frame.is_none() {
            fields.add("programme", "error-choose");
        }
        let product = match self.product {
            Some(id) => unit.store.product(id).await?.map(|found| found.peek().product.clone()),
            None => None,
        };
        let members = match &product {
            Some(product) => {
                let tested = TestedBy::Product(product.id);
                let rows = unit
                    .store
                    .group_standings(self.group, tested, unit.now, MEMBERS)
                    .await?;
                fields.gather(chosen(&rows, &self.members))?
            }
            None => {
                fields.add("product", "error-choose");
                None
            }
        };
        let draft = fields.gather(self.draft.checked(unit, frame.as_deref()).await)?;
        fields.done_in(ORDER)?;
        let (Some(frame), Some(product), Some(members), Some((kind, window))) = (frame, product, members, draft) else {
            return Err(Error::NotFound);
        };
        let id = keep_draft(unit, &frame, &self.draft, kind, window).await?;
        let acting = proof.acting().clone();
        unit.store.set_campaign_product(id, product.id, None, &[]).await?;
        unit.record(
            &acting,
            entry(id, "campaign.product_set", json!({"product": product.id})),
        )
        .await?;
        parties::add(unit, id, product.vendor, PartyKind::Vendor).await?;
        // The group stands for its members among those for whom the campaign is.
        parties::add(unit, id, self.group, PartyKind::Beneficiary).await?;
        let body = json!({"part": PartyKind::Beneficiary, "organisations": [self.group]});
        unit.record(&acting, entry(id, "campaign.parties_added", body)).await?;
        bring(unit, &acting, id, self.group, &members).await?;
        settle(unit, id).await?;
        Ok(id)
    }
}
