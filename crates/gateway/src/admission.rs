//! Who may pass: five phases in their order, one file each.

pub mod budget;
pub mod campaign;
pub mod scope;
pub mod target;
pub mod who;

use http::{HeaderMap, Method};
use recording::Micros;

use crate::grants::Held;
use crate::refusal::Refusal;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'r> {
    /// The method.
    pub method: &'r Method,
    /// The path, without its query, as it came.
    pub path: &'r str,
    /// The header fields as they came.
    pub headers: &'r HeaderMap,
    /// The credential with which the tool opened its tunnel to the lease, when it came by one.
    pub carried: Option<&'r str>,
    /// The fingerprint of the certificate that the tool showed when it began to speak TLS.
    pub certificate: Option<&'r [u8; 32]>,
    /// The present instant.
    pub now: Micros,
}

/// One question in the order of questions; a later one may rely on the earlier ones.
pub trait Phase: Send + Sync {
    /// Lets pass, or says why not.
    fn admit(&self, asked: &Asked<'_>, held: &Held) -> Result<(), Refusal>;
}

/// The phases in their order: who, campaign, scope, budgets, target.
pub const PHASES: [&dyn Phase; 5] = [
    &who::Who,
    &campaign::InCampaign,
    &scope::InScope,
    &budget::InBudget,
    &target::Ready,
];

/// Asks all questions; the first refusal stands.
pub(crate) fn admit(asked: &Asked<'_>, held: &Held) -> Result<(), Refusal> {
    PHASES.iter().try_for_each(|phase| phase.admit(asked, held))
}
