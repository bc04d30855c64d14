//! Addresses of targets behind the gateway and of the leases that lead to them.

use uuid::Uuid;

/// The targets of a campaign.
pub const LIST: &str = "/campagnes/{campaign}/cibles";
/// Taking a target out of a campaign.
pub const REMOVE: &str = "/campagnes/{campaign}/cibles/{target}/retrait";
/// Stopping a target, or letting it be reached again.
pub const STOP: &str = "/campagnes/{campaign}/cibles/{target}/arret";
/// Starting the shared instance of a hosted target.
pub const START: &str = "/campagnes/{campaign}/cibles/{target}/demarrage";
/// Asking something of an instance: its pristine state, another start, its end.
pub const INSTANCE: &str = "/campagnes/{campaign}/instances/{instance}";
/// Keeping the present state of an instance.
pub const KEEP: &str = "/campagnes/{campaign}/instances/{instance}/etats";
/// Removing a kept state.
pub const REMOVE_STATE: &str = "/campagnes/{campaign}/etats/{snapshot}/retrait";
/// Sending an archive that fills volumes.
pub const SEEDS: &str = "/campagnes/{campaign}/cibles/donnees";
/// Taking such an archive away.
pub const REMOVE_SEED: &str = "/campagnes/{campaign}/donnees/{seed}/retrait";
/// Taking a way to a target, and seeing one's own.
pub const ACCESS: &str = "/campagnes/{campaign}/cibles/{target}/acces";
/// Registering a certificate that opens one's own way to a target.
pub const CERTIFICATES: &str = "/campagnes/{campaign}/cibles/{target}/acces/certificats";
/// Taking a certificate back.
pub const CERTIFICATE_END: &str = "/campagnes/{campaign}/cibles/{target}/acces/certificats/{certificate}/fin";
/// Giving one's own way to a target back.
pub const GIVE_BACK: &str = "/campagnes/{campaign}/cibles/{target}/acces/fin";
/// Ending somebody's way to a target.
pub const END: &str = "/campagnes/{campaign}/acces/{lease}/fin";

/// The corrected versions that a campaign hosts for retests.
pub const CORRECTED: &str = "/campagnes/{campaign}/versions-corrigees";
/// Taking a corrected version away.
pub const REMOVE_CORRECTED: &str = "/campagnes/{campaign}/versions-corrigees/{version}/retrait";
/// Writing down on what the agreement of a vendor rests.
pub const RECORD_AGREEMENT: &str = "/campagnes/{campaign}/versions-corrigees/{version}/ecrit";
/// Where the vendor of a corrected version answers.
pub const CORRECTED_TO_ANSWER: &str = "/editeur/versions-corrigees/{version}";

/// Gives the address of the corrected versions of a campaign.
#[must_use]
pub fn corrected(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/versions-corrigees")
}

/// Gives the address where a corrected version is taken away.
#[must_use]
pub fn remove_corrected(campaign: Uuid, target: Uuid) -> String {
    format!("/campagnes/{campaign}/versions-corrigees/{target}/retrait")
}

/// Gives the address where it is written down on what the agreement of a vendor rests.
#[must_use]
pub fn record_agreement(campaign: Uuid, target: Uuid) -> String {
    format!("/campagnes/{campaign}/versions-corrigees/{target}/ecrit")
}

/// Gives the address where the vendor of a corrected version answers.
#[must_use]
pub fn corrected_to_answer(target: Uuid) -> String {
    format!("/editeur/versions-corrigees/{target}")
}

/// Gives the address of a campaign's targets.
#[must_use]
pub fn list(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/cibles")
}

/// Gives the address where a target is stopped.
#[must_use]
pub fn stop(campaign: Uuid, target: Uuid) -> String {
    format!("/campagnes/{campaign}/cibles/{target}/arret")
}

/// Gives the address where a target is taken out.
#[must_use]
pub fn remove(campaign: Uuid, target: Uuid) -> String {
    format!("/campagnes/{campaign}/cibles/{target}/retrait")
}

/// Gives the address where somebody's way is ended.
#[must_use]
pub fn end(campaign: Uuid, lease: Uuid) -> String {
    format!("/campagnes/{campaign}/acces/{lease}/fin")
}

/// Gives the address of one's own way to a target.
#[must_use]
pub fn access(campaign: Uuid, target: Uuid) -> String {
    format!("/campagnes/{campaign}/cibles/{target}/acces")
}

/// Gives the address where a certificate is registered.
#[must_use]
pub fn certificates(campaign: Uuid, target: Uuid) -> String {
    format!("/campagnes/{campaign}/cibles/{target}/acces/certificats")
}

/// Gives the address where a certificate is taken back.
#[must_use]
pub fn certificate_end(campaign: Uuid, target: Uuid, certificate: Uuid) -> String {
    format!("/campagnes/{campaign}/cibles/{target}/acces/certificats/{certificate}/fin")
}

/// Gives the address where the shared instance of a target is started.
#[must_use]
pub fn start(campaign: Uuid, target: Uuid) -> String {
    format!("/campagnes/{campaign}/cibles/{target}/demarrage")
}

/// Gives the address where something is asked of an instance.
#[must_use]
pub fn instance(campaign: Uuid, instance: Uuid) -> String {
    format!("/campagnes/{campaign}/instances/{instance}")
}

/// Gives the address to which archives that fill volumes are sent.
#[must_use]
pub fn seeds(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/cibles/donnees")
}

/// Gives the address where such an archive is taken away.
#[must_use]
pub fn remove_seed(campaign: Uuid, seed: Uuid) -> String {
    format!("/campagnes/{campaign}/donnees/{seed}/retrait")
}

/// Gives the address where the present state of an instance is kept.
#[must_use]
pub fn keep(campaign: Uuid, instance: Uuid) -> String {
    format!("/campagnes/{campaign}/instances/{instance}/etats")
}

/// Gives the address where a kept state is removed.
#[must_use]
pub fn remove_state(campaign: Uuid, snapshot: Uuid) -> String {
    format!("/campagnes/{campaign}/etats/{snapshot}/retrait")
}
