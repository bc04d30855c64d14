//! What a programme shows of its results: to its members, and to everybody.

use super::figures::{Figure, figures};
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{CaseFilter, OutcomeCampaign, OutcomeRow, SharingCase};
use crate::unit::Unit;
use authorization::action::{ReadOutcome, ReadPublicOutcome};
use domain::Timestamp;
use domain::disclosure::{Disclosure, ReaderFacts, disclosure, may_read_summary};
use domain::ids::ProductId;
use domain::severity::Severity;
use std::collections::BTreeSet;

/// A tested product, as members read it.
#[derive(Clone, Debug)]
pub struct TestedProduct {
    /// The product.
    pub id: ProductId,
    /// The product's name.
    pub name: String,
    /// The version that was tested, where one was named.
    pub version: String,
    /// Whether the campaign has ended, so that something may be read.
    pub ended: bool,
    /// How many vulnerabilities of each severity may be told.
    pub counts: Vec<(Severity, usize)>,
    /// How many in all.
    pub total: usize,
    /// How many are corrected and verified.
    pub fixed: usize,
    /// The versions that correct them.
    pub fixed_versions: Vec<String>,
    /// When what may be told of it changed last.
    pub changed_at: Timestamp,
    /// The vulnerabilities whose restitution, without exploit, may be read.
    pub restitution: Vec<SharingCase>,
}

/// What members of a programme read.
#[derive(Clone, Debug)]
pub struct MembersPage {
    /// The programme.
    pub programme: OutcomeRow,
    /// Its campaigns with the products each tested.
    pub campaigns: Vec<(OutcomeCampaign, Vec<TestedProduct>)>,
}

/// Shows a programme's results to its members.
#[derive(Clone, Debug)]
pub struct ViewMembersPage {
    /// The programme's readable address.
    pub slug: String,
}

impl UseCase for ViewMembersPage {
    type Output = MembersPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<MembersPage> {
        let found = unit
            .store
            .outcome(&self.slug, &unit.reader.organisations, unit.now)
            .await?;
        let programme = unit.permit_found::<ReadOutcome, _>(found)?.into_value();
        members_page(unit, programme).await
    }
}

/// Gives what members of a programme read; the caller has made sure of the reader.
pub(crate) async fn members_page(unit: &mut Unit, programme: OutcomeRow) -> Outcome<MembersPage> {
    let cases = unit.store.sharing_cases(&CaseFilter::ToldMembers(programme.id)).await?;
    let reader = ReaderFacts {
        is_member: true,
        ..ReaderFacts::default()
    };
    let now = unit.now;
    let mut campaigns = Vec::new();
    for campaign in unit.store.outcome_campaigns(programme.id, now).await? {
        let products = campaign
            .products
            .iter()
            .map(|(id, name, version)| {
                let told: Vec<&SharingCase> = cases
                    .iter()
                    .filter(|case| case.product == *id && case.found_in(campaign.id) && case.lives())
                    .filter(|case| may_read_summary(&reader, &case.facts(now), now))
                    .collect();
                let mut product = tested((*id, name, version), &campaign, &told);
                product.restitution = told
                    .into_iter()
                    .filter(|case| disclosure(&reader, &case.facts(now), now) >= Disclosure::Details)
                    .cloned()
                    .collect();
                product
            })
            .collect();
        campaigns.push((campaign, products));
    }
    Ok(MembersPage { programme, campaigns })
}

fn tested(
    (id, name, version): (ProductId, &str, &str),
    campaign: &OutcomeCampaign,
    told: &[&SharingCase],
) -> TestedProduct {
    let count = |band: Severity| told.iter().filter(|case| case.band == band).count();
    let versions: BTreeSet<String> = told
        .iter()
        .filter_map(|case| case.fixed_in().map(str::to_owned))
        .collect();
    let changed_at = told.iter().map(|case| case.changed_at()).max();
    TestedProduct {
        id,
        name: name.to_owned(),
        version: version.to_owned(),
        ended: campaign.ended,
        changed_at: changed_at.map_or(campaign.closes_at, |at| at.max(campaign.closes_at)),
        counts: Severity::ALL.iter().rev().map(|band| (*band, count(*band))).collect(),
        total: told.len(),
        fixed: told.iter().filter(|case| case.fix_holds()).count(),
        fixed_versions: versions.into_iter().collect(),
        restitution: Vec::new(),
    }
}

/// What everybody reads of a programme.
#[derive(Clone, Debug)]
pub struct PublicPage {
    /// The programme.
    pub programme: OutcomeRow,
    /// Its campaigns.
    pub campaigns: Vec<OutcomeCampaign>,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// The vulnerabilities that are public.
    pub advisories: Vec<SharingCase>,
    /// How many of each severity are public.
    pub counts: Vec<(Severity, usize)>,
}

/// Shows everybody what a programme did.
#[derive(Clone, Debug)]
pub struct ViewPublicPage {
    /// The programme's readable address.
    pub slug: String,
}

impl UseCase for ViewPublicPage {
    type Output = PublicPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<PublicPage> {
        public_page(unit, &self.slug).await
    }
}

/// Gives what everybody reads of a programme; the reader's own rights add nothing.
pub(crate) async fn public_page(unit: &mut Unit, slug: &str) -> Outcome<PublicPage> {
    let found = unit.store.outcome(slug, &[], unit.now).await?;
    let programme = unit.permit_found::<ReadPublicOutcome, _>(found)?.into_value();
    let now = unit.now;
    let nobody = ReaderFacts::default();
    let mut advisories = unit
        .store
        .sharing_cases(&CaseFilter::ToldEverybody(programme.id))
        .await?;
    advisories.retain(|case| case.lives() && disclosure(&nobody, &case.facts(now), now) >= Disclosure::Details);
    let mut campaigns = unit.store.outcome_campaigns(programme.id, now).await?;
    let figures = figures(unit, &programme, &campaigns, &advisories).await?;
    // That a product is or was tested is told to everybody with what was found in it, not before.
    let told = |id: &ProductId| advisories.iter().any(|case| case.product == *id);
    for campaign in &mut campaigns {
        campaign.products.retain(|(id, _, _)| told(id));
    }
    let count = |band: Severity| advisories.iter().filter(|case| case.band == band).count();
    Ok(PublicPage {
        counts: Severity::ALL.iter().rev().map(|band| (*band, count(*band))).collect(),
        programme,
        campaigns,
        figures,
        advisories,
    })
}
