//! One use case under way: its transaction, who acts, and what is journaled with it.

use crate::app::App;
use crate::error::{Error, Outcome};
use crate::journal::{self, Log, NewEntry};
use crate::ports::{CampaignReports, EntryRow, JobRow, PersonRow, Reader, ReportReach, Session};
use crate::search::Text;
use crate::vault::{self, KeyHolder};
use authorization::{Acting, Action, Actor, Loaded, Permitted, Resource};
use domain::ids::{EntryId, JobId, PersonId};
use domain::time::HOUR;
use domain::{Date, Timestamp};
use sealing::{Place, Receipt};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Names the identifiers of readings, so that one per person, thing and hour is kept.
const READINGS: Uuid = Uuid::from_u128(0x6265_6666_726f_6900_8000_7265_6164_696e);

/// One use case under way.
pub struct Unit {
    /// The open transaction.
    pub store: Box<dyn Session>,
    /// What the use case may reach.
    pub app: App,
    /// Who acts.
    pub actor: Actor,
    /// The instant of the use case; it has only one.
    pub now: Timestamp,
    /// What the actor is to the circle of a vulnerability.
    pub reader: Reader,
    /// The session of the request, where a person has signed in.
    pub session: Option<domain::ids::SessionId>,
    pub(crate) readings: HashMap<Uuid, Reading>,
    pub(crate) unread: BTreeSet<Text>,
    names: HashMap<PersonId, String>,
    /// The campaigns that some grants reach, which the parts of a desk ask for after one another.
    pub(crate) reached: Option<(ReportReach, Vec<CampaignReports>)>,
}

/// That somebody opened sealed contents of a thing.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) acting: Acting,
    pub(crate) kind: &'static str,
    pub(crate) subject: Uuid,
    pub(crate) hour: i64,
    pub(crate) action: &'static str,
}

/// Gives the day of an instant in Paris.
pub(crate) fn paris_day(at: Timestamp) -> Date {
    let (year, month, day) = i18n::local_day(at.0);
    Date::new(year, month, day).expect("a clock of our era")
}

impl Unit {
    /// Gives the day that it is in Paris.
    pub(crate) fn today(&self) -> Date {
        paris_day(self.now)
    }

    pub(crate) fn new(store: Box<dyn Session>, app: App, actor: Actor, now: Timestamp) -> Self {
        Self {
            store,
            app,
            reader: Reader::new(actor.grants(), now),
            actor,
            now,
            session: None,
            readings: HashMap::new(),
            unread: BTreeSet::new(),
            names: HashMap::new(),
            reached: None,
        }
    }

    /// Lets the rest of the use case see what somebody sees, with what the circle of vulnerabilities asks of them.
    pub(crate) fn acts_as(&mut self, actor: Actor) {
        self.reader = Reader::new(actor.grants(), self.now);
        self.actor = actor;
    }

    /// Makes a fresh identifier (UUIDv7).
    #[must_use]
    pub fn fresh_id(&self) -> Uuid {
        fresh_id(&self.app, self.now)
    }

    /// Asks the policies for the proof that the actor may do `A` to a loaded thing.
    ///
    /// # Errors
    /// [`Error::NotFound`]: what one may not do looks like what is not there. A person who has
    /// not signed in gets [`Error::SignInFirst`] only where pages say so for any address.
    pub fn permit<A: Action, T: Resource>(&self, loaded: Loaded<T>) -> Outcome<Permitted<A, T>> {
        Ok(self.app.policies.permit(&self.actor, loaded)?)
    }

    /// Asks for the proof on a thing that may not be there.
    ///
    /// # Errors
    /// [`Error::NotFound`] in both cases alike.
    pub fn permit_found<A: Action, T: Resource>(&self, loaded: Option<Loaded<T>>) -> Outcome<Permitted<A, T>> {
        self.permit(loaded.ok_or(Error::NotFound)?)
    }

    /// Says whether the actor may do `A` to a thing, for offering it on a page.
    #[must_use]
    pub fn may<A: Action, T: Resource>(&self, thing: &T) -> bool {
        self.app.policies.would_permit::<A, T>(&self.actor, thing)
    }

    /// Gives the signed-in person.
    ///
    /// # Errors
    /// [`Error::SignInFirst`] where nobody has signed in.
    pub fn person(&self) -> Outcome<PersonId> {
        self.actor.person().ok_or(Error::SignInFirst)
    }

    /// Seals a value for one place, under a holder's key.
    ///
    /// # Errors
    /// [`Error`] where the key cannot be had.
    pub async fn seal(&mut self, holder: KeyHolder, place: Place<'_>, plain: &[u8]) -> Outcome<Vec<u8>> {
        let key = vault::key_of(&self.app, self.store.as_mut(), holder, self.now).await?;
        Ok(key.seal(place, plain, self.app.chance.nonce()))
    }

    /// Opens a sealed value of a permitted thing; the reading is journaled with the use case.
    ///
    /// # Errors
    /// [`Error::NotFound`] where its key was destroyed; [`Error::Internal`] where it was tampered with.
    pub async fn open<A: Action, T: Resource>(
        &mut self,
        proof: &Permitted<A, T>,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Outcome<Zeroizing<Vec<u8>>> {
        self.note_reading(proof.acting(), A::NAME, T::TYPE, Resource::id(&**proof));
        self.open_unnoted(place, sealed).await
    }

    /// Opens a sealed text of a permitted thing; the reading is journaled with the use case.
    ///
    /// # Errors
    /// As [`Unit::open`].
    pub async fn open_text<A: Action, T: Resource>(
        &mut self,
        proof: &Permitted<A, T>,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Outcome<String> {
        let plain = self.open(proof, place, sealed).await?;
        text(&plain)
    }

    /// Notes that the actor reads sealed contents of a thing.
    pub fn note_reading(&mut self, acting: &Acting, action: &'static str, kind: &'static str, subject: Uuid) {
        if let Some(person) = acting.person() {
            let hour = self.now.0 / HOUR;
            let name = format!("{person}/{kind}/{subject}/{hour}");
            self.readings.insert(
                Uuid::new_v5(&READINGS, name.as_bytes()),
                Reading {
                    acting: acting.clone(),
                    kind,
                    subject,
                    hour,
                    action,
                },
            );
        }
    }

    /// Has a text read for search before the use case is kept: whoever writes one says so here.
    pub fn read_for_search(&mut self, text: Text) {
        self.unread.insert(text);
    }

    /// Opens a sealed value without noting a reading: one's own data, the names shown in
    /// histories, and what the system opens to do its work (a mail's address).
    pub(crate) async fn open_unnoted(&mut self, place: Place<'_>, sealed: &[u8]) -> Outcome<Zeroizing<Vec<u8>>> {
        let key = vault::key_for(&self.app, self.store.as_mut(), sealed).await?;
        Ok(key.open(place, sealed)?)
    }

    /// Opens a sealed text without noting a reading; see [`Unit::open_unnoted`].
    pub(crate) async fn open_text_unnoted(&mut self, place: Place<'_>, sealed: &[u8]) -> Outcome<String> {
        let plain = self.open_unnoted(place, sealed).await?;
        text(&plain)
    }

    /// Gives a person's pseudonym; the name of those who never hunted.
    ///
    /// # Errors
    /// As [`Unit::name_of`].
    pub async fn pseudonym_of(&mut self, person: PersonId) -> Outcome<String> {
        let found = self.store.person(person).await?;
        match found.map(|row| row.peek().pseudonym.clone()) {
            Some(pseudonym) if !pseudonym.is_empty() => Ok(pseudonym),
            _ => self.name_of(person).await,
        }
    }

    /// Gives the name of a person for those who work with them; a minor's is their pseudonym.
    ///
    /// # Errors
    /// [`Error`] where the store fails; somebody erased has an empty name.
    pub async fn name_of(&mut self, person: PersonId) -> Outcome<String> {
        if let Some(name) = self.names.get(&person) {
            return Ok(name.clone());
        }
        match self.store.person(person).await? {
            None => Ok(String::new()),
            Some(row) => self.name_in(row.peek()).await,
        }
    }

    /// As [`Unit::name_of`], of somebody whose row was read.
    ///
    /// # Errors
    /// As [`Unit::name_of`].
    pub(crate) async fn name_in(&mut self, row: &PersonRow) -> Outcome<String> {
        let name = if row.minor {
            row.pseudonym.clone()
        } else {
            let at = place("person", "name_sealed", row.id.0);
            match self.open_text_unnoted(at, &row.name).await {
                Ok(name) => name,
                Err(Error::NotFound) => row.pseudonym.clone(),
                Err(error) => return Err(error),
            }
        };
        self.names.insert(row.id, name.clone());
        Ok(name)
    }

    /// Journals what happened; it enters its log with the transaction.
    ///
    /// # Errors
    /// [`Error`] where the store fails.
    pub async fn record(&mut self, acting: &Acting, entry: NewEntry) -> Outcome<EntryId> {
        let mut row = self
            .entry_row(acting, entry.stream_kind, entry.stream_id, entry.kind, entry.log)
            .await?;
        let content = journal::canonical(&row, &entry.body);
        self.keep_entry(&mut row, entry.holder, self.app.chance.bytes32(), &content)
            .await
    }

    /// Journals what a receipt promises, in a log whose name the receipt bears, and gives the signed receipt.
    ///
    /// The promise's content is only what the receipt says, so that anybody can recompute its leaf;
    /// an entry of the sealed log says who acted, when and on what.
    ///
    /// # Errors
    /// [`Error`] where the store fails or a line of the receipt is not one line.
    pub async fn record_receipt(
        &mut self,
        acting: &Acting,
        stream: (&'static str, Uuid),
        (log, kind): (Log, &'static str),
        receipt: Receipt,
    ) -> Outcome<(EntryId, String)> {
        let mut row = self.entry_row(acting, stream.0, stream.1, kind, log).await?;
        let content = receipt.canonical_entry().map_err(|e| Error::Internal(e.to_string()))?;
        let text = sealing::sign_receipt(&self.app.signer, &receipt).map_err(|e| Error::Internal(e.to_string()))?;
        let id = self
            .keep_entry(&mut row, KeyHolder::Instance, receipt.salt, content.as_bytes())
            .await?;
        let beside = NewEntry {
            stream_kind: journal::RECEIPT_STREAM,
            stream_id: id.0,
            kind: "receipt.given",
            log: Log::Sealed,
            holder: KeyHolder::Instance,
            body: journal::columns(&row),
        };
        self.record(acting, beside).await?;
        Ok((id, text))
    }

    /// Gives the name of a log, as receipts and checkpoints write it.
    #[must_use]
    pub fn name_of_log(&self, log: Log) -> String {
        log.name(&self.app)
    }

    async fn entry_row(
        &mut self,
        acting: &Acting,
        stream_kind: &str,
        stream_id: Uuid,
        kind: &str,
        log: Log,
    ) -> Outcome<EntryRow> {
        let mut row = EntryRow {
            id: EntryId(self.fresh_id()),
            stream_kind: stream_kind.to_owned(),
            stream_id,
            stream_seq: self.store.next_stream_seq(stream_kind, stream_id).await?,
            kind: kind.to_owned(),
            actor: None,
            system: None,
            grant: None,
            role: None,
            at: self.now,
            body: Vec::new(),
            leaf: Vec::new(),
            log: log.code().to_owned(),
            leaf_index: None,
        };
        journal::sign(&mut row, acting);
        Ok(row)
    }

    async fn keep_entry(
        &mut self,
        row: &mut EntryRow,
        holder: KeyHolder,
        salt: [u8; 32],
        content: &[u8],
    ) -> Outcome<EntryId> {
        let salted = [salt.as_slice(), content].concat();
        row.body = self
            .seal(holder, place("journal_entry", "body_sealed", row.id.0), &salted)
            .await?;
        row.leaf = sealing::entry_leaf(&salt, content).to_vec();
        self.store.insert_entry(row).await?;
        Ok(row.id)
    }

    /// Gives the history of a thing: each entry with its body, where it can still be opened.
    ///
    /// # Errors
    /// [`Error`] where the store fails.
    pub async fn history(&mut self, stream_kind: &str, stream_id: Uuid) -> Outcome<Vec<(EntryRow, serde_json::Value)>> {
        let entries = self.store.stream(stream_kind, stream_id).await?;
        self.with_bodies(entries).await
    }

    /// Gives what the gateway of a campaign refused since an instant, with contents, newest first, for whoever holds a
    /// proof on it.
    pub(crate) async fn refusals_of(
        &mut self,
        campaign: Uuid,
        since: Timestamp,
        most: i64,
    ) -> Outcome<Vec<(EntryRow, serde_json::Value)>> {
        let entries = self.store.gateway_refusals(campaign, since, most).await?;
        self.with_bodies(entries).await
    }

    async fn with_bodies(&mut self, entries: Vec<EntryRow>) -> Outcome<Vec<(EntryRow, serde_json::Value)>> {
        let mut history = Vec::with_capacity(entries.len());
        for entry in entries {
            let body = match open_entry(&self.app, self.store.as_mut(), &entry).await {
                Ok((_, content)) => serde_json::from_slice(&content)
                    .map(|value: serde_json::Value| value.get("body").cloned().unwrap_or_default())
                    .unwrap_or_default(),
                Err(Error::NotFound) => serde_json::Value::Null,
                Err(error) => return Err(error),
            };
            history.push((entry, body));
        }
        Ok(history)
    }

    /// Puts a job in the queue with the transaction; the same `dedup_key` is kept once.
    ///
    /// # Errors
    /// [`Error`] where the store fails.
    pub async fn enqueue(
        &mut self,
        kind: &str,
        dedup_key: String,
        subject: Option<Uuid>,
        person: Option<PersonId>,
        run_at: Timestamp,
    ) -> Outcome<()> {
        let job = JobRow {
            id: JobId(self.fresh_id()),
            kind: kind.to_owned(),
            dedup_key,
            subject,
            person,
            run_at,
            attempt: 0,
            fence: 0,
        };
        Ok(self.store.enqueue(&job, self.now).await?)
    }

    /// Journals the readings that were noted and are not journaled yet.
    pub(crate) async fn flush_readings(&mut self) -> Outcome<()> {
        let readings = std::mem::take(&mut self.readings);
        for (id, reading) in readings {
            if self.app.vault.knows_reading(id) {
                continue;
            }
            let person = reading.acting.person().map(|p| p.0).unwrap_or_default();
            self.store.lock_stream("reading", person).await?;
            if self.store.entry_exists(EntryId(id)).await? {
                continue;
            }
            let mut row = self
                .entry_row(&reading.acting, "reading", person, "read", Log::Sealed)
                .await?;
            row.id = EntryId(id);
            let body = json!({"kind": reading.kind, "subject": reading.subject, "hour": reading.hour, "action": reading.action});
            let content = journal::canonical(&row, &body);
            let salt = self.app.chance.bytes32();
            self.keep_entry(&mut row, KeyHolder::Instance, salt, &content).await?;
        }
        Ok(())
    }
}

/// Names the place of a sealed value.
#[must_use]
pub const fn place(table: &'static str, column: &'static str, row: Uuid) -> Place<'static> {
    Place { table, column, row }
}

/// Makes a fresh identifier (UUIDv7) from the clock and chance of the assembly.
pub(crate) fn fresh_id(app: &App, now: Timestamp) -> Uuid {
    let mut random = [0; 10];
    app.chance.fill(&mut random);
    let millis = u64::try_from(now.0 / 1000).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Opens an entry's salt and canonical content.
pub(crate) async fn open_entry(
    app: &App,
    session: &mut dyn Session,
    entry: &EntryRow,
) -> Outcome<([u8; 32], Zeroizing<Vec<u8>>)> {
    let key = vault::key_for(app, session, &entry.body).await?;
    let opened = key.open(place("journal_entry", "body_sealed", entry.id.0), &entry.body)?;
    let (salt, content) = opened
        .split_at_checked(32)
        .ok_or_else(|| Error::Internal("a journal entry is too short".to_owned()))?;
    let salt = <[u8; 32]>::try_from(salt).map_err(|_| Error::Internal("a salt".to_owned()))?;
    Ok((salt, Zeroizing::new(content.to_vec())))
}

fn text(plain: &[u8]) -> Outcome<String> {
    String::from_utf8(plain.to_vec()).map_err(|_| Error::Internal("a sealed text is not text".to_owned()))
}
