//! Addresses of campaigns and authorisations.

use uuid::Uuid;

/// The campaigns that concern the reader.
pub const LIST: &str = "/campagnes";
/// A new campaign in a programme.
pub const NEW: &str = "/programmes/{slug}/campagnes/nouvelle";
/// The campaigns of a programme, for its organisers.
pub const OF_PROGRAMME: &str = "/programmes/{slug}/campagnes";
/// The rules of engagement of a programme.
pub const RULES: &str = "/programmes/{slug}/regles";
/// A campaign.
pub const SHOW: &str = "/campagnes/{campaign}";
/// Editing a campaign.
pub const EDIT: &str = "/campagnes/{campaign}/modifier";
/// A campaign's move: plan, cancel, suspend, resume, close, archive.
pub const MOVE: &str = "/campagnes/{campaign}/etat";
/// A campaign's parties and products.
pub const PARTIES: &str = "/campagnes/{campaign}/parties";
/// Removing a party.
pub const REMOVE_PARTY: &str = "/campagnes/{campaign}/parties/{party}/retrait";
/// Committing an organisation.
pub const COMMIT: &str = "/campagnes/{campaign}/parties/{party}/engagement";
/// Adding a product.
pub const PRODUCTS: &str = "/campagnes/{campaign}/produits";
/// Joining a campaign for an organisation that runs what it tests.
pub const SHARE: &str = "/campagnes/{campaign}/adhesions";
/// Answering an organisation that asked to join a campaign.
pub const ANSWER_SHARE: &str = "/campagnes/{campaign}/adhesions/{join}/reponse";
/// Taking one's organisation back from a campaign.
pub const LEAVE_SHARE: &str = "/campagnes/{campaign}/adhesions/{join}/fin";
/// Answering for an organisation what its group proposes.
pub const ANSWER_PROPOSAL: &str = "/campagnes/{campaign}/adhesions/{join}/accord";
/// The members of the group that runs a campaign.
pub const MEMBERS: &str = "/campagnes/{campaign}/membres";
/// Opening a campaign of a group for its members.
pub const FOR_MEMBERS: &str = "/organisations/{organisation}/groupe/campagne";
/// Why a campaign tests a product once more.
pub const DUPLICATE: &str = "/campagnes/{campaign}/produits/{product}/motif";
/// Removing a product.
pub const REMOVE_PRODUCT: &str = "/campagnes/{campaign}/produits/{product}/retrait";
/// A campaign's scope, target and accounts.
pub const SCOPE: &str = "/campagnes/{campaign}/perimetre";
/// Removing something from the scope.
pub const REMOVE_ASSET: &str = "/campagnes/{campaign}/perimetre/{asset}/retrait";
/// Where the target is.
pub const TARGET: &str = "/campagnes/{campaign}/cible";
/// Adding a test account.
pub const ACCOUNTS: &str = "/campagnes/{campaign}/comptes";
/// Removing a test account.
pub const REMOVE_ACCOUNT: &str = "/campagnes/{campaign}/comptes/{account}/retrait";
/// Taking a test account.
pub const TAKE_ACCOUNT: &str = "/campagnes/{campaign}/mon-compte";
/// Accepting the rules of engagement.
pub const ACCEPT_RULES: &str = "/campagnes/{campaign}/regles";
/// A campaign's people.
pub const PEOPLE: &str = "/campagnes/{campaign}/participants";
/// Suspending a person, or letting them in again.
pub const SUSPEND_PERSON: &str = "/campagnes/{campaign}/participants/{participant}/suspension";
/// Withdrawing a person.
pub const WITHDRAW_PERSON: &str = "/campagnes/{campaign}/participants/{participant}/retrait";
/// A school's codes.
pub const CODES: &str = "/campagnes/{campaign}/codes";
/// Ending a school's unused codes.
pub const END_CODES: &str = "/campagnes/{campaign}/codes/fin";
/// Asking for authorisations.
pub const REQUEST: &str = "/campagnes/{campaign}/autorisations";
/// An authorisation.
pub const AUTHORISATION: &str = "/autorisations/{authorisation}";
/// Revoking an authorisation.
pub const REVOKE: &str = "/autorisations/{authorisation}/revocation";
/// The signed scan of an authorisation.
pub const SCAN: &str = "/autorisations/{authorisation}/document";
/// Typing a code.
pub const JOIN: &str = "/rejoindre";

/// Gives the address of a new campaign in a programme.
#[must_use]
pub fn new_in(slug: &str) -> String {
    format!("/programmes/{slug}/campagnes/nouvelle")
}

/// Gives the address of a programme's campaigns.
#[must_use]
pub fn of_programme(slug: &str) -> String {
    format!("/programmes/{slug}/campagnes")
}

/// Gives the address of a programme's rules of engagement.
#[must_use]
pub fn rules(slug: &str) -> String {
    format!("/programmes/{slug}/regles")
}

/// Gives the address of a campaign.
#[must_use]
pub fn show(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}")
}

/// Gives the address of the members of a campaign's group.
#[must_use]
pub fn members(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/membres")
}

/// Gives the address of a campaign's form.
#[must_use]
pub fn edit(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/modifier")
}

/// Gives the address of a campaign's parties and products.
#[must_use]
pub fn parties(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/parties")
}

/// Gives the address of a campaign's scope.
#[must_use]
pub fn scope(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/perimetre")
}

/// Gives the address of a campaign's people.
#[must_use]
pub fn people(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/participants")
}

/// Gives the address of a school's codes.
#[must_use]
pub fn codes(campaign: Uuid) -> String {
    format!("/campagnes/{campaign}/codes")
}

/// Gives the address of an authorisation.
#[must_use]
pub fn authorisation(authorisation: Uuid) -> String {
    format!("/autorisations/{authorisation}")
}

/// Gives the address where it is said why a campaign tests a product once more.
#[must_use]
pub fn duplicate(campaign: Uuid, product: Uuid) -> String {
    format!("/campagnes/{campaign}/produits/{product}/motif")
}
