//! Where every deployer stands with one vulnerability; silence is visible and dated.

use super::circle;
use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::{PositionRow, SharingCase};
use crate::unit::{Unit, place};
use authorization::Permitted;
use authorization::action::{MovePhase, ReadPositions, ReadSharing};
use domain::concern::Rated;
use domain::ids::{OrganisationId, VulnerabilityId};
use domain::position::PositionState;
use domain::progress::{Milestones, Progress, may_remind, progress};
use domain::{Standing, Timestamp};
use std::collections::{BTreeMap, HashMap};

/// Instants that the picture over time has.
const POINTS: usize = 25;

/// Deployers of one page.
pub const PAGE: usize = 100;
/// Late deployers that are named beside the list at most, and one that says that there are others.
const FIRST_LATE: usize = 21;

/// One deployer's position.
#[derive(Clone, Debug)]
pub struct PositionLine {
    /// The deployer.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// What its deployment is worth; none once it has left.
    pub standing: Standing,
    /// Where it stands.
    pub state: PositionState,
    /// When it was informed.
    pub informed_at: Option<Timestamp>,
    /// When somebody first read it.
    pub read_at: Option<Timestamp>,
    /// When it last answered.
    pub answered_at: Option<Timestamp>,
    /// Since when its answer is awaited.
    pub unanswered_since: Option<Timestamp>,
    /// Whether its answer is overdue.
    pub overdue: bool,
    /// Until when it accepts the risk.
    pub acceptance_until: Option<Timestamp>,
    /// How severe it says that it is for itself, where it does.
    pub own: Option<Rated>,
    /// Whether its deployment was declared after the vulnerability was opened.
    pub declared_late: bool,
    /// Why it says so.
    pub reason: String,
}

impl PositionLine {
    /// Says whether the deployer is among those who run it and has answered, be it to answer again since.
    fn has_answered(&self) -> bool {
        self.state != PositionState::Left && self.answered_at.is_some()
    }
}

/// The positions on a vulnerability.
#[derive(Clone, Debug)]
pub struct PositionsView {
    /// The vulnerability, as its sharing sees it.
    pub case: SharingCase,
    /// How many deployers stand where; every state that somebody is in.
    pub counts: Vec<(PositionState, usize)>,
    /// Deployers in all, without those who left.
    pub total: usize,
    /// Deployers that have answered, without those who left.
    pub answered: usize,
    /// Those of them whose answer is late.
    pub late: usize,
    /// How far they had come, from the first that was informed until now.
    pub progress: Vec<Progress>,
    /// Whether the reader may remind those who are late.
    pub reminds: bool,
    /// Whether that may be done now: once in a day at most.
    pub may_remind: bool,
    /// The deployers of the page that was asked for, for those who may know who; none for others.
    pub lines: Option<Vec<PositionLine>>,
    /// How many deployers stand before those of the page.
    pub from: usize,
    /// How many stand in the list, with those who left.
    pub listed: usize,
    /// The first whose answer is late, for those who may know who.
    pub first_late: Vec<PositionLine>,
}

/// Shows where deployers stand: each to organisers and verifiers, counts to vendor and pilots.
#[derive(Clone, Debug)]
pub struct ViewPositions {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// How many deployers stand on the pages before; beyond the end is the last page.
    pub from: usize,
}

impl UseCase for ViewPositions {
    type Output = PositionsView;

    async fn run(&self, unit: &mut Unit) -> Outcome<PositionsView> {
        let found = unit.store.sharing_case(self.vulnerability).await?;
        let case = unit.permit_found::<ReadSharing, _>(found)?;
        let rows = unit.store.positions(case.id).await?;
        let milestones: Vec<Milestones> = rows.iter().map(milestones).collect();
        let lines = lines(unit, &case, &rows).await?;
        let late = lines.iter().filter(|line| line.overdue).count();
        let mut counts: BTreeMap<PositionState, usize> = BTreeMap::new();
        for line in &lines {
            *counts.entry(line.state).or_default() += 1;
        }
        let left = counts.remove(&PositionState::Left).unwrap_or_default();
        let listed = lines.len();
        // Beyond the end is the last page.
        let from = self.from.min(listed.saturating_sub(1) / PAGE * PAGE);
        let mut view = PositionsView {
            counts: counts.into_iter().collect(),
            total: listed - left,
            late,
            progress: progress(&milestones, unit.now, POINTS),
            reminds: late > 0 && case.lives() && unit.may::<MovePhase, _>(&*case),
            may_remind: may_remind(case.reminded_at, unit.now),
            answered: lines.iter().filter(|line| line.has_answered()).count(),
            lines: None,
            from,
            listed,
            first_late: Vec::new(),
            case: (*case).clone(),
        };
        if unit.may::<ReadPositions, _>(&*case) {
            let first_late = lines.iter().filter(|line| line.overdue).take(FIRST_LATE);
            view.first_late = named(unit, first_late.cloned().collect()).await?;
            let page = named(unit, lines.into_iter().skip(from).take(PAGE).collect()).await?;
            view.lines = Some(with_reasons(unit, &case, page, &rows).await?);
        }
        Ok(view)
    }
}

/// Gives when a deployer came how far.
fn milestones(row: &PositionRow) -> Milestones {
    Milestones {
        informed_at: row.informed_at,
        read_at: row.read_at,
        answered_at: row.answered_at,
        settled: Milestones::settles(row.state),
        left_at: row.left_at,
    }
}

async fn lines(unit: &mut Unit, case: &SharingCase, rows: &[PositionRow]) -> Outcome<Vec<PositionLine>> {
    let runs = unit.store.circle(&case.products()).await?;
    let circle = circle::members(case, &runs);
    let mut all: Vec<OrganisationId> = circle.keys().copied().collect();
    all.extend(
        rows.iter()
            .filter(|row| row.left_at.is_some() && !circle.contains_key(&row.organisation))
            .map(|row| row.organisation),
    );
    all.sort_unstable();
    all.dedup();
    let now = unit.now;
    let mut positions: HashMap<OrganisationId, Vec<&PositionRow>> = HashMap::new();
    for row in rows {
        positions.entry(row.organisation).or_default().push(row);
    }
    let mut lines: Vec<PositionLine> = all
        .into_iter()
        .map(|organisation| {
            let deployer = circle.get(&organisation);
            let of = positions.get(&organisation).map(Vec::as_slice).unwrap_or_default();
            let row = of.iter().find(|row| row.left_at.is_none() == deployer.is_some());
            let unanswered_since = row.and_then(|row| row.unanswered_since());
            PositionLine {
                organisation,
                name: String::new(),
                standing: deployer.map_or(Standing::None, |deployer| deployer.standing),
                state: row.map_or(PositionState::ToInform, |row| row.state_at(now)),
                informed_at: row.and_then(|row| row.informed_at),
                read_at: row.and_then(|row| row.read_at),
                answered_at: row.and_then(|row| row.answered_at),
                unanswered_since,
                overdue: unanswered_since.is_some_and(|since| since.plus_days(case.position_days) <= now),
                acceptance_until: row.and_then(|row| row.acceptance_until),
                own: row.and_then(|row| row.own.as_ref()).map(|own| own.rated),
                declared_late: row.map_or_else(
                    || deployer.is_some_and(|d| d.since > case.opened_at),
                    |row| row.declared_late,
                ),
                reason: String::new(),
            }
        })
        .collect();
    // Who is waited for the longest comes first, then who answered last.
    lines.sort_by_key(|line| {
        let awaited = (line.unanswered_since.is_none(), line.unanswered_since);
        (awaited, std::cmp::Reverse(line.answered_at), line.organisation)
    });
    Ok(lines)
}

/// Names the deployers of some lines.
async fn named(unit: &mut Unit, mut lines: Vec<PositionLine>) -> Outcome<Vec<PositionLine>> {
    let ids: Vec<OrganisationId> = lines.iter().map(|line| line.organisation).collect();
    let found = unit.store.organisations(&ids).await?.into_iter();
    let mut names: HashMap<OrganisationId, String> = found.map(|one| (one.id, one.name)).collect();
    for line in &mut lines {
        line.name = names.remove(&line.organisation).unwrap_or_default();
    }
    Ok(lines)
}

async fn with_reasons(
    unit: &mut Unit,
    case: &Permitted<ReadSharing, SharingCase>,
    mut lines: Vec<PositionLine>,
    rows: &[PositionRow],
) -> Outcome<Vec<PositionLine>> {
    let shown: HashMap<(OrganisationId, Option<Timestamp>), usize> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| ((line.organisation, line.answered_at), at))
        .collect();
    for row in rows {
        let (Some(sealed), Some(at)) = (&row.reason, shown.get(&(row.organisation, row.answered_at))) else {
            continue;
        };
        let place = place("position", "reason_sealed", row.id);
        lines[*at].reason = unit.open_text(case, place, sealed).await?;
    }
    Ok(lines)
}
