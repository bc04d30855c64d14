//! The files of recordings whose key was destroyed.

use std::fs;
use std::io::{ErrorKind, Result};
use std::path::Path;

use domain::ids::CampaignId;

/// Gives the campaigns that have a folder.
pub(crate) fn campaigns(folder: &Path) -> Result<Vec<CampaignId>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut campaigns = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let Some(id) = name.to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let campaign = CampaignId(id);
        // One way to write each name: what is named otherwise is nobody's.
        if name.to_str() == Some(campaign.to_string().as_str()) {
            campaigns.push(campaign);
        }
    }
    campaigns.sort_unstable();
    Ok(campaigns)
}

/// Removes a campaign's folder with what is in it, durably; says how many files that was. What was removed before, by
/// this call or another, is no error.
pub(crate) fn remove(folder: &Path, campaign: CampaignId) -> Result<usize> {
    let path = folder.join(campaign.to_string());
    let files = match fs::read_dir(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        entries => entries?.count(),
    };
    match fs::remove_dir_all(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        removed => removed?,
    }
    fs::File::open(folder)?.sync_all()?;
    Ok(files)
}
