//! What a hosted target is: its services, the images they run, what each may use, and where it is entered.
//!
//! A recipe is written as a TOML text. Reading it gives every problem at once, each with its line
//! and field; what was read is valid, and canonical bytes name it for ever.
//!
//! ```toml
//! version = "4.3.1"
//! entry = { service = "web", port = 8000 }
//!
//! [services.web]
//! image = "registry.example/mairie/portail@sha256:…"   # or the identifier of an image, "sha256:…"
//! command = ["serve"]                                  # in place of the image's own arguments
//! environment = { DATABASE_URL = "postgres://db" }
//! user = "1000:1000"                                   # nobody where nothing is said
//! read-only = true                                     # or false, with root-size = "1 GiB"
//! tmpfs = { "/tmp" = "16 MiB" }
//! aliases = ["portail"]
//! after = ["db"]
//! health = { http = "/ping", status = 200, every = "1 s", within = "60 s" }   # host = "…" where it answers to one only
//! resources = { memory = "256 MiB", cpu = 0.5, processes = 128 }
//!
//! [services.db]
//! image = "sha256:…"
//! volumes = [{ name = "data", at = "/var/lib/data", seed = "sha256:…", size = "1 GiB" }]
//! health = { tcp = 5432 }
//! ```

mod canonical;
mod digest;
mod fields;
mod health;
mod parse;
mod problem;
mod reader;
mod units;
mod validate;

use std::collections::BTreeMap;
use std::time::Duration;

pub use digest::Digest;
pub use problem::{RecipeProblem, RecipeProblemKind};

/// A target that an engine can start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// The version of the product that it runs, as its vendor writes it.
    pub version: String,
    /// Where the gateway reaches it.
    pub entry: Entry,
    /// Its services in the order in which they start.
    pub services: Vec<Service>,
}

/// The service and the port that the gateway reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name of the service.
    pub service: String,
    /// Its TCP port.
    pub port: u16,
    /// Whether TLS is spoken there.
    pub tls: bool,
}

/// One program of a target, in a container of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its name, which is also its host name on the private network.
    pub name: String,
    /// The image that it runs.
    pub image: ImageRef,
    /// The arguments in place of those of the image; none keeps them.
    pub command: Option<Vec<String>>,
    /// What it finds in its environment.
    pub environment: BTreeMap<String, Secret>,
    /// The user it runs as, never the root user.
    pub user: User,
    /// Whether its root file system is read-only.
    pub read_only: bool,
    /// The bytes that it may write into a root that is not read-only.
    pub root_size: u64,
    /// Writable folders in memory, with their sizes in bytes.
    pub tmpfs: BTreeMap<String, u64>,
    /// Folders that outlive a restart of the service, fresh for each instance.
    pub volumes: Vec<Volume>,
    /// Its other host names on the private network.
    pub aliases: Vec<String>,
    /// The services that are healthy before it starts.
    pub after: Vec<String>,
    /// How one knows that it works.
    pub health: Health,
    /// What it may use of the machine.
    pub resources: Resources,
}

/// An image named by what it contains, so that nobody can put another in its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImageRef {
    /// The repository, for example `registry.example/mairie`; none for the identifier of an image.
    pub name: Option<String>,
    /// The digest of the manifest where a repository is named, of the configuration where none is.
    pub digest: Digest,
}

/// A numeric user and group of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    /// The user, from 1 on.
    pub user: u32,
    /// The group, from 1 on.
    pub group: u32,
}

/// A folder that is fresh for each instance and keeps what is written into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// Its name within the service.
    pub name: String,
    /// Where the service sees it.
    pub at: String,
    /// The archive (tar) that fills it at the start, by its digest.
    pub seed: Option<Digest>,
    /// The bytes it may hold.
    pub size: u64,
}

/// How one knows that a service works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// What is asked.
    pub check: HealthCheck,
    /// The time between two checks.
    pub every: Duration,
    /// The time the service may need to become healthy.
    pub within: Duration,
}

/// What is asked of a service to know that it works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HealthCheck {
    /// Nothing but that its process runs.
    Running,
    /// That a TCP connection is accepted.
    Tcp {
        /// The port that it listens on.
        port: u16,
    },
    /// That a path answers with a status.
    Http {
        /// The port that it listens on.
        port: u16,
        /// The path, from `/` on.
        path: String,
        /// The status (RFC 9110, section 15).
        status: u16,
        /// The host name under which it is asked, by `https` as the gateway says it is; none for the service's own name.
        host: Option<String>,
    },
}

/// What a service may use of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resources {
    /// Memory in bytes; there is no swap beside it.
    pub memory: u64,
    /// Processor time in thousandths of a core.
    pub cpu: u32,
    /// Processes and threads together.
    pub processes: u32,
}

/// A value of the environment, shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// The most that a recipe may ask for; an operator sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipeLimits {
    /// How many services a target may have.
    pub services: usize,
    /// The most that one service may use.
    pub resources: Resources,
    /// The bytes of all writable folders in memory of one service.
    pub tmpfs: u64,
    /// The bytes of one volume, and of what is written into one root.
    pub volume: u64,
    /// The time one service may need to become healthy.
    pub start_up: Duration,
    /// The seeds that volumes may begin with, each with its bytes once it is unpacked; none where any may be named.
    pub seeds: Option<BTreeMap<Digest, u64>>,
}

impl RecipeLimits {
    /// Limits nothing: for a recipe that was taken under limits that may be others now.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            services: usize::MAX,
            resources: Resources {
                memory: u64::MAX,
                cpu: u32::MAX,
                processes: u32::MAX,
            },
            tmpfs: u64::MAX,
            volume: u64::MAX,
            start_up: Duration::MAX,
            seeds: None,
        }
    }
}

impl Default for RecipeLimits {
    fn default() -> Self {
        Self {
            services: 8,
            resources: Resources {
                memory: 4 << 30,
                cpu: 2000,
                processes: 1024,
            },
            tmpfs: 1 << 30,
            volume: 10 << 30,
            start_up: Duration::from_secs(300),
            seeds: None,
        }
    }
}

impl Default for Resources {
    fn default() -> Self {
        Self {
            memory: 256 << 20,
            cpu: 500,
            processes: 128,
        }
    }
}

impl Default for User {
    /// Nobody, as Debian numbers it.
    fn default() -> Self {
        Self {
            user: 65534,
            group: 65534,
        }
    }
}

impl Recipe {
    /// Reads and checks a recipe written in TOML.
    ///
    /// # Errors
    /// Every problem found, in the order of the lines; a text that is no TOML has one.
    pub fn parse(text: &str, limits: &RecipeLimits) -> Result<Self, Vec<RecipeProblem>> {
        parse::recipe(text, limits)
    }

    /// Gives the service of a name.
    #[must_use]
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.name == name)
    }

    /// Gives the seeds that its volumes begin with.
    pub fn seeds(&self) -> impl Iterator<Item = &Digest> {
        let volumes = self.services.iter().flat_map(|service| &service.volumes);
        volumes.filter_map(|volume| volume.seed.as_ref())
    }

    /// Gives the bytes that name what is hosted: version, images, seeds and configuration.
    ///
    /// Values of the environment stand in it by `hash` only; where they are secrets a keyed hash
    /// keeps a short one from being guessed. Health checks and the order of starting are left
    /// out: they change nothing in what is tested.
    #[must_use]
    pub fn canonical(&self, hash: &dyn Fn(&[u8]) -> [u8; 32]) -> Vec<u8> {
        canonical::recipe(self, hash)
    }

    /// Gives the fingerprint: `hash` of the canonical bytes.
    #[must_use]
    pub fn fingerprint(&self, hash: &dyn Fn(&[u8]) -> [u8; 32]) -> [u8; 32] {
        hash(&self.canonical(hash))
    }
}

impl std::fmt::Display for ImageRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name}@{}", self.digest),
            None => self.digest.fmt(f),
        }
    }
}

impl std::fmt::Display for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.user, self.group)
    }
}

impl Secret {
    /// Takes a value.
    #[must_use]
    pub fn new(value: String) -> Self {
        Self(value)
    }

    /// Gives the value to what starts the service.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}
