//! Addresses of reports and their verification.

use uuid::Uuid;

/// One's own reports.
pub const MINE: &str = "/signalements";
/// One's own reports, as a file.
pub const MINE_FILE: &str = "/signalements.csv";
/// A new report in a campaign.
pub const NEW: &str = "/campagnes/{campaign}/signaler";
/// One report.
pub const SHOW: &str = "/signalements/{report}";
/// A draft's form.
pub const EDIT: &str = "/signalements/{report}/modifier";
/// Where somebody who is named in a draft answers.
pub const NAMING: &str = "/signalements/{report}/participation";
/// One act on a report: its page, and doing it.
pub const ACT: &str = "/signalements/{report}/{act}";
/// A file of a report.
pub const ATTACHMENT: &str = "/signalements/{report}/pieces/{attachment}";
/// Removing a file of a draft.
pub const REMOVE_ATTACHMENT: &str = "/signalements/{report}/pieces/{attachment}/retirer";
/// The templates for answers of a campaign's programme.
pub const TEMPLATES: &str = "/campagnes/{campaign}/modeles";
/// One of them.
pub const TEMPLATE: &str = "/campagnes/{campaign}/modeles/{template}";
/// Ending one.
pub const END_TEMPLATE: &str = "/campagnes/{campaign}/modeles/{template}/fin";
/// The verifiers' queue.
pub const QUEUE: &str = "/verification";
/// The verifiers' queue, as a file.
pub const QUEUE_FILE: &str = "/verification.csv";

/// Gives the address of a new report in a campaign.
#[must_use]
pub fn new(campaign: impl Into<Uuid>) -> String {
    format!("/campagnes/{}/signaler", campaign.into())
}

/// Gives the address of the templates for answers of a campaign's programme.
#[must_use]
pub fn templates(campaign: impl Into<Uuid>) -> String {
    format!("/campagnes/{}/modeles", campaign.into())
}

/// Gives the address of a template.
#[must_use]
pub fn template(campaign: impl Into<Uuid>, template: Uuid) -> String {
    format!("/campagnes/{}/modeles/{template}", campaign.into())
}

/// Gives the address of a report.
#[must_use]
pub fn show(report: impl Into<Uuid>) -> String {
    format!("/signalements/{}", report.into())
}

/// Gives the address of a draft's form.
#[must_use]
pub fn edit(report: impl Into<Uuid>) -> String {
    format!("/signalements/{}/modifier", report.into())
}

/// Gives the address where somebody who is named in a draft answers.
#[must_use]
pub fn naming(report: impl Into<Uuid>) -> String {
    format!("/signalements/{}/participation", report.into())
}

/// Gives the address of an act on a report.
#[must_use]
pub fn act(report: impl Into<Uuid>, act: &str) -> String {
    format!("/signalements/{}/{act}", report.into())
}

/// Gives the address of a file of a report.
#[must_use]
pub fn attachment(report: impl Into<Uuid>, attachment: impl Into<Uuid>) -> String {
    format!("/signalements/{}/pieces/{}", report.into(), attachment.into())
}

/// Gives the address of a campaign's queue.
#[must_use]
pub fn queue_of(campaign: impl Into<Uuid>) -> String {
    format!("{QUEUE}?campagne={}&etat=all", campaign.into())
}

/// Gives the address of what waits for a verifier in one campaign.
#[must_use]
pub fn waiting_in(campaign: impl Into<Uuid>) -> String {
    format!("{QUEUE}?campagne={}", campaign.into())
}

/// Gives the address of the campaign that a report belongs to.
#[must_use]
pub fn campaign(campaign: impl Into<Uuid>) -> String {
    format!("/campagnes/{}", campaign.into())
}
