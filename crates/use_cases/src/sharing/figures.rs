//! The figures that everybody reads of a programme. What takes counting is counted once in a while and held, since it
//! grows with all that the programme did and is the same for everybody.

use crate::error::Outcome;
use crate::ports::{OutcomeCampaign, OutcomeRow, SharingCase};
use crate::unit::Unit;
use domain::Timestamp;
use domain::figure::{FigureNature, shown_in_public, tests_saved};
use domain::ids::{CampaignId, OrganisationId, ProductId, ProgrammeId};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

/// Programmes whose counts a node holds at most.
const PROGRAMMES: usize = 1_000;

/// A figure that everybody may read.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it counts: a stable name, for the text.
    pub what: &'static str,
    /// The number; none where it is too small to be shown.
    pub value: Option<i64>,
    /// Whether it is counted, declared or estimated.
    pub nature: FigureNature,
}

/// What is counted of a programme.
#[derive(Clone, Copy, Debug)]
struct Counts {
    at: Timestamp,
    hunters: i64,
    reports: i64,
    up_to_date: i64,
    running: i64,
    saved: i64,
}

/// The counts that a node holds of programmes, each for a while.
#[derive(Default)]
pub struct HeldFigures {
    held: Mutex<HashMap<ProgrammeId, Counts>>,
}

impl HeldFigures {
    /// Lets go of all of them, so that they are counted anew.
    pub fn forget(&self) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Gives counts that were made at most so many seconds ago.
    fn get(&self, programme: ProgrammeId, now: Timestamp, seconds: i64) -> Option<Counts> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let since = now.plus(-seconds.saturating_mul(1_000_000));
        held.get(&programme).copied().filter(|counts| counts.at > since)
    }

    fn put(&self, programme: ProgrammeId, counts: Counts) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= PROGRAMMES && !held.contains_key(&programme) {
            let oldest = held.iter().min_by_key(|(_, counts)| counts.at);
            if let Some(oldest) = oldest.map(|(id, _)| *id) {
                held.remove(&oldest);
            }
        }
        held.insert(programme, counts);
    }
}

/// Gives the figures of a programme; `advisories` are the vulnerabilities of it that everybody may read.
pub(super) async fn figures(
    unit: &mut Unit,
    programme: &OutcomeRow,
    campaigns: &[OutcomeCampaign],
    advisories: &[SharingCase],
) -> Outcome<Vec<Figure>> {
    let parties: BTreeSet<OrganisationId> = programme.parties.iter().map(|(id, _)| *id).collect();
    let products: BTreeSet<ProductId> = campaigns
        .iter()
        .flat_map(|c| c.products.iter().map(|(id, _, _)| *id))
        .collect();
    let products: Vec<ProductId> = products.into_iter().collect();
    let seconds = unit.app.settings.limits.figures_seconds;
    let counts = match unit.app.figures.get(programme.id, unit.now, seconds) {
        Some(counts) => counts,
        None => {
            let counts = count(unit, campaigns, &products, advisories).await?;
            unit.app.figures.put(programme.id, counts);
            counts
        }
    };
    let counted = FigureNature::Counted;
    let figure = |what, value, nature| Figure { what, value, nature };
    Ok(vec![
        figure("organisations", shown_in_public(number(parties.len())), counted),
        figure("campaigns", Some(number(campaigns.len())), counted),
        figure("products", Some(number(products.len())), counted),
        figure("hunters", shown_in_public(counts.hunters), counted),
        figure("reports", Some(counts.reports), counted),
        figure("up-to-date", shown_in_public(counts.up_to_date), FigureNature::Declared),
        figure(
            "saved",
            shown_in_public(counts.running).map(|_| counts.saved),
            FigureNature::Estimated,
        ),
    ])
}

async fn count(
    unit: &mut Unit,
    campaigns: &[OutcomeCampaign],
    products: &[ProductId],
    advisories: &[SharingCase],
) -> Outcome<Counts> {
    let ended: Vec<CampaignId> = campaigns.iter().filter(|one| one.ended).map(|one| one.id).collect();
    let told: Vec<_> = advisories.iter().map(|case| case.id).collect();
    let deployers = unit.store.deployers_by_product(products).await?;
    Ok(Counts {
        at: unit.now,
        hunters: unit.store.count_hunters_of(&ended).await?,
        reports: unit.store.count_reports_of(&ended).await?,
        up_to_date: unit.store.count_up_to_date(&told).await?,
        running: deployers.iter().sum(),
        saved: tests_saved(&deployers),
    })
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
