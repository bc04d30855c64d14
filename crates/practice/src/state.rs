//! What the portal keeps: in memory, and in files of its folder that a reset must take away.

use crate::select::Row;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The state of one portal.
pub(crate) struct State {
    folder: PathBuf,
    sessions: Mutex<BTreeMap<String, String>>,
}

/// A request of an inhabitant, which only its author should see.
pub(crate) struct Demand {
    pub(crate) number: u32,
    pub(crate) author: &'static str,
    pub(crate) text: &'static str,
}

/// Who can sign in, with the password; all invented.
pub(crate) const ACCOUNTS: &[(&str, &str)] = &[("camille", "printemps"), ("sacha", "beffroi"), ("agent", "mairie2024")];

/// The requests, numbered one after the other.
pub(crate) const DEMANDS: &[Demand] = &[
    Demand {
        number: 1041,
        author: "camille",
        text: "Inscription à la cantine pour la rentrée",
    },
    Demand {
        number: 1042,
        author: "sacha",
        text: "Aide sociale exceptionnelle, dossier confidentiel",
    },
    Demand {
        number: 1043,
        author: "agent",
        text: "Note interne : code de l'alarme du gymnase 4071",
    },
];

/// Gives the directory of services and people; two rows are not public.
pub(crate) fn directory() -> Vec<Row> {
    let row = |code: &str, name: &str, telephone: &str, public: &str| {
        Row::from([
            ("code", code.to_owned()),
            ("nom", name.to_owned()),
            ("telephone", telephone.to_owned()),
            ("public", public.to_owned()),
        ])
    };
    vec![
        row("accueil", "Accueil de la mairie", "0199000001", "1"),
        row("etat-civil", "Service de l'état civil", "0199000002", "1"),
        row("bibliotheque", "Bibliothèque municipale", "0199000003", "1"),
        row("astreinte", "Astreinte technique", "0639980004", "0"),
        row("maire", "Ligne directe du maire", "0639980005", "0"),
    ]
}

impl State {
    /// Opens a folder; what cannot be written is only missing later.
    pub(crate) fn new(folder: &str) -> Self {
        Self {
            folder: folder.into(),
            sessions: Mutex::default(),
        }
    }

    fn sessions(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a session. Hole: its number can be guessed.
    pub(crate) fn open(&self, account: &str) -> String {
        let mut sessions = self.sessions();
        let token = format!("{}", 7000 + sessions.len());
        sessions.insert(token.clone(), account.to_owned());
        token
    }

    pub(crate) fn account(&self, token: &str) -> Option<String> {
        self.sessions().get(token).cloned()
    }

    pub(crate) fn messages(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder.join("messages.txt")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    pub(crate) fn add_message(&self, message: &str) -> std::io::Result<()> {
        let line = message.replace(['\r', '\n'], " ");
        let path = self.folder.join("messages.txt");
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
        writeln!(file, "{line}")
    }

    /// Gives the place of a document. Hole: the name may lead anywhere.
    pub(crate) fn document(&self, name: &str) -> PathBuf {
        PathBuf::from(format!("{}/{name}", self.folder.display()))
    }
}
