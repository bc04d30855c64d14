//! The settings: defaults, then one TOML file, then the environment, then flags.

use crate::trouble::Trouble;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use use_cases::Limits;

/// The file that is read where no other is named.
const FILE: &str = "./beffroi.toml";

/// The settings of an instance. Each may stand in `beffroi.toml`, or in the environment as
/// `BEFFROI_NAME` (`BEFFROI_MAIL__RELAY` for one of a group).
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The address and port to listen on.
    pub listen: String,
    /// The address under which people reach the instance, without a final slash; `https://` but
    /// for a trial on one's own machine. Without it: `http://` and the address listened on.
    pub public_url: Option<String>,
    /// The folder of the database, files and keys.
    pub folder: PathBuf,
    /// A PostgreSQL address (`postgres://user:password@host/name`); without it, SQLite in the folder.
    /// Across a network, add `?sslmode=verify-full` so that the server has to show a certificate of
    /// its name, and `&sslrootcert=/path/ca.pem` where an authority of one's own signed it.
    pub database: Option<String>,
    /// The most connections to the database.
    pub database_connections: u32,
    /// The folder of the keys; without it, `keys` in the folder. Keep a copy of it elsewhere.
    pub keys: Option<PathBuf>,
    /// The name of the public log in receipts, fixed at the first start; without it, the host of
    /// `public_url`.
    pub log_name: Option<String>,
    /// Addresses and networks of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// How mail is sent.
    pub mail: MailSettings,
    /// The gateway to the targets.
    pub gateway: GatewaySettings,
    /// Targets that are hosted here.
    pub hosting: HostingSettings,
    /// What is written to the console.
    pub console: ConsoleSettings,
    /// Limits on sizes, counts and times.
    pub limits: LimitSettings,
    /// What estimates are computed from.
    pub estimates: EstimateSettings,
}

/// What estimates are computed from; pages show it beside each.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EstimateSettings {
    /// What one test of a product is reckoned to cost, in cents.
    pub test_cost_cents: i64,
}

/// How mail is sent.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MailSettings {
    /// The address that mail comes from.
    pub from: String,
    /// The relay: `smtps://host`, `smtp://host:587?tls=required`, or `smtp://host:25` within one's
    /// own network. Without it, mails are written to the folder `mail`.
    pub relay: Option<String>,
    /// The name that the relay asks for.
    pub user: Option<String>,
    /// The file that holds the password that the relay asks for.
    pub password_file: Option<PathBuf>,
    /// Seconds that the relay may take.
    pub timeout_seconds: u64,
}

/// Targets that are hosted here; without a socket, none are.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct HostingSettings {
    /// The Unix socket of Podman or Docker, for example `/run/podman/podman.sock`.
    pub socket: Option<PathBuf>,
    /// The addresses from which every instance gets a network of its own: a block that nothing else uses.
    pub pool: String,
    /// The program that reads and writes the wall around targets.
    pub nft: String,
    /// Whether Beffroi puts that wall up itself where it is missing; it needs the right to.
    pub install_guard: bool,
}

impl Default for HostingSettings {
    fn default() -> Self {
        Self {
            socket: None,
            pool: "10.213.0.0/16".to_owned(),
            nft: "nft".to_owned(),
            install_guard: true,
        }
    }
}

/// The gateway to the targets; without a domain, there is none.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GatewaySettings {
    /// The domain under which each access to a target has a name, for example
    /// `cibles.metropole.example`: `*.` of it leads to the gateway.
    pub domain: Option<String>,
    /// The address and port on which it answers these names.
    pub listen: String,
    /// The address and port of its HTTP proxy, for tools that cannot resolve these names.
    pub proxy: Option<String>,
    /// The port that people's tools ask, where another server stands before it.
    pub public_port: Option<u16>,
    /// The address of the proxy as people's tools reach it, where it is another.
    pub public_proxy: Option<String>,
    /// The file of its certificate for `*.` of the domain (PEM).
    pub certificate: Option<PathBuf>,
    /// The file of the certificate's private key (PEM).
    pub certificate_key: Option<PathBuf>,
    /// Whether another server ends TLS before it, so that people's tools ask by `https`.
    pub tls_before: bool,
    /// Whether it runs as a process of its own, `beffroi gateway`, beside `beffroi serve`.
    pub apart: bool,
    /// Whether test environments may stand in private networks or on this machine.
    pub private_targets: bool,
    /// Connections that are served at once.
    pub connections: usize,
    /// Bytes that the recordings of one campaign may take.
    pub room_bytes: u64,
    /// Seconds after which what was recorded can be read back.
    pub segment_seconds: u64,
    /// Requests in a second that one access may make, on average.
    pub rate: u32,
    /// Requests that may come at once before the average counts.
    pub burst: u32,
    /// Requests of one access that may be under way at once.
    pub concurrent: u32,
    /// Bytes that may pass by one access, both ways together.
    pub lease_bytes: u64,
}

impl Default for GatewaySettings {
    fn default() -> Self {
        Self {
            domain: None,
            listen: "127.0.0.1:8081".to_owned(),
            proxy: None,
            public_port: None,
            public_proxy: None,
            certificate: None,
            certificate_key: None,
            tls_before: false,
            apart: false,
            private_targets: false,
            connections: 4096,
            room_bytes: 50 << 30,
            segment_seconds: 30,
            rate: 200,
            burst: 400,
            concurrent: 64,
            lease_bytes: 100 << 30,
        }
    }
}

/// What is written to the console.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ConsoleSettings {
    /// Lines for people or JSON for programs.
    pub format: ConsoleFormat,
    /// What is told: `warn`, `info`, `debug`, or by part as in `info,web=debug`.
    pub filter: String,
}

/// The form of a line of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ConsoleFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

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
    /// Days before the acceptance of a risk ends that its organisation is reminded.
    risk_reminder_days: i64,
    /// Organisations that one transaction of an import of the directory takes.
    directory_chunk: usize,
    /// Organisations that one import of the directory may say are no more.
    directory_gone: usize,
    /// Bytes of sealed texts that a node holds open for search.
    search_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            public_url: None,
            folder: PathBuf::from("./var"),
            database: None,
            database_connections: 10,
            keys: None,
            log_name: None,
            trusted_proxies: Vec::new(),
            mail: MailSettings::default(),
            gateway: GatewaySettings::default(),
            hosting: HostingSettings::default(),
            console: ConsoleSettings::default(),
            limits: LimitSettings::default(),
            estimates: EstimateSettings::default(),
        }
    }
}

impl Default for EstimateSettings {
    fn default() -> Self {
        Self {
            test_cost_cents: use_cases::app::TEST_COST_CENTS,
        }
    }
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            from: "Beffroi <beffroi@localhost>".to_owned(),
            relay: None,
            user: None,
            password_file: None,
            timeout_seconds: 30,
        }
    }
}

impl Default for ConsoleSettings {
    fn default() -> Self {
        Self {
            format: ConsoleFormat::Text,
            filter: "info,sqlx=warn".to_owned(),
        }
    }
}

/// What flags say; a flag that is not there says nothing.
#[derive(Clone, Default, Serialize, clap::Args)]
pub struct Flags {
    /// Adresse et port d’écoute, par exemple 127.0.0.1:8080
    #[arg(long, global = true, value_name = "ADRESSE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<String>,
    /// Adresse publique de l’instance, par exemple https://beffroi.example
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
    /// Dossier de la base, des fichiers et des clés
    #[arg(long, global = true, value_name = "DOSSIER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
}

impl Settings {
    /// Reads the settings from all their places.
    pub fn read(file: Option<&Path>, flags: &Flags) -> Result<Self, Trouble> {
        if let Some(missing) = file.filter(|file| !file.exists()) {
            return Err(Trouble::new(
                format!("le fichier de réglages {} n’existe pas", missing.display()),
                "corrigez --config, ou retirez-le pour partir des valeurs par défaut",
            ));
        }
        Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file(file.unwrap_or(Path::new(FILE))))
            .merge(Env::prefixed("BEFFROI_").ignore(&["config", "regenerate"]).split("__"))
            .merge(Serialized::defaults(flags))
            .extract()
            .map_err(|error| {
                Trouble::new(
                    format!("les réglages ne se lisent pas : {error}"),
                    "chaque réglage est décrit dans docs/settings.schema.json",
                )
            })
    }

    /// Gives the address to listen on.
    pub fn listen(&self) -> Result<SocketAddr, Trouble> {
        self.listen.parse().map_err(|_| {
            Trouble::new(
                format!("« {} » n’est pas une adresse d’écoute", self.listen),
                "écrivez une adresse et un port dans « listen », par exemple 127.0.0.1:8080",
            )
        })
    }

    /// Gives the address under which people reach the instance, without a final slash.
    pub fn public_url(&self) -> String {
        let url = self
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.listen));
        url.trim_end_matches('/').to_owned()
    }

    /// Gives the host of the public address, with its port where there is one.
    pub fn public_host(&self) -> String {
        let url = self.public_url();
        let after = url.split_once("://").map_or(url.as_str(), |(_, after)| after);
        after.split('/').next().unwrap_or_default().to_owned()
    }

    /// Says whether the public address is of this machine only.
    pub fn is_loopback(&self) -> bool {
        let host = self.public_host();
        let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    }

    /// Gives the folder of the keys.
    pub fn keys(&self) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| self.folder.join("keys"))
    }

    /// Gives the file of the database on SQLite.
    pub fn sqlite_file(&self) -> PathBuf {
        self.folder.join("beffroi.sqlite")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_in_git_is_the_one_of_the_settings() {
        let schema = schemars::schema_for!(Settings);
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/settings.schema.json");
        if std::env::var_os("BEFFROI_REGENERATE").is_some() {
            std::fs::write(&file, &text).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            found == text,
            "docs/settings.schema.json is out of date: run the tests with BEFFROI_REGENERATE=1"
        );
    }

    #[test]
    fn flags_win_over_a_file_and_a_file_over_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("beffroi.toml");
        std::fs::write(
            &file,
            "listen = \"127.0.0.1:9000\"\n[limits]\ntitle = 12\n[mail]\nfrom = \"a@b.example\"\n",
        )
        .unwrap();
        let flags = Flags {
            public_url: Some("https://beffroi.example/".to_owned()),
            ..Flags::default()
        };
        let Ok(settings) = Settings::read(Some(&file), &flags) else {
            panic!("the settings are right")
        };
        assert_eq!(settings.listen().unwrap().port(), 9000);
        assert_eq!(settings.limits.limits().title, 12);
        assert_eq!(settings.limits.limits().text, Limits::default().text);
        assert_eq!(settings.public_url(), "https://beffroi.example");
        assert_eq!(settings.public_host(), "beffroi.example");
        assert!(!settings.is_loopback());
    }

    #[test]
    fn an_unknown_setting_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("beffroi.toml");
        std::fs::write(&file, "lissen = 1\n").unwrap();
        let Err(trouble) = Settings::read(Some(&file), &Flags::default()) else {
            panic!("lissen is no setting")
        };
        assert!(trouble.to_string().contains("lissen"), "{trouble}");
    }
}
