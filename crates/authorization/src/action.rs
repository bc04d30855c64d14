//! The actions that policies speak of, each a type, so that a proof for one is none for another.

/// An action of the policies.
pub trait Action: Send + Sync + 'static {
    /// Its name in the policies, for example `SubmitCandidacy`.
    const NAME: &'static str;
}

/// Declares the actions.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name;

            impl Action for $name {
                const NAME: &'static str = stringify!($name);
            }
        )*

        /// Every action's name, in declaration order.
        pub const ALL: &[&str] = &[$(stringify!($name)),*];
    };
}

actions! {
    /// Read an organisation's sheet in the directory.
    ReadOrganisation,
    /// Read who holds which role for an organisation.
    ReadOrganisationPeople,
    /// Add or correct organisations.
    ManageOrganisation,
    /// Invite a person to a role for an organisation.
    InviteToOrganisation,
    /// End a person's role.
    EndGrant,
    /// Read one's own account and sessions.
    ReadAccount,
    /// Change one's own account, end one's own sessions.
    ChangeAccount,
    /// Read the platform's settings and state.
    ReadPlatform,
    /// Set the platform up.
    SetUpPlatform,

    /// Open a programme for an organisation.
    OpenProgramme,
    /// Read a programme's working pages.
    ReadProgramme,
    /// Read a programme's public page.
    ReadProgrammePublic,
    /// Read a programme's members' page.
    ReadProgrammeMembers,
    /// Change a programme, its documents, members and settings.
    ManageProgramme,

    /// Read a call's public page.
    ReadCallPublic,
    /// Read a call and all its candidacies.
    ReadCall,
    /// Prepare, publish and decide a call.
    ManageCall,
    /// Say whether one's organisation becomes a member of a programme.
    AnswerMembership,
    /// Start a candidacy for one's organisation.
    StartCandidacy,

    /// Read the list of a call's candidacies and paper deposits.
    ReadCandidacies,
    /// Decide a call, enter and confirm paper deposits.
    InstructCandidacies,
    /// Read a candidacy with its contents.
    ReadCandidacy,
    /// Fill in, sign and submit a candidacy.
    SubmitCandidacy,
    /// Withdraw, confirm or contest a candidacy.
    AnswerCandidacy,
    /// Return, declare ineligible, decide contests, enter paper deposits and appeals.
    InstructCandidacy,

    /// Read a product's sheet.
    ReadProduct,
    /// Add a product of a vendor.
    AddProduct,
    /// Correct a product and its versions.
    ManageProduct,
    /// Read who says to run a product.
    ReadProductDeployments,
    /// Read what an organisation runs.
    ReadOrganisationDeployments,
    /// Read what the members that an organisation answers for say to run.
    ReadMemberDeployments,
    /// Read what the members that an organisation answers for run and share, rolled up.
    ReadGroup,
    /// Bring a group's members into the campaigns of its programmes.
    BringMembers,
    /// Declare that one's organisation runs a product.
    DeclareDeployment,
    /// Read a deployment.
    ReadDeployment,
    /// Change or end a deployment of one's organisation.
    ChangeDeployment,
    /// Confirm a declared deployment.
    ConfirmDeployment,
    /// Say that a vendor does not know a declared deployment.
    RefuseDeployment,

    /// Declare a test that one's organisation had made elsewhere, or intends.
    DeclareTest,
    /// List the tests that an organisation declared.
    ListDeclaredTests,
    /// Learn that tests of a product were declared, by kind and month.
    ReadTestHistory,
    /// Read a declared test with its cost.
    ReadDeclaredTest,
    /// Read the report of a declared test.
    ReadTestReport,
    /// Correct or withdraw a declared test.
    ChangeDeclaredTest,
    /// Learn which organisation declared a test, and its days.
    NameDeclaredTest,

    /// Be led to the page of a campaign that tests a product.
    OpenTestedCampaign,
    /// Learn which campaign tests a product: its name, programme and days.
    ReadTestedCampaign,
    /// Learn that a campaign tests a product, without its name.
    CountTestedCampaign,

    /// Open a campaign in a programme.
    OpenCampaign,
    /// Learn that a campaign exists, its parties and dates.
    ReadCampaign,
    /// Read a campaign's scope and target.
    ReadCampaignTarget,
    /// Change a campaign, its parties, scope and window; suspend and resume.
    ManageCampaign,
    /// Prepare a campaign's scope, target and test accounts.
    PrepareScope,
    /// Stop a campaign or one of its hunters, and let them go on.
    SuspendCampaign,
    /// Note what the clock has done to a campaign.
    AnnounceCampaign,
    /// Commit one's organisation to a campaign.
    CommitToCampaign,
    /// Join a campaign for one's organisation.
    JoinCampaign,
    /// Take one's organisation back from a campaign that it joined, or asked to.
    LeaveCampaign,
    /// Answer for one's organisation what its group proposes.
    AnswerProposal,
    /// Accept the rules of engagement.
    AcceptRules,
    /// Take a test account.
    TakeTestAccount,
    /// Accept or refuse for its vendor a corrected version that is hosted.
    AnswerForCorrected,
    /// Take a way to a campaign's targets, or give it back.
    ReachTarget,
    /// Read what came by one's own leases to a campaign's targets.
    ReadExchanges,
    /// Read which endpoints of a campaign's targets were touched, when and by how many.
    ReadCoverage,
    /// Tell the gateway what may pass to a campaign's targets, and keep what it recorded.
    GuardTargets,
    /// Destroy a campaign's recordings once they are kept no more.
    DestroyRecordings,
    /// Read an authorisation's text.
    ReadAuthorisation,
    /// Sign an authorisation.
    SignAuthorisation,
    /// Revoke an authorisation.
    RevokeAuthorisation,
    /// Enrol hunters for a school.
    EnrolHunters,

    /// Write a draft report in a campaign.
    WriteReport,
    /// List a campaign's reports.
    ListReports,
    /// Search the texts of a campaign's reports, and be told which resemble one another.
    SearchReports,
    /// Keep a programme's templates for answers, and use them.
    KeepTemplates,
    /// Read a report with its contents.
    ReadReport,
    /// Learn that a report exists, its state and severity.
    ReadReportOutline,
    /// Read everything that happened to a report: claims, proposals, internal decisions.
    ReadReportHistory,
    /// Change, submit, withdraw, answer, appeal one's own report.
    AnswerReport,
    /// Say whether one is an author of the draft that names one.
    AnswerNaming,
    /// Claim, verify and close a report.
    VerifyReport,
    /// Decide an appeal.
    DecideAppeal,
    /// Close a report whose question nobody answered in time.
    CloseUnanswered,
    /// Write and read internal comments.
    CommentInternally,
    /// Write a comment shared with the reporter.
    CommentShared,

    /// Open a vulnerability of a product, as its vendor.
    DeclareVulnerability,
    /// List what was imported into a campaign from tests made elsewhere.
    ListFindings,
    /// Import findings of a test made elsewhere into a campaign.
    ImportFindings,
    /// Read a finding that was imported.
    ReadFinding,
    /// Decide what becomes of a finding.
    DecideFinding,
    /// Learn what one's disclosure level gives of a vulnerability.
    ReadVulnerability,
    /// Answer for the vendor: acknowledge, dispute, announce a fix, ask for a retest.
    AnswerVulnerability,
    /// Seal the files of verified reports under the vulnerability they support.
    KeepEvidence,
    /// Notify the vendor, decide disputes, close, reopen.
    CoordinateVulnerability,
    /// Learn how far a vulnerability is shared, and how many deployers answered.
    ReadSharing,
    /// Move the sharing phase, TLP and embargo.
    MovePhase,
    /// Give the vendor's opinion on the next phase.
    GiveOpinion,
    /// Keep the circle of a vulnerability: inform who runs the product, let go who no longer does.
    KeepCircle,
    /// Take and report a retest.
    DoRetest,
    /// Learn that the retest one had accepted has passed on.
    LookBackOnRetest,
    /// Confirm or reject a retest.
    ConfirmRetest,
    /// Read what concerns one's organisation.
    ReadSituations,
    /// Say where one's organisation stands.
    AnswerPosition,
    /// Sign or refuse the acceptance of a risk for one's organisation.
    SignRisk,
    /// Read everybody's positions on a vulnerability.
    ReadPositions,

    /// Read what members learn of a programme's results.
    ReadOutcome,
    /// Read what everybody learns of a programme's results.
    ReadPublicOutcome,

    /// Say which sites may frame a programme's results, and give a site its key.
    ManageEmbedding,
    /// Make a member's own link to what members read.
    MakeMemberLink,
    /// End a key to what members read.
    EndEmbeddingKey,

    /// Run the platform's own jobs.
    RunJobs,
}
