//! How a thing shows itself to the policies.

use domain::ids::{CampaignId, OrganisationId, PersonId};
use uuid::Uuid;

/// An attribute of a resource, as policies see it.
#[derive(Clone, Debug, PartialEq)]
pub enum Attr {
    /// A stable name or identifier.
    Text(String),
    /// A truth.
    Bool(bool),
    /// A whole number.
    Long(i64),
    /// A set of identifiers.
    Set(Vec<String>),
}

/// The attributes of a resource, by name.
pub type Attributes = Vec<(&'static str, Attr)>;

/// A thing that policies decide on.
pub trait Resource {
    /// Its entity type in the policies' schema, for example `Candidacy`.
    const TYPE: &'static str;

    /// Its identifier.
    fn id(&self) -> Uuid;

    /// Its attributes: exactly those that the schema lists for the type.
    fn attributes(&self) -> Attributes;
}

impl Attr {
    /// Makes the attribute of an organisation.
    #[must_use]
    pub fn organisation(id: OrganisationId) -> Self {
        Self::Text(id.to_string())
    }

    /// Makes the attribute of an organisation that may be missing (then the empty text).
    #[must_use]
    pub fn maybe_organisation(id: Option<OrganisationId>) -> Self {
        Self::Text(id.map(|id| id.to_string()).unwrap_or_default())
    }

    /// Makes the attribute of a person that may be missing (then the empty text).
    #[must_use]
    pub fn maybe_person(id: Option<PersonId>) -> Self {
        Self::Text(id.map(|id| id.to_string()).unwrap_or_default())
    }

    /// Makes the attribute of any identifier.
    #[must_use]
    pub fn id(id: impl Into<Uuid>) -> Self {
        Self::Text(id.into().to_string())
    }

    /// Makes the attribute of a set of identifiers.
    #[must_use]
    pub fn ids<I: Into<Uuid>>(ids: impl IntoIterator<Item = I>) -> Self {
        Self::Set(ids.into_iter().map(|id| id.into().to_string()).collect())
    }

    /// Makes the attribute of the posts in which organisations verify in campaigns.
    #[must_use]
    pub fn posts(posts: impl IntoIterator<Item = (CampaignId, OrganisationId)>) -> Self {
        Self::Set(posts.into_iter().map(|(campaign, at)| post(campaign, at)).collect())
    }

    /// Makes a text attribute from a stable name.
    #[must_use]
    pub fn code(code: &str) -> Self {
        Self::Text(code.to_owned())
    }
}

/// Names what an organisation does in a campaign, as policies compare it.
pub(crate) fn post(campaign: CampaignId, organisation: OrganisationId) -> String {
    format!("{campaign}/{organisation}")
}
