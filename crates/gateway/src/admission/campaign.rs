//! Second phase: the campaign is open, it is the hour, the rules are accepted.

use recording::Micros;

use super::{Asked, Phase};
use crate::grants::{Campaign, Held, Lease};
use crate::refusal::Refusal;

const MINUTE: Micros = 60_000_000;
const DAY: i64 = 24 * 60;

/// The campaign lets test now, and the person may take part.
pub struct InCampaign;

impl Phase for InCampaign {
    fn admit(&self, asked: &Asked<'_>, held: &Held) -> Result<(), Refusal> {
        may_test(&held.lease, asked.now)
    }
}

/// Says whether the campaign of a lease is open and its person may take part.
pub(crate) fn may_test(lease: &Lease, now: Micros) -> Result<(), Refusal> {
    is_open(&lease.campaign, now)?;
    match (lease.suspended, lease.rules_accepted) {
        (true, _) => Err(Refusal::Suspended),
        (false, false) => Err(Refusal::RulesNotAccepted),
        (false, true) => Ok(()),
    }
}

/// Says whether testing is allowed at an instant.
pub fn is_open(campaign: &Campaign, now: Micros) -> Result<(), Refusal> {
    if now < campaign.opens {
        return Err(Refusal::NotYetOpen(campaign.opens));
    }
    if now >= campaign.closes {
        return Err(Refusal::Ended(campaign.closes));
    }
    if campaign.paused {
        return Err(Refusal::Paused);
    }
    let minute = now.div_euclid(MINUTE).rem_euclid(DAY);
    let within = campaign.hours.is_none_or(|(from, to)| {
        let (from, to) = (i64::from(from), i64::from(to));
        if from <= to {
            (from..to).contains(&minute)
        } else {
            !(to..from).contains(&minute)
        }
    });
    if within { Ok(()) } else { Err(Refusal::OutsideHours) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_is_open_between_its_instants_and_hours() {
        let at = |day: i64, hour: i64| (day * DAY + hour * 60) * MINUTE;
        let open = Campaign {
            id: "c".into(),
            opens: at(10, 12),
            closes: at(20, 0),
            paused: false,
            hours: None,
        };
        let day = Campaign {
            hours: Some((8 * 60, 18 * 60)),
            ..open.clone()
        };
        let night = Campaign {
            hours: Some((22 * 60, 6 * 60)),
            ..open.clone()
        };
        let paused = Campaign {
            paused: true,
            ..open.clone()
        };
        let table = [
            (&open, at(10, 12), Ok(())),
            (&open, at(10, 12) - 1, Err(Refusal::NotYetOpen(at(10, 12)))),
            (&open, at(20, 0), Err(Refusal::Ended(at(20, 0)))),
            (&paused, at(11, 0), Err(Refusal::Paused)),
            (&day, at(11, 8), Ok(())),
            (&day, at(11, 18), Err(Refusal::OutsideHours)),
            (&night, at(11, 23), Ok(())),
            (&night, at(11, 5), Ok(())),
            (&night, at(11, 6), Err(Refusal::OutsideHours)),
        ];
        for (campaign, now, expected) in table {
            assert_eq!(is_open(campaign, now), expected, "{campaign:?} at {now}");
        }
    }
}
