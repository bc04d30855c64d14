//! What the use cases are assembled with: the ports, the keys, the policies, the settings.

use crate::ports::{Chance, Clock, FileStore, Mailer, Recordings, Replayer, SeedReader, Store};
use crate::search::OpenTexts;
use crate::sharing::HeldFigures;
use crate::snapshot::SnapshotRoom;
use crate::vault::Vault;
use authorization::Policies;
use domain::appeal::ReportTimes;
use domain::programme::ProgrammeSettings;
use domain::recipe::{RecipeLimits, Resources};
use domain::seed::SeedLimits;
use sealing::{InstanceKeyring, LogSigner};
use std::sync::Arc;
use std::time::Duration;

/// Everything a use case may reach, shared by all.
#[derive(Clone)]
pub struct App {
    /// The store of rows.
    pub store: Arc<dyn Store>,
    /// How many requests may keep a snapshot of it between two reads.
    pub snapshots: SnapshotRoom,
    /// The store of sealed files.
    pub files: Arc<dyn FileStore>,
    /// Who reads what passed the gateway.
    pub recordings: Arc<dyn Recordings>,
    /// Who looks through archives that fill volumes of hosted targets.
    pub seeds: Arc<dyn SeedReader>,
    /// Who sends recorded requests again.
    pub replayer: Arc<dyn Replayer>,
    /// Who sends mail.
    pub mailer: Arc<dyn Mailer>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of random bytes.
    pub chance: Arc<dyn Chance>,
    /// The policies.
    pub policies: Arc<Policies>,
    /// The keys that wrap data keys.
    pub keys: Arc<InstanceKeyring>,
    /// The key that signs receipts and checkpoints.
    pub signer: Arc<LogSigner>,
    /// Opened data keys, bounded and zeroized.
    pub vault: Arc<Vault>,
    /// What search holds open of sealed texts, bounded.
    pub search: Arc<OpenTexts>,
    /// What was counted of programmes for everybody, held for a while.
    pub figures: Arc<HeldFigures>,
    /// What the administrator chose.
    pub settings: Arc<Settings>,
    /// The writes that are under way; a stop waits for them.
    pub tasks: tokio_util::task::TaskTracker,
}

/// What the administrator chose, as the use cases need it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address under which people reach the instance, without a final slash.
    pub public_url: String,
    /// The address that mail comes from.
    pub mail_from: String,
    /// The folder that mail goes to where no relay is named.
    pub mail_folder: Option<String>,
    /// The log's name in receipts and checkpoints, for example `beffroi.metropole.example`.
    pub log_name: String,
    /// Limits on sizes, counts and times.
    pub limits: Limits,
    /// What one test is reckoned to cost in estimates, in cents.
    pub test_cost_cents: i64,
    /// The hash of the token that sets up an empty instance, printed on the console.
    pub set_up_token_hash: Option<[u8; 32]>,
    /// Whether several servers may serve: which of them does what for all is said where it matters.
    pub several_servers: bool,
    /// Whether targets can be hosted here: an engine of containers or a cluster is named.
    pub hosting: bool,
    /// Whether a cluster hosts them, where volumes begin empty and no state is kept.
    pub cluster: bool,
    /// Where the gateway answers; nothing where no target stands behind it.
    pub gateway: Option<GatewayAddress>,
}

/// Where people's tools find the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayAddress {
    /// The domain under which each lease has a name, for example `cibles.metropole.example`.
    pub domain: String,
    /// Whether it is asked by TLS.
    pub tls: bool,
    /// Its port.
    pub port: u16,
    /// Whether it ends TLS itself, so that it sees the certificates of people's tools.
    pub certificates: bool,
    /// The address of its proxy for tools that cannot resolve such names, for example `127.0.0.1:8081`.
    pub proxy: Option<String>,
}

impl GatewayAddress {
    /// Gives the origin under which a lease is reached.
    #[must_use]
    pub fn origin(&self, label: &str) -> String {
        let scheme = if self.tls { "https" } else { "http" };
        let port = match (self.tls, self.port) {
            (true, 443) | (false, 80) => String::new(),
            (_, port) => format!(":{port}"),
        };
        format!("{scheme}://{label}.{}{port}", self.domain)
    }
}

impl Settings {
    /// Gives the delays with which the form of a new programme begins; what counts later is what
    /// the programme was given.
    #[must_use]
    pub fn new_programme(&self) -> ProgrammeSettings {
        let limits = &self.limits;
        ProgrammeSettings {
            acknowledge_days: limits.acknowledge_days,
            fix_days_critical: limits.fix_days_critical,
            fix_days_high: limits.fix_days_high,
            fix_days_medium: limits.fix_days_medium,
            fix_days_low: limits.fix_days_low,
            vendor_reminder_days: limits.vendor_reminder_days,
            escalation_days: limits.escalation_days,
            retest_days: limits.retest_days,
            retest_pool_days: limits.retest_pool_days,
            retest_report_days: limits.retest_report_days,
            opinion_days: limits.opinion_days,
            ..ProgrammeSettings::default()
        }
    }
}

/// What one test is reckoned to cost where the administrator does not say otherwise, in cents: the
/// 10 000 € of a pot that pays for one.
pub const TEST_COST_CENTS: i64 = 1_000_000;

/// Limits on sizes, counts and times, each a setting.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Characters of a title or name.
    pub title: usize,
    /// Characters of a long text.
    pub text: usize,
    /// Characters of a reason or a note.
    pub reason: usize,
    /// Characters of a comment on a report.
    pub comment: usize,
    /// Characters of one answer to a form, where its field has no limit of its own.
    pub answer: usize,
    /// Drafts of reports that one hunter may keep in one campaign.
    pub drafts: usize,
    /// Reports that one hunter may submit to one campaign in 24 hours.
    pub reports_per_day: usize,
    /// People who may write one report together, beside its author.
    pub collaborators: usize,
    /// Bytes of all attachments of one report or comment.
    pub attachments_bytes: usize,
    /// Lines of one page of a list.
    pub page_lines: usize,
    /// Bytes of one uploaded file.
    pub file_bytes: usize,
    /// Bytes of a form without files.
    pub form_bytes: usize,
    /// Bytes of a form sent by somebody who has not signed in.
    pub anonymous_bytes: usize,
    /// Attachments of one report or comment.
    pub attachments: usize,
    /// Characters that a password has at least.
    pub password_min: usize,
    /// Characters that a password has at most.
    pub password_max: usize,
    /// Days that an invitation holds.
    pub invitation_days: i64,
    /// Days over which a mail that the relay does not take is tried again.
    pub mail_days: i64,
    /// Hours that a session holds without being used.
    pub session_idle_hours: i64,
    /// Days that a session holds at most.
    pub session_days: i64,
    /// Failed sign-ins from one place for one address within a quarter of an hour.
    pub sign_in_failures: i64,
    /// Failed sign-ins from one place for any address within a quarter of an hour.
    pub sign_in_failures_place: i64,
    /// Minutes that a claim on a report holds.
    pub claim_minutes: i64,
    /// Days to answer a request for information.
    pub information_days: i64,
    /// Days before the end of that time at which authors are reminded.
    pub reminder_days: i64,
    /// Days to appeal against a closing.
    pub appeal_days: i64,
    /// Days to reopen a report that was closed unanswered.
    pub reopen_days: i64,
    /// Days that a vendor has to acknowledge, in a new programme.
    pub acknowledge_days: i64,
    /// Days that a vendor has to announce a fix of what is critical, from its acknowledgement, in a new programme.
    pub fix_days_critical: i64,
    /// The same for what is high.
    pub fix_days_high: i64,
    /// The same for what is medium or not rated.
    pub fix_days_medium: i64,
    /// The same for what is low.
    pub fix_days_low: i64,
    /// Days before a vendor's time runs out at which it is reminded, in a new programme.
    pub vendor_reminder_days: i64,
    /// Days after which a vendor that is late is told again, in a new programme.
    pub escalation_days: i64,
    /// Days that the reporter has to accept an offered retest, in a new programme.
    pub retest_days: i64,
    /// Days that the pool of hunters has to accept it, in a new programme.
    pub retest_pool_days: i64,
    /// Days that whoever accepted a retest has to say what they found, in a new programme.
    pub retest_report_days: i64,
    /// Days that a vendor has to give an opinion on a phase, in a new programme.
    pub opinion_days: i64,
    /// Lines of one CSV file.
    pub csv_lines: usize,
    /// Tests of one imported file.
    pub tests: usize,
    /// Findings of one imported file.
    pub findings: usize,
    /// Findings that one campaign may hold.
    pub campaign_findings: usize,
    /// Codes that a school may make at once.
    pub codes: usize,
    /// Installations of one imported file.
    pub deployments: usize,
    /// Sites that may frame the results of one programme.
    pub embedding_sites: usize,
    /// Keys and links to the members' results of one programme that hold at once.
    pub embedding_keys: usize,
    /// Days that the key of a site holds.
    pub site_key_days: i64,
    /// Minutes that a token written by a site holds at most.
    pub site_token_minutes: i64,
    /// Days that a member's own link to the results holds at most.
    pub member_link_days: i64,
    /// Templates for answers that one programme keeps.
    pub templates: usize,
    /// Targets of one campaign.
    pub targets: usize,
    /// Exchanges that one bundle of evidence holds.
    pub exchanges: usize,
    /// Instances of one hosted target: shared, of one person each, or for replays.
    pub target_instances: usize,
    /// Replays of one report.
    pub replays: usize,
    /// Endpoints of one target that its coverage tells apart; the others are counted together.
    pub coverage_endpoints: usize,
    /// Days after a campaign's end for which its recordings are kept, unless the campaign keeps them for fewer.
    pub recording_days: i64,
    /// Services of one hosted target.
    pub target_services: usize,
    /// Bytes of memory that one service of a hosted target may ask for.
    pub target_memory_bytes: u64,
    /// Thousandths of a core that one service of a hosted target may ask for.
    pub target_cpu: u32,
    /// Processes that one service of a hosted target may ask for.
    pub target_processes: u32,
    /// Bytes of the writable folders in memory of one service of a hosted target.
    pub target_tmpfs_bytes: u64,
    /// Bytes of one volume of a hosted target.
    pub target_volume_bytes: u64,
    /// Seconds that one service of a hosted target may need to become healthy.
    pub target_start_up_seconds: u64,
    /// Kept states of one hosted target.
    pub target_snapshots: usize,
    /// Seeds of one campaign.
    pub seeds: usize,
    /// Bytes of one seed, as it is sent.
    pub seed_bytes: u64,
    /// Bytes of one seed once it is unpacked.
    pub seed_unpacked_bytes: u64,
    /// Entries of one seed.
    pub seed_entries: usize,
    /// Bytes of the texts of one seed that are looked through for personal data.
    pub seed_text_bytes: u64,
    /// Days before the acceptance of a risk ends that its organisation is reminded.
    pub risk_reminder_days: i64,
    /// Organisations that one transaction of an import of the directory takes.
    pub directory_chunk: usize,
    /// Organisations that one import of the directory may say are no more.
    pub directory_gone: usize,
    /// Bytes of sealed texts that a node holds open for search.
    pub search_bytes: usize,
    /// Seconds for which the figures that everybody reads of a programme are held before they are counted anew.
    pub figures_seconds: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            title: 200,
            text: 50_000,
            reason: 2_000,
            comment: 20_000,
            answer: 5_000,
            drafts: 50,
            reports_per_day: 50,
            collaborators: 10,
            attachments_bytes: 100 * 1024 * 1024,
            page_lines: 50,
            file_bytes: 20 * 1024 * 1024,
            form_bytes: 4 * 1024 * 1024,
            anonymous_bytes: 64 * 1024,
            attachments: 10,
            password_min: 12,
            password_max: 200,
            invitation_days: 14,
            mail_days: 5,
            session_idle_hours: 12,
            session_days: 30,
            sign_in_failures: 10,
            sign_in_failures_place: 100,
            claim_minutes: 120,
            information_days: 30,
            reminder_days: 7,
            appeal_days: 15,
            reopen_days: 30,
            acknowledge_days: 7,
            fix_days_critical: 30,
            fix_days_high: 60,
            fix_days_medium: 90,
            fix_days_low: 180,
            vendor_reminder_days: 3,
            escalation_days: 7,
            retest_days: 7,
            retest_pool_days: 7,
            retest_report_days: 14,
            opinion_days: 7,
            csv_lines: 50_000,
            tests: 1_000,
            findings: 500,
            campaign_findings: 2_000,
            codes: 500,
            deployments: 500,
            templates: 100,
            targets: 20,
            exchanges: 200,
            target_instances: 60,
            replays: 50,
            coverage_endpoints: 1_000,
            recording_days: 180,
            target_services: 8,
            target_memory_bytes: 4 << 30,
            target_cpu: 2000,
            target_processes: 1024,
            target_tmpfs_bytes: 1 << 30,
            target_volume_bytes: 10 << 30,
            target_start_up_seconds: 300,
            target_snapshots: 5,
            seeds: 20,
            seed_bytes: 1 << 30,
            seed_unpacked_bytes: 8 << 30,
            seed_entries: 200_000,
            seed_text_bytes: 256 << 20,
            risk_reminder_days: 14,
            embedding_sites: 10,
            embedding_keys: 200,
            site_key_days: 365,
            site_token_minutes: 60,
            member_link_days: 31,
            directory_chunk: 500,
            directory_gone: 500,
            search_bytes: 256 * 1024 * 1024,
            figures_seconds: 60,
        }
    }
}

impl Limits {
    /// Gives what a recipe of a hosted target may ask for.
    #[must_use]
    pub fn recipe(&self) -> RecipeLimits {
        RecipeLimits {
            services: self.target_services,
            resources: Resources {
                memory: self.target_memory_bytes,
                cpu: self.target_cpu,
                processes: self.target_processes,
            },
            tmpfs: self.target_tmpfs_bytes,
            volume: self.target_volume_bytes,
            start_up: Duration::from_secs(self.target_start_up_seconds),
            seeds: None,
        }
    }

    /// Gives what a seed may hold.
    #[must_use]
    pub const fn seed(&self) -> SeedLimits {
        SeedLimits {
            bytes: self.seed_bytes,
            unpacked: self.seed_unpacked_bytes,
            entries: self.seed_entries,
            texts: self.seed_text_bytes,
        }
    }

    /// Gives how long people have for what they may do about a report.
    #[must_use]
    pub const fn report_times(&self) -> ReportTimes {
        ReportTimes {
            claim_minutes: self.claim_minutes,
            answer_days: self.information_days,
            reminder_days: self.reminder_days,
            appeal_days: self.appeal_days,
            reopen_days: self.reopen_days,
        }
    }
}
