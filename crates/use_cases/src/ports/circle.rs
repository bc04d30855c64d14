//! The campaigns that found a vulnerability, as its circle and its sharing see them.

use domain::Timestamp;
use domain::campaign::{CampaignState, has_ended};
use domain::ids::{CampaignId, OrganisationId, ProgrammeId};
use domain::time::Window;

/// A campaign that found a vulnerability, with who handles it there.
#[derive(Clone, Debug)]
pub struct CaseCampaign {
    /// The campaign.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// Its programme.
    pub programme: ProgrammeId,
    /// The organisation that runs the programme.
    pub owner: OrganisationId,
    /// The organisations that verify in it.
    pub operators: Vec<OrganisationId>,
    /// Its stored state.
    pub state: CampaignState,
    /// When its targets can be reached.
    pub window: Window,
    /// Whether its convention shares the restitution with the working group.
    pub restitution_shared: bool,
}

impl CaseCampaign {
    /// Gives the posts in which organisations verify in the campaign now.
    fn posts(&self) -> impl Iterator<Item = (CampaignId, OrganisationId)> + '_ {
        self.operators.iter().map(|operator| (self.id, *operator))
    }
}

/// Gives the posts in which organisations verify now in the campaigns that found a vulnerability:
/// whoever verifies in one campaign keeps no right when their organisation has left it.
pub(crate) fn posts_in(campaigns: &[CaseCampaign]) -> impl Iterator<Item = (CampaignId, OrganisationId)> + '_ {
    campaigns.iter().flat_map(CaseCampaign::posts)
}

/// Says of the campaigns that found a vulnerability whether they have all ended, and whether each
/// shares the restitution with the working group.
#[must_use]
pub fn what_conventions_say(campaigns: &[CaseCampaign], now: Timestamp) -> (bool, bool) {
    let ended = campaigns.iter().all(|c| has_ended(c.state, c.window, now));
    let shared = !campaigns.is_empty() && campaigns.iter().all(|c| c.restitution_shared);
    (ended, shared)
}
