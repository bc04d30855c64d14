//! Limits on sizes, counts and times, as settings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use use_cases::Limits;

/// Declares the limits as settings, each as the use cases know it.
macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident: $kind:ty),* $(,)?) => {
        /// Limits on sizes, counts and times.
        #[derive(Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct LimitSettings {
            $($(#[$doc])* pub $name: $kind,)*
        }

        impl Default for LimitSettings {
            fn default() -> Self {
                let limits = Limits::default();
                Self { $($name: limits.$name,)* }
            }
        }

        impl LimitSettings {
            /// Gives the limits as the use cases take them; every one of them is a setting.
            pub fn limits(&self) -> Limits {
                Limits { $($name: self.$name,)* }
            }
        }
    };
}

limits! {
    /// Characters of a title or name.
    title: usize,
    /// Characters of a long text.
    text: usize,
    /// Characters of a reason or a note.
    reason: usize,
    /// Characters of a comment on a report.
    comment: usize,
    /// Characters of one answer to a form, where its field has no limit of its own.
    answer: usize,
    /// Drafts of reports that one hunter may keep in one campaign.
    drafts: usize,
    /// Reports that one hunter may submit to one campaign in 24 hours.
    reports_per_day: usize,
    /// People who may write one report together, beside its author.
    collaborators: usize,
    /// Bytes of all attachments of one report or comment.
    attachments_bytes: usize,
    /// Lines of one page of a list.
    page_lines: usize,
    /// Bytes of one uploaded file.
    file_bytes: usize,
    /// Bytes of a form without files.
    form_bytes: usize,
    /// Bytes of a form sent by somebody who has not signed in.
    anonymous_bytes: usize,
    /// Attachments of one report or comment.
    attachments: usize,
    /// Characters that a password has at least.
    password_min: usize,
    /// Characters that a password has at most.
    password_max: usize,
    /// Days that an invitation holds.
    invitation_days: i64,
    /// Days over which a mail that the relay does not take is tried again.
    mail_days: i64,
    /// Hours that a session holds without being used.
    session_idle_hours: i64,
    /// Days that a session holds at most.
    session_days: i64,
    /// Failed sign-ins from one place for one address within a quarter of an hour.
    sign_in_failures: i64,
    /// Failed sign-ins from one place for any address within a quarter of an hour.
    sign_in_failures_place: i64,
    /// Minutes that a claim on a report holds.
    claim_minutes: i64,
    /// Days to answer a request for information.
    information_days: i64,
    /// Days before the end of that time at which authors are reminded.
    reminder_days: i64,
    /// Days to appeal against a closing.
    appeal_days: i64,
    /// Days to reopen a report that was closed unanswered.
    reopen_days: i64,
    /// Days that a vendor has to acknowledge.
    acknowledge_days: i64,
    /// Days that a vendor has to announce a fix of what is critical, from its acknowledgement.
    fix_days_critical: i64,
    /// The same for what is high.
    fix_days_high: i64,
    /// The same for what is medium or not rated.
    fix_days_medium: i64,
    /// The same for what is low.
    fix_days_low: i64,
    /// Days before a vendor's time runs out at which it is reminded.
    vendor_reminder_days: i64,
    /// Days after which a vendor that is late is told again.
    escalation_days: i64,
    /// Days that the reporter has to accept an offered retest.
    retest_days: i64,
    /// Days that the pool of hunters has to accept it.
    retest_pool_days: i64,
    /// Days that whoever accepted a retest has to say what they found.
    retest_report_days: i64,
    /// Days that a vendor has to give an opinion on a phase.
    opinion_days: i64,
    /// Lines of one CSV file.
    csv_lines: usize,
    /// Tests of one imported file.
    tests: usize,
    /// Findings of one imported file.
    findings: usize,
    /// Findings that one campaign may hold.
    campaign_findings: usize,
    /// Codes that a school may make at once.
    codes: usize,
    /// Installations of one imported file.
    deployments: usize,
    /// Sites that may frame the results of one programme.
    embedding_sites: usize,
    /// Keys and links to the members' results of one programme that hold at once.
    embedding_keys: usize,
    /// Days that the key of a site holds.
    site_key_days: i64,
    /// Minutes that a token written by a site holds at most.
    site_token_minutes: i64,
    /// Days that a member's own link to the results holds at most.
    member_link_days: i64,
    /// Templates for answers that one programme keeps.
    templates: usize,
    /// Targets of one campaign.
    targets: usize,
    /// Exchanges that one bundle of evidence holds.
    exchanges: usize,
    /// Instances of one hosted target: shared, of one person each, or for replays.
    target_instances: usize,
    /// Replays of one report.
    replays: usize,
    /// Endpoints of one target that its coverage tells apart; the others are counted together.
    coverage_endpoints: usize,
    /// Days after a campaign's end for which its recordings are kept, unless the campaign keeps them for fewer.
    recording_days: i64,
    /// Services of one hosted target.
    target_services: usize,
    /// Bytes of memory that one service of a hosted target may ask for.
    target_memory_bytes: u64,
    /// Thousandths of a core that one service of a hosted target may ask for.
    target_cpu: u32,
    /// Processes that one service of a hosted target may ask for.
    target_processes: u32,
    /// Bytes of the writable folders in memory of one service of a hosted target.
    target_tmpfs_bytes: u64,
    /// Bytes of one volume of a hosted target.
    target_volume_bytes: u64,
    /// Seconds that one service of a hosted target may need to become healthy.
    target_start_up_seconds: u64,
    /// Kept states of one hosted target.
    target_snapshots: usize,
    /// Seeds of one campaign.
    seeds: usize,
    /// Bytes of one seed, as it is sent.
    seed_bytes: u64,
    /// Bytes of one seed once it is unpacked.
    seed_unpacked_bytes: u64,
    /// Entries of one seed.
    seed_entries: usize,
    /// Bytes of the texts of one seed that are looked through for personal data.
    seed_text_bytes: u64,
    /// Days before the acceptance of a risk ends that its organisation is reminded.
    risk_reminder_days: i64,
    /// Organisations that one transaction of an import of the directory takes.
    directory_chunk: usize,
    /// Organisations that one import of the directory may say are no more.
    directory_gone: usize,
    /// Bytes of sealed texts that a node holds open for search.
    search_bytes: usize,
    /// Seconds for which the figures that everybody reads of a programme are held before they are counted anew.
    figures_seconds: i64,
}
