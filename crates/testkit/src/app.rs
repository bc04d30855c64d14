//! A whole Beffroi in process.

use crate::chance::SeededChance;
use crate::clock::FakeClock;
use crate::cluster::{self, Cloned};
use crate::mailbox::Mailbox;
use authorization::{Policies, SystemKind};
use domain::Timestamp;
use sealing::{InstanceKey, InstanceKeyring, LogSigner};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use storage::Database;
use tempfile::TempDir;
use tokio::sync::OnceCell;
use use_cases::search::OpenTexts;
use use_cases::snapshot::SnapshotRoom;
use use_cases::vault::Vault;
use use_cases::{App, Context, GatewayAddress, Limits, Settings, Who};
use uuid::Uuid;

/// The instant at which every test begins: 1 September 2026, 08:00 UTC.
pub const START: Timestamp = Timestamp(1_788_249_600_000_000);

/// The name of the log in receipts and checkpoints.
pub(crate) const LOG_NAME: &str = "beffroi.test";

static POLICIES: LazyLock<Arc<Policies>> =
    LazyLock::new(|| Arc::new(Policies::built_in().expect("the policies are valid")));

/// Connections to the database of one instance; PostgreSQL has twice as many.
const CONNECTIONS: u32 = 4;
/// Bytes of sealed texts that are held open for search.
const OPEN_BYTES: usize = 16 * 1024 * 1024;

/// The seed of the key that signs the log.
pub(crate) const LOG_KEY: [u8; 32] = [7; 32];

/// A migrated SQLite file that tests copy.
static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();

/// A whole Beffroi in process, with a database, a folder, a clock and a mailbox of its own.
pub struct TestApp {
    /// What the use cases reach; `TestApp` dereferences to it.
    pub app: App,
    /// The database, for looking behind the ports.
    pub database: Database,
    /// The clock.
    pub clock: Arc<FakeClock>,
    /// The mails that were sent.
    pub mails: Arc<Mailbox>,
    folder: TempDir,
    cloned: Option<Cloned>,
}

/// Believes no authority: the tests' targets speak plain HTTP.
fn roots() -> Arc<tokio_rustls::rustls::ClientConfig> {
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = tokio_rustls::rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_root_certificates(tokio_rustls::rustls::RootCertStore::empty())
        .with_no_client_auth();
    Arc::new(config)
}

/// Finds targets on this machine alone, by their address.
struct Loopback;

#[async_trait::async_trait]
impl evidence::FindHost for Loopback {
    async fn find(&self, host: &str, port: u16) -> Option<std::net::SocketAddr> {
        let address: std::net::IpAddr = host.parse().ok()?;
        address.is_loopback().then(|| std::net::SocketAddr::new(address, port))
    }
}

impl Deref for TestApp {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl TestApp {
    /// Makes one on SQLite.
    ///
    /// # Panics
    /// Where the machine lacks what it needs.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("beffroi.sqlite");
        std::fs::write(&path, TEMPLATE.get_or_init(sqlite_template).await).expect("a file");
        let database = Database::open_sqlite(&path, CONNECTIONS).await.expect("SQLite opens");
        Self::assemble(database, folder, None)
    }

    /// Makes one on PostgreSQL, starting it the first time.
    ///
    /// # Panics
    /// Where PostgreSQL is not installed; it says what to install.
    pub async fn postgres() -> Self {
        let cloned = cluster::clone(START).await;
        let database = Database::open_postgres(&cloned.url, 2 * CONNECTIONS)
            .await
            .expect("PostgreSQL answers");
        Self::assemble(database, tempfile::tempdir().expect("a folder"), Some(cloned))
    }

    fn assemble(database: Database, folder: TempDir, cloned: Option<Cloned>) -> Self {
        let clock = Arc::new(FakeClock::at(START));
        let mails = Arc::new(Mailbox::default());
        let files = files::Folder::open(&folder.path().join("files")).expect("a folder");
        let keys = InstanceKeyring::new(vec![InstanceKey::new(1, [3; 32])]).expect("a key");
        let app = App {
            store: Arc::new(database.clone()),
            files: Arc::new(files),
            recordings: Arc::new(evidence::FolderRecordings::new(
                folder.path().join("recordings/campaigns"),
                "test",
                20 << 20,
            )),
            seeds: Arc::new(evidence::SeedArchives),
            replayer: Arc::new(evidence::NetworkReplayer::new(Arc::new(Loopback), roots(), 20 << 20)),
            mailer: mails.clone(),
            clock: clock.clone(),
            chance: Arc::new(SeededChance::new(2026)),
            policies: POLICIES.clone(),
            keys: Arc::new(keys),
            signer: Arc::new(LogSigner::new(LOG_NAME, LOG_KEY).expect("a key")),
            vault: Arc::new(Vault::new(1000)),
            search: Arc::new(OpenTexts::new(OPEN_BYTES)),
            figures: Arc::default(),
            settings: Arc::new(settings()),
            snapshots: SnapshotRoom::of_connections(CONNECTIONS),
            tasks: tokio_util::task::TaskTracker::new(),
        };
        Self {
            app,
            database,
            clock,
            mails,
            folder,
            cloned,
        }
    }

    /// Changes the settings of this one.
    #[must_use]
    pub fn with_settings(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::clone(&self.app.settings);
        change(&mut settings);
        self.app.settings = Arc::new(settings);
        self
    }

    /// Gives the folder that holds the files, and the database on SQLite.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Gives the file of the database on SQLite.
    #[must_use]
    pub fn sqlite_file(&self) -> PathBuf {
        self.folder.path().join("beffroi.sqlite")
    }

    /// Gives the address of the database on PostgreSQL.
    #[must_use]
    pub fn postgres_url(&self) -> Option<String> {
        self.cloned.as_ref().map(|cloned| cloned.url.clone())
    }

    /// Gives the context of somebody who has not signed in.
    #[must_use]
    pub fn nobody(&self) -> Context {
        Context::of(&self.app, Who::Nobody, "192.0.2.1")
    }

    /// Gives the context of the system's own work.
    #[must_use]
    pub fn system(&self, kind: SystemKind) -> Context {
        Context::system(&self.app, kind)
    }

    /// Runs every job that is due and gives how many there were.
    ///
    /// # Panics
    /// Where the queue fails, or a job was given up.
    pub async fn run_jobs(&self) -> usize {
        let mut done = 0;
        while use_cases::jobs::run_one(&self.app).await.expect("the queue works") {
            done += 1;
        }
        let mut session = self.store.snapshot().await.expect("a snapshot");
        let (_, given_up) = session.job_counts().await.expect("the jobs count");
        assert_eq!(given_up, 0, "a job was given up");
        done
    }

    /// Numbers the journal and signs its checkpoints.
    ///
    /// # Panics
    /// Where the sequencer fails.
    pub async fn sequence(&self) {
        while use_cases::journal::sequence(&self.app, Uuid::from_u128(1))
            .await
            .expect("the sequencer works")
            > 0
        {}
    }

    /// Runs the due jobs, numbers the journal, and demands that the log verifies.
    ///
    /// # Panics
    /// Where a job fails or the log does not verify.
    pub async fn settle(&self) {
        self.run_jobs().await;
        self.sequence().await;
        for report in use_cases::journal::verify(&self.app)
            .await
            .expect("the log can be read")
        {
            assert_eq!(report.problems, [], "the log {}", report.log);
        }
    }

    /// Changes rows behind the product's back, as a thief of the database would.
    ///
    /// # Panics
    /// Where the statement fails.
    pub async fn tamper(&self, sql: &'static str) {
        match &self.database {
            Database::Sqlite(_) => {
                self.sqlite_connection().execute(sql, []).expect(sql);
            }
            Database::Postgres(pool) => {
                sqlx::query(sql).execute(pool).await.expect(sql);
            }
        }
    }

    /// Makes a copy on SQLite that goes its own way; files, clock and mailbox stay shared.
    ///
    /// # Panics
    /// Where it does not run on SQLite, or the copy fails.
    pub async fn copied(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("beffroi.sqlite");
        let letters = path.to_str().expect("a path of letters");
        let copied = self.sqlite_connection().execute("VACUUM INTO ?", [letters]);
        copied.expect("the database can be copied");
        let database = Database::open_sqlite(&path, 2).await.expect("SQLite opens");
        let mut app = self.app.clone();
        app.store = Arc::new(database.clone());
        app.vault = Arc::new(Vault::new(1000));
        app.search = Arc::new(OpenTexts::new(OPEN_BYTES));
        Self {
            app,
            database,
            clock: self.clock.clone(),
            mails: self.mails.clone(),
            folder,
            cloned: None,
        }
    }

    /// Gives the identifier that a query on SQLite finds first, where it finds one.
    ///
    /// # Panics
    /// Where it does not run on SQLite, or the statement fails.
    pub fn id_of(&self, sql: &str, about: Uuid) -> Option<Uuid> {
        let connection = self.sqlite_connection();
        let found = connection.query_row(sql, [about.as_bytes()], |row| row.get::<_, Vec<u8>>(0));
        match found {
            Ok(id) => Some(Uuid::from_slice(&id).expect("an identifier")),
            Err(rusqlite::Error::QueryReturnedNoRows) => None,
            Err(error) => panic!("{sql}: {error}"),
        }
    }

    /// Opens a connection of its own to the file, for looking and writing behind the product's back.
    ///
    /// # Panics
    /// Where it does not run on SQLite.
    #[must_use]
    pub fn sqlite_connection(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.sqlite_file()).expect("the file opens");
        connection
            .busy_timeout(std::time::Duration::from_secs(30))
            .expect("a time to wait");
        connection
    }

    /// Gives the whole site, for requests without a network.
    pub fn site(&self) -> axum::Router {
        self.pages(false)
    }

    fn pages(&self, demo: bool) -> axum::Router {
        web::router(web::Web {
            app: self.app.clone(),
            demo,
            secure: false,
        })
    }

    /// Serves the whole site on a free port of this machine and gives its address.
    ///
    /// # Panics
    /// Where no port can be had.
    pub async fn serve(&mut self) -> String {
        self.serve_pages(false).await
    }

    /// Serves the site of an invented story: its pages say so, and what is added there is marked as invented.
    ///
    /// # Panics
    /// Where no port can be had.
    pub async fn serve_invented(&mut self) -> String {
        self.serve_pages(true).await
    }

    async fn serve_pages(&mut self, demo: bool) -> String {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", crate::browser::free_port()))
            .await
            .expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let mut settings = Settings::clone(&self.app.settings);
        settings.public_url.clone_from(&address);
        self.app.settings = Arc::new(settings);
        let site = self
            .pages(demo)
            .into_make_service_with_connect_info::<std::net::SocketAddr>();
        self.tasks.spawn(async move { axum::serve(listener, site).await });
        address
    }
}

fn settings() -> Settings {
    Settings {
        public_url: "https://beffroi.test".to_owned(),
        mail_from: "beffroi@beffroi.test".to_owned(),
        mail_folder: None,
        log_name: LOG_NAME.to_owned(),
        // Tests look at figures before and after something, at one instant.
        limits: Limits {
            figures_seconds: 0,
            ..Limits::default()
        },
        test_cost_cents: use_cases::app::TEST_COST_CENTS,
        set_up_token_hash: Some(sealing::token_hash(&[9; 32])),
        several_servers: false,
        hosting: true,
        cluster: false,
        gateway: Some(GatewayAddress {
            certificates: true,
            domain: "cibles.test".to_owned(),
            tls: true,
            port: 443,
            proxy: Some("127.0.0.1:8082".to_owned()),
        }),
    }
}

async fn sqlite_template() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("template.sqlite");
    let database = Database::open_sqlite(&path, 1).await.expect("SQLite opens");
    database.migrate(START).await.expect("the migrations apply on SQLite");
    database.close().await;
    std::fs::read(&path).expect("the template")
}
