//! The settings: defaults, then one TOML file, then the environment, then flags.

mod groups;
mod hosting;
mod limits;

pub use groups::{ConsoleFormat, ConsoleSettings, EstimateSettings, GatewaySettings, Group, MailSettings};
pub use hosting::{HostingEngine, HostingSettings, KubernetesSettings};
pub use limits::LimitSettings;

use crate::trouble::Trouble;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

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
    use use_cases::Limits;

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
