//! What concerns one organisation, in one list: chosen, sorted and cut by the page.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::ConcernRow;
use crate::unit::Unit;
use authorization::action::ReadSituations;
use domain::concern::{Concern, ConcernOrder, ConcernPart, Rated, own_risk};
use domain::ids::{OrganisationId, ProductId};
use domain::position::{PositionState, TOGETHER};
use domain::severity::Severity;
use domain::sharing::Phase;
use domain::{Correction, Disclosure, Timestamp};
use std::collections::BTreeSet;

/// What a list of concerns is narrowed to.
#[derive(Clone, Debug)]
pub struct ConcernFilter {
    /// Only this part.
    pub part: Option<ConcernPart>,
    /// Only what is at least so severe for the organisation.
    pub at_least: Option<Severity>,
    /// Only this product.
    pub product: Option<ProductId>,
    /// In which order.
    pub order: ConcernOrder,
    /// Whether the order is turned round.
    pub reversed: bool,
}

impl Default for ConcernFilter {
    fn default() -> Self {
        Self {
            part: None,
            at_least: None,
            product: None,
            order: ConcernOrder::Due,
            reversed: false,
        }
    }
}

/// One line of it.
#[derive(Clone, Debug)]
pub struct ConcernLine {
    /// What is known of the vulnerability; never a text.
    pub row: ConcernRow,
    /// How much the organisation learns.
    pub level: Disclosure,
    /// Where its correction stands, with the version announced or confirmed: from `measures` on.
    pub correction: Option<(Correction, Option<String>)>,
    /// The phase that counts now.
    pub phase: Phase,
    /// Where the organisation stands now.
    pub state: PositionState,
    /// How severe it is for the organisation.
    pub risk: Rated,
    /// Whether the organisation said so itself.
    pub own: bool,
    /// Since when its answer is awaited, where it is.
    pub unanswered_since: Option<Timestamp>,
    /// By when something has to be done: the answer, or what comes after an accepted risk.
    pub due: Option<Timestamp>,
    /// When it last answered.
    pub answered_at: Option<Timestamp>,
    /// Whether its deployment was declared after the vulnerability was opened.
    pub declared_late: bool,
}

/// What concerns an organisation.
#[derive(Clone, Debug)]
pub struct Concerns {
    /// The organisation's name.
    pub organisation: String,
    /// The lines of the page.
    pub lines: Vec<ConcernLine>,
    /// How many lines the filter leaves, on all pages.
    pub found: usize,
    /// How many there are without it.
    pub total: usize,
    /// The products that the list can be narrowed to.
    pub products: Vec<(ProductId, String)>,
    /// How many products the organisation runs, where nothing concerns it.
    pub runs: usize,
    /// How many lines a page has.
    pub page: usize,
}

/// Lists what concerns an organisation, for its security officer.
#[derive(Clone, Debug)]
pub struct ListConcerns {
    /// The organisation.
    pub organisation: OrganisationId,
    /// What is asked for.
    pub filter: ConcernFilter,
    /// How many lines to skip; none gives all of them, for a file.
    pub skip: Option<usize>,
}

impl UseCase for ListConcerns {
    type Output = Concerns;

    async fn run(&self, unit: &mut Unit) -> Outcome<Concerns> {
        let found = unit.store.organisation(self.organisation).await?;
        let permitted = unit.permit_found::<ReadSituations, _>(found)?;
        let (now, reader) = (unit.now, unit.actor.person());
        let rows = unit.store.concerns(self.organisation, reader).await?;
        let mut lines: Vec<ConcernLine> = rows
            .into_iter()
            .filter_map(|row| line(row, self.organisation, now))
            .collect();
        let total = lines.len();
        let runs = match total {
            0 => products_run(unit, self.organisation).await?,
            _ => 0,
        };
        let mut products: Vec<(String, ProductId, String)> = lines
            .iter()
            .map(|line| {
                let row = &line.row;
                (row.product_sort.clone(), row.product, row.product_name.clone())
            })
            .collect();
        products.sort_unstable();
        products.dedup();
        lines.retain(|line| self.filter.keeps(line, now));
        lines.sort_by(|one, other| {
            let order = one.key().compare(&other.key(), self.filter.order);
            if self.filter.reversed { order.reverse() } else { order }
        });
        let (found, page) = (lines.len(), unit.app.settings.limits.page_lines);
        if let Some(skip) = self.skip {
            lines = lines.into_iter().skip(skip).take(page).collect();
        }
        Ok(Concerns {
            organisation: permitted.organisation.name.clone(),
            lines,
            found,
            total,
            products: products.into_iter().map(|(_, id, name)| (id, name)).collect(),
            runs,
            page,
        })
    }
}

async fn products_run(unit: &mut Unit, organisation: OrganisationId) -> Outcome<usize> {
    let runs = unit.store.run_by(organisation).await?;
    let products: BTreeSet<ProductId> = runs.iter().map(|run| run.product).collect();
    Ok(products.len())
}

impl ConcernFilter {
    fn keeps(&self, line: &ConcernLine, now: Timestamp) -> bool {
        self.part.is_none_or(|part| line.key().is_in(part, now))
            && self.at_least.is_none_or(|band| line.risk.band >= band)
            && self.product.is_none_or(|product| line.row.product == product)
    }
}

impl ConcernLine {
    /// Says whether an answer to several at once can be one to this.
    #[must_use]
    pub fn choosable(&self) -> bool {
        TOGETHER
            .iter()
            .any(|answer| self.state.answered_together(*answer).is_some())
    }

    fn key(&self) -> Concern<'_> {
        Concern {
            risk: self.risk,
            due: self.due,
            state: self.state,
            product: &self.row.product_sort,
            opened_at: self.row.opened_at,
            unanswered: self.unanswered_since.is_some(),
        }
    }
}

/// Gives the line of a row, where the organisation learns anything of it.
fn line(row: ConcernRow, organisation: OrganisationId, now: Timestamp) -> Option<ConcernLine> {
    let level = row.level(organisation, now);
    if level < Disclosure::Alert {
        return None;
    }
    let position = row.position.as_ref();
    let accepted_until = position.and_then(|position| position.acceptance_until);
    let state = position.map_or(PositionState::Informed, |position| {
        match (position.state, accepted_until) {
            (PositionState::RiskAccepted, Some(until)) if now < until => PositionState::RiskAccepted,
            (PositionState::RiskAccepted, _) => PositionState::Affected,
            (state, _) => state,
        }
    });
    let unanswered_since = match position {
        None => Some(row.phase_at),
        Some(position) if matches!(state, PositionState::Informed | PositionState::Read) => position.informed_at,
        Some(_) => None,
    };
    let correction = row.correction();
    let told = matches!(correction, Correction::Announced | Correction::Verified);
    let version = row.announced_version.clone().filter(|_| told);
    let own = position.and_then(|position| position.own);
    Some(ConcernLine {
        level,
        correction: (level >= Disclosure::Measures).then_some((correction, version)),
        phase: row.phase_now(now),
        state,
        risk: own_risk(row.base, own),
        own: own.is_some(),
        unanswered_since,
        due: match (unanswered_since, state) {
            (Some(since), _) => Some(since.plus_days(row.position_days)),
            (None, PositionState::RiskAccepted) => accepted_until,
            _ => None,
        },
        answered_at: position.and_then(|position| position.answered_at),
        declared_late: position.map_or(row.since > row.opened_at, |position| position.declared_late),
        row,
    })
}
