//! Ports of receptions: their numbers, and the places given by them.

use super::Stored;
use async_trait::async_trait;
use domain::Timestamp;
use domain::candidacy::CandidacyState;
use domain::ids::{CallId, CandidacyId, EntryId};
use domain::reception::Reception;
use domain::seats::Numbered;
use uuid::Uuid;

/// A reception with what its receipt says.
#[derive(Clone, Debug)]
pub struct ReceptionRow {
    /// The reception.
    pub reception: Reception,
    /// When a form that came on paper is said to have arrived.
    pub stated_arrival: Option<Timestamp>,
    /// The version of the form.
    pub form_version: i64,
    /// The journal entry that the receipt promises.
    pub entry: EntryId,
    /// The signed receipt.
    pub receipt: String,
}

/// A line of a call's public list of receipts.
#[derive(Clone, Debug)]
pub struct PublicReception {
    /// The order number.
    pub order_number: i64,
    /// Who was received.
    pub organisation: String,
    /// When.
    pub received_at: Timestamp,
    /// When the paper is said to have arrived.
    pub stated_arrival: Option<Timestamp>,
    /// The version of the form.
    pub form_version: i64,
    /// When the number died.
    pub dead_at: Option<Timestamp>,
}

/// Receptions and the places that they lead to.
#[async_trait]
pub trait Receptions {
    /// Keeps the number and instant that the call gave last.
    async fn set_last_order(&mut self, id: CallId, order: i64, at: Timestamp) -> Stored<()>;
    /// Adds a reception.
    async fn insert_reception(&mut self, row: &ReceptionRow) -> Stored<()>;
    /// Gives a candidacy's receptions, newest first.
    async fn receptions(&mut self, id: CandidacyId) -> Stored<Vec<ReceptionRow>>;
    /// Ends the living number of a candidacy.
    async fn end_reception(&mut self, id: CandidacyId, at: Timestamp) -> Stored<()>;
    /// Lets a candidacy's newest number live again.
    async fn revive_reception(&mut self, id: CandidacyId) -> Stored<()>;
    /// Gives the living order numbers of a call.
    async fn living_numbers(&mut self, call: CallId) -> Stored<Vec<i64>>;
    /// Gives a call's candidacies in a state with their living numbers.
    async fn numbered(&mut self, call: CallId, state: CandidacyState) -> Stored<Vec<Numbered>>;
    /// Lists a call's receptions by order number, after one of them.
    async fn public_receptions(&mut self, call: CallId, after: i64, limit: i64) -> Stored<Vec<PublicReception>>;
    /// Gives the numbers of a call's seats that are taken.
    async fn taken_seats(&mut self, call: CallId) -> Stored<Vec<i64>>;
    /// Seats a candidacy.
    async fn insert_seat(
        &mut self,
        id: Uuid,
        call: CallId,
        number: i64,
        candidacy: CandidacyId,
        at: Timestamp,
    ) -> Stored<()>;
    /// Frees the seat of a candidacy, where it has one.
    async fn release_seat(&mut self, candidacy: CandidacyId, at: Timestamp) -> Stored<()>;
}
