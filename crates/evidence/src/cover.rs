//! What segments touched, counted by target: whose lease it was is known here only as a keyed hash.

use super::Opened;
use super::convert::failed;
use domain::Timestamp;
use domain::coverage::{Touch, endpoint};
use domain::ids::LeaseId;
use recording::{Covering, Touched};
use use_cases::ports::{CoverageAsked, CoverageSoFar, RecordingTrouble};

/// Counts what the opened segments touched, onto what was counted before them.
pub(crate) fn counted(
    opened: &mut Opened,
    mut so_far: CoverageSoFar,
    asked: &CoverageAsked,
) -> Result<CoverageSoFar, RecordingTrouble> {
    let unread = || RecordingTrouble::Failed("what was under way does not read".to_owned());
    let mut covering = Covering::resume(&so_far.under_way).ok_or_else(unread)?;
    for record in &opened.records {
        let mut tell = |touched: Touched| count(&mut so_far, asked, touched);
        let done = opened
            .archive
            .cover(record.sequence, &mut covering, endpoint, &mut tell);
        done.map_err(failed)?;
    }
    so_far.under_way = covering.carried();
    Ok(so_far)
}

fn count(so_far: &mut CoverageSoFar, asked: &CoverageAsked, touched: Touched) {
    let Ok(lease) = touched.lease.parse::<LeaseId>() else {
        return;
    };
    let Some((target, hunter)) = asked.ways.get(&lease) else {
        return;
    };
    let touch = Touch {
        endpoint: touched.endpoint,
        hunter: *hunter,
        day: (asked.day)(Timestamp(touched.at)),
        status: touched.status,
    };
    so_far.targets.entry(*target).or_default().count(&touch, asked.most);
}
