//! The corrected versions of a flaw that the campaigns host that found it.

use super::begin::Askable;
use super::judged::affects;
use crate::error::Outcome;
use crate::ports::VulnerabilityRecord;
use crate::target::host_facts;
use crate::unit::Unit;
use domain::corrected::may_host;

/// Gives the corrected versions of the products that a flaw affects, newest first: those that may be asked, and how many
/// are declared on which their vendor has not agreed.
pub(super) async fn corrected(unit: &mut Unit, flaw: &VulnerabilityRecord) -> Outcome<(Vec<Askable>, usize)> {
    let (mut asked, mut awaited) = (Vec::new(), 0);
    for found in &flaw.campaigns {
        let Some(campaign) = unit.store.campaign(found.id, &unit.reader).await? else {
            continue;
        };
        for one in unit.store.corrected_versions(found.id).await? {
            let target = one.target.target;
            let hosted = may_host(&host_facts(campaign.peek(), target.engine, unit.now)).is_ok();
            if target.ended_at.is_some() || !hosted || !affects(flaw, target.product) {
                continue;
            }
            match one.acceptance.state.holds() {
                true => asked.push((one.target.created_at, Askable::of(unit, &one.target).await?)),
                false => awaited += 1,
            }
        }
    }
    asked.sort_by_key(|(declared_at, _)| std::cmp::Reverse(*declared_at));
    Ok((asked.into_iter().map(|(_, one)| one).collect(), awaited))
}
