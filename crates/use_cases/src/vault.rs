//! The vault: opened data keys, bounded in number and wiped when they leave.

use crate::app::App;
use crate::error::{Error, Outcome};
use crate::ports::{KeyRow, Session};
use domain::Timestamp;
use sealing::{DataKey, Holder};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// The kinds of holder that have a data key of their own (`product.md` §5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyHolder {
    /// The instance itself: the journal of public acts, invitations.
    Instance,
    /// A person: name, address, devices.
    Person(domain::ids::PersonId),
    /// A programme: candidacies, authorisations.
    Programme(domain::ids::ProgrammeId),
    /// A campaign: reports, comments, attachments, scope, test accounts, its targets; not what was recorded of them.
    Campaign(domain::ids::CampaignId),
    /// A vulnerability: its layers and the evidence chosen for it.
    Vulnerability(domain::ids::VulnerabilityId),
    /// The recordings of a campaign, which end before the campaign's own texts do: what passed the gateway.
    Recordings(domain::ids::CampaignId),
    /// An organisation: what it deposits about itself, such as a deployment's proof.
    Organisation(domain::ids::OrganisationId),
}

impl KeyHolder {
    /// Gives the holder as the data key's row names it.
    #[must_use]
    pub fn parts(self) -> (&'static str, Uuid) {
        match self {
            Self::Instance => ("instance", Uuid::nil()),
            Self::Person(id) => ("person", id.0),
            Self::Programme(id) => ("programme", id.0),
            Self::Campaign(id) => ("campaign", id.0),
            Self::Vulnerability(id) => ("vulnerability", id.0),
            Self::Recordings(id) => ("recordings", id.0),
            Self::Organisation(id) => ("organisation", id.0),
        }
    }
}

/// Opened keys by identifier, and the order in which they came.
type Opened = (HashMap<Uuid, Arc<DataKey>>, VecDeque<Uuid>);

/// A bounded cache of opened data keys.
pub struct Vault {
    opened: Mutex<Opened>,
    readings: Mutex<VecDeque<Uuid>>,
    capacity: usize,
}

impl Vault {
    /// Makes an empty vault for at most `capacity` opened keys.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            opened: Mutex::default(),
            readings: Mutex::default(),
            capacity,
        }
    }

    fn get(&self, id: Uuid) -> Option<Arc<DataKey>> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.0.get(&id).cloned()
    }

    fn put(&self, key: Arc<DataKey>) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let id = key.id();
        if opened.0.insert(id, key).is_none() {
            opened.1.push_back(id);
        }
        while opened.1.len() > self.capacity {
            if let Some(oldest) = opened.1.pop_front() {
                opened.0.remove(&oldest);
            }
        }
    }

    /// Forgets every opened key, as after a destruction.
    pub fn forget_all(&self) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.0.clear();
        opened.1.clear();
    }

    /// Forgets opened keys that were destroyed.
    pub(crate) fn forget(&self, ids: &[Uuid]) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.0.retain(|id, _| !ids.contains(id));
        opened.1.retain(|id| !ids.contains(id));
    }

    /// Says whether a reading was already journaled by this node.
    pub(crate) fn knows_reading(&self, id: Uuid) -> bool {
        let known = self.readings.lock().unwrap_or_else(PoisonError::into_inner);
        known.contains(&id)
    }

    /// Remembers that a reading is journaled.
    pub(crate) fn remember_reading(&self, id: Uuid) {
        let mut known = self.readings.lock().unwrap_or_else(PoisonError::into_inner);
        known.push_back(id);
        while known.len() > self.capacity {
            known.pop_front();
        }
    }
}

/// Gives a holder's data key, making it the first time.
pub(crate) async fn key_of(
    app: &App,
    session: &mut dyn Session,
    holder: KeyHolder,
    now: Timestamp,
) -> Outcome<Arc<DataKey>> {
    let (kind, id) = holder.parts();
    if session.holder_key(kind, id).await?.is_none() {
        let key_id = crate::unit::fresh_id(app, now);
        let key = DataKey::from_random(key_id, app.chance.bytes32());
        let current = app.keys.current();
        let row = KeyRow {
            id: key_id,
            holder_kind: kind.to_owned(),
            holder_id: id,
            wrapped: Some(key.wrap(Holder { kind, id }, current, app.chance.nonce())),
            instance_key_id: i64::from(current.id()),
            destroyed_at: None,
        };
        session.insert_key(&row, now).await?;
    }
    let row = session.holder_key(kind, id).await?;
    unwrap(
        app,
        row.ok_or_else(|| Error::Internal("a data key went missing".to_owned()))?,
    )
}

/// Gives the data key that a sealed value names.
pub(crate) async fn key_for(app: &App, session: &mut dyn Session, sealed: &[u8]) -> Outcome<Arc<DataKey>> {
    let id = sealing::key_id_of(sealed)?;
    if let Some(key) = app.vault.get(id) {
        return Ok(key);
    }
    let row = session.key(id).await?;
    unwrap(
        app,
        row.ok_or_else(|| Error::Internal("a sealed value names no data key".to_owned()))?,
    )
}

/// Opens a wrapped data key, or gives the one that is open already.
pub(crate) fn unwrap(app: &App, row: KeyRow) -> Outcome<Arc<DataKey>> {
    // What another node destroyed is gone here too, whatever this one holds open.
    let Some(wrapped) = row.wrapped else {
        app.vault.forget(&[row.id]);
        return Err(Error::NotFound);
    };
    if let Some(key) = app.vault.get(row.id) {
        return Ok(key);
    }
    let holder = Holder {
        kind: &row.holder_kind,
        id: row.holder_id,
    };
    let key = Arc::new(DataKey::unwrap(&wrapped, row.id, holder, &app.keys)?);
    app.vault.put(key.clone());
    Ok(key)
}
