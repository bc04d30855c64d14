//! Addresses of the sharing part: phases, positions, what members and the public read.

use uuid::Uuid;

/// How far a vulnerability is shared, and what moves it.
pub const SHARING: &str = "/failles/{vulnerability}/partage";
/// Asking the vendor's opinion.
pub const ASK_OPINION: &str = "/failles/{vulnerability}/partage/avis/demande";
/// The vendor's opinion.
pub const GIVE_OPINION: &str = "/failles/{vulnerability}/partage/avis";
/// The vendor's consent to the details during an embargo.
pub const ALLOW_DETAILS: &str = "/failles/{vulnerability}/partage/embargo/details";
/// Moving the phase.
pub const MOVE: &str = "/failles/{vulnerability}/partage/etape";
/// Agreeing to publish without a fix.
pub const APPROVE: &str = "/failles/{vulnerability}/partage/accord";
/// Changing who may read at most.
pub const TLP: &str = "/failles/{vulnerability}/partage/tlp";
/// Setting an embargo.
pub const EMBARGO: &str = "/failles/{vulnerability}/partage/embargo";
/// Lifting an embargo.
pub const LIFT_EMBARGO: &str = "/failles/{vulnerability}/partage/embargo/fin";
/// Naming a person for what is TLP:RED.
pub const NAME: &str = "/failles/{vulnerability}/partage/personnes";
/// Ending a naming.
pub const END_NAMING: &str = "/failles/{vulnerability}/partage/personnes/{named}/fin";
/// Where every deployer stands with a vulnerability.
pub const POSITIONS: &str = "/failles/{vulnerability}/situations";
/// Reminding those whose answer is late.
pub const REMIND: &str = "/failles/{vulnerability}/situations/rappel";
/// What concerns one organisation.
pub const SITUATIONS: &str = "/organisations/{organisation}/situations";
/// What concerns one organisation, as a file.
pub const SITUATIONS_FILE: &str = "/organisations/{organisation}/situations.csv";
/// Where one organisation stands with one vulnerability.
pub const SITUATION: &str = "/organisations/{organisation}/situations/{vulnerability}";
/// How severe a vulnerability is for one organisation.
pub const RATE: &str = "/organisations/{organisation}/situations/{vulnerability}/gravite";
/// A risk that waits for a signatory of one organisation, or was signed.
pub const RISK: &str = "/organisations/{organisation}/situations/{vulnerability}/risque";
/// Refusing to accept a risk.
pub const REFUSE_RISK: &str = "/organisations/{organisation}/situations/{vulnerability}/risque/refus";
/// What members of a programme read.
pub const MEMBERS: &str = "/programmes/{slug}/membres";
/// What everybody reads of a programme's results.
pub const PUBLIC: &str = "/programmes/{slug}/public";

/// Gives the address of a vulnerability's sharing.
#[must_use]
pub fn sharing(vulnerability: Uuid) -> String {
    format!("/failles/{vulnerability}/partage")
}

/// Gives the address of the deployers' positions on a vulnerability.
#[must_use]
pub fn positions(vulnerability: Uuid) -> String {
    format!("/failles/{vulnerability}/situations")
}

/// Gives the address of what concerns an organisation.
#[must_use]
pub fn situations(organisation: Uuid) -> String {
    format!("/organisations/{organisation}/situations")
}

/// Gives the address of what concerns an organisation, as a file.
#[must_use]
pub fn situations_file(organisation: Uuid) -> String {
    format!("/organisations/{organisation}/situations.csv")
}

/// Gives the address of an organisation's own position on a vulnerability.
#[must_use]
pub fn situation(organisation: Uuid, vulnerability: Uuid) -> String {
    format!("/organisations/{organisation}/situations/{vulnerability}")
}

/// Gives the address of a risk that waits for a signatory of an organisation, or was signed.
#[must_use]
pub fn risk(organisation: Uuid, vulnerability: Uuid) -> String {
    format!("/organisations/{organisation}/situations/{vulnerability}/risque")
}

/// Gives the address where the acceptance of a risk is refused.
#[must_use]
pub fn refuse_risk(organisation: Uuid, vulnerability: Uuid) -> String {
    format!("/organisations/{organisation}/situations/{vulnerability}/risque/refus")
}

/// Gives the address of a programme's members' page.
#[must_use]
pub fn members(slug: &str) -> String {
    format!("/programmes/{slug}/membres")
}

/// Gives the address of a programme's public results.
#[must_use]
pub fn public(slug: &str) -> String {
    format!("/programmes/{slug}/public")
}
