//! Groups of settings: mail, the gateway, the console, estimates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

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
    /// The folder of the link and of the recordings, where it is another than `folder`: the one that a gateway of
    /// another user shares with `beffroi serve`. It stands outside `folder`.
    pub folder: Option<PathBuf>,
    /// The group, by its name or its number, whose members may open the link and write recordings: the user of
    /// `beffroi gateway` is in it, and so is the user of `beffroi serve`. Without it, both run as one user.
    pub group: Option<Group>,
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
            folder: None,
            group: None,
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

/// A group of the system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Group {
    /// By its number.
    Number(u32),
    /// By its name.
    Name(String),
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Name(name) => f.write_str(name),
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
