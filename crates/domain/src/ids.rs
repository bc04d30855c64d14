//! The identifiers of things: UUIDv7, one type for each kind of thing.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares identifier types that cannot be taken for one another.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )*};
}

ids! {
    /// An organisation: a party of any kind.
    OrganisationId,
    /// An affiliation of one organisation within another.
    AffiliationId,
    /// A person who can sign in.
    PersonId,
    /// A role that a person holds for an organisation.
    GrantId,
    /// A session of a signed-in person.
    SessionId,
    /// An invitation to take up a role.
    InvitationId,
    /// A programme: a lasting frame with a legal basis.
    ProgrammeId,
    /// A document of a programme, a campaign or a candidacy.
    DocumentId,
    /// A call for candidacies.
    CallId,
    /// The candidacy of one organisation in one call.
    CandidacyId,
    /// A return or an ineligibility that one person proposes and another confirms.
    ProposalId,
    /// The reception of a complete and signed candidacy.
    ReceptionId,
    /// A product that vendors make and authorities run.
    ProductId,
    /// A version of a product.
    VersionId,
    /// A product as one organisation runs it.
    DeploymentId,
    /// A test made elsewhere, as its organisation declares it.
    DeclaredTestId,
    /// A campaign: a time-boxed test of products.
    CampaignId,
    /// A party of a campaign.
    PartyId,
    /// A leave to test, by owner, host or vendor.
    AuthorisationId,
    /// One person's part in a campaign.
    ParticipantId,
    /// A version of the rules of engagement.
    RulesId,
    /// An asset in or out of a campaign's scope.
    AssetId,
    /// A credential for testers.
    TestAccountId,
    /// A place where a product can be tested.
    TargetId,
    /// An archive that fills volumes of hosted targets.
    SeedId,
    /// A person's way to a target.
    LeaseId,
    /// A certificate that a lease knows.
    CertificateId,
    /// A report by one hunter.
    ReportId,
    /// A comment on a report or vulnerability.
    CommentId,
    /// A vulnerability of a product or deployment.
    VulnerabilityId,
    /// A finding of a test that was made elsewhere.
    FindingId,
    /// A retest of a fix.
    RetestId,
    /// A sealed file.
    BlobId,
    /// A sealed file shown under something.
    AttachmentId,
    /// One running copy of a target.
    InstanceId,
    /// A kept state of an instance.
    SnapshotId,
    /// An entry of the journal.
    EntryId,
    /// A job of the queue.
    JobId,
}
